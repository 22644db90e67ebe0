"""Rules as boxes over dimensions: prove them, decide by them, explain them.

Every number axis is cut at the bounds that occur, so a finite number of segments stands for all
numbers and a check of the segments is a proof. A box becomes one bit mask of segments for each
dimension; `_Diagram` shares equal remainders, so a dimension that no box mentions costs nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import combinations, product
from typing import Literal

from baodian.model.intervals import FIRST, LAST, Edge, Interval, Number, bound_text
from baodian.said.messages import Message, Words, msg

Value = Number | str
Box = Mapping[str, Interval | frozenset[str]]  # a dimension that is missing may have any value
Masks = tuple[int, ...]  # for each dimension, which of its segments


@dataclass(frozen=True)
class Dimension:
    """What is asked: a number within `domain` (None: any), or one of `values` (id, label)."""

    id: str
    name: str
    kind: Literal["whole", "number", "values"]
    domain: Interval | None = None
    values: tuple[tuple[str, str], ...] = ()
    unit: str = ""


@dataclass(frozen=True)
class Rule:
    """A class or a table row: it holds where at least one of its boxes does."""

    id: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class _Witness:
    """A case that shows a fault: it holds for `example`, and everywhere in `box`."""

    example: Mapping[str, Value]
    box: Box

    @property
    def telling(self) -> Mapping[str, Value]:
        """Return the part of the example that matters: the dimensions that the box mentions."""
        return {name: value for name, value in self.example.items() if name in self.box}


@dataclass(frozen=True)
class Overlap(_Witness):
    """Two rules that both hold."""

    first: str
    second: str


@dataclass(frozen=True)
class Gap(_Witness):
    """A region where no rule holds."""


@dataclass(frozen=True)
class Impossible:
    """A condition that no case, or not the case it was meant for, can fulfil.

    empty: nothing lies in it; outside: a bound lies outside what the dimension allows;
    unknown: `unknown` are values that the dimension does not have.
    """

    rule: str
    box: int
    dimension: str
    kind: Literal["empty", "outside", "unknown"]
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reason:
    """Why a rule holds or may hold (its matching `box`), or why not (`failed`, of that box).

    The box of a rule that does not hold is the one that fits furthest in the order of dimensions.
    """

    rule: str
    state: Literal["certain", "possible", "no"]
    box: Box | None
    failed: str | None = None


@dataclass(frozen=True)
class Decision:
    """What follows from some facts. `possible` includes `certain`, both in the order of the rules.

    `ask` is the first dimension in order whose answer still makes a difference. `outside` lists
    the dimensions whose fact lies outside what the dimension allows; then nothing is possible.
    """

    possible: tuple[str, ...]
    certain: tuple[str, ...]
    ask: str | None
    outside: tuple[str, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Cell:
    """One elementary cell: all its cases are alike; `rules` are the ids that hold there."""

    example: Mapping[str, Value]
    rules: frozenset[str]


# --- the grid -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Axis:
    """One dimension cut into segments: between consecutive `edges`, or one for each value."""

    dimension: Dimension
    edges: tuple[Edge, ...] = ()

    @property
    def whole(self) -> bool:
        return self.dimension.kind == "whole"

    @property
    def count(self) -> int:
        if self.dimension.kind == "values":
            return len(self.dimension.values)
        return len(self.edges) - 1

    @property
    def full(self) -> int:
        return (1 << self.count) - 1

    def mask(self, wanted: Interval | frozenset[str] | None) -> int:
        """Return the segments that lie in a condition; its bounds must be among the edges."""
        if wanted is None:
            return self.full
        if isinstance(wanted, frozenset):
            return sum(1 << i for i, (key, _) in enumerate(self.dimension.values) if key in wanted)
        last = len(self.edges) - 1
        begin = min(bisect_left(self.edges, wanted.start(self.whole)), last)
        end = min(bisect_left(self.edges, wanted.end(self.whole)), last)
        return (1 << end) - (1 << begin) if begin < end else 0

    def where(self, value: Value) -> int:
        """Return the segment of a value as a mask; 0 if the dimension does not allow it."""
        if isinstance(value, str):
            return self.mask(frozenset({value}))
        if self.whole and not isinstance(value, int):
            return 0
        edge: Edge = (0, value, 0)
        place = bisect_left(self.edges, (0, value, 1)) - 1
        inside = 0 <= place < self.count and edge < self.edges[place + 1]
        return 1 << place if inside else 0

    def conditions(self, mask: int) -> tuple[Interval | frozenset[str], ...]:
        """Return a mask as conditions: the values, or one interval for each run of segments."""
        if self.dimension.kind == "values":
            ids = (key for i, (key, _) in enumerate(self.dimension.values) if mask >> i & 1)
            return (frozenset(ids),)
        found: list[Interval] = []
        begin = 0
        for i in range(self.count + 1):
            if not mask >> i & 1:
                if begin < i:
                    found.append(_between(self.edges[begin], self.edges[i], self.whole))
                begin = i + 1
        return tuple(found)

    def example(self, mask: int) -> Value:
        """Return a value of the first segments of a mask that is not empty."""
        condition = self.conditions(mask)[0]
        if isinstance(condition, Interval):
            return condition.example(self.whole)
        return next(key for key, _ in self.dimension.values if key in condition)


def _between(start: Edge, end: Edge, whole: bool) -> Interval:
    """Return the interval between two edges; whole numbers get bounds that are included."""
    low = None if start == FIRST else start[1]
    if end == LAST:
        return Interval(low, None, start[2] == 0)
    if whole:
        return Interval(low, end[1] - 1)
    return Interval(low, end[1], start[2] == 0, end[2] == 1)


def _axes(dimensions: Sequence[Dimension], rules: Sequence[Rule]) -> tuple[_Axis, ...]:
    """Return the dimensions cut at every bound of the rules.

    Raises `ValueError` where a box does not fit the dimensions: the loader lets none through.
    """
    kinds = {dimension.id: dimension.kind for dimension in dimensions}
    for rule in rules:
        for name, wanted in ((n, w) for box in rule.boxes for n, w in box.items()):
            if name not in kinds or isinstance(wanted, Interval) == (kinds[name] == "values"):
                raise ValueError(f"rule {rule.id} does not fit dimension {name}")
    return tuple(_axis(dimension, rules) for dimension in dimensions)


def _axis(dimension: Dimension, rules: Sequence[Rule]) -> _Axis:
    if dimension.kind == "values":
        return _Axis(dimension)
    whole = dimension.kind == "whole"
    domain = dimension.domain or Interval()
    first, last = domain.start(whole), domain.end(whole)
    wanted = (box.get(dimension.id) for rule in rules for box in rule.boxes)
    cuts = {e for w in wanted if isinstance(w, Interval) for e in (w.start(whole), w.end(whole))}
    inner = {edge for edge in cuts if first < edge < last}
    return _Axis(dimension, tuple(sorted({first, last} | inner)) if first < last else (first,))


def _masks(axes: Sequence[_Axis], box: Box) -> Masks:
    return tuple(axis.mask(box.get(axis.dimension.id)) for axis in axes)


def _example(axes: Sequence[_Axis], masks: Masks) -> dict[str, Value]:
    pairs = zip(axes, masks, strict=True)
    return {axis.dimension.id: axis.example(mask) for axis, mask in pairs}


def _boxes(axes: Sequence[_Axis], masks: Masks) -> Iterator[tuple[Box, dict[str, Value]]]:
    """Yield the boxes that masks stand for, one for each combination of runs, with an example."""
    choices = [
        [(axis, condition) for condition in axis.conditions(mask)]
        for axis, mask in zip(axes, masks, strict=True)
        if mask != axis.full
    ]
    for chosen in product(*choices):
        box: Box = {axis.dimension.id: condition for axis, condition in chosen}
        yield box, _example(axes, _masks(axes, box))


# --- the diagram ----------------------------------------------------------------------------------


class _Diagram:
    """A function from cases to a set of marks, as a graph in which equal parts are one node.

    A node, known by its number, is a level and its children, one for each segment of that
    dimension; at level `len(axes)` it is a set of marks, as a bit mask. Levels at which all
    children are the same are left out: a node's level is the first that makes a difference.
    """

    def __init__(self, axes: Sequence[_Axis], boxes: Sequence[tuple[int, Masks]]) -> None:
        """Build it from (mark, masks): the mark stands wherever one of its masks holds."""
        self.axes = axes
        self._numbers: dict[tuple[int, tuple[int, ...]], int] = {}
        self._built: dict[tuple[int, tuple[int, ...]], int] = {}
        full = tuple(axis.full for axis in axes)
        usable = [(mark, masks) for mark, masks in boxes if all(masks)]
        self._marks = [mark for mark, _ in usable]
        self._masks = [masks for _, masks in usable]
        # the last dimension that each box restricts: after it, the box simply holds
        self._until = [
            max((i + 1 for i, mask in enumerate(masks) if mask != full[i]), default=0)
            for masks in self._masks
        ]
        self.root = self._build(0, tuple(range(len(usable)))) if all(full) else None

    def _node(self, level: int, children: tuple[int, ...]) -> int:
        return self._numbers.setdefault((level, children), len(self._numbers))

    def _build(self, level: int, active: tuple[int, ...]) -> int:
        """Return the node of what the active boxes say about the dimensions from `level` on."""
        held = {self._marks[i] for i in active if self._until[i] <= level}
        open_ = [i for i in active if self._until[i] > level and self._marks[i] not in held]
        key = (level, (*(-1 - mark for mark in sorted(held)), *open_))
        if key in self._built:
            return self._built[key]
        if not open_:
            number = self._node(len(self.axes), (sum(1 << mark for mark in held),))
        else:
            always = tuple(i for i in active if self._until[i] <= level)
            columns = [(i, self._masks[i][level]) for i in open_]
            children = tuple(
                self._build(level + 1, always + tuple(i for i, mask in columns if mask >> s & 1))
                for s in range(self.axes[level].count)
            )
            same = len(set(children)) == 1
            number = children[0] if same else self._node(level, children)
        self._built[key] = number
        return number

    def nodes(self) -> list[tuple[int, tuple[int, ...]]]:
        """Return (level, children) or (number of levels, (marks,)) by number, children first."""
        return list(self._numbers)

    def ends(self) -> tuple[int, ...]:
        """Return every set of marks that occurs, as bit masks."""
        return tuple(node[0] for level, node in self._numbers if level == len(self.axes))

    def first_level(self) -> int | None:
        """Return the first dimension that makes a difference, if one does."""
        if self.root is None:
            return None
        level = self.nodes()[self.root][0]
        return level if level < len(self.axes) else None

    def regions(self, marks: int) -> tuple[Masks, ...]:
        """Return disjoint regions where exactly these marks stand, merged, in order."""
        if self.root is None:
            return ()
        full = [axis.full for axis in self.axes]
        below: dict[int, tuple[dict[int, int], ...]] = {}
        for number, (level, children) in enumerate(self.nodes()):
            if level == len(self.axes):
                below[number] = ({},) if children[0] == marks else ()
                continue
            merged: dict[tuple[tuple[int, int], ...], int] = {}
            for segment, child in enumerate(children):
                for region in below[child]:
                    rest = tuple(sorted(region.items()))
                    merged[rest] = merged.get(rest, 0) | 1 << segment
            below[number] = tuple({level: mask, **dict(rest)} for rest, mask in merged.items())
        found = [tuple(r.get(i, f) for i, f in enumerate(full)) for r in below[self.root]]
        return tuple(sorted(found, key=lambda masks: [(m & -m, m) for m in masks]))


# --- proofs ---------------------------------------------------------------------------------------


def overlaps(dimensions: Sequence[Dimension], rules: Sequence[Rule]) -> tuple[Overlap, ...]:
    """Return every pair of rules that can hold together, once, with a case for which both do.

    Boxes of one rule may overlap. No result is a proof that every case fits at most one rule.
    """
    axes = _axes(dimensions, rules)
    masks = [[_masks(axes, box) for box in rule.boxes] for rule in rules]
    found: list[Overlap] = []
    for (first, mine), (second, theirs) in combinations(zip(rules, masks, strict=True), 2):
        for common in (_common(a, b) for a in mine for b in theirs):
            if all(common):
                box, example = next(_boxes(axes, common))
                found.append(Overlap(example, box, first.id, second.id))
                break
    return tuple(found)


def _common(a: Masks, b: Masks) -> Masks:
    return tuple(x & y for x, y in zip(a, b, strict=True))


def gaps(dimensions: Sequence[Dimension], rules: Sequence[Rule]) -> tuple[Gap, ...]:
    """Return the regions where no rule holds: disjoint, merged to few, in order.

    No result is a proof that every case fits at least one rule.
    """
    axes = _axes(dimensions, rules)
    covered = [(0, _masks(axes, box)) for rule in rules for box in rule.boxes]
    return tuple(
        Gap(example, box)
        for masks in _Diagram(axes, covered).regions(0)
        for box, example in _boxes(axes, masks)
    )


def impossible(dimensions: Sequence[Dimension], rules: Sequence[Rule]) -> tuple[Impossible, ...]:
    """Return the conditions that contradict themselves or leave what their dimension allows."""
    _axes(dimensions, rules)
    return tuple(
        Impossible(rule.id, number, dimension.id, *trouble)
        for rule in rules
        for number, box in enumerate(rule.boxes)
        for dimension in dimensions
        if dimension.id in box and (trouble := _trouble(dimension, box[dimension.id]))
    )


def _trouble(
    dimension: Dimension, wanted: Interval | frozenset[str]
) -> tuple[Literal["empty", "outside", "unknown"], tuple[str, ...]] | None:
    if isinstance(wanted, frozenset):
        unknown = tuple(sorted(wanted - {key for key, _ in dimension.values}))
        return ("unknown", unknown) if unknown else None if wanted else ("empty", ())
    whole = dimension.kind == "whole"
    if wanted.is_empty(whole):
        return ("empty", ())
    domain = dimension.domain or Interval()
    start, end = wanted.start(whole), wanted.end(whole)
    first, last = domain.start(whole), domain.end(whole)
    below = start < first and wanted.low is not None
    above = end > last and wanted.high is not None
    return ("outside", ()) if below or above or start >= last or end <= first else None


def cells(dimensions: Sequence[Dimension], rules: Sequence[Rule]) -> Iterator[Cell]:
    """Yield every elementary cell in order, with an example and the rules that hold there.

    The number of cells is the product of the segments of all dimensions.
    """
    axes = _axes(dimensions, rules)
    masks = [(rule.id, [_masks(axes, box) for box in rule.boxes]) for rule in rules]
    for place in product(*([1 << i for i in range(axis.count)] for axis in axes)):
        holding = (name for name, boxes in masks if any(all(_common(b, place)) for b in boxes))
        yield Cell(_example(axes, place), frozenset(holding))


# --- decisions ------------------------------------------------------------------------------------


def decide(
    dimensions: Sequence[Dimension], rules: Sequence[Rule], facts: Mapping[str, Value | None]
) -> Decision:
    """Return what follows from facts; a dimension that is missing or None is not known yet.

    Raises `ValueError` for a fact about something that is no dimension.
    """
    axes = _axes(dimensions, rules)
    if strange := set(facts) - {dimension.id for dimension in dimensions}:
        raise ValueError(f"not a dimension: {sorted(strange)}")
    known = {name: value for name, value in facts.items() if value is not None}
    seen = tuple(
        axis.where(known[axis.dimension.id]) if axis.dimension.id in known else axis.full
        for axis in axes
    )
    outside = tuple(a.dimension.id for a, mask in zip(axes, seen, strict=True) if not mask)
    boxes = [[_masks(axes, box) for box in rule.boxes] for rule in rules]
    # What is known no longer makes a difference, so a box counts as unrestricted there.
    answered = tuple(axis.dimension.id in known for axis in axes)
    left = [
        (number, tuple(a.full if k else m for a, k, m in zip(axes, answered, box, strict=True)))
        for number, mine in enumerate(boxes)
        for box in mine
        if not outside and all(_common(box, seen))
    ]
    diagram = _Diagram(axes, left)
    ends = () if outside else diagram.ends()
    possible = reduce(int.__or__, ends, 0)
    certain = reduce(int.__and__, ends) if ends else 0
    ask = None if outside else diagram.first_level()
    return Decision(
        tuple(rule.id for i, rule in enumerate(rules) if possible >> i & 1),
        tuple(rule.id for i, rule in enumerate(rules) if certain >> i & 1),
        None if ask is None else dimensions[ask].id,
        outside,
        tuple(
            _reason(axes, rule, boxes[i], seen, possible >> i & 1, certain >> i & 1)
            for i, rule in enumerate(rules)
        ),
    )


def _reason(
    axes: Sequence[_Axis], rule: Rule, boxes: Sequence[Masks], seen: Masks, may: int, must: int
) -> Reason:
    """Return why a rule holds, may hold, or which dimension rules it out."""
    best, reached = None, -1
    for box, masks in zip(rule.boxes, boxes, strict=True):
        fits = _common(masks, seen)
        fully = all(known == common for known, common in zip(seen, fits, strict=True))
        # a box that holds whatever the rest turns out to be explains more than one that may hold
        score = len(axes) + fully if all(fits) else fits.index(0)
        if score > reached:
            best, reached = box, score
    if may:
        return Reason(rule.id, "certain" if must else "possible", best)
    return Reason(rule.id, "no", best, axes[reached].dimension.id if best is not None else None)


# --- words ----------------------------------------------------------------------------------------


def described(dimensions: Sequence[Dimension], example: Mapping[str, Value]) -> Message:
    """Return an example as a message such as “个人或个体户、10 台”, for use inside other messages.

    Names of dimensions are left out where the values speak for themselves.
    """
    mentioned = [dimension for dimension in dimensions if dimension.id in example]
    if not mentioned:
        return msg("any")
    labels = [label for d in mentioned for label in {label for _, label in d.values}]
    numbers = sum(d.kind != "values" for d in mentioned)
    parts: list[Message] = []
    for dimension in mentioned:
        value = example[dimension.id]
        label = dict(dimension.values).get(value, value) if isinstance(value, str) else None
        clear = numbers == 1 and bool(dimension.unit)
        if label is not None:
            clear = len(label) > 1 and labels.count(label) == 1
        parts.append(_said(dimension, label or bound_text(value), label is None, clear))
    return reduce(lambda a, b: msg("{a}, {b}", a=a, b=b), parts)


def _said(dimension: Dimension, text: str, number: bool, clear: bool) -> Message:
    said = msg("{n}", n=text)
    if number and dimension.unit:
        said = msg("{n} {unit}", n=text, unit=dimension.unit)
    return said if clear else msg("{name} {value}", name=dimension.name, value=said)


def describe(dimensions: Sequence[Dimension], example: Mapping[str, Value], t: Words) -> str:
    """Return an example in words, such as “个人或个体户、10 台”."""
    return t.text(described(dimensions, example))
