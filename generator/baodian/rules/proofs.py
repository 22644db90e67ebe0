"""Prove that rules have no gap and no overlap, and that their conditions can be met."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Literal

from baodian.model.intervals import Interval
from baodian.rules.boxes import (
    Box,
    Dimension,
    Rule,
    Value,
    axes_of,
    boxes_of,
    example_of,
    masks_of,
    meet,
)
from baodian.rules.diagram import Diagram


@dataclass(frozen=True)
class _Witness:
    """A case that shows a fault: it holds for `example`, and everywhere in `box`."""

    example: Mapping[str, Value]
    box: Box

    @property
    def telling(self) -> Mapping[str, Value]:
        """Return the part of the example that matters: the dimensions that the box mentions."""
        return {name: value for name, value in self.example.items() if name in self.box}


@dataclass(frozen=True)
class Overlap(_Witness):
    """Two rules that both hold."""

    first: str
    second: str


@dataclass(frozen=True)
class Gap(_Witness):
    """A region where no rule holds."""


@dataclass(frozen=True)
class Impossible:
    """A condition that no case, or not the case it was meant for, can fulfil.

    empty: nothing lies in it; outside: a bound lies outside what the dimension allows;
    unknown: `unknown` are values that the dimension does not have.
    """

    rule: str
    box: int
    dimension: str
    kind: Literal["empty", "outside", "unknown"]
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cell:
    """One elementary cell: all its cases are alike; `rules` are the ids that hold there."""

    example: Mapping[str, Value]
    rules: frozenset[str]


def overlaps(dimensions: Sequence[Dimension], rules: Sequence[Rule]) -> tuple[Overlap, ...]:
    """Return every pair of rules that can hold together, once, with a case for which both do.

    Boxes of one rule may overlap. No result is a proof that every case fits at most one rule.
    """
    axes = axes_of(dimensions, rules)
    masks = [[masks_of(axes, box) for box in rule.boxes] for rule in rules]
    pairs: list[Overlap] = []
    for (first, mine), (second, theirs) in combinations(zip(rules, masks, strict=True), 2):
        for common in (meet(a, b) for a in mine for b in theirs):
            if all(common):
                box, example = next(boxes_of(axes, common))
                pairs.append(Overlap(example, box, first.id, second.id))
                break
    return tuple(pairs)


def gaps(dimensions: Sequence[Dimension], rules: Sequence[Rule]) -> tuple[Gap, ...]:
    """Return the regions where no rule holds: disjoint, merged to few, in order.

    No result is a proof that every case fits at least one rule.
    """
    axes = axes_of(dimensions, rules)
    covered = [(0, masks_of(axes, box)) for rule in rules for box in rule.boxes]
    return tuple(
        Gap(example, box)
        for masks in Diagram(axes, covered).regions(0)
        for box, example in boxes_of(axes, masks)
    )


def impossible(dimensions: Sequence[Dimension], rules: Sequence[Rule]) -> tuple[Impossible, ...]:
    """Return the conditions that contradict themselves or leave what their dimension allows."""
    axes_of(dimensions, rules)
    return tuple(
        Impossible(rule.id, number, dimension.id, *trouble)
        for rule in rules
        for number, box in enumerate(rule.boxes)
        for dimension in dimensions
        if dimension.id in box and (trouble := _trouble(dimension, box[dimension.id]))
    )


def _trouble(
    dimension: Dimension, wanted: Interval | frozenset[str]
) -> tuple[Literal["empty", "outside", "unknown"], tuple[str, ...]] | None:
    if isinstance(wanted, frozenset):
        unknown = tuple(sorted(wanted - {key for key, _ in dimension.values}))
        return ("unknown", unknown) if unknown else None if wanted else ("empty", ())
    whole = dimension.kind == "whole"
    if wanted.is_empty(whole):
        return ("empty", ())
    domain = dimension.domain or Interval()
    start, end = wanted.start(whole), wanted.end(whole)
    first, last = domain.start(whole), domain.end(whole)
    below = start < first and wanted.low is not None
    above = end > last and wanted.high is not None
    return ("outside", ()) if below or above or start >= last or end <= first else None


def cells(dimensions: Sequence[Dimension], rules: Sequence[Rule]) -> Iterator[Cell]:
    """Yield every elementary cell in order, with an example and the rules that hold there.

    The number of cells is the product of the segments of all dimensions.
    """
    axes = axes_of(dimensions, rules)
    masks = [(rule.id, [masks_of(axes, box) for box in rule.boxes]) for rule in rules]
    for place in product(*([1 << i for i in range(axis.count)] for axis in axes)):
        holding = (name for name, boxes in masks if any(all(meet(b, place)) for b in boxes))
        yield Cell(example_of(axes, place), frozenset(holding))
