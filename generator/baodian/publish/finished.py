"""Pages as an earlier build finished them, for a page that is the same in a site that is the same.

A finished page follows from its value, from what stands around it on every page, and from our own
code. Whoever changes one thing of a playbook so pays for the pages that say something else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from baodian import values
from baodian.cache import Cache, digest
from baodian.page import Page, Site
from baodian.publish.addresses import Names
from baodian.publish.lean import Icons
from baodian.publish.reading import Written
from baodian.writers.article import Article

# What no page shows of a site by itself: it stands in its own value, or in files beside the pages.
_NOT_AROUND = (
    "pages", "found_by", "filters", "moved", "changed", "news", "news_at", "dates",
)  # fmt: skip


@dataclass(frozen=True)
class Finished:
    """A page as it is given out, what draws its icons, and what stands on it."""

    article: Article  # without its markup, which `written` has
    html: str
    icons: Icons
    written: Written
    names: Names  # of the scripts and sheets that it names
    looks: tuple[str, ...]  # classes and other attributes by which it is dressed, sorted


class Keeper:
    """The finished pages of editions for certain readers; in a cache they outlast the process."""

    def __init__(self, cache: Cache | None = None, readers: str = "") -> None:
        self._cache, self._folder = cache, f"finished-{readers}"
        self._known: dict[str, tuple[str, Finished]] = {}  # by address, with its key
        self._keys: dict[str, str] = {}  # of the pages that are asked for now

    def ready(self, site: Site, around: str | None) -> Mapping[str, Finished]:
        """Return by address the pages of a site that need not be made again.

        `around` tells what an engine puts around them; None if it cannot.
        """
        self._keys = {}
        if around is None:
            return {}
        same = digest(repr((around, _around(site))).encode("utf-8", "surrogatepass"))
        moved: dict[str, list[object]] = {}
        for one in site.moved:
            moved.setdefault(one.address, []).append(one)
        ready: dict[str, Finished] = {}
        for page in site.pages:
            known = values.written((same, moved.get(page.address), _plain(page)))
            self._keys[page.address] = digest(known)
            if found := self._of(page.address):
                ready[page.address] = found
        return ready

    def write(self, address: str, finished: Finished) -> None:
        """Keep a page that was just finished, if it was asked for, for other processes."""
        if self._cache and (key := self._keys.get(address)):
            self._cache.write(self._file(address), values.written((key, finished)))

    def note(self, pages: Mapping[str, Finished]) -> None:
        """Keep those pages that were asked for, as they are now, for this process."""
        for address, key in self._keys.items():
            if address in pages:
                self._known[address] = key, pages[address]

    def _of(self, address: str) -> Finished | None:
        key = self._keys[address]
        known = self._known.get(address)
        if known is None and self._cache and (data := self._cache.read(self._file(address))):
            known = self._known[address] = values.read(data)
        return known[1] if known and known[0] == key else None

    def _file(self, address: str) -> str:
        return f"{self._folder}/{digest(address.encode())}.values"


def _around(site: Site) -> tuple[object, ...]:
    """Return what of a site may stand on every page: all but its pages, of which the addresses."""
    told = (getattr(site, one.name) for one in fields(site) if one.name not in _NOT_AROUND)
    return (*told, tuple(page.address for page in site.pages))


def _plain(page: Page) -> tuple[object, ...]:
    """Return a page as data whose bytes are the same in every process: sets have no order."""
    return replace(page, holds=frozenset()), tuple(sorted(page.holds))
