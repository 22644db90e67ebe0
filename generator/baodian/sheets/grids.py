"""A shelf → rows and cells: what is written, sheet by sheet, each cell with its place.

A row is told from all others by its key: the thing, the way inside it, and its own id. Nothing is
read of days and cities: a sheet shows what stands in the files, and that is what is written back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from baodian.model import kinds
from baodian.model.kinds import Kind
from baodian.said.problems import At
from baodian.sheets import matrices
from baodian.sheets.cells import shown
from baodian.sheets.columns import Column, Records, Sheet, sheets
from baodian.sheets.columns import shown as shown_of
from baodian.sheets.stamps import hashed, stamp
from baodian.sheets.workbook import FIXED
from baodian.source import Mapping, Node, Scalar, Sequence
from baodian.trees import Shelf, Tree

Key = tuple[str, ...]
Path = tuple[str | int, ...]
"""From the top of a file: keys of maps and positions in lists."""


@dataclass(frozen=True)
class Cell:
    """What stands in a cell: its text, the value and its place; no value where nothing is."""

    text: str
    node: Node | None
    at: At
    path: Path
    fixed: bool = False
    """Whether no cell can show the value, so that it stays as it is."""


@dataclass(frozen=True)
class Row:
    """A row: its key, the file and the place of its record, the record, its cells by column."""

    key: Key
    file: str
    path: Path
    at: At
    node: Node
    cells: dict[str, Cell] = field(default_factory=dict)
    there: bool = True
    """Whether it is written; a matrix has a row for each class, written or not."""


@dataclass(frozen=True)
class Grid:
    """A sheet with its rows, by key, in the order of the files."""

    sheet: Sheet
    rows: dict[Key, Row] = field(default_factory=dict)


@dataclass(frozen=True)
class Place:
    """A map or list that rows of a sheet stand in, or could: where, and whether it is written."""

    file: str
    path: Path
    """The way to the record around it."""
    field: str
    numbered: bool
    """Whether it is a list."""
    node: Node | None


@dataclass(frozen=True)
class Book:
    """All sheets by name; and by sheet, thing and the way inside it, where more rows may stand."""

    grids: dict[str, Grid]
    places: dict[tuple[str, str, str], Place]


def book(shelf: Shelf) -> Book:
    """Return all sheets of a playbook as it is written. Things without an id are left out."""
    made = Book({sheet.name: Grid(sheet) for sheet in sheets()}, {})
    for tree in shelf.trees.values():
        kind = kinds.of(tree.kind)
        if kind.name not in made.grids:
            continue
        path = path_of(tree, kind)
        key = (tree.within[1], str(tree.id)) if tree.within else (str(tree.id),)
        grid = made.grids[kind.name]
        grid.rows[key] = _row(grid.sheet, key, tree.node, tree.file, path, tree.id.at)
        if isinstance(tree.node, Mapping):
            _Walk(made, kind.name, str(tree.id), tree.file).through(
                tree.node, kind.records, path, ()
            )
    for tree in shelf.trees.values():
        if tree.kind == "matrix" and (sheet := matrices.sheet(shelf, tree)):
            made.grids[sheet.name] = _of_matrix(shelf, tree, sheet)
    return made


def texts(row: Row) -> dict[str, str]:
    """Return what the cells of a row say, as it is hashed and compared; empty ones say nothing."""
    said = {key: FIXED if cell.fixed else cell.text for key, cell in row.cells.items()}
    return {key: text for key, text in said.items() if text}


def stamps_of(grid: Grid) -> dict[Key, str]:
    """Return for each row of a sheet the hash of all that it says."""
    name = grid.sheet.name
    return {key: hashed(str(stamp(name, key, texts(row)))) for key, row in grid.rows.items()}


def path_of(tree: Tree, kind: Kind) -> Path:
    """Return the way from the top of its file to a tree."""
    if tree.within:
        return tree.within[1], kind.within[1], str(tree.id)
    return (str(tree.id),) if kind.many else ()


@dataclass(frozen=True)
class _Walk:
    """The way through one thing, which puts every record inside it into its sheet."""

    book: Book
    kind: str
    thing: str
    file: str

    def through(self, node: Mapping, records: Records, path: Path, way: tuple[str, ...]) -> None:
        """Take in the collections of a record, and those inside them."""
        for name, inner in shown_of(records).inner.items():
            sheet = self.book.grids[f"{self.kind}.{name}"].sheet
            there = node.get(Scalar(name))
            within = "/".join(way)
            numbered = inner.by == "list"
            place = Place(self.file, path, name, numbered, there)
            self.book.places.setdefault((sheet.name, self.thing, within), place)
            for id_, entry, step, at in _entries(there, numbered):
                key = (self.thing, within, id_)
                row = _row(sheet, key, entry, self.file, (*path, name, *step), at)
                self.book.grids[sheet.name].rows[key] = row
                if isinstance(entry, Mapping):
                    self.through(entry, inner.records, row.path, (*way, id_))
                elif shown_of(inner.records).inner:
                    self.through(Mapping(at=entry.at), inner.records, row.path, (*way, id_))


def _entries(node: Node | None, numbered: bool) -> Iterator[tuple[str, Node, Path, At]]:
    """Yield id, record, way and place of all that stands in a map, or in a list or alone."""
    if isinstance(node, Mapping) and not numbered:
        yield from ((str(key), value, (str(key),), key.at) for key, value in node.items())
    elif isinstance(node, Sequence):
        ids = [_id(item) for item in node]
        for number, item in enumerate(node):
            own = ids[number] if ids.count(ids[number]) == 1 else ""
            yield own or str(number + 1), item, (number,), item.at
    elif node is not None and numbered:
        yield _id(node) or "1", node, (), node.at


def _id(node: Node) -> str:
    """Return the id of an item of a list: its own, else its kind, "" if it has none."""
    found = (node.get(Scalar(key)) for key in ("id", "kind")) if isinstance(node, Mapping) else ()
    return next((str(id_) for id_ in found if isinstance(id_, Scalar)), "")


def _row(sheet: Sheet, key: Key, node: Node, file: str, path: Path, at: At) -> Row:
    """Return the row of a record, of a text that stands for one, or of a thing that is a text."""
    cells = {}
    for column in sheet.columns:
        cell = _cell(column, node, path)
        if cell.node is not None or cell.fixed:
            cells[column.key] = cell
    return Row(key, file, path, at, node, cells)


def _cell(column: Column, node: Node, path: Path) -> Cell:
    value: Node | None = node
    way: Path = path
    if column.path and isinstance(node, Scalar):  # a line that is nothing but its text
        value = node if column.path == ("text",) else None
    else:
        for step in column.path:
            value = value.get(Scalar(step)) if isinstance(value, Mapping) else None
            way = (*way, step)
    text = shown(value, column.shape)
    at = node.at if value is None else value.at
    return Cell(text or "", value, at, way, fixed=text is None)


def _of_matrix(shelf: Shelf, tree: Tree, sheet: Sheet) -> Grid:
    """Return the grid of a matrix: a row for each class of its ruler, filled or not."""
    assert isinstance(tree.node, Mapping)
    signs = matrices.by_measures(tree)
    written = tree.node.get(Scalar("cells"))
    cells = written if isinstance(written, Mapping) else Mapping(at=tree.at)
    ids = list(dict.fromkeys((*matrices.classes(shelf, tree), *map(str, cells))))
    rows: dict[Key, Row] = {}
    for id_ in ids:
        node = cells.get(Scalar(id_))
        path: Path = (*path_of(tree, kinds.of("matrix")), "cells", id_)
        at = next((key.at for key in cells if key == id_), cells.at)
        found = {}
        for column in sheet.columns:
            text, value = matrices.text_of(node, column.key, signs=signs)
            if text != "":
                place = at if value is None else value.at
                found[column.key] = Cell(text or "", value, place, path, fixed=text is None)
        there = node is not None
        rows[(id_,)] = Row((id_,), tree.file, path, at, node or Mapping(at=at), found, there)
    return Grid(sheet, rows)
