"""Rulers: one page each with its classes, rules and order, and the page of all rulers."""

from __future__ import annotations

from collections.abc import Iterator

from baodian import model, page
from baodian.model import interval_texts
from baodian.model.customers import Lost, SignTable
from baodian.model.ids import DimensionId, SignId
from baodian.page import Cell, Heading, Inline, Link, Page, Row
from baodian.pages.ground import Ground
from baodian.pages.parts import maps
from baodian.pages.parts.entitled import move_balance
from baodian.pages.parts.places import FINDER
from baodian.pages.parts.rulers import condition, looks, move_title, picture, rule
from baodian.pages.parts.scales import scales
from baodian.pages.provenance import basis
from baodian.pages.sheet import entity_page, home, shared_page
from baodian.pages.whom import classes_of
from baodian.playbook import applies_to, examples

SECTION = "customers"


def write(ground: Ground) -> Iterator[Page]:
    """Yield the page of all rulers, if there are any, and a page for each."""
    if ground.playbook.schemes:
        yield _index(ground)
    yield from ground.each(_scheme, ground.playbook.schemes.values())


def _scheme(ground: Ground, scheme: model.Scheme) -> Page:
    t = ground.t
    about = [page.Fact(t("It judges"), (page.line(_judged(ground, scheme)),))]
    if scheme.decided_by:
        about.append(page.Fact(t("Who decides"), (ground.inline(scheme.decided_by),)))
    if scheme.decided_when:
        about.append(page.Fact(t("When"), (ground.inline(scheme.decided_when),)))
    map_ = maps.drawn(ground, scheme)
    first = map_ is not None and map_.passages and len(map_.areas) == len(scheme.classes)
    blocks: list[page.Block] = [map_ if map_ and first else picture(ground, scheme, bounds=True)]
    if scheme.intro:
        blocks.append(page.Paragraph(ground.inline(scheme.intro)))
    blocks += [Heading(t("Classes"), "h-classes"), _classes(ground, scheme)]
    if scheme.dimensions:
        link = Link(t("Find the class by questions"), f"{FINDER}?ruler={scheme.id}")
        blocks += [
            Heading(t("How to decide"), "h-rules"),
            *((map_,) if map_ and not first else ()),
            *(() if map_ else scales(ground, scheme)),
            *_rules(ground, scheme),
            page.Links((page.LinkItem(link),), big=True),
            page.Folded(t("What is asked, and what it can be"), (_asked(ground, scheme),)),
        ]
    if scheme.examples:
        blocks += [Heading(t("Examples"), "h-examples"), _examples(ground, scheme)]
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
        blocks += [Heading(t("Moves"), "h-moves"), page.Links(moves, rows=True)]
    blocks += [page.Facts(tuple(about)), *basis(ground, scheme.key)]
    return entity_page(
        ground,
        scheme,
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
            text = interval_texts.parse(str(asked.whole or asked.number)).words(ground.t)
            text = f"{text}{ground.t.aside(str(asked.unit)) if asked.unit else ''}"
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
        name: Inline = page.line(scheme.class_name(id_))
        if scheme.has_guides:
            name = (Link(scheme.class_name(id_), ground.class_address(scheme, str(id_))),)
        about = (
            *((ground.inline(class_.text),) if class_.text else ()),
            *looks(ground, class_),
        )
        then = (
            *((ground.inline(class_.then),) if class_.then else ()),
            *((link,) for link in _class_scripts(ground, scheme, str(id_))),
        )
        also = () if scheme.has_guides else class_.aliases  # a guide is found by them itself
        code = " · ".join(str(x) for x in (class_.code, class_.call_them, *also) if x)
        rows.append(
            Row(
                (Cell((name, page.line(code)) if code else (name,)), Cell(about), Cell(then)),
                anchor=str(id_),
                origin=home(scheme, str(id_), class_.at),
            )
        )  # fmt: skip
    columns = (t("Class"), t("How it looks"), t("What to do"))
    return page.Table(columns, tuple(rows))


def _class_scripts(ground: Ground, scheme: model.Scheme, class_: str) -> tuple[Link, ...]:
    if scheme.has_guides:
        return ()
    applied = applies_to(ground.playbook, (str(scheme.id), class_))
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
                criteria = box.get(DimensionId(dimension))
                words = (
                    condition(ground, scheme.dimensions, str(dimension), criteria)
                    if criteria
                    else page.line(ground.t("any"))
                )
                cells.append(Cell((words,)))
            rows.append(Row((Cell((name,)), *cells)))
    proved = ground.t("Every case belongs to exactly one class.")
    if scheme.classes_are == "overlapping":
        proved = ground.t("A customer may belong to several classes.")
    return (page.Table(columns, tuple(rows), dense=True), page.Paragraph(page.line(proved)))


def _examples(ground: Ground, scheme: model.Scheme) -> page.Table:
    """Return each example with its class and the part of the rule that takes it."""
    t = ground.t
    found = examples.engine(ground.playbook, scheme)
    classes = {str(id_): class_ for id_, class_ in scheme.classes.items()}
    rows = []
    for id_, example in scheme.examples.items():
        is_ = [str(class_) for class_ in example.is_]
        links = tuple((ground.link("class", f"{scheme.id}/{class_}"),) for class_ in is_)
        places = (
            {class_: examples.reason(found, example, class_) for class_ in is_} if found else {}
        )
        why = tuple(
            rule(ground, scheme, classes[class_])[place]
            for class_, place in places.items()
            if place is not None
        )
        cells = (Cell((page.line(str(example.customer)),)), Cell(links), Cell(why))
        rows.append(Row(cells, anchor=str(id_), origin=home(scheme, str(id_), example.at)))
    return page.Table((t("Customer"), t("Class"), t("Why")), tuple(rows))


def _signs(ground: Ground, scheme: model.Scheme, table: SignTable) -> page.Table:
    used = [s for s in scheme.signs if any(s in row for row in table.rows.values())]
    rows = []
    for class_, cells in table.rows.items():
        shown = [Cell((page.line(scheme.class_name(class_)),))]
        for sign in used:
            value = cells.get(SignId(sign))
            if value is None:
                shown.append(Cell())
            elif isinstance(value, Lost):
                shown.append(Cell((ground.inline(value.lost),)))
            else:
                shown.append(Cell((page.line(ground.t(" or ").join(map(str, value))),)))
        rows.append(Row(tuple(shown)))
    names = (str(scheme.signs[s].name) for s in used)
    caption = page.plain(classes_of(ground, table.for_)) if table.for_ else ""
    return page.Table((ground.t("Class"), *names), tuple(rows), caption=caption, dense=True)


def _moves(ground: Ground, scheme: model.Scheme) -> tuple[page.LinkItem, ...]:
    items = []
    for move in ground.playbook.transitions.values():
        if any(term.scheme == scheme.id for s in move.from_ for term in s.terms[:1]):
            link = Link(move_title(ground, move), ground.address(move))
            note, balance = ground.inline(move.when), move_balance(ground, move)
            items.append(page.LinkItem(link, note, balance=balance))
    return tuple(items)


def _index(ground: Ground) -> Page:
    t = ground.t
    schemes = list(ground.playbook.schemes.values())
    cards = tuple(
        page.Card(
            title=str(s.name),
            href=ground.address(s),
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
                    href=ground.class_address(s, str(id_)),
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
    return shared_page(
        ground, "customers/index.html", t("Customers"), SECTION, "index", blocks, in_nav=True
    )
