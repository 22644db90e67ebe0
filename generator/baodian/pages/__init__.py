"""Playbook → Page values, one file per kind of page. Pure and deterministic."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

from baodian.page import Crumb, NavSection, Page, Site
from baodian.pages import (
    cases,
    class_guides,
    coverage,
    entitlements,
    findable,
    finder,
    front,
    ledger,
    lists,
    markdown_prose,
    methods,
    mine,
    moments,
    offline,
    planner,
    records,
    schemes,
    scripts,
)
from baodian.pages.ground import Edition, Ground
from baodian.playbook import Playbook

__all__ = ["Edition", "expander", "pages"]

# In the order of the chapters; neighbours at the foot of a page follow it.
WRITERS: tuple[Callable[[Ground], Iterator[Page]], ...] = (
    moments.write,
    schemes.write,
    class_guides.write,
    finder.write,
    mine.write,
    scripts.write,
    lists.write,
    entitlements.write,
    methods.write,
    cases.write,
    planner.write,
    records.write,
    ledger.write,
    coverage.write,
    offline.write,
)


def pages(playbook: Playbook, edition: Edition) -> Site:
    """Return the whole handbook of an edition: every page, the navigation, the foot of pages."""
    ground = Ground(playbook, edition)
    chapters = tuple(page for write in WRITERS for page in write(ground))
    navigation = front.navigation(ground, chapters)
    named = findable.everything(ground)
    written = (front.home(ground, chapters), *with_neighbours(chapters, navigation), named)
    settings = playbook.settings
    return Site(
        name=str(settings.name),
        company=str(settings.company),
        notice=str(settings.notice or ""),
        language=str(settings.language),
        version=str(settings.version),
        effective_from=str(settings.effective_from),
        owner=str(settings.owner),
        pages=written,
        navigation=navigation,
        accents=tuple((id_, n) for n, id_ in enumerate(playbook.schemes)),
        found_by=findable.found_by(ground),
        filters=findable.filters(ground),
        offline=settings.kept_offline,
        stale_after=offline.stale_after(ground),
    )


def expander(playbook: Playbook, edition: Edition) -> Callable[[str, Callable[[str], str]], str]:
    """Return what turns the `【…】` of hand-written Markdown into links of this edition."""
    return markdown_prose.expander(Ground(playbook, edition))


def with_neighbours(
    chapters: tuple[Page, ...], navigation: tuple[NavSection, ...]
) -> tuple[Page, ...]:
    """Return the pages with the trail above each and, within a chapter and kind, its neighbours."""
    sections = {s.id: s for s in navigation}
    before: dict[str, Crumb] = {}
    after: dict[str, Crumb] = {}
    for one, two in pairwise(p for p in chapters if p.entity):
        if one.kind == two.kind:
            after[one.address] = Crumb(two.title, two.address)
            before[two.address] = Crumb(one.title, one.address)
    return tuple(_placed(p, sections[p.section], before, after) for p in chapters)


def _placed(
    page: Page, section: NavSection, before: dict[str, Crumb], after: dict[str, Crumb]
) -> Page:
    trail = page.trail
    if not trail and page.address != section.address:
        trail = (Crumb(section.title, section.address),)
    return replace(
        page,
        trail=trail,
        before=page.before or before.get(page.address),
        after=page.after or after.get(page.address),
    )
