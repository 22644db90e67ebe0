"""Cells of a workbook that say something else → edits of the record that they are of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from baodian.editing.edits import Data, Delete, Edit, Insert, Replace
from baodian.editing.xlsx_merge import Changed
from baodian.model import kinds
from baodian.sheets import matrices
from baodian.sheets.cells import Data as Plain
from baodian.sheets.cells import meant, normal, plain
from baodian.sheets.columns import Sheet, inside
from baodian.sheets.grids import texts
from baodian.source import Mapping, Node, Scalar, Sequence


def of_row(changes: list[Changed]) -> Iterator[Edit]:
    """Yield the edits for all cells that were changed in one row."""
    row = changes[0].row
    if changes[0].sheet.grid:
        yield _of_class(changes)
        return
    if isinstance(row.node, Scalar):
        if all(change.column.path in ((), ("text",)) for change in changes):
            yield Replace(row.path, as_was(changes[0].new, row.node))
            return
        record: dict[str, Data] = {"text": str(row.node)}
        for change in changes:
            put(record, change.column.path, _data(change))
        yield Replace(row.path, record)
        return
    tops: dict[str, list[Changed]] = {}
    for change in changes:
        tops.setdefault(change.column.path[0], []).append(change)
    there = row.node if isinstance(row.node, Mapping) else Mapping()
    for key, some in tops.items():
        old = there.get(Scalar(key))
        record = {key: cast("Data", plain(old))} if old is not None else {}
        for change in some:
            put(record, change.column.path, _data(change))
        if key not in record:
            yield Delete((*row.path, key))
        elif old is not None:
            yield Replace((*row.path, key), record[key])
        else:
            yield Insert(row.path, key, record[key], _first_collection(changes[0].sheet, there))


def _first_collection(sheet: Sheet, there: Mapping) -> str | None:
    """Return the key of the first list or map of records, before which single keys stand."""
    names = {name for name, _ in inside(kinds.of(sheet.kind))}
    return next((str(key) for key in there if key in names), None)


def _data(change: Changed) -> Data:
    """Return what a changed cell says, None for nothing."""
    if not change.new:
        return None
    cell = change.row.cells.get(change.column.key)
    node = cell.node if cell else None
    return as_was(meant(change.new, change.column.shape, node), node)


def put(record: dict[str, Data], path: tuple[str, ...], value: Data) -> None:
    """Put a value into a record, or take it out; a record in it that becomes empty goes too."""
    key, *rest = path
    if rest:
        inner = record.get(key)
        inner = dict(inner) if isinstance(inner, dict) else {}
        put(inner, tuple(rest), value)
        value = inner or None
    if value is None:
        record.pop(key, None)
    else:
        record[key] = value


def as_was(new: Plain, old: Node | None) -> Data:
    """Return a value with what a cell does not show of the old one: blanks at ends of lines."""
    if isinstance(new, dict):
        known = old if isinstance(old, Mapping) else Mapping()
        return {key: as_was(value, known.get(Scalar(key))) for key, value in new.items()}
    if isinstance(new, list):
        items = list(old) if isinstance(old, Sequence) else []
        return [as_was(item, _same(item, items)) for item in new]
    if not isinstance(old, Scalar):
        return new
    if normal(old) == normal(new):
        return str(old)
    were = {line.rstrip(): line for line in old.split("\n")}
    lines = [were.get(line, line) for line in new.split("\n")]
    return "\n".join(lines) + old[len(old.rstrip("\n")) :]


def _same(item: Plain, items: list[Node]) -> Node | None:
    """Return the old item that says the same as a new one."""
    if not isinstance(item, str):
        return None
    return next((i for i in items if isinstance(i, Scalar) and normal(i) == normal(item)), None)


def _of_class(changes: list[Changed]) -> Edit:
    """Return the edit of a row of a matrix."""
    row, sheet = changes[0].row, changes[0].sheet
    said = texts(row)
    said |= {change.column.key: change.new for change in changes}
    fixed = {key for key, cell in row.cells.items() if cell.fixed}
    whole = {c.key: said.get(c.key, "") for c in sheet.columns if c.key not in fixed}
    signs = sheet.columns[0].shape == "sign"
    value = cast("Data", matrices.composed(row.node, whole, signs=signs))
    return Replace(row.path, value) if row.there else Insert(row.path[:-1], row.key[0], value)
