"""Playbook → Page values, one file per kind of page. Pure and deterministic."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import pairwise

from baodian.page import Crumb, NavSection, Page, Site
from baodian.pages import findable, front, markdown_prose, moved, offline
from baodian.pages.ground import Ground
from baodian.pages.kept import Kept
from baodian.pages.looks import by_kind, writers
from baodian.pages.widgets.offline import stale_after
from baodian.playbook import Edition, Playbook, seen_by
from baodian.said.problems import Problem
from baodian.timeline import NOTHING, Timeline

__all__ = ["Kept", "chapters_of", "expander", "ground", "pages", "site"]


def ground(
    playbook: Playbook,
    edition: Edition,
    problems: tuple[Problem, ...] = (),
    timeline: Timeline = NOTHING,
) -> Ground:
    """Return what the pages of an edition stand on; `problems` are the warnings of the check.

    They are about all that is written, so an audience is not told of them.
    """
    told = () if edition.audience else problems
    seen = seen_by(playbook, edition)
    seen = seen if seen.day == edition.today else replace(seen, day=edition.today)
    return Ground(seen, edition, by_kind(), told, timeline)


def pages(playbook: Playbook, edition: Edition, problems: tuple[Problem, ...] = ()) -> Site:
    """Return the whole handbook of an edition: every page, the navigation, the foot of pages.

    `problems` are the warnings of the check, for the page that shows them.
    """
    return site(ground(playbook, edition, problems))


def chapters_of(
    ground: Ground, kept: Kept | None = None, but: frozenset[str] = frozenset()
) -> tuple[Page, ...]:
    """Return the pages of all chapters; of those that were kept, what would be made the same.

    `but` are chapters that nobody asks for.
    """
    kept = kept or Kept(drafts=ground.edition.drafts)
    there = watched(ground, kept)
    every = (kept.pages(write, "", None, partial(write, there)) for write in writers(but))
    return tuple(page for pages in every for page in pages)


def watched(ground: Ground, kept: Kept) -> Ground:
    """Return a ground of which is noted what pages look at."""
    playbook = kept.take(ground.playbook, problems=ground.warned, timeline=ground.told)
    return replace(ground, playbook=playbook, kept=kept)


def site(ground: Ground, chapters: tuple[Page, ...] | None = None) -> Site:
    """Return the handbook that stands on a ground, or of its chapters."""
    chapters = chapters_of(ground) if chapters is None else chapters
    navigation = front.navigation(ground, chapters)
    named = findable.everything(ground)
    written = (front.home(ground, chapters), *with_neighbours(chapters, navigation), named)
    settings = ground.playbook.settings
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
        accents=tuple((id_, n) for n, id_ in enumerate(ground.playbook.schemes)),
        found_by=findable.found_by(ground),
        filters=replace(findable.filters(ground), behind=findable.behind(written)),
        rulers=tuple(findable.rulers(ground)),
        offline=settings.kept_offline,
        first=offline.first(ground) if settings.kept_offline else (),
        stale_after=stale_after(ground),
        listed=settings.indexed,
        moved=tuple(moved.moved(ground, {page.address for page in written})),
    )


def expander(playbook: Playbook, edition: Edition) -> Callable[[str, Callable[[str], str]], str]:
    """Return what turns the `【…】` of hand-written Markdown into links of this edition."""
    return markdown_prose.expander(ground(playbook, edition))


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
