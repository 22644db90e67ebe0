"""What can be chosen in a cell: fixed words, or ids of what there is, each with its name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from baodian.model import kinds
from baodian.model.entity import SETTERS
from baodian.model.fields import Flag, OneOf
from baodian.model.ids import Id, SetterId
from baodian.model.references import ClassRef, Selector, Target
from baodian.sheets.columns import Column
from baodian.source import Mapping, Node, Scalar
from baodian.trees import Shelf

CLASS = "class"
WORDS = "words "
"""What begins the name of a list of fixed words."""


@dataclass(frozen=True)
class Choices:
    """A list to choose from: its name, and its entries with what they are called."""

    name: str
    entries: tuple[tuple[str, str], ...]

    @property
    def fixed(self) -> bool:
        """Say whether nothing else can be right; of ids there may be new ones."""
        return self.name.startswith(WORDS)


def choices(column: Column, shelf: Shelf) -> Choices | None:
    """Return what can stand in a column, None where it is free."""
    holds = column.holds
    if column.shape not in ("text", "list"):
        return None
    if issubclass(holds, OneOf):
        return Choices(WORDS + " ".join(holds.choices), tuple((word, "") for word in holds.choices))
    if issubclass(holds, Flag):
        return Choices(WORDS + "true false", (("true", ""), ("false", "")))
    if issubclass(holds, (Selector, ClassRef, Target)):
        return Choices(CLASS, tuple(classes(shelf)))
    if issubclass(holds, SetterId):
        return Choices("setter", (*((s, "") for s in SETTERS), *_things(shelf, "role")))
    if issubclass(holds, Id) and holds.kind:
        entries = tuple(_things(shelf, holds.kind) or _listed(shelf.settings, holds.kind))
        return Choices(holds.kind, entries) if entries else None
    return None


def _things(shelf: Shelf, kind: str) -> list[tuple[str, str]]:
    """Return the ids and names of the things of a kind; groups of measures have another word."""
    wanted = "measure-group" if kind == "measures" else kind
    known = {kind.name for kind in kinds.KINDS} - {CLASS}
    trees = (tree for tree in shelf.trees.values() if tree.kind == wanted and wanted in known)
    return [(str(tree.id), named(tree.node)) for tree in trees]


def classes(shelf: Shelf) -> Iterator[tuple[str, str]]:
    """Yield every class as `scheme/class`, and its whole name."""
    for tree in shelf.trees.values():
        if tree.kind != "scheme" or not isinstance(tree.node, Mapping):
            continue
        prefix = tree.node.get(Scalar("prefix"))
        there = tree.node.get(Scalar("classes"))
        for id_, node in there.items() if isinstance(there, Mapping) else ():
            before = prefix if isinstance(prefix, Scalar) else ""
            yield f"{tree.id}/{id_}", f"{before}{named(node)}"


def _listed(settings: Mapping | None, name: str) -> Iterator[tuple[str, str]]:
    """Yield what `playbook.yml` lists under a name such as `groups.script`."""
    node: Node | None = settings
    for step in name.split("."):
        node = node.get(Scalar(step)) if isinstance(node, Mapping) else None
    if isinstance(node, Mapping):
        yield from ((str(id_), str(value)) for id_, value in node.items())


def named(node: Node) -> str:
    """Return what a thing is called by readers, "" if it has no name."""
    for key in ("title", "name", "what"):
        said = node.get(Scalar(key)) if isinstance(node, Mapping) else None
        if isinstance(said, Scalar):
            return str(said)
    return ""
