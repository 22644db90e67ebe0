"""A change that must be read: asks until that is confirmed on the device, and lets one tell."""

from __future__ import annotations

from collections.abc import Iterable

from baodian import model, page
from baodian.pages.ground import Ground
from baodian.pages.handed import Must, MustData, ReceiptsData
from baodian.pages.parts import pieces
from baodian.pages.parts.places import CHANGES
from baodian.playbook.successors import former

LINES = 4
"""How many lines a note has; the page of the change has them all."""
ASKS = "h-must"
"""The anchor of what must be read, on the page of all changes."""


def must(ground: Ground, change: model.Change, note: page.Callout, *, stays: bool) -> page.Widget:
    """Return the note of a change with a button to confirm it; with `stays` it is shown ever after.

    Without scripts it is the note alone.
    """
    t = ground.t
    data: MustData = {
        **_of(ground, change),
        "stays": stays,
        "receipts": f"{CHANGES}#{ASKS}",
        "words": {
            "confirm": t("I have read this"),
            "again": t("You read it, and since then it has come to mean something else."),
            "told": t("Noted on this device."),
            "done": t("Read on {day}.", day="{day}"),
            "receipts": t("Tell the supervisor"),
            "blocked": t("This browser keeps nothing here: you will be asked again."),
        },
    }
    return page.Widget("must", data, (note,))


def note(ground: Ground, change: model.Change) -> page.Callout:
    """Return what a change that must be read says: what, from when, where more."""
    t, event = ground.t, ground.timeline.by_change.get(str(change.id))
    things = pieces.by_thing(event) if event else ()
    lines = [(page.line(pieces.line(ground, those)), None) for those in things[:LINES]]
    if more := len(things) - len(lines):
        lines.append((page.line(t("{n} more", n=more)), None))
    if event and pieces.spares(event.pieces):
        lines.append((page.line(pieces.as_before(ground)), None))
    day, what = str(change.effective_from), change.label
    to_come = change.effective_from.date > ground.today
    title = (
        t("To be read, from {day}: {what}", day=day, what=what)
        if to_come
        else t("To be read: {what}", what=what)
    )
    link = page.Link(t("About this change"), ground.address(change))
    since = page.line(t("from {day}", day=day))
    blocks = (
        *((page.Bullets(tuple(lines)),) if lines else ()),
        page.Links((page.LinkItem(link, since),)),
    )
    return page.Callout("must", title, blocks, about=change.key)


def receipts(
    ground: Ground, changes: Iterable[model.Change], blocks: tuple[page.Block, ...]
) -> page.Widget:
    """Return all that must be read, in `blocks`, with a text that tells which were."""
    t, handbook = ground.t, str(ground.playbook.settings.name)
    data: ReceiptsData = {
        "all": [_of(ground, change) for change in changes],
        "words": {
            "copy": t("Copy what I have read, for the supervisor"),
            "copied": t("Copied"),
            "by_hand": t("Select the text and copy it"),
            "head": t("Changes to be read: {handbook}", handbook=handbook),
            "name": t("Name: "),
            "read": t("Read:"),
            "row": t("{day} {title} (from {since})", day="{day}", title="{title}", since="{since}"),
            "open": t("Not read yet:"),
            "open_row": t("{title} (from {since})", title="{title}", since="{since}"),
        },
    }
    return page.Widget("receipts", data, blocks)


def _of(ground: Ground, change: model.Change) -> Must:
    return {
        "id": str(change.id),
        "was": former(ground.playbook.retired, change.key),
        "print": ground.timeline.print_of(str(change.id)),
        "title": change.label,
        "since": str(change.effective_from),
    }
