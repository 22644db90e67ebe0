"""What a layer alters, in words: what it is about, how it was before and how it is now."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from baodian import model, page
from baodian.page import Cell, Inline, Link, Origin, Row, Text
from baodian.pages.ground import Ground
from baodian.pages.parts.tables import cell, without_empty_columns, words_cell
from baodian.said.messages import Message, msg
from baodian.said.problems import At
from baodian.source import Mapping, Node, Scalar, Sequence
from baodian.trees import Done
from baodian.trees.layers import at_path, ends

KEYS: dict[str, Message] = {
    "default": msg("value"), "each": msg("how often"), "text": msg("text"), "name": msg("name"),
    "title": msg("title"), "has": msg("has"), "approve": msg("needs approval"),
    "stopped": msg("stopped"), "when": msg("rule"), "channels": msg("ways"),
    "whom": msg("for whom"), "who": msg("who"), "by": msg("by when"), "to": msg("to whom"),
    "tel": msg("telephone"),
    "what": msg("what"), "goal": msg("goal"), "do": msg("to do"), "say": msg("to say"),
    "dont": msg("not to do"), "needs": msg("needs"), "days": msg("days"), "note": msg("note"),
}  # fmt: skip
"""What readers call the keys of the data that change most."""


@dataclass(frozen=True)
class Alteration:
    """One value that a layer sets: what it belongs to, how it was and is, why and until when."""

    key: str
    what: Inline
    part: str
    before: str
    after: str
    at: At
    since: datetime.date | None = None
    until: datetime.date | None = None
    why: str = ""
    approved_by: str = ""


def alterations(ground: Ground, layer: model.Layer) -> tuple[Alteration, ...]:
    """Return all that a layer alters, in the order of its file."""
    done = ground.playbook.layers.get(layer.key, ())
    return tuple(one for d in done for one in _of(ground, layer, d))


def spoken(ground: Ground, one: Alteration) -> Inline:
    """Return an alteration in one line: what, its part, from what to what."""
    t = ground.t
    head = (*one.what, *((Text(f"·{one.part}"),) if one.part else ()), Text("："))
    if not one.after:
        return (*head, Text(t("does not hold any more")))
    if not one.before:
        return (*head, *ground.inline(one.after))
    return (*head, *ground.inline(one.before), Text(" → "), *ground.inline(one.after))


def _of(ground: Ground, layer: model.Layer, done: Done) -> Iterator[Alteration]:
    step, t = done.step, ground.t
    kind, id_ = step.key
    entity = f"{kind}:{id_}"
    why, approved = _said(layer, step.ref)
    href = ground.href(kind, id_)
    name = ground.title(kind, id_) if href or ground.playbook.named(kind, id_) else _name(done, id_)
    what: Inline = (Link(name, href),) if href else (Text(name),)

    def altered(part: str, before: Node | None, after: Node | None, at: At) -> Alteration:
        old, new = worded(ground, kind, id_, before), worded(ground, kind, id_, after)
        period = step.period
        return Alteration(
            entity, what, part, old, new, at, period.since, period.until, why, approved
        )

    if step.does == "add":
        yield altered("", None, Scalar(t("new")), step.ref.at)
    elif step.does == "withdraw":
        yield altered("", Scalar(t("held until then")), None, step.ref.at)
    elif len(step.part) == 2 and kind == "matrix" and isinstance(done.after, Mapping):
        row, measure = step.part
        scheme = str(getattr(ground.playbook.find(kind, id_), "rows", ""))
        part = f"{ground.title('class', f'{scheme}/{row}')}·{ground.title('measure', measure)}"
        had, has = (_in_cell(ground, cell, measure) for cell in (done.before, done.after))
        yield altered(part, had, has, step.ref.at)
    else:
        names = tuple(_called(ground, kind, id_, part) for part in step.part)
        for way, value in ends(step.node) if step.node is not None else ():
            if way == ("why",) and not names:
                continue  # it stands beside the value
            words = [*names, *(_called(ground, kind, id_, key) for key in way)]
            if words and len(way) == 1 and way[0] in ("default", "text"):
                words.pop()
            before = at_path(done.before, way) if way else done.before
            after = at_path(done.after, way) if way else done.after
            at = value.at if value.at.file else step.ref.at
            yield altered("·".join(words), before, after, at)


def _called(ground: Ground, kind: str, id_: str, key: str) -> str:
    """Return what readers call a key of the data, or the id of a part of it."""
    entity = ground.playbook.find(kind, id_)
    if isinstance(entity, model.Scheme):
        for names in (entity.classes, entity.dimensions):
            for part, thing in names.items():
                if part == key:
                    return str(thing.name)
    return ground.t.text(KEYS[key]) if key in KEYS else key


def _said(layer: model.Layer, ref: Scalar) -> tuple[str, str]:
    """Return why a layer sets something, and who approved that, where it says so by itself."""
    groups = (layer.withdraw, getattr(layer, "change", {}))
    own = next((g[key] for g in groups for key in g if key == ref), None)
    why = getattr(own, "why", None)
    approved = getattr(own, "approved_by", None) or layer.approved_by
    return str(why or ""), str(approved or "")


def _name(done: Done, id_: str) -> str:
    node = done.before if done.after is None else done.after
    for key in ("title", "name", "what"):
        if isinstance(node, Mapping) and isinstance(text := node.get(Scalar(key)), Scalar):
            return str(text)
    return id_


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
            return Scalar(f"{words}：{worded(ground, '', '', held[Scalar(measure)])}")
    return Scalar(t("has it not")) if cell is not None else None


def worded(ground: Ground, kind: str, id_: str, node: Node | None) -> str:
    """Return a node as a reader would say it; a parameter's value with its unit."""
    if node is None:
        return ""
    if isinstance(node, Scalar):
        param = ground.playbook.values.get(id_) if kind == "param" else None
        unit = str(param.unit or "") if param is not None and node.strip().isdigit() else ""
        if param is not None and param.type == "percent" and node.strip().isdigit():
            unit = "%"
        return f"{node.strip()}{' ' if unit.isascii() and unit not in ('', '%') else ''}{unit}"
    if isinstance(node, Sequence):
        return "、".join(worded(ground, kind, id_, item) for item in node)
    return "；".join(f"{key}：{worded(ground, '', '', value)}" for key, value in node.items())


def stands(ground: Ground, change: model.Change) -> str:
    """Return how a change stands on the day of the edition: `coming`, `now` or `over`."""
    day = ground.edition.today
    if change.effective_from.date > day:
        return "coming"
    until = change.effective_until
    return "over" if until is not None and until.date < day else "now"


def coming(ground: Ground) -> tuple[model.Change, ...]:
    """Return the changes that are to come, the next one first."""
    changes = ground.playbook.of(model.Change).values()
    ahead = (c for c in changes if stands(ground, c) == "coming")
    return tuple(sorted(ahead, key=lambda c: c.effective_from.date))


def table(ground: Ground, layer: model.Layer, altered: Iterable[Alteration]) -> page.Table:
    """Return what a layer alters: what, how it was, how it is, until when, why, by whom."""
    t = ground.t
    now = (
        t("Then")
        if isinstance(layer, model.Change) and stands(ground, layer) == "coming"
        else t("Now")
    )
    old, new = (t("Before"), now) if isinstance(layer, model.Change) else (
        t("Elsewhere"), t("Here"))  # fmt: skip
    rows = [
        Row(
            (
                cell((*one.what, *((Text(f"：{one.part}"),) if one.part else ()))),
                Cell((ground.inline(one.before),) if one.before else ()),
                Cell((ground.inline(one.after),) if one.after else ()),
                words_cell((until,) if (until := _until(ground, one.until)) else ()),
                Cell((ground.inline(one.why),) if one.why else ()),
                words_cell((one.approved_by,) if one.approved_by else ()),
            ),
            None,
            Origin(layer.key, None, one.at),
        )
        for one in altered
    ]
    columns = (t("What"), old, new, t("Until"), t("Why"), t("Approved by"))
    return without_empty_columns(columns, rows)


def _until(ground: Ground, day: datetime.date | None) -> str:
    return str(day) if day is not None else ""


def marked(ground: Ground, one: Alteration) -> Inline:
    """Return in one line what is different in a city: here, elsewhere, until when, why, by whom."""
    t = ground.t
    head = (*one.what, *((Text(f"·{one.part}"),) if one.part else ()), Text("："))
    here = ground.inline(one.after) if one.after else (Text(t("does not hold here")),)
    notes: list[Inline] = []
    if one.before and one.after:
        notes.append((Text(t("elsewhere") + " "), *ground.inline(one.before)))
    if one.until:
        notes.append((Text(t("until {day}", day=str(one.until))),))
    if one.why:
        notes.append(ground.inline(one.why))
    if one.approved_by:
        notes.append((Text(t("approved by {who}", who=one.approved_by)),))
    joined = tuple(s for n, note in enumerate(notes) for s in ((Text("；"), *note) if n else note))
    return (*head, *here, Text("（"), *joined, Text("）")) if joined else (*head, *here)


def told(ground: Ground, layer: model.Layer, altered: Iterable[Alteration]) -> Inline:
    """Return in one line what a layer alters on a page, and the way to all of it."""
    t = ground.t
    said: list[page.Segment] = []
    for one in altered:
        said += [*((Text("；"),) if said else ()), *spoken(ground, one)]
    link = Link(t("About this change") if isinstance(layer, model.Change) else layer.label,
                ground.address(layer))  # fmt: skip
    return (*said, Text(" "), link)
