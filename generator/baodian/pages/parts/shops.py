"""A list whose items say where in a shop to look, as a drawing with their numbers."""

from __future__ import annotations

from collections.abc import Mapping

from baodian import model, page
from baodian.model.choices import CHOICES
from baodian.model.ids import Id
from baodian.pages.ground import Ground, anchored

FEWEST = 2  # items with a place; one alone is found without a drawing


def numbers(checklist: model.Checklist) -> Mapping[Id, int]:
    """Return the number in the list (from 1) of each item that a drawing of a shop shows."""
    placed = {
        id_: number for number, (id_, line) in enumerate(checklist.lines(), 1) if line.where
    }  # fmt: skip
    return placed if len(placed) >= FEWEST else {}


def drawn(ground: Ground, checklist: model.Checklist) -> tuple[page.Shop, ...]:
    """Return the shop with the numbers of a list's items, if enough of them say where to look."""
    t, known = ground.t, numbers(checklist)
    spots = tuple(
        page.Spot(
            known[id_], page.plain(ground.inline(line.text)), line.where.word,
            f"{ground.address(checklist)}#{anchored(str(id_))}",
        )
        for id_, line in checklist.lines() if id_ in known and line.where
    )  # fmt: skip
    if not spots:
        return ()
    names = {spot.place: t.text(CHOICES[spot.place]) for spot in spots}
    told = t.listed([f"{spot.number} {names[spot.place]}" for spot in spots])
    alt = t("A shop, with where to look: {places}", places=told)
    caption = t("A number is a line of the list below; tap it to go there.")
    return (page.Shop(spots, tuple(names.items()), alt, caption),)
