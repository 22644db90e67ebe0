"""Every value of a project's files with its type: in things, in layers, on whatever day it holds.

What a layer says has a type only once it is merged, so each edition is looked at; every value keeps
the place that it was written at.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from baodian import model, trees
from baodian.editing.edits import Path as Way
from baodian.editing.edits import as_data, id_of
from baodian.model.fields import Field
from baodian.model.leaves import Path as LeafPath
from baodian.model.leaves import leaves
from baodian.model.quantities import EARLIEST
from baodian.playbook.load import Library
from baodian.said.problems import At
from baodian.source import Mapping, Node, Scalar, Sequence
from baodian.trees import CITY, Almanac, Key
from baodian.trees.layers import CHANGE
from baodian.trees.nodes import at_path, path_of

Leaf = tuple[Key, model.Record | None, LeafPath, Field]
"""In which thing a value stands, in which record, at which path of fields."""
Place = tuple[str, Way, bool]
"""A file, the path in it, and whether it is the key there that is meant."""


class Written:
    """The files of a project, and what each value in them is."""

    def __init__(self, project: Path) -> None:
        self.project = project
        files, faults = trees.files(project)
        shelf, misplaced = trees.shelved(files)
        content, unreadable = trees.content(project)
        self.books = Library(Almanac(shelf), content, (*faults, *misplaced, *unreadable))
        self.trees: dict[str, Node] = {file.at.file: file.tree for file in files}
        """The tree of each file, by its name below the project."""

    @cached_property
    def _published(self) -> Library:
        """Return all that is written as if layers that are drafts held too."""
        books, shelf = self.books, self.books.shelf
        drafts = {
            key: replace(tree, node=_published(tree.node))
            for key, tree in shelf.trees.items()
            if key[0] in (CHANGE, CITY) and at_path(tree.node, ("status",)) == "draft"
        }
        if not drafts:
            return books
        almanac = Almanac(replace(shelf, trees={**shelf.trees, **drafts}))
        return Library(almanac, books.content, books.faults)

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """Return every value that was written, once."""
        seen: set[int] = set()
        found: dict[int, Leaf] = {}
        for books in dict.fromkeys((self.books, self._published)):
            for key, record in _records(books):
                if id(record) not in seen:
                    seen.add(id(record))
                    for path, value in leaves(record):
                        whole = record if isinstance(record, model.Record) else None
                        found[id(value)] = key, whole, path, value
            settings = books.playbook(None)
            if settings is not None:
                for path, value in leaves(settings.settings):
                    found[id(value)] = ("playbook", ""), settings.settings, path, value
        return tuple(found.values())

    @cached_property
    def places(self) -> dict[tuple[str, int, int], Place]:
        """Return which value or key stands at each place: file, line and column."""
        found: dict[tuple[str, int, int], Place] = {}
        for file, tree in self.trees.items():
            for at, way, is_key in _scalars(tree, ()):
                found.setdefault((file, at.line, at.column), (file, way, is_key))
        return found

    def place(self, value: Scalar) -> Place | None:
        """Return where in its file a value or key stands, None for what was made."""
        return self.places.get((value.at.file, value.at.line, value.at.column))

    def raw(self, place: Place) -> str:
        """Return the text at a place as it is read."""
        file, way, is_key = place
        if is_key:
            return str(way[-1])
        node = self.trees[file]
        for step in way:
            node = _inner(node, step)
        assert isinstance(node, Scalar), f"no text at {way}"
        return str(node)

    def home(self, key: Key) -> tuple[str, Way] | None:
        """Return the file of a thing and the path to it there, None if no file has it."""
        tree = self.books.shelf.trees.get(key)
        place = self.place(tree.id) if tree is not None else None
        if tree is None or place is None:
            return None
        file, way, is_key = place
        return file, way if is_key else way[:-1]

    def echoes(self, key: Key) -> Iterator[tuple[Way, Place]]:
        """Yield what layers say of a thing: the path in it, and the place of the key or value.

        Also what `was` tells, which has no type, and keys of groups, which are the thing's own.
        """
        tree = self.books.shelf.trees.get(key)
        if tree is None:
            return
        for step in self._published.steps:
            if step.key != key or step.does != "change":
                continue
            begin = path_of(tree.node, step.part)
            for node in (step.node, step.was):
                if begin is not None and isinstance(node, Mapping):
                    yield from self._echoes(node, begin)

    def _echoes(self, node: Node, way: Way) -> Iterator[tuple[Way, Place]]:
        for at, inner, _ in _scalars(node, way, ids=True):
            if place := self.places.get((at.file, at.line, at.column)):
                yield inner, place


def by_ids(node: Node, way: Way) -> Way:
    """Return a path with the ids of items instead of their positions, where they have any."""
    named: list[str | int] = []
    for step in way:
        listed = isinstance(node, Sequence)
        node = _inner(node, step)
        named.append((listed and id_of(as_data(node))) or step)
    return tuple(named)


def _inner(node: Node, step: str | int) -> Node:
    if isinstance(node, Mapping):
        return node[Scalar(str(step))]
    assert isinstance(node, Sequence), "a text has nothing in it"
    assert isinstance(step, int), "an item has a position"
    return node[step]


def _scalars(node: Node, way: Way, *, ids: bool = False) -> Iterator[tuple[At, Way, bool]]:
    if isinstance(node, Mapping):
        for key, value in node.items():
            yield key.at, (*way, str(key)), True
            yield from _scalars(value, (*way, str(key)), ids=ids)
    elif isinstance(node, Scalar):
        yield node.at, way, False
    else:
        for number, item in enumerate(node):
            step = (ids and id_of(as_data(item))) or number
            yield from _scalars(item, (*way, step), ids=ids)


def _records(books: Library) -> Iterator[tuple[Key, object]]:
    yield from books.made(None).values.items()
    days = (datetime.date(EARLIEST, 1, 1), *books.turns)
    for city in ("", *books.cities):
        made = None
        for day in days:
            made = books.made(day, city, made)
            yield from made.values.items()


def _published(node: Node) -> Node:
    if not isinstance(node, Mapping):
        return node
    return Mapping({key: value for key, value in node.items() if key != "status"}, at=node.at)
