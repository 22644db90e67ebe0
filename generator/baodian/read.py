"""From the folders to a site as data: load, check, pages. What `build`, `serve` and MkDocs share."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from baodian import checks, load, pages
from baodian.messages import words
from baodian.page import Site
from baodian.problems import PlaybookError, Problem, errors, in_order


@dataclass(frozen=True)
class Read:
    """A playbook that can be published: its pages, its warnings and the edition they belong to.

    `expand` turns the `【…】` of hand-written Markdown into links: (Markdown, address of its page).
    """

    site: Site
    problems: tuple[Problem, ...]
    edition: pages.Edition
    expand: Callable[[str, str], str] | None = None


def read(project: Path, today: datetime.date, *, drafts: bool = False) -> Read:
    """Read the playbook of `project` as it is on the day `today`.

    Raises `PlaybookError` with all problems, warnings too, if one of them is an error.
    """
    playbook, found = load.load(project)
    problems = in_order((*found, *checks.check(playbook)))
    if errors(problems):
        raise PlaybookError(problems)
    edition = pages.Edition(
        words=words(playbook.settings.language), today=today, drafts=drafts
    )
    return Read(pages.pages(playbook, edition), problems, edition)


def problems_of(project: Path) -> tuple[Problem, ...]:
    """Return every problem of the playbook of `project`, sorted; makes no pages."""
    try:
        playbook, found = load.load(project)
    except PlaybookError as error:
        return error.problems
    return in_order((*found, *checks.check(playbook)))


def today_of(asked: datetime.date | None, environment: Mapping[str, str] | None = None) -> datetime.date:
    """Return the day of an edition: the one asked for, else SOURCE_DATE_EPOCH, else the clock.

    Raises `ValueError` if SOURCE_DATE_EPOCH is no number of seconds.
    """
    env = os.environ if environment is None else environment
    if asked is not None:
        return asked
    if seconds := env.get("SOURCE_DATE_EPOCH"):
        return datetime.datetime.fromtimestamp(int(seconds), datetime.timezone.utc).date()
    return datetime.date.today()
