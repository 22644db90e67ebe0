"""What a change of meaning is, and how it is judged.

Judged is what the customer was told, where a customer feels it:

- tightened: he gets less, or gets it with more conditions: a lower class, rarer contact, an
  entitlement gone, suspended or only after consent.
- loosened: he gets more, or gets it more easily.

Where only our people feel it (reading records, what supervisors do), tightened is more to do and
loosened is less. More contact is more work too, but the customer comes first: it is loosened.
A value that steers others (a parameter) is what all that it does is: tightened if it tightens and
loosens nothing, loosened the other way round.

- new, withdrawn: something is there that was not, or the other way round.
- moved: it is otherwise now, and nobody is told less or more by it, as far as rules can tell: under
  another id, at another place of an order, another value, other numbers in a text.
- reworded: the same in other words; no number, class, reference or choice has become another.
"""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Literal

from baodian.meaning.firsts import NOW
from baodian.model.leaves import Path
from baodian.playbook import Class
from baodian.said.messages import Message
from baodian.said.problems import At

Kind = Literal["tightened", "loosened", "new", "withdrawn", "moved", "reworded"]
KINDS: tuple[Kind, ...] = ("tightened", "loosened", "new", "withdrawn", "moved", "reworded")
"""The kinds of changes, the most important first."""


@dataclass(frozen=True)
class Quote:
    """A text of the new playbook that still says what has changed: to be read again.

    `quoted` are its words for the old fact, at `at`, in a text of `entity` (`kind:id`).
    """

    at: At
    entity: str
    quoted: str
    text: str


@dataclass(frozen=True)
class Change:
    """One thing that means something else than before.

    `entity` is `kind:id` as it is now, or was if it is gone (`class:scheme/class` for a class and
    its guide, `playbook` for the settings, the file of a hand-written page); `path` leads on inside
    it. `about` is its name, `message` a sentence without the name, `old` and `new` the values.
    """

    kind: Kind
    entity: str
    path: Path
    about: Message
    message: Message
    old: Message | None
    new: Message | None
    old_at: At | None
    new_at: At | None
    facts: tuple[Hashable, ...]
    """What it means as data: ids, numbers and kinds, but no words of a text. What has no order is a
    frozenset in it, since ids can become others."""
    classes: tuple[Class, ...] = ()
    """The classes whose customers it touches, as the new playbook calls them."""
    roles: tuple[str, ...] = ()
    """The ids of the roles that do otherwise."""
    effects: tuple[Message, ...] = ()
    """What follows from it, or how it came about; a sentence each."""
    causes: tuple[str, ...] = ()
    """The `kind:id` of parameters and rhythms that it comes from."""
    again: tuple[Quote, ...] = ()
    """Texts that still say what it was."""
    where: Message | None = None
    """Where in the thing it is, in words."""
    layer: tuple[Message, ...] = ()
    """What the change or city says that it comes from: which, why, who approved, what of old."""
    reason: Message | None = None
    """Why it is so, where its layer says that of it alone."""

    @property
    def notes(self) -> tuple[Message, ...]:
        """Return all that is told besides what it is."""
        return (*self.effects, *self.layer)

    @property
    def at(self) -> At:
        """Return where it stands now, or stood if it is gone."""
        return self.new_at or self.old_at or At("")

    @property
    def fingerprint(self) -> str:
        """The same for the same change of meaning, however it is worded and wherever it stands."""
        return fingerprint(NOW.of(self.facts))

    @property
    def part(self) -> str:
        """Return the part of the entity that can be linked to, as far as its path tells; or ""."""
        return ".".join(step for step in self.path[1:2] if not step.isdigit())


def fingerprint(facts: tuple[Hashable, ...], signs: int = 16) -> str:
    """Return what stands for facts that hold no set."""
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:signs]


def in_order(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return changes by their kinds; those of a kind stay in their order."""
    return tuple(sorted(changes, key=lambda change: KINDS.index(change.kind)))
