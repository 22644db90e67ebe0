"""From the folders to a site as data: load, check, pages. Shared by `build`, `serve` and MkDocs."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Mapping
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
    days = (today, *(day for day in books.turns if day > today))
    first: Playbook | None = None
    linked: frozenset[str] | None = None  # what links of hand-written pages were last sought among
    told: dict[tuple[At, str, Message], Problem] = {}
    for city in ("", *books.cities):
        for day in days:
            playbook, problems = _of_edition(books, day, city)
            keys = frozenset(entity.key for entity in playbook.all()) if playbook else None
            if playbook is not None and keys != linked:
                linked = keys
                site = cache(partial(_site, playbook, day, problems))
                problems = (*problems, *content_links.problems(playbook, site))
            if (day, city) == (today, ""):
                first = playbook
            since = day if day > today else None
            for problem in problems:
                known = told.setdefault((problem.at, problem.code, problem.message), problem)
                if known is problem:
                    where = str(books.name_of(city)) if city else ""
                    told[problem.at, problem.code, problem.message] = replace(
                        problem, since=since, city=where
                    )
    return first, in_order(told.values())


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
    if books.faults or books.slips(made):  # what could not be read would seem missing elsewhere
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
