"""Rows of a workbook that are new, and rows that are gone → what is done with the files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

from baodian.editing.edits import Data, Delete, Edit, Insert, Replace
from baodian.editing.xlsx_cells import as_was, put
from baodian.editing.xlsx_merge import Added, Gone, Merged
from baodian.editing.xlsx_read import Objection
from baodian.model import kinds
from baodian.model.fields import Bad
from baodian.model.ids import Id
from baodian.model.references import ClassRef
from baodian.said.messages import Message, msg
from baodian.sheets.cells import meant, plain
from baodian.sheets.columns import inside
from baodian.sheets.grids import Book, Path, Row
from baodian.source import Mapping, Scalar, Sequence
from baodian.trees import DATA

ALONE = ("script", "checklist", "moment", "case", "guide", "class")
"""The kinds of which a row may be a new file."""


@dataclass
class Edits:
    """What is to be done with files: edits of those there are, what new ones say, what goes."""

    edits: dict[str, list[Edit]] = field(default_factory=dict)
    new: dict[str, dict[str, Data]] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)
    objections: list[Objection] = field(default_factory=list)

    def add(self, file: str, edit: Edit) -> None:
        """Add an edit of a file, to be made after those that are there."""
        self.edits.setdefault(file, []).append(edit)


# --- new rows -------------------------------------------------------------------------------------


@dataclass
class Additions:
    """New rows on their way into files."""

    made: Edits
    book: Book
    rows: list[Added]
    records: dict[tuple[str, str, str], dict[str, Data]] = field(default_factory=dict)
    """What is new: by kind, thing and the way inside it."""
    waiting: dict[tuple[str, Path, str], list[tuple[Added, dict[str, Data]]]] = field(
        default_factory=dict
    )
    """Rows for a map or list that is not written yet."""

    def make(self) -> None:
        """Put things first, then what stands inside them, the outer before the inner."""
        for row in sorted(self.rows, key=_depth):
            record = _record(row)
            if row.sheet.under:
                self._inside(row, record)
            else:
                self._thing(row, record)
        for (file, path, name), rows in self.waiting.items():
            numbered = self.book.places[_place_key(rows[0][0])].numbered
            value: Data = (
                [_item(row, record) for row, record in rows]
                if numbered
                else {row.key[-1]: record for row, record in rows}
            )
            self.made.add(file, Insert(path, name, value))

    def _object(self, row: Added, message: Message, hint: Message | None) -> None:
        self.made.objections.append(Objection(row.place, message, hint))

    def _thing(self, row: Added, record: dict[str, Data]) -> None:
        kind = kinds.of(row.sheet.kind)
        id_ = row.key[-1]
        self.records[kind.name, id_, ""] = record
        if kind.within[0]:
            group = self.book.grids[kind.within[0]].rows.get((row.key[0],))
            if group is None:
                self._object(row, msg("There is no group “{id}”.", id=row.key[0]),
                             msg("Write the id of a group that there is."))  # fmt: skip
                return
            path = (*group.path, kind.within[1])
            self.made.add(group.file, Insert(path, id_, record, self._next(row, 1)))
        elif kind.many:
            value: Data = record if kind.records else record[""]
            file = self._file(row)
            if file in self.made.new or not self._is_there(file):
                self.made.new.setdefault(file, {})[id_] = value
            else:
                self.made.add(file, Insert((), id_, value, self._next(row, 0)))
        elif kind.name in ALONE:
            if bad := _bad(id_, kind.name):
                self._object(row, bad.message, bad.hint)
                return
            place = kind.places[0].replace("…/", "").removesuffix("/")
            file = f"{DATA}/{place}/{id_}.yml"
            self.made.new[file] = {kind.id_key: id_, **record}
            self.records[kind.name, id_, ""] = self.made.new[file]
        else:
            self._object(row, msg("Something of this kind cannot be added here."),
                         msg("Write it in YAML: baodian new KIND ID."))  # fmt: skip

    def _file(self, row: Added) -> str:
        """Return the file for a new thing: that of the row above, else of the first of its kind."""
        grid = self.book.grids[row.sheet.name]
        if row.before and row.before in grid.rows:
            return grid.rows[row.before].file
        if grid.rows:
            return next(iter(grid.rows.values())).file
        place = kinds.of(row.sheet.kind).places[0]
        return f"{DATA}/{place}new.yml" if place.endswith("/") else f"{DATA}/{place}"

    def _is_there(self, file: str) -> bool:
        return any(row.file == file for g in self.book.grids.values() for row in g.rows.values())

    def _next(self, row: Added, outer: int) -> str | None:
        """Return the id before which a new row stands: that of the row behind the one above it.

        None, the end, if the row above is of another group or was moved.
        """
        grid = self.book.grids[row.sheet.name]
        above, new = row.before, {r.key: r for r in self.rows if r.sheet == row.sheet}
        while above in new:
            above = new[above].before
        if above is None or above[:outer] != row.key[:outer] or above not in grid.rows:
            return None
        file = grid.rows[above].file
        ids = [
            key[-1]
            for key, other in grid.rows.items()
            if key[:outer] == row.key[:outer] and other.file == file
        ]
        behind = ids.index(above[-1]) + 1
        return ids[behind] if behind < len(ids) else None

    def _inside(self, row: Added, record: dict[str, Data]) -> None:
        kind, (thing, within, id_) = row.sheet.kind, row.key
        self.records[kind, thing, f"{within}/{id_}".strip("/")] = record
        by = next(i.by for name, i in inside(kinds.of(kind)) if name == row.sheet.under)
        outer = self.records.get((kind, thing, within))
        if outer is not None:
            if by == "map":
                there = outer.setdefault(row.sheet.under, {})
                assert isinstance(there, dict)
                there[id_] = record
            else:
                items = outer.setdefault(row.sheet.under, [])
                assert isinstance(items, list)
                items.append(_item(row, record))
            return
        place = self.book.places.get(_place_key(row))
        if place is None:
            where = "/".join(filter(None, (thing, within)))
            message = msg("There is no “{id}” that this row could stand in.", id=where)
            hint = msg("Write the ids of what is there, or add it on its own sheet.")
            self._object(row, message, hint)
        elif place.node is None:
            key = (place.file, place.path, place.field)
            self.waiting.setdefault(key, []).append((row, record))
        elif place.numbered and isinstance(place.node, Sequence):
            self.made.add(place.file, Insert((*place.path, place.field), None, _item(row, record)))
        elif place.numbered:
            both: list[Data] = [cast("Data", plain(place.node)), _item(row, record)]
            self.made.add(place.file, Replace((*place.path, place.field), both))
        else:
            assert isinstance(place.node, Mapping)
            texts_only = any(isinstance(node, Scalar) for node in place.node.values())
            bare = texts_only and list(record) == ["text"]
            value: Data = record["text"] if bare else record
            before = self._next(row, 2)
            self.made.add(place.file, Insert((*place.path, place.field), id_, value, before))


def _bad(id_: str, kind: str) -> Bad | None:
    """Return what is wrong with an id that is to be the name of a file."""
    try:
        if kind == "class":
            ClassRef.read(Scalar(id_))
        for part in id_.split("/") if kind == "class" else (id_,):
            Id.read(Scalar(part))
    except Bad as bad:
        return bad
    return None


def _depth(row: Added) -> int:
    """Return how deep inside a thing a row stands; things themselves are at 0."""
    return 1 + len(list(filter(None, row.key[1].split("/")))) if row.sheet.under else 0


def _place_key(row: Added) -> tuple[str, str, str]:
    return row.sheet.name, row.key[0], row.key[1]


def _record(row: Added) -> dict[str, Data]:
    record: dict[str, Data] = {}
    for column in row.sheet.columns:
        if text := row.texts.get(column.key):
            put(record, column.path or ("",), as_was(meant(text, column.shape), None))
    return record


def _item(row: Added, record: dict[str, Data]) -> Data:
    """Return a new item of a list: with its id, unless it is only a number."""
    id_ = row.key[-1]
    return record if id_.isdigit() or id_ == record.get("kind") else {"id": id_, **record}


# --- rows that are gone ---------------------------------------------------------------------------


def delete(made: Edits, book: Book, merged: Merged) -> None:
    """Delete the rows that are gone; what they hold goes with them, and so must have gone too."""
    gone = {(g.sheet.name, g.row.key) for g in merged.gone}
    deletions: list[tuple[str, Path]] = []
    for one in merged.gone:
        for left in _inside_of(one, book):
            if (left[0], left[1].key) not in gone:
                message = msg("The row “{row}” is missing, but what stands inside it is there: "
                              "“{inner}” on the sheet “{sheet}”.",
                              row="/".join(filter(None, one.row.key)),
                              inner="/".join(filter(None, left[1].key)), sheet=left[0])  # fmt: skip
                hint = msg("Delete those rows too, or put this one back.")
                made.objections.append(Objection(one.title, message, hint, one.row.at))
                break
        if not one.row.path:
            made.deleted.add(one.row.file)
        elif one.row.there:
            deletions.append((one.row.file, one.row.path))
    outer = set(deletions)
    last = [
        (file, path)
        for file, path in deletions
        if file not in made.deleted
        and not any((file, path[:n]) in outer for n in range(1, len(path)))
    ]
    for file, path in sorted(last, key=_backwards, reverse=True):
        made.add(file, Delete(path))


def _backwards(deletion: tuple[str, Path]) -> tuple[str, list[str]]:
    """Return what puts the later items of a list behind the earlier ones."""
    file, path = deletion
    return file, [str(step).zfill(6) for step in path]


def _inside_of(one: Gone, book: Book) -> Iterator[tuple[str, Row]]:
    """Yield the rows that stand inside one."""
    for name, grid in book.grids.items():
        if grid.sheet.kind == one.sheet.kind and grid.sheet.under:
            for row in grid.rows.values():
                inner = row.path[: len(one.row.path)] == one.row.path and row.path != one.row.path
                if row.file == one.row.file and inner:
                    yield name, row
