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
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from baodian.messages import Message, msg
from baodian.page import Page, Site
from baodian.problems import At, Problem, in_order

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


@dataclass(frozen=True)
class Reference:
    """An address that a file names, and the line where it does."""

    href: str
    line: int


@dataclass
class Html:
    """What one HTML file holds, as far as it can be wrong."""

    ids: Counter[str] = field(default_factory=Counter)
    id_lines: dict[str, int] = field(default_factory=dict)
    entities: Counter[str] = field(default_factory=Counter)
    items: Counter[str] = field(default_factory=Counter)  # `kind:id#part`
    parts: Counter[str] = field(default_factory=Counter)  # `part`, wherever it stands
    links: list[Reference] = field(default_factory=list)
    fetched: list[Reference] = field(default_factory=list)


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
            read[name] = _read_html(text, page.entity if page else None)
    problems: list[Problem] = []
    for page in site.pages:
        problems.extend(_holdings(page, read.get(page.address)))
    for name, html in read.items():
        problems.extend(_repeated(name, html))
        problems.extend(_broken(name, html, read, files, mount))
        problems.extend(_foreign(name, html.fetched))
    for name in sorted(files):
        if name.endswith(".css"):
            text = (folder / name).read_text(encoding="utf-8")
            sheet = Html(fetched=_css_references(text))
            sheet.links = [r for r in sheet.fetched if not r.href.startswith(("data:", "#", "%23"))]
            problems.extend(_broken(name, sheet, read, files, mount))
            problems.extend(_foreign(name, sheet.fetched))
        elif name.endswith(".js") and not name.startswith("assets/"):
            text = (folder / name).read_text(encoding="utf-8")
            problems.extend(_foreign(name, _script_references(text)))
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
            yield _problem("id-twice", name, html.id_lines[id_], text)


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
            yield _problem("broken-link", name, link.line, text)
        elif anchor and address in read and anchor not in read[address].ids:
            text = msg(
                "The link “{href}” leads to a place that is not on the page.", href=link.href
            )
            yield _problem("broken-link", name, link.line, text)


def _foreign(name: str, references: list[Reference]) -> Iterator[Problem]:
    for reference in references:
        parts = urlsplit(reference.href)
        if parts.netloc or parts.scheme not in ("", "data", "blob", "javascript"):
            text = msg("The page would load “{href}” from another host.", href=reference.href)
            yield _problem("other-host", name, reference.line, text)


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


def _read_html(text: str, entity: str | None) -> Html:
    reader = _Reader(entity)
    reader.feed(text)
    reader.close()
    return reader.html


class _Reader(HTMLParser):
    """Collects ids, marks and addresses. An item belongs to the nearest entity around it."""

    def __init__(self, entity: str | None) -> None:
        super().__init__(convert_charrefs=False)
        self.html = Html()
        self._around: list[tuple[str, str | None]] = [("", entity)]
        self._raw = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what the element names."""
        given = {key: value or "" for key, value in attrs}
        line = self.getpos()[0]
        entity = given.get("data-entity") or self._around[-1][1]
        if tag not in VOID:
            self._around.append((tag, entity))
        is_data = tag == "script" and "json" in given.get("type", "")
        self._raw = tag if tag in ("style", "script") and not is_data else ""
        if not given:
            return
        if id_ := given.get("id"):
            self.html.ids[id_] += 1
            self.html.id_lines[id_] = line
        if "data-entity" in given:
            self.html.entities[given["data-entity"]] += 1
        if "data-item" in given:
            self.html.items[f"{entity}#{given['data-item']}"] += 1
            self.html.parts[given["data-item"]] += 1
        if tag in ("a", "area") and "href" in given:
            self.html.links.append(Reference(given["href"], line))
        for href in _fetched(tag, given):
            self._fetches(href, line)
        if "style" in given:
            self._styles(given["style"], line)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Treat `<path/>` as opened and closed."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Leave the element, and those inside it whose end was left out."""
        self._raw = ""
        for depth in range(len(self._around) - 1, 0, -1):
            if self._around[depth][0] == tag:
                del self._around[depth:]
                return

    def handle_data(self, data: str) -> None:
        """Look into style sheets and scripts that stand in the page."""
        line = self.getpos()[0]
        if self._raw == "style":
            self._styles(data, line)
        elif self._raw == "script":
            self.html.fetched.extend(
                Reference(r.href, line + r.line - 1) for r in _script_references(data)
            )

    def _fetches(self, href: str, line: int) -> None:
        self.html.fetched.append(Reference(href, line))
        if not urlsplit(href).scheme:
            self.html.links.append(Reference(href, line))

    def _styles(self, text: str, line: int) -> None:
        self.html.fetched.extend(
            Reference(r.href, line + r.line - 1) for r in _css_references(text)
        )


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


def _css_references(text: str) -> list[Reference]:
    return [
        Reference((found[1] or found[2]).strip(), text.count("\n", 0, found.start()) + 1)
        for found in CSS_ADDRESS.finditer(text)
    ]


def _script_references(text: str) -> list[Reference]:
    return [
        Reference(found[1], text.count("\n", 0, found.start()) + 1)
        for found in SCRIPT_ADDRESS.finditer(text)
        if not found[1].startswith(VOCABULARIES)
    ]
