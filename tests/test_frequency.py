"""How often something is, as numbers: times in a month and in a year."""

from __future__ import annotations

from fractions import Fraction

import pytest

from baodian.model.quantities import Frequency
from baodian.source import Scalar

NUMBERS = {"cycle": 45, "none": 0, "times": 3}


@pytest.mark.parametrize(
    ("text", "fixed", "daily", "year"),
    [
        ("每天", 0, 1, 260),
        ("每天 2 次", 0, 2, 520),
        ("每 1 天", 0, 1, 260),
        ("每 45 天", Fraction(2, 3), 0, Fraction(73, 9)),
        ("每 【param:cycle】 天", Fraction(2, 3), 0, Fraction(73, 9)),
        ("每 【param:none】 天", 0, 0, 0),
        ("每周至少 2 次", 0, Fraction(2, 5), 104),
        ("每 2 周", 0, Fraction(1, 10), 26),
        ("每月最多 【param:times】 次", 3, 0, 36),
        ("每季", Fraction(1, 3), 0, 4),
        ("每半年 一 次", Fraction(1, 6), 0, 2),
        ("每年至少 3 次", Fraction(1, 4), 0, 3),
        ("twice per quarter", Fraction(2, 3), 0, 8),
        ("每 ４５ 天", Fraction(2, 3), 0, Fraction(73, 9)),
        ("每月 ３次", 3, 0, 36),
        ("every 2 months", Fraction(1, 2), 0, 6),
    ],
)
def test_how_often_is_a_month_and_a_year(
    text: str, fixed: Fraction, daily: Fraction, year: Fraction
) -> None:
    often = Frequency.read(Scalar(text))
    assert often.per_month(NUMBERS) == (fixed, daily)
    assert often.per_year(NUMBERS) == year


def test_a_parameter_without_a_value_is_not_passed_over() -> None:
    with pytest.raises(KeyError, match="gone"):
        Frequency.read(Scalar("每 【param:gone】 天")).per_year(NUMBERS)
