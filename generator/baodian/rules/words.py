"""Examples of rules in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce

from baodian.model.intervals import bound_text
from baodian.rules.boxes import Dimension, Value
from baodian.said.messages import Message, Words, msg
from baodian.text.units import agreed


def described(dimensions: Sequence[Dimension], example: Mapping[str, Value]) -> Message:
    """Return an example as a message such as “个人或个体户、10 台”, for use inside other messages.

    Names of dimensions are left out where the values speak for themselves.
    """
    mentioned = [dimension for dimension in dimensions if dimension.id in example]
    if not mentioned:
        return msg("any")
    labels = [label for d in mentioned for label in {label for _, label in d.values}]
    numbers = sum(d.kind != "values" for d in mentioned)
    parts: list[Message] = []
    for dimension in mentioned:
        value = example[dimension.id]
        label = dict(dimension.values).get(value, value) if isinstance(value, str) else None
        clear = numbers == 1 and bool(dimension.unit)
        if label is not None:
            clear = len(label) > 1 and labels.count(label) == 1
        parts.append(_said(dimension, label or bound_text(value), label is None, clear))
    return reduce(lambda a, b: msg("{a}, {b}", a=a, b=b), parts)


def _said(dimension: Dimension, text: str, number: bool, clear: bool) -> Message:
    said = msg("{n}", n=text)
    if number and dimension.unit:
        said = msg("{n} {unit}", n=text, unit=agreed(text, dimension.unit))
    return said if clear else msg("{name} {value}", name=dimension.name, value=said)


def describe(dimensions: Sequence[Dimension], example: Mapping[str, Value], t: Words) -> str:
    """Return an example in words, such as “个人或个体户、10 台”."""
    return t.text(described(dimensions, example))
