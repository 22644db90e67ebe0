"""Who the customers are and what they get: schemes, class advice, measures, matrices, moves."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Annotated, ClassVar, Literal, Self

from pydantic import BeforeValidator, Discriminator, Tag

from baodian.model.entity import Entity, Kept, Part, Record
from baodian.model.fields import (
    Beside,
    Flag,
    Has,
    Misdeed,
    Name,
    OneOf,
    OneOrMore,
    Prose,
    Worded,
)
from baodian.model.ids import (
    CaseId,
    ChannelId,
    ChecklistId,
    ClassId,
    DimensionId,
    ElementId,
    EventId,
    Id,
    JudgedId,
    MeasureGroupId,
    MeasureId,
    RoleId,
    SchemeId,
    ScriptId,
    SignId,
)
from baodian.model.quantities import Criterion, Frequency, Known, Range
from baodian.model.references import ClassRef, Ref, Selector, Target
from baodian.source import Mapping, Scalar, Sequence

Order = Literal["low-to-high", "high-to-low", "stages", "none"]
Together = Literal["exclusive", "overlapping"]
Section = Literal[
    "goal", "do", "signs", "rhythm", "entitlements", "say", "check", "dont", "moves", "cases",
    "helps",
]  # fmt: skip
"""The sections of a class's guide, in the order of its page."""


class Dimension(Record):
    """One thing a rule asks: a number with its range, or a choice of values."""

    name: Name
    """What is asked, as readers see it."""
    unit: Name | None = None
    """The unit of the number."""
    whole: Range | None = None
    """The numbers that can occur; they have no fractions."""
    number: Range | None = None
    """The numbers that can occur; they may have fractions."""
    values: dict[Id, Name] | None = None
    """The choices: id and what readers see."""


class Portrait(Record):
    """How such a customer usually looks; `for` says for whom the portrait holds."""

    text: Prose
    """What one sees or hears."""
    for_: OneOrMore[Selector] = ()
    """For whom it holds."""


class Class(Record):
    """One class of a scheme."""

    name: Name
    """The name among colleagues."""
    code: Name | None = None
    """A short code, such as M+A+N."""
    call_them: Name | None = None
    """What to call such a customer in front of them."""
    when: OneOrMore[dict[DimensionId, OneOrMore[Criterion]]] = ()
    """The rule: a box, or a list of boxes of which one is enough."""
    text: Prose | None = None
    """What the class means."""
    looks_like: OneOrMore[Worded[Portrait]] = ()
    """How to recognise it; indications only."""
    then: Prose | None = None
    """What to do with such a customer."""
    script: ScriptId | None = None
    """The script to begin with."""


class Sign(Record):
    """Something one notices that points to a class but proves nothing."""

    name: Name
    """What to look for."""
    values: OneOrMore[Name]
    """What it can be."""


class Lost(Record):
    """A cell that the source does not give."""

    lost: Prose
    """What is known about the loss."""


def one_value(value: object) -> object:
    """Return a list of a value that stands alone; a group stays one."""
    return Sequence([value], at=value.at) if isinstance(value, Scalar) else value


SignCell = Annotated[
    Annotated[Lost, Tag("(lost)")] | Annotated[tuple[Name, ...], Tag("(values)")],
    Discriminator(lambda cell: "(lost)" if isinstance(cell, Mapping) else "(values)"),
]


class SignTable(Record):
    """Which signs point to which class, for some customers."""

    for_: OneOrMore[Selector] = ()
    """For whom the table holds."""
    rows: dict[ClassId, dict[SignId, Annotated[SignCell, BeforeValidator(one_value)]]]
    """Class → sign → the values that point to it."""


class Example(Record):
    """A customer as people tell of one, and the class the rules must give: a test of the rules."""

    customer: Name
    """The customer in a few words, with what decides."""
    answers: dict[DimensionId, Known]
    """What is known: dimension → a number or a value. What makes no difference may be left out."""
    is_: OneOrMore[ClassId]
    """The class; where classes overlap, all that hold."""


class WhenMoving(Record):
    """What holds for every move between the classes of a scheme, unless a move says otherwise."""

    takes_effect: Prose
    """From which day the new treatment holds."""
    promised: Prose
    """What becomes of what was already promised."""
    script: ScriptId | None = None
    """How to say it to the customer."""


class Scheme(Entity):
    """A ruler: what it judges, what it asks, and its classes."""

    kind: ClassVar[str] = "scheme"
    summed_up_in: ClassVar[str] = "intro"

    name: Name
    """The name of the ruler."""
    question: Name | None = None
    """The question it answers, in the words of a manager."""
    judges: JudgedId
    """What is judged: a key of kinds_of_customer in playbook.yml."""
    order: OneOf[Order]
    """How the classes are ordered."""
    prefix: Name | None = None
    """Words before each class name, so that a bare letter never stands alone."""
    guides: Flag | None = None
    """false: the classes are rows of one page and have no guide of their own."""
    sections: OneOrMore[OneOf[Section]] = ()
    """Which sections every guide of the scheme has; without it, any."""
    classes_are: OneOf[Together] = OneOf[Together]("exclusive")
    """overlapping: a customer may belong to several classes."""
    intro: Prose | None = None
    """What a reader must know before the table."""
    decided_by: Prose | None = None
    """Who decides the class."""
    decided_when: Prose | None = None
    """When it is decided again."""
    dimensions: dict[Id, Dimension] = {}
    """What the rules ask, in the order it is asked."""
    classes: dict[Id, Class]
    """The classes, in order."""
    signs: dict[Id, Sign] = {}
    """What points to a class without proving it."""
    sign_tables: tuple[SignTable, ...] = ()
    """Which signs point to which class."""
    told_apart_by: DimensionId | None = None
    """The dimension to ask when the signs cannot decide."""
    exceptions: OneOrMore[Prose] = ()
    """What the rules do not say."""
    when_moving: WhenMoving | None = None
    """What holds for every move inside the scheme."""
    examples: dict[Id, Example] = {}
    """Customers to try the rules with, above all at the bounds."""

    @property
    def has_guides(self) -> bool:
        """Say whether each class has a guide page of its own."""
        return self.guides is None or bool(self.guides)

    def class_name(self, class_id: str) -> str:
        """Return a class's full name: prefix and name."""
        name = next(c.name for id_, c in self.classes.items() if id_ == class_id)
        return f"{self.prefix or ''}{name}"

    def parts(self) -> Iterator[Part]:
        """Yield classes and examples; a class is also linked as class:scheme/class."""
        yield from ((id_, class_.at) for id_, class_ in self.classes.items())
        yield from ((id_, example.at) for id_, example in self.examples.items())


class ClassGuide(Kept):
    """The advice for one class; everything else on its page arrives from where it lives."""

    class_: ClassRef
    """The class, as scheme/class."""
    goal: Prose
    """What to reach with such a customer, in one sentence."""
    signs_of_trouble: OneOrMore[Prose] = ()
    """What to notice early."""
    do: OneOrMore[Prose] = ()
    """What to do."""
    dont: OneOrMore[Misdeed] = ()
    """What not to do."""
    cases: Beside[CaseId] = ()
    """Cases that show it."""

    def parts(self) -> Iterator[Part]:
        """Yield the parts that say something, as a ledger names them."""
        yield "goal", self.goal.at
        parts = (("do", self.do), ("dont", self.dont), ("signs", self.signs_of_trouble))
        yield from ((part, lines[0].at) for part, lines in parts if lines)


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
    per: OneOf[Literal["rep"]] | None = None
    """rep: `whole` counts once for each market manager."""
    why: Prose | None = None
    """Why this often."""
    channels: OneOrMore[ChannelId] = ()
    """The channels by which a contact counts, the usual one first."""
    script: ScriptId | None = None
    """The script that goes with it."""
    checklist: ChecklistId | None = None
    """The list that goes with it."""

    @property
    def label(self) -> str:
        """Return what is done."""
        return str(self.what)
