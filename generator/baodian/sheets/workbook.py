"""The form of our workbooks: what the writer and the reader agree upon."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from baodian.said.messages import msg
from baodian.said.problems import RefusedError

INSTALL = 'pip install "openpyxl>=3.1.5,<4"'  # as in the extra `xlsx` of pyproject.toml
INNER = "_baodian"
"""The sheet that nobody sees: of what form the workbook is, and which rows it had."""
MARK = "#baodian"
"""The heading of the hidden column with the stamps."""
FIXED = "⟨YAML⟩"
"""What stands in a cell that cannot show its value; such a cell stays as it is."""
ASIDE = "~"
"""What begins the heading of a column that is only there to help; nothing in it is read."""


class NoWorkbook(RefusedError):  # noqa: N818 - read as a sentence
    """A workbook cannot be written or read as a whole; its message says why and what to do."""


def library() -> Any:  # noqa: ANN401
    """Return the package openpyxl. Raises `NoWorkbook` where it is not installed."""
    try:
        return importlib.import_module("openpyxl")
    except ImportError:
        text = msg("Excel files need the package openpyxl, which is not installed: {line}",
                   line=INSTALL)  # fmt: skip
        raise NoWorkbook(text) from None


def heading(title: str, key: str) -> str:
    """Return what stands at the top of a column: what it is called, and its key in YAML."""
    return f"{title}\n{key}" if title != key else key


def key_of(heading: object) -> str:
    """Return the key of a column, "" if there is no heading."""
    return str(heading or "").strip().replace("\r", "\n").rpartition("\n")[2].strip()


@dataclass(frozen=True)
class Meta:
    """What the workbook says of itself."""

    day: str
    data: str
    """A hash of all that was exported."""
    titles: dict[str, str]
    """The sheets: what each is called in the workbook → its name."""
    aside: tuple[str, ...] = ()
    """What the sheets are called that hold no data."""
    rows: dict[str, dict[tuple[str, ...], str]] = field(default_factory=dict)
    """The keys of all rows that were exported, by sheet, each with the hash of what it was."""
    format: int = 0

    def rows_of(self, name: str, parts: int) -> dict[tuple[str, ...], str]:
        """Return the rows of a sheet, whose keys have so many parts; empty cells may be lost."""
        rows = self.rows.get(name, {})
        return {(*key, *[""] * parts)[:parts]: hash_ for key, hash_ in rows.items()}

    def lines(self) -> Iterator[tuple[str, ...]]:
        """Yield it as rows of cells."""
        yield "baodian", str(self.format)
        yield "day", self.day
        yield "data", self.data
        yield from (("aside", title) for title in self.aside)
        yield from (("sheet", name, title) for title, name in self.titles.items())
        for name, keys in self.rows.items():
            yield from (("row", name, hash_, *key) for key, hash_ in keys.items())


def meta(lines: Iterable[tuple[object, ...]]) -> Meta | None:
    """Return what a workbook says of itself, None if it is none of ours."""
    said: dict[str, list[tuple[str, ...]]] = {}
    for line in lines:
        tag, *rest = ("" if cell is None else str(cell) for cell in line)
        said.setdefault(tag, []).append(tuple(rest))
    try:
        rows: dict[str, dict[tuple[str, ...], str]] = {}
        for name, hash_, *key in said.get("row", []):
            rows.setdefault(name, {})[tuple(key)] = hash_
        return Meta(
            said["day"][0][0],
            said["data"][0][0],
            {title: name for name, title, *_ in said["sheet"]},
            tuple(title for title, *_ in said.get("aside", [])),
            rows,
            int(said["baodian"][0][0]),
        )
    except (KeyError, IndexError, ValueError):
        return None
