"""What a text says once something has another name: references, classes, ids and marks in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from baodian import model
from baodian.model.fields import Bad, Field
from baodian.model.ids import ClassId, DimensionId, ElementId, Id, SetterId, SignId, TellId
from baodian.model.leaves import Path
from baodian.model.records import StepRef
from baodian.model.references import ClassRef, Ref, Selector, Target, split_reference
from baodian.playbook.uses import scheme_of

_MARK = re.compile(r"【([^【】]*)】")
_LOCAL = (DimensionId, SignId, TellId)


@dataclass(frozen=True)
class Naming:
    """A thing, or a part of one, and its new name.

    `matrices` has each matrix as written: its rows' scheme and, if its columns are the elements of
    a guide, that guide. Where `instead` is set, another thing stands for it from now on: of what is
    no reference nothing is said, and a part becomes the whole.
    """

    kind: str
    id: str
    new: str
    part: str = ""
    matrices: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    instead: str = ""
    """The `kind:id` of what stands for it."""

    @property
    def ref(self) -> str:
        """Return it as references name it."""
        return f"{self.kind}:{self.id}#{self.part}" if self.part else f"{self.kind}:{self.id}"

    @property
    def new_ref(self) -> str:
        """Return how references name it from now on."""
        if self.instead:
            return self.instead
        return f"{self.kind}:{self.id}#{self.new}" if self.part else f"{self.kind}:{self.new}"

    @property
    def own(self) -> str:
        """Return its new id as it stands where it is at home: of a class or part the last of it."""
        if self.part:
            return self.new.rpartition(".")[2]
        return self.new.rpartition("/")[2] if self.kind == "class" else self.new

    # --- references -------------------------------------------------------------------------------

    def reference(self, text: str) -> str | None:
        """Return what a reference `kind:id#part` is from now on, None if it stays."""
        try:
            kind, id_, part = split_reference(text)
        except Bad:
            return None
        if self.instead:
            return self.instead if (kind, id_) == (self.kind, self.id) else None
        new = self._whole(kind, id_), self._part(kind, id_, (part or "").split("."))
        if new == (id_, part or ""):
            return None
        return f"{kind}:{new[0]}#{new[1]}" if part else f"{kind}:{new[0]}"

    def _whole(self, kind: str, id_: str) -> str:
        if self.part:
            return id_
        if (kind, id_) == (self.kind, self.id):
            return self.new
        scheme, slash, class_ = id_.partition("/")
        if kind == "class" and slash and (self.kind, self.id) == ("scheme", scheme):
            return f"{self.new}/{class_}"
        return id_

    def _part(self, kind: str, id_: str, steps: list[str]) -> str:
        """Return a part of a thing: parts are named by ids of what stands in it."""
        whole = ".".join(steps)
        if self.part:
            if (kind, id_) == (self.kind, self.id):
                old = self.part.split(".")
                if steps[: len(old)] == old:
                    return ".".join((*self.new.split("."), *steps[len(old) :]))
            if self.kind == "guide" and self.matrices.get(id_, ("", ""))[1] == self.id:
                return self._step(kind == "matrix", steps, 1, self.part, self.new)
            return whole
        if self.kind == "class":
            scheme, _, class_ = self.id.partition("/")
            rows = (kind, id_) == ("scheme", scheme) or (
                kind == "matrix" and self.matrices.get(id_, ("", ""))[0] == scheme
            )
            return self._step(rows, steps, 0, class_, self.new.partition("/")[2])
        return self._step(self.kind == "measure" and kind == "matrix", steps, 1, self.id, self.new)

    @staticmethod
    def _step(applies: bool, steps: list[str], n: int, old: str, new: str) -> str:
        old, new = old.rpartition(".")[2], new.rpartition(".")[2]
        if applies and len(steps) > n and steps[n] == old:
            steps = [*steps[:n], new, *steps[n + 1 :]]
        return ".".join(steps)

    # --- values -----------------------------------------------------------------------------------

    def value(self, record: model.Record | None, path: Path, value: Field, raw: str) -> str | None:
        """Return what a value is from now on, as it is written; None if it stays."""
        new = self._value(record, path, value, raw)
        new = self.marks(raw) if new is None else new
        return None if new == raw else new

    def _value(self, record: model.Record | None, path: Path, value: Field, raw: str) -> str | None:
        if isinstance(value, Ref | StepRef):
            new = self.reference(raw)
            return None if new is None else raw.replace(raw.strip(), new)
        if isinstance(value, Id):  # one that a layer made has the place of the layer's key
            return self._id(record, path, value) if raw.strip() == str(value) else None
        if self.instead or self.part:
            return None
        if isinstance(value, Selector):
            return self._terms(raw)
        return self._terms(raw) if isinstance(value, ClassRef | Target) else None

    def _id(self, record: model.Record | None, path: Path, value: Id) -> str | None:
        old, new = str(value), self.own
        if self.instead:
            kind, _, new = self.instead.partition(":")
            own = type(value).kind == kind == self.kind
            return new if own and old == self.id else None
        if self.part:
            last = self.part.rpartition(".")[2]
            here = (getattr(record, "kind", ""), str(getattr(record, "id", "")))
            if isinstance(value, _LOCAL) and here == (self.kind, self.id):
                return new if old == last else None
            element = isinstance(value, ElementId) and self.kind == "guide"
            columns = str(getattr(record, "columns", "")).partition(":")[2]
            return new if element and columns == self.id and old == last else None
        if isinstance(value, ClassId):
            scheme = "" if record is None else _scheme(record, path)
            return new if self.kind == "class" and self.id == f"{scheme}/{old}" else None
        kind = "role" if isinstance(value, SetterId) else type(value).kind
        kind = {"measures": "measure-group"}.get(kind, kind)
        setter = isinstance(value, SetterId) and old in model.SETTERS
        return new if not setter and (kind, old) == (self.kind, self.id) else None

    def _terms(self, raw: str) -> str:
        """Return classes as selectors name them: `scheme/class`, `scheme/low..high`, `scheme/*`."""

        def term(found: re.Match[str]) -> str:
            scheme, names = found[1], found[2]
            if self.kind == "scheme" and scheme == self.id:
                scheme = self.new
            elif self.kind == "class" and scheme == self.id.partition("/")[0]:
                old, new = (one.partition("/")[2] for one in (self.id, self.new))
                names = "..".join(new if name == old else name for name in names.split(".."))
            return f"{scheme}/{names}"

        return re.sub(r"([a-z0-9-]+)/([a-z0-9-]+(?:\.\.[a-z0-9-]+)?|\*)", term, raw)

    def marks(self, text: str) -> str:
        """Return a text whose marks 【…】 have the new name."""

        def mark(found: re.Match[str]) -> str:
            inner = found[1]
            if self.kind == "slot" and inner.strip() == self.id and not self.instead:
                return f"【{self.new}】"
            new = self.reference(inner)
            return found[0] if new is None else f"【{new}】"

        return _MARK.sub(mark, text)


def _scheme(record: model.Record, path: Path) -> str:
    return str(record.id) if isinstance(record, model.Scheme) else scheme_of(record, path)
