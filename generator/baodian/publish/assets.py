"""The files that pages share: one style sheet, scripts, search data; and what nobody asks for."""

from __future__ import annotations

import functools
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import cast
from urllib.parse import unquote, urlsplit

import rjsmin  # type: ignore[import-untyped]
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from baodian import compiled
from baodian.page import Site
from baodian.publish import lean, pruned
from baodian.publish.addresses import Names
from baodian.publish.reading import Reading, Written
from baodian.said.messages import Words
from baodian.writers import widgets
from baodian.writers.html import TEMPLATES, icon_path
from baodian.writers.script import said

THEME = Path(__file__).parents[1] / "theme"
SHEET = "css/handbook.css"  # what is used of the theme's, and all of ours, with the icons
SITE_SCRIPT = "js/site.js"  # all that every page needs, in one
SEARCH = "search/panel.js"
ENGINE = "search/engine.js"
LATE = (ENGINE, SEARCH)  # what that loads when it is asked for
WIDGETS = "widgets/"
DECIDING = (f"{WIDGETS}finder.decide.js", "search/rulers.js")  # what the search decides by
ROOT = "/ROOT/"  # stands for the address of the site's root in the search's markup

_SOURCE_MAP = re.compile(r"\n?(?://# sourceMappingURL=\S+|/\*# sourceMappingURL=\S+ \*/)\s*$")
_OTHER_HOST = re.compile(r"""(["'`])https?://(?!www\.w3\.org/)[^"'`\s]*\1""")
_LICENCE = re.compile(r"/\*!.*?\*/|!--!.*?--", re.DOTALL)  # of a script, of a drawing in a sheet
_FAILED = "const failed=e=>{setTimeout(()=>{throw e})};"


def styles() -> tuple[str, ...]:
    """Return the texts of the style sheets of ours in the order in which they hold."""
    return tuple(pruned.packed(path.read_text(encoding="utf-8")) for path in _own_sheets())


def _own_sheets() -> tuple[Path, ...]:
    return tuple(sorted((THEME / "css").glob("*.css")))


def watched(project: Path) -> tuple[Path, ...]:
    """Return the folders whose changes show on the pages, besides `content/`."""
    return tuple(f for f in (project / "playbook_data", TEMPLATES, THEME) if f.is_dir())


def write(folder: Path, name: str, text: str) -> None:
    """Write one file of the site."""
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode("utf-8", errors="xmlcharrefreplace"))


def write_scripts(
    folder: Path, t: Words, told: Mapping[str, Mapping[str, str]], asked: Iterable[str]
) -> frozenset[str]:
    """Write the scripts of ours that pages ask for, and those of the search, without comments;
    return their names but for `LATE`.

    What a script says stands at its head: the search its own words, each widget what is `told` of
    it by its name. What pages of the site share is in one more (`write_site_script`).
    """
    own = {path.relative_to(THEME).as_posix() for path in THEME.rglob("*.js")}
    for name in own:
        (folder / name).unlink(missing_ok=True)
    words = {f"{WIDGETS}{name}.js": {name: of} for name, of in told.items()}
    words[SEARCH] = {"search": _search_words(t)}
    written = {}
    for name in (*LATE, *asked):
        parts = _parts(name)
        if not name.startswith("js/") and own.issuperset(parts):
            texts = [(_words(words[p]) if p in words else "") + minified(THEME / p) for p in parts]
            written[name] = _together(texts) if len(texts) > 1 else texts[0]
    for name, text in written.items():
        write(folder, name, text)
    return frozenset(written).difference(LATE)


def _parts(name: str) -> tuple[str, ...]:
    """Return the files that a script is made of, by their names in our theme."""
    script = name.removeprefix(WIDGETS).removesuffix(".js")
    if name == ENGINE:
        return (*DECIDING, ENGINE)
    parts = widgets.parts(script) if name.startswith(WIDGETS) else ()
    return tuple(f"{WIDGETS}{part}.js" for part in parts) or (name,)


def _words(told: Mapping[str, Mapping[str, str]]) -> str:
    return f"baodian.words({said(told)});\n"


def minified(path: Path) -> str:
    """Return a script of ours without comments and idle white space."""
    return cast("str", rjsmin.jsmin(path.read_text(encoding="utf-8")))


def _together(texts: Iterable[str]) -> str:
    """Return one script of several: one that fails leaves the others running."""
    parts = (f"try{{\n{text.strip()}\n}}catch(e){{failed(e)}}\n" for text in texts)
    return f"{{\n{_FAILED}\n{''.join(parts)}}}\n"


def write_sheet(folder: Path, icons: lean.Icons, looks: Iterable[str], dialog: str) -> None:
    """Write the one style sheet, and drop those that it is made of.

    `looks` are the classes that stand on pages, `dialog` is the markup of the search's. What else
    is seen is put there by scripts: ours, and those that stand beside the hand-written pages.
    """
    ours = {path.relative_to(THEME).as_posix(): path for path in THEME.rglob("*.js")}
    theirs = {
        name: path
        for path in folder.rglob("*.js")
        if (name := path.relative_to(folder).as_posix()) not in ours
        and not name.startswith(("assets/", "search/", WIDGETS))
    }
    scripts = [path.read_text(encoding="utf-8") for path in {**ours, **theirs}.values()]
    acting = "\n".join([dialog, *scripts])
    for path in _own_sheets():
        (folder / "css" / path.name).unlink(missing_ok=True)
    of_theme = "".join(
        path.read_text(encoding="utf-8") for path in sorted(folder.glob("assets/stylesheets/*.css"))
    )
    dress = pruned.pruned(pruned.packed(of_theme), pruned.words(acting) | frozenset(looks))
    text = "\n".join([dress, lean.sheet(icons), *styles()])
    others = (
        p.read_text(encoding="utf-8") for p in folder.rglob("*.css") if "assets" not in p.parts
    )
    write(folder, SHEET, pruned.without_unasked(text, "\n".join([acting, *others])))


def search_dialog(site: Site, t: Words) -> lean.Lean:
    """Return the search's dialog, its addresses from `ROOT`."""
    template = _environment().get_template("site/search-panel.html")
    html = template.render(site=site, t=t, root=ROOT, magnify=icon_path("magnify"))
    return lean.page(html)


def _search_words(t: Words) -> Mapping[str, str]:
    return {
        "best": t("Best matches"),
        "near": t("Similar"),
        "nearest": t("Nothing says exactly that; similar:"),
        "also": t("Also called: "),
        "more": t("Show {n} more"),
        "found": t("{n} found"),
        "only_near": t("Nothing says exactly that; {n} similar"),
        "none": t("Nothing found for “{query}”."),
        "loading": t("Searching …"),
        "only_names": t("Only titles and headings so far: the full text could not be loaded."),
        "meant": t("Did you mean: "),
        "perhaps": t("Perhaps one of these helps:"),
        "tell": t("Should it be in the handbook? Tell {owner}: "),
        "copy_report": t("Copy a message"),
        "report": t("I searched the handbook for “{query}” and found nothing (version {version})."),
        "copy": t("Copy"),
        "copy_of": t("Copy the words of “{title}”"),
        "copied": t("Copied"),
        "copied_open": t("Copied, with {n} {n|gap|gaps} still open"),
        "copy_by_hand": t("Select the text and copy it"),
        "recent": t("Searched lately"),
        "forget": t("Clear these"),
    }


def write_site_script(
    folder: Path, site: Site, t: Words, dialog: str, late: Names, *, one_file: str
) -> None:
    """Write the script of every page: the store, what all pages share, and what uses both.

    `late` are the names of what it loads when asked to; `one_file` is the edition in one file,
    empty if readers may keep no copies. Nothing in it changes with a single text. A part that fails
    leaves the others running.
    """
    facts: dict[str, object] = {
        "offline": bool(one_file), "single": one_file, "stale": site.stale_after,
        "about": "offline.html" if site.offline else "", "cities": site.cities, "files": late,
    }  # fmt: skip
    template = _environment().get_template("site/site.html")
    shared = template.render(t=t, site=facts, search=dialog, root=ROOT)
    first, *others = map(minified, sorted((THEME / "js").glob("*.js")))
    write(folder, SITE_SCRIPT, _together((first, shared, *others)))


def places(site: Site) -> dict[str, list[str]]:
    """Return the common addresses of the pages that each city has of its own."""
    return {
        id_: [p.address.partition("/")[2] for p in site.pages if p.city == id_]
        for id_, _ in site.cities
    }


def megabytes(folder: Path) -> str:
    """Return about how much a reader's device loads to keep the site: a quarter, compressed."""
    total = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return f"{max(total / 4e6, 0.1):.1f}"


def template(name: str) -> Template:
    """Return one of our templates; what it is given is escaped."""
    return _environment().get_template(name)


@functools.cache
def _environment() -> Environment:
    loader = FileSystemLoader(TEMPLATES)
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
    made.filters["said"] = lambda data: Markup(said(data))
    compiled.keep(made, "site")
    return made


# --- what no page asks for ------------------------------------------------------------------------


def unused(reading: Reading) -> tuple[str, ...]:
    """Return the files of the theme (`assets/`) that no page and no style sheet in use names."""
    asked = {name for page, written in reading.pages.items() for name in _named(page, written)}
    for sheet in asked & reading.sheets.keys():
        asked.update(_named(sheet, reading.sheets[sheet]))
    return tuple(sorted(n for n in reading.files if n.startswith("assets/") and n not in asked))


def drop(folder: Path, names: tuple[str, ...]) -> None:
    """Delete files, with the folders of the theme that are empty then."""
    for name in names:
        (folder / name).unlink()
    for inner in sorted((p for p in folder.glob("assets/**/*") if p.is_dir()), reverse=True):
        if not any(inner.iterdir()):
            inner.rmdir()


def keep_at_home(folder: Path) -> None:
    """Take out of the theme's files the other hosts that they would ask, and name.

    These are the sources of its makers, and scripts and data that its features load late: an old
    browser's missing parts, Mermaid, the stars of a repository.
    """
    for path in folder.glob("assets/**/*"):
        if path.suffix in (".js", ".css"):
            text = _SOURCE_MAP.sub("\n", path.read_text(encoding="utf-8"))
            text = _LICENCE.sub(lambda licence: re.sub("https?://", "", licence[0]), text)
            if path.suffix == ".js":
                text = _OTHER_HOST.sub(r"\1data:,\1", text)
            path.write_text(text, encoding="utf-8")


def _named(name: str, written: Written) -> Iterator[str]:
    for reference in (*written.links, *written.fetched):
        parts = urlsplit(reference.href.strip())
        if not parts.scheme and not parts.netloc and parts.path:
            path = unquote(parts.path)
            joined = posixpath.join(posixpath.dirname(name), path.lstrip("/"))
            yield posixpath.normpath(joined)
