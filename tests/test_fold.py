"""One fold for all: search, marks and guards, the same in Python and in a reader's browser."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from baodian.text import hanzi
from baodian.text.fold import fold, known, place, spelled
from baodian.writers.search.data import _fold_table

NODE = os.environ.get("NODE", "node")
FOLD = Path(__file__).parent / "scripts" / "fold.mjs"
MANY = 24_000
EMOJI = ("👍", "👍🏽", "👨‍👩‍👧‍👦", "🇨🇳", "1️⃣", "❤️", "㊙️", "🏴\U000e0067\U000e0062\U000e007f")
ACCENTS = "\u0301\u0308\u0302\u0327\u0323\u0489\u20dd"


def in_browser(texts: list[str], marks: list[list[str]] | None = None) -> list[Any]:
    """Return the folds of texts by the script that readers get, or the spans of `marks`."""
    given = {"data": {"known": known(), "folds": _fold_table()}, "texts": texts, "marks": marks}
    told = subprocess.run(
        [NODE, FOLD], input=json.dumps(given), capture_output=True, text=True, check=True
    )
    made: list[Any] = json.loads(told.stdout)
    return made


def some(first: int, last: int) -> Callable[[random.Random], str]:
    return lambda chance: chr(chance.randint(first, last))


KINDS: tuple[Callable[[random.Random], str], ...] = (
    some(0x20, 0x7E), some(0xA0, 0x24F), some(0x250, 0x1FFF), some(0x2000, 0x2BFF),
    some(0x3000, 0x33FF), some(0x4E00, 0x9FFF), some(0x3400, 0x4DBF), some(0x20000, 0x323AF),
    some(0x1100, 0x11FF), some(0xAC00, 0xD7A3), some(0xF900, 0xFFFD), some(0x1F000, 0x1FAFF),
    some(0x10000, 0x1FFFF), some(0xE0000, 0xE01EF), some(0, 0xD7FF), some(0xE000, 0x10FFFF),
    lambda chance: chance.choice(list(hanzi.folds())),
    lambda chance: chance.choice(EMOJI),
    lambda chance: chance.choice("aeiouAnNcCüÅ") + chance.choice(ACCENTS),
    lambda chance: unicodedata.normalize("NFD", chr(chance.randint(0xC0, 0x1EFF))),
    lambda chance: chance.choice("重保客٣") + chr(chance.choice((0xFE00, 0xFE0F, 0xE0100, 0x200B))),
)  # fmt: skip


def texts(count: int, seed: int) -> list[str]:
    """Return random texts of every kind of sign, mixed."""
    chance = random.Random(seed)
    return [
        "".join(chance.choice(KINDS)(chance) for _ in range(chance.randint(1, 12)))
        for _ in range(count)
    ]


def test_the_browser_folds_as_python_does() -> None:
    """Every sign alone, and many texts of signs of all kinds."""
    signs = [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000]
    mixed = texts(MANY, seed=20261129)
    asked = [*signs, *mixed]
    told = in_browser(asked)
    other = [
        (f"{' '.join(f'{ord(c):04X}' for c in text)}", fold(text), there)
        for text, there in zip(asked, told, strict=True)
        if fold(text) != there
    ]
    sys.stdout.write(f"\n{len(signs)} signs and {len(mixed)} texts folded alike\n")
    assert len(mixed) >= 20_000
    assert other[:20] == []


def test_forms_of_a_text_fold_alike_and_a_fold_stays() -> None:
    for text in texts(4000, seed=7):
        forms = {fold(unicodedata.normalize(form, text)) for form in ("NFC", "NFD", "NFKC", "NFKD")}
        assert forms == {fold(text)}, ascii(text)
        assert fold(fold(text)) == fold(text), ascii(text)


def test_marks_never_cut_a_sign() -> None:
    chance = random.Random(3)
    asked = [text for text in texts(6000, seed=11) if len(fold(text)) > 1]
    wanted = []
    for text in asked:
        whole = fold(text)
        start = chance.randrange(len(whole))
        wanted.append([whole[start : start + chance.randint(1, 3)]])
    for text, marks, spans in zip(asked, wanted, in_browser(asked, wanted), strict=True):
        units = text.encode("utf-16-le")
        assert spans, (ascii(text), marks)
        for start, end in spans:
            marked = units[2 * start : 2 * end].decode("utf-16-le")  # raises if a sign is cut
            rest = units[2 * end :].decode("utf-16-le")
            assert marks[0] in fold(marked)
            assert not rest or unicodedata.category(rest[0]) not in ("Mn", "Me", "Cf")
            assert not marked or unicodedata.category(marked[0])[0] != "M" or start == 0


@pytest.mark.parametrize(
    ("text", "mark", "marked"),
    [
        ("👍重庆单位", "重庆", "重庆"),
        ("去cafe\u0301喝", "cafe", "cafe\u0301"),
        ("葛\U000e0100重", "葛", "葛\U000e0100"),
        ("𠮷野家", "𠮷", "𠮷"),
        ("①️②", "1", "①️"),
        ("1️⃣先问", "1", "1️⃣"),
        ("한글", fold("한"), "한"),
        ("\u1112\u1161\u11ab글", "\u1161", "\u1112\u1161\u11ab"),
    ],
)
def test_a_mark_is_whole_signs(text: str, mark: str, marked: str) -> None:
    ((span,),) = in_browser([text], [[mark]])
    units = text.encode("utf-16-le")
    assert units[2 * span[0] : 2 * span[1]].decode("utf-16-le") == marked


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("café", "cafe\u0301"), ("café", "cafe"), ("ＶＩＰ", "vip"), ("保\u200b证", "保证"),
        ("保\ufe0f证", "保证"), ("保\u202e证", "保证"), ("保\u00ad证", "保证"), ("絕對", "绝对"),
        ("①", "1"), ("ﬁ", "fi"), ("\u3164保\uffa0证", "保证"), ("ΣΑΣ", "σας"), ("lǚ", "lu"),
        ("保\U000e0041证", "保证"), ("İ", "i"), ("\u2f29", "小"),
    ],
)  # fmt: skip
def test_what_looks_or_means_alike_folds_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)
    assert spelled(one) == spelled(other)


def test_for_guards_signs_between_words_stay_and_places_are_told() -> None:
    text = "最，\u200b好；保\u202e證\n金㎡"
    assert spelled(text) == "最,好;保证 金m2"
    assert [place(text, n) for n in range(11)] == [0, 1, 3, 4, 5, 7, 8, 9, 10, 10, 11]
