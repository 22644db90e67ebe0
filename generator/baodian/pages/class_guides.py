"""One maintenance guide per class, always in the same order, from wherever each part lives."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from baodian import model, page
from baodian.page import Card, Heading, Link, LinkItem, Origin, Page, Text
from baodian.pages.ground import Ground
from baodian.pages.parts.entitled import cell_marks, elements, measure_card
from baodian.pages.parts.rhythms import how_often
from baodian.pages.parts.rulers import looks, move_title, picture, rule
from baodian.pages.provenance import basis
from baodian.pages.sheet import overdue
from baodian.pages.whom import role_names
from baodian.playbook import Applies, Class, among, applies_to, explain

AT_ONCE = 6  # cards of a section before the rest is folded


@dataclass(frozen=True)
class Guided:
    """A class, the advice for it, and everything that applies to it."""

    ground: Ground
    scheme: model.Scheme
    id: str
    class_: model.Class
    guide: model.ClassGuide | None
    applied: tuple[Applies, ...]

    @property
    def key(self) -> Class:
        """Return the class as (scheme id, class id)."""
        return str(self.scheme.id), self.id

    @property
    def entity(self) -> str:
        """Return the class as references name it."""
        return f"class:{self.scheme.id}/{self.id}"

    def part(self, name: str) -> Origin:
        """Return the mark of a part of the advice, which is at home on this page."""
        places = dict(self.guide.parts()) if self.guide else {}
        return Origin(self.entity, name, places[name], home=True)

    def named(self, *models: type[model.Entity]) -> tuple[Applies, ...]:
        """Return what of these models names the class, and not just everyone."""
        return tuple(a for a in among(self.applied, *models) if a.why != "everyone")

    def reason(self, applies: Applies) -> page.Inline:
        """Return why something stands here; that it names this very class goes without saying."""
        if applies.why == "own":
            return ()
        return self.ground.said(explain(self.ground.playbook, applies, self.key))


def write(ground: Ground) -> Iterator[Page]:
    """Yield a guide for every class of the schemes that have guides."""
    guided = (one for one in ground.playbook.classes() if one[0].has_guides)
    yield from ground.each(_class, guided, lambda of: f"class:{of[0].id}/{of[1]}")


def _class(ground: Ground, of: tuple[model.Scheme, str, model.Class]) -> Page:
    scheme, id_, class_ = of
    key = (str(scheme.id), id_)
    guide = ground.playbook.class_guides.get(key)
    applied = applies_to(ground.playbook, key)
    return _page(Guided(ground, scheme, id_, class_, guide, applied))


def _page(of: Guided) -> Page:
    ground, scheme, guide = of.ground, of.scheme, of.guide
    settings = ground.playbook.settings
    sections = (block for section in SECTIONS for block in section(of))
    matrices = dict.fromkeys(a.entity.key for a in of.applied if a.why == "matrix")
    parts = (f"{of.entity}#{part}" for part, _ in guide.parts()) if guide else ()
    return Page(
        address=ground.class_address(scheme, of.id),
        title=scheme.class_name(of.id),
        kind="class",
        section=ground.looks["class"].chapter,
        blocks=(*sections, *basis(ground, of.entity, *matrices, row=of.id)),
        entity=of.entity,
        accent=str(scheme.id),
        badges=tuple(str(x) for x in (scheme.name, of.class_.call_them) if x),
        lead=ground.inline(of.class_.text),
        trail=(
            page.Crumb(ground.t("Customers"), "customers/index.html"),
            page.Crumb(str(scheme.name), ground.address(scheme)),
        ),
        source=guide.at if guide else of.class_.at,
        draft=guide is not None and guide.draft,
        owner=str((guide and guide.owner) or scheme.owner or settings.owner),
        reviewed=ground.reviewed(of.entity if guide else scheme.key),
        overdue=overdue(ground, of.entity),
        effective_from=str(scheme.effective_from or settings.effective_from),
        holds=frozenset((of.entity, *parts)),
    )


# --- what to reach, and what to do ----------------------------------------------------------------


def _goal(of: Guided) -> Iterator[page.Block]:
    ground, class_ = of.ground, of.class_
    t = ground.t
    if of.guide:
        yield Heading(t("In one sentence"), "goal", icon="target", origin=of.part("goal"))
        yield page.Paragraph(ground.inline(of.guide.goal))
    facts = []
    if rules := rule(ground, of.scheme, class_):
        origin = Origin(of.scheme.key, of.id, class_.at)
        facts.append(page.Fact(t("Who belongs here"), rules, origin))
    if class_.looks_like:
        facts.append(page.Fact(t("How it looks"), looks(ground, class_)))
    if class_.call_them:
        facts.append(page.Fact(t("Call them"), (page.line(str(class_.call_them)),)))
    if class_.then:
        facts.append(page.Fact(t("What to do"), (ground.inline(class_.then),)))
    if facts:
        yield page.Facts(tuple(facts))


def _now(of: Guided) -> Iterator[page.Block]:
    ground, guide, t = of.ground, of.guide, of.ground.t
    yield Heading(t("What to do now"), "now", icon="clock-outline")
    if guide and guide.do:
        yield Heading(t("Do"), "do", level=3, origin=of.part("do"))
        yield page.Bullets(ground.bullets(guide.do, of.entity), style="do")
    if guide and guide.signs_of_trouble:
        yield Heading(t("Watch for"), "signs", level=3, origin=of.part("signs"))
        yield page.Bullets(ground.bullets(guide.signs_of_trouble, of.entity), style="signs")
    rhythms = [a for a in among(of.applied, model.Rhythm) if a.why != "everyone"]
    if rhythms:
        yield Heading(t("Rhythm"), "rhythm", level=3, icon="repeat")
        yield page.Cards(tuple(_rhythm(of, a, a.entity) for a in rhythms), small=True)
    for matrix in ground.playbook.matrices.values():
        if any(a.entity.key == matrix.key for a in of.applied):
            yield from _entitlements(of, matrix)


def _rhythm(of: Guided, applies: Applies, rhythm: model.Rhythm) -> Card:
    ground = of.ground
    return Card(
        title=str(rhythm.what),
        href=ground.address(rhythm),
        text=(*how_often(ground, rhythm), Text(f" · {role_names(ground, rhythm.who)}")),
        why=of.reason(applies),
        origin=Origin(rhythm.key, None, rhythm.at),
    )


def _entitlements(of: Guided, matrix: model.Matrix) -> Iterator[page.Block]:
    ground = of.ground
    link = (Link(ground.t("whole table"), ground.address(matrix)),)
    yield Heading(matrix.label, f"h-{matrix.id}", level=3, icon="gift", why=link)
    if isinstance(matrix, model.EntitlementMatrix):
        marks = cell_marks(ground, matrix, of.id)
        cards = (measure_card(ground, matrix, of.id, m, *marks[m]) for m in marks)
        yield page.Cards(tuple(cards), small=True)
        return
    names = elements(ground, matrix)
    cells = next(cells for row, cells in matrix.cells.items() if row == of.id)
    yield page.Facts(
        tuple(
            page.Fact(
                names.get(str(id_), str(id_)),
                (ground.inline(cell.text or cell.lost),),
                Origin(matrix.key, f"{of.id}.{id_}", cell.at),
            )
            for id_, cell in cells.items()
        )
    )


# --- what to say, to check, and not to do ---------------------------------------------------------


def _say(of: Guided) -> Iterator[page.Block]:
    if scripts := of.named(model.Script):
        yield Heading(of.ground.t("What to say"), "say", icon="chat-processing")
        yield from _narrow_and_wide(of, scripts, "say")


def _check(of: Guided) -> Iterator[page.Block]:
    if lists := of.named(model.Checklist):
        yield Heading(of.ground.t("What to check"), "check", icon="clipboard-check")
        yield from _narrow_and_wide(of, lists, "check")


def _dont(of: Guided) -> Iterator[page.Block]:
    if of.guide and of.guide.dont:
        title, origin = of.ground.t("What not to do"), of.part("dont")
        yield Heading(title, "dont", icon="close-circle", origin=origin)
        yield page.Bullets(of.ground.bullets(of.guide.dont, of.entity), style="dont")


def _narrow_and_wide(of: Guided, applied: Sequence[Applies], anchor: str) -> Iterator[page.Block]:
    """Yield cards for what names this class, and a line each for what the whole ruler shares."""
    ground = of.ground
    narrow = [a for a in applied if a.why != "all" or a.of_rhythm]
    if narrow:
        at_once = AT_ONCE if len(narrow) > AT_ONCE + 2 else len(narrow)
        yield _cards(of, narrow[:at_once])
        if more := narrow[at_once:]:
            yield page.Folded(
                ground.t("{n} more", n=len(more)), (_cards(of, more),), f"{anchor}-rest"
            )
    wide = [a for a in applied if a not in narrow]
    if wide:
        note = of.reason(wide[0])
        if narrow:
            yield Heading(ground.t("Also useful"), f"{anchor}-more", level=3, why=note)
        else:
            yield page.Paragraph(note)
        yield page.Links(tuple(_line(ground, a.entity) for a in wide))


def _cards(of: Guided, applied: Sequence[Applies]) -> page.Cards:
    return page.Cards(tuple(_card(of, a, a.entity) for a in applied))


def _card(of: Guided, applies: Applies, entity: model.Entity) -> Card:
    return Card(
        title=entity.label,
        href=of.ground.address(entity),
        # A case is told by its title: its summary is what went wrong.
        text=of.ground.inline(None if isinstance(entity, model.Case) else entity.summary),
        why=of.reason(applies),
        origin=Origin(entity.key, None, entity.at),
    )


def _line(ground: Ground, entity: model.Entity) -> LinkItem:
    link = Link(entity.label, ground.address(entity))
    return LinkItem(link, origin=Origin(entity.key, None, entity.at))


# --- where it leads, and what helps ---------------------------------------------------------------


def _moves(of: Guided) -> Iterator[page.Block]:
    ground = of.ground
    moves = [a.entity for a in among(of.applied, model.Transition) if a.why == "move"]
    if not moves:
        return
    yield Heading(ground.t("Up and down"), "moves", icon="swap-vertical")
    yield picture(ground, of.scheme, of.id)
    yield page.Links(
        tuple(
            LinkItem(
                Link(move_title(ground, move), ground.address(move)),
                ground.inline(move.when),
                Origin(move.key, None, move.at),
            )
            for move in moves
        )
    )


def _cases(of: Guided) -> Iterator[page.Block]:
    if cases := of.named(model.Case):
        yield Heading(of.ground.t("Cases"), "cases", icon="book-open-variant")
        yield _cards(of, cases)


def _helps(of: Guided) -> Iterator[page.Block]:
    helps = of.named(model.Guide, model.Table, model.Allocation, model.Timetable, model.Calendar)
    if helps:
        title = of.ground.t("Methods, tables and plans")
        yield Heading(title, "helps", icon="lightbulb-on")
        yield from _narrow_and_wide(of, helps, "helps")


def _everyone(of: Guided) -> Iterator[page.Block]:
    ground = of.ground
    entities = [a.entity for a in of.applied if a.why == "everyone"]
    if not entities:
        return
    facts = []
    for kind in dict.fromkeys(entity.kind for entity in entities):
        links: list[page.Segment] = []
        for entity in entities:
            if entity.kind == kind:
                if links:
                    links.append(Text(" · "))
                links.append(Link(entity.label, ground.address(entity)))
        facts.append(page.Fact(ground.kind_word(kind), (tuple(links),)))
    yield Heading(ground.t("For everyone"), "everyone", icon="account-group")
    yield page.Facts(tuple(facts))


SECTIONS: tuple[Callable[[Guided], Iterator[page.Block]], ...] = (
    _goal, _now, _say, _check, _dont, _moves, _cases, _helps, _everyone,
)  # fmt: skip
"""The sections of a guide, in the order of its page; 依据 follows them."""
