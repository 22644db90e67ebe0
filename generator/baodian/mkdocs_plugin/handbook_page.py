"""A page value as a page of MkDocs, and any page of MkDocs as an article."""

from __future__ import annotations

import html as markup
from collections.abc import Mapping

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as MkDocsPage

from baodian import cores
from baodian.mkdocs_plugin.addresses import contents
from baodian.page import Page, plain
from baodian.publish.finished import Finished
from baodian.read import Read
from baodian.writers import html as writer
from baodian.writers.article import Article

NO_FRAME = "finished.html"
"""A template that gives nothing, so MkDocs writes nothing."""


class Articles:
    """The articles of all pages of ours; as soon as one is needed they are made, on all cores."""

    def __init__(self, book: Read, edit: writer.Edit, finished: Mapping[str, Finished]) -> None:
        self._book, self._edit = book, edit
        self._made = {address: done.article for address, done in finished.items()}

    def __call__(self, page: Page) -> Article:
        """Return the article of a page."""
        if page.address not in self._made:
            missing = [p for p in self._book.site.pages if p.address not in self._made]
            made = cores.each(self._written, missing)
            self._made |= {article.address: article for article in made}
        return self._made[page.address]

    def _written(self, page: Page) -> Article:
        try:
            return writer.render(page, self._book.site, self._book.words, self._edit)
        except Exception as error:  # MkDocs would name the page that it reads first
            error.add_note(f"It came up in {page.address}.")
            raise


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
        articles: Articles,
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
        self._articles = articles
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
        self.article = self._articles(self.handbook_page)
        self.content = self.article.html
        self.script, self.late = self.article.script, self.article.late
        self.toc = contents(() if self._finished else self.article.toc)


def article_of(page: MkDocsPage) -> Article:
    """Return the article of a page that has its content."""
    if isinstance(page, HandbookPage):
        return page.article
    return Article(page.file.dest_uri, markup.unescape(str(page.title)), page.content or "")
