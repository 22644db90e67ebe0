"""The one fold: what a text is compared by, whoever compares it.

The rule, for each code point alone, so that a browser can follow it (`theme/search/engine.js`):

1. What the Unicode of this Python does not know is dropped (`known` hands the list over). What it
   knows decomposes alike in every later version, so both sides agree whatever version they have.
2. Decomposed for compatibility (NFKD), in small letters, decomposed again; ς is σ. So width, case,
   composed and ready-made forms are one: `Ａ`, `A` and `a`; `é` in one sign or in two.
3. Marks go (accents, variation selectors), and so do control, format and private signs and
   everything that is ignored by default: what nobody sees hides no word.
4. A Han character is the one that stands for its family (`hanzi.folds`).

`spelled` keeps the other signs, for guards: `最，好` does not say 最好. `fold` keeps letters and
digits alone, for the search.
"""

from __future__ import annotations

import functools
import re
import unicodedata

from baodian.text import hanzi

_DASHES = re.compile("[\u2010-\u2015\u2212]")
_UNSEEN_LETTERS = "\u115f\u1160"  # of Hangul: they fill a place and show nothing


def _face(char: str) -> str:
    """Return what one character is for comparing; nothing if nobody sees it."""
    if char <= "@":
        return " " if char in "\t\n\r" else char if char >= " " else ""
    if unicodedata.category(char) == "Cn":
        return ""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).lower())
    shown = (c for c in plain if unicodedata.category(c)[0] not in "MC")
    faces = (hanzi.folds().get(c, c) for c in shown if c not in _UNSEEN_LETTERS)
    return "".join(faces).replace("ς", "σ")


class _Faces(dict[int, str]):
    """What `str.translate` asks for, made when it is first asked."""

    def __missing__(self, code: int) -> str:
        return self.setdefault(code, _face(chr(code)))


class _Letters(dict[int, str]):
    def __missing__(self, code: int) -> str:
        letters = (c for c in _FACES[code] if unicodedata.category(c)[0] in "LN")
        return self.setdefault(code, "".join(letters))


_FACES, _LETTERS = _Faces(), _Letters()


@functools.lru_cache(1 << 16)  # a handbook has some 20,000 texts, and each city asks for all
def fold(text: str) -> str:
    """Return the letters and digits of a text, folded."""
    return text.translate(_LETTERS)


def spelled(text: str) -> str:
    """Return a text folded, with the signs between its words."""
    return text.translate(_FACES)


def narrowed(text: str) -> str:
    """Return a text in signs of one width, letters of one form; case and accents stay."""
    return _DASHES.sub("-", unicodedata.normalize("NFKC", text))


def place(text: str, offset: int) -> int:
    """Return where in a text the character stands that is at `offset` when it is spelled."""
    for n, char in enumerate(text):
        offset -= len(spelled(char))
        if offset < 0:
            return n
    return len(text)


@functools.cache
def known() -> str:
    """Return the code points that Unicode knows here, as runs: how many not, how many, in base 36.

    `1a 2s 5 1` says: 46 unknown, 100 known, 5 unknown, 1 known.
    """
    runs: list[int] = []
    told, start = True, 0
    for code in range(0x110000):
        if (unicodedata.category(chr(code)) != "Cn") != told:
            runs.append(code - start)
            told, start = not told, code
    runs.append(0x110000 - start)
    return " ".join(map(_base36, [0, *runs]))


def _base36(number: int) -> str:
    digits = ""
    while True:
        number, digit = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
        if not number:
            return digits
