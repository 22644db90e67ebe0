"""The pages of a city that are not as elsewhere, at addresses of its own, with what and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from operator import is_
from typing import Any

from baodian import model, page
from baodian.page import Page, Site
from baodian.pages.announcing import DAY, alike, differing, unannounced
from baodian.pages.compared import compared
from baodian.pages.ground import Ground
from baodian.pages.parts.alterations import Alteration, alterations, marked
from baodian.pages.touched import shown
from baodian.values import names

COMMON_KINDS = frozenset(("change", "changes", "health"))
"""Pages about the whole of the handbook, which are the same for all cities."""
FEW, NAMED = 2, 3
"""How much that differs a page shows at once, and how much it names of what is folded."""


def with_cities(site: Site, cities: Mapping[str, tuple[Ground, Site]]) -> Site:
    """Return the handbook with the pages that are not the same in a city, at `city/address`.

    Only what differs is written again: links of such a page lead to the city's pages where there
    are any, else to those of everywhere. A page says which cities have another one instead. So it
    is with rulers.
    """
    elsewhere: dict[str, list[str]] = {}
    added: list[Page] = []
    for city, (ground, whole) in cities.items():
        own = {page.address: page for page in of_city(ground, site, whole)}
        for address, here in own.items():
            moved = _moved(here, frozenset(own), city)
            added.append(replace(moved, city=city, in_nav=False))
            elsewhere.setdefault(address, []).append(city)
    return replace(
        site,
        pages=(
            *(replace(p, cities=tuple(elsewhere.get(p.address, ()))) for p in site.pages),
            *added,
        ),
        cities=tuple((city, _overlay(ground).label) for city, (ground, _) in cities.items()),
        rulers=(
            *site.rulers,
            *(
                replace(ruler, city=city)
                for city, (_, whole) in cities.items()
                for ruler in whole.rulers
                if ruler not in site.rulers
            ),
        ),
    )


def whole_city(ground: Ground, site: Site, city: Site) -> Site:
    """Return the whole handbook of a city, what differs marked: for editions in one file."""
    own = {page.address: page for page in of_city(ground, site, city)}
    return replace(city, pages=tuple(own.get(p.address, p) for p in city.pages))


def of_city(ground: Ground, site: Site, city: Site) -> tuple[Page, ...]:
    """Return the pages of a city that are not as elsewhere, each with what differs today and why.

    A page that differs only in what a later day brings says that alone.
    """
    common = {page.address: page for page in site.pages}
    overlay, today = _overlay(ground), ground.today
    altered = tuple(one for one in alterations(ground, overlay) if one.holds(today))
    ours, theirs = (tuple(p for p in of.pages if p.kind not in COMMON_KINDS) for of in (site, city))
    found = []
    for address, new in differing(ours, theirs).items():
        if new is None:
            found.append(_withdrawn(ground, overlay, altered, common[address]))
        elif address in common and alike(unannounced(new), unannounced(common[address])):
            found.append(new)
        else:
            found.append(_marked(ground, overlay, altered, new, common.get(address)))
    return tuple(found)


def _overlay(ground: Ground) -> model.Overlay:
    return ground.playbook.overlays[ground.edition.city]


def _moved(value: Any, own: frozenset[str], city: str) -> Any:  # noqa: ANN401
    """Return a page of a city, at its place and with links to the city's own pages."""
    if isinstance(value, str):
        base, hash_, anchor = value.partition("#")
        return f"{city}/{base}{hash_}{anchor}" if base in own else value
    if isinstance(value, tuple):
        moved = tuple(_moved(one, own, city) for one in value)
        return value if all(map(is_, moved, value)) else moved
    if isinstance(value, Mapping):
        return {key: _moved(one, own, city) for key, one in value.items()}
    if isinstance(value, list):
        return [_moved(one, own, city) for one in value]
    changed = {
        name: new
        for name in names(type(value))
        if (new := _moved(old := getattr(value, name), own, city)) is not old
    }
    return replace(value, **changed) if changed else value


def _withdrawn(
    ground: Ground, overlay: model.Overlay, altered: tuple[Alteration, ...], elsewhere: Page
) -> Page:
    """Return the page of what a city has withdrawn: that it does not hold there, and why."""
    those = tuple(one for one in altered if one.key == elsewhere.entity) or altered
    title = ground.t("Does not hold in {city}", city=overlay.label)
    until = min((one.until for one in those if one.until and one.key == elsewhere.entity),
                default=None)  # fmt: skip
    turns = str(until + DAY) if until else ""
    note = replace(_in_city(ground, title, those), since=turns)
    return replace(elsewhere, blocks=(note,), lead=(), badges=(), holds=frozenset(), entity=None,
                   turns=turns, before=None, after=None)  # fmt: skip


def _marked(
    ground: Ground,
    overlay: model.Overlay,
    altered: tuple[Alteration, ...],
    here: Page,
    common: Page | None,
) -> Page:
    differences = compared(unannounced(common), unannounced(here)) if common else ()
    those = shown(ground, altered, here, differences) if common else altered
    if not those:
        return here
    title = ground.t("Different in {city}", city=overlay.label)
    return replace(here, blocks=(_in_city(ground, title, those), *here.blocks))


def _in_city(ground: Ground, title: str, altered: Iterable[Alteration]) -> page.Callout:
    altered = tuple(altered)
    lines = tuple((marked(ground, one), None) for one in altered)
    few = len(lines) <= FEW
    if not few:
        names = tuple(dict.fromkeys(page.plain(one.what) for one in altered))
        many = ground.t("{n} {n|difference|differences}", n=len(lines))
        what = ground.t.listing.join(names) if len(names) <= NAMED else many
        title = f"{title}{ground.t.colon}{what}"
    return page.Callout("city", title, (page.Bullets(lines),), folded=not few)
