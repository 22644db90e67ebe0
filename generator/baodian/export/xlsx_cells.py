"""How cells look, which of them may be changed, and the bytes of the file."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from typing import Any, Literal

from baodian.model.entity import Entity, keys_of
from baodian.said.messages import Words
from baodian.sheets.columns import Sheet
from baodian.sheets.workbook import ASIDE, MARK
from baodian.terminal import width

WIDEST, NARROWEST = 48, 9
"""How wide a column is at most and at least, in columns of a terminal."""
LINE, HIGHEST = 15, 405
"""How high a line is, and a row at most, in points."""
_COMMON = frozenset(keys_of(Entity)) - {"aliases"}
_HEAD, _GREY, _QUIET = "E8EEF4", "F3F3F3", "6B6B6B"
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


Way = Literal["open", "locked", "aside", "head"]


class Styles:
    """The few ways in which a cell is written; all of them are text."""

    def __init__(self, excel: Any) -> None:  # noqa: ANN401
        """Take the package; each way is made once and shared by all cells of a workbook."""
        styles = excel.styles
        self._excel = excel
        self._wrap = styles.Alignment(wrap_text=True, vertical="top")
        self._open = styles.Protection(locked=False)
        self._looks: dict[Way, dict[str, Any]] = {
            "open": {"protection": self._open},
            "locked": {"fill": styles.PatternFill("solid", fgColor=_GREY)},
            "aside": {"fill": styles.PatternFill("solid", fgColor=_GREY),
                      "font": styles.Font(color=_QUIET)},
            "head": {"fill": styles.PatternFill("solid", fgColor=_HEAD),
                     "font": styles.Font(bold=True)},
        }  # fmt: skip
        self._made: dict[tuple[Way, bool], Any] = {}

    def letter(self, number: int) -> str:
        """Return the letters of a column, from 1 on."""
        return str(self._excel.utils.get_column_letter(number))

    def cell(self, ws: Any, text: str, way: Way = "open") -> Any:  # noqa: ANN401
        """Return a cell to append to a sheet; None where nothing is to stand in it."""
        if not text:
            return None
        return self._filled(self._excel.cell.Cell(ws), text, way)

    def put(self, ws: Any, row: int, column: int, text: str, way: Way = "open") -> None:  # noqa: ANN401
        """Write a cell at a place."""
        self._filled(ws.cell(row, column), text, way)

    def link(self, ws: Any, row: int, column: int, title: str) -> None:  # noqa: ANN401
        """Write a link to a sheet."""
        self.put(ws, row, column, title)
        cell = ws.cell(row, column)
        place = title.replace("'", "''")
        cell.hyperlink = self._excel.worksheet.hyperlink.Hyperlink(
            ref=cell.coordinate, location=f"'{place}'!A1", display=title
        )
        cell.style = "Hyperlink"

    def _filled(self, cell: Any, text: str, way: Way) -> Any:  # noqa: ANN401
        """Put a text into a cell, whatever it begins with: never a number, date or formula."""
        cell.value = _ESCAPE.sub("_x005F_", text)
        cell.data_type = "s"
        quoted = text[:1] in ("=", "+", "-", "@")
        if (way, quoted) not in self._made:
            cell.number_format, cell.alignment, cell.quotePrefix = "@", self._wrap, quoted
            for name, look in self._looks[way].items():
                setattr(cell, name, look)
            self._made[way, quoted] = cell._style
        cell._style = self._made[way, quoted]  # made anew for each cell it costs more than all else
        return cell

    # --- a whole sheet ----------------------------------------------------------------------------

    def dress(self, ws: Any, heads: list[str], sheet: Sheet, used: set[str], rows: int) -> None:  # noqa: ANN401
        """Give a sheet its widths, its frozen headings, its filter and its locks."""
        first = sum(head in sheet.keys or head.startswith(ASIDE) for head in heads)
        for number, head in enumerate(heads, 1):
            column = ws.column_dimensions[self.letter(number)]
            column.width = _wide(ws, number)
            column.number_format, column.alignment = "@", self._wrap
            column.protection = self._open
            if head == MARK:
                column.hidden = True
            elif head in _COMMON and head not in used:
                column.hidden, column.outlineLevel = True, 1
        _high(ws)
        ws.freeze_panes = f"{self.letter(first + 1)}2"
        ws.auto_filter.ref = f"A1:{self.letter(len(heads))}{rows + 1}"
        ws.protection.sheet = True
        for allowed in ("formatCells", "formatColumns", "formatRows", "insertRows", "deleteRows",
                        "sort", "autoFilter"):  # fmt: skip
            setattr(ws.protection, allowed, False)

    def plain_sheet(self, ws: Any, *, first: int = 0) -> None:  # noqa: ANN401
        """Give a sheet without data its widths and locks; `first` is the width of its column A."""
        for number in range(1, ws.max_column + 1):
            ws.column_dimensions[self.letter(number)].width = _wide(ws, number)
        if first:
            ws.column_dimensions["A"].width = first
        _high(ws)
        ws.freeze_panes = "A2"
        ws.protection.sheet = True
        for allowed in ("formatCells", "formatColumns", "formatRows"):
            setattr(ws.protection, allowed, False)

    def offer(self, ws: Any, where: str, source: str, *, strict: bool, t: Words) -> None:  # noqa: ANN401
        """Let cells be chosen from a list; only if `strict` nothing else can be typed."""
        rule = self._excel.worksheet.datavalidation.DataValidation(
            type="list", formula1=source, allow_blank=True
        )
        rule.showErrorMessage = strict
        if strict:
            rule.errorTitle = t("Choose from the list")
            rule.error = t("Only one of the words of the list can stand here.")
        rule.add(where)
        ws.add_data_validation(rule)


def _wide(ws: Any, number: int) -> int:  # noqa: ANN401
    """Return how wide a column is for what stands in it."""
    found = NARROWEST
    for (value,) in ws.iter_rows(min_col=number, max_col=number, values_only=True):
        if value is not None:
            found = max(found, *(width(line) + 2 for line in str(value).split("\n")))
    return min(found, WIDEST)


def _high(ws: Any) -> None:  # noqa: ANN401
    """Make each row as high as its texts are; not every program does that by itself."""
    for cells in ws.iter_rows():
        lines = 1
        for cell in cells:
            column = ws.column_dimensions[cell.column_letter]
            if cell.value is not None and not column.hidden:
                wide = max(1, int(column.width) - 1)
                lines = max(lines, sum(-(-width(line) // wide) or 1
                                       for line in str(cell.value).split("\n")))  # fmt: skip
        if lines > 1:
            ws.row_dimensions[cells[0].row].height = min(LINE * lines, HIGHEST)


def deterministic(workbook: Any, today: datetime.date) -> bytes:  # noqa: ANN401
    """Return the file of a workbook; it tells no other time than the day it is of."""
    raw, made = io.BytesIO(), io.BytesIO()
    workbook.properties.creator = "baodian"
    workbook.save(raw)
    when = f"{today.isoformat()}T00:00:00Z".encode()
    with zipfile.ZipFile(raw) as parts, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for name in sorted(parts.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            data = parts.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"(?<=W3CDTF\">)[^<]*", when, data)
            day = zipfile.ZipInfo(name, (max(today.year, 1980), today.month, today.day, 0, 0, 0))
            day.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(day, data)
    return made.getvalue()
