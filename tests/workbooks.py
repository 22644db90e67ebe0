"""Workbooks for tests: exported, changed as somebody does in Excel, taken in again."""

from __future__ import annotations

import datetime
import io
import shutil
from pathlib import Path
from typing import Any

import openpyxl

from baodian.editing.files import write
from baodian.editing.xlsx import Import, imported, readable
from baodian.export.xlsx import workbook
from baodian.said.messages import words
from baodian.sheets.workbook import INNER, MARK, key_of

HERE = Path(__file__).parent
TODAY = datetime.date(2026, 12, 1)


def project_in(folder: Path, *layers: str) -> Path:
    """Return a project with the small playbook, and others laid over it."""
    project = folder / "p"
    for layer in ("small_playbook", *layers):
        shutil.copytree(HERE / layer, project, dirs_exist_ok=True)
    return project


def exported(project: Path, language: str = "zh-CN", day: datetime.date = TODAY) -> bytes:
    """Return the workbook of a project."""
    return workbook(readable(project, day).shelf, words(language), day)


class Book:
    """A workbook on somebody's desk."""

    def __init__(self, data: bytes) -> None:
        self.file = openpyxl.load_workbook(io.BytesIO(data))
        inner = self.file[INNER].iter_rows(values_only=True)
        self.titles = {line[1]: line[2] for line in inner if line[0] == "sheet"}

    def sheet(self, name: str) -> Any:
        """Return a sheet by its name in every language."""
        return self.file[self.titles[name]]

    def column(self, name: str, key: str) -> int:
        """Return the number of a column by its key."""
        return next(c.column for c in self.sheet(name)[1] if key_of(c.value) == key)

    def row(self, name: str, *key: str) -> int:
        """Return the number of a row by its key."""
        for cells in self.sheet(name).iter_rows(min_row=2, max_col=len(key)):
            if tuple(str(cell.value or "") for cell in cells) == key:
                return int(cells[0].row)
        raise KeyError(key)

    def cell(self, name: str, key: tuple[str, ...], column: str) -> Any:
        """Return a cell by its sheet, its row and its column."""
        return self.sheet(name).cell(self.row(name, *key), self.column(name, column))

    def put(self, name: str, key: tuple[str, ...], column: str, value: Any, form: str = "") -> str:
        """Change a cell; return its name."""
        cell = self.cell(name, key, column)
        cell.value = value
        if isinstance(value, str) and not value.startswith("#"):
            cell.data_type = "s"
        if form:
            cell.number_format = form
        return f"{self.titles[name]}!{cell.coordinate}"

    def add(self, name: str, /, **values: str) -> int:
        """Write a row below the last one; return its number. `_` in names stands for others."""
        ws = self.sheet(name)
        number = int(ws.max_row) + 1
        for key, value in values.items():
            cell = ws.cell(number, self.column(name, key.rstrip("_")))
            cell.value = value
            cell.data_type = "s"
        return number

    def delete(self, name: str, *key: str) -> None:
        """Delete a row."""
        self.sheet(name).delete_rows(self.row(name, *key))

    def mark(self, name: str, key: tuple[str, ...]) -> Any:
        """Return the hidden cell of a row."""
        return self.cell(name, key, MARK)

    def bytes(self) -> bytes:
        """Return the file as it is saved."""
        out = io.BytesIO()
        self.file.save(out)
        return out.getvalue()


def taken_in(project: Path, book: Book | bytes, *, deletions: bool = False) -> Import:
    """Return what a workbook changes in a project."""
    data = book if isinstance(book, bytes) else book.bytes()
    return imported(project, data, TODAY, deletions=deletions)


def written(project: Path, book: Book | bytes, *, deletions: bool = False) -> Import:
    """Take a workbook in and write the files; nothing may stand in the way."""
    found = taken_in(project, book, deletions=deletions)
    assert not found.refused, said(found)
    write(found.files)
    return found


def said(found: Import) -> list[str]:
    """Return what stands in the way, in English."""
    t = words("en")
    objections = [f"{o.place}: {t.text(o.message)}" for o in found.objections]
    problems = [f"{found.cell(p) or p.at}: {t.text(p.message)}" for p in found.problems]
    return objections + problems


def files(project: Path) -> dict[str, bytes]:
    """Return all files of the data."""
    data = project / "playbook_data"
    return {p.relative_to(data).as_posix(): p.read_bytes() for p in data.rglob("*") if p.is_file()}


def changed_lines(before: dict[str, bytes], after: dict[str, bytes]) -> dict[str, tuple[int, int]]:
    """Return by file how many lines went and came; no file goes or comes."""
    assert before.keys() == after.keys()
    import difflib

    found = {}
    for name, old in before.items():
        if old != after[name]:
            lines = list(
                difflib.ndiff(old.decode().splitlines(), after[name].decode().splitlines())
            )
            found[name] = (sum(s[:2] == "- " for s in lines), sum(s[:2] == "+ " for s in lines))
    return found
