"""What is to come, what has changed, and what is otherwise in a city: a page each, and the list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from baodian import model, page
from baodian.page import Cell, Fact, Heading, Origin, Page, Row, Text
from baodian.pages.ground import Ground
from baodian.pages.parts.alterations import Alteration, alterations, called, dated, stands
from baodian.pages.parts.tables import cell, without_empty_columns
from baodian.pages.sheet import entity_page, home, shared_page

INDEX = "changes/index.html"


def write(ground: Ground) -> Iterator[Page]:
    """Yield the list of changes and cities, and a page for each, if there are any."""
    changes = list(ground.playbook.of(model.Change).values())
    cities = list(ground.playbook.overlays.values())
    if changes or cities or dated(ground):
        yield _index(ground, changes, cities)
    yield from (_change(ground, change) for change in changes)
    yield from (_city(ground, city) for city in cities)


def _index(ground: Ground, changes: list[model.Change], cities: list[model.Overlay]) -> Page:
    t = ground.t
    blocks: list[page.Block] = []
    groups = (
        ("coming", t("Coming soon"), lambda c: c.effective_from.date),
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
        if those:
            blocks.append(page.Cards(tuple(_card(ground, change) for change in those)))
    if cities:
        blocks.append(Heading(t("Different in a city"), "h-cities"))
        cards = (
            page.Card(city.label, ground.address(city), ground.inline(city.intro),
                      (t("{n} {n|difference|differences}", n=len(alterations(ground, city))),))
            for city in cities
        )  # fmt: skip
        blocks.append(page.Cards(tuple(cards)))
    lead = page.line(t("What changes and from when, and what is different in a city."))
    return shared_page(ground, INDEX, t("Changes"), "changes", "index", blocks, lead=lead,
                       in_nav=True)  # fmt: skip


def _card(ground: Ground, change: model.Change) -> page.Card:
    badges = [ground.t("from {day}", day=str(change.effective_from))]
    if change.effective_until:
        badges.append(ground.t("until {day}", day=str(change.effective_until)))
    return page.Card(change.label, ground.address(change), ground.inline(change.why), tuple(badges))


def _change(ground: Ground, change: model.Change) -> Page:
    t = ground.t
    facts = [Fact(t("From"), (page.line(str(change.effective_from)),))]
    if change.effective_until:
        facts.append(Fact(t("Last day"), (page.line(str(change.effective_until)),)))
    facts.append(Fact(t("Why"), (ground.inline(change.why),)))
    if change.promised:
        label = t("Customers who were promised the old terms")
        facts.append(Fact(label, (ground.inline(change.promised),)))
    if change.say:
        facts.append(Fact(t("What to say"), (called(ground, change.say.kind, change.say.id),)))
    if change.approved_by:
        facts.append(Fact(t("Approved by"), (page.line(str(change.approved_by)),)))
    blocks: list[page.Block] = []
    if change.draft:
        blocks.append(page.Callout("draft", t("Draft"), ()))
    blocks += [
        page.Facts(tuple(facts)),
        Heading(t("What changes"), "h-what", origin=home(change)),
        _table(ground, change, alterations(ground, change)),
    ]
    badges = {"coming": t("Coming soon"), "now": t("In force"), "over": t("Over")}
    return entity_page(ground, change, blocks, badges=(badges[stands(ground, change)],))


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
