"""Which record a group of keys was written as, judged by its keys alone."""

from __future__ import annotations

from typing import Any, get_args

from baodian.model.entity import Record
from baodian.source import Mapping, Node


def record_types(accepts: Any) -> tuple[type[Record], ...]:  # noqa: ANN401
    """Return the records that a type stands for: itself, or the members of a union."""
    if isinstance(accepts, type):
        return (accepts,) if issubclass(accepts, Record) else ()
    return tuple(dict.fromkeys(t for part in get_args(accepts) for t in record_types(part)))


def unknown_keys(node: Node, types: tuple[type[Record], ...]) -> int:
    """Return how many keys of `node` the nearest record does not have; 1 if it is no group."""
    if not isinstance(node, Mapping):
        return 1
    return min(len({str(key) for key in node} - _keys(type_)) for type_ in types)


def fits(node: Node, types: tuple[type[Record], ...], given: frozenset[str]) -> bool:
    """Tell whether `node` with the keys `given` has all that a record needs, and no other keys."""
    if not isinstance(node, Mapping):
        return False
    keys = {str(key) for key in node} | given
    return any(_needed(type_) <= keys <= _keys(type_) | given for type_ in types)


def _keys(type_: type[Record]) -> set[str]:
    return {field.alias or name for name, field in type_.model_fields.items()}


def _needed(type_: type[Record]) -> set[str]:
    return {f.alias or name for name, f in type_.model_fields.items() if f.is_required()}
