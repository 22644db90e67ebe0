"""The trees of files that were read before: read again only when a byte of them has changed."""

from __future__ import annotations

import json

from baodian import source
from baodian.cache import Cache, digest
from baodian.source import Mapping

_PARTS = 16
"""How many files of the cache they stand in, so that one changed file does not rewrite them all."""


class Stored:
    """The trees of a project's files, as they were read last; those without problems alone.

    Each is held as JSON by itself, which takes a tenth of its lists, until somebody asks for it.
    """

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._parts: dict[str, dict[str, list[str]]] = {}
        self._now: dict[str, dict[str, list[str]]] = {}
        self._new: set[str] = set()

    def get(self, file: str, data: bytes) -> Mapping | None:
        """Return the tree of a file with these bytes, None if it was not read so before."""
        part = self._part(file)
        if part not in self._parts:
            self._parts[part] = self._cache.get(part) or {}
        known = self._parts[part].get(file)
        if known is None or known[0] != digest(data):
            return None
        self._now.setdefault(part, {})[file] = known
        tree = source.again(data, file, json.loads(known[1]))
        return tree if isinstance(tree, Mapping) else None

    def put(self, file: str, data: bytes, tree: Mapping) -> None:
        """Take in the tree of a file that has no problems."""
        try:
            text = json.dumps(source.plain(tree), ensure_ascii=False, separators=(",", ":"))
        except source.NotPlain:
            return
        part = self._part(file)
        self._now.setdefault(part, {})[file] = [digest(data), text]
        self._new.add(part)

    def save(self) -> None:
        """Keep what was read and is not yet kept; of files that nobody asked for nothing stays."""
        for part in self._new:
            self._cache.put(part, self._now[part])
        self._new.clear()

    @staticmethod
    def _part(file: str) -> str:
        return f"trees-{int(digest(file.encode('utf-8', 'surrogatepass'))[:4], 16) % _PARTS:02}"
