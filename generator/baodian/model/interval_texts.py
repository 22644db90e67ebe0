"""Intervals as a policy editor writes them: `2..9`, `2 到 9`, `10 以上`, `不满 100`, `at least 10`.

以上, 以下, 到 include the number; 不满 and 超过 do not. A bound may be `【param:id】`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from baodian.model.intervals import Bound, Interval, exact, number_of
from baodian.said.messages import Message, msg
from baodian.text import numerals

MAX_DIGITS = 12
MAX_LENGTH = 200


class BadInterval(ValueError):  # noqa: N818 - read as a sentence by those who catch it
    """The text is no interval: what is wrong, how to mend it, the unit that stands in it."""

    def __init__(self, message: Message, hint: Message, unit: str = "") -> None:
        self.unit = unit
        self.message = message
        self.hint = hint
        super().__init__(message.msgid)


FORMS: tuple[str | Message, ...] = (
    "7",
    "2..9",
    *(i.message() for i in (Interval(2, 9), Interval(10), Interval(None, 100, False, False))),
)
"""Intervals as they may be written."""

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
    low, high = number_of(interval.low), number_of(interval.high)
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
