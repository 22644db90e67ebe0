"""Which place of the table of kinds a file stands at, and at which it should."""

from __future__ import annotations

from pathlib import PurePosixPath

from baodian.model import fit, kinds
from baodian.model.kinds import Kind
from baodian.said.messages import msg
from baodian.said.problems import Problem
from baodian.source import Mapping, Node, Scalar
from baodian.text.nearest import nearest
from baodian.trees.files import File


def place(file: File) -> Kind | Problem:
    """Return the kind of what stands in a file, or the problem that nothing reads it there.

    Nothing reads it either if it was plainly written for another place.
    """
    here = _place_of(file.path)
    if here is None:
        return _unread(file)
    if there := _better_place(file.tree, here):
        message = msg("This is written like what stands in {there}, not in {here}.",
                      there=there, here=here)  # fmt: skip
        hint = msg("Move it to {there}.", there=there)
        return Problem("unexpected-file", file.at, message, hint)
    return kinds.places()[here]


def _by_name() -> dict[str, str]:
    """Return the places by the names of their folders or files, which say what is in them."""
    return {place.removesuffix("/").removesuffix(".yml"): place for place in kinds.places()}


def _name_of(path: PurePosixPath) -> str:
    return path.parts[0] if len(path.parts) > 1 else path.stem


def _place_of(path: PurePosixPath) -> str | None:
    name, places = _name_of(path), _by_name()
    place = places.get(name)
    if len(path.parts) == 3:
        place = places.get(f"{name}/…", place)
    alone = len(path.parts) == 1
    return None if place is None or (alone and not kinds.places()[place].many) else place


def _unread(file: File) -> Problem:
    name = _name_of(file.path)
    places = {name: place for name, place in _by_name().items() if "…" not in name}
    near = nearest(name, places)
    if name in places:
        hint = msg("Put it into the folder {folder}.", folder=places[name])
    elif near:
        hint = msg("Did you mean “{near}”?", near=places[near])
    elif there := _better_place(file.tree, None):
        hint = msg("Move it to {there}.", there=there)
    else:
        hint = msg("What is read: {names}.", names=tuple(places.values()))
    message = msg("Nothing reads “{name}”.", name=file.path.as_posix())
    return Problem("unexpected-file", file.at, message, hint)


def _better_place(tree: Mapping, here: str | None) -> str | None:
    """Return where a file belongs that was plainly written for another place, else None.

    Plainly is: nothing in it fits here, two keys or more are unknown here, and all of it fits
    there. Slips of the hand are left to the schema, which names each.
    """
    if not tree or (here is not None and _may_belong(tree, kinds.places()[here])):
        return None
    for place, kind in kinds.places().items():
        if place != here and kind.records and all(_fits(n, kind) for n in _things(tree, kind)):
            scheme = str(tree.get(Scalar(kind.id_key), "")).partition("/")[0]
            return place.replace("…", scheme)
    return None


def _may_belong(tree: Mapping, kind: Kind) -> bool:
    things = _things(tree, kind)
    if not kind.records or any(_fits(thing, kind) for thing in things):
        return True
    groups = not kind.many and all(isinstance(node, Mapping) for node in tree.values())
    return not groups and sum(fit.unknown_keys(thing, kind.records) for thing in things) < 2


def _things(tree: Mapping, kind: Kind) -> list[Node]:
    return list(tree.values()) if kind.many else [tree]


def _fits(thing: Node, kind: Kind) -> bool:
    return fit.fits(thing, kind.records, frozenset({"id"} if kind.many else ()))
