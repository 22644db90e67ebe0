"""What got another id: the old things, classes and parts, and how they are called now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from baodian.model.entity import Record
from baodian.playbook import Class, Playbook
from baodian.playbook.renamed import renamed
from baodian.playbook.successors import successors


@dataclass(frozen=True)
class Naming:
    """Two playbooks, and what of the old one goes on in the new one under another id.

    A successor that was there before is not the same thing under another id: what it stands for
    is gone.
    """

    old: Playbook
    new: Playbook
    things: Mapping[str, str] = field(default_factory=dict)
    """`kind:id` before → now."""
    classes: Mapping[Class, Class] = field(default_factory=dict)
    parts: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """(`kind:id` as it is now, id of a part before) → id of the part now."""
    instead: Mapping[str, str] = field(default_factory=dict)
    """`kind:id` of what is gone → what stands for it and was there before."""

    def key(self, key: str) -> str:
        """Return how a thing is called now."""
        return self.things.get(key, key)

    def class_(self, class_: Class) -> Class:
        """Return how a class is called now."""
        if class_ in self.classes:
            return self.classes[class_]
        return self.key(f"scheme:{class_[0]}").partition(":")[2], class_[1]

    def class_id(self, id_: str) -> str:
        """Return how a class is called now of which only its own id is known."""
        return self._ids.get(id_, id_)

    def part(self, key: str, id_: str) -> str:
        """Return how a part of a thing is called now; the thing by its new name."""
        return self.parts.get((key, id_), id_)

    @cached_property
    def _ids(self) -> Mapping[str, str]:
        found: dict[str, set[str]] = {}
        for before, now in self.classes.items():
            found.setdefault(before[1], set()).add(now[1])
        return {id_: now.pop() for id_, now in found.items() if len(now) == 1}

    @cached_property
    def _pairs(self) -> Mapping[tuple[str, str], tuple[str, str]]:
        pairs = (*self.instead.items(), *self.things.items())
        return {_split(before): _split(now) for before, now in pairs}

    @cached_property
    def _same_classes(self) -> bool:
        """Say whether ranges of classes mean the same on both sides."""
        one, other = (
            [(str(s.id), str(id_)) for s, id_, _ in p.classes()] for p in (self.old, self.new)
        )
        return one == other

    def same_as_written(self, old: object, new: object) -> bool:
        """Say whether two records are the same, wherever they stand, without a closer look."""
        return self._same_classes and _alike(old, new)

    def renamed(self, value: Any) -> Any:  # noqa: ANN401
        """Return a value of the old playbook with the ids of the new one.

        What names a thing that another stands for now names that one: it only follows.
        """
        return renamed(value, self._pairs) if self._pairs else value

    @cached_property
    def survivors(self) -> Mapping[Class, Class]:
        """Return the classes that were there and are there: before → now."""
        there = {(str(s.id), id_) for s, id_, _ in self.new.classes()}
        old = ((str(s.id), id_) for s, id_, _ in self.old.classes())
        return {c: now for c in old if (now := self.class_(c)) in there}


def naming(old: Playbook, new: Playbook) -> Naming:
    """Return what got another id between two playbooks, as `retired.yml` and layers say it."""
    things: dict[str, str] = {}
    classes: dict[Class, Class] = {}
    parts: dict[tuple[str, str], str] = {}
    instead: dict[str, str] = {}
    for (kind, id_, part), (to, to_id, to_part), _ in successors(new):
        before, now = f"{kind}:{id_}", f"{to}:{to_id}"
        if part is not None:
            if to == kind and to_part is not None and part not in new.parts(kind, id_):
                parts.setdefault((now, _last(part)), _last(to_part))
        elif old.find(kind, id_) is None or new.find(kind, id_) is not None or to_part:
            continue
        elif to != kind or old.find(to, to_id) is not None or now in things.values():
            instead[before] = now
        elif kind == "class":
            classes[_class(id_)] = _class(to_id)
            parts[f"scheme:{_class(to_id)[0]}", _class(id_)[1]] = _class(to_id)[1]
        else:
            things[before] = now
    return Naming(old, new, things, classes, parts, instead)


def _last(part: str) -> str:
    return part.rpartition(".")[2]


def _class(id_: str) -> Class:
    scheme, _, name = id_.partition("/")
    return scheme, name


def _split(key: str) -> tuple[str, str]:
    kind, _, id_ = key.partition(":")
    return kind, id_


def _alike(old: object, new: object) -> bool:
    if old is new:
        return True
    if isinstance(old, str) or isinstance(new, str):
        return old == new
    if isinstance(old, Record) and isinstance(new, Record):
        extra = (old.model_extra or {}, new.model_extra or {})
        return type(old) is type(new) and _alike(old.__dict__, new.__dict__) and _alike(*extra)
    if isinstance(old, dict) and isinstance(new, dict):
        return list(old) == list(new) and all(_alike(old[key], new[key]) for key in old)
    if isinstance(old, tuple | list) and isinstance(new, tuple | list):
        return len(old) == len(new) and all(map(_alike, old, new))
    return old == new
