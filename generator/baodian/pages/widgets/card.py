"""Script cards: what a script's page needs to fill gaps, walk the answers and copy the words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from baodian import model, page
from baodian.pages.ground import Ground
from baodian.pages.handed import CardData
from baodian.pages.widgets.say import of_gaps
from baodian.values import names

NAME = "card"


def around(
    ground: Ground,
    script: model.Script,
    blocks: tuple[page.Block, ...],
    above: tuple[page.Block, ...] = (),
) -> page.Widget:
    """Return the words of a script, with what stands beside them, as something to work with.

    The gaps of what stands `above` it on its page are filled here too.
    """
    return page.Widget(NAME, data(ground, script, (above, blocks)), blocks)


def data(ground: Ground, script: model.Script, blocks: object) -> CardData:
    """Return the slots of `blocks` with their examples, what a report names, and the words."""
    settings = ground.playbook.settings
    return {
        "id": script.key,
        "title": str(script.title),
        "handbook": str(settings.name),
        "version": str(settings.version),
        "owner": str(settings.owner),
        "slots": [(slot.name, slot.example) for slot in dict.fromkeys(slots(blocks))],
        "words": _words(ground),
    }


def slots(value: object) -> Iterator[page.Slot]:
    """Yield the slots in a block or a part of one, in the order read."""
    if isinstance(value, page.Slot):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from slots(part)
    elif not isinstance(value, page.Origin):
        for name in names(type(value)):
            yield from slots(getattr(value, name))


def _words(ground: Ground) -> Mapping[str, str]:
    t = ground.t
    return {
        "fill": t("Fill the gaps"),
        "open": t("{n} still empty"),
        "filled": t("all filled"),
        "example": t("for example {example}"),
        "kept": t(
            "Filled once, it stands in every script until the day ends; what is your own stays. "
            "It is kept on this device only."
        ),
        "clear": t("Another customer: empty the gaps"),
        "cleared": t("Empty again, in every script; what is your own stays."),
        **of_gaps(t),
        "beside": t("Do and don't"),
        "missing": t("{n} {n|gap|gaps} still open"),
        "again": t("Start from the top"),
        "unfold": t("Show all replies"),
        "fold": t("One reply at a time"),
        "bad": t("This does not work well"),
        "bad_told": t("Copied. Send it to: {owner}."),
        "bad_by_hand": t("Press long on the selected text, copy it and send it to: {owner}."),
        "bad_why": t("In a word, why? (may stay empty)"),
        "bad_again": t("Copy with the reason"),
        "bad_head": t("For {owner}: these words of “{handbook}” do not work well"),
        "bad_page": t("Page: {title}"),
        "bad_line": t("Where the customer says: {line}"),
        "bad_id": t("Id: {id}"),
        "bad_version": t("Version: {version}"),
        "bad_reason": t("Why: {why}"),
    }
