"""Examples of schemes: they ask what the rules ask, and the rules give them the class they say."""

from __future__ import annotations

from collections.abc import Iterator

from baodian import model, rules
from baodian.checks.schemes import proved
from baodian.checks.walk import meant
from baodian.model import intervals
from baodian.model.customers import Dimension, Example
from baodian.model.quantities import Known
from baodian.playbook import Playbook, judging
from baodian.playbook.examples import Classes, Engine, endings, engine, expected, fact, facts
from baodian.rules import Ending
from baodian.said.messages import Message, msg
from baodian.said.problems import At, Problem, Related


def answers(playbook: Playbook) -> Iterator[Problem]:
    """Examples answer what their scheme asks, by values that can be, and name classes of it.

    Right: `answers: {idle: 31}, is: inactive`. Wrong: `answers: {days: 31}, is: asleep`.
    """
    for scheme in playbook.schemes.values():
        for id_, example in scheme.examples.items():
            if not any(class_.when for class_ in scheme.classes.values()):
                message = msg("“{scheme}” has no rules to try “{id}” with.",
                              scheme=str(scheme.name), id=str(id_))  # fmt: skip
                hint = msg("Say with “when” which customers belong to each class, or take it out.")
                yield Problem("not-decidable", id_.at, message, hint)
            else:
                yield from _answers(playbook, scheme, example)
            for class_ in example.is_:
                if class_ not in scheme.classes:
                    message = msg("“{scheme}” has no class “{id}”.", scheme=str(scheme.name),
                                  id=str(class_))  # fmt: skip
                    known = meant(class_, scheme.class_names())
                    yield Problem("unknown-reference", class_.at, message, known)
            for other in example.is_[1:] if scheme.classes_are == "exclusive" else ():
                message = msg("A customer belongs to one class of “{scheme}”.",
                              scheme=str(scheme.name))  # fmt: skip
                yield Problem("too-many", other.at, message, msg("Keep one of them."))


def _answers(playbook: Playbook, scheme: model.Scheme, example: Example) -> Iterator[Problem]:
    by_id = {str(id_): dimension for id_, dimension in scheme.dimensions.items()}
    for id_, known in example.answers.items():
        if (dimension := by_id.get(str(id_))) is None:
            message = msg("Nothing asks for “{id}”.", id=str(id_))
            yield Problem("wrong-value", id_.at, message, meant(str(id_), by_id))
            continue
        asked = _asked(playbook, dimension)
        value = fact(asked, known) if asked else None
        if asked is not None and value is None:
            yield _no_answer(asked, known)
        elif asked is not None and not rules.endings((asked,), (), {"it": value}):
            allowed = (asked.domain or intervals.Interval()).message()
            message = msg("“{text}” lies outside of what “{name}” can be.", text=str(known),
                          name=asked.name)  # fmt: skip
            yield Problem("wrong-value", known.at, message, msg("It can be {allowed}.",
                          allowed=allowed))  # fmt: skip


def _asked(playbook: Playbook, dimension: Dimension) -> rules.Dimension | None:
    """Return a dimension by itself, None if a parameter that bounds it has no value."""
    try:
        return judging.dimensions(playbook, {"it": dimension})[0]
    except KeyError:
        return None


def _no_answer(asked: rules.Dimension, known: Known) -> Problem:
    if asked.kind == "values":
        message = msg("“{name}” has no value “{id}”.", name=asked.name, id=str(known))
        return Problem("wrong-value", known.at, message, meant(known, dict(asked.values)))
    alone = "".join(c for c in known.removesuffix(asked.unit).strip() if c in "0123456789.-")
    if asked.kind == "whole":
        message = msg("“{name}” is a whole number, and this is “{text}”.",
                      name=asked.name, text=known[:40])  # fmt: skip
        alone = alone.partition(".")[0]
    else:
        message = msg("“{name}” is a number, and this is “{text}”.",
                      name=asked.name, text=known[:40])  # fmt: skip
    if fact(asked, Known(alone)) is None:
        alone = intervals.bound_text(
            (asked.domain or intervals.Interval()).example(asked.kind == "whole")
        )
    hint = msg("Write one number, without its unit, such as “{number}”.", number=alone)
    return Problem("bad-number", known.at, message, hint)


def fall(playbook: Playbook) -> Iterator[Problem]:
    """The rules give each example the class that it says, whatever is not answered.

    Right: 31 days without an order, `is: inactive`, where 30 and more are. Wrong: `is: active`.
    """
    for scheme in playbook.schemes.values():
        found = engine(playbook, scheme) if scheme.examples and proved(playbook, scheme) else None
        for id_, example in scheme.examples.items() if found else ():
            wanted = expected(scheme, example)
            assert found is not None
            ends = endings(found, example)
            told = len(wanted) < len(example.is_) or (
                len(wanted) > 1 and scheme.classes_are == "exclusive"
            )
            if ends and example.answers and not told and [e.rules for e in ends] != [wanted]:
                yield _elsewhere(scheme, found, str(id_), example, wanted, ends)


def _elsewhere(
    scheme: model.Scheme, found: Engine, id_: str, example: Example, wanted: Classes,
    ends: tuple[Ending, ...],
) -> Problem:  # fmt: skip
    at, who = example.is_[0].at, str(example.customer)
    others = tuple(end for end in ends if end.rules != wanted)
    names = tuple(_names(scheme, end.rules) for end in others)
    places = (place for class_ in others[0].rules if (place := _rule(scheme, class_)))
    related = tuple(Related(p, msg("{name} stands here.", name=names[0])) for p in places)
    if len(others) < len(ends):
        message = msg("“{customer}” is not always {wanted}: with {case} it is {other}.",
                      customer=who, wanted=_names(scheme, wanted), other=names[0],
                      case=rules.described(found[0], others[0].example))  # fmt: skip
        asked = next(d for d in found[0] if d.id in others[0].example)
        hint = msg("Add what is known of “{name}” to “answers”: “{id}: …”.",
                   name=asked.name, id=asked.id)  # fmt: skip
        return Problem("open-example", at, message, hint, related)
    message = msg("“{customer}” falls into {other}, not into {wanted}.",
                  customer=who, other=names, wanted=_names(scheme, wanted))  # fmt: skip
    hint = msg("Look which is right: the rules or the example.")
    if len(ends) == 1 and ends[0].rules:
        ids = ends[0].rules[0] if len(ends[0].rules) == 1 else f"[{', '.join(ends[0].rules)}]"
        hint = msg(
            "If the rules are right, write “is: {ids}”. If a change or a city moves the bound, "
            "write it there: “{line}”.",
            ids=ids, line=f"scheme:{scheme.id}: {{examples: {{{id_}: {{is: {ids}}}}}, why: …}}",
        )  # fmt: skip
    return Problem("wrong-example", at, message, hint, related)


def _names(scheme: model.Scheme, classes: Classes) -> tuple[str, ...] | Message:
    return tuple(map(scheme.class_name, classes)) or msg("none of them")


def _rule(scheme: model.Scheme, class_: str) -> At | None:
    found = next((c for id_, c in scheme.classes.items() if id_ == class_), None)
    box = found.when[0] if found and found.when else {}
    return next((criteria[0].at for criteria in box.values() if criteria), None)


def alike(playbook: Playbook) -> Iterator[Problem]:
    """No two examples of a scheme answer the same, or tell of the same customer.

    Right: 29 days, 30 days. Wrong: 30 days twice.
    """
    for scheme in playbook.schemes.values():
        first: dict[object, At] = {}
        asked = (engine(playbook, scheme) or ((), ()))[0]
        for id_, example in scheme.examples.items():
            answered = facts(asked, example) or {}
            keys = (frozenset(answered.items()), str(example.customer))
            if (key := next((k for k in keys if k and k in first), None)) is not None:
                message = msg("“{id}” is the same as another example.", id=str(id_))
                hint = msg("Take one of them out, or change its answers.")
                if key == keys[1]:
                    hint = msg("Take one of them out, or tell of another customer.")
                related = Related(first[key], msg("The first one stands here."))
                yield Problem("same-example", id_.at, message, hint, (related,))
            for key in keys:
                first.setdefault(key, id_.at)
