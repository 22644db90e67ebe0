"""Texts that still say an old fact: to be read again, with their places.

A number counts as quoted only with its unit, and only near what has changed: in the thing itself,
in what names it, on the pages of the classes it touches, or in a text that says their names. A name
that is gone counts wherever it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from baodian.meaning import words
from baodian.meaning.change import Change, Quote
from baodian.meaning.facts import Fact, facts
from baodian.meaning.naming import Naming
from baodian.meaning.texts import Leaf, for_whom, texts
from baodian.model import prose
from baodian.model.leaves import Path
from baodian.playbook import Class, Playbook
from baodian.playbook.content import lines
from baodian.said.problems import At
from baodian.text.amounts import amounts
from baodian.text.finding import Words

_Says = Callable[[str], Iterator[tuple[int, int]]]


def quotes(
    naming: Naming, changes: tuple[Change, ...]
) -> Iterator[tuple[Change, tuple[Quote, ...]]]:
    """Yield each change with the texts of the new playbook that still say what was before it.

    A text stands at the first change only that it belongs to.
    """
    told: set[tuple[At, str]] = set()
    for change in changes:
        mine: list[Quote] = []
        for fact in facts(naming, change):
            for quote in _quoting(naming, fact):
                if (quote.at, quote.quoted) not in told:
                    told.add((quote.at, quote.quoted))
                    mine.append(quote)
        yield change, tuple(sorted(mine, key=lambda quote: quote.at))


def _quoting(naming: Naming, fact: Fact) -> Iterator[Quote]:
    playbook = naming.new
    if fact.name and fact.name in fact.but:
        return  # another thing is called so now
    says = _names(fact) if fact.name else _sizes(fact)
    for leaf in playbook.once(texts):
        if not _near(naming, fact, leaf):
            continue
        heard, offsets = prose.heard(str(leaf.value))
        if fact.sizes and not _said_before(naming, leaf, says):
            continue
        for start, end in says(heard):
            at = leaf.value.where(offsets[start]) if offsets else leaf.value.at
            around = _sentence(str(leaf.value), heard, offsets, start, end)
            yield Quote(at, leaf.key, heard[start:end], words.said(playbook, around))
    if fact.anywhere:
        for line in lines(playbook.content):
            for start, end in says(line.text):
                yield Quote(line.at, line.at.file, line.text[start:end], line.text)


_STOPS = "。！？\n"


def _sentence(text: str, heard: str, offsets: tuple[int, ...], start: int, end: int) -> str:
    """Return the sentence of a text in which some of its words stand."""
    first = max(heard.rfind(stop, 0, start) for stop in _STOPS) + 1
    last = min((n for stop in _STOPS if (n := heard.find(stop, end)) >= 0), default=len(heard) - 1)
    begin = 0 if first == 0 else offsets[first - 1] + 1
    stop = len(text) if last == len(heard) - 1 else offsets[last] + 1
    return text[begin:stop].strip()


def _said_before(naming: Naming, leaf: Leaf, says: _Says) -> bool:
    """Say whether the text that stood at a place said the same; one that is new there may not."""
    before = naming.old.once(_by_place).get((leaf.key, leaf.path))
    return before is None or any(says(prose.heard(before)[0]))


def _by_place(playbook: Playbook) -> Mapping[tuple[str, Path], str]:
    return {(leaf.key, leaf.path): str(leaf.value) for leaf in playbook.once(texts)}


def _near(naming: Naming, fact: Fact, leaf: Leaf) -> bool:
    if fact.anywhere or any((leaf.key, leaf.path[:n]) in fact.places for n in range(4)):
        return True
    kind, _, id_ = leaf.key.partition(":")
    if kind == "class" and _class(id_) in fact.classes:
        return True
    if kind == "scheme" and leaf.path[0] == "classes" and (id_, leaf.path[1]) in fact.classes:
        return True
    mine = naming.new.once(for_whom).get(leaf.key, frozenset())
    if mine and mine <= fact.classes:
        return True
    named = words.named(naming.new, leaf.key)
    return any(name in leaf.value or name == named for name in fact.called)


FEW = 10
"""Below it, a number counts many things: only a text that speaks of the right one quotes it."""


def _speaks_of(text: str, fact: Fact) -> bool:
    """Say whether a text has two signs in a row of what a number is about."""
    return any(
        not name[n : n + 2].isascii() and name[n : n + 2] in text
        for name in fact.called for n in range(len(name) - 1)
    )  # fmt: skip


def _sizes(fact: Fact) -> _Says:
    def says(text: str) -> Iterator[tuple[int, int]]:
        found = {a.size: a for a in reversed(amounts(text))}
        few = all(size[0] < FEW for size in fact.sizes) and not fact.counting
        if few and not _speaks_of(text, fact):
            return
        if fact.sizes and all(size in found for size in fact.sizes):
            spans = [found[size] for size in fact.sizes]
            yield min(a.start for a in spans), max(a.end for a in spans)

    return says


def _names(fact: Fact) -> _Says:
    looked = Words((fact.name,), fact.but)

    def says(text: str) -> Iterator[tuple[int, int]]:
        for start, word in looked.found(text):
            yield start, start + len(word)

    return says


def _class(id_: str) -> Class:
    scheme, _, name = id_.partition("/")
    return scheme, name
