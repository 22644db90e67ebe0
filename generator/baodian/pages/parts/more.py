"""What else there is for a class: its own at once, a line for each kind that all classes share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial

from baodian import model, page
from baodian.page import Heading, Link, LinkItem, Origin
from baodian.pages.parts.guided import Guided, script_row
from baodian.pages.parts.rulers import move_title
from baodian.playbook import Applies, among

FEW = 2
"""How many things of its own of a kind a guide names at once; more are folded."""
KINDS: tuple[tuple[str, tuple[str, ...], tuple[type[model.Entity], ...]], ...] = (
    ("say", ("script",), (model.Script,)),
    ("check", ("checklist",), (model.Checklist,)),
    ("cases", ("case",), (model.Case,)),
    ("helps", ("guide", "table", "plan"),
     (model.Guide, model.Table, model.Allocation, model.Timetable, model.Calendar)),
    ("rhythm", ("rhythm",), (model.Rhythm,)),
    ("moves", ("transition",), ()),
)  # fmt: skip
"""The lines: an anchor, the kinds behind it, and which of them may be a class's own; where it
leads is told above."""


def more(of: Guided) -> Iterator[page.Block]:
    """Yield what helps this class by name, then a line for each kind."""
    named, lines = [], []
    for anchor, kinds, models in KINDS:
        own = _own(of, models) if models else ()
        at_once = len(own) <= FEW and anchor not in ("say", "rhythm")
        if own and at_once:
            named.append(_named(of, _word(of, kinds), map(partial(_item, of), own), anchor))
        line = _line(of, anchor, kinds, () if at_once else own)
        if line is not None:
            lines.append(line)
    heading = Heading(of.ground.t("More for {name}", name=of.name), "h-helps")
    rest: tuple[page.Block, ...] = (*named, *lines)
    yield from (heading, *rest) if rest else rest


def _own(of: Guided, models: tuple[type[model.Entity], ...]) -> tuple[Applies, ...]:
    """Return what names the class and does not stand above already; cases as the guide has them."""
    first = (of.first_script,) if of.first_script else ()
    above = {e.key for e in (*(a.entity for a in of.own_scripts), *of.own_rhythms, *first)}
    order = [f"case:{id_}" for id_ in of.guide.cases] if of.guide else []
    own = (a for a in of.narrow(*models) if a.entity.key not in above)
    return tuple(sorted(own, key=lambda a: [*order, a.entity.key].index(a.entity.key)))


def _line(
    of: Guided, anchor: str, kinds: tuple[str, ...], own: tuple[Applies, ...]
) -> page.Folded | None:
    """Return one closed line: what is left of its own, of every class, of everyone."""
    t = of.ground.t
    every = of.wide(*kinds, everyone=False)
    if kinds == ("transition",):
        moves = among(of.applied, model.Transition)
        every = tuple(a.entity for a in moves if of.of_all(a.entity))
    everyone = of.wide(*kinds, everyone=True)
    inside: list[page.Block] = []
    if own and kinds == ("script",):
        inside.append(page.Links(tuple(script_row(of, a) for a in own), rows=True))
    elif own:
        inside.append(_named(of, t("for {name}", name=of.name), map(partial(_item, of), own)))
    for label, entities, link in (
        (t("for every class of {scheme}", scheme=of.scheme.name), every, _link),
        (t("for everyone"), everyone, _plain),
    ):
        if entities:
            inside.append(_named(of, label, (link(of, entity) for entity in entities)))
    if not inside:
        return None
    return page.Folded(
        _word(of, kinds),
        tuple(inside),
        f"{anchor}-more" if _told(of, anchor, own) else anchor,
        count=len(own) + len(every) + len(everyone),
        hint=_name(of, own[0].entity if own else (*every, *everyone)[0]),
    )


def _word(of: Guided, kinds: tuple[str, ...]) -> str:
    return of.ground.t.listed(dict.fromkeys(map(of.ground.kind_word, kinds)))


def _named(
    of: Guided, label: str, items: Iterable[LinkItem], anchor: str | None = None
) -> page.Links:
    text = f"{label}{of.ground.t.colon}"
    return page.Links(tuple(items), line=True, label=text, anchor=anchor)


def _told(of: Guided, anchor: str, own: tuple[Applies, ...]) -> bool:
    """Say whether the guide has a place for this kind above its closed line."""
    models = next(models for name, _, models in KINDS if name == anchor)
    match anchor:
        case "say":
            return of.first_script is not None
        case "rhythm":
            return bool(of.narrow(model.Rhythm))
        case "moves":
            return bool(of.moves)
    return bool(_own(of, models)) and not own


def _item(of: Guided, applies: Applies) -> LinkItem:
    """Return what applies as a link, with the condition under which it does."""
    ground = of.ground
    if applies.why != "with":
        return _link(of, applies.entity)
    others = dict.fromkeys(ground.playbook.class_name(c) for c in applies.condition)
    return _link(of, applies.entity, page.line(ground.t.aside(ground.t.listed(others))))


def _link(of: Guided, entity: model.Entity, note: page.Inline = ()) -> LinkItem:
    return replace(_plain(of, entity), note=note, origin=Origin(entity.key, None, entity.at))


def _plain(of: Guided, entity: model.Entity) -> LinkItem:
    """Return a link to what is for everyone; nobody is told here that it changed."""
    return LinkItem(Link(_name(of, entity), of.ground.address(entity)))


def _name(of: Guided, entity: model.Entity) -> str:
    if isinstance(entity, model.Transition):
        return move_title(of.ground, entity)
    return entity.label
