"""How Chinese is written: simplified characters, full-width punctuation, no stray spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from baodian.checks.walk import Readable, entities, readable, texts
from baodian.model import Term
from baodian.playbook import Playbook
from baodian.playbook.content import BLANK
from baodian.said.messages import msg
from baodian.said.problems import Problem
from baodian.text import hanzi
from baodian.text.sounds import told, units

SEARCH_WORDS = frozenset(("aliases", "not_", "english", "traditional", "pinyin"))
"""Fields that hold what readers type, however they write it."""


def _chinese(playbook: Playbook) -> Iterator[Readable]:
    """Yield every text of a handbook in Chinese, but none that readers only type."""
    if playbook.settings.language == "zh-CN":
        yield from readable(playbook, free=SEARCH_WORDS)


def traditional(playbook: Playbook) -> Iterator[Problem]:
    """A handbook in simplified Chinese has no traditional characters; search words are free.

    Right: 客户. Wrong: 客戶.
    """
    for text, where in _chinese(playbook):
        signs = list(_traditional().finditer(text))
        if signs:
            old = "".join(dict.fromkeys(match[0] for match in signs))[:12]
            message = msg("“{old}” is written in traditional characters.", old=old)
            hint = msg("Write “{new}”.", new="".join(hanzi.simplified()[char] for char in old))
            yield Problem("traditional", where(signs[0].start()), message, hint)


@cache
def _traditional() -> re.Pattern[str]:
    return re.compile(f"[{''.join(hanzi.simplified())}]")


_HAN = "\u3400-\u9fff\U00020000-\U0003ffff"
_LEFT, _RIGHT = "》」』”’）", "《「『“‘（"
_STARS = r"(?:\*\*)?"
_SIGN = re.compile(  # each sign before what stands beside it: so the search skips fast
    rf"""
      \. (?<!\.\.) \.{{2,}}+ (?={_STARS}[{_HAN}{_RIGHT}【])
    | \. (?<=[{_HAN}{_LEFT}】]\.) \.{{2,}}+
    | \. (?![.\w]) (?<=[{_HAN}{_LEFT}】]\.)
    | : (?: (?<=[{_HAN}{_LEFT}]:) | (?<=[{_HAN}{_LEFT}]\*\*:) | (?={_STARS}[{_HAN}{_RIGHT}]) )
    | [,;!?] (?! \[ ) (?: (?<=[{_HAN}{_LEFT}】].) | (?<=[{_HAN}{_LEFT}】]\*\*.)
                       | (?={_STARS}[{_HAN}{_RIGHT}【]) | (?<=[,;])(?=[ ][{_HAN}{_RIGHT}【]) )
    """,
    re.VERBOSE,
)
_PAIR = re.compile(r"""\([^()（）]*[)）]|（[^()（）]*\)|"[^"]*"|(?<![A-Za-z])'[^']*'""")
_BESIDE = re.compile(f"[{_HAN}】]")
_FULL_WIDTH = {",": "，", ";": "；", "!": "！", "?": "？", ":": "：", ".": "。", "...": "……",
               "(": "（…）", ")": "）", '"': "“…”", "'": "‘…’"}  # fmt: skip
_NO_TEXT = re.compile(  # of Markdown and the web, where such signs have a meaning
    r"""https?://[!-~]+ | `[^`]*` | \]\([^()]*\) | \{[#.:][^{}]*\} | </?[A-Za-z!][^<>]*> | &\#?\w+;
    | ^\s*(?:\[[^\]]+\]:.* | (?:!!!|\?\?\?\+?|===[!+]?)\s.*)""",
    re.VERBOSE,
)


def half_width(playbook: Playbook) -> Iterator[Problem]:
    """Beside Chinese characters stand full-width signs.

    Right: 先问，再记（当天）。 Also right: 12:30, 70:30, 1,000. Wrong: 先问,再记(当天).
    """
    for text, where in _chinese(playbook):
        if not (_SIGN.search(text) or _PAIR.search(text)):
            continue
        masked = _NO_TEXT.sub(lambda match: BLANK * len(match[0]), text)
        first: dict[str, int] = {}
        for sign, offset in sorted(_signs(masked), key=lambda pair: pair[1]):
            first.setdefault(sign, offset)
        for sign, offset in first.items():
            message = msg("“{sign}” is half-width in Chinese text.", sign=sign)
            hint = msg("Type {new} instead.", new=_FULL_WIDTH[sign])
            yield Problem("half-width", where(offset), message, hint)


def _signs(text: str) -> Iterator[tuple[str, int]]:
    """Yield each half-width sign beside Chinese characters, with its offset."""
    for match in _SIGN.finditer(text):
        yield match[0][:3], match.start()
    for match in _PAIR.finditer(text):
        start, end, sign = match.start(), match.end(), match[0][0]
        beside = end if sign == "(" else end + 1  # what follows a bracket says nothing: f(x)是
        if _BESIDE.search(text, max(0, start - 1), beside):
            yield (")", end - 1) if sign == "（" else (sign, start)


_DOUBLED = re.compile("[，。、；：][，。、；：？！]+|[？！][，。、；：]+|？？+|！！+")
_SPACE = re.compile(f"(?<=[{_HAN}，。、；：？！]) +(?=[{_HAN}，。、；：？！])")


def punctuation(playbook: Playbook) -> Iterator[Problem]:
    """Signs are not doubled, and no space stands between Chinese characters.

    Right: 好，我记下。 Also right: 真的？！ Wrong: 好，，我 记下。
    """
    for text, where in _chinese(playbook):
        if match := _DOUBLED.search(text):
            message = msg("“{signs}”: two signs follow each other.", signs=match[0])
            yield Problem("punctuation", where(match.start()), message, msg("Keep one of them."))
        if match := _SPACE.search(text):
            message = msg("A space stands between Chinese characters.")
            yield Problem("punctuation", where(match.start()), message, msg("Remove it."))


_SEVERAL = re.compile("[、，；;]")


def search_words(playbook: Playbook) -> Iterator[Problem]:
    """Search words stand one by one; several in one text would never be found.

    Right: `aliases: [拜访, 上门]`. Wrong: `aliases: 拜访、上门`.
    """
    for _, path, value in texts(playbook):
        sign = _SEVERAL.search(value) if "aliases" in path or "not_" in path else None
        if sign or ("they_also_say" in path and (sign := re.search("、", value))):
            words = ", ".join(filter(None, map(str.strip, _SEVERAL.split(value))))
            message = msg("Several words stand here as one; they would not be found.")
            hint = msg("Part them with “, ” between brackets: {list}", list=f"[{words}]")
            yield Problem("punctuation", value.where(sign.start()), message, hint)


def pinyin(playbook: Playbook) -> Iterator[Problem]:
    """A sound written by hand has a syllable for every character of its word.

    Right: `{name: 流失, pinyin: liú shī}`. Wrong: `liú`, or `liu2 shi1`.
    """
    for term in entities(playbook):
        if not isinstance(term, Term) or (sound := term.pinyin) is None:
            continue
        wanted, syllables = len(units(term.name)), len(told(sound))
        if syllables != wanted or re.search("[a-zü][0-9]", sound):
            message = msg("“{pinyin}” is no pinyin of “{name}”: "
                          "{wanted} {wanted|syllable is|syllables are} wanted.",
                          pinyin=str(sound), name=str(term.name), wanted=wanted)  # fmt: skip
            hint = msg("One syllable for each character, a space between them: “liú shī”.")
            yield Problem("wrong-value", sound.at, message, hint)
