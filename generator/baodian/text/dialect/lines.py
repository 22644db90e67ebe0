"""The lines of a text, each knowing where its characters were typed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """A line of a text without what it stands in, and where in the text it begins."""

    text: str
    offset: int

    @property
    def indent(self) -> int:
        """Return how far it is moved in."""
        return len(self.text) - len(self.text.lstrip(" \t"))

    @property
    def bare(self) -> str:
        """Return what stands on it."""
        return self.text.strip(" \t")

    def cut(self, n: int) -> Line:
        """Return the line from its `n`th character on."""
        return Line(self.text[n:], self.offset + n)

    def stripped(self) -> Line:
        """Return the line from its first sign on."""
        return self.cut(self.indent)


def lines_of(text: str) -> Iterator[Line]:
    """Yield the lines of a text, tabs before their first sign as blanks."""
    at = 0
    for line in text.split("\n"):
        bare = line.lstrip(" \t")
        head = line[: len(line) - len(bare)].expandtabs(4)
        yield Line(head + bare, at + len(line) - len(bare) - len(head))
        at += len(line) + 1


def whole(lines: Sequence[Line]) -> tuple[str, list[int]]:
    """Return lines as one text, and where each character of it was typed."""
    text = "\n".join(line.text for line in lines)
    offsets = [n for line in lines for n in range(line.offset, line.offset + len(line.text) + 1)]
    return text, offsets
