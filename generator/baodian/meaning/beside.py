"""Names of ids that mean something only beside what stands around them: a class, a sign, a part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from baodian import model
from baodian.model import prose
from baodian.model.ids import ClassId, ElementId, Id
from baodian.model.methods import part_items
from baodian.model.plans import AllocationRow
from baodian.model.quantities import Criterion, Known
from baodian.playbook import Playbook

HELD: Mapping[str, tuple[str, ...]] = {
    "dimension": ("dimensions", "ask"), "sign": ("signs",), "tell": ("tell",),
}  # fmt: skip
"""Kind of an id → the fields in which one of the records around it says what it is."""


def named(playbook: Playbook, around: Sequence[object], id_: Id) -> str | None:
    """Return what readers call what an id stands for, by the records around it; None if unknown."""
    if isinstance(id_, ClassId):
        owners = ((s, playbook.named("scheme", s)) for s in _rulers(playbook, around))
        return next(
            (playbook.class_name((s, str(id_))) for s, owner in owners
             if isinstance(owner, model.Scheme) and id_ in owner.classes), None,
        )  # fmt: skip
    if isinstance(id_, ElementId):
        return next(_elements(playbook, around, id_), None)
    for held in _held(around, HELD.get(id_.kind, ())):
        if id_ in held:
            return str(getattr(held[id_], "name", id_))
    return None


def answer(around: Sequence[object], path: Iterable[str], given: Known | Criterion) -> str:
    """Return what readers call an answer to a dimension on the way to it, or what a rule asks.

    A number is called as it is, a value by its name.
    """
    for held in _held(around, HELD["dimension"]):
        for step in path:
            values = getattr(held.get(step), "values", None) or {}
            if given in values:
                return str(values[given])
    return str(given)


def _held(around: Iterable[object], fields: Iterable[str]) -> Iterator[Mapping[str, object]]:
    for record in around:
        for field in fields:
            if isinstance(held := getattr(record, field, None), dict):
                yield held


def _rulers(playbook: Playbook, around: Iterable[object]) -> Iterator[str]:
    """Yield the rulers whose classes the records around an id may mean."""
    for record in around:
        match record:
            case model.Scheme():
                yield str(record.id)
            case model.EntitlementMatrix() | model.TextMatrix():
                yield str(record.rows)
            case AllocationRow():
                terms = (term for one in record.whom for term in one.terms)
                yield from (class_[0] for term in terms for class_ in playbook.selected(term))


def _elements(playbook: Playbook, around: Iterable[object], id_: Id) -> Iterator[str]:
    for record in around:
        if isinstance(record, model.TextMatrix):
            guide = playbook.named("guide", str(record.columns.id))
            for part in guide.parts_ if isinstance(guide, model.Guide) else ():
                if (item := part_items(part).get(id_)) is not None:
                    yield prose.bare(str(item.name or item.text))
