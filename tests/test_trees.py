"""Trees survive reading: a shelf by kind and id, and layers merged before anything is validated."""

from __future__ import annotations

import copy
import datetime
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baodian import checks, trees
from baodian.model import kinds
from baodian.playbook import Playbook
from baodian.playbook.load import library, load
from baodian.report import report
from baodian.said.messages import words
from baodian.said.problems import At, Problem
from baodian.source import Mapping, Node, Scalar, Sequence, read
from baodian.trees import Shelf, merge

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
    playbook, slips = load(folder)
    assert slips == ()
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


def test_keys_stay_in_their_order_and_new_ones_follow() -> None:
    tree = merge(node("c: 1\na: 1\nb: {y: 1, x: 1}\n"), node("z: 1\nb: {w: 1, x: 2}\nm: 1\nc: 2\n"))
    assert isinstance(tree, Mapping)
    assert list(tree) == ["c", "a", "b", "z", "m"]
    assert list(tree[Scalar("b")]) == ["y", "x", "w"]


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
def test_keys_of_the_tree_come_first_in_their_order(tree: Mapping, change: Mapping) -> None:
    result = merge(tree, change)
    assert isinstance(result, Mapping)
    order = [key for key in (*tree, *(key for key in change if key not in tree)) if key in result]
    assert list(result) == order


@ANY
@given(tree=TREES, change=TREES)
def test_neither_tree_nor_change_is_altered(tree: Node, change: Node) -> None:
    before = copy.deepcopy((written(tree), written(change)))
    merge(tree, change)
    assert (written(tree), written(change)) == before


# --- layers ---------------------------------------------------------------------------------------

BEFORE, DAY = datetime.date(2026, 12, 31), datetime.date(2027, 1, 1)
HEAD = "id: x\ntitle: 变一变\neffective_from: 2027-01-01\nwhy: 有缘故。\napproved_by: 甲\n"


@pytest.fixture
def on_the_day(project: Path) -> Callable[[str], tuple[Playbook, tuple[Problem, ...]]]:
    """Return what lays one change over the small playbook and gives the playbook of its day."""

    def laid(change: str) -> tuple[Playbook, tuple[Problem, ...]]:
        folder = project / "playbook_data" / "changes"
        folder.mkdir(exist_ok=True)
        (folder / "x.yml").write_text(HEAD + change, encoding="utf-8")
        return load(project, DAY)

    return laid


OnTheDay = Callable[[str], tuple[Playbook, tuple[Problem, ...]]]


def test_a_changed_value_is_in_force_on_its_day_and_points_into_the_layer(
    on_the_day: OnTheDay, project: Path
) -> None:
    playbook, problems = on_the_day("change:\n  param:gold-cycle: {default: 20}\n")
    assert problems == ()
    param = playbook.params["gold-cycle"]
    assert (param.default, param.default.at) == ("20", At("playbook_data/changes/x.yml", 7, 31))
    assert param.name.at.file == "playbook_data/parameters.yml"
    assert playbook.numbers["gold-cycle"] == 20
    assert load(project, BEFORE)[0].numbers["gold-cycle"] == 15
    assert load(project)[0].numbers["gold-cycle"] == 15


def test_a_slip_in_a_layer_is_told_in_the_file_of_the_layer(on_the_day: OnTheDay) -> None:
    _, problems = on_the_day(
        "change:\n  param:gold-cycle: {default: 20, defualt: 30}\n"
        "  rhythm:call-gold: {each: 有时}\n"
    )
    assert sorted((p.at.file, p.at.line, p.code) for p in problems) == [
        ("playbook_data/changes/x.yml", 7, "unknown-key"),
        ("playbook_data/changes/x.yml", 8, "bad-frequency"),
    ]


def test_what_a_layer_takes_away_is_missing_where_it_is_needed(on_the_day: OnTheDay) -> None:
    _, problems = on_the_day("change:\n  param:gold-cycle: {default: ~}\n")
    assert [p.code for p in problems] == ["missing-key"]


def test_one_measure_of_a_group_can_be_changed_added_and_withdrawn(on_the_day: OnTheDay) -> None:
    playbook, problems = on_the_day(
        "change:\n  measure:visit: {name: 登门}\n"
        "add:\n  measure:gift: {group: service, name: 礼品}\n"
        "withdraw:\n  measure:call: {why: 不打了, successor: measure:visit}\n"
    )
    assert problems == ()
    assert "call" not in playbook.measures
    assert playbook.group_of["visit"] == playbook.group_of["gift"] == "service"
    names = {str(id_): m.name for id_, m in playbook.measure_groups["service"].measures.items()}
    assert (names["visit"], names["gift"], "call" in names) == ("登门", "礼品", False)


def test_a_withdrawn_tree_is_missed_by_the_checks_where_it_is_named(on_the_day: OnTheDay) -> None:
    playbook, problems = on_the_day("withdraw:\n  script:leaving: {why: 不用了}\n")
    assert problems == ()
    assert "script:leaving" not in {entity.key for entity in playbook.all()}
    assert "unknown-reference" in {problem.code for problem in checks.check(playbook)}


@pytest.mark.parametrize(
    "change",
    [
        "change:\n  param:nowhere: {default: 3}\n",
        "change:\n  matrix:care#gold.nowhere.deeper: {has: true}\n",
        "withdraw:\n  param:nowhere: {why: 没有}\n",
        "add:\n  param:gold-cycle: {name: 又一个}\n",
        "add:\n  measure:new: {group: nowhere, name: 新}\n",
    ],
)
def test_a_layer_that_does_not_fit_the_shelf_is_told(on_the_day: OnTheDay, change: str) -> None:
    playbook, problems = on_the_day(change)
    assert [(p.code, p.at.file) for p in problems] == [
        ("layer-unknown", "playbook_data/changes/x.yml")
    ]
    assert playbook.numbers["gold-cycle"] == 15


def test_without_layers_every_day_is_as_written(project: Path) -> None:
    books = library(project)
    assert books.turns == ()
    written, today = load(project)[0], load(project, DAY)[0]
    assert [e.key for e in written.all()] == [e.key for e in today.all()]
