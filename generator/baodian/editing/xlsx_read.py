"""The bytes of a workbook → its rows, as they stand; or why they cannot be read."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from baodian.editing.xlsx_values import KINDS, Raw
from baodian.said.messages import Message, msg
from baodian.said.problems import At
from baodian.sheets.columns import Sheet
from baodian.sheets.stamps import FORMAT, Stamp
from baodian.sheets.stamps import read as stamp_of
from baodian.sheets.workbook import ASIDE, INNER, MARK, Meta, NoWorkbook, key_of, library, meta

LARGEST = 100_000_000
"""How many bytes the parts of a workbook may have, unpacked."""
PARTS = 5_000
ROWS = 20_000
"""How many rows with something in them a sheet may have."""
MOST = 100
"""After how many objections the rest of a sheet is not looked at."""


@dataclass(frozen=True)
class Objection:
    """What stands in the way of taking something over: where in the workbook, why, how to mend."""

    place: str
    message: Message
    hint: Message | None = None
    at: At | None = None
    """The place in YAML that it is about, if there is one."""


@dataclass(frozen=True)
class Line:
    """A row of a workbook: its sheet, its key as it stands there, its stamp, its cells by key."""

    title: str
    number: int
    key: tuple[Raw | None, ...]
    stamp: Stamp | None
    cells: dict[str, Raw]
    keys: tuple[str, ...]
    """The letters of the columns of the key."""

    def place(self, letters: str) -> str:
        """Return the name of a cell of the row."""
        return f"{self.title}!{letters}{self.number}"


@dataclass(frozen=True)
class Page:
    """A sheet of a workbook: what it is called there, its lines, the letters of its columns."""

    title: str
    lines: tuple[Line, ...]
    letters: dict[str, str]


@dataclass
class Taken:
    """What a workbook holds, by the name of the sheet, and what cannot be taken."""

    meta: Meta
    pages: dict[str, Page] = field(default_factory=dict)
    objections: list[Objection] = field(default_factory=list)


def taken(data: bytes, sheets: dict[str, Sheet]) -> Taken:
    """Return what a workbook holds for the sheets that there are.

    Raises `NoWorkbook` if it is none, or none of ours.
    """
    _sound(data)
    excel = library()
    try:
        workbook = excel.load_workbook(io.BytesIO(data), read_only=True, rich_text=False)
    except Exception as error:  # whatever is wrong in a damaged file, the library raises anything
        raise _damaged() from error
    try:
        return _taken(workbook, sheets, data)
    except NoWorkbook:
        raise
    except Exception as error:  # as above: sheets are read only now
        raise _damaged() from error
    finally:
        workbook.close()


def _sound(data: bytes) -> None:
    """Refuse what is no workbook, or none that can be unpacked here. Raises `NoWorkbook`."""
    save = msg("Save it as “Excel Workbook (.xlsx)”.")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            text = msg("The file is protected by a password. Take the password off, and save it.")
            raise NoWorkbook(text)
        raise NoWorkbook(msg("The file is in the old form of Excel (.xls). {save}", save=save))
    if not data.startswith(b"PK"):
        raise NoWorkbook(msg("The file is no Excel workbook. {save}", save=save))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            infos = parts.infolist()
            names = set(parts.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise _damaged() from None
    if "[Content_Types].xml" not in names:
        raise NoWorkbook(msg("The file is no Excel workbook. {save}", save=save))
    if any(info.flag_bits & 1 for info in infos):
        raise NoWorkbook(
            msg("The file is protected by a password. Take the password off, and save it.")
        )
    if sum(info.file_size for info in infos) > LARGEST or len(infos) > PARTS:
        raise NoWorkbook(
            msg("The file is too large: unpacked it has more than {n} MB.", n=LARGEST // 1_000_000)
        )


def _damaged() -> NoWorkbook:
    return NoWorkbook(
        msg("The file is damaged, or no Excel workbook. Open it in Excel and save it again.")
    )


def _taken(workbook: Any, sheets: dict[str, Sheet], data: bytes) -> Taken:  # noqa: ANN401
    inner = workbook[INNER] if INNER in workbook.sheetnames else None
    said = meta(inner.iter_rows(values_only=True)) if inner is not None else None
    if said is None:
        raise NoWorkbook(
            msg("The workbook was not made by “baodian export xlsx”. Export one, and put your "
                "changes into it.")
        )  # fmt: skip
    if said.format > FORMAT:
        raise NoWorkbook(
            msg("The workbook has the form {new}; this program knows forms up to {own}. Install a "
                "newer version.", new=said.format, own=FORMAT)
        )  # fmt: skip
    found = Taken(said)
    again = msg("Give it back its name, or export anew.")
    for title, name in said.titles.items():
        if title not in workbook.sheetnames:
            found.objections.append(Objection(title, msg("This sheet is missing."), again))
        elif name not in sheets:
            message = msg("What this sheet was made of is no longer there.")
            found.objections.append(Objection(title, message, msg("Export anew.")))
    for title in workbook.sheetnames:
        if title == INNER or title in said.aside:
            continue
        if title not in said.titles:
            message = msg("This sheet is not one that was exported.")
            hint = msg("Delete it, or give it back its name.")
            found.objections.append(Objection(f"{title}!A1", message, hint))
        elif said.titles[title] in sheets:
            _page(found, workbook[title], sheets[said.titles[title]], data)
    return found


def _page(found: Taken, ws: Any, sheet: Sheet, data: bytes) -> None:  # noqa: ANN401
    """Take a sheet, or say what is wrong with its form."""
    title = ws.title
    for merged in _merged(ws, data):
        message = msg("Cells are merged here.")
        hint = msg("Take the merging back: each row needs its own cells.")
        found.objections.append(Objection(f"{title}!{merged.partition(':')[0]}", message, hint))
    ws.reset_dimensions()
    rows = ws.iter_rows()
    heads, wrong = _heads(title, sheet, next(rows, ()))
    if wrong:
        found.objections += wrong
        return
    lines: list[Line] = []
    begun = len(found.objections)
    for number, cells in enumerate(rows, 2):
        raws = {cell.column_letter: _raw(cell) for cell in cells if not _blank(cell)}
        if not raws:
            continue
        if len(found.objections) - begun > MOST:
            return
        if len(lines) == ROWS:
            message = msg("More rows than {n} have something in them on this sheet.", n=ROWS)
            found.objections.append(Objection(f"{title}!A{number}", message))
            return
        for letters in raws.keys() - heads.keys():
            message = msg("Something stands here below no heading of ours.")
            hint = msg("Delete it; notes belong into another file.")
            found.objections.append(Objection(f"{title}!{letters}{number}", message, hint))
        line = _line(title, number, sheet, heads, raws)
        if line is None:
            where = next(letters for letters, head in heads.items() if head == MARK)
            message = msg("The hidden column of this row was changed.")
            hint = msg("Empty the cell if the row is new; else export anew.")
            found.objections.append(Objection(f"{title}!{where}{number}", message, hint))
        elif line.cells or any(line.key):
            lines.append(line)
    found.pages[sheet.name] = Page(title, tuple(lines), {head: at for at, head in heads.items()})


def _heads(title: str, sheet: Sheet, cells: Any) -> tuple[dict[str, str], list[Objection]]:  # noqa: ANN401
    """Return the keys of the columns by their letters, and what is wrong with the headings."""
    heads: dict[str, str] = {}
    wrong: list[Objection] = []
    known = {*sheet.keys, *(column.key for column in sheet.columns), MARK}
    for cell in cells:
        if _blank(cell):
            continue
        key, place = key_of(cell.value), f"{title}!{cell.coordinate}"
        if key in heads.values():
            message = msg("The heading “{key}” stands here a second time.", key=key)
            wrong.append(Objection(place, message, msg("Delete one of the two columns.")))
        elif key in known or key.startswith(ASIDE):
            heads[cell.column_letter] = key
        else:
            message = msg("“{key}” is no heading of this sheet.", key=key[:40])
            hint = msg("Delete the column, or give it back its heading.")
            wrong.append(Objection(place, message, hint))
    for key in sorted(known - set(heads.values())):
        message = msg("The column “{key}” is missing.", key=key)
        wrong.append(Objection(f"{title}!1", message, msg("Put it back, or export anew.")))
    return heads, wrong


def _line(
    title: str, number: int, sheet: Sheet, heads: dict[str, str], raws: dict[str, Raw]
) -> Line | None:
    """Return a row, None if its stamp is none."""
    by_key = {heads[letters]: raw for letters, raw in raws.items() if letters in heads}
    letters = {key: at for at, key in heads.items()}
    mark = by_key.pop(MARK, None)
    stamp = stamp_of(str(mark.value)) if mark else None
    if mark and stamp is None:
        return None
    key = tuple(by_key.pop(name, None) for name in sheet.keys)
    cells = {name: raw for name, raw in by_key.items() if not name.startswith(ASIDE)}
    return Line(title, number, key, stamp, cells, tuple(letters[name] for name in sheet.keys))


def _blank(cell: Any) -> bool:  # noqa: ANN401
    return cell.value is None or (isinstance(cell.value, str) and not cell.value.strip())


def _raw(cell: Any) -> Raw:  # noqa: ANN401
    kind = KINDS.get(cell.data_type, "error")
    return Raw(cell.coordinate, kind, cell.value, str(cell.number_format or "General"))


_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z0-9:]+)[\"']")


def _merged(ws: Any, data: bytes) -> Iterator[str]:  # noqa: ANN401
    """Yield the ranges of merged cells, of which a sheet that is read row by row says nothing."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        text = parts.read(ws._worksheet_path)
    yield from (found.decode("ascii") for found in _MERGED.findall(text))
