"""What a page is made of: a closed union of blocks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from baodian.page.inline import Inline, Link, Mark, Origin
from baodian.page.pictures import Map, Picture, Shop, Year


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
    """A table row. Its first cell is its heading; `anchor` lets others link to it.

    `group` is the heading above it, where rows that belong together begin.
    """

    cells: tuple[Cell, ...]
    anchor: str | None = None
    origin: Origin | None = None
    accent: str | None = None
    group: str = ""


@dataclass(frozen=True)
class Table:
    """A table; on a phone every row becomes a card with the column names as labels.

    `dense` keeps it a grid that scrolls inside its own box with a fixed first column (matrices);
    `pairs` one of few columns that stays a grid: what was beside what will be. `brief` are pairs
    that are all alike: on a phone the name of each row is enough.
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    caption: str = ""
    dense: bool = False
    heads: tuple[Cell, ...] = ()
    """What stands above the columns instead of their bare names, for each of them."""
    pairs: bool = False
    brief: bool = False


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
class Marked:
    """The chips under one mark."""

    mark: Mark
    chips: tuple[Chip, ...]


@dataclass(frozen=True)
class Chips:
    """What a class has, may have, and lacks, by mark; `beside` is the name of the next class.

    `tables` are where all classes stand.
    """

    groups: tuple[Marked, ...]
    beside: str = ""
    tables: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Count:
    """How many: a mark for the colour, the number with its sign, what it counts."""

    mark: Mark
    number: str
    what: str


@dataclass(frozen=True)
class Tally:
    """How many of each."""

    counts: tuple[Count, ...]


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
    """Short lines. `style` now is numbered; the others get their own colour and sign.

    Of red lines the first is seen at once; the others stand behind it.
    """

    lines: tuple[tuple[Inline, Origin | None], ...]
    style: Literal["plain", "now", "do", "dont", "signs", "red-line"] = "plain"
    anchor: str | None = None


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
    entries: tuple[str, ...] = ()  # of what on a page of many it tells, each as `kind:id`


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

    So do they below `next`, which follows it. `beside` stands beside the rest where there is room.
    """

    kind: Literal["first", "next", "beside"]
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
