"""How two editions differ, page by page, and which layers explain it: to announce, and to mark."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace

from baodian import model, page
from baodian.page import Origin, Page, Site, Text
from baodian.pages.ground import Ground
from baodian.pages.parts.alterations import Alteration, alterations, coming, table, told

UNMARKED = frozenset(("changes", "editors", "home"))
"""Chapters whose pages change with everything, and announce it by what they are."""
UNMARKED_KINDS = frozenset(("index", "search", "change", "overlay"))


@dataclass(frozen=True)
class Later:
    """The handbook of a later day on which something changes."""

    day: datetime.date
    site: Site


def differing(site: Site, other: Site) -> Mapping[str, Page | None]:
    """Return the pages of `other` that are not as in `site`, None for those that it has not."""
    theirs = {page.address: page for page in other.pages}
    ours = {page.address: page for page in site.pages}
    return {
        **{a: theirs.get(a) for a, p in ours.items() if _alone(theirs.get(a)) != _alone(p)},
        **{a: p for a, p in theirs.items() if a not in ours},
    }


def _alone(one: Page | None) -> Page | None:
    """Return a page without what it says of its neighbours."""
    return replace(one, before=None, after=None) if one else None


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


def of_city(ground: Ground, site: Site, city: Site) -> tuple[Page, ...]:
    """Return the pages of a city that are not as elsewhere, each with what differs and why."""
    overlay = ground.playbook.overlays[ground.edition.city]
    altered = alterations(ground, overlay)
    return tuple(
        _marked(ground, overlay, altered, new)
        for new in differing(site, city).values()
        if new is not None
    )


def _marked(
    ground: Ground, overlay: model.Overlay, altered: tuple[Alteration, ...], here: Page
) -> Page:
    if _unmarked(here):
        return here
    touched = _touched(here)
    those = tuple(one for one in altered if one.key in touched) or altered
    title = ground.t("Different in {city}", city=overlay.label)
    rows = table(ground, overlay, those)
    return replace(here, blocks=(page.Callout("note", title, (rows,)), *here.blocks))


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
        those = tuple(one for one in altered if one.key in touched)
        if those:
            title = t("From {day}: {what}", day=str(day), what=change.label)
            line = told(ground, change, those)
            blocks: list[page.Block] = [page.Paragraph(line)]
            if change.promised:
                promised = t("Customers who were promised the old terms")
                blocks.append(
                    page.Paragraph((Text(f"{promised}："), *ground.inline(change.promised)))
                )
            yield page.Callout("note", title, tuple(blocks))
            said = True
    if not said:
        text = (
            t("From then on this page is gone.") if gone else t("From then on this page changes.")
        )
        blocks = [page.Paragraph((Text(text),))]
        if starting:
            items = tuple(page.LinkItem(page.Link(c.label, ground.address(c))) for c in starting)
            blocks.append(page.Links(items))
        yield page.Callout("note", t("From {day}", day=str(day)), tuple(blocks))


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
