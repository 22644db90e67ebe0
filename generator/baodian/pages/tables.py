"""Decision tables: one page each with its rules as rows, and their index."""

from __future__ import annotations

from collections.abc import Iterator

from baodian import model, page
from baodian.model.fields import Prose
from baodian.model.methods import TableRow
from baodian.page import Cell, Crumb, Entry, Heading, Inline, Origin, Page, Row, Text
from baodian.pages.ground import Ground, anchored
from baodian.pages.parts.places import TABLES
from baodian.pages.parts.rulers import condition
from baodian.pages.provenance import basis
from baodian.pages.sheet import entity_page, home, shared_page
from baodian.pages.whom import class_facets, class_filter_of, classes_of
from baodian.text.units import agreed

SECTION = "methods"
ICON = "table"


def write(ground: Ground) -> Iterator[Page]:
    """Yield the index of decision tables and a page for each."""
    tables = list(ground.playbook.tables.values())
    if tables:
        yield _index(ground, tables)
    yield from ground.each(_table, tables)


def _table(ground: Ground, table: model.Table) -> Page:
    t = ground.t
    helps = any(_helps(ground, row) for row in table.rows.values())
    columns = (
        *(str(asked.name) for asked in table.ask.values()),
        *(str(told.name) for told in table.tell.values()),
        *((t("What helps"),) if helps else ()),
    )
    rows = tuple(
        Row(
            (*_asked(ground, table, row), *_told(ground, table, row),
             *((Cell(_helps(ground, row)),) if helps else ())),
            anchored(str(id_)),
            home(table, str(id_), row.at),
        )
        for id_, row in table.rows.items()
    )  # fmt: skip
    if table.otherwise:
        rows = (*rows, _otherwise(ground, table, table.otherwise, len(columns)))
    blocks: list[page.Block] = [
        page.Paragraph(page.line(hit(ground, table))),
        page.Table(columns, rows),
    ]
    if table.for_:
        fact = page.Fact(t("For"), (classes_of(ground, table.for_),))
        blocks += [Heading(t("For whom"), "h-for"), page.Facts((fact,))]
    blocks.extend(basis(ground, table.key))
    trail = (Crumb(t("Decision tables"), TABLES),)
    lead = ground.inline(table.intro)
    return entity_page(ground, table, blocks, lead=lead, icon=ICON, trail=trail)


def hit(ground: Ground, table: model.Table) -> str:
    """Return in a sentence how many rows of a table hold at once."""
    t = ground.t
    return {
        "one": t("At most one row fits: no case fits twice.")
        if table.otherwise
        else t("Exactly one row fits: no case is left out and none fits twice."),
        "first": t("Read from the top and stop at the first row that fits."),
        "all": t("Every row that fits holds; there may be several."),
    }[table.hit]


def _asked(ground: Ground, table: model.Table, row: TableRow) -> Iterator[Cell]:
    when = {str(k): criteria for k, criteria in row.when.items()}
    for number, (key, asked) in enumerate(table.ask.items()):
        id_ = str(key)
        line: Inline = (Text(ground.t("any")),)
        if id_ in when:
            line = condition(ground, table.ask, id_, when[id_])
        if number == 0 and len(table.ask) > 1:
            line = (
                Text(f"{asked.name}{ground.t.colon}"),
                *line,
            )  # a row's heading shows no column on a phone
        yield Cell((line,))


def _otherwise(ground: Ground, table: model.Table, text: Prose, width: int) -> Row:
    """Return the last row: what holds where no other fits."""
    asked, origin = len(table.ask), Origin(table.key, None, text.at)
    cells = [Cell() for _ in range(width)]
    cells[0] = Cell(((Text(ground.t("in every other case")),),))
    cells[asked] = Cell((ground.inline(text),))
    return Row(tuple(cells), origin=origin)


def _told(ground: Ground, table: model.Table, row: TableRow) -> Iterator[Cell]:
    then = {str(k): text for k, text in row.then.items()}
    for id_, told in table.tell.items():
        said = then.get(str(id_))
        text = ground.inline(said)
        unit = (Text(f" {agreed(said, told.unit)}"),) if said and text and told.unit else ()
        yield Cell(((*text, *unit),) if text else ())


def _helps(ground: Ground, row: TableRow) -> tuple[Inline, ...]:
    script = (ground.link("script", str(row.script)),) if row.script else ()
    return tuple((link,) for link in (*script, *ground.links(row.see)))


def _index(ground: Ground, tables: list[model.Table]) -> Page:
    entries = tuple(
        Entry(
            title=str(table.name),
            href=ground.address(table),
            text=ground.inline(table.intro),
            badges=tuple(str(asked.name) for asked in table.ask.values()),
            facets=(("class", class_facets(ground, table)),),
        )
        for table in tables
    )
    filters = tuple(f for f in (class_filter_of(ground, tables),) if len(f.choices) > 1)
    blocks = (page.Index((("g-tables", "", entries),), filters),)
    title = ground.t("Decision tables")
    return shared_page(ground, TABLES, title, SECTION, "index", blocks, icon=ICON, in_nav=True)
