"""Methods: guides part by part and their index."""

from __future__ import annotations

from collections.abc import Iterator

from baodian import model, page
from baodian.model.methods import (
    FieldsPart,
    FormulaPart,
    GuidePart,
    LevelsPart,
    NamedLine,
    ProsePart,
    ReachingLine,
    StepsPart,
    TimedLine,
    part_items,
)
from baodian.page import Card, Entry, Fact, Heading, Inline, Link, Origin, Page, Step, Text
from baodian.pages.ground import Ground, anchored
from baodian.pages.markdown_prose import render
from baodian.pages.parts.places import TABLES
from baodian.pages.provenance import basis
from baodian.pages.sheet import entity_page, home, shared_page
from baodian.pages.whom import class_facets, class_filter_of, classes_of, role_names

SECTION = "methods"
ICON = "lightbulb-on"


def write(ground: Ground) -> Iterator[Page]:
    """Yield the index of methods and a page for each."""
    guides = list(ground.playbook.guides.values())
    if guides:
        yield _index(ground, guides)
    yield from ground.each(_guide, guides)


def _guide(ground: Ground, guide: model.Guide) -> Page:
    t = ground.t
    blocks: list[page.Block] = []
    for part in guide.parts_:
        blocks.extend(_part(ground, guide, part))
    if guide.legal:
        blocks.append(_legal(ground, guide))
    facts = []
    if guide.roles:
        facts.append(Fact(t("Who"), (page.line(role_names(ground, guide.roles)),)))
    if guide.for_:
        facts.append(Fact(t("For"), (classes_of(ground, guide.for_),)))
    if facts:
        blocks += [Heading(t("For whom"), "h-for"), page.Facts(tuple(facts))]
    blocks.extend(basis(ground, guide.key))
    names = ground.playbook.settings.groups.guide
    return entity_page(
        ground,
        guide,
        blocks,
        section="red-lines" if guide.group == "red-line" else SECTION,
        lead=ground.inline(guide.intro),
        icon="shield-alert" if guide.legal else ICON,
        badges=tuple(str(n) for id_, n in names.items() if id_ == guide.group),
    )


def _legal(ground: Ground, guide: model.Guide) -> page.Callout:
    t = ground.t
    owner = str(guide.owner or ground.playbook.settings.owner)
    reviewed = str(guide.reviewed or t("not yet reviewed"))
    facts = (
        Fact(t("Answers for it"), (page.line(owner),)),
        Fact(t("Last reviewed"), (page.line(reviewed),)),
    )
    return page.Callout("legal", t("A reminder at work, not legal advice"), (page.Facts(facts),))


# --- parts ----------------------------------------------------------------------------------------


def _part(ground: Ground, guide: model.Guide, part: GuidePart) -> Iterator[page.Block]:
    id_ = part.id_in_list
    title = str(part.title or _part_word(ground, part))
    yield Heading(title, anchored(id_), origin=home(guide, id_, part.at))
    if isinstance(part, ProsePart):
        yield page.Markdown(render(ground, part.text), Origin(guide.key, id_, part.text.at))
        return
    if isinstance(part, FormulaPart):
        formula = page.Paragraph(ground.inline(part.formula), Origin(guide.key, id_, part.at))
        yield page.Callout("note", "", (formula,))
    elif part.intro:
        yield page.Paragraph(ground.inline(part.intro), Origin(guide.key, id_, part.intro.at))
    if isinstance(part, LevelsPart) and any(line.reach for line in part.items.values()):
        yield _rings(ground, part)
    if part_items(part):
        yield _items(ground, guide, part)


def _part_word(ground: Ground, part: GuidePart) -> str:
    t = ground.t
    return {
        "prose": t("In short"), "steps": t("Steps"), "elements": t("What belongs to it"),
        "levels": t("Levels"), "fields": t("What to write down"), "questions": t("Questions"),
        "formula": t("Formula"),
    }[part.kind]  # fmt: skip


def _items(ground: Ground, guide: model.Guide, part: GuidePart) -> page.Block:
    items = tuple(
        (f"{part.id_in_list}.{id_}", line, id_.at) for id_, line in part_items(part).items()
    )
    homes = tuple((line, anchored(id_), home(guide, id_, at)) for id_, line, at in items)
    if isinstance(part, StepsPart | LevelsPart):
        steps = tuple(_step(ground, *home) for home in homes)
        if isinstance(part, LevelsPart):
            return page.Levels(steps, rising=part.order == "low-to-high")
        return page.Steps(steps)
    if isinstance(part, FieldsPart | FormulaPart) and all(line.name for line, _, _ in homes):
        return page.Facts(tuple(_fact(ground, *home) for home in homes))
    return page.Cards(tuple(_card(ground, *home) for home in homes))


def _rings(ground: Ground, part: LevelsPart) -> page.Picture:
    """Return levels as rings around one place, each with how far it reaches."""
    t = ground.t
    rings = [
        page.PictureStep(
            page.plain(ground.inline(line.name or line.text)), page.plain(ground.inline(line.reach))
        )
        for line in part.items.values()
    ]
    if part.order == "high-to-low":
        rings.reverse()
    told = t("; ").join(f"{ring.label}{t.aside(ring.note)}" if ring.note else ring.label
                        for ring in rings)  # fmt: skip
    alt = t("Rings around one place, the nearest first: {rings}", rings=told)
    return page.Picture("rings", tuple(rings), alt)


def _step(ground: Ground, line: NamedLine, anchor: str, origin: Origin) -> Step:
    t = ground.t
    notes = []
    if line.who:
        notes.append(Fact(t("Who"), (page.line(str(line.who)),)))
    if line.why:
        notes.append(Fact(t("Why"), (ground.inline(line.why),)))
    if see := ground.links(line.see):
        notes.append(Fact(t("What helps"), tuple((link,) for link in see)))
    name = str(line.name or "")
    by = ground.inline(line.by) if isinstance(line, TimedLine) else ()
    reach = ground.inline(line.reach) if isinstance(line, ReachingLine) else ()
    text = ground.inline(line.text)
    return Step(text, name, tuple(notes), anchor=anchor, origin=origin, by=by, reach=reach)


def _fact(ground: Ground, line: NamedLine, anchor: str, origin: Origin) -> Fact:
    lines = [ground.inline(line.text)]
    if line.who:
        lines.append(page.line(ground.t("Who: {who}", who=line.who)))
    if line.why:
        lines.append(ground.inline(line.why))
    lines.extend((link,) for link in ground.links(line.see))
    return Fact(str(line.name), tuple(lines), origin, anchor)


def _card(ground: Ground, line: NamedLine, anchor: str, origin: Origin) -> Card:
    """Return an item as a card; without a name its text is the title, its links stand below."""
    text = ground.inline(line.text)
    links: list[Link | page.Value] = list(ground.links(line.see))
    if line.name:
        body: Inline = text
    else:
        body = ()
        links = [s for s in text if isinstance(s, Link | page.Value)] + links
    for link in links:
        body = (*body, Text(" "), link) if body else (link,)
    return Card(
        title=str(line.name) if line.name else page.plain(text),
        text=body,
        badges=(str(line.who),) if line.who else (),
        why=ground.inline(line.why),
        origin=origin,
        anchor=anchor,
    )


# --- index ----------------------------------------------------------------------------------------


def _index(ground: Ground, guides: list[model.Guide]) -> Page:
    t = ground.t
    names = ground.playbook.settings.groups.guide
    groups = tuple(
        (f"g-{id_}", str(name), tuple(_entry(ground, g) for g in guides if g.group == id_))
        for id_, name in names.items()
        if any(g.group == id_ for g in guides)
    )
    filters = tuple(f for f in (class_filter_of(ground, guides),) if len(f.choices) > 1)
    blocks: list[page.Block] = [page.Index(groups, filters)]
    if ground.playbook.tables:
        more = page.LinkItem(Link(t("Decision tables"), TABLES), page.line(t("what to do when")))
        blocks += [Heading(t("See also"), "h-also"), page.Links((more,), big=True)]
    return shared_page(
        ground, "guides/index.html", t("Methods"), SECTION, "index", blocks, icon=ICON, in_nav=True
    )


def _entry(ground: Ground, guide: model.Guide) -> Entry:
    return Entry(
        title=str(guide.title),
        href=ground.address(guide),
        text=ground.inline(guide.intro),
        badges=(ground.t("legal reminder"),) if guide.legal else (),
        facets=(("class", class_facets(ground, guide)),),
    )
