"""What customers get: the index of it, the matrices and the measures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from baodian import model, page
from baodian.page import Card, Cell, Heading, Inline, Link, Mark, Origin, Page, Row, Text
from baodian.pages.ground import Ground, anchored
from baodian.pages.parts.entitled import (
    cell_marks,
    chips,
    elements,
    move_balance,
    ruler_of,
)
from baodian.pages.parts.places import MOVES
from baodian.pages.parts.rulers import move_title
from baodian.pages.provenance import basis
from baodian.pages.sheet import entity_page, home, shared_page
from baodian.text.shortened import shortened

SECTION = "entitlements"


def write(ground: Ground) -> Iterator[Page]:
    """Yield the index, the matrices and the measures."""
    if ground.playbook.matrices or ground.playbook.transitions.values():
        yield _index(ground)
    yield from ground.each(_matrix, ground.playbook.matrices.values())
    if ground.playbook.measures:
        yield _measures(ground)


# --- cells ----------------------------------------------------------------------------------------


def _matrix(ground: Ground, matrix: model.Matrix) -> Page:
    scheme = ruler_of(ground, matrix)
    table = (
        _entitled(ground, matrix, scheme)
        if isinstance(matrix, model.EntitlementMatrix)
        else _texts(ground, matrix, scheme)
    )
    by_class = tuple(_by_class(ground, matrix, scheme))
    blocks = (table, *by_class, *basis(ground, matrix.key))
    lead = ground.inline(matrix.intro)
    return entity_page(ground, matrix, blocks, lead=lead, accent=str(scheme.id), in_nav=True)


def _by_class(ground: Ground, matrix: model.Matrix, scheme: model.Scheme) -> Iterator[page.Folded]:
    """Yield a line for each class to open: its words, where a table has no room for them."""
    for id_ in map(str, scheme.classes):
        hint, mine = (
            _given(ground, matrix, id_)
            if isinstance(matrix, model.EntitlementMatrix)
            else _told(ground, matrix, id_)
        )
        if hint:
            guide = page.LinkItem(Link(ground.t("its guide"), ground.class_address(scheme, id_)))
            blocks = (mine, page.Links((guide,)))
            yield page.Folded(scheme.class_name(id_), blocks, f"my-{id_}", hint=hint)


def _given(ground: Ground, matrix: model.EntitlementMatrix, class_: str) -> tuple[str, page.Chips]:
    """Return what a class has, has after consent, and lacks: how many, and which."""
    mine = replace(chips(ground, (matrix,), class_), tables=())
    counts = (f"{mark_word(ground, g.mark)} {len(g.chips)}" for g in mine.groups)
    return ground.t.listed(counts), mine


def _told(ground: Ground, matrix: model.TextMatrix, class_: str) -> tuple[str, page.Facts]:
    """Return what the cells of a class say: how the first begins, and all of them."""
    cells = next((cells for id_, cells in matrix.cells.items() if id_ == class_), {})
    facts = tuple(
        page.Fact(
            name,
            (ground.inline(cell.text or cell.lost),),
            Origin(matrix.key, f"{class_}.{id_}", cell.at),
        )
        for column, name in elements(ground, matrix).items()
        for id_, cell in cells.items()
        if id_ == column
    )
    return page.plain(facts[0].lines[0]) if facts else "", page.Facts(facts)


def _entitled(ground: Ground, matrix: model.EntitlementMatrix, scheme: model.Scheme) -> page.Table:
    """Return what there is, below each other, and for which classes, beside each other."""
    names = shortened(tuple(map(scheme.class_name, map(str, scheme.classes))))
    heads = [Cell((page.line(ground.t("What he gets")),))]
    marks = {}
    for id_, name in zip(map(str, scheme.classes), names, strict=True):
        listed = next((k for k in matrix.cells if k == id_), None)
        origin = home(matrix, id_, listed.at) if listed is not None else None
        link = Link(name, ground.class_address(scheme, id_))
        heads.append(Cell(((link,),), origin=origin, anchor=id_))
        marks[id_] = cell_marks(ground, matrix, id_)
    rows = []
    for column in matrix.columns:
        group = ground.playbook.measure_groups[str(column)]
        for n, measure in enumerate(map(str, group.measures)):
            cells = [Cell(((ground.link("measure", measure),),))]
            for id_, known in marks.items():
                if measure not in known:
                    cells.append(Cell(mark="no"))
                    continue
                mark, note, origin = known[measure]
                here = home(matrix, origin.part, origin.at)
                anchor = anchored(f"{id_}.{measure}")
                cells.append(Cell((ground.inline(note),) if note else (), mark, here, anchor))
            rows.append(Row(tuple(cells), group="" if n else str(group.name)))
    columns = (ground.t("What he gets"), *names)
    return page.Table(columns, tuple(rows), dense=True, heads=tuple(heads))


def _texts(ground: Ground, matrix: model.TextMatrix, scheme: model.Scheme) -> page.Table:
    columns = elements(ground, matrix)
    rows = []
    for class_, cells in matrix.cells.items():
        shown = [Cell(((ground.link("class", f"{scheme.id}/{class_}"),),))]
        for column in columns:
            cell = next((c for k, c in cells.items() if k == column), None)
            if cell is None:
                shown.append(Cell())
                continue
            part = f"{class_}.{column}"
            shown.append(
                Cell(
                    (ground.inline(cell.text or cell.lost),),
                    origin=home(matrix, part, cell.at),
                    anchor=anchored(part),
                )
            )
        rows.append(
            Row(tuple(shown), anchor=str(class_), origin=home(matrix, str(class_), class_.at))
        )
    return page.Table((str(scheme.name), *columns.values()), tuple(rows))


# --- measures -------------------------------------------------------------------------------------


def _measures(ground: Ground) -> Page:
    blocks: list[page.Block] = []
    shown = []
    for id_, group in ground.playbook.measure_groups.items():
        cards = []
        for measure in group.measures.values():
            shown.append(measure)
            badges = []
            if measure.channel:
                badges.append(ground.title("channel", str(measure.channel)))
            if measure.who:
                badges.append(ground.title("role", str(measure.who)))
            cards.append(
                Card(
                    title=measure.label,
                    text=(*ground.inline(measure.what), *_goes_with(ground, measure)),
                    badges=tuple(badges),
                    why=_who_has(ground, str(measure.id)),
                    anchor=str(measure.id),
                    origin=home(measure),
                )
            )
        hint = ground.t.listed(card.title for card in cards)
        blocks.append(
            page.Folded(str(group.name), (page.Cards(tuple(cards)),), f"g-{id_}", len(cards), hint)
        )
    title = ground.t("Measures")
    return shared_page(
        ground, "measures.html", title, SECTION, "measures", blocks, shown, in_nav=True
    )


def _goes_with(ground: Ground, measure: model.Measure) -> Inline:
    pieces: list[page.Segment] = []
    for kind, id_ in (("script", measure.script), ("checklist", measure.checklist)):
        if id_:
            pieces += [
                Text(f" {ground.kind_word(kind)}{ground.t.colon}"),
                ground.link(kind, str(id_)),
            ]
    return tuple(pieces)


def _who_has(ground: Ground, measure: str) -> Inline:
    """Return who has a measure, then who has it with whose consent, and for whom it is stopped."""
    t = ground.t
    having: dict[tuple[Mark, Inline], list[page.Segment]] = {}
    for matrix in ground.playbook.matrices.values():
        if not isinstance(matrix, model.EntitlementMatrix):
            continue
        for class_ in matrix.cells:
            if entry := cell_marks(ground, matrix, str(class_)).get(measure):
                link = ground.link("class", f"{matrix.rows}/{class_}")
                having.setdefault((entry[0], ground.inline(entry[1])), []).append(link)
    pieces: list[page.Segment] = []
    for (mark, words), links in sorted(having.items(), key=lambda one: one[0][0] != "yes"):
        label = t("For: ") if mark == "yes" else f"{mark_word(ground, mark)}{t.colon}"
        pieces.append(Text(f"{t.semicolon if pieces else ''}{label}"))
        for n, one in enumerate(links):
            pieces += [*((Text(t.listing),) if n else ()), one]
        if words:
            before, behind = t.brackets
            pieces += [Text(before), *words, Text(behind)]
    return tuple(pieces)


def mark_word(ground: Ground, mark: Mark) -> str:
    """Return what a mark says."""
    t = ground.t
    return {
        "yes": t("yes"), "approve": t("needs consent"), "stopped": t("stopped"),
        "no": t("no"), "none": "",
    }[mark]  # fmt: skip


def _index(ground: Ground) -> Page:
    t = ground.t
    cards = [
        Card(m.label, ground.address(m), ground.inline(getattr(m, "intro", None)),
             accent=str(getattr(m, "rows", "")) or None)
        for m in ground.playbook.matrices.values()
    ]  # fmt: skip
    more = []
    if ground.playbook.measures:
        more.append(
            Card(t("Measures"), "measures.html", page.line(t("What each one is, and who has it")))
        )
    if ground.playbook.transitions:
        text = t("What is added, what is lost, from which day, and how to say it")
        more.append(Card(t("Moves"), MOVES, page.line(text)))
    blocks: list[page.Block] = [page.Cards((*cards, *more))]
    moves = [m for m in ground.playbook.transitions.values() if str(m.id) in ground.compared]
    if moves:
        items = tuple(
            page.LinkItem(
                Link(move_title(ground, m), ground.address(m)),
                ground.inline(m.when),
                balance=move_balance(ground, m),
            )
            for m in moves
        )
        blocks += [Heading(t("Comparisons"), "h-moves"), page.Links(items, rows=True)]
    title = t("What customers get")
    return shared_page(
        ground, "entitlements/index.html", title, SECTION, "index", blocks, in_nav=True
    )
