"""How the work is done: methods and decision tables."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Items
from typing import Annotated, ClassVar, Literal

from pydantic import Discriminator, Tag

from baodian.model.customers import Dimension
from baodian.model.entity import Entity, Line, Part, Record, written_kind
from baodian.model.fields import Beside, Flag, Markdown, Name, OneOf, OneOrMore, Prose, Worded
from baodian.model.ids import (
    DimensionId,
    GuideGroupId,
    Id,
    RoleId,
    ScriptId,
    TellId,
)
from baodian.model.quantities import Criterion
from baodian.model.references import Ref, Selector

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


class ReachingLine(NamedLine):
    """A level, and how far it reaches."""

    reach: Prose | None = None
    """How far it reaches, in a few words; levels of which any has it are drawn as rings."""


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


class LevelsPart(_Part):
    """A ladder, or rings around one place."""

    kind: OneOf[Literal["levels"]]
    intro: Prose | None = None
    """A word before the items."""
    items: dict[Id, Worded[ReachingLine]]
    """The items: id → text, or a record with name and text."""
    order: OneOf[Rise] = OneOf[Rise]("low-to-high")
    """Which end of the list is the top; of rings, low is the inside."""


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


GuidePart = Annotated[
    Annotated[ProsePart, Tag("prose")]
    | Annotated[StepsPart, Tag("steps")]
    | Annotated[ElementsPart, Tag("elements")]
    | Annotated[LevelsPart, Tag("levels")]
    | Annotated[FieldsPart, Tag("fields")]
    | Annotated[QuestionsPart, Tag("questions")]
    | Annotated[FormulaPart, Tag("formula")],
    Discriminator(written_kind),
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
