"""How often something is, as numbers: times in a month and in a year."""

from __future__ import annotations

from fractions import Fraction

import pytest

from baodian.model import frequencies
from baodian.model.fields import Bad
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
        ("weekly", 0, Fraction(1, 5), 52),
        ("Every 2 weeks", 0, Fraction(1, 10), 26),
        ("every other month", Fraction(1, 2), 0, 6),
        ("at least 3 times a month", 3, 0, 36),
        ("at most once every 2 weeks", 0, Fraction(1, 10), 26),
        ("twice weekly", 0, Fraction(2, 5), 104),
        ("at least quarterly", Fraction(1, 3), 0, 4),
        ("three times every half year", Fraction(1, 2), 0, 6),
        ("annually", Fraction(1, 12), 0, 1),
        ("every 【param:cycle】 days", Fraction(2, 3), 0, Fraction(73, 9)),
        ("每两周一次", 0, Fraction(1, 10), 26),
        ("每十二个月", Fraction(1, 12), 0, 1),
        ("每 2 季", Fraction(1, 6), 0, 2),
        ("每个月不少于四回", 4, 0, 48),
        ("每礼拜", 0, Fraction(1, 5), 52),
        ("每二十天", Fraction(3, 2), 0, Fraction(73, 4)),
    ],
)
def test_how_often_is_a_month_and_a_year(
    text: str, fixed: Fraction, daily: Fraction, year: Fraction
) -> None:
    often = Frequency.read(Scalar(text))
    assert often.per_month(NUMBERS) == (fixed, daily)
    assert often.per_year(NUMBERS) == year


@pytest.mark.parametrize(
    ("text", "guess"),
    [
        ("一周一次", "每周 1 次"),
        ("一个月 2 次", "每月 2 次"),
        ("两周一次", "每 2 周 1 次"),
        ("30 天", "每 30 天 1 次"),
        ("30 days", "once every 30 days"),
        ("隔周", "每 2 周 1 次"),
        ("每隔 10 天", "每 10 天 1 次"),
        ("每周 2-3 次", "每周至少 2 次"),
        ("最少每周 2 次", "每周至少 2 次"),
        ("biweekly", "once every 2 weeks"),
        ("3x a week", "3 times a week"),
        ("every 2nd week", "once every 2 weeks"),
        ("min. 2 times a month", "at least twice a month"),
        ("2/month", "twice a month"),
    ],
)
def test_what_has_no_form_is_told_the_nearest_one(text: str, guess: str) -> None:
    with pytest.raises(Bad) as told:
        Frequency.read(Scalar(text))
    assert told.value.hint is not None
    assert dict(told.value.hint.params).get("guess") == guess


@pytest.mark.parametrize(
    "text", ["每周至少 -1 次", "每 1.5 天", "经常", "每", "as needed", "每 周 次"]
)
def test_what_cannot_be_counted_is_told_the_forms(text: str) -> None:
    with pytest.raises(Bad) as told:
        Frequency.read(Scalar(text))
    assert told.value.hint is not None
    forms = dict(told.value.hint.params)["forms"]
    assert isinstance(forms, tuple)
    assert ("weekly" in forms) if text.isascii() else ("每周" in forms)
    assert all(frequencies.parse(form.replace("…", "x")) for form in forms)


def test_a_parameter_without_a_value_is_not_passed_over() -> None:
    with pytest.raises(KeyError, match="gone"):
        Frequency.read(Scalar("每 【param:gone】 天")).per_year(NUMBERS)
