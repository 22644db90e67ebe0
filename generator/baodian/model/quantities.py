"""Numbers, intervals, frequencies and dates."""

from __future__ import annotations

import contextlib
import datetime
import re
from collections.abc import Mapping
from fractions import Fraction
from typing import ClassVar, Self

from baodian.model import frequencies, interval_texts, intervals, prose
from baodian.model.fields import Bad, Field, Forms, describe
from baodian.said.messages import Message, msg
from baodian.source import Scalar
from baodian.text import numerals
from baodian.text.fold import narrowed


class Criterion(Field):
    """What a rule asks of one dimension: ids of values, or an interval; the dimension decides."""

    forms: ClassVar[Forms] = ("person", *interval_texts.FORMS)

    @classmethod
    def read(cls, scalar: Scalar) -> Self:
        """Return the text, stripped."""
        return cls.of(scalar, numerals.digits(scalar.strip()))


class Known(Field):
    """What is known of a customer: a number, or the id of a value; the dimension decides."""

    forms: ClassVar[Forms] = ("31", "person")

    @classmethod
    def read(cls, scalar: Scalar) -> Self:
        """Return the text, stripped."""
        return cls.of(scalar, numerals.plain(scalar.strip()))


class Range(Field):
    """An interval of numbers in words (2 到 9, 10 以上, 不满 100) or as 2..9."""

    forms: ClassVar[Forms] = interval_texts.FORMS
    pattern = "[0-9０-９【]"

    interval: intervals.Interval

    @classmethod
    def read(cls, scalar: Scalar) -> Self:
        """Return the interval. Raises `Bad` with the forms that exist."""
        made = cls.of(scalar, numerals.digits(scalar))
        try:
            made.interval = interval_texts.parse(scalar)
        except interval_texts.BadInterval as error:
            raise Bad("bad-interval", error.message, error.hint) from None
        return made


# How often in a month: (a fixed part, and a part for each working day) for one beat of a period.
WEEK = 5  # working days
_MONTH = {
    "day": (Fraction(0), Fraction(1)),
    "week": (Fraction(0), Fraction(1, WEEK)),
    "month": (Fraction(1), Fraction(0)),
    "quarter": (Fraction(1, 3), Fraction(0)),
    "half-year": (Fraction(1, 6), Fraction(0)),
    "year": (Fraction(1, 12), Fraction(0)),
}
WEEKS_OF_YEAR = 52
_YEAR = {"day": WEEK * WEEKS_OF_YEAR, "week": WEEKS_OF_YEAR, "month": 12, "quarter": 4,
         "half-year": 2, "year": 1}  # fmt: skip
DAYS_OF_MONTH, DAYS_OF_YEAR = 30, 365  # for "every 45 days", which are days of the calendar


class Frequency(Field):
    """How often: 每天, 每周至少 2 次, 每 30 天, every 2 weeks. A number may be a parameter."""

    forms: ClassVar[Forms] = (
        msg("every day"), msg("at least once a week"), msg("at least 2 times a month"),
        msg("every 30 days"), "weekly", "every 2 weeks", "at least 3 times a month",
        msg("every 【param:cycle-c】 days"),
    )  # fmt: skip
    pattern = (
        r"每|[ａ-ｚＡ-Ｚ]|[Ee][Aa][Cc][Hh]|[Ee][Vv][Ee][Rr][Yy]|[Ll][Yy]\s*$|\s(a|A|per|PER|Per)\s"
    )

    count: str  # type: ignore[assignment]
    every: str
    unit: str
    limit: str

    @classmethod
    def read(cls, scalar: Scalar) -> Self:
        """Return the frequency: `count` times every `every` units. Raises `Bad` otherwise."""
        text = numerals.digits(scalar.strip())
        beat = frequencies.parse(text)
        if beat is None:
            message = msg("“{text}” is no frequency.", text=text[:40])
            raise Bad("bad-frequency", message, frequencies.hint(text))
        often = cls.of(scalar, text)
        often.count, often.every = beat.count, beat.every
        often.unit, often.limit = beat.unit, beat.limit
        return often

    def per_month(self, numbers: Mapping[str, int]) -> tuple[Fraction, Fraction]:
        """Return how many times in a month: a fixed part, and a part for each of its working days.

        `numbers` has the values of parameters. Raises `KeyError` for one that it does not have.
        """
        times, some_days = self._times(numbers)
        fixed, daily = (Fraction(DAYS_OF_MONTH), Fraction(0)) if some_days else _MONTH[self.unit]
        return fixed * times, daily * times

    def per_year(self, numbers: Mapping[str, int]) -> Fraction:
        """Return how many times in a year of `WEEKS_OF_YEAR` weeks; raises as `per_month` does."""
        times, some_days = self._times(numbers)
        return times * (DAYS_OF_YEAR if some_days else _YEAR[self.unit])

    def _times(self, numbers: Mapping[str, int]) -> tuple[Fraction, bool]:
        """Return the times for one unit, and whether the units are some days of the calendar."""

        def number(text: str) -> int:
            (piece,) = prose.parse(text)
            return numbers[piece.id] if isinstance(piece, prose.Reference) else int(text)

        count, every = number(self.count), number(self.every)
        return Fraction(count, every) if every else Fraction(0), self.unit == "day" and every > 1


class Quantity(Field):
    """A whole number with its unit, such as 90 天."""

    forms: ClassVar[Forms] = (msg("90 days"), "3 months")
    pattern = r"^\s*[0-9０-９][0-9０-９,，]*\s*[^\s0-9０-９]"

    number: int
    unit: str

    @classmethod
    def read(cls, scalar: Scalar) -> Self:
        """Return number and unit. Raises `Bad` unless a number and a unit are there."""
        match = re.fullmatch(r"([0-9]{1,9})\s*(\D{1,12})", numerals.plain(scalar).strip())
        if not match:
            raise Bad(
                "bad-quantity",
                msg("“{text}” is no quantity.", text=scalar[:40]),
                msg("Write a number and its unit, such as “90 days”."),
            )
        quantity = cls.of(scalar, numerals.digits(scalar))
        quantity.number, quantity.unit = int(match.group(1)), match.group(2).strip()
        return quantity


EARLIEST = 2000
"""The first year in which anything of a handbook can hold; an earlier one is a slip."""


class Day(Field):
    """A date, written 2026-12-01."""

    forms: ClassVar[Forms] = ("2026-12-01",)
    pattern = r"^\s*[2-9][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])\s*$|[０-９－−]"

    date: datetime.date

    @classmethod
    def read(cls, scalar: Scalar) -> Self:
        """Return the date. Raises `Bad` unless it exists."""
        text = numerals.plain(narrowed(scalar)).strip()
        day = cls.of(scalar, text)
        hint = msg("Write year-month-day, such as “2026-12-01”.")
        try:
            if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
                raise ValueError
            day.date = datetime.date.fromisoformat(text)
        except ValueError:
            message = msg("“{text}” is no date.", text=scalar[:40])
            raise Bad("bad-date", message, _day_meant(text) or hint) from None
        if day.date.year < EARLIEST:
            message = msg("“{text}” lies before the year {year}.", text=text, year=EARLIEST)
            raise Bad("bad-date", message, hint)
        return day


_OTHER_DAY = re.compile(r"([0-9]{4})\s*[年./-]\s*([0-9]{1,2})\s*[月./-]\s*([0-9]{1,2})\s*[日号]?")


def _day_meant(text: str) -> Message | None:
    """Return how to write a date that has another form: 2026年12月1日, 2026/12/1."""
    if other := _OTHER_DAY.fullmatch(text):
        with contextlib.suppress(ValueError):
            day = datetime.date(*map(int, other.groups()))
            return msg("Write “{guess}”.", guess=day.isoformat())
    return None


def _number(value: object, limit: int = 9) -> Scalar:
    if not isinstance(value, Scalar):
        message = msg("A number is wanted here, not {found}.", found=describe(value))
        raise Bad("wrong-type", message, msg("Write one number after the colon, such as “12”."))
    text = value.strip()
    number = numerals.plain(text)
    if not re.fullmatch(rf"-?[0-9]{{1,{limit}}}(?:\.[0-9]{{1,6}})?", number):
        raise Bad(
            "bad-number",
            msg("“{text}” is no number.", text=text[:20] + ("…" if len(text) > 20 else "")),
            msg("Write digits only, at most {limit}, such as “12”.", limit=limit),
        )
    return Field.of(value, number)


class Number(Field):
    """A number, written in digits; a unit stands in its own field."""

    forms: ClassVar[Forms] = ("12", "0.5")
    pattern = r"^\s*[-－−]?[0-9０-９][0-9０-９,，.．百千万亿 ]*$"

    number: float

    @classmethod
    def read(cls, scalar: Scalar) -> Self:
        """Return the number. Raises `Bad` for anything but digits."""
        number = cls.of(_number(scalar))
        number.number = float(number)
        return number


class Whole(Field):
    """A whole number of 0 or more, written in digits."""

    forms: ClassVar[Forms] = ("12",)
    pattern = r"^\s*[0-9０-９][0-9０-９,，.．百千万亿 ]*$"

    number: int

    @classmethod
    def read(cls, scalar: Scalar) -> Self:
        """Return the number. Raises `Bad` for anything but digits."""
        number = cls.of(_number(scalar))
        if not re.fullmatch(r"[0-9]{1,9}", number):
            message = msg("A whole number of 0 or more is wanted here.")
            raise Bad("bad-number", message, msg("Write digits only, such as “12”."))
        number.number = int(number)
        return number


def parameters_in(value: Field) -> tuple[str, ...]:
    """Return the parameters that bound an interval or count in a frequency."""
    if isinstance(value, Range):
        return value.interval.params
    if isinstance(value, Frequency):
        found = (prose.parse(text)[0] for text in (value.count, value.every))
        return tuple(piece.id for piece in found if isinstance(piece, prose.Reference))
    if isinstance(value, Criterion):
        try:
            return interval_texts.parse(value).params
        except interval_texts.BadInterval:
            return ()
    return ()
