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


@dataclass(frozen=True)
class Ending:
    """Rules that can hold together, and no others, and what must be true for that in one case."""

    rules: tuple[str, ...]
    example: Mapping[str, Value]


def decide(
    dimensions: Sequence[Dimension], rules: Sequence[Rule], facts: Mapping[str, Value | None]
) -> Decision:
    """Return what follows from facts; a dimension that is missing or None is not known yet.

    Raises `ValueError` for a fact about something that is no dimension.
    """
    axes, seen, boxes = _seen(dimensions, rules, facts)
    outside = tuple(a.dimension.id for a, mask in zip(axes, seen, strict=True) if not mask)
    diagram = _left(axes, seen, boxes, facts)
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


def endings(
    dimensions: Sequence[Dimension], rules: Sequence[Rule], facts: Mapping[str, Value | None]
) -> tuple[Ending, ...]:
    """Return all that may follow from facts, each once; one means that the facts are enough.

    It is empty where a fact lies outside what its dimension allows. Raises as `decide` does.
    """
    axes, seen, boxes = _seen(dimensions, rules, facts)
    if not all(seen):
        return ()
    diagram = _left(axes, seen, boxes, facts)
    nodes = diagram.nodes()
    found = (
        Ending(
            tuple(rule.id for i, rule in enumerate(rules) if nodes[number][1][0] >> i & 1),
            {axes[i].dimension.id: axes[i].example(1 << segment) for i, segment in way.items()},
        )
        for number, way in diagram.ways().items()
        if nodes[number][0] == len(axes)
    )
    order = {rule.id: i for i, rule in enumerate(rules)}
    return tuple(sorted(found, key=lambda ending: [order[id_] for id_ in ending.rules]))


def _seen(
    dimensions: Sequence[Dimension], rules: Sequence[Rule], facts: Mapping[str, Value | None]
) -> tuple[tuple[Axis, ...], Masks, list[list[Masks]]]:
    """Return the axes, the segments that facts leave on each, and the boxes of each rule."""
    axes = axes_of(dimensions, rules)
    if strange := set(facts) - {dimension.id for dimension in dimensions}:
        raise ValueError(f"not a dimension: {sorted(strange)}")
    seen = tuple(
        axis.full if (value := facts.get(axis.dimension.id)) is None else axis.where(value)
        for axis in axes
    )
    return axes, seen, [[masks_of(axes, box) for box in rule.boxes] for rule in rules]


def _left(
    axes: Sequence[Axis], seen: Masks, boxes: Sequence[Sequence[Masks]],
    facts: Mapping[str, Value | None],
) -> Diagram:  # fmt: skip
    """Return what facts leave open: what is known no longer makes a difference."""
    answered = tuple(facts.get(axis.dimension.id) is not None for axis in axes)
    left = [
        (number, tuple(a.full if k else m for a, k, m in zip(axes, answered, box, strict=True)))
        for number, mine in enumerate(boxes)
        for box in mine
        if all(meet(box, seen))
    ]
    return Diagram(axes, left)


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
