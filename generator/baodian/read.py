"""From the folders to a site as data: load, check, pages. Shared by `build`, `serve` and MkDocs."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from baodian import checks, pages
from baodian.checks.walk import typed
from baodian.page import Site
from baodian.pages import content_links
from baodian.pages.clashes import clashes
from baodian.playbook import Edition, Playbook
from baodian.playbook.load import load
from baodian.said.messages import Words, words
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


def read(project: Path, today: datetime.date, *, drafts: bool = False) -> Read:
    """Read the playbook of `project` as it is on the day `today`.

    Raises `PlaybookError` with all problems, warnings too, if one of them is an error.
    """
    playbook, problems = checked(project)
    if playbook is None:
        raise PlaybookError(problems)
    language = words(playbook.settings.language)
    edition = Edition(language, today, drafts)
    site = None if errors(problems) else pages.pages(playbook, edition, problems)
    broken = tuple(content_links.problems(playbook, lambda: site))
    if site is None or broken:
        raise PlaybookError(in_order((*problems, *broken)))
    expand = pages.expander(playbook, edition)
    return Read(site, language, today, problems, expand, partial(typed, playbook))


def problems_of(project: Path) -> tuple[Problem, ...]:
    """Return every problem of the playbook of `project`, sorted.

    Makes pages only if a hand-written one links to a page of the playbook.
    """
    playbook, problems = checked(project)
    if playbook is None:
        return problems
    site = cache(partial(_site, playbook, problems))
    return in_order((*problems, *content_links.problems(playbook, site)))


def _site(playbook: Playbook, problems: tuple[Problem, ...]) -> Site | None:
    """Return the pages of a playbook whose links can be followed, None if it has errors."""
    if errors(problems):
        return None
    language = words(playbook.settings.language)
    return pages.pages(playbook, Edition(language, today_of(None)), problems)


def checked(project: Path) -> tuple[Playbook | None, tuple[Problem, ...]]:
    """Return the playbook of `project`, None unless all of it can be read, and every problem."""
    try:
        playbook, problems = load(project)
    except PlaybookError as error:
        return None, error.problems
    if problems:  # what could not be read would seem to be missing elsewhere
        return None, in_order((*problems, *checks.check_alone(playbook)))
    return playbook, in_order((*checks.check(playbook), *clashes(playbook)))


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
