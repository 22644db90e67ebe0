"""Where the boxes, lines and words of a `Picture` go: plain geometry, no markup.

Sizes are CSS pixels at natural size. A picture that is too wide for a phone gets a second, narrow
drawing; the style sheet shows one of the two. Arrows carry numbers, never words: the words stand in
a list below the picture, so that labels cannot overlap.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Literal

from baodian.page import Arrow, Map, Picture, PictureStep, Shop
from baodian.text.units import agreed
from baodian.writers import maps, rings, scales, shops
from baodian.writers.forms import (
    LABEL,
    LABEL_LINE,
    LANE,
    LANES_DRAWN,
    NARROW,
    NOTE,
    NOTE_LINE,
    PAD,
    SMALLEST_BOX,
    WIDE,
    Box,
    Dot,
    Drawing,
    Line,
    Size,
    Words,
    ems,
    wrap,
)


def drawings(picture: Picture | Map | Shop) -> tuple[Drawing, ...]:
    """Return one drawing that fits everywhere, or a wide and a narrow one."""
    if isinstance(picture, Shop):
        return (shops.drawn(picture),)
    if isinstance(picture, Map):
        return _both(maps.drawn(picture, WIDE), maps.drawn(picture, NARROW))
    match picture.kind:
        case "set":
            return _both(_set(picture, WIDE), _set(picture, NARROW))
        case "bars":
            return _both(_bars(picture, WIDE), _bars(picture, NARROW))
        case "grid":
            return _both(_grid(picture, WIDE), _grid(picture, NARROW))
        case "scale" | "year":
            return _both(scales.axis(picture, WIDE), scales.axis(picture, NARROW))
        case "rings":
            return (rings.drawn(picture),)
        case "pairs":
            return _both(scales.pairs(picture, WIDE), scales.pairs(picture, NARROW))
        case _:
            return _both(_across(picture), _down(picture))


def _both(wide: Drawing | None, narrow: Drawing) -> tuple[Drawing, ...]:
    """Return the drawings that are needed."""
    if wide is None:
        return (replace(narrow, fits="both"),)
    if wide.width <= NARROW:
        return (replace(wide, fits="both"),)
    return (wide, narrow)


# --- words ----------------------------------------------------------------------------------------


def _words(step: PictureStep, width: float) -> tuple[tuple[str, Size], ...]:
    """Return the lines of a box of this width, label first."""
    room = width - 2 * PAD
    labels = wrap(step.label, room / LABEL)
    notes = wrap(step.note, room / NOTE)
    return (*((text, "label") for text in labels), *((text, "note") for text in notes))


def _height(lines: tuple[tuple[str, Size], ...]) -> float:
    return 2 * PAD + sum(LABEL_LINE if size == "label" else NOTE_LINE for _, size in lines)


def _box(
    step: PictureStep,
    lines: tuple[tuple[str, Size], ...],
    width: float,
    height: float,
    tone: float,
    top: bool = False,
) -> Box:
    """Return a box at the origin, its words in the middle (or at the `top`)."""
    y = PAD if top else (height - _height(lines)) / 2 + PAD
    placed = []
    for text, size in lines:
        line = LABEL_LINE if size == "label" else NOTE_LINE
        placed.append(Words(width / 2, y + line * 0.74, text, size))
        y += line
    return Box(0, 0, width, height, tuple(placed), tone, step.href, step.current)


def _tone(index: int, count: int) -> float:
    """Return a fill that grows from faint to firm along an order."""
    return round(0.08 + 0.2 * index / max(count - 1, 1), 3)


# --- lines ----------------------------------------------------------------------------------------


def _n(*values: float) -> str:
    return " ".join(f"{round(v, 1):g}" for v in values)


def _straight(x1: float, y1: float, x2: float, y2: float) -> Line:
    """Return a straight line, level or upright, with its head."""
    return Line(f"M{_n(x1, y1)} L{_n(x2, y2)}", _head(x2, y2, x2 - x1, y2 - y1))


def _head(x: float, y: float, dx: float, dy: float) -> str:
    """Return an arrow head at a point, pointing along (dx, dy)."""
    length = math.hypot(dx, dy) or 1.0
    ux, uy = dx / length * 6, dy / length * 6
    return (
        f"M{_n(x - ux - uy * 0.7, y - uy + ux * 0.7)} L{_n(x, y)} "
        f"L{_n(x - ux + uy * 0.7, y - uy - ux * 0.7)}"
    )


def _lanes(spans: list[tuple[float, float]]) -> list[int]:
    """Return a lane for each span, so that spans in one lane never touch; short spans first."""
    taken: list[list[tuple[float, float]]] = []
    lanes = [0] * len(spans)
    for index in sorted(range(len(spans)), key=lambda i: (spans[i][1] - spans[i][0], i)):
        low, high = spans[index]
        for number, others in enumerate(taken):
            if all(high + 4 < a or b + 4 < low for a, b in others):
                others.append((low, high))
                lanes[index] = number
                break
        else:
            lanes[index] = len(taken)
            taken.append([(low, high)])
    return lanes


def _drawable(picture: Picture) -> list[tuple[int, Arrow]]:
    """Return the arrows between two different boxes, with their numbers (from 1)."""
    count = len(picture.steps)
    return [
        (number, a)
        for number, a in enumerate(picture.arrows, start=1)
        if a.start != a.end and 0 <= a.start < count and 0 <= a.end < count
    ]


# --- the kinds -----------------------------------------------------------------------------------


def _across(picture: Picture) -> Drawing | None:
    """Return ladder or stages from left to right, or None where the boxes would be too small."""
    count = len(picture.steps)
    ladder = picture.kind == "ladder"
    gap = 6.0 if ladder else 24.0 if count < 7 else 20.0
    width = min((WIDE - gap * (count - 1)) / count, 150.0) if count else 0.0
    if width < SMALLEST_BOX:
        return None
    lines = [_words(step, width) for step in picture.steps]
    if max(len(line) for line in lines) > 7:
        return None
    full = max(_height(line) for line in lines)
    rise = 16.0 if ladder else 0.0
    ups = [(n, a) for n, a in _drawable(picture) if a.end > a.start]
    downs = [(n, a) for n, a in _drawable(picture) if a.end < a.start]

    def x_of(index: int, share: float) -> float:
        return index * (width + gap) + width * share

    def spans(arrows: list[tuple[int, Arrow]]) -> list[tuple[float, float]]:
        ends = [
            sorted((x_of(a.start, s), x_of(a.end, e))) for _, a in arrows for s, e in [_ends(a)]
        ]
        return [(low, high) for low, high in ends]

    up_lanes, down_lanes = _lanes(spans(ups)), _lanes(spans(downs))
    top = LANE * (max(up_lanes, default=-1) + 1) + (8 if ups else 2)
    base = top + full + rise * (count - 1)
    boxes = tuple(
        _box(s, lines[i], width, full + rise * i, _tone(i, count), top=ladder).moved(
            x_of(i, 0), base - full - rise * i
        )
        for i, s in enumerate(picture.steps)
    )
    drawn: list[Line] = []
    dots: list[Dot] = []
    if not ladder:
        middle = base - full / 2
        drawn += [
            _straight(x_of(i, 1) + 4, middle, x_of(i + 1, 0) - 4, middle) for i in range(count - 1)
        ]
    for arrows, lanes, up in ((ups, up_lanes, True), (downs, down_lanes, False)):
        for (number, arrow), lane in zip(arrows, lanes, strict=True):
            start_share, end_share = _ends(arrow)
            x1, x2 = x_of(arrow.start, start_share), x_of(arrow.end, end_share)
            y1 = boxes[arrow.start].y - 2 if up else base + 2
            y2 = boxes[arrow.end].y - 2 if up else base + 2
            level = top - 14 - LANE * lane if up else base + 20 + LANE * lane
            d = f"M{_n(x1, y1)} V{_n(level)} H{_n(x2)} V{_n(y2)}"
            drawn.append(Line(d, _head(x2, y2, 0, y2 - level)))
            dots.append(Dot((x1 + x2) / 2, level, number))
    height = base + (LANE * (max(down_lanes) + 1) + 8 if downs else 2)
    return Drawing("wide", x_of(count - 1, 1), height, boxes, tuple(drawn), tuple(dots))


def _ends(arrow: Arrow) -> tuple[float, float]:
    """Return where on its boxes an arrow starts and ends, as shares of their width."""
    return (0.68, 0.32) if arrow.end > arrow.start else (0.32, 0.68)


def _down(picture: Picture) -> Drawing:
    """Return ladder (highest on top) or stages (first on top) from top to bottom."""
    count = len(picture.steps)
    ladder = picture.kind == "ladder"
    gap = 6.0 if ladder else 22.0
    order = list(range(count - 1, -1, -1)) if ladder else list(range(count))
    arrows = _drawable(picture)
    row_of = {index: row for row, index in enumerate(order)}

    def rows(arrow: Arrow) -> tuple[float, float]:
        start, end = row_of[arrow.start], row_of[arrow.end]
        return (start + 0.68, end + 0.32) if end > start else (start + 0.32, end + 0.68)

    lanes = _lanes([(min(rows(a)) * 100, max(rows(a)) * 100) for _, a in arrows])
    lane_count = max(lanes, default=-1) + 1
    if lane_count > LANES_DRAWN:
        arrows, lanes, lane_count = [], [], 0
    room = NARROW - (LANE * lane_count + 8 if lane_count else 0)
    widths = [room * (0.6 + 0.4 * i / max(count - 1, 1)) if ladder else room for i in range(count)]
    boxes: dict[int, Box] = {}
    drawn: list[Line] = []
    y = 2.0
    for index in order:
        step, width = picture.steps[index], widths[index]
        lines = _words(step, width)
        height = max(_height(lines), 46.0)
        if boxes and not ladder:
            drawn.append(_straight(width / 2, y - gap + 4, width / 2, y - 4))
        boxes[index] = _box(step, lines, width, height, _tone(index, count)).moved(0, y)
        y += height + gap
    dots: list[Dot] = []
    for (number, arrow), lane in zip(arrows, lanes, strict=True):
        start, end = boxes[arrow.start], boxes[arrow.end]
        down = row_of[arrow.end] > row_of[arrow.start]
        y1 = start.y + start.height * (0.68 if down else 0.32)
        y2 = end.y + end.height * (0.32 if down else 0.68)
        level = room + 18 + LANE * lane
        x2 = end.x + end.width + 2
        d = f"M{_n(start.x + start.width + 2, y1)} H{_n(level)} V{_n(y2)} H{_n(x2)}"
        drawn.append(Line(d, _head(x2, y2, -1, 0)))
        dots.append(Dot(level, (y1 + y2) / 2, number))
    ordered = tuple(boxes[i] for i in range(count))
    return Drawing("narrow", NARROW, max(y - gap + 2, 1), ordered, tuple(drawn), tuple(dots))


def _set(picture: Picture, room: float) -> Drawing:
    """Return boxes without order, flowing in rows; boxes of a row are equally high."""
    sized = []
    for step in picture.steps:
        natural = max(ems(step.label) * LABEL, ems(step.note) * NOTE) + 2 * PAD + 6
        width = min(max(natural, 64.0), room if room < WIDE else 220.0)
        sized.append((step, _words(step, width), width))
    rows: list[list[tuple[PictureStep, tuple[tuple[str, Size], ...], float]]] = [[]]
    used = 0.0
    for entry in sized:
        if rows[-1] and used + entry[2] > room:
            rows.append([])
            used = 0.0
        rows[-1].append(entry)
        used += entry[2] + 8
    boxes: list[Box] = []
    y = right = 2.0
    for row in rows:
        height = max((_height(lines) for _, lines, _ in row), default=0.0)
        x = 0.0
        for step, lines, width in row:
            boxes.append(_box(step, lines, width, height, 0.12).moved(x, y))
            x += width + 8
            right = max(right, x - 8)
        y += height + 8
    return Drawing("wide" if room == WIDE else "narrow", right, y - 6, tuple(boxes))


def _bars(picture: Picture, room: float) -> Drawing:
    """Return one bar for each step: its label and value on a line, the bar below."""
    room = min(room, 560.0)
    largest = max((v for v in picture.values if math.isfinite(v)), default=0.0)
    boxes: list[Box] = []
    y = 0.0
    for index, step in enumerate(picture.steps):
        value = picture.values[index] if index < len(picture.values) else 0.0
        amount = f"{value:g} {agreed(f'{value:g}', picture.unit)}".strip()
        lines = _words(step, room - ems(amount) * LABEL - PAD)
        placed = []
        for number, (text, size) in enumerate(lines):
            y += LABEL_LINE if size == "label" else NOTE_LINE
            placed.append(Words(0, y - 4, text, size, "start"))
            if number == 0:
                placed.append(Words(room, y - 4, amount, "value", "end"))
        share = value / largest if largest > 0 and math.isfinite(value) and value > 0 else 0.0
        bar = Box(
            0, y + 2, max(room * share, 2.0), 12, tuple(placed), 0.75, step.href, step.current
        )
        boxes.append(bar)
        y += 12 + 16
    return Drawing("wide" if room > NARROW else "narrow", room, max(y - 12, 1), tuple(boxes))


CELL, CELL_GAP, CELL_HEIGHT = 40.0, 4.0, 30.0


def _grid(picture: Picture, room: float) -> Drawing:
    """Return a row of cells for each step, their column names on top."""
    room = min(room, 560.0)
    side = CELL if room <= NARROW else 64.0
    left = room - len(picture.columns) * (side + CELL_GAP)
    words = [
        Words(left + n * (side + CELL_GAP) + CELL_GAP + side / 2, NOTE_LINE - 4, name, "note")
        for n, name in enumerate(picture.columns)
    ]
    boxes: list[Box] = []
    y = NOTE_LINE + 4
    for step, cells in zip(picture.steps, picture.cells, strict=True):
        labels = wrap(step.label, left / LABEL)
        height = max(CELL_HEIGHT, len(labels) * LABEL_LINE + 6)
        start = y + (height - len(labels) * LABEL_LINE) / 2
        words += [
            Words(0, start + n * LABEL_LINE + LABEL_LINE * 0.74, text, "label", "start")
            for n, text in enumerate(labels)
        ]
        for n, cell in enumerate(cells):
            said = Words(side / 2, height / 2 + 5, cell.words, "value")
            tone = 0.06 + 0.34 * min(max(cell.share, 0.0), 1.0)
            box = Box(0, 0, side, height, (said,), round(tone, 3), look=cell.look)
            boxes.append(box.moved(left + CELL_GAP + n * (side + CELL_GAP), y))
        y += height + CELL_GAP
    fits: Literal["wide", "narrow"] = "wide" if room > NARROW else "narrow"
    return Drawing(fits, room, max(y - CELL_GAP + 2, 1), tuple(boxes), words=tuple(words))
