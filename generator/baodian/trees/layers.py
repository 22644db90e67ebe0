"""What layers say: files of `changes/` and `overlays/`, read as steps that hold for a time.

A layer says only what differs. Whatever comes of it is checked as strictly as the base, and every
value keeps the file and line that it was written at, in the base or in the layer.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from baodian.model import kinds
from baodian.model.fields import Bad
from baodian.model.quantities import Day
from baodian.model.references import split_reference
from baodian.said.messages import msg
from baodian.said.problems import Problem
from baodian.source import Mapping, Node, Scalar
from baodian.trees.nodes import at_path
from baodian.trees.shelf import Key, Shelf, Tree

CHANGE, CITY = "change", "overlay"
"""The kinds of things whose files are layers: dated changes, and what differs in a city."""
OWN = ("why", "approved_by", "effective_from", "effective_until")
"""What a layer says of one of its steps; the other keys there are the thing's own."""
Does = Literal["change", "add", "withdraw"]


@dataclass(frozen=True)
class Period:
    """The days on which something holds: both inclusive, None where it has no end."""

    since: datetime.date | None = None
    until: datetime.date | None = None

    def holds(self, day: datetime.date) -> bool:
        """Say whether a day lies in it."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )

    def within(self, other: Period) -> Period:
        """Return the days that lie in both."""
        return Period(
            max((d for d in (self.since, other.since) if d), default=None),
            min((d for d in (self.until, other.until) if d), default=None),
        )

    @property
    def empty(self) -> bool:
        """Say whether no day lies in it."""
        return self.since is not None and self.until is not None and self.until < self.since

    def turns(self) -> Iterator[datetime.date]:
        """Yield the days on which something is another than on the day before."""
        if self.since is not None:
            yield self.since
        if self.until is not None and self.until < datetime.date.max:
            yield self.until + datetime.timedelta(days=1)


ALWAYS = Period()


@dataclass(frozen=True)
class Step:
    """One thing that a layer changes, adds or withdraws.

    `node` is what differs, or the whole of what is added; None for what is withdrawn. `part` names
    what is changed inside the thing, outermost first; there `node` may be any value, and null takes
    the part away. `was` is what the editor saw before.
    """

    layer: Key
    does: Does
    key: Key
    ref: Scalar
    part: tuple[str, ...] = ()
    node: Node | None = None
    period: Period = ALWAYS
    approved: bool = True
    successor: Scalar | None = None
    was: Node | None = None

    @property
    def city(self) -> str:
        """Return the id of the city that it is for; "" for a change that holds everywhere."""
        return self.layer[1] if self.layer[0] == CITY else ""


def steps(shelf: Shelf) -> tuple[Step, ...]:
    """Return every step of every layer on a shelf, in the order of the files.

    What cannot be read as a step is left out: the model of the layer tells what is wrong with it.
    """
    layers = (tree for tree in shelf.trees.values() if tree.kind in (CHANGE, CITY))
    return tuple(step for tree in layers if not is_folded(tree) for step in _steps(tree))


def folded_steps(shelf: Shelf) -> tuple[Step, ...]:
    """Return the steps of changes that the things themselves have by now: they are only told."""
    return tuple(s for tree in shelf.trees.values() if is_folded(tree) for s in _steps(tree))


def is_folded(tree: Tree) -> bool:
    """Say whether the things have by now what a change made of them."""
    return tree.kind == CHANGE and at_path(tree.node, ("folded",)) is not None


def period(node: Node) -> Period:
    """Return when something holds, as far as its dates can be read."""
    return Period(_day(node, "effective_from"), _day(node, "effective_until"))


def days_of(tree: Tree) -> Period:
    """Return when a thing is there by its own dates; a layer is known before its day and after."""
    days = ALWAYS if tree.kind in (CHANGE, CITY) else period(tree.node)
    return ALWAYS if days.empty else days  # `misdated` tells, and what names it is not to blame


def misdated(shelf: Shelf) -> Iterator[Problem]:
    """Yield a problem for everything that ends before it begins, the steps of layers among it.

    Nor was it read after its end. Right: from 2026-12-01 until 2026-12-31. Wrong: until 2026-11-30.
    """
    for tree in shelf.all():
        yield from _turned(tree.node)
        read, until = _day(tree.node, "reviewed"), period(tree.node).until
        if read is not None and until is not None and read > until:
            assert isinstance(tree.node, Mapping)
            message = msg("It was read after its last day, {day}.", day=str(until))
            hint = msg("Write the day on which somebody last read it.")
            yield Problem("dates", tree.node[Scalar("reviewed")].at, message, hint)
        if tree.kind in (CHANGE, CITY) and isinstance(tree.node, Mapping):
            whole = period(tree.node)
            for does in ("change", "add", "withdraw"):
                group = tree.node.get(Scalar(does))
                for node in group.values() if isinstance(group, Mapping) else ():
                    yield from _turned(node, ALWAYS if whole.empty else whole)


def _turned(node: Node, whole: Period = ALWAYS) -> Iterator[Problem]:
    own = period(node)
    both = own.within(whole)
    if not both.empty or not isinstance(node, Mapping):
        return
    if own.until is not None and own.until == both.until:
        at = node[Scalar("effective_until")].at
        message = msg("The last day lies before the first, {day}.", day=str(both.since))
        yield Problem("dates", at, message, msg("Write a later day."))
    else:
        at = node[Scalar("effective_from")].at
        message = msg("The first day lies after the last, {day}.", day=str(both.until))
        yield Problem("dates", at, message, msg("Write an earlier day."))


def forgotten(shelf: Shelf) -> Iterator[Problem]:
    """Yield a problem for everything that `was` tells of and that is not changed there.

    Right: `was: {param:days: {default: 30}}` with `change: {param:days: …}`. Wrong: without.
    """
    for tree in shelf.all():
        if tree.kind in (CHANGE, CITY) and isinstance(tree.node, Mapping):
            was, change = (tree.node.get(Scalar(key)) for key in ("was", "change"))
            withdraw = tree.node.get(Scalar("withdraw")) if is_folded(tree) else None
            for ref in was if isinstance(was, Mapping) else ():
                if ref not in {**_keys(change), **_keys(withdraw)}:
                    message = msg("“{ref}” is not changed here.", ref=str(ref))
                    hint = msg("Write under “was” what stands under “change” too, or take it out.")
                    yield Problem("layer-unknown", ref.at, message, hint)


def _keys(node: Node | None) -> dict[Scalar, Node]:
    return node if isinstance(node, Mapping) else {}


def _steps(tree: Tree) -> Iterator[Step]:
    if not isinstance(tree.node, Mapping) or tree.node.get(Scalar("status")) == "draft":
        return
    whole = period(tree.node)
    if tree.kind == CHANGE and whole.since is None:
        return
    was = tree.node.get(Scalar("was"))
    seen = {str(k): v for k, v in was.items()} if isinstance(was, Mapping) else {}
    approved = Scalar("approved_by") in tree.node
    for does in ("change", "add", "withdraw"):
        group = tree.node.get(Scalar(does))
        for ref, node in group.items() if isinstance(group, Mapping) else ():
            step = _step(tree, does, ref, node)
            if step is not None:
                yield replace(
                    step,
                    period=period(node).within(whole),
                    approved=approved or (isinstance(node, Mapping) and "approved_by" in node),
                    was=seen.get(str(ref)),
                )


def _step(tree: Tree, does: Does, ref: Scalar, node: Node) -> Step | None:
    try:
        kind, id_, part = split_reference(ref)
    except Bad:
        return None
    step = Step(tree.key, does, (kind, id_), ref, tuple(part.split(".")) if part else ())
    if does != "change":
        if not isinstance(node, Mapping):
            return None
        successor = node.get(Scalar("successor")) if does == "withdraw" else None
        step = replace(step, successor=successor if isinstance(successor, Scalar) else None)
        return step if does == "withdraw" else replace(step, node=node)
    if isinstance(node, Mapping):
        own = [key for key in OWN if key != "why" or part or not _has_why(kind)]
        node = Mapping({k: v for k, v in node.items() if k not in own}, at=node.at)
    return replace(step, node=node)


def _has_why(kind: str) -> bool:
    """Say whether things of a kind say themselves why they are so: then a layer says it anew."""
    known = next((k for k in kinds.KINDS if k.name == kind), None)
    return known is not None and any("why" in record.model_fields for record in known.records)


def _day(node: Node, key: str) -> datetime.date | None:
    value = node.get(Scalar(key)) if isinstance(node, Mapping) else None
    try:
        return Day.read(value).date if isinstance(value, Scalar) else None
    except Bad:
        return None
