"""The lines of hand-written pages, and the marks in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from baodian.model import prose
from baodian.said.problems import At

_CODE = re.compile(r"(`+)(?:(?!\1).)+?\1")
_MARK = re.compile(r"【[^【】]*】")
BLANK = "\ufffc"
"""What stands for something that is no text, such as code."""


@dataclass(frozen=True)
class Written:
    """A line of a hand-written page; code in it is blanked out."""

    at: At
    text: str

    def where(self, offset: int) -> At:
        """Return the place of the character at `offset`."""
        return At(self.at.file, self.at.line, offset + 1)

    def marks(self) -> Iterator[tuple[At, prose.Piece]]:
        """Yield every 【…】 with its place."""
        for match in _MARK.finditer(self.text):
            at = self.where(match.start())
            yield from ((at, piece) for piece in prose.parse(match[0]))


def lines(content: Iterable[tuple[str, str]]) -> Iterator[Written]:
    """Yield the lines of hand-written pages, given as (file, text), blocks of code left out."""
    for file, text in content:
        fence = ""
        for number, line in enumerate(text.splitlines(), 1):
            mark = re.match(r" {0,3}(`{3,}|~{3,})", line)
            if fence:
                fence = "" if mark and mark[1].startswith(fence) else fence
            elif mark:
                fence = mark[1]
            else:
                blanked = _CODE.sub(lambda m: BLANK * len(m[0]), line)
                yield Written(At(file, number), blanked)
