"""Intervals as a policy editor writes them: `2..9`, `2 到 9`, `10 以上`, `不满 100`, `at least 10`.

以上, 以下, 到 include the number; 不满 and 超过 do not. A bound may be `【param:id】` until it is
resolved. Numbers are exact: `int`, or `Decimal` where there is a fraction; never `float`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING

from baodian.said.messages import Message, msg
from baodian.text import numerals

if TYPE_CHECKING:
    from baodian.said.messages import Words

Number = int | Decimal
Bound = Number | str | None  # a number, the id of a parameter, or open-ended

# A cut of the number line, ordered like it: (0, 9, 0) lies just before 9, (0, 9, 1) just after it.
Edge = tuple[int, Number, int]
FIRST: Edge = (-1, 0, 0)
LAST: Edge = (1, 0, 0)

MAX_DIGITS = 12
MAX_LENGTH = 200


class BadInterval(ValueError):  # noqa: N818 - read as a sentence by those who catch it
    """The text is no interval: what is wrong, how to mend it, the unit that stands in it."""

    def __init__(self, message: Message, hint: Message, unit: str = "") -> None:
        self.unit = unit
        self.message = message
        self.hint = hint
        super().__init__(message.msgid)


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
        low = _number(self.low)
        if low is None:
            return FIRST
        if whole:
            return (0, math.ceil(low) if self.low_included else math.floor(low) + 1, 0)
        return (0, low, 0 if self.low_included else 1)

    def end(self, whole: bool) -> Edge:
        """Return the edge where the interval is over; `whole` counts only whole numbers."""
        high = _number(self.high)
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
        low, high = _number(self.low), _number(self.high)
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


def _number(bound: Bound) -> Number | None:
    if isinstance(bound, str):
        raise ValueError(f"parameter {bound} is not resolved")
    return bound


def _middle(low: Number, high: Number) -> Number:
    with localcontext(prec=60):
        return exact((Decimal(low) + Decimal(high)) / 2)


FORMS: tuple[str | Message, ...] = (
    "7",
    "2..9",
    *(i.message() for i in (Interval(2, 9), Interval(10), Interval(None, 100, False, False))),
)
"""Intervals as they may be written."""

# --- parsing --------------------------------------------------------------------------------------

_PARAM = r"【param:(?-i:[a-z0-9]+(?:-[a-z0-9]+)*)】"
_BOUND = rf"(-?[0-9]+(?:\.[0-9]+)?|{_PARAM})"


def _form(before: str = "", after: str = "") -> re.Pattern[str]:
    pattern = rf"(?:{before})\s*{_BOUND}" if before else rf"{_BOUND}\s*(?:{after})"
    return re.compile(pattern, re.IGNORECASE)


# (form, which bound it gives, whether that number belongs to the interval)
_FORMS: tuple[tuple[re.Pattern[str], str, bool], ...] = (
    (_form(after="[及或]?以上|or more|or over"), "low", True),
    (_form(before="至少|不少于|不低于|at least"), "low", True),
    (_form(before="超过|多于|高于|大于|over|above|more than"), "low", False),
    (_form(after="[及或]?以下|or less|or fewer"), "high", True),
    (_form(before="最多|至多|不超过|不多于|up to|at most"), "high", True),
    (_form(before="不满|未满|不到|少于|低于|小于|under|below|less than|fewer than"), "high", False),
)
_SINGLE = re.compile(_BOUND)
_RANGE = re.compile(rf"{_BOUND}\s*(?:\.\.|到|至|to)\s*{_BOUND}", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:[,、]|且|and\b)?\s*", re.IGNORECASE)

# Near misses and what they are taken for, tried all in turn to find the “did you mean”.
_NEAR: tuple[tuple[str, str], ...] = (
    (r"(?<=[0-9】])\s*(?:-+|[–—―~〜…]+|\.{3,})\s*(?=[0-9【])", ".."),
    (r">=|=>|≥", "至少"),
    (r"<=|=<|≤", "最多"),
    (r">", "超过"),
    (r"<", "不满"),
    (rf"^{_BOUND}\s*(?:\+|\.\.|到|至|to|起)$", r"\1 以上"),
    (rf"^(?:\.\.|到|至|to)\s*{_BOUND}$", r"最多 \1"),
    (r"(?<=[0-9】])\s*[以之]内", "以下"),
)
_UNIT = re.compile(
    r"(?<=[0-9】])\s*(千[克米瓦卡伏赫帕焦牛]|(?:(?![以或及到至且不未超]|[百千万亿十成打多余几半])"
    r"[\u4e00-\u9fff]){1,3}?|%|m²|㎡)\s*(?=[以到至及或]|$)"
)  # what multiplies the number (百, 成, 打) or blurs it (多, 半) is no unit to leave out
_HAN_NUMBER = re.compile("[〇零一二两三四五六七八九十百千万亿]")


def parse(text: str) -> Interval:
    """Return the interval that the text names. Raises `BadInterval`."""
    plain = re.sub(r"\s+", " ", numerals.plain(text)).strip()
    if not plain:
        raise BadInterval(msg("An interval is missing here."), _forms())
    if any(len(number) > MAX_DIGITS for number in re.findall(r"[0-9]+", plain)):
        raise BadInterval(
            msg("“{text}” holds a number that is too long.", text=_short(text)),
            msg("A number has at most {n} digits. {forms}", n=MAX_DIGITS, forms=_forms()),
        )
    if len(plain) > MAX_LENGTH:
        raise _not_understood(text, None)
    interval = _read(plain)
    if interval is None:
        raise _explain(text, plain)
    if not interval.params and interval.is_empty(whole=False):
        raise _empty(text, interval)
    return interval


def _read(plain: str) -> Interval | None:
    """Return the interval if the text has one of the forms. It may be empty."""
    if match := _SINGLE.fullmatch(plain):
        bound = _bound(match[1])
        return Interval(bound, bound)
    if match := _RANGE.fullmatch(plain):
        return Interval(_bound(match[1]), _bound(match[2]))
    sides: dict[str, tuple[Bound, bool]] = {}
    position = 0
    while position < len(plain):
        for form, side, included in _FORMS:
            if side not in sides and (match := form.match(plain, position)):
                sides[side] = (_bound(match[1]), included)
                break
        else:
            return None
        position = match.end()
        if position < len(plain) and (gap := _BETWEEN.match(plain, position)):
            position = gap.end()
            if position == len(plain):
                return None
    low, low_included = sides.get("low", (None, False))
    high, high_included = sides.get("high", (None, False))
    return Interval(low, high, low_included, high_included)


def _bound(text: str) -> Bound:
    if text.startswith("【"):
        return text[len("【param:") : -1]
    return exact(Decimal(text))


def _explain(text: str, plain: str) -> BadInterval:
    """Return what is wrong with a text that has none of the forms."""
    if other := re.search(rf"(?!{_PARAM})【[^】]*】?", plain):
        return BadInterval(
            msg("“{mark}” cannot be a bound.", mark=_short(other[0])),
            msg("Only a number or a parameter, such as 【param:…】, can be a bound."),
        )
    guess = plain
    for pattern, instead in _NEAR:
        guess = re.sub(pattern, instead, guess, flags=re.IGNORECASE)
    if interval := _sound(guess):
        return _not_understood(text, interval)
    if (unit := _UNIT.search(guess)) and (interval := _sound(_UNIT.sub("", guess))):
        return BadInterval(
            msg("“{text}” holds the unit “{unit}”.", text=_short(text), unit=unit[1]),
            msg("Write the number alone, “{guess}”: its unit stands where what it counts is named.",
                guess=interval.message()),
            unit[1],
        )  # fmt: skip
    if _HAN_NUMBER.search(plain):
        return BadInterval(
            msg("“{text}” is not understood as an interval.", text=_short(text)),
            msg("Write numbers in digits. {forms}", forms=_forms()),
        )
    return _not_understood(text, None)


def _sound(plain: str) -> Interval | None:
    interval = _read(plain)
    if interval is None or (not interval.params and interval.is_empty(whole=False)):
        return None
    return interval


def _empty(text: str, interval: Interval) -> BadInterval:
    low, high = _number(interval.low), _number(interval.high)
    if low is not None and high is not None and low > high:
        turned = replace(
            interval,
            low=high,
            high=low,
            low_included=interval.high_included,
            high_included=interval.low_included,
        )
        return BadInterval(
            msg("“{text}” begins after it ends.", text=_short(text)),
            msg("Write the smaller number first: “{guess}”.", guess=turned.message()),
        )
    return BadInterval(msg("No number lies in “{text}”.", text=_short(text)), _forms())


def _not_understood(text: str, guess: Interval | None) -> BadInterval:
    return BadInterval(
        msg("“{text}” is not understood as an interval.", text=_short(text)),
        _forms()
        if guess is None
        else msg("Did you mean “{guess}”? {forms}", guess=guess.message(), forms=_forms()),
    )


def _forms() -> Message:
    return msg(
        "Write it like one of these: 7, 2..9, 2 to 9, 10 or more, up to 9 (the number included), "
        "under 100, over 9 (the number not included), 30 or more, under 90."
    )


def _short(text: str) -> str:
    flat = re.sub(r"\s+", " ", text).strip()
    return flat if len(flat) <= 30 else flat[:30] + "…"
