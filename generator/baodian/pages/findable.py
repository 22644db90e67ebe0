"""How entities are found besides by their pages: other names, for whom, by which channel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from baodian import model, page, rules
from baodian.page import Entry, Filters, FilterValue, Findable, Index, Page, Ruler, line
from baodian.pages.ground import Ground
from baodian.pages.parts import acting
from baodian.pages.parts.places import CHANGES
from baodian.pages.parts.rulers import rule
from baodian.pages.sheet import shared_page
from baodian.playbook import judging
from baodian.playbook.applying import classes_for
from baodian.said.messages import Message, msg
from baodian.text.units import spans

# The groups of the search's filter, in the order shown; a look says to which its kind belongs.
GROUPS: tuple[tuple[str, Message], ...] = (
    ("moment", msg("Moments")), ("class", msg("Customers")), ("script", msg("Scripts")),
    ("checklist", msg("Self-checks")), ("guide", msg("Methods")),
    ("entitlement", msg("Entitlements")), ("case", msg("Cases")),
    ("plan", msg("Plans and people")), ("term", msg("Words")), ("param", msg("Parameters")),
    ("page", msg("Other pages")),
)  # fmt: skip


def found_by(ground: Ground) -> dict[str, Findable]:
    """Return what a search knows of each entity and class, by `kind:id`."""
    findables: dict[str, Findable] = {}
    for entity in ground.playbook.all():
        findables[entity.key] = Findable(
            aliases=tuple(dict.fromkeys(_names(entity))),
            pinyin=str(entity.pinyin or "") if isinstance(entity, model.Term) else "",
            classes=_classes(ground, entity),
            channels=tuple(map(str, getattr(entity, "channels", ()))),
        )
    for scheme, id_, class_ in ground.playbook.classes():
        key = f"{scheme.id}/{id_}"
        names = tuple(dict.fromkeys(_class_names(ground, class_)))
        findables[f"class:{key}"] = Findable(names, classes=(key,))
    return findables


def _names(entity: model.Entity) -> Iterator[str]:
    yield from map(str, entity.aliases)
    if isinstance(entity, model.Script):
        yield from map(str, entity.they_also_say)
    if isinstance(entity, model.Term):
        yield from map(str, (*entity.not_, *filter(None, (entity.english, entity.traditional))))


def _class_names(ground: Ground, class_: model.Class) -> Iterator[str]:
    """Yield what else a class is called; a letter is also said with a word behind it."""
    yield from map(str, class_.aliases)
    if class_.call_them:
        yield str(class_.call_them)
    if class_.code:
        yield str(class_.code)
    if len(class_.name) == 1:
        t = ground.t
        yield t("grade {letter}", letter=class_.name)
        yield t("class {letter}", letter=class_.name)


def _classes(ground: Ground, entity: model.Entity) -> tuple[str, ...]:
    """Return the classes that an entity is for; what is for everyone is for each of them."""
    playbook = ground.playbook
    if isinstance(entity, model.Scheme):
        return tuple(f"{entity.id}/{id_}" for id_ in entity.classes)
    if isinstance(entity, model.Case):
        return tuple(f"{c.scheme}/{c.name}" for c in entity.profile)
    if isinstance(entity, model.Transition):
        starts = [f"{scheme}/{id_}" for scheme, id_ in ground.starts(entity)]
        return tuple([*starts, f"{entity.to.scheme}/{entity.to.name}"] if entity.to else starts)
    classes = playbook.once(classes_for).get(entity.key, ())
    return tuple(f"{scheme}/{id_}" for scheme, id_ in classes)


def everything(ground: Ground) -> Page:
    """Return the index of everything, which stands in for the search where no script runs."""
    t = ground.t
    groups = []
    for value, kinds in filters(ground).kinds:
        entries = tuple(entry for kind in kinds for entry in _entries(ground, kind))
        if entries:
            groups.append((f"g-{value.id}", value.name, entries))
    lead = line(t("Every entry by name. The search above finds words inside them too."))
    return shared_page(
        ground,
        "search.html",
        t("Everything by name"),
        "home",
        "index",
        (Index(tuple(groups)),),
        lead=lead,
    )


def _entries(ground: Ground, kind: str) -> Iterator[Entry]:
    playbook = ground.playbook
    if kind == "class":
        for scheme, id_, _ in playbook.classes():
            yield Entry(scheme.class_name(id_), ground.class_address(scheme, id_))
        return
    for entity in playbook.of_kind(kind).values():
        yield Entry(ground.title(kind, str(entity.id)), ground.address(entity))


FOR_EDITORS = ("source", "reason", "slot", "param#p")
"""Kinds that only editors use; of a parameter its ranges, and where it is used."""
NAMING_ALL = ("index.html", "search.html", CHANGES)
"""Pages that only tell again what stands elsewhere."""


def behind(pages: Iterable[Page]) -> tuple[str, ...]:
    """Return what readers do not look for: kinds, and pages that are no entity's."""
    own = (
        p for p in pages
        if not p.entity
        and (p.section == "editors" or p.kind == acting.KIND or p.address in NAMING_ALL)
    )  # fmt: skip
    return (*FOR_EDITORS, *(f"page:{page.address}" for page in own))


def filters(ground: Ground) -> Filters:
    """Return what results can be narrowed by."""
    t = ground.t
    return Filters(
        kinds=tuple((FilterValue(id_, t.text(name)), kinds) for id_, name, kinds in groups(ground)),
        classes=tuple(
            FilterValue(f"{scheme.id}/{id_}", scheme.class_name(id_), scheme.label)
            for scheme, id_, _ in ground.playbook.classes()
        ),
        channels=tuple(FilterValue(str(c.id), c.label) for c in ground.playbook.channels.values()),
    )


def groups(ground: Ground) -> Iterator[tuple[str, Message, tuple[str, ...]]]:
    """Yield the groups of the search's filter: id, name, kinds."""
    for id_, name in GROUPS:
        kinds = tuple(look.kind for look in ground.looks.values() if look.group == id_)
        yield id_, name, kinds


def rulers(ground: Ground) -> Iterator[Ruler]:
    """Yield the rulers that ask for a number with a unit, as a query may tell it: 35 天没订货."""
    for scheme in ground.playbook.schemes.values():
        asks = {
            str(id_): (
                spans(str(asked.unit)),
                tuple(map(str, (asked.name, *asked.aliases))),
            )
            for id_, asked in scheme.dimensions.items()
            if asked.unit
        }
        if asks:
            dimensions = judging.dimensions(ground.playbook, scheme.dimensions)
            walk = rules.walk(dimensions, judging.rules_of(ground.playbook, scheme))
            why = {str(id_): _why(ground, scheme, str(id_), c) for id_, c in scheme.classes.items()}
            yield Ruler(str(scheme.id), asks, walk, why, _called(scheme))


def _called(scheme: model.Scheme) -> dict[str, tuple[str, ...]]:
    """Return the search words that several classes share, with these classes."""
    called: dict[str, tuple[str, ...]] = {}
    for id_, class_ in scheme.classes.items():
        for alias in map(str, class_.aliases):
            called[alias] = (*called.get(alias, ()), str(id_))
    return {alias: those for alias, those in called.items() if len(those) > 1}


def _why(ground: Ground, scheme: model.Scheme, id_: str, class_: model.Class) -> tuple[str, ...]:
    """Return the rule of a class; what is found of a class without a page is named by its ruler."""
    named = "" if scheme.has_guides else f"{scheme.class_name(id_)}{ground.t.colon}"
    return tuple(f"{named}{page.plain(line)}" for line in rule(ground, scheme, class_))
