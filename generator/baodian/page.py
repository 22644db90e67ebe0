"""Pages as values: the seam between the playbook and everything that writes it down.

`pages(playbook)` returns `Page` values; thin writers (`html`, later `search`, `markdown`, `pdf`)
turn them into something. Blocks are a closed union of frozen dataclasses and hold no markup: texts
are tuples of segments, links are addresses relative to the root of the site.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from baodian.model.talk import Place
from baodian.said.problems import At
from baodian.text.joining import joined

# --- text inside a line ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Text:
    """Plain words; a line break in them, or in others, is one that a reader sees."""

    text: str


@dataclass(frozen=True)
class Strong:
    """Words that matter more (`**…**` in YAML prose)."""

    text: str


@dataclass(frozen=True)
class Link:
    """A link inside the site: `href` is `address` or `address#anchor` from the site's root."""

    text: str
    href: str


@dataclass(frozen=True)
class Value:
    """The value of a parameter, linked to where it is set."""

    text: str
    href: str


@dataclass(frozen=True)
class Slot:
    """A gap that the reader fills (客户称呼); `example` is shown as a hint."""

    name: str
    example: str


Segment = Text | Strong | Link | Value | Slot
Inline = tuple[Segment, ...]


def plain(inline: Inline) -> str:
    """Return the words as one line without links or marks; a slot reads as 【name】."""
    return joined("".join(f"【{s.name}】" if isinstance(s, Slot) else s.text for s in inline))


def line(text: str) -> Inline:
    """Return a line of plain words."""
    return (Text(text),)


# --- where a block comes from ---------------------------------------------------------------------


@dataclass(frozen=True)
class Origin:
    """What a block shows: `entity` is `kind:id`, `part` an id inside it, `at` its YAML line.

    On its home page (`home`) an entity or part is marked once with `data-entity` / `data-item`,
    which the verifier counts; shown again elsewhere it is marked `data-from`.
    """

    entity: str
    part: str | None = None
    at: At | None = None
    home: bool = False


# --- blocks ---------------------------------------------------------------------------------------

Mark = Literal["yes", "approve", "stopped", "no", "none"]


@dataclass(frozen=True)
class Heading:
    """A section heading, level 2 or 3. `why` says in small type why the section stands here."""

    text: str
    anchor: str
    level: Literal[2, 3] = 2
    icon: str | None = None
    why: Inline = ()
    origin: Origin | None = None


@dataclass(frozen=True)
class Lead:
    """The one sentence at the head of a page."""

    text: Inline
    origin: Origin | None = None
    anchor: str | None = None


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of a short field."""

    text: Inline
    origin: Origin | None = None
    anchor: str | None = None


@dataclass(frozen=True)
class Markdown:
    """Long prose whose field says Markdown. `html` is already rendered and sanitised."""

    html: str
    origin: Origin | None = None


@dataclass(frozen=True)
class Fact:
    """A label and what belongs to it (one or more lines)."""

    label: str
    lines: tuple[Inline, ...]
    origin: Origin | None = None
    anchor: str | None = None


@dataclass(frozen=True)
class Facts:
    """Labels and values, as a description list."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Cell:
    """A table cell: lines of text, or a mark (有 / 要批 / 停用 / 无) with an optional note."""

    lines: tuple[Inline, ...] = ()
    mark: Mark | None = None
    origin: Origin | None = None
    anchor: str | None = None


@dataclass(frozen=True)
class Row:
    """A table row. Its first cell is its heading; `anchor` lets others link to it."""

    cells: tuple[Cell, ...]
    anchor: str | None = None
    origin: Origin | None = None
    accent: str | None = None


@dataclass(frozen=True)
class Table:
    """A table; on a phone every row becomes a card with the column names as labels.

    `dense` keeps it a grid that scrolls inside its own box with a fixed first column (matrices);
    `pairs` one of few columns that stays a grid: what was beside what will be.
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    caption: str = ""
    dense: bool = False
    groups: tuple[tuple[str, int], ...] = ()  # heading over columns 2…: (text, how many)
    pairs: bool = False


@dataclass(frozen=True)
class Card:
    """A tappable summary of something that has its own page, or a measure, with its reasons.

    `href` empty: the card is not a link. `badges` are short words; `accent` a scheme's id; `urgent`
    what is the matter where words are needed at once (model/talk.py), as a colour.
    """

    title: str
    href: str = ""
    text: Inline = ()
    badges: tuple[str, ...] = ()
    mark: Mark | None = None
    why: Inline = ()
    accent: str | None = None
    icon: str | None = None
    origin: Origin | None = None
    anchor: str | None = None
    urgent: str = ""


@dataclass(frozen=True)
class Cards:
    """Cards in a grid (one column on a phone). `small` for dense lists of measures."""

    cards: tuple[Card, ...]
    small: bool = False


@dataclass(frozen=True)
class Item:
    """One line of a self-check list; ticks follow `origin`, never the text.

    `number` is its place in the list where a drawing shows it, else 0.
    """

    id: str
    text: Inline
    why: Inline = ()
    see: tuple[Link, ...] = ()
    origin: Origin | None = None
    number: int = 0


@dataclass(frozen=True)
class ItemGroup:
    """A part of a long list that can be run by itself; a short list has one without a title."""

    id: str
    title: str
    items: tuple[Item, ...]
    origin: Origin | None = None


@dataclass(frozen=True)
class Checklist:
    """A self-check list with boxes. `anchor` is unique on the page."""

    anchor: str
    groups: tuple[ItemGroup, ...]
    origin: Origin | None = None


@dataclass(frozen=True)
class Answer:
    """What the other side says and what to say and do then."""

    id: str
    anchor: str
    they_say: Inline
    say: tuple[Inline, ...] = ()
    find_out: Inline = ()
    do: Inline = ()
    then: Link | None = None
    ends: bool = False
    answers: tuple[Answer, ...] = ()
    origin: Origin | None = None


@dataclass(frozen=True)
class Script:
    """The spoken part of a talk script, or the text of a message or letter.

    `say_first` is the opening (talk) or the text itself (message, letter); `close` the last words.
    """

    form: Literal["talk", "message", "letter"]
    say_first: tuple[Inline, ...]
    answers: tuple[Answer, ...] = ()
    close: Inline = ()
    no_reply: Inline = ()
    origin: Origin | None = None


@dataclass(frozen=True)
class Say:
    """The words to begin with, in one bubble to copy; `of` is the script that goes on from there.

    `note` tells for whom they are, where others hear other words.
    """

    lines: tuple[Inline, ...]
    of: Link | None
    note: Inline = ()
    origin: Origin | None = None
    anchor: str | None = None


@dataclass(frozen=True)
class Chip:
    """A measure as a few words. `then` is its mark in the class beside, None where it is the same.

    `note` tells who consents, or why it is stopped or not there.
    """

    text: str
    href: str = ""
    note: Inline = ()
    then: Mark | None = None
    origin: Origin | None = None


@dataclass(frozen=True)
class Chips:
    """What a class has, may have, and lacks, by mark; `beside` is the name of the next class.

    `tables` are where all classes stand.
    """

    groups: tuple[tuple[Mark, tuple[Chip, ...]], ...]
    beside: str = ""
    tables: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Tally:
    """How many of each: a mark for the colour, the number with its sign, what it counts."""

    counts: tuple[tuple[Mark, str, str], ...]


@dataclass(frozen=True)
class Step:
    """One step, stage or level: a name, what it says, and notes such as who or why.

    `by` says by when, in a few words: beside a line of time where any step has it; `reach` how far.
    """

    text: Inline
    name: str = ""
    notes: tuple[Fact, ...] = ()
    href: str = ""
    anchor: str | None = None
    origin: Origin | None = None
    by: Inline = ()
    reach: Inline = ()


@dataclass(frozen=True)
class Steps:
    """Things to do in order, numbered."""

    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Levels:
    """An ordered ladder, lowest first when `rising`."""

    steps: tuple[Step, ...]
    rising: bool = True


@dataclass(frozen=True)
class Bullets:
    """Short lines. `style` now is numbered; the others get their own colour and sign."""

    lines: tuple[tuple[Inline, Origin | None], ...]
    style: Literal["plain", "now", "do", "dont", "signs", "red-line"] = "plain"


@dataclass(frozen=True)
class Beat:
    """Something that comes round: what, in words how often, and how many times a year.

    0 times: it comes with an event, not by the calendar.
    """

    what: Link
    often: Inline
    times: int = 0
    origin: Origin | None = None


@dataclass(frozen=True)
class Year:
    """What comes round, each as a line of twelve months cut into as many spans as it has times."""

    beats: tuple[Beat, ...]


@dataclass(frozen=True)
class PictureStep:
    """One box of a picture; `note` is a second, smaller line."""

    label: str
    note: str = ""
    href: str = ""
    current: bool = False


@dataclass(frozen=True)
class Arrow:
    """A move between two boxes, by their positions (from 0)."""

    start: int
    end: int
    label: str = ""


@dataclass(frozen=True)
class PictureCell:
    """A cell of a grid: its words and how strongly it is filled, 0 to 1, or what it lacks."""

    words: str
    share: float = 0.0
    look: Literal["filled", "excused", "missing"] = "filled"


@dataclass(frozen=True)
class Picture:
    """A drawing of an order, made as inline SVG by the writer; `alt` says the same in words.

    ladder: rises to the right; stages: a chain; set: boxes without order; bars: `values` as widths;
    grid: a row of `cells` for each step, below the names of the `columns`; pairs: the same, each
    cell a bar with its words. scale: an axis of numbers with its bounds, `values` with `columns` as
    their words, and for each step from which of them to which it holds (`spans`; a last bound
    without words is open); year: the same with months, whose words stand between two bounds.
    rings: around one place, the inmost first; one without a note has no end.
    """

    kind: Literal["ladder", "stages", "set", "bars", "grid", "pairs", "scale", "year", "rings"]
    steps: tuple[PictureStep, ...]
    alt: str
    caption: str = ""
    arrows: tuple[Arrow, ...] = ()
    values: tuple[float, ...] = ()
    unit: str = ""
    accent: str | None = None
    columns: tuple[str, ...] = ()
    cells: tuple[tuple[PictureCell, ...], ...] = ()
    spans: tuple[tuple[tuple[int, int], ...], ...] = ()


Counts = tuple[tuple[Mark, str], ...]
"""How many of each, in a few signs such as −2: a mark for the colour, and the sign."""


@dataclass(frozen=True)
class Area:
    """A rectangle of a map: from which column and row to which, the last not in it."""

    label: str
    columns: tuple[int, int]
    rows: tuple[int, int]
    signs: Counts = ()
    href: str = ""

    def side_by_side(self, other: Area) -> int | None:
        """Return the column behind which one ends and the other begins, in a row of both."""
        a, b = (self, other) if self.columns[0] < other.columns[0] else (other, self)
        touch = a.columns[1] == b.columns[0] and _overlap(a.rows, b.rows)
        return a.columns[1] - 1 if touch else None

    def above_each_other(self, other: Area) -> int | None:
        """Return the row behind which one ends and the other begins, in a column of both."""
        a, b = (self, other) if self.rows[0] < other.rows[0] else (other, self)
        touch = a.rows[1] == b.rows[0] and _overlap(a.columns, b.columns)
        return a.rows[1] - 1 if touch else None


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


@dataclass(frozen=True)
class Passage:
    """A move between two areas of a map that touch, by their positions (from 0), named `label`."""

    start: int
    end: int
    label: str
    signs: Counts
    href: str


@dataclass(frozen=True)
class Map:
    """What a ruler of two questions decides, as areas over both, and the moves between areas.

    `columns` and `rows` name what can be answered, from the left and from the top; `caption` tells
    how to read it; `alt` says the same in words, but for the moves, which stand in a list as well.
    """

    columns: tuple[str, ...]
    rows: tuple[str, ...]
    areas: tuple[Area, ...]
    alt: str
    passages: tuple[Passage, ...] = ()
    caption: str = ""
    accent: str | None = None


@dataclass(frozen=True)
class Spot:
    """Where to look: the number and words of an item, the place in the shop, where it leads."""

    number: int
    label: str
    place: Place
    href: str


@dataclass(frozen=True)
class Shop:
    """A drawing of a shop with numbered spots, each leading to its item; `alt` names the places.

    `names` are the words of the places that have a spot.
    """

    spots: tuple[Spot, ...]
    names: tuple[tuple[Place, str], ...]
    alt: str
    caption: str = ""
    accent: str | None = None


@dataclass(frozen=True)
class Balance:
    """How many measures a move adds, puts under consent, changes otherwise, and takes away.

    What it adds only with consent counts as put under consent.
    """

    gained: int = 0
    approve: int = 0
    changed: int = 0
    lost: int = 0


@dataclass(frozen=True)
class LinkItem:
    """A link with a word why one would follow it; of a move, what it brings."""

    link: Link
    note: Inline = ()
    origin: Origin | None = None
    balance: Balance | None = None


@dataclass(frozen=True)
class Links:
    """A list of places to go. `big` for thumb-sized buttons (a moment's choices, phone numbers).

    `rows`: a line for each to tap anywhere, with the note behind the name. `line`: all in one flow
    of words, after a `label`.
    """

    links: tuple[LinkItem, ...]
    big: bool = False
    rows: bool = False
    line: bool = False
    label: str = ""
    anchor: str | None = None


@dataclass(frozen=True)
class Entry:
    """One line of an index page. `facets` maps a filter's id to this entry's values (ids)."""

    title: str
    href: str
    text: Inline = ()
    badges: tuple[str, ...] = ()
    facets: tuple[tuple[str, tuple[str, ...]], ...] = ()
    accent: str | None = None


@dataclass(frozen=True)
class Filter:
    """A filter of an index page: its id (in the address), label and (value id, label) choices."""

    id: str
    label: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Index:
    """A grouped list with filters; without JavaScript the groups are simply a list."""

    groups: tuple[tuple[str, str, tuple[Entry, ...]], ...]  # (anchor, title, entries)
    filters: tuple[Filter, ...] = ()


@dataclass(frozen=True)
class Callout:
    """A box that must not be overlooked, or a note on the side."""

    kind: Literal["red-line", "note", "tip", "draft", "legal", "missing", "coming", "city", "must"]
    title: str
    blocks: tuple[Block, ...]
    origin: Origin | None = None
    since: str = ""  # of what is to come: the day, for a copy that is read after it
    folded: bool = False  # only the title is seen until it is tapped
    about: str = ""  # the change that it tells of, as `change:id`


@dataclass(frozen=True)
class Choice:
    """One answer to a question: whether it is right, and why."""

    id: str
    text: Inline
    right: bool
    why: Inline
    origin: Origin | None = None


@dataclass(frozen=True)
class Question:
    """A question to test oneself, its answers open and the verdict on each folded away.

    `see` is where it is taught; `level` that of the heading it stands as.
    """

    anchor: str
    ask: Inline
    choices: tuple[Choice, ...]
    see: tuple[Link, ...] = ()
    level: Literal[3, 4] = 4
    origin: Origin | None = None


@dataclass(frozen=True)
class Signature:
    """A line to fill in by hand: a gap after each label."""

    labels: tuple[str, ...]


@dataclass(frozen=True)
class Folded:
    """Something a field reader rarely needs (依据), closed until tapped.

    With a `hint`, what comes first inside, it is one of several lines below each other; `count`
    says how much is behind it.
    """

    title: str
    blocks: tuple[Block, ...]
    anchor: str | None = None
    count: int = 0
    hint: str = ""


@dataclass(frozen=True)
class Part:
    """A part of a page. `first` is what is seen first: notes that are put on top stand below it.

    `beside` stands beside the rest where there is room.
    """

    kind: Literal["first", "beside"]
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Widget:
    """Something the reader works with, made of what stands in `blocks` by a script of ours.

    `name` is the script in `theme/widgets/`; `data` is given to it as JSON, its words among it. The
    blocks alone must be enough for a reader without scripts.
    """

    name: str
    data: Mapping[str, object]
    blocks: tuple[Block, ...] = ()


Block = (
    Heading | Lead | Paragraph | Markdown | Facts | Table | Cards | Checklist | Script | Steps
    | Levels | Bullets | Picture | Links | Index | Callout | Folded
    | Question | Signature | Widget | Say | Chips | Tally | Year
    | Part | Map | Shop
)  # fmt: skip


# --- the page -------------------------------------------------------------------------------------


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


# --- what a search knows besides the pages --------------------------------------------------------


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
    offline: bool = True  # whether a reader's device may keep the handbook
    cities: tuple[tuple[str, str], ...] = ()  # id and name of each city with pages of its own
    stale_after: int = 30  # days after which a copy on a device says how old it is
    listed: bool = False  # whether search engines may list it
    moved: tuple[Moved, ...] = ()  # old addresses, which lead on
    changed: tuple[Changed, ...] = ()  # all that changed in meaning lately, the latest first
    news: tuple[News, ...] = ()  # what a feed tells, the latest first
    news_at: str = ""  # the page that tells the same
    dates: tuple[Dated, ...] = ()  # what stands in a calendar, by day
