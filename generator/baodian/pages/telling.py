"""Who is told of what came to mean something else: pages, devices, the feed, the calendar."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from baodian import model, page
from baodian.page import Changed, Dated, News, Page, Site
from baodian.pages.compared import touched
from baodian.pages.ground import Ground
from baodian.pages.parts import pieces
from baodian.pages.parts.alterations import alterations, must_read, spoken, termed
from baodian.pages.parts.places import CHANGES
from baodian.pages.touched import UNMARKED_KINDS
from baodian.pages.widgets.must import must, note
from baodian.playbook import Playbook
from baodian.playbook.freshness import reviews
from baodian.timeline import Event, Piece

SHOWN = 5
"""How many of its latest changes a page shows."""
LINES = 12
"""How many lines an entry of the feed has."""
SPREAD = frozenset(("scheme", "matrix", "class", "plan"))
"""Kinds with pages of their own of which other pages show parts."""
BRIEF = frozenset(("class", "transition", "matrix"))
"""Kinds of pages that are read at a glance: what must be read is a line there, to open."""
APART = UNMARKED_KINDS | {"book", "home", "mine", "offline", "health", "runs", "finder"}
"""Kinds of pages that are about no thing of their own."""


@dataclass(frozen=True)
class Told:
    """One line of what changed: where it shows, and for which classes it matters; none for all.

    What came or went as a whole is more or less to find on a page, not another word on it.
    """

    row: Changed
    key: str
    shows: frozenset[str]
    classes: frozenset[str]
    whole: bool

    def on(self, one: Page, of: frozenset[str], shown: frozenset[str]) -> bool:
        """Say whether a page of these classes tells of it: shows it, and is for one of them."""
        if one.entity == self.key:
            return True
        named = self.classes or self.whole
        other = of and named and of.isdisjoint(self.classes)
        return not other and not self.shows.isdisjoint(shown)


def told(ground: Ground, site: Site) -> Site:
    """Return the handbook with what came to mean something else, on its pages and beside them."""
    past = [e for e in reversed(ground.timeline.events) if e.begun(ground.edition.today)]
    lines = [told for event in past for told in _told(ground, event)]
    ahead = {f"change:{e.change}": tuple(_told(ground, e))
             for e in ground.timeline.by_change.values()}  # fmt: skip
    return replace(
        site,
        pages=tuple(_page(ground, one, lines, ahead) for one in site.pages),
        changed=tuple(told.row for told in lines),
        news=tuple(_news(ground)),
        news_at=CHANGES,
        dates=tuple(sorted(_dates(ground), key=lambda one: (one.day, one.name))),
    )


# --- on pages -------------------------------------------------------------------------------------


def _told(ground: Ground, event: Event) -> Iterator[Told]:
    """Yield a line for each thing that an event changed."""
    guided = ground.playbook.once(_guided)
    href = _href(ground, event)
    for those in pieces.by_thing(event):
        said = page.line(pieces.line(ground, those))
        row = Changed(str(event.day), said, href, pieces.print_of(ground, event, those))
        key = those[0].key
        classes = frozenset(f"class:{c}" for piece in those for c in piece.classes)
        if classes >= guided:
            classes = frozenset()
        shows = frozenset[str]() if _alone(ground, those) else _shows(ground, key)
        yield Told(row, key, shows, classes, all(piece.whole for piece in those))


def _guided(playbook: Playbook) -> frozenset[str]:
    """Return the classes that have guides, as pages name them."""
    return frozenset(
        f"class:{scheme.id}/{id_}" for scheme, id_, _ in playbook.classes() if scheme.has_guides
    )


def _alone(ground: Ground, those: Iterable[Piece]) -> bool:
    """Say whether something changed on a page of its own, of which others say only the name."""
    return all(
        (kind := piece.key.partition(":")[0]) not in SPREAD
        and "#" not in (ground.looks[kind].home if kind in ground.looks else "#")
        and not piece.whole
        for piece in those
    )


def _href(ground: Ground, event: Event) -> str:
    change = ground.playbook.of(model.Change).get(event.change)
    return ground.address(change) if change else f"{CHANGES}#{pieces.anchor(event)}"


def _shows(ground: Ground, key: str) -> frozenset[str]:
    """Return what must be on a page that shows a thing; values of parameters stand in texts."""
    users = ground.playbook.used.get(key, ()) if key.startswith("param:") else ()
    return frozenset((key, *(use.by for use in users)))


def _page(
    ground: Ground, one: Page, lines: Iterable[Told], by_change: Mapping[str, tuple[Told, ...]]
) -> Page:
    """Return a page with what of it changed, changes that must be read, and what is to come."""
    if one.kind in APART:
        return one
    shown = touched(one.blocks) | one.holds | ({one.entity} if one.entity else frozenset())
    of = _classes(ground, one)
    rows = [told for told in lines if told.on(one, of, shown)]
    rows.sort(key=lambda told: (told.row.day, told.key == one.entity), reverse=True)
    mine = {key: tuple(t for t in told if t.on(one, of, shown)) for key, told in by_change.items()}
    blocks = one.blocks
    for change in reversed(must_read(ground)):  # each goes on top
        if mine.get(change.key):
            blocks = _with_must(ground, change, blocks, folded=one.kind in BRIEF)
    # What gathers many things says only which of them changed.
    unchanged = str(ground.timeline.since or "") if one.entity and not rows else ""
    changed = tuple(told.row for told in rows[:SHOWN])
    return replace(one, blocks=blocks, changed=changed, unchanged=unchanged)


def _classes(ground: Ground, one: Page) -> frozenset[str]:
    """Return the classes that a page is of, as it names them: one, or the ends of a move."""
    kind, _, id_ = (one.entity or "").partition(":")
    if kind == "class":
        return frozenset((f"class:{id_}",))
    move = ground.playbook.transitions.get(id_) if kind == "transition" else None
    if move is None or move.to is None:
        return frozenset()
    return frozenset(
        f"class:{s}/{c}" for s, c in (*ground.starts(move), (move.to.scheme, move.to.name))
    )


def _with_must(
    ground: Ground, change: model.Change, blocks: tuple[page.Block, ...], *, folded: bool
) -> tuple[page.Block, ...]:
    """Return the blocks of a page with a change that must be read on top, or its title alone.

    What announces it already is asked about where it stands.
    """
    for n, block in enumerate(blocks):
        if isinstance(block, page.Callout) and block.about == change.key:
            asked = must(ground, change, replace(block, folded=folded), stays=True)
            return (*blocks[:n], asked, *blocks[n + 1 :])
    asks = replace(note(ground, change), folded=folded)
    return (must(ground, change, asks, stays=False), *blocks)


# --- the feed -------------------------------------------------------------------------------------


def _news(ground: Ground) -> Iterator[News]:
    """Yield an entry for each change and for each day of the history, the latest first."""
    t, changes = ground.t, ground.playbook.of(model.Change)
    days: dict[datetime.date, list[Event]] = {}
    entries = [
        _announced(ground, changes[id_], event)
        for id_, event in ground.timeline.by_change.items() if id_ in changes
    ]  # fmt: skip
    for event in (e for e in ground.timeline.events if e.begun(ground.edition.today)):
        change = changes.get(event.change)
        if change is None:
            days.setdefault(event.day, []).append(event)
        elif event.ends:
            title = t("Over: {what}", what=change.label)
            name = f"{change.key}:ends:{event.day}"
            entries.append(_entry(ground, event, name, title, event.day))
    for day, events in days.items():
        if lines := tuple(line for event in events for line in _lines(ground, event))[:LINES]:
            title = t("Changed on {day}", day=str(day))
            href = _href(ground, events[0])
            entries.append(News(f"day:{day}", title, str(day), href, lines))
    yield from sorted(entries, key=lambda one: (one.day, one.name), reverse=True)


def _announced(ground: Ground, change: model.Change, event: Event) -> News:
    """Return the entry of a change: told when it is written down, and again on its day.

    Where no history tells the first, the start of this version of the handbook stands for it.
    """
    t, today = ground.t, ground.edition.today
    title = t("From {day}: {what}", day=str(event.day), what=change.label)
    written = ground.timeline.announced.get(str(change.id))
    since = ground.playbook.settings.effective_from
    before = written or min(since.date if since else today, today)
    return _entry(ground, event, change.key, title, event.day if event.day <= today else before)


def _entry(ground: Ground, event: Event, name: str, title: str, day: datetime.date) -> News:
    change = ground.playbook.of(model.Change)[event.change]
    terms = (page.plain(line) for line in termed(ground, change))
    lines = (page.plain(ground.inline(change.why)), *_lines(ground, event), *terms)
    return News(name, title, str(day), _href(ground, event), lines)


def _lines(ground: Ground, event: Event) -> tuple[str, ...]:
    lines = [pieces.line(ground, those) for those in pieces.by_thing(event)]
    more = len(lines) - LINES
    return (*lines[:LINES], *((ground.t("{n} more", n=more),) if more > 0 else ()))


# --- the calendar ---------------------------------------------------------------------------------


def _dates(ground: Ground) -> Iterator[Dated]:
    """Yield the days on which something begins, ends or is to be read again."""
    yield from _of_changes(ground)
    yield from _of_cities(ground)
    yield from _of_things(ground)
    if ground.for_editors:
        yield from _of_reviews(ground)


def _of_changes(ground: Ground) -> Iterator[Dated]:
    t = ground.t
    for change in ground.playbook.of(model.Change).values():
        if change.draft:
            continue
        first, last = change.effective_from, change.effective_until
        event = ground.timeline.by_change.get(str(change.id))
        terms = (page.plain(line) for line in termed(ground, change))
        changed = _lines(ground, event) if event else ()
        lines = (page.plain(ground.inline(change.why)), *changed, *terms)
        title = t("In force from today: {what}", what=change.label)
        yield Dated(f"{change.key}:from", str(first), title, lines)
        if last:
            title = t("Last day: {what}", what=change.label)
            yield Dated(f"{change.key}:until", str(last), title)


def _of_cities(ground: Ground) -> Iterator[Dated]:
    t = ground.t
    for city in ground.playbook.overlays.values():
        days: dict[tuple[str, str], list[str]] = {}
        for one in alterations(ground, city):
            said = page.plain(spoken(ground, one))
            for which, turn in (("from", one.since), ("until", one.until)):
                if turn is not None:
                    days.setdefault((which, str(turn)), []).append(said)
        for (which, day), lines in days.items():
            title = (
                t("In force from today in {city}", city=city.label) if which == "from"
                else t("Last day in {city}", city=city.label)
            )  # fmt: skip
            yield Dated(f"{city.key}:{which}:{day}", day, title, tuple(dict.fromkeys(lines)))


def _of_things(ground: Ground) -> Iterator[Dated]:
    t = ground.t
    for entity in ground.playbook.all():
        if isinstance(entity, model.Change) or entity.draft:
            continue
        what = ground.title(*entity.key.split(":", 1))
        if entity.effective_from:
            title, day = t("In force from today: {what}", what=what), str(entity.effective_from)
            yield Dated(f"{entity.key}:from", day, title)
        if entity.effective_until:
            title, day = t("Last day: {what}", what=what), str(entity.effective_until)
            yield Dated(f"{entity.key}:until", day, title)


def _of_reviews(ground: Ground) -> Iterator[Dated]:
    """Yield for each of those who answer for something the days by which to read it again."""
    t = ground.t
    due: dict[tuple[datetime.date, str], list[str]] = {}
    for one in reviews(ground.playbook):
        if one.due is not None:
            due.setdefault((one.due, one.owner), []).append(one.key)
    for (due_on, owner), keys in due.items():
        day = str(due_on)
        title = t("{owner}: read {n} {n|thing|things} again", owner=owner, n=len(keys))
        lines = tuple(ground.title(*key.split(":", 1)) for key in keys)
        yield Dated(f"review:{owner}:{day}", day, title, lines)
