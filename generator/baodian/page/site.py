"""Pages with what stands around them, and the whole site with what a search knows besides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from baodian.page.blocks import Block
from baodian.page.inline import Inline, Link
from baodian.rules import Walk
from baodian.said.problems import At


@dataclass(frozen=True)
class Crumb:
    """One step of the trail above the title."""

    text: str
    href: str


@dataclass(frozen=True)
class Changed:
    """Something on a page that came to mean something else: on which day, what, from what to what.

    `href` is where all of that change is told. `print` is the same as long as the meaning is.
    """

    day: str
    text: Inline
    href: str
    print: str


@dataclass(frozen=True)
class Page:
    """One page of the handbook.

    `address` is relative to the root of the site and ends in `.html`; `kind` is the kind of its
    entity, or a word such as `home` or `index`; `section` the chapter whose tab is lit.
    `holds` lists what must be found on it once: `kind:id` and `kind:id#part`.
    """

    address: str
    title: str
    kind: str
    section: str
    blocks: tuple[Block, ...]
    entity: str | None = None
    accent: str | None = None
    icon: str | None = None
    badges: tuple[str, ...] = ()
    lead: Inline = ()
    trail: tuple[Crumb, ...] = ()
    before: Crumb | None = None
    after: Crumb | None = None
    source: At | None = None
    in_nav: bool = False
    draft: bool = False
    owner: str = ""
    reviewed: str = ""
    overdue: str = ""  # what on it was to be read again, and by when
    effective_from: str = ""
    effective_until: str = ""
    turns: str = ""  # the first day on which it will be another, or gone
    city: str = ""  # the id of the city that it is the page of; "" if it holds everywhere
    cities: tuple[str, ...] = ()  # the ids of the cities that have a page of their own instead
    changed: tuple[Changed, ...] = ()  # what of it changed in meaning lately, the latest first
    unchanged: str = ""  # if nothing did: since which day
    holds: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True)
class NavSection:
    """A chapter of the handbook: its index page and the pages listed under it."""

    id: str
    title: str
    icon: str
    address: str
    pages: tuple[Crumb, ...] = ()
    in_bar: bool = False  # stands in the bottom bar of a phone


@dataclass(frozen=True)
class Findable:
    """How else an entity is found: other names, how its name sounds, for whom, by which channel.

    `classes` are `scheme/class`; `channels` ids; `pinyin` as written by hand, or empty.
    """

    aliases: tuple[str, ...] = ()
    pinyin: str = ""
    classes: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()


@dataclass(frozen=True)
class FilterValue:
    """A value of a filter: its id, what it is called, and under which heading it stands."""

    id: str
    name: str
    group: str = ""


@dataclass(frozen=True)
class Filters:
    """What results can be narrowed by, in the order shown. Every kind of entity is in one group.

    `behind` is what readers do not look for, and find by its name or kind alone: kinds,
    `page:address`, or `kind#p` for a kind's prose.
    """

    kinds: tuple[tuple[FilterValue, tuple[str, ...]], ...] = ()
    classes: tuple[FilterValue, ...] = ()
    channels: tuple[FilterValue, ...] = ()
    behind: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ruler:
    """A ruler by which a search says the class of a customer of whom a number is told.

    `asks` has by dimension the units of its number, how many of it each is, and its names; `why` a
    line for each box of the rule of a class, in the order of the walk's; `called` what people call
    several of its classes: the number then tells which it is.
    """

    id: str
    asks: Mapping[str, tuple[tuple[tuple[str, int], ...], tuple[str, ...]]]
    walk: Walk
    why: Mapping[str, tuple[str, ...]]
    called: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    city: str = ""  # the id of the city that it is the ruler of; "" if it holds everywhere


@dataclass(frozen=True)
class Moved:
    """An old address: a page, or with an anchor a place on one, and what stands for it now."""

    address: str
    anchor: str
    title: str  # how it was called; "" if nobody knows
    to: Link  # from the root of the site


@dataclass(frozen=True)
class News:
    """An entry of the feed: its lasting name, the day it is of, where it is told, in what words."""

    name: str
    title: str
    day: str
    href: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Dated:
    """A day to know of: its lasting name, the day, what it is, and more about it."""

    name: str
    day: str
    title: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Site:
    """Everything the writers need: the pages, the navigation and the words on every page."""

    name: str
    company: str
    notice: str
    language: str
    version: str
    effective_from: str
    owner: str
    pages: tuple[Page, ...]
    navigation: tuple[NavSection, ...]
    accents: tuple[tuple[str, int], ...] = ()  # scheme id → hue number, fixed by order
    found_by: Mapping[str, Findable] = field(default_factory=dict)  # by `kind:id`
    filters: Filters = field(default_factory=Filters)
    rulers: tuple[Ruler, ...] = ()
    offline: bool = True  # whether a reader's device may keep the handbook
    first: tuple[str, ...] = ()  # the addresses that it keeps before all others, by need
    cities: tuple[tuple[str, str], ...] = ()  # id and name of each city with pages of its own
    stale_after: int = 30  # days after which a copy on a device says how old it is
    listed: bool = False  # whether search engines may list it
    moved: tuple[Moved, ...] = ()  # old addresses, which lead on
    changed: tuple[Changed, ...] = ()  # all that changed in meaning lately, the latest first
    news: tuple[News, ...] = ()  # what a feed tells, the latest first
    news_at: str = ""  # the page that tells the same
    dates: tuple[Dated, ...] = ()  # what stands in a calendar, by day
