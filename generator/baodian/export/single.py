"""The handbook as one HTML file, made of the same articles as the site, without their frames."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from baodian.build import ENGINE
from baodian.publish import lean
from baodian.publish.leaks import leaks
from baodian.publish.reading import Reading, Written, read_page
from baodian.publish.single import FILE, single
from baodian.publish.verify import verify
from baodian.read import Read
from baodian.said.messages import Words
from baodian.said.problems import PlaybookError
from baodian.terminal import Progress
from baodian.writers import calendar, feed, html
from baodian.writers.article import Article

BESIDE = frozenset((calendar.FILE, feed.FILE))
"""What a page leads to that a build writes beside the pages; in one file it is only named."""


def handbook(project: Path, book: Read, t: Words, progress: Progress) -> bytes:
    """Return the file; raises `PlaybookError` if a page came out wrong.

    It is made even if the playbook wants no copies on devices: here somebody asks for one.
    """
    site, words = book.site, book.words
    pages = {page.address: page for page in site.pages}
    icons: dict[str, str] = {}
    written: dict[str, Written] = {}
    articles: list[Article] = []
    with progress.stage(t("Writing {n} {n|page|pages}", n=len(pages))):
        hand = ENGINE.handwritten(project, book)
        ours = (html.render(page, site, words, hand.edit) for page in site.pages)
        for done, article in enumerate((*hand.articles, *ours)):
            progress.step(done, len(pages))
            thin = lean.page(article.html)
            icons |= thin.icons
            articles.append(replace(article, html=thin.html))
            written[article.address] = read_page(thin.html, pages.get(article.address))
        one = single(articles, icons, site, words, project / "content")
    with progress.stage(t("Verifying the pages")):
        written[FILE] = read_page(one)
        problems = verify(Reading(hand.files | BESIDE | written.keys(), written), site, hand.mount)
        problems += leaks([(FILE, one.encode())], book.secrets)
    if problems:
        raise PlaybookError(problems)
    return one.encode()
