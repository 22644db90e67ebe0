"""The pages of one edition after the other; what looks at the same things is the same page.

What a page looks at while it is made is noted, not guessed. So a later day or a city costs the
pages that look at something else there, and whoever compares two editions sees at once which
pages are one and the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from baodian.page import Page
from baodian.playbook.watched import Look, same
from baodian.playbook.watching import Watching

if TYPE_CHECKING:
    from baodian.pages.ground import Ground, Writer

Question = tuple[Callable[..., Any], str]
"""What makes pages, and of what: a `kind:id`, or "" for all that it makes."""


@dataclass(frozen=True)
class _Made:
    pages: tuple[Page, ...]
    of: object
    looks: frozenset[Look]


class Kept:
    """The pages that were made last, and what they looked at.

    All editions that are asked for must be for the same readers, in the same words; with `drafts`
    they show those.
    """

    def __init__(self, *, drafts: bool = False) -> None:
        self._watching = Watching(published=not drafts)
        self._made: dict[Question, _Made] = {}

    def chapters(self, ground: Ground, writers: Sequence[Writer]) -> tuple[Page, ...]:
        """Return the pages of an edition that writers write, in their order."""
        changed, _ = self._watching.take(ground.playbook)
        for question, made in list(self._made.items()):
            if not made.looks.isdisjoint(changed):
                del self._made[question]
        there = replace(ground, playbook=self._watching.playbook, kept=self)
        return tuple(
            page
            for write in writers
            for page in self._pages(write, "", None, partial(write, there))
        )

    def page(
        self, maker: Callable[..., Any], key: str, of: object, make: Callable[[], Page]
    ) -> Page:
        """Return the page that a maker makes of a thing; the same one, of the same thing."""
        return self._pages(maker, key, of, lambda: (make(),))[0]

    def _pages(
        self, maker: Callable[..., Any], key: str, of: object, make: Callable[[], Iterable[Page]]
    ) -> tuple[Page, ...]:
        notes, question = self._watching.notes, (maker, key)
        made = self._made.get(question)
        if made is None or not same(made.of, of):
            with notes.noting() as looks:
                pages = tuple(make())
            made = self._made[question] = _Made(pages, of, frozenset(looks))
        for look in made.looks:  # whoever asks looks at that too
            notes.note(look)
        return made.pages
