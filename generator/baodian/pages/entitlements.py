"""What customers get: measures, matrices, and what changes with each move (升级对照)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from baodian import model, page
from baodian.page import Card, Cell, Heading, Inline, Link, Mark, Origin, Page, Row, Text
from baodian.pages.ground import Ground, anchored
from baodian.pages.parts.entitled import cell_marks, elements, measure_card, ruler_of
from baodian.pages.parts.places import MOVES
from baodian.pages.parts.rulers import move_title
from baodian.pages.provenance import basis
from baodian.pages.sheet import entity_page, home, shared_page
from baodian.playbook.reasons import reason_for

SECTION = "entitlements"


def write(ground: Ground) -> Iterator[Page]:
    """Yield the index, the matrices, the measures, all moves and a comparison for each move."""
    if ground.playbook.matrices or ground.playbook.transitions.values():
        yield _index(ground)
    yield from ground.each(_matrix, ground.playbook.matrices.values())
    if ground.playbook.measures:
        yield _measures(ground)
    if ground.playbook.transitions:
        yield _moves(ground)
    compared = (m for m in ground.playbook.transitions.values() if str(m.id) in ground.compared)
    yield from ground.each(_comparison, compared)


# --- cells ----------------------------------------------------------------------------------------


def _columns(
    ground: Ground, matrix: model.EntitlementMatrix
) -> tuple[tuple[str, ...], tuple[tuple[str, int], ...]]:
    ids: list[str] = []
    groups = []
    for column in matrix.columns:
        group = ground.playbook.measure_groups[str(column)]
        measures = [str(m.id) for m in group.measures.values()]
        ids.extend(measures)
        groups.append((str(group.name), len(measures)))
    return tuple(ids), tuple(groups)


def _matrix(ground: Ground, matrix: model.Matrix) -> Page:
    scheme = ruler_of(ground, matrix)
    table = (
        _entitled(ground, matrix, scheme)
        if isinstance(matrix, model.EntitlementMatrix)
        else _texts(ground, matrix, scheme)
    )
    blocks = (table, *basis(ground, matrix.key))
    lead = ground.inline(matrix.intro)
    return entity_page(ground, matrix, blocks, lead=lead, accent=str(scheme.id), in_nav=True)


def _entitled(ground: Ground, matrix: model.EntitlementMatrix, scheme: model.Scheme) -> page.Table:
    ids, groups = _columns(ground, matrix)
    names = tuple(ground.title("measure", m) for m in ids)
    rows = []
    for id_ in scheme.classes:
        marks = cell_marks(ground, matrix, str(id_))
        cells = [Cell(((ground.link("class", f"{scheme.id}/{id_}"),),))]
        for measure in ids:
            if measure not in marks:
                cells.append(Cell(mark="no"))
                continue
            mark, note, origin = marks[measure]
            here = home(matrix, origin.part, origin.at)
            anchor = anchored(f"{id_}.{measure}")
            cells.append(Cell((ground.inline(note),) if note else (), mark, here, anchor))
        listed = next((k for k in matrix.cells if k == id_), None)
        rows.append(
            Row(
                tuple(cells),
                anchor=str(id_),
                origin=home(matrix, str(id_), listed.at) if listed is not None else None,
                accent=str(scheme.id),
            )
        )
    return page.Table((str(scheme.name), *names), tuple(rows), dense=True, groups=groups)


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
        blocks += [Heading(str(group.name), f"g-{id_}"), page.Cards(tuple(cards))]
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
    pieces: list[page.Segment] = []
    for matrix in ground.playbook.matrices.values():
        if not isinstance(matrix, model.EntitlementMatrix):
            continue
        for class_ in matrix.cells:
            entry = cell_marks(ground, matrix, str(class_)).get(measure)
            if entry is None:
                continue
            pieces.append(Text(ground.t.listing if pieces else ground.t("For: ")))
            pieces.append(ground.link("class", f"{matrix.rows}/{class_}"))
            if entry[0] != "yes":
                pieces.append(Text(ground.t.aside(mark_word(ground, entry[0]))))
    return tuple(pieces)


def mark_word(ground: Ground, mark: Mark) -> str:
    """Return what a mark says."""
    t = ground.t
    return {
        "yes": t("yes"), "approve": t("needs consent"), "stopped": t("stopped"),
        "no": t("no"), "none": "",
    }[mark]  # fmt: skip


# --- moves ----------------------------------------------------------------------------------------


def _moves(ground: Ground) -> Page:
    t = ground.t
    blocks: list[page.Block] = []
    held = []
    for scheme in ground.playbook.schemes.values():
        rows = []
        for move in ground.playbook.transitions.values():
            if not any(term.scheme == scheme.id for s in move.from_[:1] for term in s.terms[:1]):
                continue
            own_page = str(move.id) in ground.compared
            title = move_title(ground, move)
            first: Inline = page.line(title)
            if own_page:
                first = (Link(title, ground.address(move)),)
            else:
                held.append(move)
            do = [ground.inline(move.do)] if move.do else []
            if move.script:
                do.append((ground.link("script", str(move.script)),))
            rows.append(
                Row(
                    (Cell((first,)), Cell((ground.inline(move.when),)), Cell(tuple(do))),
                    anchor=str(move.id),
                    origin=Origin(move.key, None, move.at, home=not own_page),
                )
            )
        if rows:
            columns = (t("Move"), t("When"), t("What to do that day"))
            blocks += [
                Heading(str(scheme.name), f"g-{scheme.id}"),
                page.Table(columns, tuple(rows)),
            ]
    return shared_page(ground, MOVES, t("Moves"), SECTION, "moves", blocks, held, in_nav=True)


def _comparison(ground: Ground, move: model.Transition) -> Page:
    t = ground.t
    assert move.to is not None
    start, end = ground.starts(move)[0], (move.to.scheme, move.to.name)
    scheme = ground.playbook.schemes[start[0]]
    default = scheme.when_moving
    gained, lost, changed = _differences(ground, start[1], end[1])
    blocks: list[page.Block] = [
        Heading(t("What is added"), "gained", icon="check-circle"),
        page.Cards(tuple(gained), small=True)
        if gained
        else page.Paragraph(page.line(t("Nothing."))),
        Heading(t("What is lost"), "lost", icon="close-circle"),
        page.Cards(tuple(lost), small=True) if lost else page.Paragraph(page.line(t("Nothing."))),
    ]
    if changed:
        blocks += [Heading(t("What changes"), "changed"), page.Cards(tuple(changed), small=True)]
    for anchor, title, text in (
        ("from", t("From which day"), move.takes_effect or (default and default.takes_effect)),
        (
            "promised",
            t("What was already promised"),
            move.promised or (default and default.promised),
        ),
        ("do", t("What to do that day"), move.do),
    ):
        if text:
            origin = Origin(move.key, None, text.at)
            blocks += [Heading(title, anchor, origin=origin), page.Paragraph(ground.inline(text))]
    script = move.script or (default and default.script)
    words = ground.playbook.scripts.get(str(script))
    if words:
        card = Card(words.label, ground.address(words), ground.inline(words.goal))
        blocks += [Heading(t("How to say it"), "say"), page.Cards((card,))]
        names = (scheme.class_name(start[1]), scheme.class_name(end[1]))
        if gaps := _gaps(ground, words, (*names, _listed(ground, gained), _listed(ground, lost))):
            blocks += [page.Paragraph(page.line(t("Its gaps, for this move:"))), page.Facts(gaps)]
    links = tuple(
        page.LinkItem(Link(scheme.class_name(c[1]), ground.class_address(scheme, c[1])))
        for c in (start, end)
    )
    blocks += [Heading(t("Both guides"), "h-guides"), page.Links(links)]
    title = move_title(ground, move)
    return entity_page(ground,
        move, blocks, title=title, lead=ground.inline(move.when), accent=str(scheme.id),
        trail=(page.Crumb(t("Moves"), MOVES),), kind="transition",
    )  # fmt: skip


def _gaps(
    ground: Ground, script: model.Script, known: tuple[str, str, str, str]
) -> tuple[page.Fact, ...]:
    """Return the gaps of a script that a move fills: from, to, what is added, what is lost."""
    filled = dict(zip(("from", "to", "gained", "lost"), known, strict=True))
    used = ground.playbook.used
    return tuple(
        page.Fact(name, (page.line(filled[slot.move.word]),))
        for name, slot in ground.playbook.slots.items()
        if slot.move and any(use.by == script.key for use in used.get(f"slot:{name}", ()))
    )


def _listed(ground: Ground, cards: Iterable[Card]) -> str:
    return ground.t.listed(card.title for card in cards) or ground.t("Nothing.")


def _differences(ground: Ground, start: str, end: str) -> tuple[list[Card], list[Card], list[Card]]:
    gained, lost, changed = [], [], []
    for matrix in ground.playbook.matrices.values():
        if not isinstance(matrix, model.EntitlementMatrix):
            continue
        before, after = cell_marks(ground, matrix, start), cell_marks(ground, matrix, end)
        for measure in (*after, *(m for m in before if m not in after)):
            was: Mark = before[measure][0] if measure in before else "no"
            now: Mark = after[measure][0] if measure in after else "no"
            if was == now:
                continue
            _, note, origin = after.get(measure) or before[measure]
            if measure not in after:
                to = (str(matrix.rows), end)
                reason = reason_for(ground.playbook, to, about=(f"measure:{measure}",))
                note = reason.why if reason else note
            card = measure_card(ground, matrix, end, measure, now, note, origin)
            if now in ("no", "stopped") and was in ("yes", "approve"):
                lost.append(card)
            elif was in ("no", "stopped") and now in ("yes", "approve"):
                gained.append(card)
            else:
                changed.append(card)
    return gained, lost, changed


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
    compared = [m for m in ground.playbook.transitions.values() if str(m.id) in ground.compared]
    if compared:
        items = tuple(
            page.LinkItem(
                Link(move_title(ground, m),
                     ground.address(m)),
                ground.inline(m.when),
            )
            for m in compared
        )  # fmt: skip
        blocks += [Heading(t("Comparisons"), "h-moves"), page.Links(items)]
    title = t("What customers get")
    return shared_page(
        ground, "entitlements/index.html", title, SECTION, "index", blocks, in_nav=True
    )
