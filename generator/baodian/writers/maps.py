"""A map of a ruler: areas over two questions, and the moves between areas that touch.

Between two columns or rows there is room for an arrow where a move crosses, else next to none. What
a move brings stands below or beside its arrow, a sign on each line, so that it needs no width.
Sizes are CSS pixels, as in `writers/forms.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import accumulate
from typing import Literal

from baodian.page import Area, Counts, Map, Passage
from baodian.writers.forms import (
    NARROW,
    NOTE,
    NOTE_LINE,
    Box,
    Drawing,
    Line,
    Way,
    Words,
    ems,
    wrap,
)

WIDEST = 600.0
INSIDE = 4.0  # between the edge of an area and its words
GAP = 6.0  # between columns
ACROSS, ACROSS_WIDE = 35.0, 48.0  # where a move crosses: on a phone, and where there is room
THUMB = 44.0  # what can be tapped is as high, else as wide
LEAST, MOST = 40.0, 74.0  # of a column: with nothing in it alone; with the longest name in it
BESIDE, BESIDE_FEW = 3.4 * NOTE, 4.2 * NOTE  # the most that names of rows take on a phone
FEW = 3  # columns that leave them more
SIGN_LINE = 15.0
ARROW = 16.0  # what an arrow takes of the room between two areas, above the signs beside it


def drawn(map_: Map, room: float) -> Drawing:
    """Return the map in so much room, the names of the columns on top, of the rows at the left."""
    room = min(room, WIDEST)
    grid = _Grid(map_, room)
    boxes = tuple(grid.area(area) for area in map_.areas)
    ways = tuple(grid.passage(passage) for passage in map_.passages)
    fits: Literal["wide", "narrow"] = "wide" if room > NARROW else "narrow"
    return Drawing(fits, room, grid.height, boxes, words=grid.names, ways=ways)


class _Grid:
    """Where columns and rows begin and end, and what stands there."""

    def __init__(self, map_: Map, room: float) -> None:
        self.map, self.room = map_, room
        named = max((ems(row) for row in map_.rows), default=0) * NOTE + 4
        most = BESIDE_FEW if len(map_.columns) <= FEW else BESIDE
        left = min(named, most if room <= NARROW else room / 4) + GAP
        across = ACROSS if room <= NARROW else ACROSS_WIDE
        between = [
            across if self._crossed(n, Area.side_by_side) else GAP for n in range(len(map_.columns))
        ]
        between[-1] = 0
        sides = self._shared(room - left - sum(between))
        starts = accumulate(map(sum, zip(sides, between, strict=True)), initial=left)
        self.columns = [(x, x + side) for x, side in zip(starts, sides, strict=False)]
        heads = [wrap(name, (side + GAP) / NOTE)
                 for name, side in zip(map_.columns, sides, strict=True)]  # fmt: skip
        rows = [wrap(name, (left - GAP) / NOTE) for name in map_.rows]
        top = max(map(len, heads)) * NOTE_LINE + GAP
        self.rows = self._rows(top, [len(lines) * NOTE_LINE for lines in rows])
        self.height = self.rows[-1][1] + 2
        self.names = (*self._heads(heads, top - GAP), *self._sides(rows))

    def _shared(self, room: float) -> list[float]:
        """Return how wide each column is: wider where names stand in it alone."""
        wanted = [LEAST] * len(self.map.columns)
        for area in self.map.areas:
            first, last = area.columns
            if last - first == 1:
                named = min(ems(area.label) * NOTE + 2 * INSIDE, MOST)
                wanted[first] = max(wanted[first], named)
        spare = room - sum(wanted)
        if spare >= 0:
            return [width + spare / len(wanted) for width in wanted]
        over = sum(wanted) - LEAST * len(wanted)
        return [LEAST + (width - LEAST) * (1 + spare / over) if over else room / len(wanted)
                for width in wanted]  # fmt: skip

    def _crossed(self, n: int, way: Callable[[Area, Area], int | None]) -> list[Passage]:
        """Return the moves from one column or row to the next behind `n`."""
        areas = self.map.areas
        return [p for p in self.map.passages if way(areas[p.start], areas[p.end]) == n]

    def _rows(self, top: float, least: list[float]) -> list[tuple[float, float]]:
        """Return where rows begin and end: each as high as what stands in it alone."""
        heights = [max(height, THUMB) for height in least]
        for area in sorted(self.map.areas, key=lambda a: a.rows[1] - a.rows[0]):
            first, last = area.rows
            lacks = self._needed(area) - sum(heights[first:last]) - GAP * (last - first - 1)
            heights[last - 1] += max(lacks, 0.0)
        for passage in self.map.passages:  # the signs below an arrow stand beside both areas
            start, end = self.map.areas[passage.start], self.map.areas[passage.end]
            if start.side_by_side(end) is not None:
                first = max(start.rows[0], end.rows[0])
                heights[first] = max(heights[first], ARROW + len(passage.signs) * SIGN_LINE + 8)
        placed, y = [], top
        for n, height in enumerate(heights):
            placed.append((y, y + height))
            signs = [len(p.signs) * SIGN_LINE for p in self._crossed(n, Area.above_each_other)]
            y += height + (max(*signs, THUMB - 6) + 8 if signs else GAP)
        return placed

    def _needed(self, area: Area) -> float:
        lines = len(self._label(area)) * NOTE_LINE + len(self._lines(area.signs, area)) * SIGN_LINE
        return lines + 2 * INSIDE + 4

    def _width(self, area: Area) -> float:
        first, last = area.columns
        return self.columns[last - 1][1] - self.columns[first][0]

    def _label(self, area: Area) -> tuple[str, ...]:
        return wrap(area.label, (self._width(area) - 2 * INSIDE) / NOTE)

    def _lines(self, counts: Counts, area: Area) -> list[Counts]:
        """Return counts in as few lines as an area has room for."""
        lines: list[Counts] = []
        for one in counts:
            longer = (*lines[-1], one) if lines else (one,)
            if lines and _long(longer) <= self._width(area) - 2 * INSIDE:
                lines[-1] = longer
            else:
                lines.append((one,))
        return lines

    def _heads(self, heads: list[tuple[str, ...]], bottom: float) -> list[Words]:
        return [
            Words((x1 + x2) / 2, bottom - (len(lines) - n) * NOTE_LINE + 13, text, "note")
            for (x1, x2), lines in zip(self.columns, heads, strict=True)
            for n, text in enumerate(lines)
        ]

    def _sides(self, rows: list[tuple[str, ...]]) -> list[Words]:
        return [
            Words(0, (y1 + y2 - len(lines) * NOTE_LINE) / 2 + n * NOTE_LINE + 13, text, "note",
                  "start")
            for (y1, y2), lines in zip(self.rows, rows, strict=True)
            for n, text in enumerate(lines)
        ]  # fmt: skip

    def area(self, area: Area) -> Box:
        """Return an area with its name and its counts in the middle."""
        x, width = self.columns[area.columns[0]][0], self._width(area)
        y, end = self.rows[area.rows[0]][0], self.rows[area.rows[1] - 1][1]
        line = (end - y - self._needed(area)) / 2 + INSIDE
        words = []
        for text in self._label(area):
            words.append(Words(x + width / 2, y + line + 13, text, "name"))
            line += NOTE_LINE
        for counts in self._lines(area.signs, area):
            at = x + (width - _long(counts)) / 2
            for mark, text in counts:
                words.append(Words(at, y + line + 14, text, "name", "start", mark))
                at += _long(((mark, text),)) + 5
            line += SIGN_LINE
        return Box(x, y, width, end - y, tuple(words), 0.1, area.href)

    def passage(self, passage: Passage) -> Way:
        """Return a move as an arrow with what it brings, and where to tap."""
        start, end = self.map.areas[passage.start], self.map.areas[passage.end]
        column = start.side_by_side(end)
        if column is not None:
            return self._level(passage, start, end, column)
        row = start.above_each_other(end)
        assert row is not None, "areas of a move touch"
        return self._upright(passage, start, end, row)

    def _level(self, passage: Passage, start: Area, end: Area, column: int) -> Way:
        left, right = self.columns[column][1], self.columns[column + 1][0]
        first, last = max(start.rows[0], end.rows[0]), min(start.rows[1], end.rows[1])
        top, bottom = self.rows[first][0], self.rows[last - 1][1]
        high = ARROW + len(passage.signs) * SIGN_LINE
        y = (top + bottom - high) / 2
        to_right = start.columns[0] < end.columns[0]
        x1, x2 = (left + 3, right - 4) if to_right else (right - 3, left + 4)
        back = -6 if to_right else 6
        head = f"M{x2 + back:g} {y + 4:g}L{x2:g} {y + 8:g}L{x2 + back:g} {y + 12:g}"
        words = tuple(
            Words((left + right) / 2, y + ARROW + 12 + n * SIGN_LINE, text, "name", "middle", mark)
            for n, (mark, text) in enumerate(passage.signs)
        )
        line = Line(f"M{x1:g} {y + 8:g}H{x2:g}", head)
        tap = max(high + 8, THUMB)
        return Way(line, words, passage.href, _named(passage), left + 1, (top + bottom - tap) / 2,
                   right - left - 2, tap)  # fmt: skip

    def _upright(self, passage: Passage, start: Area, end: Area, row: int) -> Way:
        top, bottom = self.rows[row][1], self.rows[row + 1][0]
        first, last = (
            max(start.columns[0], end.columns[0]), min(start.columns[1], end.columns[1])
        )  # fmt: skip
        left, right = self.columns[first][0], self.columns[last - 1][1]
        wide = ARROW + max((_long((one,)) for one in passage.signs), default=0)
        x = (left + right - wide) / 2 + 6
        up = start.rows[0] > end.rows[0]
        y1, y2 = (bottom - 3, top + 4) if up else (top + 3, bottom - 4)
        back = 6 if up else -6
        head = f"M{x - 4:g} {y2 + back:g}L{x:g} {y2:g}L{x + 4:g} {y2 + back:g}"
        signs = len(passage.signs) * SIGN_LINE
        words = tuple(
            Words(x + 9, (top + bottom - signs) / 2 + n * SIGN_LINE + 12, text, "name", "start",
                  mark)
            for n, (mark, text) in enumerate(passage.signs)
        )  # fmt: skip
        line = Line(f"M{x:g} {y1:g}V{y2:g}", head)
        middle, half = (left + right) / 2, max(wide + 8, min(THUMB, right - left)) / 2
        return Way(line, words, passage.href, _named(passage), middle - half, top + 1,
                   2 * half, bottom - top - 2)  # fmt: skip


def _long(counts: Counts) -> float:
    """Return how wide counts are beside each other."""
    return sum(ems(text) * NOTE for _, text in counts) + 5 * (len(counts) - 1)


def _named(passage: Passage) -> str:
    return " ".join((passage.label, *(text for _, text in passage.signs)))
