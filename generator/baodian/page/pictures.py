"""Blocks that are drawn: pictures, maps, a shop, a year; each says the same in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from baodian.model.talk import Place
from baodian.page.inline import Inline, Link, Mark, Origin


@dataclass(frozen=True)
class Beat:
    """Something that comes round: what, in words how often, and how many times a year.

    0 times: it comes with an event, not by the calendar.
    """

    what: Link
    often: Inline
    times: int = 0
    origin: Origin | None = None


@dataclass(frozen=True)
class Year:
    """What comes round, each as a line of twelve months cut into as many spans as it has times."""

    beats: tuple[Beat, ...]


@dataclass(frozen=True)
class PictureStep:
    """One box of a picture; `note` is a second, smaller line."""

    label: str
    note: str = ""
    href: str = ""
    current: bool = False


@dataclass(frozen=True)
class Arrow:
    """A move between two boxes, by their positions (from 0)."""

    start: int
    end: int
    label: str = ""


@dataclass(frozen=True)
class PictureCell:
    """A cell of a grid: its words and how strongly it is filled, 0 to 1, or what it lacks."""

    words: str
    share: float = 0.0
    look: Literal["filled", "excused", "missing"] = "filled"


@dataclass(frozen=True)
class Picture:
    """A drawing of an order, made as inline SVG by the writer; `alt` says the same in words.

    ladder: rises to the right; stages: a chain; set: boxes without order; bars: `values` as widths;
    grid: a row of `cells` for each step, below the names of the `columns`; pairs: the same, each
    cell a bar with its words. scale: an axis of numbers with its bounds, `values` with `columns` as
    their words, and for each step from which of them to which it holds (`spans`; a last bound
    without words is open); year: the same with months, whose words stand between two bounds.
    rings: around one place, the inmost first; one without a note has no end.
    """

    kind: Literal["ladder", "stages", "set", "bars", "grid", "pairs", "scale", "year", "rings"]
    steps: tuple[PictureStep, ...]
    alt: str
    caption: str = ""
    arrows: tuple[Arrow, ...] = ()
    values: tuple[float, ...] = ()
    unit: str = ""
    accent: str | None = None
    columns: tuple[str, ...] = ()
    cells: tuple[tuple[PictureCell, ...], ...] = ()
    spans: tuple[tuple[tuple[int, int], ...], ...] = ()


Counts = tuple[tuple[Mark, str], ...]
"""How many of each, in a few signs such as −2: a mark for the colour, and the sign."""


@dataclass(frozen=True)
class Area:
    """A rectangle of a map: from which column and row to which, the last not in it."""

    label: str
    columns: tuple[int, int]
    rows: tuple[int, int]
    signs: Counts = ()
    href: str = ""

    def side_by_side(self, other: Area) -> int | None:
        """Return the column behind which one ends and the other begins, in a row of both."""
        a, b = (self, other) if self.columns[0] < other.columns[0] else (other, self)
        touch = a.columns[1] == b.columns[0] and _overlap(a.rows, b.rows)
        return a.columns[1] - 1 if touch else None

    def above_each_other(self, other: Area) -> int | None:
        """Return the row behind which one ends and the other begins, in a column of both."""
        a, b = (self, other) if self.rows[0] < other.rows[0] else (other, self)
        touch = a.rows[1] == b.rows[0] and _overlap(a.columns, b.columns)
        return a.rows[1] - 1 if touch else None


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


@dataclass(frozen=True)
class Passage:
    """A move between two areas of a map that touch, by their positions (from 0), named `label`."""

    start: int
    end: int
    label: str
    signs: Counts
    href: str


@dataclass(frozen=True)
class Map:
    """What a ruler of two questions decides, as areas over both, and the moves between areas.

    `columns` and `rows` name what can be answered, from the left and from the top; `caption` tells
    how to read it; `alt` says the same in words, but for the moves, which stand in a list as well.
    """

    columns: tuple[str, ...]
    rows: tuple[str, ...]
    areas: tuple[Area, ...]
    alt: str
    passages: tuple[Passage, ...] = ()
    caption: str = ""
    accent: str | None = None


@dataclass(frozen=True)
class Spot:
    """Where to look: the number and words of an item, the place in the shop, where it leads."""

    number: int
    label: str
    place: Place
    href: str


@dataclass(frozen=True)
class Shop:
    """A drawing of a shop with numbered spots, each leading to its item; `alt` names the places.

    `names` are the words of the places that have a spot.
    """

    spots: tuple[Spot, ...]
    names: tuple[tuple[Place, str], ...]
    alt: str
    caption: str = ""
    accent: str | None = None
