"""How time is used: shared out, laid out from a day on, spread over a year."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Discriminator, Tag

from baodian.model.entity import Entity, Part, Record, written_kind
from baodian.model.fields import Beside, Flag, Name, OneOf, OneOrMore, Prose, Worded
from baodian.model.ids import ChannelId, ClassId, Id, RoleId
from baodian.model.quantities import Frequency, Number, Range
from baodian.model.references import Ref, Selector


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
    Discriminator(written_kind),
]
