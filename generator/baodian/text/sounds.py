"""How folded texts sound."""

from __future__ import annotations

import functools
import unicodedata

from pypinyin import Style, lazy_pinyin
from pypinyin.constants import PINYIN_DICT


@functools.cache
def sounds(text: str) -> tuple[str, ...]:
    """Return the syllable of each character of a folded text, without tones; ü is u.

    Characters that are no Han characters stand for themselves.
    """
    if len(text) == 1:  # what `lazy_pinyin` gives, ten times as fast
        known = PINYIN_DICT.get(ord(text))
        return told(known.split(",")[0]) if known else (text,)
    syllables = lazy_pinyin(text, style=Style.NORMAL, errors=list)  # type: ignore[arg-type]
    return tuple(s.replace("ü", "u").replace("v", "u") if len(s) > 1 else s for s in syllables)


def told(pinyin: str) -> tuple[str, ...]:
    """Return the syllables of a sound written by hand: `liú shī`."""
    bare = unicodedata.normalize("NFD", pinyin.lower().replace("’", " ").replace("'", " "))
    return tuple("".join(c for c in s if "a" <= c <= "z") for s in bare.split())
