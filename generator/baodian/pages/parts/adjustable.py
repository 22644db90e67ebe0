"""What a city, a team or the company may set: single values, and things that are set as a whole."""

from __future__ import annotations

from baodian import model
from baodian.pages.ground import Ground


def wholes(ground: Ground) -> tuple[model.Entity, ...]:
    """Return what is set as a whole, where it lives: rulers, plans, rhythms, scripts and others."""
    return tuple(e for e in ground.playbook.all() if e.set_by and not isinstance(e, model.Param))


def adjustable(ground: Ground) -> bool:
    """Say whether there is anything on the page of what can be set."""
    playbook = ground.playbook
    return bool(playbook.params or wholes(ground) or playbook.slots)
