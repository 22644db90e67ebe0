"""The pages of one edition after the other; what looks at the same things is the same page.

What a page looks at while it is made is noted, not guessed. So a later day or a city costs the
pages that look at something else there, and whoever compares two editions sees at once which
pages are one and the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from baodian.page import Page
from baodian.playbook import Playbook
from baodian.playbook.watched import Look, same
from baodian.playbook.watching import Watching

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

    def take(self, playbook: Playbook) -> Playbook:
        """Forget the pages that may be others in a playbook; return it, to make those from."""
        changed, _ = self._watching.take(playbook)
        for question, made in list(self._made.items()):
            if not made.looks.isdisjoint(changed):
                del self._made[question]
        return self._watching.playbook

    def page(
        self, maker: Callable[..., Any], key: str, of: object, make: Callable[[], Page]
    ) -> Page:
        """Return the page that a maker makes of a thing; the same one, of the same thing."""
        return self.pages(maker, key, of, lambda: (make(),))[0]

    def pages(
        self, maker: Callable[..., Any], key: str, of: object, make: Callable[[], Iterable[Page]]
    ) -> tuple[Page, ...]:
        """Return the pages that a maker makes of a thing; the same ones, of the same thing."""
        notes, question = self._watching.notes, (maker, key)
        made = self._made.get(question)
        if made is None or not same(made.of, of):
            with notes.noting() as looks:
                pages = tuple(make())
            made = self._made[question] = _Made(pages, of, frozenset(looks))
        for look in made.looks:  # whoever asks looks at that too
            notes.note(look)
        return made.pages
