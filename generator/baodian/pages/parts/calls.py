"""Whom to call beyond one's limit."""

from __future__ import annotations

import re
import unicodedata

from baodian import model, page
from baodian.model.ids import Id
from baodian.page import Link
from baodian.pages.ground import Ground


def beyond(ground: Ground, ids: tuple[Id, ...]) -> tuple[page.Block, ...]:
    """Return whom to call, by rows of the escalation table, as big links below a heading.

    Rows that this edition does not show are left out, and the heading with them if none is left.
    """
    rows = [row for id_ in ids if (row := ground.playbook.escalations.get(str(id_)))]
    if not rows:
        return ()
    items = tuple(_call(ground, row) for row in rows)
    heading = page.Heading(ground.t("Beyond your limit"), "h-escalate")
    return (heading, page.Links(items, big=True))


def _call(ground: Ground, row: model.Escalation) -> page.LinkItem:
    to = ground.title("role", str(row.to))
    note = (page.Text(f"{to}，"), *ground.inline(row.by))
    return page.LinkItem(Link(str(row.what), ground.address(row)), note)


def telephone(number: str) -> str | None:
    """Return the address that calls a number; None if there are no digits to dial."""
    dialled = re.sub(r"[^0-9+*#]", "", unicodedata.normalize("NFKC", number))
    return f"tel:{dialled.replace('#', '%23')}" if re.search(r"\d{3}", dialled) else None
