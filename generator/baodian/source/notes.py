"""Notes behind a `#`: which of them are meant, and which would lose a part of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SIGN = re.compile(r"(?:^|[\s\[{,])[-?:]$|[:,\[{]$|^(?:---|\.\.\.)$")


def losses(text: str, start: int, end: int, *, empty: bool) -> Iterator[int]:
    """Yield the index of each `#` between two neighbouring values that may lose a text.

    A note has a line of its own or two spaces before it. One space before and behind the # is
    enough after a sign that opens a group or has its value below, not where the value is `empty`.
    """
    index = text.find("#", start, end)
    while index >= 0:
        before = text[text.rfind("\n", 0, index) + 1 : index]
        bare = before.rstrip(" \t")
        clear = text[index - 1 : index + 2] in (" # ", "\t# ") and not empty
        if bare and not before.endswith("  ") and not (clear and _SIGN.search(bare)):
            yield index
        line_end = text.find("\n", index, end)
        index = text.find("#", line_end, end) if line_end >= 0 else -1
