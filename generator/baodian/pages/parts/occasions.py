"""The moments of work in the order in which readers see them."""

from __future__ import annotations

from baodian import model
from baodian.pages.ground import Ground


def in_order(ground: Ground) -> tuple[model.Moment, ...]:
    """Return the moments as the first page orders them, then the others."""
    first = [str(id_) for id_ in ground.playbook.settings.home.moments]
    moments = list(ground.playbook.moments.values())
    ranked = {id_: n for n, id_ in enumerate(first)}
    return tuple(sorted(moments, key=lambda m: ranked.get(str(m.id), len(ranked))))
