"""A built folder and the pages it must hold → problems.

Reads the finished HTML, so it sees what a reader's browser will see, whoever wrote it: our pages,
hand-written ones, the theme. Assets (style sheets, scripts, pictures, frames) must come from the
folder itself; an ordinary link to another host is the author's business.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from baodian.page import Page, Site
from baodian.said.messages import Message, msg
from baodian.said.problems import At, Problem, in_order

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
# In scripts of ours an address in quotes is taken for something that is loaded; names of XML
# vocabularies only look like addresses.
SCRIPT_ADDRESS = re.compile(r"""["'`]((?:https?:)?//[\w\[][^"'`\s]*)""")
VOCABULARIES = ("http://www.w3.org/",)


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


@dataclass
class Html:
    """What one HTML file (or style sheet, or script) holds, as far as it can be wrong."""

    text: str
    ids: Counter[str] = field(default_factory=Counter)
    id_at: dict[str, int] = field(default_factory=dict)
    entities: Counter[str] = field(default_factory=Counter)
    items: Counter[str] = field(default_factory=Counter)  # `kind:id#part`
    parts: Counter[str] = field(default_factory=Counter)  # `part`, wherever it stands
    links: list[Reference] = field(default_factory=list)
    fetched: list[Reference] = field(default_factory=list)

    def line(self, at: int) -> int:
        """Return the line of a place."""
        return self.text.count("\n", 0, at) + 1


def verify(folder: Path, site: Site, mount: str = "/") -> tuple[Problem, ...]:
    """Return what is wrong with the site that was built into `folder`, places relative to it.

    `mount` is the path under which a server will show the folder; links of `404.html` begin so.
    """
    pages = {page.address: page for page in site.pages}
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    read: dict[str, Html] = {}
    for name in sorted(files):
        if name.endswith(".html"):
            text = (folder / name).read_text(encoding="utf-8")
            page = pages.get(name)
            read[name] = read_html(text, page.entity if page else None)
    problems: list[Problem] = []
    for page in site.pages:
        problems.extend(_holdings(page, read.get(page.address)))
    for name, html in read.items():
        problems.extend(_repeated(name, html))
        problems.extend(_broken(name, html, read, files, mount))
        problems.extend(_foreign(name, html))
    for name in sorted(files):
        if name.endswith(".css"):
            sheet = Html((folder / name).read_text(encoding="utf-8"))
            sheet.fetched = _css_references(sheet.text)
            sheet.links = [r for r in sheet.fetched if not r.href.startswith(("data:", "#", "%23"))]
            problems.extend(_broken(name, sheet, read, files, mount))
            problems.extend(_foreign(name, sheet))
        elif name.endswith(".js") and not name.startswith("assets/"):
            script = Html((folder / name).read_text(encoding="utf-8"))
            script.fetched = _script_references(script.text)
            problems.extend(_foreign(name, script))
    return in_order(problems)


# --- rules ----------------------------------------------------------------------------------------


def _holdings(page: Page, html: Html | None) -> Iterator[Problem]:
    if html is None:
        text = msg("The page “{title}” was not built.", title=page.title)
        yield _problem("page-missing", page.address, 1, text)
        return
    wanted = Counter(held.partition("#")[2] for held in page.holds)
    for held in sorted(page.holds):
        part = held.partition("#")[2]
        count = html.items[held] if part else html.entities[held]
        if count == 1 or (part and html.parts[part] == wanted[part]):
            continue  # an item may stand beside its entity's element, if its id is still its own
        if count == 0:
            text = msg("{held} is not on its page.", held=held)
            yield _problem("block-missing", page.address, 1, text)
        else:
            text = msg("{held} is on its page {n} times.", held=held, n=count)
            yield _problem("id-twice", page.address, 1, text)


def _repeated(name: str, html: Html) -> Iterator[Problem]:
    for id_, count in html.ids.items():
        if count > 1:
            text = msg("The anchor “{id}” is on the page {n} times.", id=id_, n=count)
            yield _problem("id-twice", name, html.line(html.id_at[id_]), text)


def _broken(
    name: str, html: Html, read: dict[str, Html], files: set[str], mount: str
) -> Iterator[Problem]:
    for link in html.links:
        target = _target(name, link.href, mount)
        if target is None:
            continue
        address, anchor = target
        if address.endswith("/") or address == "":
            address += "index.html"
        if address not in files:
            text = msg("The link “{href}” leads nowhere.", href=link.href)
            yield _problem("broken-link", name, html.line(link.at), text)
        elif anchor and address in read and anchor not in read[address].ids:
            text = msg(
                "The link “{href}” leads to a place that is not on the page.", href=link.href
            )
            yield _problem("broken-link", name, html.line(link.at), text)


def _foreign(name: str, html: Html) -> Iterator[Problem]:
    for reference in html.fetched:
        parts = urlsplit(reference.href)
        if parts.netloc or parts.scheme not in ("", "data", "blob", "javascript"):
            text = msg("The page would load “{href}” from another host.", href=reference.href)
            yield _problem("other-host", name, html.line(reference.at), text)


def _problem(code: str, name: str, line: int, text: Message) -> Problem:
    return Problem(code, At(name, line), text)


def _target(name: str, href: str, mount: str) -> tuple[str, str] | None:
    """Return (file, anchor) that a link means, None if it leaves the site."""
    parts = urlsplit(href)
    if parts.scheme or parts.netloc:
        return None
    path = unquote(parts.path)
    if path == "":
        return name, unquote(parts.fragment)
    if path.startswith("/"):
        path = path.removeprefix(mount.rstrip("/")).lstrip("/")
        folder = ""
    else:
        folder = posixpath.dirname(name)
    address = posixpath.normpath(posixpath.join(folder, path))
    if path.endswith("/") or address == ".":
        address = "" if address == "." else address + "/"
    return address, unquote(parts.fragment)


# --- reading --------------------------------------------------------------------------------------


def read_html(text: str, entity: str | None = None) -> Html:
    """Return what an HTML file holds; `entity` is the one that the page as a whole is.

    An item belongs to the nearest entity around it. Scans with one expression instead of a full
    parser: three times as fast, and a test holds it to what the standard library's parser sees.
    """
    html = Html(text)
    around: list[tuple[str, str | None]] = [("", entity)]
    for found in TOKEN.finditer(text):
        raw_tag, end_tag, tag, attributes = found["raw"], found["end"], found["tag"], found["attrs"]
        if end_tag:
            _leave(around, end_tag.lower())
        elif tag:
            name = tag.lower()
            given = _given(attributes)
            inner = given.get("data-entity") or around[-1][1]
            if name not in VOID and not attributes.endswith("/"):
                around.append((name, inner))
            _note(html, name, given, inner, found.start())
        elif raw_tag:
            given = _given(found["raw_attrs"])
            _note(html, raw_tag.lower(), given, around[-1][1], found.start())
            if raw_tag.lower() == "style":
                html.fetched.extend(_css_references(found["body"], found.start("body")))
            elif raw_tag.lower() == "script" and "json" not in given.get("type", ""):
                html.fetched.extend(_script_references(found["body"], found.start("body")))
    return html


def _leave(around: list[tuple[str, str | None]], tag: str) -> None:
    """Leave an element, and those inside it whose end was left out."""
    for depth in range(len(around) - 1, 0, -1):
        if around[depth][0] == tag:
            del around[depth:]
            return


def _given(attributes: str) -> dict[str, str]:
    if not attributes or attributes.isspace():
        return {}
    return {
        name.lower(): unescape(quoted or single or bare)
        for name, quoted, single, bare in ATTRIBUTE.findall(attributes)
    }


def _note(html: Html, tag: str, given: dict[str, str], entity: str | None, at: int) -> None:
    """Note what one element names."""
    if id_ := given.get("id"):
        html.ids[id_] += 1
        html.id_at[id_] = at
    if "data-entity" in given:
        html.entities[given["data-entity"]] += 1
    if "data-item" in given:
        html.items[f"{entity}#{given['data-item']}"] += 1
        html.parts[given["data-item"]] += 1
    if tag in ("a", "area") and "href" in given:
        html.links.append(Reference(given["href"], at))
    for href in _fetched(tag, given):
        html.fetched.append(Reference(href, at))
        if not urlsplit(href).scheme:
            html.links.append(Reference(href, at))
    if "style" in given:
        html.fetched.extend(Reference(r.href, at) for r in _css_references(given["style"]))


def _fetched(tag: str, given: dict[str, str]) -> Iterator[str]:
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


def _css_references(text: str, start: int = 0) -> list[Reference]:
    return [
        Reference((found[1] or found[2]).strip(), start + found.start())
        for found in CSS_ADDRESS.finditer(text)
    ]


def _script_references(text: str, start: int = 0) -> list[Reference]:
    return [
        Reference(found[1], start + found.start())
        for found in SCRIPT_ADDRESS.finditer(text)
        if not found[1].startswith(VOCABULARIES)
    ]
