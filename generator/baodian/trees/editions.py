"""The shelf as it is on a day and in a city, and what is wrong with the layers that make it so."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from collections.abc import Mapping as Map
from dataclasses import dataclass, field, replace

from baodian.model import kinds
from baodian.said.messages import Message, msg
from baodian.said.problems import At, Problem, Related
from baodian.source import Mapping, Node, Scalar, Sequence
from baodian.text.nearest import nearest
from baodian.trees.layers import (
    ALWAYS,
    Period,
    Step,
    at_path,
    ends,
    in_force,
    is_null,
    merge,
    parts_of,
    path_of,
    period,
    put,
)
from baodian.trees.shelf import Key, Shelf, Tree

FIXED = ("id", "class", "set_by", "allowed")
"""What no city may change: what a thing is, and who may set it within which bounds."""


@dataclass(frozen=True)
class Done:
    """A step that was carried out: at which path, and what stood there before and stands there now.

    Both are None where nothing stood or stands.
    """

    step: Step
    path: tuple[str, ...] = ()
    before: Node | None = None
    after: Node | None = None


@dataclass(frozen=True)
class Absent:
    """Why something written is not there: outside its own dates, or withdrawn by a layer."""

    at: At
    period: Period = ALWAYS
    successor: Key | None = None


@dataclass(frozen=True)
class Edition:
    """The trees of a day and a city, what made them so, what is not there, and what is wrong."""

    shelf: Shelf
    done: tuple[Done, ...] = ()
    absent: Map[Key, Absent] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def edition(
    shelf: Shelf, steps: tuple[Step, ...], day: datetime.date | None = None, city: str = ""
) -> Edition:
    """Return the shelf with all that is in force on a day and in a city.

    Without a day it is the shelf as written, whatever dates and layers say.
    """
    if day is None:
        return Edition(shelf)
    trees, not_now = in_force(shelf, day)
    absent = {key: Absent(tree.at, period(tree.node)) for key, tree in not_now.items()}
    work = _Work(trees, absent, {key[1] for key in shelf.trees if key[0] == "retired"})
    now = [step for step in steps if step.period.holds(day)]
    for rank in ("", city) if city else ("",):
        work.begin_rank()
        order = {"add": 0, "change": 1, "withdraw": 2}
        for step in sorted((s for s in now if s.city == rank), key=lambda s: order[s.does]):
            work.carry_out(step)
    work.end_successors()
    return Edition(replace(shelf, trees=work.trees), tuple(work.done), absent, tuple(work.problems))


class _Work:
    """The trees while steps are carried out one after the other."""

    def __init__(
        self, trees: dict[Key, Tree], absent: dict[Key, Absent], retired: set[str]
    ) -> None:
        self.trees, self.absent, self.retired = trees, absent, retired
        self.done: list[Done] = []
        self.problems: list[Problem] = []
        self.begin_rank()

    def begin_rank(self) -> None:
        """Forget what other steps have set: a city may set again what a change has set."""
        self._set: dict[tuple[Key, tuple[str, ...]], Step] = {}
        self._above: dict[tuple[Key, tuple[str, ...]], Step] = {}

    def carry_out(self, step: Step) -> None:
        """Change, add or withdraw, or note why that cannot be."""
        try:
            {"change": self._change, "add": self._add, "withdraw": self._withdraw}[step.does](step)
        except _Refused as refused:
            self.problems.append(refused.problem)

    def _change(self, step: Step) -> None:
        tree = self._there(step)
        assert step.node is not None
        self._may(step, tree)
        after: Node | None
        seen: Node | None
        new: Node | None
        if step.part and _entitles(tree) and (cell := _cell(tree, step)) is not None:
            path, before, after = cell
            self._claim(step, [((*path, step.part[1]), step.ref)])
            seen, new = (_said_of(step.part[1], node) for node in (before, after))
        else:
            path, before, after = _changed(tree, step)
            ways = [((*path, *way), node) for way, node in ends(step.node)]
            if _entitles(tree):  # a cell that is set as a whole cannot be set by measures too
                ways = [(way[:2] if way[:1] == ("cells",) else way, node) for way, node in ways]
            self._claim(step, ways)
            seen, new = (_but_for_why(node, step) for node in (before, after))
        if new == seen:
            message = msg("This changes nothing: it is so already.")
            self._warn("no-difference", step.ref.at, message, msg("Take it out."))
        self._remembered(step, seen)
        node = put(tree.node, path, after, step.ref.at) if path else after
        assert node is not None
        self._finish(step, replace(tree, node=node), path, before, after)

    def _add(self, step: Step) -> None:
        kind = next((k for k in kinds.KINDS if k.name == step.key[0]), None)
        if kind is None or not kind.linked or step.part or not isinstance(step.node, Mapping):
            self._unknown(step)
        assert kind is not None
        assert isinstance(step.node, Mapping)
        if f"{step.key[0]}:{step.key[1]}" in self.retired:
            self._retired(step)
        if step.key in self.trees or step.key in self.absent:
            message = msg("“{ref}” is there already.", ref=str(step.ref))
            _refuse("layer-unknown", step.ref.at, message, msg("Change it under “change:”."))
        items = dict(step.node)
        within: Key | None = None
        if kind.within[0]:
            group = items.pop(Scalar("group"), Scalar())
            within = (kind.within[0], str(group))
            if within not in self.trees:
                groups = [id_ for name, id_ in self.trees if name == kind.within[0]]
                message = msg("A measure stands in a group; “group” names it.")
                hint = msg("Possible: {ids}.", ids=tuple(groups[:12]))
                _refuse("layer-unknown", step.ref.at, message, hint)
        id_ = Scalar(step.key[1], at=step.ref.at)
        items.setdefault(Scalar(kind.id_key, at=step.ref.at), id_)
        self._claim(step, [((), step.node)])
        tree = Tree(step.key[0], id_, Mapping(items, at=step.ref.at), within)
        self._finish(step, tree, (), None, step.node)

    def _withdraw(self, step: Step) -> None:
        tree = self._there(step)
        self._may(step, tree)
        if step.part:
            hint = msg("Write the part under “change:” and give it the value null.")
            _refuse("layer-unknown", step.ref.at, msg("Only whole things are withdrawn."), hint)
        self._claim(step, [((), step.ref)])
        successor = _key(step.successor) if step.successor is not None else None
        self.absent[step.key] = Absent(step.ref.at, step.period, successor)
        for key in [k for k, t in self.trees.items() if k == step.key or t.within == step.key]:
            del self.trees[key]
        self.done.append(Done(step, (), tree.node, None))

    def end_successors(self) -> None:
        """Look whether what stands for something withdrawn is there, at the end of the chain."""
        for done in self.done:
            ref = done.step.successor
            if done.step.does != "withdraw" or ref is None:
                continue
            key, seen = done.step.key, set[Key]()
            while key not in self.trees and key not in seen and key in self.absent:
                seen.add(key)
                key = self.absent[key].successor or key
            if key in self.trees:
                continue
            circle = len(seen) > 1 and self.absent[key].successor is not None
            message = msg("“{ref}” does not exist.", ref=str(ref))
            hint = self._meant(ref)
            if circle:
                message = msg("The successors lead round in a circle.")
                hint = msg("Name one that stays.")
            self.problems.append(Problem("layer-unknown", ref.at, message, hint))

    # --- what a step must respect -----------------------------------------------------------------

    def _there(self, step: Step) -> Tree:
        """Return the tree that a step is about."""
        if (tree := self.trees.get(step.key)) is not None:
            return tree
        if f"{step.key[0]}:{step.key[1]}" in self.retired:
            self._retired(step)
        if (absent := self.absent.get(step.key)) is not None:
            message = msg("“{ref}” is not in force at that time.", ref=str(step.ref))
            related = (Related(absent.at, msg("Its dates, or what withdraws it, stand here.")),)
            hint = msg("Change one of the two dates.")
            raise _Refused(Problem("layer-unknown", step.ref.at, message, hint, related))
        return self._unknown(step)

    def _unknown(self, step: Step) -> Tree:
        message = msg("“{ref}” does not exist.", ref=str(step.ref))
        return _refuse("layer-unknown", step.ref.at, message, self._meant(step.ref))

    def _meant(self, ref: Scalar) -> Message | None:
        kind = ref.partition(":")[0]
        near = nearest(str(ref), (f"{k}:{id_}" for k, id_ in self.trees if k == kind)) or nearest(
            str(ref), (f"{k}:{id_}" for k, id_ in self.trees)
        )
        return msg("Did you mean “{near}”?", near=near) if near else None

    def _retired(self, step: Step) -> None:
        message = msg("“{old}” is retired.", old=str(step.ref))
        _refuse("retired-in-use", step.ref.at, message, msg("Name what stands for it now."))

    def _may(self, step: Step, tree: Tree) -> None:
        """Refuse what a city may not decide, and what no layer can change."""
        fixed = FIXED if step.city else FIXED[:2]
        for key in step.node if isinstance(step.node, Mapping) and not step.part else ():
            if key in fixed:
                message = msg("“{key}” cannot be changed here.", key=str(key))
                _refuse("not-for-city" if key not in FIXED[:2] else "layer-unknown", key.at,
                        message, msg("Take it out."))  # fmt: skip
        if not step.city:
            return
        by = tree.node.get(Scalar("set_by")) if isinstance(tree.node, Mapping) else None
        setters = by if isinstance(by, Sequence) else [by]
        if "city" not in setters:
            message = msg("A city may not change “{ref}”: only the company may.",
                          ref=f"{step.key[0]}:{step.key[1]}")  # fmt: skip
            hint = msg("If cities may, write “city” under “set_by” of that thing.")
            related = (Related(tree.at, msg("It stands here.")),)
            raise _Refused(Problem("not-for-city", step.ref.at, message, hint, related))

    def _claim(self, step: Step, ways: list[tuple[tuple[str, ...], Node]]) -> None:
        """Note what a step sets; refuse it if another of the same rank sets it too."""
        for way, node in ways:
            heads = [way[:n] for n in range(len(way) + 1)]
            first = next((s for h in heads if (s := self._set.get((step.key, h)))), None)
            first = first or self._above.get((step.key, way))
            if first is not None and first is not step:
                message = msg("Two changes of the same time set this.")
                hint = msg("Take one of them out, or let one end before the other begins.")
                related = (Related(first.ref.at, msg("The first one stands here.")),)
                at = node.at if node.at.file else step.ref.at
                raise _Refused(Problem("layer-conflict", at, message, hint, related))
            self._set[step.key, way] = step
            for head in heads[:-1]:
                self._above.setdefault((step.key, head), step)

    def _remembered(self, step: Step, before: Node | None) -> None:
        """Warn if what a layer was written against is no longer what stands there."""
        for way, value in ends(step.was) if step.was is not None else ():
            now = at_path(before, way) if way else before
            if now != value and not (is_null(value) and not now):
                message = msg("This was written when it was “{was}”; it has changed since.",
                              was=_text(value))  # fmt: skip
                hint = msg("Look whether the change still holds, then write what it is now: {now}.",
                           now=_text(now))  # fmt: skip
                self._warn("base-moved", value.at, message, hint)

    def _warn(self, code: str, at: At, message: Message, hint: Message) -> None:
        self.problems.append(Problem(code, at, message, hint))

    def _finish(
        self, step: Step, tree: Tree, path: tuple[str, ...], before: Node | None, after: Node | None
    ) -> None:
        self.trees[step.key] = tree
        if step.does == "add":
            self.absent.pop(step.key, None)
        self.done.append(Done(step, path, before, after))


class _Refused(Exception):  # noqa: N818
    def __init__(self, problem: Problem) -> None:
        self.problem = problem


def _refuse(code: str, at: At, message: Message, hint: Message | None) -> Tree:
    raise _Refused(Problem(code, at, message, hint))


def _key(ref: Scalar) -> Key:
    kind, _, id_ = ref.strip().partition(":")
    return kind, id_


def _but_for_why(node: Node | None, step: Step) -> Node | None:
    """Return a thing without the reason why it is so, which is no difference by itself."""
    if step.part or not isinstance(node, Mapping):
        return node
    return Mapping({key: value for key, value in node.items() if key != "why"}, at=node.at)


def _entitles(tree: Tree) -> bool:
    """Say whether a tree is a matrix of entitlements; one of texts is changed like all else."""
    columns = tree.node.get(Scalar("columns")) if isinstance(tree.node, Mapping) else None
    return tree.kind == "matrix" and isinstance(columns, Sequence)


def _changed(tree: Tree, step: Step) -> tuple[tuple[str, ...], Node | None, Node | None]:
    """Return the path of what a step changes, what stands there and what will."""
    assert step.node is not None
    if not step.part and not isinstance(step.node, Mapping):
        message = msg("Here stand the keys that change, each with its new value.")
        away = msg("To take a whole thing away, name it under “withdraw:”.")
        _refuse("wrong-type", step.node.at, message, away)
    path = path_of(tree.node, step.part)
    if path is None:
        part = ".".join(step.part)
        message = msg("“{part}” is no part of “{ref}”.", part=part,
                      ref=f"{step.key[0]}:{step.key[1]}")  # fmt: skip
        near = nearest(step.part[-1], parts_of(tree.node))
        hint = msg("Did you mean “{near}”?", near=near) if near else None
        if hint is None:
            choices = tuple(dict.fromkeys(parts_of(tree.node)))[:12]
            hint = msg("Possible: {ids}.", ids=choices) if choices else None
        _refuse("layer-unknown", step.ref.at, message, hint)
    assert path is not None
    before = at_path(tree.node, path)
    if is_null(step.node):
        return path, before, None
    if isinstance(before, Scalar) and isinstance(step.node, Mapping):
        whole = Mapping({Scalar("text", at=before.at): before}, at=before.at)  # the short form
        return path, before, merge(whole, step.node)
    return path, before, merge(before if before is not None else Mapping(), step.node)


def _cell(tree: Tree, step: Step) -> tuple[tuple[str, ...], Node | None, Node] | None:
    """Return what becomes of a cell of a matrix of entitlements if one measure of it changes.

    None if the step is about no single measure.
    """
    if len(step.part) != 2:
        return None
    row, measure = step.part
    path = ("cells", row)
    before = at_path(tree.node, path)
    if before is None:
        return None
    whole = before if isinstance(before, Mapping) else Mapping({Scalar("has"): before})
    items: dict[Scalar, Node] = {}
    for key, value in whole.items():
        if isinstance(value, Sequence):
            items[key] = Sequence([i for i in value if i != measure], at=value.at)
        elif isinstance(value, Mapping):
            items[key] = Mapping({k: v for k, v in value.items() if k != measure}, at=value.at)
        else:
            items[key] = value
    change = step.node
    for key, value in change.items() if isinstance(change, Mapping) else ():
        if is_null(value):
            continue
        id_ = Scalar(measure, at=step.ref.at)
        there = items.get(key)
        if key == "has":
            if value != "true":
                message = msg("“{text}” cannot stand here.", text=_text(value))
                hint = msg("Write “has: true”; what is to be taken away is null.")
                _refuse("wrong-value", value.at, message, hint)
            items[key] = Sequence([*there, id_] if isinstance(there, Sequence) else [id_],
                                  at=value.at)  # fmt: skip
        elif key in ("approve", "stopped"):
            others = there if isinstance(there, Mapping) else {}
            items[key] = Mapping({**others, id_: value}, at=value.at)
        else:
            items[key] = value  # its model says that there is no such key
    kept = {k: v for k, v in items.items() if not (isinstance(v, Mapping | Sequence) and not v)}
    return path, before, Mapping(kept, at=before.at)


def _said_of(measure: str, cell: Node | None) -> Node:
    """Return what a cell says of one measure, as a layer would write it; nothing if it has none."""
    whole = cell if isinstance(cell, Mapping) else Mapping({Scalar("has"): cell or Sequence()})
    for key, held in whole.items():
        if isinstance(held, Mapping) and Scalar(measure) in held:
            return Mapping({key: held[Scalar(measure)]}, at=held.at)
        if isinstance(held, Sequence) and measure in held:
            return Mapping({key: Scalar("true")}, at=held.at)
    return Mapping()


def _text(node: Node | None) -> str:
    if node is None:
        return "—"
    if isinstance(node, Scalar):
        return str(node)
    if isinstance(node, Sequence):
        return "、".join(map(_text, node))
    return "；".join(f"{key}: {_text(value)}" for key, value in node.items())


def withdrawn(edition_: Edition) -> Iterator[tuple[Key, Key]]:
    """Yield what is withdrawn with a successor, and what stands for it at the end of the chain."""
    for key, absent in edition_.absent.items():
        after, seen = absent.successor, {key}
        while after is not None and after not in edition_.shelf.trees and after not in seen:
            seen.add(after)
            after = edition_.absent[after].successor if after in edition_.absent else None
        if after is not None and after in edition_.shelf.trees:
            yield key, after
