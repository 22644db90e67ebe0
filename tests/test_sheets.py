"""What is written as sheets: every value is in a cell, and a cell means what it shows."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from splices import node_at

from baodian.model import kinds
from baodian.playbook.load import library
from baodian.said.messages import words
from baodian.sheets import cells, matrices, stamps
from baodian.sheets.columns import has_sheet, left_out, sheets
from baodian.sheets.grids import Book, book
from baodian.sheets.titles import SHEETS, column_title
from baodian.source import Mapping, Node, Scalar, Sequence, read
from baodian.trees import Shelf

HERE = Path(__file__).parent
PLAYBOOKS = {
    "shipped": (HERE.parent,),
    "small": (HERE / "small_playbook",),
    "full": (HERE / "small_playbook", HERE / "playbooks" / "full"),
    "sparse": (HERE / "playbooks" / "sparse",),
}


@pytest.fixture(scope="module", params=PLAYBOOKS)
def project(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = tmp_path_factory.mktemp(request.param)
    for layer in PLAYBOOKS[request.param]:
        data = layer / "playbook_data"
        shutil.copytree(data, project / "playbook_data", dirs_exist_ok=True)
    return project


@pytest.fixture(scope="module")
def shelf(project: Path) -> Shelf:
    return library(project).shelf


def leaves(node: Node, way: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Scalar]]:
    """Yield every text below a node, with the keys on the way to it."""
    if isinstance(node, Scalar):
        yield way, node
    elif isinstance(node, Mapping):
        for key, value in node.items():
            yield from leaves(value, (*way, str(key)))
    else:
        for item in node:
            yield from leaves(item, way)


def in_cells(made: Book) -> set[int]:
    """Return all texts that cells show, as objects."""
    found: set[int] = set()
    for grid in made.grids.values():
        for row in grid.rows.values():
            for cell in row.cells.values():
                if cell.node is not None:
                    found |= {id(text) for _, text in leaves(cell.node)}
    return found


def test_every_value_is_in_a_cell_or_named_as_left_out(shelf: Shelf) -> None:
    made = book(shelf)
    shown, absent = in_cells(made), set(left_out())
    seen = 0
    for tree in shelf.trees.values():
        if not has_sheet(kinds.of(tree.kind)):
            assert (tree.kind, "") in absent
            continue
        for way, text in leaves(tree.node):
            seen += 1
            assert (
                id(text) in shown
                or (way and way[-1] in ("id", kinds.of(tree.kind).id_key))
                or any((tree.kind, key) in absent for key in way)
                or (
                    tree.kind == "matrix"
                    and way[0] == "cells"
                    and text in columns_of(made, tree.id)
                )
            ), f"{tree.key} {way} {text.at}: no cell shows {text!r}"
    assert seen > 30


def columns_of(made: Book, matrix: str) -> set[str]:
    return {column.key for column in made.grids[f"matrix:{matrix}"].sheet.columns}


def test_no_value_is_too_odd_for_a_cell(shelf: Shelf) -> None:
    odd = [
        (name, row.key, key)
        for name, grid in book(shelf).grids.items()
        for row in grid.rows.values()
        for key, cell in row.cells.items()
        if cell.fixed
    ]
    assert odd == []


def test_the_path_of_a_cell_leads_to_its_value(project: Path, shelf: Shelf) -> None:
    """The path is what is spliced at; it is followed in what the file itself says."""
    trees = {
        path.relative_to(project).as_posix(): read(path.read_bytes(), "x")[0]
        for path in (project / "playbook_data").rglob("*.yml")
    }
    followed = 0
    for grid in book(shelf).grids.values():
        for row in grid.rows.values():
            for cell in row.cells.values():
                if cell.node is not None and not grid.sheet.grid:
                    assert cell.path[: len(row.path)] == row.path
                    assert node_at(trees[row.file], cell.path) == cell.node
                    followed += 1
    assert followed > 30


def test_every_sheet_and_column_has_a_title_in_chinese() -> None:
    t = words("zh-CN")
    for sheet in sheets():
        assert t.text(SHEETS[sheet.name]).strip("·").isascii() is False
        for key in (*sheet.keys, *(column.key for column in sheet.columns)):
            assert not column_title(sheet, key, t).isascii(), f"{sheet.name}: {key}"


def test_titles_are_of_sheets_and_columns_that_there_are() -> None:
    known = {sheet.name for sheet in sheets()} | {name for name, _ in left_out()}
    assert set(SHEETS) <= known


# --- cells ----------------------------------------------------------------------------------------


def node(text: str) -> Node:
    tree, problems = read(f"k: {text}\n".encode(), "x")
    assert isinstance(tree, Mapping)
    assert not problems
    return tree[Scalar("k")]


@pytest.mark.parametrize(
    ("yaml", "shape", "text"),
    [
        ("一句话", "text", "一句话"),
        ("010", "text", "010"),
        ("[甲, 乙]", "list", "甲\n乙"),
        ("甲", "list", "甲"),
        ("|\n  一行\n  又一行\n", "list", "一行\n又一行"),
        ('["一\\n二", 三]', "list", "一↵\n二\n三"),
        ("{a: 甲, b: 乙}", "map", "a: 甲\nb: 乙"),
        ("{line: [truck, care], month: 1}", "rule", "line: truck / care\nmonth: 1"),
        ("[{a: [x, y]}, {a: z}]", "boxes", "a: x / y\n\na: z"),
        ("{a: 1}", "boxes", "a: 1"),
        ("[甲, 乙]", "map", "甲\n乙"),
        ("甲", "map", "甲"),
    ],
)
def test_a_value_is_shown_and_means_the_same_again(
    yaml: str, shape: "cells.Shape", text: str
) -> None:
    value = node(yaml)
    assert cells.shown(value, shape) == text
    meant = cells.meant(text, shape, value)
    assert meant == cells.plain(value) or yaml.startswith("|")


@pytest.mark.parametrize(
    ("yaml", "shape"),
    [
        ("[[甲]]", "list"),
        ("{a: {b: c}}", "map"),
        ("[甲]", "text"),
        ("[甲↵, 乙]", "list"),
        ('{"a:b": 甲}', "map"),
        ("{a: 甲 / 乙}", "rule"),
    ],
)
def test_what_a_cell_cannot_show_is_not_shown(yaml: str, shape: "cells.Shape") -> None:
    assert cells.shown(node(yaml), shape) is None


def test_a_text_longer_than_a_cell_is_not_shown() -> None:
    assert cells.shown(Sequence([Scalar("字" * 19_000)] * 2), "list") is None


@pytest.mark.parametrize("text", ["没有编号", "a: 甲\na: 乙", "a:", "甲\nb: 乙"])
def test_a_line_without_a_name_before_it_is_unclear(text: str) -> None:
    with pytest.raises(cells.Unclear):
        cells.meant(text, "map")


LINES = st.text(
    st.characters(blacklist_categories=["C", "Z"], blacklist_characters="↵"), min_size=1, max_size=9
)
TEXTS = st.lists(LINES, min_size=1, max_size=3).map("\n".join)


@given(st.lists(TEXTS, max_size=4))
def test_any_list_comes_back(items: list[str]) -> None:
    value = Sequence([Scalar(item) for item in items])
    text = cells.shown(value, "list")
    assert text is not None
    assert cells.meant(text, "list", value) == items


@given(st.dictionaries(st.from_regex("[a-z0-9-]{1,8}", fullmatch=True), TEXTS, max_size=4))
def test_any_map_comes_back(entries: dict[str, str]) -> None:
    value = Mapping({Scalar(key): Scalar(text) for key, text in entries.items()})
    text = cells.shown(value, "map")
    assert text is not None
    assert cells.meant(text, "map", value) == entries


# --- matrices -------------------------------------------------------------------------------------

ORDER = ("call", "visit", "trip", "gift")
STATES = st.sampled_from(["", "✓", "approve: 总监", "stopped: 不办"])


@given(st.tuples(STATES, STATES, STATES, STATES), st.tuples(STATES, STATES, STATES, STATES))
def test_any_row_of_a_matrix_is_composed_as_its_cells_say(
    old: tuple[str, ...], new: tuple[str, ...]
) -> None:
    def row(texts: tuple[str, ...], node: Node | None) -> Node:
        said = dict(zip(ORDER, texts, strict=True))
        return tree(matrices.composed(node, said, signs=True))

    after = row(new, row(old, None))
    shown = tuple(matrices.text_of(after, column, signs=True)[0] for column in ORDER)
    assert shown == new


def tree(data: object) -> Node:
    if isinstance(data, dict):
        return Mapping({Scalar(key): tree(value) for key, value in data.items()})
    return Sequence(list(map(tree, data))) if isinstance(data, list) else Scalar(str(data))


def test_what_a_class_has_keeps_its_order_and_its_form() -> None:
    texts = {"call": "✓", "visit": "✓", "trip": "", "gift": "✓"}
    assert matrices.composed(node("[gift, call]"), texts, signs=True) == ["visit", "gift", "call"]
    texts["trip"] = "approve: 总监"
    assert matrices.composed(node("[call]"), texts, signs=True) == {
        "has": ["call", "visit", "gift"],
        "approve": {"trip": "总监"},
    }


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("text", ["✓", "approve: 总监", "stopped: a: b", ""])
def test_signs_come_back_out_of_either_language(language: str, text: str) -> None:
    said = matrices.in_words(text, words(language))
    assert matrices.out_of_words(said, signs=True) == text


@pytest.mark.parametrize("text", ["x", "需批准：", "approve", "缺：甲", "1"])
def test_what_is_no_sign_is_unclear(text: str) -> None:
    with pytest.raises(cells.Unclear):
        matrices.out_of_words(text, signs=True)


# --- stamps ---------------------------------------------------------------------------------------


@given(st.dictionaries(st.from_regex("[a-z_.]{1,9}", fullmatch=True), st.text(), max_size=5))
def test_a_stamp_comes_back(texts: dict[str, str]) -> None:
    made = stamps.stamp("script", ("a", "b"), texts)
    assert stamps.read(str(made)) == made
    assert set(made.cells) == {key for key, text in texts.items() if text}


@pytest.mark.parametrize("text", ["", "abc", "zzzzzzzzzzzz", "0123456789ab x", "0123456789ab x=1"])
def test_what_is_no_stamp_is_none(text: str) -> None:
    assert stamps.read(text) is None
