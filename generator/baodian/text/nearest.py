"""The word that was meant, among those that there are."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from baodian.text.fold import spelled


def nearest(word: str, choices: Iterable[str], *, least: float = 0.6) -> str | None:
    """Return the choice that is most like `word`, whatever its case and width; None if none is.

    `least`, from 0 to 1, is how much alike they must be. Of a long text the beginning counts.
    """
    folded: dict[str, str] = {}
    for choice in choices:
        folded.setdefault(_folded(choice), choice)
    near = difflib.get_close_matches(_folded(word[:_LONGEST]), folded, 1, least)
    return folded[near[0]] if near else None


_LONGEST = 100


def _folded(word: str) -> str:
    return spelled(word).strip()
