"""The first ids of things: what is known by them lasts when they get others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from baodian.playbook import Playbook
from baodian.playbook.successors import stands_for


@dataclass(frozen=True)
class Firsts:
    """What has another id now → the first that it had, as `retired.yml` tells; of all else nothing.

    Nothing there tells a new id from another thing that takes the place: that counts as a new id.
    """

    keys: Mapping[str, str] = field(default_factory=dict)
    """Of things and classes, by `kind:id`."""
    ids: Mapping[str, str] = field(default_factory=dict)
    """Of things, classes and parts by their ids alone."""

    def of(self, fact: Any) -> Any:  # noqa: ANN401
        """Return facts with the first ids; a set, which has no order, as a tuple in order."""
        match fact:
            case str():
                return self._named(fact)
            case tuple():
                return tuple(map(self.of, fact))
            case frozenset():
                return tuple(sorted(map(self.of, fact), key=repr))
        return fact

    def _named(self, text: str) -> str:
        key, hash_, part = text.partition("#")
        kind, colon, id_ = key.partition(":")
        if not colon:
            return "/".join(self.ids.get(one, one) for one in text.split("/"))
        if kind == "class" and key not in self.keys:
            scheme, _, class_ = id_.partition("/")
            key = f"class:{self.keys.get(f'scheme:{scheme}', scheme).rpartition(':')[2]}/{class_}"
        part = ".".join(self.ids.get(one, one) for one in part.split("."))
        return f"{self.keys.get(key, key)}{hash_}{part}"


NOW = Firsts()
"""The ids that things have now."""


def firsts(playbook: Playbook) -> Firsts:
    """Return the first ids of what stands in a playbook; where several ended in one, the oldest."""
    keys: dict[str, str] = {}
    ids: dict[str, str] = {}
    for old in playbook.retired:
        now = stands_for(playbook.retired, old)
        if "#" not in old:
            keys.setdefault(now, old)
        for first, last in zip(_ids(old), _ids(now), strict=False):
            ids.setdefault(last, first)
    return Firsts(keys, ids)


def _ids(key: str) -> Iterator[str]:
    """Yield the last id of a part, else that of a thing, of a class that of its ruler before."""
    _, hash_, part = key.partition("#")
    yield from (part.rpartition(".")[2],) if hash_ else key.partition(":")[2].split("/")
