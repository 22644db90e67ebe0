"""Whom to call beyond one's limit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from baodian import model, page
from baodian.model import telephones
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


def numbers(ground: Ground, text: str) -> tuple[telephones.Call, ...]:
    """Return the numbers of a text that the checks have passed, those of its parameters with it."""
    calls: list[telephones.Call] = []
    for call in telephones.parse(text):
        if isinstance(call, telephones.Call):
            calls.append(call)
        else:
            own = [
                replace(number, param=call.param)
                for number in numbers(ground, ground.playbook.value(call.param))
            ]
            calls += own[:-1]
            calls.append(replace(own[-1], beside=own[-1].beside + call.beside))
    return tuple(calls)


def linked(calls: Iterable[telephones.Call]) -> page.Inline:
    """Return numbers to tap, a link each, with what stands beside it."""
    segments: list[page.Segment] = []
    for call in calls:
        segments += [page.Text(" / ")] if segments else []
        segments.append(Link(call.text, call.href))
        segments += [page.Text(call.beside)] if call.beside else []
    return tuple(segments)
