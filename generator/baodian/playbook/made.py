"""A shelf → a playbook and every slip in its trees: each tree is validated once, as it stands."""

from __future__ import annotations

from collections.abc import Mapping as Map
from typing import Any

from baodian import model
from baodian.model import kinds
from baodian.playbook.names import Names
from baodian.playbook.playbook import Playbook
from baodian.playbook.renamed import renamed, renamed_text
from baodian.playbook.slips import Slip, read_as
from baodian.said.problems import Problem
from baodian.source import Mapping, Node, Scalar
from baodian.trees import Key, Shelf, Tree

Memo = dict[int, tuple[Node, Any, tuple[Slip, ...]]]
"""What trees say, by the identity of their nodes, which it keeps alive."""
NOTHING_MOVED: Map[Key, Key] = {}


def made(
    shelf: Shelf,
    content: tuple[tuple[str, str], ...],
    beside: tuple[str, ...] = (),
    memo: Memo | None = None,
    moved: Map[Key, Key] = NOTHING_MOVED,
) -> tuple[Playbook | None, tuple[Problem, ...]]:
    """Return the playbook of a shelf with its hand-written pages, and the problems of its trees.

    `beside` are the pictures and other files beside those pages. `memo` keeps what a tree says, for
    the next edition with the same tree. `moved` are things that others stand for now: whatever
    names them names those.

    With problems, the playbook holds only what could be read. It is None without settings.
    """
    slips: list[Slip] = []
    settings: model.Settings | None = None
    if shelf.settings is not None:
        settings, refused = read_as(model.Settings, shelf.settings)
        slips += refused
    values: dict[Key, Any] = {}
    memo = {} if memo is None else memo
    for tree in sorted(shelf.all(), key=lambda tree: tree.within is None):  # inner ones first
        value, refused = _value(tree, _filled(tree, shelf, values), memo)
        slips += refused
        if value is not None and shelf.trees.get(tree.key) is tree:
            values[tree.key] = value
    if moved:
        values = {key: renamed(value, moved) for key, value in values.items()}
        content = tuple((file, renamed_text(text, moved)) for file, text in content)
    of_kind: dict[str, dict[str, Any]] = {kind.name: {} for kind in kinds.KINDS}
    for kind, id_ in shelf.trees:
        if (kind, id_) in values:
            of_kind[kind][id_] = values[kind, id_]
    entities = {kind.name: of_kind[kind.name] for kind in kinds.KINDS if kind.is_entity}
    problems = tuple(Names(entities, settings).meant(slip) for slip in slips)
    if settings is None:
        return None, problems
    outer = {id_: shelf.trees["measure", id_].within for id_ in of_kind["measure"]}
    playbook = Playbook(
        settings=settings,
        entities={kind: _in_order(kind, things, settings) for kind, things in entities.items()},
        measure_groups=of_kind["measure-group"],
        group_of={id_: group[1] for id_, group in outer.items() if group},
        class_guides={(g.class_.scheme, g.class_.name): g for g in of_kind["class"].values()},
        slots=of_kind["slot"],
        retired={
            old: (new, shelf.trees["retired", old].id.at) for old, new in of_kind["retired"].items()
        },
        content=content,
        beside=beside,
    )
    return playbook, problems


def _value(tree: Tree, node: Node, memo: Memo) -> tuple[Any, tuple[Slip, ...]]:
    inner = any(kind.within[0] == tree.kind for kind in kinds.KINDS)
    if not inner and id(tree.node) in memo:
        return memo[id(tree.node)][1:]
    value, slips = _validated(tree, node)
    if not inner:
        memo[id(tree.node)] = (tree.node, value, slips)
    return value, slips


def _validated(tree: Tree, node: Node) -> tuple[Any, tuple[Slip, ...]]:
    kind = kinds.of(tree.kind)
    value, slips = read_as(kind.model, node)
    if kind.ids is not None:
        id_, refused = read_as(kind.ids, tree.id)
        slips += refused
        value = None if id_ is None else value
    return value, slips


def _filled(tree: Tree, shelf: Shelf, values: Map[Key, Any]) -> Node:
    """Return the node of a tree, with the things that stand inside it as they were read."""
    node = tree.node
    for kind in kinds.inside(kinds.of(tree.kind)):
        key = Scalar(kind.within[1])
        if isinstance(node, Mapping) and isinstance(there := node.get(key), Mapping):
            things: dict[Scalar, Any] = {
                inner.id: values[inner.key]
                for inner in shelf.trees.values()
                if inner.within == tree.key and inner.key in values
            }
            node = Mapping({**node, key: Mapping({**there, **things}, at=there.at)}, at=node.at)
    return node


def _in_order(
    kind: str, entities: dict[str, model.Entity], settings: model.Settings
) -> dict[str, model.Entity]:
    """Return the entities of a kind, those first that the settings name."""
    named = [str(id_) for id_ in getattr(settings.order, kind, ())]
    return {id_: entities[id_] for id_ in dict.fromkeys((*named, *entities)) if id_ in entities}
