"""Moves between classes: all of them by ruler, and what changes with each (升级对照)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from baodian import model, page
from baodian.page import Cell, Heading, Inline, Link, Origin, Page, Row
from baodian.pages.ground import Ground
from baodian.pages.parts.entitled import GIVEN, Compared, balance, compared
from baodian.pages.parts.places import MOVES
from baodian.pages.parts.rulers import move_title
from baodian.pages.parts.talks import never, opening, spoken
from baodian.pages.sheet import entity_page, shared_page
from baodian.pages.widgets import card as script_card
from baodian.pages.widgets.say import copied
from baodian.playbook import Class, moving

SECTION = "entitlements"
SAY = "h-say"
SAID, SAID_FIRST = 8, 5
"""How many things that stay a talk names at most, and how many of more: nobody hears out 14."""


def write(ground: Ground) -> Iterator[Page]:
    """Yield the page of all moves and a comparison for each that has one."""
    if ground.playbook.transitions:
        yield _moves(ground)
    moves = (m for m in ground.playbook.transitions.values() if str(m.id) in ground.compared)
    yield from ground.each(_comparison, moves)


def _moves(ground: Ground) -> Page:
    t = ground.t
    blocks: list[page.Block] = []
    held = []
    for scheme in ground.playbook.schemes.values():
        rows: dict[str, list[tuple[str, Row]]] = {}
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
            start, _, end = title.partition(" → ")
            row = Row(
                (Cell((first,)), Cell((ground.inline(move.when),)), Cell(tuple(do))),
                anchor=str(move.id),
                origin=Origin(move.key, None, move.at, home=not own_page),
            )
            rows.setdefault(start, []).append((end, row))
        if rows:
            columns = (t("Move"), t("When"), t("What to do that day"))
            blocks.append(Heading(str(scheme.name), f"g-{scheme.id}"))
            for start, those in rows.items():
                table = page.Table(columns, tuple(row for _, row in those))
                hint = t.listed(dict.fromkeys(end for end, _ in those))
                blocks.append(page.Folded(f"{start} →", (table,), count=len(those), hint=hint))
    return shared_page(ground, MOVES, t("Moves"), SECTION, "moves", blocks, held, in_nav=True)


def _comparison(ground: Ground, move: model.Transition) -> Page:
    """Return what was and what will be, from which day, and the talk with all that is known."""
    t = ground.t
    assert move.to is not None
    start, end = ground.starts(move)[0], (move.to.scheme, move.to.name)
    scheme = ground.playbook.schemes[start[0]]
    names = (scheme.class_name(start[1]), scheme.class_name(end[1]))
    all_ = compared(ground, *start, end[1])
    script = ground.playbook.scripts.get(ground.playbook.once(moving.said).get(str(move.id), ""))
    say = page.LinkItem(Link(t("Say it like this"), f"{ground.address(move)}#{SAY}"))
    first = (_tally(ground, all_), *((page.Links((say,), big=True),) if script else ()),
             *_before_and_after(ground, names, all_),
             *_conditions(ground, scheme, move))  # fmt: skip
    blocks: list[page.Block] = [page.Part("first", first)]
    if script:
        blocks += _talk(ground, script, _filled(ground, move, names, all_), end)
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
    altered = t("changed or with consent") if sums.approve else t("changed")
    counts = (
        page.Count("stopped", f"−{sums.lost}" if sums.lost else "0", t("no longer there")),
        page.Count("approve", str(sums.approve + sums.changed),
                   altered if sums.changed else t("only with consent")),
        page.Count("yes", f"{t('+')}{sums.gained}" if sums.gained else "0", t("newly there")),
    )  # fmt: skip
    return page.Tally(counts)


def _before_and_after(
    ground: Ground, names: tuple[str, str], all_: tuple[Compared, ...]
) -> Iterator[page.Block]:
    """Yield what is lost, what changes and what is added as tables, the rest folded."""
    t = ground.t
    turned = [one for one in all_ if one.was != one.now]
    for title, those in (
        (t("What is lost"), [o for o in turned if o.lost]),
        (t("What becomes another"), [o for o in turned if not o.lost and not o.gained]),
        (t("What is added with consent"), [o for o in turned if o.gained_by_consent]),
        (t("What is added"), [o for o in turned if o.gained and not o.gained_by_consent]),
    ):
        if those:
            rows = tuple(_pair(ground, one) for one in those)
            alike = {(o.was, o.now, bool(o.note)) for o in those} == {("no", "yes", False)}
            yield page.Table((t("What he gets"), *names), rows, title, pairs=True, brief=alike)
    if not turned:
        yield page.Paragraph(page.line(t("Nothing changes.")))
    same = [one for one in all_ if one.was == one.now]
    for title, anchor, those in (
        (t("As before"), "h-same", [o for o in same if o.now in GIVEN]),
        (t("Stopped as before"), "h-still", [o for o in same if o.now not in GIVEN]),
    ):
        if those:
            rows = tuple(_pair(ground, one) for one in those)
            table = page.Table((t("What he gets"), *names), rows, pairs=True)
            hint = t.listed(one.measure.label for one in those)
            yield page.Folded(title, (table,), anchor, count=len(those), hint=hint)


def _pair(ground: Ground, one: Compared) -> Row:
    link: Inline = (Link(one.measure.label, ground.address(one.measure)),)
    about = ground.inline(one.note)
    first = Cell((link, about) if about else (link,))
    return Row((first, Cell(mark=one.was), Cell(mark=one.now)), origin=one.origin)


def _conditions(
    ground: Ground, scheme: model.Scheme, move: model.Transition
) -> Iterator[page.Block]:
    """Yield who decides, what to do that day, from when it holds, and what becomes of promises."""
    t, default = ground.t, scheme.when_moving
    facts = tuple(
        page.Fact(title, (ground.inline(text),), Origin(of, None, text.at), anchor)
        for anchor, title, text, of in (
            ("h-decides", t("Who decides"), scheme.decided_by, scheme.key),
            ("h-do", t("That day"), move.do or (default and default.do), move.key),
            ("h-from", t("From which day"),
             move.takes_effect or (default and default.takes_effect), move.key),
            ("h-promised", t("What was already promised"),
             move.promised or (default and default.promised), move.key),
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
    yield Heading(t("Say it like this"), SAY)
    first = replace(opening(ground, script, to, filled), note=())  # the page says for whom
    yield copied(ground, first)
    yield from never(ground, script)
    answers = replace(spoken(ground, script, filled), say_first=())
    yield script_card.around(ground, script, (answers,), above=(first,))
    if script.record:
        yield Heading(t("Write down afterwards"), "h-record")
        yield page.Bullets(ground.bullets(script.record, script.key), style="now")


def _filled(
    ground: Ground, move: model.Transition, names: tuple[str, str], all_: tuple[Compared, ...]
) -> Mapping[str, str | None]:
    """Return the slots that a move fills, by name; None for one that it has nothing for."""
    t = ground.t
    turned = [one for one in all_ if one.was != one.now]
    gained = [one.measure.label for one in turned if one.now == "yes" and one.was != "approve"]
    gained += [
        t("{what} (without consent now)", what=one.measure.label)
        for one in turned
        if one.now == "yes" and one.was == "approve"
    ]
    consent = [one.measure.label for one in turned if one.now == "approve"]
    lost = [one.measure.label for one in turned if one.lost]
    same = [one.measure.label for one in all_ if one.was == one.now and one.now in GIVEN]
    some, n = t.listed(same[:SAID_FIRST]), len(same)
    stays = t.listed(same) if n <= SAID else t("{some} and more, {n} in all", some=some, n=n)
    known = {
        "from": names[0], "to": names[1], "why": page.plain(ground.inline(move.when)),
        "gained": t.listed(gained) or None, "consent": t.listed(consent) or None,
        "lost": t.listed(lost) or None, "same": stays or None,
    }  # fmt: skip
    slots = ground.playbook.slots.items()
    return {name: known[slot.move.word] for name, slot in slots if slot.move}
