"""Two layers of one rank that set the same on the same day: never does the last one win."""

from __future__ import annotations

import datetime
from bisect import bisect_right, insort
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from baodian.said.messages import msg
from baodian.said.problems import At, Problem, Related
from baodian.source import Node
from baodian.trees.carried import entitles, measure_of
from baodian.trees.layers import Path, Period, Step, ends, path_of

EVERYTHING: Path = ()


@dataclass(frozen=True)
class Conflict:
    """A step that sets what another one sets too, on which days, and the problem that says so."""

    step: Step
    days: Period
    problem: Problem


def conflicts(steps: Iterable[Step], node: Node | None) -> tuple[Conflict, ...]:
    """Return the steps for one thing that others stand in the way of, each with the first of them.

    `node` is what the thing is made of. Dated changes are of one rank, those of a city of another.
    The earlier one in the order of files stands; the other is not carried out on any day.
    """
    ranks: dict[tuple[str, bool], _Claims] = {}
    found: list[Conflict] = []
    for step in steps:
        # What is added is there to be changed, so it only meets what adds it again.
        claims = ranks.setdefault((step.city, step.does == "add"), _Claims())
        ways = tuple(_ways(step, node))
        first = next(filter(None, (claims.met(way, step.period) for way, _ in ways)), None)
        if first is None:
            for way, _ in ways:
                claims.note(way, step)
            continue
        at = next(at for way, at in ways if claims.met(way, step.period))
        message = msg("Two changes of the same time set this.")
        hint = msg("Take one of them out, or let one end before the other begins.")
        related = (Related(first.ref.at, msg("The first one stands here.")),)
        days = step.period.within(first.period)
        found.append(Conflict(step, days, Problem("layer-conflict", at, message, hint, related)))
    return tuple(found)


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


class _Claims:
    """Who has set what so far: for each path those that set it, and those that set less of it."""

    def __init__(self) -> None:
        self._set: dict[Path, _Days] = {}
        self._inside: dict[Path, list[Step]] = {}

    def met(self, way: Path, period: Period) -> Step | None:
        """Return who sets the same, more or less of it in a period."""
        for n in range(len(way) + 1):
            if (days := self._set.get(way[:n])) and (step := days.met(period)):
                return step
        inside = self._inside.get(way, ())
        return next((s for s in inside if not s.period.within(period).empty), None)

    def note(self, way: Path, step: Step) -> None:
        """Remember that a step sets something."""
        self._set.setdefault(way, _Days()).note(step)
        for n in range(len(way)):
            self._inside.setdefault(way[:n], []).append(step)


class _Days:
    """Steps by the first of their days; no two of them hold on one day."""

    def __init__(self) -> None:
        self._first: list[datetime.date] = []
        self._steps: dict[datetime.date, Step] = {}

    def note(self, step: Step) -> None:
        if (since := step.period.since or datetime.date.min) not in self._steps:
            insort(self._first, since)
        self._steps[since] = step

    def met(self, period: Period) -> Step | None:
        """Return a step that holds on a day of a period: of those that begin by its end the last
        one, for those before it have ended when that one begins."""
        n = bisect_right(self._first, period.until or datetime.date.max)
        step = self._steps[self._first[n - 1]] if n else None
        return step if step is not None and not step.period.within(period).empty else None
