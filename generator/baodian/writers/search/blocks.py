"""From the HTML of the pages to blocks of text, each once and where it is at home."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from html import unescape
from typing import Literal

from baodian.page import Filters, Findable
from baodian.text.sounds import fold

Role = Literal["t", "a", "h", "i", "p", "s", "o"]
"""title, alias, heading, item, prose, spoken line, opening line; in this order they rank, the last
three alike."""

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
