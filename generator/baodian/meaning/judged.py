"""Rules laid over each other: for which customers another class holds, and which other rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce

from baodian import model, rules
from baodian.meaning.naming import Naming
from baodian.meaning.words import interval
from baodian.model.intervals import Interval
from baodian.playbook import Playbook, judging
from baodian.rules.boxes import Box, axes_of, boxes_of, masks_of
from baodian.rules.diagram import Diagram
from baodian.said.messages import Message, msg
from baodian.text.units import same_unit

Ids = frozenset[str]


@dataclass(frozen=True)
class Region:
    """Customers for whom other rules hold than before: `box` with an `example`.

    `old` and `new` are the ids of the rules that hold there, those of before as they are called
    now; `old` is empty where nothing held, or where the case could not occur.
    """

    old: Ids
    new: Ids
    box: Box
    example: Mapping[str, rules.Value]

    @property
    def telling(self) -> Mapping[str, rules.Value]:
        """Return the part of the example that matters."""
        return {name: value for name, value in self.example.items() if name in self.box}


@dataclass(frozen=True)
class Side:
    """What is asked and ruled on one side."""

    dimensions: tuple[rules.Dimension, ...]
    rules: tuple[rules.Rule, ...]


def scheme_side(playbook: Playbook, scheme: model.Scheme) -> Side | None:
    """Return what a scheme asks and rules, parameters resolved; None if that makes no sense."""
    return _fitting(
        lambda: Side(
            judging.dimensions(playbook, scheme.dimensions), judging.rules_of(playbook, scheme)
        )
    )


def table_side(playbook: Playbook, table: model.Table) -> Side | None:
    """Return what a decision table asks and rules; None if that makes no sense."""
    return _fitting(
        lambda: Side(
            judging.dimensions(playbook, table.ask),
            tuple(
                rules.Rule(str(id_), (judging.box(playbook, table.ask, row.when),))
                for id_, row in table.rows.items()
            ),
        )
    )


def _fitting(make: Callable[[], Side]) -> Side | None:
    """Return a side, unless its rules have faults that a check reports."""
    try:
        side = make()
        axes_of(side.dimensions, side.rules)
    except (KeyError, StopIteration, IndexError, ValueError, TypeError):
        return None
    return side


def called(side: Side, naming: Naming, key: str) -> Side:
    """Return the old side with the ids that dimensions and choices have now."""

    def part(id_: str) -> str:
        return naming.part(key, id_)

    dimensions = tuple(replace(d, id=part(d.id)) for d in side.dimensions)
    boxes = tuple(
        replace(rule, boxes=tuple({part(d): w for d, w in box.items()} for box in rule.boxes))
        for rule in side.rules
    )
    return Side(dimensions, boxes)


def laid_over(
    old: Side, new: Side, names: Mapping[str, str], *, first: tuple[bool, bool] = (False, False)
) -> tuple[tuple[rules.Dimension, ...], tuple[Region, ...]]:
    """Return what both sides ask, and every region in which other rules hold, merged to few.

    `names` are the rules of the old side as they are called now. `first` says for each side that
    of several rules only the first holds. No region is a proof that both sides decide alike.
    """
    dimensions, before, now = _merged(old, new)
    names = {rule.id: names.get(rule.id, rule.id) for rule in before}
    axes = axes_of(dimensions, (*before, *now, *_domains(dimensions, old, new)))
    sides = (*before, *now)
    marks = [
        (number, masks_of(axes, box)) for number, rule in enumerate(sides) for box in rule.boxes
    ]
    diagram = Diagram(axes, marks)
    regions: list[Region] = []
    for end in dict.fromkeys(diagram.ends()):
        held = [number for number in range(len(sides)) if end >> number & 1]
        olds = [names[sides[n].id] for n in held if n < len(before)][: 1 if first[0] else None]
        news = [sides[n].id for n in held if n >= len(before)][: 1 if first[1] else None]
        if frozenset(olds) == frozenset(news):
            continue
        for masks in diagram.regions(end):
            for box, example in boxes_of(axes, masks):
                regions.append(Region(frozenset(olds), frozenset(news), box, example))
    return dimensions, tuple(regions)


def _merged(
    old: Side, new: Side
) -> tuple[tuple[rules.Dimension, ...], tuple[rules.Rule, ...], tuple[rules.Rule, ...]]:
    """Return the dimensions of both sides, and the rules of each within what its side allows.

    A dimension that became one of another kind or unit is another one: both are asked.
    """
    before = {d.id: d for d in old.dimensions}
    now = {d.id: d for d in new.dimensions}
    apart = {id_ for id_ in before if id_ in now and not _alike(before[id_], now[id_])}
    other = {id_: f"{id_} " for id_ in apart}
    olds = tuple(
        rules.Rule(r.id, tuple(_inside(box, old, now, other) for box in r.boxes)) for r in old.rules
    )
    news = tuple(rules.Rule(r.id, tuple(_inside(b, new, before, {}) for b in r.boxes))
                 for r in new.rules)  # fmt: skip
    dimensions = [_hull(before.get(id_) if id_ not in apart else None, d) for id_, d in now.items()]
    dimensions += [replace(d, id=other.get(id_, id_)) for id_, d in before.items()
                   if id_ not in now or id_ in apart]  # fmt: skip
    return tuple(dimensions), olds, news


def _alike(one: rules.Dimension, other: rules.Dimension) -> bool:
    numbers = one.kind != "values" and other.kind != "values"
    if numbers:
        return not (one.unit and other.unit) or same_unit(one.unit, other.unit)
    return one.kind == other.kind


def _hull(one: rules.Dimension | None, other: rules.Dimension) -> rules.Dimension:
    """Return a dimension that allows what either of two allows."""
    if one is None:
        return other
    if other.kind == "values":
        values = dict((*one.values, *other.values))
        ids = dict.fromkeys((*(k for k, _ in other.values), *(k for k, _ in one.values)))
        return replace(other, values=tuple((id_, values[id_]) for id_ in ids))
    kind = other.kind if one.kind == other.kind else "number"
    if one.domain is None or other.domain is None:
        return replace(other, kind=kind, domain=None)
    whole = kind == "whole"
    low = min((one.domain, other.domain), key=lambda i: i.start(whole))
    high = max((one.domain, other.domain), key=lambda i: i.end(whole))
    return replace(
        other, kind=kind,
        domain=Interval(low.low, high.high, low.low_included, high.high_included),
    )  # fmt: skip


def _inside(
    box: Box, side: Side, others: Mapping[str, rules.Dimension], other: Mapping[str, str]
) -> Box:
    """Return a box that says what its side allows, where the other side may allow more."""
    full = dict(box)
    for dimension in side.dimensions:
        id_ = dimension.id
        if id_ not in others or id_ in other:
            continue
        if dimension.kind == "values":
            allowed = frozenset(key for key, _ in dimension.values)
            wanted = box.get(id_, allowed)
            assert isinstance(wanted, frozenset)
            if allowed != frozenset(key for key, _ in others[id_].values) or id_ in box:
                full[id_] = wanted & allowed
        elif dimension.domain is not None and dimension.domain != others[id_].domain:
            span = box.get(id_, Interval())
            assert isinstance(span, Interval)
            full[id_] = span.intersect(dimension.domain)
    return {other.get(id_, id_): wanted for id_, wanted in full.items()}


def _domains(dimensions: Sequence[rules.Dimension], *sides: Side) -> Iterator[rules.Rule]:
    """Yield rules that cut the axes where what can occur begins and ends on either side."""
    ids = {d.id: d for d in dimensions if d.kind != "values"}
    for side in sides:
        for d in side.dimensions:
            if d.domain is not None and d.id in ids:
                yield rules.Rule("", ({d.id: d.domain},))


def boxed(dimensions: Sequence[rules.Dimension], box: Box) -> Message:
    """Return a box in words: 在用台数 10 台到 19 台、民营单位."""
    parts = []
    for dimension in dimensions:
        wanted = box.get(dimension.id)
        if isinstance(wanted, Interval):
            parts.append(msg("{name} {value}", name=dimension.name,
                             value=interval(wanted, dimension.unit)))  # fmt: skip
        elif wanted is not None:
            labels = [msg("{text}", text=label) for key, label in dimension.values if key in wanted]
            parts.append(reduce(lambda a, b: msg("{a} or {b}", a=a, b=b), labels))
    return reduce(lambda a, b: msg("{a}, {b}", a=a, b=b), parts) if parts else msg("any")
