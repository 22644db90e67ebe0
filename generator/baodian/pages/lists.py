"""Self-check lists: one page each, and the index by chapter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from baodian import model, page
from baodian.model.ids import Id
from baodian.page import Entry, Filter, Heading, Item, ItemGroup, Page
from baodian.pages.ground import Ground, anchored
from baodian.pages.parts import shops
from baodian.pages.provenance import basis
from baodian.pages.sheet import entity_page, shared_page
from baodian.pages.whom import class_facets, class_filter_of, classes_of, role_names
from baodian.pages.widgets import runs

SECTION = "checklists"
ICON = "clipboard-check"


def write(ground: Ground) -> Iterator[Page]:
    """Yield the index of self-check lists and a page for each."""
    lists = list(ground.playbook.checklists.values())
    if lists:
        yield _index(ground, lists)
    yield from ground.each(_checklist, lists)


def _checklist(ground: Ground, checklist: model.Checklist) -> Page:
    t = ground.t
    blocks: list[page.Block] = []
    if checklist.intro:
        origin = page.Origin(checklist.key, None, checklist.intro.at)
        blocks.append(page.Lead(ground.inline(checklist.intro), origin))
    blocks += shops.drawn(ground, checklist)
    blocks.append(runs.around(ground, checklist, ticked(ground, checklist, home=True)))
    facts = [page.Fact(t("For"), (classes_of(ground, checklist.for_),))] if checklist.for_ else []
    if checklist.roles:
        facts.insert(0, page.Fact(t("Who"), (page.line(role_names(ground, checklist.roles)),)))
    if facts:
        blocks += [Heading(t("For whom"), "h-for"), page.Facts(tuple(facts))]
    blocks.extend(basis(ground, checklist.key))
    return entity_page(
        ground,
        checklist,
        blocks,
        lead=ground.inline(checklist.when),
        icon=ICON,
        badges=_badges(ground, checklist),
    )


def ticked(ground: Ground, checklist: model.Checklist, *, home: bool = False) -> page.Checklist:
    """Return the boxes of a list as a block."""
    groups = [_group(ground, checklist, None, checklist.items, home)] if checklist.items else []
    groups += [_group(ground, checklist, g, g.items, home) for g in checklist.groups]
    anchor = "h-list" if home else f"list-{checklist.id}"
    # On its home page the whole page is marked as the list.
    origin = None if home else page.Origin(checklist.key, None, checklist.at)
    return page.Checklist(anchor, tuple(groups), origin)


def _group(
    ground: Ground,
    checklist: model.Checklist,
    group: model.talk.ItemGroup | None,
    lines: Mapping[Id, model.talk.ListItem],
    home: bool,
) -> ItemGroup:
    numbers = shops.numbers(checklist) if home else {}
    items = tuple(
        Item(
            id=anchored(str(id_)),
            text=ground.inline(line.text),
            why=ground.inline(line.why),
            see=ground.links(line.see),
            origin=page.Origin(checklist.key, str(id_), line.text.at, home=home),
            number=numbers.get(id_, 0),
        )
        for id_, line in lines.items()
    )
    if group is None:
        return ItemGroup("items", "", items)
    origin = page.Origin(checklist.key, str(group.id), group.at, home=home)
    return ItemGroup(anchored(str(group.id)), str(group.title), items, origin)


def _badges(ground: Ground, checklist: model.Checklist) -> tuple[str, ...]:
    groups = ground.playbook.settings.groups.checklist
    name = next((str(n) for id_, n in groups.items() if id_ == checklist.group), "")
    count = ground.t("{n} {n|item|items}", n=sum(1 for _ in checklist.lines()))
    return tuple(b for b in (name, count) if b)


def _index(ground: Ground, lists: list[model.Checklist]) -> Page:
    names = ground.playbook.settings.groups.checklist
    groups = tuple(
        (f"g-{id_}", str(name), tuple(_entry(ground, c) for c in lists if c.group == id_))
        for id_, name in names.items()
        if any(c.group == id_ for c in lists)
    )
    filters = tuple(f for f in (_roles(ground, lists), class_filter_of(ground, lists))
                    if len(f.choices) > 1)  # fmt: skip
    return shared_page(
        ground,
        "checklists/index.html",
        ground.t("Self-checks"),
        SECTION,
        "index",
        (runs.index_links(ground), page.Index(groups, filters)),
        icon=ICON,
        in_nav=True,
    )


def _entry(ground: Ground, checklist: model.Checklist) -> Entry:
    return Entry(
        title=str(checklist.title),
        href=ground.address(checklist),
        text=ground.inline(checklist.when),
        badges=_badges(ground, checklist)[-1:],
        facets=(
            ("role", tuple(str(r) for r in checklist.roles)),
            ("class", class_facets(ground, checklist)),
        ),
    )


def _roles(ground: Ground, lists: list[model.Checklist]) -> Filter:
    used = {str(r) for c in lists for r in c.roles}
    choices = tuple(
        (str(r.id), r.label) for r in ground.playbook.roles.values() if str(r.id) in used
    )
    return Filter("role", ground.t("Role"), choices)
