"""What schemes and tables ask and rule, for the rule engine: parameters resolved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from baodian import model, rules
from baodian.model import interval_texts, intervals
from baodian.model.customers import Dimension
from baodian.model.quantities import Criterion
from baodian.playbook.playbook import Playbook


def dimensions(playbook: Playbook, asked: Mapping[Any, Dimension]) -> tuple[rules.Dimension, ...]:
    """Return what a scheme or table asks, for the rule engine, parameters resolved."""
    return tuple(_dimension(playbook, str(id_), d) for id_, d in asked.items())


def _dimension(playbook: Playbook, id_: str, asked: Dimension) -> rules.Dimension:
    if asked.values:
        values = tuple((str(k), str(v)) for k, v in asked.values.items())
        return rules.Dimension(id_, str(asked.name), "values", None, values, "")
    span = asked.whole or asked.number
    domain = span.interval.resolve(playbook.numbers) if span else None
    kind: Literal["whole", "number"] = "whole" if asked.whole else "number"
    return rules.Dimension(id_, str(asked.name), kind, domain, (), str(asked.unit or ""))


def box(
    playbook: Playbook, asked: Mapping[Any, Dimension], when: Mapping[Any, tuple[Criterion, ...]]
) -> dict[str, intervals.Interval | frozenset[str]]:
    """Return a rule's box. Raises `KeyError`, `BadInterval` for what a check reports."""
    box: dict[str, intervals.Interval | frozenset[str]] = {}
    for id_, criteria in when.items():
        if asked[id_].values:
            box[str(id_)] = frozenset(str(c) for c in criteria)
        else:
            box[str(id_)] = interval_texts.parse(criteria[0]).resolve(playbook.numbers)
    return box


def rules_of(playbook: Playbook, scheme: model.Scheme) -> tuple[rules.Rule, ...]:
    """Return the class rules of a scheme for the rule engine."""
    return tuple(
        rules.Rule(str(id_), tuple(box(playbook, scheme.dimensions, w) for w in c.when))
        for id_, c in scheme.classes.items()
        if c.when
    )
