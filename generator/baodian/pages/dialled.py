"""Telephone numbers of a text as links to tap."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from baodian import page
from baodian.model import telephones
from baodian.page import Link
from baodian.playbook import Playbook


def numbers(playbook: Playbook, text: str) -> tuple[telephones.Call, ...]:
    """Return the numbers of a text that the checks have passed, those of its parameters with it."""
    calls: list[telephones.Call] = []
    for call in telephones.parse(text):
        if isinstance(call, telephones.Call):
            calls.append(call)
        else:
            own = [
                replace(number, param=call.param)
                for number in numbers(playbook, playbook.value(call.param))
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
