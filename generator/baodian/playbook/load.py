"""The folders of a project → the playbook of a day and a city, or every problem of form."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from baodian import trees
from baodian.playbook.made import Memo, made
from baodian.playbook.playbook import Playbook
from baodian.said.problems import PlaybookError, Problem
from baodian.source import Mapping, Scalar

When = tuple[datetime.date | None, str]
"""A day, and the id of a city; no day means all that is written, "" is every city."""


@dataclass(frozen=True, eq=False)
class Library:
    """All that is written, before anybody has asked for a day or a city."""

    shelf: trees.Shelf
    content: trees.Content
    faults: tuple[Problem, ...] = ()
    """What is wrong with files, and with where they stand; the same for every edition."""
    _memo: Memo = field(default_factory=dict)
    _editions: dict[When, trees.Edition] = field(default_factory=dict)

    @cached_property
    def steps(self) -> tuple[trees.Step, ...]:
        """Return every step of every layer."""
        return trees.steps(self.shelf)

    @cached_property
    def turns(self) -> tuple[datetime.date, ...]:
        """Return the days on which something begins or has ended, sorted."""
        return trees.turns(self.shelf, self.steps)

    @cached_property
    def cities(self) -> tuple[str, ...]:
        """Return the ids of the cities that something differs in."""
        named = {step.city for step in self.steps} - {""}
        order = [id_ for kind, id_ in self.shelf.trees if kind == trees.CITY]
        return tuple(city for city in order if city in named)

    def name_of(self, city: str) -> str:
        """Return what a city is called."""
        node = self.shelf.trees[trees.CITY, city].node
        name = node.get(Scalar("name")) if isinstance(node, Mapping) else None
        return str(name) if isinstance(name, Scalar) else city

    def edition(self, day: datetime.date | None, city: str = "") -> trees.Edition:
        """Return the trees of a day and a city."""
        if (day, city) not in self._editions:
            self._editions[day, city] = trees.edition(self.shelf, self.steps, day, city)
        return self._editions[day, city]

    def playbook(
        self, day: datetime.date | None, city: str = ""
    ) -> tuple[Playbook | None, tuple[Problem, ...]]:
        """Return the playbook of a day and a city, and the problems of its trees.

        With problems it holds only what could be read. It is None without settings.
        """
        edition = self.edition(day, city)
        moved = dict(trees.withdrawn(edition))
        pages, beside = self.content.pages, self.content.files
        playbook, slips = made(edition.shelf, pages, beside, self._memo, moved)
        told = {fault.at for fault in self.faults}  # what was mended while reading is told there
        slips = tuple(slip for slip in slips if slip.at not in told)
        if playbook is not None and day is not None:
            absent = {":".join(key): why for key, why in edition.absent.items()}
            playbook = replace(
                playbook, day=day, city=city, layers=self._done(day, city), absent=absent
            )
        return playbook, slips

    def _done(self, day: datetime.date, city: str) -> dict[str, tuple[trees.Done, ...]]:
        """Return what each layer does, by `kind:id`, those to come on their first day."""
        layers: dict[str, list[trees.Done]] = {}
        for step in self.steps:
            since, until = step.period.since, step.period.until
            at = max(day, since or day)
            at = min(at, until) if until is not None and until >= (since or until) else at
            done = (d for d in self.edition(at, step.city).done if d.step == step)
            layers.setdefault(":".join(step.layer), []).extend(done)
        return {key: tuple(done) for key, done in layers.items()}


def library(project: Path) -> Library:
    """Return all that is written in `project`. Raises `PlaybookError` without settings."""
    files, faults = trees.files(project)
    shelf, misplaced = trees.shelved(files)
    content, unreadable = trees.content(project)
    return Library(shelf, content, (*faults, *misplaced, *unreadable, *trees.engine(project)))


def load(
    project: Path, day: datetime.date | None = None, city: str = ""
) -> tuple[Playbook, tuple[Problem, ...]]:
    """Return the playbook of `project` on a day and in a city, and the problems of form.

    With problems, the playbook holds only what could be read: it can be checked entity by entity
    but not published. Raises `PlaybookError` if not even the settings could be read.
    """
    books = library(project)
    playbook, problems = books.playbook(day, city)
    if playbook is None:
        raise PlaybookError((*books.faults, *problems))
    return playbook, (*books.faults, *books.edition(day, city).problems, *problems)
