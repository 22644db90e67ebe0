"""Rulers: one page each with its classes, rules and order, and the page of all rulers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, cast

from baodian import model, page
from baodian.model import intervals
from baodian.model.customers import Dimension, Lost, SignTable
from baodian.model.fields import Criterion
from baodian.page import Cell, Heading, Inline, Link, Page, PictureStep, Row, Text
from baodian.pages.ground import Ground
from baodian.said.messages import msg

SECTION = "customers"


def write(ground: Ground) -> Iterator[Page]:
    """Yield the page of all rulers and a page for each."""
    yield _index(ground)
    for scheme in ground.of_kind("scheme"):
        yield _scheme(ground, cast("model.Scheme", scheme))


def condition(
    ground: Ground, asked: Mapping[Any, Dimension], id_: str, criteria: tuple[Criterion, ...]
) -> Inline:
    """Return one condition of a rule in words: values by name, numbers with their unit."""
    dimension = next(d for k, d in asked.items() if k == id_)
    if dimension.values:
        wanted = {str(c) for c in criteria}
        names = [str(v) for k, v in dimension.values.items() if str(k) in wanted]
        return (Text(ground.t(" or ").join(names)),)
    words = intervals.parse(criteria[0]).words(ground.t)
    if dimension.unit:
        after = " " if re.search(r"\d [A-Za-z]", words) else ""
        words = re.sub(r"^(.*\d) ?", rf"\1 {dimension.unit}{after}", words, count=1)
    words = re.sub(r"(?<=[\u4e00-\u9fff]) (?=不满|超过)", "、", words)
    return ground.inline(re.sub(r"(?<=[】\u4e00-\u9fff]) (?=[【\u4e00-\u9fff])", "", words))


def rule(ground: Ground, scheme: model.Scheme, class_: model.Class) -> tuple[Inline, ...]:
    """Return the rule of a class in words, one line for each box."""
    lines = []
    for box in class_.when:
        pieces: list[page.Segment] = []
        for id_, criteria in box.items():
            name = next(str(d.name) for k, d in scheme.dimensions.items() if k == id_)
            pieces.append(Text(f"{'；' if pieces else ''}{name}："))
            pieces.extend(condition(ground, scheme.dimensions, str(id_), criteria))
        lines.append(tuple(pieces))
    return tuple(lines)


def looks(ground: Ground, class_: model.Class) -> tuple[Inline, ...]:
    """Return how a class looks, one line for each kind of customer it is told for."""
    return tuple(
        (*ground.classes_of(p.for_), Text("："), *ground.inline(p.text))
        if p.for_
        else ground.inline(p.text)
        for p in class_.looks_like
    )


def picture(ground: Ground, scheme: model.Scheme, current: str | None = None) -> page.Picture:
    """Return the order of a ruler's classes as a picture, with the moves between them."""
    t = ground.t
    ids = [str(c) for c in scheme.classes]
    if scheme.order == "high-to-low":
        ids.reverse()
    steps = tuple(
        PictureStep(
            label=scheme.class_name(id_),
            note=str(class_.call_them or class_.code or ""),
            href=ground.address("class", f"{scheme.id}/{id_}"),
            current=id_ == current,
        )
        for id_ in ids
        for class_ in [next(c for k, c in scheme.classes.items() if k == id_)]
    )
    names = tuple(s.label for s in steps)
    match scheme.order:
        case "none":
            alt = t.text(msg("The classes, in no order: {names}", names=names))
        case "stages":
            alt = t.text(msg("The stages in their order: {names}", names=names))
        case _:
            alt = t.text(msg("From low to high: {names}", names=names))
    kinds: dict[str, Any] = {"none": "set", "stages": "stages"}
    return page.Picture(kinds.get(scheme.order, "ladder"), steps, alt, accent=str(scheme.id))


def _scheme(ground: Ground, scheme: model.Scheme) -> Page:
    t = ground.t
    about = [page.Fact(t("It judges"), (page.line(_judged(ground, scheme)),))]
    if scheme.decided_by:
        about.append(page.Fact(t("Who decides"), (ground.inline(scheme.decided_by),)))
    if scheme.decided_when:
        about.append(page.Fact(t("When"), (ground.inline(scheme.decided_when),)))
    blocks: list[page.Block] = [picture(ground, scheme)]
    if scheme.intro:
        blocks.append(page.Paragraph(ground.inline(scheme.intro)))
    blocks += [Heading(t("Classes"), "h-classes"), _classes(ground, scheme)]
    if scheme.dimensions:
        link = Link(t("Find the class by questions"), f"finder.html?ruler={scheme.id}")
        blocks += [
            Heading(t("How to decide"), "h-rules"),
            *_rules(ground, scheme),
            page.Links((page.LinkItem(link),), big=True),
            page.Folded(t("What is asked, and what it can be"), (_asked(ground, scheme),)),
        ]
    if scheme.exceptions:
        blocks.append(Heading(t("Exceptions"), "h-exceptions"))
        blocks.append(page.Bullets(ground.bullets(scheme.exceptions, scheme.key)))
    if scheme.sign_tables:
        blocks.append(Heading(t("Signs"), "h-signs"))
        note = t("Signs only point to a class; the rule above decides.")
        blocks.append(page.Paragraph(page.line(note)))
        blocks += [_signs(ground, scheme, table) for table in scheme.sign_tables]
        facts = tuple(
            page.Fact(
                str(sign.name),
                (page.line(ground.t(" or ").join(map(str, sign.values))),),
                page.Origin(scheme.key, None, sign.at),
                anchor=str(id_),
            )
            for id_, sign in scheme.signs.items()
        )
        blocks.append(page.Folded(t("What each sign can be"), (page.Facts(facts),)))
        if scheme.told_apart_by:
            asked = next(
                (str(d.name) for k, d in scheme.dimensions.items() if k == scheme.told_apart_by),
                str(scheme.told_apart_by),
            )
            blocks.append(
                page.Paragraph(page.line(t("Where signs cannot decide, ask: {what}", what=asked)))
            )
    moves = _moves(ground, scheme)
    if moves:
        blocks += [Heading(t("Moves"), "h-moves"), page.Links(moves)]
    blocks += [page.Facts(tuple(about)), *ground.basis(scheme.key)]
    return ground.page(
        scheme,
        SECTION,
        blocks,
        lead=page.line(str(scheme.question or "")),
        accent=str(scheme.id),
        in_nav=scheme.has_guides,
    )


def _asked(ground: Ground, scheme: model.Scheme) -> page.Facts:
    facts = []
    for id_, asked in scheme.dimensions.items():
        if asked.values:
            text = ground.t(" or ").join(map(str, asked.values.values()))
        else:
            text = intervals.parse(str(asked.whole or asked.number)).words(ground.t)
            text = f"{text}{f'（{asked.unit}）' if asked.unit else ''}"
        origin = page.Origin(scheme.key, None, asked.at)
        facts.append(page.Fact(str(asked.name), (ground.inline(text),), origin, anchor=str(id_)))
    return page.Facts(tuple(facts))


def _judged(ground: Ground, scheme: model.Scheme) -> str:
    kinds = ground.playbook.settings.kinds_of_customer
    return next(str(v) for k, v in kinds.items() if k == scheme.judges)


def _classes(ground: Ground, scheme: model.Scheme) -> page.Table:
    t = ground.t
    rows = []
    for id_, class_ in scheme.classes.items():
        key = f"{scheme.id}/{id_}"
        name: Inline = page.line(scheme.class_name(id_))
        if scheme.has_guides:
            name = (Link(scheme.class_name(id_), ground.address("class", key)),)
        about = (
            *((ground.inline(class_.text),) if class_.text else ()),
            *looks(ground, class_),
        )
        then = (
            *((ground.inline(class_.then),) if class_.then else ()),
            *((link,) for link in _class_scripts(ground, scheme, str(id_))),
        )
        code = page.line(" · ".join(str(x) for x in (class_.code, class_.call_them) if x))
        rows.append(
            Row(
                (Cell((name, code) if class_.code or class_.call_them else (name,)),
                 Cell(about), Cell(then)),
                anchor=str(id_),
                origin=ground.home(scheme, str(id_), class_.at),
            )
        )  # fmt: skip
    columns = (t("Class"), t("How it looks"), t("What to do"))
    return page.Table(columns, tuple(rows))


def _class_scripts(ground: Ground, scheme: model.Scheme, class_: str) -> tuple[Link, ...]:
    if scheme.has_guides:
        return ()
    applied = ground.playbook.applies_to((str(scheme.id), class_))
    links = (
        ground.link("script", str(a.entity.id))
        for a in applied
        if a.entity.kind == "script" and a.why != "everyone"
    )
    return tuple(link for link in links if isinstance(link, Link))


def _rules(ground: Ground, scheme: model.Scheme) -> tuple[page.Block, ...]:
    columns = (ground.t("Class"), *(str(d.name) for d in scheme.dimensions.values()))
    rows = []
    for id_, class_ in scheme.classes.items():
        name = (ground.link("class", f"{scheme.id}/{id_}"),)
        for box in class_.when:
            cells = []
            for dimension in scheme.dimensions:
                criteria = box.get(dimension)
                words = (
                    condition(ground, scheme.dimensions, str(dimension), criteria)
                    if criteria
                    else page.line(ground.t("any"))
                )
                cells.append(Cell((words,)))
            rows.append(Row((Cell((name,)), *cells)))
    if not rows:
        return ()
    proved = ground.t("Every case belongs to exactly one class.")
    if scheme.classes_are == "overlapping":
        proved = ground.t("A customer may belong to several classes.")
    return (page.Table(columns, tuple(rows), dense=True), page.Paragraph(page.line(proved)))


def _signs(ground: Ground, scheme: model.Scheme, table: SignTable) -> page.Table:
    used = [s for s in scheme.signs if any(s in row for row in table.rows.values())]
    rows = []
    for class_, cells in table.rows.items():
        shown = [Cell((page.line(scheme.class_name(class_)),))]
        for sign in used:
            value = cells.get(sign)
            if value is None:
                shown.append(Cell())
            elif isinstance(value, Lost):
                shown.append(Cell((ground.inline(value.lost),)))
            else:
                shown.append(Cell((page.line(ground.t(" or ").join(map(str, value))),)))
        rows.append(Row(tuple(shown)))
    names = (str(scheme.signs[s].name) for s in used)
    caption = page.plain(ground.classes_of(table.for_)) if table.for_ else ""
    return page.Table((ground.t("Class"), *names), tuple(rows), caption=caption, dense=True)


def _moves(ground: Ground, scheme: model.Scheme) -> tuple[page.LinkItem, ...]:
    found = []
    for entity in ground.of_kind("transition"):
        move = cast("model.Transition", entity)
        if any(term.scheme == scheme.id for s in move.from_ for term in s.terms[:1]):
            link = Link(move_title(ground, move), ground.address("transition", str(move.id)))
            found.append(page.LinkItem(link, ground.inline(move.when)))
    return tuple(found)


def move_title(ground: Ground, move: model.Transition) -> str:
    """Return a move as `from → to`."""
    start = page.plain(ground.classes_of(move.from_))
    if move.to is None:
        end = "、".join(ground.title("scheme", str(s)) for s in move.starts)
    elif move.to.ends:
        end = ground.t("over")
        if move.starts:
            end += " + " + "、".join(ground.title("scheme", str(s)) for s in move.starts)
    else:
        end = ground.title("class", f"{move.to.scheme}/{move.to.name}")
    return f"{start} → {end}"


def _index(ground: Ground) -> Page:
    t = ground.t
    schemes = [cast("model.Scheme", s) for s in ground.of_kind("scheme")]
    cards = tuple(
        page.Card(
            title=str(s.name),
            href=ground.address("scheme", str(s.id)),
            text=page.line(str(s.question or "")),
            badges=(_judged(ground, s),),
            accent=str(s.id),
        )
        for s in schemes
    )
    groups = tuple(
        (
            f"g-{s.id}",
            str(s.name),
            tuple(
                page.Entry(
                    title=s.class_name(id_),
                    href=ground.address("class", f"{s.id}/{id_}"),
                    text=ground.inline(c.text),
                    badges=(str(c.call_them),) if c.call_them else (),
                    facets=(("judges", (str(s.judges),)),),
                    accent=str(s.id),
                )
                for id_, c in s.classes.items()
            ),
        )
        for s in schemes
    )
    kinds = ground.playbook.settings.kinds_of_customer
    judged = tuple((str(k), str(v)) for k, v in kinds.items())
    blocks = (
        Heading(t("Which ruler for whom"), "h-rulers"),
        page.Cards(cards),
        Heading(t("All classes"), "h-classes"),
        page.Index(groups, (page.Filter("judges", t("Who is it about"), judged),)),
    )
    return ground.shared(
        "customers/index.html", t("Customers"), SECTION, "index", blocks, in_nav=True
    )
