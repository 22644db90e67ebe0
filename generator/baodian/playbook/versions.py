"""What was made of playbooks, each time with its trace: all versions of each thing, by its name."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from baodian.playbook.known import Known, Trace
from baodian.playbook.stamps import Stamp
from baodian.playbook.watched import Look, Notes

MISSING = object()
MOST = 40
"""How many versions of one thing are kept at most, those that were of use last."""
IDLE = 3
"""For how many runs a version is kept that nobody asks for."""


@dataclass(eq=False)
class Version:
    """Something as it was made once, and of what; for a fact the stamps of what is seen of it."""

    trace: Trace
    of: Stamp = b""
    """Of which thing it was made; that follows from what its maker looked at."""
    value: Any = MISSING
    stamps: Mapping[Look, Stamp] = field(default_factory=dict)
    idle: int = 0
    """For how many runs nobody asked for it."""
    name: Stamp = field(default_factory=lambda: os.urandom(8))
    """What no other version is called."""


class Versions:
    """All versions of things; `known` says which of what they name is so."""

    def __init__(self, known: Known) -> None:
        self.anew = 0  # how many were made since the beginning
        self._known = known
        self._by: dict[str, list[Version]] = {}  # those that were of use last come first

    def last(self, name: str) -> Version | None:
        """Return the version of a thing that was of use last."""
        return next(iter(self._by.get(name, ())), None)

    def standing(self, name: str, of: Stamp = b"") -> Version | None:
        """Return what was made of a playbook that is the same in all that was looked at."""
        versions = self._by.get(name, [])
        for n, version in enumerate(versions):
            if version.of == of and self._known.stands(version.trace):
                version.idle = 0
                versions.insert(0, versions.pop(n))
                return version
        return None

    def made(self, name: str, make: Callable[[], Any], of: Stamp, notes: Notes) -> Version:
        """Return a version that is made now, with the trace of what was looked at."""
        with notes.noting() as noted:
            value = make()
        self.anew += 1
        version = Version(self._known.trace(noted), of, value)
        versions = self._by.setdefault(name, [])
        versions.insert(0, version)
        del versions[MOST:]
        return version

    def values(self) -> Iterator[Any]:
        """Yield what was made under the names of things, of all versions."""
        for versions in self._by.values():
            yield from (version.value for version in versions if not version.stamps)

    @property
    def kept(self) -> tuple[object, ...]:
        """Return all versions as plain data, but for what functions made of a playbook."""
        kept = [(name, version) for name, versions in self._by.items() for version in versions]
        looks, traces = self._known.numbered(version.trace for _, version in kept)
        return looks, tuple(
            (name, trace, v.of, None if v.stamps else v.value, v.stamps, v.idle, v.name)
            for (name, v), trace in zip(kept, traces, strict=True)
        )

    def keep(self, kept: tuple[Any, ...]) -> None:
        """Go on with the versions that `kept` gave, of another run; first of all.

        A version that nobody has asked for in the last runs is not taken up again.
        """
        looks, versions = kept
        for look in looks:
            self._known.number(*look)
        for name, trace, of, value, stamps, idle, version in versions:
            if idle > IDLE:
                continue
            known = Version(trace, of, MISSING if stamps else value, stamps, idle + 1, version)
            self._by.setdefault(name, []).append(known)
        self.anew = 0
