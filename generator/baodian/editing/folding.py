"""`baodian fold`: a dated change whose day has come goes into the things themselves.

Its file stays and tells of it as before: `folded` says that the things have it now, `was` what they
said until then. What it added stands in a file of its own, what it withdrew is retired, or ends the
day before where nothing stands for it. Every edition from its day on is what it was, or nothing is
done.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace

from baodian.editing import written as yaml
from baodian.editing.edits import Data, Delete, Edit, Insert, Replace, as_data
from baodian.editing.edits import Path as Way
from baodian.editing.files import Draft
from baodian.editing.naming import Naming
from baodian.editing.renaming import Edits, drafts, edits_of, retire
from baodian.editing.splice import tree_of
from baodian.editing.trial import tried
from baodian.editing.typed import Written
from baodian.model import kinds
from baodian.model.leaves import leaves
from baodian.playbook import Playbook
from baodian.playbook.load import Library
from baodian.said.messages import msg
from baodian.said.problems import BadRequestError, PlaybookError
from baodian.source import Mapping, Node
from baodian.text.nearest import nearest
from baodian.trees import Almanac, Key, Step
from baodian.trees.carried import held, measure_of
from baodian.trees.layers import CHANGE, CITY, period
from baodian.trees.nodes import at_path, ends, path_of

ONE_DAY = datetime.timedelta(days=1)


def folded(written: Written, id_: str, today: datetime.date) -> tuple[Draft, ...]:
    """Return the files in which the things say what a change made of them.

    Raises `BadRequestError`.
    """
    steps = _steps(written, id_, today)
    file, _ = _home(written, (CHANGE, id_))
    edits: Edits = {}
    new: list[Draft] = []
    for key in dict.fromkeys(step.key for step in steps):
        new += _into_base(written, key, [s for s in steps if s.key == key], edits)
    edits[file] = {
        (edit.path, number > 0): edit
        for number, edit in enumerate(_announcement(written, id_, steps, today))
    }
    made = (*drafts(written, edits, {}), *new)
    for step in steps:
        if step.does == "withdraw" and step.successor is not None:
            made = _without(written, made, step)
    _prove(written, made, id_, _since(steps, today))
    return made


def _without(written: Written, made: tuple[Draft, ...], step: Step) -> tuple[Draft, ...]:
    """Return drafts in which a thing is gone, and what named it names what stands for it."""
    project = written.project
    naming = Naming(*step.key, "", instead=str(step.successor).strip())
    with tried(project, made) as folder:
        now = Written(folder)
        edits = edits_of(now, naming)
        edits.pop(step.ref.at.file, None)
        retire(now, edits, naming.ref, naming.instead)
        file, way = _home(now, step.key)
        edits[file] = {p: e for p, e in edits.get(file, {}).items() if p[0][: len(way)] != way}
        if way:
            edits[file][way, False] = Delete(way)
        more = list(drafts(now, edits, {}, naming))
        if not way:
            more = [draft for draft in more if draft.path != folder / file]
            more.append(Draft(folder / file, (folder / file).read_bytes(), None))
    by_path = {draft.path: draft for draft in made}
    for draft in more:
        path = project / draft.path.relative_to(folder)
        before = by_path[path].old if path in by_path else draft.old
        by_path[path] = Draft(path, before, draft.new)
    return tuple(by_path.values())


def _home(written: Written, key: Key) -> tuple[str, Way]:
    home = written.home(key)
    assert home is not None, f"{key} has no file"
    return home


# --- whether it can be ----------------------------------------------------------------------------


def _steps(written: Written, id_: str, today: datetime.date) -> tuple[Step, ...]:
    """Return the steps of a change that can go into the things. Raises `BadRequestError`."""
    books = written.books
    tree = books.shelf.trees.get((CHANGE, id_))
    if tree is None:
        known = [thing for kind, thing in books.shelf.trees if kind == CHANGE]
        near = nearest(id_, known)
        hint = msg("Did you mean “{near}”?", near=near) if near else None
        if not near and known:
            hint = msg("Possible: {ids}.", ids=tuple(known))
        raise BadRequestError(msg("There is no change “{id}” in changes/.", id=id_), hint)
    if at_path(tree.node, ("folded",)) is not None:
        raise BadRequestError(msg("“{id}” is folded already.", id=id_))
    if at_path(tree.node, ("status",)) == "draft":
        raise BadRequestError(msg("“{id}” is a draft: nothing of it is in force.", id=id_))
    steps = tuple(step for step in books.steps if step.layer == (CHANGE, id_))
    whole = period(tree.node)
    for since in (whole.since, *(step.period.since for step in steps)):
        if since is not None and since > today:
            message = msg("“{id}” is not in force before {day}.", id=id_, day=str(since))
            raise BadRequestError(message, msg("Fold it then; until that day the old values hold."))
    for until in (whole.until, *(step.period.until for step in steps)):
        if until is not None:
            message = msg("“{id}” ends on {day}: then the old values hold again.",
                          id=id_, day=str(until))  # fmt: skip
            raise BadRequestError(message, msg("Only what holds for good can be folded."))
    touched = {step.key for step in steps}
    for other in books.steps:
        if other.layer[0] == CITY and other.key in touched:
            message = msg("“{city}” changes “{ref}” too, at {place}.", ref=str(other.ref),
                          city=books.name_of(other.city), place=str(other.ref.at))  # fmt: skip
            hint = msg("What a city says rests on it; so it stays a change.")
            raise BadRequestError(message, hint)
        if other.does == "add" and other.key in touched and other.layer != (CHANGE, id_):
            message = msg("“{ref}” is added by the change “{id}”.", ref=":".join(other.key),
                          id=other.layer[1])  # fmt: skip
            raise BadRequestError(message, msg("Fold that one first."))
    return steps


def _since(steps: tuple[Step, ...], today: datetime.date) -> datetime.date:
    return max((step.period.since for step in steps if step.period.since), default=today)


# --- the things -----------------------------------------------------------------------------------


def _into_base(written: Written, key: Key, steps: list[Step], edits: Edits) -> Iterator[Draft]:
    """Note the edits for one thing; yield the file that it gets if it is new."""
    kind = kinds.of(key[0])
    tree = written.books.shelf.trees.get(key)
    if tree is None:
        yield from _added(written, key, steps, edits)
        return
    file, way = _home(written, key)
    withdraw = next((step for step in steps if step.does == "withdraw"), None)
    node = _after(written, key, steps[0].layer)
    value = as_data(node if node is not None else tree.node)
    value = _short(as_data(tree.node), value)
    assert isinstance(value, dict), f"{key} is no map"
    if kind.many or kind.within[0]:
        value.pop("id", None)
    if withdraw is not None and withdraw.successor is None:
        last = (withdraw.period.since or datetime.date.max) - ONE_DAY
        value["effective_until"] = last.isoformat()
    edits.setdefault(file, {})[way, False] = Replace(way, value)


def _short(old: Data, new: Data) -> Data:
    """Return a value in the short form that it had, where it says nothing more."""
    if isinstance(new, dict):
        if isinstance(old, dict):
            return {key: _short(old.get(key), value) for key, value in new.items()}
        if list(new) == ["has"] and isinstance(old, list):
            return new["has"]
        if list(new) == ["text"] and isinstance(old, str):
            return new["text"]
    return new


def _after(written: Written, key: Key, layer: Key) -> Node | None:
    """Return what a thing is once a change is carried out, and no other layer's."""
    shelf = written.books.shelf
    alone = {k: t for k, t in shelf.trees.items() if k[0] not in (CHANGE, CITY) or k == layer}
    almanac = Almanac(replace(shelf, trees=alone))
    day = max((step.period.since for step in almanac.steps if step.period.since), default=None)
    tree = almanac.edition(day).shelf.trees.get(key)
    return tree.node if tree is not None else None


def _added(written: Written, key: Key, steps: list[Step], edits: Edits) -> Iterator[Draft]:
    """Put something new where things of its kind stand: into their file, or one of its own."""
    kind = kinds.of(key[0])
    node = _after(written, key, steps[0].layer)
    value = as_data(node) if node is not None else {}
    assert isinstance(value, dict), f"{key} is no map"
    value.pop(kind.id_key, None)
    if kind.within[0]:
        added = next(step.node for step in steps if step.does == "add")
        group = str(at_path(added, ("group",)))
        file, way = _home(written, (kind.within[0], group))
        way = (*way, kind.within[1])
        edits.setdefault(file, {})[(*way, key[1]), True] = Insert(way, key[1], value)
        return
    place = kind.places[0]
    if kind.many:
        file = f"playbook_data/{place.removesuffix('/').removesuffix('.yml')}"
        for name in (f"{file}.yml", *sorted(n for n in written.trees if n.startswith(f"{file}/"))):
            if name in written.trees and place.endswith(".yml"):
                edits.setdefault(name, {})[(key[1],), True] = Insert((), key[1], value)
                return
        text = _text({key[1]: value})
        yield Draft(written.project / f"{file}/{key[1]}.yml", None, text.encode())
        return
    name = (
        f"playbook_data/{place.replace('…', key[1].partition('/')[0])}{key[1].rpartition('/')[2]}"
    )
    text = _own_text(written, key, steps, {kind.id_key: key[1], **value})
    yield Draft(written.project / f"{name}.yml", None, text.encode())


def _own_text(written: Written, key: Key, steps: list[Step], value: dict[str, Data]) -> str:
    """Return the text of a file of its own: the lines of the change, if they say just that."""
    step = next(step for step in steps if step.does == "add")
    lines = (written.project / step.ref.at.file).read_text("utf-8").splitlines()
    first = step.ref.at.line
    deep = step.ref.at.column - 1
    own: list[str] = []
    for line in lines[first:]:
        if line.strip() and len(line) - len(line.lstrip(" ")) <= deep:
            break
        own.append(line)
    while own and not own[-1].strip():
        own.pop()
    inner = min((len(line) - len(line.lstrip(" ")) for line in own if line.strip()), default=0)
    id_key = kinds.of(key[0]).id_key
    text = "\n".join([f"{id_key}: {key[1]}", *(line[inner:] for line in own), ""])
    if own and len(steps) == 1 and _says(text, value):
        return text
    return _text(value)


def _says(text: str, value: Data) -> bool:
    """Say whether lines taken out of a change are a whole file that says just a value."""
    try:
        return tree_of(text) == value
    except PlaybookError:
        return False


def _text(value: dict[str, Data]) -> str:
    return "\n".join([*yaml.block(value, 0, yaml.Style()), ""])


# --- what stays of the change ---------------------------------------------------------------------


def _announcement(
    written: Written, id_: str, steps: tuple[Step, ...], today: datetime.date
) -> Iterator[Edit]:
    """Yield the edits of the change itself: that it is folded, and what was before."""
    file, _ = _home(written, (CHANGE, id_))
    data = as_data(written.trees[file])
    assert isinstance(data, dict)
    keys = list(data)
    after = keys[keys.index("effective_from") + 1 :]
    before = next(iter(after), None)
    yield Insert((), "folded", today.isoformat(), before)
    was: dict[str, Data] = {}
    for step in steps:
        node = written.books.shelf.trees.get(step.key)
        if step.does == "change" and node is not None:
            was[str(step.ref)] = _was(node.node, step)
        elif step.does == "withdraw" and step.successor is not None and node is not None:
            said = as_data(node.node)
            assert isinstance(said, dict), f"{step.key} is no map"
            said.pop(kinds.of(node.kind).id_key, None)
            was[str(step.ref)] = {"group": node.within[1], **said} if node.within else said
    if was and "was" in data:
        yield Replace(("was",), was)
    elif was:
        yield Insert(
            (), "was", was, next((k for k in ("change", "add", "withdraw") if k in data), None)
        )
    added = data.get("add")
    for ref in added if isinstance(added, dict) else ():
        yield Replace(("add", ref), {})


def _was(node: Node, step: Step) -> Data:
    """Return what stood where a step changes something, written as the step would write it."""
    if (measure := measure_of(node, step)) is not None:
        cell = as_data(held(at_path(node, ("cells", step.part[0])), measure))
        return cell or None
    path = path_of(node, step.part)
    there = at_path(node, path or ())
    if not isinstance(step.node, Mapping):
        return as_data(there) if there is not None else None
    was: dict[str, Data] = {}
    for whole, _ in ends(step.node):
        missing = (n for n in range(1, len(whole)) if at_path(there, whole[:n]) is None)
        way = whole[: next(missing, len(whole))]  # of what was not there at all, it alone is told
        old = at_path(there, way)
        inner = was
        for name in way[:-1]:
            inner = inner.setdefault(name, {})  # type: ignore[assignment]
        inner[way[-1]] = as_data(old) if old is not None else None
    return was


# --- the proof ------------------------------------------------------------------------------------


def _prove(written: Written, made: tuple[Draft, ...], id_: str, since: datetime.date) -> None:
    """Raise `BadRequestError` if an edition from the day on would be another."""
    with tried(written.project, made) as folder:
        after = Written(folder).books
        days = (since, *(day for day in written.books.turns if day > since))
        for city in ("", *written.books.cities):
            for day in days:
                old, new = (_said(books, day, city, id_) for books in (written.books, after))
                if old != new:
                    other = sorted(dict(set(old.items()) ^ set(new.items())))[0]
                    raise BadRequestError(
                        msg("Folding would change “{ref}” on {day}.", ref=other, day=str(day)),
                        msg("Leave it as a dated change, and tell us how it is written."),
                    )


def _said(books: Library, day: datetime.date, city: str, id_: str) -> dict[str, str]:
    """Return all that an edition says, by the things, but for the change itself."""
    playbook = books.playbook(day, city)
    assert playbook is not None, "there are settings"
    return {
        key: "\n".join(f"{path}={value}" for path, value in leaves(record))
        for key, record in _things(playbook)
        if key != f"{CHANGE}:{id_}"
    }


def _things(playbook: Playbook) -> Iterator[tuple[str, object]]:
    yield from playbook.records()
    yield from ((f"slot:{name}", slot) for name, slot in playbook.slots.items())
    yield from ((f"measure-group:{name}", one) for name, one in playbook.measure_groups.items())
