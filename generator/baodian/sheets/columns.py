"""The model → which sheets there are, and which columns each has.

A thing that has a record of its own is a row. A text, a list of texts and a map of texts are a
cell; a record inside is more columns of the row; a list or map of records is a sheet of its own.
"""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from baodian.model import fit, kinds
from baodian.model.entity import Entity, Record, keys_of
from baodian.model.fields import Field
from baodian.model.kinds import Kind
from baodian.model.records import Layer

Shape = Literal["text", "list", "map", "rule", "boxes", "sign"]
"""text: one; list: one or more; map: id → text; rule: id → one or more; boxes: rules, or one;
sign: what a class has of a measure."""
Records = tuple[type[Record], ...]


@dataclass(frozen=True)
class Column:
    """A column: the keys from the row's record to its value, how it is written, what it holds."""

    path: tuple[str, ...]
    shape: Shape
    holds: type[Field] = Field
    required: bool = False
    named: str = ""
    """What readers call it, if that stands in the playbook."""

    @property
    def key(self) -> str:
        """Return what stands in its heading; no two columns of a sheet have the same."""
        return ".".join(self.path) or VALUE


VALUE = "value"
"""The heading of the one column of things that are no record, such as a line of retired.yml."""


@dataclass(frozen=True)
class Sheet:
    """A sheet: the kind that its rows are of, or inside of, and the field that they stand under."""

    kind: str
    under: str = ""
    columns: tuple[Column, ...] = ()
    grid: str = ""
    """The id of the matrix that it is the grid of."""

    @property
    def name(self) -> str:
        """Return what it is called in the file, in every language."""
        return f"{self.kind}:{self.grid}" if self.grid else ".".join(filter(None, self.place))

    @property
    def place(self) -> tuple[str, str]:
        """Return its kind and the field that its rows stand under."""
        return self.kind, self.under

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the headings of the columns that tell a row from all others."""
        if self.grid:
            return ("class",)
        if self.under:
            return self.kind, "within", "id"
        kind = kinds.of(self.kind)
        return (kind.within[0], "id") if kind.within[0] else (kind.id_key,)


@dataclass(frozen=True)
class Inner:
    """A list or map of records inside a record."""

    records: Records
    by: Literal["map", "list"]


@dataclass(frozen=True)
class Shown:
    """What a record shows: its own columns, the collections in it, and what no sheet has."""

    columns: dict[str, Column] = field(default_factory=dict)
    inner: dict[str, Inner] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()


def sheets() -> tuple[Sheet, ...]:
    """Return every sheet whose columns the model tells; the grids of matrices come beside them."""
    return tuple(sheet for kind in kinds.KINDS if has_sheet(kind) for sheet in _of_kind(kind))


def has_sheet(kind: Kind) -> bool:
    """Say whether things of a kind are rows. Layers are not: each holds what it likes."""
    return not any(issubclass(record, Layer) for record in kind.records)


def left_out() -> Iterator[tuple[str, str]]:
    """Yield what no sheet shows: a kind and the field in it, "" for all of it."""
    for kind in kinds.KINDS:
        if not has_sheet(kind):
            yield kind.name, ""
            continue
        for records in (kind.records, *(inner.records for _, inner in inside(kind))):
            for name in shown(records).left_out:
                yield kind.name, name


@cache
def shown(records: Records) -> Shown:
    """Return what a row of one of some records shows."""
    columns: dict[str, Column] = {}
    inner: dict[str, Inner] = {}
    left: list[str] = []
    for record in records:
        for name, info in record.model_fields.items():
            key = info.alias or name
            if key == "id" or _has_its_own_place(records, key):
                continue
            shape, holds = _shape(info.annotation)
            if shape == "record":
                nested = shown(holds)
                left += [f"{key}.{more}" for more in (*nested.left_out, *nested.inner)]
                for column in nested.columns.values():
                    long = replace(column, path=(key, *column.path), required=False)
                    columns.setdefault(long.key, long)
            elif shape in ("records by map", "records by list"):
                known = inner[key].records if key in inner else ()
                by: Literal["map", "list"] = "map" if shape == "records by map" else "list"
                inner[key] = Inner(tuple(dict.fromkeys((*known, *holds))), by)
            elif shape == "other":
                left.append(key)
            else:
                needed = info.is_required() and len(records) == 1
                columns.setdefault(key, Column((key,), shape, holds, needed))
    return Shown(columns, inner, tuple(dict.fromkeys(left)))


def inside(kind: Kind) -> Iterator[tuple[str, Inner]]:
    """Yield every collection of records in things of a kind, however deep, each once."""
    seen: set[tuple[str, Records]] = set()
    ahead = [kind.records]
    while ahead:
        for name, inner in shown(ahead.pop(0)).inner.items():
            if (name, inner.records) not in seen:
                seen.add((name, inner.records))
                ahead.append(inner.records)
                yield name, inner


def _has_its_own_place(records: Records, key: str) -> bool:
    """Tell whether a field is a map of things of another kind, or the grid of a matrix."""
    if key == "cells" and records == kinds.of("matrix").records:
        return True
    inner = (kind.within for kind in kinds.KINDS if kind.within[0])
    return any(key == name and records == kinds.of(outer).records for outer, name in inner)


def _of_kind(kind: Kind) -> Iterator[Sheet]:
    if not kind.records:
        yield Sheet(kind.name, columns=(Column((), "text", kind.model, True),))
        return
    own = [c for key, c in shown(kind.records).columns.items() if key != kind.id_key]
    yield Sheet(kind.name, columns=tuple(sorted(own, key=_comes_last)))
    found: dict[str, dict[str, Column]] = {}
    for name, inner in inside(kind):
        columns = found.setdefault(name, {})
        for key, column in shown(inner.records).columns.items():
            columns.setdefault(key, column)
    for name, columns in found.items():
        yield Sheet(kind.name, name, tuple(columns.values()))


def _comes_last(column: Column) -> int:
    """Return how far back a column stands: what every entity has comes last."""
    if column.key in ("aliases", "set_by"):
        return 1
    return 2 if column.key in keys_of(Entity) else 0


# --- what an annotation stands for ----------------------------------------------------------------


def _shape(annotation: Any) -> tuple[Any, Any]:  # noqa: ANN401
    """Return the shape of a field, and the type of its texts or the records that it holds."""
    annotation = _bare(annotation)
    if isinstance(annotation, type) and issubclass(annotation, Field):
        return "text", annotation
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is tuple:
        shape, holds = _shape(args[0])
        listed = {"text": "list", "rule": "boxes", "record": "records by list"}
        return listed.get(shape, "other"), holds
    if origin is dict:
        shape, holds = _shape(args[1])
        mapped = {"text": "map", "list": "rule", "record": "records by map"}
        return mapped.get(shape, "other"), holds
    if records := fit.record_types(annotation):
        return "record", records
    return "other", Field


def _bare(annotation: Any) -> Any:  # noqa: ANN401
    """Return an annotation without what is said about it, and without “or nothing”."""
    if get_origin(annotation) is Annotated:
        return _bare(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        some = [arg for arg in get_args(annotation) if arg is not type(None)]
        return _bare(some[0]) if len(some) == 1 else annotation
    return annotation
