"""Changes merged into trees before anything is validated: the seam for what differs in an edition.

A later layer says only what differs. Whatever comes of it is checked as strictly as the base, and
every value keeps the file and line that it was written at, in the base or in the layer.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as Map
from dataclasses import dataclass, field, replace

from baodian.source import Mapping, Node, Scalar
from baodian.trees.shelf import Key, Shelf, Tree


@dataclass(frozen=True)
class Layer:
    """What differs: keys that change, whole trees that are added, trees that are withdrawn."""

    change: Map[Key, Mapping] = field(default_factory=dict)
    add: tuple[Tree, ...] = ()
    withdraw: frozenset[Key] = frozenset()


def merge(tree: Node, change: Node) -> Node:
    """Return the tree with the change: maps merge by key, all else is replaced whole.

    `null` or `~`, unless quoted, takes the key away; inside a list they are texts. Keys stay in the
    order of the tree, new ones follow in the order of the change. Neither of the two is altered.
    """
    if not isinstance(change, Mapping):
        return change
    if not isinstance(tree, Mapping):
        tree = Mapping(at=change.at)
    changed = {key: (key, value) for key, value in change.items()}
    items: dict[Scalar, Node] = {}
    for key, value in tree.items():
        by, new = changed.pop(key, (key, value))
        if new is value:
            items[key] = value
        elif not _is_null(new):
            both = isinstance(value, Mapping) and isinstance(new, Mapping)
            items[key if both else by] = merge(value, new)
    for key, new in changed.values():
        if not _is_null(new):
            items[key] = merge(Mapping(at=new.at), new)
    return Mapping(items, at=tree.at)


def merged(shelf: Shelf, layers: Iterable[Layer]) -> Shelf:
    """Return the shelf with all layers, the first one first.

    Raises `KeyError` if a layer changes or withdraws what is not there, or adds what is.
    """
    for layer in layers:
        shelf = _with(shelf, layer)
    return shelf


def _with(shelf: Shelf, layer: Layer) -> Shelf:
    trees = dict(shelf.trees)
    for key, change in layer.change.items():
        trees[key] = replace(trees[key], node=merge(trees[key].node, change))
    for tree in layer.add:
        if tree.key in trees or (tree.within is not None and tree.within not in trees):
            raise KeyError(tree.key)
        trees[tree.key] = tree
    for key in layer.withdraw:
        del trees[key]
    kept = {key: t for key, t in trees.items() if t.within not in layer.withdraw}
    return replace(shelf, trees=kept)


def _is_null(node: Node) -> bool:
    return isinstance(node, Scalar) and node.style == "plain" and node in ("~", "null")
