"""What the days bring on which something begins or has ended, by changes and dates of things."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from baodian import model
from baodian.playbook import Edition, Playbook, seen_by
from baodian.playbook.load import Library
from baodian.timeline.event import UNTOLD, Event, Piece, pieces

_DAY = datetime.timedelta(days=1)


def events(books: Library, edition: Edition) -> Iterator[Event]:
    """Yield what each such day brings: the edition of that day against that of the day before.

    `books` are those before changes were folded, so that a folded one is told as it was.
    A day of which one of the two cannot be read is left out; `check` tells what is wrong there.
    """
    for day in books.turns:
        before, after = (_seen(books, edition, one) for one in (day - _DAY, day))
        if before is None or after is None:
            continue
        found = pieces(before, after, edition.words) or ()
        told = tuple(piece for piece in found if piece.key.partition(":")[0] not in UNTOLD)
        shown = frozenset(map(str, after.of(model.Change)))
        yield from _shared_out(books, day, told, shown, secret=bool(edition.audience))


def _seen(books: Library, edition: Edition, day: datetime.date) -> Playbook | None:
    playbook = books.playbook(day, edition.city)
    if playbook is None or not books.readable(books.kept(day, edition.city)):
        return None
    return seen_by(playbook, edition)


def _shared_out(
    books: Library,
    day: datetime.date,
    told: tuple[Piece, ...],
    shown: frozenset[str],
    *,
    secret: bool,
) -> Iterator[Event]:
    """Yield the pieces of a day by the changes that they come from, of those that are shown.

    What follows from no step of one alone, such as the sum of hours, belongs to each of the day.
    Of a change that is kept `secret`, nothing is told, nor what follows from nothing else.
    """
    keys: dict[str, set[str]] = {}
    over: dict[str, bool] = {}
    for step in books.steps:
        if step.layer[0] == model.Change.kind and day in step.period.turns():
            keys.setdefault(step.layer[1], set()).add(":".join(step.key))
            over[step.layer[1]] = over.get(step.layer[1], True) and step.period.since != day
    hidden = keys.keys() - shown
    if not keys or (hidden == keys.keys() and not secret):
        if told:
            yield Event(day, "dates", told)
        return
    claimed = frozenset[str]().union(*keys.values())
    for id_ in sorted(keys.keys() & shown):
        own = tuple(p for p in told if _of(p, keys[id_], claimed, alone=bool(hidden) and secret))
        yield Event(day, "change", own, id_, over[id_])


def _of(piece: Piece, own: set[str], claimed: frozenset[str], *, alone: bool) -> bool:
    """Say whether a piece comes from a change with these keys; `alone`, from it and no other."""
    of = {piece.key, *piece.causes} & claimed
    return of <= own and bool(of) if alone else bool(of & own) or not of
