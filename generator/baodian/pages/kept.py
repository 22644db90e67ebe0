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
        self._written: dict[str, bytes] = {}  # pages by what stands for them
        self._pages: dict[str, Page] = {}
        self._names: dict[int, str] = {}  # what stands for a page, by its identity

    def begin(self, cache: Cache, readers: object) -> None:
        """Expect a playbook that was read anew; at first, go on with what earlier runs made."""
        self._traced.begin()
        self._tidy()
        if not self._begun and (data := cache.read(_file(readers))):
            kept, self._written = values.read(data)
            self._traced.versions.keep(kept)
        self._begun = True

    def save(self, cache: Cache, readers: object) -> None:
        """Keep the pages for later runs, if any was made."""
        if self._traced.versions.anew:
            self._tidy()
            cache.write(_file(readers), values.written((self._traced.versions.kept, self._written)))

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

        They are plain data, as if they had been kept from an earlier run; equal ones are the same.
        """
        name = f"{maker.__module__}.{maker.__qualname__} {key}"
        made = self._traced.made(name, of, lambda: tuple(map(self._put, make())))
        return tuple(map(self._page, made))

    def _put(self, page: Page) -> str:
        """Keep a page; return what stands for it."""
        if id(page) in self._names:
            return self._names[id(page)]
        data = values.written(page)
        name = digest(data)
        self._written.setdefault(name, data)
        return name

    def _page(self, name: str) -> Page:
        """Return the page that something stands for."""
        if name not in self._pages:
            page: Page = values.read(self._written[name])
            self._pages[name], self._names[id(page)] = page, name
        return self._pages[name]

    def _tidy(self) -> None:
        """Let go of the pages that no version knows."""
        used = {name for names in self._traced.versions.values() for name in names}
        self._written = {name: data for name, data in self._written.items() if name in used}
        self._pages = {name: page for name, page in self._pages.items() if name in used}
        self._names = {id(page): name for name, page in self._pages.items()}


def _file(readers: object) -> str:
    return f"pages-{digest(repr(readers).encode())}.values"
