"""What shows on a page: to know which layers explain that it is another on a day or in a city."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from baodian import page
from baodian.page import Origin, Page
from baodian.pages.ground import Ground
from baodian.pages.parts.alterations import Alteration

UNMARKED = frozenset(("changes", "editors", "home"))
"""Chapters whose pages change with everything, and announce it by what they are."""
UNMARKED_KINDS = frozenset(("index", "search", "change", "changes", "overlay"))


def unmarked(one: Page) -> bool:
    """Say whether a page says by what it is that things change."""
    return one.section in UNMARKED or one.kind in UNMARKED_KINDS


def shows(ground: Ground, one: Alteration, of: Page, shown: frozenset[str]) -> bool:
    """Say whether a page shows what is altered, or something that names it.

    `shown` is what shows on the page. Of entitlements a class shows its own row.
    """
    if one.row and of.entity and of.entity.startswith("class:"):
        matrix = ground.playbook.find(*one.key.split(":", 1))
        if of.entity != f"class:{getattr(matrix, 'rows', '')}/{one.row}":
            return False
    users = ground.playbook.used.get(one.key, ())
    return one.key in shown or any(use.by in shown for use in users)


def touched(value: object) -> frozenset[str]:
    """Return the `kind:id` of all that shows on a page, links and values in texts aside."""
    return frozenset(_origins(value))


def _origins(value: object) -> Iterator[str]:
    if value is None or isinstance(value, str):
        return
    if isinstance(value, Origin):
        yield value.entity
    elif isinstance(value, page.Value):
        base, _, anchor = value.href.partition("#")
        if base == "parameters.html":
            yield f"param:{anchor}"
    elif isinstance(value, Page):
        yield from value.holds
        yield from (value.entity,) if value.entity else ()
        for block in value.blocks:
            yield from _origins(block)
    elif isinstance(value, tuple):
        for one in value:
            yield from _origins(one)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _origins(getattr(value, field.name))
