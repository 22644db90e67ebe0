"""From the folders to a site as data: load, check, pages. Shared by `build`, `serve` and MkDocs."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path

from baodian import checks, pages
from baodian.checks.walk import typed
from baodian.page import Site
from baodian.pages import content_links, differing
from baodian.pages.clashes import clashes
from baodian.pages.ground import Ground
from baodian.playbook import Edition, Playbook
from baodian.playbook.load import Library, library
from baodian.playbook.made import Made
from baodian.said.messages import Message, Words, words
from baodian.said.problems import At, PlaybookError, Problem, errors, in_order

Expand = Callable[[str, Callable[[str], str]], str]


@dataclass(frozen=True)
class Read:
    """A playbook that can be published: its pages, its warnings, and the words and day they are of.

    `expand` turns the `【…】` of hand-written Markdown into links. It is given the Markdown and a
    function that turns an address from the root of the site into one for the page at hand. `typed`
    tells where words were typed, in the data and on hand-written pages.
    """

    site: Site
    words: Words
    today: datetime.date
    problems: tuple[Problem, ...] = ()
    expand: Expand | None = None
    typed: Callable[[str], tuple[At, ...]] = lambda sign: ()


class UnknownCityError(Exception):
    """There is no city of that id in `overlays/`."""


def read(project: Path, today: datetime.date, *, drafts: bool = False, city: str = "") -> Read:
    """Read the playbook of `project` as it is on the day `today`, in a city or everywhere.

    Raises `PlaybookError` with all problems of that edition, warnings too, if one is an error, and
    `UnknownCityError` if there is no such city.
    """
    books = library(project)
    if city and city not in books.cities:
        raise UnknownCityError(city)
    playbook, problems = _of_edition(books, today, city)
    if playbook is None:
        raise PlaybookError(problems)
    language = words(playbook.settings.language)
    edition = Edition(language, today, drafts, city)
    site = None if errors(problems) else _announced(books, playbook, edition, problems)
    if site is not None:
        site = _in_cities(books, site, edition, problems)
    broken = tuple(content_links.problems(playbook, lambda: site))
    if site is None or broken:
        raise PlaybookError(in_order((*problems, *broken)))
    expand = pages.expander(playbook, edition)
    return Read(site, language, today, problems, expand, partial(typed, playbook))


def problems_of(project: Path, today: datetime.date | None = None) -> tuple[Problem, ...]:
    """Return every problem of the playbook of `project`, sorted: see `checked`."""
    return checked(project, today)[1]


def checked(
    project: Path, today: datetime.date | None = None
) -> tuple[Playbook | None, tuple[Problem, ...]]:
    """Return the playbook of a day and every problem; None unless all of it can be read.

    Looks at today and at each later day on which something changes, everywhere and in each city. A
    problem that is none today and everywhere says from when, and where. Makes pages only if a
    hand-written one links to a page of the playbook.
    """
    try:
        books = library(project)
    except PlaybookError as error:
        return None, error.problems
    today = today or today_of(None)
    told = _Told(books, today)
    checker = checks.Checker((clashes,))
    first: Playbook | None = None
    for city in ("", *books.cities):
        made: Made | None = None
        for day in (today, *(day for day in books.turns if day > today)):
            before, made = made, books.made(day, city, made)
            readable = books.readable(made)
            told.add(books.new_problems(made) if before else books.problems(made), day, city)
            if made.playbook is None:
                continue
            told.add(checker.new(made.playbook, readable=readable), day, city)
            if readable and content_links.may_differ(
                made.playbook, before.playbook if before else None
            ):
                site = cache(partial(_site, made.playbook, day, told.problems()))
                told.add(content_links.problems(made.playbook, site), day, city)
            if (day, city) == (today, "") and readable:
                first = made.playbook
    for problem, day, city in books.conflicts(today):
        told.add((problem,), day, city)
    return first, told.problems()


class _Told:
    """Every problem once: of the first day and city that it was found in."""

    def __init__(self, books: Library, today: datetime.date) -> None:
        self._books, self._today = books, today
        self._known: dict[tuple[At, str, Message], Problem] = {}

    def add(self, problems: Iterable[Problem], day: datetime.date, city: str) -> None:
        """Take in what is wrong on a day and in a city."""
        for problem in problems:
            key = problem.at, problem.code, problem.message
            if key not in self._known:
                since = day if day > self._today else None
                where = self._books.name_of(city) if city else ""
                self._known[key] = replace(problem, since=since, city=where)

    def problems(self) -> tuple[Problem, ...]:
        """Return all problems, sorted."""
        return in_order(self._known.values())


def _in_cities(books: Library, site: Site, edition: Edition, problems: tuple[Problem, ...]) -> Site:
    """Return the pages with those that are others in a city; for one city, its pages alone.

    Raises `PlaybookError` with all problems of the cities, if one is an error.
    """
    grounds: dict[str, Ground] = {}
    wrong: list[Problem] = []
    for city in (edition.city,) if edition.city else books.cities:
        playbook, found = _of_edition(books, edition.today, city)
        wrong += found
        if playbook is not None:
            grounds[city] = pages.ground(playbook, replace(edition, city=city), problems)
    if errors(wrong):
        raise PlaybookError((*problems, *wrong))
    if edition.city:
        elsewhere = books.playbook(edition.today)
        assert elsewhere is not None
        common = pages.pages(elsewhere, replace(edition, city=""), problems)
        return differing.whole_city(grounds[edition.city], common, site)
    return differing.with_cities(site, {c: (g, pages.site(g)) for c, g in grounds.items()})


def _announced(
    books: Library, playbook: Playbook, edition: Edition, problems: tuple[Problem, ...]
) -> Site:
    """Return the pages of an edition with what later days will change on them."""
    ground = pages.ground(playbook, edition, problems)
    later = []
    for day in books.turns:
        if day <= edition.today:
            continue
        after, wrong = _of_edition(books, day, edition.city)
        if after is not None and not errors(wrong):  # else `check` says what is wrong from then on
            site = pages.pages(after, replace(edition, today=day), problems)
            later.append(differing.Later(day, site))
    return differing.announced(ground, pages.site(ground), later)


def _of_edition(
    books: Library, day: datetime.date, city: str
) -> tuple[Playbook | None, tuple[Problem, ...]]:
    """Return the playbook of an edition, None unless all of it can be read, and its problems."""
    made = books.made(day, city)
    problems = books.problems(made)
    playbook = books.playbook(day, city)
    if playbook is None:
        return None, in_order(problems)
    if not books.readable(made):  # what could not be read would seem to be missing elsewhere
        return None, in_order((*problems, *checks.check_alone(playbook)))
    return playbook, in_order((*problems, *checks.check(playbook), *clashes(playbook)))


def _site(playbook: Playbook, day: datetime.date, problems: tuple[Problem, ...]) -> Site | None:
    """Return the pages of a playbook whose links can be followed, None if it has errors."""
    if errors(problems):
        return None
    return pages.pages(playbook, Edition(words(playbook.settings.language), day), problems)


def today_of(
    asked: datetime.date | None, environment: Mapping[str, str] | None = None
) -> datetime.date:
    """Return the day of an edition: the one asked for, else SOURCE_DATE_EPOCH, else the clock.

    Raises `ValueError`, `OverflowError` or `OSError` if SOURCE_DATE_EPOCH is no number of seconds,
    even if it does not count here: an engine reads it too. An empty one is none.
    """
    env = os.environ if environment is None else environment
    day = datetime.date.today()
    if seconds := env.get("SOURCE_DATE_EPOCH", "").strip():
        day = datetime.datetime.fromtimestamp(int(seconds), datetime.UTC).date()
    return day if asked is None else asked
