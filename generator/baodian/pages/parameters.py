"""Values that a city or team may set, and gaps that readers fill."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from baodian import model, page
from baodian.page import Cell, Heading, Origin, Page, Row, Text
from baodian.pages.dialled import linked, numbers
from baodian.pages.ground import Ground
from baodian.pages.parts.adjustable import adjustable, wholes
from baodian.pages.parts.alterations import alterations, coming
from baodian.pages.parts.tables import (
    cell,
    joined,
    record_page,
    row,
    without_empty_columns,
    words_cell,
)
from baodian.pages.whom import classes_of
from baodian.playbook import selectors_of


def write(ground: Ground) -> Iterator[Page]:
    """Yield the page of what can be set, if there is anything."""
    if adjustable(ground):
        yield _parameters(ground)


def _parameters(ground: Ground) -> Page:
    t = ground.t
    params = list(ground.playbook.params.values())
    blocks: list[page.Block] = []
    if params:
        columns = (
            t("Parameter"), t("Value"), t("Allowed"), t("Set by"), t("Why"), t("Used in")
        )  # fmt: skip
        later = _later(ground)
        rows = [_param(ground, p, _users(ground, p), later.get(p.key, ())) for p in params]
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
    entities: list[model.Entity] = [*params]
    lead = t("Values that a city or team may set. Each stands here once; pages take it from here.")
    return record_page(
        ground, "parameters.html", t("Parameters and what differs by city"), "editors",
        "parameters", blocks, entities, lead, "tune",
    )  # fmt: skip


def _param(
    ground: Ground, param: model.Param, users: Sequence[str], later: Sequence[page.Inline]
) -> Row:
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
        Cell((tuple(value), *later)),
        words_cell(ground, (str(param.allowed).replace(" ", "\u00a0"),) if param.allowed else ()),
        words_cell(ground, (_setter(ground, str(s)) for s in param.set_by)),
        cell(ground.inline(param.why)),
        cell(joined(ground, links)),
    )  # fmt: skip


def _later(ground: Ground) -> dict[str, list[page.Inline]]:
    """Return the values that are to come, from which day, with the way to the change, by key."""
    t = ground.t
    later: dict[str, list[page.Inline]] = {}
    for change in coming(ground):
        since = Text(f"{t('From {day}', day=str(change.effective_from))}{t.colon}")
        for one in alterations(ground, change):
            if one.way == ("default",):
                link = page.Link(one.after, ground.address(change))
                later.setdefault(one.key, []).append((since, link))
    return later


def _whole_table(ground: Ground, wholes: Sequence[model.Entity]) -> page.Table:
    t = ground.t
    rows = []
    for entity in wholes:
        if isinstance(entity, model.Scheme):
            judged = ground.playbook.settings.kinds_of_customer
            whom = page.line(next(str(v) for k, v in judged.items() if k == entity.judges))
        elif isinstance(entity, (model.EntitlementMatrix, model.TextMatrix)):
            whom = (ground.link("scheme", str(entity.rows)),)
        else:
            whom = classes_of(ground, selectors_of(entity))
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
