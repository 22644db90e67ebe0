"""How folded texts sound."""

from __future__ import annotations

import functools
import re

from baodian.text.fold import fold, narrowed, spelled

_UNIT = re.compile(r"[a-z0-9]+|[^\W_]")


@functools.cache
def sounds(text: str) -> tuple[str, ...]:
    """Return the syllable of each character of a folded text, without tones; ü is u.

    Characters that are no Han characters stand for themselves.
    """
    from pypinyin import Style, lazy_pinyin  # its dictionaries are large: only where they are used
    from pypinyin.constants import PINYIN_DICT

    if len(text) == 1:  # what `lazy_pinyin` gives, ten times as fast
        known = PINYIN_DICT.get(ord(text))
        return told(known.split(",")[0]) if known else (text,)
    syllables = lazy_pinyin(text, style=Style.NORMAL, errors=list)  # type: ignore[arg-type]
    return tuple(s.replace("ü", "u").replace("v", "u") if len(s) > 1 else s for s in syllables)


def told(pinyin: str) -> tuple[str, ...]:
    """Return the syllables of a sound written by hand: `liú shī`, `zēng vip`."""
    parted = re.sub("['’‘ʼ`]", " ", narrowed(pinyin))
    return tuple("".join(c for c in s if "a" <= c <= "z") for s in spelled(parted).split())


def units(name: str) -> tuple[str, ...]:
    """Return what has a syllable in a sound by hand: each character, each run of Latin letters."""
    return tuple(_UNIT.findall(spelled(name)))


def by_hand(name: str, pinyin: str) -> tuple[str, ...]:
    """Return the sound of each character of a folded name, told by hand; empty if it does not fit.

    Latin letters and digits stand for themselves, as they do in `sounds`.
    """
    parts, syllables = units(name), told(pinyin)
    if len(parts) != len(syllables) or "".join(parts) != fold(name):
        return ()
    return tuple(
        sound
        for part, syllable in zip(parts, syllables, strict=True)
        for sound in (part if part.isascii() else (syllable,))
    )
