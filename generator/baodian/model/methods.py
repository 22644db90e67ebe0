"""How the work is done: methods, decision tables, plans."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Items
from typing import Annotated, ClassVar, Literal

from pydantic import Discriminator, Tag

from baodian.model.customers import Dimension
from baodian.model.entity import Entity, Line, Part, Record
from baodian.model.fields import Beside, Flag, Markdown, Name, OneOf, OneOrMore, Prose, Worded
from baodian.model.ids import (
    ChannelId,
    ClassId,
    DimensionId,
    GuideGroupId,
    Id,
    RoleId,
    ScriptId,
    TellId,
)
from baodian.model.quantities import Criterion, Frequency, Number, Range
from baodian.model.references import Ref, Selector
from baodian.source import Mapping, Scalar

Rise = Literal["low-to-high", "high-to-low"]


class NamedLine(Line):
    """A line with a name before it: a step, an element, a level, a field, a question."""

    name: Name | None = None
    """Its name."""
    who: Name | None = None
    """Who does it."""


class TimedLine(NamedLine):
    """A step: what to do, and by when."""

    by: Prose | None = None
    """By when, in a few words; where steps have it, they stand beside a line of time."""


class _Part(Record):
    id: Id | None = None
    """The id of the part; without it, its kind."""
    title: Name | None = None
    """The heading above it."""

    @property
    def id_in_list(self) -> str:
        """Return the id under which the part is linked: its own, else its kind."""
        return str(getattr(self, "kind", "") if self.id is None else self.id)


class ProsePart(_Part):
    """Text in Markdown."""

    kind: OneOf[Literal["prose"]]
    text: Markdown
    """The text."""


class _ItemsPart(_Part):
    intro: Prose | None = None
    """A word before the items."""
    items: dict[Id, Worded[NamedLine]]
    """The items: id → text, or a record with name and text."""


class StepsPart(_Part):
    """Things to do in order."""

    kind: OneOf[Literal["steps"]]
    intro: Prose | None = None
    """A word before the items."""
    items: dict[Id, Worded[TimedLine]]
    """The items: id → text, or a record with name and text."""


class ElementsPart(_ItemsPart):
    """Things that belong together, without order."""

    kind: OneOf[Literal["elements"]]


class LevelsPart(_ItemsPart):
    """A ladder."""

    kind: OneOf[Literal["levels"]]
    order: OneOf[Rise] = OneOf[Rise]("low-to-high")
    """Which end of the list is the top."""


class FieldsPart(_ItemsPart):
    """What a record holds."""

    kind: OneOf[Literal["fields"]]


class QuestionsPart(_ItemsPart):
    """Questions to ask."""

    kind: OneOf[Literal["questions"]]


class FormulaPart(_Part):
    """A formula in words and what its terms mean."""

    kind: OneOf[Literal["formula"]]
    formula: Prose
    """The formula."""
    terms: dict[Id, Worded[NamedLine]] = {}
    """What each term means."""


def _kind(value: object) -> object:
    return value.get(Scalar("kind")) if isinstance(value, Mapping) else None


GuidePart = Annotated[
    Annotated[ProsePart, Tag("prose")]
    | Annotated[StepsPart, Tag("steps")]
    | Annotated[ElementsPart, Tag("elements")]
    | Annotated[LevelsPart, Tag("levels")]
    | Annotated[FieldsPart, Tag("fields")]
    | Annotated[QuestionsPart, Tag("questions")]
    | Annotated[FormulaPart, Tag("formula")],
    Discriminator(_kind),
]


def part_items(part: GuidePart) -> Items[Id, NamedLine]:
    """Return the items of a part; prose has none."""
    if isinstance(part, FormulaPart):
        return part.terms
    return {} if isinstance(part, ProsePart) else part.items


class Guide(Entity):
    """A method: how to do something, in parts."""

    kind: ClassVar[str] = "guide"
    summed_up_in: ClassVar[str] = "intro"

    title: Name
    """What the method is for."""
    group: GuideGroupId
    """The chapter: a key of groups.guide in playbook.yml."""
    intro: Prose | None = None
    """The method in one sentence."""
    for_: Beside[Selector] = ()
    """For which classes it helps."""
    roles: Beside[RoleId] = ()
    """Who needs it."""
    legal: Flag | None = None
    """true: a reminder at work that needs a reviewer and a date."""
    parts_: tuple[GuidePart, ...]
    """The parts, in order."""
    covers: OneOrMore[Name] = ()
    """Planning ids of the digest."""

    def parts(self) -> Iterator[Part]:
        """Yield `part` and `part.item`."""
        for part in self.parts_:
            yield part.id_in_list, part.at
            for id_ in part_items(part):
                yield f"{part.id_in_list}.{id_}", id_.at


class Ask(Dimension):
    """What a decision table asks."""


class Tell(Record):
    """What a decision table answers."""

    name: Name
    """The answer's heading."""
    unit: Name | None = None
    """Its unit."""


class TableRow(Record):
    """One rule of a decision table."""

    when: dict[DimensionId, OneOrMore[Criterion]]
    """What must hold."""
    then: dict[TellId, Prose]
    """What to do then."""
    script: ScriptId | None = None
    """The script to say it with."""
    see: Beside[Ref] = ()
    """What helps."""


class Table(Entity):
    """A decision table."""

    kind: ClassVar[str] = "table"
    summed_up_in: ClassVar[str] = "intro"

    name: Name
    """What it decides."""
    hit: OneOf[Literal["one", "first", "all"]]
    """one: exactly one row fits; first: from the top; all: every row that fits. All are proved."""
    intro: Prose | None = None
    """What a reader must know before the table."""
    for_: Beside[Selector] = ()
    """For which classes it helps."""
    ask: dict[Id, Ask]
    """What it asks."""
    tell: dict[Id, Tell]
    """What it answers."""
    rows: dict[Id, TableRow]
    """The rules."""
    otherwise: Prose | None = None
    """What holds where no row fits; without it, the rows must take every case."""

    def parts(self) -> Iterator[Part]:
        """Yield the rows."""
        yield from ((id_, row.at) for id_, row in self.rows.items())


class AllocationRow(Record):
    """Customers and days for one bucket."""

    whom: OneOrMore[Selector] = ()
    """Which customers."""
    what: Name | None = None
    """What the time goes to, when it is no class."""
    customers: Number
    """How many customers."""
    mix: dict[ClassId, Number] = {}
    """How they usually spread over the classes: class → customers; checked against `customers`."""
    days: Number
    """How many days."""
    share: OneOf[Literal["development", "care"]] | None = None
    """development: customers still to be won; care: customers of ours."""
    each: Frequency | None = None
    """How often for each customer, where no class and so no rhythm says it."""
    channels: OneOrMore[ChannelId] = ()
    """The channels of those contacts, the usual one first."""
    why: Prose | None = None
    """Why so."""


class Sums(Record):
    """What the rows add up to; checked."""

    customers: Number
    """All customers."""
    days: Number
    """All days."""


class _Plan(Entity):
    kind: ClassVar[str] = "plan"
    summed_up_in: ClassVar[str] = "intro"

    name: Name
    """What is planned."""
    intro: Prose | None = None
    """What a reader must know before the plan."""
    for_: Beside[Selector] = ()
    """For which classes it helps."""


class Allocation(_Plan):
    """How time is shared out."""

    kind_: OneOf[Literal["allocation"]]
    period: Name
    """The period, such as a month."""
    who: OneOrMore[RoleId] = ()
    """Whose time it is: the roles whose contacts are reckoned; without it, everybody's."""
    hours: Range | None = None
    """Hours of a working day for customers: a number or a parameter. With it readers can plan."""
    record: Range | None = None
    """Minutes to write down a contact: a number or a parameter."""
    development: Range | None = None
    """The share of time for customers still to be won, in percent: a number or a parameter."""
    rows: dict[Id, AllocationRow]
    """The buckets."""
    sums: Sums
    """What they add up to."""

    def parts(self) -> Iterator[Part]:
        """Yield the buckets."""
        yield from ((id_, row.at) for id_, row in self.rows.items())


class TimetableEntry(Record):
    """Something to be done within some days."""

    days: Range
    """The days, counted from day zero."""
    what: Prose
    """What is done."""
    who: Name | None = None
    """Who does it."""
    see: Beside[Ref] = ()
    """What helps."""
    why: Prose | None = None
    """Why then."""


class Until(Record):
    """What ends a timetable early."""

    text: Prose
    """What has happened then."""
    whom: Beside[Selector] = ()
    """Classes that end it by themselves."""


class Timetable(_Plan):
    """What happens in the days after something, or before it."""

    kind_: OneOf[Literal["timetable"]]
    day_zero: Name
    """The day that is counted from."""
    backwards: Flag | None = None
    """true: the days are counted back from day zero."""
    entries: dict[Id, TimetableEntry]
    """What is done when."""
    until: dict[Id, Worded[Until]] = {}
    """What ends it early: id → text, or a record with the classes that do."""

    def parts(self) -> Iterator[Part]:
        """Yield the entries, then what ends it early."""
        yield from ((id_, entry.at) for id_, entry in self.entries.items())
        yield from ((f"until.{id_}", one.at) for id_, one in self.until.items())


class CalendarEntry(Record):
    """Some months of a year."""

    months: Range
    """The months; 11 to 13 reaches into January."""
    what: Name | None = None
    """What the season is called."""
    events: OneOrMore[Name] = ()
    """Days to use."""
    stress: Prose
    """What to stress."""
    see: Beside[Ref] = ()
    """What helps."""


class Calendar(_Plan):
    """What happens in a year."""

    kind_: OneOf[Literal["calendar"]]
    entries: dict[Id, CalendarEntry]
    """The seasons."""

    def parts(self) -> Iterator[Part]:
        """Yield the seasons."""
        yield from ((id_, entry.at) for id_, entry in self.entries.items())


Plan = Annotated[
    Annotated[Allocation, Tag("allocation")]
    | Annotated[Timetable, Tag("timetable")]
    | Annotated[Calendar, Tag("calendar")],
    Discriminator(_kind),
]
