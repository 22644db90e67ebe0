"""How two editions differ, page by page, and which layers explain it: to announce, and to mark."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from itertools import takewhile
from typing import Any

from baodian import model, page
from baodian.page import Origin, Page, Site, Text
from baodian.pages.ground import Ground
from baodian.pages.parts.alterations import Alteration, alterations, coming, dated, marked, told

UNMARKED = frozenset(("changes", "editors", "home"))
"""Chapters whose pages change with everything, and announce it by what they are."""
UNMARKED_KINDS = frozenset(("index", "search", "change", "overlay"))
COMMON_KINDS = frozenset(("health",))
"""Pages about the whole of the handbook, which are the same for all cities."""


@dataclass(frozen=True)
class Later:
    """The handbook of a later day on which something changes."""

    day: datetime.date
    site: Site


def differing(site: Site, other: Site) -> Mapping[str, Page | None]:
    """Return the pages of `other` that are not as in `site`, None for those that it has not."""
    theirs, ours = (
        {page.address: page for page in one.pages if page.kind not in COMMON_KINDS}
        for one in (other, site)
    )
    return {
        **{a: theirs.get(a) for a, p in ours.items() if _alone(theirs.get(a)) != _alone(p)},
        **{a: p for a, p in theirs.items() if a not in ours},
    }


def _alone(one: Page | None) -> Page | None:
    """Return a page without what it says of its neighbours, and of a day that has merely passed."""
    return replace(one, before=None, after=None, overdue="") if one else None


def announced(ground: Ground, site: Site, later: Iterable[Later]) -> Site:
    """Return the handbook with a line on each page that a later day changes, and from when.

    A page also knows its first such day, so that a copy read after it can say so by itself.
    """
    turns: dict[str, datetime.date] = {}
    notes: dict[str, list[page.Block]] = {}
    pages = {page.address: page for page in site.pages}
    before = site
    for one in later:
        starting = tuple(c for c in coming(ground) if c.effective_from.date == one.day)
        for address, new in differing(before, one.site).items():
            if address not in pages or _unmarked(pages[address]):
                continue
            turns.setdefault(address, one.day)
            touched = _touched(pages[address]) | (_touched(new) if new else frozenset())
            notes.setdefault(address, []).extend(
                _coming(ground, one.day, starting, touched, gone=new is None)
            )
        before = one.site
    return replace(
        site,
        pages=tuple(
            replace(p, blocks=(*notes.get(p.address, ()), *p.blocks), turns=str(turns[p.address]))
            if p.address in turns
            else p
            for p in site.pages
        ),
    )


def with_cities(site: Site, cities: Mapping[str, tuple[Ground, Site]]) -> Site:
    """Return the handbook with the pages that are not the same in a city, at `city/address`.

    Only what differs is written again: links of such a page lead to the city's pages where there
    are any, else to those of everywhere. A page says which cities have another one instead.
    """
    pages = {page.address: page for page in site.pages}
    elsewhere: dict[str, list[str]] = {}
    added: list[Page] = []
    for city, (ground, whole) in cities.items():
        own = {page.address: page for page in of_city(ground, site, whole)}
        for address, here in own.items():
            notes = _notes(pages.get(address))
            turns = pages[address].turns if address in pages else ""
            moved = _moved(here, frozenset(own), city)
            added.append(replace(moved, blocks=(*moved.blocks[:1], *notes, *moved.blocks[1:]),
                                 city=city, turns=turns, in_nav=False))  # fmt: skip
            elsewhere.setdefault(address, []).append(city)
    return replace(
        site,
        pages=(
            *(replace(p, cities=tuple(elsewhere.get(p.address, ()))) for p in site.pages),
            *added,
        ),
        cities=tuple((city, _name(ground)) for city, (ground, _) in cities.items()),
    )


def whole_city(ground: Ground, site: Site, city: Site) -> Site:
    """Return the whole handbook of a city, what differs marked: for editions in one file."""
    own = {page.address: page for page in of_city(ground, site, city)}
    return replace(city, pages=tuple(own.get(p.address, p) for p in city.pages))


def of_city(ground: Ground, site: Site, city: Site) -> tuple[Page, ...]:
    """Return the pages of a city that are not as elsewhere, each with what differs and why."""
    overlay = ground.playbook.overlays[ground.edition.city]
    altered = alterations(ground, overlay)
    common = {page.address: page for page in site.pages}
    # What a later day changes is announced on the page of everywhere, not a difference.
    plain = replace(site, pages=tuple(_unannounced(p) for p in site.pages))
    return tuple(
        _marked(ground, overlay, altered, new)
        if new is not None
        else _withdrawn(ground, overlay, altered, common[address])
        for address, new in differing(plain, city).items()
    )


def _unannounced(one: Page) -> Page:
    """Return a page as it was before it was told what later days bring."""
    return replace(one, blocks=one.blocks[len(_notes(one)) :], turns="", cities=())


def _notes(one: Page | None) -> tuple[page.Block, ...]:
    """Return what a page says of later days: the notes that it begins with."""
    if one is None or not one.turns:
        return ()
    return tuple(
        takewhile(
            lambda block: isinstance(block, page.Callout) and block.kind == "coming", one.blocks
        )
    )


def _name(ground: Ground) -> str:
    return ground.playbook.overlays[ground.edition.city].label


def _moved(value: Any, own: frozenset[str], city: str) -> Any:  # noqa: ANN401
    """Return a page of a city, at its place and with links to the city's own pages."""
    if isinstance(value, str):
        base, hash_, anchor = value.partition("#")
        return f"{city}/{base}{hash_}{anchor}" if base in own else value
    if isinstance(value, tuple):
        return tuple(_moved(one, own, city) for one in value)
    if isinstance(value, Mapping):
        return {key: _moved(one, own, city) for key, one in value.items()}
    if isinstance(value, list):
        return [_moved(one, own, city) for one in value]
    if is_dataclass(value) and not isinstance(value, type):
        changed = {
            field.name: new
            for field in fields(value)
            if (new := _moved(old := getattr(value, field.name), own, city)) != old
        }
        return replace(value, **changed) if changed else value
    return value


def _withdrawn(
    ground: Ground, overlay: model.Overlay, altered: tuple[Alteration, ...], elsewhere: Page
) -> Page:
    """Return the page of what a city has withdrawn: that it does not hold there, and why."""
    those = tuple(one for one in altered if one.key == elsewhere.entity) or altered
    title = ground.t("Does not hold in {city}", city=overlay.label)
    note = _in_city(ground, title, those)
    return replace(elsewhere, blocks=(note,), lead=(), badges=(), holds=frozenset(), entity=None,
                   turns="", before=None, after=None)  # fmt: skip


def _marked(
    ground: Ground, overlay: model.Overlay, altered: tuple[Alteration, ...], here: Page
) -> Page:
    touched = _touched(here)
    those = tuple(one for one in altered if _shows(ground, one, touched))
    if not those and _unmarked(here):
        return here
    title = ground.t("Different in {city}", city=overlay.label)
    return replace(here, blocks=(_in_city(ground, title, those or altered), *here.blocks))


def _in_city(ground: Ground, title: str, altered: Iterable[Alteration]) -> page.Callout:
    lines = tuple((marked(ground, one), None) for one in altered)
    return page.Callout("city", title, (page.Bullets(lines),))


def _coming(
    ground: Ground,
    day: datetime.date,
    starting: tuple[model.Change, ...],
    touched: frozenset[str],
    *,
    gone: bool,
) -> Iterator[page.Block]:
    t = ground.t
    said = False
    for change in starting:
        altered = alterations(ground, change)
        those = tuple(one for one in altered if _shows(ground, one, touched))
        if those:
            title = t("From {day}: {what}", day=str(day), what=change.label)
            line = told(ground, change, those)
            blocks: list[page.Block] = [page.Paragraph(line)]
            if change.promised:
                promised = t("Customers who were promised the old terms")
                blocks.append(
                    page.Paragraph((Text(f"{promised}{t.colon}"), *ground.inline(change.promised)))
                )
            yield page.Callout("coming", title, tuple(blocks), since=str(day))
            said = True
    if not said:
        text = (
            t("From then on this page is gone.") if gone else t("From then on this page changes.")
        )
        blocks = [page.Paragraph((Text(text),))]
        own = [one for one in dated(ground) if one.day == day]
        if mine := [one for one in own if one.key in touched] or own:
            blocks.append(page.Bullets(tuple((one.said, None) for one in mine)))
        if starting:
            items = tuple(page.LinkItem(page.Link(c.label, ground.address(c))) for c in starting)
            blocks.append(page.Links(items))
        title = t("From {day}", day=str(day))
        yield page.Callout("coming", title, tuple(blocks), since=str(day))


def _shows(ground: Ground, one: Alteration, touched: frozenset[str]) -> bool:
    """Say whether a page shows what is altered, or something that names it."""
    users = ground.playbook.used.get(one.key, ())
    return one.key in touched or any(use.by in touched for use in users)


def _unmarked(one: Page) -> bool:
    return one.section in UNMARKED or one.kind in UNMARKED_KINDS


def _touched(value: object) -> frozenset[str]:
    """Return the `kind:id` of all that shows on a page, links and values in texts aside."""
    return frozenset(_origins(value))


def _origins(value: object) -> Iterator[str]:
    if isinstance(value, Origin):
        yield value.entity
    elif isinstance(value, page.Value):
        base, _, anchor = value.href.partition("#")
        if base == "parameters.html":
            yield f"param:{anchor}"
    elif isinstance(value, Page):
        yield from value.holds
        yield from (value.entity,) if value.entity else ()
        for block in value.blocks:
            yield from _origins(block)
    elif isinstance(value, tuple):
        for one in value:
            yield from _origins(one)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _origins(getattr(value, field.name))
