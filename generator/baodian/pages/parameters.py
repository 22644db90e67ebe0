"""Values that a city or team may set, gaps that readers fill, and what differs by city."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from baodian import model, page
from baodian.page import Cell, Heading, Origin, Page, Row, Text
from baodian.pages.dialled import linked, numbers
from baodian.pages.ground import Ground
from baodian.pages.parts.adjustable import adjustable, wholes
from baodian.pages.parts.tables import (
    cell,
    joined,
    record_page,
    row,
    without_empty_columns,
    words_cell,
)
from baodian.pages.sheet import home
from baodian.pages.whom import classes_of
from baodian.said.messages import Words


def write(ground: Ground) -> Iterator[Page]:
    """Yield the page of what can be set, if there is anything."""
    if adjustable(ground):
        yield _parameters(ground)


def _parameters(ground: Ground) -> Page:
    t = ground.t
    params = list(ground.playbook.params.values())
    overlays = list(ground.playbook.overlays.values())
    blocks: list[page.Block] = []
    if params:
        columns = (
            t("Parameter"), t("Value"), t("Allowed"), t("Set by"), t("Why"), t("Used in")
        )  # fmt: skip
        rows = [_param(ground, p, _users(ground, p)) for p in params]
        blocks += [Heading(t("Parameters"), "h-params"), without_empty_columns(columns, rows)]
    if whole := wholes(ground):
        blocks.append(Heading(t("What a city sets as a whole"), "h-wholes"))
        blocks.append(_whole_table(ground, whole))
    if ground.playbook.slots:
        slots = tuple(
            Row(
                (Cell(((page.Slot(name, str(slot.example)),),)), cell(page.line(slot.example))),
                anchor=name,
                origin=Origin(f"slot:{name}", None, slot.at),
            )
            for name, slot in ground.playbook.slots.items()
        )
        blocks.append(Heading(t("Gaps that the reader fills"), "h-slots"))
        blocks.append(page.Table((t("Gap"), t("For example")), slots))
    if overlays:
        blocks.append(Heading(t("What differs in a city"), "h-overlays"))
        for overlay in overlays:
            blocks.extend(_overlay(ground, overlay))
    entities: list[model.Entity] = [*params, *overlays]
    lead = t("Values that a city or team may set. Each stands here once; pages take it from here.")
    return record_page(
        ground, "parameters.html", t("Parameters and what differs by city"), "editors",
        "parameters", blocks, entities, lead, "tune",
    )  # fmt: skip


def _param(ground: Ground, param: model.Param, users: Sequence[str]) -> Row:
    t = ground.t
    worded = ground.playbook.worded(str(param.id))
    value: list[page.Segment] = [page.Strong(worded)]
    if param.type == "phone":
        value = [*linked(numbers(ground.playbook, str(param.default)))]
    if param.of:
        value.append(Text(t(" of {whole}", whole=param.of)))
    links = [ground.link(*key.split(":", 1)) for key in users]
    return row(
        ground, param,
        cell(tuple(value)),
        words_cell(ground, (str(param.allowed).replace(" ", "\u00a0"),) if param.allowed else ()),
        words_cell(ground, (_setter(ground, str(s)) for s in param.set_by)),
        cell(ground.inline(param.why)),
        cell(joined(ground, links)),
    )  # fmt: skip


def _whole_table(ground: Ground, wholes: Sequence[model.Adjustable]) -> page.Table:
    t = ground.t
    rows = []
    for entity in wholes:
        if isinstance(entity, model.Scheme):
            judged = ground.playbook.settings.kinds_of_customer
            whom = page.line(next(str(v) for k, v in judged.items() if k == entity.judges))
        elif isinstance(entity, (model.EntitlementMatrix, model.TextMatrix)):
            whom = (ground.link("scheme", str(entity.rows)),)
        elif isinstance(entity, model.Rhythm):
            whom = classes_of(ground, entity.whom)
        else:
            whom = classes_of(ground, cast("model.Table | model.Plan", entity).for_)
        rows.append(
            Row(
                (
                    cell((ground.link(entity.kind, str(entity.id)),)),
                    words_cell(ground, (ground.kind_word(entity.kind),)),
                    cell(whom),
                    words_cell(ground, (_setter(ground, str(s)) for s in entity.set_by)),
                )
            )
        )
    columns = (t("What"), t("What it is"), t("For whom"), t("Set by"))
    return without_empty_columns(columns, rows)


def _setter(ground: Ground, id_: str) -> str:
    t = ground.t
    named = {"city": t("the city"), "team": t("the team"), "company": t("the company")}
    return named.get(id_) or ground.title("role", id_)


def _users(ground: Ground, param: model.Param) -> tuple[str, ...]:
    """Return who uses a parameter, as `kind:id`; a ledger cites, it does not use."""
    uses = ground.playbook.used.get(param.key, ())
    return tuple(dict.fromkeys(use.by for use in uses if use.by_kind not in ("", "source")))


def _overlay(ground: Ground, overlay: model.Overlay) -> Iterator[page.Block]:
    t = ground.t
    yield Heading(overlay.label, f"overlay-{overlay.id}", level=3, origin=home(overlay))
    rows = []
    for ref, change in overlay.change.items():
        changed = (change.model_extra or {}).items()
        told = tuple(page.line(f"{k}{t.colon}{_told(t, v)}") for k, v in changed)
        approved = words_cell(ground, (change.approved_by,) if change.approved_by else ())
        cells = (Cell(told), approved, cell(ground.inline(change.why)))
        origin = Origin(overlay.key, None, change.at)
        rows.append(Row((cell((ground.link(ref.kind, ref.id, ref.part),)), *cells), None, origin))
    for ref, gone in overlay.withdraw.items():
        cells = (cell(page.line(t("does not hold here"))), Cell(), cell(ground.inline(gone.why)))
        origin = Origin(overlay.key, None, gone.at)
        rows.append(Row((cell((ground.link(ref.kind, ref.id, ref.part),)), *cells), None, origin))
    columns = (t("What"), t("What changes"), t("Approved by"), t("Why"))
    yield without_empty_columns(columns, rows)


def _told(t: Words, value: object) -> str:
    if isinstance(value, (list, tuple)):
        return t.listed(_told(t, v) for v in value)
    if isinstance(value, dict):
        return t.semicolon.join(f"{k}{t.colon}{_told(t, v)}" for k, v in value.items())
    return str(value)
