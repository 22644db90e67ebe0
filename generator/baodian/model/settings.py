"""`playbook.yml`: the one file of settings."""

from __future__ import annotations

from typing import Literal

from baodian.model.entity import Record
from baodian.model.fields import Flag, Name, OneOrMore
from baodian.model.ids import Id
from baodian.model.quantities import Day, Quantity


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

    moments: OneOrMore[Id]
    """The moments on the first page, in this order."""


class InOrder(Record):
    """In which order a reader meets things; what is not named follows in the order of the files."""

    scheme: OneOrMore[Id] = ()
    """The rulers."""
    guide: OneOrMore[Id] = ()
    """The methods."""
    case: OneOrMore[Id] = ()
    """The cases."""


class Settings(Record):
    """The settings of a playbook."""

    name: Name
    """The name of the handbook."""
    company: Name
    """The company."""
    notice: Name | None = None
    """A line at the foot of every page."""
    language: Literal["zh-CN", "en"]
    """The language of the generator's own words on pages: zh-CN or en."""
    version: Name
    """The version of the handbook."""
    effective_from: Day
    """The first day this version holds."""
    owner: Name
    """Who answers for it where nothing else is said."""
    freshness: dict[Id, Quantity] = {}
    """After how many days something is read again: kind → days, and `default`."""
    kinds_of_customer: dict[Id, Name]
    """What can be judged; every scheme names one."""
    never_say: OneOrMore[Name] = ()
    """Claims that must not stand in words said to a customer."""
    real_names: OneOrMore[Name] = ()
    """Names of real companies and brands, allowed on the pages of sources only."""
    events: dict[Id, Name] = {}
    """Events that a rhythm can hang on."""
    groups: Groups
    """The chapters of scripts, lists and methods."""
    home: Home
    """What the first page shows."""
    offline: Flag | None = None
    """Whether readers' devices may keep the handbook; true if not said."""
    order: InOrder | None = None
    """In which order rulers, methods and cases stand, where not by their files."""

    @property
    def kept_offline(self) -> bool:
        """Say whether readers' devices may keep the handbook."""
        return self.offline is None or bool(self.offline)
