"""Moments of work: one page each with the first steps on the first screen, and their index."""

from __future__ import annotations

from collections.abc import Iterator

from baodian import model, page
from baodian.page import Card, Entry, Heading, Link, Origin, Page, Step
from baodian.pages.ground import Ground, anchored
from baodian.pages.parts.calls import beyond
from baodian.pages.parts.cards import cards
from baodian.pages.parts.occasions import in_order
from baodian.pages.parts.places import MOMENTS
from baodian.pages.parts.planning import to_planner
from baodian.pages.provenance import basis
from baodian.pages.sheet import entity_page, home, shared_page

SECTION = "moments"
ICON = "map-marker-path"


def write(ground: Ground) -> Iterator[Page]:
    """Yield the index of moments and a page for each."""
    moments = in_order(ground)
    if moments:
        yield _index(ground, moments)
    yield from ground.each(_moment, moments)


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
    if moment.red_lines:
        never = page.Bullets(ground.bullets(moment.red_lines, moment.key), style="dont")
        blocks.append(Heading(t("Red lines"), "h-never", icon="shield-alert"))
        blocks.append(page.Callout("red-line", "", (never,)))
    blocks.extend(beyond(ground, moment.escalate))
    take = cards(ground, moment.take)
    if take.cards:
        blocks += [Heading(t("Take along"), "h-take"), take]
    blocks.extend(basis(ground, moment.key))
    return entity_page(ground, moment, blocks, lead=ground.inline(moment.when), icon=ICON)


def _planner(ground: Ground, moment: model.Moment) -> Iterator[page.Block]:
    """Yield the way to the planner where a choice leads to a table it works with."""
    targets = (ground.playbook.find(c.go.kind, c.go.id) for c in moment.choose.values())
    if any(isinstance(plan, model.Allocation) and plan.hours for plan in targets):
        yield to_planner(ground.t("Plan a month"))


def _choice(ground: Ground, moment: model.Moment, id_: str, choice: model.talk.Choice) -> Card:
    """Return a choice; it stays, without a link, where this edition does not show its target.

    Where it leads is said only where that says more than the choice itself.
    """
    go = choice.go
    link = ground.link(go.kind, go.id, go.part)
    more = "" if _bare(link.text) == _bare(str(choice.ask)) else link.text
    return Card(
        title=str(choice.ask),
        href=link.href if isinstance(link, Link) else "",
        text=page.line(more) if more else (),
        icon=ground.looks[go.kind].icon or None,
        origin=home(moment, id_, choice.at),
        anchor=anchored(id_),
    )


def _bare(text: str) -> str:
    """Return the letters and numbers of a text: what is left to compare without its marks."""
    return "".join(char for char in text if char.isalnum())


def _index(ground: Ground, moments: tuple[model.Moment, ...]) -> Page:
    entries = tuple(Entry(str(m.title), ground.address(m), ground.inline(m.when)) for m in moments)
    return shared_page(
        ground,
        MOMENTS,
        ground.t("Moments"),
        SECTION,
        "index",
        (page.Index((("g-moments", "", entries),)),),
        icon=ICON,
        in_nav=True,
    )
