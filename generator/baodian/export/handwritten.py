"""The hand-written pages of `content/` as page values, for formats that know no HTML pages."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

from baodian import page
from baodian.build import ENGINE
from baodian.page import Page
from baodian.read import Read
from baodian.writers.article import Article

_TITLE = re.compile(r"<h1\b[^>]*>.*?</h1>", re.DOTALL)
# Of this site, without its anchor.
_ADDRESS = re.compile(r'(?<=\b)(href|src)="([^":#]+)(?=["#])')


def pages(project: Path, book: Read) -> tuple[Page, ...]:
    """Return the pages of `content/` as the site has them, their links from its root.

    Raises `PlaybookError` if the engine refuses its settings.
    """
    return tuple(_page(article) for article in ENGINE.handwritten(project, book).articles)


def _page(article: Article) -> Page:
    folder = posixpath.dirname(article.address)
    body = _ADDRESS.sub(
        lambda found: f'{found[1]}="{posixpath.normpath(posixpath.join(folder, found[2]))}',
        _TITLE.sub("", article.html, count=1),
    )
    return Page(
        address=article.address,
        title=article.title,
        kind="page",
        section="home",
        blocks=(page.Markdown(body),),
    )
