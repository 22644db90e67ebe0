"""The one module that imports MkDocs: the plugin `baodian`, and MkDocs' build and server as calls.

Pages go into MkDocs as files that carry their page along, so that MkDocs neither looks for
Markdown nor converts any for them. All data is read before MkDocs touches its output folder.
"""

from __future__ import annotations

import html as markup
import logging
import os
import posixpath
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote, urljoin

import rjsmin  # type: ignore[import-untyped]
from jinja2 import Environment
from markupsafe import escape
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.base import Config
from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure import StructureItem
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils import meta
from mkdocs.utils.templates import TemplateContext

from baodian.page import NavSection, Page, Site, plain
from baodian.pages.markdown_prose import cleaned
from baodian.publish import lean, offline, single
from baodian.read import Read, read, today_of
from baodian.report import report, words_or_english
from baodian.said.messages import language_of, msg
from baodian.said.problems import At, PlaybookError, Problem
from baodian.writers import search

PACKAGE = Path(__file__).parent
THEME = PACKAGE / "theme"
TEMPLATES = PACKAGE / "templates"
MATERIAL_LANGUAGES = {"zh-CN": "zh"}
SHEET = "css/handbook.css"  # all of ours in one, with the icons; written once all pages are
SITE_SCRIPT = "js/site.js"
GUESSED_EDIT_URI = "edit/master/docs/"  # MkDocs' guess for GitHub; our folder is never `docs`

log = logging.getLogger("mkdocs.plugins.baodian")

Editor = Callable[[At], str | None]


class HandbookPage(MkDocsPage):
    """A page of ours inside MkDocs: its content is written from a `Page` value, not Markdown."""

    def __init__(
        self, page: Page, file: File, config: MkDocsConfig, found: Read, editor: Editor
    ) -> None:
        # Material's templates print titles unescaped where they expect rendered headings.
        super().__init__(escape(page.title), file, config)
        self.handbook_page = page
        self.edit_url = editor(page.source) if page.source else None
        self.widgets: tuple[str, ...] = ()
        self._found = found
        self._editor = editor

    def read_source(self, config: MkDocsConfig) -> None:
        """Have no Markdown; a title and a description for the head of the page."""
        self.markdown = ""
        self.meta = {"title": escape(self.handbook_page.title)}
        if self.handbook_page.lead:
            self.meta["description"] = escape(plain(self.handbook_page.lead))

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Set content and table of contents from the page value."""
        from baodian.writers import html

        rendered = html.render(
            self.handbook_page, self._found.site, self._found.words, self._editor
        )
        self.content = rendered.content
        self.widgets = rendered.widgets
        self.toc = contents(rendered.toc)


def articles(pages: Iterable[MkDocsPage], site: Site) -> Iterator[search.Article]:
    """Yield the main text of every page that a reader can reach, as it will be written."""
    from baodian.writers import html

    for page in pages:
        own = page.handbook_page if isinstance(page, HandbookPage) else None
        view = html.View(own, site, lambda at: None) if own else None
        yield search.Article(
            address=page.file.dest_uri,
            title=own.title if own else markup.unescape(str(page.title)),
            html=page.content or "",
            entity=(view.root() or "") if view else "",
            hue=view.hue(own.accent) if view and own else "",
        )


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


class NoOptions(Config):  # type: ignore[no-untyped-call]
    """The plugin has no settings of its own; they stand in `playbook.yml`."""


class BaodianPlugin(BasePlugin[NoOptions]):  # type: ignore[no-untyped-call]
    """Puts the handbook of `playbook_data/` into MkDocs."""

    def __init__(self) -> None:
        self.given: Read | None = None  # set by `run`; else the plugin reads by itself
        self.step: Callable[[int, int], None] | None = None
        self.leaves_copies = True  # whether readers may keep what is written; not while editing
        self.one_file = False  # whether the edition in one file is wanted in any case
        self._serving = False
        self._written = 0
        self._search: dict[str, str] = {}
        self._shared = lean.Shared()

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Note that `mkdocs serve` shows drafts."""
        self._serving = command == "serve"
        self.leaves_copies = not self._serving

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the data, so that a mistake in it stops MkDocs before its output is touched."""
        self._found = self.given or self._read(config)
        self._editor = editor(config)
        self._single = ""
        self._shared = lean.Shared((self._editor(At("")) or "").removesuffix("#L1"))
        self._written = 0
        configure(config, self._found.site)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add our pages, and the navigation unless `mkdocs.yml` has its own."""
        handwritten = files.documentation_pages(inclusion=InclusionLevel.is_in_serve)
        for page in self._found.site.pages:
            file = File.generated(config, source_uri(page.address), content="")
            file.dest_uri = page.address
            file.inclusion = InclusionLevel.NOT_IN_NAV
            HandbookPage(page, file, config, self._found, self._editor)
            files.append(file)
        if config.nav is None:
            config.nav = [*navigation(self._found.site.navigation), *asking(handwritten)]
            for file in handwritten:
                if file.inclusion is InclusionLevel.INCLUDED:
                    file.inclusion = InclusionLevel.NOT_IN_NAV
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Give every page of ours its chapter and its own neighbours."""
        chapters = chapter_items(nav, self._found.site)
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

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> None:
        """Read what can be found, now that every page has its content and none is written yet."""
        if not config.site_url:  # the site map would be empty
            config.theme.static_templates.discard("sitemap.xml")
        site = self._found.site
        pages = (f.page for f in files.documentation_pages() if f.page is not None)
        found = tuple(articles(pages, site))
        index = search.index(found, site.found_by, site.filters)
        self._search = search.scripts(index)
        self._environment = env
        if self.one_file or (self.leaves_copies and site.offline):
            sheets = [path.read_text(encoding="utf-8") for path in own_sheets()]
            texts = [single.Article(a.address, a.title, a.html) for a in found]
            self._single = single.single(texts, site, self._found.words, sheets, site.language)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write what pages share beside them, our scripts without comments; drop the unused."""
        folder = Path(config.site_dir)
        for path in THEME.rglob("*.js"):
            written = folder / path.relative_to(THEME)
            written.write_text(rjsmin.jsmin(path.read_text(encoding="utf-8")), encoding="utf-8")
        made = {f"search/{name}": text for name, text in self._search.items()}
        sheets = [path.read_text(encoding="utf-8") for path in own_sheets()]
        made[SHEET] = "\n".join([lean.sheet(self._shared.icons), *sheets])
        for name, text in made.items():
            file = folder / name
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8")
        for path in own_sheets():
            (folder / "css" / path.name).unlink()
        lean.drop_unused(folder)
        (folder / SITE_SCRIPT).write_text(self._site_script(folder), encoding="utf-8")
        if self._single:
            (folder / single.FILE).write_text(self._single, encoding="utf-8")
        if self.leaves_copies and self._found.site.offline:
            edition = self._found.site.version
            offline.write(folder, edition, self._found.today, (single.FILE,))
        else:
            offline.end(folder)

    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Take out of a page what all pages share, and what nobody sees."""
        return lean.page(output, self._shared)

    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Do the same to pages such as 404."""
        return lean.page(output, self._shared) if template_name.endswith(".html") else output

    def on_pre_page(self, page: MkDocsPage, *, config: MkDocsConfig, files: Files) -> MkDocsPage:
        """Date the page by the edition's day, not by the clock."""
        page.update_date = self._found.today.isoformat()
        return page

    def on_page_markdown(
        self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> str:
        """Expand `【…】` in hand-written Markdown."""
        if isinstance(page, HandbookPage):
            return markdown
        # Material prints them unescaped, and looks for files that others of them name.
        known = (name for name in ("title", "description") if page.meta.get(name))
        page.meta = {name: escape(str(page.meta[name])) for name in known}
        if self._found.expand is None:
            return markdown
        folder = posixpath.dirname(page.file.src_uri)
        return self._found.expand(markdown, lambda href: relative_source(href, folder))

    def on_page_content(
        self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> str:
        """Take scripts, handlers and dangerous links out of hand-written pages."""
        if isinstance(page, HandbookPage):
            return html
        if "title" not in page.meta and page.title:  # from its first heading, as words
            page.meta["title"] = escape(str(page.title))
        return cleaned(html)

    def on_page_context(
        self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Give templates the page value, the site and the words."""
        own = page.handbook_page if isinstance(page, HandbookPage) else None
        self._written += 1
        if self.step is not None and own is not None:
            self.step(self._written, len(self._found.site.pages))
        return self._with_words(context, own)

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Give the same to pages such as 404."""
        return self._with_words(context, None)

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> LiveReloadServer:
        """Watch what plain `mkdocs serve` does not know of."""
        for folder in watched(project_of(config)):
            server.watch(str(folder))
        return server

    def _with_words(self, context: TemplateContext, page: Page | None) -> TemplateContext:
        names = cast("dict[str, object]", context)
        names["baodian_site"] = self._found.site
        names["baodian_page"] = page
        names["t"] = self._found.words
        names["baodian_search"] = search.version(self._search)
        return context

    def _site_script(self, folder: Path) -> str:
        """Return the script that gives every page what all pages share."""
        own = self._found.site
        copied = self.leaves_copies and own.offline
        site: dict[str, object] = {
            "offline": copied, "single": single.FILE if copied else "", "stale": own.stale_after,
            "about": "offline.html" if own.offline else "", "size": megabytes(folder),
        }  # fmt: skip
        template = self._environment.get_template("partials/site.html")
        return template.render(
            t=self._found.words, site=site, search=self._shared.dialog, root=lean.ROOT
        )

    def _read(self, config: MkDocsConfig) -> Read:
        spoken = words_or_english(language_of())
        try:
            found = read(project_of(config), today_of(None), drafts=self._serving)
            clashes(found.site, Path(config.docs_dir), project_of(config))
        except PlaybookError as error:
            raise PluginError("\n" + report(error.problems, spoken)) from None
        for problem in found.problems:
            log.warning(report((problem,), spoken).splitlines()[0])
        return found


# --- settings -------------------------------------------------------------------------------------


def configure(config: MkDocsConfig, site: Site) -> None:
    """Set what follows from the playbook, and what our pages rely on."""
    config.site_name = escape(site.name)
    config.site_author = escape(config.site_author or site.company)
    config.use_directory_urls = False
    config.repo_url = None  # Material would ask the repository's host for its stars
    config.repo_name = None
    config.theme["language"] = MATERIAL_LANGUAGES.get(site.language, site.language)
    config.theme["font"] = False
    own_dirs = 1 if config.theme.custom_dir else 0
    config.theme.dirs.insert(own_dirs, str(THEME))
    config.extra_css.insert(0, SHEET)
    scripts = [ExtraScriptValue(f"js/{p.name}") for p in sorted((THEME / "js").glob("*.js"))]
    scripts.insert(1, ExtraScriptValue(SITE_SCRIPT))  # after the store, before its users
    for script in scripts:
        script.defer = True
    if "navigation.prune" not in config.theme["features"]:
        config.theme["features"].append("navigation.prune")
    config.extra_javascript[:0] = scripts


def megabytes(folder: Path) -> str:
    """Return about how much a reader's device loads to keep the site: a quarter, compressed."""
    found = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return f"{max(found / 4e6, 0.1):.1f}"


def own_sheets() -> tuple[Path, ...]:
    """Return the style sheets of ours in the order in which they hold."""
    return tuple(sorted((THEME / "css").glob("*.css")))


def editor(config: MkDocsConfig) -> Editor:
    """Return what gives the address at which a place in a source file can be edited.

    Leaves in `config` what MkDocs needs to do the same for hand-written pages.
    """
    if not config.repo_url:
        return lambda at: None
    docs = Path(config.docs_dir)
    project = project_of(config)
    if config.edit_uri in (None, GUESSED_EDIT_URI):
        config.edit_uri = f"edit/main/{docs.relative_to(project).as_posix()}/"
    base = urljoin(config.repo_url.rstrip("/") + "/", config.edit_uri)
    config.edit_uri = base

    def address(at: At) -> str | None:
        path = Path(os.path.relpath(project / at.file, docs)).as_posix()
        return f"{urljoin(base, quote(path))}#L{at.line}"

    return address


def project_of(config: MkDocsConfig) -> Path:
    """Return the folder that holds `mkdocs.yml`."""
    return Path(config.config_file_path).resolve().parent


def watched(project: Path) -> tuple[Path, ...]:
    """Return the folders whose changes show on the pages, besides `content/`."""
    return tuple(f for f in (project / "playbook_data", TEMPLATES, THEME) if f.is_dir())


def clashes(site: Site, docs: Path, project: Path) -> None:
    """Raise `PlaybookError` if a hand-written page has the address of a page of the playbook."""
    found = []
    for page in site.pages:
        path = docs / source_uri(page.address)
        if path.exists():
            file = path.relative_to(project).as_posix()
            found.append(
                Problem(
                    "address-clash",
                    At(file),
                    msg(
                        "This page and a page of the playbook have the same address: {address}",
                        address=page.address,
                    ),
                    msg("Give the file another name, or delete it."),
                )
            )
    if found:
        raise PlaybookError(found)


# --- addresses and navigation ---------------------------------------------------------------------


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
    by_page = {p.file.dest_uri: p for p in nav.items if isinstance(p, MkDocsPage)}
    found: dict[str, StructureItem] = {}
    for section in site.navigation:
        item = by_page.get(section.address) or by_title.get(section.title)
        if item is not None:
            found[section.id] = item
    return found


# --- MkDocs as calls ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Ran:
    """What a run of MkDocs came to: the address it wrote for, and what it warned of."""

    site_url: str | None
    warnings: tuple[Problem, ...]


def run(
    project: Path,
    found: Read,
    folder: Path,
    *,
    site_url: str | None = None,
    step: Callable[[int, int], None] | None = None,
    copies: bool = True,
    one_file: bool = False,
) -> Ran:
    """Let MkDocs write the pages of `found` into `folder`.

    `site_url` replaces the one of `mkdocs.yml`; `step` is told how many pages are done.
    Without `copies` no reader's device keeps anything, and what it kept is cleared away. With
    `one_file` the edition in one file is written in any case.
    Raises `PlaybookError` if `mkdocs.yml` cannot be used.
    """
    with listening() as heard:
        try:
            config = load_config(
                config_file=str(project / "mkdocs.yml"),
                site_dir=str(folder),
                strict=False,
                **({"site_url": site_url} if site_url else {}),
            )
            plugin = config.plugins.get("baodian")
            if not isinstance(plugin, BaodianPlugin):
                raise PlaybookError([mkdocs_problem("plugins: has no “baodian”.")])
            clashes(found.site, Path(config.docs_dir), project.resolve())
            plugin.given, plugin.step = found, step
            plugin.leaves_copies, plugin.one_file = copies, one_file
            try:
                mkdocs_build(config)
            finally:
                plugin.given = plugin.step = None
        except MkDocsException as error:
            said = heard.errors or [error.format_message()]
            raise PlaybookError(mkdocs_problem(text) for text in said) from None
    return Ran(config.site_url, tuple(mkdocs_problem(text) for text in heard.warnings))


def mkdocs_problem(text: str) -> Problem:
    """Return what MkDocs says about `mkdocs.yml` as a problem of ours."""
    return Problem("wrong-value", At("mkdocs.yml"), msg("MkDocs says: {text}", text=text))


class Listener(logging.Handler):
    """Keeps what MkDocs warns of and what it calls an error."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.warnings: list[str] = []
        self.errors: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one message."""
        kept = self.errors if record.levelno >= logging.ERROR else self.warnings
        kept.append(record.getMessage())


@contextmanager
def listening() -> Iterator[Listener]:
    """Collect MkDocs' log while the body runs."""
    listener = Listener()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(listener)
    try:
        yield listener
    finally:
        logger.removeHandler(listener)


class Server(LiveReloadServer):
    """MkDocs' server, which says when it has got its address."""

    on_ready: Callable[[], None]

    def server_activate(self) -> None:
        """Listen, then say so."""
        super().server_activate()
        self.on_ready()


def server(
    root: Path,
    rebuild: Callable[[], None],
    host: str,
    port: int,
    watch: Iterable[Path],
    on_ready: Callable[[], None],
) -> Server:
    """Return a server of `root` that calls `rebuild` when something below `watch` changes.

    `rebuild` must not raise: MkDocs' server would keep every reader waiting.
    """
    live = Server(builder=rebuild, host=host, port=port, root=str(root))
    live.on_ready = on_ready
    for path in watch:
        live.watch(str(path))

    def missing(code: int) -> bytes | None:
        page = root / f"{code}.html"
        return page.read_bytes() if page.is_file() else None

    live.error_handler = missing
    return live
