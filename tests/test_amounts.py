"""Amounts in texts: which numbers a text speaks of, and which are the same in other words."""

from __future__ import annotations

import pytest

from baodian.text.amounts import amounts


def found(text: str) -> list[tuple[str, str, str]]:
    return [(str(a.number), a.unit, text[a.start : a.end]) for a in amounts(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("90 天", "一季"), ("90天", "九十日"), ("三个月", "一季度"), ("每月两次", "每个月 2 次"),
        ("半年", "6 个月"), ("七级", "7 级"), ("１０台", "十台"), ("1,000 元", "一千块"),
        ("30%", "30％"), ("every 90 days", "90 days"), ("three months", "3 months"),
        ("一百零五天", "105 天"), ("2万元", "20000 元"), ("半天", "0.5 天"),
    ],
)  # fmt: skip
def test_the_same_in_other_words(one: str, other: str) -> None:
    sizes = [[amount.size for amount in amounts(text)] for text in (one, other)]
    assert sizes[0] == sizes[1] != []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("90 天", "60 天"),
        ("2 天", "第二天"),
        ("1 月", "1 个月"),
        ("每周", "每月"),
        ("10 台", "10 家"),
    ],
)
def test_what_is_not_the_same(one: str, other: str) -> None:
    assert [a.size for a in amounts(one)] != [a.size for a in amounts(other)]


@pytest.mark.parametrize(
    "text", ["两三天", "一起去一家", "打一次", "周一", "十分好", "千万别忘", "万一"]
)
def test_what_says_no_number(text: str) -> None:
    assert found(text) == []


def test_where_an_amount_stands() -> None:
    assert found("等满 90 天，再等一季。") == [("90", "天", "90 天"), ("90", "天", "一季")]
    assert found("添到第 10 台车") == [("10", "台", "第 10 台")]
    assert found("每年 12 月统一复核") == [("360", "天", "每年"), ("12", "(月)", "12 月")]
