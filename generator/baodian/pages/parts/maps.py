"""A ruler of two questions as a map: who is what, what each gets, and what a move brings."""

from __future__ import annotations

from collections.abc import Iterator

from baodian import model, page, rules
from baodian.model.intervals import Interval
from baodian.page import Area, Balance, Counts, Mark, Passage
from baodian.pages.ground import Ground
from baodian.pages.parts.entitled import chips, matrices_of, move_balance
from baodian.pages.parts.rulers import measured, move_title
from baodian.playbook import examples
from baodian.rules.boxes import Axis, axes_of, masks_of
from baodian.said.messages import msg

MOST = 6  # columns or rows: more have no room for their words on a phone


def drawn(ground: Ground, scheme: model.Scheme) -> page.Map | None:
    """Return a ruler as a map; None if it does not ask two questions, or has no room for them.

    Numbers run to the right, the other question upwards or down. A class whose rule is no rectangle
    is several areas; moves lead only between classes that are one, and touch.
    """
    found = examples.engine(ground.playbook, scheme)
    axes = axes_of(*found) if found else ()
    fit = len(axes) == 2 and all(1 < axis.count <= MOST for axis in axes)
    if found is None or not fit or scheme.classes_are == "overlapping":
        return None
    numbers_first = sorted(axes, key=lambda axis: axis.dimension.kind == "values")
    across, down = numbers_first
    rising = down.dimension.kind != "values" or scheme.order == "low-to-high"
    columns, rows = _names(ground, across), _names(ground, down)
    places = [
        (rule.id, place)
        for rule in found[1]
        for place in _areas(_cells((across, down), rule, rising), down.count)
    ]
    areas = tuple(
        Area(
            scheme.class_name(id_), *place, _has(ground, scheme, id_),
            ground.class_address(scheme, id_) if scheme.has_guides else "",
        )
        for id_, place in places
    )  # fmt: skip
    passages = tuple(_passages(ground, scheme, [id_ for id_, _ in places], areas))
    shown = rows[::-1] if rising else rows
    return page.Map(
        columns,
        shown,
        areas,
        _alt(ground, (across, down), areas, (columns, shown)),
        passages,
        _caption(ground, (across, down), areas, passages),
        str(scheme.id),
    )


# --- areas ----------------------------------------------------------------------------------------


def _names(ground: Ground, axis: Axis) -> tuple[str, ...]:
    """Return the words of each segment of an axis."""
    if axis.dimension.kind == "values":
        return tuple(label for _, label in axis.dimension.values)
    runs = (axis.conditions(1 << n)[0] for n in range(axis.count))
    return tuple(measured(ground, run, axis.dimension.unit) for run in runs
                 if isinstance(run, Interval))  # fmt: skip


def _cells(axes: tuple[Axis, Axis], rule: rules.Rule, rising: bool) -> set[tuple[int, int]]:
    """Return the (column, row) that a rule takes, rows counted from the top."""
    across, down = axes
    cells = set()
    for columns, rows in (masks_of(axes, box) for box in rule.boxes):
        cells |= {
            (x, down.count - 1 - y if rising else y)
            for x in range(across.count) if columns >> x & 1
            for y in range(down.count) if rows >> y & 1
        }  # fmt: skip
    return cells


def _areas(
    cells: set[tuple[int, int]], rows: int
) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Yield cells as rectangles: runs of columns, over as many rows as have the same run."""
    open_: dict[tuple[int, int], int] = {}
    for y in range(rows + 1):
        runs = set(_runs(sorted(x for x, row in cells if row == y)))
        for run in sorted(open_.keys() - runs):
            yield run, (open_.pop(run), y)
        open_ |= dict.fromkeys(runs - open_.keys(), y)


def _runs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    begin = 0
    for n in range(1, len(numbers) + 1):
        if n == len(numbers) or numbers[n] != numbers[n - 1] + 1:
            yield numbers[begin], numbers[n - 1] + 1
            begin = n


# --- what a class has, and what a move brings -----------------------------------------------------


def _has(ground: Ground, scheme: model.Scheme, class_: str) -> Counts:
    """Return how many measures a class has, has after consent, and had."""
    t = ground.t
    groups = chips(ground, matrices_of(ground, str(scheme.id)), class_).groups
    those = {group.mark: len(group.chips) for group in groups}
    counts: tuple[tuple[Mark, str], ...] = (
        ("yes", t("has {n}", n=those.get("yes", 0))),
        ("approve", f"{t('ask')}{those.get('approve', 0)}"),
        ("stopped", f"{t('off')}{those.get('stopped', 0)}"),
    )
    return tuple((mark, text) for mark, text in counts if mark in those)


def brings(ground: Ground, balance: Balance) -> Counts:
    """Return what a move brings, in signs; nothing if all stays as it was."""
    t = ground.t
    signs: tuple[tuple[Mark, str, int], ...] = (
        ("stopped", "−", balance.lost),
        ("approve", t("ask"), balance.approve),
        ("approve", t("turned"), balance.changed),
        ("yes", t("+"), balance.gained),
    )
    return tuple((mark, f"{sign}{n}") for mark, sign, n in signs if n)


def _passages(
    ground: Ground, scheme: model.Scheme, ids: list[str], areas: tuple[Area, ...]
) -> Iterator[Passage]:
    """Yield the moves between areas that touch; of two that lead back and forth the rising one."""
    alone = {id_: n for n, id_ in enumerate(ids) if ids.count(id_) == 1}
    ways = []
    for move in ground.playbook.transitions.values():
        balance = move_balance(ground, move)
        if balance is None or move.to is None or str(move.to.scheme) != scheme.id:
            continue
        start, end = alone.get(ground.starts(move)[0][1]), alone.get(str(move.to.name))
        if start is not None and end is not None and _touch(areas[start], areas[end]):
            title, href = move_title(ground, move), ground.address(move)
            ways.append(Passage(start, end, title, brings(ground, balance), href))
    ways.sort(key=lambda way: _rises(areas[way.start], areas[way.end]))
    single = {frozenset((way.start, way.end)): way for way in ways}
    yield from sorted(single.values(), key=lambda way: (way.start, way.end))


def _touch(a: Area, b: Area) -> bool:
    return a.side_by_side(b) is not None or a.above_each_other(b) is not None


def _rises(a: Area, b: Area) -> bool:
    return a.columns[0] < b.columns[0] if a.side_by_side(b) is not None else b.rows[0] < a.rows[0]


# --- in words -------------------------------------------------------------------------------------


def _alt(
    ground: Ground,
    axes: tuple[Axis, Axis],
    areas: tuple[Area, ...],
    names: tuple[tuple[str, ...], tuple[str, ...]],
) -> str:
    t, (across, down) = ground.t, (axis.dimension.name for axis in axes)
    columns, rows = names
    said = (
        t.text(msg(
            "{name} for {rows} at {columns}", name=area.label,
            rows=t.listed(rows[slice(*area.rows)]), columns=t.listed(columns[slice(*area.columns)]),
        ))
        for area in areas
    )  # fmt: skip
    return t.text(
        msg("A map of {across} and {down}: {areas}", across=across, down=down,
            areas=t("; ").join(said))
    )  # fmt: skip


def _caption(
    ground: Ground,
    axes: tuple[Axis, Axis],
    areas: tuple[Area, ...],
    passages: tuple[Passage, ...],
) -> str:
    t, (across, down) = ground.t, (axis.dimension.name for axis in axes)
    lines = [t("To the right {across}, at the side {down}.", across=across, down=down)]
    if any(area.signs for area in areas):
        lines.append(
            t("In a class: “has” so many measures, “ask” only with consent, “off” not now.")
        )
    if passages:
        lines.append(
            t(
                "An arrow is a move: − lost, + added, “ask” only with consent, “turned” otherwise "
                "changed."
            )
        )
    return "\n".join(lines)
