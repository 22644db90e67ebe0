"""From the HTML of the pages to blocks of text, each once and where it is at home."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from html import unescape
from typing import Literal

from baodian.page import Filters, Findable, Ruler
from baodian.text.fold import fold
from baodian.writers.article import Article

Role = Literal["t", "a", "h", "i", "p", "s", "o"]
"""title, alias, heading, item, prose, spoken line, opening line; in this order they rank, the last
three alike."""

BASIS = "h-basis"  # the facts that a page rests on; at home in their ledger
OFTEN = 3  # a text on more pages than this is a word of ours, found once

_BLOCKS = frozenset(
    (
        "address", "article", "blockquote", "br", "button", "caption", "dd", "desc", "details",
        "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4",
        "h5", "h6", "header", "hr", "label", "legend", "li", "main", "nav", "ol", "p", "pre",
        "section", "small", "summary", "table", "tbody", "td", "text", "tfoot", "th", "thead",
        "title", "tr", "ul",
    )
)  # fmt: skip
_UNREAD = frozenset(("script", "style", "template", "form"))  # with all that stands inside
_UNREAD_CSS = frozenset(
    (
        "bd-icon",
        "bd-sprite",
        "bd-edit",
        "bd-to-come",
        "headerlink",
        "bd-count",
        "bd-chip-then",
        "bd-changed",
        "bd-footnotes",
        "bd-widget-must",
    )
)  # how many there are is no words, nor what the next class has; the last say what was said before
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
    rulers: tuple[Ruler, ...] = ()


def index(
    pages: Iterable[tuple[Article, tuple[Block, ...]]],
    found_by: Mapping[str, Findable],
    filters: Filters,
    rulers: tuple[Ruler, ...] = (),
) -> Index:
    """Return what can be found on written pages: each text once, where it is at home."""
    named = [(article, _with_aliases(blocks, found_by)) for article, blocks in pages]
    return Index(tuple(_once(named)), found_by, filters, rulers)


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


class Texts:
    """Gathers the texts of an article, in the order of reading, from whoever reads its markup.

    `owner` is to what they belong unless an element says otherwise. Tags are in lower case,
    attributes unescaped; what stands between two tags is not.
    """

    def __init__(self, owner: str) -> None:
        self._blocks: list[Block] = []
        self._stack = [_Frame("", _NO_CSS, owner, "", "", False)]
        self._named: set[str] = set()
        self._said: list[str] = []  # since the last tag that ends a line
        self._spans: list[bool] = []  # open ones, and which are for ears only
        self._unread = ""  # the element that is being left out
        self._depth = 0  # how many of its name are open

    def text(self, markup: str) -> None:
        """Take what stands between two tags."""
        if not self._unread:
            self._said.append(markup)

    def enter(self, tag: str, given: Mapping[str, str]) -> None:
        """Enter an element that will be left again."""
        if self._unread:
            self._depth += tag == self._unread
        elif tag in _UNREAD or not _UNREAD_CSS.isdisjoint(given.get("class", "").split()):
            self._unread, self._depth = tag, 1
            self._said.append(" ")
        elif tag == "span":
            unseen = given.get("class") == "bd-unseen"
            self._spans.append(unseen)
            if unseen:  # a line of its own, which is said elsewhere
                self._open("p", {"data-from": ""})
            elif given.get("class") == "bd-line":
                self._end_of_line()
        elif tag in _BLOCKS:
            self._open(tag, given)

    def alone(self, tag: str) -> None:
        """Pass an element that has no end."""
        if not self._unread and tag in ("br", "hr"):
            self._end_of_line()

    def leave(self, tag: str) -> None:
        """Leave the nearest element of that name, and those inside it."""
        if self._unread:
            self._depth -= tag == self._unread
            if not self._depth:
                self._unread = ""
        elif tag == "span":
            if self._spans and self._spans.pop():
                self._close("p")
        elif tag in _BLOCKS:
            self._close(tag)

    def _open(self, tag: str, given: Mapping[str, str]) -> None:
        self._end_of_line()
        above = self._stack[-1]
        css = frozenset(given["class"].split()) if "class" in given else _NO_CSS
        entity, item, id_ = given.get("data-entity"), given.get("data-item"), given.get("id", "")
        leads = "data-from" in given or id_ == BASIS or not _LEADS.isdisjoint(css)
        id_ = "" if _UNFIT.search(id_) else id_
        owner = above.owner if entity is None else entity
        part = item if item is not None else above.part if owner == above.owner else ""
        copied = entity is None and item is None and (leads or above.copied)
        self._stack.append(_Frame(tag, css, owner, part, id_ or above.anchor, copied))
        if id_ and tag in _HEADINGS:  # what follows a heading is reached through it
            for frame in reversed(self._stack):
                frame.anchor = id_
                if frame.tag in _SECTIONS:
                    break

    def _close(self, tag: str) -> None:
        self._end_of_line()
        for depth in range(len(self._stack) - 1, 0, -1):
            if self._stack[depth].tag == tag:
                del self._stack[depth:]
                return

    def _end_of_line(self) -> None:
        said = "".join(self._said)
        self._said.clear()
        text = " ".join((unescape(said) if "&" in said else said).split())
        if text:
            here = self._stack[-1]
            role = _role(self._stack, here, self._named)
            self._blocks.append(Block(role, text, here.owner, here.part, here.anchor, here.copied))

    def ended(self) -> tuple[Block, ...]:
        """Return the texts, now that the article has ended."""
        self._end_of_line()
        return tuple(self._blocks)


def _role(stack: list[_Frame], frame: _Frame, named: set[str]) -> Role:
    if frame.copied:
        return "p"
    if frame.owner not in named and (frame.tag == "h1" or frame.owner != stack[0].owner):
        named.add(frame.owner)
        return "t"
    if frame.owner.startswith("path:") and frame.tag != "h2":  # its lines mostly name other pages
        return "p"
    if frame.owner.startswith("class:") and frame.tag in ("h2", "h3") and not frame.part:
        return "p"  # every guide has these, with another name in them
    if frame.tag in _HEADINGS:
        return "i" if "bd-answer" in stack[-2].css else "h"
    near = frame.css | stack[-2].css if len(stack) > 1 else frame.css
    return next((role for name, role in _SAID.items() if name in near), "p") if near else "p"


# --- each text once -------------------------------------------------------------------------------


def _with_aliases(blocks: tuple[Block, ...], found_by: Mapping[str, Findable]) -> tuple[Block, ...]:
    """Return blocks with the other names of an entity behind its title.

    A name that already stands on the page becomes a name there; one for the whole of a script leads
    to its first words, wherever it is told what else people say.
    """
    unnamed = {
        (owner, fold(alias))
        for owner in {b.owner for b in blocks} & found_by.keys()
        for alias in found_by[owner].aliases
    }
    if not unnamed:
        return blocks
    first_words = {b.owner: b.anchor for b in reversed(blocks) if b.role == "o"}
    with_aliases: list[Block] = []
    texts = {fold(b.text) for b in blocks}
    for block in blocks:
        name = (block.owner, fold(block.text))
        known = name in unnamed and block.role != "t"
        unnamed.discard(name)
        if known:
            anchor = block.anchor if block.part else first_words.get(block.owner, block.anchor)
            block = replace(block, role="a", copied=False, anchor=anchor)
        with_aliases.append(block)
        if block.role == "t":
            aliases = found_by.get(block.owner, Findable()).aliases
            new = (" ".join(alias.split()) for alias in aliases if fold(alias) not in texts)
            with_aliases.extend(replace(block, role="a", text=alias) for alias in new)
    return tuple(with_aliases)


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
