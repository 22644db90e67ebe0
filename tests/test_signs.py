"""Signs that do not belong in a text are told by class, and those that do are left alone."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from baodian.text.signs import length, out_of_place

WORDS = (
    "我们", "客户", "中文", "服务", "测试", "你好", "记录", "拜访", "电话", "多少钱", "怎么办",
    "谢谢您", "下单", "订货", "会员等级", "车队管家",
)  # fmt: skip
DATA = Path(__file__).parents[1]


def kinds(text: str) -> list[str]:
    return [sign.kind for sign in out_of_place(text)]


def test_every_sign_of_the_classes_is_told_inside_a_word() -> None:
    wanted = {"Cf": ("invisible", "direction"), "Cc": ("invisible",), "Co": ("private",)}
    missed = [
        hex(code)
        for code in range(0x110000)
        if (kind := unicodedata.category(chr(code))) in wanted
        and chr(code) not in "\t\n\r"
        and kinds(f"保{chr(code)}证") not in [[one] for one in wanted[kind]]
    ]
    assert missed == []


@pytest.mark.parametrize(
    "code",
    [0x034F, 0x115F, 0x1160, 0x17B4, 0x180B, 0x180E, 0x2028, 0x3164, 0xFE00, 0xFE0F, 0xFFA0,
     0xFFF0, 0xFFFE, 0x1FFFF, 0xFDD0, 0xE0100, 0xE01EF, 0xE0FFF],
)  # fmt: skip
def test_what_is_ignored_by_default_is_told(code: int) -> None:
    assert kinds(f"保{chr(code)}证") == ["invisible"]


@pytest.mark.parametrize("code", [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), 0x2066, 0x2069])
def test_signs_that_turn_the_text_are_a_class_of_their_own(code: int) -> None:
    assert kinds(f"保{chr(code)}证") == ["direction"]


@pytest.mark.parametrize(
    "text",
    ["👨‍👩‍👧‍👦", "👍🏽", "❤️", "1️⃣ #️⃣", "🏳️‍🌈", "🏴\U000e0067\U000e0062\U000e007f",
     "㊙️ Ⓜ️ ☎️ ©️", "می‌خواهم", "क्‍ष", "ᠠ᠋", "𠮷野家", "café", "cafe\u0301", "ＶＩＰ", "한글",
     "café——好", "café……好", "«MENÜ»", "éèàù", "联通", "钴锘铪钛", "水很烫，烫手", "Straße Übung"],
)  # fmt: skip
def test_what_a_script_or_an_emoji_needs_is_fine(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    "text", ["a\u200db", "👍\u200d好", "好\ufe0f", "\u200d👍", "好\u200c", "5\ufe0f"]
)
def test_a_joiner_or_selector_alone_is_not(text: str) -> None:
    assert kinds(text) == ["invisible"]


@pytest.mark.parametrize("word", WORDS)
def test_a_word_read_in_the_wrong_coding_is_told(word: str) -> None:
    for wrong in (
        word.encode().decode("gbk", "replace"),
        word.encode().decode("latin-1"),
        word.encode("gbk").decode("latin-1"),
        word.encode("gbk").decode("utf-8", "replace"),
    ):
        assert set(kinds(f"请看：{wrong}。")) & {"garbled", "damaged", "private", "invisible"}, (
            wrong
        )


@pytest.mark.parametrize("text", ["锟斤拷", "烫烫烫烫", "屯屯屯", "itâ€™s", "cafÃ©", "ï¿½"])
def test_the_well_known_rubbish_is_told(text: str) -> None:
    assert kinds(text) == ["garbled"]


def test_the_shipped_texts_hold_none() -> None:
    files = [
        *DATA.glob("playbook_data/**/*.yml"),
        *DATA.glob("content/**/*.md"),
        DATA / "README.zh-CN.md",
    ]
    assert len(files) > 100
    told = [(f.name, s) for f in files for s in out_of_place(f.read_text(encoding="utf-8"))]
    assert told == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("您好", 2),
        ("cafe\u0301", 4),
        ("👨‍👩‍👧‍👦👍🏽❤️", 3),
        ("🇨🇳", 1),
        ("𠮷", 1),
        ("한글", 2),
        ("\u1112\u1161\u11ab", 1),
    ],
)
def test_a_length_counts_what_a_reader_sees(text: str, count: int) -> None:
    assert length(text) == count
