"""The pages of one edition after the other; what looks at the same things is the same page.

What a page looks at while it is made is noted, not guessed. So a later day, a city, or the next
build costs the pages that look at something else there, and whoever compares two editions sees at
once which pages are one and the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from baodian import values
from baodian.cache import Cache, digest
from baodian.page import Page
from baodian.playbook import Playbook
from baodian.playbook.traced import Traced


class Kept:
    """The pages that were made, and what they looked at.

    All editions that are asked for must be for the same readers, in the same words; with `drafts`
    they show those.
    """

    def __init__(self, *, drafts: bool = False) -> None:
        self._traced = Traced(published=not drafts)
        self._begun = False
        self._kept: dict[int, Page] = {}  # by identity

    def begin(self, cache: Cache, readers: object) -> None:
        """Expect a playbook that was read anew; at first, go on with what earlier runs made."""
        self._traced.begin()
        if not self._begun and (data := cache.read(_file(readers))):
            self._traced.keep(values.read(data))
        self._begun = True

    def save(self, cache: Cache, readers: object) -> None:
        """Keep the pages for later runs, if any was made."""
        if self._traced.anew:
            cache.write(_file(readers), values.written(self._traced.kept))

    def take(self, playbook: Playbook, **beside: object) -> Playbook:
        """Return a playbook to make pages from; `beside` is what they look at besides."""
        return self._traced.take(playbook, **beside)

    def beside(self, name: str) -> Any:  # noqa: ANN401
        """Return something that was given beside the playbook."""
        return self._traced.beside(name)

    def page(
        self, maker: Callable[..., Any], key: str, of: object, make: Callable[[], Page]
    ) -> Page:
        """Return the page that a maker makes of a thing; the same one, of the same thing."""
        return self.pages(maker, key, of, lambda: (make(),))[0]

    def pages(
        self, maker: Callable[..., Any], key: str, of: object, make: Callable[[], Iterable[Page]]
    ) -> tuple[Page, ...]:
        """Return the pages that a maker makes of a thing; the same ones, of the same thing.

        They are plain data, as if they had been kept from an earlier run.
        """
        name = f"{maker.__module__}.{maker.__qualname__} {key}"
        pages = self._traced.made(name, of, lambda: tuple(map(self._as_kept, make())))
        self._kept |= {id(page): page for page in pages}
        return pages

    def _as_kept(self, page: Page) -> Page:
        return page if id(page) in self._kept else values.plain(page)


def _file(readers: object) -> str:
    return f"pages-{digest(repr(readers).encode())}.values"
