"""Joins between Chinese lines: a fold between two Han characters leaves no space."""

from __future__ import annotations

import re

JOIN = "\ufdd0"
_CJK = "\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\uffe0-\uffe6\U00020000-\U0003ffff"
_WIDE = re.compile(f"[\u00b7\u2014\u2018\u2019\u201c\u201d\u2026{_CJK}]")
_FULL_WIDTH = re.compile(
    "[\u3001-\u3003\u3008-\u3011\u3014-\u301b\uff01\uff08\uff09\uff0c\uff0e\uff1a\uff1b\uff1f]"
)
_JOINED = re.compile(JOIN + r" *(?=\S)")


def with_joins(lines: list[str]) -> str:
    """Return the text with a mark at the end of each line that must join the next without a space.

    Where the parser folds the two lines the mark stands before a space, which `folded` takes out;
    everywhere else it stands at the end of a line or a text and vanishes.
    """
    out = []
    for text, following in zip(lines, [*lines[1:], ""], strict=True):
        tail = text.rstrip(" \t*")[-1:]
        head = following.lstrip(" \t*")[:1]
        if (tail > "\u007f" or head > "\u007f") and tail and head and _joins(tail, head):
            bare = text.rstrip(" \t")
            out.append(bare + JOIN + text[len(bare) :])
        else:
            out.append(text)
    return "\n".join(out)


def _joins(tail: str, head: str) -> bool:
    if _FULL_WIDTH.match(tail) or _FULL_WIDTH.match(head):
        return True
    return bool(_WIDE.match(tail) and _WIDE.match(head))


def folded(value: str) -> str:
    """Return a value with its Chinese lines joined."""
    return _JOINED.sub("", value).replace(JOIN, "") if JOIN in value else value
