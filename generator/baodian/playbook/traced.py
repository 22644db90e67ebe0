"""One playbook after the other, and what was made of each: made again only where it may be other.

Whatever is made of a playbook is kept together with a trace: what was looked at, and the stamp of
each as it was. In another playbook, and in another process, it is the same if all stamps are. Of
records it is noted which fields are looked at. What was made of other things that were made has
these in its trace, each by the name of its version.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from types import FunctionType
from typing import Any, TypeVar

from baodian.playbook.edition import without, without_drafts
from baodian.playbook.fieldwise import FIELDS_OF, WHOLE, Fieldwise, place_of
from baodian.playbook.known import MADE, Known, kinds_by_key
from baodian.playbook.playbook import Playbook, who_uses
from baodian.playbook.stamps import Stamp, Stamps
from baodian.playbook.uses import Uses
from baodian.playbook.versions import MISSING, Version, Versions
from baodian.playbook.watched import (
    ALL,
    FIELD,
    FIELDS,
    KEYS,
    MAPS,
    ONCE,
    PAGE,
    Look,
    Notes,
    Seen,
    Watched,
    same,
)
from baodian.values import names

T = TypeVar("T")
Make = Callable[[Playbook], Any]
OURS = "baodian."
PUBLIC = "public "
"""What begins the names of looks at what is published."""
BESIDE = "#beside"
"""The name of looks at what is given beside a playbook."""
RECORDS = frozenset(("class_guides", "slots", "measure_groups", "hidden"))
"""The maps of a playbook, beside those of its kinds, that hold records."""


class Traced:
    """A playbook that notes what is looked at, and all that was made of it and of others before."""

    def __init__(self, *, published: bool = False) -> None:
        """Begin with nothing; if all are `published`, none of the playbooks has a draft."""
        self._published = published
        self.notes = Notes()
        self._stamps = Stamps(place_of)
        self._known = Known(self._asked)
        self.versions = Versions(self._known)
        self._maps: dict[str, Mapping[Any, Any]] = {}
        self._of_records: dict[str, Fieldwise] = {}
        self._names: dict[str, tuple[object, Uses]] = {}  # what parts of the playbook name
        self._facts: dict[str, Version] = {}  # what functions make of the playbook
        self._seen: dict[str, Seen[Any]] = {}
        self._makes: dict[str, tuple[Make, str]] = {}

    def begin(self) -> None:
        """Forget what is only known of things that nobody has asked for since the last time."""
        self._stamps.begin()

    def take(self, playbook: Playbook, **beside: object) -> Watched:
        """Go on with this playbook, and with what is given beside it; return it, watched."""
        before, self._maps = self._maps, {BESIDE: beside}
        self._plain: dict[str, Playbook] = {}
        self._watched: dict[str, Watched] = {}
        self._here: dict[tuple[str, Stamp], Version] = {}  # what was made, as it is now
        self._watch(playbook, "")
        if not self._published:
            drafts = {entity.key: entity for entity in playbook.all() if entity.draft}
            self._watch(without(playbook, drafts), PUBLIC)
        self._known.forget(before, self._maps)
        for name in self._known.unsure({name: fact.trace for name, fact in self._facts.items()}):
            del self._facts[name]
            self._seen.pop(name, None)
        return self._watched[""]

    def beside(self, name: str) -> Any:  # noqa: ANN401
        """Return what was given beside the playbook, and note that it is looked at."""
        self.notes.now.add((BESIDE, name))
        return self._maps[BESIDE][name]

    def turned(self) -> set[int]:
        """Return what, of all that traces name, is another than in the playbook before."""
        return self._known.turned()

    def version(self, name: str, make: Callable[[], Any], of: Stamp = b"") -> Version:
        """Return what is made under a name, now or before, with its trace."""
        there = self.versions.standing(name, of)
        return there or self.versions.made(name, make, of, self.notes)

    def made(self, name: str, of: object, make: Callable[[], T]) -> T:
        """Return what is made of a thing under a name: made now, or as it was."""
        stamp = self._stamps.of(of)
        version = self.version(name, make, stamp)
        self._here[name, stamp] = version
        self.notes.now.add((MADE, (name, stamp)))
        return version.value  # type: ignore[no-any-return]

    def look_at(self, piece: Look) -> None:
        """Note that a piece of the playbook is looked at, all of it."""
        name, key = piece
        of_record = name + FIELDS_OF, (key, WHOLE)
        self.notes.now.add(of_record if name in self._of_records else piece)

    # --- what there is ----------------------------------------------------------------------------

    def _watch(self, playbook: Playbook, prefix: str) -> None:
        self._plain[prefix] = playbook
        values = {name: getattr(playbook, name) for name in names(Playbook)}
        self._maps[prefix + FIELD] = {name: values[name] for name in FIELDS}
        self._maps[prefix + PAGE] = dict(playbook.content)
        for name in MAPS:
            values[name] = self._map(prefix + name, values[name], records=name in RECORDS)
        values["entities"] = {
            kind: self._map(prefix + kind, of, records=True)
            for kind, of in values["entities"].items()
        }
        given = _Given(self, prefix)
        self._watched[prefix] = Watched(**values, notes=self.notes, given=given, prefix=prefix)

    def _map(self, name: str, of: Mapping[Any, Any], *, records: bool) -> Seen[Any]:
        self._maps[name] = of
        if not records:
            return Seen(name, of, self.notes)
        if name not in self._of_records:
            self._of_records[name] = Fieldwise(name, of, self.notes, self._of_name)
        seen = self._of_records[name]
        seen.inner = of
        return seen

    def _of_name(self, name: str) -> Mapping[Any, Any]:
        return self._maps[name]

    def _asked(self, name: str, key: Any) -> Stamp | None:  # noqa: ANN401
        if name == MADE:
            version = self._here.get(key) or self.versions.standing(*key)
            if version is not None:
                self._here[key] = version
            return version.name if version else None
        if name.endswith(FIELDS_OF):
            return self._of_field(name.removesuffix(FIELDS_OF), *key)
        if name not in self._maps:
            fact = self._fact(name) if ONCE in name else None
            return fact.stamps.get((name, key), self._stamps.of(None)) if fact else None
        of = self._maps[name]
        if name in self._of_records and key not in (KEYS, ALL):
            return self._stamps.of(type(of[key]).__name__ if key in of else None)
        return self._of_map(of, key)

    def _of_field(self, name: str, key: object, field: str) -> Stamp:
        record = self._maps.get(name, {}).get(key)
        if record is None or field == WHOLE:
            return self._stamps.of(record)
        return self._stamps.of_field(record, field)

    def _of_map(self, of: Mapping[Any, Any], key: object) -> Stamp:
        if key == ALL:
            return self._stamps.of(of)
        if key == KEYS:  # one of another kind, such as another form of table, is another
            return self._stamps.of(kinds_by_key(of))
        return self._stamps.of(of.get(key))

    # --- what is made of it -----------------------------------------------------------------------

    def once(self, make: Make, prefix: str) -> Any:  # noqa: ANN401
        """Return what a function makes of the playbook, and note that it is looked at."""
        if make is without_drafts:
            return self._watched["" if self._published else PUBLIC]
        name = f"{prefix}{ONCE} {make.__module__}.{make.__qualname__}"
        self._makes[name] = make, prefix
        fact = self._fact(name)
        assert fact is not None
        if fact.value is MISSING:
            with self.notes.noting():
                fact.value = self._make(make, prefix)
        if not isinstance(fact.value, Mapping):
            self.notes.now.add((name, ALL))
            return fact.value
        if name not in self._seen:
            self._seen[name] = Seen(name, fact.value, self.notes)
        return self._seen[name]

    def _fact(self, name: str) -> Version | None:
        if name not in self._facts:
            make, prefix = self._makes.get(name) or _function(name)
            if make is None:
                return None
            self._makes[name] = make, prefix
            if (fact := self.versions.standing(name)) is None:
                before = self.versions.last(name)
                fact = self.versions.made(name, lambda: self._make(make, prefix), b"", self.notes)
                fact.stamps = self._stamps_of(name, fact.value, before)
            self._facts[name] = fact
        return self._facts[name]

    def _stamps_of(self, name: str, of: object, before: Version | None) -> Mapping[Look, Stamp]:
        """Return the stamps of what is seen of a fact; of what it held before, they are known."""
        if not isinstance(of, Mapping):
            return {(name, ALL): self._stamps.of(of)}
        old = before.value if before and isinstance(before.value, Mapping) else {}
        known: Mapping[Look, Stamp] = before.stamps if before else {}
        stamps: dict[Look, Stamp] = {}
        for key, value in of.items():
            stands = key in old and same(old[key], value)
            stamps[name, key] = known[name, key] if stands else self._stamps.of(value)
        stamps[name, ALL] = self._stamps.all((*of, *stamps.values()))
        stamps[name, KEYS] = self._stamps.of(tuple(of))
        return stamps

    def _make(self, make: Make, prefix: str) -> Any:  # noqa: ANN401
        if make is not who_uses:
            return make(self._watched[prefix])
        playbook = self._plain[prefix]  # all of it is looked at
        self.notes.now.update((prefix + name, ALL) for name in (*playbook.entities, "class_guides"))
        self.notes.now.update((prefix + FIELD, name) for name in ("settings", "content"))
        return who_uses(playbook, partial(self._in_map, prefix))

    def _in_map(self, prefix: str, name: str, of: T, make: Callable[[T], Uses]) -> Uses:
        """Return what a map of records names; of one that is as it was, it is known."""
        known = self._names.get(prefix + name)
        if known is None or known[0] is not of:
            known = self._names[prefix + name] = of, make(of)
        return known[1]


class _Given(Mapping[Make, Any]):
    """What functions make of a watched playbook, for whoever asks for it."""

    def __init__(self, traced: Traced, prefix: str) -> None:
        self._traced, self._prefix = traced, prefix

    def __contains__(self, make: object) -> bool:
        return True

    def __getitem__(self, make: Make) -> Any:  # noqa: ANN401
        return self._traced.once(make, self._prefix)

    def __iter__(self) -> Iterator[Make]:
        return iter(())

    def __len__(self) -> int:
        return 0


def _function(name: str) -> tuple[Make | None, str]:
    """Return the function of ours that a fact is named after, and for which playbook."""
    prefix, _, path = name.partition(f"{ONCE} ")
    module, _, function = path.rpartition(".")
    found = getattr(sys.modules.get(module), function, None) if path.startswith(OURS) else None
    return (found, prefix) if isinstance(found, FunctionType) else (None, prefix)
