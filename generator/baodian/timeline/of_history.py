"""What the revisions of git brought, day by day, and what stands in the folder alone."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import astuple, dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from baodian import history
from baodian.cache import Cache
from baodian.history import Stood
from baodian.playbook import Edition, Playbook, seen_by
from baodian.playbook.load import Library, library
from baodian.said.problems import At
from baodian.timeline.event import UNTOLD, Event, From, Piece, Skipped, pieces


@dataclass
class Past:
    """The revisions of a project; each is read at most once, and not at all if it is kept.

    `like` is what was read last: what is the same in another revision is taken from it.
    """

    project: Path
    edition: Edition
    kept: Cache
    like: Library
    skipped: list[Skipped] = field(default_factory=list)
    announced: dict[str, datetime.date] = field(default_factory=dict)
    _books: dict[str, Library] = field(default_factory=dict)

    def events(self, days: tuple[Stood, ...], books: Library) -> Iterator[Event]:
        """Yield what each day brought to what stood before; `books` is what stands now.

        Compared is what was in force on that day under each of the two, so that a change is told
        when it begins, not when it is written down, nor when it becomes part of the base.
        """
        last: Stood | None = None
        failed: Stood | None = None
        for stood in days:
            if why := self._unreadable(stood):
                self._skip(stood, why)
                continue
            if last is not None and last.tree != stood.tree:
                facts = (last.tree, stood.tree, stood.day, self._language)
                told = self.kept.once(facts, partial(self._between, last, stood))
                if (
                    told is None
                ):  # one of the two is too faulty: twice in a row, it is the older one
                    self._skip(stood, self.edition.words("It cannot be compared."))
                    last, failed = (stood, None) if failed else (last, stood)
                    continue
                yield self._event(stood.day, "history", _pieces(told))
            last, failed = stood, None
        if last is not None and history.differs(self.project, last.tree):
            today = self.edition.today
            now, before = self._seen(books, today), self._at(last, today)
            if now is not None and before is not None:
                found = pieces(before, now, self.edition.words) or ()
                yield self._event(today, "folder", found)

    def _skip(self, stood: Stood, why: str) -> None:
        self.skipped.append(Skipped(stood.day, stood.revision[:7], why))

    def _event(self, day: datetime.date, source: From, found: tuple[Piece, ...]) -> Event:
        """Return what a day brought; that a change was written down is noted, and no event."""
        for piece in found:
            kind, _, id_ = piece.key.partition(":")
            if kind == "change" and piece.kind == "new":
                self.announced.setdefault(id_, day)
        told = (piece for piece in found if piece.key.partition(":")[0] not in UNTOLD)
        return Event(day, source, tuple(told))

    @property
    def _language(self) -> str:
        return self.edition.words.language

    def _unreadable(self, stood: Stood) -> str:
        """Return why a revision cannot be read, "" if it can."""
        facts = (stood.tree, stood.day, self._language)
        return str(self.kept.once(facts, partial(self._why, stood)))

    def _why(self, stood: Stood) -> str:
        books = self._library(stood)
        made = books.kept(stood.day)
        if books.readable(made):
            return ""
        problem = next(iter(books.problems(made)), None)
        if problem is None:
            return "?"
        return f"{_place(problem.at)}: {self.edition.words.text(problem.message)}"

    def _between(self, old: Stood, new: Stood) -> list[Any] | None:
        before, after = self._at(old, new.day), self._at(new, new.day)
        if before is None or after is None:
            return None
        found = pieces(before, after, self.edition.words)
        return None if found is None else [astuple(piece) for piece in found]

    def _at(self, stood: Stood, day: datetime.date) -> Playbook | None:
        return self._seen(self._library(stood), day)

    def _seen(self, books: Library, day: datetime.date) -> Playbook | None:
        """Return what readers saw on a day, its data alone: git is asked for nothing else."""
        playbook = books.playbook(day)
        if playbook is None or not books.readable(books.kept(day)):
            return None
        seen = seen_by(playbook, replace(self.edition, drafts=False))
        return replace(seen, content=(), beside=())

    def _library(self, stood: Stood) -> Library:
        if stood.tree not in self._books:
            with history.at(self.project, stood.revision) as folder:
                self.like = self._books[stood.tree] = library(folder, self.like)
        return self._books[stood.tree]


def _pieces(told: Any) -> tuple[Piece, ...]:  # noqa: ANN401 - as JSON holds it
    def values(row: Any) -> Iterator[Any]:  # noqa: ANN401
        return (tuple(one) if isinstance(one, list) else one for one in row)

    return tuple(Piece(*values(row)) for row in told)


def _place(at: At) -> str:
    return f"{at.file}:{at.line}"
