"""Units as people write them: which words name one and the same."""

from __future__ import annotations

import re

_SAME = (
    ("天", "日", "day", "days"),
    ("周", "星期", "礼拜", "个星期", "个礼拜", "week", "weeks"),
    ("月", "个月", "month", "months"),
    ("半年", "half-year", "half-years", "half year", "half years"),
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
_ASKED = (*_SAME, ("台", "辆"))  # who asks says one for the other; who writes chooses one


# What lasts so long, in days and in months, as people reckon. No words that are dates too: 5日.
_SPANS = (
    (("天", "day", "days"), 1, 0),
    (("周", "星期", "礼拜", "week", "weeks"), 7, 0),
    (("月", "month", "months"), 30, 1),
    (("季度", "quarter", "quarters"), 90, 3),
    (("年", "year", "years"), 365, 12),
)


def spans(unit: str) -> tuple[tuple[str, int], ...]:
    """Return the words beside a number that tell of what is counted in a unit: how many each is.

    The unit itself stands first; 周 is 7 days, 年 is 365 days or 12 months, 辆 is the same as 台.
    """
    words = {agreed(n, unit): 1 for n in "12"}
    at = {"天": 1, "月": 2}.get(face(unit), 0)
    if not at:
        same = (word for those in _ASKED if unit in those for word in those)
        return tuple((words | dict.fromkeys(same, 1)).items())
    for those, *many in _SPANS:
        words |= {word: many[at - 1] for word in those if many[at - 1]}
    return tuple(words.items())


_TIMES = frozenset(("day", "week", "month", "quarter", "year", "hour", "minute", "time"))
_ENDS = (("ies", "y"), ("ches", "ch"), ("shes", "sh"), ("sses", "ss"), ("xes", "x"), ("s", ""))


def agreed(number: str, unit: str) -> str:
    """Return an English unit as it stands behind a number; one in another language stays.

    Right: 1 hour, 2 hours, 1 bag of beans; kg, % and what is no English plural stay as typed.
    """
    head, of, rest = unit.partition(" of ")
    before, gap, word = head.rpartition(" ")
    if number.strip() != "1":
        return f"{before}{gap}{word}{'s' if word in _TIMES else ''}{of}{rest}"
    if not re.fullmatch(r"[A-Za-z]{2,}[A-Za-hj-rtv-z]s|[A-Za-z]+(?:ies|sses)", word):
        return unit
    end, one = next((end, one) for end, one in _ENDS if word.endswith(end))
    return f"{before}{gap}{word.removesuffix(end)}{one}{of}{rest}"


_ONE = re.compile(r"\b1 (times|days|weeks|months|quarters|half-years|years)\b")


def agreeing(text: str) -> str:
    """Return an English frequency as its numbers want it: at least 1 time a month."""
    return _ONE.sub(lambda match: match[0].removesuffix("s"), text)


def same_unit(one: str, other: str) -> bool:
    """Say whether two words name one unit."""
    return face(one) == face(other)


def face(unit: str) -> str:
    """Return the word that stands for all that name the same unit."""
    word = unit.strip().casefold()
    return _FACE.get(word, word)
