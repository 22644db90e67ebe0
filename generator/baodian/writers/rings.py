"""Rings around one place as half circles on the ground, each with its name and how far it reaches.

Each is as thick as its words are high, and so wide that they stay inside it. Sizes are CSS pixels,
as in `writers/forms.py`.
"""

from __future__ import annotations

import math

from baodian.page import Picture, PictureStep
from baodian.writers.forms import (
    LABEL,
    LABEL_LINE,
    NOTE,
    NOTE_LINE,
    Box,
    Drawing,
    Line,
    Words,
    ems,
    wrap,
)

CORE = 17.0  # the place itself, in the middle
AROUND, EDGE = 6.0, 3.0  # above and below the words of a ring; from their corners to its line
LEAST = 104.0  # what words have beside each other in the inmost ring


def drawn(picture: Picture) -> Drawing:
    """Return the rings of a picture, the first inmost; one without a note has a broken line."""
    rings, radius = [], CORE
    for step in picture.steps:
        lines = _lines(step, max(LEAST, 1.3 * radius))
        high = sum(line for *_, line in lines)
        wide = max((ems(text) * size for text, size, _ in lines), default=0.0)
        inner = radius + AROUND
        radius = max(inner + high + AROUND, math.hypot(inner + high, wide / 2) + EDGE)
        radius = math.ceil(radius)
        rings.append((step, lines, inner + high, radius))
    middle, ground = radius + 1.0, radius + 1.0
    boxes = tuple(_ring(*ring, middle, ground) for ring in reversed(rings))
    return Drawing("both", 2 * middle, ground + 2, boxes, _ground(middle, ground))


def _lines(step: PictureStep, room: float) -> list[tuple[str, float, float]]:
    """Return the lines of a ring: their words, size and height."""
    return [
        *((text, LABEL, LABEL_LINE) for text in wrap(step.label, room / LABEL)),
        *((text, NOTE, NOTE_LINE) for text in wrap(step.note, room / NOTE)),
    ]


def _ring(
    step: PictureStep,
    lines: list[tuple[str, float, float]],
    top: float,
    radius: float,
    middle: float,
    ground: float,
) -> Box:
    """Return a ring; its first line begins at `top` above the ground."""
    words, y = [], ground - top
    for text, size, line in lines:
        words.append(Words(middle, y + line * 0.74, text, "label" if size == LABEL else "note"))
        y += line
    d = f"M{middle - radius:g} {ground:g}a{radius:g} {radius:g} 0 0 1 {2 * radius:g} 0"
    return Box(
        middle - radius, ground - radius, 2 * radius, radius, tuple(words), 0.1,
        look="filled" if step.note else "excused", d=d,
    )  # fmt: skip


def _ground(x: float, y: float) -> tuple[Line, ...]:
    """Return the line that all stand on, and the place in the middle as a small house."""
    house = f"M{x - 8:g} {y:g}v-9h16v9M{x - 10:g} {y - 8:g}l10-7 10 7M{x:g} {y:g}v-5"
    return Line(f"M0 {y:g}h{2 * x:g}", ""), Line(house, "")
