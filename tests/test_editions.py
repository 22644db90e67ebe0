"""Editions: what layers make of a playbook is what one would write by hand; looking again only at
what may differ finds what looking at everything finds."""

from __future__ import annotations

import copy
import datetime
import json
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baodian import checks
from baodian.checking import checked
from baodian.model.leaves import leaves
from baodian.pages.clashes import clashes
from baodian.playbook import Playbook
from baodian.playbook.load import Library, library, load
from baodian.playbook.made import Made
from baodian.said.problems import Problem, in_order

SMALL = Path(__file__).parent / "small_playbook"
BEFORE = datetime.date(2026, 12, 31)
ANY = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))

SET_BY = ("param:gold-cycle", "rhythm:call-silver", "script:leaving", "term:silver-card")
"""What a city may set, in these tests."""
FORMS: dict[str, st.SearchStrategy[Any]] = {
    "param:gold-cycle": st.fixed_dictionaries({"default": st.sampled_from(["9", "15", "40"])}),
    "rhythm:call-silver": st.sampled_from(
        [
            {"each": "每月 2 次"},
            {"each": "每 【param:gold-cycle】 天"},
            {"what": "保证打电话"},
            {"each": "有时"},
        ]
    ),
    "script:leaving": st.sampled_from(
        [
            {"title": "客户想走"},
            {"do": ["先听"]},
            {"answers": {"money": {"say": "【缺口】，您说。"}}},
            {"answers": {"tired": "~"}},
            {"open": "金卡客户，您好。"},
            {"escalate": "~"},
        ]
    ),
    "script:leaving#money": st.sampled_from([{"say": "我这就去查。"}, {"then": "leaving"}]),
    "term:silver-card": st.sampled_from(
        [{"not": ["出门"]}, {"name": "银"}, {"definition": "见【script:leaving#tired】。"}]
    ),
    "scheme:tier": st.sampled_from(
        [
            {"classes": {"gold": {"when": {"trucks": "12 以上"}}}},
            {"prefix": "等级"},
            {"classes": {"silver": {"call_them": "您"}}},
        ]
    ),
    "matrix:care": st.sampled_from([{"cells": {"silver": ["visit"]}}, {"cells": {"gold": "~"}}]),
    "matrix:care#silver.visit": st.sampled_from([{"approve": "主管"}, {"has": "true"}]),
    "matrix:care#gold.call": st.sampled_from(["~", {"stopped": "改为上门"}]),
    "measure:visit": st.sampled_from([{"name": "登门"}, {"nmae": "登门"}]),
    "checklist:leave": st.sampled_from(
        [{"group": "weekly"}, {"items": {"promise": {"see": "guide:visit"}}}, {"for": "tier/gold"}]
    ),
    "checklist:leave#decider": st.just({"text": "见到老板了吗?", "why": "他说了算"}),
    "guide:visit": st.sampled_from([{"for": "tier/gold"}, {"for": "~"}, {"title": "上门"}]),
    "class:tier/gold": st.just({"goal": "让他介绍银卡客户。"}),
    "role:supervisor": st.just({"name": "主管"}),
}
WITHDRAWN = ("script:leaving", "guide:visit", "term:silver-card", "measure:call", "role:supervisor",
             "checklist:leave", "rhythm:call-gold", "escalation:refund")  # fmt: skip
ADDED: dict[str, dict[str, Any]] = {
    "term:gold-card": {"name": "金卡", "definition": "见【script:leaving】。"},
    "script:index": {"title": "索引", "group": "talk", "form": "message", "for": "everyone",
                     "message": ["谢谢。"], "no_reply": "再等等。"},
    "script:bye": {"title": "再见", "group": "talk", "form": "message", "for": "tier/silver",
                   "message": ["【客户称呼】，再见。"], "no_reply": "再等等。", "status": "draft"},
    "measure:gift": {"name": "礼品", "group": "service"},
    "rhythm:gift": {"kind": "contact", "who": "rep", "what": "送礼", "whom": "tier/*",
                    "each": "每年 1 次"},
}  # fmt: skip
DAYS = st.integers(1, 5).map(lambda n: datetime.date(2027, 1, n))


@st.composite
def layers(draw: st.DrawFn) -> dict[str, dict[str, Any]]:
    """Draw some layers, by their files: dated changes and a city, right ones and wrong ones."""
    drawn: dict[str, dict[str, Any]] = {}
    for n in range(draw(st.integers(1, 4))):
        city = n == 0 and draw(st.booleans())
        since = draw(DAYS)
        layer: dict[str, Any] = {"id": f"layer{n}"}
        if city:
            layer |= {"name": "南屿市", "kind": "city"}
        else:
            layer |= {"title": "换", "why": "好", "effective_from": str(since)}
        if draw(st.booleans()):
            layer["approved_by"] = "合规"
        if not city and draw(st.booleans()):
            until = draw(DAYS.filter(lambda day, since=since: day >= since))  # type: ignore[misc]
            layer["effective_until"] = str(until)
        refs = SET_BY if city and draw(st.integers(0, 3)) else tuple(FORMS)
        for ref in draw(st.lists(st.sampled_from(refs), unique=True, max_size=4)):
            step = draw(FORMS[ref])
            if city:
                step = {**(step if isinstance(step, dict) else {}), "why": "近"}
            layer.setdefault("change", {})[ref] = step
        for ref in draw(st.lists(st.sampled_from(sorted(ADDED)), unique=True, max_size=2)):
            layer.setdefault("add", {})[ref] = ADDED[ref]
        for ref in draw(st.lists(st.sampled_from(WITHDRAWN), unique=True, max_size=1)):
            step = {"why": "不要了"}
            if draw(st.booleans()):
                step["successor"] = draw(st.sampled_from(("script:bye", "guide:visit", "no:x")))
            layer.setdefault("withdraw", {})[ref] = step
        drawn[f"playbook_data/{'overlays' if city else 'changes'}/layer{n}.yml"] = layer
    return drawn


OWN = st.dictionaries(
    st.sampled_from(("script:leaving", "rhythm:call-gold", "term:silver-card")),
    st.fixed_dictionaries({}, optional={"effective_from": DAYS, "effective_until": DAYS}),
    max_size=2,
)
"""Dates of things of their own."""


@contextmanager
def laid(
    drawn: dict[str, dict[str, Any]], own: dict[str, dict[str, Any]] | None = None
) -> Iterator[Path]:
    """Give a small playbook with layers, and with dates of its own things."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "p"
        shutil.copytree(SMALL, project)
        for name in ("parameters", "rhythms", "glossary", "scripts/leaving"):
            file = project / "playbook_data" / f"{name}.yml"
            data = plain(file)
            for ref in {*SET_BY, *(own or {})}:
                id_ = ref.partition(":")[2]
                thing = data if data.get("id") == id_ else data.get(id_)
                if (isinstance(thing, dict) and "id" not in data) or thing is data:
                    assert thing is not None
                    thing |= {"set_by": ["city"]} if ref in SET_BY else {}
                    thing |= {key: str(day) for key, day in (own or {}).get(ref, {}).items()}
            write(file, data)
        for name, layer in drawn.items():
            write(project / name, layer)
        yield project


def plain(file: Path) -> dict[str, Any]:
    """Return a file of YAML as plain texts, maps and lists."""
    read = yaml.load(file.read_text("utf-8"), Loader=yaml.BaseLoader)
    assert isinstance(read, dict)
    return read


def write(file: Path, data: object) -> None:
    """Write plain data so that null is null and any other text a text."""
    file.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(data, ensure_ascii=False, default=str).replace('"~"', "~")
    file.write_text(text, encoding="utf-8")


def editions(books: Library) -> Iterator[tuple[datetime.date, str]]:
    """Yield the days and cities to be looked at, in the order of `checked`."""
    for city in ("", *books.cities):
        yield from ((day, city) for day in (BEFORE, *(d for d in books.turns if d > BEFORE)))


def each_from_the_one_before(books: Library) -> Iterator[Made]:
    """Yield what is in force in each of the editions, made from that of the day before."""
    made: Made | None = None
    for day, city in editions(books):
        made = books.made(day, city, made if day > BEFORE else None)
        yield made


# --- looking again --------------------------------------------------------------------------------


def everything(playbook: Playbook) -> tuple[Problem, ...]:
    """Return every problem, each rule asked about the whole playbook, nothing remembered."""
    plain_one = replace(playbook)
    found = (p for rule in (*checks.RULES, clashes) for p in rule(plain_one))
    return checks._together(in_order(found))


@ANY
@given(drawn=layers(), own=OWN)
def test_looking_again_finds_what_looking_at_everything_finds(
    drawn: dict[str, dict[str, Any]], own: dict[str, dict[str, Any]]
) -> None:
    with laid(drawn, own) as project:
        books = library(project)
        checker = checks.Checker((clashes,))
        for made in each_from_the_one_before(books):
            assert made.playbook is not None
            if books.readable(made):
                found = checker.check(made.playbook)
                assert found == everything(made.playbook)


@ANY
@given(drawn=layers(), own=OWN)
def test_an_edition_made_from_another_is_the_one_made_whole(
    drawn: dict[str, dict[str, Any]], own: dict[str, dict[str, Any]]
) -> None:
    with laid(drawn, own) as project:
        books = library(project)
        for made in each_from_the_one_before(books):
            whole = library(project).made(made.edition.day, made.edition.city)
            assert dict(made.edition.shelf.trees) == dict(whole.edition.shelf.trees)
            assert in_order(books.problems(made)) == in_order(books.problems(whole))
            assert made.playbook is not None
            assert whole.playbook is not None
            assert values(made.playbook) == values(whole.playbook)
            assert made.playbook.absent == whole.playbook.absent


@ANY
@given(drawn=layers(), own=OWN)
def test_check_tells_each_problem_once_with_the_first_day_and_city(
    drawn: dict[str, dict[str, Any]], own: dict[str, dict[str, Any]]
) -> None:
    with laid(drawn, own) as project:
        books = library(project)
        told: dict[Any, tuple[datetime.date | None, str]] = {}
        for day, city in editions(books):
            made = books.made(day, city)
            assert made.playbook is not None
            found = list(books.problems(made))
            if books.readable(made):
                found += everything(made.playbook)
            else:
                found += in_order(p for rule in checks.ALONE for p in rule(replace(made.playbook)))
            for p in found:
                where = "南屿市" if city else ""
                told.setdefault((p.at, p.code, p.message), (day if day > BEFORE else None, where))
        now = {(p.at, p.code, p.message): (p.since, p.city) for p in checked(project, BEFORE)[1]}
        assert now == told


def values(playbook: Playbook) -> list[tuple[str, list[tuple[tuple[str, ...], str]]]]:
    """Return every value of a playbook, in its order, whatever place it stands at."""
    records = [
        *playbook.records(),
        *((f"slot:{name}", slot) for name, slot in playbook.slots.items()),
        *((f"group:{name}", group) for name, group in playbook.measure_groups.items()),
    ]
    return [(key, [(way, str(leaf)) for way, leaf in leaves(record)]) for key, record in records]


# --- by hand --------------------------------------------------------------------------------------


def by_hand(project: Path, day: datetime.date, city: str) -> None:
    """Write into the files of a project what its layers say of a day and a city; drop the layers.

    Knows nothing of trees: it reads plain YAML, and the rules are those of the guide for editors.
    """
    data = project / "playbook_data"
    files = {f: plain(f) for f in sorted(data.rglob("*.yml")) if f.name != "playbook.yml"}
    dated = [f for f in files if f.parent.name == "changes"]
    own = [f for f in files if f.parent.name == "overlays"]
    things = {f: v for f, v in files.items() if f not in (*dated, *own)}
    for thing in [*things.values(), *(v for d in things.values() for v in d.values())]:
        if isinstance(thing, dict) and not holds(thing, day):
            thing["gone"] = True
    for file in (*dated, *(f for f in own if f.stem == city)):
        layer = files[file]
        if not holds(layer, day):
            continue
        for ref, thing in layer.get("add", {}).items():
            add(data, things, ref, copy.deepcopy(thing))
    for file in (*dated, *(f for f in own if f.stem == city)):
        layer = files[file]
        if holds(layer, day):
            for ref, change in layer.get("change", {}).items():
                alter(things, ref, change)
    for file in (*dated, *(f for f in own if f.stem == city)):
        layer = files[file]
        if holds(layer, day):
            for ref in layer.get("withdraw", {}):
                holder, key = found(things, ref)
                holder[key]["gone"] = True
    for file in (*dated, *own):
        file.unlink()
    for file, thing in things.items():
        if thing.get("gone"):
            file.unlink(missing_ok=True)
        else:
            write(file, without_gone(thing))


def holds(thing: dict[str, Any], day: datetime.date) -> bool:
    since, until = thing.get("effective_from", "2000-01-01"), thing.get("effective_until", "2999")
    return since <= str(day) <= until


def without_gone(thing: Any) -> Any:
    if isinstance(thing, dict):
        return {
            k: without_gone(v) for k, v in thing.items()
            if not (isinstance(v, dict) and v.get("gone"))
        }  # fmt: skip
    return thing


HOMES = {
    "term": "glossary.yml", "rhythm": "rhythms.yml", "param": "parameters.yml", "role": "roles.yml",
    "escalation": "escalation.yml", "script": "scripts/{}.yml", "guide": "guides/{}.yml",
    "class": "guides/{}.yml", "scheme": "tiers/{}.yml", "matrix": "matrices/{}.yml",
    "checklist": "checklists/{}.yml",
}  # fmt: skip


def found(things: dict[Path, dict[str, Any]], ref: str) -> tuple[dict[Any, Any], Any]:
    """Return the map that holds a thing, and its key there."""
    kind, _, id_ = ref.partition(":")
    if kind == "measure":
        for thing in things.values():
            for group in thing.values():
                if isinstance(group, dict) and id_ in group.get("measures", {}):
                    return group["measures"], id_
        raise AssertionError(f"no measure is called {id_}")
    home = HOMES[kind].format(id_)
    file = next(f for f in things if f.as_posix().endswith(f"playbook_data/{home}"))
    return (things, file) if "{}" in HOMES[kind] else (things[file], id_)


def add(data: Path, things: dict[Path, dict[str, Any]], ref: str, thing: dict[str, Any]) -> None:
    kind, _, id_ = ref.partition(":")
    if kind == "measure":
        file = data / "measures" / f"{thing.pop('group')}.yml"
        things[file][file.stem]["measures"][id_] = thing
    elif "{}" in HOMES[kind]:
        things[data / HOMES[kind].format(id_)] = {"id": id_, **thing}
    else:
        things[data / HOMES[kind]][id_] = thing


def alter(things: dict[Path, dict[str, Any]], ref: str, change: Any) -> None:
    whole, _, part = ref.partition("#")
    holder, key = found(things, whole)
    if part and whole.startswith("matrix:"):
        row, measure = part.split(".")
        cell = holder[key]["cells"][row]
        cell = {"has": cell} if isinstance(cell, list) else cell
        for form in ("has", "approve", "stopped"):
            if isinstance(cell.get(form), list):
                cell[form] = [m for m in cell[form] if m != measure]
            elif isinstance(cell.get(form), dict):
                cell[form].pop(measure, None)
            if form in cell and not cell[form]:
                del cell[form]
            if isinstance(change, dict) and form in change and form == "has":
                cell[form] = [*cell.get(form, []), measure]
            elif isinstance(change, dict) and form in change:
                cell[form] = {**cell.get(form, {}), measure: change[form]}
        holder[key]["cells"][row] = cell
        return
    for step in {"money": ("answers", "money"), "decider": ("items", "decider")}.get(part, ()):
        holder, key = holder[key], step
    if isinstance(holder[key], str):
        holder[key] = {"text": holder[key]}
    says_why = not part and whole.partition(":")[0] in ("param", "rhythm", "script")
    own = ("approved_by",) if says_why else ("approved_by", "why")
    holder[key] = merged(holder[key], {k: v for k, v in change.items() if k not in own})


def merged(old: Any, new: Any) -> Any:
    if not isinstance(new, dict):
        return new
    result = dict(old) if isinstance(old, dict) else {}
    for key, value in new.items():
        if value == "~":
            result.pop(key, None)
        else:
            result[key] = merged(result.get(key), value)
    return result


@ANY
@given(drawn=layers(), own=OWN, data=st.data())
def test_an_edition_is_what_one_would_write_by_hand(
    drawn: dict[str, dict[str, Any]], own: dict[str, dict[str, Any]], data: st.DataObject
) -> None:
    for layer in drawn.values():
        for step in layer.get("withdraw", {}).values():
            step.pop("successor", None)  # what moves then is told in test_trees.py
    with laid(drawn, own) as project:
        books = library(project)
        day, city = data.draw(st.sampled_from(list(editions(books))))
        made = books.made(day, city)
        refused = [
            p for p in books.problems(made) if p.code.startswith(("layer", "not-for", "dates"))
        ]
        if refused or not made.readable:
            return  # nobody could write that
        by_hand(project, day, city)
        written, problems = load(project)
        assert problems == ()
        assert made.playbook is not None
        assert sorted(values(written)) == sorted(
            (key, of) for key, of in values(made.playbook)
            if not key.startswith(("change:", "overlay:"))
        )  # fmt: skip


# --- many -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "how", ["a day each", "all on one day", "all in conflict", "no word of it"]
)
def test_very_many_changes_are_looked_at_in_seconds(how: str, tmp_path: Path) -> None:
    count = 2_000
    shutil.copytree(SMALL, tmp_path / "p")
    changes = tmp_path / "p" / "playbook_data" / "changes"
    changes.mkdir()
    for n in range(count):
        day = datetime.date(2027, 1, 1) + datetime.timedelta(n if how == "a day each" else 0)
        layer: dict[str, Any] = {"id": f"c-{n}", "title": "换", "why": "好", "effective_from": day}
        if how == "a day each":
            layer |= {"effective_until": day, "approved_by": "合规"}
        if how == "no word of it":
            layer["change"] = {f"term:word-{n}": {"name": "词"}}
        else:
            ref, value = ("rhythm:call-silver", {"what": f"第 {n} 次"})
            if how == "all on one day":
                ref, value = (f"script:leaving#a{n}", {"say": "好"})
            layer["change"] = {ref: value}
        write(changes / f"c-{n}.yml", layer)
    begin = time.process_time()
    playbook, problems = checked(tmp_path / "p", BEFORE)
    seconds = time.process_time() - begin
    assert playbook is not None
    codes = {"a day each": None, "all on one day": "layer-unknown", "all in conflict":
             "layer-conflict", "no word of it": "layer-unknown"}  # fmt: skip
    told = [p for p in problems if p.code == codes[how]]
    assert len(told) == {"a day each": 0, "all in conflict": count - 1}.get(how, count)
    assert seconds < 30, "each day costs more the more days there are"
