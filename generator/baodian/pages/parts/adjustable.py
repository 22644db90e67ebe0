"""What a city, a team or the company may set: single values, and things that are set as a whole."""

from __future__ import annotations

from baodian import model
from baodian.pages.ground import Ground


def wholes(ground: Ground) -> tuple[model.Adjustable, ...]:
    """Return what is set as a whole: rulers, tables, plans and rhythms, where they live."""
    playbook = ground.playbook
    adjustable: tuple[model.Adjustable, ...] = (
        *playbook.schemes.values(), *playbook.matrices.values(), *playbook.tables.values(),
        *playbook.plans.values(), *playbook.rhythms.values(),
    )  # fmt: skip
    return tuple(entity for entity in adjustable if entity.set_by)


def adjustable(ground: Ground) -> bool:
    """Say whether there is anything on the page of what can be set."""
    playbook = ground.playbook
    return bool(playbook.params or wholes(ground) or playbook.slots)
