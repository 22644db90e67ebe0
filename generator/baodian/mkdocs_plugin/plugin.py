"""The plugin `baodian`: page values into MkDocs, framed files out of it.

Pages go into MkDocs as files that carry their page along, so that MkDocs neither looks for
Markdown nor converts any for them. All data is read before MkDocs touches its output folder.
"""

from __future__ import annotations

import logging
import posixpath
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

from jinja2 import Environment
from markupsafe import escape
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils.templates import TemplateContext

from baodian import compiled
from baodian.mkdocs_plugin.addresses import (
    asking,
    chapter_items,
    navigation,
    relative_source,
    source_uri,
)
from baodian.mkdocs_plugin.handbook_page import Articles, HandbookPage, article_of
from baodian.mkdocs_plugin.settings import (
    clashes,
    configure,
    editor,
    forget_empty_date,
    project_of,
    unusable,
)
from baodian.page import Page
from baodian.pages.markdown_prose import cleaned
from baodian.publish.assets import watched
from baodian.publish.finish import finish
from baodian.publish.finished import Finished
from baodian.publish.frames import Framed, Step
from baodian.publish.ours import mark, refusal
from baodian.read import Read, read
from baodian.report import report
from baodian.said.problems import At, PlaybookError, Problem
from baodian.terminal import spoken
from baodian.text.dialect import PAGE, strict, title
from baodian.today import today_of
from baodian.trees import STAND_IN
from baodian.writers import html as writer

log = logging.getLogger("mkdocs.plugins.baodian")


@dataclass(frozen=True)
class Given:
    """What a caller hands the plugin, who then publishes himself: a playbook, and who counts."""

    book: Read
    step: Step = lambda done, total: None
    finished: Mapping[str, Finished] = field(default_factory=dict)
    """Pages that need no frame: an earlier build has finished them."""


def mount_of(config: MkDocsConfig) -> str:
    """Return the path under which a server will show the site."""
    return urlsplit(config.site_url or "/").path


def _stopped(problems: Iterable[Problem], config: MkDocsConfig) -> PluginError:
    return PluginError("\n" + report(problems, spoken(project_of(config))))


class NoOptions(Config):  # type: ignore[no-untyped-call]
    """The plugin has no settings of its own; they stand in `playbook.yml`."""


class BaodianPlugin(BasePlugin[NoOptions]):  # type: ignore[no-untyped-call]
    """Puts the handbook of `playbook_data/` into MkDocs."""

    edit: writer.Edit  # once the settings are read
    framed: Framed  # once all pages have their content; the files are there when MkDocs is done

    def __init__(self) -> None:
        self.given: Given | None = None  # set by `runs`; else the plugin reads and publishes
        self._serving = False

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Note that `mkdocs serve` shows drafts and leaves no copies."""
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the data, so that a mistake in it stops MkDocs before its output is touched."""
        forget_empty_date()
        if problems := unusable(config):
            raise _stopped(problems, config)
        if not self.given and not self._serving:
            refused = refusal(Path(config.site_dir), project_of(config), Path(config.docs_dir))
            if refused:
                raise _stopped([refused], config)
        self._book = self.given.book if self.given else self._read(config)
        if self._book.audience:  # no reader of such an edition changes a source, nor sees its name
            config.repo_url = None
        self.edit = editor(config)
        self._written = 0
        configure(config, self._book.site)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add our pages, and the navigation unless `mkdocs.yml` has its own.

        What stands in `content/` and is not for the audience of this edition goes, and so does the
        first page for engines that never get here.
        """
        shown = self._book.files
        for file in [f for f in files if f.src_dir == config.docs_dir]:
            if file.src_uri == STAND_IN or (shown is not None and file.src_uri not in shown):
                files.remove(file)
        handwritten = files.documentation_pages(inclusion=InclusionLevel.is_in_serve)
        finished = self.given.finished if self.given else {}
        articles = Articles(self._book, self.edit, finished)
        for page in self._book.site.pages:
            file = File.generated(config, source_uri(page.address), content="")
            file.dest_uri = page.address
            file.inclusion = InclusionLevel.NOT_IN_NAV
            edit_url = self.edit(page.source) if page.source else None
            done = page.address in finished
            HandbookPage(page, file, config, articles, edit_url, finished=done)
            files.append(file)
        if config.nav is None:
            config.nav = [*navigation(self._book.site.navigation), *asking(handwritten)]
            for file in handwritten:
                if file.inclusion is InclusionLevel.INCLUDED:
                    file.inclusion = InclusionLevel.NOT_IN_NAV
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Give every page of ours its chapter and its own neighbours."""
        chapters = chapter_items(nav, self._book.site)
        for file in files.documentation_pages():
            if not isinstance(file.page, HandbookPage):
                continue
            page = file.page.handbook_page
            neighbours = [
                files.get_file_from_path(source_uri(c.href)) if c else None
                for c in (page.before, page.after)
            ]
            file.page.previous_page, file.page.next_page = (
                f.page if f else None for f in neighbours
            )
            chapter = chapters.get(page.section)
            if file.page.parent is None and chapter is not None and chapter is not file.page:
                file.page.parent = chapter  # type: ignore[assignment]
        return nav

    def on_pre_page(self, page: MkDocsPage, *, config: MkDocsConfig, files: Files) -> MkDocsPage:
        """Date the page by what it says, not by the clock: for the site map."""
        own = page.handbook_page if isinstance(page, HandbookPage) else None
        known = (own.changed[0].day if own.changed else own.unchanged) if own else ""
        page.update_date = known or self._book.today.isoformat()
        return page

    def on_page_read_source(self, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Keep MkDocs from taking a first line such as “Note: …” for a setting."""
        source = page.file.content_string
        return source if source.startswith("---") else "\n" + source

    def on_page_markdown(
        self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> str:
        """Say hand-written Markdown strictly, and expand its `【…】`."""
        if isinstance(page, HandbookPage):
            return markdown
        # Material prints them unescaped, and looks for files that others of them name.
        known = (name for name in ("title", "description") if page.meta.get(name))
        page.meta = {name: escape(str(page.meta[name])) for name in known}
        if self._book.expand is None:
            return strict(markdown, PAGE.names).text
        folder = posixpath.dirname(page.file.src_uri)
        return self._book.expand(markdown, lambda href: relative_source(href, folder))

    def on_page_content(
        self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> str:
        """Take scripts, handlers and dangerous links out of hand-written pages."""
        if isinstance(page, HandbookPage):
            return html
        safe = cleaned(html)
        if "title" not in page.meta and (words := title(safe) or page.title):
            page.meta["title"] = escape(words)
        # Material would put its own above it, outside of what others know as the article.
        return safe if "<h1" in safe else f"<h1>{page.title}</h1>\n{safe}"

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> None:
        """Say what will be framed, now that every page has its content and none is written yet."""
        if not config.hooks and list(config.plugins) == ["baodian"]:  # nobody else sets it up
            compiled.keep(env, "frames")
        if not config.site_url:  # the site map would be empty
            config.theme.static_templates.discard("sitemap.xml")
        pages = [f.page for f in files.documentation_pages() if f.page is not None]
        shown = files.documentation_pages(inclusion=InclusionLevel.is_in_serve)
        templates = (*config.theme.static_templates, *config.extra_templates)
        self.framed = Framed(
            folder=Path(config.site_dir),
            articles=tuple(article_of(page) for page in pages),
            files=(
                *(file.dest_uri for file in shown),
                *sorted(name for name in templates if name.endswith(".html")),
            ),
            edit_base=(self.edit(At("")) or "").removesuffix("#L1"),
            mount=mount_of(config),
            site_url=config.site_url or "",
        )

    def on_page_context(
        self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Give templates the page value, the site and the words."""
        own = page.handbook_page if isinstance(page, HandbookPage) else None
        self._written += 1
        if self.given is not None and own is not None:
            self.given.step(self._written, len(self._book.site.pages))
        return self._with_words(context, own)

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Give the same to pages such as 404, whose links begin at the handbook's root."""
        names = cast("dict[str, object]", context)
        if template_name == "404.html":
            names["base_url"] = "."
            names["baodian_mount"] = mount_of(config)
        return self._with_words(context, None)

    @event_priority(-100)  # after hooks and other plugins, which may write files too
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Publish what MkDocs wrote, unless somebody else does."""
        # A page of `draft_docs` or an empty template may not have been written.
        finished = self.given.finished if self.given else {}
        there = {name for name in self.framed.files if (self.framed.folder / name).is_file()}
        there |= finished.keys()
        self.framed = replace(
            self.framed,
            articles=tuple(a for a in self.framed.articles if a.address in there),
            files=tuple(name for name in self.framed.files if name in there),
            finished=finished,
        )
        if self.given is None:
            kept = not self._serving
            try:
                finish(self.framed, self._book, copies=kept, guarded=kept)
            except PlaybookError as error:
                raise _stopped(error.problems, config) from None
            mark(self.framed.folder)

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> LiveReloadServer:
        """Watch what plain `mkdocs serve` does not know of."""
        for folder in watched(project_of(config)):
            server.watch(str(folder))
        return server

    def _with_words(self, context: TemplateContext, page: Page | None) -> TemplateContext:
        names = cast("dict[str, object]", context)
        names["baodian_site"] = self._book.site
        names["baodian_page"] = page
        names["t"] = self._book.words
        return context

    def _read(self, config: MkDocsConfig) -> Read:
        t = spoken(project_of(config))
        try:
            today = today_of(None)
        except (ValueError, OverflowError, OSError):
            raise PluginError(
                t("SOURCE_DATE_EPOCH must be a number of seconds, such as 1764547200.")
            ) from None
        try:
            book = read(project_of(config), today, drafts=self._serving)
            clashes(book.site, Path(config.docs_dir), project_of(config))
        except PlaybookError as error:
            raise _stopped(error.problems, config) from None
        for problem in book.problems:
            log.warning(report((problem,), t).splitlines()[0])
        return book
