"""Which playbook a reader sees: an edition, and the playbook as that edition sees it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from baodian import model
from baodian.playbook.audience import restricted
from baodian.playbook.playbook import Playbook
from baodian.said.messages import Words


@dataclass(frozen=True)
class Edition:
    """For whom and when: in which words, on which day, whether drafts are shown, where, for whom.

    `city` and `audience` are ids; "" is everywhere, and those who may see everything.
    """

    words: Words
    today: datetime.date
    drafts: bool = False
    city: str = ""
    audience: str = ""


def seen_by(playbook: Playbook, edition: Edition) -> Playbook:
    """Return the playbook as an edition sees it: what is not part of it is not there.

    The entities left out stay in `hidden`, so that a text which names one can still say its name.
    """
    if edition.audience:
        playbook = restricted(playbook, edition.audience).playbook
    if edition.drafts:
        return playbook
    return published(playbook)


def published(playbook: Playbook) -> Playbook:
    """Return the playbook without its drafts."""
    hidden = {entity.key: entity for entity in playbook.all() if entity.draft}
    guides = {k: guide for k, guide in playbook.class_guides.items() if not guide.draft}
    if not hidden:
        return replace(playbook, class_guides=guides)
    keys = frozenset((*hidden, *_classes_of(hidden.values())))
    return replace(
        playbook,
        entities={
            kind: {id_: e.pruned(keys) for id_, e in entities.items() if e.key not in keys}
            for kind, entities in playbook.entities.items()
        },
        measure_groups={k: group.pruned(keys) for k, group in playbook.measure_groups.items()},
        class_guides=guides,
        hidden={**playbook.hidden, **hidden},
    )


def _classes_of(entities: Iterable[model.Entity]) -> Iterator[str]:
    for entity in entities:
        if isinstance(entity, model.Scheme):
            yield from (f"class:{entity.id}/{id_}" for id_ in entity.classes)
