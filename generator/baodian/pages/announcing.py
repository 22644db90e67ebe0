"""What later days change on the pages of an edition, said on each of them before its day."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import takewhile

from baodian import model, page
from baodian.page import Page, Text
from baodian.pages.ground import Ground
from baodian.pages.parts.alterations import (
    Alteration,
    alterations,
    called,
    dated,
    ended,
    told,
)
from baodian.pages.touched import shows, touched, unmarked
from baodian.trees import Key, Tree

DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Later:
    """The pages of a later day on which something changes."""

    day: datetime.date
    pages: tuple[Page, ...]
    trees: Mapping[Key, Tree]
    """What it is made of."""


@dataclass(frozen=True)
class Turn:
    """What one layer begins or ceases to set on a day."""

    layer: model.Layer
    altered: tuple[Alteration, ...]
    over: bool = False


def differing(pages: Iterable[Page], others: Iterable[Page]) -> Mapping[str, Page | None]:
    """Return the pages of `others` that are not as in `pages`, None for those that it has not."""
    theirs, ours = ({page.address: page for page in of} for of in (others, pages))
    changed = {a: theirs.get(a) for a, p in ours.items() if not alike(theirs.get(a), p)}
    return {**changed, **{a: p for a, p in theirs.items() if a not in ours}}


def alike(one: Page | None, other: Page | None) -> bool:
    """Say whether two pages say the same, of neighbours and of days that merely passed aside."""
    return one is other or _alone(one) == _alone(other)


def _alone(one: Page | None) -> Page | None:
    return replace(one, before=None, after=None, overdue="") if one else None


def announced(ground: Ground, pages: tuple[Page, ...], later: Iterable[Later]) -> tuple[Page, ...]:
    """Return the pages of an edition with a line on each that a later day changes, and from when.

    `later` are those of the same city, by their days. A page also knows its first such day, so that
    a copy read after it can say so by itself.
    """
    known = {page.address: page for page in pages}
    turns: dict[str, datetime.date] = {}
    notes: dict[str, list[page.Block]] = {}
    before = pages
    for one in later:
        turning = tuple(_turning(ground, one))
        changed = differing(before, one.pages)
        for address in (a for a in changed if a in known and not unmarked(known[a])):
            new = changed[address]
            turns.setdefault(address, one.day)
            shown = touched(known[address]) | (touched(new) if new else frozenset())
            notes.setdefault(address, []).extend(
                _notes(ground, one.day, turning, known[address], shown, gone=new is None)
            )
        before = one.pages
    return tuple(
        replace(p, blocks=(*notes[p.address], *p.blocks), turns=str(turns[p.address]))
        if p.address in turns
        else p
        for p in pages
    )


def unannounced(one: Page) -> Page:
    """Return a page as it was before it was told what later days bring."""
    if not one.turns:
        return one
    notes = takewhile(lambda b: isinstance(b, page.Callout) and b.kind == "coming", one.blocks)
    return replace(one, blocks=one.blocks[len(tuple(notes)) :], turns="")


def _turning(ground: Ground, later: Later) -> Iterator[Turn]:
    """Yield what begins and ends on a day; in a city, what the city does not set itself."""
    city, day = ground.playbook.overlays.get(ground.edition.city), later.day
    own = alterations(ground, city) if city else ()
    here = tuple(one for one in own if one.holds(day))
    for layer in (*ground.playbook.of(model.Change).values(), *((city,) if city else ())):
        of = own if layer is city else alterations(ground, layer)
        free = of if layer is city else tuple(one for one in of if not one.covered(here))
        begins = tuple(one for one in free if one.since == day)
        ends = tuple(one for one in free if one.until and one.until + DAY == day)
        if begins:
            yield Turn(layer, begins)
        if ends:
            yield Turn(layer, tuple(ended(ground, one, later.trees) for one in ends), over=True)


def _notes(
    ground: Ground,
    day: datetime.date,
    turning: tuple[Turn, ...],
    on: Page,
    shown: frozenset[str],
    *,
    gone: bool,
) -> Iterator[page.Block]:
    """Yield what a page says of a day: what it shows of what turns, or that it will change."""
    t = ground.t
    said = False
    for turn in turning:
        those = tuple(one for one in turn.altered if shows(ground, one, on, shown))
        if those:
            about = map(page.Paragraph, _about(ground, turn, those))
            told_on = (*told(ground, turn.layer, those), *about)
            of = "" if turn.over else turn.layer.key
            title = _title(ground, day, turn)
            yield page.Callout("coming", title, told_on, since=str(day), about=of)
            said = True
    if not said:
        text = (
            t("From then on this page is gone.") if gone else t("From then on this page changes.")
        )
        blocks: list[page.Block] = [page.Paragraph((Text(text),))]
        own = [one for one in dated(ground) if one.day == day]
        if mine := [one for one in own if one.key in shown] or own:
            blocks.append(page.Bullets(tuple((one.said, None) for one in mine)))
        if turning:
            links = (page.Link(turn.layer.label, ground.address(turn.layer)) for turn in turning)
            items = tuple(page.LinkItem(link) for link in dict.fromkeys(links))
            blocks.append(page.Links(items))
        title = t("From {day}", day=str(day))
        yield page.Callout("coming", title, tuple(blocks), since=str(day))


def _title(ground: Ground, day: datetime.date, turn: Turn) -> str:
    t, what = ground.t, turn.layer.label
    if isinstance(turn.layer, model.Overlay):
        return t("From {day} in {city}", day=str(day), city=what)
    if turn.over:
        return t("From {day}: “{what}” is over", day=str(day), what=what)
    return t("From {day}: {what}", day=str(day), what=what)


def _about(ground: Ground, turn: Turn, altered: Iterable[Alteration]) -> Iterator[page.Inline]:
    """Yield why something begins, what about old promises, and what to say."""
    t, layer = ground.t, turn.layer
    if turn.over:
        return
    if not isinstance(layer, model.Change):
        for why in dict.fromkeys(one.why for one in altered if one.why):
            yield (Text(f"{t('Why')}{t.colon}"), *ground.inline(why))
        return
    yield (Text(f"{t('Why')}{t.colon}"), *ground.inline(layer.why))
    if layer.promised:
        promised = t("Customers who were promised the old terms")
        yield (Text(f"{promised}{t.colon}"), *ground.inline(layer.promised))
    if layer.say:
        yield (Text(f"{t('What to say')}{t.colon}"), *called(ground, layer.say.kind, layer.say.id))
