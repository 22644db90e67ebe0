"""What a reader can find: the written pages, block by block, as data for the browser's search.

A record is a block of text on the page where it is at home. The data comes in two stages: names,
headings and list items first, so that the first answer is quick, then every word. Both are classic
scripts that call `baodianSearch.load`, because nothing else loads from `file://`.
"""

from __future__ import annotations

import functools
import hashlib
import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from html import unescape
from typing import Literal

from pypinyin import Style, lazy_pinyin
from pypinyin.constants import PINYIN_DICT

from baodian import hanzi
from baodian.page import Filters, Findable

Role = Literal["t", "a", "h", "i", "p", "s", "o"]
"""title, alias, heading, item, prose, spoken line, opening line; in this order they rank, the last
three alike."""

RANK: dict[Role, int] = {"t": 0, "a": 1, "h": 2, "i": 3, "p": 4, "s": 4, "o": 4}
LABELS: tuple[Role, ...] = ("t", "a", "h")
FIRST: tuple[Role, ...] = ("t", "a", "h", "i")
BASIS = "h-basis"  # the facts that a page rests on; at home in their ledger
OFTEN = 3  # a text on more pages than this is a word of ours, found once

_BLOCK = (
    "address|article|blockquote|br|button|caption|dd|desc|details|div|dl|dt|fieldset|figcaption|"
    "figure|footer|h1|h2|h3|h4|h5|h6|header|hr|label|legend|li|main|nav|ol|p|pre|section|small|"
    "summary|table|tbody|td|text|tfoot|th|thead|title|tr|ul"
)
_TAG = re.compile(rf"<(/?)({_BLOCK})\b([^>]*)>")
_ANY_TAG = re.compile(r"<[^>]*>")
_UNREAD = re.compile(
    r'<svg class="bd-(?:icon|sprite)[^>]*>.*?</svg>|<a class="(?:bd-edit|headerlink)".*?</a>'
    r"|<(script|style|template|form)\b.*?</\1>|<!--.*?-->",
    re.DOTALL,
)
_UNSEEN = re.compile(r'<span class="bd-unseen">(.*?)</span>')
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
_UNFIT = re.compile(r"[\s|]")  # stand between the cells of what a browser reads
_SAID: dict[str, Role] = {"bd-check": "i", "bd-say-first": "o", "bd-say": "s"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6", "legend", "summary"}
_SECTIONS = {"", "article", "section", "details", "fieldset"}
_NO_CSS: frozenset[str] = frozenset()
# Where a page repeats what is at home elsewhere, or leads there.
_LEADS = frozenset(
    (
        "bd-trail", "bd-jump", "bd-neighbours", "bd-state", "bd-entry", "bd-cards", "bd-links",
        "bd-see", "bd-then", "bd-badges",
    )
)  # fmt: skip


@dataclass(frozen=True)
class Article:
    """The main text of one page as it was written, links and all."""

    address: str
    title: str
    html: str
    entity: str = ""  # `kind:id`; empty for a page that is no entity
    hue: str = ""  # CSS class of its accent

    @property
    def owner(self) -> str:
        """Return to what its texts belong: the entity, else the page itself."""
        return self.entity or f"page:{self.address}"


@dataclass(frozen=True)
class Block:
    """One text of a page: its role, the owner and part it belongs to, where to jump."""

    role: Role
    text: str
    owner: str
    part: str = ""
    anchor: str = ""
    copied: bool = False  # it is at home elsewhere, or only leads there


@dataclass(frozen=True)
class Index:
    """Everything that can be found, page by page."""

    pages: tuple[tuple[Article, tuple[Block, ...]], ...]
    found_by: Mapping[str, Findable] = field(default_factory=dict)
    filters: Filters = field(default_factory=Filters)


def index(articles: Iterable[Article], found_by: Mapping[str, Findable], filters: Filters) -> Index:
    """Return what can be found on the written pages: each text once, where it is at home."""
    pages = [(article, _with_aliases(tuple(read(article)), found_by)) for article in articles]
    return Index(tuple(_once(pages)), found_by, filters)


# --- from HTML to blocks --------------------------------------------------------------------------


@dataclass(slots=True)
class _Frame:
    """An open element and what holds for the text in it."""

    tag: str
    css: frozenset[str]
    owner: str
    part: str
    anchor: str
    copied: bool


def read(article: Article) -> Iterator[Block]:
    """Yield the texts of a page in the order of reading."""
    root = article.owner
    stack = [_Frame("", frozenset(), root, "", "", False)]
    named: set[str] = set()
    html = _UNSEEN.sub(r'<p data-from="">\1</p>', _UNREAD.sub(" ", article.html))
    html = html.replace('<span class="bd-line">', "<br>")
    pieces = iter(_TAG.split(html))  # text, "/", tag, attributes; and so on to a last text
    for piece in pieces:
        if piece and not piece.isspace() and (text := _text(piece)):
            yield _block(stack, text, named)
        end, tag, told = next(pieces, ""), next(pieces, ""), next(pieces, "")
        if end:
            while len(stack) > 1 and stack.pop().tag != tag:
                pass
        elif tag not in ("br", "hr", ""):
            _enter(stack, tag, told)


def _text(html: str) -> str:
    bare = _ANY_TAG.sub("", html) if "<" in html else html
    return " ".join((unescape(bare) if "&" in bare else bare).split())


def _enter(stack: list[_Frame], tag: str, told: str) -> None:
    above = stack[-1]
    if not told:
        here = _Frame(tag, _NO_CSS, above.owner, above.part, above.anchor, above.copied)
        stack.append(here)
        return
    css, entity, item, id_, leads = _attributes(told)
    owner = above.owner if entity is None else entity
    part = item if item is not None else above.part if owner == above.owner else ""
    copied = entity is None and item is None and (leads or above.copied)
    stack.append(_Frame(tag, css, owner, part, id_ or above.anchor, copied))
    if id_ and tag in _HEADINGS:  # what follows a heading is reached through it
        for frame in reversed(stack):
            frame.anchor = id_
            if frame.tag in _SECTIONS:
                break


@functools.lru_cache(1 << 14)
def _attributes(told: str) -> tuple[frozenset[str], str | None, str | None, str, bool]:
    """Return what counts of an element: classes, entity, item, id, and whether it leads away."""
    found = dict(_ATTRIBUTE.findall(told))
    css = frozenset(found.get("class", "").split())
    id_ = found.get("id", "")
    id_ = "" if _UNFIT.search(id_) else id_
    leads = "data-from" in found or id_ == BASIS or not _LEADS.isdisjoint(css)
    return css, found.get("data-entity"), found.get("data-item"), id_, leads


def _block(stack: list[_Frame], text: str, named: set[str]) -> Block:
    frame = stack[-1]
    role = _role(stack, frame, named)
    return Block(role, text, frame.owner, frame.part, frame.anchor, frame.copied)


def _role(stack: list[_Frame], frame: _Frame, named: set[str]) -> Role:
    if frame.copied:
        return "p"
    if frame.owner not in named and (frame.tag == "h1" or frame.owner != stack[0].owner):
        named.add(frame.owner)
        return "t"
    if frame.owner.startswith("path:") and frame.tag != "h2":  # its lines mostly name other pages
        return "p"
    if frame.tag in _HEADINGS:
        return "i" if "bd-answer" in stack[-2].css else "h"
    near = frame.css | stack[-2].css if len(stack) > 1 else frame.css
    return next((role for name, role in _SAID.items() if name in near), "p") if near else "p"


# --- each text once -------------------------------------------------------------------------------


def _with_aliases(blocks: tuple[Block, ...], found_by: Mapping[str, Findable]) -> tuple[Block, ...]:
    """Return blocks with the other names of an entity behind its title.

    A name that already stands on the page becomes a name there.
    """
    unnamed = {
        (owner, fold(alias))
        for owner in {b.owner for b in blocks} & found_by.keys()
        for alias in found_by[owner].aliases
    }
    if not unnamed:
        return blocks
    made: list[Block] = []
    texts = {fold(b.text) for b in blocks}
    for block in blocks:
        name = (block.owner, fold(block.text))
        known = name in unnamed and block.role != "t"
        unnamed.discard(name)
        made.append(replace(block, role="a", copied=False) if known else block)
        if block.role == "t":
            aliases = found_by.get(block.owner, Findable()).aliases
            new = (" ".join(alias.split()) for alias in aliases if fold(alias) not in texts)
            made.extend(replace(block, role="a", text=alias) for alias in new)
    return tuple(made)


def _once(
    pages: list[tuple[Article, tuple[Block, ...]]],
) -> Iterator[tuple[Article, tuple[Block, ...]]]:
    """Yield the pages without texts that stand elsewhere: copies, and words of ours.

    Never removes the last place of a text.
    """
    at_home: set[str] = set()
    on: defaultdict[str, set[str]] = defaultdict(set)
    for article, blocks in pages:
        for block in blocks:
            key = fold(block.text)
            on[key].add(article.address)
            if not block.copied:
                at_home.add(key)
    said: set[str] = set()
    for article, blocks in pages:
        kept = []
        for block in blocks:
            key = fold(block.text)
            if not key:
                continue
            ours = block.role in ("p", "h") and len(on[key]) > OFTEN
            if (block.copied and key in at_home) or ((block.copied or ours) and key in said):
                continue
            said.add(key)
            kept.append(block)
        yield article, tuple(kept)


# --- characters and sounds ------------------------------------------------------------------------


@functools.cache
def _folded(char: str) -> str:
    """Return what a character is for a search: nothing for spaces and punctuation."""
    made = unicodedata.normalize("NFKC", char).lower()
    return "".join(hanzi.folds().get(c, c) for c in made if c.isalnum())


@functools.cache
def fold(text: str) -> str:
    """Return a text as it is compared: one case, one width, one face for each family, no marks."""
    return "".join(map(_folded, text))


def sounds(text: str) -> tuple[str, ...]:
    """Return the syllable of each character of a folded text, without tones; ü is u.

    Characters that are no Han characters stand for themselves.
    """
    if len(text) == 1:  # what `lazy_pinyin` gives, ten times as fast
        known = PINYIN_DICT.get(ord(text))
        return told(known.split(",")[0]) if known else (text,)
    found = lazy_pinyin(text, style=Style.NORMAL, errors=list)  # type: ignore[arg-type]
    return tuple(s.replace("ü", "u").replace("v", "u") if len(s) > 1 else s for s in found)


def told(pinyin: str) -> tuple[str, ...]:
    """Return the syllables of a sound written by hand: `liú shī`."""
    bare = unicodedata.normalize("NFD", pinyin.lower().replace("’", " ").replace("'", " "))
    return tuple("".join(c for c in s if "a" <= c <= "z") for s in bare.split())


# --- as scripts for the browser -------------------------------------------------------------------


def scripts(index: Index) -> dict[str, str]:
    """Return the data as scripts, by file name."""
    made = {"1.js": _stage(index, 1), "2.js": _stage(index, 2)}
    found = {name: f"baodianSearch.load({text});\n" for name, text in made.items()}
    return {**found, "pages.js": f"baodian.pages({_fingerprints(index)});\n"}


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
    roles = FIRST if stage == 1 else tuple(RANK)
    pages = []
    heard: dict[str, Counter[str]] = defaultdict(Counter)
    for article, blocks in index.pages:
        chosen = [b for b in blocks if b.role in roles]
        if chosen:
            pages.append((article, chosen))
    labels = {b.text for _, blocks in pages for b in blocks if b.role in LABELS}
    by_hand = {
        fold(b.text): told(index.found_by[b.owner].pinyin)
        for _, blocks in pages
        for b in blocks
        if b.role == "t" and b.owner in index.found_by and index.found_by[b.owner].pinyin
    }
    spoken = {text: _spoken(fold(text), by_hand) for text in sorted(labels)}
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
        "folds": _fold_table(chars) if stage == 2 else "",
        "sounds": _sound_table(plain),
        "same": _synonyms(index) if stage == 2 else "",
        "for": _facets(index, {b.owner for _, bs in pages for b in bs}) if stage == 2 else {},
        "pages": [
            [a.address, _other_title(a, bs), a.hue, _lines(a, bs, spoken, plain), _short_owner(a)]
            for a, bs in pages
        ],
    }
    return _json(data)


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


@functools.cache
def _said(folded: str) -> tuple[str, ...]:
    return sounds(folded)


def _spoken(folded: str, by_hand: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    mine = by_hand.get(folded, ())
    return mine if len(mine) == len(folded) else _said(folded)


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
            odd = [f"{n}{s}" for n, (char, s) in enumerate(heard) if plain[char] != s]
            if odd:
                line.append(",".join(odd))
        lines.append("\t".join(line))
    return "\n".join(lines)


def _fold_table(chars: set[str]) -> str:
    """Return the characters that are typed for one that occurs, each before its face."""
    return "".join(f"{c}{face}" for c, face in sorted(hanzi.folds().items()) if face in chars)


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
    made = (bytes((high, low)) for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF))
    return frozenset(fold("".join(code.decode("gb2312", "ignore") for code in made)))


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
    found = {}
    for owner in sorted(owners & index.found_by.keys()):
        by = index.found_by[owner]
        told = ";".join(
            (
                _runs(sorted(classes[c] for c in by.classes if c in classes)),
                _runs(sorted(channels[c] for c in by.channels if c in channels)),
            )
        )
        if told != ";":
            found[owner] = told
    return found


def _runs(numbers: list[int]) -> str:
    """Return rising numbers with runs joined: 0 1 2 5 as `0-2 5`."""
    runs: list[list[int]] = []
    for n in numbers:
        if runs and runs[-1][-1] == n - 1:
            runs[-1].append(n)
        else:
            runs.append([n])
    return " ".join(f"{r[0]}-{r[-1]}" if len(r) > 1 else str(r[0]) for r in runs)
