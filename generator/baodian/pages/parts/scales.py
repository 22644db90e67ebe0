"""Pictures with an axis, as data: the bounds of a ruler, the months of a plan."""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterator, Sequence
from decimal import Decimal

from baodian import model, page, rules
from baodian.model.intervals import LAST, Edge, Interval, bound_text
from baodian.model.quantities import Range
from baodian.page import PictureStep
from baodian.pages.ground import Ground
from baodian.pages.parts.rulers import measured
from baodian.playbook import examples
from baodian.rules.boxes import Axis, axes_of
from baodian.said.messages import msg


def scales(ground: Ground, scheme: model.Scheme) -> Iterator[page.Picture]:
    """Yield a scale for each number of a ruler that asks for numbers alone.

    On it stands every class whose rule asks for that number, with all the numbers for which it can
    be; classes with the same numbers share a row.
    """
    found = examples.engine(ground.playbook, scheme)
    if found is None or any(d.kind == "values" for d in found[0]):
        return
    for axis in axes_of(*found):
        held = _held(axis, found[1])
        if len(held) > 1 and all(edge[0] == 0 for edge in axis.edges[:-1]):
            yield _scale(ground, scheme, axis, held)


def _held(axis: Axis, ruled: Sequence[rules.Rule]) -> dict[int, list[str]]:
    """Return which classes hold on which segments of an axis, the lowest first."""
    name = axis.dimension.id
    held: dict[int, list[str]] = {}
    for rule in (r for r in ruled if all(name in box for box in r.boxes)):
        mask = functools.reduce(operator.or_, (axis.mask(box[name]) for box in rule.boxes))
        held.setdefault(mask, []).append(rule.id)
    return dict(sorted(held.items(), key=lambda item: (item[0] & -item[0], item[0])))


def _scale(
    ground: Ground, scheme: model.Scheme, axis: Axis, held: dict[int, list[str]]
) -> page.Picture:
    t, asked = ground.t, axis.dimension
    steps, said = [], []
    for mask, ids in held.items():
        name = t.listed(scheme.class_name(id_) for id_ in ids)
        runs = [w for w in axis.conditions(mask) if isinstance(w, Interval)]
        numbers = t(" or ").join(measured(ground, run, asked.unit) for run in runs)
        href = ground.class_address(scheme, ids[0]) if len(ids) == 1 and scheme.has_guides else ""
        steps.append(PictureStep(name, numbers, href))
        said.append(f"{name}{t.colon}{numbers}")
    unit = t.aside(asked.unit) if asked.unit else ""
    alt = t.text(msg("{name}, on a scale: {rows}", name=asked.name, rows=t("; ").join(said)))
    return page.Picture(
        "scale",
        tuple(steps),
        alt,
        caption=f"{asked.name}{unit}",
        values=_values(axis.edges),
        columns=tuple("" if e == LAST else bound_text(e[1]) for e in axis.edges),
        spans=tuple(tuple(_runs(mask, axis.count)) for mask in held),
        accent=str(scheme.id),
    )


def _values(edges: Sequence[Edge]) -> tuple[float, ...]:
    """Return where the edges lie; an open end a little beyond the last number."""
    known = [Decimal(edge[1]) for edge in edges if edge != LAST]
    beyond = known[-1] + max((known[-1] - known[0]) / 3, Decimal(1))
    return tuple(float(v) for v in (*known, *([beyond] if len(known) < len(edges) else [])))


def _runs(mask: int, count: int) -> Iterator[tuple[int, int]]:
    """Yield the runs of a mask's segments as bounds: where each begins and where it ends."""
    begin = 0
    for n in range(count + 1):
        if not mask >> n & 1:
            if begin < n:
                yield begin, n
            begin = n + 1


# --- months ---------------------------------------------------------------------------------------


def year(ground: Ground, plan: model.Calendar) -> page.Picture:
    """Return a plan as a strip of twelve months; what reaches past December begins it again."""
    steps, spans = [], []
    for entry in plan.entries.values():
        words = months(ground, entry.months)
        whole = entry.months.interval.resolve(ground.playbook.numbers)
        inside = {(n - 1) % 12 for n in range(1, 25) if whole.contains(n)}
        steps.append(PictureStep(str(entry.what or words), words if entry.what else ""))
        spans.append(tuple(_runs(sum(1 << n for n in inside), 12)))
    said = (f"{s.label}{ground.t.colon}{s.note}" if s.note else s.label for s in steps)
    return page.Picture(
        "year",
        tuple(steps),
        ground.t("; ").join(said),
        values=tuple(float(n) for n in range(1, 14)),
        columns=(*map(str, range(1, 13)), ""),
        spans=tuple(spans),
    )


def months(ground: Ground, span: Range) -> str:
    """Return months in words; 13 is January of the next year."""
    t = ground.t
    whole = span.interval.resolve(ground.playbook.numbers)
    if not (isinstance(whole.low, int) and isinstance(whole.high, int) and whole.high > 12):
        return t("month {months}", months=whole.words(t))
    low, high = bound_text(whole.low), bound_text(whole.high - 12)
    return t("month {low} to month {high} of the next year", low=low, high=high)
