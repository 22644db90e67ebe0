"""What is written in YAML as a workbook: a sheet for each kind, to be changed and read in again.

All cells are text, so that no program makes numbers or dates of them. Ids are locked, without a
password. The last column, hidden, says what a row was when it was exported; a sheet that nobody
sees says the same of the whole. `editing/` reads it back.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from baodian.export import xlsx_front as front
from baodian.export.xlsx_cells import Styles, deterministic
from baodian.said.messages import Words
from baodian.sheets import choices as choosing
from baodian.sheets import matrices
from baodian.sheets.choices import Choices
from baodian.sheets.columns import Sheet
from baodian.sheets.grids import Book, Grid, Key, Row, book, stamps_of, texts
from baodian.sheets.stamps import FORMAT, hashed, stamp
from baodian.sheets.titles import SHEETS, column_title, sheet_title
from baodian.sheets.workbook import ASIDE, INNER, MARK, Meta, heading, library
from baodian.source import Mapping
from baodian.trees import Shelf

SPARE = 300
"""How many rows below the last one offer choices too."""
SIGNS = "signs"


def workbook(shelf: Shelf, t: Words, today: datetime.date) -> bytes:
    """Return all that is written as a workbook, the same bytes for the same data, words and day.

    Raises `NoWorkbook` without openpyxl.
    """
    excel = library()
    made = excel.Workbook()
    out = _Out(made, Styles(excel), book(shelf), shelf, t)
    first, lists = made.active, t("Ids")
    first.title = t("Read me")
    titles = dict(out.titles())
    for title, name in titles.items():
        out.sheet(made.create_sheet(title), out.book.grids[name], lists)
    out.lists(made.create_sheet(lists))
    rows = {name: stamps_of(grid) for name, grid in out.book.grids.items()}
    data = hashed("\n".join(hash_ for stamps in rows.values() for hash_ in stamps.values()))
    meta = Meta(today.isoformat(), data, titles, (first.title, lists), rows, FORMAT)
    front.write(out.styles, first, shelf, out.book, meta, t)
    inner = made.create_sheet(INNER)
    inner.sheet_state = "veryHidden"
    for line in meta.lines():
        inner.append([out.styles.cell(inner, cell, "locked") for cell in line])
    return deterministic(made, today)


@dataclass
class _Out:
    """What is being written, and what is gathered on the way."""

    workbook: Any
    styles: Styles
    book: Book
    shelf: Shelf
    t: Words
    offered: dict[str, Choices] = field(default_factory=dict)
    """The lists to choose from, in the order of their columns on the sheet of lists."""

    def titles(self) -> Iterator[tuple[str, str]]:
        """Yield what each sheet is called and its name, what is changed most first."""
        order = {name: number for number, name in enumerate(SHEETS)}
        taken: set[str] = set()
        for name in sorted(self.book.grids, key=lambda n: order.get(n.partition(":")[0], 99)):
            sheet = self.book.grids[name].sheet
            title = sheet_title(sheet, self._named("matrix", sheet.grid), self.t)
            if title.casefold() in taken:
                title = f"{title[: 30 - min(29, len(sheet.grid))]} {sheet.grid}"[:31]
            taken.add(title.casefold())
            yield title, name

    def _named(self, kind: str, id_: str) -> str:
        tree = self.shelf.trees.get((kind, id_))
        return choosing.named(tree.node) if tree else ""

    def sheet(self, ws: Any, grid: Grid, lists: str) -> None:  # noqa: ANN401
        """Write a sheet with its rows."""
        sheet = grid.sheet
        named = {key: name for key in grid.rows if (name := self._of_row(sheet, key))}
        aside = [f"{ASIDE}{sheet.keys[0]}"] if named else []
        heads = [*sheet.keys, *aside, *(column.key for column in sheet.columns), MARK]
        ws.append([self.styles.cell(ws, self._heading(sheet, key), "head") for key in heads])
        for key, row in grid.rows.items():
            cells = self._row(ws, sheet, row)
            ws.append([
                *(self.styles.cell(ws, part, "locked") for part in key),
                *(self.styles.cell(ws, named.get(key, ""), "aside") for _ in aside),
                *cells,
            ])  # fmt: skip
        used = {name for row in grid.rows.values() for name in row.cells}
        self.styles.dress(ws, heads, sheet, used, len(grid.rows))
        self._offer(ws, sheet, heads, len(grid.rows), lists)

    def _of_row(self, sheet: Sheet, key: Key) -> str:
        """Return what the thing is called that a row is of, where the row does not say it."""
        if sheet.grid:
            matrix = self.shelf.trees["matrix", sheet.grid].node
            ruler = matrix.get("rows", "") if isinstance(matrix, Mapping) else ""  # type: ignore[call-overload]
            return self._class(f"{ruler}/{key[0]}")
        if sheet.kind == "class":
            return self._class(key[0])
        if sheet.under or len(key) > 1:
            return self._named(sheet.keys[0], key[0])
        return ""

    def _class(self, id_: str) -> str:
        return dict(choosing.classes(self.shelf)).get(id_, "")

    def _heading(self, sheet: Sheet, key: str) -> str:
        if key == MARK:
            return MARK
        if key.startswith(ASIDE):
            return heading(self.t("called"), key)
        return heading(column_title(sheet, key, self.t), key)

    def _row(self, ws: Any, sheet: Sheet, row: Row) -> Iterator[Any]:  # noqa: ANN401
        said = texts(row)
        for column in sheet.columns:
            cell = row.cells.get(column.key)
            if cell is not None and cell.fixed:
                yield self.styles.cell(ws, said[column.key], "locked")
            else:
                text = said.get(column.key, "")
                yield self.styles.cell(ws, matrices.in_words(text, self.t) if sheet.grid else text)
        yield self.styles.cell(ws, str(stamp(sheet.name, row.key, said)), "locked")

    # --- choices ----------------------------------------------------------------------------------

    def _offer(self, ws: Any, sheet: Sheet, heads: list[str], rows: int, lists: str) -> None:  # noqa: ANN401
        """Let the cells of a column be chosen from a list."""
        for column in sheet.columns:
            chosen = self._signs() if sheet.grid else choosing.choices(column, self.shelf)
            if chosen is None or not chosen.entries:
                continue
            if chosen.name == SIGNS and not matrices.by_measures(
                self.shelf.trees["matrix", sheet.grid]
            ):
                continue
            place = list(self.offered)
            self.offered.setdefault(chosen.name, chosen)
            number = place.index(chosen.name) if chosen.name in place else len(place)
            letter = self.styles.letter(2 * number + 1)
            source = f"'{lists}'!${letter}$2:${letter}${len(chosen.entries) + 1}"
            where = self.styles.letter(heads.index(column.key) + 1)
            strict = chosen.fixed and column.shape == "text"
            self.styles.offer(
                ws, f"{where}2:{where}{rows + SPARE}", source, strict=strict, t=self.t
            )

    def _signs(self) -> Choices:
        said = [matrices.in_words(f"{key}: …", self.t) for key in ("approve", "stopped")]
        return Choices(SIGNS, tuple((text, "") for text in (matrices.HAS, *said)))

    def lists(self, ws: Any) -> None:  # noqa: ANN401
        """Write what can be chosen: for each list its entries, and what they are called."""
        for number, (name, chosen) in enumerate(self.offered.items()):
            said = (
                self.t("ways to write it") if name == SIGNS else name.removeprefix(choosing.WORDS)
            )
            if not chosen.fixed and name in SHEETS:
                said = heading(self.t.text(SHEETS[name]), name)
            self.styles.put(ws, 1, 2 * number + 1, said, "head")
            self.styles.put(ws, 1, 2 * number + 2, self.t("called"), "head")
            for line, (id_, called) in enumerate(chosen.entries, 2):
                self.styles.put(ws, line, 2 * number + 1, id_)
                self.styles.put(ws, line, 2 * number + 2, called)
        self.styles.plain_sheet(ws)
