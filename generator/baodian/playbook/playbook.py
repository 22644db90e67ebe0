"""The playbook as a whole: look-up, back-links, and what applies to a class, and why."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any, Literal, TypeVar

from baodian import model
from baodian.model import kinds
from baodian.model.references import Ref, Selector
from baodian.playbook import uses
from baodian.playbook.content import lines
from baodian.playbook.uses import Use
from baodian.said.problems import At
from baodian.text.units import agreed
from baodian.trees import Absent, Done

E = TypeVar("E", bound=model.Entity)
T = TypeVar("T")

Class = tuple[str, str]
"""A class as (scheme id, class id)."""

Why = Literal["own", "range", "all", "with", "everyone", "matrix", "move"]
"""Why something stands on a class's page: named itself, in a range, for the whole scheme, only
with a further condition, for everyone, through a matrix, through a move. In this order."""


@dataclass(frozen=True)
class Cited:
    """A fact of a source that is used in an entity or part."""

    source: model.Source
    id: str
    fact: model.Fact
    ref: Ref


@dataclass(frozen=True)
class Playbook:
    """All entities, by kind and id, in the order of their files."""

    settings: model.Settings
    entities: Mapping[str, Mapping[str, model.Entity]]
    measure_groups: Mapping[str, model.MeasureGroup]
    group_of: Mapping[str, str]
    class_guides: Mapping[Class, model.ClassGuide]
    slots: Mapping[str, model.SlotRecord]
    retired: Mapping[str, tuple[Ref, At]]
    content: tuple[tuple[str, str], ...] = ()
    beside: tuple[str, ...] = ()  # pictures and other files in `content/`
    hidden: Mapping[str, model.Entity] = field(default_factory=dict)  # not shown, yet named
    day: datetime.date | None = None  # None: as written, whatever dates and layers say
    city: str = ""
    layers: Mapping[str, tuple[Done, ...]] = field(default_factory=dict)  # what each layer does
    absent: Mapping[str, Absent] = field(default_factory=dict)  # written, but not in force

    def once(self, make: Callable[[Playbook], T]) -> T:
        """Return what a function makes of the playbook; it is asked only once."""
        made: dict[Callable[[Playbook], Any], Any] = self.__dict__.setdefault("_made", {})
        if make not in made:
            made[make] = make(self)
        return made[make]  # type: ignore[no-any-return]

    # --- look-up ----------------------------------------------------------------------------------

    def of(self, *models: type[E]) -> Mapping[str, E]:
        """Return the entities that are made as one of `models`, all of one kind, by id."""
        entities: Mapping[str, Any] = self.entities.get(models[0].kind, {})
        if set(kinds.of(models[0].kind).records) <= set(models):
            return entities
        return {id_: entity for id_, entity in entities.items() if isinstance(entity, models)}

    @cached_property
    def schemes(self) -> Mapping[str, model.Scheme]:
        """Return the schemes."""
        return self.of(model.Scheme)

    @cached_property
    def scripts(self) -> Mapping[str, model.Script]:
        """Return the scripts."""
        return self.of(model.Script)

    @cached_property
    def checklists(self) -> Mapping[str, model.Checklist]:
        """Return the self-check lists."""
        return self.of(model.Checklist)

    @cached_property
    def moments(self) -> Mapping[str, model.Moment]:
        """Return the moments."""
        return self.of(model.Moment)

    @cached_property
    def guides(self) -> Mapping[str, model.Guide]:
        """Return the methods."""
        return self.of(model.Guide)

    @cached_property
    def measures(self) -> Mapping[str, model.Measure]:
        """Return the measures of all groups."""
        return self.of(model.Measure)

    @cached_property
    def rhythms(self) -> Mapping[str, model.Rhythm]:
        """Return the rhythms."""
        return self.of(model.Rhythm)

    @cached_property
    def transitions(self) -> Mapping[str, model.Transition]:
        """Return the moves."""
        return self.of(model.Transition)

    @cached_property
    def tables(self) -> Mapping[str, model.Table]:
        """Return the decision tables."""
        return self.of(model.Table)

    @cached_property
    def cases(self) -> Mapping[str, model.Case]:
        """Return the cases."""
        return self.of(model.Case)

    @cached_property
    def paths(self) -> Mapping[str, model.Path]:
        """Return the paths for new people."""
        return self.of(model.Path)

    @cached_property
    def roles(self) -> Mapping[str, model.Role]:
        """Return the roles."""
        return self.of(model.Role)

    @cached_property
    def channels(self) -> Mapping[str, model.Channel]:
        """Return the channels."""
        return self.of(model.Channel)

    @cached_property
    def escalations(self) -> Mapping[str, model.Escalation]:
        """Return whom to call beyond a limit."""
        return self.of(model.Escalation)

    @cached_property
    def terms(self) -> Mapping[str, model.Term]:
        """Return the words."""
        return self.of(model.Term)

    @cached_property
    def decisions(self) -> Mapping[str, model.Decision]:
        """Return the decisions."""
        return self.of(model.Decision)

    @cached_property
    def overlays(self) -> Mapping[str, model.Overlay]:
        """Return what differs by city."""
        return self.of(model.Overlay)

    @cached_property
    def reasons(self) -> Mapping[str, model.Reason]:
        """Return the reasons for what is missing; empty where nobody asked to be held to it."""
        return self.of(model.Reason)

    @cached_property
    def sources(self) -> Mapping[str, model.Source]:
        """Return the ledgers."""
        return self.of(model.Source)

    @cached_property
    def matrices(self) -> Mapping[str, model.Matrix]:
        """Return the matrices."""
        return self.of(model.EntitlementMatrix, model.TextMatrix)

    @cached_property
    def plans(self) -> Mapping[str, model.Plan]:
        """Return the plans."""
        return self.of(model.Allocation, model.Timetable, model.Calendar)

    @cached_property
    def params(self) -> Mapping[str, model.Param]:
        """Return the parameters."""
        return self.of(model.Param)

    @property
    def values(self) -> Mapping[str, model.Param]:
        """Return the parameters whose values texts and rules use, hidden ones among them."""
        return self.once(_values) if self.hidden else self.params

    def of_kind(self, kind: str) -> Mapping[str, Any]:
        """Return the entities of a kind by id; empty for a kind that has none."""
        return self.entities.get(kind, {})

    def all(self) -> Iterator[model.Entity]:
        """Yield every entity of every kind."""
        for kind in self.entities.values():
            yield from kind.values()

    def classes(self) -> Iterator[tuple[model.Scheme, str, model.Class]]:
        """Yield (scheme, class id, class) for every class of every scheme."""
        for scheme in self.schemes.values():
            for id_, class_ in scheme.classes.items():
                yield scheme, str(id_), class_

    def find(self, kind: str, id_: str) -> model.Entity | None:
        """Return an entity; for the kind `class` the scheme that has it. None if unknown."""
        if kind == "class":
            scheme, _, name = id_.partition("/")
            there = name in self.once(_ids_of_classes).get(scheme, ())
            return self.schemes.get(scheme) if there else None
        return self.entities.get(kind, {}).get(id_)

    def named(self, kind: str, id_: str) -> model.Entity | None:
        """Return an entity that a text may name, even if this edition does not show it."""
        if kind == "class":
            return self.named("scheme", id_.partition("/")[0])
        return self.find(kind, id_) or self.hidden.get(f"{kind}:{id_}")

    def parts(self, kind: str, id_: str) -> frozenset[str]:
        """Return the ids of the parts of an entity or class."""
        if kind == "class":
            scheme, _, name = id_.partition("/")
            guide = self.class_guides.get((scheme, name))
            return frozenset(part for part, _ in guide.parts()) if guide else frozenset()
        entity = self.find(kind, id_)
        if entity is None:
            return frozenset()
        ids = {str(part) for part, _ in entity.parts()}
        if isinstance(entity, model.Scheme):
            ids |= {str(id_) for id_ in (*entity.dimensions, *entity.signs)}
        own = entity.model_fields_set - {*model.Entity.model_fields, "name", "title"}
        return frozenset(ids | own)

    # --- parameters -------------------------------------------------------------------------------

    def value(self, param: str) -> str:
        """Return a parameter's value as text. Raises `KeyError` for an unknown one."""
        return str(self.values[param].default)

    def worded(self, param: str) -> str:
        """Return a parameter's value with its unit, as it reads in a text."""
        value = self.values[param]
        if value.type == "percent":
            return f"{value.default}%"
        if not value.unit:
            return str(value.default)
        gap = "" if "\u4e00" <= value.unit[0] <= "\u9fff" else " "
        return f"{value.default}{gap}{agreed(value.default, value.unit)}"

    @property
    def numbers(self) -> Mapping[str, int]:
        """Return the parameters that are whole numbers, for bounds of intervals."""
        return self.once(_numbers)

    # --- classes and selectors --------------------------------------------------------------------

    def class_name(self, class_: Class) -> str:
        """Return the full name of a class, prefix included."""
        return self.once(class_names)[class_]

    def selected(self, term: Any) -> tuple[Class, ...]:  # noqa: ANN401
        """Return the classes that one term of a selector names; unknown ones are left out."""
        ids = self.once(_ids_of_classes).get(term.scheme)
        return () if ids is None else _between(ids, term.scheme, term.low, term.high)

    def matches(self, selector: Selector, class_: Class) -> tuple[Why, tuple[Class, ...]] | None:
        """Say whether and why a selector names a class, and under which further classes."""
        if selector.everyone:
            return "everyone", ()
        for term in selector.terms:
            if class_ not in self.selected(term):
                continue
            others = tuple(c for t in selector.terms if t is not term for c in self.selected(t))
            if others:
                return "with", others
            if term.low is None:
                return "all", ()
            return ("own" if term.low == term.high else "range"), ()
        return None

    # --- texts and references ---------------------------------------------------------------------

    @property
    def cited(self) -> Mapping[str, tuple[Cited, ...]]:
        """Return the facts used in each entity, by `kind:id`."""
        return self.once(_cited)

    @property
    def used(self) -> uses.Uses:
        """Return who names each thing, by `kind:id`, settings and hand-written pages included."""
        return self.once(who_uses)

    def records(self) -> Iterator[tuple[str, model.Record]]:
        """Yield (`kind:id`, record) for every entity, class guide and measure group."""
        for entity in self.all():
            yield entity.key, entity
        for (scheme, class_), guide in self.class_guides.items():
            yield f"class:{scheme}/{class_}", guide


@cache
def _between(
    ids: tuple[str, ...], scheme: str, low: str | None, high: str | None
) -> tuple[Class, ...]:
    if low is None:
        return tuple((scheme, c) for c in ids)
    if low not in ids or high not in ids:
        return ()
    first, last = sorted((ids.index(low), ids.index(high)))
    return tuple((scheme, c) for c in ids[first : last + 1])


def _ids_of_classes(playbook: Playbook) -> Mapping[str, tuple[str, ...]]:
    return {id_: tuple(map(str, scheme.classes)) for id_, scheme in playbook.schemes.items()}


def class_names(playbook: Playbook) -> Mapping[Class, str]:
    """Return the full names of all classes, of hidden ones too."""
    hidden = (one for one in playbook.hidden.values() if isinstance(one, model.Scheme))
    return {
        (str(scheme.id), str(id_)): scheme.class_name(str(id_))
        for scheme in (*hidden, *playbook.schemes.values())
        for id_ in scheme.classes
    }


def _values(playbook: Playbook) -> Mapping[str, model.Param]:
    hidden = (p for p in playbook.hidden.values() if isinstance(p, model.Param))
    return {**playbook.params, **{str(p.id): p for p in hidden}}


def _numbers(playbook: Playbook) -> Mapping[str, int]:
    return {
        str(id_): int(p.default)
        for id_, p in playbook.values.items()
        if p.type != "phone" and re.fullmatch("[0-9]{1,12}", p.default)
    }


def _cited(playbook: Playbook) -> Mapping[str, tuple[Cited, ...]]:
    cited: dict[str, list[Cited]] = {}
    for source in playbook.sources.values():
        for id_, fact in source.facts.items():
            for ref in fact.in_:
                cited.setdefault(ref.entity, []).append(Cited(source, str(id_), fact, ref))
    return {k: tuple(v) for k, v in cited.items()}


def who_uses(
    playbook: Playbook,
    in_map: Callable[[str, Any, Callable[[Any], uses.Uses]], uses.Uses] = lambda _, of, say: say(
        of
    ),
) -> uses.Uses:
    """Return `Playbook.used`, made anew.

    `in_map` is given each map of records under its name, and what says what they name.
    """
    held: dict[str, list[Use]] = {}
    entities, guides = playbook.entities.items(), playbook.class_guides
    for named in (
        *(in_map(kind, of, uses.in_entities) for kind, of in entities),
        in_map("class_guides", guides, uses.in_guides),
        uses.by_what(uses.in_record(uses.SETTINGS, playbook.settings)),
        uses.by_what(uses.in_lines(lines(playbook.content))),
    ):
        for to, found in named.items():
            held.setdefault(to, []).extend(found)
    return {to: tuple(found) for to, found in held.items()}
