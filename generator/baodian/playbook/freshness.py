"""Who answers for what, when it was last read, and by when it is to be read again."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from baodian import model
from baodian.playbook.playbook import Playbook
from baodian.said.problems import At

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

    A thing says itself after how many days, else its kind, else the settings' `default` does.
    """
    return tuple(_reviews(playbook))


def _reviews(playbook: Playbook) -> Iterator[Review]:
    settings = playbook.settings
    for key, record in playbook.records():
        kind = key.partition(":")[0]
        if isinstance(record, model.Kept) and not record.draft and kind not in DATED:
            every = record.freshness or next(
                (days for word in (kind, "default") for k, days in settings.freshness.items()
                 if k == word), None,
            )  # fmt: skip
            yield Review(
                key,
                str(record.owner or _ruler(playbook, record) or settings.owner),
                record.reviewed.date if record.reviewed else None,
                every.number if every else YEAR,
                record.reviewed.at if record.reviewed else record.at,
            )


def _ruler(playbook: Playbook, record: model.Kept) -> object:
    """Return who answers for the ruler of a class; the guide of a class is theirs too."""
    if not isinstance(record, model.ClassGuide):
        return None
    scheme = playbook.schemes.get(record.class_.scheme)
    return scheme.owner if scheme else None
