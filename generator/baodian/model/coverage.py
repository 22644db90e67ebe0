"""Why something that most classes have is rightly missing for some."""

from __future__ import annotations

from typing import ClassVar, Literal

from baodian.model.entity import Entity
from baodian.model.fields import OneOf, OneOrMore, Prose
from baodian.model.references import Selector

Covering = Literal["script", "checklist", "case", "measure", "rhythm"]
"""The kinds that a class is asked to have; the word before the colon of a reference."""


class Reason(Entity):
    """A reason why cells of the coverage are empty: for one cell, for a row or for a column."""

    kind: ClassVar[str] = "reason"

    for_: OneOrMore[Selector] = ()
    """The classes that lack it; without it, all classes."""
    without: OneOrMore[OneOf[Covering]] = ()
    """What they lack; without it, all five."""
    why: Prose
    """Why that is right."""

    @property
    def label(self) -> str:
        """Return the reason."""
        return str(self.why)
