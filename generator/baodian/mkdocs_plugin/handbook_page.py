"""A page value as a page of MkDocs, and any page of MkDocs as an article."""

from __future__ import annotations

import html as markup

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as MkDocsPage

from baodian.mkdocs_plugin.addresses import contents
from baodian.page import Page, plain
from baodian.publish.finished import Finished
from baodian.read import Read
from baodian.writers import html as writer
from baodian.writers.article import Article

NO_FRAME = "finished.html"
"""A template that gives nothing, so MkDocs writes nothing."""


class HandbookPage(MkDocsPage):
    """A page of ours inside MkDocs: its content is written from a `Page` value, not Markdown."""

    article: Article

    def __init__(
        self,
        page: Page,
        file: File,
        config: MkDocsConfig,
        book: Read,
        edit: writer.Edit,
        finished: Finished | None = None,
    ) -> None:
        # Material's templates print titles unescaped where they expect rendered headings.
        super().__init__(escape(page.title), file, config)
        self.handbook_page = page
        self.edit_url = edit(page.source) if page.source else None
        self.script = ""
        self.late: tuple[str, ...] = ()
        self._book = book
        self._edit = edit
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
        """Set content and table of contents from the page value."""
        if self._finished:
            self.article, self.content, self.toc = self._finished.article, "", contents(())
            return
        book = self._book
        self.article = writer.render(self.handbook_page, book.site, book.words, self._edit)
        self.content = self.article.html
        self.script = self.article.script
        self.late = self.article.late
        self.toc = contents(self.article.toc)


def article_of(page: MkDocsPage) -> Article:
    """Return the article of a page that has its content."""
    if isinstance(page, HandbookPage):
        return page.article
    return Article(page.file.dest_uri, markup.unescape(str(page.title)), page.content or "")
