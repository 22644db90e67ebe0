"""The lines of hand-written pages, and the marks in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import yaml

from baodian.model import prose
from baodian.said.problems import At

_HEAD = re.compile(r"-{3}[ \t]*\n(.*?\n)(?:-{3}|\.{3})[ \t]*(?:\n|\Z)", re.DOTALL)
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


def body(text: str) -> tuple[str, int]:
    """Return a hand-written page without what MkDocs reads at its head, and how many lines that is.

    Line ends become those of Unix.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    head = _HEAD.match(text)
    if head is None:
        return text, 0
    try:
        settings = yaml.safe_load(head[1])
    except (yaml.YAMLError, ValueError, RecursionError):
        settings = None
    if not isinstance(settings, dict):
        return text, 0
    return text[head.end() :], head[0].count("\n")


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
