"""What differs between two playbooks in meaning: each kind, by hand; and what holds for any two."""

from __future__ import annotations

import datetime
import random
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from outlines import lay
from restyled import STYLES

from baodian import rules, source
from baodian.meaning import KINDS, Change, diff, judged
from baodian.meaning.groups import SECTIONS, groups
from baodian.meaning.names import FIELDS, HOLDERS
from baodian.meaning.notice import MOST, notice
from baodian.meaning.words import about
from baodian.meaning.words import place as place_in
from baodian.model import Allocation
from baodian.model.choices import CHOICES
from baodian.model.entity import Record
from baodian.model.fields import OneOf
from baodian.model.leaves import leaves
from baodian.pages import ground, planner
from baodian.playbook import Edition, Playbook, judging, published
from baodian.playbook.effort import hours
from baodian.playbook.load import Library, library
from baodian.said.messages import Words, words
from baodian.source import Mapping, Node, Sequence
from baodian.text.signs import room
from baodian.timeline.event import UNTOLD

ROOT = Path(__file__).parent.parent
EN, ZH = words("en"), words("zh-CN")
DAY = datetime.date(2026, 12, 1)
Edit = tuple[str, str, str]


def playbook(folder: Path, like: Library | None = None) -> Playbook:
    books = library(folder, like)
    found = books.playbook(DAY)
    assert found is not None
    assert not [p for p in books.problems(books.kept(DAY)) if p.severity == "error"]
    return published(found)


def edited(folder: Path, *edits: Edit) -> Path:
    for name, old, new in edits:
        file = folder / "playbook_data" / name
        text = file.read_text(encoding="utf-8") if file.exists() else ""
        assert old in text, (name, old)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.replace(old, new) if old else text + new, encoding="utf-8")
    return folder


@pytest.fixture
def changed(tmp_path: Path) -> Callable[..., tuple[Change, ...]]:
    """What differs between the small playbook and the same one edited."""

    def between(*edits: Edit, before: tuple[Edit, ...] = ()) -> tuple[Change, ...]:
        old = edited(lay("small", tmp_path / "old"), *before)
        new = edited(shutil.copytree(old, tmp_path / "new"), *edits)
        return diff(playbook(old), playbook(new))

    return between


def said(change: Change) -> str:
    text = f"{change.kind} {change.entity} {'.'.join(change.path)}: "
    return text + EN.text(change.message)


# --- each kind ------------------------------------------------------------------------------------

CASES = yaml.safe_load((Path(__file__).parent / "differences.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["about"])
def test_what_differs_is_exactly_this(
    case: dict[str, Any], changed: Callable[..., tuple[Change, ...]]
) -> None:
    found = changed(*map(tuple, case["edits"]))
    assert sorted(map(said, found)) == sorted(case["expect"])


def test_a_number_that_becomes_a_parameter_is_no_change(
    changed: Callable[..., tuple[Change, ...]],
) -> None:
    before = ("guides/visit.yml", "再开口。", "再开口，15 天再来。")
    assert changed(("guides/visit.yml", "15 天", "【param:gold-cycle】"), before=(before,)) == ()


def test_one_more_item_hides_no_finer_difference(
    changed: Callable[..., tuple[Change, ...]],
) -> None:
    found = changed(
        ("guides/tier/gold.yml", "[请他说说用车的难处]", "[带上新价目, 请他说说 3 件用车的难处]")
    )
    assert sorted(map(said, found)) == [
        "moved class:tier/gold do: to do: 请他说说用车的难处 → 请他说说 3 件用车的难处",
        "new class:tier/gold do: to do: new: 带上新价目",
    ]


def test_a_withdrawn_thing_names_what_stands_for_it_and_texts_that_still_say_it(
    changed: Callable[..., tuple[Change, ...]],
) -> None:
    found = changed(
        ("measures/service.yml", "    visit: {name: 上门, channel: visit}\n", ""),
        ("matrices/care.yml", "gold: [call, visit]", "gold: [call]"),
        ("retired.yml", "", "measure:visit: measure:call\n"),
        ("guides/tier/gold.yml", "让他愿意介绍朋友", "上门时请他介绍朋友"),
        before=(("guides/tier/gold.yml", "请他说说用车的难处", "上门请他说说用车的难处"),),
    )
    gone = next(c for c in found if c.entity == "measure:visit")
    assert EN.text(gone.message) == "is withdrawn; measure “电话回访” stands for it."
    quoted = {(q.at.file.partition("/")[2], q.at.line, q.quoted) for c in found for q in c.again}
    assert ("guides/tier/gold.yml", 2, "上门") in quoted
    assert ("guides/tier/gold.yml", 3, "上门") in quoted


def test_an_old_number_is_quoted_only_where_it_is_about_the_same(
    changed: Callable[..., tuple[Change, ...]],
) -> None:
    found = changed(
        ("parameters.yml", "default: 15", "default: 20"),
        before=(
            ("guides/tier/gold.yml", "请他说说用车的难处", "半个月去一回"),
            ("guides/tier/silver.yml", "先说上次答应的事", "15 天里回一次话"),
            ("moments/door.yml", "看看招牌和客流", "金卡客户十五天没见了吗"),
            ("scripts/leaving.yml", "record: [原话一句]", "record: [15 天里的单子]"),
        ),
    )
    quoted = sorted((q.at.file.rpartition("/")[2], q.quoted) for c in found for q in c.again)
    assert quoted == [("door.yml", "十五天"), ("gold.yml", "半个月")]


# --- what holds for any two -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def books() -> Library:
    return library(ROOT)


def of(books: Library, day: str, city: str = "") -> Playbook:
    found = books.playbook(datetime.date.fromisoformat(day), city)
    assert found is not None
    return published(found)


def test_a_playbook_differs_from_itself_in_nothing(books: Library) -> None:
    assert diff(of(books, "2026-12-01"), of(books, "2026-12-01")) == ()
    again = library(ROOT).playbook(DAY)  # read anew: no object of it is the same
    assert again is not None
    assert diff(of(books, "2026-12-01"), published(again)) == ()


REVERSE = {"tightened": "loosened", "loosened": "tightened", "new": "withdrawn",
           "withdrawn": "new"}  # fmt: skip


def test_the_other_way_round_the_kinds_are_the_other_ones(books: Library) -> None:
    sides = [of(books, "2026-12-01"), of(books, "2027-03-01"), of(books, "2026-12-01", "qinggang")]
    for old, new in combinations(sides, 2):
        there = {(c.entity, c.path): REVERSE.get(c.kind, c.kind) for c in diff(old, new)}
        back = {(c.entity, c.path): c.kind for c in diff(new, old)}
        for place in there.keys() & back.keys():
            if place[1] == ("classes", "when"):
                continue  # several regions of a ruler have one path
            assert there[place] == back[place], place
        assert there.keys() == back.keys()


IN_ORDER = frozenset(("classes", "rows", "items", "actions", "parts", "first", "open", "close",
                      "message", "moments", "script", "checklist", "guide", "scheme",
                      "case"))  # fmt: skip


def shuffled(node: Node, dice: random.Random, key: str = "") -> Node:
    """Return a tree with its keys, and lists of words without an order, in another order."""
    if isinstance(node, Mapping):
        items = [(k, shuffled(v, dice, str(k))) for k, v in node.items()]
        if key not in IN_ORDER:
            dice.shuffle(items)
        return Mapping(dict(items), at=node.at)
    if isinstance(node, Sequence):
        inner = [shuffled(one, dice, key) for one in node]
        if key not in IN_ORDER and all(re.fullmatch("[a-z0-9:/*.-]+", str(i)) for i in inner):
            dice.shuffle(inner)
        return Sequence(inner, at=node.at)
    return node


@pytest.mark.parametrize("seed", range(4))
def test_other_styles_and_another_order_of_the_files_are_no_change(
    seed: int, tmp_path: Path, books: Library
) -> None:
    dice = random.Random(seed)
    styles = [style for style in STYLES.values() if not style.folds]
    for file in (ROOT / "playbook_data").rglob("*.yml"):
        place = tmp_path / file.relative_to(ROOT)
        place.parent.mkdir(parents=True, exist_ok=True)
        tree, problems = source.read(file.read_bytes(), file.name)
        assert tree is not None
        assert problems == ()
        settled = "sources" in file.parts or "paths" in file.parts
        place.write_bytes(dice.choice(styles).write(tree if settled else shuffled(tree, dice)))
    shutil.copytree(ROOT / "content", tmp_path / "content")
    other = library(tmp_path).playbook(DAY)
    assert other is not None
    assert [said(c) for c in diff(of(books, "2026-12-01"), published(other))] == []


def test_every_fingerprint_is_that_of_one_change(books: Library) -> None:
    for day, city in (("2027-07-01", ""), ("2026-12-01", "qinggang"), ("2026-12-01", "nanyu")):
        found = diff(of(books, "2026-12-01"), of(books, day, city))
        assert len({c.fingerprint for c in found}) == len(found) > 5
        assert all(c.kind in KINDS and c.at.line > 0 and c.at.file for c in found)


def test_a_fingerprint_survives_other_words_and_another_place(tmp_path: Path) -> None:
    first = ("escalation.yml", "by: 当天", "by: 两天内")
    again = (
        "escalation.yml",
        "{what: 退款, to: supervisor, by: 当天}",
        "{by: 满 2 天之前, to: supervisor, what: 退钱}",
    )
    old = playbook(lay("small", tmp_path / "old"))
    sides = [
        playbook(edited(lay("small", tmp_path / str(n)), one))
        for n, one in enumerate((first, again))
    ]
    prints = [{c.fingerprint for c in diff(old, side) if c.kind != "reworded"} for side in sides]
    assert len(prints[0]) == 1
    assert prints[0] == prints[1]


# --- who moves, by brute force --------------------------------------------------------------------


def decided(playbook: Playbook, scheme: str, case: dict[str, rules.Value]) -> set[str]:
    it = playbook.schemes[scheme]
    dimensions = judging.dimensions(playbook, it.dimensions)
    known = {d.id: case[d.id] for d in dimensions}
    found = rules.decide(dimensions, judging.rules_of(playbook, it), known)
    return set(found.certain)


def cases(*playbooks: Playbook, scheme: str) -> Iterator[dict[str, rules.Value]]:
    """Yield an example of every cell that the rules of both sides tell apart."""
    dimensions = judging.dimensions(playbooks[-1], playbooks[-1].schemes[scheme].dimensions)
    every = [
        replace(rule, id=f"{n} {rule.id}")
        for n, side in enumerate(playbooks)
        for rule in judging.rules_of(side, side.schemes[scheme])
    ]
    for cell in rules.cells(dimensions, every):
        yield dict(cell.example)


def inside(box: object, case: dict[str, rules.Value]) -> bool:
    assert isinstance(box, dict)
    return all(
        case[name] in wanted if isinstance(wanted, frozenset) else wanted.contains(case[name])
        for name, wanted in box.items()
    )


@pytest.mark.parametrize(
    ("scheme", "day", "city"),
    [("activity", "2027-01-01", ""), ("closing", "2026-12-01", "qinggang")],
)
def test_who_moves_is_who_is_decided_otherwise(
    scheme: str, day: str, city: str, books: Library
) -> None:
    old, new = of(books, "2026-12-01"), of(books, day, city)
    sides = [judged.scheme_side(p, p.schemes[scheme]) for p in (old, new)]
    assert sides[0] is not None
    assert sides[1] is not None
    _, regions = judged.laid_over(sides[0], sides[1], {})
    moved = 0
    for case in cases(old, new, scheme=scheme):
        before, after = decided(old, scheme, case), decided(new, scheme, case)
        found = [r for r in regions if inside(r.box, case)]
        assert len(found) == (before != after), case
        if found:
            moved += 1
            assert (found[0].old, found[0].new) == (before, after), case
    assert moved > 0
    told = [c for c in diff(old, new) if c.path[-1:] == ("when",)]
    told = [c for c in told if c.entity == f"scheme:{scheme}"]
    assert len(told) == len({(r.old, r.new) for r in regions})


# --- the shipped days and cities ------------------------------------------------------------------


def test_from_new_year_on_shops_are_dead_after_75_days(books: Library) -> None:
    found = diff(of(books, "2026-12-01"), of(books, "2027-01-01"))
    move = next(c for c in found if c.entity == "scheme:activity")
    assert move.kind == "tightened"
    assert ZH.text(move.message) == (
        "距上次有效订单 75 天 到 89 天的，从非活跃客户变成死账户（比如 75 天）。"
    )
    assert move.classes == (("activity", "inactive"), ("activity", "dead"))
    assert move.causes == ("param:dead-after",)
    param = next(c for c in found if c.entity == "param:dead-after" and c.path == ("default",))
    assert (param.kind, param.classes) == ("tightened", move.classes)


def test_from_july_on_the_trip_is_gone_and_a_case_still_tells_of_it(books: Library) -> None:
    found = diff(of(books, "2027-06-30"), of(books, "2027-07-01"))
    lost = [c for c in found if c.path[-1:] == ("experience-trip",)]
    assert {c.classes[0][1] for c in lost} == {"platinum", "diamond", "vip"}
    assert {c.kind for c in lost} == {"tightened"}
    gone = next(c for c in found if c.entity == "measure:experience-trip")
    assert gone.kind == "withdrawn"
    assert [q.at.file.rpartition("/")[2] for q in gone.again] == ["year-of-seven-tiers.yml"]


def test_in_nanyu_shops_are_contacted_more_often(books: Library) -> None:
    found = diff(of(books, "2026-12-01"), of(books, "2026-12-01", "nanyu"))
    rhythm = next(c for c in found if c.entity == "rhythm:contact-b-other" and c.kind != "reworded")
    assert rhythm.kind == "loosened"
    assert EN.text(rhythm.message) == "每月至少 2 次 → 每月至少 4 次, 24 → 48 times a year."
    class_ = next(c for c in found if c.entity == "class:closing/b")
    assert EN.text(class_.message).startswith("contacted 24 → 24–48 times")
    assert {c.entity for c in found if c.kind == "withdrawn"} == {"script:street-sampling"}


# --- who is touched, and in a few words -----------------------------------------------------------


def test_changes_stand_under_those_whom_they_touch(books: Library) -> None:
    new = of(books, "2027-03-01")
    found = groups(new, diff(of(books, "2026-12-01"), new))
    heads = [(EN.text(SECTIONS[g.section]), EN.text(g.name)) for g in found]
    assert heads[0][0] == "Customers"
    assert ("Customers", "非活跃客户, 死账户") in heads or (
        "Customers",
        "死账户, 非活跃客户",
    ) in heads
    assert ("Scripts", "script “当面交年度车况报告”") in heads
    assert sum(len(g.changes) for g in found) == len(diff(of(books, "2026-12-01"), new))


@pytest.mark.parametrize("t", [EN, ZH], ids=["en", "zh"])
def test_a_notice_is_short_and_counts_what_it_leaves_out(books: Library, t: Words) -> None:
    old = of(books, "2026-12-01")
    for new in (of(books, "2027-07-01"), of(books, "2026-12-01", "qinggang"), old):
        found = diff(old, new)
        text = notice("手册", found, t)
        assert len(text) <= room(text, MOST)
        lines = text.splitlines()
        assert all(line[-1] in "。.！？" for line in lines), text
        assert "\n\n" not in text
        if not found:
            assert len(lines) == 1


def test_a_parameter_is_told_by_what_it_does_in_a_notice(books: Library) -> None:
    found = diff(of(books, "2026-12-01"), of(books, "2027-01-01"))
    text = notice("手册", found, ZH)
    assert text.splitlines()[1:] == [
        "尺子“活跃类型”：距上次有效订单 75 天 到 89 天的，从非活跃客户变成死账户（比如 75 天）。",
        "另有 2 处，见手册。",
    ]


def test_the_hours_of_a_month_are_the_planners(shipped: Playbook) -> None:
    edition = Edition(ZH, DAY)
    plans = [p for p in shipped.plans.values() if isinstance(p, Allocation) and p.hours]
    assert len(plans) == 2
    data = planner.data(ground(shipped, edition), plans)
    for plan, handed in zip(plans, data["plans"], strict=True):
        numbers = {one["id"]: one["value"] for one in handed["numbers"]}
        total = 0.0
        for row in handed["rows"]:
            mixed = sum(one["mix"] for one in row["classes"])
            people = {c["id"]: row["customers"] * c["mix"] / mixed for c in row["classes"]}
            for contact in (c for c in row["contacts"] if c["class"]):
                channel = contact["channels"][0]
                minutes = numbers[f"minutes:{channel}"] + numbers.get(f"travel:{channel}", 0)
                times = contact["fixed"] + contact["daily"] * handed["days"]
                total += (
                    people[contact["class"]] * contact["part"] * times
                    * (minutes + numbers["record"]) / 60
                )  # fmt: skip
        assert float(sum(hours(shipped)[plan.key].values())) == pytest.approx(total)


# --- names ----------------------------------------------------------------------------------------


def record_types() -> Iterator[type[Record]]:
    seen: set[type[Record]] = set()
    every = list(Record.__subclasses__())
    while every:
        one = every.pop()
        if one not in seen and one.__module__.startswith("baodian."):
            seen.add(one)
            every += one.__subclasses__()
    yield from seen


def test_every_field_and_fixed_word_has_a_name_for_readers() -> None:
    fields = {name for record in record_types() for name in record.model_fields}
    assert fields - FIELDS.keys() - HOLDERS == set()
    kinds = {kind for record in record_types() for field in record.model_fields.values()
             for kind in types_in(field.annotation)}  # fmt: skip
    fixed = [k for k in kinds if isinstance(k, type) and issubclass(k, OneOf)]
    named = {word for kind in fixed for word in kind.choices}
    assert len(named) > 30
    assert named - CHOICES.keys() == set()


def types_in(annotation: object) -> Iterator[object]:
    """Yield a type and all that it is made of."""
    yield annotation
    for one in get_args(annotation):
        yield from types_in(one)


@pytest.mark.parametrize(
    ("edit", "what"),
    [
        (("plans/month.yml", "a: 4, b: 3, c: 3", "a: 5, b: 2, c: 3"), "热度A: 4 → 5"),
        (("customer_types/heat.yml", "tyre, weeks: 2}", "tyre, weeks: 3}"),
         "问轮胎的老王，两周内要 · 几周以内要"),
        (("matrices/journey-words.yml", "问店名。", "问姓名和 2 个电话。"), "刚认识 · 谁要"),
        (("scripts/heat-up.yml", "[您头一回来, 要几箱？]", "[您头一回来, 要 3 箱吗？]"),
         "first words to 刚认识: 要几箱？ → 要 3 箱吗？"),
    ],
)  # fmt: skip
def test_what_an_id_means_only_beside_others_is_told_by_its_name(
    edit: Edit, what: str, tmp_path: Path
) -> None:
    old = playbook(lay("full", tmp_path / "old"))
    found = diff(old, playbook(edited(lay("full", tmp_path / "new"), edit)))
    assert any(what in said(change) for change in found), list(map(said, found))


def test_no_place_in_a_thing_is_called_by_its_id(shipped: Playbook) -> None:
    raw = re.compile("[a-z][a-z0-9_-]*")
    places = {
        (thing.key, step)
        for thing in shipped.all() if thing.kind not in UNTOLD
        for path, _ in leaves(thing)
        if (where := place_in(shipped, thing, path))
        for step in ZH.text(where).split("·")
    }  # fmt: skip
    assert len(places) > 2000
    assert not sorted(one for one in places if raw.fullmatch(one[1]))
    moves = [ZH.text(about(shipped, move.key)) for move in shipped.transitions.values()]
    assert "升降“金卡客户 → 银卡客户”" in moves
    assert max(map(moves.count, moves)) == 1
