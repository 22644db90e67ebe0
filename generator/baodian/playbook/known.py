"""What is known of the playbook at hand: how all that is looked at is now, and what of it is so.

Many look at the same, so a look with its stamp is a number, and a trace a set of these: whether
what was made still stands is asked once of each number, not of each trace, and again only where
the next playbook holds something else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from typing import Any

from baodian.playbook.fieldwise import FIELDS_OF
from baodian.playbook.stamps import Stamp
from baodian.playbook.watched import ALL, KEYS, ONCE, Look

Trace = frozenset[int]
"""The numbers of looks with their stamps."""
Numbered = tuple[tuple[Look, Stamp], ...]
Maps = Mapping[str, Mapping[Any, Any]]
MADE = "#made"
"""The name of looks at other things that were made; a key is (name, stamp of the thing)."""
FACT = "#fact"
"""The key of the place of all that is seen of what a function made of a playbook."""
_OF_ALL: Look = (MADE, ALL)
"""The place of what is made of a whole playbook, each of which may be another in the next."""
_MISSING = object()


class Known:
    """Looks with their stamps by number, and which of them are so; `ask` gives a stamp of now.

    It gives None for what nobody knows any more.
    """

    def __init__(self, ask: Callable[[str, Any], Stamp | None]) -> None:
        self._ask = ask
        self._looks: list[tuple[Look, Stamp]] = []
        self._numbers: dict[tuple[Look, Stamp], int] = {}
        self._now: dict[Look, int] = {}  # of which number each is that was asked for
        self._so: set[int] = set()  # all of these
        self._not_so: set[int] = set()
        self._at: dict[Look, set[Look]] = {}  # what was asked for at a place
        self._not_at: dict[Look, set[int]] = {}  # what is not so there
        self._lost: set[int] = set()  # what was so in the playbook before and may be no more

    def number(self, look: Look, stamp: Stamp) -> int:
        """Return the number of a look with its stamp."""
        number = self._numbers.setdefault((look, stamp), len(self._looks))
        if number == len(self._looks):
            self._looks.append((look, stamp))
        return number

    def numbered(self, traces: Iterable[Trace]) -> tuple[Numbered, tuple[Trace, ...]]:
        """Return what some traces name, and those traces by its numbers."""
        traces = tuple(traces)
        again = {n: i for i, n in enumerate(sorted(Trace().union(*traces)))}
        looks = tuple(self._looks[n] for n in again)
        return looks, tuple(frozenset(again[n] for n in one) for one in traces)

    def trace(self, looks: Set[Look]) -> Trace:
        """Return the trace of all that was looked at, as it is now."""
        now = self._now
        for look in sorted((look for look in looks if look not in now), key=_dear):
            known = self._as_it_is(look)
            assert known is not None, look
        return frozenset(map(now.__getitem__, looks))

    def stands(self, trace: Trace) -> bool:
        """Say whether all is as it was when it was looked at."""
        if not trace.isdisjoint(self._not_so):
            return False
        for number in sorted(trace - self._so, key=lambda n: _dear(self._looks[n][0])):
            look = self._looks[number][0]
            if self._as_it_is(look) != number:
                self._not_so.add(number)
                self._not_at.setdefault(_place(look), set()).add(number)
                return False
        return True

    def forget(self, before: Maps, now: Maps) -> None:
        """Go on with a playbook of which the maps are `now`."""
        self._lost = set()
        for place in (_OF_ALL, *_changed(before, now)):
            self._forget(place)

    def unsure(self, facts: Mapping[str, Trace]) -> set[str]:
        """Return the names of those facts that may be others now, and forget what is seen of them.

        They are such as looked at what was forgotten, or at others of them.
        """
        unsure: set[str] = set()
        lost: Set[int] = self._lost
        while lost:
            found = {n for n in facts.keys() - unsure if not facts[n].isdisjoint(lost)}
            lost = set().union(*(self._forget((name, FACT)) for name in found))
            unsure |= found
        return unsure

    def turned(self) -> set[int]:
        """Return the numbers that were so in the playbook before, and are no more."""
        return {n for n in self._lost if self._as_it_is(self._looks[n][0]) != n}

    def _as_it_is(self, look: Look) -> int | None:
        """Return the number of a look as it is now."""
        known = self._now.get(look)
        if known is None and (stamp := self._ask(*look)) is not None:
            known = self._now[look] = self.number(look, stamp)
            self._at.setdefault(_place(look), set()).add(look)
            self._so.add(known)
        return known

    def _forget(self, place: Look) -> set[int]:
        lost = {self._now.pop(look) for look in self._at.pop(place, ())}
        self._so -= lost
        self._lost |= lost
        self._not_so -= self._not_at.pop(place, set())
        return lost


def _dear(look: Look) -> bool:
    """Say whether something must be made to know how what is looked at is now."""
    return ONCE in look[0] or look[0] == MADE


def _place(look: Look) -> Look:
    """Return where a look goes to: a key of a map, a fact, or all that is made of a playbook."""
    name, key = look
    if name == MADE:
        return _OF_ALL
    if ONCE in name:
        return name, FACT
    return (name.removesuffix(FIELDS_OF), key[0]) if name.endswith(FIELDS_OF) else look


def _changed(before: Maps, now: Maps) -> Iterator[Look]:
    """Yield the places in which one playbook's maps hold something else than another's."""
    for name, new in now.items():
        old = before.get(name, {})
        if old is new:
            continue
        keys = [k for k in {**old, **new} if old.get(k, _MISSING) is not new.get(k, _MISSING)]
        yield from ((name, key) for key in (*keys, ALL))
        if kinds_by_key(old) != kinds_by_key(new):
            yield name, KEYS


def kinds_by_key(of: Mapping[Any, Any]) -> tuple[tuple[Any, str], ...]:
    """Return the keys of a map in their order, each with the kind of what it leads to."""
    return tuple((key, type(value).__name__) for key, value in of.items())
