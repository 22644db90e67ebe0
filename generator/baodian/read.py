"""From the folders to a site as data: load, check, pages. Shared by `build`, `serve` and MkDocs."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path

from baodian import checks, pages
from baodian.cache import Cache
from baodian.checks import placeholders
from baodian.checks.walk import typed
from baodian.page import Page, Site
from baodian.pages import content_links, differing, telling
from baodian.pages.announcing import Later, announced
from baodian.pages.clashes import clashes
from baodian.pages.content_links import Ours
from baodian.pages.ground import Ground
from baodian.pages.touched import UNMARKED
from baodian.playbook import Edition, Playbook
from baodian.playbook.audience import CONTENT
from baodian.playbook.load import Library, library
from baodian.playbook.withheld import Secret, withheld
from baodian.said.messages import Words, msg, own_words, words
from baodian.said.problems import At, BadRequestError, PlaybookError, Problem, errors, in_order
from baodian.timeline import Timeline, timeline

_HERE = Path(__file__).parent
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
    audience: str = ""
    """The id of the audience whose edition it is; "" for the one that holds everything."""
    files: frozenset[str] | None = None
    """The files of `content/` that it shows, below that folder; None for all."""
    secrets: tuple[Secret, ...] = ()
    """What it must not say."""


class Before:
    """What was checked and what pages were made for the same readers, to be used again.

    `first` is told the pages of today as soon as they are made: before what later days and cities
    change on them is known, before it is known that nothing is wrong there, and with what the past
    was in the reading before, if there was one.
    """

    def __init__(
        self, *, drafts: bool, first: Callable[[tuple[Page, ...]], None] | None = None
    ) -> None:
        self.first = first
        self.books: Library | None = None
        self.line: Timeline | None = None
        self.pages = pages.Kept(drafts=drafts)
        self.checker = checks.Checker((clashes,))


class UnknownEdition(BadRequestError):  # noqa: N818 - read as a sentence
    """Somebody asks for a city or an audience that there is not; its message says so."""


def read(
    project: Path,
    today: datetime.date,
    *,
    drafts: bool = False,
    city: str = "",
    audience: str = "",
    before: Before | None = None,
) -> Read:
    """Read the playbook of `project` as it is on the day `today`, in a city or everywhere.

    With an audience it is what that one may see. `before` is what the same caller read before, for
    the same readers; else what earlier runs have kept is used, and kept. Raises `PlaybookError`
    with all problems of that edition, warnings too, if one is an error, and `UnknownEdition`.
    """
    last = before or Before(drafts=drafts)
    cache = Cache.of(project)
    books = last.books = library_of(project, city, last.books)
    last.checker.begin(cache)
    playbook, problems = _of_edition(books, last.checker, today, city)
    if playbook is None:
        raise PlaybookError(problems)
    problems = in_order((*of_audience(problems, playbook, audience), *in_settings(project)))
    language = words(playbook.settings.language)
    edition = Edition(language, today, drafts, city, audience)
    site = None
    if not errors(problems):
        readers = playbook.settings.language, drafts, audience
        last.pages.begin(cache, readers)
        known = last.line if last.first else None
        line = known or timeline(project, books, edition)
        if last.first:
            soon = pages.ground(playbook, edition, problems, line)
            last.first(pages.chapters_of(soon, last.pages))
        last.line = timeline(project, books, edition) if known else line
        site = _Making(books, edition, problems, last.line, last).site(playbook)
        if before is None:
            last.pages.save(cache, readers)
            last.checker.save(cache)
    seen = pages.ground(playbook, edition).playbook
    broken = tuple(content_links.problems(seen, Ours(lambda _: site.pages if site else None)))
    if site is None or broken:
        raise PlaybookError(in_order((*problems, *broken)))
    expand = pages.expander(playbook, edition)
    book = Read(site, language, today, problems, expand, partial(typed, playbook))
    if not audience:
        return book
    shown = frozenset(f.removeprefix(CONTENT) for f in (*dict(seen.content), *seen.beside))
    secrets = withheld(playbook, seen, (*own_words(language.language), *_own_files()))
    return replace(book, audience=audience, files=shown, secrets=secrets)


def library_of(project: Path, city: str, like: Library | None = None) -> Library:
    """Return all that is written, of which a city is to be seen. Raises `UnknownEdition`.

    What is the same as in `like` is taken from there.
    """
    books = library(project, like, Cache.of(project))
    if city and city not in books.cities:
        raise UnknownEdition(msg("There is no city “{city}” in overlays/.", city=city))
    return books


@cache
def _own_files() -> tuple[str, ...]:
    """Return the files of ours that come with every edition, whatever its playbook says."""
    paths = (p for folder in ("theme", "templates") for p in (_HERE / folder).rglob("*"))
    return tuple(p.read_text("utf-8") for p in paths if p.suffix in (".js", ".css", ".html"))


def of_audience(
    problems: tuple[Problem, ...], playbook: Playbook, audience: str
) -> tuple[Problem, ...]:
    """Return the problems that everybody's edition has, and that of one audience.

    Raises `UnknownEdition`.
    """
    known = {str(id_): str(one.name) for id_, one in playbook.settings.audiences.items()}
    if audience and audience not in known:
        text = msg("playbook.yml names no audience “{name}”.", name=audience)
        if known:
            text = msg("playbook.yml names no audience “{name}”. It names: {names}.",
                       name=audience, names=tuple(known))  # fmt: skip
        raise UnknownEdition(text)
    return tuple(p for p in problems if p.audience in ("", known.get(audience, "")))


def in_settings(project: Path) -> tuple[Problem, ...]:
    """Return what is to be told of `mkdocs.yml` before anything is published."""
    try:
        text = (project / placeholders.SETTINGS).read_text(encoding="utf-8")
    except (OSError, ValueError):  # the engine says so
        return ()
    return tuple(placeholders.in_settings(text))


class _Making:
    """Makes the pages of an edition, with what later days change on them, and those of cities."""

    def __init__(
        self,
        books: Library,
        edition: Edition,
        problems: tuple[Problem, ...],
        line: Timeline,
        before: Before,
    ) -> None:
        self._books, self._edition, self._problems = books, edition, problems
        self._line, self._kept, self._checker = line, before.pages, before.checker

    def site(self, playbook: Playbook) -> Site:
        """Return the pages with those that are others in a city; for one city, its pages alone.

        Raises `PlaybookError` with all problems of the cities, if one is an error.
        """
        edition = self._edition
        known = self._cities(playbook)
        if not edition.city:
            ground, site = self._announced(playbook)
            return telling.told(ground, differing.with_cities(site, self._in_cities(known)))
        if edition.city not in known:
            raise UnknownEdition(
                msg("This edition shows no city “{city}”; let its audience see “overlay:{city}”.",
                    city=edition.city)
            )  # fmt: skip
        elsewhere = self._books.playbook(edition.today)
        assert elsewhere is not None
        ground = self._ground(elsewhere, replace(edition, city=""))
        common = pages.site(ground, pages.chapters_of(ground, self._kept))
        ground, own = self._announced(playbook, edition.city)
        return telling.told(ground, differing.whole_city(ground, common, own))

    def _ground(self, playbook: Playbook, edition: Edition) -> Ground:
        return pages.ground(playbook, edition, self._problems, self._line)

    def _in_cities(self, cities: Iterable[str]) -> dict[str, tuple[Ground, Site]]:
        wrong: list[Problem] = []
        sites: dict[str, tuple[Ground, Site]] = {}
        for city in cities:
            playbook, found = _of_edition(self._books, self._checker, self._edition.today, city)
            if playbook is not None:
                found = of_audience(found, playbook, self._edition.audience)
            wrong += found
            if playbook is not None and not errors(wrong):
                sites[city] = self._announced(playbook, city)
        if errors(wrong):
            raise PlaybookError((*self._problems, *wrong))
        return sites

    def _announced(self, playbook: Playbook, city: str = "") -> tuple[Ground, Site]:
        """Return the pages of today with what later days will change on them."""
        ground = self._ground(playbook, replace(self._edition, city=city))
        chapters = pages.chapters_of(ground, self._kept)
        return ground, pages.site(ground, announced(ground, chapters, self._later(city)))

    def _later(self, city: str) -> Iterator[Later]:
        """Yield the pages of later days; where something is wrong, `check` says from when."""
        edition = replace(self._edition, city=city)
        for day in self._books.turns:
            if day <= edition.today:
                continue
            after, wrong = _of_edition(self._books, self._checker, day, city)
            if after is not None and not errors(of_audience(wrong, after, edition.audience)):
                ground = self._ground(after, replace(edition, today=day))
                trees = self._books.kept(day, city).edition.shelf.trees
                yield Later(day, pages.chapters_of(ground, self._kept, UNMARKED), trees)

    def _cities(self, playbook: Playbook) -> tuple[str, ...]:
        """Return the cities that something differs in, of which the readers may know."""
        seen = pages.ground(playbook, self._edition).playbook.overlays
        return tuple(city for city in self._books.cities if city in seen)


def _of_edition(
    books: Library, checker: checks.Checker, day: datetime.date, city: str
) -> tuple[Playbook | None, tuple[Problem, ...]]:
    """Return the playbook of an edition, None unless all of it can be read, and its problems."""
    made = books.kept(day, city)
    problems = books.problems(made)
    playbook = books.playbook(day, city)
    if playbook is None or made.playbook is None:
        return None, in_order(problems)
    if not books.readable(made):  # what could not be read would seem to be missing elsewhere
        return None, in_order((*problems, *checker.check(playbook, readable=False)))
    return playbook, in_order((*problems, *checker.check(made.playbook)))
