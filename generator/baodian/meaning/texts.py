"""The texts of a playbook that say what is so, for whom they are, and which name a thing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from baodian.meaning.compare import HOUSEKEEPING
from baodian.meaning.naming import Naming
from baodian.meaning.telling import touched
from baodian.model.fields import Field, Name, Prose
from baodian.model.leaves import KEY, Path, leaves
from baodian.model.quantities import Criterion, Frequency, Range
from baodian.playbook import Class, Playbook

Place = tuple[str, Path]
"""A thing, and where in it: all below that path."""

SILENT = frozenset(("source", "change", "overlay"))
"""Kinds that rightly say what was: ledgers of sources, and layers with their reasons."""
_SAYING_OLD = frozenset(("sources_say", "was", "promised")) | HOUSEKEEPING


@dataclass(frozen=True)
class Leaf:
    """A value of the playbook: of which thing, by which path."""

    key: str
    path: Path
    value: Field


def texts(playbook: Playbook) -> tuple[Leaf, ...]:
    """Return every text that readers read, but for those that rightly say what was."""
    return tuple(
        leaf for leaf in playbook.once(values)
        if isinstance(leaf.value, Prose | Name)
        and leaf.key.partition(":")[0] not in SILENT
        and not _SAYING_OLD & set(leaf.path)
        and KEY not in leaf.path
        and leaf.path[-1] not in ("default", "unit")
    )  # fmt: skip


def values(playbook: Playbook) -> tuple[Leaf, ...]:
    """Return every value that can name something or say a number."""
    return tuple(
        Leaf(key, path, value)
        for key, record in playbook.records()
        for path, value in leaves(record)
        if isinstance(value, Prose | Name | Range | Criterion | Frequency)
    )


def for_whom(playbook: Playbook) -> Mapping[str, frozenset[Class]]:
    """Return the classes that each thing is for."""
    same = Naming(playbook, playbook)
    return {key: frozenset(touched(same, key, record, playbook))
            for key, record in playbook.records()}  # fmt: skip


def naming_places(playbook: Playbook, key: str) -> Iterator[Place]:
    """Yield what stands around the values that name a thing or reckon with it."""
    mark = (f"【{key}】", f"【{key}#")
    for leaf in playbook.once(values):
        if any(sign in leaf.value for sign in mark):
            yield leaf.key, leaf.path[: min(len(leaf.path) - 1, 2)]


def naming_it(playbook: Playbook, key: str) -> frozenset[str]:
    """Return the `kind:id` of what names a thing in a text, or reckons with a parameter."""
    return frozenset(by for by, _ in naming_places(playbook, key))
