"""What a class has, by which mark, and measures as cards."""

from __future__ import annotations

from baodian import model
from baodian.model.fields import Prose
from baodian.model.methods import ElementsPart
from baodian.page import Card, Mark, Origin
from baodian.pages.ground import Ground


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


def measure_card(
    ground: Ground,
    matrix: model.EntitlementMatrix,
    class_: str,
    measure: str,
    mark: Mark,
    note: Prose | None,
    origin: Origin,
) -> Card:
    """Return a measure as a card with its mark for one class."""
    entity = ground.playbook.measures[measure]
    return Card(
        title=entity.label,
        href=ground.address(entity),
        text=ground.inline(note or entity.what),
        mark=mark,
        origin=origin,
    )


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
