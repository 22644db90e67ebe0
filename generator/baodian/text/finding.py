"""Words in a text, by the one fold: whole Latin words, the longest of several, exceptions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from baodian.text.fold import place, spelled

Span = tuple[int, int]

_LATIN = re.compile("[a-z0-9]{2}")
_STRONG = (
    "\u200b\u200b"  # instead of `**`, which readers do not see: as long, and nothing when folded
)


class Words:
    """Words that are looked for in many texts, and words in which they do not count.

    A word of `free` that begins with “!” takes back: in it, the others of `free` do not hold.
    """

    def __init__(self, words: Iterable[str], free: Iterable[str] = ()) -> None:
        self.wanted: Mapping[str, str] = {spelled(word).strip(): word for word in words}
        told = tuple(filter(None, (spelled(word).strip() for word in free)))
        self._free = tuple(word for word in told if word[0] != "!")
        self._taken_back = tuple(word[1:] for word in told if word[0] == "!" and word[1:])
        self._any = re.compile("|".join(map(re.escape, filter(None, self.wanted))) or "(?!)")

    def found(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield where each word stands first in a text, in the order of the text.

        Words of Latin letters or digits stand alone. What is in a longer word of the list counts
        as that one; what is in one of `free` does not count.
        """
        text = text.replace("**", _STRONG)
        said = spelled(text)
        if not self._any.search(said):
            return
        spans = {span: word for word in self.wanted if word for span in _places(said, word)}
        back = [span for word in self._taken_back for span in _places(said, word)]
        free = (span for word in self._free for span in _places(said, word))
        around = [*spans, *(span for span in free if not _is_inside(span, back))]
        first: dict[str, int] = {}
        for span, word in sorted(spans.items()):
            if not _is_inside(span, around):
                first.setdefault(word, span[0])
        yield from ((place(text, start), self.wanted[word]) for word, start in first.items())


def _is_inside(span: Span, others: Iterable[Span]) -> bool:
    """Tell whether a span lies in a longer one."""
    start, end = span
    return any(a <= start and end <= b and b - a > end - start for a, b in others)


def _places(text: str, word: str) -> Iterator[Span]:
    """Yield where a word begins and ends in a text."""
    start = text.find(word)
    while start >= 0:
        if not _goes_on(text, start, start + len(word)):
            yield start, start + len(word)
        start = text.find(word, start + 1)


def _goes_on(text: str, start: int, end: int) -> bool:
    """Tell whether the Latin word at one of the edges is longer than what was found."""
    edges = (text[max(0, start - 1) : start + 1], text[end - 1 : end + 1])
    return any(_LATIN.fullmatch(edge) for edge in edges)
