"""A handbook of any size whose words are real: the shipped pages, with their texts written anew.

Round 0 is the shipped handbook. In each further round every page keeps its shape (headings, items,
places, words of ours), while each text is replaced by one of the same length from a chain of
characters: the next character is drawn from those that follow the last two somewhere in the shipped
texts. So words, their frequency and the number of hits are real, and no sentence is there twice.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from html import escape, unescape

from baodian.page import Findable
from baodian.writers.article import Article
from baodian.writers.search import OFTEN

_TEXT = re.compile(r">([^<>]*[^<>\s][^<>]*)<")
_OWNER = re.compile(r'data-entity="([^"]+)"')
_END = "\0"


class Chain:
    """Draws texts from the pairs of characters of other texts; the same ones for the same seed."""

    def __init__(self, texts: Sequence[str], seed: int) -> None:
        self._next: defaultdict[str, list[str]] = defaultdict(list)
        self._random = random.Random(seed)
        for text in texts:
            padded = _END * 2 + text
            for n in range(2, len(padded)):
                self._next[padded[n - 2 : n]].append(padded[n])

    def text(self, length: int) -> str:
        """Return a text of `length` characters."""
        made = _END * 2
        out: list[str] = []
        while len(out) < length:
            following = self._next.get(made) or self._next[_END * 2]
            char = self._random.choice(following)
            out.append(char)
            made = made[-1] + char
        return "".join(out)


def articles(shipped: Sequence[Article], pages: int, seed: int = 1) -> Iterator[Article]:
    """Yield `pages` articles: the shipped ones, then rounds of them written anew."""
    spread = Counter(t for a in shipped for t in {m[1] for m in _TEXT.finditer(a.html)})
    ours = {text for text, n in spread.items() if n > OFTEN}  # labels stay as they are
    plain = [unescape(text) for text in spread if text not in ours]
    chain = Chain(plain, seed)
    made = 0
    round_ = 0
    while True:
        anew: dict[str, str] = {}

        def written(match: re.Match[str], anew: dict[str, str] = anew) -> str:
            text = match[1]
            if text in ours:
                return match[0]
            if text not in anew:  # what stands twice in the handbook stands twice here too
                anew[text] = escape(chain.text(len(unescape(text).strip())), quote=False)
            return f">{anew[text]}<"

        for article in shipped:
            if made == pages:
                return
            made += 1
            yield _moved(article, round_, _TEXT.sub(written, article.html)) if round_ else article
        round_ += 1


def found_by(shipped: Mapping[str, Findable], rounds: int) -> dict[str, Findable]:
    """Return classes and channels for all rounds; other names for the first only."""
    bare = {key: replace(found, aliases=(), pinyin="") for key, found in shipped.items()}
    more = {_renamed(key, n): found for n in range(1, rounds) for key, found in bare.items()}
    return {**shipped, **more}


def _moved(article: Article, round_: int, html: str) -> Article:
    title = re.search(r"<h1[^>]*>(.*?)</h1>", html, re.DOTALL)
    return replace(
        article,
        address=article.address.replace(".html", f"-{round_}.html"),
        title=unescape(re.sub("<[^>]*>", "", title[1])).strip() if title else article.title,
        html=_OWNER.sub(lambda m: f'data-entity="{_renamed(m[1], round_)}"', html),
        entity=_renamed(article.entity, round_) if article.entity else "",
    )


def _renamed(key: str, round_: int) -> str:
    return f"{key}-{round_}"
