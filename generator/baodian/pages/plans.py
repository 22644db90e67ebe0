"""Plans: one page each, and the index of plans and of paths for new people."""

from __future__ import annotations

from collections.abc import Iterator

from baodian import model, page
from baodian.model.plans import AllocationRow, CalendarEntry, TimetableEntry
from baodian.page import (
    Cell,
    Entry,
    Fact,
    Heading,
    Inline,
    Link,
    Origin,
    Page,
    PictureStep,
    Row,
    Step,
)
from baodian.pages.ground import Ground, anchored
from baodian.pages.parts import newcomers
from baodian.pages.parts.places import BOOK, BOOK_ID
from baodian.pages.parts.planning import bucket, share_word, to_planner
from baodian.pages.parts.scales import months, year
from baodian.pages.provenance import basis
from baodian.pages.sheet import entity_page, home, shared_page
from baodian.pages.whom import class_facets, class_filter_of, classes_of, role_names, whom
from baodian.playbook.places import places

SECTION = "plans"
ICON = "calendar-month"


def write(ground: Ground) -> Iterator[Page]:
    """Yield the index of plans and paths and a page for each plan."""
    plans = list(ground.playbook.plans.values())
    paths = list(ground.playbook.paths.values())
    if plans or paths:
        yield _index(ground, plans, paths)
    yield from ground.each(_plan, plans)


def _plan(ground: Ground, plan: model.Plan) -> Page:
    match plan:
        case model.Allocation():
            blocks = list(_allocation(ground, plan))
        case model.Timetable():
            blocks = list(_timetable(ground, plan))
        case model.Calendar():
            blocks = [year(ground, plan), _calendar(ground, plan)]
    if plan.for_:
        fact = Fact(ground.t("For"), (classes_of(ground, plan.for_),))
        blocks += [Heading(ground.t("For whom"), "h-for"), page.Facts((fact,))]
    blocks.extend(basis(ground, plan.key))
    return entity_page(
        ground,
        plan,
        blocks,
        lead=ground.inline(plan.intro),
        icon=ICON,
        badges=(_kind_word(ground, plan),),
    )


def _kind_word(ground: Ground, plan: model.Plan) -> str:
    t = ground.t
    words = {"allocation": t("sharing out time"), "timetable": t("day by day"),
             "calendar": t("through the year")}  # fmt: skip
    return words[plan.kind_]


# --- allocation -----------------------------------------------------------------------------------


def _allocation(ground: Ground, plan: model.Allocation) -> Iterator[page.Block]:
    t = ground.t
    steps = []
    for row in plan.rows.values():
        note = t("{n} {n|customer|customers}", n=row.customers)
        steps.append(PictureStep(page.plain(bucket(ground, row)), note))
    values = tuple(row.days.number for row in plan.rows.values())
    said = t("; ").join(
        t("{what}: {n} {n|day|days}", what=page.plain(bucket(ground, row)), n=row.days)
        for row in plan.rows.values()
    )
    yield page.Picture(
        "bars",
        tuple(steps),
        alt=said,
        caption=t("Days in one period ({period})", period=plan.period),
        values=values,
        unit=t("days"),
    )
    yield Heading(t("In figures"), "h-table")
    why = any(row.why for row in plan.rows.values())
    share = any(row.share for row in plan.rows.values())
    columns = (
        t("Whom"), t("Customers"), t("Days"),
        *((t("Share"),) if share else ()), *((t("Why"),) if why else ()),
    )  # fmt: skip
    rows = [
        Row(
            (
                Cell((bucket(ground, row), *_spread(ground, row))),
                Cell((page.line(str(row.customers)),)),
                Cell((page.line(str(row.days)),)),
                *(
                    (Cell((page.line(share_word(ground, row)),) if row.share else ()),)
                    if share
                    else ()
                ),
                *((Cell((ground.inline(row.why),) if row.why else ()),) if why else ()),
            ),
            anchored(str(id_)),
            home(plan, str(id_), row.at),
        )
        for id_, row in plan.rows.items()
    ]
    total = (t("Together"), str(plan.sums.customers), str(plan.sums.days))
    empty = (Cell(),) * (len(columns) - len(total))
    cells = (*(Cell((page.line(x),)) for x in total), *empty)
    rows.append(Row(cells, origin=Origin(plan.key, None, plan.sums.at)))
    yield page.Table(columns, tuple(rows), dense=True)
    if plan.who:
        fact = Fact(t("Who"), (page.line(role_names(ground, plan.who)),))
        yield page.Facts((fact,))
    if plan.hours:
        yield to_planner(t("Plan your own month with this table"))


def _spread(ground: Ground, row: AllocationRow) -> Iterator[Inline]:
    """Yield how the customers spread over classes, and how often they are met without a rhythm."""
    t = ground.t
    names = {c: ground.playbook.class_name((s, c)) for s, c in whom(ground, row.whom)}
    if row.mix:
        spread = ground.t.listed(f"{names.get(str(id_), id_)} {n}" for id_, n in row.mix.items())
        yield page.line(t("Usually: {spread}", spread=spread))
    if row.each:
        by = t(" or ").join(ground.title("channel", str(c)) for c in row.channels)
        yield page.line(f"{row.each}{by and ground.t(', ')}{by}")


# --- timetable and calendar -----------------------------------------------------------------------


def _timetable(ground: Ground, plan: model.Timetable) -> Iterator[page.Block]:
    t = ground.t
    zero = t("Day 0 is: {day}", day=plan.day_zero)
    yield page.Paragraph(page.line(zero))
    yield page.Steps(tuple(_entry(ground, plan, str(id_), e) for id_, e in plan.entries.items()))
    if plan.until:
        yield Heading(t("What ends it early"), "h-until")
        yield _until(ground, plan)
    if BOOK_ID in places(ground.playbook):
        link = Link(t("Let the dates of a customer be reckoned"), f"{BOOK}?plan={plan.id}")
        yield page.Links((page.LinkItem(link),))


def _entry(ground: Ground, plan: model.Timetable, id_: str, entry: TimetableEntry) -> Step:
    t = ground.t
    notes = []
    if entry.who:
        notes.append(Fact(t("Who"), (page.line(str(entry.who)),)))
    if entry.why:
        notes.append(Fact(t("Why"), (ground.inline(entry.why),)))
    if see := ground.links(entry.see):
        notes.append(Fact(t("What helps"), tuple((link,) for link in see)))
    days = entry.days.interval.resolve(ground.playbook.numbers).words(t)
    before = t("{days} {days|day|days} before", days=days)
    return Step(
        ground.inline(entry.what),
        before if plan.backwards else t("Day {days}", days=days),
        tuple(notes),
        anchor=anchored(id_),
        origin=home(plan, id_, entry.at),
    )


def _until(ground: Ground, plan: model.Timetable) -> page.Table:
    t = ground.t
    alone = any(until.whom for until in plan.until.values())
    rows = tuple(
        Row(
            (
                Cell((ground.inline(until.text),)),
                *(
                    (Cell((classes_of(ground, until.whom),) if until.whom else ()),)
                    if alone
                    else ()
                ),
            ),
            anchored(f"until.{id_}"),
            home(plan, f"until.{id_}", until.at),
        )
        for id_, until in plan.until.items()
    )
    columns = (t("What has happened"), *((t("By itself for"),) if alone else ()))
    return page.Table(columns, rows)


def _calendar(ground: Ground, plan: model.Calendar) -> page.Table:
    t = ground.t
    entries = plan.entries.values()
    season = any(e.what for e in entries)
    events = any(e.events for e in entries)
    helps = any(ground.links(e.see) for e in entries)
    columns = (
        t("Months"),
        *((t("Season"),) if season else ()),
        t("What to stress"),
        *((t("Days to use"),) if events else ()),
        *((t("What helps"),) if helps else ()),
    )

    def cells(entry: CalendarEntry) -> Iterator[Cell]:
        yield Cell((page.line(months(ground, entry.months)),))
        if season:
            yield Cell((page.line(str(entry.what)),) if entry.what else ())
        yield Cell((ground.inline(entry.stress),))
        if events:
            yield Cell(tuple(page.line(str(e)) for e in entry.events))
        if helps:
            yield Cell(tuple((link,) for link in ground.links(entry.see)))

    rows = tuple(
        Row(tuple(cells(e)), anchored(str(id_)), home(plan, str(id_), e.at))
        for id_, e in plan.entries.items()
    )
    return page.Table(columns, rows)


# --- index ----------------------------------------------------------------------------------------


def _index(ground: Ground, plans: list[model.Plan], paths: list[model.Path]) -> Page:
    t = ground.t
    groups = []
    for kind, title in (
        ("allocation", t("How to share out time")),
        ("timetable", t("Day by day")),
        ("calendar", t("Through the year")),
    ):
        entries = tuple(
            Entry(
                title=str(plan.name),
                href=ground.address(plan),
                text=ground.inline(plan.intro),
                facets=(("class", class_facets(ground, plan)),),
            )
            for plan in plans
            if plan.kind_ == kind
        )
        if entries:
            groups.append((f"g-{kind}", title, entries))
    if paths:
        groups.append(("g-path", t("For new people"), newcomers.entries(ground, paths)))
    filters = tuple(f for f in (class_filter_of(ground, plans),) if len(f.choices) > 1)
    blocks: tuple[page.Block, ...] = (page.Index(tuple(groups), filters),)
    if any(isinstance(plan, model.Allocation) and plan.hours for plan in plans):
        blocks = (to_planner(t("Plan a month")), *blocks)
    title = t("Plans")
    return shared_page(
        ground, "plans/index.html", title, SECTION, "index", blocks, icon=ICON, in_nav=True
    )
