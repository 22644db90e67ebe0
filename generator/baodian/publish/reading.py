"""Written files → what they name, lead to and say. Each file is read once, here and nowhere else.

Pages, style sheets and scripts come in as text; out come values on which verifying, searching, the
one file and the list of what is unused rest.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

from baodian.page import Page
from baodian.publish import manifest
from baodian.writers.search import Block, Texts

VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
}  # fmt: skip
# Where an element names something that the browser fetches by itself.
FETCHED = {
    "audio": ("src",),
    "embed": ("src",),
    "form": ("action",),
    "iframe": ("src",),
    "image": ("href", "xlink:href"),
    "img": ("src", "srcset"),
    "input": ("src",),
    "object": ("data",),
    "script": ("src",),
    "source": ("src", "srcset"),
    "track": ("src",),
    "use": ("href", "xlink:href"),
    "video": ("src", "poster"),
}
FETCHED_LINKS = {
    "stylesheet", "icon", "preload", "prefetch", "modulepreload", "preconnect", "dns-prefetch",
    "manifest", "apple-touch-icon", "mask-icon",
}  # fmt: skip
CSS_ADDRESS = re.compile(r"""url\(\s*["']?([^"')]+)|@import\s+["']([^"']+)""", re.IGNORECASE)
# In scripts an address in quotes is taken for something that is loaded; names of XML vocabularies
# only look like addresses, and a line that only hands over a JSON value is data, which is shown.
SCRIPT_ADDRESS = re.compile(r"""["'`]((?:https?:)?//[\w\[][^"'`\s]*)""")
VOCABULARIES = ("http://www.w3.org/",)
DATA_LINE = re.compile(r"^ *(?:var )?[\w.]+(?: = |\()([\[{\"].*)$", re.MULTILINE)

TOKEN = re.compile(
    r"""<!--.*?-->
    | <(?P<raw>script|style|title|textarea)\b(?P<raw_attrs>[^>]*)>(?P<body>.*?)</(?P=raw)\s*>
    | </(?P<end>[a-z][^\s/>]*)[^>]*>
    | <(?P<tag>[a-z][^\s/>]*)(?P<attrs>(?:[^>"']|"[^"]*"|'[^']*')*)>""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
ATTRIBUTE = re.compile(r"""([^\s"'=/>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")


@dataclass(frozen=True)
class Reference:
    """An address that a file names, and how many characters in."""

    href: str
    at: int


@dataclass(frozen=True)
class Written:
    """What one file holds. Only pages have ids, parts and texts."""

    text: str
    links: tuple[Reference, ...] = ()  # what must be there, if it belongs to the site
    fetched: tuple[Reference, ...] = ()  # what a browser loads by itself
    ids: Mapping[str, int] = field(default_factory=Counter)  # how often each stands there
    id_at: Mapping[str, int] = field(default_factory=dict)  # how many characters in
    entities: Mapping[str, int] = field(default_factory=Counter)
    items: Mapping[str, int] = field(default_factory=Counter)  # `kind:id#part`
    parts: Mapping[str, int] = field(default_factory=Counter)  # `part`, wherever it stands
    article: str = ""  # the markup of its main text
    blocks: tuple[Block, ...] = ()  # what the main text says

    def line(self, at: int) -> int:
        """Return the line of a place."""
        return self.text.count("\n", 0, at) + 1


@dataclass(frozen=True)
class Reading:
    """A folder of a written site: its files, and what was read in each that can name others."""

    files: frozenset[str]
    pages: Mapping[str, Written]
    sheets: Mapping[str, Written] = field(default_factory=dict)
    scripts: Mapping[str, Written] = field(default_factory=dict)
    manifests: Mapping[str, Written] = field(default_factory=dict)


NOTHING = Reading(frozenset(), {})


def read_folder(folder: Path, pages: Mapping[str, Page], known: Reading = NOTHING) -> Reading:
    """Return what stands in `folder`; what is `known` already is not read again.

    `pages` are the pages of the playbook by address.
    """
    files = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())

    def text(name: str) -> str:
        return (folder / name).read_bytes().decode()

    return Reading(
        frozenset(files),
        {
            name: known.pages.get(name) or read_page(text(name), pages.get(name))
            for name in files
            if name.endswith(".html")
        },
        {n: known.sheets.get(n) or read_sheet(text(n)) for n in files if n.endswith(".css")},
        {n: known.scripts.get(n) or read_script(text(n)) for n in files if n.endswith(".js")},
        {n: read_manifest(text(n)) for n in files if n == manifest.FILE},
    )


def read_sheet(text: str) -> Written:
    """Return what a style sheet asks for."""
    fetched = tuple(_css_references(text))
    links = tuple(r for r in fetched if not r.href.startswith(("data:", "#", "%23")))
    return Written(text, links, fetched)


def read_script(text: str) -> Written:
    """Return what a script loads."""
    return Written(text, fetched=tuple(_script_references(text)))


def read_manifest(text: str) -> Written:
    """Return what a manifest leads to and loads."""
    named = tuple(Reference(href, max(text.find(href), 0)) for href in manifest.addresses(text))
    return Written(text, named, named)


def read_page(text: str, page: Page | None = None, owner: str | None = None) -> Written:
    """Return what an HTML file holds; `page` is what it was made from, if it is one of ours.

    An item belongs to the nearest entity around it, a text to that or to `owner`; without an owner
    nobody asks for its texts. Scans with one expression instead of a full parser: three times as
    fast, and a test holds it to what the standard library's parser sees.
    """
    marks = _Marks(page.entity if page else None)
    article = _Article(owner)
    before = 0
    for token in TOKEN.finditer(text):
        start, end = token.span()
        raw_tag, raw_attributes, body, end_tag, tag, attributes = token.groups()
        if before < start:
            article.text(text, before, start)
        before = end
        if end_tag:
            marks.leave(end_tag.lower())
            article.leave(end_tag.lower(), start)
        elif tag:
            name, given = tag.lower(), _given(attributes)
            marks.note(name, given, start)
            if name in VOID or attributes.endswith("/"):
                article.alone(name)
            else:
                marks.enter(name, given)
                article.enter(name, given, end)
        elif raw_tag:
            name, given = raw_tag.lower(), _given(raw_attributes)
            marks.note(name, given, start)
            article.whole(name, given, body)
            if name == "style":
                marks.fetched.extend(_css_references(body, token.start("body")))
            elif name == "script" and "json" not in given.get("type", ""):
                marks.fetched.extend(_script_references(body, token.start("body")))
    return Written(
        text,
        tuple(marks.links),
        tuple(marks.fetched),
        marks.ids,
        marks.id_at,
        marks.entities,
        marks.items,
        marks.parts,
        text[article.start : article.end],
        article.texts.ended(),
    )


class _Marks:
    """Gathers what the elements of a page name."""

    def __init__(self, entity: str | None) -> None:
        self.links: list[Reference] = []
        self.fetched: list[Reference] = []
        self.ids, self.entities = Counter[str](), Counter[str]()
        self.items, self.parts = Counter[str](), Counter[str]()
        self.id_at: dict[str, int] = {}
        self._around: list[tuple[str, str | None]] = [("", entity)]

    def enter(self, tag: str, given: Mapping[str, str]) -> None:
        """Enter an element that will be left again."""
        self._around.append((tag, given.get("data-entity") or self._around[-1][1]))

    def leave(self, tag: str) -> None:
        """Leave an element, and those inside it whose end was left out."""
        for depth in range(len(self._around) - 1, 0, -1):
            if self._around[depth][0] == tag:
                del self._around[depth:]
                return

    def note(self, tag: str, given: Mapping[str, str], at: int) -> None:
        """Note what one element names."""
        if not given:
            return
        if id_ := given.get("id"):
            self.ids[id_] += 1
            self.id_at[id_] = at
        if "data-entity" in given:
            self.entities[given["data-entity"]] += 1
        if "data-item" in given:
            entity = given.get("data-entity") or self._around[-1][1]
            self.items[f"{entity}#{given['data-item']}"] += 1
            self.parts[given["data-item"]] += 1
        if tag in ("a", "area") and "href" in given:
            self.links.append(Reference(given["href"], at))
        for href in _fetched(tag, given):
            self.fetched.append(Reference(href, at))
            if not urlsplit(href).scheme:
                self.links.append(Reference(href, at))
        if "style" in given:
            self.fetched.extend(Reference(r.href, at) for r in _css_references(given["style"]))


class _Unasked(Texts):
    """The texts of an article that nobody asks for: none."""

    def __init__(self) -> None:
        super().__init__("")

    def text(self, markup: str) -> None:
        pass

    def enter(self, tag: str, given: Mapping[str, str]) -> None:
        pass

    def alone(self, tag: str) -> None:
        pass

    def leave(self, tag: str) -> None:
        pass


class _Article:
    """Finds the first `<article>` of a page and gathers its texts, if they belong to somebody."""

    def __init__(self, owner: str | None) -> None:
        self.texts = _Unasked() if owner is None else Texts(owner)
        self.start = self.end = 0
        self._depth = 0

    def text(self, text: str, start: int, end: int) -> None:
        if self._depth:
            self.texts.text(text[start:end])

    def enter(self, tag: str, given: Mapping[str, str], at: int) -> None:
        if self._depth:
            self.texts.enter(tag, given)
            self._depth += tag == "article"
        elif tag == "article" and not self.start:
            self.start, self._depth = at, 1

    def alone(self, tag: str) -> None:
        if self._depth:
            self.texts.alone(tag)

    def whole(self, tag: str, given: Mapping[str, str], body: str) -> None:
        if self._depth:
            self.texts.enter(tag, given)
            self.texts.text(body)
            self.texts.leave(tag)

    def leave(self, tag: str, at: int) -> None:
        if not self._depth:
            return
        self._depth -= tag == "article"
        if self._depth:
            self.texts.leave(tag)
        else:
            self.end = at


def _given(attributes: str) -> dict[str, str]:
    if not attributes or attributes.isspace():
        return {}
    given = {
        name.lower(): quoted or single or bare
        for name, quoted, single, bare in ATTRIBUTE.findall(attributes)
    }
    return {name: unescape(value) for name, value in given.items()} if "&" in attributes else given


def _fetched(tag: str, given: Mapping[str, str]) -> Iterator[str]:
    if tag == "link":
        if FETCHED_LINKS & set(given.get("rel", "").lower().split()) and "href" in given:
            yield given["href"]
        return
    for name in FETCHED.get(tag, ()):
        value = given.get(name, "")
        if name == "srcset":
            yield from (part.split()[0] for part in value.split(",") if part.strip())
        elif value:
            yield value


def _css_references(text: str, start: int = 0) -> Iterator[Reference]:
    for named in CSS_ADDRESS.finditer(text):
        yield Reference((named[1] or named[2]).strip(), start + named.start())


def _script_references(text: str, start: int = 0) -> Iterator[Reference]:
    text = DATA_LINE.sub(lambda line: " " * len(line[0]) if _is_json(line[1]) else line[0], text)
    for named in SCRIPT_ADDRESS.finditer(text):
        if not named[1].startswith(VOCABULARIES):
            yield Reference(named[1], start + named.start())


def _is_json(text: str) -> bool:
    try:
        json.loads(text.removesuffix(";").removesuffix(")"))
    except ValueError:
        return False
    return True
