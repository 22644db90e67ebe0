"""How to mend an overlap or a gap of rules: move one bound, and prove that it helps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from baodian.model.intervals import FIRST, LAST, Edge, Interval
from baodian.rules import Box, Dimension, Gap, Overlap, Rule, gaps, overlaps
from baodian.said.messages import Message, msg


@dataclass(frozen=True)
class _Change:
    """Another interval for one dimension of one box."""

    rule: int
    box: int
    dimension: str
    old: Interval
    new: Interval


def suggest(
    dimensions: Sequence[Dimension],
    finding: Overlap | Gap,
    rules: Sequence[Rule],
    names: Mapping[str, str],
) -> Message | None:
    """Return how to mend an overlap or a gap by moving one bound, or None if that is not enough.

    The rules' intervals are resolved; `names` are the rules as the editor calls them. Every change
    was tried: it mends the finding and brings neither a new gap nor a new overlap. A bound that was
    a parameter stays one. A finding wider than one number is often a wrong value elsewhere, so it
    gets a suggestion only if nothing else is wrong.
    """
    alone = len(overlaps(dimensions, rules)) + len(gaps(dimensions, rules)) == 1
    tried = [
        change
        for change in _changes(dimensions, finding, rules)
        if (alone or _is_one_number(finding.box.get(change.dimension)))
        and {*change.old.named} <= {*change.new.named, None}
        and _mends(dimensions, finding, rules, change)
    ]
    tried = list(dict.fromkeys(tried))  # one box may overlap two of the other rule
    if not tried or len({change.dimension for change in tried}) > 1 or len(tried) > 2:
        return None
    said = [_say(dimensions, rules, names, change) for change in tried]
    if len(said) == 1:
        return msg("Change {change}.", change=said[0])
    return msg("Change {change}, or {other}.", change=said[0], other=said[1])


def _is_one_number(condition: Interval | frozenset[str] | None) -> bool:
    return isinstance(condition, Interval) and condition.low == condition.high is not None


def _say(
    dimensions: Sequence[Dimension],
    rules: Sequence[Rule],
    names: Mapping[str, str],
    change: _Change,
) -> Message:
    rule = rules[change.rule]
    words = {
        "dimension": next(d.name for d in dimensions if d.id == change.dimension),
        "rule": names[rule.id],
    }
    new = change.new.message(named=True)
    if len(rule.boxes) == 1:
        return msg("“{dimension}” of {rule} to “{new}”", new=new, **words)
    old = change.old.message(named=True)
    return msg("“{dimension}” of {rule} from “{old}” to “{new}”", old=old, new=new, **words)


def _changes(
    dimensions: Sequence[Dimension], finding: Overlap | Gap, rules: Sequence[Rule]
) -> Iterator[_Change]:
    """Yield the moves of one bound that might mend a finding."""
    for dimension in dimensions:
        whole = dimension.kind == "whole"
        placed = [
            (r, b, interval)
            for r, rule in enumerate(rules)
            for b, box in enumerate(rule.boxes)
            if isinstance(interval := box.get(dimension.id), Interval)
            and not interval.is_empty(whole)
        ]
        intervals = [interval for _, _, interval in placed]
        if isinstance(finding, Overlap):
            pair = {finding.first, finding.second}
            mine = [entry for entry in placed if rules[entry[0]].id in pair]
            for r, b, this in mine:
                others = [other for o, _, other in mine if o != r]
                for new in _apart(this, others, whole, intervals):
                    yield _Change(r, b, dimension.id, this, new)
        elif isinstance(gap := finding.box.get(dimension.id), Interval):
            start, end = gap.start(whole), gap.end(whole)
            for r, b, this in placed:
                if this.end(whole) == start:
                    new = _ending(this, end, whole, intervals)
                    yield _Change(r, b, dimension.id, this, new)
                if this.start(whole) == end:
                    new = _starting(this, start, whole, intervals)
                    yield _Change(r, b, dimension.id, this, new)


def _apart(
    this: Interval, others: Sequence[Interval], whole: bool, known: Sequence[Interval]
) -> Iterator[Interval]:
    """Yield `this` cut back so far that it ends before, or begins after, one of the others."""
    start, end = this.start(whole), this.end(whole)
    for other in dict.fromkeys(others):
        if start < other.start(whole) < end <= other.end(whole):
            yield _ending(this, other.start(whole), whole, known)
        if other.start(whole) <= start < other.end(whole) < end:
            yield _starting(this, other.end(whole), whole, known)


def _ending(this: Interval, edge: Edge, whole: bool, known: Sequence[Interval]) -> Interval:
    """Return `this` ending at an edge, by the parameter that a neighbour beginning there names."""
    named: tuple[str | None, str | None] = (this.named[0], None)
    if edge == LAST:
        return replace(this, high=None, named=named)
    for other in known:
        if other.named[0] and other.start(whole) == edge:
            included = not other.low_included
            named = (this.named[0], other.named[0])
            return replace(this, high=other.low, high_included=included, named=named)
    if not whole:
        return replace(this, high=edge[1], high_included=edge[2] == 1, named=named)
    included = this.high_included or this.high is None
    high = edge[1] - 1 if included else edge[1]
    return replace(this, high=high, high_included=included, named=named)


def _starting(this: Interval, edge: Edge, whole: bool, known: Sequence[Interval]) -> Interval:
    """Return `this` beginning at an edge, by the parameter that a neighbour ending there names."""
    named: tuple[str | None, str | None] = (None, this.named[1])
    if edge == FIRST:
        return replace(this, low=None, named=named)
    for other in known:
        if other.named[1] and other.end(whole) == edge:
            included = not other.high_included
            named = (other.named[1], this.named[1])
            return replace(this, low=other.high, low_included=included, named=named)
    if not whole:
        return replace(this, low=edge[1], low_included=edge[2] == 0, named=named)
    included = this.low_included or this.low is None
    low = edge[1] if included else edge[1] - 1
    return replace(this, low=low, low_included=included, named=named)


def _mends(
    dimensions: Sequence[Dimension],
    finding: Overlap | Gap,
    rules: Sequence[Rule],
    change: _Change,
) -> bool:
    """Return whether a change removes the finding and makes nothing worse."""
    rule = rules[change.rule]
    boxes = list(rule.boxes)
    boxes[change.box] = {**boxes[change.box], change.dimension: change.new}
    after = list(rules)
    after[change.rule] = Rule(rule.id, tuple(boxes))
    if isinstance(finding, Overlap):
        pair = {finding.first, finding.second}
        if overlaps(dimensions, [r for r in after if r.id in pair]):
            return False
        open_before = Rule("", tuple(gap.box for gap in gaps(dimensions, rules)))
        return not gaps(dimensions, [*after, open_before])
    still_open = Rule("", tuple(gap.box for gap in gaps(dimensions, after)))
    if overlaps(dimensions, [Rule(" ", (finding.box,)), still_open]):
        return False
    gap = finding.box[change.dimension]
    added: Box = {**rule.boxes[change.box], change.dimension: gap}
    others = (r for i, r in enumerate(rules) if i != change.rule)
    return not any(overlaps(dimensions, [Rule(" ", (added,)), other]) for other in others)
