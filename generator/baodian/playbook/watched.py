"""A playbook that notes what is looked at, and what a rule looks at by itself: one piece of it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from baodian import values
from baodian.model.entity import Record
from baodian.model.fields import Field
from baodian.model.leaves import Path, leaves
from baodian.playbook.content import Written, lines
from baodian.playbook.playbook import Playbook
from baodian.playbook.uses import SETTINGS

T = TypeVar("T")
V = TypeVar("V")

Look = tuple[str, Any]
"""What was looked at: by its name, and what of it, a key, `KEYS` or `ALL`."""
KEYS, ALL = "#keys", "#all"
FIELD = "#field"
"""The name of looks at fields of the playbook that are no maps."""
FIELDS = frozenset(("settings", "content", "beside", "day", "city"))
ONCE = "#once"
"""The name of looks at what a function has made of the playbook."""
PAGE = "page"
"""The name of looks at hand-written pages, each by its file."""
MAPS = (
    "measure_groups", "group_of", "class_guides", "slots", "retired", "hidden", "absent", "layers"
)  # fmt: skip
_OF_PIECES = ("class_guides", "slots", "measure_groups")


class Notes:
    """What those that are at work look at, the innermost of them."""

    __slots__ = ("now",)

    def __init__(self) -> None:
        self.now: set[Look] = set()
        """Whoever looks at something adds it here; the one that is at work has its own."""

    @contextmanager
    def noting(self) -> Iterator[set[Look]]:
        """Note in the set what is looked at inside the block, and nowhere else."""
        around, self.now = self.now, set()
        try:
            yield self.now
        finally:
            self.now = around


class Seen(Mapping[Any, V]):
    """A map that notes which of its keys are looked at; `inner` may be exchanged."""

    def __init__(self, name: str, inner: Mapping[Any, V], notes: Notes) -> None:
        self._name, self.inner, self._notes = name, inner, notes

    def __getitem__(self, key: Any) -> V:  # noqa: ANN401
        self._notes.now.add((self._name, key))
        return self.inner[key]

    def get(self, key: Any, default: Any = None) -> Any:  # noqa: ANN401
        """Return the value under a key, else `default`."""
        self._notes.now.add((self._name, key))
        return self.inner.get(key, default)

    def __contains__(self, key: object) -> bool:
        self._notes.now.add((self._name, key))
        return key in self.inner

    def __iter__(self) -> Iterator[Any]:
        self._notes.now.add((self._name, KEYS))
        return iter(self.inner)

    def __len__(self) -> int:
        self._notes.now.add((self._name, KEYS))
        return len(self.inner)

    def values(self) -> Any:  # noqa: ANN401
        """Return all values."""
        self._notes.now.add((self._name, ALL))
        return self.inner.values()

    def items(self) -> Any:  # noqa: ANN401
        """Return all keys with their values."""
        self._notes.now.add((self._name, ALL))
        return self.inner.items()


@dataclass(frozen=True, eq=False)
class Piece:
    """What is looked at by itself: an outermost record, with its key, or a hand-written page."""

    record: Record | None = None
    key: str = ""
    page: tuple[str, str] | None = None

    @cached_property
    def leaves(self) -> tuple[tuple[Path, Field], ...]:
        """Return every value of the record, with its path."""
        return tuple(leaves(self.record)) if self.record is not None else ()

    @cached_property
    def lines(self) -> tuple[Written, ...]:
        """Return the lines of the page."""
        return tuple(lines((self.page,))) if self.page is not None else ()


def looks_of_pieces(playbook: Playbook) -> Iterator[Look]:
    """Yield by what every piece of a playbook is looked at."""
    for kind, of in playbook.entities.items():
        yield from ((kind, id_) for id_ in of)
    for name in _OF_PIECES:
        yield from ((name, key) for key in getattr(playbook, name))
    yield FIELD, "settings"
    yield from ((PAGE, file) for file, _ in playbook.content)


def piece_at(playbook: Playbook, look: Look) -> Piece:
    """Return the piece that is looked at so."""
    name, key = look
    if look == (FIELD, "settings"):
        return Piece(playbook.settings, SETTINGS)
    if name == PAGE:
        return Piece(page=(key, dict(playbook.content)[key]))
    if name in _OF_PIECES:
        user = f"class:{'/'.join(key)}" if name == "class_guides" else ""
        return Piece(getattr(playbook, name)[key], user)
    entity = playbook.entities[name][key]
    return Piece(entity, entity.key)


@dataclass(frozen=True, eq=False)
class Watched(Playbook):
    """A playbook that notes what of it is looked at. With a `piece`, walks through it see that."""

    notes: Notes = field(default_factory=Notes)
    piece: Piece | None = None
    given: Mapping[Callable[[Playbook], Any], Any] = field(default_factory=dict)
    """What functions make of it, the whole; whoever gives it notes that it is looked at."""
    prefix: str = ""

    def once(self, make: Callable[[Playbook], T]) -> T:
        """Return what a function makes of the playbook."""
        return self.given[make]  # type: ignore[no-any-return]

    def see_only(self, piece: Piece) -> None:
        """Let walks through it see a piece and no other."""
        object.__setattr__(self, "piece", piece)


class _Noted:
    """A field that is no map: whoever looks at it is noted here, else by the map."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, watched: Watched, _: type | None = None) -> Any:  # noqa: ANN401
        watched.notes.now.add((watched.prefix + FIELD, self._name))
        return vars(watched)[self._name]

    def __set__(self, watched: Watched, value: object) -> None:
        vars(watched)[self._name] = value


for _name in FIELDS:
    setattr(Watched, _name, _Noted(_name))

PLAIN = (str, int, bool, type(None), datetime.date)


def same(one: Any, other: Any) -> bool:  # noqa: ANN401
    """Say whether two values are the same ones, or are made of such and of equal plain data.

    What knows its place is the same only as itself.
    """
    if one is other:
        return True
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return len(one) == len(other) and all(map(same, one.items(), other.items()))
    if type(one) is not type(other):
        return False
    if type(one) in (tuple, list):
        return len(one) == len(other) and all(map(same, one, other))
    if type(one) in (frozenset, set):
        return bool(one == other) and all(type(item) in PLAIN for item in one)
    if names := values.names(type(one)):
        return all(same(getattr(one, name), getattr(other, name)) for name in names)
    return type(one) in PLAIN and bool(one == other)
