"""Conditions of classes and of rows, each by itself: they ask for what exists and can occur."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from baodian import rules
from baodian.checks.walk import meant
from baodian.model import interval_texts, intervals
from baodian.model.customers import Dimension
from baodian.model.ids import DimensionId, Id
from baodian.model.quantities import Criterion
from baodian.playbook import Playbook, judging
from baodian.said.messages import Message, msg
from baodian.said.problems import At, Problem
from baodian.source.sentences import thousands
from baodian.text.units import same_unit

When = Mapping[DimensionId, tuple[Criterion, ...]]


@dataclass(frozen=True)
class Ruled:
    """A class or row with its boxes, as the proof sees it."""

    id: Id
    name: str
    boxes: tuple[When, ...]

    def place(self, box: int) -> At:
        """Return where a box stands: its first condition, or the class itself."""
        for criteria in self.boxes[box].values():
            return criteria[0].at
        return self.id.at


def kinds(dimension: Dimension) -> int:
    """Return how many ways of answering a dimension has; one is right."""
    return sum(map(bool, (dimension.whole, dimension.number, dimension.values)))


def faults(
    playbook: Playbook, asked: Mapping[Any, Dimension], ruled: Sequence[Ruled]
) -> Iterator[Problem]:
    """Yield what is wrong with single conditions."""
    by_id = {str(id_): dimension for id_, dimension in asked.items()}
    for rule in ruled:
        for when in rule.boxes:
            for id_, criteria in when.items():
                if (dimension := by_id.get(str(id_))) is None:
                    message = msg("Nothing asks for “{id}”.", id=str(id_))
                    yield Problem("wrong-value", id_.at, message, meant(str(id_), by_id))
                elif not criteria:
                    message = msg("“{key}” is empty.", key=str(id_))
                    yield Problem("too-few", id_.at, message, msg("Write what is wanted."))
                else:
                    yield from _criteria(playbook, dimension, criteria)


def _criteria(
    playbook: Playbook, dimension: Dimension, criteria: Sequence[Criterion]
) -> Iterator[Problem]:
    if dimension.values:
        for value in criteria:
            if str(value) not in map(str, dimension.values):
                message = msg(
                    "“{name}” has no value “{id}”.", name=str(dimension.name), id=str(value)
                )
                yield Problem("wrong-value", value.at, message, meant(value, dimension.values))
        return
    if len(criteria) > 1 and _cut(criteria[0], criteria[1]):
        number = f"{criteria[0]},{criteria[1][:3]}"
        yield replace(thousands(criteria[1].at, number), code="wrong-value")
        return
    if len(criteria) > 1:
        message = msg("“{name}” is a number: one interval is wanted.", name=str(dimension.name))
        hint = msg("For two intervals write a list of conditions under “when”.")
        yield Problem("wrong-value", criteria[1].at, message, hint)
    try:
        interval = interval_texts.parse(criteria[0])
    except interval_texts.BadInterval as error:
        yield Problem("bad-interval", criteria[0].at, error.message, _hint(dimension, error))
        return
    span = dimension.whole or dimension.number
    domain = span.interval if span else intervals.Interval()
    if {*interval.params, *domain.params} - {*playbook.numbers}:
        return  # told by `references.of_parameters`
    yield from _impossible(
        judging.dimensions(playbook, {"it": dimension}),
        rules.Rule("it", ({"it": interval.resolve(playbook.numbers)},)),
        criteria[0],
    )


def _hint(dimension: Dimension, error: interval_texts.BadInterval) -> Message:
    """Return how to mend it; a number in another unit than the dimension's is not proposed."""
    own = str(dimension.unit or "")
    if error.unit and own and not same_unit(error.unit, own):
        return msg("“{name}” is counted in {unit}: reckon the number in it and write it alone.",
                   name=str(dimension.name), unit=own)  # fmt: skip
    return error.hint


def _cut(head: Criterion, tail: Criterion) -> bool:
    """Say whether two values are one number, cut by the comma of its thousands."""
    beside = (tail.at.line, tail.at.column) == (head.at.line, head.at.column + len(head) + 1)
    return beside and head.isdecimal() and re.match("[0-9]{3}(?![0-9])", tail) is not None


def _impossible(
    asked: Sequence[rules.Dimension], rule: rules.Rule, value: Criterion
) -> Iterator[Problem]:
    for trouble in rules.impossible(asked, (rule,)):
        if trouble.kind == "empty":
            message = msg("No number lies in “{text}”.", text=str(value))
            now = rule.boxes[0]["it"]
            assert isinstance(now, intervals.Interval)
            hint = msg("With the parameters as they are it reads: {range}. Change one of them.",
                       range=now.message())  # fmt: skip
        else:
            allowed = (asked[0].domain or intervals.Interval()).message()
            message = msg("“{text}” lies outside of what “{name}” can be.", text=str(value),
                          name=asked[0].name)  # fmt: skip
            hint = msg("It can be {allowed}.", allowed=allowed)
        yield Problem("wrong-value", value.at, message, hint)
