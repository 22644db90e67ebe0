"""A project and an edition of it → its timeline."""

from __future__ import annotations

import datetime
from pathlib import Path

from baodian import history
from baodian.cache import Cache
from baodian.playbook import Edition
from baodian.playbook.load import Library
from baodian.timeline import of_changes
from baodian.timeline.event import Event, Timeline
from baodian.timeline.of_history import Past

MOST = 60
"""Of how many days of a year the history is told at most, the latest ones."""


def timeline(project: Path, books: Library, edition: Edition) -> Timeline:
    """Return what came and comes to mean something else in an edition of `project`.

    An audience is told of changes alone: by how an earlier revision hid something, nothing can be
    said of what must stay hidden now.
    """
    events = tuple(of_changes.events(books.unfolded, edition))
    if edition.audience:
        return Timeline(_in_order(events))
    t, since = edition.words, a_year_before(edition.today)
    try:
        days = history.days(project, since)
        stood = (*((days.before,) if days.before else ()), *days.stood)[-MOST - 1 :]
        past = Past(project, edition, Cache.of(project), books)
        events = (*events, *(e for e in past.events(stood, books) if e.pieces))
    except history.NoHistory as why:
        said = why.message.msgid.startswith("git says")  # may name a folder of this machine
        gap = t("git cannot be asked here.") if said else t.text(why.message)
        return Timeline(_in_order(events), None, gap)
    gaps = []
    if not days.whole and days.before is None:
        gaps.append(
            t("This copy of the repository holds only its last part: “git fetch --unshallow”.")
        )
    if len(days.stood) > MOST:
        gaps.append(
            t("Of the days on which something was changed, only the latest {n} are told.", n=MOST)
        )
    known = since if days.before else stood[0].day if stood else None
    return Timeline(
        _in_order(events), known, " ".join(gaps), tuple(past.skipped), dict(past.announced)
    )


def a_year_before(day: datetime.date) -> datetime.date:
    """Return the same day of the year before."""
    year = max(day.year - 1, datetime.MINYEAR)
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February
        return day.replace(year=year, day=28)


def _in_order(events: tuple[Event, ...]) -> tuple[Event, ...]:
    return tuple(sorted(events, key=lambda event: event.day))
