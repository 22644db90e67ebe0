"""One playbook after the other, and what was made of each: made again only where it may be other.

Whatever is made of a playbook is kept together with a trace: what was looked at, and the stamp of
each as it was. In another playbook, and in another process, it is the same if all stamps are. Of
records it is noted which fields are looked at. What was made of other things that were made has
these in its trace, each by the name of its version.

Many look at the same, so a look with its stamp is a number, and a trace a set of these: whether
what was made still stands is asked once of each number, not of each trace.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from types import FunctionType
from typing import Any, TypeVar

from baodian.playbook.edition import without, without_drafts
from baodian.playbook.fieldwise import FIELDS_OF, WHOLE, Fieldwise, place_of, whole
from baodian.playbook.playbook import Playbook, who_uses
from baodian.playbook.stamps import Stamp, Stamps
from baodian.playbook.watched import (
    ALL,
    FIELD,
    FIELDS,
    KEYS,
    ONCE,
    Look,
    Notes,
    Seen,
    Watched,
    same,
)
from baodian.playbook.watching import MAPS, PUBLIC

T = TypeVar("T")
Trace = frozenset[int]
"""The numbers of looks with their stamps, see `_Numbers`."""
Known = tuple[Look, Stamp]
Make = Callable[[Playbook], Any]
Maps = Mapping[str, Mapping[Any, Any]]
OURS = "baodian."
BESIDE = "#beside"
"""The name of looks at what is given beside a playbook."""
MADE = "#made"
"""The name of looks at other things that were made; a key is (name, stamp of the thing)."""
RECORDS = frozenset(("class_guides", "slots", "measure_groups", "hidden"))
"""The maps of a playbook, beside those of its kinds, that hold records."""
MISSING = object()
MADE_OF_ALL: Look = (MADE, ALL)
"""The place of what is made of a whole playbook, which each may be another in the next."""
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


class _Numbers:
    """Looks with their stamps by number, and which of them are so in the playbook at hand."""

    def __init__(self) -> None:
        self.known: list[Known] = []
        self._of: dict[Known, int] = {}
        self.so: set[int] = set()
        self.not_so: set[int] = set()
        self._at: dict[Look, set[int]] = {}

    def found(self, number: int, *, so: bool) -> None:
        """Remember whether something is so, until it is forgotten."""
        (self.so if so else self.not_so).add(number)
        self._at.setdefault(_place(self.known[number][0]), set()).add(number)

    def forget(self, place: Look) -> None:
        """Go on with a playbook that may be another there."""
        numbers = self._at.pop(place, set())
        self.so -= numbers
        self.not_so -= numbers

    def of(self, look: Look, stamp: Stamp) -> int:
        """Return the number of a look with its stamp."""
        number = self._of.setdefault((look, stamp), len(self.known))
        if number == len(self.known):
            self.known.append((look, stamp))
        return number

    def dear(self, number: int) -> bool:
        """Say whether something must be made to know how what is looked at is now."""
        return _dear(self.known[number][0])


class Traced:
    """A playbook that notes what is looked at, and all that was made of it and of others before."""

    def __init__(self, *, published: bool = False) -> None:
        """Begin with nothing; if all are `published`, none of the playbooks has a draft."""
        self._published = published
        self.versions: dict[str, list[Version]] = {}  # by the name of what was made
        self.anew = 0  # how many were made since the beginning
        self.notes = Notes()
        self._stamps = Stamps(place_of)
        self._numbers = _Numbers()
        self._maps: dict[str, Mapping[Any, Any]] = {}
        self._now: dict[Look, dict[Look, Stamp]] = {}  # by their places

    @property
    def kept(self) -> tuple[object, ...]:
        """Return all versions as plain data, but for what functions made of a playbook."""
        numbers = _Numbers()  # of what is still of use

        def again(trace: Trace) -> Trace:
            return frozenset(numbers.of(*self._numbers.known[number]) for number in trace)

        versions = tuple(
            (name, tuple((again(v.trace), v.of, None if v.stamps else v.value, v.stamps, v.idle,
                          v.name) for v in versions))
            for name, versions in self._of_use()
        )  # fmt: skip
        return tuple(numbers.known), versions

    def values(self) -> Iterator[Any]:
        """Yield what was made under the names of things, of all versions that are kept."""
        for _, versions in self._of_use():
            yield from (version.value for version in versions if not version.stamps)

    def _of_use(self) -> Iterator[tuple[str, list[Version]]]:
        for name, versions in self.versions.items():
            yield name, [version for version in versions if version.idle <= IDLE]

    def keep(self, kept: tuple[Any, ...]) -> None:
        """Go on with the versions that `kept` gave, of another run; first of all."""
        known, of_names = kept
        for one in known:
            self._numbers.of(*one)
        for name, versions in of_names:
            self.versions[name] = [
                Version(trace, of, MISSING if stamps else value, stamps, idle + 1, version)
                for trace, of, value, stamps, idle, version in versions
            ]
        self.anew = 0

    def begin(self) -> None:
        """Forget what is only known of things that nobody has asked for since the last time."""
        self._stamps.begin()

    def take(self, playbook: Playbook, **beside: object) -> Playbook:
        """Go on with this playbook, and with what is given beside it; return it, watched."""
        before, self._maps = self._maps, {BESIDE: beside}
        self._of_records: set[str] = set()
        self._facts: dict[str, Version] = {}
        self._seen: dict[str, Seen[Any]] = {}
        self._makes: dict[str, tuple[Make, str]] = {}
        self._watched: dict[str, Watched] = {}
        self._here: dict[tuple[str, Stamp], Version] = {}  # what was made, as it is now
        self._watch(playbook, "")
        if not self._published:
            drafts = {entity.key: entity for entity in playbook.all() if entity.draft}
            self._watch(without(playbook, drafts), PUBLIC)
        for place in (MADE_OF_ALL, *_changed(before, self._maps)):
            self._now.pop(place, None)
            self._numbers.forget(place)
        return self._watched[""]

    def beside(self, name: str) -> Any:  # noqa: ANN401
        """Return what was given beside the playbook, and note that it is looked at."""
        self.notes.now.add((BESIDE, name))
        return self._maps[BESIDE][name]

    def made(self, name: str, of: object, make: Callable[[], T]) -> T:
        """Return what is made of a thing under a name: made now, or as it was."""
        stamp = self._stamps.of(of)
        version = self._standing(name, stamp) or self._anew(name, make, stamp)
        self._here[name, stamp] = version
        self.notes.now.add((MADE, (name, stamp)))
        return version.value  # type: ignore[no-any-return]

    # --- what there is ----------------------------------------------------------------------------

    def _watch(self, playbook: Playbook, prefix: str) -> None:
        values = {one.name: getattr(playbook, one.name) for one in fields(playbook)}
        self._maps[prefix + FIELD] = {name: values[name] for name in FIELDS}
        for name in MAPS:
            values[name] = self._map(prefix + name, values[name], records=name in RECORDS)
        values["entities"] = {
            kind: self._map(prefix + kind, of, records=True)
            for kind, of in values["entities"].items()
        }
        given = _Given(self, prefix)
        self._watched[prefix] = _Playbook(**values, notes=self.notes, given=given, prefix=prefix)

    def _map(self, name: str, of: Mapping[Any, Any], *, records: bool) -> Seen[Any]:
        self._maps[name] = of
        if not records:
            return Seen(name, of, self.notes)
        self._of_records.add(name)
        return Fieldwise(name, of, self.notes, self._of_name)

    def _of_name(self, name: str) -> Mapping[Any, Any]:
        return self._maps[name]

    def _stamp(self, look: Look) -> Stamp | None:
        """Return how what is looked at is now; None if nobody knows it any more."""
        here = self._now.setdefault(_place(look), {})
        known = here.get(look)
        if known is None and (known := self._asked(*look)) is not None:
            here[look] = known
        return known

    def _asked(self, name: str, key: Any) -> Stamp | None:  # noqa: ANN401
        if name == MADE:
            version = self._here.get(key) or self._standing(*key)
            if version is not None:
                self._here[key] = version
            return version.name if version else None
        if name.endswith(FIELDS_OF):
            return self._of_field(name.removesuffix(FIELDS_OF), *key)
        if name not in self._maps:
            fact = self._fact(name) if ONCE in name else None
            return fact.stamps.get((name, key), self._stamps.of(None)) if fact else None
        of = self._maps[name]
        if name in self._of_records and key != KEYS:
            return self._stamps.of(type(of[key]).__name__ if key in of else None)
        return self._of_map(of, key)

    def _of_field(self, name: str, key: object, field: str) -> Stamp:
        record = self._maps.get(name, {}).get(key)
        if record is None or field == WHOLE:
            return self._stamps.of(record)
        return self._stamps.of_field(record, field)

    def _of_map(self, of: Mapping[Any, Any], key: object) -> Stamp:
        if key == ALL:
            return self._stamps.of(of)
        if key == KEYS:
            return self._stamps.of(tuple(of))
        return self._stamps.of(of.get(key))

    # --- what is made of it -----------------------------------------------------------------------

    def once(self, make: Make, prefix: str) -> Any:  # noqa: ANN401
        """Return what a function makes of the playbook, and note that it is looked at."""
        if make is without_drafts:
            return self._watched["" if self._published else PUBLIC]
        name = f"{prefix}{ONCE} {make.__module__}.{make.__qualname__}"
        self._makes[name] = make, prefix
        fact = self._fact(name)
        assert fact is not None
        if fact.value is MISSING:
            with self.notes.noting():
                fact.value = self._make(make, prefix)
        if not isinstance(fact.value, Mapping):
            self.notes.now.add((name, ALL))
            return fact.value
        if name not in self._seen:
            self._seen[name] = Seen(name, fact.value, self.notes)
        return self._seen[name]

    def _fact(self, name: str) -> Version | None:
        if name not in self._facts:
            make, prefix = self._makes.get(name) or _function(name)
            if make is None:
                return None
            self._makes[name] = make, prefix
            fact = self._standing(name)
            if fact is None:
                before = next(iter(self.versions.get(name, ())), None)
                fact = self._anew(name, lambda: self._make(make, prefix))
                fact.stamps = self._stamps_of(name, fact.value, before)
            self._facts[name] = fact
        return self._facts[name]

    def _stamps_of(self, name: str, of: object, before: Version | None) -> Mapping[Look, Stamp]:
        """Return the stamps of what is seen of a fact; of what it held before, they are known."""
        if not isinstance(of, Mapping):
            return {(name, ALL): self._stamps.of(of)}
        old = before.value if before and isinstance(before.value, Mapping) else {}
        known: Mapping[Look, Stamp] = before.stamps if before else {}
        stamps: dict[Look, Stamp] = {}
        for key, value in of.items():
            stands = key in old and same(old[key], value)
            stamps[name, key] = known[name, key] if stands else self._stamps.of(value)
        stamps[name, ALL] = self._stamps.all((*of, *stamps.values()))
        stamps[name, KEYS] = self._stamps.of(tuple(of))
        return stamps

    def _make(self, make: Make, prefix: str) -> Any:  # noqa: ANN401
        playbook = self._watched[prefix]
        return who_uses(playbook, whole) if make is who_uses else make(playbook)

    def _standing(self, name: str, of: Stamp = b"") -> Version | None:
        """Return what was made of a playbook that is the same in all that was looked at."""
        versions = self.versions.get(name, [])
        for n, version in enumerate(versions):
            if version.of == of and self._is_as_in(version.trace):
                version.idle = 0
                versions.insert(0, versions.pop(n))
                return version
        return None

    def _is_as_in(self, trace: Trace) -> bool:
        """Say whether all is as it was when it was looked at."""
        numbers = self._numbers
        if not trace.isdisjoint(numbers.not_so):
            return False
        for number in sorted(trace - numbers.so, key=numbers.dear):
            look, stamp = numbers.known[number]
            so = self._stamp(look) == stamp
            numbers.found(number, so=so)
            if not so:
                return False
        return True

    def _anew(self, name: str, make: Callable[[], Any], of: Stamp = b"") -> Version:
        with self.notes.noting() as noted:
            value = make()
        trace: set[int] = set()
        for look in sorted(noted, key=_dear):
            stamp = self._stamp(look)
            assert stamp is not None, look
            number = self._numbers.of(look, stamp)
            self._numbers.found(number, so=True)
            trace.add(number)
        self.anew += 1
        version = Version(frozenset(trace), of, value)
        versions = self.versions.setdefault(name, [])
        versions.insert(0, version)
        del versions[MOST:]
        return version


class _Playbook(Watched):
    """A watched playbook of which all that functions make is noted by who gives it."""

    def once(self, make: Callable[[Playbook], T]) -> T:
        """Return what a function makes of the playbook."""
        return self.given[make]  # type: ignore[no-any-return]


class _Given(Mapping[Make, Any]):
    """What functions make of a watched playbook, for whoever asks for it."""

    def __init__(self, traced: Traced, prefix: str) -> None:
        self._traced, self._prefix = traced, prefix

    def __contains__(self, make: object) -> bool:
        return True

    def __getitem__(self, make: Make) -> Any:  # noqa: ANN401
        return self._traced.once(make, self._prefix)

    def __iter__(self) -> Iterator[Make]:
        return iter(())

    def __len__(self) -> int:
        return 0


def _dear(look: Look) -> bool:
    """Say whether something must be made to know how what is looked at is now."""
    return ONCE in look[0] or look[0] == MADE


def _place(look: Look) -> Look:
    """Return where a look goes to: a key of a map, or all that is made of a playbook."""
    name, key = look
    if _dear(look):
        return MADE_OF_ALL
    return (name.removesuffix(FIELDS_OF), key[0]) if name.endswith(FIELDS_OF) else look


def _changed(before: Maps, now: Maps) -> Iterator[Look]:
    """Yield the places in which one playbook's maps hold something else than another's."""
    for name, new in now.items():
        old = before.get(name, {})
        if old is new:
            continue
        keys = [k for k in {**old, **new} if old.get(k, MISSING) is not new.get(k, MISSING)]
        yield from ((name, key) for key in (*keys, ALL))
        if list(old) != list(new):
            yield name, KEYS


def _function(name: str) -> tuple[Make | None, str]:
    """Return the function of ours that a fact is named after, and for which playbook."""
    prefix, _, path = name.partition(f"{ONCE} ")
    module, _, function = path.rpartition(".")
    found = getattr(sys.modules.get(module), function, None) if path.startswith(OURS) else None
    return (found, prefix) if isinstance(found, FunctionType) else (None, prefix)
