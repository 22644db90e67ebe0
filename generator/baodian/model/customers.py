"""Who the customers are: schemes with their classes, and what is done for each class."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Discriminator, Tag

from baodian.model.entity import Entity, Kept, Part, Record
from baodian.model.fields import (
    Beside,
    Flag,
    Misdeed,
    Name,
    OneOf,
    OneOrMore,
    Prose,
    Worded,
)
from baodian.model.ids import (
    CaseId,
    ClassId,
    DimensionId,
    Id,
    JudgedId,
    ScriptId,
    SignId,
)
from baodian.model.quantities import Criterion, Known, Range
from baodian.model.references import ClassRef, Selector
from baodian.source import Mapping, Scalar, Sequence

Order = Literal["low-to-high", "high-to-low", "stages", "none"]
Together = Literal["exclusive", "overlapping"]
Section = Literal[
    "goal", "do", "signs", "rhythm", "entitlements", "say", "check", "dont", "moves", "cases",
    "helps",
]  # fmt: skip
"""The sections of a class's guide."""


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


class Asked(Dimension):
    """One thing that a ruler asks about a customer."""

    aliases: OneOrMore[Name] = ()
    """What people say beside the number and its unit, so that the search says the class."""
    counts_on: Flag | None = None
    """Yes: it counts the days since something happened, so each day makes it one more."""


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
    aliases: OneOrMore[Name] = ()
    """Other words that people search for."""
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

    do: Prose | None = None
    """What to do that day."""
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
    dimensions: dict[Id, Asked] = {}
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

    def class_names(self) -> dict[str, str]:
        """Return the full name of each class by its id."""
        return {str(id_): f"{self.prefix or ''}{one.name}" for id_, one in self.classes.items()}

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
    """What not to do; the first is the red line on the first screen."""
    cases: Beside[CaseId] = ()
    """Cases that show it."""

    def parts(self) -> Iterator[Part]:
        """Yield the parts that say something, as a ledger names them."""
        yield "goal", self.goal.at
        parts = (("do", self.do), ("dont", self.dont), ("signs", self.signs_of_trouble))
        yield from ((part, lines[0].at) for part, lines in parts if lines)
