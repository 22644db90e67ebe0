"""A short digest of a value: two are equal only if the values, and their places, are the same."""

from __future__ import annotations

import datetime
import hashlib
import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import chain
from typing import Any

from baodian.model.entity import Record
from baodian.source import Scalar

Stamp = bytes

_PLAIN = (int, float, bool, type(None), datetime.date, Decimal, Fraction, str, bytes)
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
        kind = type(value)
        if kind in _PLAIN:
            return _digest((kind.__name__.encode(), repr(value).encode("utf-8", "surrogatepass")))
        if isinstance(value, Scalar):
            return _digest(_scalar(value))
        if isinstance(value, (Mapping, tuple, list, Sequence)) and not isinstance(value, str):
            return self._held(kind, value)
        if kind in (frozenset, set):
            return _digest((kind.__name__.encode(), *sorted(map(self.of, value))))
        known = self._known.get(id(value))
        if known is None:
            known = self._before.get(id(value)) or (value, self._anew(value))
            self._known[id(value)] = known
        return known[1]

    def of_field(self, record: object, field: str) -> Stamp:
        """Return the stamp of what a frozen record has under a name; None if it has none."""
        known = self._known.get(at := (id(record), field))
        if known is None:
            known = self._before.get(at) or (record, self.of(getattr(record, field, None)))
            self._known[at] = known
        return known[1]

    def all(self, values: Iterable[Any]) -> Stamp:
        """Return the stamp of several values in this order."""
        return _digest(map(self.of, values))

    def _held(self, kind: type, value: Any) -> Stamp:  # noqa: ANN401
        at = repr(at).encode() if (at := getattr(value, "at", None)) else b""
        inside = chain.from_iterable(value.items()) if isinstance(value, Mapping) else value
        return _digest((kind.__name__.encode(), at, *map(self.of, inside)))

    def _anew(self, value: Any) -> Stamp:  # noqa: ANN401
        kind = type(value)
        name = f"{kind.__module__}.{kind.__qualname__}".encode()
        if (place := self._place_of(value)) is not None:
            return _digest((name, repr(place).encode()))
        if isinstance(value, Record):
            written = (getattr(value, field) for field in kind.model_fields)
            given = ",".join(sorted(value.model_fields_set)).encode()
            return _digest((name, repr(value.at).encode(), given, *map(self.of, written)))
        if is_dataclass(kind):
            return _digest((name, *(self.of(getattr(value, f.name)) for f in fields(kind))))
        if isinstance(value, str):
            return _digest((name, str.__str__(value).encode("utf-8", "surrogatepass")))
        return _digest((_HERE, str(id(value)).encode()))


def _scalar(value: Scalar) -> Iterable[bytes]:
    yield _name(type(value))
    yield str.__str__(value).encode("utf-8", "surrogatepass")
    yield repr(value.at).encode()
    if value.spot is not None:
        for match in _NAMING.finditer(value):
            yield repr(value.where(match.start())).encode()


@cache
def _name(kind: type) -> bytes:
    return f"{kind.__module__}.{kind.__qualname__}".encode()


def _digest(parts: Iterable[bytes]) -> Stamp:
    known = hashlib.blake2b(digest_size=_SIZE)
    for part in parts:
        known.update(len(part).to_bytes(4, "big") + part)
    return known.digest()
