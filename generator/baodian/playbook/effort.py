"""How many hours of a month contacts take: the planner's sum, for the customers of its tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from baodian import model
from baodian.model.plans import AllocationRow
from baodian.model.quantities import Range
from baodian.playbook.contacts import rate, share
from baodian.playbook.playbook import Class, Playbook

Hours = Mapping[str, Mapping[str, Fraction]]
"""`kind:id` of a plan → id of a rhythm → hours of a month."""


def hours(playbook: Playbook) -> Hours:
    """Return the hours that each rhythm takes of the month of each plan that can be planned."""
    return playbook.once(_hours)


def _hours(playbook: Playbook) -> Hours:
    return {
        plan.key: {
            str(rhythm.id): total
            for rhythm in playbook.rhythms.values()
            if (total := _of(playbook, plan, rhythm))
        }
        for plan in playbook.plans.values()
        if isinstance(plan, model.Allocation) and plan.hours
    }


def _of(playbook: Playbook, plan: model.Allocation, rhythm: model.Rhythm) -> Fraction:
    doing = rhythm.kind_ == "contact" and (not plan.who or set(plan.who) & set(rhythm.who))
    if not doing or rhythm.each is None or not rate(playbook, rhythm.each):
        return Fraction(0)
    fixed, daily = rhythm.each.per_month(playbook.numbers)
    times = fixed + daily * _exact(plan.sums.days.number)
    minutes = number(playbook, plan.record)
    channel = playbook.channels.get(str(rhythm.channels[0])) if rhythm.channels else None
    if channel is not None:
        minutes += number(playbook, channel.minutes) + number(playbook, channel.travel)
    people = sum(
        (count * share(playbook, rhythm, class_)
         for row in plan.rows.values() for class_, count in customers(playbook, row)),
        Fraction(0),
    )  # fmt: skip
    return people * times * minutes / 60


def customers(playbook: Playbook, row: AllocationRow) -> Iterator[tuple[Class, Fraction]]:
    """Yield the classes of a bucket, and how many of its customers are in each."""
    classes = tuple(dict.fromkeys(
        c for s in row.whom for term in s.terms[:1] for c in playbook.selected(term)
    ))  # fmt: skip
    mix = {str(id_): _exact(n.number) for id_, n in row.mix.items()}
    parts = [mix.get(class_[1], Fraction(0)) if mix else Fraction(1) for class_ in classes]
    whole = sum(parts, Fraction(0))
    for class_, part in zip(classes, parts, strict=True):
        yield class_, _exact(row.customers.number) * part / whole if whole else Fraction(0)


def number(playbook: Playbook, given: Range | None) -> Fraction:
    """Return the number that a field gives or its parameter has; its lower bound if several."""
    if given is None or set(given.interval.params) - {*playbook.numbers}:
        return Fraction(0)
    low = given.interval.resolve(playbook.numbers).low
    return Fraction(0) if low is None or isinstance(low, str) else Fraction(low)


def _exact(value: float) -> Fraction:
    return Fraction(str(value))
