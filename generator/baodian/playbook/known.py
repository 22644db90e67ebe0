"""What is known of the playbook at hand: how all that is looked at is now, and what of it is so.

Many look at the same, so a look with its stamp is a number, and a trace a set of these: whether
what was made still stands is asked once of each number, not of each trace, and again only where
the next playbook holds something else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
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
_MADE_OF_ALL: Look = (MADE, ALL)
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
        self._so: set[int] = set()
        self._not_so: set[int] = set()  # no number is in both
        self._asked: dict[Look, set[int]] = {}  # by place
        self._now: dict[Look, dict[Look, Stamp]] = {}  # by place

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

    def trace(self, looks: Iterable[Look]) -> Trace:
        """Return the trace of all that was looked at, as it is now."""
        numbers: set[int] = set()
        for look in sorted(looks, key=_dear):
            stamp = self._stamp(look)
            assert stamp is not None, look
            number = self.number(look, stamp)
            self._found(number, so=True)
            numbers.add(number)
        return frozenset(numbers)

    def stands(self, trace: Trace) -> bool:
        """Say whether all is as it was when it was looked at."""
        if not trace.isdisjoint(self._not_so):
            return False
        for number in sorted(trace - self._so, key=lambda n: _dear(self._looks[n][0])):
            look, stamp = self._looks[number]
            so = self._stamp(look) == stamp
            self._found(number, so=so)
            if not so:
                return False
        return True

    def forget(self, before: Maps, now: Maps) -> None:
        """Go on with a playbook of which the maps are `now`."""
        for place in (_MADE_OF_ALL, *_changed(before, now)):
            self._now.pop(place, None)
            numbers = self._asked.pop(place, set())
            self._so -= numbers
            self._not_so -= numbers

    def _stamp(self, look: Look) -> Stamp | None:
        here = self._now.setdefault(_place(look), {})
        known = here.get(look)
        if known is None and (known := self._ask(*look)) is not None:
            here[look] = known
        return known

    def _found(self, number: int, *, so: bool) -> None:
        is_, is_not = (self._so, self._not_so) if so else (self._not_so, self._so)
        is_.add(number)
        is_not.discard(number)
        self._asked.setdefault(_place(self._looks[number][0]), set()).add(number)


def _dear(look: Look) -> bool:
    """Say whether something must be made to know how what is looked at is now."""
    return ONCE in look[0] or look[0] == MADE


def _place(look: Look) -> Look:
    """Return where a look goes to: a key of a map, or all that is made of a playbook."""
    name, key = look
    if _dear(look):
        return _MADE_OF_ALL
    return (name.removesuffix(FIELDS_OF), key[0]) if name.endswith(FIELDS_OF) else look


def _changed(before: Maps, now: Maps) -> Iterator[Look]:
    """Yield the places in which one playbook's maps hold something else than another's."""
    for name, new in now.items():
        old = before.get(name, {})
        if old is new:
            continue
        keys = [k for k in {**old, **new} if old.get(k, _MISSING) is not new.get(k, _MISSING)]
        yield from ((name, key) for key in (*keys, ALL))
        if list(old) != list(new):
            yield name, KEYS
