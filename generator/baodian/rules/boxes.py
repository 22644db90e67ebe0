"""Boxes over dimensions, and the grid that makes them comparable.

Every number axis is cut at the bounds that occur, so a finite number of segments stands for all
numbers and a check of the segments is a proof. A box becomes one bit mask of segments for each
dimension.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal

from baodian.model.intervals import FIRST, LAST, Edge, Interval, Number

Value = Number | str
Box = Mapping[str, Interval | frozenset[str]]  # a dimension that is missing may have any value
Masks = tuple[int, ...]  # for each dimension, which of its segments


@dataclass(frozen=True)
class Dimension:
    """What is asked: a number within `domain` (None: any), or one of `values` (id, label)."""

    id: str
    name: str
    kind: Literal["whole", "number", "values"]
    domain: Interval | None = None
    values: tuple[tuple[str, str], ...] = ()
    unit: str = ""


@dataclass(frozen=True)
class Rule:
    """A class or a table row: it holds where at least one of its boxes does."""

    id: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class Axis:
    """One dimension cut into segments: between consecutive `edges`, or one for each value."""

    dimension: Dimension
    edges: tuple[Edge, ...] = ()

    @property
    def whole(self) -> bool:
        """Return whether only whole numbers are cases."""
        return self.dimension.kind == "whole"

    @property
    def count(self) -> int:
        """Return how many segments there are."""
        if self.dimension.kind == "values":
            return len(self.dimension.values)
        return len(self.edges) - 1

    @property
    def full(self) -> int:
        """Return all segments as a mask."""
        return (1 << self.count) - 1

    def mask(self, wanted: Interval | frozenset[str] | None) -> int:
        """Return the segments that lie in a condition; its bounds must be among the edges."""
        if wanted is None:
            return self.full
        if isinstance(wanted, frozenset):
            return sum(1 << i for i, (key, _) in enumerate(self.dimension.values) if key in wanted)
        last = len(self.edges) - 1
        begin = min(bisect_left(self.edges, wanted.start(self.whole)), last)
        end = min(bisect_left(self.edges, wanted.end(self.whole)), last)
        return (1 << end) - (1 << begin) if begin < end else 0

    def where(self, value: Value) -> int:
        """Return the segment of a value as a mask; 0 if the dimension does not allow it."""
        if isinstance(value, str):
            return self.mask(frozenset({value}))
        if self.whole and not isinstance(value, int):
            return 0
        edge: Edge = (0, value, 0)
        place = bisect_left(self.edges, (0, value, 1)) - 1
        inside = 0 <= place < self.count and edge < self.edges[place + 1]
        return 1 << place if inside else 0

    def conditions(self, mask: int) -> tuple[Interval | frozenset[str], ...]:
        """Return a mask as conditions: the values, or one interval for each run of segments."""
        if self.dimension.kind == "values":
            ids = (key for i, (key, _) in enumerate(self.dimension.values) if mask >> i & 1)
            return (frozenset(ids),)
        runs: list[Interval] = []
        begin = 0
        for i in range(self.count + 1):
            if not mask >> i & 1:
                if begin < i:
                    runs.append(_between(self.edges[begin], self.edges[i], self.whole))
                begin = i + 1
        return tuple(runs)

    def example(self, mask: int) -> Value:
        """Return a value of the first segments of a mask that is not empty."""
        condition = self.conditions(mask)[0]
        if isinstance(condition, Interval):
            return condition.example(self.whole)
        return next(key for key, _ in self.dimension.values if key in condition)


def _between(start: Edge, end: Edge, whole: bool) -> Interval:
    """Return the interval between two edges; whole numbers get bounds that are included."""
    low = None if start == FIRST else start[1]
    if end == LAST:
        return Interval(low, None, start[2] == 0)
    if whole:
        return Interval(low, end[1] - 1)
    return Interval(low, end[1], start[2] == 0, end[2] == 1)


def axes_of(dimensions: Sequence[Dimension], rules: Sequence[Rule]) -> tuple[Axis, ...]:
    """Return the dimensions cut at every bound of the rules.

    Raises `ValueError` where a box does not fit the dimensions: the loader lets none through.
    """
    kinds = {dimension.id: dimension.kind for dimension in dimensions}
    for rule in rules:
        for name, wanted in ((n, w) for box in rule.boxes for n, w in box.items()):
            if name not in kinds or isinstance(wanted, Interval) == (kinds[name] == "values"):
                raise ValueError(f"rule {rule.id} does not fit dimension {name}")
    return tuple(_axis(dimension, rules) for dimension in dimensions)


def _axis(dimension: Dimension, rules: Sequence[Rule]) -> Axis:
    if dimension.kind == "values":
        return Axis(dimension)
    whole = dimension.kind == "whole"
    domain = dimension.domain or Interval()
    first, last = domain.start(whole), domain.end(whole)
    wanted = (box.get(dimension.id) for rule in rules for box in rule.boxes)
    cuts = {e for w in wanted if isinstance(w, Interval) for e in (w.start(whole), w.end(whole))}
    inner = {edge for edge in cuts if first < edge < last}
    return Axis(dimension, tuple(sorted({first, last} | inner)) if first < last else (first,))


def masks_of(axes: Sequence[Axis], box: Box) -> Masks:
    """Return a box as masks of segments."""
    return tuple(axis.mask(box.get(axis.dimension.id)) for axis in axes)


def meet(a: Masks, b: Masks) -> Masks:
    """Return what lies in both; nothing does if one of its masks is 0."""
    return tuple(x & y for x, y in zip(a, b, strict=True))


def example_of(axes: Sequence[Axis], masks: Masks) -> dict[str, Value]:
    """Return a case that lies in masks of which none is empty."""
    pairs = zip(axes, masks, strict=True)
    return {axis.dimension.id: axis.example(mask) for axis, mask in pairs}


def boxes_of(axes: Sequence[Axis], masks: Masks) -> Iterator[tuple[Box, dict[str, Value]]]:
    """Yield the boxes that masks stand for, one for each combination of runs, with an example."""
    choices = [
        [(axis, condition) for condition in axis.conditions(mask)]
        for axis, mask in zip(axes, masks, strict=True)
        if mask != axis.full
    ]
    for chosen in product(*choices):
        box: Box = {axis.dimension.id: condition for axis, condition in chosen}
        yield box, example_of(axes, masks_of(axes, box))
