"""Tables in which each row is the home of a small entity."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from baodian import model, page
from baodian.page import Cell, Inline, Link, Page, Row, Text
from baodian.pages.ground import Ground
from baodian.pages.parts.alterations import in_force
from baodian.pages.provenance import basis
from baodian.pages.sheet import home, shared_page


def row(ground: Ground, entity: model.Entity, *cells: Cell, accent: str | None = None) -> Row:
    """Return the row that is the home of an entity; its name comes first."""
    named: tuple[Inline, ...] = (page.line(entity.label),)
    if entity.draft:
        named = (*named, (page.Strong(ground.t("Draft")),))
    return Row((Cell(named), *cells), anchor=str(entity.id), origin=home(entity), accent=accent)


def cell(*lines: Inline) -> Cell:
    """Return a cell of those lines that say something."""
    return Cell(tuple(line for line in lines if line))


def words_cell(ground: Ground, words: Iterable[str]) -> Cell:
    """Return words as one line with commas."""
    text = ground.t.listed(map(str, words))
    return cell(page.line(text)) if text else Cell()


def joined(ground: Ground, links: Iterable[page.Segment]) -> Inline:
    """Return links as one line with commas; a value inside a title reads as its value."""
    pieces: list[page.Segment] = []
    for link in links:
        if isinstance(link, Link):
            link = Link(page.plain(ground.inline(link.text)), link.href)
        pieces.extend((Text(ground.t.listing), link) if pieces else (link,))
    return tuple(pieces)


def record_page(
    ground: Ground, address: str, title: str, section: str, kind: str,
    blocks: Iterable[page.Block], entities: Sequence[model.Entity], lead: str, icon: str,
) -> Page:  # fmt: skip
    """Return the page of many small entities, with the facts it rests on, if there are any."""
    keys = [entity.key for entity in entities]
    rests = any(key in ground.playbook.cited for key in keys) or any(in_force(ground, *keys))
    facts = basis(ground, *keys) if rests else ()
    return shared_page(
        ground, address, title, section, kind, (*blocks, *facts), entities,
        lead=page.line(lead), icon=icon, in_nav=True,
    )  # fmt: skip


def without_empty_columns(
    columns: Sequence[str], rows: Sequence[Row], like: Sequence[Row] = ()
) -> page.Table:
    """Return a table without the columns that no row (of it or of `like`) fills."""
    every = (*rows, *like)
    filled = [n for n in range(len(columns)) if n == 0 or any(r.cells[n].lines for r in every)]
    return page.Table(
        tuple(columns[n] for n in filled),
        tuple(Row(tuple(r.cells[n] for n in filled), r.anchor, r.origin, r.accent) for r in rows),
    )
