"""Pictures with an axis: a scale with its bounds, a strip of months, figures before and after.

Every row has its words on a line of their own and its bars below, so that long names need no room
beside them. Sizes are CSS pixels, as in `writers/forms.py`.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Literal

from baodian.page import Picture
from baodian.writers.forms import (
    LABEL,
    LABEL_LINE,
    NARROW,
    NOTE,
    NOTE_LINE,
    Box,
    Drawing,
    Line,
    Words,
    ems,
    wrap,
)

WIDEST = 560.0
BAR, ROW_GAP = 14.0, 10.0


def axis(picture: Picture, room: float) -> Drawing:
    """Return rows of bars above one axis with its bounds; the last bound may be open."""
    room = min(room, WIDEST)
    places = _places(picture, room)
    goes_on = picture.kind == "scale" and not picture.columns[-1]
    bounds = places[:-1] if goes_on else places
    boxes: list[Box] = []
    ticks, y = "", 0.0
    for number, (step, spans) in enumerate(zip(picture.steps, picture.spans, strict=True)):
        placed, y = _rows_of_words(step.label, step.note, room, y)
        tone = round(0.25 + 0.5 * number / max(len(picture.steps) - 1, 1), 3)
        for start, end in spans:
            width = places[end] - places[start] - 2
            words, placed = placed, ()
            boxes.append(Box(places[start] + 1, y + 4, width, BAR, words, tone, step.href))
        ticks += "".join(f"M{round(x, 1):g} {y + 2:g}v{BAR + 4:g}" for x in bounds)
        y += BAR + 4 + ROW_GAP
    further = f"M{room - 6:g} {y - 4:g} L{room:g} {y:g} L{room - 6:g} {y + 4:g}"
    drawn = (Line(ticks, ""), Line(f"M0 {y:g} H{room:g}", further if goes_on else ""))
    words = tuple(_bounds(picture, places, y + NOTE_LINE))
    return Drawing(_fits(room), room, y + NOTE_LINE + 6, tuple(boxes), drawn, words=words)


def _places(picture: Picture, room: float) -> list[float]:
    """Return where each bound stands: to scale, or at equal steps where words would collide."""
    first, last = picture.values[0], picture.values[-1]
    far = (last - first) or 1.0
    scaled = [1 + (room - 2) * (value - first) / far for value in picture.values]
    needed = [ems(word) * NOTE + 8 for word in picture.columns]
    if picture.kind == "scale" and any(
        b - a < (left + right) / 2 + 12
        for (a, b), (left, right) in zip(pairwise(scaled), pairwise(needed), strict=True)
    ):
        steps = len(picture.values) - 1
        return [1 + (room - 2) * n / steps for n in range(steps + 1)]
    return scaled


def _bounds(picture: Picture, places: list[float], y: float) -> list[Words]:
    """Return the words of the axis: at its bounds, or between two where they name months."""
    if picture.kind == "year":
        middles = [(a + b) / 2 for a, b in pairwise(places)]
        names = zip(middles, picture.columns, strict=False)
        return [Words(x, y, name, "note") for x, name in names]
    ends: dict[int, Literal["start", "end"]] = {0: "start", len(places) - 1: "end"}
    return [
        Words(x, y, name, "note", ends.get(n, "middle"))
        for n, (x, name) in enumerate(zip(places, picture.columns, strict=True))
        if name
    ]


def pairs(picture: Picture, room: float) -> Drawing:
    """Return two columns (or more), below each name a bar for each step with its words above."""
    room = min(room, WIDEST)
    gap = 16.0
    count = len(picture.columns)
    side = (room - gap * (count - 1)) / count
    words = [
        Words(n * (side + gap), NOTE_LINE - 4, name, "note", "start")
        for n, name in enumerate(picture.columns)
    ]
    boxes: list[Box] = []
    y = NOTE_LINE + 2
    for step, cells in zip(picture.steps, picture.cells, strict=True):
        placed, y = _rows_of_words(step.label, step.note, room, y)
        words += placed
        for n, cell in enumerate(cells):
            x = n * (side + gap)
            said = Words(x, y + LABEL_LINE - 4, cell.words, "value", "start")
            width = max(side * min(max(cell.share, 0.0), 1.0), 2.0)
            tone = 0.75 if n else 0.25
            boxes.append(Box(x, y + LABEL_LINE + 2, width, BAR, (said,), tone, look=cell.look))
        y += LABEL_LINE + BAR + 2 + ROW_GAP
    return Drawing(_fits(room), room, y, tuple(boxes), words=tuple(words))


def _fits(room: float) -> Literal["wide", "narrow"]:
    return "wide" if room > NARROW else "narrow"


def _rows_of_words(label: str, note: str, room: float, y: float) -> tuple[tuple[Words, ...], float]:
    """Return the words of a row from `y` down, and where they end."""
    placed = []
    for text in wrap(label, room / LABEL):
        y += LABEL_LINE
        placed.append(Words(0, y - 4, text, "label", "start"))
    for text in wrap(note, room / NOTE):
        y += NOTE_LINE
        placed.append(Words(0, y - 4, text, "note", "start"))
    return tuple(placed), y
