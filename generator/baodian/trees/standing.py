"""How each thing stands on a day and in a city: layers carried out on it, or why they cannot be."""

from __future__ import annotations

import datetime
import sys
from bisect import bisect_right
from collections.abc import Iterable
from collections.abc import Mapping as Map
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import accumulate, chain

from baodian.model import kinds
from baodian.said.messages import msg
from baodian.said.problems import At, Problem, Related
from baodian.source import Mapping, Node, Scalar, Sequence
from baodian.text.nearest import nearest
from baodian.trees import carried
from baodian.trees.carried import Refused
from baodian.trees.conflicts import Conflict
from baodian.trees.layers import ALWAYS, CHANGE, CITY, Period, Step, days_of
from baodian.trees.nodes import Path, at_path, ends, is_null
from baodian.trees.shelf import Key, Shelf, Tree


@dataclass(frozen=True)
class Done:
    """A step that was carried out: at which path, and what stood there before and stands there now.

    Both are None where nothing stood or stands.
    """

    step: Step
    path: Path = ()
    before: Node | None = None
    after: Node | None = None


def undone(tree: Tree | None, step: Step) -> Done | None:
    """Return what a step of a folded change did; `tree` is what its thing says now, if it is there.

    What was before is put back as `was` tells it, and the step carried out on that. None if nothing
    can be told of it any more.
    """
    if step.does == "withdraw":
        return Done(step, (), step.was if tree is None else tree.node, None)
    if tree is None:
        return None
    if step.does == "add":
        return Done(step, (), None, tree.node)
    back = step.was if step.was is not None else Mapping()
    try:
        before = carried.changed(tree, replace(step, node=back))[0]
        _, path, old, new = carried.changed(before, step)
    except Refused:
        return Done(step, (), step.was, None) if step.node and is_null(step.node) else None
    listed = isinstance(at_path(tree.node, path), Sequence)
    if listed and isinstance(old, Mapping) and list(old) == ["has"]:  # a cell that is just its list
        old = old[Scalar("has")]
    return Done(step, path, old, new)


@dataclass(frozen=True)
class Absent:
    """Why something written is not there: outside its own dates, or withdrawn by a layer."""

    at: At
    period: Period = ALWAYS
    withdrawn: bool = False
    successor: Key | None = None
    node: Node | None = None
    """What it is made of, as far as it is a whole thing."""

    @property
    def last(self) -> datetime.date | None:
        """Return the last day on which it is there, None if it comes back or is still to come."""
        since, until = self.period.since, self.period.until
        if not self.withdrawn:
            return until
        return since - datetime.timedelta(days=1) if since and not until else None

    @property
    def label(self) -> str:
        """Return what it is called, "" if it has no name."""
        for key in ("title", "name", "what"):
            text = self.node.get(Scalar(key)) if isinstance(self.node, Mapping) else None
            if isinstance(text, Scalar):
                return str(text)
        return ""


@dataclass(frozen=True)
class Stand:
    """How one thing stands on a day and in a city: its tree, or why there is none."""

    tree: Tree | None = None
    absent: Absent | None = None
    done: tuple[Done, ...] = ()
    problems: tuple[Problem, ...] = ()
    moved: Key | None = None
    """What stands for it, where it is withdrawn, at the end of the chain."""
    gone: tuple[tuple[str, Absent], ...] = ()
    """The parts of it that a layer takes away."""


NOTHING: Map[int, Conflict] = {}


class Schedule:
    """The steps for one thing, by the days on which they are carried out."""

    def __init__(self, steps: Iterable[Step], refused: Map[int, Conflict] = NOTHING) -> None:
        """Take in the steps in the order in which those of one rank are carried out.

        `refused` has by the identity of steps on which days others stand in their way.
        """
        self._refused = refused
        dated = [(s.period.since or datetime.date.min, n, s) for n, s in enumerate(steps)]
        self._open = sorted(one for one in dated if one[2].period.until is None)
        self._ending = sorted(one for one in dated if one[2].period.until is not None)
        ends_ = (s.period.until or datetime.date.max for _, _, s in self._ending)
        self._latest = tuple(accumulate(ends_, max))  # the last day of each and all before it

    def on(self, day: datetime.date) -> tuple[Step, ...]:
        """Return the steps that hold on a day, in their order."""
        after = (day, sys.maxsize)
        holding = self._open[: bisect_right(self._open, after)]
        n = bisect_right(self._ending, after)
        while n and self._latest[n - 1] >= day:
            n -= 1
            if self._ending[n][2].period.holds(day):
                holding.append(self._ending[n])
        steps = (step for _, _, step in sorted(holding, key=lambda one: one[1]))
        return tuple(s for s in steps if not (c := self._refused.get(id(s))) or not c.holds(day))


@dataclass(frozen=True, eq=False)
class Written:
    """All that is written, by the things that it is about."""

    shelf: Shelf
    steps: Map[Key, Schedule]
    """The steps for each thing."""
    adding: Map[Key, Step]
    """The first step that adds a thing."""
    retired: Map[str, str]
    """What retired ids were replaced by, both as `kind:id`."""
    known: dict[tuple[Key, bool, tuple[int, ...]], Stand] = field(default_factory=dict)
    """How things stand by what is in force of them, so that what is alike is one and the same."""

    @cached_property
    def names(self) -> Map[str, tuple[str, ...]]:
        """Return what a layer can name, by its kind."""
        names: dict[str, list[str]] = {word: [] for word in kinds.words()}
        for kind, id_ in dict.fromkeys((*self.shelf.trees, *self.adding)):
            if kind in names and kind not in (CHANGE, CITY):
                names[kind].append(f"{kind}:{id_}")
        return {kind: tuple(of) for kind, of in names.items()}


class Standing:
    """How things stand on one day in one city, each looked at once."""

    def __init__(self, written: Written, day: datetime.date, city: str) -> None:
        self._written, self._day, self._city = written, day, city
        self._stands: dict[Key, Stand] = {}

    def stand(self, key: Key) -> Stand:
        """Return how a thing stands, its successor looked for."""
        stand = self._stand(key)
        if stand.absent is None or stand.absent.successor is None:
            return stand
        end, seen = stand.absent.successor, {key}
        while end not in seen:
            there = self._stand(end)
            if there.tree is not None or there.absent is None or there.absent.successor is None:
                break
            seen.add(end)
            end = there.absent.successor
        if end not in seen and self._stand(end).tree is not None:
            return replace(stand, moved=end)
        step = next(done.step for done in stand.done if done.step.does == "withdraw")
        assert step.successor is not None
        refused = self._missing(step.successor, self._stand(end).absent)
        if end in seen:
            message = msg("The successors lead round in a circle.")
            hint = msg("Name one that stays.")
            refused = Refused("layer-unknown", step.successor.at, message, hint)
        return replace(stand, problems=(*stand.problems, refused.problem))

    def _stand(self, key: Key) -> Stand:
        if key not in self._stands:
            self._stands[key] = Stand()  # what stands inside itself stands nowhere
            self._stands[key] = self._stands_now(key)
        return self._stands[key]

    def _stands_now(self, key: Key) -> Stand:
        tree, schedule = self._written.shelf.trees.get(key), self._written.steps.get(key)
        holding = schedule.on(self._day) if schedule is not None else ()
        ranks = dict.fromkeys(("", self._city))
        now = [step for city in ranks for step in holding if step.city == city]
        days = days_of(tree) if tree is not None else ALWAYS
        like = key, days.holds(self._day), tuple(map(id, now))
        if (stand := self._written.known.get(like)) is None:
            stand = Stand(tree)
            if tree is not None and not days.holds(self._day):
                stand = Stand(None, Absent(tree.at, days, node=tree.node))
            elif tree is None and (added := self._written.adding.get(key)) is not None:
                stand = Stand(None, Absent(added.ref.at, added.period, node=added.node))
            for step in now:
                stand = self._after(stand, step)
            self._written.known[like] = stand
        if stand.tree is not None and (within := stand.tree.within) is not None:
            outer = self._stand(within)
            if outer.tree is None:
                return replace(stand, tree=None, absent=outer.absent)
        return stand

    def _after(self, stand: Stand, step: Step) -> Stand:
        """Return how a thing stands once a step is carried out, or how it did and why it cannot."""
        try:
            carry = {"change": self._change, "add": self._add, "withdraw": self._withdraw}
            return carry[step.does](stand, step)
        except Refused as refused:
            return replace(stand, problems=(*stand.problems, refused.problem))

    def _change(self, stand: Stand, step: Step) -> Stand:
        tree = self._there(stand, step)
        carried.allowed(step, tree)
        new, path, before, after = carried.changed(tree, step)
        assert step.node is not None
        gone = tuple(
            (name[-1], Absent(node.at, step.period, True))
            for way, node in ends(step.node)
            if (name := (*step.part, *way)) and is_null(node)
        )
        return replace(
            stand,
            tree=new,
            gone=(*stand.gone, *gone),
            done=(*stand.done, Done(step, path, before, after)),
            problems=(*stand.problems, *carried.remarks(tree, step, before, after)),
        )

    def _add(self, stand: Stand, step: Step) -> Stand:
        self._may_be_named(step)
        kind = kinds.of(step.key[0])
        if step.part or not isinstance(step.node, Mapping):
            message = msg("Only whole things are added.")
            raise Refused("layer-unknown", step.ref.at, message, msg("Write it as kind:id."))
        if stand.tree is not None or step.key in self._written.shelf.trees:
            message = msg("“{ref}” is there already.", ref=str(step.ref))
            raise Refused("layer-unknown", step.ref.at, message, msg("Change it under “change:”."))
        items = dict(step.node)
        within: Key | None = None
        if kind.within[0]:
            items.pop(Scalar("group"), None)
            within = group_of(step)
            if within is None or self._stand(within).tree is None:
                groups = [id_ for name, id_ in self._written.shelf.trees if name == kind.within[0]]
                message = msg("A measure stands in a group; “group” names it.")
                hint = msg("Possible: {ids}.", ids=tuple(groups[:12]))
                raise Refused("layer-unknown", step.ref.at, message, hint)
        id_ = Scalar(step.key[1], at=step.ref.at)
        items.setdefault(Scalar(kind.id_key, at=step.ref.at), id_)
        tree = Tree(step.key[0], id_, Mapping(items, at=step.ref.at), within)
        return replace(stand, tree=tree, absent=None,
                       done=(*stand.done, Done(step, (), None, step.node)))  # fmt: skip

    def _withdraw(self, stand: Stand, step: Step) -> Stand:
        tree = self._there(stand, step)
        carried.allowed(step, tree)
        if step.part:
            hint = msg("Write the part under “change:” and give it the value null.")
            message = msg("Only whole things are withdrawn.")
            raise Refused("layer-unknown", step.ref.at, message, hint)
        if step.successor is not None and "#" in step.successor:
            message = msg("Only a whole thing can stand for another.")
            raise Refused("layer-unknown", step.successor.at, message, msg("Write it as kind:id."))
        successor = key_of(step.successor) if step.successor is not None else None
        return replace(
            stand,
            tree=None,
            absent=Absent(step.ref.at, step.period, True, successor, tree.node),
            done=(*stand.done, Done(step, (), tree.node, None)),
        )

    def _there(self, stand: Stand, step: Step) -> Tree:
        """Return the tree that a step is about."""
        self._may_be_named(step)
        if stand.tree is not None:
            return stand.tree
        raise self._missing(step.ref, stand.absent, step)

    def _may_be_named(self, step: Step) -> None:
        """Refuse kinds that no layer can be about, and ids that are retired."""
        words = tuple(word for word in kinds.words() if word not in (CHANGE, CITY))
        if step.key[0] not in words:
            message = msg("A layer cannot say anything about “{kind}”.", kind=step.key[0])
            near = kinds.meant(step.key[0], words)
            hint = msg("The kinds are {kinds}.", kinds=words)
            if near:
                hint = msg("Did you mean “{near}”?", near=near)
            raise Refused("layer-unknown", step.ref.at, message, hint)
        if ":".join(step.key) in self._written.retired:
            raise self._missing(step.ref, None)

    def _missing(self, ref: Scalar, absent: Absent | None, step: Step | None = None) -> Refused:
        """Return why something that a layer names is not there; `step` is about it itself."""
        if absent is not None:
            message = msg("“{ref}” is not in force at that time.", ref=str(ref))
            related = (Related(absent.at, msg("Its dates, or what withdraws it, stand here.")),)
            earlier = msg("Change one of the two dates.")
            if step is not None and (last := absent.last) and step.period.holds(last):
                earlier = msg("Give this line “effective_until: {day}”: longer it is not there.",
                              day=str(last))  # fmt: skip
            return Refused("layer-unknown", ref.at, message, earlier, related)
        whole = ":".join(key_of(ref))
        if (new := self._written.retired.get(whole)) is not None:
            retired = msg("“{old}” is retired.", old=whole)
            return Refused("retired-in-use", ref.at, retired, msg("Write “{new}”.", new=new))
        known = self._written.names
        near = nearest(whole, known.get(whole.partition(":")[0], ()))
        near = near or nearest(whole, chain.from_iterable(known.values()))
        hint = msg("Did you mean “{near}”?", near=near) if near else None
        message = msg("“{ref}” does not exist.", ref=str(ref))
        return Refused("layer-unknown", ref.at, message, hint)


def key_of(ref: Scalar) -> Key:
    """Return kind and id of a reference."""
    kind, _, id_ = str(ref).strip().replace("：", ":", 1).partition(":")
    return kind, id_


def group_of(step: Step) -> Key | None:
    """Return what a thing that is added stands inside, None for one that stands by itself."""
    outer = next((kind.within[0] for kind in kinds.KINDS if kind.name == step.key[0]), "")
    group = step.node.get(Scalar("group")) if isinstance(step.node, Mapping) else None
    return (outer, str(group)) if outer and isinstance(group, Scalar) else None
