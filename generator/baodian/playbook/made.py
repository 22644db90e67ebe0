"""An edition of the shelf → a playbook and every slip; what two editions share is made once."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from baodian import model
from baodian.model import kinds
from baodian.playbook.names import Names
from baodian.playbook.playbook import Playbook
from baodian.playbook.renamed import named, renamed, renamed_text
from baodian.playbook.slips import Slip, read_as
from baodian.said.problems import Problem
from baodian.source import Mapping, Node, Scalar
from baodian.trees import Almanac, Edition, Key, Split, Tree

Inside = dict[Scalar, dict[Scalar, Any]]
"""Things that stand inside another, by the key under which they do, and by their ids."""
Things = Map[str, Map[str, Any]]
"""What is shown, by kind and id, in the order in which the playbook holds it."""


@dataclass(frozen=True, eq=False)
class Said:
    """What was read and made once, for every other of which that is the same.

    All of it is known by identity, and kept alive here with what it is known by.
    """

    files: Split = field(default_factory=dict)
    """What stands in a file."""
    nodes: dict[tuple[int, ...], tuple[Any, Any, tuple[Slip, ...]]] = field(default_factory=dict)
    """What a node says, and with others in it."""
    named: dict[int, tuple[Any, frozenset[Key]]] = field(default_factory=dict)
    """What a value names."""
    shown: dict[tuple[int, tuple[tuple[Key, Key], ...]], Any] = field(default_factory=dict)
    """What is shown of a value where others stand for what it names."""


@dataclass(frozen=True, eq=False)
class Made:
    """What the trees of an edition say: a playbook, and what is wrong with them.

    With slips, the playbook holds only what could be read. It is None without settings.
    """

    edition: Edition
    playbook: Playbook | None
    always: tuple[Slip, ...] = ()
    """The slips in what no layer is about."""
    slips: Map[Key, tuple[Slip, ...]] = field(default_factory=dict)
    values: Map[Key, Any] = field(default_factory=dict)
    """What each tree says, whatever else stands for things it names."""
    things: Things = field(default_factory=dict)

    @property
    def readable(self) -> bool:
        """Say whether all of it could be read."""
        return self.playbook is not None and not self.always and not self.slips

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return every slip as a problem."""
        return self._told((*self.always, *chain.from_iterable(self.slips.values())))

    @property
    def new_problems(self) -> tuple[Problem, ...]:
        """Return the slips in what may stand otherwise than in the edition it was made from."""
        keys = self.edition.anew
        return self._told(chain.from_iterable(self.slips.get(key, ()) for key in keys))

    def _told(self, slips: Iterable[Slip]) -> tuple[Problem, ...]:
        if self.playbook is None:
            return tuple(problem for _, problem in slips)
        names = Names(self.playbook.entities, self.playbook.settings)
        return tuple(names.meant(slip) for slip in slips)


FEW = 8
"""How many new things are put into their places one by one; more are sorted with the others."""


class Maker:
    """Makes playbooks of editions of one shelf with its hand-written pages.

    `beside` are the pictures and other files beside those pages; `said` is what is known already.
    """

    def __init__(
        self, almanac: Almanac, content: tuple[tuple[str, str], ...] = (),
        beside: tuple[str, ...] = (), said: Said | None = None,
    ) -> None:  # fmt: skip
        self._order, shelf = almanac.order, almanac.shelf
        self._content, self._beside = content, beside
        self._said = said or Said()
        self._settings: model.Settings | None = None
        self._always: tuple[Slip, ...] = ()  # in what no layer is about
        if shelf.settings is not None:
            node = shelf.settings
            if (id(node),) not in self._said.nodes:
                self._said.nodes[id(node),] = (node, *read_as(model.Settings, node))
            self._settings, self._always = self._said.nodes[id(node),][1:]
        for tree in shelf.aside:
            self._always += self._read(tree, {})[1]

    def made(self, edition: Edition, before: Made | None = None) -> Made:
        """Return what the trees of an edition say; `before` is of the edition it was made from."""
        trees = edition.shelf.trees
        values = dict(before.values) if before else {}
        slips = dict(before.slips) if before else {}
        anew: set[Key] = set()
        for key in _inner_first(edition.anew if before else trees.keys(), trees):
            was = values.pop(key, None)
            slips.pop(key, None)
            if (tree := trees.get(key)) is not None:
                value, refused = self._read(tree, self._inside(tree, trees, values))
                if value is not None:
                    values[key] = value
                if refused:
                    slips[key] = refused
            if values.get(key) is not was:
                anew.add(key)
        if self._settings is None:
            return Made(edition, None, self._always, slips)
        things = self._things(edition, values, anew, before)
        playbook = self._playbook(edition, things, before)
        return Made(edition, playbook, self._always, slips, values, things)

    def _read(self, tree: Tree, inside: Inside) -> tuple[Any, tuple[Slip, ...]]:
        """Return what a tree says with the things inside it; the same node says the same again."""
        things = [one for of in inside.values() for one in of.values()]
        known = (id(tree.node), *map(id, things))
        if known not in self._said.nodes:
            said = _validated(tree, _filled(tree.node, inside))
            self._said.nodes[known] = ((tree.node, things), *said)
        return self._said.nodes[known][1:]

    def _inside(self, tree: Tree, trees: Map[Key, Tree], values: Map[Key, Any]) -> Inside:
        """Return the things that stand inside a tree as they were read, by where they stand."""
        things: Inside = {}
        for kind in kinds.inside(kinds.of(tree.kind)):
            key = Scalar(kind.within[1])
            if isinstance(tree.node, Mapping) and isinstance(tree.node.get(key), Mapping):
                inner = [t for t in trees.values() if t.within == tree.key and t.key in values]
                inner.sort(key=lambda one: self._order[one.key])
                things[key] = {one.id: values[one.key] for one in inner}
        return things

    def _things(
        self, edition: Edition, values: Map[Key, Any], anew: set[Key], before: Made | None
    ) -> Things:
        """Return what is shown by kind."""
        moved, was = edition.moved, before.edition.moved if before else {}
        if turned := {key for key in {**was, **moved} if was.get(key) != moved.get(key)}:
            anew = {*anew, *(k for k, v in values.items() if not turned.isdisjoint(self._names(v)))}
        things: dict[str, Map[str, Any]] = dict(before.things) if before else {}
        touched: dict[str, list[Key]] = {} if before else {kind.name: [] for kind in kinds.KINDS}
        for key in anew:
            touched.setdefault(key[0], []).append(key)
        for kind, keys in touched.items():
            there = things.get(kind, {})
            now = {k[1]: self._renamed(values[k], moved) for k in keys if k in values}
            of = {**there, **now}
            for _, id_ in keys:
                if id_ not in now:
                    of.pop(id_, None)
            things[kind] = self._in_order(kind, of, there)
        return things

    def _in_order(self, kind: str, things: Map[str, Any], there: Map[str, Any]) -> Map[str, Any]:
        """Return things of a kind, those first that the settings name, then as they are written.

        `there` are such things in this order.
        """
        new = [id_ for id_ in things if id_ not in there]
        if not new:
            return things
        assert self._settings is not None
        first = {str(id_): n for n, id_ in enumerate(getattr(self._settings.order, kind, ()))}
        order, last = self._order, len(first)

        def place(id_: str) -> tuple[int, int]:
            return first.get(id_, last), order[kind, id_]

        ids = [id_ for id_ in there if id_ in things]
        if len(new) > FEW:
            ids = sorted((*ids, *new), key=place)
        else:
            for id_ in new:
                insort(ids, id_, key=place)
        return {id_: things[id_] for id_ in ids}

    def _playbook(self, edition: Edition, things: Things, before: Made | None) -> Playbook:
        trees, moved = edition.shelf.trees, edition.moved
        old = before.playbook if before else None

        def kept(*of: str) -> bool:
            return before is not None and all(before.things[k] is things[k] for k in of)

        absent = dict(before.playbook.absent) if before and before.playbook else {}
        for key in edition.anew:
            for name, _ in before.edition.absent_of(key) if before else ():
                absent.pop(name, None)
            absent.update(edition.absent_of(key))
        return Playbook(
            settings=self._renamed(self._settings, moved),
            entities={kind.name: things[kind.name] for kind in kinds.KINDS if kind.is_entity},
            measure_groups=things["measure-group"],
            group_of=old.group_of
            if old and kept("measure")
            else {
                id_: group[1]
                for id_ in things["measure"]
                if (group := trees["measure", id_].within)
            },
            class_guides=old.class_guides
            if old and kept("class")
            else {(g.class_.scheme, g.class_.name): g for g in things["class"].values()},
            slots=things["slot"],
            retired=old.retired
            if old and kept("retired")
            else {
                id_: (ref, trees["retired", id_].id.at) for id_, ref in things["retired"].items()
            },
            content=tuple((file, renamed_text(text, moved)) for file, text in self._content),
            beside=self._beside,
            day=edition.day,
            city=edition.city,
            absent=dict(sorted(absent.items())),  # in whatever order it came to be
        )

    def _names(self, value: Any) -> frozenset[Key]:  # noqa: ANN401
        if id(value) not in self._said.named:
            self._said.named[id(value)] = (value, named(value))
        return self._said.named[id(value)][1]

    def _renamed(self, value: Any, moved: Map[Key, Key]) -> Any:  # noqa: ANN401
        """Return what is shown of a value; one and the same for the same."""
        names = self._names(value) if moved else ()
        there = tuple(sorted((key, moved[key]) for key in names if key in moved))
        if not there:
            return value
        if (id(value), there) not in self._said.shown:
            self._said.shown[id(value), there] = renamed(value, dict(there))
        return self._said.shown[id(value), there]


def _inner_first(keys: Iterable[Key], trees: Map[Key, Tree]) -> Iterator[Key]:
    """Yield the keys, what stands inside something first; then all that may hold one of those."""
    keys = tuple(keys)
    inner = {kind.name: kind.within[0] for kind in kinds.KINDS if kind.within[0]}
    outer = {inner[kind] for kind, _ in keys if kind in inner}
    yield from (key for key in keys if key[0] in inner)
    yield from (key for key in keys if key[0] not in inner and key[0] not in outer)
    if outer:
        yield from (key for key in dict.fromkeys((*trees, *keys)) if key[0] in outer)


def _filled(node: Node, inside: Inside) -> Node:
    """Return a node with things in it."""
    for key, things in inside.items():
        assert isinstance(node, Mapping)
        there = node[key]
        assert isinstance(there, Mapping)
        node = Mapping({**node, key: Mapping({**there, **things}, at=there.at)}, at=node.at)
    return node


def _validated(tree: Tree, node: Node) -> tuple[Any, tuple[Slip, ...]]:
    kind = kinds.of(tree.kind)
    value, slips = read_as(kind.model, node)
    if kind.ids is not None:
        id_, refused = read_as(kind.ids, tree.id)
        slips += refused
        value = None if id_ is None else value
    return value, slips
