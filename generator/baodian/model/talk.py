"""What people say and check: scripts, lists, moments, cases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from baodian.model.entity import Entity, Line, Part, Record
from baodian.model.fields import (
    Beside,
    Flag,
    Misdeed,
    Name,
    OneOf,
    OneOrMore,
    Prose,
    Spoken,
    Worded,
)
from baodian.model.ids import (
    ChannelId,
    ChecklistGroupId,
    EscalationId,
    Id,
    RoleId,
    ScriptGroupId,
    ScriptId,
)
from baodian.model.quantities import Number, Whole
from baodian.model.references import ClassRef, Ref, Selector


class Answer(Record):
    """What the other side says, and what to say and do then."""

    they_say: Prose
    """Their words."""
    say: OneOrMore[Spoken] = ()
    """What to say then, line by line."""
    find_out: Prose | None = None
    """What to learn before going on."""
    do: Prose | None = None
    """What to do at once."""
    then: ScriptId | None = None
    """The script that goes on from here."""
    end: Flag | None = None
    """true: the talk ends here, kindly."""
    answers: dict[Id, Answer] = {}
    """What they may say to that."""


class Variant(Record):
    """Other first words for some of those a script is for."""

    for_: OneOrMore[Selector]
    """For which classes."""
    say: OneOrMore[Spoken]
    """What is said first to them, or the text of their message."""


class Script(Entity):
    """A talk, a message or a letter."""

    kind: ClassVar[str] = "script"
    summed_up_in: ClassVar[str] = "goal"

    title: Name
    """The situation, in a manager's words."""
    group: ScriptGroupId
    """The chapter: a key of groups.script in playbook.yml."""
    form: OneOf[Literal["talk", "message", "letter"]]
    """talk: spoken, with answers; message and letter: a text to send."""
    they_also_say: OneOrMore[Name] = ()
    """Other words in which customers say it; search knows them."""
    for_: Beside[Selector]
    """For which classes."""
    channels: Beside[ChannelId] = ()
    """The channels it is made for."""
    goal: Prose | None = None
    """What is reached when it goes well."""
    open: OneOrMore[Spoken] = ()
    """The first words of a talk."""
    variants: dict[Id, Variant] = {}
    """Other first words, or another message, for some of the classes: id → whom, and what."""
    answers: dict[Id, Answer] = {}
    """What they may say, two or more."""
    close: OneOrMore[Spoken] = ()
    """The last words of a talk."""
    message: OneOrMore[Spoken] = ()
    """The text of a message or letter."""
    no_reply: Prose | None = None
    """What to do when nobody answers a message or letter."""
    do: OneOrMore[Prose] = ()
    """What to do."""
    dont: OneOrMore[Misdeed] = ()
    """What not to do."""
    record: OneOrMore[Prose] = ()
    """What to write down afterwards."""
    escalate: Beside[EscalationId] = ()
    """Rows of escalation.yml for what goes beyond a manager's limit."""
    see: Beside[Ref] = ()
    """What helps beside the script: a list, a method, a table."""
    why: Prose | None = None
    """Why it is said this way."""
    covers: OneOrMore[Name] = ()
    """Planning ids of the digest."""

    def parts(self) -> Iterator[Part]:
        """Yield other first words, and every answer, however deep."""
        yield from ((id_, variant.at) for id_, variant in self.variants.items())
        yield from ((id_, answer.at) for id_, answer in walk(self.answers))


def walk(answers: dict[Id, Answer]) -> Iterator[tuple[Id, Answer]]:
    """Yield answers with their ids, a nested answer after the one it belongs to."""
    for id_, answer in answers.items():
        yield id_, answer
        yield from walk(answer.answers)


Place = Literal["street", "door", "wall", "counter", "shelf", "bay"]
"""Where in a shop something is seen; `writers/shops.py` draws each."""


class ListItem(Line):
    """A question of a list, and where in a shop its answer is seen."""

    where: OneOf[Place] | None = None
    """Where in a shop to look; a list with two such items or more draws the shop, with numbers."""


class ItemGroup(Record):
    """A part of a long list that can be run by itself."""

    id: Id
    """The id of the group."""
    title: Name
    """Its heading."""
    items: dict[Id, Worded[ListItem]]
    """The questions: id → question."""


class Checklist(Entity):
    """A self-check list; ticks follow the ids of its items."""

    kind: ClassVar[str] = "checklist"
    summed_up_in: ClassVar[str] = "when"

    title: Name
    """What the list is for."""
    when: Prose
    """When to go through it."""
    group: ChecklistGroupId
    """The chapter: a key of groups.checklist in playbook.yml."""
    roles: Beside[RoleId] = ()
    """Who goes through it."""
    for_: Beside[Selector]
    """For which classes."""
    intro: Prose | None = None
    """What a reader must know before the list."""
    items: dict[Id, Worded[ListItem]] = {}
    """The questions of a short list: id → question."""
    groups: tuple[ItemGroup, ...] = ()
    """The groups of a long list."""
    covers: OneOrMore[Name] = ()
    """Planning ids of the digest."""

    def lines(self) -> Iterator[tuple[Id, ListItem]]:
        """Yield every item, of all groups."""
        yield from self.items.items()
        for group in self.groups:
            yield from group.items.items()

    def parts(self) -> Iterator[Part]:
        """Yield groups and items."""
        for group in self.groups:
            yield group.id, group.at
        for id_, _ in self.lines():
            yield id_, id_.at


class Choice(Record):
    """A question that leads on."""

    ask: Name
    """What to ask oneself."""
    go: Ref
    """Where the answer stands."""


Hour = Literal["morning", "noon", "evening", "monday", "weekend", "month-end"]
Urgent = Literal["anger", "leaving", "benefit", "price", "refusal"]


class Moment(Entity):
    """One moment of work on one screen."""

    kind: ClassVar[str] = "moment"
    summed_up_in: ClassVar[str] = "when"

    title: Name
    """The moment, as a manager would say it."""
    when: Prose
    """When one is in it."""
    comes_up: OneOrMore[OneOf[Hour]] = ()
    """When it comes up most: the first page then has it among its five."""
    urgent: OneOf[Urgent] | None = None
    """What is the matter, where words are needed at once: gives its sign and colour."""
    first: OneOrMore[Prose]
    """What to do first, at most five steps."""
    choose: dict[Id, Choice] = {}
    """Questions that lead on."""
    take: Beside[Ref] = ()
    """The script, list or method to take along."""
    red_lines: OneOrMore[Misdeed] = ()
    """What never to do here, named as the deed: “quote”, not “do not quote”."""
    escalate: Beside[EscalationId] = ()
    """Rows of escalation.yml."""
    covers: OneOrMore[Name] = ()
    """Planning ids of the digest."""

    def parts(self) -> Iterator[Part]:
        """Yield the choices."""
        yield from ((id_, choice.at) for id_, choice in self.choose.items())


class Action(Record):
    """What was done on one day of a case."""

    day: Whole
    """The day, counted from the first."""
    channel: ChannelId
    """The channel."""
    did: Prose
    """What was done."""
    script: ScriptId | None = None
    """The script used."""


class Result(Record):
    """A figure before and after."""

    what: Name
    """What is counted."""
    before: Number
    """Before."""
    after: Number
    """After."""
    unit: Name
    """The unit."""


class Case(Entity):
    """A composed example."""

    kind: ClassVar[str] = "case"
    summed_up_in: ClassVar[str] = "problem"

    title: Name
    """What happened."""
    profile: OneOrMore[ClassRef]
    """The classes the customer was in."""
    background: Prose | None = None
    """Who the customer is."""
    problem: Prose
    """What went wrong, and why."""
    actions: tuple[Action, ...]
    """What was done, in the order of the days."""
    results: dict[Id, Result] = {}
    """The figures."""
    lesson: Prose
    """What to take from it."""
    avoid: Misdeed | None = None
    """What not to repeat."""
    next: ClassRef | None = None
    """The class the customer is in now."""
    covers: OneOrMore[Name] = ()
    """Planning ids of the digest."""

    def parts(self) -> Iterator[Part]:
        """Yield the figures."""
        yield from ((id_, result.at) for id_, result in self.results.items())
