"""How often something is done, in words and as a year."""

from __future__ import annotations

from collections.abc import Iterable

from baodian import model, page
from baodian.page import Link, Origin, Text
from baodian.pages.ground import Ground
from baodian.pages.whom import role_names
from baodian.playbook.contacts import rate
from baodian.text.units import agreeing


def year(ground: Ground, rhythms: Iterable[model.Rhythm]) -> page.Year:
    """Return rhythms as lines of a year, with who does it and how often in words."""
    return page.Year(tuple(_beat(ground, rhythm) for rhythm in rhythms))


def _beat(ground: Ground, rhythm: model.Rhythm) -> page.Beat:
    often = rhythm.each or rhythm.whole
    said = (*how_often(ground, rhythm), Text(f" · {role_names(ground, rhythm.who)}"))
    times = round(rate(ground.playbook, often)) if often else 0
    link = Link(str(rhythm.what), ground.address(rhythm))
    return page.Beat(link, said, times, Origin(rhythm.key, None, rhythm.at))


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
        if (mark := f"【param:{id_}】") in text:
            text = text.replace(mark, ground.playbook.value(id_))
    return agreeing(text)
