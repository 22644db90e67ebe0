"""How often something is done, in words."""

from __future__ import annotations

from baodian import model, page
from baodian.page import Text
from baodian.pages.ground import Ground
from baodian.text.units import agreeing


def how_often(ground: Ground, rhythm: model.Rhythm) -> page.Inline:
    """Return how often a rhythm beats, in words."""
    if rhythm.on:
        events = ground.playbook.settings.events
        return page.line(next((str(v) for k, v in events.items() if k == rhythm.on), ""))
    often = ground.inline(_bare_numbers(ground, str(rhythm.each or rhythm.whole)))
    if rhythm.each:
        return often
    role = ground.playbook.roles.get(str(rhythm.per))
    note = ground.t("once for each {role}", role=role.name) if role else ground.t("all at once")
    return (*often, Text(ground.t.aside(note)))


def _bare_numbers(ground: Ground, text: str) -> str:
    for id_ in ground.playbook.params:
        text = text.replace(f"【param:{id_}】", ground.playbook.value(id_))
    return agreeing(text)
