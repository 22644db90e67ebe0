"""Where each character of a text stands in its file, in whatever style it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from baodian.said.problems import At
from baodian.source.lines import Lines

_BLANK = frozenset(" \t\n\r")
_ONE = re.compile(".", re.DOTALL)
_SIGNS = {
    "single": re.compile("''|.", re.DOTALL),
    "double": re.compile(r"\\(?:x.{2}|u.{4}|U.{8}|.|$)|.", re.DOTALL),
}
_BLANK_ESCAPES = frozenset(
    ("\\", "\\ ", "\\\t", "\\t", "\\n", "\\r", "\\x20", "\\x09", "\\x0a", "\\x0A")
)  # the first takes a line break away


class Spots:
    """The places of the characters of one text, found when they are first asked for.

    Folding and indentation touch blanks only, so the signs of the text and those of the file are
    the same ones in the same order; a blank stands right behind the sign before it.
    """

    __slots__ = ("_lines", "_places", "_style", "_text", "begins", "ends")

    def __init__(
        self, lines: Lines, text: str, style: str, begins: tuple[int, int], ends: tuple[int, int]
    ) -> None:
        """Take in a text as it was read, and the line and column (from 0) of its two ends."""
        self._lines, self._text, self._style = lines, text, style
        self.begins, self.ends = begins, ends
        self._places: list[tuple[int, int]] | None = None

    def __call__(self, offset: int) -> At:
        """Return the place of the character at `offset` of the text."""
        text = self._text
        if self._places is None:
            self._places = list(self._signs())
        before = sum(sign not in _BLANK for sign in text[:offset])
        blank = offset >= len(text) or text[offset] in _BLANK
        if not self._places or (blank and not before):
            return self._lines.at(*self.begins)
        line, column = self._places[min(before - blank, len(self._places) - 1)]
        return self._lines.at(line, column + blank)

    def _signs(self) -> Iterator[tuple[int, int]]:
        block = self._style in ("literal", "folded")
        quoted = self._style in ("single", "double")
        sign = _SIGNS.get(self._style, _ONE)
        blank = _BLANK | _BLANK_ESCAPES if self._style == "double" else _BLANK
        first, last = self.begins[0] + block, self.ends[0]
        for number in range(first, min(last, len(self._lines.lines) - 1) + 1):
            text = self._lines.lines[number]
            low = self.begins[1] + quoted if number == self.begins[0] else 0
            high = self.ends[1] - quoted if number == last and not block else len(text)
            for found in sign.finditer(text, low, max(low, high)):
                if found[0] not in blank:
                    yield number, found.start()
