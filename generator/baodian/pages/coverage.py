"""Class × kind: what reaches whom, as a picture and a table, and what the check reminds of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from baodian import model, page
from baodian.page import Heading, Link, Page, PictureCell, Row, Strong, Text
from baodian.pages.ground import Ground
from baodian.pages.parts.places import EDITORS
from baodian.pages.sheet import home, shared_page
from baodian.pages.whom import classes_of
from baodian.playbook import Class, published
from baodian.playbook.coverage import Cell, Coverage, asked_for, coverage, kind_word
from baodian.playbook.reasons import KINDS, lacks
from baodian.said.messages import msg

ADDRESS = "coverage.html"
ANCHORS = {
    "script": "say", "checklist": "check", "case": "cases", "measure": "entitlements",
    "rhythm": "rhythm",
}  # fmt: skip
EXCUSED, MISSING = "–", "!"


def write(ground: Ground) -> Iterator[Page]:
    """Yield the page of coverage, if it is asked for."""
    if not ground.counts_coverage:
        return
    grid = coverage(ground.playbook)
    t = ground.t
    largest = max(c.count for c in grid.cells)
    reasons = list(ground.playbook.reasons.values())
    blocks: list[page.Block] = [*_totals(ground, grid)]
    for scheme in published(ground.playbook).schemes.values():
        blocks += _scheme(ground, scheme, grid, largest)
    blocks += [*_reasons(ground, reasons), *_reminders(ground)]
    lead = t("Which class has how many scripts, lists, cases, measures and rhythms of its own.")
    yield shared_page(ground,
        ADDRESS, t("Coverage"), "editors", "coverage", blocks, reasons, lead=page.line(lead),
        icon="clipboard-check", in_nav=True, trail=(page.Crumb(t("For editors"), EDITORS),),
    )  # fmt: skip


def _totals(ground: Ground, grid: Coverage) -> Iterator[page.Block]:
    t = ground.t
    yield Heading(t("All together"), "h-total", icon="table")
    note = t(
        "A figure counts what names the class: itself, a range, its whole ruler, the class with a "
        "further condition, or a row of entitlements. What is for everyone does not count. "
        "{dash}: none, for a reason given below. {mark}: none, and nobody says why.",
        dash=EXCUSED, mark=MISSING,
    )  # fmt: skip
    yield page.Paragraph(page.line(note))
    if not asked_for(ground.playbook):
        unasked = t("Without {file} the check does not ask for any of this.", file="coverage.yml")
        yield page.Paragraph(page.line(unasked))
    columns = (t("Kind"), t("Classes that have it"), t("None, for a reason"), t("Missing"))
    rows = [_sums(t.text(kind_word(kind)), grid.column(kind)) for kind in KINDS]
    rows.append(_sums(t("All together"), grid.cells))
    yield page.Table(columns, tuple(rows), dense=True, caption=t("Classes by kind"))


def _sums(name: str, cells: Sequence[Cell]) -> Row:
    filled = sum(bool(c.ids) for c in cells)
    missing = sum(c.missing for c in cells)
    numbers = (filled, len(cells) - filled - missing, missing)
    return Row((_text(name), *(_text(str(n)) for n in numbers)))


def _text(text: str) -> page.Cell:
    return page.Cell((page.line(text),))


# --- one ruler ------------------------------------------------------------------------------------


def _scheme(
    ground: Ground, scheme: model.Scheme, grid: Coverage, largest: int
) -> Iterator[page.Block]:
    t = ground.t
    rows = [(c, grid.row(c)) for c in grid.classes() if c[0] == str(scheme.id)]
    names = [ground.playbook.class_name(class_) for class_, _ in rows]
    heads = tuple(t.text(kind_word(kind)) for kind in KINDS)
    told = (
        f"{name}{t.colon}"
        + t(", ").join(f"{head} {_word(ground, c)}" for head, c in zip(heads, cells, strict=True))
        for name, (_, cells) in zip(names, rows, strict=True)
    )
    yield Heading(str(scheme.name), f"h-{scheme.id}")
    yield page.Picture(
        kind="grid",
        steps=tuple(page.PictureStep(name) for name in names),
        alt=t.semicolon.join(told),
        caption=t("Coverage of {scheme}", scheme=str(scheme.name)),
        accent=str(scheme.id),
        columns=heads,
        cells=tuple(tuple(_drawn(c, largest) for c in cells) for _, cells in rows),
    )
    table = page.Table(
        (t("Class"), *heads),
        tuple(_row(ground, class_, cells) for class_, cells in rows),
        dense=True,
        caption=t("Coverage of {scheme}", scheme=str(scheme.name)),
    )
    title = t("{scheme}: as a table with links", scheme=str(scheme.name))
    yield page.Folded(title, (table,), anchor=f"t-{scheme.id}")


def _drawn(cell: Cell, largest: int) -> PictureCell:
    if cell.ids:
        return PictureCell(str(cell.count), (cell.count / largest) ** 0.5)
    if cell.reason:
        return PictureCell(EXCUSED, look="excused")
    return PictureCell(MISSING, look="missing")


def _word(ground: Ground, cell: Cell) -> str:
    if cell.ids:
        return str(cell.count)
    return ground.t("none, for a reason") if cell.reason else ground.t("missing")


def _row(ground: Ground, class_: Class, cells: Sequence[Cell]) -> Row:
    name = ground.link("class", "/".join(class_))
    return Row((page.Cell(((name,),)), *(_cell(ground, cell) for cell in cells)))


def _cell(ground: Ground, cell: Cell) -> page.Cell:
    t = ground.t
    if cell.ids:
        scheme = ground.playbook.schemes[cell.class_[0]]
        address = ground.class_address(scheme, cell.class_[1])
        href = f"{address}#{ANCHORS[cell.kind]}" if scheme.has_guides else address
        return page.Cell(((Link(str(cell.count), href),),))
    if cell.reason:
        href = ground.address(cell.reason)
        return page.Cell(((Link(t("reason"), href),),))
    return page.Cell(((Strong(t("missing")),),))


# --- reasons and reminders ------------------------------------------------------------------------


def _reasons(ground: Ground, reasons: Sequence[model.Reason]) -> Iterator[page.Block]:
    if not reasons:
        return
    t = ground.t
    rows = tuple(
        Row(
            (
                page.Cell((classes_of(ground, r.for_) or page.line(t("every class")),)),
                page.Cell((_what(ground, r),)),
                page.Cell((ground.inline(r.why),)),
            ),
            anchor=str(r.id),
            origin=home(r),
        )
        for r in reasons
    )
    yield Heading(t("Why it is right so"), "h-reasons", icon="scale-balance")
    yield page.Table((t("For whom"), t("What is missing or odd"), t("Why")), rows)


def _what(ground: Ground, reason: model.Reason) -> page.Inline:
    """Return what a reason is about: kinds that are missing, and links to what looks wrong."""
    t = ground.t
    pieces: list[page.Segment] = []
    if missing := tuple(kind_word(kind) for kind in lacks(reason)):
        pieces.append(Text(t.text(msg("no {kinds}", kinds=missing))))
    for ref in reason.about:
        link = ground.link(ref.kind, ref.id, ref.part)
        pieces += [Text(t(", ")), link] if pieces else [link]
    return tuple(pieces)


def _reminders(ground: Ground) -> Iterator[page.Block]:
    t = ground.t
    problems = ground.problems
    yield Heading(t("What the check reminds of"), "h-reminders", icon="alert")
    if not problems:
        yield page.Paragraph(page.line(t("The check has nothing to say.")))
        return
    rows = tuple(
        Row(
            (
                _text(str(p.at)),
                page.Cell((ground.said(p.message),)),
                page.Cell(((Text(t.text(p.hint)),),) if p.hint else ()),
            )
        )
        for p in problems
    )
    yield page.Table((t("Where"), t("What"), t("How to mend it")), rows)
