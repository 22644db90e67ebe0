"""`baodian rename`: an id becomes another one, wherever it is named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from baodian.editing.edits import Edit, Insert, RenameKey, Replace
from baodian.editing.edits import Path as Way
from baodian.editing.files import Draft
from baodian.editing.ids import naming_of
from baodian.editing.naming import Naming
from baodian.editing.splice import spliced_bytes
from baodian.editing.typed import Place, Written, by_ids
from baodian.model import kinds
from baodian.model.ids import FactId, Id
from baodian.model.leaves import KEY
from baodian.pages.looks import by_kind
from baodian.said.messages import msg
from baodian.said.messages import words as words_of
from baodian.said.problems import BadRequestError

RETIRED = "playbook_data/retired.yml"


def renamed(written: Written, kind: str, old: str, new: str) -> tuple[Draft, ...]:
    """Return the files in which a thing, or with `old` as `id#part` a part, has another id.

    Raises `BadRequestError`.
    """
    naming = naming_of(written, kind, old, new)
    own = _own(written, naming)
    edits = edits_of(written, naming, own)
    if kind in kinds.words():
        retire(written, edits, naming.ref, naming.new_ref)
    return drafts(written, edits, _moves(written, naming), naming)


Edits = dict[str, dict[tuple[Way, bool], Edit]]
"""The edits of each file, by the place they are about: the path, and whether its key is meant."""


def edits_of(written: Written, naming: Naming, own: tuple[Place, ...] = ()) -> Edits:
    """Return the edits that give a new name to what names the old one; `own` are its own ids."""
    edits: Edits = {}
    inside: dict[tuple[str, str], dict[tuple[Way, bool], tuple[str, str]]] = {}

    def note(place: Place, new: str) -> None:
        file, way, is_key = place
        edits.setdefault(file, {})[way, is_key] = (
            RenameKey(way, new) if is_key else Replace(way, new)
        )

    for at_home in own:
        note(at_home, naming.own)
    for key, record, path, value in written.leaves:
        place = written.place(value)
        if place is None:
            continue
        raw = written.raw(place)
        file, way, is_key = place
        new = naming.own if place in own else naming.value(record, path, value, raw)
        if new is None or new == raw:
            continue
        note(place, new)
        home = written.home(key)
        if home is not None and home[0] == file and way[: len(home[1])] == home[1]:
            named = by_ids(written.trees[file], way)[len(home[1]) :]
            inside.setdefault(key, {})[named, is_key] = raw, new
    for key, changes in inside.items():
        for way, place in written.echoes(key):
            known = changes.get((way, place[2]))
            if known is not None and written.raw(place) == known[0]:
                note(place, known[1])
    return edits


def retire(written: Written, edits: Edits, old: str, new: str) -> None:
    """Add a line to the file of ids that are used no more."""
    files = [tree.file for key, tree in written.books.shelf.trees.items() if key[0] == "retired"]
    file = next(iter(files), RETIRED)
    edits.setdefault(file, {})[(old,), True] = Insert((), old, new)


def drafts(
    written: Written, edits: Edits, moves: dict[str, str], naming: Naming | None = None
) -> tuple[Draft, ...]:
    """Return files with edits and with other names, and the hand-written pages with them."""
    made: list[Draft] = []
    for file in sorted({*edits, *moves}):
        path = written.project / file
        old = path.read_bytes() if path.exists() else None
        steps = _in_order(edits.get(file, {}))
        new = spliced_bytes(
            old if old is not None else _first(written, steps), steps[old is None :]
        )
        if file in moves:
            made += [Draft(path, old, None), Draft(written.project / moves[file], None, new)]
        else:
            made.append(Draft(path, old, new))
    if naming is not None:
        made += _pages(written, naming)
    return tuple(draft for draft in made if draft.old != draft.new)


def _first(written: Written, steps: list[Edit]) -> bytes:
    """Return the file of retired ids with its first line."""
    first = steps[0]
    assert isinstance(first, Insert)
    playbook = written.books.playbook(None)
    assert playbook is not None, "there are settings"
    t = words_of(playbook.settings.language)
    head = t("Ids that are used no more, each with what stands for it. They are never used again.")
    text = f"# {head}\nx: y\n"
    steps = [Replace(("x",), first.value), RenameKey(("x",), str(first.key))]
    return spliced_bytes(text.encode(), steps)


def _in_order(edits: dict[tuple[Way, bool], Edit]) -> list[Edit]:
    """Return edits so that none changes the path of another: what is deeper comes first."""
    return [edit for _, edit in sorted(edits.items(), key=lambda one: (-len(one[0][0]), one[0][1]))]


# --- where it has its id --------------------------------------------------------------------------


def _own(written: Written, naming: Naming) -> tuple[Place, ...]:
    """Return where a thing or part has its own id. Raises `BadRequestError` if a part has none."""
    if not naming.part and naming.kind != "class":
        tree = written.books.shelf.trees.get((naming.kind, naming.id))
        place = written.place(tree.id) if tree is not None else None
        return (place,) if place else ()
    if naming.kind == "class":
        key, steps = (
            ("scheme", naming.id.partition("/")[0]),
            ["classes", naming.id.partition("/")[2]],
        )
    else:
        key, steps = (naming.kind, naming.id), naming.part.split(".")
    found = dict.fromkeys(
        place
        for where, record, path, value in written.leaves
        if where == key
        and str(value) == steps[-1]
        and type(value) in (Id, FactId)
        and (path[-1] in (KEY, "id"))
        and _leads_through(path, steps)
        and (place := written.place(value)) is not None
    )
    if not found:
        message = msg("“{ref}” has no id of its own that could be another one.", ref=naming.ref)
        raise BadRequestError(message)
    if len({place[0] for place in found}) < len(found):
        raise BadRequestError(msg("Several parts have the id “{id}”; say which.", id=steps[-1]),
                           msg("Write it with what it stands in: part.item."))  # fmt: skip
    return tuple(found)


def _leads_through(path: tuple[str, ...], steps: list[str]) -> bool:
    ahead = iter(path)
    return all(step in ahead for step in steps)


# --- files and pages ------------------------------------------------------------------------------


def _moves(written: Written, naming: Naming) -> dict[str, str]:
    """Return which files are called after an id, with what they are to be called."""
    if naming.part:
        return {}
    found: dict[str, str] = {}
    for (kind, id_), tree in written.books.shelf.trees.items():
        path = PurePosixPath(tree.file)
        scheme, _, class_ = id_.partition("/")
        if (kind, id_) == (naming.kind, naming.id):
            alone = (
                sum(other.file == tree.file for other in written.books.shelf.trees.values()) == 1
            )
            stem = class_ if kind == "class" else id_
            if alone and path.stem == stem and len(path.parts) > 2:
                found[tree.file] = str(path.with_name(f"{naming.new.rpartition('/')[2]}.yml"))
        elif (kind, naming.kind) == ("class", "scheme") and scheme == naming.id == path.parent.name:
            found[tree.file] = str(path.parent.with_name(naming.new) / path.name)
    return found


def _pages(written: Written, naming: Naming) -> Iterator[Draft]:
    """Yield the hand-written pages that name it by a mark or by its address."""
    addresses = dict(_addresses(naming))
    for file, _ in written.books.content.pages:
        path = written.project / file
        old = path.read_bytes()
        text = naming.marks(old.decode("utf-8"))
        for before, after in addresses.items():
            text = re.sub(rf"(?<![\w-]){re.escape(before)}(?![\w-])", after, text)
        yield Draft(path, old, text.encode("utf-8"))


def _addresses(naming: Naming) -> Iterator[tuple[str, str]]:
    look = by_kind().get(naming.kind)
    if look is None or naming.part or naming.instead:
        return
    for form in filter(None, (look.home, look.row)):
        old, new = (
            form.format(id=id_, scheme=id_.partition("/")[0], class_=id_.partition("/")[2])
            for id_ in (naming.id, naming.new)
        )
        yield old, new
    if naming.kind == "scheme":
        yield f"customers/{naming.id}/", f"customers/{naming.new}/"
