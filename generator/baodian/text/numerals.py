"""Numbers as people type them, in ASCII digits: any script, any width, 1,000 and 2万."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0x2212: "-"}
_FACTOR = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
# 千克, 百货 and the like are words of their own: their first character counts nothing.
_TIMES = r"(?:百(?![货帕分])|千(?![克米瓦卡伏赫帕焦牛])|万(?!能)|亿)"
_TERM = re.compile(rf"([0-9]+(?:\.[0-9]+)?)\s*({_TIMES}+)")
_RUN = re.compile(rf"(?:[0-9]+(?:\.[0-9]+)?\s*{_TIMES}+)+(?![0-9])")
_THOUSANDS = re.compile(r"(?<![0-9.,])[0-9]{1,3}(?:,[0-9]{3})+(?![0-9,])")


def digits(text: str) -> str:
    """Return the text with every decimal digit, of whatever script and width, as 0 to 9."""
    if text.isascii():
        return text
    return "".join(c if (n := unicodedata.decimal(c, None)) is None else str(n) for c in text)


def narrow(text: str) -> str:
    """Return the text in narrow signs, character by character."""
    return digits(text.translate(_WIDE))


def plain(text: str) -> str:
    """Return the text in narrow signs, its numbers in digits alone: 2万 is 20000, 1,000 is 1000.

    A number that has no one meaning (2万5, 1,00) stays as it is.
    """
    joined = _THOUSANDS.sub(lambda number: number[0].replace(",", ""), narrow(text))
    return _RUN.sub(_counted, joined)


def _counted(run: re.Match[str]) -> str:
    """Return a run of terms, each smaller than the unit before it, as one number."""
    total, unit = Decimal(0), None
    for number, times in _TERM.findall(run[0]):
        factor = 1
        for sign in times:
            factor *= _FACTOR[sign]
        value = Decimal(number) * factor
        if len(number) > 12 or len(times) > 2 or (unit is not None and value >= unit):
            return run[0]
        total, unit = total + value, factor
    return f"{total:f}".rstrip("0").rstrip(".") if total != int(total) else str(int(total))


_HAN = {sign: n for n, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}


def han(text: str) -> str:
    """Return a number below 100 in Chinese signs (三, 十二, 二十) in digits; others unchanged."""
    tens, ten, ones = text.rpartition("十") if "十" in text else ("", "", text)
    if not text or any(sign not in _HAN for sign in tens + ones) or len(tens) > 1 or len(ones) > 1:
        return text
    return str((_HAN.get(tens, 1) * 10 if ten else 0) + _HAN.get(ones, 0))
