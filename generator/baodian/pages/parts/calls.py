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


def first_calls(
    ground: Ground, ids: Iterable[Id], doers: Iterable[str], most: int = 2
) -> tuple[page.Links, ...]:
    """Return whom to call first, as big links: of the rows named, then of the whole table.

    The number to tap, if a row has one; each role once; not those who act here themselves.
    """
    table = ground.playbook.escalations
    named = {str(id_) for id_ in ids}
    rows = (*(table[k] for k in table if k in named), *(table[k] for k in table if k not in named))
    called: dict[str, LinkItem] = {}
    for row in rows:
        if len(called) < most and row.to not in (*doers, *called):
            called[str(row.to)] = _first_call(ground, row)
    return (page.Links(tuple(called.values()), big=True),) if called else ()


def _first_call(ground: Ground, row: model.Escalation) -> LinkItem:
    to, origin = ground.title("role", str(row.to)), page.Origin(row.key, None, row.at)
    for call in numbers(ground.playbook, str(row.tel)) if row.tel else ():
        note = (page.Strong(call.text), page.Text(f" {row.what}"))
        return LinkItem(Link(to, call.href), note, origin)
    return LinkItem(Link(to, ground.address(row)), page.line(str(row.what)), origin)


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
