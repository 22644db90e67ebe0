"""The blocks as scripts for the browser, in two stages; the second says what the first does not."""

from __future__ import annotations

import difflib
import functools
import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Set
from typing import get_args

from baodian.page import Findable
from baodian.text import hanzi
from baodian.text.fold import fold, known
from baodian.text.sounds import by_hand, sounds
from baodian.writers import script
from baodian.writers.article import Article
from baodian.writers.search.blocks import Block, Index, Role

LABELS: tuple[Role, ...] = ("t", "a", "h")
NO_CITIES: Mapping[str, Index] = {}
FIRST: tuple[Role, ...] = (*LABELS, "i")
Spoken = Mapping[str, tuple[str, ...]]
"""The sounds of each label."""


def scripts(index: Index, cities: Mapping[str, Index] = NO_CITIES) -> dict[str, str]:
    """Return the data as scripts, by file name: of everywhere, and what is otherwise in each city.

    `pages.js` names all pages of everywhere, for an address that leads nowhere.
    `cities` hold all that can be found there, their own pages at `city/address`.
    """
    spoken = _spoken(index, index.pages, _labels(index))
    stages = {"1.js": _first(index, spoken), "2.js": _second(index, spoken)}
    files = {name: f"baodianSearch.load({script.said(data)});\n" for name, data in stages.items()}
    chars = _chars(index)
    files |= {
        f"c-{id_}.js": f"baodianSearch.city({city(index, id_, c, chars)});\n"
        for id_, c in cities.items()
    }
    pages = [[article.address, article.title] for article, _ in index.pages]
    return {**files, "pages.js": f"baodian.pages({script.said(pages)});\n"}


def city(index: Index, id_: str, here: Index, known: Set[str]) -> str:
    """Return how what can be found in a city is otherwise than everywhere, as JSON.

    The sounds of the characters that are `known` from everywhere are left out.

    A row stands for a page of everywhere: its address, the one in the city, title, hue and owner,
    and for both stages its blocks, a line each; `=3-7` are those blocks of the page it stands for.
    A character that can be read in two ways sounds as in most names of everywhere.
    """
    common = {article.address: (article, blocks) for article, blocks in index.pages}
    rows, labels = [], []
    for article, blocks in here.pages:
        base = article.address.removeprefix(f"{id_}/")
        there = common.get(base)
        if there is None or article is not there[0] or blocks != there[1]:
            rows.append((base, article, blocks, there))
            labels += [b.text for b in blocks if b.role in LABELS]
    spoken = _spoken(here, [(article, blocks) for _, article, blocks, _ in rows], set(labels))
    data: dict[str, object] = {
        "pages": [
            [base, a.address, _other_title(a, blocks), a.hue, a.owner,
             *(_otherwise(a, blocks, there, roles, spoken) for roles in (FIRST, get_args(Role)))]
            for base, a, blocks, there in rows
        ],
        "sounds": _sound_table({c: sounds(c)[0] for c in _chars(here) - known}),
        "for": _facets_otherwise(index, here),
    }  # fmt: skip
    if here.rulers != index.rulers:
        data["rulers"] = _rulers(here)
    return script.said(data)


def _otherwise(
    article: Article,
    blocks: Iterable[Block],
    there: tuple[Article, tuple[Block, ...]] | None,
    roles: tuple[Role, ...],
    spoken: Spoken,
) -> str:
    """Return the blocks of a city's page that have these roles; what stood there by number."""
    root, stood = (there[0].owner, there[1]) if there else ("", ())
    old = [_line(root, block, spoken, {}) for block in stood if block.role in roles]
    chosen = [block for block in blocks if block.role in roles]
    new = [_line(article.owner, block, spoken, {}) for block in chosen]
    lines: list[str] = []
    found = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for how, start, end, first, last in found:
        if how == "equal":
            lines.append(_run(start, end))
        else:
            lines += new[first:last]
    return "\n".join(lines)


def _run(start: int, end: int) -> str:
    """Return blocks that are told elsewhere, by their numbers there."""
    return f"={start}" if end - start == 1 else f"={start}-{end - 1}"


def _chars(index: Index) -> set[str]:
    return set[str]().union(*(fold(b.text) for _, blocks in index.pages for b in blocks))


def _facets_otherwise(index: Index, here: Index) -> dict[str, str]:
    """Return classes and channels of what is for others in a city than everywhere."""
    old, new = (
        _facets(one, {b.owner for _, blocks in one.pages for b in blocks}) for one in (index, here)
    )
    return {key: new.get(key, ";") for key in (*old, *new) if old.get(key) != new.get(key)}


def _first(index: Index, spoken: Spoken) -> dict[str, object]:
    """Return the first stage: names, headings and items."""
    pages = [
        (article, chosen) for article, blocks in index.pages
        if (chosen := [b for b in blocks if b.role in FIRST])
    ]  # fmt: skip
    plain = _usual(spoken, _folded(_labels(index)))
    return {
        "stage": 1,
        "kinds": [[c.id, c.name, list(kinds)] for c, kinds in index.filters.kinds],
        "classes": [[c.id, c.name, c.group] for c in index.filters.classes],
        "channels": [[c.id, c.name] for c in index.filters.channels],
        "behind": list(index.filters.behind),
        "known": known(),
        "folds": "",
        "sounds": _sound_table(plain),
        "same": "",
        "for": {},
        "pages": [
            [a.address, _other_title(a, bs), a.hue, _lines(a, bs, spoken, plain), _short_owner(a)]
            for a, bs in pages
        ],
    }


def _second(index: Index, spoken: Spoken) -> dict[str, object]:
    """Return what the second stage adds: of the blocks of the first it says their numbers."""
    chars = _folded(b.text for _, blocks in index.pages for b in blocks) | _everyday()
    plain = _usual(spoken, chars)
    more = chars - _folded(_labels(index))
    return {
        "stage": 2,
        "folds": _fold_table(),
        "sounds": _sound_table({c: sound for c, sound in plain.items() if c in more}),
        "same": _synonyms(index),
        "for": _facets(index, {b.owner for _, blocks in index.pages for b in blocks}),
        "rulers": _rulers(index),
        "pages": [
            [a.address, _other_title(a, bs), a.hue, _lines(a, bs, spoken, plain, known=True),
             _short_owner(a)]
            for a, bs in index.pages if bs
        ],
    }  # fmt: skip


def _rulers(index: Index) -> list[object]:
    return [[ruler.id, ruler.asks, ruler.walk, ruler.why, ruler.called] for ruler in index.rulers]


def _labels(index: Index) -> set[str]:
    return {b.text for _, blocks in index.pages for b in blocks if b.role in LABELS}


def _folded(texts: Iterable[str]) -> set[str]:
    return set[str]().union(*map(fold, texts))


def _usual(spoken: Spoken, chars: set[str]) -> Mapping[str, str]:
    """Return the sound of each character that it has in most of the labels that are `spoken`."""
    heard: dict[str, Counter[str]] = defaultdict(Counter)
    for text, syllables in spoken.items():
        for char, syllable in zip(fold(text), syllables, strict=True):
            heard[char][syllable] += 1
    return {c: heard[c].most_common(1)[0][0] if heard[c] else sounds(c)[0] for c in chars}


def _spoken(
    index: Index, pages: Iterable[tuple[Article, Iterable[Block]]], labels: Iterable[str]
) -> dict[str, tuple[str, ...]]:
    """Return the sounds of each label, as written by hand where a name has them so."""
    said = {
        fold(b.text): by_hand(b.text, index.found_by[b.owner].pinyin)
        for _, blocks in pages
        for b in blocks
        if b.role == "t" and b.owner in index.found_by and index.found_by[b.owner].pinyin
    }
    return {text: said.get(fold(text)) or sounds(fold(text)) for text in sorted(labels)}


def _other_title(article: Article, blocks: Iterable[Block]) -> str:
    """Return the title of a page where no name on it says the same."""
    named = any(b.role == "t" and b.owner == article.owner and b.text == article.title
                for b in blocks)  # fmt: skip
    return "" if named else article.title


def _short_owner(article: Article) -> str:
    """Return the owner, or its kind alone where the address ends with the rest."""
    kind, _, id_ = article.owner.partition(":")
    return kind if article.address.partition("/")[2] == f"{id_}.html" else article.owner


def _lines(
    article: Article,
    blocks: Iterable[Block],
    spoken: Spoken,
    plain: Mapping[str, str],
    *,
    known: bool = False,
) -> str:
    """Return the blocks of a page, a line each: role, place (empty: as before), text, sounds.

    Where readers have the first stage already, its blocks are `known`, and told by their numbers.
    """
    before, told = AT_ROOT, 0
    lines: list[str] = []
    for first, some in itertools.groupby(blocks, key=lambda block: known and block.role in FIRST):
        run = list(some)
        if first:
            lines.append(_run(told, told + len(run)))
            told += len(run)
        for block in run:
            place = _place(article.owner, block)
            same = "" if place == before else place
            if not first:
                lines.append(_line(article.owner, block, spoken, plain, same))
            before = place
    return "\n".join(lines)


def _line(
    root: str,
    block: Block,
    spoken: Spoken,
    plain: Mapping[str, str],
    place: str | None = None,
) -> str:
    """Return a block as a line, at its place or at one that is told."""
    line = [block.role, _place(root, block) if place is None else place, block.text]
    if block.role in LABELS and block.text in spoken:
        heard = zip(fold(block.text), spoken[block.text], strict=True)
        odd = [f"{n}{s}" for n, (char, s) in enumerate(heard) if plain.get(char) != s]
        if odd:
            line.append(",".join(odd))
    return "\t".join(line)


AT_ROOT = "||"


def _place(root: str, block: Block) -> str:
    owner = "" if block.owner == root else block.owner
    id_ = block.part or owner.partition(":")[2]
    anchor = "=" if block.anchor and block.anchor == id_ else block.anchor
    return f"{owner}|{block.part}|{anchor}"


def _fold_table() -> str:
    """Return each Han character of a family before the one that stands for it."""
    return "".join(f"{c}{face}" for c, face in sorted(hanzi.folds().items()))


def _sound_table(plain: Mapping[str, str]) -> str:
    """Return the Han characters by syllable: `an安按|bai百白`."""
    by_syllable: defaultdict[str, list[str]] = defaultdict(list)
    for char, syllable in plain.items():
        if syllable != char:
            by_syllable[syllable].append(char)
    return "|".join(s + "".join(sorted(chars)) for s, chars in sorted(by_syllable.items()))


@functools.cache
def _everyday() -> frozenset[str]:
    """Return the frequent characters (GB 2312, first level): what a reader may type by mistake."""
    codes = (bytes((high, low)) for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF))
    return frozenset(fold("".join(code.decode("gb2312", "ignore") for code in codes)))


def _synonyms(index: Index) -> str:
    """Return other words for a term, each with the term: `回款\t收款`, a line each."""
    names = {
        b.owner: b.text for _, blocks in index.pages for b in blocks
        if b.role == "t" and b.owner.startswith("term:")
    }  # fmt: skip
    return "\n".join(
        f"{fold(alias)}\t{fold(name)}"
        for owner, name in names.items()
        for alias in index.found_by.get(owner, Findable()).aliases
        if fold(alias) and fold(alias) != fold(name)
    )


def _facets(index: Index, owners: set[str]) -> dict[str, str]:
    """Return for each entity the numbers of its classes and channels: `0-3 7;1`."""
    classes = {c.id: n for n, c in enumerate(index.filters.classes)}
    channels = {c.id: n for n, c in enumerate(index.filters.channels)}
    facets = {}
    for owner in sorted(owners & index.found_by.keys()):
        by = index.found_by[owner]
        told = ";".join(
            (
                _runs(sorted(classes[c] for c in by.classes if c in classes)),
                _runs(sorted(channels[c] for c in by.channels if c in channels)),
            )
        )
        if told != ";":
            facets[owner] = told
    return facets


def _runs(numbers: list[int]) -> str:
    """Return rising numbers with runs joined: 0 1 2 5 as `0-2 5`."""
    runs: list[list[int]] = []
    for n in numbers:
        if runs and runs[-1][-1] == n - 1:
            runs[-1].append(n)
        else:
            runs.append([n])
    return " ".join(f"{r[0]}-{r[-1]}" if len(r) > 1 else str(r[0]) for r in runs)
