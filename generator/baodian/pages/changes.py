"""What is to come, what has changed, and what is otherwise in a city: a page each, and the list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from baodian import model, page
from baodian.page import Cell, Fact, Heading, Link, LinkItem, Origin, Page, Row, Text
from baodian.pages.ground import Ground
from baodian.pages.parts import pieces
from baodian.pages.parts.alterations import (
    Alteration,
    alterations,
    called,
    dated,
    must_read,
    stands,
    terms,
)
from baodian.pages.parts.places import CALENDAR, CHANGES, FEED
from baodian.pages.parts.tables import cell, without_empty_columns
from baodian.pages.sheet import entity_page, home, shared_page
from baodian.pages.widgets.must import ASKS, must, note, receipts
from baodian.timeline import Event, Piece

OPEN = 6
"""How many things the list of changes shows of one; its own page has them all."""
MOST = 40
"""How many things it shows of one day of the history."""


def write(ground: Ground) -> Iterator[Page]:
    """Yield the list of changes and cities, which may be empty, and a page for each."""
    changes = list(ground.playbook.of(model.Change).values())
    cities = list(ground.playbook.overlays.values())
    yield _index(ground, changes, cities)
    yield from (_change(ground, change) for change in changes)
    yield from (_city(ground, city) for city in cities)


def _index(ground: Ground, changes: list[model.Change], cities: list[model.Overlay]) -> Page:
    t = ground.t
    blocks: list[page.Block] = [*_to_be_read(ground)]
    groups = (
        ("coming", t("Coming soon"), lambda c: c.effective_from.date.toordinal()),
        ("now", t("In force"), lambda c: -c.effective_from.date.toordinal()),
        ("over", t("Over"), lambda c: -c.effective_from.date.toordinal()),
    )
    for how, title, order in groups:
        those = sorted((c for c in changes if stands(ground, c) == how), key=order)
        by_dates = dated(ground) if how == "coming" else ()
        if those or by_dates:
            blocks.append(Heading(title, f"h-{how}"))
        if by_dates:
            blocks.append(page.Bullets(tuple((one.said, None) for one in by_dates)))
        for month, within in groupby(those, lambda c: str(c.effective_from)[:7]):
            blocks.append(Heading(_month(ground, month), f"{how}-{month}", level=3))
            for change in within:
                blocks += _told(ground, change)
    blocks += _history(ground)
    if not blocks:
        blocks.append(page.Paragraph(page.line(t("Nothing is to change, and nothing has."))))
    if cities:
        blocks.append(Heading(t("Different in a city"), "h-cities"))
        cards = (
            page.Card(city.label, ground.address(city), ground.inline(city.intro),
                      (t("{n} {n|difference|differences}", n=len(alterations(ground, city))),))
            for city in cities
        )  # fmt: skip
        blocks.append(page.Cards(tuple(cards)))
    blocks += _to_follow(ground)
    lead = page.line(t("What changes and from when, and what is different in a city."))
    return shared_page(ground, CHANGES, t("Changes"), "changes", "changes", blocks, lead=lead,
                       in_nav=True)  # fmt: skip


def _month(ground: Ground, month: str) -> str:
    year, _, number = month.partition("-")
    return ground.t("{month}/{year}", month=int(number), year=year)


def _to_be_read(ground: Ground) -> Iterator[page.Block]:
    """Yield what everybody is to confirm, and the way to say that one did."""
    if changes := must_read(ground):
        yield Heading(ground.t("To be read by everybody"), ASKS)
        asked = tuple(must(ground, c, note(ground, c), stays=True) for c in changes)
        yield receipts(ground, changes, asked)


def _told(ground: Ground, change: model.Change) -> Iterator[page.Block]:
    """Yield a change in short: what, why, from when, whom it touches, from what to what."""
    event = ground.timeline.by_change.get(str(change.id))
    those = event.pieces if event else ()
    yield page.Cards((_card(ground, change),))
    facts = (*_facts(ground, change, those), *pieces.told(ground, those, OPEN).facts)
    if facts:
        yield page.Facts(facts)


def _history(ground: Ground) -> Iterator[page.Block]:
    """Yield what was changed without announcing it, by month and day, and what of it is missing."""
    t, timeline = ground.t, ground.timeline
    known, today = ground.playbook.of(model.Change), ground.today
    past = [
        e for e in reversed(timeline.events)
        if e.change not in known and e.pieces and e.begun(today)
    ]  # fmt: skip
    if not past and not timeline.gap and not timeline.skipped:
        return
    yield Heading(t("Changed in the handbook itself"), "h-history")
    if timeline.since:
        yield page.Paragraph(page.line(t("Noted since {day}.", day=str(timeline.since))))
    if timeline.gap:
        why = (page.Paragraph(page.line(timeline.gap)),)
        yield page.Folded(t("What was changed earlier is not told here."), why, "h-gap")
    for month, events in groupby(past, lambda event: str(event.day)[:7]):
        yield Heading(_month(ground, month), f"history-{month}", level=3)
        for event in events:
            yield from _day(ground, event)
    if timeline.skipped:
        lines = tuple(
            (page.line(t("{day}, {revision}: {why}", day=str(s.day), revision=s.revision,
                         why=s.why)), None)
            for s in timeline.skipped
        )  # fmt: skip
        yield page.Folded(t("Days that cannot be read"), (page.Bullets(lines),), "h-skipped")


def _day(ground: Ground, event: Event) -> Iterator[page.Block]:
    """Yield what a day brought, closed if it is much."""
    t = ground.t
    n = len(pieces.by_thing(event))
    title = t("{day}: {n} {n|thing is|things are} otherwise", day=str(event.day), n=n) if n else (
        t("{day}: the same in other words", day=str(event.day)))  # fmt: skip
    if event.source == "folder":
        title = t("{title}, new in this edition", title=title)
    told = pieces.told(ground, event.pieces, MOST, whom_each=True)
    yield page.Folded(title, (told,), pieces.anchor(event))


def _to_follow(ground: Ground) -> Iterator[page.Block]:
    """Yield how one hears of changes without looking."""
    t = ground.t
    yield Heading(t("To hear of changes"), "h-follow")
    yield page.Links(
        (
            LinkItem(
                Link(t("Feed"), FEED),
                page.line(t("for a feed reader: tells of each change by itself")),
            ),
            LinkItem(
                Link(t("Calendar of changes"), CALENDAR),
                page.line(t("for the calendar of a phone or mail program: first and last days")),
            ),
        )
    )


def _card(ground: Ground, change: model.Change) -> page.Card:
    badges = [ground.t("from {day}", day=str(change.effective_from))]
    if change.effective_until:
        badges.append(ground.t("until {day}", day=str(change.effective_until)))
    return page.Card(change.label, ground.address(change), ground.inline(change.why), tuple(badges))


def _change(ground: Ground, change: model.Change) -> Page:
    t = ground.t
    event = ground.timeline.by_change.get(str(change.id))
    those = event.pieces if event else ()
    facts = [Fact(t("From"), (page.line(str(change.effective_from)),))]
    if change.effective_until:
        facts.append(Fact(t("Last day"), (page.line(str(change.effective_until)),)))
    facts += [Fact(t("Why"), (ground.inline(change.why),)), *_facts(ground, change, those)]
    if change.approved_by:
        facts.append(Fact(t("Approved by"), (page.line(str(change.approved_by)),)))
    blocks: list[page.Block] = []
    if change.draft:
        blocks.append(page.Callout("draft", t("Draft"), ()))
    elif change in must_read(ground):
        asks = replace(note(ground, change), blocks=())
        blocks.append(must(ground, change, asks, stays=True))
    blocks += [
        page.Facts(tuple(facts)),
        Heading(t("What changes"), "h-what", origin=home(change)),
        *(
            _what(ground, those)
            if those
            else (_table(ground, change, alterations(ground, change)),)
        ),
    ]
    badges = {"coming": t("Coming soon"), "now": t("In force"), "over": t("Over")}
    return entity_page(ground, change, blocks, badges=(badges[stands(ground, change)],))


def _facts(ground: Ground, change: model.Change, those: Sequence[Piece]) -> Iterator[Fact]:
    """Yield whom a change touches, what to do about it, what was promised, and what to say."""
    t = ground.t
    if touched := pieces.whom(ground, those):
        yield Fact(t("Whom it touches"), (touched,))
    for label, text in terms(ground, change):
        yield Fact(label, (text,))
    if change.say:
        yield Fact(t("What to say"), (called(ground, change.say.kind, change.say.id),))


def _what(ground: Ground, those: Iterable[Piece]) -> Iterator[page.Block]:
    """Yield what a change brings, and what follows from it."""
    if meant := [piece for piece in those if piece.kind != pieces.REWORDED]:
        yield pieces.told(ground, meant)
    yield from pieces.rewording(ground, those)
    effects = pieces.effects(ground, meant)
    if effects.lines:
        yield Heading(ground.t("What follows from it"), "h-effects")
        yield effects


def _city(ground: Ground, city: model.Overlay) -> Page:
    t = ground.t
    blocks: list[page.Block] = []
    if city.draft:
        blocks.append(page.Callout("draft", t("Draft"), ()))
    if city.approved_by:
        blocks.append(page.Facts((Fact(t("Approved by"), (page.line(str(city.approved_by)),)),)))
    blocks += [
        Heading(t("What is different here"), "h-what", origin=home(city)),
        _table(ground, city, alterations(ground, city)),
    ]
    return entity_page(ground, city, blocks, lead=ground.inline(city.intro))


def _table(ground: Ground, layer: model.Layer, altered: Iterable[Alteration]) -> page.Table:
    """Return what a layer alters: what, how it was and is, from and until when, why, by whom."""
    t, in_city = ground.t, isinstance(layer, model.Overlay)
    everyone = str(layer.approved_by or "")  # said once above
    now = (
        t("Then")
        if isinstance(layer, model.Change) and stands(ground, layer) == "coming"
        else t("Now")
    )
    old, new = (t("Before"), now) if isinstance(layer, model.Change) else (
        t("Elsewhere"), t("Here"))  # fmt: skip
    rows = [
        Row(
            (
                cell((*one.what, *((Text(f"{t.colon}{one.part}"),) if one.part else ()))),
                Cell((ground.inline(one.before),) if one.before else ()),
                cell(ground.inline(one.after), *map(page.line, _dates(ground, one, in_city))),
                cell(ground.inline(one.why), *map(page.line, _approved(ground, one, everyone))),
            ),
            None,
            Origin(layer.key, None, one.at),
        )
        for one in altered
    ]
    columns = (t("What"), old, new, t("Why"))
    return without_empty_columns(columns, rows)


def _dates(ground: Ground, one: Alteration, in_city: bool) -> tuple[str, ...]:
    """Return from when something holds, and how long; a change says its first day once above."""
    t, since = ground.t, one.since if in_city else None
    return (
        *((t("From {day}", day=str(since)),) if since else ()),
        *((t("until {day}", day=str(one.until)),) if one.until else ()),
    )


def _approved(ground: Ground, one: Alteration, everyone: str) -> tuple[str, ...]:
    """Return who approved something, if that is not who approved all."""
    own = one.approved_by if one.approved_by != everyone else ""
    return (ground.t("approved by {who}", who=own),) if own else ()
