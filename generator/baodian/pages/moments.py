"""Moments of work: one page each with the first steps on the first screen, and their index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import cast

from baodian import model, page
from baodian.model.fields import Ref
from baodian.page import Card, Entry, Heading, Link, Origin, Page, Step
from baodian.pages.ground import Ground, anchored
from baodian.pages.plans import to_planner
from baodian.pages.scripts import escalations

SECTION = "moments"
ICON = "map-marker-path"

_ICONS = {
    "script": "forum", "checklist": "clipboard-check", "guide": "lightbulb-on", "table": "table",
    "plan": "calendar-month", "case": "book-open-variant", "moment": ICON, "path": "school",
    "matrix": "gift", "measure": "gift", "rhythm": "repeat", "class": "account-group",
    "scheme": "account-group", "transition": "swap-vertical", "param": "tune", "term": "tag",
    "escalation": "account-arrow-up", "source": "source-branch",
}  # fmt: skip


def write(ground: Ground) -> Iterator[Page]:
    """Yield the index of moments and a page for each."""
    moments = in_order(ground)
    if moments:
        yield _index(ground, moments)
    for moment in moments:
        yield _moment(ground, moment)


def in_order(ground: Ground) -> tuple[model.Moment, ...]:
    """Return the moments as the first page orders them, then the others."""
    first = [str(id_) for id_ in ground.playbook.settings.home.moments]
    moments = [cast("model.Moment", m) for m in ground.of_kind("moment")]
    ranked = {id_: n for n, id_ in enumerate(first)}
    return tuple(sorted(moments, key=lambda m: ranked.get(str(m.id), len(ranked))))


def _moment(ground: Ground, moment: model.Moment) -> Page:
    t = ground.t
    first = tuple(
        Step(ground.inline(x), origin=Origin(moment.key, None, x.at)) for x in moment.first
    )
    blocks: list[page.Block] = [page.Steps(first)]
    if moment.choose:
        choices = tuple(_choice(ground, moment, str(id_), c) for id_, c in moment.choose.items())
        blocks += [Heading(t("Which one is it?"), "h-choose"), page.Cards(choices)]
        blocks.extend(_planner(ground, moment))
    take = cards(ground, moment.take)
    if take.cards:
        blocks += [Heading(t("Take along"), "h-take"), take]
    if moment.red_lines:
        never = page.Bullets(ground.bullets(moment.red_lines, moment.key), style="dont")
        blocks.append(Heading(t("Red lines"), "h-never", icon="shield-alert"))
        blocks.append(page.Callout("red-line", "", (never,)))
    if moment.escalate:
        blocks.append(Heading(t("Beyond your limit"), "h-escalate"))
        blocks.append(escalations(ground, moment.escalate))
    blocks.extend(ground.basis(moment.key))
    return ground.page(moment, SECTION, blocks, lead=ground.inline(moment.when), icon=ICON)


def _planner(ground: Ground, moment: model.Moment) -> Iterator[page.Block]:
    """Yield the way to the planner where a choice leads to a table it works with."""
    found = (ground.playbook.find(c.go.kind, c.go.id) for c in moment.choose.values())
    if any(isinstance(plan, model.Allocation) and plan.hours for plan in found):
        yield to_planner(ground.t("Plan a month"))


def _choice(ground: Ground, moment: model.Moment, id_: str, choice: model.talk.Choice) -> Card:
    """Return a choice; it stays, without a link, where this edition does not show its target."""
    go = choice.go
    link = ground.link(go.kind, go.id, go.part)
    return Card(
        title=str(choice.ask),
        href=link.href if isinstance(link, Link) else "",
        text=page.line(link.text),
        icon=_ICONS.get(go.kind),
        origin=ground.home(moment, id_, choice.at),
        anchor=anchored(id_),
    )


def cards(ground: Ground, refs: Iterable[Ref]) -> page.Cards:
    """Return references as cards to tap; what this edition does not show is left out."""
    return page.Cards(
        tuple(
            card(ground, ref.kind, ref.id, ref.part)
            for ref in dict.fromkeys(refs)
            if ground.href(ref.kind, ref.id, ref.part)
        )
    )


def card(ground: Ground, kind: str, id_: str, part: str | None = None) -> Card:
    """Return something with a page as a card: its name, what it is for, and its kind."""
    entity = ground.playbook.find(kind, id_)
    texts = (getattr(entity, name, None) for name in ("goal", "when", "intro", "problem"))
    text = None if kind in ("class", "transition") else next((x for x in texts if x), None)
    return Card(
        title=ground.part_title(kind, id_, part),
        href=ground.href(kind, id_, part) or "",
        text=ground.inline(text),
        badges=(ground.kind_word(kind),),
        icon=_ICONS.get(kind),
        origin=Origin(f"{kind}:{id_}", part, entity.at if entity else None),
    )


def _index(ground: Ground, moments: tuple[model.Moment, ...]) -> Page:
    entries = tuple(
        Entry(str(m.title), ground.address("moment", str(m.id)), ground.inline(m.when))
        for m in moments
    )
    return ground.shared(
        "moments/index.html",
        ground.t("Moments"),
        SECTION,
        "index",
        (page.Index((("g-moments", "", entries),)),),
        icon=ICON,
        in_nav=True,
    )
