"""Who answers for what, when it was last read, and by when it is to be read again."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from baodian import model
from baodian.model.ids import KindId
from baodian.playbook.playbook import Playbook
from baodian.said.problems import At

T = TypeVar("T")
YEAR = 365
"""After how many days something is read again, where nobody says another number."""
DATED = ("change",)
"""Kinds that are announcements: they have their day, and nobody reads them again."""


@dataclass(frozen=True)
class Review:
    """One thing to be read again: what, whose, when it was last, and after how many days again."""

    key: str
    owner: str
    reviewed: datetime.date | None
    every: int
    at: At

    @property
    def due(self) -> datetime.date | None:
        """Return the last day by which it is to be read again; None if it never was read."""
        if self.reviewed is None:
            return None
        last = datetime.date.max.toordinal()
        return datetime.date.fromordinal(min(self.reviewed.toordinal() + self.every, last))

    def overdue(self, day: datetime.date) -> int:
        """Return for how many days it has been waiting on a day; 0 if it has not."""
        return max(0, (day - self.due).days) if self.due else 0


def reviews(playbook: Playbook) -> tuple[Review, ...]:
    """Return what is to be read again from time to time, in the order of the playbook.

    A thing says itself after how many days, else its kind, else the settings' `default` does. It
    was read on its own day or on that on which all of its kind was read, whichever is later.
    """
    return tuple(_reviews(playbook))


def _reviews(playbook: Playbook) -> Iterator[Review]:
    settings = playbook.settings
    for key, record in playbook.records():
        kind = key.partition(":")[0]
        if isinstance(record, model.Kept) and not record.draft and kind not in DATED:
            every = record.freshness or _of_kind(settings.freshness, kind)
            days = [day for day in (record.reviewed, _of_kind(settings.reviewed, kind)) if day]
            last = max(days, key=lambda day: day.date, default=None)
            yield Review(
                key,
                str(record.owner or _ruler(playbook, record) or settings.owner),
                last.date if last else None,
                every.number if every else YEAR,
                record.reviewed.at if record.reviewed else record.at,
            )


def _of_kind(told: Mapping[KindId, T], kind: str) -> T | None:
    """Return what the settings say of a kind, else of all."""
    by_kind = {str(word): value for word, value in told.items()}
    return by_kind.get(kind, by_kind.get("default"))


def _ruler(playbook: Playbook, record: model.Kept) -> object:
    """Return who answers for the ruler of a class; the guide of a class is theirs too."""
    if not isinstance(record, model.ClassGuide):
        return None
    scheme = playbook.schemes.get(record.class_.scheme)
    return scheme.owner if scheme else None
