"""For whom something holds: selectors and roles, in words and as classes."""

from __future__ import annotations

from collections.abc import Iterable

from baodian import model, page
from baodian.model.references import Selector, Term
from baodian.page import Filter, Inline, Text
from baodian.pages.ground import Ground
from baodian.playbook import Class
from baodian.playbook.applying import classes_for


def classes_of(ground: Ground, selectors: Iterable[Selector]) -> Inline:
    """Return for whom something holds, with links to the classes."""
    pieces: list[page.Segment] = []
    for selector in selectors:
        if pieces:
            pieces.append(Text(ground.t.semicolon))
        if selector.everyone:
            pieces.append(Text(ground.t("everyone")))
        for number, term in enumerate(selector.terms):
            if number:
                pieces.append(Text(ground.t(" and ")))
            pieces.extend(_term(ground, term))
    return tuple(pieces)


def _term(ground: Ground, term: Term) -> tuple[page.Segment, ...]:
    if term.low is None:
        return (ground.link("scheme", term.scheme), Text(ground.t(" (all)")))
    low = ground.link("class", f"{term.scheme}/{term.low}")
    if term.low == term.high:
        return (low,)
    return (low, Text(ground.t(" to ")), ground.link("class", f"{term.scheme}/{term.high}"))


def whom(ground: Ground, selectors: Iterable[Selector]) -> tuple[Class, ...]:
    """Return the classes that selectors name, conditions left out, each once."""
    classes = (c for s in selectors for term in s.terms[:1] for c in ground.playbook.selected(term))
    return tuple(dict.fromkeys(classes))


def role_names(ground: Ground, roles: Iterable[str]) -> str:
    """Return the names of roles, joined."""
    return ground.t.listed(ground.title("role", str(role)) for role in roles)


def class_facets(ground: Ground, entity: model.Entity) -> tuple[str, ...]:
    """Return the classes an entity holds for, as `scheme-class`; all of them for everyone."""
    classes = ground.playbook.once(classes_for).get(entity.key, ())
    return tuple(f"{scheme}-{id_}" for scheme, id_ in classes)


def class_filter(ground: Ground, used: Iterable[str]) -> Filter:
    """Return the filter by class of an index: the classes that occur in it, as `scheme-class`."""
    occurring = set(used)
    choices = tuple(
        (f"{scheme.id}-{id_}", f"{scheme.name} · {scheme.class_name(id_)}")
        for scheme, id_, _ in ground.playbook.classes()
        if f"{scheme.id}-{id_}" in occurring
    )
    return Filter("class", ground.t("Class"), choices)


def class_filter_of(ground: Ground, entities: Iterable[model.Entity]) -> Filter:
    """Return the filter by class for an index of entities that name classes."""
    return class_filter(ground, (c for entity in entities for c in class_facets(ground, entity)))
