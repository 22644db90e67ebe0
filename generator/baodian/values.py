"""Values made of plain data and our own dataclasses ↔ bytes, to be kept in a cache.

They come back as such and as nothing else: bytes from a stranger can be wrong, but they cannot
make anything run. What is a text in any way comes back as a plain one.
"""

from __future__ import annotations

import datetime
import io
import pickle
import sys
from collections import Counter
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

T = TypeVar("T")

_OURS = "baodian."
_PLAIN = {
    ("builtins", "str"): str,
    ("builtins", "set"): set,
    ("builtins", "frozenset"): frozenset,
    ("datetime", "date"): datetime.date,
    ("collections", "Counter"): Counter,
}


def written(value: object) -> bytes:
    """Return a value as bytes. Raises `pickle.PicklingError` for what is no data."""
    held = io.BytesIO()
    _Writer(held, pickle.HIGHEST_PROTOCOL).dump(value)
    return held.getvalue()


def read(data: bytes) -> Any:  # noqa: ANN401
    """Return the value that was written; the modules of its classes are imported already.

    Raises `pickle.UnpicklingError` for what is no data.
    """
    return _Reader(io.BytesIO(data)).load()


_NAMES: dict[type, tuple[str, ...]] = {}


def names(kind: type) -> tuple[str, ...]:
    """Return the names of a dataclass's fields; none of any other type."""
    if kind not in _NAMES:
        _NAMES[kind] = tuple(one.name for one in fields(kind)) if is_dataclass(kind) else ()
    return _NAMES[kind]


class _Writer(pickle.Pickler):
    def reducer_override(self, value: Any) -> Any:  # noqa: ANN401
        """Write a text that knows more, such as its place, as a plain one."""
        return (str, ("".join(value),)) if isinstance(value, str) else NotImplemented


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401
        """Return a class that holds plain data; anything else is refused."""
        if found := _PLAIN.get((module, name)):
            return found
        if module.startswith(_OURS) and "." not in name:
            found = getattr(sys.modules.get(module), name, None)
            if isinstance(found, type) and is_dataclass(found):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no data")
