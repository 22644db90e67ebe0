"""A page value as a page of MkDocs, and any page of MkDocs as an article."""

from __future__ import annotations

import html as markup
from collections.abc import Callable

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as MkDocsPage

from baodian.mkdocs_plugin.addresses import contents
from baodian.page import Page, plain
from baodian.writers.article import Article

NO_FRAME = "finished.html"
"""A template that gives nothing, so MkDocs writes nothing."""


class HandbookPage(MkDocsPage):
    """A page of ours inside MkDocs: its content is an article, not Markdown.

    One that is `finished` needs no frame, nor the markup of its article.
    """

    article: Article

    def __init__(
        self,
        page: Page,
        file: File,
        config: MkDocsConfig,
        write: Callable[[Page], Article],
        edit_url: str | None,
        *,
        finished: bool,
    ) -> None:
        # Material's templates print titles unescaped where they expect rendered headings.
        super().__init__(escape(page.title), file, config)
        self.handbook_page = page
        self.edit_url = edit_url
        self.script = ""
        self.late: tuple[str, ...] = ()
        self._write = write
        self._finished = finished

    def read_source(self, config: MkDocsConfig) -> None:
        """Have no Markdown; a title and a description for the head of the page."""
        self.markdown = ""
        self.meta = {"title": escape(self.handbook_page.title)}
        if self.handbook_page.lead:
            self.meta["description"] = escape(plain(self.handbook_page.lead))
        if self._finished:
            self.meta["template"] = NO_FRAME

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Set content and table of contents from the article."""
        self.article = self._write(self.handbook_page)
        self.content = self.article.html
        self.script, self.late = self.article.script, self.article.late
        self.toc = contents(() if self._finished else self.article.toc)


def article_of(page: MkDocsPage) -> Article:
    """Return the article of a page that has its content."""
    if isinstance(page, HandbookPage):
        return page.article
    return Article(page.file.dest_uri, markup.unescape(str(page.title)), page.content or "")
