"""Our addresses and chapters in MkDocs' terms: source names, navigation, tables of contents."""

from __future__ import annotations

import html as markup
import posixpath
from collections.abc import Iterable, Iterator
from typing import Any

from mkdocs.structure import StructureItem
from mkdocs.structure.files import File
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils import meta

from baodian.page import NavSection, Site


def source_uri(href: str) -> str:
    """Return the name under which MkDocs knows the page at an address."""
    return href.partition("#")[0].removesuffix(".html") + ".md"


def relative_source(href: str, folder: str) -> str:
    """Return a link that MkDocs understands, from a page in `folder` to an address."""
    address, hash_, anchor = href.partition("#")
    return posixpath.relpath(source_uri(address), folder or ".") + hash_ + anchor


def navigation(sections: Iterable[NavSection]) -> Iterator[dict[str, Any]]:
    """Yield the chapters in the form of MkDocs' `nav`."""
    for section in sections:
        index = source_uri(section.address)
        if section.pages:
            below = [{crumb.text: source_uri(crumb.href)} for crumb in section.pages]
            yield {section.title: [index, *below]}
        else:
            yield {section.title: index}


def asking(handwritten: Iterable[File]) -> Iterator[str]:
    """Yield the hand-written pages that have `navigation: true` in their head."""
    for file in handwritten:
        if meta.get_data(file.content_string)[1].get("navigation") is True:
            yield file.src_uri


def chapter_items(nav: Navigation, site: Site) -> dict[str, StructureItem]:
    """Return the navigation item of each chapter, by the chapter's id."""
    by_title = {item.title: item for item in nav.items}
    by_page = {p.file.dest_uri: p for p in nav.items if isinstance(p, Page)}
    items: dict[str, StructureItem] = {}
    for section in site.navigation:
        item = by_page.get(section.address) or by_title.get(section.title)
        if item is not None:
            items[section.id] = item
    return items


def contents(headings: Iterable[tuple[int, str, str]]) -> TableOfContents:
    """Return (level, text, anchor) headings as MkDocs' nested table of contents."""
    top: list[AnchorLink] = []
    open_links: list[AnchorLink] = []
    for level, text, anchor in headings:
        link = AnchorLink(markup.escape(text, quote=False), anchor, level)
        while open_links and open_links[-1].level >= level:
            open_links.pop()
        (open_links[-1].children if open_links else top).append(link)
        open_links.append(link)
    return TableOfContents(top)
