"""What later days change on the pages of an edition, said on each of them before its day."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import takewhile

from baodian import model, page
from baodian.page import Page, Text
from baodian.pages.compared import Difference, compared
from baodian.pages.ground import Ground
from baodian.pages.parts import pieces
from baodian.pages.parts.alterations import (
    Alteration,
    alterations,
    called,
    dated,
    ended,
    listed,
    termed,
    told,
)
from baodian.pages.touched import shown, unmarked
from baodian.trees import Key, Tree

DAY = datetime.timedelta(days=1)
FEW = 2
"""How many days to come a page names each on a line of its own."""


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
    notes: dict[str, list[page.Callout]] = {}
    before = pages
    altered = _Altered(ground)
    for one in later:
        turning = tuple(_turning(ground, one, altered))
        changed = differing(before, one.pages)
        stood = {page.address: page for page in before}
        for address in (a for a in changed if a in known and not unmarked(known[a])):
            new, old = changed[address], stood.get(address)
            differences = compared(old, new) if new and old else ()
            if new is None or differences:
                turns.setdefault(address, one.day)
                notes.setdefault(address, []).extend(
                    _notes(ground, one.day, turning, known[address], differences, gone=new is None)
                )
        before = one.pages
    return tuple(
        replace(
            p,
            blocks=(*_together(ground, notes[p.address]), *p.blocks),
            turns=str(turns[p.address]),
        )
        if p.address in turns
        else p
        for p in pages
    )


def _together(ground: Ground, notes: list[page.Callout]) -> tuple[page.Block, ...]:
    """Return what a page says of days to come; much of it in one, so that advice stays in sight."""
    if len(notes) <= FEW:
        return tuple(notes)
    title = ground.t("Coming soon ({n}): {what}", n=len(notes), what=notes[0].title)
    inside = tuple(replace(note, folded=False) for note in notes)
    return (page.Callout("coming", title, inside, since=notes[0].since, folded=True),)


def unannounced(one: Page) -> Page:
    """Return a page as it was before it was told what later days bring."""
    if not one.turns:
        return one
    notes = takewhile(lambda b: isinstance(b, page.Callout) and b.kind == "coming", one.blocks)
    return replace(one, blocks=one.blocks[len(tuple(notes)) :], turns="")


class _Altered(dict[str, tuple[Alteration, ...]]):
    """What each layer alters, by its key; asked for only once."""

    def __init__(self, ground: Ground) -> None:
        super().__init__()
        self._ground = ground

    def of(self, layer: model.Layer) -> tuple[Alteration, ...]:
        if layer.key not in self:
            self[layer.key] = alterations(self._ground, layer)
        return self[layer.key]


def _turning(ground: Ground, later: Later, altered: _Altered) -> Iterator[Turn]:
    """Yield what begins and ends on a day; in a city, what the city does not set itself."""
    city, day = ground.playbook.overlays.get(ground.edition.city), later.day
    own = altered.of(city) if city else ()
    here = tuple(one for one in own if one.holds(day))
    for layer in (*ground.playbook.of(model.Change).values(), *((city,) if city else ())):
        of = own if layer is city else altered.of(layer)
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
    differences: tuple[Difference, ...],
    *,
    gone: bool,
) -> Iterator[page.Callout]:
    """Yield what a page says of a day: what of it turns, else the lines that will be others."""
    if gone and on.entity:
        differences = (Difference(on.title, "", frozenset((on.entity,))),)
    said = False
    for turn in turning:
        if those := shown(ground, turn.altered, on, differences):
            why = map(page.Paragraph, _about(ground, turn, those))
            told_on = (*told(ground, turn.layer, those), *why)
            title = _title(ground, day, turn, those)
            of = "" if turn.over else turn.layer.key
            entries = () if on.entity else _entries(ground, those, differences)
            yield page.Callout(
                "coming", title, told_on, since=str(day), folded=True, about=of, entries=entries
            )
            said = True
    if not said:
        yield _lines(ground, day, turning, differences, gone=gone)


def _entries(
    ground: Ground, altered: Iterable[Alteration], differences: Iterable[Difference]
) -> tuple[str, ...]:
    """Return what is altered, and what of a page differs because it uses that, as `kind:id`."""
    about = frozenset(key for one in differences for key in one.about)
    keys = frozenset(one.key for one in altered)
    used = ground.playbook.used
    users = {use.by for key in keys for use in used.get(key, ()) if use.by in about}
    return tuple(sorted(keys | users))


def _lines(
    ground: Ground,
    day: datetime.date,
    turning: tuple[Turn, ...],
    differences: tuple[Difference, ...],
    *,
    gone: bool,
) -> page.Callout:
    """Return what a page says of a day on which nothing turns that it shows itself.

    An audience is told in words only of things with dates of their own: the rest may come from a
    change that it must not know of before its day.
    """
    t = ground.t
    about = frozenset(key for one in differences for key in one.about)
    mine = [one.said for one in dated(ground) if one.day == day and one.key in about]
    lines = mine
    if not mine and not ground.edition.audience:
        lines = [page.line(line) for one in differences if (line := _line(one))]
    lines = [] if gone else list(dict.fromkeys(lines))
    blocks: list[page.Block] = [listed(lines)] if lines else []
    layers = tuple({turn.layer.key: turn.layer for turn in turning}.values())
    links = (page.LinkItem(page.Link(one.label, ground.address(one))) for one in layers)
    if layers:
        blocks.append(page.Links(tuple(links)))
    named = [one.label for one in layers if isinstance(one, model.Change)] or [
        one.label for one in layers
    ]  # a city has no title
    text = t("this page is gone") if gone else t.listing.join(named)
    text = text or t("this page changes")
    title = t("From {day}: {what}", day=str(day), what=text)
    return page.Callout("coming", title, tuple(blocks), since=str(day), folded=bool(blocks))


def _line(one: Difference) -> str:
    """Return a difference in one line; "" for bare numbers, which say nothing by themselves."""
    said = " → ".join(filter(None, (one.before, one.after)))
    return said if any(sign.isalpha() for sign in said) else ""


def _title(ground: Ground, day: datetime.date, turn: Turn, those: tuple[Alteration, ...]) -> str:
    """Return the line that a page says of a turn; of a city, which has no title, what it is."""
    t, what = ground.t, turn.layer.label
    if isinstance(turn.layer, model.Overlay):
        city = t("From {day} in {city}", day=str(day), city=what)
        names = dict.fromkeys(page.plain(one.what) for one in those)
        return f"{city}{t.colon}{t.listing.join(names)}"
    if turn.over:
        return t("From {day}: “{what}” is over", day=str(day), what=what)
    return t("From {day}: {what}", day=str(day), what=what)


def _about(ground: Ground, turn: Turn, altered: Iterable[Alteration]) -> Iterator[page.Inline]:
    """Yield whom something touches that begins, why, what to do, and what about old promises."""
    t, layer = ground.t, turn.layer
    if turn.over:
        return
    if not isinstance(layer, model.Change):
        for why in dict.fromkeys(one.why for one in altered if one.why):
            yield (Text(f"{t('Why')}{t.colon}"), *ground.inline(why))
        return
    event = ground.timeline.by_change.get(str(layer.id))
    if touched := page.plain(pieces.whom(ground, event.pieces)) if event else "":
        yield page.line(f"{t('Whom it touches')}{t.colon}{touched}")
    yield (Text(f"{t('Why')}{t.colon}"), *ground.inline(layer.why))
    yield from termed(ground, layer)
    if layer.say:
        yield (Text(f"{t('What to say')}{t.colon}"), *called(ground, layer.say.kind, layer.say.id))
