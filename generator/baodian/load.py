"""The folders → a `Playbook`, or every problem found."""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from baodian import model, source
from baodian.fields import Bad
from baodian.messages import Message, msg
from baodian.playbook import Playbook
from baodian.problems import At, PlaybookError, Problem, Related
from baodian.source import Mapping, Scalar, Sequence

DATA = "playbook_data"

Accepts = Any  # what a TypeAdapter takes: a model or a union of models


@dataclass(frozen=True)
class Shape:
    """Which entity a folder or file holds: one a file (with `id:`), or a map of id → entity."""

    kind: str
    accepts: Accepts
    one_a_file: bool


def _matrix(tree: source.Node) -> Accepts:
    columns = tree.get(Scalar("columns")) if isinstance(tree, Mapping) else None
    return model.EntitlementMatrix if isinstance(columns, Sequence) else model.TextMatrix


_PLANS = {"allocation": model.Allocation, "timetable": model.Timetable, "calendar": model.Calendar}

# The name of the folder or file (without .yml) under playbook_data/ decides the shape.
SHAPES: dict[str, Shape] = {
    "customer_types": Shape("scheme", model.Scheme, True),
    "tiers": Shape("scheme", model.Scheme, True),
    "guides": Shape("guide", model.Guide, True),
    "matrices": Shape("matrix", _matrix, True),
    "scripts": Shape("script", model.Script, True),
    "checklists": Shape("checklist", model.Checklist, True),
    "moments": Shape("moment", model.Moment, True),
    "cases": Shape("case", model.Case, True),
    "sources": Shape("source", model.Source, True),
    "overlays": Shape("overlay", model.Overlay, True),
    "measures": Shape("measure", model.MeasureGroup, False),
    "tables": Shape("table", model.Table, False),
    "plans": Shape("plan", model.Plan, False),
    "onboarding": Shape("path", model.Path, False),
    "rhythms": Shape("rhythm", model.Rhythm, False),
    "channels": Shape("channel", model.Channel, False),
    "transitions": Shape("transition", model.Transition, False),
    "parameters": Shape("param", model.Param, False),
    "roles": Shape("role", model.Role, False),
    "glossary": Shape("term", model.Term, False),
    "escalation": Shape("escalation", model.Escalation, False),
    "decisions": Shape("decision", model.Decision, False),
    "slots": Shape("slot", model.SlotRecord, False),
    "retired": Shape("retired", None, False),
}


def load(project: Path) -> tuple[Playbook, tuple[Problem, ...]]:
    """Return the playbook of `project` and the problems that do not keep it from being read.

    Raises `PlaybookError` with every problem of every file if one of them is an error.
    """
    reader = _Reader(project)
    reader.read_all()
    if reader.problems:
        raise PlaybookError(reader.problems)
    assert reader.settings is not None
    return reader.playbook(reader.settings), ()


class _Reader:
    def __init__(self, project: Path) -> None:
        self.project = project
        self.problems: list[Problem] = []
        self.settings: model.Settings | None = None
        self.entities: dict[str, dict[str, model.Entity]] = {s.kind: {} for s in SHAPES.values()}
        self.groups: dict[str, model.MeasureGroup] = {}
        self.group_of: dict[str, str] = {}
        self.guides: dict[tuple[str, str], model.ClassGuide] = {}
        self.slots: dict[str, model.SlotRecord] = {}
        self.retired: dict[str, tuple[str, At]] = {}

    def playbook(self, settings: model.Settings) -> Playbook:
        return Playbook(
            settings=settings,
            entities=self.entities,
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
                yield file, path.read_text(encoding="utf-8-sig")
            except (OSError, UnicodeDecodeError):
                self.problems.append(Problem("not-utf8", At(file), msg("this file is not UTF-8")))

    def read_all(self) -> None:
        root = self.project / DATA
        if not (root / "playbook.yml").exists():
            at = At(f"{DATA}/playbook.yml")
            hint = msg("every playbook has this file of settings; “baodian init” shows one")
            self.problems.append(Problem("unreadable", at, msg("the file is missing"), hint))
        for path in self._files(root):
            file = path.relative_to(self.project).as_posix()
            tree = self._tree(path, file)
            if tree is not None:
                self._take(path.relative_to(root), file, tree)
        tuple(self._content())

    def _files(self, folder: Path) -> Iterator[Path]:
        try:
            names = sorted(os.listdir(folder))
        except OSError as error:
            self._unreadable(folder, error)
            return
        for name in names:
            path = folder / name
            if name.startswith(".") or name.endswith(("~", ".bak", ".swp")):
                continue
            at = At(path.relative_to(self.project).as_posix())
            if path.is_symlink() and not path.exists():
                message = msg("this link leads nowhere or to itself")
                self.problems.append(Problem("not-a-file", at, message, msg("remove the link")))
            elif path.is_dir() and name.endswith((".yml", ".yaml")):
                message = msg("this is a folder, not a file")
                hint = msg("give the folder a name without .yml")
                self.problems.append(Problem("not-a-file", at, message, hint))
            elif path.is_dir():
                if path.is_symlink():
                    message = msg("this folder is a link; links to folders are not followed")
                    hint = msg("put the folder itself here")
                    self.problems.append(Problem("not-a-file", at, message, hint))
                else:
                    yield from self._files(path)
            elif name.endswith(".yml"):
                yield path
            else:
                message = msg("only .yml files belong here")
                hint = msg("pages of prose belong in content/, pictures in content/ too")
                if name.endswith(".yaml"):
                    hint = msg("let the name end in .yml")
                self.problems.append(Problem("unexpected-file", at, message, hint))

    def _unreadable(self, path: Path, error: OSError) -> None:
        at = At(path.relative_to(self.project).as_posix())
        message = msg("this cannot be read: {reason}", reason=error.strerror or str(error))
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
            message = msg("this file must hold keys and values")
            hint = msg("begin its lines with “key: value”, not with “- ”")
            self.problems.append(Problem("not-a-mapping", tree.at, message, hint))
            return None
        return tree

    def _take(self, path: Path, file: str, tree: Mapping) -> None:
        if path.as_posix() == "playbook.yml":
            self.settings = self._made(model.Settings, tree, file)
            return
        name = path.parts[0] if len(path.parts) > 1 else path.stem
        shape = SHAPES.get(name)
        if shape is None or (shape.one_a_file and len(path.parts) == 1):
            names = [f"{n}/" if s.one_a_file else f"{n}.yml" for n, s in SHAPES.items()]
            message = msg("nothing reads “{name}”", name=path.as_posix())
            known = [n for n in SHAPES if not (shape and n == name)]
            near = difflib.get_close_matches(name, known, 1)
            hint = (
                msg("did you mean {near}?", near=near[0])
                if near
                else msg("what is read: {names}", names=tuple(names))
            )
            self.problems.append(Problem("unexpected-file", At(file), message, hint))
            return
        if shape.kind == "guide" and len(path.parts) == 3:
            self._class_guide(tree, file, path)
        elif shape.kind == "retired":
            self._retired(tree)
        elif shape.one_a_file:
            accepts = shape.accepts(tree) if shape.kind == "matrix" else shape.accepts
            entity = self._made(accepts, tree, file)
            if entity is not None:
                self._keep(shape.kind, entity)
        else:
            for key, value in tree.items():
                self._record(shape, key, value, file)

    def _record(self, shape: Shape, key: Scalar, value: source.Node, file: str) -> None:
        if shape.kind == "slot":
            slot = self._made(model.SlotRecord, value, file)
            if slot is not None:
                self.slots[str(key)] = slot
            return
        if shape.kind == "measure":
            self._measures(key, value, file)
            return
        entity = self._made(self._accepts(shape, value), self._with_id(key, value), file)
        if entity is not None:
            self._keep(shape.kind, entity)

    def _accepts(self, shape: Shape, value: source.Node) -> Accepts:
        if shape.kind != "plan" or not isinstance(value, Mapping):
            return model.Allocation if shape.kind == "plan" else shape.accepts
        kind = value.get(Scalar("kind"))
        return _PLANS.get(str(kind), model.Allocation)

    def _with_id(self, key: Scalar, value: source.Node) -> source.Node:
        if not isinstance(value, Mapping):
            return value
        return Mapping({Scalar("id", at=key.at): key, **value}, at=key.at)

    def _measures(self, key: Scalar, value: source.Node, file: str) -> None:
        named = value
        if isinstance(value, Mapping) and isinstance(
            inner := value.get(Scalar("measures")), Mapping
        ):
            with_ids = Mapping({k: self._with_id(k, v) for k, v in inner.items()}, at=inner.at)
            named = Mapping(
                {k: (with_ids if k == "measures" else v) for k, v in value.items()}, at=value.at
            )
        group = self._made(model.MeasureGroup, named, file)
        if group is None:
            return
        if str(key) in self.groups:
            message = msg("there is already a group of measures “{id}”", id=str(key))
            self.problems.append(Problem("duplicate-id", key.at, message))
        self.groups[str(key)] = group
        for measure in group.measures.values():
            self.group_of[str(measure.id)] = str(key)
            self._keep("measure", measure)

    def _class_guide(self, tree: Mapping, file: str, path: Path) -> None:
        guide = self._made(model.ClassGuide, tree, file)
        if guide is None:
            return
        key = (guide.class_.scheme, guide.class_.name)
        if key in self.guides:
            related = Related(self.guides[key].class_.at, msg("the first one stands here"))
            message = msg("“{id}” already has a guide", id=str(guide.class_))
            self.problems.append(
                Problem("duplicate-id", guide.class_.at, message, related=(related,))
            )
            return
        self.guides[key] = guide

    def _retired(self, tree: Mapping) -> None:
        for key, value in tree.items():
            self.retired[str(key)] = (str(value), key.at)

    def _keep(self, kind: str, entity: model.Entity) -> None:
        known = self.entities[kind]
        if (first := known.get(str(entity.id))) is not None:
            related = Related(first.id.at, msg("the first one stands here"))
            message = msg("there is already a {kind} with the id “{id}”", kind=kind, id=entity.id)
            hint = msg("give this one another id")
            self.problems.append(Problem("duplicate-id", entity.id.at, message, hint, (related,)))
            return
        known[str(entity.id)] = entity

    def _made(self, accepts: Accepts, tree: source.Node, file: str) -> Any:  # noqa: ANN401
        try:
            return TypeAdapter(accepts).validate_python(tree)
        except ValidationError as error:
            self.problems.extend(problem_of(e, tree, accepts) for e in error.errors())
            return None


def problem_of(error: Any, tree: source.Node, accepts: Accepts) -> Problem:  # noqa: ANN401
    """Return one of pydantic's errors as a problem of ours, at the place it is about."""
    loc, kind = error["loc"], error["type"]
    at = getattr(error["input"], "at", None) or source.place(tree, loc)
    raised = error.get("ctx", {}).get("error")
    if isinstance(raised, Bad):
        return Problem(raised.code, at, raised.message, raised.hint)
    explain = EXPLAINED.get(kind)
    if explain is None:
        raise AssertionError(f"no sentence for pydantic's {kind}: {error}")
    code, message, hint = explain(error, tree)
    if kind == "extra_forbidden":
        at = source.key_place(tree, loc)
    return Problem(code, at, message, hint)


Explanation = tuple[str, Message, Message | None]


def _unknown_key(error: Any, tree: source.Node) -> Explanation:  # noqa: ANN401
    key = str(error["loc"][-1])
    known = source.known_keys(tree, error["loc"])
    near = difflib.get_close_matches(key, known, 1, 0.6)
    hint = msg("did you mean {near}?", near=near[0]) if near else None
    if hint is None and known:
        hint = msg("the keys are {keys}", keys=known)
    return "unknown-key", msg("“{key}” is not a key here", key=key[:60]), hint


def _missing(error: Any, tree: source.Node) -> Explanation:  # noqa: ANN401
    key = str(error["loc"][-1])
    return "missing-key", msg("“{key}” is missing", key=key), msg("add “{key}: …”", key=key)


def _choice(error: Any, tree: source.Node) -> Explanation:  # noqa: ANN401
    expected = error["ctx"].get("expected") or error["ctx"].get("expected_tags", "")
    choices = tuple(c.strip(" '") for c in expected.replace(" or ", ",").split(","))
    found = error["input"]
    if isinstance(found, Mapping):
        found = found.get(Scalar("kind"), "")
    near = difflib.get_close_matches(str(found), choices, 1)
    message = msg("“{text}” is not one of {choices}", text=str(found)[:40], choices=choices)
    return "wrong-choice", message, msg("did you mean {near}?", near=near[0]) if near else None


def _wanted(what: Message) -> Callable[[Any, source.Node], Explanation]:
    def explain(error: Any, tree: source.Node) -> Explanation:  # noqa: ANN401
        return "wrong-type", what, None

    return explain


def _no_kind(error: Any, tree: source.Node) -> Explanation:  # noqa: ANN401
    return "missing-key", msg("“{key}” is missing", key="kind"), msg("add “{key}: …”", key="kind")


EXPLAINED: dict[str, Callable[[Any, source.Node], Explanation]] = {
    "extra_forbidden": _unknown_key,
    "missing": _missing,
    "literal_error": _choice,
    "union_tag_invalid": _choice,
    "union_tag_not_found": _no_kind,
    "dict_type": _wanted(msg("a group of keys is wanted here")),
    "tuple_type": _wanted(msg("a list is wanted here")),
    "model_type": _wanted(msg("a group of keys is wanted here")),
    "model_attributes_type": _wanted(msg("a group of keys is wanted here")),
}
