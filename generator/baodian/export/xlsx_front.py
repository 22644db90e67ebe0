"""The first sheet of a workbook: what it is, how it is used, what is in it and what is not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from baodian.export.xlsx_cells import Styles
from baodian.said.messages import Words
from baodian.sheets.columns import left_out
from baodian.sheets.grids import Book
from baodian.sheets.titles import sheet_word
from baodian.sheets.workbook import FIXED, Meta
from baodian.source import Scalar
from baodian.trees import Shelf


def write(styles: Styles, ws: Any, shelf: Shelf, book: Book, meta: Meta, t: Words) -> None:  # noqa: ANN401
    """Write the first sheet."""
    name = shelf.settings.get(Scalar("name"), "") if shelf.settings else ""
    styles.put(ws, 1, 1, str(name), "head")
    row = 2
    for text in (
        t("Exported on {day}. Format {format}, data {data}.", day=meta.day, format=meta.format,
          data=meta.data),
        *how_to(t),
    ):  # fmt: skip
        styles.put(ws, row, 1, text)
        row += 1
    row += 1
    for column, head in enumerate((t("Sheet"), t("Rows"), t("In YAML")), 1):
        styles.put(ws, row, column, head, "head")
    for title, sheet in meta.titles.items():
        row += 1
        styles.link(ws, row, 1, title)
        styles.put(ws, row, 2, str(len(book.grids[sheet].rows)))
        styles.put(ws, row, 3, sheet)
    row += 2
    styles.put(ws, row, 1, t("Not in this workbook: change it in YAML"), "head")
    for text in absent(book, t):
        row += 1
        styles.put(ws, row, 1, text)
    styles.plain_sheet(ws, first=80)
    ws.freeze_panes = None


def how_to(t: Words) -> Iterator[str]:
    """Yield what an editor must know, a sentence or two each."""
    yield t("Change what you like in the white cells and save the file. Then run: "
            "baodian import xlsx FILE. It shows what would change; with --write it is written "
            "into the YAML files.")  # fmt: skip
    yield t("An empty cell takes the key away. Ids stay as they are; they are locked without a "
            "password (Review, Unprotect Sheet), which is needed to sort, to insert or to delete "
            "rows.")  # fmt: skip
    yield t("Something new: fill a row below the last one, with a new id. A row that is missing is "
            "only taken away with --allow-deletions.")  # fmt: skip
    yield t("Several values in a cell: one on each line. With names before them: “id: text”, one "
            "on each line. ↵ at the end of a line: the next one belongs to it.")  # fmt: skip
    yield t("Rules: “question: answer” on each line, other answers behind “ / ”, an empty line "
            "between two ways of which one is enough.")  # fmt: skip
    yield t("In entitlements ✓ means that the class has it; or write “{approve}: who consents”, "
            "“{stopped}: why”.", approve=t("to be approved"), stopped=t("stopped"))  # fmt: skip
    yield t("Do not rename sheets, do not merge cells, write no formulas. Columns may be moved and "
            "hidden, rows sorted and filtered.")  # fmt: skip


def absent(book: Book, t: Words) -> Iterator[str]:
    """Yield what no cell shows, and where it stands."""
    yield t("The settings (playbook.yml) and the hand-written pages (content/)")
    for kind, field in left_out():
        yield f"{sheet_word(kind, t)}{t.aside(f'{kind}.{field}' if field else kind)}"
    for name, grid in book.grids.items():
        for row in grid.rows.values():
            for key, cell in row.cells.items():
                if cell.fixed:
                    where = "/".join(filter(None, row.key))
                    yield t("{sheet}, {row}, {column}: shown as {sign}", sheet=name, row=where,
                            column=key, sign=FIXED)  # fmt: skip
