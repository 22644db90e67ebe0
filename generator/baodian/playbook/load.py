"""The folders of a project → the playbook of a day and a city, or every problem of form."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from baodian import trees
from baodian.cache import Cache
from baodian.playbook.made import Made, Maker, Said
from baodian.playbook.playbook import Playbook
from baodian.said.problems import PlaybookError, Problem
from baodian.source import Mapping, Scalar

When = tuple[datetime.date | None, str]
"""A day, and the id of a city; no day means all that is written, "" is every city."""


@dataclass(frozen=True, eq=False)
class Library:
    """All that is written, before anybody has asked for a day or a city."""

    almanac: trees.Almanac
    content: trees.Content
    faults: tuple[Problem, ...] = ()
    """What is wrong with files, and with where they stand; the same for every edition."""
    texts: trees.Texts = field(default_factory=dict)
    said: Said = field(default_factory=Said)
    """What files and trees say, for another library in which most of it is the same."""
    _kept: dict[When, Made] = field(default_factory=dict)

    @property
    def shelf(self) -> trees.Shelf:
        """Return all trees as they are written."""
        return self.almanac.shelf

    @property
    def steps(self) -> tuple[trees.Step, ...]:
        """Return every step of every layer."""
        return self.almanac.steps

    @property
    def turns(self) -> tuple[datetime.date, ...]:
        """Return the days on which something begins or has ended, sorted."""
        return self.almanac.turns

    @property
    def cities(self) -> tuple[str, ...]:
        """Return the ids of the cities that something differs in."""
        return self.almanac.cities

    def name_of(self, city: str) -> str:
        """Return what a city is called."""
        node = self.almanac.shelf.trees[trees.CITY, city].node
        name = node.get(Scalar("name")) if isinstance(node, Mapping) else None
        return str(name) if isinstance(name, Scalar) else city

    @cached_property
    def unfolded(self) -> Library:
        """Return what was written before changes were folded: what they say holds from their day.

        One of which what was before cannot be read any more stays folded.
        """
        before = self
        for change in trees.latest_first(self.shelf):
            almanac = trees.Almanac(trees.unfolded(before.shelf, change))
            one = Library(almanac, self.content, self.faults, self.texts, self.said)
            if one.readable(one.kept(None)):
                before = one
        return before

    @cached_property
    def _maker(self) -> Maker:
        return Maker(self.almanac, self.content.pages, self.content.files, self.said)

    @cached_property
    def _slips(self) -> tuple[Problem, ...]:
        """Return what is wrong with trees as they are written, whether they ever hold or not."""
        return self._maker.made(self.almanac.edition(None)).problems

    def edition(self, day: datetime.date, city: str = "") -> trees.Edition:
        """Return the trees of a day and a city."""
        return self.almanac.edition(day, city)

    def made(self, day: datetime.date | None, city: str = "", before: Made | None = None) -> Made:
        """Return what is in force on a day and in a city.

        `before` is of an earlier day and the same city: of it stays what does not turn since.
        """
        edition = self.almanac.edition(day, city, before.edition if before else None)
        return self._maker.made(edition, before)

    def kept(self, day: datetime.date | None, city: str = "") -> Made:
        """Return `made`, the same one whenever it is asked for."""
        if (day, city) not in self._kept:
            self._kept[day, city] = self.made(day, city)
        return self._kept[day, city]

    def problems(self, made: Made) -> tuple[Problem, ...]:
        """Return what is wrong with files, layers and trees, as far as an edition shows it."""
        day, city = made.edition.day, made.edition.city
        met = (
            conflict.problem for conflict in self.almanac.conflicts
            if day and conflict.holds(day) and conflict.step.city in ("", city)
        )  # fmt: skip
        slips = self._but_told(dict.fromkeys((*made.problems, *self._slips)))
        return (*self.faults, *self.almanac.problems, *met, *made.edition.problems, *slips)

    def new_problems(self, made: Made) -> tuple[Problem, ...]:
        """Return `problems` without what was told of the edition before, and without conflicts."""
        return (*made.edition.new_problems, *self._but_told(made.new_problems))

    def conflicts(self, today: datetime.date) -> Iterator[tuple[Problem, datetime.date, str]]:
        """Yield what stands in the way of what, today or later, with the first day and the city."""
        for conflict in self.almanac.conflicts:
            if (since := conflict.since(today)) is not None:
                yield conflict.problem, since, conflict.step.city

    def _but_told(self, slips: Iterable[Problem]) -> Iterator[Problem]:
        told = {fault.at for fault in self.faults}  # what was mended while reading is told there
        yield from (slip for slip in slips if slip.at not in told)

    def readable(self, made: Made) -> bool:
        """Say whether all files and trees can be read, those too that do not hold on the day."""
        return made.readable and not self.faults and not self._slips

    def playbook(self, day: datetime.date | None, city: str = "") -> Playbook | None:
        """Return the playbook of a day and a city, with what each layer does.

        If something in it cannot be read it holds only what can. It is None without settings.
        """
        playbook = self.kept(day, city).playbook
        if playbook is None or day is None:
            return playbook
        layers: dict[str, list[trees.Done]] = {}
        for step in self.almanac.steps:
            if (done := self.almanac.done(step, day)) is not None:
                layers.setdefault(":".join(step.layer), []).append(done)
        for done in self.almanac.folded:
            layers.setdefault(":".join(done.step.layer), []).append(done)
        return replace(playbook, layers={key: tuple(done) for key, done in layers.items()})

    def loaded(
        self, day: datetime.date | None, city: str = ""
    ) -> tuple[Playbook, tuple[Problem, ...]]:
        """Return the playbook of a day and a city, and the problems of form; see `load`."""
        playbook, problems = self.playbook(day, city), self.problems(self.kept(day, city))
        if playbook is None:
            raise PlaybookError(problems)
        return playbook, problems


def library(project: Path, like: Library | None = None, cache: Cache | None = None) -> Library:
    """Return all that is written in `project`.

    Of `like` is taken what is the same there, byte by byte: it is not read and made again. Nor is
    read again what a `cache` holds.
    """
    texts: trees.Texts = dict(like.texts) if like else {}
    said = like.said if like else Said()
    files, faults = trees.files(project, texts, cache)
    shelf, misplaced = trees.shelved(files, said.files)
    content, unreadable = trees.content(project)
    return Library(
        trees.Almanac(shelf), content, (*faults, *misplaced, *unreadable, *trees.engine(project)),
        texts, said,
    )  # fmt: skip


def load(
    project: Path, day: datetime.date | None = None, city: str = ""
) -> tuple[Playbook, tuple[Problem, ...]]:
    """Return the playbook of `project` on a day and in a city, and the problems of form.

    With problems, the playbook holds only what could be read: it can be checked entity by entity
    but not published. Raises `PlaybookError` if not even the settings could be read.
    """
    return library(project).loaded(day, city)
