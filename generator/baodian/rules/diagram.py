"""A function from cases to sets of marks, as a graph: what gaps are, and what a decision walks."""

from __future__ import annotations

from collections.abc import Sequence

from baodian.rules.boxes import Axis, Masks


class Diagram:
    """A function from cases to a set of marks, as a graph in which equal parts are one node.

    A node, known by its number, is a level and its children, one for each segment of that
    dimension; at level `len(axes)` it is a set of marks, as a bit mask. Levels at which all
    children are the same are left out: a node's level is the first that makes a difference.
    """

    def __init__(self, axes: Sequence[Axis], boxes: Sequence[tuple[int, Masks]]) -> None:
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

    def ways(self) -> dict[int, dict[int, int]]:
        """Return for every node a short way to it: level → segment, in order.

        Levels that make no difference on the way are left out.
        """
        if self.root is None:
            return {}
        ways: dict[int, dict[int, int]] = {self.root: {}}
        for number, (level, children) in reversed(list(enumerate(self.nodes()))):
            if level == len(self.axes) or number not in ways:
                continue
            for segment, child in enumerate(children):  # children have smaller numbers
                way = {**ways[number], level: segment}
                ways[child] = min(way, ways.get(child, way), key=lambda w: (len(w), [*w.items()]))
        return ways

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
        regions = [tuple(r.get(i, f) for i, f in enumerate(full)) for r in below[self.root]]
        return tuple(sorted(regions, key=lambda masks: [(m & -m, m) for m in masks]))
