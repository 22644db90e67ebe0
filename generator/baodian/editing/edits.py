"""Edits as values, and what they make of plain data."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Union

from baodian.source import Mapping, Node, Scalar

Data = Union[str, None, "list[Data]", "dict[str, Data]"]
"""What stands in a file: texts, lists and maps of them; None is `null`. A number is a text."""
Path = tuple[str | int, ...]
"""From the top of the file: keys of maps; of lists positions from 0, or the ids of items."""


@dataclass(frozen=True)
class Replace:
    """Another value at a path. Of a list or a map only what differs is written anew."""

    path: Path
    value: Data


@dataclass(frozen=True)
class Insert:
    """Something more in the map or list at a path, which may be empty or have no value yet.

    In a map `key` is the new key, and `before` the key that it is to stand before. In a list `key`
    is its position. None stands for the end.
    """

    path: Path
    key: str | int | None
    value: Data
    before: str | None = None


@dataclass(frozen=True)
class Delete:
    """An entry or item less. A map or list that it was all of stays, empty."""

    path: Path


@dataclass(frozen=True)
class RenameKey:
    """Another key for the value at a path."""

    path: Path
    new: str


Edit = Replace | Insert | Delete | RenameKey


class NoSuchPlaceError(LookupError):
    """An edit names something that is not there, or a key that is there already."""


def as_data(node: Node) -> Data:
    """Return what a located tree says, without its places."""
    if isinstance(node, Mapping):
        return {str(key): as_data(value) for key, value in node.items()}
    if isinstance(node, Scalar):
        return None if node.style == "plain" and node in ("~", "null") else str(node)
    return [as_data(item) for item in node]


def position(items: list[Data], step: str | int) -> int:
    """Return where in a list the item of an id, or of a position, stands."""
    if isinstance(step, int):
        if 0 <= step < len(items):
            return step
    else:
        for number, item in enumerate(items):
            if id_of(item) == step:
                return number
    raise NoSuchPlaceError(f"no item {step!r}")


def id_of(item: Data) -> str | None:
    """Return the id of an item of a list: its `id`, or the key of `- key: text`."""
    if not isinstance(item, dict):
        return None
    if isinstance(id_ := item.get("id"), str):
        return id_
    return next(iter(item)) if len(item) == 1 else None


def located(data: Data, path: Path) -> Path:
    """Return a path with the positions of items instead of their ids."""
    exact: list[str | int] = []
    for step in path:
        if isinstance(data, list):
            step = position(data, step)
            data = data[step]
        elif isinstance(data, dict) and isinstance(step, str) and step in data:
            data = data[step]
        else:
            raise NoSuchPlaceError(f"nothing stands at {path!r}")
        exact.append(step)
    return tuple(exact)


def at(data: Data, path: Path) -> Data:
    """Return what stands at a path without ids."""
    for step in path:
        data = data[step]  # type: ignore[index]
    return data


def applied(data: Data, edit: Edit) -> Data:
    """Return the data with an edit, whose path has no ids; the data stays as it is."""
    if isinstance(edit, Insert):
        return _changed(data, edit.path, _inserted(at(data, edit.path), edit))
    if isinstance(edit, Replace):
        return _changed(data, edit.path, edit.value)
    *way, last = edit.path
    outer = at(data, tuple(way))
    if isinstance(outer, list):
        if isinstance(edit, RenameKey):
            raise NoSuchPlaceError("an item of a list has no key")
        inner: Data = [item for number, item in enumerate(outer) if number != last]
    else:
        assert isinstance(outer, dict)
        inner = dict(_without_or_renamed(outer, str(last), edit))
    return _changed(data, tuple(way), inner)


def _without_or_renamed(
    outer: dict[str, Data], last: str, edit: Delete | RenameKey
) -> Iterator[tuple[str, Data]]:
    for key, value in outer.items():
        if key != last:
            yield key, value
        elif isinstance(edit, RenameKey):
            if edit.new != last and edit.new in outer:
                raise NoSuchPlaceError(f"{edit.new!r} is there already")
            yield edit.new, value


def _inserted(outer: Data, edit: Insert) -> Data:
    if isinstance(outer, list) or (not outer and not isinstance(edit.key, str)
                                   and not isinstance(outer, dict)):  # fmt: skip
        items = outer if isinstance(outer, list) else []
        if isinstance(edit.key, str):
            raise NoSuchPlaceError("a list has no keys")
        where = len(items) if edit.key is None else edit.key
        if not 0 <= where <= len(items):
            raise NoSuchPlaceError(f"no position {where}")
        return [*items[:where], edit.value, *items[where:]]
    if not isinstance(edit.key, str) or not (isinstance(outer, dict) or not outer):
        raise NoSuchPlaceError("nothing can be put in there")
    entries = outer if isinstance(outer, dict) else {}
    if edit.key in entries:
        raise NoSuchPlaceError(f"{edit.key!r} is there already")
    if edit.before is None:
        return {**entries, edit.key: edit.value}
    if edit.before not in entries:
        raise NoSuchPlaceError(f"no key {edit.before!r}")
    made: dict[str, Data] = {}
    for key, value in entries.items():
        if key == edit.before:
            made[edit.key] = edit.value
        made[key] = value
    return made


def _changed(data: Data, path: Path, new: Data) -> Data:
    if not path:
        return new
    step, *rest = path
    if isinstance(data, list):
        return [_changed(v, tuple(rest), new) if n == step else v for n, v in enumerate(data)]
    assert isinstance(data, dict)
    return {k: _changed(v, tuple(rest), new) if k == step else v for k, v in data.items()}


def smallest(edit: Replace, old: Data) -> list[Edit]:
    """Return edits that make of an old value the new one and touch only what differs."""
    return list(_differences(edit.path, old, edit.value))


def _differences(path: Path, old: Data, new: Data) -> Iterator[Edit]:
    if same(old, new):
        return
    if isinstance(old, dict) and isinstance(new, dict) and old and new and _in_order(old, new):
        for key in [key for key in old if key not in new]:
            yield Delete((*path, key))
        keys = list(new)
        for key in keys:
            if key in old:
                yield from _differences((*path, key), old[key], new[key])
        there = {key for key in keys if key in old}
        for number, key in reversed(list(enumerate(keys))):
            if key not in there:
                yield Insert(path, key, new[key], next(iter(keys[number + 1 :]), None))
                there.add(key)
    elif isinstance(old, list) and isinstance(new, list) and old and new:
        yield from _in_list(path, old, new)
    else:
        yield Replace(path, new)


def _in_order(old: dict[str, Data], new: dict[str, Data]) -> bool:
    both = [key for key in old if key in new]
    return bool(both) and both == [key for key in new if key in old]


def _in_list(path: Path, old: list[Data], new: list[Data]) -> Iterator[Edit]:
    """Yield what differs, from the end on, so that the positions before stay what they were."""
    matcher = SequenceMatcher(None, [_token(i) for i in old], [_token(i) for i in new], False)
    for _, begin, end, start, stop in reversed(matcher.get_opcodes()):
        both = min(end - begin, stop - start)
        for number in range(end - 1, begin + both - 1, -1):
            yield Delete((*path, number))
        for number in range(stop - 1, start + both - 1, -1):
            yield Insert(path, begin + both, new[number])
        for number in range(both - 1, -1, -1):
            yield from _differences(
                (*path, begin + number), old[begin + number], new[start + number]
            )


def _token(item: Data) -> str:
    """Return by what an item is known in its list: its id, else all it says."""
    return id_of(item) or json.dumps(item)


def same(one: Data, other: Data) -> bool:
    """Say whether two values are equal, the order of their keys included."""
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return one == other
