"""Units as people write them: which words name one and the same."""

from __future__ import annotations

_SAME = (
    ("天", "日", "day", "days"),
    ("周", "星期", "礼拜", "个星期", "个礼拜", "week", "weeks"),
    ("月", "个月", "month", "months"),
    ("季度", "季", "个季度", "quarter", "quarters"),
    ("年", "year", "years"),
    ("小时", "个小时", "钟头", "hour", "hours", "h"),
    ("分钟", "分", "minute", "minutes", "min"),
    ("次", "回", "time", "times"),
    ("公斤", "千克", "kg"),
    ("克", "g"),
    ("公里", "千米", "km"),
    ("m²", "㎡", "平米", "平方米", "平方", "平"),
    ("元", "块", "块钱", "人民币", "rmb", "cny", "¥"),
    ("%", "％", "百分比", "percent"),
)
_FACE = {word: same[0] for same in _SAME for word in same}


def same_unit(one: str, other: str) -> bool:
    """Say whether two words name one unit."""
    return face(one) == face(other)


def face(unit: str) -> str:
    """Return the word that stands for all that name the same unit."""
    word = unit.strip().casefold()
    return _FACE.get(word, word)
