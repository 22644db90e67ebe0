"""What every page has: where it stands, who answers for it, from when, and what it must hold."""

from __future__ import annotations

from collections.abc import Iterable

from baodian import model
from baodian.page import Block, Origin, Page
from baodian.pages.ground import Ground
from baodian.said.problems import At


def entity_page(
    ground: Ground, entity: model.Entity, blocks: Iterable[Block], **more: object
) -> Page:
    """Return the page of an entity; `more` are fields of `Page` that differ from the usual."""
    settings = ground.playbook.settings
    fields: dict[str, object] = {
        "address": ground.address(entity),
        "title": entity.label,
        "kind": entity.kind,
        "section": ground.looks[entity.kind].chapter,
        "blocks": tuple(blocks),
        "entity": entity.key,
        "source": entity.at,
        "draft": entity.draft,
        "owner": str(entity.owner or settings.owner),
        "reviewed": ground.reviewed(entity.key),
        "overdue": overdue(ground, entity.key),
        "effective_from": str(entity.effective_from or settings.effective_from),
        "effective_until": str(entity.effective_until or ""),
        "holds": holds(entity),
    }
    return Page(**{**fields, **more})  # type: ignore[arg-type]


def shared_page(
    ground: Ground, address: str, title: str, section: str, kind: str, blocks: Iterable[Block],
    entities: Iterable[model.Entity] = (), **more: object,
) -> Page:  # fmt: skip
    """Return a page that is the home of several entities, or of none (an index)."""
    settings = ground.playbook.settings
    entities = tuple(entities)
    fields: dict[str, object] = {
        "address": address, "title": title, "kind": kind, "section": section,
        "blocks": tuple(blocks), "owner": str(settings.owner),
        "overdue": some_overdue(ground, (entity.key for entity in entities)),
        "effective_from": str(settings.effective_from),
        "holds": frozenset(held for entity in entities for held in holds(entity)),
    }  # fmt: skip
    return Page(**{**fields, **more})  # type: ignore[arg-type]


NAMED = 5
"""How many overdue things the foot of a page names."""


def overdue(ground: Ground, key: str) -> str:
    """Return by when the thing of a page was to be read again, "" if it is not late."""
    late = ground.late.get(key)
    return ground.t("by {day}", day=str(late.due)) if late else ""


def some_overdue(ground: Ground, keys: Iterable[str]) -> str:
    """Return which of the things on a page were to be read again by when, "" if none is late."""
    t = ground.t
    late = [ground.late[key] for key in keys if key in ground.late]
    named = (
        t("{what} (by {day})", what=ground.title(*one.key.split(":", 1)), day=str(one.due))
        for one in late[:NAMED]
    )
    more = len(late) - NAMED
    return t.listing.join((*named, *((t("{n} more", n=more),) if more > 0 else ())))


def home(entity: model.Entity, part: str | None = None, at: At | None = None) -> Origin:
    """Return the mark of an entity or part on its home page."""
    return Origin(entity.key, part, at or (entity.at if part is None else None), home=True)


def holds(entity: model.Entity) -> frozenset[str]:
    """Return what must be found on the home page of an entity: itself and its parts."""
    return frozenset((entity.key, *(f"{entity.key}#{part}" for part, _ in entity.parts())))
