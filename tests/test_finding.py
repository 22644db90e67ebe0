"""Words that must not stand in a text: found however they are written, left where harmless."""

from __future__ import annotations

import pytest

from baodian.checks.language import _harmless
from baodian.text.finding import Words

STARTER = ("最好", "第一", "绝对", "保证", "包治")


def hits(text: str, words: tuple[str, ...] = STARTER, free: tuple[str, ...] = ()) -> list[str]:
    return [word for _, word in Words(words, (*_harmless(), *free)).found(text)]


@pytest.mark.parametrize(
    "text",
    ["这是我第一次来您店里", "谁也没拒绝对方", "第一天先看，第一步再问", "取绝对值", "保证金三天退",
     "确保证件齐全", "您最好先看看", "谢绝对外", "第一时间告诉您"],
)  # fmt: skip
def test_a_word_that_claims_nothing_is_free(text: str) -> None:
    assert hits(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("我们第一", ["第一"]),
        ("第一次就做到第一", ["第一"]),
        ("绝对值得", ["绝对"]),
        ("保证人人满意", ["保证"]),
        ("绝对有用，谁也没拒绝对方", ["绝对"]),
        ("保\u200b证", ["保证"]),
        ("保\ufe0f证", ["保证"]),
        ("保\u3164证", ["保证"]),
        ("保**证**", ["保证"]),
        ("保證", ["保证"]),
        ("最，好", []),
        ("第 一", []),
    ],
)
def test_everything_else_is_a_hit(text: str, found: list[str]) -> None:
    assert hits(text) == found


def test_words_are_added_and_a_hit_is_inside_a_word_or_it_counts() -> None:
    assert hits("他在第一线") == ["第一"]
    assert hits("他在第一线", free=("第一线",)) == []
    assert hits("对方最好", ("方最好",), ("拒绝对方最",)) == ["方最好"]
    assert hits("拒绝对方最好", ("方最好",), ("拒绝对方最",)) == ["方最好"]


def test_latin_words_stand_alone_in_any_case_and_width() -> None:
    assert hits("请看ＢＥＳＴ价", ("best",)) == ["best"]
    assert hits("Bestow it", ("best",)) == []
    assert hits("the best.", ("Best",)) == ["Best"]


def test_the_longest_word_counts_and_places_are_those_of_the_text() -> None:
    assert list(Words(("卡客户", "白金卡客户")).found("是白\u200b金卡客户")) == [(1, "白金卡客户")]
    assert list(Words(("宝洁",)).found("ﬁ㎡学**宝**洁")) == [(5, "宝洁")]


def test_a_word_of_signs_that_nobody_sees_is_never_found() -> None:
    assert hits("什么", ("\u200b", "")) == []
