"""Contacts that come round: whom they reach, how often in a year, and for which customers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import islice, product

from baodian import model
from baodian.model.quantities import Frequency, parameters_in
from baodian.model.references import Selector
from baodian.playbook.playbook import Class, Playbook

Customer = Mapping[str, str]
"""One kind of customer: scheme → class, for the schemes that contacts join with `+`."""

CUSTOMERS = 10_000
"""How many kinds of customers are looked at for one class."""


def better_first(scheme: model.Scheme) -> tuple[str, ...]:
    """Return the classes from the best to the lowest; none where none is better than another."""
    ids = tuple(str(id_) for id_ in scheme.classes)
    if scheme.order == "high-to-low":
        return ids
    return ids[::-1] if scheme.order == "low-to-high" else ()


@dataclass(frozen=True)
class Contacts:
    """The contacts of a playbook that come round, and which customers they reach."""

    playbook: Playbook

    @cached_property
    def all(self) -> tuple[model.Rhythm, ...]:
        """Return every rhythm by which a customer is contacted again and again."""
        rhythms = self.playbook.rhythms.values()
        return tuple(
            r for r in rhythms
            if r.kind_ == "contact" and (r.each or r.whole or r.on is None)
        )  # fmt: skip

    def per_year(self, rhythm: model.Rhythm) -> Fraction:
        """Return how often in a year; 0 for what cannot be reckoned."""
        often: Frequency | None = rhythm.each or rhythm.whole
        return rate(self.playbook, often) if often else Fraction(0)

    def named(self, selector: Selector) -> Mapping[str, frozenset[str]]:
        """Return the classes of each scheme that a selector asks for."""
        if selector not in self._named:
            classes: dict[str, frozenset[str]] = {}
            for term in selector.terms:
                mine = frozenset(name for _, name in self.playbook.selected(term))
                classes[term.scheme] = classes.get(term.scheme, mine) & mine
            self._named[selector] = classes
        return self._named[selector]

    @cached_property
    def _named(self) -> dict[Selector, Mapping[str, frozenset[str]]]:
        return {}

    @cached_property
    def _joined(self) -> Mapping[str, tuple[str, ...]]:
        """Return for each scheme those that contacts join with it, directly or through others."""
        groups: list[set[str]] = []
        for selector in (s for r in self.all for s in r.whom):
            mine = {t.scheme for t in selector.terms if t.scheme in self.playbook.schemes}
            for group in [g for g in groups if g & mine]:
                groups.remove(group)
                mine |= group
            groups.append(mine)
        return {scheme: tuple(sorted(group)) for group in groups for scheme in group}

    def customers(self, class_: Class) -> Iterator[Customer]:
        """Yield the kinds of customers of a class that contacts tell apart."""
        schemes = self._joined.get(class_[0], (class_[0],))
        classes = (
            [class_[1]] if id_ == class_[0] else map(str, self.playbook.schemes[id_].classes)
            for id_ in schemes
        )
        for ids in islice(product(*classes), CUSTOMERS):
            yield dict(zip(schemes, ids, strict=True))

    def reach(self, rhythm: model.Rhythm, customer: Customer) -> bool:
        """Say whether a rhythm is for a customer."""
        return any(
            s.everyone or all(customer.get(k) in ids for k, ids in self.named(s).items())
            for s in rhythm.whom
        )

    def of(self, customer: Customer, role: str | None = None) -> list[model.Rhythm]:
        """Return the contacts that a customer gets, of one role or of all."""
        by = (r for r in self.all if role is None or role in r.who)
        return [r for r in by if self.reach(r, customer)]

    def most_often(self, customer: Customer, scheme: str, role: str | None) -> model.Rhythm | None:
        """Return the contact that comes most often of those that name a class of a scheme."""
        named = (
            r for r in self.of(customer, role)
            if any(t.scheme == scheme for s in r.whom for t in s.terms)
        )  # fmt: skip
        return max(named, key=self.per_year, default=None)

    def asked(self, scheme: model.Scheme) -> bool:
        """Say whether the classes of a scheme are to be contacted: they have guides, or some are.

        A playbook without any contact that comes round is not asked.
        """
        alone = (s for r in self.all for s in r.whom if len(s.terms) == 1)
        some = any(s.terms[0].scheme == scheme.id for s in alone)
        return bool(self.all) and (scheme.has_guides or some)


def rate(playbook: Playbook, often: Frequency) -> Fraction:
    """Return how often in a year something happens; 0 for what cannot be reckoned."""
    known = not set(parameters_in(often)) - {*playbook.numbers}
    return often.per_year(playbook.numbers) if known else Fraction(0)


def share(playbook: Playbook, rhythm: model.Rhythm, class_: Class) -> Fraction:
    """Return for which part of a class's customers a rhythm holds, from 0 to 1.

    Where another ruler decides it, its classes are taken to be equally frequent.
    """
    part = Fraction(0)
    for selector in rhythm.whom:
        match = playbook.matches(selector, class_)
        if match is None:
            continue
        one = Fraction(1)
        for scheme in dict.fromkeys(c[0] for c in match[1]):
            named = sum(1 for c in match[1] if c[0] == scheme)
            one *= Fraction(named, len(playbook.schemes[scheme].classes))
        part += one
    return min(part, Fraction(1))


def totals(playbook: Playbook) -> Mapping[Class, tuple[Fraction, ...]]:
    """Return for each class how often its customers are contacted in a year: every number there is.

    Contacts that an event calls for, or that are made for all at once, cannot be counted.
    """
    return playbook.once(_totals)


def _totals(playbook: Playbook) -> Mapping[Class, tuple[Fraction, ...]]:
    contacts = Contacts(playbook)
    found: dict[Class, tuple[Fraction, ...]] = {}
    for scheme, id_, _ in playbook.classes():
        class_ = (str(scheme.id), id_)
        mine = [r for r in contacts.all if r.each and _names(r, scheme)]
        sums = {
            sum((contacts.per_year(r) for r in mine if contacts.reach(r, customer)), Fraction(0))
            for customer in contacts.customers(class_)
        }
        found[class_] = tuple(sorted(sums))
    return found


def _names(rhythm: model.Rhythm, scheme: model.Scheme) -> bool:
    """Say whether a rhythm asks for classes of a ruler: others are counted at theirs."""
    return any(s.everyone or any(t.scheme == scheme.id for t in s.terms) for s in rhythm.whom)


def span(numbers: tuple[Fraction, ...]) -> str:
    """Return one number, or from the least to the most, as people write them."""
    ends = (numbers[0], numbers[-1]) if numbers else (Fraction(0),)
    return "–".join(dict.fromkeys(counted(n) for n in ends))


def counted(number: Fraction) -> str:
    """Return a number as people write it: whole, or with one place."""
    if number.denominator == 1:
        return str(number.numerator)
    return f"{float(number):.1f}".removesuffix(".0")
