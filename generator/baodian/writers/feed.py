"""What changed as a feed that programs can follow (Atom, RFC 4287).

An entry keeps its id for ever, whatever the handbook and the thing are called and wherever the site
stands, and its `updated` is a day of the handbook, never the moment of a build. So the same data
gives the same feed, and a program tells its reader of each entry once.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from html import escape
from urllib.parse import urljoin

from baodian.page import News, Site

FILE = "changes.xml"
ATOM = "http://www.w3.org/2005/Atom"
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def feed(site: Site, site_url: str = "") -> str:
    """Return the feed of a site; `site_url` is its address on the web, "" if nobody knows."""
    latest = max((one.day for one in site.news), default=site.effective_from)
    own = f'<link rel="self" href="{_text(_at(site_url, FILE))}"/>' if site_url else ""
    head = (
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="{ATOM}" xml:lang="{_text(site.language)}">',
        f"<id>{named(site, '')}</id>",
        f"<title>{_text(site.name)}</title>",
        f"<updated>{_midnight(latest)}</updated>",
        f"<author><name>{_text(site.owner or site.company or site.name)}</name></author>",
        f'<link rel="alternate" type="text/html" href="{_text(_at(site_url, site.news_at))}"/>',
        own,
    )
    entries = (line for one in site.news for line in _entry(site, one, site_url))
    return "\n".join((*filter(None, head), *entries, "</feed>", ""))


def named(site: Site, name: str) -> str:
    """Return the id of something in a site, the same one in whatever build and at any address."""
    seed = uuid.uuid5(uuid.NAMESPACE_OID, f"baodian:{site.company or site.name}")
    return uuid.uuid5(seed, name).urn


def _entry(site: Site, one: News, site_url: str) -> Iterator[str]:
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in one.lines)
    yield "<entry>"
    yield f"<id>{named(site, one.name)}</id>"
    yield f"<title>{_text(one.title)}</title>"
    yield f"<updated>{_midnight(one.day)}</updated>"
    yield f'<link rel="alternate" type="text/html" href="{_text(_at(site_url, one.href))}"/>'
    yield f'<content type="html">{_text(paragraphs)}</content>'
    yield "</entry>"


def _at(site_url: str, address: str) -> str:
    """Return an address from the root of the site, whole if it is known where that is.

    Else it is seen from the feed, which stands at the root.
    """
    return urljoin(f"{site_url.rstrip('/')}/", address) if site_url else address


def _midnight(day: str) -> str:
    return f"{day}T00:00:00Z"


def _text(text: str) -> str:
    """Return a text as XML, without the signs that no XML may hold."""
    return escape(_ILLEGAL.sub("", text))
