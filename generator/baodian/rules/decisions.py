"""Decide by rules from what is known, say why, and what to ask next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Literal

from baodian.rules.boxes import Axis, Box, Dimension, Masks, Rule, Value, axes_of, masks_of, meet
from baodian.rules.diagram import Diagram


@dataclass(frozen=True)
class Reason:
    """Why a rule holds or may hold (its matching `box`), or why not (`failed`, of that box).

    The box of a rule that does not hold is the one that fits furthest in the order of dimensions.
    """

    rule: str
    state: Literal["certain", "possible", "no"]
    box: Box | None
    failed: str | None = None


@dataclass(frozen=True)
class Decision:
    """What follows from some facts. `possible` includes `certain`, both in the order of the rules.

    `ask` is the first dimension in order whose answer still makes a difference. `outside` lists
    the dimensions whose fact lies outside what the dimension allows; then nothing is possible.
    """

    possible: tuple[str, ...]
    certain: tuple[str, ...]
    ask: str | None
    outside: tuple[str, ...]
    reasons: tuple[Reason, ...]


def decide(
    dimensions: Sequence[Dimension], rules: Sequence[Rule], facts: Mapping[str, Value | None]
) -> Decision:
    """Return what follows from facts; a dimension that is missing or None is not known yet.

    Raises `ValueError` for a fact about something that is no dimension.
    """
    axes = axes_of(dimensions, rules)
    if strange := set(facts) - {dimension.id for dimension in dimensions}:
        raise ValueError(f"not a dimension: {sorted(strange)}")
    known = {name: value for name, value in facts.items() if value is not None}
    seen = tuple(
        axis.where(known[axis.dimension.id]) if axis.dimension.id in known else axis.full
        for axis in axes
    )
    outside = tuple(a.dimension.id for a, mask in zip(axes, seen, strict=True) if not mask)
    boxes = [[masks_of(axes, box) for box in rule.boxes] for rule in rules]
    # What is known no longer makes a difference, so a box counts as unrestricted there.
    answered = tuple(axis.dimension.id in known for axis in axes)
    left = [
        (number, tuple(a.full if k else m for a, k, m in zip(axes, answered, box, strict=True)))
        for number, mine in enumerate(boxes)
        for box in mine
        if not outside and all(meet(box, seen))
    ]
    diagram = Diagram(axes, left)
    ends = () if outside else diagram.ends()
    possible = reduce(int.__or__, ends, 0)
    certain = reduce(int.__and__, ends) if ends else 0
    ask = None if outside else diagram.first_level()
    return Decision(
        tuple(rule.id for i, rule in enumerate(rules) if possible >> i & 1),
        tuple(rule.id for i, rule in enumerate(rules) if certain >> i & 1),
        None if ask is None else dimensions[ask].id,
        outside,
        tuple(
            _reason(axes, rule, boxes[i], seen, possible >> i & 1, certain >> i & 1)
            for i, rule in enumerate(rules)
        ),
    )


def _reason(
    axes: Sequence[Axis], rule: Rule, boxes: Sequence[Masks], seen: Masks, may: int, must: int
) -> Reason:
    """Return why a rule holds, may hold, or which dimension rules it out."""
    best, reached = None, -1
    for box, masks in zip(rule.boxes, boxes, strict=True):
        fits = meet(masks, seen)
        fully = all(known == fit for known, fit in zip(seen, fits, strict=True))
        # a box that holds whatever the rest turns out to be explains more than one that may hold
        score = len(axes) + fully if all(fits) else fits.index(0)
        if score > reached:
            best, reached = box, score
    if may:
        return Reason(rule.id, "certain" if must else "possible", best)
    return Reason(rule.id, "no", best, axes[reached].dimension.id if best is not None else None)
