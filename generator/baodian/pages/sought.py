"""Pages while they are made, for those who look for something on a few of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from baodian import pages
from baodian.page import Page
from baodian.pages import looks
from baodian.pages.kept import Kept
from baodian.pages.looks import writers
from baodian.playbook import Edition, Playbook
from baodian.said.problems import Problem


def one_by_one(
    playbook: Playbook, edition: Edition, problems: tuple[Problem, ...], first: str
) -> Iterator[Page]:
    """Yield the pages of a handbook while they are made, chapter by chapter; the others last.

    With what may write a page at the address `first` it begins.
    """
    there = pages.ground(playbook, edition, problems)
    kept = Kept(drafts=edition.drafts)
    ground = pages.watched(there, kept)
    chapters: list[Page] = []
    likely = looks.at(first)
    for write in sorted(writers(), key=lambda write: write not in likely):
        made = kept.pages(write, "", None, partial(write, ground))
        yield from made
        chapters += made
    yield from pages.site(there, tuple(chapters)).pages
