"""Classes of a ruler, or rows of a table, fit together: no case is taken twice or left out."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Any

from baodian import rules
from baodian.checks.conditions import Ruled, faults, kinds
from baodian.model import interval_texts
from baodian.model.customers import Dimension
from baodian.playbook import Playbook, judging
from baodian.rules import mends
from baodian.said.messages import msg
from baodian.said.problems import At, Problem, Related

AT_MOST = 3
"""How many overlaps and gaps of one scheme or table are told at once."""


def sound(playbook: Playbook, asked: Mapping[Any, Dimension], ruled: Sequence[Ruled]) -> bool:
    """Say whether the rules can be proved at all; what is in the way is told elsewhere."""
    spans = [span for d in asked.values() if (span := d.whole or d.number)]
    named = {id_ for span in spans for id_ in span.interval.params}
    return (
        bool(ruled)
        and all(kinds(d) == 1 for d in asked.values())
        and not named - {*playbook.numbers}
        and not any(faults(playbook, asked, ruled))
        and not any(_unresolved(playbook, rule, asked) for rule in ruled)
    )


def _unresolved(playbook: Playbook, rule: Ruled, asked: Mapping[Any, Dimension]) -> bool:
    return any(
        set(interval_texts.parse(criteria[0]).params) - {*playbook.numbers}
        for when in rule.boxes
        for id_, criteria in when.items()
        if not next(d for k, d in asked.items() if k == id_).values
    )


def _engine(
    playbook: Playbook, asked: Mapping[Any, Dimension], ruled: Sequence[Ruled]
) -> tuple[rules.Rule, ...]:
    return tuple(
        rules.Rule(str(rule.id), tuple(judging.box(playbook, asked, when) for when in rule.boxes))
        for rule in ruled
    )


def gaps(
    playbook: Playbook, asked: Mapping[Any, Dimension], ruled: Sequence[Ruled]
) -> tuple[rules.Gap, ...]:
    """Return what no rule takes."""
    return rules.gaps(judging.dimensions(playbook, asked), _engine(playbook, asked, ruled))


def proof(
    playbook: Playbook, asked: Mapping[Any, Dimension], ruled: Sequence[Ruled],
    sought: Container[str] = ("overlap", "gap"),
) -> Iterator[Problem]:  # fmt: skip
    """Yield the overlaps and gaps of rules; with `sought` only one of them."""
    if not sound(playbook, asked, ruled):
        return
    of = judging.dimensions(playbook, asked)
    proved = _engine(playbook, asked, ruled)
    names = {str(rule.id): rule.name for rule in ruled}
    findings: tuple[rules.Overlap | rules.Gap, ...]
    findings = (
        *(rules.overlaps(of, proved) if "overlap" in sought else ()),
        *(rules.gaps(of, proved) if "gap" in sought else ()),
    )
    for finding in findings[:AT_MOST]:
        example = rules.described(of, finding.telling)
        hint = mends.suggest(of, finding, proved, names)
        if isinstance(finding, rules.Overlap):
            first, second = (
                _place(of, ruled, proved, finding, id_) for id_ in (finding.first, finding.second)
            )
            message = msg(
                "{example}: both {first} and {second}.", example=example,
                first=names[finding.first], second=names[finding.second],
            )  # fmt: skip
            hint = hint or msg("Change one of the two, so that only one takes this case.")
            related = Related(first, msg("{name} stands here.", name=names[finding.first]))
            yield Problem("overlap", second, message, hint, (related,))
        else:
            message = msg("{example}: none of them.", example=example)
            if "overlap" not in sought:  # rows may overlap: only what takes every case mends it
                hint = msg("Widen a row or add one; or say under “otherwise” what holds then.")
            hint = hint or msg("Widen one of them, or add one, so that it takes this case.")
            yield Problem("gap", ruled[0].id.at, message, hint)


def _place(
    of: Sequence[rules.Dimension], ruled: Sequence[Ruled], proved: Sequence[rules.Rule],
    finding: rules.Overlap, id_: str,
) -> At:  # fmt: skip
    """Return the place of the box of a rule that takes part in an overlap."""
    rule, engine = next((r, e) for r, e in zip(ruled, proved, strict=True) if e.id == id_)
    region = rules.Rule(" ", (finding.box,))
    for number, box in enumerate(engine.boxes):
        if rules.overlaps(of, (region, rules.Rule(id_, (box,)))):
            return rule.place(number)
    return rule.id.at


def unreachable(
    playbook: Playbook, asked: Mapping[Any, Dimension], ruled: Sequence[Ruled]
) -> Iterator[Problem]:
    """Yield the rows that those above leave no case."""
    if not sound(playbook, asked, ruled):
        return
    of = judging.dimensions(playbook, asked)
    proved = _engine(playbook, asked, ruled)
    for number, rule in enumerate(proved):
        left = rules.Rule(" ", tuple(gap.box for gap in rules.gaps(of, proved[:number])))
        if number and not rules.overlaps(of, (left, rule)):
            message = msg("The row “{id}” is never reached.", id=rule.id)
            hint = msg("The rows above it take every case; move it up, or remove it.")
            yield Problem("unreachable-row", ruled[number].id.at, message, hint)
