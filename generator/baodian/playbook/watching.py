"""One playbook after the other is watched; what in each is another than in the last is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from typing import Any

from baodian.model.entity import Entity
from baodian.playbook import uses
from baodian.playbook.edition import without, without_drafts
from baodian.playbook.playbook import Playbook, who_uses
from baodian.playbook.uses import Use
from baodian.playbook.watched import (
    ALL,
    FIELD,
    FIELDS,
    KEYS,
    ONCE,
    Look,
    Notes,
    Piece,
    Seen,
    Watched,
    same,
)

Anew = Mapping[str, frozenset[str]]
"""The keys of what may be another than before, by kind, and under `absent`."""
Among = tuple[Playbook | None, Anew]
MAPS = (
    "measure_groups", "group_of", "class_guides", "slots", "retired", "hidden", "absent", "layers"
)  # fmt: skip
BY_VALUE = frozenset(("absent", "group_of"))
PUBLIC = "public "
"""What begins the names of looks at what is published."""


class Watching:
    """A playbook that notes what is looked at, always as the last one that was taken in."""

    def __init__(self) -> None:
        self.notes = Notes()
        self.pieces: dict[Look, Piece] = {}
        self._uses = _Uses()
        self._drafts: dict[str, Entity] = {}
        self._playbook: Watched | None = None
        self._public: Watched | None = None
        self._last: Playbook | None = None

    @property
    def playbook(self) -> Watched:
        """Return the playbook that was taken in last, watched."""
        assert self._playbook is not None, "nothing has been taken in"
        return self._playbook

    def take(self, playbook: Playbook, among: Among | None = None) -> tuple[set[Look], set[Look]]:
        """Be as this playbook; return by what that is looked at which is another, and the pieces.

        `among` tells from which playbook this one was made, and all that may be another in it.
        """
        known = among[1] if among and among[0] is self._last else None
        changed, pieces = self._taken_in(playbook, known)
        self._last = playbook
        return changed | self._facts_anew(changed), pieces

    def _taken_in(self, playbook: Playbook, known: Anew | None) -> tuple[set[Look], set[Look]]:
        """Let the watched playbooks be as this one; return what is another, and the pieces."""
        if self._playbook is None:
            uses_ = Seen("used", self._uses.by, self.notes)
            self._playbook = self._watched(playbook, "", {})
            self._playbook.set(given={without_drafts: self._playbook, who_uses: uses_})
            self._drafts = {e.key: e for e in playbook.all() if e.draft}
            self._publish(playbook)
            looks = self._pieces_anew(playbook, set(_pieces(playbook)))
            return looks | self._uses.anew(self.pieces, looks, playbook), looks
        changed = _exchange(self._playbook, playbook, "", known)
        self._drafts_anew(playbook, changed)
        if self._public is None:
            changed |= self._publish(playbook)
        else:
            there = without(playbook, self._drafts)
            changed |= _exchange(self._public, there, PUBLIC, None if self._drafts else known)
        looks = self._pieces_anew(
            playbook, {look for look in changed if look[1] not in (ALL, KEYS)}
        )
        return changed | looks | self._uses.anew(self.pieces, looks, playbook), looks

    def _publish(self, playbook: Playbook) -> set[Look]:
        """Watch what is published by itself, from the first draft on; return what is another."""
        guides = any(guide.draft for guide in playbook.class_guides.values())
        if not (self._drafts or guides):
            return set()
        self._public = self._watched(without(playbook, self._drafts), PUBLIC, {})
        self._public.set(given={without_drafts: self._public})
        self.playbook.set(given={**self.playbook.given, without_drafts: self._public})
        return {(ONCE, without_drafts)}

    def _watched(self, playbook: Playbook, prefix: str, given: Mapping[Any, Any]) -> Watched:
        values = {one.name: getattr(playbook, one.name) for one in fields(playbook)}
        for name in MAPS:
            values[name] = Seen(prefix + name, values[name], self.notes)
        values["entities"] = {
            kind: Seen(prefix + kind, of, self.notes) for kind, of in values["entities"].items()
        }
        return Watched(**values, notes=self.notes, given=given, prefix=prefix)

    def _drafts_anew(self, playbook: Playbook, changed: set[Look]) -> None:
        for kind, id_ in changed:
            entity = playbook.entities.get(kind, {}).get(id_)
            self._drafts.pop(f"{kind}:{id_}", None)
            if entity is not None and entity.draft:
                self._drafts[entity.key] = entity

    def _pieces_anew(self, playbook: Playbook, looks: set[Look]) -> set[Look]:
        """Take in the pieces that changed; return by what they are looked at."""
        found: set[Look] = set()
        for look in looks:
            piece = _piece(playbook, look)
            old = self.pieces.pop(look, None)
            if piece is not None:
                self.pieces[look] = piece
            if piece is not None or old is not None:
                found.add(look)
        return found

    def _facts_anew(self, changed: set[Look]) -> set[Look]:
        """Make anew what functions made of what changed; return what has become another."""
        anew: set[Look] = set()
        ahead = set(changed)
        while ahead:
            others: set[Look] = set()
            for watched in filter(None, (self._public, self._playbook)):
                for make, fact in list(watched.facts.items()):
                    if not fact.looks.isdisjoint(ahead):
                        others |= fact.anew(*watched.made(make))
            ahead = others
            anew |= others
        return anew


def _exchange(watched: Watched, playbook: Playbook, prefix: str, known: Anew | None) -> set[Look]:
    """Let a watched playbook be as another; return by what it is looked at that is not the same.

    `known` are the keys of which some may be another; what it does not name is compared whole.
    """
    changed: set[Look] = set()
    maps = {name: (getattr(watched, name), getattr(playbook, name)) for name in MAPS}
    maps |= {kind: (watched.entities[kind], of) for kind, of in playbook.entities.items()}
    for name, (seen, new) in maps.items():
        old, seen.inner = seen.inner, new
        if old is new:
            continue
        named = known is not None and (name == "absent" or name in playbook.entities)
        keys = known.get(name, ()) if named and known else {**old, **new}
        by_value = name in BY_VALUE
        others = {k for k in keys if not _alike(old.get(k), new.get(k), by_value=by_value)}
        changed |= {(prefix + name, key) for key in (*others, *((ALL,) if others else ()))}
        if any((key in old) != (key in new) for key in others):
            changed.add((prefix + name, KEYS))
        elif not named and list(old) != list(new):
            changed |= {(prefix + name, ALL), (prefix + name, KEYS)}
    for name in FIELDS:
        old, new = vars(watched)[name], getattr(playbook, name)
        if old is not new and not (name != "settings" and old == new):
            watched.set(**{name: new})
            changed.add((prefix + FIELD, name))
            if name == "content":
                changed |= {("page", file) for file, _ in {*old} ^ {*new}}
    return changed


def _alike(one: object, other: object, *, by_value: bool) -> bool:
    return same(one, other) or (by_value and one is not None and one == other)


def _pieces(playbook: Playbook) -> Iterator[Look]:
    """Yield by what every piece of a playbook is looked at."""
    for kind, of in playbook.entities.items():
        yield from ((kind, id_) for id_ in of)
    for name in ("class_guides", "slots", "measure_groups"):
        yield from ((name, key) for key in getattr(playbook, name))
    yield FIELD, "settings"
    yield from (("page", file) for file, _ in playbook.content)


def _piece(playbook: Playbook, look: Look) -> Piece | None:
    """Return the piece that is looked at so, None if there is none."""
    name, key = look
    if look == (FIELD, "settings"):
        return Piece(look, playbook.settings, uses.SETTINGS)
    if name == "page":
        page = next((page for page in playbook.content if page[0] == key), None)
        return None if page is None else Piece(look, page=page)
    if name in ("class_guides", "slots", "measure_groups"):
        record = getattr(playbook, name).get(key)
        user = f"class:{'/'.join(key)}" if name == "class_guides" else ""
        return None if record is None else Piece(look, record, user)
    entity = playbook.entities.get(name, {}).get(key)
    return None if entity is None else Piece(look, entity, entity.key)


class _Uses:
    """`Playbook.used`, kept up to date piece by piece."""

    def __init__(self) -> None:
        self.by: dict[str, tuple[Use, ...]] = {}
        self._of: dict[Look, dict[str, tuple[Use, ...]]] = {}
        self._users: dict[str, dict[Look, tuple[Use, ...]]] = {}

    def anew(
        self, pieces: Mapping[Look, Piece], changed: Iterable[Look], playbook: Playbook
    ) -> set[Look]:
        """Take in pieces that have changed; return by what that is looked at."""
        touched: set[str] = set()
        for look in changed:
            named: dict[str, list[Use]] = {}
            for use in _named(pieces[look]) if look in pieces else ():
                named.setdefault(use.entity, []).append(use)
            old = self._of.pop(look, {})
            now = {to: tuple(of) for to, of in named.items()}
            if now:
                self._of[look] = now
            for to in {**old, **now}:
                if old.get(to) == now.get(to):
                    continue
                touched.add(to)
                if to in now:
                    self._users.setdefault(to, {})[look] = now[to]
                else:
                    del self._users[to][look]
        order = {look: n for n, look in enumerate(_pieces(playbook))} if touched else {}
        for to in touched:
            users = sorted(self._users[to].items(), key=lambda one: order[one[0]])
            self.by[to] = tuple(use for _, of in users for use in of)
            if not self.by[to]:
                del self.by[to]
        return {("used", what) for what in (*touched, ALL, KEYS)} if touched else set()


def _named(piece: Piece) -> Iterator[Use]:
    if piece.record is not None and piece.key:
        yield from uses.in_record(piece.key, piece.record)
    yield from uses.in_lines(piece.lines)
