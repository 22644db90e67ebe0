"""Whom to call beyond one's limit."""

from __future__ import annotations

from collections.abc import Iterable

from baodian import model, page
from baodian.model.ids import Id
from baodian.page import Link, LinkItem
from baodian.pages.dialled import numbers
from baodian.pages.ground import Ground


def beyond(ground: Ground, ids: tuple[Id, ...]) -> tuple[page.Block, ...]:
    """Return whom to call, by rows of the escalation table, as big links below a heading.

    Their numbers follow, so that nobody has to look for one in a hurry. Rows that this edition does
    not show are left out, and the heading with them if none is left.
    """
    rows = [row for id_ in ids if (row := ground.playbook.escalations.get(str(id_)))]
    if not rows:
        return ()
    items = (*(_call(ground, row) for row in rows), *to_dial(ground, rows))
    heading = page.Heading(ground.t("Beyond your limit"), "h-escalate")
    return (heading, page.Links(items, big=True))


def _call(ground: Ground, row: model.Escalation) -> LinkItem:
    to = ground.title("role", str(row.to))
    note = (page.Text(f"{to}{ground.t(', ')}"), *ground.inline(row.by))
    return LinkItem(Link(str(row.what), ground.address(row)), note)


def to_dial(ground: Ground, rows: Iterable[model.Escalation]) -> tuple[LinkItem, ...]:
    """Return the numbers of rows to tap, each once: whose it is, the number, its hours."""
    items: dict[str, LinkItem] = {}
    for row in rows:
        for call in numbers(ground.playbook, str(row.tel)) if row.tel else ():
            kind, id_ = ("param", call.param) if call.param else ("role", str(row.to))
            link = Link(ground.title(kind, id_), call.href)
            items.setdefault(call.href, LinkItem(link, page.line(call.text + call.beside)))
    return tuple(items.values())
