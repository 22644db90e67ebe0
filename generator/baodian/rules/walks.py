"""The rules as data that a browser decides by: it walks the diagram and proves nothing itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypedDict

from baodian.model.intervals import FIRST, LAST, Edge
from baodian.rules.boxes import Axis, Dimension, Rule, axes_of, masks_of
from baodian.rules.diagram import Diagram


class WalkAxis(TypedDict):
    """A dimension and its segments: one for each of `values`, or between consecutive `cuts`.

    A cut is (number, 0 just before it or 1 just after it), or null for no bound.
    """

    id: str
    kind: Literal["whole", "number", "values"]
    values: list[str]
    cuts: list[tuple[float, int] | None]


class WalkRule(TypedDict):
    """A rule, and its boxes as (place of an axis, segments that fit…) where a box restricts."""

    id: str
    boxes: list[list[list[int]]]


class Walk(TypedDict):
    """Every case leads from node `root` by (place of an axis, node for each segment…) to an end.

    An end is (number of axes, places of the rules that hold there…). `root` is null where a
    dimension allows nothing. Equal parts are one node, and no node's children are all the same.
    """

    axes: list[WalkAxis]
    rules: list[WalkRule]
    nodes: list[list[int]]
    root: int | None


def walk(dimensions: Sequence[Dimension], rules: Sequence[Rule]) -> Walk:
    """Return what `decide` knows, as data: `theme/widgets/finder.decide.js` decides equally by it.

    Bounds are rounded to the numbers that JavaScript has.
    """
    axes = axes_of(dimensions, rules)
    boxes = [[masks_of(axes, box) for box in rule.boxes] for rule in rules]
    diagram = Diagram(axes, [(n, masks) for n, mine in enumerate(boxes) for masks in mine])
    end = len(axes)
    return {
        "axes": [_axis(axis) for axis in axes],
        "rules": [
            {"id": rule.id, "boxes": [_segments(axes, masks) for masks in mine]}
            for rule, mine in zip(rules, boxes, strict=True)
        ],
        "nodes": [
            [level, *(_places(children[0]) if level == end else children)]
            for level, children in diagram.nodes()
        ],
        "root": diagram.root,
    }


def _axis(axis: Axis) -> WalkAxis:
    return {
        "id": axis.dimension.id,
        "kind": axis.dimension.kind,
        "values": [key for key, _ in axis.dimension.values],
        "cuts": [_cut(edge) for edge in axis.edges],
    }


def _cut(edge: Edge) -> tuple[float, int] | None:
    if edge in (FIRST, LAST):
        return None
    number = edge[1]
    return (number if isinstance(number, int) else float(number), edge[2])


def _segments(axes: Sequence[Axis], masks: Sequence[int]) -> list[list[int]]:
    pairs = enumerate(zip(axes, masks, strict=True))
    return [[n, *_places(mask)] for n, (axis, mask) in pairs if mask != axis.full]


def _places(mask: int) -> list[int]:
    return [n for n in range(mask.bit_length()) if mask >> n & 1]
