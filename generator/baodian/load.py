"""The folders → a `Playbook`, or every problem found."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

from pydantic import TypeAdapter, ValidationError

from baodian import model, source
from baodian.model import fit, ids, kinds, references
from baodian.model.fields import Bad, describe
from baodian.playbook import Playbook
from baodian.said.messages import Message, msg
from baodian.said.problems import At, PlaybookError, Problem, Related
from baodian.source import Mapping, Scalar

DATA = "playbook_data"


def _name_of(place: str) -> str:
    """Return the name that the folder or the file of a place has: both say what is in it."""
    return place.removesuffix("/").removesuffix(".yml")


def _by_name() -> dict[str, str]:
    """Return the places by their names."""
    return {_name_of(place): place for place in kinds.places()}


def _place_of(path: Path) -> str | None:
    """Return the place that a file of `playbook_data/` belongs to; None if nothing reads it."""
    name = path.parts[0] if len(path.parts) > 1 else path.stem
    deeper = f"{name}/…"
    place = _by_name().get(deeper if len(path.parts) == 3 else name, _by_name().get(name))
    if place is None or (len(path.parts) == 1 and not kinds.places()[place].many):
        return None
    return place


def _fits(place: str, tree: Mapping) -> bool:
    """Tell whether all of a tree fits what stands at a place."""
    kind = kinds.places()[place]
    given = frozenset({"id"} if kind.many else ())
    nodes = list(tree.values()) if kind.many else [tree]
    return bool(kind.records) and all(fit.fits(node, kind.records, given) for node in nodes)


def _better_place(tree: Mapping, here: str | None) -> str | None:
    """Return where a file belongs that was plainly written for another place, else None.

    Plainly is: nothing in it fits here, two keys or more are unknown here, and all of it fits
    there. Slips of the hand are left to the schema, which names each.
    """
    if not tree:
        return None
    if here is not None:
        kind = kinds.places()[here]
        if not kind.records:
            return None
        nodes = list(tree.values()) if kind.many else [tree]
        groups = not kind.many and all(isinstance(node, Mapping) for node in tree.values())
        if not groups and sum(fit.unknown_keys(node, kind.records) for node in nodes) < 2:
            return None
        given = frozenset({"id"} if kind.many else ())
        if any(fit.fits(node, kind.records, given) for node in nodes):
            return None
    for place, kind in kinds.places().items():
        if place != here and _fits(place, tree):
            scheme = str(tree.get(Scalar(kind.id_key), "")).partition("/")[0]
            return place.replace("…", scheme)
    return None


def load(project: Path) -> tuple[Playbook, tuple[Problem, ...]]:
    """Return the playbook of `project` and the problems of its files.

    With problems, the playbook holds only what could be read: it can be checked entity by entity
    but not published. Raises `PlaybookError` if not even the settings could be read.
    """
    reader = _Reader(project)
    reader.read_all()
    if reader.settings is None:
        raise PlaybookError(reader.problems)
    return reader.playbook(reader.settings), tuple(reader.problems)


def _in_order(
    kind: str, found: dict[str, model.Entity], settings: model.Settings
) -> dict[str, model.Entity]:
    """Return the entities of a kind, those first that the settings name."""
    named = [str(id_) for id_ in getattr(settings.order, kind, ())]
    return {id_: found[id_] for id_ in dict.fromkeys((*named, *found)) if id_ in found}


class _Reader:
    def __init__(self, project: Path) -> None:
        self.project = project
        self.problems: list[Problem] = []
        self.settings: model.Settings | None = None
        self.entities: dict[str, dict[str, model.Entity]] = {
            kind.name: {} for kind in kinds.KINDS if kind.is_entity
        }
        self.groups: dict[str, model.MeasureGroup] = {}
        self.group_of: dict[str, str] = {}
        self.guides: dict[tuple[str, str], model.ClassGuide] = {}
        self.slots: dict[str, model.SlotRecord] = {}
        self.retired: dict[str, tuple[references.Ref, At]] = {}
        self.kinds_wanted: dict[At, str] = {}

    def playbook(self, settings: model.Settings) -> Playbook:
        return Playbook(
            settings=settings,
            entities={k: _in_order(k, found, settings) for k, found in self.entities.items()},
            measure_groups=self.groups,
            group_of=self.group_of,
            class_guides=self.guides,
            slots=self.slots,
            retired=self.retired,
            content=tuple(self._content()),
        )

    def _content(self) -> Iterator[tuple[str, str]]:
        for path in sorted((self.project / "content").rglob("*.md")):
            file = path.relative_to(self.project).as_posix()
            try:
                text, problem = source.decode(path.read_bytes(), file)
            except OSError as error:
                self._unreadable(path, error)
                continue
            if problem is not None:
                self.problems.append(problem)
            if text is not None:
                yield file, text

    def read_all(self) -> None:
        root = self.project / DATA
        if not (root / "playbook.yml").exists():
            at = At(f"{DATA}/playbook.yml")
            hint = msg("Every playbook has this file of settings; “baodian init” shows one.")
            self.problems.append(Problem("unreadable", at, msg("The file is missing."), hint))
        for path in self._files(root):
            file = path.relative_to(self.project).as_posix()
            tree = self._tree(path, file)
            if tree is not None:
                self._take(path.relative_to(root), file, tree)
        tuple(self._content())
        self.problems = [self._with_id_of_name(problem) for problem in self.problems]

    def _with_id_of_name(self, problem: Problem) -> Problem:
        """Return a problem about a name that stands for an id, with the id as its hint."""
        if problem.code not in ("bad-selector", "bad-id"):
            return problem
        text = str(dict(problem.message.params).get("text", "")).strip()
        if problem.code == "bad-selector":
            choices = self._classes_named(text.replace("／", "/"))
        else:
            choices = self._ids_named(text, self.kinds_wanted.get(problem.at, ""))
        if not choices:
            return problem
        if len(choices) == 1:
            hint = msg("Write its id instead of its name: “{id}”.", id=choices[0])
        else:
            hint = msg("Write an id instead of a name: {ids}.", ids=choices)
        return replace(problem, hint=hint)

    def _classes_named(self, text: str) -> tuple[str, ...]:
        """Return `scheme/class` of the classes with a name, else of those whose names begin so."""
        scheme_name, _, name = text.rpartition("/")
        exact, alike = [], []
        for scheme in self.entities["scheme"].values():
            if not isinstance(scheme, model.Scheme):
                continue
            if scheme_name not in ("", scheme.id, scheme.name):
                continue
            if (name == "*" and scheme_name) or name == scheme.name:
                exact.append(f"{scheme.id}/*")
            for id_, class_ in scheme.classes.items():
                if name in (class_.name, scheme.class_name(id_)) or (scheme_name and name == id_):
                    exact.append(f"{scheme.id}/{id_}")
                elif len(name) > 1 and class_.name.startswith(name):
                    alike.append(f"{scheme.id}/{id_}")
        return tuple(exact or alike)

    def _ids_named(self, text: str, kind: str) -> tuple[str, ...]:
        """Return the ids of a kind that a name or a search word stands for, nearest first."""
        entities = self.entities.get("role" if kind == ids.SetterId.kind else kind, {})
        named = [
            (str(entity.id), (entity.label, *map(str, entity.aliases)))
            for entity in entities.values()
        ]
        if self.settings is not None:
            listed = self.settings.listed(kind)
            named += [(str(id_), (str(name),)) for id_, name in listed.items()]
        if kind == ids.SetterId.kind:
            named += [(id_, ()) for id_ in model.SETTERS]
        exact = [id_ for id_, names in named if text in names]
        alike = [id_ for id_, names in named if len(text) > 1 and names and text in names[0]]
        if kind == ids.SetterId.kind:
            alike = [id_ for id_, _ in named]
        return tuple(dict.fromkeys(exact or alike))

    def _files(self, folder: Path) -> Iterator[Path]:
        try:
            paths = sorted(folder.iterdir())
        except OSError as error:
            self._unreadable(folder, error)
            return
        for path in paths:
            name = path.name
            if name.startswith(".") or name.endswith(("~", ".bak", ".swp")):
                continue
            at = At(path.relative_to(self.project).as_posix())
            if path.is_symlink() and not path.exists():
                message = msg("This link leads nowhere or to itself.")
                self.problems.append(Problem("not-a-file", at, message, msg("Remove the link.")))
            elif path.is_dir() and name.endswith((".yml", ".yaml")):
                message = msg("This is a folder, not a file.")
                hint = msg("Give the folder a name without .yml.")
                self.problems.append(Problem("not-a-file", at, message, hint))
            elif path.is_dir():
                if path.is_symlink():
                    message = msg("This folder is a link; links to folders are not followed.")
                    hint = msg("Put the folder itself here.")
                    self.problems.append(Problem("not-a-file", at, message, hint))
                else:
                    yield from self._files(path)
            elif name.endswith(".yml") and path.is_file():
                yield path
            elif not path.is_file():
                message = msg("This is no ordinary file.")
                self.problems.append(Problem("not-a-file", at, message, msg("Remove it.")))
            else:
                message = msg("Only .yml files belong here.")
                hint = msg("Pages of prose belong in content/, pictures in content/ too.")
                if name.endswith(".yaml"):
                    hint = msg("Let the name end in .yml.")
                self.problems.append(Problem("unexpected-file", at, message, hint))

    def _unreadable(self, path: Path, error: OSError) -> None:
        at = At(path.relative_to(self.project).as_posix())
        message = msg("This cannot be read: {reason}.", reason=error.strerror or str(error))
        self.problems.append(Problem("unreadable", at, message))

    def _tree(self, path: Path, file: str) -> Mapping | None:
        try:
            data = path.read_bytes()
        except OSError as error:
            self._unreadable(path, error)
            return None
        tree, problems = source.read(data, file)
        self.problems.extend(problems)
        if tree is None:
            return None
        if not isinstance(tree, Mapping):
            message = msg("This file must hold keys and values.")
            hint = msg("Begin its lines with “key: value”, not with “- ”.")
            self.problems.append(Problem("not-a-mapping", tree.at, message, hint))
            return None
        return tree

    def _take(self, path: Path, file: str, tree: Mapping) -> None:
        if path.as_posix() == "playbook.yml":
            self.settings = self._made(model.Settings, tree)
            return
        place = _place_of(path)
        if place is None:
            self._unexpected(path, At(file), tree)
            return
        if there := _better_place(tree, place):
            message = msg("This is written like what stands in {there}, not in {here}.",
                          there=there, here=place)  # fmt: skip
            hint = msg("Move it to {there}.", there=there)
            self.problems.append(Problem("unexpected-file", At(file), message, hint))
            return
        kind = kinds.places()[place]
        if kind.name == "class":
            self._class_guide(tree)
        elif kind.name == "retired":
            self._retired(tree)
        elif not kind.many:
            entity = self._made(kind.model, tree)
            if entity is not None:
                self._keep(kind.name, entity)
        else:
            for key, value in tree.items():
                self._record(kind, key, value)

    def _unexpected(self, path: Path, at: At, tree: Mapping) -> None:
        """Report a file that no kind is for."""
        name = path.parts[0] if len(path.parts) > 1 else path.stem
        places = {n: place for n, place in _by_name().items() if "/" not in n}
        near = difflib.get_close_matches(name, places, 1)
        if name in places:
            hint = msg("Put it into the folder {folder}.", folder=places[name])
        elif near:
            hint = msg("Did you mean “{near}”?", near=places[near[0]])
        elif there := _better_place(tree, None):
            hint = msg("Move it to {there}.", there=there)
        else:
            hint = msg("What is read: {names}.", names=tuple(places.values()))
        message = msg("Nothing reads “{name}”.", name=path.as_posix())
        self.problems.append(Problem("unexpected-file", at, message, hint))

    def _record(self, kind: kinds.Kind, key: Scalar, value: source.Node) -> None:
        if kind.name == "slot":
            slot = self._made(model.SlotRecord, value)
            if slot is not None:
                self.slots[str(key)] = slot
            return
        if kind.name == "measure-group":
            self._measures(key, value)
            return
        entity = self._made(kind.model, self._with_id(key, value))
        if entity is not None:
            self._keep(kind.name, entity)

    def _with_id(self, key: Scalar, value: source.Node) -> source.Node:
        """Return the record with the id that it stands under."""
        if not isinstance(value, Mapping):
            return value
        for own in value:
            if own == "id":
                message = msg("“{key}” is not a key here.", key="id")
                hint = msg("Remove it: the record already has the id “{id}”.", id=str(key))
                self.problems.append(Problem("unknown-key", own.at, message, hint))
        return Mapping({**value, Scalar("id", at=key.at): key}, at=key.at)

    def _measures(self, key: Scalar, value: source.Node) -> None:
        named = value
        if isinstance(value, Mapping) and isinstance(
            inner := value.get(Scalar("measures")), Mapping
        ):
            with_ids = Mapping({k: self._with_id(k, v) for k, v in inner.items()}, at=inner.at)
            named = Mapping(
                {k: (with_ids if k == "measures" else v) for k, v in value.items()}, at=key.at
            )
        group = self._made(model.MeasureGroup, named)
        id_ = self._made(ids.Id, key)
        if group is None or id_ is None:
            return
        if str(key) in self.groups:
            message = msg("There is already a group of measures “{id}”.", id=str(key))
            hint = msg("Give this one another id, or put its measures there.")
            related = Related(self.groups[str(key)].at, _first())
            self.problems.append(Problem("duplicate-id", key.at, message, hint, (related,)))
        self.groups[str(key)] = group
        for measure in group.measures.values():
            self.group_of[str(measure.id)] = str(key)
            self._keep("measure", measure)

    def _class_guide(self, tree: Mapping) -> None:
        guide = self._made(model.ClassGuide, tree)
        if guide is None:
            return
        key = (guide.class_.scheme, guide.class_.name)
        if key in self.guides:
            related = Related(self.guides[key].class_.at, _first())
            message = msg("“{id}” already has a guide.", id=str(guide.class_))
            hint = msg("Put both into one file, or name another class.")
            self.problems.append(
                Problem("duplicate-id", guide.class_.at, message, hint, (related,))
            )
            return
        self.guides[key] = guide

    def _retired(self, tree: Mapping) -> None:
        for key, value in tree.items():
            old, new = self._made(references.Ref, key), self._made(references.Ref, value)
            if old is not None and new is not None:
                self.retired[str(old)] = (new, key.at)

    def _keep(self, kind: str, entity: model.Entity) -> None:
        known = self.entities[kind]
        if (first := known.get(str(entity.id))) is not None:
            if _in_its_own_file(entity) and not _in_its_own_file(first):
                known[str(entity.id)] = entity  # `first` is the copy, wherever it sorts
                entity, first = first, entity
            related = Related(first.id.at, _first())
            message = msg("There is already a {kind} with the id “{id}”.", kind=kind, id=entity.id)
            hint = msg("Give this one another id.")
            self.problems.append(Problem("duplicate-id", entity.id.at, message, hint, (related,)))
            return
        known[str(entity.id)] = entity

    def _made(self, accepts: kinds.Accepts, tree: source.Node) -> Any:  # noqa: ANN401
        try:
            return TypeAdapter(accepts).validate_python(tree)
        except ValidationError as error:
            told = list(_without_slips_twice(error.errors(), tree))
            found = [problem_of(e, tree) for e in told]
            for e, problem in zip(told, found, strict=True):
                raised = e.get("ctx", {}).get("error")
                self.kinds_wanted[problem.at] = raised.wanted if isinstance(raised, Bad) else ""
            # What was mended while reading has been reported there already.
            known = {problem.at for problem in self.problems}
            self.problems.extend(problem for problem in found if problem.at not in known)
            return None


def _without_slips_twice(found: Iterable[Any], tree: source.Node) -> Iterator[Any]:
    """Leave out that a key is missing where another key of its group is a slip for it."""
    errors = list(found)
    slips = {
        (*error["loc"][:-1], near)
        for error in errors
        if error["type"] == "extra_forbidden" and (near := _near_key(error, tree))
    }
    for error in errors:
        if error["type"] != "missing" or error["loc"] not in slips:
            yield error


def _near_key(error: Any, tree: source.Node) -> str | None:  # noqa: ANN401
    known = source.known_keys(tree, error["loc"])
    near = difflib.get_close_matches(str(error["loc"][-1]), known, 1, 0.6)
    return near[0] if near else None


def problem_of(error: Any, tree: source.Node) -> Problem:  # noqa: ANN401
    """Return one of pydantic's errors as a problem of ours, at the place it is about."""
    loc, kind = error["loc"], error["type"]
    at = getattr(error["input"], "at", None) or source.place(tree, loc)
    raised = error.get("ctx", {}).get("error")
    code = raised.code if isinstance(raised, Bad) else ""
    if (code or kind) in ("wrong-type", "dict_type", "tuple_type", "union_tag_not_found") and (
        wide := _wide_colon(error["input"])
    ):
        return wide
    if isinstance(raised, Bad):
        return Problem(raised.code, at, raised.message, raised.hint)
    explain = EXPLAINED.get(kind)
    if explain is None:
        raise AssertionError(f"no sentence for pydantic's {kind}: {error}")
    code, message, hint = explain(error, tree)
    if kind == "extra_forbidden":
        at = source.key_place(tree, loc)
    return Problem(code, at, message, hint)


_WIDE_ENTRY = re.compile(r"([^\s:：，。、；！？“”]{1,20})：\s*(.*)")


def _wide_colon(found: object) -> Problem | None:
    """Explain a text where a group belongs, if it looks like an entry with a full-width colon."""
    if not isinstance(found, Scalar) or found.style != "plain":
        return None
    if (entry := _WIDE_ENTRY.match(found)) is None:
        return None
    name, rest = entry.groups()
    at = At(found.at.file, found.at.line, found.at.column + len(name))
    rest = rest if len(rest) <= 40 else rest[:40] + "…"
    return source.wide_colon(at, f"{name}: {rest}".rstrip())


def _in_its_own_file(entity: model.Entity) -> bool:
    return PurePosixPath(entity.id.at.file).stem == str(entity.id)


def _first() -> Message:
    return msg("The first one stands here.")


Explanation = tuple[str, Message, Message | None]


def _unknown_key(error: Any, tree: source.Node) -> Explanation:  # noqa: ANN401
    key = str(error["loc"][-1])
    known = source.known_keys(tree, error["loc"])
    near = _near_key(error, tree)
    hint = msg("Did you mean “{near}”?", near=near) if near else None
    if hint is None and known:
        hint = msg("Possible keys: {keys}.", keys=known)
    return "unknown-key", msg("“{key}” is not a key here.", key=key[:60]), hint


def _missing(error: Any, tree: source.Node) -> Explanation:  # noqa: ANN401
    key = str(error["loc"][-1])
    return "missing-key", msg("“{key}” is missing.", key=key), msg("Add “{key}: …”.", key=key)


def _choice(error: Any, tree: source.Node) -> Explanation:  # noqa: ANN401
    found = error["input"]
    if error["type"] == "literal_error" and not isinstance(found, Scalar):
        return _wanted_a_text(error, tree)
    expected = error["ctx"].get("expected") or error["ctx"].get("expected_tags", "")
    choices = tuple(c.strip(" '") for c in expected.replace(" or ", ",").split(","))
    if isinstance(found, Mapping):
        found = found.get(Scalar("kind"), "")
    near = difflib.get_close_matches(str(found), choices, 1)
    message = msg("“{text}” is not one of {choices}.", text=str(found)[:40], choices=choices)
    return "wrong-choice", message, msg("Did you mean “{near}”?", near=near[0]) if near else None


def _wanted_a_text(error: Any, tree: source.Node) -> Explanation:  # noqa: ANN401
    found = describe(error["input"])
    message = msg("A text is wanted here, not {found}.", found=found)
    return "wrong-type", message, msg("Write one text after the colon.")


def _wanted_a_list(error: Any, tree: source.Node) -> Explanation:  # noqa: ANN401
    found = error["input"]
    message = msg("A list is wanted here, not {found}.", found=describe(found))
    if isinstance(found, Scalar) and not found.strip():
        message = msg("A list is missing here.")
    hint = msg("Write it as [a, b], or one on each line after “- ”.")
    return "wrong-type", message, hint


def _wanted_a_group(error: Any, tree: source.Node) -> Explanation:  # noqa: ANN401
    found = error["input"]
    message = msg("A group of keys is wanted here, not {found}.", found=describe(found))
    if isinstance(found, Scalar) and not found.strip():
        message = msg("A group of keys is missing here.")
    hint = msg("Write lines of the form “key: value” below it, indented by two spaces.")
    return "wrong-type", message, hint


def _no_kind(error: Any, tree: source.Node) -> Explanation:  # noqa: ANN401
    if not isinstance(error["input"], Mapping):
        return _wanted_a_group(error, tree)
    return "missing-key", msg("“{key}” is missing.", key="kind"), msg("Add “{key}: …”.", key="kind")


EXPLAINED: dict[str, Callable[[Any, source.Node], Explanation]] = {
    "extra_forbidden": _unknown_key,
    "missing": _missing,
    "literal_error": _choice,
    "union_tag_invalid": _choice,
    "union_tag_not_found": _no_kind,
    "dict_type": _wanted_a_group,
    "tuple_type": _wanted_a_list,
}
