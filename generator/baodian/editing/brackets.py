"""Which characters an edit replaces between `{ }` and `[ ]`, on one line or over several."""

from __future__ import annotations

import re

from baodian.editing.marks import Spot, Text

_GAP = re.compile(r"(?:#.*|[^#,])*", re.MULTILINE)


def inserted(text: Text, spot: Spot, number: int, made: str) -> list[tuple[int, int, str]]:
    """Return the changes that put an entry or item as written before that of a number."""
    if not spot.items:
        place = spot.end - 1
        return [(place, place, made)]
    if number < len(spot.items):
        place = spot.begins(number)
        return [(place, place, f"{made},{_space(text, place)}")]
    end, begin = spot.items[-1].end, spot.begins(number - 1)
    comma = _comma(text, end, spot.end - 1)
    space = _space(text, begin)
    behind = text.line_end(end)
    note = behind < spot.end and "#" in text.text[end:behind]
    if not note:
        place = end if comma is None else comma
        return [(place, place, f",{space}{made}")]
    if comma is None:
        return [(end, end, ","), (behind, behind, f"{space}{made}")]
    return [(behind, behind, f"{space}{made},")]


def deleted(text: Text, spot: Spot, number: int) -> list[tuple[int, int, str]]:
    """Return the changes that take an entry or item away; notes about others stay."""
    begin, end = spot.begins(number), spot.items[number].end
    if number + 1 < len(spot.items):
        following = spot.begins(number + 1)
        comma = _comma(text, end, following)
        assert comma is not None, "a comma stands between two items"
        if "#" not in text.text[end:following]:
            return [(begin, following, "")]
        behind = text.line_end(comma)
        if behind >= following:
            return [(begin, comma + 1, "")]
        if text.leads(begin):  # the line is its own: it goes with its note
            return [(text.line_start(begin), text.next_line(comma), "")]
        return [(begin, behind, "")]
    if number == 0:
        return [(begin, end, "")]
    last = spot.items[number - 1].end
    if "#" not in text.text[last:begin]:
        return [(last, end, "")]
    own = _comma(text, end, spot.end - 1)
    if own is None:
        own, comma = end - 1, _comma(text, last, begin)
        assert comma is not None, "a comma stands between two items"
        before = [(comma, comma + 1, "")]
    else:
        before = []
    if text.leads(begin) and not text.text[own + 1 : text.line_end(own)].strip():
        return [*before, (text.line_start(begin), text.next_line(own), "")]
    return [*before, (begin, own + 1, "")]


def _comma(text: Text, start: int, end: int) -> int | None:
    """Return where the comma behind an item stands, None if there is none; notes have their own."""
    gap = _GAP.match(text.text, start, end)
    place = gap.end() if gap else start
    return place if place < end and text.text[place] == "," else None


def _space(text: Text, begin: int) -> str:
    """Return what stands before an item like the one there: a space, or a new line for each."""
    if text.leads(begin):
        return text.newline(begin) + " " * text.column(begin)
    return " "
