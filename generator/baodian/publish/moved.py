"""Old addresses that lead on: small pages, and places on pages that are still there. No script."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable
from urllib.parse import urljoin

from baodian.page import Moved, Site
from baodian.publish import assets
from baodian.publish.frames import Framed
from baodian.publish.reading import VOID
from baodian.said.messages import Words

_CELLS = {"tr": "td|th", "ul": "li", "ol": "li", "dl": "dt", "table": "td|th", "tbody": "td|th"}


def write(framed: Framed, site: Site, t: Words, last: Callable[[str, str], str]) -> None:
    """Write a page at every old address that had one of its own; `last` finishes it."""
    for one in site.moved:
        if one.anchor or (framed.folder / one.address).exists():
            continue
        href = relative(one.to.href, one.address)
        canonical = urljoin(framed.site_url, one.to.href) if framed.site_url else href
        html = assets.template("moved.html").render(
            site=site, t=t, moved=one, href=href, canonical=canonical.partition("#")[0],
            sheet=relative(assets.SHEET, one.address),
        )  # fmt: skip
        assets.write(framed.folder, one.address, last(html, one.address))


def marked(html: str, address: str, site: Site, t: Words) -> str:
    """Return a page with the old places on it: at what stands for them now, else below it all."""
    below = []
    for one in site.moved:
        if one.address != address or not one.anchor or _id(one.anchor).search(html):
            continue
        page, _, anchor = one.to.href.partition("#")
        if page == address and (there := _id(anchor).search(html)):
            at = _inside(html, there)
            html = f'{html[:at]}<span id="{one.anchor}"></span>{html[at:]}'
        else:
            below.append((one, relative(one.to.href, address)))
    return _below(html, below, t)


def relative(href: str, address: str) -> str:
    """Return an address from the root of the site as a link of the page at `address`."""
    path, hash_, anchor = href.partition("#")
    return posixpath.relpath(path, posixpath.dirname(address) or ".") + hash_ + anchor


def _id(anchor: str) -> re.Pattern[str]:
    return re.compile(rf'<(\w+)\b[^<>]*\sid="{re.escape(anchor)}"[^<>]*>')


def _inside(html: str, tag: re.Match[str]) -> int:
    """Return where an element can hold an empty one: a row of a table in its first cell only."""
    if tag[1] in VOID:
        return tag.start()
    cells = _CELLS.get(tag[1])
    cell = re.compile(rf"<(?:{cells})\b[^<>]*>").search(html, tag.end()) if cells else None
    return cell.end() if cell else tag.end()


def _below(html: str, those: Iterable[tuple[Moved, str]], t: Words) -> str:
    lines = assets.template("moved-places.html").render(places=tuple(those), t=t)
    end = html.find("</article>")
    if not lines.strip() or end < 0:
        return html
    end += len("</article>")
    return f"{html[:end]}{lines.strip()}{html[end:]}"
