"""Intervals of numbers: what is in them, where they begin and end, what two have in common.

A bound may be a parameter's id until it is resolved. Numbers are exact: `int`, or `Decimal` where
there is a fraction; never `float`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING

from baodian.said.messages import Message, msg

if TYPE_CHECKING:
    from baodian.said.messages import Words

Number = int | Decimal
Bound = Number | str | None  # a number, the id of a parameter, or open-ended

# A cut of the number line, ordered like it: (0, 9, 0) lies just before 9, (0, 9, 1) just after it.
Edge = tuple[int, Number, int]
FIRST: Edge = (-1, 0, 0)
LAST: Edge = (1, 0, 0)


@dataclass(frozen=True)
class Interval:
    """The numbers from `low` to `high`; None is open-ended, a `str` the id of a parameter.

    `named` remembers, after `resolve`, which bounds were parameters; it plays no part in equality.
    """

    low: Bound = None
    high: Bound = None
    low_included: bool = True
    high_included: bool = True
    named: tuple[str | None, str | None] = field(default=(None, None), compare=False)

    def __post_init__(self) -> None:
        for name in ("low", "high"):
            bound = getattr(self, name)
            if bound is None:
                object.__setattr__(self, f"{name}_included", False)
            elif not isinstance(bound, str):
                object.__setattr__(self, name, exact(bound))

    @property
    def params(self) -> tuple[str, ...]:
        """Return the ids of the parameters that still stand for a bound, lower bound first."""
        return tuple(dict.fromkeys(b for b in (self.low, self.high) if isinstance(b, str)))

    def resolve(self, values: Mapping[str, Number]) -> Interval:
        """Return the interval with its parameters replaced by their values; it may be empty.

        Raises `KeyError` for a parameter without a value and `TypeError` for an inexact one.
        """
        low, high = self.low, self.high
        return Interval(
            values[low] if isinstance(low, str) else low,
            values[high] if isinstance(high, str) else high,
            self.low_included,
            self.high_included,
            (
                low if isinstance(low, str) else self.named[0],
                high if isinstance(high, str) else self.named[1],
            ),
        )

    def start(self, whole: bool) -> Edge:
        """Return the edge where the interval begins; `whole` counts only whole numbers."""
        low = number_of(self.low)
        if low is None:
            return FIRST
        if whole:
            return (0, math.ceil(low) if self.low_included else math.floor(low) + 1, 0)
        return (0, low, 0 if self.low_included else 1)

    def end(self, whole: bool) -> Edge:
        """Return the edge where the interval is over; `whole` counts only whole numbers."""
        high = number_of(self.high)
        if high is None:
            return LAST
        if whole:
            return (0, math.floor(high) + 1 if self.high_included else math.ceil(high), 0)
        return (0, high, 1 if self.high_included else 0)

    def contains(self, number: Number) -> bool:
        """Return whether the number lies in the interval."""
        return self.start(False) <= (0, exact(number), 0) < self.end(False)

    def is_empty(self, whole: bool) -> bool:
        """Return whether no number, or no whole number, lies in the interval."""
        return self.start(whole) >= self.end(whole)

    def intersect(self, other: Interval) -> Interval:
        """Return the numbers that lie in both; the result may be empty."""
        lower = max(self, other, key=lambda interval: interval.start(False))
        upper = min(self, other, key=lambda interval: interval.end(False))
        return Interval(
            lower.low,
            upper.high,
            lower.low_included,
            upper.high_included,
            (lower.named[0], upper.named[1]),
        )

    def example(self, whole: bool) -> Number:
        """Return a number of the interval: a bound of it if one is included, else a near one.

        Raises `ValueError` if the interval is empty.
        """
        if self.is_empty(whole):
            raise ValueError("an empty interval has no example")
        low, high = number_of(self.low), number_of(self.high)
        if low is None and high is None:
            return 0
        if whole:
            return self.start(True)[1] if low is not None else self.end(True)[1] - 1
        if low is not None and self.low_included:
            return low
        if high is not None and self.high_included:
            return high
        if low is None:
            return math.ceil(high or 0) - 1
        above = math.floor(low) + 1
        return above if high is None or above < high else _middle(low, high)

    def message(self, named: bool = False) -> Message:
        """Return how the interval is shown; `named` shows 【param:…】 for bounds that were one."""
        low, high = self.low, self.high
        if named:
            low, high = self.named[0] or low, self.named[1] or high
        a, b = bound_text(low), bound_text(high)
        if low is None and high is None:
            return msg("any")
        if high is None:
            return msg("{n} or more", n=a) if self.low_included else msg("over {n}", n=a)
        if low is None:
            return msg("up to {n}", n=b) if self.high_included else msg("under {n}", n=b)
        if self.low_included and self.high_included:
            return msg("{n}", n=a) if low == high else msg("{a} to {b}", a=a, b=b)
        if self.low_included:
            return msg("{a} or more, under {b}", a=a, b=b)
        if self.high_included:
            return msg("over {a}, up to {b}", a=a, b=b)
        return msg("over {a}, under {b}", a=a, b=b)

    def words(self, t: Words) -> str:
        """Return how the interval is shown in a language; unresolved bounds read 【param:…】."""
        return t.text(self.message())


def exact(number: object) -> Number:
    """Return the number as `int` if it is whole, else as `Decimal`.

    Raises `TypeError` for anything that is not an exact finite number.
    """
    if isinstance(number, int) and not isinstance(number, bool):
        return number
    if isinstance(number, Decimal) and number.is_finite():
        whole = int(number)
        return whole if whole == number else number
    raise TypeError(f"not an exact number: {number!r}")


def bound_text(bound: Bound) -> str:
    """Return a bound as it is written: digits, `【param:id】`, or nothing where it is open."""
    if isinstance(bound, str):
        return f"【param:{bound}】"
    if isinstance(bound, Decimal):
        return f"{bound:f}".rstrip("0").rstrip(".") if bound != int(bound) else str(int(bound))
    return "" if bound is None else str(bound)


def number_of(bound: Bound) -> Number | None:
    """Return a resolved bound, None where it is open; `ValueError` for a parameter's id."""
    if isinstance(bound, str):
        raise ValueError(f"parameter {bound} is not resolved")
    return bound


def _middle(low: Number, high: Number) -> Number:
    with localcontext(prec=60):
        return exact((Decimal(low) + Decimal(high)) / 2)
