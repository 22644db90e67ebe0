"""What a class has, by which mark, and measures as cards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from baodian import model
from baodian.model.fields import Prose
from baodian.model.methods import ElementsPart
from baodian.page import Balance, Chip, Chips, Link, Mark, Marked, Origin
from baodian.pages.ground import Ground
from baodian.playbook.reasons import reason_for

GIVEN: tuple[Mark, ...] = ("yes", "approve")
"""The marks of what a class can get."""


@dataclass(frozen=True)
class Compared:
    """A measure of two classes: its mark in the one and in the other, and what is to be known."""

    measure: model.Measure
    was: Mark
    now: Mark
    note: Prose | None
    origin: Origin

    @property
    def gained(self) -> bool:
        """Say whether the other class can get it and the one cannot."""
        return self.now in GIVEN and self.was not in GIVEN

    @property
    def gained_by_consent(self) -> bool:
        """Say whether the other class can get it, each time only after somebody consents."""
        return self.gained and self.now == "approve"

    @property
    def lost(self) -> bool:
        """Say whether the one class can get it and the other cannot."""
        return self.was in GIVEN and self.now not in GIVEN


def cell_marks(
    ground: Ground, matrix: model.EntitlementMatrix, class_: str
) -> dict[str, tuple[Mark, Prose | None, Origin]]:
    """Return what a class has: measure → mark, note (who consents, why stopped), YAML line."""
    cell = next((c for k, c in matrix.cells.items() if k == class_), None)
    marks: dict[str, tuple[Mark, Prose | None, Origin]] = {}
    if cell is None:
        return marks
    for id_ in cell.has:
        marks[str(id_)] = ("yes", None, Origin(matrix.key, f"{class_}.{id_}", id_.at))
    for id_, who in cell.approve.items():
        marks[str(id_)] = ("approve", who, Origin(matrix.key, f"{class_}.{id_}", id_.at))
    for id_, why in cell.stopped.items():
        marks[str(id_)] = ("stopped", why, Origin(matrix.key, f"{class_}.{id_}", id_.at))
    return marks


def matrices_of(ground: Ground, scheme: str) -> tuple[model.EntitlementMatrix, ...]:
    """Return the tables of what the classes of a scheme are entitled to."""
    tables = ground.playbook.of(model.EntitlementMatrix).values()
    return tuple(m for m in tables if m.rows == scheme)


def measures_of(ground: Ground, matrix: model.EntitlementMatrix) -> tuple[model.Measure, ...]:
    """Return the measures of a table, in the order of its columns."""
    groups = (ground.playbook.measure_groups[str(column)] for column in matrix.columns)
    return tuple(measure for group in groups for measure in group.measures.values())


def compared(ground: Ground, scheme: str, start: str, end: str) -> tuple[Compared, ...]:
    """Return every measure that one of two classes of a scheme has anything to do with.

    What the other does not have at all is told with the reason, where one is written down.
    """
    found = []
    for matrix in matrices_of(ground, scheme):
        before, after = cell_marks(ground, matrix, start), cell_marks(ground, matrix, end)
        for id_ in (*after, *(m for m in before if m not in after)):
            _, note, origin = after.get(id_) or before[id_]
            if id_ not in after:
                reason = reason_for(ground.playbook, (scheme, end), about=(f"measure:{id_}",))
                note = reason.why if reason else note
            was: Mark = before[id_][0] if id_ in before else "no"
            now: Mark = after[id_][0] if id_ in after else "no"
            found.append(Compared(ground.playbook.measures[id_], was, now, note, origin))
    return tuple(found)


def balance(all_: Iterable[Compared]) -> Balance:
    """Return how many measures a move adds, puts under consent, changes otherwise, takes away."""
    turned = tuple(one for one in all_ if one.was != one.now)
    lost = sum(one.lost for one in turned)
    approve = sum(one.now == "approve" for one in turned)
    gained = sum(one.gained and one.now == "yes" for one in turned)
    return Balance(gained, approve, len(turned) - gained - approve - lost, lost)


def move_balance(ground: Ground, move: model.Transition) -> Balance | None:
    """Return what a move between two classes with entitlements brings; None for any other move."""
    if str(move.id) not in ground.compared or move.to is None:
        return None
    (scheme, start), *_ = ground.starts(move)
    return balance(compared(ground, scheme, start, move.to.name))


def chips(
    ground: Ground,
    matrices: Iterable[model.EntitlementMatrix],
    class_: str,
    beside: str | None = None,
) -> Chips:
    """Return what a class has, has after consent, is stopped and does not have.

    `beside` is the class that what differs is told of.
    """
    groups: dict[Mark, list[Chip]] = {"yes": [], "approve": [], "stopped": [], "no": []}
    scheme = None
    tables = []
    for matrix in matrices:
        tables.append(Link(matrix.label, ground.address(matrix)))
        scheme = ruler_of(ground, matrix)
        marks = cell_marks(ground, matrix, class_)
        other = cell_marks(ground, matrix, beside) if beside else marks
        for measure in measures_of(ground, matrix):
            id_ = str(measure.id)
            absent: tuple[Mark, None, None] = ("no", None, None)
            mark, note, origin = marks.get(id_, absent)
            then: Mark = other[id_][0] if id_ in other else "no"
            groups[mark].append(
                Chip(
                    measure.label,
                    ground.address(measure),
                    ground.inline(note),
                    None if then == mark else then,
                    origin,
                )
            )
    name = scheme.class_name(beside) if scheme and beside else ""
    shown = tuple(Marked(mark, tuple(those)) for mark, those in groups.items() if those)
    return Chips(shown, name, tuple(tables))


def elements(ground: Ground, matrix: model.TextMatrix) -> dict[str, str]:
    """Return the columns of a text matrix: element id → name."""
    guide = ground.playbook.named("guide", matrix.columns.id)
    assert isinstance(guide, model.Guide), f"{matrix.key} has no columns"
    part = next(p for p in guide.parts_ if isinstance(p, ElementsPart))
    return {str(id_): str(item.name or item.text) for id_, item in part.items.items()}


def ruler_of(ground: Ground, matrix: model.Matrix) -> model.Scheme:
    """Return the scheme whose classes are the rows of a matrix."""
    scheme = ground.playbook.named("scheme", str(matrix.rows))
    assert isinstance(scheme, model.Scheme), f"{matrix.key} has no rows"
    return scheme
