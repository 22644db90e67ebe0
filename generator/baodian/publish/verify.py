"""What was written and the pages it must hold → problems.

It rests on the finished HTML, so it sees what a reader's browser will see, whoever wrote it: our
pages, hand-written ones, the theme. Assets (style sheets, scripts, pictures, frames) must come from
the folder itself; an ordinary link to another host is the author's business. What a page's policy
would stop must not be in it.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from baodian.page import Page, Site
from baodian.publish.addresses import NOWHERE, UPWARDS
from baodian.publish.policy import blocked
from baodian.publish.reading import Reading, Written
from baodian.said.messages import Message, msg
from baodian.said.problems import At, Problem, in_order


def verify(reading: Reading, site: Site, mount: str = "/") -> tuple[Problem, ...]:
    """Return what is wrong with what was written, places relative to its folder.

    `mount` is the path under which a server will show the folder; an absolute link begins so. The
    page for addresses that lead nowhere may be shown at any depth and goes upwards from there.
    """
    problems: list[Problem] = []
    for page in site.pages:
        problems.extend(_holdings(page, reading.pages.get(page.address)))
    for name, written in reading.pages.items():
        problems.extend(_repeated(name, written))
        problems.extend(_blocked(name, written))
    naming = (reading.pages, reading.sheets, reading.manifests)
    for name, written in (one for each in naming for one in each.items()):
        problems.extend(_broken(name, written, reading, mount))
        problems.extend(_foreign(name, written))
    for name, written in reading.scripts.items():
        problems.extend(_foreign(name, written))
    return in_order(problems)


# --- rules ----------------------------------------------------------------------------------------


def _holdings(page: Page, html: Written | None) -> Iterator[Problem]:
    if html is None:
        text = msg("The page “{title}” was not built.", title=page.title)
        yield _problem("page-missing", page.address, 1, text)
        return
    wanted = Counter(held.partition("#")[2] for held in page.holds)
    for held in sorted(page.holds):
        part = held.partition("#")[2]
        count = (html.items if part else html.entities).get(held, 0)
        if count == 1 or (part and html.parts.get(part, 0) == wanted[part]):
            continue  # an item may stand beside its entity's element, if its id is still its own
        if count == 0:
            text = msg("{held} is not on its page.", held=held)
            yield _problem("block-missing", page.address, 1, text)
        else:
            text = msg("{held} is on its page {n} times.", held=held, n=count)
            yield _problem("id-twice", page.address, 1, text)


def _repeated(name: str, html: Written) -> Iterator[Problem]:
    for id_, count in html.ids.items():
        if count > 1:
            text = msg("The anchor “{id}” is on the page {n} times.", id=id_, n=count)
            yield _problem("id-twice", name, html.line(html.id_at[id_]), text)


def _broken(name: str, html: Written, reading: Reading, mount: str) -> Iterator[Problem]:
    for link in html.links:
        target = _target(name, link.href, mount)
        if target is None:
            continue
        address, anchor = target
        if address.endswith("/") or address == "":
            address += "index.html"
        if address not in reading.files:
            text = msg("The link “{href}” leads nowhere.", href=link.href)
            yield _problem("broken-link", name, html.line(link.at), text)
        elif anchor and address in reading.pages and anchor not in reading.pages[address].ids:
            text = msg(
                "The link “{href}” leads to a place that is not on the page.", href=link.href
            )
            yield _problem("broken-link", name, html.line(link.at), text)


def _foreign(name: str, html: Written) -> Iterator[Problem]:
    for reference in html.fetched:
        parts = urlsplit(reference.href)
        if parts.netloc or parts.scheme not in ("", "data", "blob", "javascript"):
            text = msg("The page would load “{href}” from another host.", href=reference.href)
            yield _problem("other-host", name, html.line(reference.at), text)


def _blocked(name: str, html: Written) -> Iterator[Problem]:
    for what, at in blocked(html.text):
        text = msg("The page's own policy would stop “{what}”.", what=what)
        hint = msg("Put it in a file, and name that under “extra_javascript” or “extra_css” in "
                   "mkdocs.yml.")  # fmt: skip
        yield Problem("blocked", At(name, html.line(at)), text, hint)


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
    elif name == NOWHERE:
        folder, path = "", UPWARDS.sub("", path)
    else:
        folder = posixpath.dirname(name)
    address = posixpath.normpath(posixpath.join(folder, path))
    if path.endswith("/") or address == ".":
        address = "" if address == "." else address + "/"
    return address, unquote(parts.fragment)
