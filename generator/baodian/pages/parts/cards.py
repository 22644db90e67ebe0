"""Something with a page as a card to tap."""

from __future__ import annotations

from collections.abc import Iterable

from baodian import page
from baodian.model.references import Ref
from baodian.page import Card, Origin
from baodian.pages.ground import Ground


def cards(ground: Ground, refs: Iterable[Ref]) -> page.Cards:
    """Return references as cards to tap; what this edition does not show is left out."""
    return page.Cards(
        tuple(
            card(ground, ref.kind, ref.id, ref.part)
            for ref in dict.fromkeys(refs)
            if ground.href(ref.kind, ref.id, ref.part)
        )
    )


def card(ground: Ground, kind: str, id_: str, part: str | None = None) -> Card:
    """Return something with a page as a card: its name, what it is for, and its kind."""
    entity = ground.playbook.find(kind, id_)
    text = entity.summary if entity and kind != "class" else None
    return Card(
        title=ground.title(kind, id_),
        href=ground.href(kind, id_, part) or "",
        text=ground.inline(text),
        badges=(ground.kind_word(kind),),
        icon=ground.looks[kind].icon or None,
        origin=Origin(f"{kind}:{id_}", part, entity.at if entity else None),
    )
