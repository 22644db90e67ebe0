"""A short digest of a value: two are equal only if the values, and their places, are the same."""

from __future__ import annotations

import datetime
import hashlib
import marshal
import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import is_dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import chain
from typing import Any

from baodian.model.entity import Record
from baodian.source import Scalar
from baodian.values import names

Stamp = bytes

Data = Any
"""Plain data, and tuples of it."""
_WITHOUT_IDENTITY = 2  # the last version of `marshal` that writes one and the same thing twice
_AS_IT_IS = frozenset((int, float, bool, type(None), str, bytes))
_PLAIN = frozenset((*_AS_IT_IS, datetime.date, Decimal, Fraction))
_LOOKED_THROUGH = (Mapping, Sequence, set, frozenset)
_NAMING = re.compile("[【{]")
"""What begins something inside a text that has a place of its own."""
_SIZE = 12  # bytes: that two of a million differ and look alike is less likely than 10⁻¹⁷
_HERE = os.urandom(16)
"""What makes the stamp of something that only this process knows."""


class Stamps:
    """Gives stamps, and remembers those of records and other frozen values."""

    def __init__(self, place_of: Callable[[object], object] = lambda _: None) -> None:
        """Give stamps; of what `place_of` knows a place, that place is all that counts."""
        self._place_of = place_of
        self._known: dict[object, tuple[object, Stamp]] = {}  # by identity; the value stays alive
        self._before: dict[object, tuple[object, Stamp]] = {}

    def begin(self) -> None:
        """Forget what nobody has asked for since this was called last."""
        self._before, self._known = self._known, {}

    def of(self, value: Any) -> Stamp:  # noqa: ANN401
        """Return the stamp of a value.

        Records and texts of YAML know their places, so a line more above them gives another one.
        What is neither plain data nor made of it, such as a function, is like nothing but itself
        as long as the process runs.
        """
        kind: Any = type(value)
        if not _made_of_others(kind):
            return self._by_identity(value)
        return _digest(self._data(value))

    def of_field(self, record: object, field: str) -> Stamp:
        """Return the stamp of what a frozen record has under a name; None if it has none."""
        known = self._known.get(at := (id(record), field))
        if known is None:
            known = self._before.get(at) or (record, self.of(getattr(record, field, None)))
            self._known[at] = known
        return known[1]

    def all(self, values: Iterable[Any]) -> Stamp:
        """Return the stamp of several values in this order."""
        return _digest(tuple(map(self.of, values)))

    def _by_identity(self, value: Any) -> Stamp:  # noqa: ANN401
        known = self._known.get(id(value))
        if known is None:
            known = self._before.get(id(value)) or (value, _digest(self._anew(value)))
            self._known[id(value)] = known
        return known[1]

    def _data(self, value: Any) -> Data:  # noqa: ANN401
        """Return data that only the same value has; of a frozen value its stamp."""
        kind = type(value)
        if kind in _AS_IT_IS:
            return value
        if isinstance(value, Scalar):
            return _scalar(value)
        if isinstance(value, (Mapping, tuple, list, Sequence)) and not isinstance(value, str):
            inside = chain.from_iterable(value.items()) if isinstance(value, Mapping) else value
            return (kind.__name__, _place(getattr(value, "at", None)), *map(self._data, inside))
        if kind in (frozenset, set):
            return (kind.__name__, *sorted(map(self.of, value)))
        return (kind.__name__, repr(value)) if kind in _PLAIN else self._by_identity(value)

    def _anew(self, value: Any) -> Data:  # noqa: ANN401
        kind: Any = type(value)
        name = _name(kind)
        if (place := self._place_of(value)) is not None:
            return name, repr(place)
        if isinstance(value, Record):
            written = (self._data(getattr(value, field)) for field in kind.model_fields)
            return (name, _place(value.at), *sorted(value.model_fields_set), None, *written)
        if is_dataclass(kind):
            return (name, *(self._data(getattr(value, field)) for field in names(type(value))))
        if isinstance(value, str):
            return name, str.__str__(value)
        return _HERE, id(value)


def _scalar(value: Scalar) -> Data:
    marks = _NAMING.finditer(value) if value.spot is not None else ()
    inside = (_place(value.where(match.start())) for match in marks)
    kind: Any = type(value)
    return (_name(kind), str.__str__(value), _place(value.at), *inside)


def _place(at: Any) -> Data:  # noqa: ANN401
    return at and (at.file, at.line, at.column)


@cache
def _made_of_others(kind: Any) -> bool:  # noqa: ANN401
    """Say whether values of a kind are looked through each time, since they may change."""
    texts = issubclass(kind, str) and not issubclass(kind, Scalar) and kind is not str
    return kind in _PLAIN or (issubclass(kind, _LOOKED_THROUGH) and not texts)


@cache
def _name(kind: Any) -> str:  # noqa: ANN401
    return f"{kind.__module__}.{kind.__qualname__}"


def _digest(data: Data) -> Stamp:
    return hashlib.blake2b(marshal.dumps(data, _WITHOUT_IDENTITY), digest_size=_SIZE).digest()
