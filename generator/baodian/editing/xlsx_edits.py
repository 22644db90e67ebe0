"""What a workbook changes → edits of YAML files, new files, and files to be deleted."""

from __future__ import annotations

from baodian.editing.xlsx_cells import of_row
from baodian.editing.xlsx_merge import Changed, Merged
from baodian.editing.xlsx_rows import Additions, Edits, delete
from baodian.sheets.grids import Book, Key


def edits(merged: Merged, book: Book, *, deletions: bool) -> Edits:
    """Return the edits that a workbook asks for; rows that are missing go only if allowed."""
    made = Edits()
    by_row: dict[tuple[str, Key], list[Changed]] = {}
    for change in merged.changed:
        by_row.setdefault((change.sheet.name, change.row.key), []).append(change)
    for changes in by_row.values():
        for edit in of_row(changes):
            made.add(changes[0].row.file, edit)
    Additions(made, book, merged.added).make()
    if deletions:
        delete(made, book, merged)
    return made
