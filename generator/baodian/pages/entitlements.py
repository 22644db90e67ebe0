"""What customers get: measures, matrices, and what changes with each move (升级对照)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from baodian import model, page
from baodian.page import Card, Cell, Heading, Inline, Link, Mark, Origin, Page, Row, Text
from baodian.pages.ground import Ground, anchored
from baodian.pages.parts.entitled import (
    Compared,
    balance,
    cell_marks,
    chips,
    compared,
    elements,
    move_balance,
    ruler_of,
)
from baodian.pages.parts.places import MOVES
from baodian.pages.parts.rulers import move_title
from baodian.pages.parts.talks import opening, spoken
from baodian.pages.provenance import basis
from baodian.pages.sheet import entity_page, home, shared_page
from baodian.pages.widgets import card as script_card
from baodian.pages.widgets.say import copied
from baodian.playbook import Class

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
    moves = (m for m in ground.playbook.transitions.values() if str(m.id) in ground.compared)
    yield from ground.each(_comparison, moves)


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
    mine = _by_class(ground, matrix, scheme) if isinstance(matrix, model.EntitlementMatrix) else ()
    blocks = (*mine, table, *basis(ground, matrix.key))
    lead = ground.inline(matrix.intro)
    return entity_page(ground, matrix, blocks, lead=lead, accent=str(scheme.id), in_nav=True)


def _by_class(
    ground: Ground, matrix: model.EntitlementMatrix, scheme: model.Scheme
) -> tuple[page.Folded, ...]:
    """Return a line for each class to open: what it has, has after consent, and lacks."""
    t = ground.t
    lines = []
    for id_ in map(str, scheme.classes):
        mine = replace(chips(ground, (matrix,), id_), tables=())
        counts = (f"{mark_word(ground, mark)} {len(those)}" for mark, those in mine.groups)
        guide = page.LinkItem(Link(t("its guide"), ground.class_address(scheme, id_)))
        blocks = (mine, page.Links((guide,)))
        lines.append(
            page.Folded(scheme.class_name(id_), blocks, f"my-{id_}", hint=t.listed(counts))
        )
    return tuple(lines)


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
    """Return what was and what will be, from which day, and the talk with all that is known."""
    t = ground.t
    assert move.to is not None
    start, end = ground.starts(move)[0], (move.to.scheme, move.to.name)
    scheme = ground.playbook.schemes[start[0]]
    names = (scheme.class_name(start[1]), scheme.class_name(end[1]))
    all_ = compared(ground, *start, end[1])
    first = (_tally(ground, all_), *_before_and_after(ground, names, all_),
             *_conditions(ground, scheme, move))  # fmt: skip
    blocks: list[page.Block] = [page.Part("first", first)]
    default = scheme.when_moving
    script = ground.playbook.scripts.get(str(move.script or (default and default.script)))
    if script:
        blocks += _talk(ground, script, _filled(ground, names, all_), end)
    links = tuple(
        page.LinkItem(Link(scheme.class_name(c[1]), ground.class_address(scheme, c[1])))
        for c in (start, end)
    )
    blocks += [Heading(t("Both guides"), "h-guides"), page.Links(links, big=True)]
    title = move_title(ground, move)
    return entity_page(ground,
        move, blocks, title=title, lead=ground.inline(move.when), accent=str(scheme.id),
        trail=(page.Crumb(t("Moves"), MOVES),), kind="transition",
    )  # fmt: skip


def _tally(ground: Ground, all_: Iterable[Compared]) -> page.Tally:
    """Return how many measures are lost, put under consent and gained."""
    t, sums = ground.t, balance(all_)
    counts: tuple[tuple[Mark, str, str], ...] = (
        ("stopped", f"−{sums.lost}" if sums.lost else "0", t("no longer there")),
        ("approve", str(sums.approve + sums.changed),
         t("changed") if sums.changed else t("only with consent now")),
        ("yes", f"{t('+')}{sums.gained}" if sums.gained else "0", t("newly there")),
    )  # fmt: skip
    return page.Tally(counts)


def _before_and_after(
    ground: Ground, names: tuple[str, str], all_: tuple[Compared, ...]
) -> Iterator[page.Block]:
    """Yield what is lost, what changes and what is added as tables, the rest folded."""
    t = ground.t
    turned = [one for one in all_ if one.was != one.now]
    lost, gained = ([o for o in turned if getattr(o, name)] for name in ("lost", "gained"))
    changed = [one for one in turned if not one.lost and not one.gained]
    for title, those in (
        (t("First what is lost"), lost),
        (t("Then what changes"), changed),
        (t("Then what is added"), gained),
    ):
        if those:
            rows = tuple(_pair(ground, one) for one in those)
            yield page.Table((t("What he gets"), *names), rows, caption=title, pairs=True)
    if not turned:
        yield page.Paragraph(page.line(t("Nothing changes.")))
    same = [one for one in all_ if one.was == one.now]
    if same:
        rows = tuple(_pair(ground, one) for one in same)
        table = page.Table((t("What he gets"), *names), rows, pairs=True)
        yield page.Folded(
            t("As before"), (table,), "h-same", count=len(same),
            hint=t.listed(one.measure.label for one in same),
        )  # fmt: skip


def _pair(ground: Ground, one: Compared) -> Row:
    link: Inline = (Link(one.measure.label, ground.address(one.measure)),)
    about = ground.inline(one.note)
    first = Cell((link, about) if about else (link,))
    return Row((first, Cell(mark=one.was), Cell(mark=one.now)), origin=one.origin)


def _conditions(
    ground: Ground, scheme: model.Scheme, move: model.Transition
) -> Iterator[page.Block]:
    """Yield what to do that day, from which day it holds, and what becomes of promises."""
    t, default = ground.t, scheme.when_moving
    facts = tuple(
        page.Fact(title, (ground.inline(text),), Origin(of, None, text.at), anchor)
        for anchor, title, text, of in (
            ("h-do", t("That day"), move.do, move.key),
            ("h-from", t("From which day"),
             move.takes_effect or (default and default.takes_effect), move.key),
            ("h-promised", t("What was already promised"),
             move.promised or (default and default.promised), move.key),
            ("h-decides", t("Who decides"), scheme.decided_by, scheme.key),
        )
        if text
    )  # fmt: skip
    if facts:
        yield page.Facts(facts)


def _talk(
    ground: Ground, script: model.Script, filled: Mapping[str, str | None], to: Class
) -> Iterator[page.Block]:
    """Yield a script with all its gaps filled that are known, and what to keep in mind of it."""
    t = ground.t
    yield Heading(t("Say it like this"), "h-say")
    yield copied(ground, opening(ground, script, to, filled))
    if script.dont:
        yield page.Bullets(ground.bullets(script.dont[:1], script.key), style="red-line")
    answers = replace(spoken(ground, script, filled), say_first=())
    yield script_card.around(ground, script, (answers,))
    if script.record:
        yield Heading(t("Write down afterwards"), "h-record", level=3)
        yield page.Bullets(ground.bullets(script.record, script.key), style="now")


def _filled(
    ground: Ground, names: tuple[str, str], all_: tuple[Compared, ...]
) -> Mapping[str, str | None]:
    """Return the slots that a move fills, by name; None for one that it has nothing for."""
    t = ground.t
    turned = [one for one in all_ if one.was != one.now]
    gained = [one.measure.label for one in turned if one.gained]
    lost = [one.measure.label for one in turned if one.lost]
    lost += [
        t("{what} (only with consent now)", what=one.measure.label)
        for one in turned
        if one.was == "yes" and one.now == "approve"
    ]
    known = {
        "from": names[0], "to": names[1],
        "gained": t.listed(gained) or None, "lost": t.listed(lost) or None,
    }  # fmt: skip
    slots = ground.playbook.slots.items()
    return {name: known[slot.move.word] for name, slot in slots if slot.move}


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
