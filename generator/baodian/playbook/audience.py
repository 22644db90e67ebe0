"""The playbook as an audience may see it. Whatever comes after this knows of nothing else.

What is not named is left out, with all that says that it is there: its place in lists that only
lead on (`fields.Beside`), the cells and groups of its measures, the layers that are about it.
Anything else that names it is told by `Restricted.dangling`: what remains may not refer to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any

from baodian import model
from baodian.model.entity import Record
from baodian.model.fields import BESIDE, Name
from baodian.model.ids import Id
from baodian.model.references import Ref, split_reference
from baodian.model.settings import Audience
from baodian.playbook import uses
from baodian.playbook.content import lines
from baodian.playbook.fieldwise import whole
from baodian.playbook.playbook import Playbook
from baodian.playbook.uses import Use, named
from baodian.source import Mapping as Tree
from baodian.source import Node, Scalar, Sequence
from baodian.trees import Done

CONTENT = "content/"


@dataclass(frozen=True)
class Restricted:
    """A playbook as an audience sees it, and the `kind:id` and `kind:id#part` that it does not."""

    playbook: Playbook
    hidden: frozenset[str]

    def dangling(self) -> Iterator[Use]:
        """Yield what names something that is left out, once for each place that does."""
        told: dict[tuple[str, object], Use] = {}
        found: list[Use] = [*uses.in_lines(lines(self.playbook.content))]
        for key, record in _users(self.playbook):
            if not self.hidden.isdisjoint(uses.names_in(key, record)):
                found += uses.in_record(key, record)
        for use in found:
            if use.entity in self.hidden or use.to in self.hidden:
                known = told.setdefault((use.by, use.at), use)
                if len(use.to) > len(known.to):  # a class says more than its ruler
                    told[use.by, use.at] = use
        yield from told.values()


def _users(playbook: Playbook) -> Iterator[tuple[str, Record]]:
    """Yield what names something, by what it goes by; lines of hand-written pages aside."""
    yield from ((key, whole(record)) for key, record in playbook.records())
    yield uses.SETTINGS, playbook.settings


def _named_in(playbook: Playbook) -> frozenset[str]:
    """Return all that a playbook names."""
    on_pages = (use.entity for use in uses.in_lines(lines(playbook.content)))
    return frozenset(on_pages).union(*(uses.names_in(*one) for one in _users(playbook)))


@dataclass(frozen=True)
class Sight:
    """What an audience may see, by name."""

    kinds: frozenset[str]
    ids: frozenset[str]
    roles: frozenset[str]
    by_roles: bool

    @classmethod
    def of(cls, audience: Audience) -> Sight:
        """Return what the settings say of an audience."""
        return cls(
            frozenset(map(str, audience.kinds)),
            frozenset(ref.entity for ref in audience.ids),
            frozenset(map(str, audience.roles)),
            audience.by_roles,
        )

    def sees(self, key: str, written_for: Iterable[str] = ()) -> bool:
        """Say whether it sees `kind:id`, which is written for these roles, or for all."""
        if roles := frozenset(map(str, written_for)):
            return bool(roles & self.roles)
        return self.by_roles or key.partition(":")[0] in self.kinds or key in self.ids


def restricted(playbook: Playbook, audience: str) -> Restricted:
    """Return the playbook as an audience of its settings sees it. Raises `KeyError` if unknown."""
    told = {str(id_): a for id_, a in playbook.settings.audiences.items()}[audience]
    # Whoever notes what is looked at keeps what was made of the whole; this is another playbook.
    playbook = Playbook(**{one.name: getattr(playbook, one.name) for one in fields(Playbook)})
    sight = Sight.of(told)
    hidden = _hidden(playbook, sight)
    seen = _without(playbook, hidden, sight)
    if gone := _parts(playbook, hidden) - _parts(seen, hidden):  # such as cells of its measures
        hidden |= gone
        seen = _without(playbook, hidden, sight)
    files = {f"{CONTENT}{name}" for name in told.content}
    seen = replace(
        seen,
        content=tuple((file, text) for file, text in playbook.content if file in files),
        beside=tuple(file for file in playbook.beside if file in files),
    )
    names = _named_in(seen)
    seen = replace(
        seen,
        slots={name: s for name, s in playbook.slots.items() if f"slot:{name}" in names},
        settings=_settings(seen, told, names),
    )
    return Restricted(seen, hidden)


def _hidden(playbook: Playbook, sight: Sight) -> frozenset[str]:
    """Return the keys of all that is left out, classes and groups of measures too."""
    keys = {e.key for e in playbook.all() if not sight.sees(e.key, e.audience)}
    keys |= {f"class:{s.id}/{id_}" for s, id_, _ in playbook.classes() if s.key in keys}
    for id_, group in playbook.measure_groups.items():
        if all(measure.key in keys for measure in group.measures.values()):
            keys.add(f"measures:{id_}")
    return frozenset(keys)


def _parts(playbook: Playbook, hidden: frozenset[str]) -> frozenset[str]:
    return frozenset(
        f"{e.key}#{part}" for e in playbook.all() if e.key not in hidden for part, _ in e.parts()
    )


def _without(playbook: Playbook, hidden: frozenset[str], sight: Sight) -> Playbook:
    def about(key: str, part: str, node: Node | None) -> bool:
        """Say whether it may see a step about something, which may not be there on this day."""
        measure = f"measure:{part.rpartition('.')[2]}" if key.startswith("matrix:") else ""
        if f"{key}#{part}" in hidden or measure in hidden:
            return False
        known = playbook.find(*key.split(":", 1)) is not None
        return key not in hidden if known else sight.sees(key, _written_for(node))

    def names_some(entity: model.Entity) -> bool:
        """Say whether something may have to be taken out of an entity."""
        layer = isinstance(entity, model.records.Layer)
        return layer or not hidden.isdisjoint(uses.names_in(entity.key, whole(entity)))

    def ends(old: str) -> tuple[Ref, Any] | None:
        """Return what stands for a retired id at the end of the chain, if both may be seen."""
        seen, ref = {old}, playbook.retired[old][0]
        while ref in playbook.retired and ref not in seen:
            seen.add(str(ref))
            ref = playbook.retired[str(ref)][0]
        there = ref.entity not in hidden and sight.sees(old.partition("#")[0])
        return (ref, playbook.retired[old][1]) if there else None

    entities = {
        kind: {
            id_: pruned(entity, hidden, about).pruned(hidden) if names_some(entity) else entity
            for id_, entity in of_kind.items()
            if entity.key not in hidden
        }
        for kind, of_kind in playbook.entities.items()
    }
    return replace(
        playbook,
        entities=entities,
        measure_groups={
            id_: pruned(group, hidden, about).pruned(hidden)
            for id_, group in playbook.measure_groups.items()
            if f"measures:{id_}" not in hidden
        },
        group_of={id_: g for id_, g in playbook.group_of.items() if f"measure:{id_}" not in hidden},
        class_guides={
            key: pruned(guide, hidden, about)
            for key, guide in playbook.class_guides.items()
            if f"scheme:{key[0]}" not in hidden and sight.sees(f"class:{'/'.join(key)}")
        },
        retired={old: end for old in playbook.retired if (end := ends(old))},
        hidden={k: e for k, e in playbook.hidden.items() if sight.sees(k, e.audience)},
        layers={
            key: tuple(d for d in done if about(*_step(d), d.before or d.after))
            for key, done in playbook.layers.items()
            if key not in hidden
        },
        absent={
            key: gone
            for key, gone in playbook.absent.items()
            if sight.sees(key, _written_for(gone.node))
        },
        settings=pruned(playbook.settings, hidden, about),
    )


def _step(done: Done) -> tuple[str, str]:
    return ":".join(done.step.key), ".".join(done.step.part)


def _written_for(node: Node | None) -> tuple[str, ...]:
    """Return the roles that something is written for, as its tree says it."""
    roles = node.get(Scalar("audience")) if isinstance(node, Tree) else None
    return tuple(map(str, roles)) if isinstance(roles, Sequence) else (str(roles),) if roles else ()


@cache
def _beside(of: type[Record]) -> frozenset[str]:
    """Return the fields of a record that are lists which only lead on."""
    fields = of.model_fields.items()
    return frozenset(n for n, field in fields if any(m is BESIDE for m in field.metadata))


def pruned(value: Any, hidden: frozenset[str], about: Any) -> Any:  # noqa: ANN401
    """Return a record, map or list whose lists that only lead on name nothing in `hidden`."""
    if isinstance(value, Record):
        update = {}
        for name in value.model_fields_set & type(value).model_fields.keys():
            old = getattr(value, name)
            if name in _beside(type(value)):
                new: Any = tuple(i for i in old if hidden.isdisjoint(_names(value, i)))
                new = old if len(new) == len(old) else new
            elif isinstance(value, model.records.Layer) and isinstance(old, dict):
                new = {ref: node for ref, node in old.items() if about(*_ref(ref), node)}
            else:
                new = pruned(old, hidden, about)
            if new is not old:
                update[name] = new
        return value.model_copy(update=update) if update else value
    if isinstance(value, dict):
        items = {key: pruned(inner, hidden, about) for key, inner in value.items()}
        return items if any(items[key] is not inner for key, inner in value.items()) else value
    if isinstance(value, tuple):
        inner = tuple(pruned(one, hidden, about) for one in value)
        return inner if any(a is not b for a, b in zip(inner, value, strict=True)) else value
    return value


def _names(record: Record, item: Any) -> Iterator[str]:  # noqa: ANN401
    for to in named(record, (), item):
        yield to
        yield to.partition("#")[0]


def _ref(ref: str) -> tuple[str, str]:
    kind, id_, part = split_reference(ref)
    return f"{kind}:{id_}", part or ""


def _settings(seen: Playbook, audience: Audience, names: frozenset[str]) -> model.Settings:
    """Return the settings with the lists that what is seen needs, under the edition's name."""
    settings = seen.settings

    def kept(kind: str, listed: Mapping[Id, Name]) -> dict[Id, Name]:
        return {id_: name for id_, name in listed.items() if f"{kind}:{id_}" in names}

    groups = settings.groups
    return settings.model_copy(
        update={
            "name": Name.of(settings.name, f"{settings.name} · {audience.name}"),
            "audiences": {},
            "never_say": (),
            "real_names": (),
            "events": kept("events", settings.events),
            "kinds_of_customer": kept("kinds_of_customer", settings.kinds_of_customer),
            "groups": groups.model_copy(
                update={
                    "script": kept("groups.script", groups.script),
                    "checklist": kept("groups.checklist", groups.checklist),
                    "guide": kept("groups.guide", groups.guide),
                }
            ),
        }
    )


def named_in_vain(playbook: Playbook, audience: Audience) -> Iterator[tuple[Ref, str]]:
    """Yield the single ids that an audience is to see, yet cannot, and the `kind:id` that is why.

    That is itself, if it is written for others, or the ruler of a class.
    """
    sight = Sight.of(audience)
    for ref in audience.ids:
        entity = playbook.find(ref.kind, ref.id)
        if entity is None:
            continue
        if not sight.sees(entity.key, entity.audience):
            yield ref, entity.key
