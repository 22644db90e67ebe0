"""What names something that another stands for now names that one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from baodian.model.entity import Record
from baodian.model.fields import Field, Name, Prose
from baodian.model.ids import Id
from baodian.model.leaves import leaves
from baodian.model.references import Ref

Key = tuple[str, str]
_MARK = re.compile(r"【([a-z-]+):([^#】\s]+)(?:#[^】]+)?】")


def named(value: object) -> frozenset[Key]:
    """Return all that a record or value names and that something else might stand for."""
    return frozenset(key for _, leaf in leaves(value) for key in _named(leaf))


def _named(leaf: Field) -> Iterator[Key]:
    if isinstance(leaf, Ref):
        yield leaf.kind, leaf.id
    elif isinstance(leaf, Id):
        yield type(leaf).kind, str(leaf)
    elif isinstance(leaf, (Prose, Name)):
        yield from ((mark[1], mark[2]) for mark in _MARK.finditer(leaf))


def renamed(value: Any, moved: Mapping[Key, Key]) -> Any:  # noqa: ANN401
    """Return a record, list, map or value of it in which nothing that has moved is named.

    A part of what has moved becomes the whole of what stands for it. An id by itself can only
    become one of the same kind; where it cannot, it stays, and is missed by the checks.
    """
    if isinstance(value, Ref):
        new = moved.get((value.kind, value.id))
        return Ref.read(Ref.of(value, ":".join(new))) if new else value
    if isinstance(value, Id):
        new = moved.get((type(value).kind, str(value)))
        return type(value).of(value, new[1]) if new and new[0] == type(value).kind else value
    if isinstance(value, (Prose, Name)):
        text = renamed_text(str(value), moved)
        return value if text == value else type(value).of(value, text)
    if isinstance(value, Record):
        update = {
            name: new
            for name in value.model_fields_set & type(value).model_fields.keys()
            if (new := renamed(old := getattr(value, name), moved)) is not old
        }
        return value.model_copy(update=update) if update else value
    if isinstance(value, dict):
        items = {renamed(k, moved): renamed(v, moved) for k, v in value.items()}
        same = all(a is b and value[b] is items[a] for a, b in zip(items, value, strict=False))
        return value if same and len(items) == len(value) else items
    if isinstance(value, tuple):
        inner = tuple(renamed(one, moved) for one in value)
        if all(a is b for a, b in zip(inner, value, strict=True)):
            return value
        return tuple(dict.fromkeys(inner)) if all(isinstance(i, str) for i in inner) else inner
    return value


def renamed_text(text: str, moved: Mapping[Key, Key]) -> str:
    """Return a text whose marks name what stands for what has moved."""
    return _MARK.sub(
        lambda mark: f"【{':'.join(new)}】" if (new := moved.get((mark[1], mark[2]))) else mark[0],
        text,
    )
