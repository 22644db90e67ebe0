"""Writes a `Page` as HTML: the article that stands inside the theme's frame.

One macro per block kind in `templates/`; autoescape is on, an unknown name in a template is an
error. CSS classes are `bd-` and the field or block they show. Icons are names of Material Design
icons, taken from the installed theme. The set in use, so that one thing has one picture:

    home · map-marker-path (moments) · account-group (customers) · forum (scripts) ·
    clipboard-check (lists) · gift (entitlements) · shield-alert (red lines) ·
    lightbulb-on (methods) · book-open-variant (cases) · calendar-month (plans) ·
    school (onboarding) · pencil-ruler (editors) · target (goal) · clock-outline (now) ·
    repeat (rhythms) · chat-processing (say) · check-circle (do) · close-circle (don't) ·
    eye (signs) · stairs-up (rises) · swap-vertical (moves) · scale-balance (rules) ·
    table (tables) · tune (parameters) · tag (terms) · phone (calls) · message-text (messages) ·
    email (letters) · file-document (records) · account-arrow-up (escalation) ·
    source-branch (sources) · alert (warnings) · help-circle (questions) ·
    drama-masks (acting out)
"""

from __future__ import annotations

import functools
import json
import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from baodian import compiled
from baodian.page import (
    Block,
    Bullets,
    Callout,
    Checklist,
    Chip,
    Entry,
    Heading,
    Index,
    Inline,
    Item,
    ItemGroup,
    Lead,
    Mark,
    Origin,
    Page,
    Part,
    Script,
    Site,
    Steps,
    Table,
    Widget,
    plain,
)
from baodian.said.messages import Words
from baodian.said.problems import At
from baodian.writers import widgets
from baodian.writers.article import Article
from baodian.writers.picture import drawings

TEMPLATES = Path(__file__).parents[1] / "templates"
HUES = 8  # accents defined in theme/css/tokens.css
JUMP_FROM = 4  # a page with this many sections gets a row of links to them on a phone

Edit = Callable[[At], str | None]

_LEAVES = re.compile(r"(?:https?|tel|mailto|sms):")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_HREF = re.compile(r'(<a\b[^>]*?\bhref=")([^"]*)(")')


@dataclass(frozen=True)
class Section:
    """A heading and what stands below it; the first of a page may have none."""

    heading: Heading | None
    blocks: tuple[Block | Section, ...]


def render(page: Page, site: Site, t: Words, edit: Edit = lambda at: None) -> Article:
    """Return a page as HTML in the language of `t`.

    `edit` gives the address at which a place in a source file can be edited, or None.
    """
    page = replace(page, blocks=first_first(page.blocks))
    toc = tuple(_headings(page.blocks))
    view = View(page, site, edit)
    template = _environment().get_template("page.html")
    return Article(
        address=page.address,
        title=page.title,
        html=template.render(page=page, site=site, t=t, view=view, toc=toc),
        entity=view.root() or "",
        hue=view.hue(page.accent),
        toc=toc,
        script=widgets.together(view.widgets),
        late=widgets.late(view.widgets),
    )


def first_first(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return blocks with what is seen first before the notes that were put on top."""
    first = tuple(b for b in blocks if isinstance(b, Part) and b.kind in ("first", "next"))
    return (*first, *(b for b in blocks if b not in first)) if first else blocks


def _headings(blocks: tuple[Block, ...]) -> Iterator[tuple[int, str, str]]:
    """Yield what belongs into the table of contents: everything but what is folded away."""
    for block in blocks:
        match block:
            case Heading(text=text, anchor=anchor, level=level):
                yield level, text, anchor
            case Index(groups=groups):
                yield from ((2, title, anchor) for anchor, title, _ in groups if title)
            case Callout(blocks=inner) | Widget(blocks=inner) | Part(blocks=inner):
                yield from _headings(inner)


# --- what templates ask ---------------------------------------------------------------------------


@dataclass(frozen=True)
class View:
    """One page being written: answers what depends on its address, origin marks and icons."""

    page: Page
    site: Site
    edit: Edit
    icons: dict[str, str] = field(default_factory=dict)  # filled while writing, for the sprite
    widgets: set[str] = field(default_factory=set)  # filled while writing

    @functools.cached_property
    def _hues(self) -> dict[str, int]:
        return dict(self.site.accents)

    def hue(self, accent: str | None) -> str:
        """Return the class that sets the accent of a scheme, or nothing."""
        if accent is None or accent not in self._hues:
            return ""
        return f"bd-hue-{self._hues[accent] % HUES}"

    def href(self, address: str) -> str:
        """Return an address from the root of the site as seen from this page."""
        return relative(address, self.page.address)

    def exists(self, address: str) -> bool:
        """Say whether there is a page at an address from the root of the site."""
        return address in self._addresses

    @functools.cached_property
    def _addresses(self) -> frozenset[str]:
        return frozenset(page.address for page in self.site.pages)

    def markdown(self, html: str) -> Markup:
        """Return sanitised HTML, its links turned from the root of the site to this page."""

        def turn(match: re.Match[str]) -> str:
            before, href, after = match.groups()
            if href.startswith((".", "#", "/")) or _SCHEME.match(href):
                return match[0]
            return f"{before}{self.href(href)}{after}"

        return Markup(_HREF.sub(turn, html))  # the field promises: sanitised

    def edit_link(self, at: At | None) -> str | None:
        """Return where a place can be edited, if anywhere on the web."""
        address = self.edit(at) if at is not None else None
        return address if address and address.startswith(("http://", "https://")) else None

    def root(self) -> str | None:
        """Return the entity that the page as a whole is, if the page is its home."""
        entity = self.page.entity
        return entity if entity and (entity in self.page.holds or not self.page.holds) else None

    def marks(self, origin: Origin | None) -> tuple[tuple[str, str], ...]:
        """Return the data attributes that say what an element shows."""
        if origin is None:
            return ()
        if origin.home and origin.part is not None:
            return (("data-item", origin.part),)
        if origin.home:
            at_root = origin.entity == self.root()
            return () if at_root else (("data-entity", origin.entity),)
        part = f"#{origin.part}" if origin.part is not None else ""
        return (("data-from", origin.entity + part),)

    @functools.cached_property
    def _coming(self) -> tuple[Callout, ...]:
        notes = (b for b in widgets.inside(self.page.blocks) if isinstance(b, Callout))
        return tuple(note for note in notes if note.entries)

    def to_come(self, origin: Origin | None) -> tuple[Callout, ...]:
        """Return what later days bring to an entry that is at home on a page of many."""
        entry = origin.entity if origin and origin.home and origin.part is None else ""
        if not entry or entry == self.root():
            return ()
        return tuple(note for note in self._coming if entry in note.entries)

    def jumps(self, toc: tuple[tuple[int, str, str], ...]) -> tuple[tuple[str, str], ...]:
        """Return (text, anchor) of the sections of a long page, unless the main thing comes first.

        Words to say, a list to tick or one to look through must not be pushed off the first screen.
        """
        jumps = tuple((text, anchor) for level, text, anchor in toc if level == 2)
        first = next(filter(_main, self.page.blocks), None)
        while isinstance(first, Widget) and first.blocks:
            first = next(filter(_main, first.blocks), None)
        at_once = isinstance(first, Script | Checklist | Steps | Index | Part)
        at_once = at_once or self.page.kind == "index"
        return () if at_once or len(jumps) < JUMP_FROM else jumps

    def opens(self, script: Script) -> bool:
        """Say whether a script holds the first words to say on the page: links lead to those."""
        scripts = (block for block in widgets.inside(self.page.blocks) if isinstance(block, Script))
        return next(scripts, None) is script

    def item_anchor(self, checklist: Checklist, item: Item) -> str:
        """Return an item's anchor: its id where the item is at home, so that links can know it."""
        at_home = item.origin is not None and item.origin.home
        return item.id if at_home else f"{checklist.anchor}-{item.id}"

    def group_anchor(self, checklist: Checklist, group: ItemGroup) -> str:
        """Return the anchor of a part of a list, as for its items."""
        at_home = group.origin is not None and group.origin.home
        return group.id if at_home else f"{checklist.anchor}-{group.id}"

    def widget(self, name: str) -> str:
        """Note that the page needs the script of a widget and return its name.

        Raises `LookupError` if there is no such script.
        """
        if not widgets.known(name):
            raise LookupError(f"no such widget: {name!r}")
        self.widgets.add(name)
        return name

    def icon(self, name: str) -> str:
        """Note that an icon is used and return the id of its symbol."""
        self.icons.setdefault(name, icon_path(name))
        return f"bd-i-{name}"


@functools.cache
def _seen(file: str, folder: str) -> str:
    return posixpath.relpath(file, folder or ".")


def relative(address: str, page: str) -> str:
    """Return an address from the root of the site as seen from `page`.

    Raises `ValueError` for a scheme that no page of ours may link to.
    """
    if _LEAVES.match(address):
        return address
    if _SCHEME.match(address):
        raise ValueError(f"not an address of the site: {address!r}")
    path, mark, anchor = address.partition("#")
    if path in ("", page):
        return mark + anchor if mark else posixpath.basename(page)
    file, question, query = path.partition("?")
    return _seen(file or page, posixpath.dirname(page)) + question + query + mark + anchor


@functools.cache
def icon_path(name: str) -> str:
    """Return the SVG path of a Material Design icon (24 × 24).

    Raises `LookupError` if the installed theme has no such icon.
    """
    file = _icon_folder() / f"{name}.svg"
    if not re.fullmatch(r"[a-z0-9-]+", name) or not file.is_file():
        raise LookupError(f"no such icon: {name!r}")
    return " ".join(re.findall(r'\bd="([^"]+)"', file.read_text(encoding="utf-8")))


@functools.cache
def _icon_folder() -> Path:
    spec = find_spec("material")
    if spec is None or spec.origin is None:
        raise LookupError("mkdocs-material is not installed")
    return Path(spec.origin).parent / "templates" / ".icons" / "material"


# --- filters --------------------------------------------------------------------------------------


def sections(blocks: tuple[Block, ...], level: int = 2) -> tuple[Section, ...]:
    """Return the blocks below the headings they follow, level 3 inside level 2; parts alone."""
    groups: list[tuple[Heading | None, list[Block]]] = [(None, [])]
    for block in blocks:
        if isinstance(block, Heading) and block.level == level:
            groups.append((block, []))
        elif isinstance(block, Part):  # stands by itself
            groups += [(None, [block]), (None, [])]
        else:
            groups[-1][1].append(block)
    parts = []
    for heading, inner in groups:
        below: tuple[Block | Section, ...] = tuple(inner)
        if level == 2 and any(isinstance(b, Heading) for b in inner):
            below = sections(tuple(inner), 3)
        if heading is not None or below:
            parts.append(Section(heading, below))
    return tuple(parts)


def kind(value: object) -> str:
    """Return the name of a block's or segment's kind, as in `page`."""
    return type(value).__name__


def facets(entry: Entry) -> str:
    """Return an entry's facets as JSON for the filter script."""
    return json.dumps({k: list(v) for k, v in entry.facets}, ensure_ascii=False)


def label(inline: Inline) -> str:
    """Return the words of a line for a place that takes no marks."""
    return plain(inline)


def _main(block: Block) -> bool:
    """Return whether a block is more than a line that stands above another."""
    warns = isinstance(block, Bullets) and block.style == "red-line"
    return not warns and not isinstance(block, Lead | Callout)


_HYPHENED = r"（?(?<![\w-])\d{3,4}(?:-\d{2,4}){2}(?![\w-])(?: 起）)?"
"""A date or a telephone number: a browser would break its line at a hyphen."""
_FEW = r"[^：:，。&;\n]"
_DATED = f"{_FEW}{{0,6}}{_HYPHENED}{_FEW}{{0,4}}[：:]|{_HYPHENED}"
"""It too with the few words that lead from it to what is said of it."""
_WHOLE = re.compile(f"({_DATED})")
_WHOLE_IN_TITLES = re.compile(f"({_DATED}|\\d+ [\u4e00-\u9fff])")
"""There also a number with the word that it counts: 75 天."""


def lines(text: str, whole: re.Pattern[str] = _WHOLE) -> Markup:
    """Return words with their line breaks as a browser shows them; dates stay in one line."""
    kept = whole.sub(r'<span class="bd-whole">\1</span>', str(escape(text)))
    return Markup(kept.replace("\n", "<br>"))


def title_lines(text: str) -> Markup:
    """Return a title as `lines`; in its few large words numbers stay with what they count too."""
    return lines(text, _WHOLE_IN_TITLES)


def by_note(chips: tuple[Chip, ...]) -> tuple[tuple[Inline, tuple[Chip, ...]], ...]:
    """Return chips by what is to be known of them, in the order in which that comes first."""
    notes = dict.fromkeys(chip.note for chip in chips)
    return tuple((note, tuple(c for c in chips if c.note == note)) for note in notes)


def footnotes(table: Table) -> tuple[tuple[Mark, Inline, tuple[str, ...], Inline], ...]:
    """Return what the signs of a table say besides: sign, name of the row, columns, words."""
    noted: dict[tuple[Mark, Inline, Inline], list[str]] = {}
    for row in table.rows:
        for column, cell in zip(table.columns, row.cells, strict=True):
            if cell.mark and cell.lines:
                noted.setdefault((cell.mark, row.cells[0].lines[0], cell.lines[0]), []).append(
                    column
                )
    return tuple(
        (mark, name, tuple(columns), note) for (mark, name, note), columns in noted.items()
    )


MOST_SPANS = 60  # more in a year are one: nobody tells them apart


def spans(times: int) -> str:
    """Return a line of 360 × 10, one unit for a day, cut into as many spans, as SVG path data."""
    count = times if times <= MOST_SPANS else 1
    width = 360 / count
    gap = min(4.0, width / 3) if count > 1 else 0.0
    return "".join(f"M{n * width:.4g} 0h{width - gap:.4g}v10h-{width - gap:.4g}z"
                   for n in range(count))  # fmt: skip


@functools.cache
def _environment() -> Environment:
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        auto_reload=False,  # they are part of the code
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters |= {
        "kind": kind,
        "sections": sections,
        "drawings": drawings,
        "facets": facets,
        "plain": label,
        "lines": lines,
        "title_lines": title_lines,
        "spans": spans,
        "by_note": by_note,
        "footnotes": footnotes,
        "handed": widgets.handed,
    }
    # A character of ours takes three bytes as it is, six when escaped.
    env.policies["json.dumps_kwargs"] = {"sort_keys": True, "ensure_ascii": False}
    compiled.keep(env, "articles")
    return env
