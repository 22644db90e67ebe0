"""Files → a shelf: every tree by kind and id; misplaced files and ids given twice are told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from baodian.model import kinds
from baodian.model.kinds import Kind
from baodian.said.messages import Message, msg
from baodian.said.problems import At, Problem, Related
from baodian.source import Mapping, Node, Scalar
from baodian.trees.files import SETTINGS, File
from baodian.trees.places import place

Key = tuple[str, str]
"""The kind and the id of a tree."""


@dataclass(frozen=True)
class Tree:
    """What was written about one thing: its kind, its id, its tree, and what it stands inside.

    The id is empty where none was written. A tree that is alone in its file has it at the key that
    its kind tells; one of a map has the id that it stands under, and holds it as `id` too where it
    is an entity.
    """

    kind: str
    id: Scalar
    node: Node
    within: Key | None = None

    @property
    def key(self) -> Key:
        """Return kind and id."""
        return self.kind, str(self.id)

    @property
    def at(self) -> At:
        """Return the place that it begins at."""
        return self.node.at

    @property
    def file(self) -> str:
        """Return the file that it stands in."""
        return self.at.file


@dataclass(frozen=True)
class Shelf:
    """All trees of a playbook by kind and id, in the order of their files, and its settings.

    `aside` are those that cannot be looked up, because they have no id or one that another has.
    They are validated with the others, so that one run tells all that is wrong with them.
    """

    settings: Mapping | None = None
    trees: Map[Key, Tree] = field(default_factory=dict)
    aside: tuple[Tree, ...] = ()

    def all(self) -> Iterator[Tree]:
        """Yield every tree, those set aside last."""
        yield from self.trees.values()
        yield from self.aside


Split = dict[int, tuple[Mapping, tuple[Tree | Problem, ...]]]
"""The trees of files, and what stands in them where it should not, by identity of what they say."""


def shelved(files: Iterable[File], known: Split | None = None) -> tuple[Shelf, tuple[Problem, ...]]:
    """Return the trees of the files by kind and id, and what stands where it should not.

    What is `known` of a file that is the same is taken from there, and what is not is put there.
    """
    known = {} if known is None else known
    settings: Mapping | None = None
    trees: dict[Key, Tree] = {}
    aside: list[Tree] = []
    problems: list[Problem] = []
    for file in files:
        if file.path == SETTINGS:
            settings = file.tree
            continue
        kind = place(file)
        if id(file.tree) not in known:
            those = (kind,) if isinstance(kind, Problem) else _trees(kind, file.tree)
            known[id(file.tree)] = file.tree, tuple(those)
        for tree in known[id(file.tree)][1]:
            if isinstance(tree, Problem):
                problems.append(tree)
            elif not tree.id:
                aside.append(tree)
            elif (first := trees.setdefault(tree.key, tree)) is not tree:
                copy = tree
                if _in_its_own_file(tree) and not _in_its_own_file(first):
                    trees[tree.key], copy, first = tree, first, tree  # wherever the copy sorts
                aside.append(copy)
                problems.append(_twice(copy, first))
    return Shelf(settings, trees, tuple(aside)), tuple(problems)


def _trees(kind: Kind, node: Mapping) -> Iterator[Tree | Problem]:
    """Yield the trees of a file, and a problem for every id that is written where none belongs."""
    if kind.many:
        for key, value in node.items():
            yield from _of_map(kind, key, value)
        return
    id_ = node.get(Scalar(kind.id_key))
    written = isinstance(id_, Scalar) and id_.strip()
    yield Tree(kind.name, id_ if isinstance(id_, Scalar) and written else Scalar(), node)


def _of_map(
    kind: Kind, key: Scalar, value: Node, within: Key | None = None
) -> Iterator[Tree | Problem]:
    """Yield the tree that stands under a key, and before it those that stand inside it."""
    if isinstance(value, Mapping):
        inside = kinds.inside(kind)
        value = Mapping(value, at=key.at if kind.is_entity or inside else value.at)
        for inner in inside:
            things = value.get(name := Scalar(inner.within[1]))
            if isinstance(things, Mapping):
                for id_, thing in things.items():
                    yield from _of_map(inner, id_, thing, (kind.name, str(key)))
                value[name] = Mapping(at=things.at)
        if kind.is_entity:
            yield from _own_id(key, value)
            value[Scalar("id", at=key.at)] = key
    yield Tree(kind.name, key, value, within)


def _own_id(key: Scalar, value: Mapping) -> Iterator[Problem]:
    for own in value:
        if own == "id":
            message = msg("“{key}” is not a key here.", key="id")
            hint = msg("Remove it: the record already has the id “{id}”.", id=str(key))
            yield Problem("unknown-key", own.at, message, hint)


def _in_its_own_file(tree: Tree) -> bool:
    """Tell whether an entity is what others link to, not its copy: the file is named like it."""
    return kinds.of(tree.kind).is_entity and PurePosixPath(tree.id.at.file).stem == tree.id


def _twice(copy: Tree, first: Tree) -> Problem:
    message, hint = _already(kinds.of(copy.kind), str(copy.id))
    related = Related(first.id.at, msg("The first one stands here."))
    return Problem("duplicate-id", copy.id.at, message, hint, (related,))


def _already(kind: Kind, id_: str) -> tuple[Message, Message]:
    if kind.name == "measure-group":
        message = msg("There is already a group of measures “{id}”.", id=id_)
        return message, msg("Give this one another id, or put its measures there.")
    if kind.name == "class":
        message = msg("“{id}” already has a guide.", id=id_)
        return message, msg("Put both into one file, or name another class.")
    if kind.is_entity:
        message = msg("There is already a {kind} with the id “{id}”.", kind=kind.name, id=id_)
        return message, msg("Give this one another id.")
    message = msg("“{id}” stands here a second time.", id=id_)
    return message, msg("Give one of them another id.")
