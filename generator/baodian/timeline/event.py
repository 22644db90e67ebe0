"""The values of a timeline: days, and what came to mean something else on each."""

from __future__ import annotations

import datetime
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from baodian.meaning import Change, diff
from baodian.meaning.change import fingerprint
from baodian.meaning.firsts import NOW, Firsts, firsts
from baodian.playbook import Playbook
from baodian.said.messages import Words
from baodian.text.amounts import amounts

From = Literal["change", "dates", "history", "folder"]
"""Where it comes from: a file of `changes/`, the dates of things themselves, a revision, or what
stands in the folder and in no revision yet."""

UNTOLD = frozenset(("change", "overlay", "source", "reason", "playbook", "slot"))
"""Kinds that only tell of others: announcements, where things come from, why one is missing; and
the settings and gaps of texts, which no page is about."""


@dataclass(frozen=True)
class Piece:
    """One thing that means something else than before, in words of one language.

    `key` is `kind:id`, `what` its name; `said` tells what it is about, `old` and `new` the values.
    `classes` are `scheme/class`, `roles` ids; what `print` is, `prints` says.
    """

    print: str
    kind: str
    key: str
    part: str
    what: str
    said: str
    old: str
    new: str
    classes: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    whole: bool = False  # whether all of it is new or gone
    why: str = ""  # why it is so, if its change says that of it alone

    @classmethod
    def of(cls, change: Change, t: Words, first: Firsts) -> Piece:
        """Return what a change says in the words of `t`."""
        return cls(
            prints(_facts(change, t), first), change.kind, change.entity, change.part,
            t.text(change.about), t.text(change.message),
            t.text(change.old) if change.old else "", t.text(change.new) if change.new else "",
            tuple("/".join(class_) for class_ in change.classes), change.roles,
            tuple(map(t.text, change.effects)), change.causes, not change.path,
            t.text(change.reason) if change.reason else "",
        )  # fmt: skip


def _facts(change: Change, t: Words) -> tuple[Hashable, ...]:
    """Return what a change means; of something new or gone no word counts.

    So a line that a change adds can be said better, and nobody is asked again; a number counts.
    """
    if change.kind not in ("new", "withdrawn"):
        return change.facts
    text = t.text(change.new or change.old or change.message)
    numbers = sorted(str(amount.size) for amount in amounts(text))
    return (change.kind, change.entity, change.part, *numbers)


def prints(
    facts: tuple[Hashable, ...], first: Firsts, inside: Iterable[Piece] = (), signs: int = 16
) -> str:
    """Return what stands for facts and pieces: by the ids of now, and by the first if others.

    Two of which one part is the same mean the same: a thing got another id in between, or another
    thing was replaced by it.
    """
    names = [piece.print.split() for piece in inside]
    now = (*NOW.of(facts), *sorted(name[0] for name in names))
    then = (*first.of(facts), *sorted(name[-1] for name in names))
    return " ".join(dict.fromkeys(fingerprint(one, signs) for one in (now, then)))


def pieces(before: Playbook, after: Playbook, t: Words) -> tuple[Piece, ...] | None:
    """Return what differs between two playbooks that readers see, None if one is too faulty.

    That something has another id is left out: no page shows ids, and old addresses lead on.
    Both can be read; what `check` would find in them, such as a name that leads nowhere, is told
    by nobody for an old revision, and must not stop a build. The first ids are those that are known
    before: what is withdrawn stands for nothing any more.
    """
    try:
        found, first = diff(before, after, quotes=False), before.once(firsts)
        return tuple(Piece.of(change, t, first) for change in found if change.path != ("id",))
    except (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError):
        return None


@dataclass(frozen=True)
class Event:
    """All that came, or comes, to mean something else on a day for one reason.

    `change` is the id of the change that begins then, or with `ends` is over; "" for no change.
    """

    day: datetime.date
    source: From
    pieces: tuple[Piece, ...]
    change: str = ""
    ends: bool = False

    def begun(self, day: datetime.date) -> bool:
        """Say whether it holds on a day; what stands in a revision holds, whatever its day."""
        return self.day <= day or self.source in ("history", "folder")


@dataclass(frozen=True)
class Skipped:
    """A revision that cannot be read: its day, its name, and why."""

    day: datetime.date
    revision: str
    why: str


@dataclass(frozen=True)
class Timeline:
    """What came to mean something else, by days, the earliest first.

    `since` is the day from which the history is known, None where it is not; `gap` says why not, or
    what of it is missing, "" if nothing is.
    """

    events: tuple[Event, ...] = ()
    since: datetime.date | None = None
    gap: str = ""
    skipped: tuple[Skipped, ...] = ()
    announced: Mapping[str, datetime.date] = field(default_factory=dict)
    """On which day each change was written down, by its id, as far as the history tells."""

    @cached_property
    def by_change(self) -> dict[str, Event]:
        """Return all that begins with each change, by its id, as of its first day."""
        found: dict[str, Event] = {}
        for event in self.events:
            if event.change and not event.ends:
                first = found.get(event.change, replace(event, pieces=()))
                found[event.change] = replace(first, pieces=(*first.pieces, *event.pieces))
        return found

    def print_of(self, change: str) -> str:
        """Return what stays the same as long as a change means the same, however it is worded."""
        event = self.by_change.get(change)
        ends = next((e.day for e in self.events if e.change == change and e.ends), None)
        days = (str(event.day) if event else "", str(ends))
        return prints(days, NOW, event.pieces if event else (), 12)


NOTHING = Timeline()
