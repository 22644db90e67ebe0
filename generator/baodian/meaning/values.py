"""What values mean, however they are written, and for whom selectors are."""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from fractions import Fraction

from baodian.meaning.naming import Naming
from baodian.model import interval_texts
from baodian.model.entity import Record
from baodian.model.fields import Field, Flag
from baodian.model.ids import ClassId
from baodian.model.quantities import (
    Criterion,
    Day,
    Frequency,
    Number,
    Quantity,
    Range,
    Whole,
)
from baodian.model.references import ClassRef, Selector, Target
from baodian.model.telephones import Telephone
from baodian.playbook import Class, Playbook
from baodian.source import Scalar
from baodian.text.amounts import measured


def meaning(value: object, playbook: Playbook, naming: Naming | None) -> Hashable:
    """Return what a value means, however it is written; ids as they are now, if `naming` knows."""
    if naming is not None:
        value = naming.renamed(value)
    match value:
        case Frequency():
            return ("often", *_times(value, playbook), value.limit)
        case Range() | Criterion():
            return _interval(value, playbook)
        case Number() | Whole():
            return float(value.number)
        case Quantity():
            return measured(Fraction(value.number), value.unit)
        case Day():
            return value.date.isoformat()
        case Flag():
            return value.yes
        case ClassRef() | Target():
            class_ = (value.scheme, value.name)
            return "/".join(naming.class_(class_) if naming and value.scheme else class_)
        case ClassId():
            return naming.class_id(str(value)) if naming else str(value)
        case Telephone():
            return re.sub(r"[\s-]", "", str(value))
        case Field() | Scalar():
            return " ".join(str(value).split())
        case tuple():
            return tuple(meaning(one, playbook, naming) for one in value)
    return str(value)


def _times(often: Frequency, playbook: Playbook) -> tuple[Hashable, ...]:
    try:
        return often.per_month(playbook.numbers)
    except KeyError:
        return (str(often),)


def _interval(value: Field, playbook: Playbook) -> Hashable:
    try:
        span = value.interval if isinstance(value, Range) else interval_texts.parse(value)
        span = span.resolve(playbook.numbers)
    except (interval_texts.BadInterval, KeyError):
        return str(value)
    return (str(span.low), str(span.high), span.low_included, span.high_included)


def whom(
    selectors: Sequence[object], playbook: Playbook, naming: Naming | None
) -> frozenset[frozenset[Class]]:
    """Return for whom something is: sets of classes that a customer is in together.

    The empty set is everyone; what a wider one says already is left out.
    """
    found: set[frozenset[Class]] = set()
    for selector in selectors:
        assert isinstance(selector, Selector)
        made: set[frozenset[Class]] = {frozenset()}
        for term in selector.terms:
            classes = playbook.selected(term)
            now = [naming.class_(c) for c in classes] if naming else classes
            made = {one | {class_} for one in made for class_ in now}
        found |= made
    return frozenset(one for one in found if not any(other < one for other in found))


def words_of(value: object, only: tuple[type, ...] = (object,)) -> str:
    """Return all that is written in a value, in one line; of its fields `only` some kinds."""
    if isinstance(value, Record):
        fields = (getattr(value, name) for name in type(value).model_fields
                  if name in value.model_fields_set)  # fmt: skip
        return " ".join(words for one in fields if (words := words_of(one, only)))
    if isinstance(value, dict):
        return " ".join(words for one in value.values() if (words := words_of(one, only)))
    if isinstance(value, tuple):
        return " ".join(words_of(one, only) for one in value)
    return "" if value is None or not isinstance(value, only) else " ".join(str(value).split())
