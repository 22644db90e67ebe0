"""What a layer alters, in words: what it is about, how it was before and how it is now."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Map
from dataclasses import dataclass, replace

from baodian import model, page
from baodian.model.fields import Name
from baodian.page import Inline, Link, Text
from baodian.pages.ground import Ground
from baodian.pages.whom import classes_of
from baodian.playbook import Playbook
from baodian.said.messages import Message, msg
from baodian.said.problems import At
from baodian.source import Mapping, Node, Scalar, Sequence
from baodian.trees import Done, Key, Tree
from baodian.trees.layers import at_path, ends

KEYS: dict[str, Message] = {
    "default": msg("value"), "each": msg("how often"), "text": msg("text"), "name": msg("name"),
    "title": msg("title"), "has": msg("has"), "approve": msg("needs approval"),
    "stopped": msg("stopped"), "when": msg("rule"), "channels": msg("ways"),
    "whom": msg("for whom"), "who": msg("who"), "by": msg("by when"), "to": msg("to whom"),
    "tel": msg("telephone"),
    "what": msg("what"), "goal": msg("goal"), "do": msg("to do"), "say": msg("to say"),
    "dont": msg("not to do"), "needs": msg("needs"), "days": msg("days"), "note": msg("note"),
    "intro": msg("how it begins"), "then": msg("what to do"), "we_use": msg("what holds here"),
    "stress": msg("what to stress"), "events": msg("events"), "months": msg("months"),
    "customers": msg("customers"), "open": msg("how to begin"), "close": msg("how to end"),
    "definition": msg("what it means"), "script": msg("script"), "allowed": msg("allowed values"),
    "aliases": msg("other words"), "channel": msg("way"), "why": msg("why"),
}  # fmt: skip
"""What readers call the keys of the data that change most."""
GROUPING = frozenset(
    ("rows", "classes", "dimensions", "items", "cells", "parts", "entries", "answers")
)
"""Keys that only hold what has names of its own."""
NO_LABELS: Map[str, str] = {}


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

    def holds(self, day: datetime.date) -> bool:
        """Say whether it is in force on a day."""
        return (self.since or day) <= day <= (self.until or day)

    def covered(self, others: Iterable[Alteration]) -> bool:
        """Say whether another sets the same, or all of what it belongs to."""
        return any(o.key == self.key and o.way == self.way[: len(o.way)] for o in others)


def alterations(ground: Ground, layer: model.Layer) -> tuple[Alteration, ...]:
    """Return all that a layer alters, in the order of its file."""
    done = ground.playbook.layers.get(layer.key, ())
    return tuple(one for d in done for one in _of(ground, layer, d))


def spoken(ground: Ground, one: Alteration) -> Inline:
    """Return an alteration in one line: what, its part, from what to what."""
    t = ground.t
    head = (*one.what, *((Text(f"·{one.part}"),) if one.part else ()), Text(t.colon))
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
    back = one.before
    if one.way and not one.row and (tree := trees.get((kind, id_))) is not None:
        node = at_path(tree.node, tuple(map(Scalar, one.way)))
        back = worded(ground, kind, id_, node, _labels(ground, kind, id_))
    return replace(one, before="" if one.after == t("new") else one.after, after=back)


def _of(ground: Ground, layer: model.Layer, done: Done) -> Iterator[Alteration]:
    step, t = done.step, ground.t
    kind, id_ = step.key
    entity = f"{kind}:{id_}"
    why, approved = _said(layer, step.ref)
    what = called(ground, kind, id_)
    labels = _labels(ground, kind, id_)
    row = step.part[0] if kind == "matrix" and step.part else ""

    def altered(
        part: str, before: Node | None, after: Node | None, at: At, *way: str
    ) -> Alteration:
        old, new = (worded(ground, kind, id_, node, labels) for node in (before, after))
        period = step.period
        return Alteration(
            entity, row, what, part, way, old, new, at, period.since, period.until, why, approved
        )

    if step.does == "add":
        yield altered("", None, Scalar(t("new")), step.ref.at)
    elif step.does == "withdraw":
        instead = step.successor and Scalar(
            t("instead: 【{ref}】", ref=str(step.successor).strip())
        )
        yield altered("", Scalar(t("held until then")), instead, step.ref.at)
    elif len(step.part) == 2 and kind == "matrix" and isinstance(done.after, Mapping):
        row, measure = step.part
        scheme = str(getattr(ground.playbook.find(kind, id_), "rows", ""))
        of = page.plain(called(ground, "measure", measure))
        part = f"{ground.title('class', f'{scheme}/{row}')}·{of}"
        had, has = (_in_cell(ground, cell, measure) for cell in (done.before, done.after))
        yield altered(part, had, has, step.ref.at, *step.part)
    else:
        names = tuple(_key_called(ground, labels, part) for part in step.part)
        for way, value in ends(step.node) if step.node is not None else ():
            if way == ("why",) and not names:
                continue  # it stands beside the value
            words = [*names, *(_key_called(ground, labels, key) for key in way)]
            if words and len(way) == 1 and way[0] in ("default", "text"):
                words.pop()
            before = at_path(done.before, way) if way else done.before
            after = at_path(done.after, way) if way else done.after
            at = value.at if value.at.file else step.ref.at
            yield altered("·".join(filter(None, words)), before, after, at, *done.path, *way)


def called(ground: Ground, kind: str, id_: str) -> Inline:
    """Return the name of a thing as a link; without one where it is still to come, or is gone."""
    if ground.href(kind, id_) or ground.playbook.named(kind, id_):
        return (ground.link(kind, id_),)
    done = (d for layer in ground.playbook.layers.values() for d in layer)
    return (Text(next((_name(d, id_) for d in done if d.step.key == (kind, id_)), id_)),)


def _labels(ground: Ground, kind: str, id_: str) -> Map[str, str]:
    """Return what readers call the parts of a thing, by the ids of the parts."""
    entity = ground.playbook.find(kind, id_)
    labels: dict[str, str] = {}
    if isinstance(entity, model.Scheme):
        labels = {str(class_): entity.class_name(str(class_)) for class_ in entity.classes}
    for id_in, label in _named_inside(ground, entity):
        labels[id_in] = labels.get(id_in) or label  # a rule names a dimension again, without words
    return labels


def _named_inside(ground: Ground, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, model.Record):
        if value.id_in_list and not isinstance(value, model.Entity):
            yield value.id_in_list, _label(ground, value)
        for name in type(value).model_fields:
            yield from _named_inside(ground, getattr(value, name))
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield str(key), _label(ground, inner)
            yield from _named_inside(ground, inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from _named_inside(ground, inner)


def _label(ground: Ground, value: object) -> str:
    """Return the name of a part, "" if it is nothing but its text."""
    if isinstance(value, Name):
        return str(value)
    for field in ("name", "title", "what"):
        if said := getattr(value, field, None):
            return str(said)
    return page.plain(classes_of(ground, getattr(value, "whom", ())))


def _key_called(ground: Ground, labels: Map[str, str], key: str) -> str:
    """Return what readers call a key of the data, or the id of a part; "" for what only groups."""
    if key in labels:
        return labels[key]
    if key in GROUPING:
        return ""
    return ground.t.text(KEYS[key]) if key in KEYS else key


def _said(layer: model.Layer, ref: Scalar) -> tuple[str, str]:
    """Return why a layer sets something, and who approved that, where it says so by itself."""
    groups = (layer.withdraw, getattr(layer, "change", {}))
    own = next((g[key] for g in groups for key in g if key == ref), None)
    why, approved = getattr(own, "why", None), getattr(own, "approved_by", None)
    return str(why or ""), str(approved or layer.approved_by or "")


def _name(done: Done, id_: str) -> str:
    node = done.before if done.after is None else done.after
    said = (at_path(node, (key,)) for key in ("title", "name", "what", "why"))
    return next((str(text) for text in said if isinstance(text, Scalar)), id_)


def _in_cell(ground: Ground, cell: Node | None, measure: str) -> Scalar | None:
    """Return what a cell of entitlements says of one measure."""
    t = ground.t
    if isinstance(cell, Sequence):
        return Scalar(t("has it")) if measure in cell else None
    for key, words in (("has", t("has it")), ("approve", t("needs approval")),
                       ("stopped", t("stopped"))):  # fmt: skip
        held = cell.get(Scalar(key)) if isinstance(cell, Mapping) else None
        if isinstance(held, Sequence) and measure in held:
            return Scalar(words)
        if isinstance(held, Mapping) and Scalar(measure) in held:
            return Scalar(f"{words}{ground.t.colon}{worded(ground, '', '', held[Scalar(measure)])}")
    return Scalar(t("has it not")) if cell is not None else None


def worded(
    ground: Ground, kind: str, id_: str, node: Node | None, labels: Map[str, str] = NO_LABELS
) -> str:
    """Return a node as a reader would say it; a parameter's value with its unit."""
    if node is None:
        return ""
    if isinstance(node, Scalar) and kind == "scheme" and labels.get(node):
        return labels[node]
    if isinstance(node, Scalar):
        param = ground.playbook.values.get(id_) if kind == "param" else None
        unit = str(param.unit or "") if param is not None and node.strip().isdigit() else ""
        if param is not None and param.type == "percent" and node.strip().isdigit():
            unit = "%"
        return f"{node.strip()}{' ' if unit.isascii() and unit not in ('', '%') else ''}{unit}"
    if isinstance(node, Sequence):
        nested = any(isinstance(item, Mapping) for item in node)
        inner = (worded(ground, kind, id_, item, labels) for item in node)
        return " / ".join(inner) if nested else ground.t.listing.join(inner)
    said = (
        (_key_called(ground, labels, key), worded(ground, kind, id_, value, labels))
        for key, value in node.items()
    )
    return ground.t.semicolon.join(
        f"{key}{ground.t.colon}{value}" if key else value for key, value in said
    )


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
                opened, closed = ground.t.aside("\0").split("\0")
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
    every: tuple[Inline, ...] = (
        stood if one.before and one.after else (),
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


FEW = 3
"""How many alterations a page shows at once; more are folded, so that advice stays in sight."""


def told(
    ground: Ground, layer: model.Layer, altered: tuple[Alteration, ...]
) -> tuple[page.Block, ...]:
    """Return what a layer alters on a page, and the way to all of it."""
    t = ground.t
    link = Link(t("About this change") if isinstance(layer, model.Change) else layer.label,
                ground.address(layer))  # fmt: skip
    if len(altered) == 1:
        return (page.Paragraph((*spoken(ground, altered[0]), Text(" "), link)),)
    return (listed(ground, tuple(spoken(ground, one) for one in altered)), page.Paragraph((link,)))


def listed(ground: Ground, lines: tuple[Inline, ...]) -> page.Block:
    """Return alterations as a list; many are folded."""
    bullets = page.Bullets(tuple((line, None) for line in lines))
    if len(lines) <= FEW:
        return bullets
    return page.Folded(ground.t("{n} {n|difference|differences}", n=len(lines)), (bullets,))
