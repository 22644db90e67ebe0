"""Which layer brings a problem about: a problem of a later day or of a city → with that layer.

What is wrong shows where values meet, often in the base, which is right today. An editor has to
look at the line of the layer that lets them meet so.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace

from baodian.playbook.made import Made
from baodian.said.messages import msg
from baodian.said.problems import At, Problem, Related
from baodian.source import Mapping, Node, Sequence
from baodian.trees import Almanac, Key, Step

FEW = 3
"""How many layers are named where any of them may be the cause."""

WRITTEN_ELSEWHERE = frozenset(
    ("empty-guide", "no-contact", "no-rhythm", "no-move", "no-row", "not-covered", "wrong-sections")
)
"""Codes whose hints ask for something new, which the base cannot hold before its day."""


def caused(problem: Problem, almanac: Almanac, made: Made, *, first: bool) -> Problem:
    """Return a problem of an edition with the lines of layers that bring it about.

    `first` says that the edition is the first of its city, so that nothing turned before it. What
    stands in a layer, or names one, stays as it is.
    """
    if file := _first(almanac.layers, problem):
        return _there(problem, file)
    edition = made.edition
    assert edition.day is not None
    steps = tuple(_turned(almanac, edition.day, edition.city, first=first))
    things = _things_at(made, {problem.at, *(one.at for one in problem.related)})
    own = tuple(step for step in steps if step.key in things)
    near = own or tuple(step for step in steps if things & _bound(made, step.key))
    sure = bool(own) or len({step.layer for step in steps}) == 1
    text = msg("This change brings it about.") if sure else msg("It may come of this change.")
    named = dict.fromkeys(step.ref.at for step in near or steps[:FEW])
    related = (*problem.related, *(Related(at, text) for at in named))
    return _there(replace(problem, related=related), next(iter(named)).file if sure else "")


def _first(files: frozenset[str], problem: Problem) -> str:
    """Return the first of some files that a problem names, "" if it names none."""
    places = (problem.at, *(one.at for one in problem.related))
    return next((at.file for at in places if at.file in files), "")


def _there(problem: Problem, file: str) -> Problem:
    """Return a problem whose hint says that what is to be written belongs into a layer too."""
    if not file or problem.hint is None or problem.code not in WRITTEN_ELSEWHERE:
        return problem
    hint = msg("{hint}\nIt is so only then and there: write it into {file}, under “add:” or "
               "“change:”.", hint=problem.hint, file=file)  # fmt: skip
    return replace(problem, hint=hint)


def _turned(almanac: Almanac, day: datetime.date, city: str, *, first: bool) -> Iterator[Step]:
    """Yield the steps that begin or end to hold; in the first edition of a city, all of its own."""
    steps = almanac.steps if first else almanac.turning.get(day, ())
    for step in steps:
        if (step.city == city and step.period.holds(day)) if first else step.city in ("", city):
            yield step


def _things_at(made: Made, places: set[At]) -> set[Key]:
    """Return the things that are written at some places."""
    files = {at.file for at in places}
    trees = made.edition.shelf.trees.values()
    return {t.key for t in trees if t.file in files and not places.isdisjoint(_places(t.node))}


def _places(node: Node) -> Iterator[At]:
    yield node.at
    if isinstance(node, Mapping):
        for key, value in node.items():
            yield key.at
            yield from _places(value)
    elif isinstance(node, Sequence):
        for item in node:
            yield from _places(item)


def _bound(made: Made, key: Key) -> set[Key]:
    """Return the things that name one."""
    if made.playbook is None:
        return set()
    uses = made.playbook.used.get(":".join(key), ())
    return {(use.by.partition(":")[0], use.by.partition(":")[2]) for use in uses}
