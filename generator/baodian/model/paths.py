"""Paths for new people: what to read, do and check by day, questions, and talks to act out."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import Annotated, ClassVar, Self

from pydantic import BeforeValidator

from baodian.model.entity import Entity, Part, Record
from baodian.model.fields import Beside, Flag, Name, OneOrMore, Prose
from baodian.model.ids import ChecklistId, Id, RoleId, ScriptId
from baodian.model.quantities import Whole
from baodian.model.references import Ref
from baodian.source import Mapping, Scalar, Sequence


def numbered(value: object) -> object:
    """Return lines under the ids do-1, do-2, … for a list of them, or one alone."""
    if isinstance(value, Scalar):
        value = Sequence([value], at=value.at)
    if isinstance(value, Sequence):
        named = {Scalar(f"do-{n}", at=line.at): line for n, line in enumerate(value, 1)}
        return Mapping(named, at=value.at)
    return value


Todos = Annotated[dict[Id, Prose], BeforeValidator(numbered)]
"""Things to do: id → text, or a list, whose lines get the ids do-1, do-2, …"""


class PathDay(Record):
    """One day of a path."""

    title: Name | None = None
    """What the day is about."""
    read: OneOrMore[Ref] = ()
    """What to read."""
    do: Todos = {}
    """What to do: a list, or id → text where ticks must survive a new order."""
    check: OneOrMore[ChecklistId] = ()
    """Lists to go through."""

    def lines(self) -> Iterator[Part]:
        """Yield the id, within the day, and the place of every line that can be ticked."""
        yield from {read_id(ref): ref.at for ref in self.read}.items()
        yield from ((str(id_), text.at) for id_, text in self.do.items())
        yield from {check_id(list_): list_.at for list_ in self.check}.items()

    def pruned(self, hidden: Container[str]) -> Self:
        """Return it without the reading and the lists in `hidden`."""
        return self.model_copy(
            update={
                "read": tuple(ref for ref in self.read if ref.entity not in hidden),
                "check": tuple(c for c in self.check if f"checklist:{c}" not in hidden),
            }
        )


def read_id(ref: Ref) -> str:
    """Return the id of a line of reading: it follows what is read, not where the line stands."""
    return "read-" + re.sub(r"[^A-Za-z0-9]+", "-", ref)


def check_id(list_: ChecklistId) -> str:
    """Return the id of a line that names a list."""
    return f"check-{list_}"


def day_part(number: Whole, line: str | None = None) -> str:
    """Return the part of a path that a day, or a line of it, is."""
    day = f"day-{number.number}"
    return f"{day}.{line}" if line else day


class PathChoice(Record):
    """An answer to choose."""

    text: Prose
    """The answer."""
    right: Flag
    """Whether it is right."""
    why: Prose
    """Why it is right or wrong."""


class Question(Record):
    """A question to test oneself."""

    ask: Prose
    """The question."""
    day: Whole | None = None
    """The day of the path after which it is asked; without it, at the end."""
    choices: dict[Id, PathChoice]
    """The answers: two or more, right and wrong ones."""
    taught_by: Ref
    """The page that teaches it."""


class RolePlay(Record):
    """A talk that is acted out and signed."""

    title: Name
    """What is practised."""
    day: Whole | None = None
    """The day of the path after which it is practised; without it, at the end."""
    setting: Prose
    """Where and when it plays, and what has happened."""
    trainee: Prose
    """What the one who practises has to do."""
    partner: OneOrMore[Prose]
    """What the partner, who plays the customer, says and does, in order."""
    script: ScriptId | None = None
    """The script that is practised."""
    pass_: dict[Id, Prose]
    """What must have been heard or seen to pass: three to eight things, id → text."""
    signed_by: RoleId
    """The role that signs."""


class Path(Entity):
    """A path by day for somebody new."""

    kind: ClassVar[str] = "path"
    summed_up_in: ClassVar[str] = "intro"

    title: Name
    """What the path is."""
    roles: Beside[RoleId] = ()
    """Who follows it."""
    intro: Prose | None = None
    """What it leads to."""
    days: dict[Whole, PathDay]
    """Day → what to read, do and check."""
    questions: dict[Id, Question] = {}
    """Questions to test oneself."""
    role_plays: dict[Id, RolePlay] = {}
    """Talks to act out."""

    def parts(self) -> Iterator[Part]:
        """Yield `day-n`, its lines as `day-n.line`, questions, role plays and what passes them."""
        for number, day in self.days.items():
            yield day_part(number), day.at
            yield from ((day_part(number, id_), at) for id_, at in day.lines())
        yield from ((id_, id_.at) for id_ in self.questions)
        for id_, play in self.role_plays.items():
            yield id_, id_.at
            yield from ((item, item.at) for item in play.pass_)

    def pruned(self, hidden: Container[str]) -> Self:
        """Return it without the lines of its days that only name something in `hidden`."""
        days = {number: day.pruned(hidden) for number, day in self.days.items()}
        return self.model_copy(update={"days": days})
