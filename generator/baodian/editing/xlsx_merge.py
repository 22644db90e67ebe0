"""A workbook, what it was exported from, and today's YAML → what was changed, and what collides.

What differs only in the workbook is taken; what differs only in YAML stays; the same on both sides
is nothing; what differs on both sides otherwise is an objection that names the cell and the line.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from baodian.editing.xlsx_read import Line, Objection, Page, Taken
from baodian.editing.xlsx_values import Odd, Raw, text_of
from baodian.said.messages import Message, msg
from baodian.sheets import matrices
from baodian.sheets.cells import LONGEST, Unclear, meant
from baodian.sheets.columns import Column, Sheet
from baodian.sheets.grids import Book, Cell, Grid, Key, Row, stamps_of, texts
from baodian.sheets.stamps import Stamp, hashed, key_hash
from baodian.sheets.stamps import stamp as sheet_stamp


@dataclass(frozen=True)
class Changed:
    """A cell that says something else: where, what it was, what it is; "" is nothing."""

    place: str
    sheet: Sheet
    row: Row
    column: Column
    old: str
    new: str


@dataclass(frozen=True)
class Added:
    """A row more: where, its key, its texts by column, the place of each, and what is before it."""

    place: str
    sheet: Sheet
    key: Key
    texts: dict[str, str]
    places: dict[str, str]
    before: Key | None
    """The key of the row above it on its sheet, unless the rows there were sorted."""


@dataclass(frozen=True)
class Gone:
    """A row that was exported and is no longer on its sheet."""

    title: str
    sheet: Sheet
    row: Row


@dataclass
class Merged:
    """What a workbook changes in today's YAML, and what stands in the way."""

    changed: list[Changed] = field(default_factory=list)
    added: list[Added] = field(default_factory=list)
    gone: list[Gone] = field(default_factory=list)
    objections: list[Objection] = field(default_factory=list)
    kept: int = 0
    """How many cells were changed in YAML since the export, and not in the workbook."""


def merged(found: Taken, book: Book) -> Merged:
    """Return what a workbook changes."""
    whole = Merged(objections=list(found.objections))
    for name, page in found.pages.items():
        grid = book.grids[name]
        _Page(whole, page, grid, found.meta.rows_of(name, len(grid.sheet.keys))).merge()
    return whole


@dataclass
class _Page:
    """A sheet on its way in."""

    whole: Merged
    page: Page
    grid: Grid
    exported: dict[Key, str]

    @property
    def sheet(self) -> Sheet:
        """Return what the sheet is."""
        return self.grid.sheet

    def merge(self) -> None:
        """Compare row by row."""
        hashes = {key_hash(self.sheet.name, key): key for key in self.exported}
        lines: dict[Key, Line] = {}
        for line in self.page.lines:
            key = self._key(line)
            if key is None:
                continue
            if first := lines.get(key):
                message = msg(
                    "This id already stands in {place}.", place=first.place(line.keys[-1])
                )
                self._object(line, line.keys[-1], message, msg("Give one of them another id."))
                continue
            lines[key] = line
        there = [key for key in lines if key in self.grid.rows]
        as_written = there == [key for key in self.grid.rows if key in lines]
        before: Key | None = None
        for key, line in lines.items():
            stamp = line.stamp
            if stamp and stamp.key != key_hash(self.sheet.name, key):
                was = hashes.get(stamp.key)
                if was is None or was not in lines or key in self.exported:
                    self._renamed(line, was)
                    continue
                stamp = None  # a copy of another row, with an id of its own
            self._line(key, line, stamp, before)
            before = key if as_written else None
        self._missing(set(lines))

    def _renamed(self, line: Line, was: Key | None) -> None:
        old = was[-1] if was else "?"
        message = msg("The id of this row was “{old}” when it was exported.", old=old)
        hint = msg("Write it back. To give something another id: baodian rename KIND OLD NEW.")
        self._object(line, line.keys[-1], message, hint)

    def _key(self, line: Line) -> Key | None:
        """Return the key of a row, None with an objection if it is none."""
        parts = []
        for letters, raw in zip(line.keys, line.key, strict=True):
            try:
                parts.append(text_of(raw, None, ""))
            except Odd as odd:
                self._object(line, letters, odd.message, odd.hint)
                return None
        if not parts[-1] or not parts[0]:
            letters = line.keys[-1 if parts[0] else 0]
            message = msg("The id is missing here.")
            hint = msg("Every row needs one: small letters a–z, digits and hyphens.")
            self._object(line, letters, message, hint)
            return None
        return tuple(parts)

    def _object(
        self, line: Line, letters: str, message: Message, hint: Message | None = None
    ) -> None:
        self.whole.objections.append(Objection(line.place(letters), message, hint))

    def _line(self, key: Key, line: Line, stamp: Stamp | None, before: Key | None) -> None:
        row = self.grid.rows.get(key)
        if stamp is None and key in self.exported:
            message = msg("This row has lost what its hidden column said.")
            hint = msg("Take the row from the exported file again, and change it there.")
            self._object(line, line.keys[-1], message, hint)
        elif stamp is None and row is not None:
            message = msg("This id was given in YAML since the export.")
            hint = msg("Give the new row another id, or export anew.")
            self.whole.objections.append(
                Objection(line.place(line.keys[-1]), message, hint, row.at)
            )
        elif stamp is None:
            self._new(key, line, before)
        elif row is None:
            said = self._texts(line, None)
            if said is not None and str(sheet_stamp(self.sheet.name, key, said)) != str(stamp):
                message = msg("This row was changed here, but taken away in YAML since the export.")
                self._object(line, line.keys[-1], message, msg("Delete it here, or export anew."))
        else:
            self._cells(line, row, stamp)

    def _cells(self, line: Line, row: Row, stamp: Stamp) -> None:
        said = self._texts(line, row)
        if said is None:
            return
        today = texts(row)
        for column in self.sheet.columns:
            old, new = today.get(column.key, ""), said[column.key]
            base = stamp.cells.get(column.key, "")
            if new == old:
                continue
            if hashed(new) == base:
                self.whole.kept += 1
                continue
            cell = row.cells.get(column.key)
            at = cell.at if cell else row.at
            if hashed(old) != base:
                message = msg("This was changed here and in YAML since the export: here “{here}”, "
                              "there “{there}”.", here=_short(new), there=_short(old))  # fmt: skip
                hint = msg("Decide which is right, and write it on both sides.")
            elif (wrong := self._wrong(column, cell, new)) is not None:
                message, hint = wrong
            else:
                place = self._place(line, column)
                self.whole.changed.append(Changed(place, self.sheet, row, column, old, new))
                continue
            self.whole.objections.append(Objection(self._place(line, column), message, hint, at))

    def _wrong(self, column: Column, cell: Cell | None, new: str) -> tuple[Message, Message] | None:
        """Return why a text cannot stand in a cell, and how to mend it."""
        if cell is not None and cell.fixed:
            return msg("This value cannot be changed in a cell."), msg("Change it in YAML.")
        if not new and column.required:
            return msg("This must not be empty."), msg("Write it back, or delete the whole row.")
        if len(new) > LONGEST:
            return msg("This text is too long for a cell."), msg("Change it in YAML.")
        try:
            meant(new, column.shape, cell.node if cell else None)
        except Unclear as unclear:
            message = msg("“{line}” has no name before it.", line=_short(unclear.line))
            return message, msg("Write “id: text”, each on a line of its own.")
        return None

    def _texts(self, line: Line, row: Row | None) -> dict[str, str] | None:
        """Return what the cells of a line mean, None with objections if one means nothing."""
        today = texts(row) if row else {}
        said: dict[str, str] | None = {}
        for column in self.sheet.columns:
            raw = line.cells.get(column.key)
            try:
                text = self._text(raw, column, today.get(column.key, ""), line)
            except Odd as odd:
                self._object(line, self.page.letters[column.key], odd.message, odd.hint)
                said = None
                continue
            if said is not None:
                said[column.key] = text
        return said

    def _text(self, raw: Raw | None, column: Column, old: str, line: Line) -> str:
        type_ = line.cells.get("type")
        percent = (
            self.sheet.name == "param"
            and column.key == "default"
            and type_ is not None
            and type_.value == "percent"
        )
        text = text_of(raw, column, old, percent=percent)
        if not self.sheet.grid or text == old:
            return text
        try:
            return matrices.out_of_words(text, signs=column.shape == "sign")
        except Unclear:
            raise Odd(
                msg("“{text}” is no sign of this table.", text=_short(text)),
                msg("Write ✓, or “to be approved: who consents”, or “stopped: why”, or nothing."),
            ) from None

    def _place(self, line: Line, column: Column) -> str:
        return line.place(self.page.letters[column.key])

    def _new(self, key: Key, line: Line, before: Key | None) -> None:
        if self.sheet.grid:
            message = msg("This table has no row “{row}”.", row=key[0])
            hint = msg("Its rows are the classes of its ruler: add the class there first.")
            self._object(line, line.keys[-1], message, hint)
            return
        said = self._texts(line, None)
        if said is None:
            return
        for column in self.sheet.columns:
            wrong = self._wrong(column, None, said[column.key])
            if wrong is not None and (said[column.key] or len(column.path) == 1):
                self._object(line, self.page.letters[column.key], *wrong)
        places = {column.key: self._place(line, column) for column in self.sheet.columns}
        filled = {name: text for name, text in said.items() if text}
        where = line.place(line.keys[-1])
        self.whole.added.append(Added(where, self.sheet, key, filled, places, before))

    def _missing(self, there: set[Key]) -> None:
        """Note the rows that were exported and are not on the sheet any more."""
        today = stamps_of(self.grid)
        for key, hash_ in self.exported.items():
            row = self.grid.rows.get(key)
            if key in there or row is None:
                continue
            if today[key] == hash_:
                self.whole.gone.append(Gone(self.page.title, self.sheet, row))
                continue
            message = msg("The row “{row}” is missing here, but was changed in YAML since the "
                          "export.", row="/".join(filter(None, key)))  # fmt: skip
            hint = msg("Put the row back, or export anew.")
            self.whole.objections.append(Objection(self.page.title, message, hint, row.at))


def _short(text: str) -> str:
    flat = text.replace("\n", " ⏎ ")
    return flat if len(flat) <= 60 else flat[:60] + "…"
