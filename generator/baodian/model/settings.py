"""`playbook.yml`: the one file of settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from baodian.model.entity import Record
from baodian.model.fields import Beside, Flag, Name, OneOf, OneOrMore
from baodian.model.ids import (
    CaseId,
    ChecklistGroupId,
    ChecklistId,
    EventId,
    GuideGroupId,
    GuideId,
    Id,
    JudgedId,
    KindId,
    MomentId,
    RoleId,
    SchemeId,
    ScriptGroupId,
)
from baodian.model.quantities import Day, Quantity
from baodian.model.references import Ref


class Groups(Record):
    """The chapters that scripts, lists and methods are grouped into, in the order shown."""

    script: dict[Id, Name]
    """Groups of scripts: id → name."""
    checklist: dict[Id, Name]
    """Groups of lists; the lists of `one-minute` have at most 8 items."""
    guide: dict[Id, Name]
    """Groups of methods."""


class Home(Record):
    """What the first page shows."""

    moments: Beside[MomentId]
    """The moments on the first page, in this order."""


class InOrder(Record):
    """In which order a reader meets things; what is not named follows in the order of the files."""

    scheme: Beside[SchemeId] = ()
    """The rulers."""
    guide: Beside[GuideId] = ()
    """The methods."""
    case: Beside[CaseId] = ()
    """The cases."""
    checklist: Beside[ChecklistId] = ()
    """The self-check lists."""


class Audience(Record):
    """Who gets an edition of their own, and what they may see; what is not named is left out."""

    name: Name
    """What the edition is called, beside the name of the handbook."""
    kinds: OneOrMore[KindId] = ()
    """Kinds of things of which they see all, such as `script`."""
    ids: OneOrMore[Ref] = ()
    """Single things that they see: `kind:id`."""
    roles: OneOrMore[RoleId] = ()
    """Whose things they see: what is written for others (`audience:`) they never do. Without
    `kinds` and `ids` they see all that is written for these roles or for everybody."""
    content: OneOrMore[Name] = ()
    """Files of `content/` that they see: pages, and the pictures on them."""

    @property
    def by_roles(self) -> bool:
        """Say whether nothing but its roles tells what it sees."""
        return not self.kinds and not self.ids and bool(self.roles)


class Settings(Record):
    """The settings of a playbook."""

    name: Name
    """The name of the handbook."""
    company: Name
    """The company."""
    samples: dict[Name, Name] = {}
    """Sample numbers and addresses that are meant, as they stand → why; with the name of an
    invented company here, all are."""
    notice: Name | None = None
    """A line at the foot of every page."""
    language: OneOf[Literal["zh-CN", "en"]]
    """The language of the generator's own words on pages: zh-CN or en."""
    version: Name
    """The version of the handbook."""
    effective_from: Day
    """The first day this version holds."""
    owner: Name
    """Who answers for it where nothing else is said."""
    freshness: dict[KindId, Quantity] = {}
    """After how many days something is read again: kind → days, and `default`."""
    reviewed: dict[KindId, Day] = {}
    """When somebody last read all of a kind: kind → day, and `default`."""
    kinds_of_customer: dict[Id, Name]
    """What can be judged; every scheme names one."""
    never_say: OneOrMore[Name] = ()
    """Claims that must not stand in words said to a customer."""
    never_say_except: OneOrMore[Name] = ()
    """Longer words in which such a claim claims nothing (first time); the common ones are known."""
    real_names: OneOrMore[Name] = ()
    """Names of real companies and brands, allowed on the pages of sources only."""
    events: dict[Id, Name] = {}
    """Events that a rhythm can hang on."""
    groups: Groups
    """The chapters of scripts, lists and methods."""
    home: Home
    """What the first page shows."""
    days_off: dict[Day, Name] = {}
    """Public holidays that the planner leaves out: date → name."""
    working_days: dict[Day, Name] = {}
    """Days of a weekend that are worked for a holiday: date → which."""
    offline: Flag | None = None
    """Whether readers' devices may keep the handbook; true if not said."""
    order: InOrder | None = None
    """In which order rulers, methods and cases stand, where not by their files."""
    public: Flag | None = None
    """Whether search engines may list the handbook; false if not said."""
    audiences: dict[Id, Audience] = {}
    """Editions for others than colleagues: id → who, and what they may see."""

    def listed(self, kind: str) -> Mapping[Id, Name]:
        """Return id → name of what the settings list of a kind of id; empty for other kinds."""
        lists: dict[str, Mapping[Id, Name]] = {
            EventId.kind: self.events,
            JudgedId.kind: self.kinds_of_customer,
            ScriptGroupId.kind: self.groups.script,
            ChecklistGroupId.kind: self.groups.checklist,
            GuideGroupId.kind: self.groups.guide,
        }
        return lists.get(kind, {})

    @property
    def kept_offline(self) -> bool:
        """Say whether readers' devices may keep the handbook."""
        return self.offline is None or bool(self.offline)

    @property
    def indexed(self) -> bool:
        """Say whether search engines may list the handbook."""
        return bool(self.public)
