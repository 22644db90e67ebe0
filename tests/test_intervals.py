"""Intervals: every form that is read, every mistake that is explained, and exact arithmetic."""

from __future__ import annotations

import gettext
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baodian.model.interval_texts import BadInterval, parse
from baodian.model.intervals import Interval, exact
from baodian.said.messages import Words, words

CHINESE = {
    "any": "不限",
    "{n} or more": "{n} 以上",
    "over {n}": "超过 {n}",
    "up to {n}": "{n} 以下",
    "under {n}": "不满 {n}",
    "{a} to {b}": "{a} 到 {b}",
    "{a} or more, under {b}": "{a} 以上 不满 {b}",
    "over {a}, up to {b}": "超过 {a}，{b} 以下",
    "over {a}, under {b}": "超过 {a} 不满 {b}",
}


class Chinese(gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        return CHINESE.get(message, message)


ENGLISH = words("en")
UNHURRIED = settings(deadline=None)  # a busy machine is no failure
LANGUAGES = (ENGLISH, Words("zh-CN", Chinese()))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7", Interval(7, 7)),
        ("007", Interval(7, 7)),
        ("-3", Interval(-3, -3)),
        ("2..9", Interval(2, 9)),
        ("-7..-1", Interval(-7, -1)),
        ("2 .. 9", Interval(2, 9)),
        ("2 到 9", Interval(2, 9)),
        ("2到9", Interval(2, 9)),
        ("2至9", Interval(2, 9)),
        ("2 to 9", Interval(2, 9)),
        ("10 以上", Interval(10, None)),
        ("10及以上", Interval(10, None)),
        ("至少 10", Interval(10, None)),
        ("不少于 10", Interval(10, None)),
        ("10 or more", Interval(10, None)),
        ("At least 10", Interval(10, None)),
        ("10 以下", Interval(None, 10)),
        ("不超过 10", Interval(None, 10)),
        ("最多10", Interval(None, 10)),
        ("up to 9", Interval(None, 9)),
        ("at most 9", Interval(None, 9)),
        ("不满 100", Interval(None, 100, high_included=False)),
        ("少于 100", Interval(None, 100, high_included=False)),
        ("under 100", Interval(None, 100, high_included=False)),
        ("fewer than 100", Interval(None, 100, high_included=False)),
        ("超过 9", Interval(9, None, low_included=False)),
        ("over 9", Interval(9, None, low_included=False)),
        ("more than 9", Interval(9, None, low_included=False)),
        ("30 以上 不满 90", Interval(30, 90, high_included=False)),
        ("30以上不满90", Interval(30, 90, high_included=False)),
        ("30 以上，不满 90", Interval(30, 90, high_included=False)),
        ("不满 90 且 30 以上", Interval(30, 90, high_included=False)),
        ("at least 30 and under 90", Interval(30, 90, high_included=False)),
        ("超过 30 90 以下", Interval(30, 90, low_included=False)),
        ("　１０　以上 ", Interval(10, None)),
        ("２．．９", Interval(2, 9)),
        ("٣ 以上", Interval(3, None)),
        ("2万以上", Interval(20_000, None)),
        ("1.5 万 到 1亿", Interval(15_000, 100_000_000)),
        ("不满 1万2千", Interval(None, 12_000, high_included=False)),
        ("3百 以上，不满 3千", Interval(300, 3000, high_included=False)),
        ("2千万以下", Interval(None, 20_000_000)),
        ("1,000 到 1，000，000", Interval(1000, 1_000_000)),
        ("0.5 到 1.50", Interval(Decimal("0.5"), Decimal("1.5"))),
        ("【param:dead-after】 以上", Interval("dead-after", None)),
        ("【param:a】 到 【param:b】", Interval("a", "b")),
        ("30 以上 不满 【param:a】", Interval(30, "a", high_included=False)),
        ("【param：a】", Interval("a", "a")),
    ],
)
def test_every_form_is_read(text: str, expected: Interval) -> None:
    assert parse(text) == expected


def complaint(text: str) -> tuple[str, str]:
    with pytest.raises(BadInterval) as caught:
        parse(text)
    return ENGLISH.text(caught.value.message), ENGLISH.text(caught.value.hint)


NO_BOUND = "Only a number or a parameter, such as 【param:…】, can be a bound."
FORMS = (
    "Write it like one of these: 7, 2..9, 2 to 9, 10 or more, up to 9 (the number included), "
    "under 100, over 9 (the number not included), 30 or more, under 90."
)


@pytest.mark.parametrize("text", ["", "  ", "\u3000"])
def test_empty_text(text: str) -> None:
    assert complaint(text) == ("An interval is missing here.", FORMS)


@pytest.mark.parametrize(
    "text",
    ["许多", "abc", "..", "到", "以上", "10 以上 20 以上", "2 到 9 到 10", "10 以上，", "不满",
     "10²", "x" * 5000, "1.2.3", "1e5", "2 9", "10 以上 7",
     "3成以上", "1,00 以上", "2万多以上", "5打以上"],
)  # fmt: skip
def test_nonsense_names_the_forms(text: str) -> None:
    message, hint = complaint(text)
    assert message.endswith("is not understood as an interval.")
    assert hint == FORMS
    assert len(message) < 100


@pytest.mark.parametrize(
    ("text", "guess"),
    [
        ("2-9", "2 to 9"),
        ("2～9", "2 to 9"),
        ("2—9", "2 to 9"),
        ("2...9", "2 to 9"),
        (">=10", "10 or more"),
        ("≥ 10", "10 or more"),
        ("＜100", "under 100"),
        ("10+", "10 or more"),
        ("10..", "10 or more"),
        ("..9", "up to 9"),
        ("10 以内", "up to 10"),
    ],
)
def test_near_misses_are_guessed(text: str, guess: str) -> None:
    assert complaint(text)[1] == f"Did you mean “{guess}”? {FORMS}"


@pytest.mark.parametrize(
    ("text", "unit", "guess"),
    [
        ("10 台以上", "台", "10 or more"),
        ("2 到 9 台", "台", "2 to 9"),
        ("30 天", "天", "30"),
        ("30%以上", "%", "30 or more"),
        ("3个月以上", "个月", "3 or more"),
        ("80m²以下", "m²", "up to 80"),
        ("2万台以上", "台", "20000 or more"),
        ("5千克以上", "千克", "5 or more"),
    ],
)
def test_a_unit_has_its_own_place(text: str, unit: str, guess: str) -> None:
    message, hint = complaint(text)
    assert message == f"“{text}” holds the unit “{unit}”."
    assert f"“{guess}”" in hint


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9..2", ("“9..2” begins after it ends.", "Write the smaller number first: “2 to 9”.")),
        ("90 以上 不满 30", ("“90 以上 不满 30” begins after it ends.",
                             "Write the smaller number first: “over 30, up to 90”.")),
        ("超过 9 不满 9", ("No number lies in “超过 9 不满 9”.", FORMS)),
        ("十以上", ("“十以上” is not understood as an interval.",
                    f"Write numbers in digits. {FORMS}")),
        ("【script:x】 以上", ("“【script:x】” cannot be a bound.", NO_BOUND)),
        ("【param:Dead】 以上", ("“【param:Dead】” cannot be a bound.", NO_BOUND)),
        ("【param:a 以上", ("“【param:a 以上” cannot be a bound.", NO_BOUND)),
        ("9" * 5000, (f"“{'9' * 30}…” holds a number that is too long.",
                      f"A number has at most 12 digits. {FORMS}")),
        ("1 到 1234567890123", ("“1 到 1234567890123” holds a number that is too long.",
                                f"A number has at most 12 digits. {FORMS}")),
    ],
)  # fmt: skip
def test_mistakes_are_explained(text: str, expected: tuple[str, str]) -> None:
    assert complaint(text) == expected


@pytest.mark.parametrize("text", ["2万5 以上", "2十万以上", "1亿亿亿 以上", "5百2千 以上"])
def test_a_number_without_one_meaning_is_not_guessed(text: str) -> None:
    assert complaint(text)[1] == f"Write numbers in digits. {FORMS}"


def test_twelve_digits_are_read() -> None:
    assert parse("999999999999").low == 999_999_999_999


@UNHURRIED
@given(
    st.text(
        alphabet="0123456789.-,<>=以上下到至不满超过少多于最 tomrleasundpv【】param:台%²",
        max_size=25,
    )
)
def test_any_text_is_read_or_explained(text: str) -> None:
    try:
        interval = parse(text)
    except BadInterval as error:
        said = (ENGLISH.text(error.message), ENGLISH.text(error.hint))
    else:
        said = (interval.words(ENGLISH), interval.words(LANGUAGES[1]))
        assert interval.params or not interval.is_empty(whole=False)
    assert all(said)


def test_parameters_are_named_once_and_resolved() -> None:
    interval = parse("【param:a】 以上 不满 【param:b】")
    assert interval.params == ("a", "b")
    assert parse("【param:a】").params == ("a",)
    assert interval.resolve({"a": 3, "b": Decimal("9.0")}) == Interval(3, 9, True, False)
    assert interval.resolve({"a": 3, "b": 9}).named == ("a", "b")
    assert interval.resolve({"a": 9, "b": 3}).is_empty(whole=False)
    with pytest.raises(KeyError):
        interval.resolve({"a": 3})
    with pytest.raises(ValueError, match="a is not resolved"):
        interval.contains(4)


@pytest.mark.parametrize("value", [1.5, True, "3", None, Decimal("NaN"), Decimal("Infinity")])
def test_inexact_numbers_are_a_bug(value: object) -> None:
    with pytest.raises(TypeError):
        exact(value)


def test_whole_numbers_leave_some_intervals_empty() -> None:
    between = parse("超过 9 不满 10")
    assert between.is_empty(whole=True)
    assert not between.is_empty(whole=False)
    assert parse("9.5").is_empty(whole=True)
    assert between.example(whole=False) == Decimal("9.5")
    with pytest.raises(ValueError, match="no example"):
        between.example(whole=True)


@pytest.mark.parametrize(
    ("text", "whole", "expected"),
    [
        ("2 到 9", True, 2),
        ("不满 100", True, 99),
        ("超过 9", True, 10),
        ("1.5 以上", True, 2),
        ("不满 80", False, 79),
        ("超过 80", False, 81),
        ("超过 80 100 以下", False, 100),
        ("超过 80 不满 100", False, 81),
        ("超过 0.1 不满 0.2", False, Decimal("0.15")),
    ],
)
def test_examples_are_plain_numbers(text: str, whole: bool, expected: object) -> None:
    assert parse(text).example(whole) == expected


def test_an_open_interval_has_an_example() -> None:
    assert Interval().example(whole=True) == 0
    assert Interval().example(whole=False) == 0


BOUNDS = st.none() | st.integers(-3, 6) | st.sampled_from([Decimal("0.5"), Decimal("2.25")])
INTERVALS = st.builds(Interval, BOUNDS, BOUNDS, st.booleans(), st.booleans())
POINTS = [exact(Decimal(n) / 8) for n in range(-48, 73)]


def brute(interval: Interval, x: object) -> bool:
    assert isinstance(x, int | Decimal)
    low, high = interval.low, interval.high
    assert not isinstance(low, str)
    assert not isinstance(high, str)
    above = low is None or (x >= low if interval.low_included else x > low)
    return above and (high is None or (x <= high if interval.high_included else x < high))


@UNHURRIED
@given(INTERVALS, INTERVALS)
def test_intervals_agree_with_counting(one: Interval, two: Interval) -> None:
    both = one.intersect(two)
    for x in POINTS:
        assert one.contains(x) == brute(one, x)
        assert both.contains(x) == (brute(one, x) and brute(two, x))
    for whole in (True, False):
        inside = [x for x in POINTS if brute(one, x) and (not whole or isinstance(x, int))]
        assert one.is_empty(whole) == (not inside)
        if inside:
            example = one.example(whole)
            assert brute(one, example)
            assert isinstance(example, int) or not whole


@pytest.mark.parametrize("t", LANGUAGES, ids=["en", "zh-CN"])
@UNHURRIED
@given(interval=INTERVALS)
def test_what_is_shown_can_be_written(t: Words, interval: Interval) -> None:
    if interval != Interval() and not interval.is_empty(whole=False):
        assert parse(interval.words(t)) == interval


def test_parameters_are_shown_as_they_are_written() -> None:
    interval = parse("30 以上 不满 【param:dead-after】")
    assert interval.words(ENGLISH) == "30 or more, under 【param:dead-after】"
    resolved = interval.resolve({"dead-after": 90})
    assert resolved.words(ENGLISH) == "30 or more, under 90"
    assert ENGLISH.text(resolved.message(named=True)) == "30 or more, under 【param:dead-after】"
    assert Interval().words(LANGUAGES[1]) == "不限"
