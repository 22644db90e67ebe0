"""The front door: the first page, and the chapters with their order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from baodian import model, page
from baodian.page import Card, Crumb, Heading, Inline, Link, NavSection, Page, Text
from baodian.pages import content_links
from baodian.pages.clashes import address_of
from baodian.pages.ground import Ground
from baodian.pages.parts.alterations import Dated, coming, dated, must_read
from baodian.pages.parts.occasions import in_order
from baodian.pages.parts.places import CHANGES, HOME, MOMENTS, PLANNER
from baodian.pages.sheet import shared_page
from baodian.pages.widgets.due import due
from baodian.pages.widgets.hour import hour
from baodian.pages.widgets.must import must, note
from baodian.pages.widgets.newcomer import newcomer
from baodian.pages.widgets.news import news

AT_HAND = ("finder", "book", "planner", "mine")  # kinds of pages


# --- chapters -------------------------------------------------------------------------------------


def navigation(ground: Ground, pages: Sequence[Page]) -> tuple[NavSection, ...]:
    """Return the chapters that have pages, in the order of the handbook."""
    t = ground.t
    home = NavSection("home", t("Home"), "home", HOME, in_bar=True)
    # id, title, icon, address of its first page, whether it stands in the bar of a phone
    chapters = (
        ("moments", t("Moments"), "map-marker-path", MOMENTS, True),
        ("customers", t("Customers"), "account-group", "customers/index.html", True),
        ("scripts", t("Scripts"), "forum", "scripts/index.html", True),
        ("checklists", t("Self-checks"), "clipboard-check", "checklists/index.html", True),
        ("entitlements", t("Entitlements"), "gift", "entitlements/index.html", False),
        ("red-lines", t("Red lines"), "shield-alert", "", False),
        ("methods", t("Methods"), "lightbulb-on", "guides/index.html", False),
        ("cases", t("Cases"), "book-open-variant", "cases/index.html", False),
        ("plans", t("Plans and people"), "calendar-month", "plans/index.html", False),
        ("changes", t("Changes"), "bell-ring", CHANGES, False),
        ("editors", t("For editors"), "pencil-ruler", "editors/index.html", False),
    )
    return (
        home,
        *(
            _chapter(id_, title, icon, address, bar, chapter_pages)
            for id_, title, icon, address, bar in chapters
            if (chapter_pages := _pages_of(ground, id_, pages))
        ),
    )


def _pages_of(ground: Ground, section: str, pages: Sequence[Page]) -> list[Page]:
    """Return the pages of a chapter; the methods about red lines open that chapter."""
    warning = {
        ground.address(guide)
        for guide in ground.playbook.guides.values()
        if guide.group == "red-line"
    }
    own = [p for p in pages if p.section == section and p.address not in warning]
    if section != "red-lines":
        return own
    return [*(replace(p, in_nav=True) for p in pages if p.address in warning), *own]


def _chapter(
    id_: str, title: str, icon: str, address: str, bar: bool, pages: Sequence[Page]
) -> NavSection:
    """Return a chapter; without an index page it begins at a method, else at its first page."""
    first = next((p for p in pages if p.address == address), None)
    first = first or next((p for p in pages if p.kind == "guide"), pages[0])
    below = tuple(
        Crumb(p.title, p.address)
        for p in pages
        if (p.in_nav or p.kind == "index") and p is not first
    )
    return NavSection(id_, title, icon, first.address, below, bar)


# --- the first page -------------------------------------------------------------------------------


def home(ground: Ground, pages: Sequence[Page]) -> Page:
    """Return the first page: where one is, whom one meets, what to say, what to check."""
    t = ground.t
    settings = ground.playbook.settings
    by_address = {p.address: p for p in pages}
    more = (
        Heading(t("More"), "h-more"),
        *_scripts(ground, by_address.get("scripts/index.html")),
        *_checklists(ground, by_address.get("checklists/index.html")),
        *_more(ground, pages),
    )
    blocks: list[page.Block] = [
        page.Part("first", (*due(ground), *_moments(ground))),
        *_must_read(ground),
        *_at_hand(pages),
        *newcomer(ground),
        news(ground, quiet=True),
        *_coming(ground),
        page.Part("beside", (*_customers(ground), *more)),
    ]
    lead = page.line(t("Open where you are now: what to do, what to say, what to check."))
    return shared_page(ground, HOME, str(settings.name), "home", "home", blocks, lead=lead)


def _must_read(ground: Ground) -> Iterator[page.Block]:
    """Yield what must be read, folded to its title: what one works with stays in sight."""
    for change in must_read(ground):
        yield must(ground, change, replace(note(ground, change), folded=True), stays=False)


def _coming(ground: Ground) -> Iterator[page.Block]:
    """Yield what is to come, folded: how much, and what is next."""
    t = ground.t
    changes = (
        Dated(
            c.key,
            c.effective_from.date,
            (
                Link(c.label, ground.address(c)),
                Text(t.aside(t("from {day}", day=str(c.effective_from)))),
            ),
        )
        for c in coming(ground)
    )
    ahead = sorted((*changes, *dated(ground)), key=lambda one: one.day)
    if ahead:
        title = t("Coming soon ({n}): {what}", n=len(ahead), what=page.plain(ahead[0].said))
        lines = tuple((one.said, None) for one in ahead)
        first = str(ahead[0].day)
        yield page.Callout("coming", title, (page.Bullets(lines),), since=first, folded=True)


def _at_hand(pages: Sequence[Page]) -> Iterator[page.Block]:
    """Yield the ways to what a reader works with, so that they are seen before any scrolling."""
    by_kind = {p.kind: p for p in pages if p.kind in AT_HAND}
    items = [
        page.LinkItem(Link(by_kind[kind].title, by_kind[kind].address))
        for kind in AT_HAND
        if kind in by_kind
    ]
    yield page.Links(tuple(items), big=True)


def _moments(ground: Ground) -> Iterator[page.Block]:
    every = in_order(ground)
    if every:
        yield Heading(ground.t("Where are you?"), "h-moments")
        yield from hour(ground, every, ground.looks["moment"].icon)


def _customers(ground: Ground) -> Iterator[page.Block]:
    """Yield a card for each ruler with guides; behind one line all rulers with their classes."""
    schemes = list(ground.playbook.schemes.values())
    if not schemes:
        return
    yield Heading(ground.t("Find the customer"), "h-customers")
    guided = [s for s in schemes if s.has_guides]
    if guided:
        yield page.Cards(tuple(replace(_ruler(ground, s), text=()) for s in guided), small=True)
    others = tuple(_ruler(ground, s) for s in schemes if not s.has_guides)
    blocks = (
        *((page.Cards(tuple(_ruler(ground, s) for s in guided)),) if guided else ()),
        *((page.Cards(others, small=True),) if others else ()),
    )
    yield page.Folded(ground.t("All rulers and their classes ({n})", n=len(schemes)), blocks)


def _ruler(ground: Ground, scheme: model.Scheme) -> Card:
    title = str(scheme.question or scheme.name)
    classes: Inline = ()
    if scheme.has_guides:
        for id_ in scheme.classes:
            link = ground.link("class", f"{scheme.id}/{id_}")
            classes = (*classes, *((Text(" · "),) if classes else ()), link)
    return Card(
        title,
        ground.address(scheme),
        classes,
        badges=(scheme.label,) if scheme.question else (),
        accent=str(scheme.id),
    )


def _scripts(ground: Ground, index: Page | None) -> Iterator[page.Block]:
    groups = _groups(index)
    if index is None or not groups:
        return
    title = ground.t("What to say ({n})", n=_count(groups))
    yield page.Folded(title, (_chapters_of(index, groups),), "h-scripts")


def _checklists(ground: Ground, index: Page | None) -> Iterator[page.Block]:
    """Yield the lists for one minute by name, the others by their chapter."""
    groups = _groups(index)
    if index is None or not groups:
        return
    quick = next(
        (str(v) for k, v in ground.playbook.settings.groups.checklist.items() if k == "one-minute"),
        None,
    )
    at_once = [g for g in groups if g[1] == quick]
    entries = [entry for _, _, entries in at_once for entry in entries]
    blocks = []
    if entries:
        cards = tuple(Card(e.title, e.href, icon="clipboard-check") for e in entries)
        blocks.append(page.Cards(cards, small=True))
    rest = [g for g in groups if g not in at_once]
    if rest:
        blocks.append(_chapters_of(index, rest))
    yield page.Folded(
        ground.t("What to check ({n})", n=_count(groups)), tuple(blocks), "h-checklists"
    )


Group = tuple[str, str, tuple[page.Entry, ...]]


def _groups(index: Page | None) -> list[Group]:
    blocks = index.blocks if index else ()
    return [g for b in blocks if isinstance(b, page.Index) for g in b.groups if g[2]]


def _count(groups: Sequence[Group]) -> int:
    return sum(len(entries) for _, _, entries in groups)


def _chapters_of(index: Page, groups: Sequence[Group]) -> page.Cards:
    """Return a small card for each group of an index page."""
    return page.Cards(
        tuple(
            Card(title, f"{index.address}#{anchor}", badges=(str(len(entries)),))
            for anchor, title, entries in groups
        ),
        small=True,
    )


def _more(ground: Ground, pages: Sequence[Page]) -> Iterator[page.Block]:
    t = ground.t
    told = {
        "entitlements": t("What a customer gets, and what needs consent"),
        "red-lines": t("What never to do, and whom to call"),
        "methods": t("How to do things well"),
        "cases": t("What others went through"),
        "plans": t("How to spread the time and lead people"),
        "changes": t("What changes and from when, and what is different in a city"),
        "editors": t("Words, parameters, decisions, sources"),
    }
    chapters = [s for s in navigation(ground, pages) if s.id in told]
    cards = tuple(Card(s.title, s.address, _told(s, told[s.id]), icon=s.icon) for s in chapters)
    title = t("Other chapters: {names}", names=t.listing.join(s.title for s in chapters))
    yield page.Folded(title, (page.Cards(cards, small=True),), "h-chapters")
    written = tuple(page.LinkItem(Link(title, address)) for address, title in _handwritten(ground))
    if written:
        title = t("About this handbook ({n})", n=len(written))
        yield page.Folded(title, (page.Links(written),), "h-about")


def _told(section: NavSection, told: str) -> Inline:
    """Return what a chapter is for, and the way to what one works with in it."""
    planner = next((c for c in section.pages if c.href == PLANNER), None)
    return (Text(told), *((Text(" · "), Link(planner.text, planner.href)) if planner else ()))


def _handwritten(ground: Ground) -> Iterator[tuple[str, str]]:
    """Yield address and title of the pages in `content/`."""
    for file, text in ground.playbook.content:
        address = address_of(file)
        stem = address.removesuffix(".html").rpartition("/")[2]
        title = _plain(ground, content_links.seen(text).title) or stem
        yield address, title


def _plain(ground: Ground, text: str) -> str:
    return page.plain(ground.inline(text))
