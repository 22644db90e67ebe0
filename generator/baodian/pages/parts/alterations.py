"""What a layer alters, in words: what it is about, how it was before and how it is now."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Map
from dataclasses import dataclass, replace
from functools import cache, partial

from baodian import model, page
from baodian.page import Inline, Link, Text
from baodian.pages.ground import Ground
from baodian.pages.parts.wording import Way, Wording
from baodian.playbook import Playbook
from baodian.said.problems import At
from baodian.source import Mapping, Node, Scalar, Sequence
from baodian.trees import Done, Key, Tree
from baodian.trees.carried import HELD, held
from baodian.trees.layers import CHANGE, CITY
from baodian.trees.nodes import at_path, ends


@dataclass(frozen=True)
class Alteration:
    """One value that a layer sets: what it belongs to, how it was and is, why and until when."""

    key: str
    row: str  # of a matrix
    what: Inline
    part: str
    way: tuple[str, ...]
    """The keys that lead to it from the thing it belongs to; () for the whole thing."""
    before: str
    after: str
    at: At
    since: datetime.date | None = None
    until: datetime.date | None = None
    why: str = ""
    approved_by: str = ""
    node: Node | None = None
    """What it sets, as it is in the data."""

    def holds(self, day: datetime.date) -> bool:
        """Say whether it is in force on a day."""
        return (self.since or day) <= day <= (self.until or day)

    def covered(self, others: Iterable[Alteration]) -> bool:
        """Say whether another sets the same, or all of what it belongs to."""
        return any(o.key == self.key and o.way == self.way[: len(o.way)] for o in others)


def alterations(ground: Ground, layer: model.Layer) -> tuple[Alteration, ...]:
    """Return all that a layer alters, in the order of its file."""
    done, wording = ground.playbook.layers.get(layer.key, ()), cache(partial(Wording, ground))
    return tuple(one for d in done for one in _of(ground, layer, d, wording(*d.step.key)))


def spoken(ground: Ground, one: Alteration) -> Inline:
    """Return an alteration in one line: what, its part, from what to what."""
    t = ground.t
    part = one.part
    if not one.after and one.way[-1:] == ("text",):  # what has it is still there
        part = "·".join(filter(None, (part, t("text"))))
    head = (*one.what, *((Text(f"·{part}"),) if part else ()), Text(t.colon))
    if not one.after:
        return (*head, Text(t("does not hold any more")))
    if not one.before:
        return (*head, *ground.inline(one.after))
    return (*head, *ground.inline(one.before), Text(" → "), *ground.inline(one.after))


def ended(ground: Ground, one: Alteration, trees: Map[Key, Tree]) -> Alteration:
    """Return what is altered when something does not hold any more: back to what stands then.

    `trees` are those of the day after its last.
    """
    t = ground.t
    if one.before == t("held until then"):
        return replace(one, before="", after=t("holds again"))
    kind, _, id_ = one.key.partition(":")
    stood, back = one.after, one.before
    if one.way and not one.row and (tree := trees.get((kind, id_))) is not None:
        node = at_path(tree.node, tuple(map(Scalar, one.way)))
        stood, back = Wording(ground, kind, id_).values(one.way, one.node, node)
    return replace(one, before="" if stood == t("new") else stood, after=back)


def _of(ground: Ground, layer: model.Layer, done: Done, wording: Wording) -> Iterator[Alteration]:
    step, t = done.step, ground.t
    kind, id_ = step.key
    why, approved = _said(layer, step.ref)
    what = called(ground, kind, id_)

    def altered(
        part: str, before: str, after: str, at: At, way: Way = (), row: str = "",
        node: Node | None = None,
    ) -> Alteration:  # fmt: skip
        period = step.period
        return Alteration(f"{kind}:{id_}", row, what, part, way, before, after, at,
                          period.since, period.until, why, approved, node)  # fmt: skip

    if step.does == "add":
        yield altered(ground.kind_word(kind), "", t("new"), step.ref.at)
    elif step.does == "withdraw":
        instead = step.successor and t("instead: 【{ref}】", ref=str(step.successor).strip())
        yield altered("", t("held until then"), instead or "", step.ref.at)
    else:
        for way, before, after, at in _set(done):
            path = (*done.path, *way)
            row = path[1] if kind == "matrix" and path[:1] == ("cells",) and path[1:] else ""
            if not row or not any(isinstance(c, Mapping | Sequence) for c in (before, after)):
                if path != ("why",):  # it stands beside the value
                    old, new = wording.values(path, before, after)
                    part = wording.path(path, before, after)
                    yield altered(part, old, new, at, path, row, node=after)
                continue
            for measure in _measures(done, before, after):
                named = (wording.path(path[:2], before, before), ground.title("measure", measure))
                had, has = (_in_cell(ground, cell, measure) for cell in (before, after))
                if had != has:
                    yield altered("·".join(named), had, has, at, (*path, measure), row)


def _set(done: Done) -> Iterator[tuple[Way, Node | None, Node | None, At]]:
    """Yield what a step sets: its path below that of the step, what stood and stands there, where.

    What is new is one thing, however much is in it; so is a cell of entitlements.
    """
    step = done.step
    assert step.node is not None
    ways: list[Way] = [()] if _is_cell(done, ()) else [way for way, _ in ends(step.node)]
    seen: set[Way] = set()
    for way in ways:
        lengths = (n for n in range(1, len(way)) if _is_cell(done, way[:n])
                   or at_path(done.before, way[:n]) is None)  # fmt: skip
        whole = way[: next(lengths, len(way))]
        if whole not in seen:
            seen.add(whole)
            value = at_path(step.node, whole) or step.node
            before, after = (at_path(node, whole) for node in (done.before, done.after))
            own = whole and value.at.file
            yield whole, before, after, value.at if own else step.ref.at


def _is_cell(done: Done, way: Way) -> bool:
    """Say whether a path leads to a cell of entitlements: one of texts has no lists in it."""
    path = (*done.path, *way)
    cells = (at_path(node, way) for node in (done.before, done.after))
    return (
        done.step.key[0] == "matrix"
        and path[:1] == ("cells",)
        and len(path) == 2
        and any(isinstance(c, Sequence) or any(key in HELD for key in c or ()) for c in cells)
    )


def _measures(done: Done, *cells: Node | None) -> tuple[str, ...]:
    """Return the measures of a cell before and after, or the one that a step is about."""
    if done.path[:1] == ("cells",) and len(done.step.part) == 2:
        return done.step.part[1:]
    named: dict[str, None] = {}
    for cell in cells:
        for group in cell.values() if isinstance(cell, Mapping) else (cell,):
            if isinstance(group, Mapping | Sequence):
                named |= dict.fromkeys(map(str, group))
    return tuple(named)


def called(ground: Ground, kind: str, id_: str) -> Inline:
    """Return the name of a thing as a link; without one where it is still to come, or is gone."""
    return (ground.link(kind, id_),)


def _said(layer: model.Layer, ref: Scalar) -> tuple[str, str]:
    """Return why a layer sets something, and who approved that, where it says so by itself."""
    groups = (layer.withdraw, getattr(layer, "change", {}))
    own = next((g[key] for g in groups for key in g if key == ref), None)
    why, approved = getattr(own, "why", None), getattr(own, "approved_by", None)
    return str(why or ""), str(approved or layer.approved_by or "")


def _in_cell(ground: Ground, cell: Node | None, measure: str) -> str:
    """Return what a cell of entitlements says of one measure."""
    t = ground.t
    found = held(cell, measure)
    for key, words in (("has", t("has it")), ("approve", t("needs approval")),
                       ("stopped", t("stopped"))):  # fmt: skip
        if (said := found.get(Scalar(key))) is not None:
            return words if key == "has" or not isinstance(said, Scalar) else (
                f"{words}{t.colon}{said.strip()}")  # fmt: skip
    return t("has it not")


def stands(ground: Ground, change: model.Change) -> str:
    """Return how a change stands on the day of the edition: `coming`, `now` or `over`."""
    return ground.playbook.once(_standing)[str(change.id)]


def _standing(playbook: Playbook) -> Map[str, str]:
    return {id_: _stands(change, playbook.day) for id_, change in playbook.of(model.Change).items()}


def _stands(change: model.Change, day: datetime.date | None) -> str:
    if day and change.effective_from.date > day:
        return "coming"
    until = change.effective_until
    return "over" if day and until is not None and until.date < day else "now"


def coming(ground: Ground) -> tuple[model.Change, ...]:
    """Return the changes that are to come, the next one first."""
    changes = ground.playbook.of(model.Change).values()
    ahead = (c for c in changes if stands(ground, c) == "coming")
    return tuple(sorted(ahead, key=lambda c: c.effective_from.date))


@dataclass(frozen=True)
class Dated:
    """A thing that begins, or has ended, on a day by its own dates, without a change."""

    key: str
    day: datetime.date
    said: Inline


def dated(ground: Ground) -> tuple[Dated, ...]:
    """Return what is still to begin or to end by its own dates, or those of the city."""
    today, t, playbook = ground.today, ground.t, ground.playbook
    layers = [done.step for those in playbook.layers.values() for done in those]
    added = {":".join(step.key) for step in layers if step.does == "add"}
    ahead: list[Dated] = []
    for key, gone in playbook.absent.items():
        since = gone.period.since
        if since and since > today and "#" not in key and not gone.withdrawn and key not in added:
            said = f"{gone.label or key}{t.colon}{t('from {day}', day=str(since))}"
            ahead.append(Dated(key, since, (Text(said),)))
    for kind, of in playbook.entities.items():
        for id_, one in of.items() if kind not in (CHANGE, CITY) else ():
            if one.effective_until and one.effective_until.date >= today:
                until = t("until {day}", day=str(one.effective_until))
                day = one.effective_until.date + datetime.timedelta(days=1)
                said_of = (ground.link(kind, str(id_)), Text(f"{t.colon}{until}"))
                ahead.append(Dated(f"{kind}:{id_}", day, said_of))
    return tuple(sorted((*ahead, *_of_city(ground)), key=lambda one: (one.day, one.key)))


def _of_city(ground: Ground) -> Iterator[Dated]:
    """Yield what a city begins or ceases to have otherwise, a line for each day."""
    t, today = ground.t, ground.today
    city = ground.playbook.overlays.get(ground.playbook.city)
    if city is None:
        return
    turning: dict[tuple[datetime.date, bool], dict[Inline, None]] = {}
    for one in alterations(ground, city):
        for day, first in ((one.since, True), (one.until, False)):
            if day and (day > today if first else day >= today):
                turning.setdefault((day, first), {})[one.what] = None
    for (day, first), names in turning.items():
        begins = day if first else day + datetime.timedelta(days=1)
        said = t("From {day} in {city}", day=str(day), city=city.label) if first else (
            t("In {city} until {day}", day=str(day), city=city.label))  # fmt: skip
        commas = (((Text(t.listing),) if n else (), what) for n, what in enumerate(names))
        what = (s for comma, name in commas for s in (*comma, *name))
        yield Dated(city.key, begins, (Text(f"{said}{t.colon}"), *what))


def terms(ground: Ground, change: model.Change) -> Iterator[tuple[str, Inline]]:
    """Yield, each with its label, what to do about a change and what of earlier promises.

    Nothing is to be done any more about one that is over.
    """
    t = ground.t
    if change.do and stands(ground, change) != "over":
        yield t("What to do about it"), ground.inline(change.do)
    if change.promised:
        yield t("Customers who were promised the old terms"), ground.inline(change.promised)


def termed(ground: Ground, change: model.Change) -> Iterator[Inline]:
    """Yield the terms of a change as lines."""
    for label, text in terms(ground, change):
        yield (Text(f"{label}{ground.t.colon}"), *text)


def must_read(ground: Ground) -> tuple[model.Change, ...]:
    """Return the changes that everybody is to confirm, those that are over left out."""
    changes = ground.playbook.of(model.Change).values()
    asked = (c for c in changes if c.must_read and not c.draft and stands(ground, c) != "over")
    return tuple(sorted(asked, key=lambda c: c.effective_from.date))


def in_force(ground: Ground, *entities: str, row: str = "") -> Iterator[page.Block]:
    """Yield the layers that have set something of things, each with what it set, why, by whom.

    With `row`, of matrices only that row.
    """
    playbook = ground.playbook
    of = playbook.once(_layers_in_force)
    for _, key in sorted({one for entity in entities for one in of.get(entity, ())}):
        layer = playbook.find(*key.split(":", 1))
        assert isinstance(layer, model.Change | model.Overlay)
        before = "" if isinstance(layer, model.Overlay) else ground.t("before")
        lines = tuple(
            (marked(ground, one, before), None)
            for one in alterations(ground, layer)
            if one.key in entities
            and one.holds(ground.today)
            and not (row and one.key.startswith("matrix:") and one.row != row)
        )
        if lines:
            title: Inline = (Link(layer.label, ground.address(layer)),)
            if isinstance(layer, model.Change):
                since = ground.t("from {day}", day=str(layer.effective_from))
                opened, closed = ground.t.brackets
                said = Text(f"{opened}{since}{ground.t.semicolon}")
                title = (*title, said, *ground.inline(layer.why), Text(closed))
            yield page.Paragraph(title)
            yield page.Bullets(lines)


def _layers_in_force(playbook: Playbook) -> Map[str, tuple[tuple[int, str], ...]]:
    """Return the layers about each thing by its `kind:id`, with their order: a city comes last."""
    changes = [c for c in playbook.of(model.Change).values() if _stands(c, playbook.day) == "now"]
    cities = [playbook.overlays[playbook.city]] if playbook.city else []
    of: dict[str, dict[tuple[int, str], None]] = {}
    for n, layer in enumerate((*changes, *cities)):
        for done in playbook.layers.get(layer.key, ()):
            of.setdefault(":".join(done.step.key), {})[n, layer.key] = None
    return {key: tuple(those) for key, those in of.items()}


def marked(ground: Ground, one: Alteration, before: str = "") -> Inline:
    """Return in one line what a layer has set, what was before or is elsewhere, why and by whom."""
    t = ground.t
    head = (*one.what, *((Text(f"·{one.part}"),) if one.part else ()), Text(t.colon))
    here = ground.inline(one.after) if one.after else (Text(t("does not hold here")),)
    stood = (Text((before or t("elsewhere")) + " "), *ground.inline(one.before))
    held = one.before == t("held until then")
    every: tuple[Inline, ...] = (
        stood if one.before and one.after and not held else (),
        page.line(t("until {day}", day=str(one.until))) if one.until else (),
        ground.inline(one.why or None),
        page.line(t("approved by {who}", who=one.approved_by)) if one.approved_by else (),
    )
    notes = [note for note in every if note]
    joined = tuple(
        s for n, note in enumerate(notes) for s in ((Text(t.semicolon), *note) if n else note)
    )
    opened, closed = t.aside("\0").split("\0")
    return (*head, *here, *((Text(opened), *joined, Text(closed)) if joined else ()))


def told(
    ground: Ground, layer: model.Layer, altered: tuple[Alteration, ...]
) -> tuple[page.Block, ...]:
    """Return what a layer alters on a page, and the way to all of it."""
    t = ground.t
    link = Link(t("About this change") if isinstance(layer, model.Change) else layer.label,
                ground.address(layer))  # fmt: skip
    lines = tuple(spoken(ground, one) for one in altered)
    if len(lines) == 1:
        return (page.Paragraph((*lines[0], Text(" "), link)),)
    return (listed(lines), page.Paragraph((link,)))


def listed(lines: Iterable[Inline]) -> page.Bullets:
    """Return lines as a list, each once."""
    return page.Bullets(tuple((line, None) for line in dict.fromkeys(lines)))
