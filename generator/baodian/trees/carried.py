"""What becomes of one tree when a step of a layer is carried out, or why it cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from baodian.said.messages import Message, msg
from baodian.said.problems import At, Problem, Related
from baodian.source import Mapping, Node, Scalar, Sequence
from baodian.text.nearest import nearest
from baodian.trees.layers import Step
from baodian.trees.nodes import Path, at_path, ends, is_null, merge, parts_of, path_of, put
from baodian.trees.shelf import Tree

FIXED = ("id", "class")
"""What no layer can change: what a thing is."""
NO_CITY = ("set_by", "allowed")
"""What no city may change either: who may set a thing, and within which bounds."""
FOLLOWS = frozenset(("examples",))
"""What every city may change: it only follows from what a city may, such as a parameter."""


class Refused(Exception):  # noqa: N818
    """A step that cannot be carried out, and the problem that says why."""

    def __init__(
        self,
        code: str,
        at: At,
        message: Message,
        hint: Message | None = None,
        related: tuple[Related, ...] = (),
    ) -> None:
        self.problem = Problem(code, at, message, hint, related)
        super().__init__(code)


def allowed(step: Step, tree: Tree) -> None:
    """Raise `Refused` for what a city may not decide, and for what no layer can change."""
    fixed = (*FIXED, *NO_CITY) if step.city else FIXED
    for key in step.node if isinstance(step.node, Mapping) and not step.part else ():
        if key in fixed and step.does == "change":
            code = "not-for-city" if key in NO_CITY else "layer-unknown"
            message = msg("“{key}” cannot be changed here.", key=str(key))
            raise Refused(code, key.at, message, msg("Take it out."))
    if step.city and "city" not in _setters(tree) and not _touched(tree, step) <= FOLLOWS:
        ref = f"{step.key[0]}:{step.key[1]}"
        message = msg("A city may not change “{ref}”: only the company may.", ref=ref)
        hint = msg("If cities may, write “city” under “set_by” of that thing.")
        related = (Related(tree.at, msg("It stands here.")),)
        raise Refused("not-for-city", step.ref.at, message, hint, related)


def _touched(tree: Tree, step: Step) -> frozenset[str]:
    """Return the keys of a thing that a step changes something of; a withdrawal is of all."""
    if step.part:
        return frozenset((path_of(tree.node, step.part) or ("",))[:1])
    keys = step.node if isinstance(step.node, Mapping) and step.does == "change" else ()
    return frozenset(map(str, keys)) or frozenset(("",))


def _setters(tree: Tree) -> tuple[Node, ...]:
    by = tree.node.get(Scalar("set_by")) if isinstance(tree.node, Mapping) else None
    return tuple(by) if isinstance(by, Sequence) else (() if by is None else (by,))


def changed(tree: Tree, step: Step) -> tuple[Tree, Path, Node | None, Node | None]:
    """Return a tree with what a step changes, at which path, and what stood and stands there.

    Raises `Refused` if it has no such part, or if the step says no keys where keys are wanted.
    """
    assert step.node is not None
    path: Path
    measure = measure_of(tree.node, step)
    null = is_null(step.node)
    if not isinstance(step.node, Mapping) and (not step.part or (measure and not null)):
        message = msg("Here stand the keys that change, each with its new value.")
        away = msg("To take a whole thing away, name it under “withdraw:”.")
        raise Refused("wrong-type", step.node.at, message, away)
    if measure is not None:
        path = ("cells", step.part[0])
        before = at_path(tree.node, path)
        assert before is not None
        after: Node | None = _cell(before, step)
    else:
        found = path_of(tree.node, step.part)
        if found is None:
            raise _no_part(tree, step)
        path, before = found, at_path(tree.node, found)
        if null:
            after = None
        elif isinstance(before, Scalar) and isinstance(step.node, Mapping):  # the short form
            after = merge(Mapping({Scalar("text", at=before.at): before}, at=before.at), step.node)
        else:
            after = merge(before if before is not None else Mapping(), step.node)
    node = put(tree.node, path, after, step.ref.at) if path else after
    assert node is not None
    return replace(tree, node=node), path, before, after


def _no_part(tree: Tree, step: Step) -> Refused:
    ref = f"{step.key[0]}:{step.key[1]}"
    message = msg("“{part}” is no part of “{ref}”.", part=".".join(step.part), ref=ref)
    near = nearest(step.part[-1], parts_of(tree.node))
    hint = msg("Did you mean “{near}”?", near=near) if near else None
    choices = tuple(dict.fromkeys(parts_of(tree.node)))[:12]
    if hint is None and choices:
        hint = msg("Possible: {ids}.", ids=choices)
    return Refused("layer-unknown", step.ref.at, message, hint)


def measure_of(node: Node | None, step: Step) -> str | None:
    """Return the measure if a step changes one measure of a cell of entitlements, else None."""
    if step.key[0] != "matrix" or len(step.part) != 2 or not entitles(node):
        return None
    return step.part[1] if at_path(node, ("cells", step.part[0])) is not None else None


def entitles(node: Node | None) -> bool:
    """Say whether a tree is a matrix of entitlements: one of texts has a guide as its columns."""
    columns = node.get(Scalar("columns")) if isinstance(node, Mapping) else None
    return isinstance(columns, Sequence)


HELD = ("has", "approve", "stopped")
"""How a class may hold a measure: by itself, with somebody's consent, not any more."""


def _cell(before: Node, step: Step) -> Mapping:
    """Return what becomes of a cell of entitlements if one measure of it changes."""
    measure = Scalar(step.part[1], at=step.ref.at)
    cell = before if isinstance(before, Mapping) else Mapping({Scalar("has"): before})
    items: dict[Scalar, Node] = {}
    for key, value in cell.items():
        if isinstance(value, Sequence):
            value = Sequence([i for i in value if i != measure], at=value.at)
        elif isinstance(value, Mapping):
            value = Mapping({k: v for k, v in value.items() if k != measure}, at=value.at)
        if key not in HELD or value:
            items[key] = value
    for key, value in held_after(before, step).items():
        others = items.get(key)
        if key == "has":
            if value != "true":
                message = msg("“{text}” cannot stand here.", text=said(value))
                hint = msg("Write “has: true”; what is to be taken away is null.")
                raise Refused("wrong-value", value.at, message, hint)
            listed = others if isinstance(others, Sequence) else ()
            items[key] = Sequence([*listed, measure], at=value.at)
        elif key in HELD:
            mapped = others if isinstance(others, Mapping) else {}
            items[key] = Mapping({**mapped, measure: value}, at=value.at)
        else:
            items[key] = value  # its model says that there is no such key
    return Mapping(items, at=before.at)


def held(cell: Node | None, measure: str) -> Mapping:
    """Return how a measure is held in a cell, as a step for this measure alone would say it."""
    if isinstance(cell, Sequence):
        cell = Mapping({Scalar("has"): cell}, at=cell.at)
    items: dict[Scalar, Node] = {}
    for key, value in cell.items() if isinstance(cell, Mapping) else ():
        if isinstance(value, Sequence) and measure in value:
            items[key] = Scalar("true", at=value.at)
        elif isinstance(value, Mapping) and Scalar(measure) in value:
            items[key] = value[Scalar(measure)]
    return Mapping(items, at=cell.at if cell is not None else At(""))


def held_after(cell: Node | None, step: Step) -> Mapping:
    """Return how a measure is held once a step for it is carried out: in one way, not in two."""
    before, change = held(cell, step.part[1]), step.node
    if not isinstance(change, Mapping):
        return Mapping(at=before.at)  # null takes the measure away
    new = any(key in HELD and not is_null(value) for key, value in change.items())
    merged = merge(Mapping(at=before.at) if new else before, change)
    assert isinstance(merged, Mapping)
    return merged


def remarks(tree: Tree, step: Step, before: Node | None, after: Node | None) -> Iterator[Problem]:
    """Yield a warning for what a change leaves as it was, and for what has moved under it.

    Right: `default: 60` where 70 stands. Wrong: where 60 stands; `was: {…: {default: 70}}` where 50
    stands. That the reason is another one is no difference by itself.
    """
    if (measure := measure_of(tree.node, step)) is not None:
        before, after = held(before, measure), held_after(before, step)
    hint = msg("Take it out.")
    message = msg("This changes nothing: it is so already.")
    whole = _but_for_why(after, step) == _but_for_why(before, step)
    if whole:
        yield Problem("no-difference", step.ref.at, message, hint)
    for way, node in ends(step.node) if step.node is not None and not whole else ():
        there = at_path(before, way)
        same = there == node or (there is None and is_null(node))
        if same and way and (step.part or way != ("why",)):
            yield Problem("no-difference", node.at, message, hint)
    for way, value in ends(step.was) if step.was is not None else ():
        now = at_path(before, way)
        if now != value and not (is_null(value) and not now):
            moved = msg("This was written when it was “{was}”; it has changed since.",
                        was=said(value))  # fmt: skip
            hint = msg("Look whether the change still holds, then write what it is now: {now}.",
                       now=said(now))  # fmt: skip
            yield Problem("base-moved", value.at, moved, hint)


def _but_for_why(node: Node | None, step: Step) -> Node | None:
    if step.part or not isinstance(node, Mapping):
        return node
    return Mapping({key: value for key, value in node.items() if key != "why"}, at=node.at)


def said(node: Node | None) -> object:
    """Return what a node says, to fill a gap of a message: values, keys with theirs."""
    if node is None:
        return "—"
    if isinstance(node, Scalar):
        return node.strip()
    if isinstance(node, Sequence):
        return tuple(map(said, node))
    return tuple(msg("{key}: {value}", key=str(k), value=said(v)) for k, v in node.items())
