"""Why something is rightly missing, or rightly odd, for some classes."""

from __future__ import annotations

from typing import ClassVar, Literal

from baodian.model.entity import Entity
from baodian.model.fields import OneOf, OneOrMore, Prose
from baodian.model.references import Ref, Selector

Covering = Literal["script", "checklist", "case", "measure", "rhythm"]
"""The kinds that a class is asked to have; the word before the colon of a reference."""
Lacking = Literal["script", "checklist", "case", "measure", "rhythm", "contact", "move"]
"""What a class can be without: a kind of those, contact that comes round, a move in or out."""


class Reason(Entity):
    """A reason why classes lack what others have, or why what looks wrong about them is right."""

    kind: ClassVar[str] = "reason"

    for_: OneOrMore[Selector] = ()
    """The classes it is about; without it, all classes."""
    without: OneOrMore[OneOf[Lacking]] = ()
    """What they lack; without it and without `about`, all kinds that a class is asked to have."""
    about: OneOrMore[Ref] = ()
    """What looks wrong with them: a measure, a table, a move, two rhythms."""
    why: Prose
    """Why that is right."""

    @property
    def label(self) -> str:
        """Return the reason."""
        return str(self.why)
