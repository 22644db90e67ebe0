"""The bounds of rules: each number at which another rule begins to hold, with a case beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from baodian.model.intervals import Number, exact
from baodian.rules.boxes import Axis, Dimension, Rule, Value, axes_of, masks_of
from baodian.rules.diagram import Diagram


@dataclass(frozen=True)
class Bound:
    """A number of `dimension` up to which the rules `below` hold, and from which on `above` do.

    `last` is the last number below it and `first` the first above; where numbers have fractions one
    of them is only near. So it is where `case` holds, which does not name `dimension`.
    """

    dimension: str
    last: Number
    first: Number
    below: tuple[str, ...]
    above: tuple[str, ...]
    case: Mapping[str, Value]


def bounds(dimensions: Sequence[Dimension], rules: Sequence[Rule]) -> tuple[Bound, ...]:
    """Return every bound, once for each pair of what holds below and above, in order."""
    axes = axes_of(dimensions, rules)
    return tuple(
        bound
        for place, axis in enumerate(axes)
        if axis.dimension.kind != "values"
        for bound in _of(place, axes, rules)
    )


def _of(place: int, axes: Sequence[Axis], rules: Sequence[Rule]) -> Iterator[Bound]:
    """Yield the bounds of one axis: with that axis last, its nodes show all that it decides."""
    order = [*(i for i in range(len(axes)) if i != place), place]
    turned, axis = [axes[i] for i in order], axes[place]
    boxes = [
        (number, tuple(masks[i] for i in order))
        for number, rule in enumerate(rules)
        for masks in (masks_of(axes, box) for box in rule.boxes)
    ]
    diagram = Diagram(turned, boxes)
    nodes, ways = diagram.nodes(), diagram.ways()
    held = {n: _held(rules, children[0]) for n, (level, children) in enumerate(nodes)
            if level == len(axes)}  # fmt: skip
    found: dict[tuple[int, tuple[str, ...], tuple[str, ...]], Mapping[int, int]] = {}
    here = [n for n in ways if nodes[n][0] == len(axes) - 1]
    for number in sorted(here, key=lambda n: (len(ways[n]), [*ways[n].items()])):
        children = nodes[number][1]
        for cut in range(1, axis.count):
            below, above = held[children[cut - 1]], held[children[cut]]
            if below != above:
                found.setdefault((cut, below, above), ways[number])
    for (cut, below, above), way in sorted(found.items(), key=lambda item: item[0]):
        last, first = _beside(axis, cut)
        case = {turned[i].dimension.id: turned[i].example(1 << s) for i, s in way.items()}
        yield Bound(axis.dimension.id, last, first, below, above, case)


def _held(rules: Sequence[Rule], marks: int) -> tuple[str, ...]:
    return tuple(rule.id for i, rule in enumerate(rules) if marks >> i & 1)


def _beside(axis: Axis, cut: int) -> tuple[Number, Number]:
    """Return the last number before a cut and the first after it, or near ones."""
    _, number, after = axis.edges[cut]
    if axis.whole:
        return exact(number - 1), number
    exponent = Decimal(number).as_tuple().exponent
    step = Decimal(1).scaleb(min(exponent, 0) - 1 if isinstance(exponent, int) else -1)
    if after:
        return number, _near(axis, cut, exact(number + step))
    return _near(axis, cut - 1, exact(number - step)), number


def _near(axis: Axis, segment: int, number: Number) -> Number:
    """Return a number if it lies in a segment, else one that does."""
    if axis.where(number) == 1 << segment:
        return number
    example = axis.example(1 << segment)
    assert not isinstance(example, str)
    return example
