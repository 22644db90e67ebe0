"""Amounts that a text speaks of: 90 天, 一季, 每月两次, 30 days; which of them are the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from baodian.text import numerals
from baodian.text.fold import narrowed
from baodian.text.units import face


@dataclass(frozen=True)
class Amount:
    """A number with its unit, and where in the text it stands, `end` not included.

    Times in days, weeks, months and longer ones are counted in days, so that 90 天 is 一季. The
    unit of a number that has none is "".
    """

    number: Fraction
    unit: str
    start: int
    end: int

    @property
    def size(self) -> tuple[Fraction, str]:
        """Return number and unit: what is the same in other words."""
        return self.number, self.unit


DAYS = {"天": 1, "周": 7, "月": 30, "季度": 90, "年": 360}
"""How many days a unit of time stands for; months are even ones, so that 一季 is 三个月."""

_ENGLISH = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
            "twelve")  # fmt: skip
_TIME = ("个小时", "小时", "个钟头", "个星期", "星期", "个礼拜", "礼拜", "个季度", "季度", "个月",
         "分钟", "周", "天", "季", "年")  # fmt: skip
_COUNTED = (
    "公斤", "千克", "公里", "平方米", "平米", "块钱", "个工作日", "工作日", "次", "回", "台", "辆",
    "级", "类", "档", "种", "项", "家", "份", "场", "条", "句", "成", "倍", "元", "块", "位", "名",
    "人", "箱", "套", "张", "道", "步", "批", "轮", "户", "单", "折", "克", "号", "日",
)  # fmt: skip
_LATIN = ("days?", "weeks?", "months?", "quarters?", "years?", "hours?", "minutes?", "times?",
          "kg", "km", "m²", "rmb", "cny", "percent", "trucks?", "tiers?", "classes")  # fmt: skip
_WORD = "|".join((*_TIME, *_COUNTED, "㎡", "%", "个", "日", "月", *(rf"{w}\b" for w in _LATIN)))
_HAN = "[〇零一二两三四五六七八九十百千万]+"
_FORM = re.compile(
    rf"(?:(?P<ordinal>第)\s*)?(?:(?P<number>\d+(?:\.\d+)?(?:,\d{{3}})*\s*[百千万亿]*)\s*(?P<unit>{_WORD})?"
    rf"|(?P<half>半)\s*(?P<halved>个?年|个?月|天|个?小时)"
    rf"|(?P<han>{_HAN})\s*(?P<counted>{'|'.join((*_TIME, *_COUNTED))})"
    rf"|每个?(?P<each>季度|季|半年|[天日周月年]|星期|礼拜)"
    rf"|\b(?P<english>{'|'.join(_ENGLISH)})\s+(?P<latin>{'|'.join(_LATIN)})\b"
    rf"|\b(?:every|each|a|per)\s+(?P<per>day|week|month|quarter|year)\b)",
    re.IGNORECASE,
)
_NO_COUNT = frozenset((*DAYS, "小时", "分钟", ""))
"""Units of which the second is not two of them: 第二天."""
_ALONE = frozenset((*_TIME, "级", "项", "类", "档"))
"""What one of it says how much; 一次, 一句, 一家 often say no more than “a”."""


@lru_cache(maxsize=20_000)
def amounts(text: str) -> tuple[Amount, ...]:
    """Return the amounts of a text in their order; 两三天 is none, 第二天 is not 两天."""
    return tuple(_found(text))


def _found(text: str) -> Iterator[Amount]:
    wide = narrowed(text) if len(narrowed(text)) == len(text) else numerals.narrow(text)
    for match in _FORM.finditer(wide):
        start, end = match.span()
        before = wide[:start].rstrip()[-1:]
        if match["number"]:
            unit = match["unit"] or ""
            number = _exact(match["number"])
            if unit == "月" or (unit == "日" and before in ("月", "-", "到", "、")):
                yield Amount(number, f"({unit})", start, end)  # a day of the calendar
                continue
        elif match["half"]:
            unit, number = match["halved"].removeprefix("个"), Fraction(1, 2)
        elif match["han"]:
            unit, value = match["counted"], _han(match["han"])
            if value is None or (value == 1 and unit not in _ALONE):
                continue
            number = Fraction(value)
        elif match["english"]:
            unit, number = match["latin"], Fraction(_ENGLISH.index(match["english"].lower()) + 2)
        else:
            unit, number = match["each"] or match["per"], Fraction(1)
            if unit == "半年":
                unit, number = "年", Fraction(1, 2)
        if match["ordinal"] and face(unit) in _NO_COUNT:
            yield Amount(number, f"第{face(unit)}", start, end)
        else:
            yield Amount(*measured(number, unit), start, end)


def measured(number: Fraction, unit: str) -> tuple[Fraction, str]:
    """Return number and unit as `Amount.size` has them."""
    word = face(unit)
    word = word.removesuffix("s") if word.isascii() else word
    return (number * DAYS[word], "天") if word in DAYS else (number, word)


def _exact(text: str) -> Fraction:
    plain = numerals.plain(text.replace(" ", ""))
    return Fraction(plain) if re.fullmatch(r"\d+(?:\.\d+)?", plain) else Fraction(0)


_SIGNS = {sign: n for n, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_TIMES = {"十": 10, "百": 100, "千": 1000, "万": 10_000}


def _han(text: str) -> int | None:
    """Return a number in Chinese signs; None where signs follow each other without a unit."""
    total, part, digit = 0, 0, None
    for sign in text:
        if sign in _SIGNS:
            if digit:
                return None  # 两三天
            digit = _SIGNS[sign]
        elif sign == "万":
            total, part, digit = (total + part + (digit or 0)) * 10_000, 0, None
        else:
            part, digit = part + (1 if digit is None else digit) * _TIMES[sign], None
    return total + part + (digit or 0)
