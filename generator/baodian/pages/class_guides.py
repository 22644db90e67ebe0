"""One guide per class: a screen that is enough, then depth, from where each part lives.

The first screen says what to reach, what to do, what to say, what never to do, whom to call. What
names this very class follows; what the whole ruler shares stands behind one line for each kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from baodian import model, page
from baodian.page import Fact, Heading, Link, LinkItem, Origin, Page, Text
from baodian.pages.ground import Ground
from baodian.pages.parts.calls import first_calls
from baodian.pages.parts.entitled import chips, elements, matrices_of, move_balance
from baodian.pages.parts.guided import Guided, script_row
from baodian.pages.parts.more import more
from baodian.pages.parts.rhythms import year
from baodian.pages.parts.rulers import looks, move_title, picture, rule
from baodian.pages.parts.talks import opening
from baodian.pages.provenance import basis
from baodian.pages.sheet import overdue
from baodian.pages.widgets.say import copied
from baodian.playbook import among, applies_to

DO_NOW = 5  # lines of what to do on the first screen


def write(ground: Ground) -> Iterator[Page]:
    """Yield a guide for every class of the schemes that have guides."""
    guided = (one for one in ground.playbook.classes() if one[0].has_guides)
    yield from ground.each(_class, guided, lambda of: f"class:{of[0].id}/{of[1]}")


def _class(ground: Ground, of: tuple[model.Scheme, str, model.Class]) -> Page:
    scheme, id_, class_ = of
    key = (str(scheme.id), id_)
    guide = ground.playbook.class_guides.get(key)
    applied = applies_to(ground.playbook, key)
    return _page(Guided(ground, scheme, id_, class_, guide, applied))


def _page(of: Guided) -> Page:
    ground, scheme, guide = of.ground, of.scheme, of.guide
    settings = ground.playbook.settings
    first, next_, below, beside = (
        tuple(block for section in sections for block in section(of)) for sections in SECTIONS
    )
    matrices = dict.fromkeys(a.entity.key for a in of.applied if a.why == "matrix")
    parts = (f"{of.entity}#{part}" for part, _ in guide.parts()) if guide else ()
    after = (page.Part("next", next_),) if next_ else ()
    rest = (*beside, *basis(ground, of.entity, *matrices, row=of.id))
    return Page(
        address=ground.class_address(scheme, of.id),
        title=scheme.class_name(of.id),
        kind="class",
        section=ground.looks["class"].chapter,
        blocks=(page.Part("first", first), *after, *below, page.Part("beside", rest)),
        entity=of.entity,
        accent=str(scheme.id),
        trail=(
            page.Crumb(ground.t("Customers"), "customers/index.html"),
            page.Crumb(str(scheme.name), ground.address(scheme)),
        ),
        source=guide.at if guide else of.class_.at,
        draft=guide is not None and guide.draft,
        owner=str((guide and guide.owner) or scheme.owner or settings.owner),
        reviewed=ground.reviewed(of.entity if guide else scheme.key),
        overdue=overdue(ground, of.entity),
        effective_from=str(scheme.effective_from or settings.effective_from),
        holds=frozenset((of.entity, *parts)),
    )


# --- the first screen -----------------------------------------------------------------------------


def _goal(of: Guided) -> Iterator[page.Block]:
    if of.guide:
        yield page.Lead(of.ground.inline(of.guide.goal), of.part("goal"), "goal")
    elif of.class_.text:
        yield page.Lead(of.ground.inline(of.class_.text))


def _do(of: Guided) -> Iterator[page.Block]:
    ground, title = of.ground, of.ground.t("What to do now")
    if of.guide and of.guide.do:
        yield Heading(title, "do", origin=of.part("do"))
        yield page.Bullets(ground.bullets(of.guide.do[:DO_NOW], of.entity), style="now")
    elif of.class_.then:
        yield Heading(title, "do")
        yield page.Bullets(ground.bullets((of.class_.then,), of.entity), style="now")


def _say(of: Guided) -> Iterator[page.Block]:
    if of.first_script is not None:
        yield copied(of.ground, opening(of.ground, of.first_script, of.key))


def _red_line(of: Guided) -> Iterator[page.Block]:
    """Yield what never to do: the first at once, the others where it is tapped."""
    if of.guide and of.guide.dont:
        lines = of.ground.lines(of.guide.dont)
        marks = (of.part("dont"), *(of.part("dont", home=False) for _ in lines[1:]))
        yield page.Bullets(tuple(zip(lines, marks, strict=True)), "red-line", "dont")


def _call(of: Guided) -> Iterator[page.Block]:
    scripts = among(of.narrow(model.Script), model.Script)
    rhythms = among(of.applied, model.Rhythm)
    doers = {str(role) for a in rhythms if a.entity.kind_ == "contact" for role in a.entity.who}
    yield from first_calls(of.ground, (id_ for a in scripts for id_ in a.entity.escalate), doers)


def _wary(of: Guided) -> Iterator[page.Block]:
    """Yield what to notice."""
    if of.guide and of.guide.signs_of_trouble:
        lines = of.ground.lines(of.guide.signs_of_trouble)
        yield page.Facts((Fact(of.ground.t("Watch for"), lines, of.part("signs"), "signs"),))


# --- what is this class's own ---------------------------------------------------------------------


def _who(of: Guided) -> Iterator[page.Block]:
    """Yield what else to do, what to call them, and who is meant."""
    ground, class_, guide, t = of.ground, of.class_, of.guide, of.ground.t
    facts = []
    if guide and guide.do[DO_NOW:]:
        facts.append(Fact(t("And then"), ground.lines(guide.do[DO_NOW:])))
    if class_.call_them:
        facts.append(Fact(t("Call them"), (page.line(str(class_.call_them)),)))
    if facts:
        yield page.Facts(tuple(facts))
    if about := _about(of):
        hint = page.plain(about[0].lines[0])
        yield page.Folded(t("Who is meant"), (page.Facts(about),), "who", hint=hint)


def _about(of: Guided) -> tuple[Fact, ...]:
    """Return who belongs here, how it looks, and what to do in a word."""
    ground, class_, t = of.ground, of.class_, of.ground.t
    rules, portraits = rule(ground, of.scheme, class_), looks(ground, class_)
    text = (ground.inline(class_.text),) if class_.text and of.guide else ()
    origin = Origin(of.scheme.key, of.id, class_.at)
    return (
        *((Fact(t("Who belongs here"), (*rules, *text), origin),) if (*rules, *text) else ()),
        *((Fact(t("How it looks"), portraits),) if portraits else ()),
        *((Fact(t("What to do"), (ground.inline(class_.then),)),)
          if class_.then and of.guide and of.guide.do else ()),
    )  # fmt: skip


def _entitled(of: Guided) -> Iterator[page.Block]:
    ground, t = of.ground, of.ground.t
    if matrices := matrices_of(ground, str(of.scheme.id)):
        title = t("What {name} gets", name=of.name)
        if of.next:
            title = t(
                "What {name} gets, beside {other}",
                name=of.name,
                other=of.scheme.class_name(of.next),
            )
        yield Heading(title, "entitlements")
        yield chips(ground, matrices, of.id, of.next)


def _texts(of: Guided) -> Iterator[page.Block]:
    """Yield what tables of texts say of the class."""
    ground = of.ground
    for matrix in ground.playbook.of(model.TextMatrix).values():
        cells = next((c for row, c in matrix.cells.items() if row == of.id), None)
        if matrix.rows == of.scheme.id and cells:
            names = elements(ground, matrix)
            link = (Link(matrix.label, ground.address(matrix)),)
            title = ground.t("What to do for {name}", name=of.name)
            yield Heading(title, f"h-{matrix.id}", why=link)
            for number, (id_, cell) in enumerate(cells.items(), 1):
                said = ground.inline(cell.text or cell.lost)
                inside = page.Paragraph(said, Origin(matrix.key, f"{of.id}.{id_}", cell.at))
                name = names.get(str(id_), str(id_))
                yield page.Folded(name, (inside,), count=number, hint=page.plain(said))


def _rhythm(of: Guided) -> Iterator[page.Block]:
    if rhythms := of.own_rhythms:
        yield Heading(of.ground.t("A year with {name}", name=of.name), "rhythm")
        yield year(of.ground, rhythms)


# --- beside it: where it leads, what to say next, what helps --------------------------------------


def _moves(of: Guided) -> Iterator[page.Block]:
    ground, t = of.ground, of.ground.t
    if not of.moves:
        return
    yield Heading(t("Where {name} goes on to", name=of.name), "moves")
    yield picture(ground, of.scheme, of.id)
    away = [m for m in of.moves if of.leaves(m)]
    here = [m for m in of.moves if not of.leaves(m)]
    if away:
        yield page.Links(tuple(_move(of, m, _title_to(of, m)) for m in away), rows=True)
    if here:
        items = tuple(_move(of, m, _title_from(of, m)) for m in here)
        hint = _title_from(of, here[0])
        yield page.Folded(
            t("Where they come from"), (page.Links(items, rows=True),), "moves-here",
            count=len(here), hint=hint,
        )  # fmt: skip


def _move(of: Guided, move: model.Transition, title: str) -> LinkItem:
    ground = of.ground
    note = ground.inline(move.when)
    if move.do:
        note = (*note, Text(ground.t.semicolon), *ground.inline(move.do))
    origin = Origin(move.key, None, move.at)
    return LinkItem(Link(title, ground.address(move)), note, origin, move_balance(ground, move))


def _title_to(of: Guided, move: model.Transition) -> str:
    return f"→{move_title(of.ground, move).rpartition('→')[2]}"


def _title_from(of: Guided, move: model.Transition) -> str:
    return f"{move_title(of.ground, move).partition('→')[0]}→"


def _scripts(of: Guided) -> Iterator[page.Block]:
    if own := of.own_scripts:
        yield Heading(of.ground.t("What else for {name}", name=of.name), "say-next")
        yield page.Links(tuple(script_row(of, a) for a in own), rows=True)


Section = Callable[[Guided], Iterator[page.Block]]
SECTIONS: tuple[tuple[Section, ...], ...] = (
    (_goal, _do, _say, _red_line, _call),
    (_wary,),
    (_who, _entitled, _texts, _rhythm),
    (_moves, _scripts, more),
)
"""The sections of a guide in the order of its page: first screen, what follows before any notice,
below that, beside it on a desk;
依据 follows them."""
