"""Small records: parameters, decisions, words, roles, channels, slots, sources, layers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal, Self

from pydantic import (
    ConfigDict,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    field_validator,
)

from baodian.model.entity import PUBLISHED, Entity, Part, Record, Status
from baodian.model.fields import Beside, Field, Flag, Forms, Name, OneOf, OneOrMore, Prose
from baodian.model.ids import FactId, RoleId
from baodian.model.quantities import Day, Range
from baodian.model.references import Ref, split_reference
from baodian.model.telephones import Telephone
from baodian.source import Mapping, Scalar
from baodian.text import numerals

Given = Literal["seed", "inferred", "lost", "title_only", "flag", "outside"]


class Param(Entity):
    """A value that a city or team may set. It stands nowhere else."""

    kind: ClassVar[str] = "param"

    name: Name
    """What it says."""
    type: OneOf[Literal["count", "percent", "phone", "text"]]
    """What kind of value it is."""
    unit: Name | None = None
    """Its unit."""
    of: Name | None = None
    """What a percentage is taken of."""
    default: Name
    """The value."""
    allowed: Range | None = None
    """The values that may be set."""
    why: Prose | None = None
    """Why this value."""

    @field_validator("default")
    @classmethod
    def _in_digits(cls, default: Name, info: ValidationInfo) -> Name:
        kind = info.data.get("type")
        if kind in ("count", "percent"):
            return Name.of(default, numerals.plain(default))
        return Name.of(default, numerals.digits(default)) if kind == "phone" else default


class Decision(Entity):
    """Where sources disagree: what this handbook uses, and why."""

    kind: ClassVar[str] = "decision"

    title: Name
    """What was decided."""
    sources_say: Prose
    """What the sources say."""
    we_use: Prose
    """What this handbook uses."""
    why: Prose
    """Why."""
    covers: OneOrMore[Name] = ()
    """Planning ids of the digest."""


class Term(Entity):
    """A word and what it means here."""

    kind: ClassVar[str] = "term"

    name: Name
    """The word."""
    definition: Prose
    """What it means here."""
    english: Name | None = None
    """In English."""
    traditional: Name | None = None
    """In traditional characters."""
    pinyin: Name | None = None
    """How it is pronounced, where that is not obvious."""
    not_: OneOrMore[Name] = ()
    """Variants that a check refuses."""


class Role(Entity):
    """Who does something."""

    kind: ClassVar[str] = "role"

    name: Name
    """What the role is called."""
    text: Prose | None = None
    """What the role does."""


class Channel(Entity):
    """A way to reach a customer."""

    kind: ClassVar[str] = "channel"

    name: Name
    """What it is called."""
    suits: Prose | None = None
    """What it is good for."""
    strength: Prose | None = None
    """What it does better than others."""
    weakness: Prose | None = None
    """What it does not do."""
    minutes: Range | None = None
    """Minutes that one contact takes: a number or a parameter."""
    travel: Range | None = None
    """Minutes of travel for one contact: a number or a parameter."""


class Escalation(Entity):
    """What goes beyond a manager's limit: to whom, by when."""

    kind: ClassVar[str] = "escalation"

    what: Name
    """What has happened."""
    to: RoleId
    """The role that takes over."""
    by: Prose
    """By when."""
    tel: Telephone | None = None
    """The number to call; usually a parameter."""
    level: Name | None = None
    """The level, where there are several."""
    see: Beside[Ref] = ()
    """What to say and do until somebody takes over: a script, a moment."""


class SlotRecord(Record):
    """A gap in a text that the reader fills; its name is what stands in 【】."""

    example: Name
    """An example of what goes in."""
    move: OneOf[Literal["from", "to", "why", "gained", "consent", "lost", "same"]] | None = None
    """What the page of a move writes there: the class it is from or to, when one moves, what is
    added, there with consent only, lost, or as before."""
    own: Flag | None = None
    """Yes: it is of the reader, as his name, and stays; what is of a customer is forgotten
    overnight."""
    status: OneOf[Status] = PUBLISHED
    """`draft`: no text has it yet."""


class Fact(Record):
    """A fact of a source and what became of it."""

    text: Prose
    """The fact, in our words."""
    status: OneOf[Given] = OneOf[Given]("seed")
    """What the source gives."""
    use: OneOf[Literal["adopted", "adapted", "reference", "declined"]]
    """What became of it."""
    in_: Beside[Ref] = ()
    """Where it is used."""
    why: Prose | None = None
    """Why it was changed or declined."""


class Source(Entity):
    """The ledger of one source."""

    kind: ClassVar[str] = "source"

    title: Name
    """The source."""
    facts: dict[FactId, Fact]
    """Its facts."""

    @property
    def label(self) -> str:
        """Return the title."""
        return str(self.title)

    def parts(self) -> Iterator[Part]:
        """Yield the facts."""
        yield from ((id_, fact.at) for id_, fact in self.facts.items())


class StepRef(Field):
    """What a layer changes, adds or withdraws: `kind:id`, or `kind:id#part`.

    It is no `Ref`: what it names need not be there on every day and in every city.
    """

    forms: ClassVar[Forms] = ("param:dead-after", "matrix:sales#gold.travel")
    pattern = Ref.pattern

    @classmethod
    def read(cls, scalar: Scalar) -> Self:
        """Return it. Raises `Bad` unless it has the form `kind:id`."""
        split_reference(scalar)
        return cls.of(scalar, scalar.strip())


class Altering(Record):
    """What differs of one thing; its other keys are the thing's own."""

    model_config = ConfigDict(extra="allow")

    why: Prose | None = None
    """Why it differs."""
    approved_by: Name | None = None
    """Who approved it."""
    effective_from: Day | None = None
    """The first day it holds."""
    effective_until: Day | None = None
    """The last day it holds."""


class Altered(Altering):
    """What differs of one thing in a city, and why."""

    why: Prose
    """Why it differs."""


class Added(Record):
    """The whole of something new; all its keys are its own."""

    model_config = ConfigDict(extra="allow")


class Withdrawal(Record):
    """Why something is withdrawn, and what stands for it."""

    why: Prose
    """Why."""
    successor: StepRef | None = None
    """What stands for it; links lead there. Without one, nothing may name it any more."""
    approved_by: Name | None = None
    """Who approved it."""
    effective_from: Day | None = None
    """The first day it is gone."""
    effective_until: Day | None = None
    """The last day it is gone."""


def _keys_or_value(value: object, handler: ValidatorFunctionWrapHandler) -> object:
    """Return keys and their values as a record; a part of a thing may be any value."""
    return handler(value) if isinstance(value, Mapping) else value


class Layer(Entity):
    """What differs from what is written elsewhere; its trees are merged before all is read."""

    approved_by: Name | None = None
    """Who approved all of it."""
    add: dict[StepRef, Added] = {}
    """What is new: `kind:id` → the whole of it."""
    withdraw: dict[StepRef, Withdrawal] = {}
    """What does not hold: `kind:id` → why."""
    was: dict[StepRef, Annotated[Added, WrapValidator(_keys_or_value)]] = {}
    """What stood there when this was written, so that a change of it is noticed."""


class Change(Layer):
    """A dated change of policy, which is also its announcement."""

    kind: ClassVar[str] = "change"
    summed_up_in: ClassVar[str] = "why"

    title: Name
    """What changes, in one line."""
    effective_from: Day
    """The first day it holds."""
    folded: Day | None = None
    """The day on which the things themselves got what it changes; then `was` tells what was."""
    why: Prose
    """Why."""
    do: Prose | None = None
    """What our people are to do about it, and until when."""
    promised: Prose | None = None
    """What holds for customers who were promised the old terms."""
    say: Ref | None = None
    """The script for telling them."""
    must_read: Flag | None = None
    """Whether everybody is to confirm that he read it."""
    change: dict[StepRef, Annotated[Altering, WrapValidator(_keys_or_value)]] = {}
    """What changes: `kind:id` or `kind:id#part` → the keys that change; null takes one away."""


class Overlay(Layer):
    """What differs in one city."""

    kind: ClassVar[str] = "overlay"

    name: Name
    """The city's name."""
    kind_: OneOf[Literal["city"]]
    """What it is an overlay for."""
    intro: Prose | None = None
    """What a reader must know about the city."""
    change: dict[StepRef, Altered] = {}
    """What differs: reference → the keys that change, and why."""
