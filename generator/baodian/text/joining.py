"""The one rule for lines that become one: whether a space stands where the line was broken."""

from __future__ import annotations

import re

_CJK = "\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\uffe0-\uffe6\U00020000-\U0003ffff"
_WIDE = re.compile(f"[\u00b7\u2014\u2018\u2019\u201c\u201d\u2026{_CJK}]")
_FULL_WIDTH = re.compile(
    "[\u3001-\u3003\u3008-\u3011\u3014-\u301b\uff01\uff08\uff09\uff0c\uff0e\uff1a\uff1b\uff1f]"
)
_BREAK = re.compile(r"[ \t]*\n\s*")
_MARKS = "*_`~"  # of Markdown; they are not seen


def joins(before: str, after: str) -> bool:
    """Tell whether two lines join without a space, by the signs that meet.

    So do two Han characters or wide signs, and whatever meets a full-width mark.
    """
    tail, head = before.rstrip(" \t" + _MARKS)[-1:], after.lstrip(" \t" + _MARKS)[:1]
    if not tail or not head or (tail <= "\u007f" and head <= "\u007f"):
        return False
    if _FULL_WIDTH.match(tail) or _FULL_WIDTH.match(head):
        return True
    return bool(_WIDE.match(tail) and _WIDE.match(head))


def joined(text: str) -> str:
    """Return a text of several lines as one line."""
    if "\n" not in text:
        return text

    def between(found: re.Match[str]) -> str:
        start, end = found.span()
        return "" if joins(text[max(0, start - 8) : start], text[end : end + 8]) else " "

    return _BREAK.sub(between, text)
