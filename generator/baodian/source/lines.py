"""The lines of a file as they are read, and the edits that mend them in memory."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

from baodian.said.problems import At, Problem


@dataclass(frozen=True)
class Edit:
    """Replace `length` characters at `line`, `column` (from 0) by `new`."""

    line: int
    column: int
    length: int
    new: str


@dataclass(frozen=True)
class Fault:
    """A problem, and the edits that do what its hint says (none: it cannot be mended for him)."""

    problem: Problem
    edits: tuple[Edit, ...] = ()


class Mark(Protocol):
    """A place in the parser's text, counted from 0 in characters."""

    @property
    def index(self) -> int:
        """Return the number of characters from the start of the text before it."""
        ...

    @property
    def line(self) -> int:
        """Return the number of lines before it."""
        ...

    @property
    def column(self) -> int:
        """Return the number of characters in the line before it."""
        ...


class Lines:
    """The lines of a file, some of them mended, and where each character stood originally."""

    def __init__(self, file: str, lines: list[str]) -> None:
        self.file = file
        self.lines = list(lines)
        self._columns: dict[int, list[int]] = {}
        self._lengths = [len(text) for text in lines]

    def at(self, line: int, column: int) -> At:
        """Return the place in the user's file of a place (from 0) in the lines as they are now."""
        if line >= len(self.lines):
            line, column = len(self.lines) - 1, len(self.lines[-1])
        if line in self._columns:
            columns = self._columns[line]
            column = columns[min(column, len(columns) - 1)]
        elif column > len(self.lines[line]):
            column = len(self.lines[line])
        return At(self.file, line + 1, column + 1)

    def mend(self, edits: list[Edit]) -> None:
        """Apply edits that do not overlap; their columns are those before any of them."""
        by_line: dict[int, list[Edit]] = {}
        for edit in sorted(set(edits), key=lambda e: (e.line, e.column)):
            by_line.setdefault(edit.line, []).append(edit)
        for line, changes in by_line.items():
            old = self.lines[line]
            old_columns = self._columns.get(line) or list(range(len(old) + 1))
            text: list[str] = []
            columns: list[int] = []
            done = 0
            for edit in changes:
                if edit.column < done:
                    continue
                text += [old[done : edit.column], edit.new]
                columns += old_columns[done : edit.column]
                columns += [old_columns[edit.column]] * len(edit.new)
                done = edit.column + edit.length
            self.lines[line] = "".join([*text, old[done:]])
            self._columns[line] = columns + old_columns[done:]

    def grown(self, line: int) -> int:
        """Return by how many characters mending has made a line longer."""
        return len(self.lines[line]) - self._lengths[line]

    def leave_out(self, line: int) -> bool:
        """Empty the entry of the first level that holds `line`; tell whether anything remains."""
        top = min(line, len(self.lines) - 1)
        while top > 0 and not _FIRST_LEVEL.match(self.lines[top]):
            top -= 1
        end = line + 1
        while end < len(self.lines) and not _FIRST_LEVEL.match(self.lines[end]):
            end += 1
        left_out = self.lines[top:end]
        self.lines[top:end] = [""] * len(left_out)
        for number in range(top, end):
            self._columns.pop(number, None)
        return any(left_out) and any(_FIRST_LEVEL.match(text) for text in self.lines)


_FIRST_LEVEL = re.compile(r"[^\s#\-\]}]")
