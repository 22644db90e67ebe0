"""A text over several lines that differs in a few signs: only those are written anew."""

from __future__ import annotations

from difflib import SequenceMatcher

from baodian.editing.marks import BREAK
from baodian.editing.written import Piece, Where, gives_back

MOST = 4000
"""Characters of a text beyond which it is written anew as a whole: comparing costs their square."""


def patched(source: str, begin: int, value: str, where: Where) -> str | None:
    """Return a text as written, from `begin` on with other signs where it is to say a value.

    Its lines stay. None if it cannot be done so: where blanks or breaks differ, for one.
    """
    old = [place for place in range(begin, len(source)) if not source[place].isspace()]
    new = [place for place, sign in enumerate(value) if not sign.isspace()]
    if not old or not new or max(len(old), len(new)) > MOST:
        return None
    one, other = "".join(source[n] for n in old), "".join(value[n] for n in new)
    parts: list[str] = []
    done = 0
    for tag, i, j, k, m in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        start = old[i] if i < j else (old[i - 1] + 1 if i else old[0])
        end = old[j - 1] + 1 if j > i else start
        said = value[new[k] : new[m - 1] + 1] if m > k else ""
        if "\n" in said or BREAK.search(source, start, end):
            return None
        parts += [source[done:start], said]
        done = end
    whole = "".join([*parts, source[done:]])
    head, *body = BREAK.split(whole)
    return whole if gives_back(value, Piece(head, tuple(body)), where) else None
