"""What customers get, and when: measures, matrices, moves, rhythms."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Discriminator, Tag

from baodian.model.entity import Entity, Part, Record
from baodian.model.fields import (
    Beside,
    Has,
    Name,
    OneOf,
    OneOrMore,
    Prose,
    Worded,
)
from baodian.model.ids import (
    ChannelId,
    ChecklistId,
    ClassId,
    ElementId,
    EventId,
    Id,
    MeasureGroupId,
    MeasureId,
    RoleId,
    SchemeId,
    ScriptId,
)
from baodian.model.quantities import Frequency
from baodian.model.references import Ref, Selector, Target
from baodian.source import Mapping, Scalar, Sequence


class Measure(Entity):
    """Something a customer can get. Two things that differ are two measures."""

    kind: ClassVar[str] = "measure"

    name: Name
    """What it is called."""
    channel: ChannelId | None = None
    """The channel it uses."""
    what: Prose | None = None
    """What it is and what to prepare."""
    who: RoleId | None = None
    """The role that does it."""
    script: ScriptId | None = None
    """The script that goes with it."""
    checklist: ChecklistId | None = None
    """The list that goes with it."""

    @property
    def label(self) -> str:
        """Return the name."""
        return str(self.name)


class MeasureGroup(Record):
    """Measures that belong together."""

    name: Name
    """The name of the group."""
    measures: dict[Id, Measure]
    """The measures."""

    def pruned(self, hidden: Container[str]) -> Self:
        """Return it without the measures in `hidden`, given as `measure:id`."""
        measures = {id_: m for id_, m in self.measures.items() if m.key not in hidden}
        return self.model_copy(update={"measures": measures})


class Entitled(Record):
    """What a class has, has after consent, and does not have for now."""

    has: OneOrMore[MeasureId] = ()
    """Measures it has."""
    approve: dict[MeasureId, Prose] = {}
    """Measures it has after consent: measure → who consents."""
    stopped: dict[MeasureId, Prose] = {}
    """Measures suspended: measure → why."""

    def pruned(self, hidden: Container[str]) -> Self:
        """Return it without the measures in `hidden`, given as `measure:id`."""
        return self.model_copy(
            update={
                "has": tuple(m for m in self.has if f"measure:{m}" not in hidden),
                "approve": {m: w for m, w in self.approve.items() if f"measure:{m}" not in hidden},
                "stopped": {m: w for m, w in self.stopped.items() if f"measure:{m}" not in hidden},
            }
        )


class EntitlementMatrix(Entity):
    """Which class has which measures."""

    kind: ClassVar[str] = "matrix"
    summed_up_in: ClassVar[str] = "intro"

    name: Name
    """The name of the table."""
    rows: SchemeId
    """The scheme whose classes are the rows."""
    columns: tuple[MeasureGroupId, ...]
    """The groups of measures that are the columns."""
    intro: Prose | None = None
    """What a reader must know before the table."""
    cells: dict[ClassId, Has[Entitled]]
    """Class → what it has."""

    def parts(self) -> Iterator[Part]:
        """Yield `class` and `class.measure`."""
        for row, cell in self.cells.items():
            yield row, row.at
            for id_ in (*cell.has, *cell.approve, *cell.stopped):
                yield f"{row}.{id_}", id_.at

    def pruned(self, hidden: Container[str]) -> Self:
        """Return it without what its classes have of measures in `hidden`."""
        cells = {row: cell.pruned(hidden) for row, cell in self.cells.items()}
        return self.model_copy(update={"cells": cells})


class TextCell(Record):
    """A cell of text, or the word that the source lost it."""

    text: Prose | None = None
    """What to do."""
    lost: Prose | None = None
    """What is known about the loss."""


class TextMatrix(Entity):
    """The same shape with texts as cells: class × element of a guide."""

    kind: ClassVar[str] = "matrix"
    summed_up_in: ClassVar[str] = "intro"

    name: Name
    """The name of the table."""
    rows: SchemeId
    """The scheme whose classes are the rows."""
    columns: Ref
    """The guide whose first list of elements gives the columns."""
    intro: Prose | None = None
    """What a reader must know before the table."""
    cells: dict[ClassId, dict[ElementId, Worded[TextCell]]]
    """Class → element → what to do."""

    def parts(self) -> Iterator[Part]:
        """Yield `class` and `class.element`."""
        for row, cells in self.cells.items():
            yield row, row.at
            for id_ in cells:
                yield f"{row}.{id_}", id_.at


Matrix = Annotated[
    Annotated[EntitlementMatrix, Tag("(measures)")] | Annotated[TextMatrix, Tag("(texts)")],
    Discriminator(lambda tree: "(measures)" if _lists_columns(tree) else "(texts)"),
]


def _lists_columns(tree: object) -> bool:
    columns = tree.get(Scalar("columns")) if isinstance(tree, Mapping) else None
    return isinstance(columns, Sequence)


class Transition(Entity):
    """A move from class to class, or from one ruler to the next."""

    kind: ClassVar[str] = "transition"

    from_: OneOrMore[Selector]
    """Where it starts."""
    to: Target | None = None
    """Where it ends: a class, or `end` when what the scheme judged is over."""
    starts: Beside[SchemeId] = ()
    """Schemes that judge the customer from then on."""
    when: Prose
    """What makes it happen."""
    do: Prose | None = None
    """What to do that day."""
    script: ScriptId | None = None
    """How to say it to the customer."""
    takes_effect: Prose | None = None
    """From which day the new treatment holds."""
    promised: Prose | None = None
    """What becomes of what was already promised."""

    @property
    def label(self) -> str:
        """Return what makes it happen."""
        return str(self.when)


class Rhythm(Entity):
    """Who does what for whom, how often."""

    kind: ClassVar[str] = "rhythm"

    kind_: OneOf[Literal["contact", "review", "supervisor"]]
    """contact: with the customer; review: of the record; supervisor: of people."""
    who: OneOrMore[RoleId]
    """The roles that do it."""
    what: Name
    """What is done."""
    whom: OneOrMore[Selector]
    """For which classes."""
    each: Frequency | None = None
    """How often for each customer."""
    whole: Frequency | None = None
    """How often for all of them at once."""
    on: EventId | None = None
    """An event of playbook.yml that calls for it."""
    per: RoleId | None = None
    """The role whose people `whole` counts for: once for each of them."""
    why: Prose | None = None
    """Why this often."""
    channels: OneOrMore[ChannelId] = ()
    """The channels by which a contact counts, the usual one first."""
    script: ScriptId | None = None
    """The script that goes with it."""
    checklist: ChecklistId | None = None
    """The list that goes with it."""
    apart: Beside[Ref] = ()
    """Contacts with the same customer, as `rhythm:id`, that are made on other days than this."""

    @property
    def label(self) -> str:
        """Return what is done."""
        return str(self.what)
