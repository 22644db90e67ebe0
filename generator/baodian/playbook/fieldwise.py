"""Records that note which of their fields are looked at, and always are as they are now.

Whatever is made of a thing's name so stays when its texts change. Such a record is an instance of
its own model, so nobody who reads it need know; it holds nothing but where it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, TypeVar, cast

from baodian.model.entity import Record
from baodian.playbook.watched import KEYS, Look, Notes, Seen

T = TypeVar("T")

FIELDS_OF = "."
"""What ends the name of looks at fields of a map's records; a key is (key of a record, field)."""
WHOLE = "#whole"
"""The field that stands for all fields of a record."""

_HELD = "#held"
_MORE = frozenset(("_at", "model_fields_set"))  # what is looked at like a field


class Fieldwise(Seen[Any]):
    """A map of which is noted what keys are looked at, and what fields of its records."""

    def __init__(self, name: str, inner: Mapping[Any, Any], notes: Notes, now: Now) -> None:
        super().__init__(name, inner, notes)
        self._now = now
        self._records: dict[Any, Any] = {}

    def __getitem__(self, key: Any) -> Any:  # noqa: ANN401
        self._notes.now.add((self._name, key))
        return self._record(key, self.inner[key])

    def get(self, key: Any, default: Any = None) -> Any:  # noqa: ANN401
        """Return the record under a key, else `default`."""
        self._notes.now.add((self._name, key))
        return self._record(key, self.inner[key]) if key in self.inner else default

    def values(self) -> Any:  # noqa: ANN401
        """Return all records."""
        self._notes.now.add((self._name, KEYS))
        return tuple(self._record(key, of) for key, of in self.inner.items())

    def items(self) -> Any:  # noqa: ANN401
        """Return all keys with their records."""
        self._notes.now.add((self._name, KEYS))
        return tuple((key, self._record(key, of)) for key, of in self.inner.items())

    def _record(self, key: Any, of: Any) -> Any:  # noqa: ANN401
        known = self._records.get(key)
        kind: Any = type(of)
        if type(known) is not _noting_kind(kind):
            known = _noting(of, _Place(self._name, key, self._now, self._notes))
            self._records[key] = known
        return known


Now = Callable[[str], Mapping[Any, Any]]
"""Gives a map of the playbook as it is now, by its name."""


class _Place:
    """Where a record stands."""

    __slots__ = ("key", "looks", "name", "notes", "now")

    def __init__(self, name: str, key: Any, now: Now, notes: Notes) -> None:  # noqa: ANN401
        self.name, self.key, self.now, self.notes = name, key, now, notes
        self.looks = name + FIELDS_OF

    def whole(self) -> Any:  # noqa: ANN401
        """Return the record as it is now, and note that all of it is looked at."""
        self.notes.now.add((self.looks, (self.key, WHOLE)))
        return self.now(self.name).get(self.key)


class _Noting:
    """What makes a model note its fields; before the model among the bases."""

    def __eq__(self, other: object) -> bool:
        mine = _place(self)
        if isinstance(other, _Noting):
            theirs = _place(other)
            if (mine.name, mine.key) == (theirs.name, theirs.key):
                return True
            return bool(mine.whole() == theirs.whole())
        return bool(mine.whole() == other)

    def __hash__(self) -> int:
        return hash(_place(self).whole())

    def __iter__(self) -> Iterator[Any]:
        return iter(_place(self).whole())

    def __repr__(self) -> str:
        return repr(_place(self).whole())

    def model_copy(self, **asked: Any) -> Any:  # noqa: ANN401
        """Return a record of its own, with other values."""
        return _place(self).whole().model_copy(**asked)


def _place(of: _Noting) -> _Place:
    place: _Place = of.__dict__[_HELD]
    return place


def place_of(value: object) -> Look | None:
    """Return where a record that notes its fields stands; None for any other value."""
    return (_place(value).name, _place(value).key) if isinstance(value, _Noting) else None


def whole(value: T) -> T:
    """Return a record as it is, noted as looked at in all its fields; any other value as it is."""
    return cast("T", _place(value).whole()) if isinstance(value, _Noting) else value


@cache
def _noting_kind(kind: Any) -> type[Record]:  # noqa: ANN401
    made: type[Record] = type(kind.__name__, (_Noting, kind), {"__module__": kind.__module__})
    for field in _MORE.union(kind.model_fields):
        setattr(made, field, _noted(field))
    return made


def _noted(field: str) -> property:
    """Return a field that is as it is now, and noted when it is looked at."""

    def get(self: _Noting) -> Any:  # noqa: ANN401
        place: _Place = self.__dict__[_HELD]
        place.notes.now.add((place.looks, (place.key, field)))
        return getattr(place.now(place.name).get(place.key), field)

    return property(get)


def _noting(record: Record, place: _Place) -> Any:  # noqa: ANN401
    kind = _noting_kind(type(record))
    made = kind.__new__(kind)
    object.__setattr__(made, "__dict__", {_HELD: place})
    return made
