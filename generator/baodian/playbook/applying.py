"""What applies to a class, why, and under which condition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar, cast

from baodian import model
from baodian.model import kinds
from baodian.model.references import Selector
from baodian.playbook.playbook import Class, Playbook, Why
from baodian.said.messages import Message, msg
from baodian.said.problems import At

_ORDER: tuple[Why, ...] = ("own", "range", "all", "with", "matrix", "move", "everyone")
_TURN = {why: turn for turn, why in enumerate(_ORDER)}


E_co = TypeVar("E_co", bound=model.Entity, covariant=True)


@dataclass(frozen=True)
class Applying(Generic[E_co]):
    """One entity that applies to a class: by which selector, why, and under which condition."""

    entity: E_co
    part: str | None
    selector: Selector | None
    why: Why
    condition: tuple[Class, ...] = ()  # the other classes of a conjunction
    at: At = field(default_factory=lambda: At(""))
    of_rhythm: bool = False  # a rhythm of this class, not one of its whole ruler, asks for it


Applies = Applying[model.Entity]


def applies_to(playbook: Playbook, class_: Class) -> tuple[Applies, ...]:
    """Return everything that applies to a class, in the order in which it is used.

    Rhythms, scripts, lists, methods, tables and plans come by their selectors, measures
    through matrices, moves by where they start or end, cases by the class's guide or profile.
    What a rhythm of the class asks for stands before what may happen, and what names few classes
    before what names many; what comes through matrices and moves, and what is for everyone, last.
    """
    return playbook.once(_all_applied).get(class_, ())


def _all_applied(playbook: Playbook) -> Mapping[Class, tuple[Applies, ...]]:
    selecting = tuple(_selecting(playbook))
    breadth = {one.entity.key: one.breadth for one in selecting}
    classes = [(str(scheme.id), id_) for scheme, id_, _ in playbook.classes()]
    applied: dict[Class, list[Applies]] = {class_: [] for class_ in classes}
    for one in selecting:
        for class_ in classes if None in one.applies else filter(None, one.applies):
            applied[class_].append(one.applies.get(class_) or one.applies[None])
    for class_, found in applied.items():
        found.extend(_through_matrices(playbook, class_))
        found.extend(_moves(playbook, class_))
        found.extend(_cases(playbook, class_))
    return {class_: _in_order_of_use(found, breadth) for class_, found in applied.items()}


_Hit = tuple[Why, tuple[Class, ...]]
_Hits = Mapping[Class | None, _Hit]


@dataclass(frozen=True)
class _Selecting:
    """An entity that says for whom it is: why it applies to each class; None is all others."""

    entity: model.Entity
    applies: Mapping[Class | None, Applies]
    breadth: int
    """How many classes the selectors name, conditions included."""


def _selecting(playbook: Playbook) -> Iterator[_Selecting]:
    for kind in kinds.KINDS:
        for entity in playbook.of_kind(kind.name).values() if kind.selects else ():
            selectors = selectors_of(entity)
            terms = (term for selector in selectors for term in selector.terms)
            breadth = len({class_ for term in terms for class_ in playbook.selected(term)})
            named = tuple((s, _hits(playbook, s)) for s in selectors)
            classes = {class_ for _, hits in named for class_ in hits}
            applies = {class_: _by_selectors(entity, named, class_) for class_ in classes}
            yield _Selecting(entity, applies, breadth)


def _by_selectors(
    entity: model.Entity, selectors: tuple[tuple[Selector, _Hits], ...], class_: Class | None
) -> Applies:
    """Return why an entity applies to a class that some of its selectors name."""
    named = [(hit, s) for s, hits in selectors if (hit := hits.get(class_, hits.get(None)))]
    (why, _), selector = min(named, key=lambda h: _TURN[h[0][0]])
    any_of = dict.fromkeys(c for hit, _ in named if hit[0] == why for c in hit[1])
    return Applies(entity, None, selector, why, tuple(any_of), selector.at)


def _hits(playbook: Playbook, selector: Selector) -> _Hits:
    if selector.everyone:
        return {None: ("everyone", ())}
    named = dict.fromkeys(c for term in selector.terms for c in playbook.selected(term))
    return {class_: hit for class_ in named if (hit := playbook.matches(selector, class_))}


def _in_order_of_use(applied: list[Applies], breadth: Mapping[str, int]) -> tuple[Applies, ...]:
    turns = ((_place(a), breadth.get(a.entity.key, 0), n) for n, a in enumerate(applied))
    narrow_first = [applied[n] for _, _, n in sorted(turns)]
    asked: dict[str, int] = {}  # `kind:id` of what rhythms ask for → its turn
    for rhythm in among(narrow_first, model.Rhythm):
        if rhythm.why in ("own", "range", "with"):
            asked.setdefault(f"script:{rhythm.entity.script}", len(asked))
            asked.setdefault(f"checklist:{rhythm.entity.checklist}", len(asked))
    if not asked:
        return tuple(narrow_first)
    marked = (replace(a, of_rhythm=True) if a.entity.key in asked else a for a in narrow_first)
    return tuple(sorted(marked, key=lambda a: (_place(a), asked.get(a.entity.key, len(asked)))))


def _place(applies: Applies) -> int:
    """Return 0 for what names the class by its selectors, then a number for each other way."""
    return max(0, _TURN[applies.why] - _TURN["with"])


def among(applied: Iterable[Applies], *models: type[E_co]) -> tuple[Applying[E_co], ...]:
    """Return those of `applied` that are made as one of `models`."""
    return tuple(cast("Applying[E_co]", a) for a in applied if isinstance(a.entity, models))


def _through_matrices(playbook: Playbook, class_: Class) -> Iterator[Applies]:
    for matrix in playbook.matrices.values():
        if matrix.rows != class_[0]:
            continue
        for row, cell in matrix.cells.items():
            if row != class_[1]:
                continue
            ids = (
                (*cell.has, *cell.approve, *cell.stopped)
                if isinstance(cell, model.given.Entitled)
                else tuple(cell)
            )
            for id_ in ids:
                yield Applies(matrix, f"{row}.{id_}", None, "matrix", (), id_.at)


def _moves(playbook: Playbook, class_: Class) -> Iterator[Applies]:
    for move, starts in playbook.once(_moving):
        hits = (hits.get(class_, hits.get(None)) for hits in starts)
        hit = next((h for h in hits if h is not None), None)
        into = move.to is not None and (move.to.scheme, move.to.name) == class_
        if hit is not None or into:
            condition = hit[1] if hit else ()
            yield Applies(move, None, None, "move", condition, move.at)


def _moving(playbook: Playbook) -> tuple[tuple[model.Transition, tuple[_Hits, ...]], ...]:
    """Return every move, and why each of its beginnings hits each class."""
    return tuple(
        (move, tuple(_hits(playbook, selector) for selector in move.from_))
        for move in playbook.transitions.values()
    )


def _cases(playbook: Playbook, class_: Class) -> Iterator[Applies]:
    guide = playbook.class_guides.get(class_)
    named = [str(c) for c in guide.cases] if guide else []
    for case in playbook.cases.values():
        in_profile = any((p.scheme, p.name) == class_ for p in case.profile)
        if str(case.id) in named or in_profile:
            yield Applies(case, None, None, "own", (), case.at)


def explain(playbook: Playbook, why: Applies, class_: Class) -> Message:
    """Return in words why something stands on the page of a class."""
    name = playbook.class_name(class_)
    scheme = playbook.schemes[class_[0]].name
    match why.why:
        case "own":
            return msg("for {name}", name=name)
        case "range":
            return msg("for {low} to {high}", **_ends(playbook, why))
        case "all":
            return msg("for every class of {scheme}", scheme=scheme)
        case "with":
            others = tuple(dict.fromkeys(playbook.class_name(c) for c in why.condition))
            return msg("for {name}, if also {others}", name=name, others=others)
        case "matrix":
            return msg("{name} has it by “{table}”", name=name, table=why.entity.label)
        case "move":
            return msg("a move from or to {name}", name=name)
        case "everyone":
            return msg("for everyone")


def _ends(playbook: Playbook, why: Applies) -> dict[str, str]:
    assert why.selector is not None
    term = why.selector.terms[0]
    return {
        "low": playbook.class_name((term.scheme, str(term.low))),
        "high": playbook.class_name((term.scheme, str(term.high))),
    }


def named_by(playbook: Playbook) -> Mapping[str, tuple[Class, ...]]:
    """Return the classes that each thing names by its key, conditions left out, each once."""
    return {
        entity.key: tuple(
            dict.fromkeys(
                class_
                for selector in selectors_of(entity)
                for term in selector.terms[:1]
                for class_ in playbook.selected(term)
            )
        )
        for entity in playbook.all()
        if kinds.of(entity.kind).selects
    }


def classes_for(playbook: Playbook) -> Mapping[str, tuple[Class, ...]]:
    """Return the classes that each thing is for by its key, conditions included, in their order.

    What is for everyone is for each of them.
    """
    order = {(str(scheme.id), id_): n for n, (scheme, id_, _) in enumerate(playbook.classes())}

    def named(entity: model.Entity) -> tuple[Class, ...]:
        selectors = selectors_of(entity)
        if any(selector.everyone for selector in selectors):
            return tuple(order)
        terms = (term for selector in selectors for term in selector.terms)
        classes = {class_ for term in terms for class_ in playbook.selected(term)}
        return tuple(sorted(classes, key=order.__getitem__))

    return {e.key: named(e) for e in playbook.all() if kinds.of(e.kind).selects}


def selectors_of(entity: model.Entity) -> tuple[Selector, ...]:
    """Return the selectors that say for whom an entity holds."""
    selects = kinds.of(entity.kind).selects
    return tuple(s for path in selects for s in _selectors(entity, path))


def _selectors(record: model.Record, path: str) -> Iterator[Selector]:
    name, _, below = path.partition(".")
    value = getattr(record, name, {})
    if below:
        for inner in value.values():
            yield from _selectors(inner, below)
    else:
        yield from value
