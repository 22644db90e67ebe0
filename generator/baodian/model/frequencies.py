"""How often something happens, as people write it: 每周至少 2 次, weekly, every 2 weeks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from baodian.said.messages import Message, msg
from baodian.text import numerals


@dataclass(frozen=True)
class Beat:
    """`count` times every `every` units: digits or `【param:…】`; `limit`: 至少, at least …"""

    count: str
    every: str
    unit: str
    """day, week, month, quarter, half-year or year."""
    limit: str


_PERIOD = {
    "天": "day", "日": "day", "周": "week", "星期": "week", "礼拜": "week", "月": "month",
    "季": "quarter", "季度": "quarter", "半年": "half-year", "年": "year",
    "day": "day", "week": "week", "month": "month", "quarter": "quarter",
    "half year": "half-year", "half-year": "half-year", "year": "year",
    "daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter",
    "half-yearly": "half-year", "yearly": "year", "annually": "year",
}  # fmt: skip
_SAID = {"不少于": "至少", "最少": "至少", "至多": "最多", "不超过": "最多", "大约": "约"}
_ENGLISH = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ONCE = {"once": "1", "twice": "2", "": "1"}

_PARAM = r"【param:[a-z0-9-]+】"
_HAN = "[一二两三四五六七八九]?十[一二三四五六七八九]?|[〇零一二两三四五六七八九]"
_N = rf"(?:\d{{1,6}}|{_PARAM}|{_HAN})"
_UNITS = "天|日|周|星期|礼拜|月|季度|季|半年|年"
_TIMES = rf"(?:\s*(?P<limit>至少|最少|不少于|最多|至多|不超过|大?约)?\s*(?P<count>{_N})\s*[次回])?"
_NUMBER = rf"(?:\d{{1,6}}|{_PARAM}|{'|'.join(_ENGLISH)})"
_LIMIT = r"(?:(?P<limit>at least|at most|about)\s+)?"
_COUNT = rf"(?P<count>once|twice|{_NUMBER})(?:\s+times?)?"
_OFTEN = "daily|weekly|monthly|quarterly|half-yearly|yearly|annually"
_PERIODS = r"(?P<unit>day|week|month|quarter|half[ -]year|year)s?"

_FORMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"每个?\s*(?P<unit>{_UNITS}){_TIMES}",
        rf"每\s*(?P<every>{_N})\s*个?(?P<unit>{_UNITS}){_TIMES}",
        rf"{_LIMIT}(?:{_COUNT}\s+)?(?P<unit>{_OFTEN})",
        rf"{_LIMIT}{_COUNT}\s+(?:a|per|each|every)\s+(?:(?P<every>{_NUMBER})\s+)?{_PERIODS}",
        rf"{_LIMIT}(?:every|each)\s+(?:(?P<every>{_NUMBER}|other)\s+)?{_PERIODS}",
    )
)

# What is often written and has no form of its own, and what it is taken for.
_NEAR = (
    (rf"^({_HAN}|\d+)\s*个?({_UNITS})$", r"每 \1 \2"),
    (r"^(\d+) (days?|weeks?|months?|quarters?|years?)$", r"every \1 \2"),
    (r"隔\s*([天日周月年])", r"每 2 \1"),
    (r"每隔\s*", "每 "),
    (rf"[一1]\s*个?({_UNITS})(?!\s*[一1]?\s*[天日周月年])", r"每\1"),
    (rf"({_HAN}|\d+)\s*个?({_UNITS})(?=.*[次回])", r"每 \1 \2"),
    (rf"({_HAN}|\d+)\s*(?:[-–—~～到至]|\.\.)\s*({_HAN}|\d+)(?=\s*[次回])", r"至少 \1"),
    (r"([至最][少多]|不少于|不超过)\s*(每.*?)(?=[\d一二两三四五六七八九十])", r"\2\1 "),
    (r"bi-?weekly|fortnightly", "every 2 weeks"),
    (r"bi-?monthly", "every 2 months"),
    (r"(\d+)\s*(?:x|×|\*)(?=\s)", r"\1 times"),
    (r"(\d+)(?:st|nd|rd|th)\b", r"\1"),
    (r"/", " a "),
    (r"min\.?|minimum(?: of)?|no (?:less|fewer) than", "at least"),
    (r"max\.?|maximum(?: of)?|no more than|up to", "at most"),
)


def parse(text: str) -> Beat | None:
    """Return the frequency that a text names, if it has one of the forms."""
    plain = re.sub(r"\s+", " ", numerals.plain(text)).strip()
    for form in _FORMS:
        if match := form.fullmatch(plain):
            parts = {k: v.lower() for k, v in match.groupdict(default="").items()}
            limit = _SAID.get(parts["limit"], parts["limit"])
            every = "2" if parts.get("every") == "other" else _digits(parts.get("every", ""))
            return Beat(_digits(parts.get("count", "")), every,
                        _PERIOD[parts["unit"]], limit)  # fmt: skip
    return None


def _digits(number: str) -> str:
    """Return a number in digits; nothing is one."""
    if number in _ENGLISH:
        return str(_ENGLISH.index(number))
    return _ONCE.get(number) or numerals.han(number)


def hint(text: str) -> Message:
    """Return how to write a text that has none of the forms, in the script it is written in."""
    plain = re.sub(r"\s+", " ", numerals.plain(text)).strip()
    forms = msg("Write it like one of these: {forms}.", forms=_shown(plain))
    for pattern, instead in _NEAR:
        guess = re.sub(pattern, instead, plain, count=1, flags=re.IGNORECASE)
        if guess == plain:
            continue
        plain = re.sub(r"\s+", " ", guess).strip()
        if beat := parse(plain):
            return msg("Did you mean “{guess}”? {forms}", guess=_written(beat, plain), forms=forms)
    return forms


def _written(beat: Beat, plain: str) -> str:
    """Return a frequency as it is best written, in the script of a text."""
    one = beat.every == "1"
    if _latin(plain):
        times = {"1": "once", "2": "twice"}.get(beat.count, f"{beat.count} times")
        per = f"a {beat.unit}" if one else f"every {beat.every} {beat.unit}s"
        return f"{beat.limit} {times} {per}".strip()
    unit = next(word for word, unit in _PERIOD.items() if unit == beat.unit)
    per = f"每{unit}" if one else f"每 {beat.every} {'个' if unit == '月' else ''}{unit}"
    return f"{per}{beat.limit} {beat.count} 次"


def _latin(plain: str) -> bool:
    return re.search(r"[a-z]", re.sub(_PARAM, "", plain), re.IGNORECASE) is not None


def _shown(plain: str) -> tuple[str, ...]:
    if _latin(plain):
        return ("daily", "weekly", "every 2 weeks", "at least 3 times a month",
                "every 【param:…】 days")  # fmt: skip
    return ("每天", "每周", "每周至少 1 次", "每月至少 2 次", "每 30 天", "每 【param:…】 天")
