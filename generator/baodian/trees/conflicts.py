"""Two layers of one rank that set the same on the same day: never does the last one win."""

from __future__ import annotations

import datetime
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from baodian.said.messages import msg
from baodian.said.problems import At, Problem, Related
from baodian.source import Node
from baodian.trees.carried import entitles, measure_of
from baodian.trees.layers import Period, Step
from baodian.trees.nodes import Path, ends, path_of

EVERYTHING: Path = ()
Span = tuple[int, int]
"""The ordinals of the first and the last of some days."""


@dataclass(frozen=True)
class Conflict:
    """A step that sets what others set too, on which days, and the problem that says so."""

    step: Step
    spans: tuple[Span, ...]
    problem: Problem

    def holds(self, day: datetime.date) -> bool:
        """Say whether it is on a day that both set it."""
        at = bisect_right(self.spans, (day.toordinal(), sys.maxsize)) - 1
        return at >= 0 and day.toordinal() <= self.spans[at][1]

    def since(self, day: datetime.date) -> datetime.date | None:
        """Return the first day of them from a day on."""
        later = (max(lo, day.toordinal()) for lo, hi in self.spans if hi >= day.toordinal())
        first = next(later, None)
        return None if first is None else datetime.date.fromordinal(first)


def conflicts(steps: Iterable[Step], node: Node | None) -> tuple[Conflict, ...]:
    """Return the steps for one thing that others stand in the way of, each with the first of them.

    `node` is what the thing is made of. Dated changes are of one rank, those of a city of another.
    The earlier one in the order of files stands; the other is not carried out on the days of both.
    """
    ranks: dict[tuple[str, bool], _Claims] = {}
    found: list[Conflict] = []
    for step in steps:
        if step.period.empty:
            continue
        # What is added is there to be changed, so it only meets what adds it again.
        claims = ranks.setdefault((step.city, step.does == "add"), _Claims())
        span, taken = _span(step.period), Days()
        first: tuple[Step, At] | None = None
        for way, at in _ways(step, node):
            for days, whose in claims.of(way):
                met = days.within(span)
                for one in met:
                    taken.add(one)
                if met and first is None:
                    first = next(whose(met[0])), at
        for way, _ in _ways(step, node):
            for free in taken.without(span):
                claims.note(way, step, free)
        if first is not None:
            other, at = first
            message = msg("Two changes of the same time set this.")
            hint = msg("Take one of them out, or let one end before the other begins.")
            related = (Related(other.ref.at, msg("The first one stands here.")),)
            problem = Problem("layer-conflict", at, message, hint, related)
            found.append(Conflict(step, tuple(taken), problem))
    return tuple(found)


def _span(period: Period) -> Span:
    since, until = period.since or datetime.date.min, period.until or datetime.date.max
    return since.toordinal(), until.toordinal()


def _ways(step: Step, node: Node | None) -> Iterator[tuple[Path, At]]:
    """Yield the path of everything that a step sets, and where the step says so."""
    if step.does != "change" or step.node is None:
        yield EVERYTHING, step.ref.at
        return
    if (measure := measure_of(node, step)) is not None:
        yield ("cells", step.part[0], measure), step.ref.at
        return
    found = path_of(node, step.part) if node is not None else None
    path = step.part if found is None else found
    for way, value in ends(step.node):
        whole = (*path, *way)
        if step.key[0] == "matrix" and whole[:1] == ("cells",) and entitles(node):
            whole = whole[:2]  # however a cell is written, it is set as a whole
        yield whole, value.at if value.at.file else step.ref.at


class Days:
    """Days, as spans that neither meet nor touch, in their order."""

    def __init__(self) -> None:
        self._spans: list[Span] = []

    def __iter__(self) -> Iterator[Span]:
        return iter(self._spans)

    def add(self, span: Span) -> None:
        """Take in the days of a span."""
        lo, hi = span
        begin = bisect_left(self._spans, lo - 1, key=lambda one: one[1])
        end = bisect_right(self._spans, hi + 1, key=lambda one: one[0])
        touched = self._spans[begin:end]
        if touched:
            lo, hi = min(lo, touched[0][0]), max(hi, touched[-1][1])
        self._spans[begin:end] = [(lo, hi)]

    def within(self, span: Span) -> list[Span]:
        """Return those of the days that lie in a span."""
        lo, hi = span
        begin = bisect_left(self._spans, lo, key=lambda one: one[1])
        end = bisect_right(self._spans, hi, key=lambda one: one[0])
        return [(max(lo, a), min(hi, b)) for a, b in self._spans[begin:end]]

    def without(self, span: Span) -> list[Span]:
        """Return the days of a span that are not among them."""
        free, next_ = [], span[0]
        for lo, hi in self.within(span):
            if next_ < lo:
                free.append((next_, lo - 1))
            next_ = hi + 1
        return [*free, (next_, span[1])] if next_ <= span[1] else free


Whose = Callable[[Span], Iterator[Step]]


class _Claims:
    """Who sets what on which days: for each path those that set it, or less of it."""

    def __init__(self) -> None:
        self._set: dict[Path, tuple[Days, list[tuple[Span, Step]]]] = {}
        self._inside: dict[Path, tuple[Days, list[tuple[Span, Step]]]] = {}

    def of(self, way: Path) -> Iterator[tuple[Days, Whose]]:
        """Yield on which days the same is set, more or less of it, and how to find who does."""
        there = [self._set.get(way[:n]) for n in range(len(way) + 1)]
        for claimed in (*there, self._inside.get(way)):
            if claimed is not None:
                yield claimed[0], partial(_meeting, claimed[1])

    def note(self, way: Path, step: Step, span: Span) -> None:
        """Remember that a step sets something."""
        for n in range(len(way) + 1):
            where = self._set if n == len(way) else self._inside
            days, steps = where.setdefault(way[:n], (Days(), []))
            days.add(span)
            steps.append((span, step))


def _meeting(steps: Iterable[tuple[Span, Step]], span: Span) -> Iterator[Step]:
    yield from (step for (lo, hi), step in steps if lo <= span[1] and span[0] <= hi)
