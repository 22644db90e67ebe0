"""The first page and the chapters of the navigation."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import cast

from baodian import model, page
from baodian.fields import Id, Name
from baodian.page import Card, Crumb, Heading, Link, LinkItem, NavSection, Page
from baodian.pages.ground import Ground


def navigation(ground: Ground, pages: tuple[Page, ...]) -> tuple[NavSection, ...]:
    """Return the chapters that have pages, in the order of the handbook."""
    t = ground.t
    chapters = (
        ("home", t("Home"), "home", ("index.html",), True),
        ("moments", t("Moments"), "map-marker-path", ("moments/index.html",), True),
        ("customers", t("Customers"), "account-group", ("customers/index.html",), True),
        ("scripts", t("Scripts"), "forum", ("scripts/index.html",), True),
        ("checklists", t("Self-checks"), "clipboard-check", ("checklists/index.html",), True),
        ("entitlements", t("What customers get"), "gift", ("entitlements/index.html",), False),
        ("red-lines", t("Red lines and complaints"), "shield-alert", ("escalation.html",), False),
        ("methods", t("Methods"), "lightbulb-on", ("guides/index.html", "channels.html"), False),
        ("cases", t("Cases"), "book-open-variant", ("cases/index.html",), False),
        ("plans", t("Plans and people"), "calendar-month",
         ("plans/index.html", "rhythms.html", "roles.html"), False),
        ("editors", t("For editors"), "pencil-ruler", ("editors.html",), False),
    )  # fmt: skip
    sections = []
    for id_, title, icon, addresses, in_bar in chapters:
        own = [p for p in pages if p.section == id_]
        if not own and id_ != "home":
            continue
        known = {p.address for p in own}
        address = next((a for a in addresses if a in known or id_ == "home"), None)
        address = address or own[0].address
        crumbs = tuple(
            Crumb(p.title, p.address) for p in own if p.in_nav and p.address != address
        )
        sections.append(NavSection(id_, title, icon, address, crumbs, in_bar))
    return tuple(sections)


def home(ground: Ground, pages: tuple[Page, ...]) -> Page:
    """Return the first page: the moments, the rulers, and the way to everything else."""
    t = ground.t
    settings = ground.playbook.settings
    blocks: list[page.Block] = []
    moments = _moments(ground)
    if moments:
        blocks += [Heading(t("What is it about now?"), "h-moments"), page.Cards(moments)]
    blocks += [Heading(t("Find the customer"), "h-customers"), page.Cards(_rulers(ground))]
    words = _groups(ground, pages, "scripts/index.html", "script", settings.groups.script)
    if words:
        blocks += [Heading(t("Find the words"), "h-scripts"), page.Links(words)]
    lists = _lists(ground)
    if lists:
        blocks += [Heading(t("Check yourself"), "h-lists"), page.Links(lists)]
    rest = tuple(
        LinkItem(Link(s.title, s.address))
        for s in navigation(ground, pages)
        if s.id not in ("home", "moments", "customers", "scripts", "checklists")
    )
    blocks += [Heading(t("Everything else"), "h-rest"), page.Links((*rest, *_content(ground)))]
    return ground.shared(
        "index.html",
        str(settings.name),
        "home",
        "home",
        blocks,
        lead=page.line(t("Open the moment, say the words, tick the list.")),
    )


def _moments(ground: Ground) -> tuple[Card, ...]:
    found = {str(m.id): cast("model.Moment", m) for m in ground.of_kind("moment")}
    return tuple(
        Card(
            title=found[str(id_)].label,
            href=ground.address("moment", str(id_)),
            text=ground.inline(found[str(id_)].when),
            icon="map-marker-path",
        )
        for id_ in ground.playbook.settings.home.moments
        if str(id_) in found
    )


def _rulers(ground: Ground) -> tuple[Card, ...]:
    kinds = ground.playbook.settings.kinds_of_customer
    schemes = [cast("model.Scheme", s) for s in ground.of_kind("scheme")]
    return tuple(
        Card(
            title=str(s.name),
            href=ground.address("scheme", str(s.id)),
            text=page.line(str(s.question or "")),
            badges=tuple(str(v) for k, v in kinds.items() if k == s.judges),
            accent=str(s.id),
        )
        for s in schemes
        if s.has_guides or s.question
    )


def _groups(
    ground: Ground, pages: tuple[Page, ...], index: str, kind: str, groups: Mapping[Id, Name]
) -> tuple[LinkItem, ...]:
    entities = ground.of_kind(kind)
    items = []
    for id_, name in groups.items():
        number = sum(1 for e in entities if getattr(e, "group", None) == id_)
        if number:
            note = page.line(ground.t("{n} scripts", n=number))
            items.append(LinkItem(Link(str(name), f"{index}#g-{id_}"), note))
    return tuple(items)


def _lists(ground: Ground) -> tuple[LinkItem, ...]:
    groups = list(ground.playbook.settings.groups.checklist)
    lists = [cast("model.Checklist", c) for c in ground.of_kind("checklist")]
    lists.sort(key=lambda c: groups.index(c.group))
    return tuple(
        LinkItem(Link(c.label, ground.address("checklist", str(c.id))), ground.inline(c.when))
        for c in lists
    )


def _content(ground: Ground) -> tuple[LinkItem, ...]:
    items = []
    for file, text in ground.playbook.content:
        heading = re.search(r"^#\s+(.+?)\s*(?:\{[^}]*\})?\s*$", text, re.MULTILINE)
        address = file.removeprefix("content/").removesuffix(".md") + ".html"
        if heading:
            items.append(LinkItem(Link(heading.group(1), address)))
    return tuple(items)
