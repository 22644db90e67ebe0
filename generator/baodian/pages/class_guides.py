"""One maintenance guide per class, always in the same order, from wherever each part lives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from baodian import model, page
from baodian.page import Card, Heading, Link, Origin, Page, Text
from baodian.pages.ground import Ground
from baodian.pages.parts.entitled import cell_marks, elements, measure_card
from baodian.pages.parts.rhythms import how_often
from baodian.pages.parts.rulers import looks, move_title, picture, rule
from baodian.pages.provenance import basis
from baodian.pages.whom import role_names
from baodian.playbook import CLASS_PARTS, Applies, Class

AT_ONCE = 6  # cards of a section before the rest is folded


def write(ground: Ground) -> Iterator[Page]:
    """Yield a guide for every class of the schemes that have guides."""
    for scheme, id_, class_ in ground.playbook.classes():
        if scheme.has_guides:
            yield _guide(ground, scheme, id_, class_)


def _guide(ground: Ground, scheme: model.Scheme, id_: str, class_: model.Class) -> Page:
    key: Class = (str(scheme.id), id_)
    guide = ground.playbook.class_guides.get(key)
    applied = ground.playbook.applies_to(key)
    sections = (
        *_goal(ground, key, guide, class_, scheme),
        *_now(ground, key, guide, applied),
        *_say(ground, key, applied),
        *_check(ground, key, applied),
        *_dont(ground, key, guide),
        *_moves(ground, key, applied),
        *_cases(ground, key, applied),
        *_helps(ground, key, applied),
        *_everyone(ground, applied),
        *basis(ground, f"class:{scheme.id}/{id_}", *_bases(applied), row=id_),
    )
    settings = ground.playbook.settings
    entity = f"class:{scheme.id}/{id_}"
    held = frozenset((entity, *(f"{entity}#{p}" for p in CLASS_PARTS if _has(guide, p))))
    return Page(
        address=ground.class_address(scheme, str(id_)),
        title=ground.playbook.class_name(key),
        kind="class",
        section=ground.looks["class"].chapter,
        blocks=sections,
        entity=entity,
        accent=str(scheme.id),
        badges=tuple(str(x) for x in (scheme.name, class_.call_them) if x),
        lead=ground.inline(class_.text),
        trail=(
            page.Crumb(ground.t("Customers"), "customers/index.html"),
            page.Crumb(str(scheme.name), ground.address(scheme)),
        ),
        source=guide.at if guide else class_.at,
        draft=guide is not None and guide.draft,
        owner=str(scheme.owner or settings.owner),
        reviewed=str(scheme.reviewed or ""),
        effective_from=str(scheme.effective_from or settings.effective_from),
        holds=held,
    )


def _has(guide: model.ClassGuide | None, part: str) -> bool:
    return guide is not None and bool(getattr(guide, {"signs": "signs_of_trouble"}.get(part, part)))


def _part(ground: Ground, key: Class, part: str, guide: model.ClassGuide) -> Origin:
    field = {"signs": "signs_of_trouble"}.get(part, part)
    value = getattr(guide, field)
    first = value if hasattr(value, "at") else value[0]
    return Origin(f"class:{key[0]}/{key[1]}", part, first.at, home=True)


def _goal(
    ground: Ground,
    key: Class,
    guide: model.ClassGuide | None,
    class_: model.Class,
    scheme: model.Scheme,
) -> Iterator[page.Block]:
    t = ground.t
    if guide:
        origin = _part(ground, key, "goal", guide)
        yield Heading(t("In one sentence"), "goal", icon="target", origin=origin)
        yield page.Paragraph(ground.inline(guide.goal))
    facts = []
    rules = rule(ground, scheme, class_)
    if rules:
        facts.append(page.Fact(t("Who belongs here"), rules, Origin(scheme.key, key[1], class_.at)))
    if class_.looks_like:
        facts.append(page.Fact(t("How it looks"), looks(ground, class_)))
    if class_.call_them:
        facts.append(page.Fact(t("Call them"), (page.line(str(class_.call_them)),)))
    if class_.then:
        facts.append(page.Fact(t("What to do"), (ground.inline(class_.then),)))
    if facts:
        yield page.Facts(tuple(facts))


def _now(
    ground: Ground, key: Class, guide: model.ClassGuide | None, applied: Sequence[Applies]
) -> Iterator[page.Block]:
    t = ground.t
    yield Heading(t("What to do now"), "now", icon="clock-outline")
    if guide and guide.do:
        yield Heading(t("Do"), "do", level=3, origin=_part(ground, key, "do", guide))
        yield page.Bullets(ground.bullets(guide.do, f"class:{key[0]}/{key[1]}"), style="do")
    if guide and guide.signs_of_trouble:
        origin = _part(ground, key, "signs", guide)
        yield Heading(t("Watch for"), "signs", level=3, origin=origin)
        lines = ground.bullets(guide.signs_of_trouble, f"class:{key[0]}/{key[1]}")
        yield page.Bullets(lines, style="signs")
    rhythms = [a for a in applied if a.entity.kind == "rhythm" and a.why != "everyone"]
    if rhythms:
        yield Heading(t("Rhythm"), "rhythm", level=3, icon="repeat")
        yield page.Cards(tuple(_rhythm(ground, key, a) for a in rhythms), small=True)
    yield from _entitlements(ground, key, applied)


def _rhythm(ground: Ground, key: Class, applies: Applies) -> Card:
    rhythm = cast("model.Rhythm", applies.entity)
    return Card(
        title=str(rhythm.what),
        href=ground.address(rhythm),
        text=(*how_often(ground, rhythm), Text(f" · {role_names(ground, rhythm.who)}")),
        why=_reason(ground, key, applies),
        origin=Origin(rhythm.key, None, rhythm.at),
    )


def _reason(ground: Ground, key: Class, applies: Applies) -> page.Inline:
    """Return why something stands here; that it names this very class goes without saying."""
    return () if applies.why == "own" else ground.said(ground.playbook.explain(applies, key))


def _entitlements(ground: Ground, key: Class, applied: Sequence[Applies]) -> Iterator[page.Block]:
    through = [a for a in applied if a.why == "matrix"]
    for matrix in dict.fromkeys(a.entity.key for a in through):
        parts = [a for a in through if a.entity.key == matrix]
        entity = cast("model.Matrix", parts[0].entity)
        anchor = f"h-{entity.id}"
        link = (Link(ground.t("whole table"), ground.address(entity)),)
        yield Heading(entity.label, anchor, level=3, icon="gift", why=link)
        if isinstance(entity, model.EntitlementMatrix):
            marks = cell_marks(ground, entity, key[1])
            yield page.Cards(
                tuple(measure_card(ground, entity, key[1], m, *marks[m]) for m in marks), small=True
            )
        else:
            cells = next(c for k, c in entity.cells.items() if k == key[1])
            yield page.Facts(
                tuple(
                    page.Fact(
                        _element(ground, entity, str(id_)),
                        (ground.inline(cell.text or cell.lost),),
                        Origin(entity.key, f"{key[1]}.{id_}", cell.at),
                    )
                    for id_, cell in cells.items()
                )
            )


def _element(ground: Ground, matrix: model.TextMatrix, id_: str) -> str:
    return elements(ground, matrix).get(id_, id_)


def _cards(ground: Ground, key: Class, applied: Sequence[Applies]) -> page.Cards:
    cards = []
    for a in applied:
        entity = a.entity
        text = getattr(entity, "goal", None) or getattr(entity, "when", None)
        text = text or getattr(entity, "intro", None)
        cards.append(
            Card(
                title=entity.label,
                href=ground.address(entity),
                text=ground.inline(text),
                why=_reason(ground, key, a),
                origin=Origin(entity.key, None, entity.at),
            )
        )
    return page.Cards(tuple(cards))


def _of(applied: Sequence[Applies], *kinds: str) -> list[Applies]:
    return [a for a in applied if a.entity.kind in kinds and a.why != "everyone"]


def _narrow_and_wide(
    ground: Ground, key: Class, found: Sequence[Applies], anchor: str
) -> Iterator[page.Block]:
    """Yield cards for what names this class, and a line each for what the whole ruler shares."""
    narrow = [a for a in found if a.why != "all"]
    if narrow:
        at_once = AT_ONCE if len(narrow) > AT_ONCE + 2 else len(narrow)
        yield _cards(ground, key, narrow[:at_once])
        if more := narrow[at_once:]:
            title = ground.t("{n} more", n=len(more))
            yield page.Folded(title, (_cards(ground, key, more),), f"{anchor}-rest")
    wide = [a for a in found if a.why == "all"]
    if wide:
        note = ground.said(ground.playbook.explain(wide[0], key))
        if narrow:
            yield Heading(ground.t("Also useful"), f"{anchor}-more", level=3, why=note)
        else:
            yield page.Paragraph(note)
        yield page.Links(
            tuple(
                page.LinkItem(
                    Link(a.entity.label, ground.address(a.entity)),
                    origin=Origin(a.entity.key, None, a.entity.at),
                )
                for a in wide
            )
        )


def _say(ground: Ground, key: Class, applied: Sequence[Applies]) -> Iterator[page.Block]:
    if found := _of(applied, "script"):
        yield Heading(ground.t("What to say"), "say", icon="chat-processing")
        yield from _narrow_and_wide(ground, key, found, "say")


def _check(ground: Ground, key: Class, applied: Sequence[Applies]) -> Iterator[page.Block]:
    if found := _of(applied, "checklist"):
        yield Heading(ground.t("What to check"), "check", icon="clipboard-check")
        yield from _narrow_and_wide(ground, key, found, "check")


def _dont(ground: Ground, key: Class, guide: model.ClassGuide | None) -> Iterator[page.Block]:
    if guide and guide.dont:
        origin = _part(ground, key, "dont", guide)
        yield Heading(ground.t("What not to do"), "dont", icon="close-circle", origin=origin)
        yield page.Bullets(ground.bullets(guide.dont, f"class:{key[0]}/{key[1]}"), style="dont")


def _moves(ground: Ground, key: Class, applied: Sequence[Applies]) -> Iterator[page.Block]:
    moves = [a for a in applied if a.why == "move"]
    if not moves:
        return
    yield Heading(ground.t("Up and down"), "moves", icon="swap-vertical")
    yield picture(ground, ground.playbook.schemes[key[0]], key[1])
    items = []
    for a in moves:
        move = cast("model.Transition", a.entity)
        link = Link(move_title(ground, move), ground.address(move))
        items.append(page.LinkItem(link, ground.inline(move.when), Origin(move.key, None, move.at)))
    yield page.Links(tuple(items))


def _cases(ground: Ground, key: Class, applied: Sequence[Applies]) -> Iterator[page.Block]:
    if found := _of(applied, "case"):
        yield Heading(ground.t("Cases"), "cases", icon="book-open-variant")
        yield _cards(ground, key, found)


def _helps(ground: Ground, key: Class, applied: Sequence[Applies]) -> Iterator[page.Block]:
    if found := _of(applied, "guide", "table", "plan"):
        yield Heading(ground.t("Methods, tables and plans"), "helps", icon="lightbulb-on")
        yield from _narrow_and_wide(ground, key, found, "helps")


def _everyone(ground: Ground, applied: Sequence[Applies]) -> Iterator[page.Block]:
    found = [a for a in applied if a.why == "everyone"]
    if not found:
        return
    facts = []
    for kind in dict.fromkeys(a.entity.kind for a in found):
        links: list[page.Segment] = []
        for a in found:
            if a.entity.kind == kind:
                if links:
                    links.append(Text(" · "))
                links.append(Link(a.entity.label, ground.address(a.entity)))
        facts.append(page.Fact(ground.kind_word(kind), (tuple(links),)))
    yield Heading(ground.t("For everyone"), "everyone", icon="account-group")
    yield page.Facts(tuple(facts))


def _bases(applied: Sequence[Applies]) -> tuple[str, ...]:
    matrices = (a.entity.key for a in applied if a.why == "matrix")
    return tuple(dict.fromkeys(matrices))
