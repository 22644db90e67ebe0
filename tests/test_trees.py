"""Trees survive reading: a shelf by kind and id, and layers merged before anything is validated."""

from __future__ import annotations

import copy
import datetime
import itertools
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from textwrap import indent

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baodian import checks, trees
from baodian.model import kinds
from baodian.playbook import Playbook
from baodian.playbook.load import load
from baodian.playbook.made import Maker
from baodian.report import report
from baodian.said.messages import words
from baodian.said.problems import At, Problem
from baodian.source import Mapping, Node, Scalar, Sequence, read
from baodian.trees import Almanac, Shelf, Step, Tree, merge
from baodian.trees.conflicts import Days, conflicts
from baodian.trees.layers import Period
from baodian.trees.standing import Schedule

ENGLISH = words("en")
SMALL = Path(__file__).parent / "small_playbook"
ROOT = SMALL.parent.parent


def shelf_of(project: Path) -> tuple[Shelf, tuple[Problem, ...]]:
    files, faults = trees.files(project)
    assert faults == ()
    return trees.shelved(files)


@pytest.fixture(scope="module")
def small() -> Shelf:
    shelf, problems = shelf_of(SMALL)
    assert problems == ()
    return shelf


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(SMALL, tmp_path / "p")
    return tmp_path / "p"


def node(text: str, file: str = "layer.yml") -> Mapping:
    """Return the tree of a text without problems."""
    tree, problems = read(text.encode(), file)
    assert problems == ()
    assert isinstance(tree, Mapping)
    return tree


# --- the shelf ------------------------------------------------------------------------------------


def test_every_tree_is_known_by_kind_and_id_with_its_file_and_line(small: Shelf) -> None:
    tree = small.trees["script", "leaving"]
    assert (tree.kind, tree.id, tree.file) == (
        "script", "leaving", "playbook_data/scripts/leaving.yml",
    )  # fmt: skip
    assert tree.at == At("playbook_data/scripts/leaving.yml", 1, 1)
    role = small.trees["role", "rep"]
    assert role.at == role.id.at == At("playbook_data/roles.yml", 1, 1)
    assert isinstance(role.node, Mapping)
    assert role.node[Scalar("id")] is role.id
    assert small.trees["class", "tier/gold"].file == "playbook_data/guides/tier/gold.yml"
    assert small.trees["slot", "客户称呼"].file == "playbook_data/slots.yml"
    assert small.settings is not None
    assert small.aside == ()


def test_what_stands_inside_something_is_a_tree_of_its_own(small: Shelf) -> None:
    visit, group = small.trees["measure", "visit"], small.trees["measure-group", "service"]
    assert visit.at == At("playbook_data/measures/service.yml", 5, 5)
    assert visit.within == group.key
    assert isinstance(group.node, Mapping)
    assert group.node[Scalar("measures")] == {}


@pytest.mark.parametrize("folder", [SMALL, ROOT], ids=["small", "shipped"])
def test_nothing_that_stands_on_the_shelf_is_lost_in_the_playbook(folder: Path) -> None:
    shelf, problems = shelf_of(folder)
    assert problems == ()
    books = Almanac(shelf)
    made = Maker(books).made(books.edition(None))
    assert made.readable
    playbook = made.playbook
    assert playbook is not None
    shelved = {key for key in shelf.trees if kinds.of(key[0]).is_entity}
    assert {(entity.kind, str(entity.id)) for entity in playbook.all()} == shelved
    rest = len(shelf.trees) - len(shelved)
    others = (
        playbook.measure_groups, playbook.class_guides, playbook.slots, playbook.retired
    )  # fmt: skip
    assert rest == sum(map(len, others)) > 0
    inner = sum(len(group.measures) for group in playbook.measure_groups.values())
    assert inner == len(playbook.measures) == len(playbook.group_of)


def test_an_id_given_twice_is_told_before_anything_is_validated(project: Path) -> None:
    data = project / "playbook_data"
    (data / "scripts" / "a-copy.yml").write_text("id: leaving\ntilte: x\n", "utf-8")
    (data / "slots").mkdir()
    (data / "slots" / "more.yml").write_text("客户称呼: {example: 王总}\n", "utf-8")
    shelf, problems = shelf_of(project)
    assert [(p.code, p.at.file) for p in problems] == [
        ("duplicate-id", "playbook_data/scripts/a-copy.yml"),
        ("duplicate-id", "playbook_data/slots.yml"),
    ]
    assert shelf.trees["script", "leaving"].file == "playbook_data/scripts/leaving.yml"
    assert [tree.file for tree in shelf.aside] == [p.at.file for p in problems]
    told = report(load(project)[1], ENGLISH)
    assert "“tilte” is not a key here." in told  # a copy is validated too
    assert "“客户称呼” stands here a second time." in told


@pytest.mark.parametrize("copy_", ["a-copy", "z-copy"])
def test_of_two_with_one_id_the_playbook_has_the_one_in_its_own_file(
    project: Path, copy_: str
) -> None:
    scripts = project / "playbook_data" / "scripts"
    shutil.copy(scripts / "leaving.yml", scripts / f"{copy_}.yml")
    playbook, problems = load(project)
    assert [(p.code, p.at.file) for p in problems] == [
        ("duplicate-id", f"playbook_data/scripts/{copy_}.yml")
    ]
    assert playbook.scripts["leaving"].at.file == "playbook_data/scripts/leaving.yml"


def test_a_tree_without_an_id_is_set_aside_and_validated(project: Path) -> None:
    (project / "playbook_data" / "scripts" / "no-id.yml").write_text("title: x\n", "utf-8")
    shelf, problems = shelf_of(project)
    assert problems == ()
    assert [(tree.kind, tree.id) for tree in shelf.aside] == [("script", "")]
    assert "“id” is missing." in report(load(project)[1], ENGLISH)


def test_a_misplaced_file_is_told_and_stands_nowhere(project: Path) -> None:
    data = project / "playbook_data"
    shutil.copy(data / "scripts" / "leaving.yml", data / "checklists" / "leaving.yml")
    (data / "scripts" / "leaving.yml").unlink()
    shelf, problems = shelf_of(project)
    assert [p.code for p in problems] == ["unexpected-file"]
    assert ("script", "leaving") not in shelf.trees
    assert not [tree for tree in shelf.all() if tree.file.endswith("checklists/leaving.yml")]


# --- merging trees --------------------------------------------------------------------------------

BASE = "a: 1\nb: {x: 1, y: [1, 2]}\nc: [{p: 1}]\nd: text\n"
PLAIN: dict[str, object] = {
    "a": "1", "b": {"x": "1", "y": ["1", "2"]}, "c": [{"p": "1"}], "d": "text",
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "differs", "gone"),
    [
        ("a: 2", {"a": "2"}, ""),
        ("b: {x: 2}", {"b": {"x": "2", "y": ["1", "2"]}}, ""),
        ("b: {y: [3]}", {"b": {"x": "1", "y": ["3"]}}, ""),
        ("c: [{q: 1}]", {"c": [{"q": "1"}]}, ""),
        ("b: one", {"b": "one"}, ""),
        ("d: {n: 1, o: ~}", {"d": {"n": "1"}}, ""),
        ("b: ~\nc: null", {}, "bc"),
        ("b: {x: null}\nc: ~", {"b": {"y": ["1", "2"]}}, "c"),
        ("a: 'null'\nb: \"~\"", {"a": "null", "b": "~"}, ""),
        ("z: ~", {}, ""),
        ("e: {k: 1, l: null}", {"e": {"k": "1"}}, ""),
        ("c: [~]", {"c": ["~"]}, ""),
    ],
)
def test_maps_merge_by_key_and_all_else_is_replaced_whole(
    change: str, differs: dict[str, object], gone: str
) -> None:
    result = {key: value for key, value in (PLAIN | differs).items() if key not in gone}
    assert merge(node(BASE), node(change)) == result


@pytest.mark.parametrize(
    ("change", "order"),
    [
        ("z: 1\nm: 1\n", "c a b z m"),  # no neighbour: last
        ("a: 2\nz: 1\nm: 1\n", "c a z m b"),  # behind the one before
        ("z: 1\nm: 1\na: 2\n", "c z m a b"),  # before the one that follows
        ("z: 1\nb: 2\nm: 1\nc: 2\nn: 1\n", "c n a z b m"),
        ("a: null\nz: 1\n", "c z b"),  # in the place of what goes
    ],
)
def test_keys_stay_in_their_order_and_a_new_one_stands_beside_its_neighbour_in_the_change(
    change: str, order: str
) -> None:
    tree = merge(node("c: 1\na: 1\nb: 1\n"), node(change))
    assert isinstance(tree, Mapping)
    assert " ".join(tree) == order
    deep = merge(node("d: {c: 1, a: 1, b: 1}\n"), node("d:\n" + indent(change, " ")))
    assert isinstance(deep, Mapping)
    assert " ".join(deep[Scalar("d")]) == order


def test_each_value_keeps_its_file_and_line_and_a_replaced_key_those_of_its_value() -> None:
    tree = merge(node(BASE, "base.yml"), node("a: 2\nb:\n  x: 3\n  z: 4\n"))
    places = {key: at for key, at in keys_and_values(tree) if not isinstance(key, int)}
    assert places["a"] == (At("layer.yml", 1, 1), At("layer.yml", 1, 4))
    assert places["b"] == (At("base.yml", 2, 1), At("base.yml", 2, 4))
    assert places["x"] == (At("layer.yml", 3, 3), At("layer.yml", 3, 6))
    assert places["y"] == (At("base.yml", 2, 11), At("base.yml", 2, 14))
    assert places["z"] == (At("layer.yml", 4, 3), At("layer.yml", 4, 6))
    assert places["d"] == (At("base.yml", 4, 1), At("base.yml", 4, 4))


def keys_and_values(tree: Node) -> Iterator[tuple[str, tuple[At, At]]]:
    """Yield each key with its place and that of its value, all the way down."""
    if isinstance(tree, Mapping):
        for key, value in tree.items():
            yield str(key), (key.at, value.at)
            yield from keys_and_values(value)


ANY = settings(deadline=None, suppress_health_check=list(HealthCheck))
PLACES = st.builds(At, st.sampled_from(["a.yml", "b.yml"]), st.integers(1, 9), st.integers(1, 9))
TEXTS = st.sampled_from(["1", "two", "~", "null", "", "x y"])
STYLES = st.sampled_from(["plain", "single"])
SCALARS = st.builds(lambda t, at, style: Scalar(t, at=at, style=style), TEXTS, PLACES, STYLES)
KEYS = st.builds(lambda t, at: Scalar(t, at=at), st.sampled_from("abcd"), PLACES)
MAPPINGS: Callable[[st.SearchStrategy[Node]], st.SearchStrategy[Mapping]] = lambda inner: (  # noqa: E731
    st.builds(lambda d, at: Mapping(d, at=at), st.dictionaries(KEYS, inner, max_size=4), PLACES)
)
TREES: st.SearchStrategy[Node] = st.recursive(
    SCALARS,
    lambda inner: (
        MAPPINGS(inner)
        | st.builds(lambda items, at: Sequence(items, at=at), st.lists(inner, max_size=3), PLACES)
    ),
    max_leaves=12,
)


def written(tree: Node) -> object:
    """Return all there is to know of a tree: texts, styles, places, and the order of keys."""
    if isinstance(tree, Mapping):
        items = [(str(key), key.at, written(value)) for key, value in tree.items()]
        return "map", tree.at, items
    if isinstance(tree, Sequence):
        return "list", tree.at, [written(item) for item in tree]
    return str(tree), tree.style, tree.at


def nodes(tree: Node) -> Iterator[Node]:
    """Yield a tree, its keys and everything below it."""
    yield tree
    if isinstance(tree, Mapping):
        yield from tree
    if not isinstance(tree, Scalar):
        for inner in tree.values() if isinstance(tree, Mapping) else tree:
            yield from nodes(inner)


@ANY
@given(tree=MAPPINGS(TREES), at=PLACES)
def test_no_change_changes_nothing(tree: Mapping, at: At) -> None:
    assert written(merge(tree, Mapping(at=at))) == written(tree)


@ANY
@given(tree=TREES, change=TREES)
def test_merging_the_same_again_changes_nothing(tree: Node, change: Node) -> None:
    once = merge(tree, change)
    assert written(merge(once, change)) == written(once)


@ANY
@given(tree=MAPPINGS(TREES), change=MAPPINGS(TREES))
def test_every_text_is_one_of_the_tree_or_of_the_change(tree: Mapping, change: Mapping) -> None:
    given_ = {id(n) for n in (*nodes(tree), *nodes(change))}
    texts = [n for n in nodes(merge(tree, change)) if isinstance(n, Scalar)]
    assert [n for n in texts if id(n) not in given_] == []


@ANY
@given(tree=MAPPINGS(TREES), change=MAPPINGS(TREES))
def test_what_the_change_names_is_as_it_says_and_the_rest_as_it_was(
    tree: Mapping, change: Mapping
) -> None:
    result = merge(tree, change)
    assert isinstance(result, Mapping)
    for key in {*tree, *change}:
        new = change.get(key)
        if new is None:
            assert written(result[key]) == written(tree[key])
        elif isinstance(new, Scalar) and new.style == "plain" and new in ("~", "null"):
            assert key not in result
        elif isinstance(new, Mapping):
            assert isinstance(result[key], Mapping)
        else:
            assert result[key] is new


@ANY
@given(tree=MAPPINGS(TREES), change=MAPPINGS(TREES))
def test_keys_of_the_tree_stay_in_their_order_and_new_ones_in_that_of_the_change(
    tree: Mapping, change: Mapping
) -> None:
    result = merge(tree, change)
    assert isinstance(result, Mapping)
    assert [key for key in result if key in tree] == [key for key in tree if key in result]
    new = [key for key in result if key not in tree]
    assert sorted(new) == sorted(key for key in change if key not in tree and key in result)
    if not any(key in tree for key in change):
        assert list(result)[len(result) - len(new) :] == new


@ANY
@given(tree=TREES, change=TREES)
def test_neither_tree_nor_change_is_altered(tree: Node, change: Node) -> None:
    before = copy.deepcopy((written(tree), written(change)))
    merge(tree, change)
    assert (written(tree), written(change)) == before


# --- layers on the shelf --------------------------------------------------------------------------

DAY = datetime.date(2027, 1, 1)
BEFORE, LATER = DAY - datetime.timedelta(1), datetime.date(2027, 6, 1)
HEAD = "effective_from: 2027-01-01\ntitle: 换\nwhy: 好\napproved_by: 合规\n"


def almanac(shelf: Shelf, **layers: str) -> Almanac:
    """Return a shelf with layers; `cityx` is a city, any other name a dated change."""
    trees_ = dict(shelf.trees)
    for name, text in layers.items():
        kind = "overlay" if name.startswith("city") else "change"
        head = f"name: {name}\nkind: city\napproved_by: 合规\n" if kind == "overlay" else HEAD
        head = "" if text.startswith("effective_from:") else head
        id_ = Scalar(name, at=At(f"{name}.yml", 1, 1))
        trees_[kind, name] = Tree(kind, id_, node(f"id: {name}\n{head}{text}", f"{name}.yml"))
    return Almanac(replace(shelf, trees=trees_))


def playbook_of(
    books: Almanac, day: datetime.date = DAY, city: str = ""
) -> tuple[Playbook, tuple[Problem, ...]]:
    edition = books.edition(day, city)
    made = Maker(books).made(edition)
    assert made.playbook is not None
    return made.playbook, (*edition.problems, *made.problems)


def test_without_a_day_the_shelf_is_as_written(small: Shelf) -> None:
    books = almanac(small, c="change: {param:gold-cycle: {default: 20}}")
    assert books.edition(None).shelf is books.shelf
    assert Maker(books).made(books.edition(None)).playbook.params["gold-cycle"].default == "15"


def test_a_changed_value_is_in_force_on_its_days_and_points_into_the_layer(small: Shelf) -> None:
    text = f"{HEAD}effective_until: 2027-01-31\nchange: {{param:gold-cycle: {{default: 20}}}}\n"
    books = almanac(small, c=text)
    last = datetime.date(2027, 1, 31)
    after = last + datetime.timedelta(1)
    assert books.turns == (DAY, after)
    values = []
    for day in (BEFORE, DAY, last, after):
        playbook, problems = playbook_of(books, day)
        assert problems == ()
        values.append(playbook.numbers["gold-cycle"])
        assert playbook.params["gold-cycle"].name.at.file == "playbook_data/parameters.yml"
    assert values == [15, 20, 20, 15]
    there = playbook_of(books)[0].params["gold-cycle"].default.at
    assert (there.file, there.line) == ("c.yml", 7)
    assert books.shelf.trees["param", "gold-cycle"] is small.trees["param", "gold-cycle"]


def test_a_slip_in_a_layer_is_told_in_the_file_of_the_layer(small: Shelf) -> None:
    books = almanac(
        small, c="change:\n  param:gold-cycle: {defualt: 30}\n  rhythm:call-silver: {each: 有时}\n"
    )
    _, problems = playbook_of(books)
    assert sorted((p.at.file, p.at.line, p.code) for p in problems) == [
        ("c.yml", 7, "unknown-key"), ("c.yml", 8, "bad-frequency"),
    ]  # fmt: skip
    assert playbook_of(books, BEFORE)[1] == ()


def test_what_a_layer_takes_away_is_missing_where_it_is_needed(small: Shelf) -> None:
    books = almanac(small, c="change: {param:gold-cycle: {default: ~}}")
    _, problems = playbook_of(books)
    assert [(p.code, p.at.file) for p in problems] == [
        ("missing-key", "playbook_data/parameters.yml")
    ]


def test_a_city_comes_over_a_dated_change(small: Shelf) -> None:
    tree = small.trees["param", "gold-cycle"]
    may = {tree.key: replace(tree, node=merge(tree.node, node("set_by: [city]")))}
    books = almanac(
        replace(small, trees={**small.trees, **may}),
        change="change: {param:gold-cycle: {default: 20}}",
        cityb="change: {param:gold-cycle: {default: 25, why: 远, effective_from: 2027-02-01}}",
    )
    assert books.cities == ("cityb",)
    for day, city, value in (
        (BEFORE, "cityb", "15"), (DAY, "cityb", "20"), (LATER, "cityb", "25"), (LATER, "", "20"),
    ):  # fmt: skip
        playbook, problems = playbook_of(books, day, city)
        assert problems == ()
        assert playbook.params["gold-cycle"].default == value


def test_one_measure_of_a_group_can_be_changed_added_and_withdrawn(small: Shelf) -> None:
    books = almanac(
        small,
        c="change: {measure:visit: {name: 登门}}\n"
        "add: {measure:gift: {name: 礼品, group: service}}\n"
        "withdraw: {measure:call: {why: 不打了}}\n",
    )
    playbook, problems = playbook_of(books)
    assert problems == ()
    ids = [id_ for kind, id_ in small.trees if kind == "measure" and id_ != "call"]
    assert list(playbook.measures) == [*ids, "gift"]
    assert playbook.group_of["visit"] == playbook.group_of["gift"] == "service"
    names = {str(id_): m.name for id_, m in playbook.measure_groups["service"].measures.items()}
    assert (names["visit"], names["gift"], "call" in names) == ("登门", "礼品", False)


def test_what_stands_inside_something_goes_with_it(small: Shelf) -> None:
    group = small.trees["measure-group", "service"]
    dated = replace(group, node=merge(group.node, node("effective_until: 2026-12-31")))
    books = almanac(replace(small, trees={**small.trees, group.key: dated}))
    assert ("measure", "visit") in books.edition(BEFORE).shelf.trees
    edition = books.edition(DAY, before=books.edition(BEFORE))
    assert {("measure", "call"), ("measure", "visit"), group.key}.isdisjoint(edition.shelf.trees)


def test_a_withdrawn_thing_is_missed_by_the_checks_where_it_is_named(small: Shelf) -> None:
    books = almanac(small, c="withdraw: {script:leaving: {why: 不劝}}")
    playbook, problems = playbook_of(books)
    assert problems == ()
    assert "script:leaving" not in {entity.key for entity in playbook.all()}
    missed = [p for p in checks.check(playbook) if p.code == "unknown-reference"]
    assert missed
    assert {p.related[0].at.file for p in missed} == {"c.yml"}


def test_who_names_what_is_withdrawn_names_its_successor_at_the_end_of_the_chain(
    small: Shelf,
) -> None:
    one = (
        "title: 好走\n group: talk\n for: tier/*\n form: message\n message: [谢谢]\n no_reply: 等\n"
    )
    one = "{" + one.replace("\n ", ", ").strip() + "}"
    books = almanac(
        small,
        a=f"add:\n  script:bye: {one}\n  script:last: {one}\n"
        "withdraw: {script:leaving: {why: 不劝, successor: script:bye}}\n",
        b=HEAD.replace("2027-01-01", "2027-03-01")
        + "withdraw: {script:bye: {why: 不说, successor: script:last}}\n",
    )
    edition = None
    for day, id_ in ((BEFORE, "leaving"), (DAY, "bye"), (LATER, "last")):
        edition = books.edition(day, before=edition)
        assert edition.moved.get(("script", "leaving"), ("script", "leaving")) == ("script", id_)
        playbook, problems = playbook_of(books, day)
        assert problems == ()
        assert [str(ref) for ref in playbook.moments["door"].take][:1] == [f"script:{id_}"]
        line = playbook.checklists["leave"].items
        assert [str(s) for item in line.values() for s in item.see] == [f"script:{id_}"]


def test_a_map_written_into_a_group_by_a_layer_is_refused(small: Shelf) -> None:
    books = almanac(small, c="change: {measure-group:service: {measures: {gift: {name: 礼品}}}}")
    _, problems = playbook_of(books)
    assert [(p.code, p.at.file) for p in problems] == [("layer-unknown", "c.yml")]


def test_a_layer_that_is_a_draft_does_nothing(small: Shelf) -> None:
    books = almanac(small, c="status: draft\nchange: {param:gold-cycle: {default: 20}}")
    assert books.steps == ()
    assert playbook_of(books)[0].numbers["gold-cycle"] == 15


def test_loading_goes_through_the_layers(project: Path) -> None:
    changes = project / "playbook_data" / "changes"
    changes.mkdir()
    (changes / "c.yml").write_text(
        f"id: c\n{HEAD}change: {{role:rep: {{name: 客户经理}}}}\n", "utf-8"
    )
    for day, name in ((BEFORE, "市场经理"), (DAY, "客户经理"), (None, "市场经理")):
        playbook, problems = load(project, day)
        assert problems == ()
        assert playbook.of_kind("role")["rep"].name == name


# --- two layers for one thing ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "two", "days"),
    [
        ("param:gold-cycle: {default: 20}", "param:gold-cycle: {default: 25}", "2027-03-01"),
        ("script:leaving: {answers: {money: {say: 好}}}", "script:leaving#money: {say: 行}", "x"),
        ("script:leaving: {answers: ~}", "script:leaving#money: {say: 行}", "x"),
        ("script:leaving#money: {say: 行}", "script:leaving#answers: ~", "x"),
        ("matrix:care#gold.visit: {stopped: 停}", "matrix:care: {cells: {gold: [call]}}", "x"),
        ("matrix:care: {cells: {gold: {has: [call]}}}", "matrix:care#gold.visit: ~", "x"),
        ("matrix:care#gold.visit: ~", "matrix:care#gold.visit: {approve: 好}", "x"),
    ],
)
def test_two_that_set_the_same_on_one_day_are_in_conflict(
    small: Shelf, one: str, two: str, days: str
) -> None:
    for first, second in ((one, two), (two, one)):
        second_head = HEAD.replace("2027-01-01", "2027-03-01")
        books = almanac(small, a=f"change:\n  {first}\n", b=f"{second_head}change:\n  {second}\n")
        (conflict,) = books.conflicts
        assert str(conflict.since(BEFORE)) == "2027-03-01"
        assert conflict.problem.related[0].at.file == "a.yml"
        ended = f"{HEAD}effective_until: 2027-02-28\nchange:\n  {first}\n"
        assert almanac(small, a=ended, b=f"{second_head}change:\n  {second}\n").conflicts == ()


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("param:gold-cycle: {default: 20}", "param:gold-cycle: {unit: 日}"),
        ("matrix:care#gold.visit: ~", "matrix:care#gold.call: ~"),
        ("matrix:care#gold.visit: ~", "matrix:care#silver.call: ~"),
        ("script:leaving#money: {say: 行}", "script:leaving#tired: {say: 行}"),
    ],
)
def test_two_that_set_different_things_are_not(small: Shelf, one: str, two: str) -> None:
    books = almanac(small, a=f"change:\n  {one}\n", b=f"change:\n  {two}\n")
    assert books.conflicts == ()
    assert len(books.edition(DAY).done) == 2


DATES = st.none() | st.dates(datetime.date(2027, 1, 1), datetime.date(2027, 1, 12))


@ANY
@given(spans=st.lists(st.tuples(DATES, DATES), max_size=12), data=st.data())
def test_the_steps_of_a_day_are_those_whose_days_it_is(
    spans: list[tuple[datetime.date | None, datetime.date | None]], data: st.DataObject
) -> None:
    ref = Scalar("param:x", at=At("c.yml"))
    steps = [
        Step(("change", str(n)), "change", ("param", "x"), ref, period=Period(*span))
        for n, span in enumerate(spans)
    ]
    day = data.draw(st.dates(datetime.date(2026, 12, 30), datetime.date(2027, 1, 14)))
    assert Schedule(steps).on(day) == tuple(step for step in steps if step.period.holds(day))


@ANY
@given(spans=st.lists(st.tuples(DATES, DATES), max_size=12))
def test_no_two_steps_that_stand_set_one_value_on_one_day(
    spans: list[tuple[datetime.date | None, datetime.date | None]],
) -> None:
    set_ = node("default: 1")
    steps = [
        Step(("change", str(n)), "change", ("param", "x"), Scalar("param:x"), node=set_,
             period=Period(*span))
        for n, span in enumerate(spans) if not Period(*span).empty
    ]  # fmt: skip
    found = {id(one.step): one for one in conflicts(steps, node("default: 0"))}
    for day in (DAY + datetime.timedelta(n) for n in range(-1, 14)):
        holding = [step for step in steps if step.period.holds(day)]
        refused = [s for s in holding if id(s) in found and found[id(s)].holds(day)]
        assert refused == holding[1:]
        assert list(Schedule(steps, found).on(day)) == holding[:1]
    for one in found.values():
        assert one.since(DAY) is None or one.holds(one.since(DAY))


SPANS = st.tuples(st.integers(1, 30), st.integers(0, 9)).map(lambda one: (one[0], sum(one)))


@ANY
@given(spans=st.lists(SPANS, max_size=12), asked=SPANS)
def test_days_are_those_of_the_spans_and_no_others(
    spans: list[tuple[int, int]], asked: tuple[int, int]
) -> None:
    days, known = Days(), set()
    for lo, hi in spans:
        days.add((lo, hi))
        known |= set(range(lo, hi + 1))
    assert {n for lo, hi in days for n in range(lo, hi + 1)} == known
    ends = [(lo, hi) for lo, hi in days]
    assert all(hi + 1 < lo for (_, hi), (lo, _) in itertools.pairwise(ends))
    wanted = set(range(asked[0], asked[1] + 1))
    assert {n for lo, hi in days.within(asked) for n in range(lo, hi + 1)} == known & wanted
    assert {n for lo, hi in days.without(asked) for n in range(lo, hi + 1)} == wanted - known
