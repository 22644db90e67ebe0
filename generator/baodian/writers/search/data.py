"""The blocks as scripts for the browser, in two stages."""

from __future__ import annotations

import functools
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Literal, get_args

from baodian.page import Findable
from baodian.text import hanzi
from baodian.text.fold import fold, known
from baodian.text.sounds import by_hand, sounds
from baodian.writers.article import Article
from baodian.writers.search.blocks import Block, Index, Role

LABELS: tuple[Role, ...] = ("t", "a", "h")
NO_CITIES: Mapping[str, Index] = {}
FIRST: tuple[Role, ...] = (*LABELS, "i")


def scripts(index: Index, cities: Mapping[str, Index] = NO_CITIES) -> dict[str, str]:
    """Return the data as scripts, by file name: of everywhere, and what is otherwise in each city.

    The pages of a city stand at `city/address`, in the place of those at `address`.
    """
    stages = {"1.js": _stage(index, 1), "2.js": _stage(index, 2)}
    files = {name: f"baodianSearch.load({text});\n" for name, text in stages.items()}
    files |= {f"c-{id_}.js": f"baodianSearch.city({_city(c)});\n" for id_, c in cities.items()}
    return {**files, "pages.js": f"baodian.pages({_fingerprints(index)});\n"}


def _city(index: Index) -> str:
    """Return the pages of a city, and which ones they stand for; each label with all its sounds."""
    own = [(article, blocks) for article, blocks in index.pages if blocks]
    labels = {b.text for _, blocks in own for b in blocks if b.role in LABELS}
    spoken = _spoken(index, own, labels)
    data = {
        "gone": [article.address.partition("/")[2] for article, _ in index.pages],
        "for": _facets(index, {b.owner for _, blocks in own for b in blocks}),
        "pages": [
            [a.address, _other_title(a, bs), a.hue, _lines(a, bs, spoken, {}), _short_owner(a)]
            for a, bs in own
        ],
    }
    return _json(data)


def _fingerprints(index: Index) -> str:
    """Return address, title and a fingerprint of what each page says, to tell what has changed."""
    rows = []
    for article, blocks in index.pages:
        own = "\n".join(b.text for b in blocks if not b.copied)
        rows.append([article.address, article.title, hashlib.sha256(own.encode()).hexdigest()[:8]])
    return _json(rows)


def version(scripts: Mapping[str, str]) -> str:
    """Return what changes whenever the data does, for addresses that a browser may keep."""
    return hashlib.sha256("".join(scripts.values()).encode()).hexdigest()[:8]


def _stage(index: Index, stage: Literal[1, 2]) -> str:
    """Return one stage of the data as JSON: 1 for names, headings and items, 2 for all."""
    roles = FIRST if stage == 1 else get_args(Role)
    pages = []
    heard: dict[str, Counter[str]] = defaultdict(Counter)
    for article, blocks in index.pages:
        chosen = [b for b in blocks if b.role in roles]
        if chosen:
            pages.append((article, chosen))
    labels = {b.text for _, blocks in pages for b in blocks if b.role in LABELS}
    spoken = _spoken(index, pages, labels)
    for text, syllables in spoken.items():
        for char, syllable in zip(fold(text), syllables, strict=True):
            heard[char][syllable] += 1
    chars = set[str]().union(*(fold(b.text) for _, blocks in pages for b in blocks))
    if stage == 2:
        chars |= _everyday()
    else:
        chars = set[str]().union(*map(fold, labels))
    plain = {c: heard[c].most_common(1)[0][0] if heard[c] else sounds(c)[0] for c in chars}
    data = {
        "stage": stage,
        "kinds": [[c.id, c.name, list(kinds)] for c, kinds in index.filters.kinds],
        "classes": [[c.id, c.name, c.group] for c in index.filters.classes],
        "channels": [[c.id, c.name] for c in index.filters.channels],
        "behind": list(index.filters.behind),
        "known": known(),
        "folds": _fold_table() if stage == 2 else "",
        "sounds": _sound_table(plain),
        "same": _synonyms(index) if stage == 2 else "",
        "for": _facets(index, {b.owner for _, bs in pages for b in bs}) if stage == 2 else {},
        "pages": [
            [a.address, _other_title(a, bs), a.hue, _lines(a, bs, spoken, plain), _short_owner(a)]
            for a, bs in pages
        ],
    }
    return _json(data)


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


def _json(data: object) -> str:
    """Return data as JSON that can stand in a script and in any encoding of line ends."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("</", "<\\/")


def _lines(
    article: Article,
    blocks: Iterable[Block],
    spoken: Mapping[str, tuple[str, ...]],
    plain: Mapping[str, str],
) -> str:
    """Return the blocks of a page, a line each: role, place (empty: as before), text, sounds."""
    root = article.owner
    before = "||"
    lines = []
    for block in blocks:
        owner = "" if block.owner == root else block.owner
        id_ = block.part or owner.partition(":")[2]
        anchor = "=" if block.anchor and block.anchor == id_ else block.anchor
        place = f"{owner}|{block.part}|{anchor}"
        line = [block.role, "" if place == before else place, block.text]
        before = place
        if block.role in LABELS:
            heard = zip(fold(block.text), spoken[block.text], strict=True)
            odd = [f"{n}{s}" for n, (char, s) in enumerate(heard) if plain.get(char) != s]
            if odd:
                line.append(",".join(odd))
        lines.append("\t".join(line))
    return "\n".join(lines)


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
