"""Units agree where one number bounds another, and what happens so often can happen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import chain
from typing import Any

from baodian import model
from baodian.checks.walk import values
from baodian.model import prose
from baodian.model.customers import Dimension
from baodian.model.fields import Field
from baodian.model.quantities import WEEK, WEEKS_OF_YEAR, Frequency, Range, parameters_in
from baodian.playbook import Playbook
from baodian.said.messages import msg
from baodian.said.problems import Problem, Related
from baodian.text.units import same_unit

_FIXED = {"minutes": "minutes", "travel": "minutes", "record": "minutes", "hours": "hours",
          "development": "%", "days": "days", "months": "months"}  # fmt: skip
"""The unit of a range by the name of its field, where no dimension says it."""
_OURS = {
    "minutes": msg("minutes"), "hours": msg("hours"), "days": msg("days"), "weeks": msg("weeks"),
    "months": msg("calendar months"), "quarters": msg("quarters"), "half-years": msg("half-years"),
    "years": msg("years"), "times": msg("times"),
}  # fmt: skip
"""The units that nobody typed, as they are told."""

_Bound = tuple[Field, model.Param | None, str]

MOST = 8
"""How many times on every working day are still believed."""
YEARS = 10
"""In how many years something must happen once."""


def bounds(playbook: Playbook) -> Iterator[Problem]:
    """A parameter that bounds a number, or counts in a frequency, has the unit of that number.

    Right: a dimension in 公斤, its bound a parameter in 公斤. Wrong: a parameter in 斤.
    """
    yield from _other_units(_of_dimensions(playbook))


def ranges(playbook: Playbook) -> Iterator[Problem]:
    """So it is with ranges and frequencies.

    Right: `minutes: 不超过 【param:stay】`, in 分钟. Wrong: in 小时.
    """
    yield from _other_units(_of_fields(playbook))


def _other_units(bounds: Iterable[_Bound]) -> Iterator[Problem]:
    for value, param, unit in bounds:
        if param is not None and unit and (own := _unit(param)) and not same_unit(own, unit):
            message = msg("“{ref}” is in {own}, what it bounds in {unit}.",
                          ref=param.key, own=own, unit=_OURS.get(unit, unit))  # fmt: skip
            hint = msg("Give both the same unit, or take another parameter.")
            related = Related((param.unit or param.default).at, msg("Its unit stands here."))
            yield Problem("wrong-value", value.at, message, hint, (related,))


def _of_dimensions(playbook: Playbook) -> Iterator[_Bound]:
    asked: Iterable[tuple[Mapping[Any, Dimension], Iterable[Mapping[Any, Any]]]] = chain(
        ((s.dimensions, chain.from_iterable(c.when for c in s.classes.values()))
         for s in playbook.schemes.values()),
        ((t.ask, (row.when for row in t.rows.values())) for t in playbook.tables.values()),
    )  # fmt: skip
    for dimensions, boxes in asked:
        units = {str(id_): str(d.unit or "") for id_, d in dimensions.items()}
        numbers = {str(id_) for id_, d in dimensions.items() if not d.values}
        spans = ((str(id_), span) for id_, d in dimensions.items() for span in (d.whole, d.number))
        criteria = ((str(id_), c) for when in boxes for id_, cs in when.items() for c in cs)
        for id_, value in chain(spans, criteria):
            for param in parameters_in(value) if value is not None and id_ in numbers else ():
                yield value, playbook.params.get(param), units[id_]


def _of_fields(playbook: Playbook) -> Iterator[_Bound]:
    for record, path, value in values(playbook):
        if isinstance(value, Range):
            own = _unit(record) if isinstance(record, model.Param) else ""
            for id_ in parameters_in(value):
                yield value, playbook.params.get(id_), own or _FIXED.get(path[-1], "")
        elif isinstance(value, Frequency):
            for text, unit in ((value.count, "times"), (value.every, f"{value.unit}s")):
                (piece,) = prose.parse(text)
                if isinstance(piece, prose.Reference):
                    yield value, playbook.params.get(piece.id), unit


def _unit(param: model.Param) -> str:
    return "%" if param.type == "percent" else str(param.unit or "")


def frequencies(playbook: Playbook) -> Iterator[Problem]:
    """What is to happen so often can happen: once in ten years at least, and not all day long.

    Right: `每月至少 2 次`, `每 30 天`. Wrong: `每周至少 0 次`, `每月 200 次`, `每 0 天`.
    """
    for _, _, value in values(playbook):
        if not isinstance(value, Frequency):
            continue
        if set(parameters_in(value)) - {*playbook.numbers}:
            continue  # told by `references.of_parameters`
        times = value.per_year(playbook.numbers)
        if times == 0:
            message = msg("“{text}” never happens.", text=str(value))
            hint = msg("Write how often it is to happen, or remove it.")
        elif times * YEARS < 1:
            message = msg("“{text}” is less than once in {n} years.", text=str(value), n=YEARS)
            hint = msg("Write a shorter time, or remove it.")
        elif times / Fraction(WEEK * WEEKS_OF_YEAR) > MOST:
            message = msg("“{text}” cannot be done: it is more than {n} times on a working day.",
                          text=str(value), n=MOST)  # fmt: skip
            hint = msg("Write a smaller number, or a longer time.")
        else:
            continue
        params = (playbook.params[id_] for id_ in parameters_in(value))
        related = tuple(Related(p.default.at, msg("Its value stands here.")) for p in params)
        yield Problem("bad-frequency", value.at, message, hint, related)
