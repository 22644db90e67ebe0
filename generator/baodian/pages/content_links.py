"""Links, pictures and anchors of the hand-written pages, before any engine has seen them.

A link to a `.md` file leads to its page, from the file it stands in; HTML is taken as it stands.
That is what MkDocs makes of them, and what `verify` will look for.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

import markdown
from markdown.treeprocessors import Treeprocessor

from baodian.checks.walk import texts
from baodian.model.fields import Markdown
from baodian.page import Page
from baodian.pages.clashes import address_of
from baodian.pages.looks import by_kind
from baodian.pages.markdown_prose import cleaned
from baodian.playbook import Playbook
from baodian.playbook.content import body
from baodian.said.messages import Message, msg
from baodian.said.problems import At, Problem
from baodian.text import dialect
from baodian.text.dialect import EXTENSIONS, FIELD, PAGE, strict, title
from baodian.values import names

_THEIRS = ("__", "bd-")  # ids of the frame around a page begin so


@dataclass(frozen=True)
class Link:
    """What an element names: as written, and once a `.md` file has become its page."""

    tag: str
    href: str
    written: str


class _Seen(HTMLParser):
    """Gathers the links and ids of a page as a browser would have them."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[tuple[str, str]] = []
        self.ids: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                self.ids[value] += 1
            elif (tag, name) in (("a", "href"), ("img", "src")):
                self.links.append((tag, value or ""))


class _Pages(Treeprocessor):
    """Turns links to `.md` files into links to their pages; HTML in Markdown is not in the tree."""

    def __init__(self, md: markdown.Markdown) -> None:
        super().__init__(md)
        self.written: dict[str, str] = {}

    def run(self, root: Element) -> None:
        for element in root.iter():
            for name in ("href", "src"):
                href = element.get(name)
                if href and (page := _page_of(href)) != href:
                    self.written[page] = href
                    element.set(name, page)


def _page_of(href: str) -> str:
    try:
        parts = urlsplit(href)
    except ValueError:
        return href
    if parts.scheme or parts.netloc or not parts.path.endswith(".md"):
        return href
    path = address_of(parts.path) if not parts.path.startswith("/") else parts.path
    return parts._replace(path=path).geturl()


@dataclass(frozen=True)
class Seen:
    """A hand-written page: its links in order, how often each id stands on it, its heading."""

    links: tuple[Link, ...]
    ids: Mapping[str, int]
    title: str  # "" without a heading


class Ours:
    """The pages of the playbook, made one after the other until the one asked for is there.

    None of them can be made where the playbook has errors: then they are not known.
    """

    def __init__(self, make: Callable[[str], Iterable[Page] | None]) -> None:
        """`make` is given the address of the first page that is asked for."""
        self._make = make
        self._made: dict[str, Page] = {}
        self._ahead: Iterator[Page] | None = None
        self._begun = False

    @property
    def known(self) -> bool:
        """Say whether the pages can be made; nobody knows before one was asked for."""
        return self._ahead is not None

    def at(self, address: str) -> Page | None:
        """Return the page at an address, None if there is none."""
        if not self._begun:
            self._begun = True
            made = self._make(address)
            self._ahead = None if made is None else iter(made)
        while self._ahead is not None and address not in self._made:
            page = next(self._ahead, None)
            if page is None:
                break
            self._made.setdefault(page.address, page)
        return self._made.get(address)


@cache
def seen(text: str) -> Seen:
    """Return the links, the ids and the heading of a hand-written page."""
    md = markdown.Markdown(extensions=EXTENSIONS)
    pages = _Pages(md)
    md.treeprocessors.register(pages, "baodian", 0)
    browser = _Seen()
    html = cleaned(md.convert(strict(body(text)[0], PAGE.names).text))
    browser.feed(html)
    links = (Link(tag, href, pages.written.get(href, href)) for tag, href in browser.links)
    return Seen(tuple(links), browser.ids, title(html))


def may_differ(playbook: Playbook, before: Playbook | None) -> bool:
    """Say whether `problems` may be others than those of a playbook before, looked at already.

    A page is there because of what is at home on it; its anchors may be because of anything.
    """
    if before is None or playbook.content != before.content:
        return True
    moved = {
        kind for kind, of in playbook.entities.items()
        if of is not before.entities[kind] and of.keys() != before.entities[kind].keys()
    }  # fmt: skip
    if not moved:
        return False
    top = {_top(look.home) for kind in moved for look in (by_kind()[kind],)}
    for link in (link for _, text in playbook.content for link in seen(text).links):
        if "#" in link.href or _top(link.href.lstrip("./")) in top:
            return True
    return False


def _top(address: str) -> str:
    """Return the first folder of an address, or its page if it is at the top."""
    return re.split(r"[/.#]", address, maxsplit=1)[0]


def problems(playbook: Playbook, ours: Ours) -> Iterator[Problem]:
    """Yield what is wrong with links, pictures and ids in Markdown: in fields and on pages.

    `ours` are our own pages, made if a link leads to one; where they are not known it passes.
    Right: [案例](cases/index.md#h-all). Wrong: [案例](case.md), ![图](https://other.example/a.png).
    """
    own = {address_of(file): text for file, text in playbook.content}
    beside = {file.removeprefix("content/") for file in playbook.beside}
    for _, _, value in texts(playbook):
        if isinstance(value, Markdown):
            for href in _links(str(value)):
                at = value.where(max(0, value.find(href)))
                if problem := _link(Link("a", href, href), at, "index.html", own, beside, ours):
                    yield problem
    for file, text in playbook.content:
        page, times = seen(text), Counter[str]()
        for link in page.links:
            at = _place(file, text, link.written, times[link.written])
            times[link.written] += 1
            if problem := _link(link, at, address_of(file), own, beside, ours):
                yield problem
        for id_, n in page.ids.items():
            at = _place(file, text, id_, 1 if n > 1 else 0)
            if n > 1:
                message = msg("The anchor “{id}” is on the page {n} times.", id=id_, n=n)
                yield Problem("id-twice", at, message, msg("Give one of them another id."))
            elif id_.startswith(_THEIRS):
                message = msg("Anchors that begin with “{start}” belong to the handbook itself.",
                              start=next(s for s in _THEIRS if id_.startswith(s)))  # fmt: skip
                yield Problem("id-twice", at, message, msg("Give it another id."))


@cache
def _links(text: str) -> tuple[str, ...]:
    """Return where a Markdown field leads to, from the root of the site; its own page left out."""
    browser = _Seen()
    browser.feed(dialect.cleaned(dialect.converted(strict(text, FIELD.names).text), FIELD))
    return tuple(href for _, href in browser.links if href and not href.startswith("#"))


def _place(file: str, text: str, named: str, nth: int) -> At:
    """Return where something is written for the time `nth`, counted from 0; else the last time."""
    whole = re.compile(rf"(?<![\w./%-]){re.escape(named)}(?![\w./#%?&=-])")
    starts = [match.start() for match in whole.finditer(text)]
    if not named or not starts:
        return At(file)
    start = starts[min(nth, len(starts) - 1)]
    before = text[:start].replace("\r\n", "\n").replace("\r", "\n")
    return At(file, before.count("\n") + 1, len(before) - before.rfind("\n"))


def _link(
    link: Link,
    at: At,
    here: str,
    own: Mapping[str, str],
    beside: set[str],
    ours: Ours,
) -> Problem | None:
    try:
        parts = urlsplit(link.href)
    except ValueError:
        return _nowhere(link, at, msg("Write the whole address, beginning with https://."))
    if link.tag == "img" and (parts.scheme or parts.netloc):
        message = msg("The page would load “{href}” from another host.", href=link.href)
        hint = msg("Put the picture into content/ and name that file.")
        return Problem("other-host", at, message, hint)
    if parts.scheme or parts.netloc:
        return None
    if parts.path.startswith("/"):
        return _nowhere(link, at, msg("Write the way from this file, without “/” in front."))
    path = unquote(parts.path)
    target = posixpath.normpath(posixpath.join(posixpath.dirname(here), path)) if path else here
    if path.endswith("/") or target == ".":
        target = posixpath.normpath(posixpath.join(target, "index.html"))
    anchor = unquote(parts.fragment)
    if target in beside:
        return None
    if link.tag == "a" and target in own:
        if anchor and anchor not in seen(own[target]).ids:
            return _no_place(link, at, tuple(seen(own[target]).ids))
        return None
    if link.tag == "a" and target.endswith(".html") and not target.startswith("../"):
        page = ours.at(target)
        if not ours.known or (page and (not anchor or _holds(page, anchor))):
            return None
        if page:
            return _no_place(link, at, ())
    return _nowhere(link, at, msg("Write the name of the file, and the way to it from this one."))


def _nowhere(link: Link, at: At, hint: Message) -> Problem:
    message = msg("The link “{href}” leads nowhere.", href=link.written)
    return Problem("broken-link", at, message, hint)


def _no_place(link: Link, at: At, ids: tuple[str, ...]) -> Problem:
    message = msg("The link “{href}” leads to a place that is not on the page.", href=link.written)
    hint = msg("Give the heading an id in Latin letters, {example}, and write “#pay” in the link.",
               example="## 付款 {#pay}")  # fmt: skip
    named = tuple(id_ for id_ in ids if not re.fullmatch(r"_\d+", id_))
    if named and not re.search(r"[^\x00-\x7f]", unquote(link.href.partition("#")[2])):
        hint = msg("Possible: {ids}.", ids=named[:12])
    return Problem("broken-link", at, message, hint)


def _holds(value: Page | object, anchor: str) -> bool:
    """Tell whether a page has an anchor: whether something on it is named so."""
    if isinstance(value, str):
        return value in (anchor, f"#{anchor}")
    if isinstance(value, (tuple, frozenset)):
        return any(_holds(one, anchor) for one in value)
    return any(_holds(getattr(value, name), anchor) for name in names(type(value)))
