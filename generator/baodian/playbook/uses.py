"""Who names what: every reference of a playbook, in whatever way it is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from weakref import ref

from baodian import model
from baodian.model import prose
from baodian.model.fields import Field, Prose
from baodian.model.ids import ClassId, Id, KindId, SetterId
from baodian.model.leaves import Path, leaves
from baodian.model.quantities import parameters_in
from baodian.model.references import ClassRef, Ref, Selector, Target
from baodian.playbook.content import Written
from baodian.said.problems import At

SETTINGS = "playbook"
"""By what the settings go as users."""

_OWN = frozenset(("dimension", "sign", "tell", "element", KindId.kind))
"""Kinds of ids that name no entity: parts of what stands around them, or kinds."""


@dataclass(frozen=True)
class Use:
    """A back-link: `to` (`kind:id` or `kind:id#part`) is named at `at`, inside `by`.

    `by` is the `kind:id` of an entity, a class with a guide, `SETTINGS`, or the file of a
    hand-written page. A class is named together with its scheme, as `class:…` and `scheme:…`.
    """

    by: str
    to: str
    at: At

    @property
    def entity(self) -> str:
        """Return `kind:id` of what is named, without a part."""
        return self.to.partition("#")[0]

    @property
    def by_kind(self) -> str:
        """Return the kind of what names it; "" for settings and hand-written pages."""
        kind, colon, _ = self.by.partition(":")
        return kind if colon else ""


Uses = Mapping[str, tuple[Use, ...]]
"""Back-links by the `kind:id` of what is named."""


@dataclass(frozen=True)
class _Naming:
    """What a record names, as long as it is alive."""

    alive: ref[model.Record]
    by: str
    uses: tuple[Use, ...]
    names: frozenset[str]


_KNOWN: dict[int, _Naming] = {}
"""What records name, by their identity."""


def in_record(by: str, record: model.Record) -> tuple[Use, ...]:
    """Return what a record names: in fields, texts, selectors, intervals and frequencies."""
    return _naming(by, record).uses


def in_entities(entities: Mapping[str, model.Entity]) -> Uses:
    """Return what entities name, by what it is."""
    return by_what(use for one in entities.values() for use in in_record(one.key, one))


def in_guides(guides: Mapping[tuple[str, str], model.ClassGuide]) -> Uses:
    """Return what guides of classes name, by what it is."""
    return by_what(
        use for class_, one in guides.items() for use in in_record(f"class:{'/'.join(class_)}", one)
    )


def by_what(every: Iterable[Use]) -> Uses:
    """Return back-links by the `kind:id` of what is named."""
    named: dict[str, list[Use]] = {}
    for use in every:
        named.setdefault(use.entity, []).append(use)
    return {to: tuple(of) for to, of in named.items()}


def names_in(by: str, record: model.Record) -> frozenset[str]:
    """Return what a record names, as `kind:id` and `kind:id#part`."""
    return _naming(by, record).names


def _naming(by: str, record: model.Record) -> _Naming:
    known = _KNOWN.get(id(record))
    if known is None or known.alive() is not record or known.by != by:
        uses = tuple(_in_record(by, record))
        names = frozenset(name for use in uses for name in (use.to, use.entity))
        # Forgotten by `pop` itself: a function of ours there would swallow an interruption.
        alive = ref(record, partial(_KNOWN.pop, id(record)))
        known = _KNOWN[id(record)] = _Naming(alive, by, uses, names)
    return known


def _in_record(by: str, record: model.Record) -> Iterator[Use]:
    for path, value in leaves(record):
        if isinstance(record, model.ClassGuide) and path[0] == "class_":
            continue  # what it is, not what it names
        if isinstance(record, model.Settings) and path[0] == "audiences":
            continue  # to let somebody see it is not to refer to it
        if isinstance(value, Prose):
            places = (
                (to, value.where(start))
                for start, piece in prose.placed(str(value))
                for to in _of_piece(piece)
            )
        else:
            places = ((to, value.at) for to in dict.fromkeys(named(record, path, value)))
        yield from (Use(by, to, at) for to, at in places)


def in_lines(lines: Iterable[Written]) -> Iterator[Use]:
    """Yield what the lines of hand-written pages name."""
    for line in lines:
        for at, piece in line.marks():
            for to in _of_piece(piece):
                yield Use(at.file, to, at)


def named(record: model.Record, path: Path, value: Field) -> Iterator[str]:
    """Yield what one value of a record names, as `kind:id` or `kind:id#part`."""
    match value:
        case Ref():
            yield from _reference(value.kind, value.id, value.part)
        case ClassId():
            yield from _class(scheme_of(record, path), str(value))
        case SetterId() if value not in model.SETTERS:
            yield f"role:{value}"
        case Id() if value.kind and value.kind not in _OWN and not isinstance(value, SetterId):
            yield f"{value.kind}:{value}"
        case Selector():
            for term in value.terms:
                yield f"scheme:{term.scheme}"
                for name in (term.low, term.high):
                    yield from _class(term.scheme, name or "")
        case ClassRef() | Target():
            yield from _class(value.scheme, value.name)
    yield from (f"param:{id_}" for id_ in parameters_in(value))


def _of_piece(piece: prose.Piece) -> Iterator[str]:
    if isinstance(piece, prose.Reference):
        yield from _reference(piece.kind, piece.id, piece.part)
    elif isinstance(piece, prose.Gap):
        yield f"slot:{piece.name}"


def _reference(kind: str, id_: str, part: str | None) -> Iterator[str]:
    if kind == "class":
        yield f"scheme:{id_.partition('/')[0]}"
    yield f"{kind}:{id_}#{part}" if part else f"{kind}:{id_}"


def _class(scheme: str, name: str) -> Iterator[str]:
    if scheme and name:
        yield from (f"scheme:{scheme}", f"class:{scheme}/{name}")


def scheme_of(record: model.Record, path: Path) -> str:
    """Return the scheme that a class without one belongs to: that of its table or bucket."""
    match record:
        case model.EntitlementMatrix() | model.TextMatrix():
            return str(record.rows)
        case model.Allocation():
            row = next(row for id_, row in record.rows.items() if id_ == path[1])
            return next((term.scheme for s in row.whom for term in s.terms), "")
    return ""  # in a scheme its own classes are parts
