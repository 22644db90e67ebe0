"""From the folders to every problem: of each day that turns something, each city and audience."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from baodian import checks, history
from baodian.cache import Cache
from baodian.page import Page
from baodian.pages import content_links
from baodian.pages.clashes import clashes
from baodian.pages.content_links import Ours
from baodian.pages.sought import one_by_one
from baodian.playbook import Edition, Playbook
from baodian.playbook.audience import restricted
from baodian.playbook.causes import caused
from baodian.playbook.load import Library, library
from baodian.playbook.made import Made
from baodian.playbook.vanished import unread, vanished
from baodian.read import in_settings, of_audience
from baodian.said.messages import Message, words
from baodian.said.problems import At, PlaybookError, Problem, errors, in_order
from baodian.today import today_of


def gone_since(project: Path, revision: str) -> tuple[tuple[Problem, ...], tuple[At, ...]]:
    """Return the problems of ids that a revision has and `project` has no more.

    With them come the places of that revision which cannot be read, so are not compared. Raises
    `NoHistory`; without any settings of today there are no problems, for `checked` tells that.
    """
    with history.at(project, revision) as folder:
        old, new = library(folder), library(project)
        return tuple(vanished(old, new, revision)), unread(old)


def checked(
    project: Path,
    today: datetime.date | None = None,
    audience: str = "",
    cache: Cache | None = None,
) -> tuple[Playbook | None, tuple[Problem, ...]]:
    """Return the playbook of a day and every problem; None unless all of it can be read.

    Looks at today and at each later day on which something changes, everywhere and in each city,
    for every audience or only for one. A problem that is none today, everywhere and for all says
    from when, where and for whom. Makes pages only if a hand-written one links to a page of the
    playbook. With a `cache` it is quicker and says the same. Raises `UnknownEdition`.
    """
    try:
        books = library(project, cache=cache)
    except PlaybookError as error:
        return None, error.problems
    today = today or today_of(None)
    told = _Told(books, today)
    checker = checks.Checker((clashes,))
    if cache:
        checker.begin(cache)
    playbook: Playbook | None = None
    linked: Playbook | None = None  # among whose pages links of hand-written ones were sought last
    for city in ("", *books.cities):
        made: Made | None = None
        for day in (today, *(day for day in books.turns if day > today)):
            before, made = made, books.made(day, city, made)
            readable = books.readable(made)
            first = before is None
            told.add(books.problems(made) if first else books.new_problems(made), day, city, made)
            if made.playbook is None:
                continue
            told.add(checker.check(made.playbook, readable=readable), day, city, made)
            if readable and content_links.may_differ(made.playbook, linked):
                linked = made.playbook
                told.add(_links(linked, day, told.problems()), day, city)
            if (day, city) == (today, "") and readable:
                playbook = made.playbook
    if cache:
        checker.save(cache)
    for problem, day, city in books.conflicts(today):
        told.add((problem,), day, city)
    told.add(in_settings(project), today, "")
    problems = told.problems()
    if playbook and audience:
        problems = of_audience(problems, playbook, audience)
    return playbook, problems


def _links(
    playbook: Playbook, day: datetime.date, problems: tuple[Problem, ...]
) -> Iterator[Problem]:
    """Yield what is wrong with links of hand-written pages, for everybody and each audience."""
    everybody = tuple(content_links.problems(playbook, _ours(playbook, day, problems)))
    yield from everybody
    known = {(p.at, p.message) for p in everybody}
    for id_, audience in playbook.settings.audiences.items():
        seen = restricted(playbook, str(id_)).playbook
        ours = _ours(playbook, day, problems, str(id_))
        for problem in content_links.problems(seen, ours) if seen.content else ():
            if (problem.at, problem.message) not in known:
                yield replace(problem, audience=str(audience.name))


class _Told:
    """Every problem once: of the first day and city that it was found in."""

    def __init__(self, books: Library, today: datetime.date) -> None:
        self._books, self._today = books, today
        self._known: dict[tuple[At, str, Message, str], Problem] = {}

    def add(
        self, problems: Iterable[Problem], day: datetime.date, city: str, made: Made | None = None
    ) -> None:
        """Take in what is wrong on a day and in a city, or in the edition of both."""
        for problem in problems:
            key = problem.at, problem.code, problem.message, problem.audience
            if key not in self._known:
                since = day if day > self._today else None
                where = self._books.name_of(city) if city else ""
                if made is not None and (since or where):
                    problem = caused(problem, self._books.almanac, made, first=since is None)
                self._known[key] = replace(problem, since=since, city=where)

    def problems(self) -> tuple[Problem, ...]:
        """Return all problems, sorted."""
        return in_order(self._known.values())


def _ours(
    playbook: Playbook, day: datetime.date, problems: tuple[Problem, ...], audience: str = ""
) -> Ours:
    """Return the pages of a playbook whose links can be followed, not known if it has errors."""

    def make(first: str) -> Iterator[Page] | None:
        if errors(problems):
            return None
        edition = Edition(words(playbook.settings.language), day, audience=audience)
        return one_by_one(playbook, edition, problems, first)

    return Ours(make)
