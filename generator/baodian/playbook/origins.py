"""Where each value of a thing comes from: its line, the layer that set it, since when, by whom."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from baodian.model import kinds
from baodian.said.messages import msg
from baodian.said.problems import At, BadRequestError
from baodian.source import Mapping, Node, Scalar, Sequence
from baodian.text.nearest import nearest
from baodian.trees import CITY, Almanac, Done, Key, Tree
from baodian.trees.carried import said
from baodian.trees.layers import period
from baodian.trees.nodes import at_path, path_of

Way = tuple[str, ...]
Value = str | tuple[str, ...]
"""A value, or the words of a list."""


@dataclass(frozen=True)
class Origin:
    """A value, the path to it, its place, and which layer set it when, why and by whose word.

    `layer` is empty for what stands in the thing's own file. `before` is what the layer found.
    Without a value the layer has taken it away.
    """

    path: Way
    value: Value | None
    at: At
    layer: str = ""
    name: str = ""
    since: datetime.date | None = None
    until: datetime.date | None = None
    before: object = None
    why: str = ""
    approved_by: str = ""


@dataclass(frozen=True)
class Explained:
    """A thing on a day and in a city: its values, and what other days and cities make of it."""

    key: str
    values: tuple[Origin, ...]
    elsewhere: tuple[Origin, ...] = ()


def explained(almanac: Almanac, asked: str, day: datetime.date, city: str = "") -> Explained:
    """Return every value of `kind:id`, or of one `kind:id#key`, and where each comes from.

    Raises `BadRequestError`.
    """
    whole, _, part = asked.strip().partition("#")
    kind, _, id_ = whole.partition(":")
    if kind == "class" and (kind, id_) not in almanac.shelf.trees:  # a class without advice
        scheme, _, class_ = id_.partition("/")
        if ("scheme", scheme) in almanac.shelf.trees:
            kind, id_, part = "scheme", scheme, ".".join(filter(None, (class_, part)))
    key = kind, id_
    edition = almanac.edition(day, city)
    tree = edition.shelf.trees.get(key)
    written = tree or almanac.shelf.trees.get(key) or _added(almanac, key)
    if written is None or not kinds.of(kind).linked:
        raise _unknown(almanac, asked)
    wanted = tuple(part.split(".")) if part else ()
    here = tuple(_values(almanac, tree, edition.done)) if tree else ()
    gone = tuple(_gone(almanac, edition.done, key, tree))
    other = tuple(_elsewhere(almanac, key, tree, day, city))
    values, elsewhere = (
        tuple(o for o in origins if _wanted(written.node, o, wanted))
        for origins in ((*here, *gone), other)
    )
    if wanted and not (values or elsewhere):
        raise _no_part(written, asked, part)
    return Explained(f"{kind}:{id_}", values, elsewhere)


def _added(almanac: Almanac, key: Key) -> Tree | None:
    """Return what only a layer of some other day or city adds."""
    steps = (step for step in almanac.steps if step.does == "add" and step.key == key)
    return next((Tree(key[0], Scalar(key[1]), s.node) for s in steps if s.node is not None), None)


def _unknown(almanac: Almanac, asked: str) -> BadRequestError:
    whole = asked.partition("#")[0]
    if ("retired", whole) in almanac.shelf.trees:
        new = almanac.shelf.trees["retired", whole].node
        return BadRequestError(
            msg("“{old}” is retired.", old=whole),
            msg("Write “{new}”.", new=str(new)) if isinstance(new, Scalar) else None,
        )
    known = [":".join(key) for key in almanac.shelf.trees if kinds.of(key[0]).linked]
    near = nearest(whole, known) or nearest(f":{whole}", known)
    if ":" not in whole:  # the kind was left out
        near = next((one for one in known if one.partition(":")[2] == whole), near)
    return BadRequestError(
        msg("“{ref}” does not exist.", ref=whole),
        msg("Did you mean “{near}”?", near=near) if near else None,
    )


def _no_part(tree: Tree, asked: str, part: str) -> BadRequestError:
    last = part.rpartition(".")[2]
    paths = [path for path, _, _ in _leaves(tree.node)]
    choices = tuple(dict.fromkeys(step for path in paths for step in path if not step.isdigit()))
    near = nearest(last, choices)
    message = msg("“{part}” is no part of “{ref}”.", part=part, ref=asked.partition("#")[0])
    if near:
        return BadRequestError(message, msg("Did you mean “{near}”?", near=near))
    return BadRequestError(message, msg("Possible: {ids}.", ids=choices[:12]) if choices else None)


def _wanted(node: Node, origin: Origin, part: Way) -> bool:
    """Say whether a value belongs to a part: stands below it, or is what it names in a list."""
    if not part or not origin.path:  # with the whole of a thing its parts are gone
        return True
    path = path_of(node, part)
    if path is not None:
        return origin.path[: len(path)] == path
    path = path_of(node, part[:-1]) if part[:-1] else ()
    if path is None or origin.path[: len(path)] != path:
        return False
    return part[-1] in origin.path or _in(origin.value, part[-1])


def _in(value: Value | None, word: str) -> bool:
    return word in value if isinstance(value, tuple) else word == value


# --- values, and what set them --------------------------------------------------------------------


def _leaves(node: Node, path: Way = ()) -> Iterator[tuple[Way, Value, At]]:
    """Yield every value below a node with its path; a list of words at one place is one value."""
    if isinstance(node, Mapping):
        for key, value in node.items():
            yield from _leaves(value, (*path, str(key)))
    elif isinstance(node, Sequence):
        words = [item for item in node if isinstance(item, Scalar)]
        if len(words) == len(node) and len({word.at.file for word in words}) == 1:
            yield path, tuple(word.strip() for word in words), words[0].at
            return
        for position, item in enumerate(node):
            id_ = item.get(Scalar("id")) if isinstance(item, Mapping) else None
            name = str(id_) if isinstance(id_, Scalar) else str(position)
            yield from _leaves(item, (*path, name))
    elif path != ("id",):
        yield path, node.strip(), node.at


def _values(almanac: Almanac, tree: Tree, done: Iterable[Done]) -> Iterator[Origin]:
    mine = [one for one in done if one.step.key == tree.key]
    own = period(tree.node)
    for path, value, at in _leaves(tree.node):
        by = next((one for one in reversed(mine) if _set_by(one, at)), None)
        if by is None:
            yield Origin(path, value, at, since=own.since, until=own.until)
        else:
            yield _by_layer(almanac, by, path, value, at)


def _set_by(done: Done, at: At) -> bool:
    """Say whether a step wrote what stands at a place."""
    step = done.step
    written = _leaves(step.node) if step.node is not None else ()
    return at == step.ref.at or any(at == place for _, _, place in written)


def _by_layer(almanac: Almanac, done: Done, path: Way, value: Value | None, at: At) -> Origin:
    step = done.step
    before = at_path(done.before, path[len(done.path) :]) if done.before is not None else None
    why, approved = _said(almanac, done)
    return Origin(
        path, value, at, ":".join(step.layer), _name(almanac, step.layer), step.period.since,
        step.period.until, None if before is None else said(before), why, approved,
    )  # fmt: skip


def _gone(almanac: Almanac, done: Iterable[Done], key: Key, tree: Tree | None) -> Iterator[Origin]:
    """Yield what layers have taken away: a measure of a cell, a part, or the whole of the thing."""
    leaves = _leaves(tree.node) if tree else ()
    now = {path[:n] for path, _, _ in leaves for n in range(len(path) + 1)}
    for one in done:
        if one.step.key != key or one.before is None:
            continue
        if one.after is None:
            yield _by_layer(almanac, one, one.path, None, one.step.ref.at)
        elif one.path[:1] == ("cells",) and len(one.step.part) == 2:
            measure = one.step.part[1]
            if _holds(one.before, measure) and not _holds(one.after, measure):
                path = (*one.path, measure)
                yield _by_layer(almanac, one, path, None, one.step.ref.at)
        else:
            for path, _, _ in _leaves(one.before):
                whole = (*one.path, *path)
                if whole not in now:
                    yield _by_layer(almanac, one, whole, None, one.step.ref.at)


def _holds(cell: Node, measure: str) -> bool:
    return any(measure in path or _in(value, measure) for path, value, _ in _leaves(cell))


def _elsewhere(
    almanac: Almanac, key: Key, tree: Tree | None, day: datetime.date, city: str
) -> Iterator[Origin]:
    """Yield what is not in force on this day and in this city: later, or in another city."""
    if tree is None and (written := almanac.shelf.trees.get(key)):
        own = period(written.node)
        for path, value, at in _leaves(written.node):
            yield Origin(path, value, at, since=own.since, until=own.until)
    for step in almanac.steps:
        if step.key != key or (step.city in ("", city) and step.period.holds(day)):
            continue
        then = max(day, step.period.since or day)
        if step.period.until is not None and step.period.until < then:
            continue  # over
        edition = almanac.edition(then, step.city)
        done = [one for one in edition.done if one.step == step]
        yield from _gone(almanac, done, key, edition.shelf.trees.get(key))
        for one in done:
            for path, value, place in _leaves(one.after) if one.after is not None else ():
                if _set_by(one, place):
                    yield _by_layer(almanac, one, (*one.path, *path), value, place)


def _said(almanac: Almanac, done: Done) -> tuple[str, str]:
    """Return why a layer sets something and who approved it: its step says so, else the layer."""
    layer = almanac.shelf.trees[done.step.layer].node
    own = at_path(layer, (done.step.does, str(done.step.ref)))
    why, approved = (
        next(
            (
                str(text)
                for node in (own, layer)
                if isinstance(text := at_path(node, (key,)), Scalar)
            ),
            "",
        )
        for key in ("why", "approved_by")
    )
    return why, approved


def _name(almanac: Almanac, layer: Key) -> str:
    node = almanac.shelf.trees[layer].node
    name = at_path(node, ("name" if layer[0] == CITY else "title",))
    return str(name) if isinstance(name, Scalar) else layer[1]
