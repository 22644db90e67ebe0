"""Changes under those whom they touch: classes of customers, roles, lists, scripts, the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from baodian.meaning import words
from baodian.meaning.change import KINDS, Change
from baodian.meaning.names import KIND_NAMES
from baodian.playbook import Playbook
from baodian.said.messages import Message, Words, msg

SECTIONS: tuple[Message, ...] = (
    msg("Customers"), msg("Our people"), msg("Lists"), msg("Scripts"), msg("Everything else"),
)  # fmt: skip
"""Who or what is touched, in the order in which it is told."""
_CUSTOMERS = ("scheme", "matrix", "class", "transition", "measure")
_RANK = ("scheme", "matrix", "class", "param", "rhythm", "measure", "transition", "table",
         "escalation", "script", "checklist", "moment", "plan", "guide", "role", "channel", "path",
         "case")  # fmt: skip
"""What a reader has to know first, by the kind of thing; all that is not named comes after it."""


@dataclass(frozen=True)
class Group:
    """Changes that touch the same customers or people, or the same thing."""

    section: int
    """The place in `SECTIONS`."""
    name: Message
    changes: tuple[Change, ...]


def groups(playbook: Playbook, changes: Iterable[Change]) -> tuple[Group, ...]:
    """Return changes grouped by whom they touch, the most important first in each group."""
    found: dict[tuple[int, Message], list[Change]] = {}
    for change in changes:
        section = section_of(change)
        found.setdefault((section, _name(playbook, change, section)), []).append(change)
    made = (Group(section, name, by_weight(mine)) for (section, name), mine in found.items())
    return tuple(sorted(made, key=lambda group: (group.section, _weight(group.changes[0]))))


def merged(
    changes: Iterable[Change], when: Callable[[Change], str] = lambda change: ""
) -> tuple[tuple[Change, ...], ...]:
    """Return changes with those together that say the same of the same, of several names.

    `loses “A”` and `loses “B”` of one class stand together; see `said_of`.
    """
    found: dict[object, list[Change]] = {}
    for n, change in enumerate(changes):
        alone = change.again or set(dict(change.message.params)) != {"name"}
        what = (change.kind, change.about, change.message.msgid, change.notes)
        key = n if alone else (what, when(change))
        found.setdefault(key, []).append(change)
    return tuple(map(tuple, found.values()))


def said_of(changes: tuple[Change, ...], t: Words) -> str:
    """Return the one sentence of changes that `merged` has put together."""
    first = changes[0].message
    if len(changes) == 1:
        return t.text(first)
    names = (str(dict(change.message.params)["name"]) for change in changes)
    return t(first.msgid, name=f"”{t.listing}“".join(dict.fromkeys(names)))


def by_weight(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return changes, the most important first: by kind of change, then by kind of thing."""
    return tuple(sorted(changes, key=_weight))


def _weight(change: Change) -> tuple[int, int]:
    kind = change.entity.partition(":")[0]
    rank = _RANK.index(kind) if kind in _RANK else len(_RANK)
    return KINDS.index(change.kind), rank


def section_of(change: Change) -> int:
    """Return whom a change touches, as the place in `SECTIONS`."""
    kind = change.entity.partition(":")[0]
    if change.classes and (kind in _CUSTOMERS or (kind == "param" and change.path == ("default",))):
        return 0
    if kind in ("checklist", "script"):
        return 2 if kind == "checklist" else 3
    return 1 if change.roles else 4


def _name(playbook: Playbook, change: Change, section: int) -> Message:
    if section == 0:
        return words.customers(playbook, [frozenset((c,)) for c in change.classes])
    if section == 1:
        return words.listed(words.named(playbook, f"role:{role}") for role in change.roles)
    return change.about if section in (2, 3) else _kind(change)


def _kind(change: Change) -> Message:
    kind = change.entity.partition(":")[0]
    return KIND_NAMES.get(kind, msg("Pages and settings"))
