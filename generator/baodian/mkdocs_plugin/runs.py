"""MkDocs as two calls: frame every page of a project, or only turn `content/` into articles."""

from __future__ import annotations

import logging
import os
import sysconfig
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import jinja2
import markupsafe
import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.structure.files import get_files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page

from baodian.cache import digest
from baodian.mkdocs_plugin.handbook_page import HandbookPage, article_of
from baodian.mkdocs_plugin.plugin import BaodianPlugin, Given, mount_of
from baodian.mkdocs_plugin.settings import clashes, idle, unusable
from baodian.publish.finished import Finished
from baodian.publish.frames import Framed, Handwritten, Step
from baodian.read import Read
from baodian.said.messages import msg
from baodian.said.problems import At, PlaybookError, Problem

_OURS = Path(__file__).parents[1]
_TEMPLATES = Path(jinja2.__file__).parent, Path(markupsafe.__file__).parent
_LIBRARY = Path(sysconfig.get_path("stdlib"))


def frame(
    project: Path,
    book: Read,
    folder: Path,
    site_url: str | None = None,
    step: Step = lambda done, total: None,
    finished: Mapping[str, Finished] = MappingProxyType({}),
) -> Framed:
    """Let MkDocs write the pages of `book` and of `content/` into `folder`, each in its frame.

    `site_url` replaces the one of `mkdocs.yml`; `step` is told how many pages are done. Those that
    are `finished` are left out. Raises `PlaybookError` if `mkdocs.yml` cannot be used.
    """
    given = Given(book, step, finished)
    with loaded(project, given, site_dir=str(folder.resolve()), site_url=site_url) as (
        config, plugin, heard,
    ):  # fmt: skip
        build(config)
        framed = plugin.framed
        vain = idle(config)
    return replace(framed, warnings=(*vain, *(mkdocs_problem(text) for text in heard.warnings)))


def around(project: Path, site_url: str | None = None) -> str | None:
    """Return what changes whenever MkDocs puts something else around the pages of a project.

    None if hooks, other plugins or settings from elsewhere have a say.
    """
    try:
        text = (project / "mkdocs.yml").read_bytes()
        settings = yaml.safe_load(text)
    except (OSError, ValueError, yaml.YAMLError):  # `!ENV` and other tags too
        return None
    if not isinstance(settings, dict) or settings.keys() & {"hooks", "INHERIT"}:
        return None
    theme = settings.get("theme")
    custom = theme.get("custom_dir") if isinstance(theme, dict) else None
    if _plugins(settings.get("plugins")) != ["baodian"]:
        return None
    named = (settings.get("docs_dir") or "docs", custom)
    folders = (project / str(name) for name in named if name)
    files = sorted(file for folder in folders for file in folder.rglob("*") if file.is_file())
    held = [(file.relative_to(project).as_posix(), digest(file.read_bytes())) for file in files]
    return digest(repr((text, site_url, held)).encode())


def _plugins(named: object) -> list[str]:
    """Return the names of the plugins in `mkdocs.yml`."""
    many = named if isinstance(named, list) else [named]
    return [str(name) for one in many for name in (one if isinstance(one, dict) else [one])]


def handwritten(project: Path, book: Read) -> Handwritten:
    """Return the pages of `content/` as MkDocs' Markdown makes them; frames and writes nothing.

    Does what MkDocs does before it begins to write, in the same order.
    Raises `PlaybookError` if `mkdocs.yml` cannot be used.
    """
    with loaded(project, Given(book)) as (config, plugin, _):
        hooks = config.plugins
        config = hooks.on_config(config)
        hooks.on_pre_build(config=config)
        files = get_files(config)
        files.add_files_from_theme(config.theme.get_env(), config)
        files = hooks.on_files(files, config=config)
        set_exclusions(files, config)
        hooks.on_nav(get_navigation(files, config), config=config, files=files)
        articles = []
        for file in files.documentation_pages():
            page = file.page or Page(None, file, config)
            if isinstance(page, HandbookPage):
                continue
            page = hooks.on_pre_page(page, config=config, files=files)
            page.read_source(config)
            page.markdown = hooks.on_page_markdown(
                page.markdown or "", page=page, config=config, files=files
            )
            page.render(config, files)
            page.content = hooks.on_page_content(
                page.content or "", page=page, config=config, files=files
            )
            articles.append(article_of(page))
        names = {file.dest_uri for file in files} | config.theme.static_templates
        return Handwritten(tuple(articles), frozenset(names), plugin.edit, mount_of(config))


@contextmanager
def loaded(
    project: Path, given: Given, **settings: str | None
) -> Iterator[tuple[MkDocsConfig, BaodianPlugin, Listener]]:
    """Yield the settings of a project, the plugin with what it is given, and what MkDocs says.

    Raises `PlaybookError` for whatever MkDocs refuses, here or in the body.
    """
    with listening() as heard:
        try:
            file = str(project / "mkdocs.yml")
            config = load_config(
                config_file=file,
                config_file_path=file,  # MkDocs forgets it when there is no standard input
                strict=False,
                **{name: value for name, value in settings.items() if value},
            )
            plugin = config.plugins.get("baodian")
            if not isinstance(plugin, BaodianPlugin):
                raise PlaybookError([mkdocs_problem("plugins: has no “baodian”.")])
            if problems := unusable(config):
                raise PlaybookError(problems)
            clashes(given.book.site, Path(config.docs_dir), project.resolve())
            plugin.given = given
            try:
                yield config, plugin, heard
            finally:
                plugin.given = None
        except MkDocsException as error:
            said = heard.errors or [error.format_message()]
            raise PlaybookError(mkdocs_problem(text, project) for text in said) from None
        except SystemExit as error:
            text = f"a hook or a plugin ended everything (SystemExit: {error.code})."
            raise PlaybookError([mkdocs_problem(text)]) from None
        except PlaybookError:
            raise
        except Exception as error:
            place = theirs(error, project.resolve())
            if place is None:
                raise
            text = f"{type(error).__name__}: {error} ({place})"
            raise PlaybookError([mkdocs_problem(text)]) from None


def theirs(error: Exception, project: Path) -> str | None:
    """Return the file and line where others than we failed: a hook, a plugin, MkDocs, a theme.

    None if what failed is ours, or the operating system in its answer to us.
    """
    frames = traceback.extract_tb(error.__traceback__)
    files = [(Path(frame.filename), frame.lineno) for frame in frames]
    blamed: tuple[Path, int | None] | None = None
    for file, line in files:
        if file.is_relative_to(_OURS):
            blamed = None
        elif any(map(file.is_relative_to, _TEMPLATES)):  # whose template it reads is to blame
            continue
        elif file.is_relative_to(project) or not file.is_relative_to(_LIBRARY):
            blamed = (file, line)
        elif "site-packages" in file.parts:
            blamed = blamed or (file, line)
    if blamed is None or (isinstance(error, OSError) and "site-packages" in blamed[0].parts):
        return None
    file, line = blamed
    inside = file.is_relative_to(project)
    return f"{file.relative_to(project).as_posix() if inside else file.name}:{line}"


def mkdocs_problem(text: str, project: Path = Path()) -> Problem:
    """Return what MkDocs says about `mkdocs.yml` as a problem of ours, paths from `project` on."""
    text = text.replace(f"{project.resolve()}{os.sep}", "")
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
