"""MkDocs' settings: what follows from the playbook, what our pages rely on, and what clashes."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from urllib.parse import quote, urljoin

from markupsafe import escape
from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig

from baodian import trees
from baodian.mkdocs_plugin.addresses import source_uri
from baodian.page import Site
from baodian.publish import assets
from baodian.said.messages import msg
from baodian.said.problems import At, PlaybookError, Problem
from baodian.text import samples
from baodian.text.dialect import EXTENSIONS
from baodian.writers.html import Edit

MATERIAL_LANGUAGES = {"zh-CN": "zh"}
FEATURES = {  # what Material's templates and sheet do; what only its script did is not there
    "navigation.expand", "navigation.footer", "navigation.indexes", "navigation.path",
    "navigation.prune", "navigation.sections", "navigation.tabs", "navigation.tabs.sticky",
    "navigation.top", "toc.follow", "toc.integrate",
}  # fmt: skip
THEIR_ICON, OUR_ICON = "assets/images/favicon.png", "icons/48.png"
GUESSED_EDIT_URI = "edit/master/docs/"  # MkDocs' guess for GitHub; our folder is never `docs`


def unusable(config: MkDocsConfig) -> tuple[Problem, ...]:
    """Return what MkDocs lets pass in `mkdocs.yml`, although no handbook can be made with it."""
    problems = []
    if config.theme.name != "material":
        problems.append(msg("“theme” must be “material”."))
    elif not isinstance(config.theme["features"], list):
        problems.append(msg("“features” of “theme” must be a list."))
    if any(str(name).startswith("baodian #") for name in config.plugins):
        problems.append(msg("“plugins” names “baodian” twice."))
    for name in config.markdown_extensions:
        if name not in EXTENSIONS:
            problems.append(
                msg("“markdown_extensions” names “{name}”, which is not used here: all pages have "
                    "one Markdown. Remove the line.", name=str(name))
            )  # fmt: skip
    docs, project = Path(os.path.realpath(config.docs_dir)), project_of(config)
    if not docs.is_relative_to(project) or docs.is_relative_to(project / "playbook_data"):
        problems.append(
            msg("“docs_dir” must be a folder beside “playbook_data”, in the same project.")
        )
    return tuple(Problem("wrong-value", At("mkdocs.yml"), text) for text in problems)


def idle(config: MkDocsConfig) -> tuple[Problem, ...]:
    """Return what `mkdocs.yml` asks for in vain."""
    vain = (
        msg("“features” names “{name}”, which does nothing here. Remove the line.", name=str(name))
        for name in config.theme["features"]
        if name not in FEATURES
    )
    return tuple(Problem("wrong-value", At("mkdocs.yml"), text) for text in vain)


def forget_empty_date() -> None:
    """Let an empty SOURCE_DATE_EPOCH count as none; MkDocs would stop at it."""
    if not os.environ.get("SOURCE_DATE_EPOCH", "x").strip():
        del os.environ["SOURCE_DATE_EPOCH"]


def configure(config: MkDocsConfig, site: Site) -> None:
    """Set what follows from the playbook, and what our pages rely on."""
    config.site_name = escape(site.name)
    config.site_author = config.site_author and escape(config.site_author)
    config.use_directory_urls = False
    config.markdown_extensions[:] = EXTENSIONS
    config.repo_url = None  # Material would ask the repository's host for its stars
    config.repo_name = None
    config.theme["language"] = MATERIAL_LANGUAGES.get(site.language, site.language)
    config.theme["font"] = False
    if config.theme["favicon"] == THEIR_ICON:
        config.theme["favicon"] = OUR_ICON
    for kind in config.validation.links:  # `check` has looked, and `verify` will
        config.validation.links[kind] = logging.DEBUG
    own_dirs = 1 if config.theme.custom_dir else 0
    config.theme.dirs.insert(own_dirs, str(assets.THEME))
    if "navigation.prune" not in config.theme["features"]:
        config.theme["features"].append("navigation.prune")
    config.extra_css.insert(0, assets.SHEET)
    script = ExtraScriptValue(assets.SITE_SCRIPT)
    script.defer = True
    config.extra_javascript.insert(0, script)


def editor(config: MkDocsConfig) -> Edit:
    """Return what gives the address at which a place in a source file can be edited.

    Leaves in `config` what MkDocs needs to do the same for hand-written pages.
    """
    if not config.repo_url or samples.is_address(config.repo_url):
        config.edit_uri = None
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


def clashes(site: Site, docs: Path, project: Path) -> None:
    """Raise `PlaybookError` if a hand-written page has the address of a page of the playbook."""
    problems = []
    for page in site.pages:
        path = docs / source_uri(page.address)
        if path.exists() and not _stands_in(path, docs):
            file = path.relative_to(project).as_posix()
            problems.append(
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
    if problems:
        raise PlaybookError(problems)


def _stands_in(path: Path, docs: Path) -> bool:
    """Say whether a page only stands there for engines that do not load the plugin."""
    if path != docs / trees.STAND_IN or not path.is_file():
        return False
    return trees.stands_in(path.read_text(encoding="utf-8", errors="replace"))
