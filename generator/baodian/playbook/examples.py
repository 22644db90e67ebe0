"""Examples as tests of rules: what the rules say to each, which flip, which are missing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from baodian import model, rules
from baodian.model.quantities import Known
from baodian.playbook import judging
from baodian.playbook.playbook import Playbook
from baodian.rules import Bound, Ending, Value

Classes = tuple[str, ...]
"""Ids of classes in the order of their scheme; several only where classes overlap."""
Engine = tuple[tuple[rules.Dimension, ...], tuple[rules.Rule, ...]]


def engine(playbook: Playbook, scheme: model.Scheme) -> Engine | None:
    """Return what a scheme asks and rules, None if it rules nothing or a check is in the way."""
    try:
        ruled = judging.rules_of(playbook, scheme)
        asked = judging.dimensions(playbook, scheme.dimensions)
        rules.endings(asked, ruled, {})
    except (LookupError, ValueError):
        return None
    return (asked, ruled) if ruled else None


def fact(dimension: rules.Dimension, known: Known) -> Value | None:
    """Return what is known of a dimension, None if it is no number, or no value of it."""
    if dimension.kind == "values":
        return str(known) if known in dict(dimension.values) else None
    if not re.fullmatch(r"-?[0-9]{1,12}(?:\.[0-9]{1,6})?", known):
        return None
    number = Decimal(known)
    if number == int(number):
        return int(number)
    return None if dimension.kind == "whole" else number


def endings(found: Engine, example: model.Example) -> tuple[Ending, ...]:
    """Return all that may be true of an example: one, if its answers are enough.

    It is empty where an answer is none of what its dimension can be.
    """
    known = facts(found[0], example)
    return () if known is None else rules.endings(*found, known)


def facts(asked: Sequence[rules.Dimension], example: model.Example) -> Mapping[str, Value] | None:
    """Return what an example answers, None if one of the answers is no answer."""
    by_id = {dimension.id: dimension for dimension in asked}
    known: dict[str, Value] = {}
    for id_, answer in example.answers.items():
        value = fact(by_id[str(id_)], answer) if str(id_) in by_id else None
        if value is None:
            return None
        known[str(id_)] = value
    return known


def decided(playbook: Playbook, scheme: model.Scheme, example: model.Example) -> Classes | None:
    """Return the classes that the rules give an example, None if they do not decide."""
    found = engine(playbook, scheme)
    ends = endings(found, example) if found else ()
    return ends[0].rules if len(ends) == 1 else None


def reason(found: Engine, example: model.Example, class_: str) -> int | None:
    """Return which condition of a class's rule an example fits, None if it fits none for sure."""
    asked, ruled = found
    if not (known := facts(asked, example)):
        return None
    rule = next(rule for rule in ruled if rule.id == class_)
    why = next(one for one in rules.decide(asked, ruled, known).reasons if one.rule == class_)
    return next((n for n, box in enumerate(rule.boxes) if box is why.box), None)


def expected(scheme: model.Scheme, example: model.Example) -> Classes:
    """Return the classes that an example is to have, in the order of the scheme."""
    return tuple(str(id_) for id_ in scheme.classes if id_ in example.is_)


@dataclass(frozen=True)
class Flip:
    """An example that has another class in a new playbook; None where the rules do not decide."""

    scheme: str
    id: str
    example: model.Example
    before: Classes | None
    after: Classes | None


def flipped(old: Playbook, new: Playbook) -> tuple[Flip, ...]:
    """Return the examples, of either playbook, to which the rules of the two say different things.

    An example whose answers were changed is two: the old one and the new one.
    """
    return tuple(
        Flip(id_, name, example, before, after)
        for id_, scheme in old.schemes.items()
        if (other := new.schemes.get(id_)) is not None
        for name, example in _of_either(scheme, other)
        if (before := decided(old, scheme, example)) != (after := decided(new, other, example))
    )


def _of_either(old: model.Scheme, new: model.Scheme) -> Iterator[tuple[str, model.Example]]:
    now = {str(id_): example for id_, example in new.examples.items()}
    for id_, example in old.examples.items():
        if str(id_) not in now or now[str(id_)].answers != example.answers:
            yield str(id_), example
    yield from now.items()


# --- what is still missing ------------------------------------------------------------------------


@dataclass(frozen=True)
class Proposal:
    """An example that nobody has written yet: its id, what is known, its classes."""

    id: str
    answers: Mapping[str, Value]
    classes: Classes


@dataclass(frozen=True)
class Proposed:
    """What examples of a scheme leave open: bounds with fewer than two, classes with none."""

    bounds: int
    with_both: int
    classes: int
    with_one: int
    proposals: tuple[Proposal, ...]


def proposed(playbook: Playbook, scheme: model.Scheme) -> Proposed | None:
    """Return examples for each side of each bound, and each class; None if there are no rules."""
    found = engine(playbook, scheme)
    if found is None:
        return None
    asked, ruled = found
    cases: list[tuple[Mapping[str, Value], Classes]] = []
    for example in scheme.examples.values():
        ends = endings(found, example)
        if (known := facts(asked, example)) and len(ends) == 1:
            cases.append((known, ends[0].rules))
    taken = {str(id_) for id_ in (*scheme.classes, *scheme.examples)}
    proposals: list[Proposal] = []

    def propose(answers: Mapping[str, Value], classes: Classes, stem: str) -> None:
        anyone = next(rules.cells(asked, ruled)).example
        answers = _shortest(found, answers or {asked[0].id: anyone[asked[0].id]})
        id_ = _free(stem, taken)
        taken.add(id_)
        proposals.append(Proposal(id_, answers, classes))
        cases.append((answers, classes))

    all_bounds = [b for b in rules.bounds(asked, ruled) if b.below and b.above]
    with_both = 0
    for bound in all_bounds:
        sides = [(bound.last, bound.below), (bound.first, bound.above)]
        missing = [side for side in sides if not _covered(found, bound, side[0], side[1], cases)]
        with_both += not missing
        for number, classes in missing:
            stem = f"{bound.dimension}-{_in_id(number)}"
            stem = f"{stem}-{classes[0]}" if stem in taken else stem
            propose({**bound.case, bound.dimension: number}, classes, stem)
    with_one = len({id_ for _, classes in cases[: -len(proposals) or None] for id_ in classes})
    for ending in rules.endings(asked, ruled, {}):
        for id_ in ending.rules:
            if not any(id_ in classes for _, classes in cases):
                propose(ending.example, ending.rules, f"is-{id_}")
    return Proposed(len(all_bounds), with_both, len(ruled), with_one, tuple(proposals))


def _covered(
    found: Engine, bound: Bound, number: Value, classes: Classes,
    cases: list[tuple[Mapping[str, Value], Classes]],
) -> bool:  # fmt: skip
    """Say whether a case stands at one side of a bound: the next number would have the other."""
    across = bound.first if number == bound.last else bound.last
    others = bound.above if number == bound.last else bound.below
    return any(
        facts.get(bound.dimension) == number
        and case == classes
        and any(
            e.rules == others for e in rules.endings(*found, {**facts, bound.dimension: across})
        )
        for facts, case in cases
    )


def _shortest(found: Engine, answers: Mapping[str, Value]) -> Mapping[str, Value]:
    """Return answers without those that make no difference."""
    for id_ in list(answers):
        less = {k: v for k, v in answers.items() if k != id_}
        if less and len(rules.endings(*found, less)) == 1:
            answers = less
    order = [dimension.id for dimension in found[0]]
    return {id_: answers[id_] for id_ in order if id_ in answers}


def _in_id(number: Value) -> str:
    return str(number).replace("-", "minus-").replace(".", "-")


def _free(stem: str, taken: set[str]) -> str:
    stem = stem[:56].rstrip("-")
    return next(id_ for n in range(1, 10_000)
                if (id_ := stem if n == 1 else f"{stem}-{n}") not in taken)  # fmt: skip
