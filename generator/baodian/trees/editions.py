"""The shelf as it is on a day and in a city: an edition, made whole, or from an earlier one."""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Map
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeVar

from baodian.said.problems import Problem
from baodian.source import Node
from baodian.trees.conflicts import Conflict, conflicts
from baodian.trees.layers import (
    ALWAYS,
    CHANGE,
    CITY,
    Period,
    Step,
    days_of,
    folded_steps,
    forgotten,
    misdated,
    steps,
)
from baodian.trees.shelf import Key, Shelf
from baodian.trees.standing import (
    Absent,
    Done,
    Schedule,
    Stand,
    Standing,
    Written,
    group_of,
    key_of,
    undone,
)

T = TypeVar("T")

ORDER = {"add": 0, "change": 1, "withdraw": 2}
"""In which order steps of one rank are carried out on one thing."""


@dataclass(frozen=True, eq=False)
class Edition:
    """The trees of a day and a city, and how each thing stands that dates or layers are about.

    The trees are in no order; `Almanac.order` has it.
    """

    shelf: Shelf
    day: datetime.date | None = None
    city: str = ""
    stands: Map[Key, Stand] = field(default_factory=dict)
    moved: Map[Key, Key] = field(default_factory=dict)
    """What is withdrawn with a successor, and what stands for it."""
    anew: frozenset[Key] = frozenset()
    """What may stand otherwise than in the edition that this one was made from."""

    @property
    def done(self) -> tuple[Done, ...]:
        """Return the steps that were carried out."""
        return tuple(done for stand in self.stands.values() for done in stand.done)

    def absent_of(self, key: Key) -> tuple[tuple[str, Absent], ...]:
        """Return why a thing, or what was in it, is not there, by `kind:id` and `kind:id#part`."""
        stand, name = self.stands.get(key, Stand()), ":".join(key)
        whole = ((name, stand.absent),) if stand.absent else ()
        return (*whole, *((f"{name}#{part}", absent) for part, absent in stand.gone))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return what is wrong with the layers on this day and in this city."""
        return tuple(problem for stand in self.stands.values() for problem in stand.problems)

    @property
    def new_problems(self) -> tuple[Problem, ...]:
        """Return what is wrong with layers about what stands anew."""
        return tuple(problem for key in self.anew for problem in self.stands[key].problems)


@dataclass(frozen=True, eq=False)
class Almanac:
    """All that is written, and when what of it holds.

    How a thing stands depends on its own tree, its own steps and at most on what it stands inside
    and what stands for it. So an edition is made from another by looking again at few things.
    """

    shelf: Shelf

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """Return every step of every layer, in the order of the files."""
        return steps(self.shelf)

    @cached_property
    def layers(self) -> frozenset[str]:
        """Return the files of layers."""
        return frozenset(tree.file for tree in self.shelf.all() if tree.kind in (CHANGE, CITY))

    @cached_property
    def turning(self) -> Map[datetime.date, tuple[Step, ...]]:
        """Return the steps that begin on a day or have ended the day before, by the day."""
        turning: dict[datetime.date, list[Step]] = {}
        for step in self.steps:
            for day in step.period.turns():
                turning.setdefault(day, []).append(step)
        return {day: tuple(steps) for day, steps in turning.items()}

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """Return what is wrong with dates and layers on whatever day."""
        return (*misdated(self.shelf), *forgotten(self.shelf))

    @cached_property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Return the steps that others stand in the way of."""
        return tuple(
            conflict for key, of in self._of.items() for conflict in conflicts(of, self._node(key))
        )

    @cached_property
    def turns(self) -> tuple[datetime.date, ...]:
        """Return the days on which something begins or has ended, sorted."""
        return tuple(sorted(self._turning))

    @cached_property
    def cities(self) -> tuple[str, ...]:
        """Return the ids of the cities that something differs in, in the order of their files."""
        named = {step.city for step in self.steps}
        return tuple(id_ for kind, id_ in self.shelf.trees if kind == CITY and id_ in named)

    def edition(
        self,
        day: datetime.date | None,
        city: str = "",
        before: Edition | None = None,
    ) -> Edition:
        """Return the shelf with all that is in force on a day and in a city.

        Without a day it is the shelf as written, whatever dates and layers say. `before` is the
        edition of an earlier day and the same city: all that does not turn since stays.
        """
        if day is None:
            return Edition(self.shelf)
        old = Edition(self.shelf) if before is None else before
        anew = self._movable
        if old.day is not None:
            turned = self.turns[bisect_right(self.turns, old.day) : bisect_right(self.turns, day)]
            anew = frozenset(key for turn in turned for key in self._turning[turn])
        work = Standing(self._written, day, city)
        found = {key: work.stand(key) for key in anew}
        stands = {**old.stands, **found}
        trees, moved = dict(old.shelf.trees), dict(old.moved)
        for key, stand in found.items():
            _put(trees, key, stand.tree)
            _put(moved, key, stand.moved)
        return Edition(replace(self.shelf, trees=trees), day, city, stands, moved, anew)

    def done(self, step: Step, day: datetime.date) -> Done | None:
        """Return what a step does, on its first day if it is still to come, on its last if over."""
        since, until = step.period.since, step.period.until
        at = max(day, since or day)
        at = min(at, until) if until is not None else at
        stand = Standing(self._written, at, step.city).stand(step.key)
        return next((done for done in stand.done if done.step is step), None)

    @cached_property
    def folded(self) -> tuple[Done, ...]:
        """Return what changes did that the things themselves have by now."""
        return tuple(
            done for step in folded_steps(self.shelf)
            if (done := undone(self.shelf.trees.get(step.key), step)) is not None
        )  # fmt: skip

    @cached_property
    def order(self) -> dict[Key, int]:
        """Return the places of all things: as written, then what layers add."""
        added = (step.key for step in self.steps if step.does == "add")
        return {key: n for n, key in enumerate(dict.fromkeys((*self.shelf.trees, *added)))}

    @cached_property
    def _of(self) -> dict[Key, tuple[Step, ...]]:
        """Return the steps for each thing, in the order of the files."""
        by_key: dict[Key, list[Step]] = {}
        for step in self.steps:
            by_key.setdefault(step.key, []).append(step)
        return {key: tuple(of) for key, of in by_key.items()}

    @cached_property
    def _written(self) -> Written:
        refused = {id(conflict.step): conflict for conflict in self.conflicts}
        steps_ = {
            key: Schedule(sorted(of, key=lambda s: ORDER[s.does]), refused)
            for key, of in self._of.items()
        }
        adding = {s.key: s for s in reversed(self.steps) if s.does == "add"}
        trees = self.shelf.trees.items()
        retired = {key[1]: str(tree.node) for key, tree in trees if key[0] == "retired"}
        return Written(self.shelf, steps_, adding, retired)

    def _node(self, key: Key) -> Node | None:
        """Return what a thing is made of, as written: in its own file, or where a layer adds it."""
        if (tree := self.shelf.trees.get(key)) is not None:
            return tree.node
        return next((s.node for s in self._of.get(key, ()) if s.does == "add"), None)

    @cached_property
    def _following(self) -> dict[Key, frozenset[Key]]:
        """Return what may stand otherwise when a thing does: what is in it, or led to it."""
        following: dict[Key, set[Key]] = {}
        for key, tree in self.shelf.trees.items():
            if tree.within is not None:
                following.setdefault(tree.within, set()).add(key)
        for step in self.steps:
            if step.does == "add" and (within := group_of(step)):
                following.setdefault(within, set()).add(step.key)
            if step.successor is not None:
                following.setdefault(key_of(step.successor), set()).add(step.key)
        return {key: frozenset(keys) for key, keys in following.items()}

    def _with_following(self, keys: Iterable[Key]) -> frozenset[Key]:
        """Return things with all that may stand otherwise when they do."""
        found: set[Key] = set()
        ahead = list(keys)
        while ahead:
            if (key := ahead.pop()) not in found:
                found.add(key)
                ahead += self._following.get(key, ())
        return frozenset(found)

    @cached_property
    def _turning(self) -> dict[datetime.date, frozenset[Key]]:
        """Return what may stand otherwise than on the day before, by the day."""
        turning: dict[datetime.date, set[Key]] = {}
        for key, days in self._dated():
            for day in days.turns():
                turning.setdefault(day, set()).add(key)
        return {day: self._with_following(keys) for day, keys in turning.items()}

    @cached_property
    def _movable(self) -> frozenset[Key]:
        """Return all that does not stand as written on every day and in every city."""
        return self._with_following(
            (*self._of, *(key for key, days in self._dated() if days != ALWAYS))
        )

    def _dated(self) -> Iterator[tuple[Key, Period]]:
        for key, tree in self.shelf.trees.items():
            yield key, days_of(tree)
        for step in self.steps:
            if not step.period.empty:
                yield step.key, step.period


def _put(things: dict[Key, T], key: Key, thing: T | None) -> None:
    if thing is None:
        things.pop(key, None)
    else:
        things[key] = thing
