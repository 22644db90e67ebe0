"""The two sides of a comparison: folders, revisions, days and cities; what differs between."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from baodian import history, trees
from baodian.meaning import Change, diff
from baodian.playbook import Playbook, published
from baodian.playbook.audience import restricted
from baodian.playbook.load import Library, library
from baodian.said.messages import Message, msg
from baodian.said.problems import Problem, RefusedError, errors, in_order


class Unreadable(RefusedError):  # noqa: N818 - read as a sentence
    """A side that cannot be compared: why, and the problems of its files."""

    def __init__(self, message: Message, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(message)
        self.problems = problems


@dataclass(frozen=True, eq=False)
class Side:
    """One side: its name, all that is written there, on which day, in which city, for whom.

    `audience` is the id of whose edition it is; "" for all that is written.
    """

    name: str
    books: Library
    day: datetime.date
    city: str = ""
    audience: str = ""

    @cached_property
    def playbook(self) -> Playbook:
        """Return what holds there, without drafts. Raises `Unreadable`."""
        city = self.city if self.city in self.books.cities else ""  # else it is as everywhere
        made = self.books.kept(self.day, city)
        found = self.books.playbook(self.day, city)
        if found is None or not self.books.readable(made):
            problems = in_order(errors(self.books.problems(made)))
            raise Unreadable(msg("{side} cannot be read, so nothing is compared.", side=self.name),
                             problems)  # fmt: skip
        if self.audience:
            if self.audience not in map(str, found.settings.audiences):
                raise Unreadable(msg("In {side}, playbook.yml names no audience “{name}”.",
                                     side=self.name, name=self.audience))  # fmt: skip
            found = restricted(found, self.audience).playbook
        return published(found)


@dataclass(frozen=True)
class Section:
    """The changes that hold from a day on (None: at once), in a city ("": everywhere)."""

    changes: tuple[Change, ...]
    since: datetime.date | None = None
    city: str = ""


@dataclass(frozen=True, eq=False)
class Compared:
    """Two sides and what differs: at once, then on later days and in cities."""

    old: Side
    new: Side
    sections: tuple[Section, ...]

    @property
    def changes(self) -> tuple[Change, ...]:
        """Return all changes of all sections."""
        return tuple(change for section in self.sections for change in section.changes)


def written(project: Path, named: str, like: Library | None = None) -> Library:
    """Return what stands in a folder, or at a revision of git of `project`.

    A folder with a playbook goes before a revision of the same name. Raises `Unreadable`.
    """
    folder = Path(named)
    if (folder / trees.DATA).is_dir():
        return library(folder, like)
    try:
        with history.at(project, named) as data:
            return library(data, like)
    except history.NoHistory as error:
        if folder.exists():
            text = msg("There is no {name} in {folder}.", name=trees.DATA, folder=named)
            raise Unreadable(text) from None
        text = msg("“{name}” is no folder with a playbook, and no revision here: {reason}",
                   name=named, reason=error.message)  # fmt: skip
        raise Unreadable(text) from None


def compared(old: Side, new: Side) -> Compared:
    """Return what differs between two sides. Raises `Unreadable`.

    Where both sides hold layers that differ, later days on which one begins or ends, and cities,
    are compared too; what differs there as well as at once is told once.
    """
    first = diff(old.playbook, new.playbook)
    sections = [Section(first)]
    if old.books is not new.books and _layers_differ(first):
        sections += _later(old, new, first)
    return Compared(old, new, tuple(s for s in sections if s.changes or s is sections[0]))


def _layers_differ(changes: tuple[Change, ...]) -> bool:
    return any(c.entity.startswith(("change:", "overlay:")) for c in changes)


def _later(old: Side, new: Side, told: tuple[Change, ...]) -> Iterator[Section]:
    today = max(old.day, new.day)
    days = sorted({day for side in (old, new) for day in side.books.turns if day > today})
    known = {change.fingerprint for change in told}
    for day in days:
        yield from _unknown(replace(old, day=day), replace(new, day=day), known, day)
    if not old.city and not new.city:
        cities = dict.fromkeys((*new.books.cities, *old.books.cities))
        for city in cities:
            yield from _unknown(replace(old, city=city), replace(new, city=city), known, None)


def _unknown(
    old: Side, new: Side, known: set[str], since: datetime.date | None
) -> Iterator[Section]:
    found = diff(old.playbook, new.playbook)
    new_ones = tuple(change for change in found if change.fingerprint not in known)
    known |= {change.fingerprint for change in found}
    yield Section(new_ones, since, new.city if since is None else "")
