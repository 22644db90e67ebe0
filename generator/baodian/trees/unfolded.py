"""A shelf as it was before a change was folded into the things, as far as the change tells it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from baodian.model import kinds
from baodian.source import Mapping, Node, Scalar
from baodian.trees import carried
from baodian.trees.carried import Refused
from baodian.trees.layers import Step, folded_steps, is_folded, period
from baodian.trees.shelf import Key, Shelf, Tree
from baodian.trees.standing import group_of

FOLDED = Scalar("folded")


def latest_first(shelf: Shelf) -> Iterator[Tree]:
    """Yield the changes that are folded, the one that began last first."""
    found = (tree for tree in shelf.trees.values() if is_folded(tree))
    yield from sorted(found, key=lambda tree: str(period(tree.node).since), reverse=True)


def unfolded(shelf: Shelf, change: Tree) -> Shelf:
    """Return a shelf in which a change makes of the things what they are: they are as before.

    A part that was taken away and a thing that was ended stay so; both tell it by themselves.
    """
    trees = dict(shelf.trees)
    added: dict[Scalar, Node] = {}
    for step in folded_steps(replace(shelf, trees={change.key: change})):
        tree = trees.get(step.key)
        if step.does == "add" and tree is not None:
            added[step.ref] = _as_added(trees.pop(step.key))
        elif step.does == "withdraw" and tree is None and isinstance(step.was, Mapping):
            trees[step.key] = _as_before(step, step.was)
            trees.pop(("retired", ":".join(step.key)), None)
        elif step.does == "change" and tree is not None and step.was is not None:
            try:
                trees[step.key] = carried.changed(tree, replace(step, node=step.was))[0]
            except Refused:
                continue
    assert isinstance(change.node, Mapping)
    items = {key: node for key, node in change.node.items() if key != FOLDED}
    if added:
        items[Scalar("add")] = Mapping(added, at=change.at)
    trees[change.key] = replace(change, node=Mapping(items, at=change.at))
    return replace(shelf, trees=trees)


def _as_added(tree: Tree) -> Node:
    """Return what a change says of something that it adds."""
    if tree.within is None or not isinstance(tree.node, Mapping):
        return tree.node
    return Mapping({Scalar("group"): Scalar(tree.within[1]), **tree.node}, at=tree.at)


def _as_before(step: Step, was: Mapping) -> Tree:
    """Return the tree of something that was withdrawn."""
    kind = kinds.of(step.key[0])
    within: Key | None = group_of(replace(step, node=was))
    id_ = Scalar(step.key[1], at=step.ref.at)
    items = {key: node for key, node in was.items() if within is None or key != "group"}
    items.setdefault(Scalar(kind.id_key, at=step.ref.at), id_)
    return Tree(kind.name, id_, Mapping(items, at=step.ref.at), within)
