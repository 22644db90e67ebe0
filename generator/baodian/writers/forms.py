"""What a drawing is made of, and how much room words take: boxes, lines, words, no markup.

Sizes are CSS pixels at natural size.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from typing import Literal

WIDE, NARROW = 680.0, 328.0
PAD, LABEL, NOTE = 9.0, 15.0, 12.0
LABEL_LINE, NOTE_LINE = 21.0, 17.0
LANE, LANES_DRAWN = 26.0, 5
SMALLEST_BOX = 78.0

Size = Literal["label", "note", "value", "name"]


@dataclass(frozen=True)
class Words:
    """One line of text; `x`, `y` are its middle (or start, for `anchor` start) and base line."""

    x: float
    y: float
    text: str
    size: Size = "label"
    anchor: Literal["start", "middle", "end"] = "middle"
    mark: str = ""  # what it counts, for its colour (`page.Mark`)


@dataclass(frozen=True)
class Box:
    """A box with its words. `tone` is how strongly it is filled, 0 to 1.

    `d` is its outline as SVG path data where it is no rectangle.
    """

    x: float
    y: float
    width: float
    height: float
    words: tuple[Words, ...]
    tone: float = 0.12
    href: str = ""
    current: bool = False
    look: Literal["filled", "excused", "missing"] = "filled"
    d: str = ""

    def moved(self, x: float, y: float) -> Box:
        """Return a rectangle and its words somewhere else."""
        words = tuple(replace(w, x=w.x + x, y=w.y + y) for w in self.words)
        return replace(self, x=self.x + x, y=self.y + y, words=words)


@dataclass(frozen=True)
class Line:
    """A line with an arrow head at its end, if any; `d` and `head` are SVG path data."""

    d: str
    head: str


@dataclass(frozen=True)
class Dot:
    """The number of an arrow, standing on its line."""

    x: float
    y: float
    number: int


@dataclass(frozen=True)
class Pin:
    """A number that leads somewhere; `label` names it, width and height around it are to tap."""

    x: float
    y: float
    number: int
    href: str
    label: str
    width: float
    height: float


@dataclass(frozen=True)
class Way:
    """A line that leads somewhere, with its words; `label` names it, the rest is where to tap."""

    line: Line
    words: tuple[Words, ...]
    href: str
    label: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Drawing:
    """One finished drawing. `fits` says where it is shown."""

    fits: Literal["wide", "narrow", "both"]
    width: float
    height: float
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...] = ()
    dots: tuple[Dot, ...] = ()
    words: tuple[Words, ...] = ()
    ways: tuple[Way, ...] = ()
    pins: tuple[Pin, ...] = ()


# --- words ----------------------------------------------------------------------------------------


def ems(text: str) -> float:
    """Return about how wide a text is, in ems; on the generous side, as fonts differ."""
    return sum(
        0.0
        if unicodedata.combining(c)
        else 1.0
        if unicodedata.east_asian_width(c) in "WFA"
        else 0.72
        if c.isupper() or c in "mwMW@%"
        else 0.6
        for c in text
    )


def wrap(text: str, width: float) -> tuple[str, ...]:
    """Return the text in lines of at most `width` ems, about equally long.

    Latin words stay whole where they fit.
    """
    lines = _filled(text, width)
    even = width
    least = max((ems(p) for p in _pieces(text) if ems(p) <= width), default=1.0)
    while len(lines) > 1 and even - 0.5 >= least and len(_filled(text, even - 0.5)) == len(lines):
        even -= 0.5
    return _filled(text, even)


def _filled(text: str, width: float) -> tuple[str, ...]:
    lines: list[str] = []
    current = ""
    for piece in _pieces(text):
        if ems(current + piece) <= width:
            current += piece
        elif ems(piece) <= width:
            lines.append(current)
            current = piece.lstrip()
        else:
            for character in piece:
                if current and ems(current + character) > width:
                    lines.append(current)
                    current = ""
                current += character
    return tuple(line.strip() for line in (*lines, current) if line.strip())


def _pieces(text: str) -> list[str]:
    """Return what a line may be broken between: single wide characters, whole narrow words."""
    pieces: list[str] = []
    for character in " ".join(text.split()):
        narrow = unicodedata.east_asian_width(character) not in "WF" and character != " "
        closing = character in "，。、；：！？）》】”’"
        if pieces and (closing or (narrow and pieces[-1][-1] != " " and _narrow(pieces[-1][-1]))):
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def _narrow(character: str) -> bool:
    return unicodedata.east_asian_width(character) not in "WF"
