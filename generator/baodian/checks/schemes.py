"""Class rules and decision tables: every rule makes sense, and they fit together, proved."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from baodian import model, rules
from baodian.checks.walk import meant
from baodian.model import interval_texts, intervals
from baodian.model.customers import Dimension, Lost
from baodian.model.fields import Name
from baodian.model.ids import DimensionId, Id
from baodian.model.quantities import Criterion
from baodian.playbook import Playbook, judging
from baodian.rules import mends
from baodian.said.messages import Message, msg
from baodian.said.problems import At, Problem, Related
from baodian.source.sentences import thousands
from baodian.text.units import same_unit

AT_MOST = 3
"""How many overlaps and gaps of one scheme or table are told at once."""

When = Mapping[DimensionId, tuple[Criterion, ...]]


@dataclass(frozen=True)
class Ruled:
    """A class or row with its boxes, as the proof sees it."""

    id: Id
    name: str
    boxes: tuple[When, ...]

    def place(self, box: int) -> At:
        """Return where a box stands: its first condition, or the class itself."""
        for criteria in self.boxes[box].values():
            return criteria[0].at
        return self.id.at


def _classes(scheme: model.Scheme) -> tuple[Ruled, ...]:
    return tuple(
        Ruled(id_, scheme.class_name(str(id_)), class_.when)
        for id_, class_ in scheme.classes.items()
        if class_.when
    )


def _rows(table: model.Table) -> tuple[Ruled, ...]:
    return tuple(Ruled(id_, str(id_), (row.when,)) for id_, row in table.rows.items())


def dimensions(playbook: Playbook) -> Iterator[Problem]:
    """A dimension is a number or a choice, and not both.

    Right: `{name: 在用台数, whole: 1 以上}`. Wrong: `{name: 在用台数}`.
    """
    asked = chain(
        (pair for scheme in playbook.schemes.values() for pair in scheme.dimensions.items()),
        (pair for table in playbook.tables.values() for pair in table.ask.items()),
    )
    for id_, dimension in asked:
        if _kinds(dimension) != 1:
            message = msg("“{name}” cannot be decided.", name=str(dimension.name))
            hint = msg("Give it exactly one of “whole”, “number” and “values”.")
            yield Problem("not-decidable", id_.at, message, hint)


def asked_by_number(playbook: Playbook) -> Iterator[Problem]:
    """What is said beside a number and its unit needs one.

    Right: `{name: 距上次订单, unit: 天, whole: 0 以上, aliases: [没订货]}`. Wrong: without `unit`.
    """
    for scheme in playbook.schemes.values():
        for asked in scheme.dimensions.values():
            if asked.aliases and not asked.unit:
                message = msg("Nobody says “{word}” beside a number: “{name}” has no “unit”.",
                              word=str(asked.aliases[0]), name=str(asked.name))  # fmt: skip
                hint = msg("Add “{key}: …”.", key="unit")
                yield Problem("missing-key", asked.aliases[0].at, message, hint)


def _kinds(dimension: Dimension) -> int:
    return sum(map(bool, (dimension.whole, dimension.number, dimension.values)))


def class_rules(playbook: Playbook) -> Iterator[Problem]:
    """Rules ask for dimensions and values that exist and can occur; all classes have one or none.

    Right: `when: {trucks: 2 到 9}`. Wrong: `when: {truck: 2 到 9}`.
    """
    for scheme in playbook.schemes.values():
        ruled = _classes(scheme)
        yield from _faults(playbook, scheme.dimensions, ruled)
        if scheme.dimensions and not ruled:
            message = msg("No class of “{scheme}” has a “when”.", scheme=str(scheme.name))
            hint = msg("Say with “when” which customers belong to each class.")
            yield Problem("not-decidable", scheme.id.at, message, hint)
        for id_, class_ in scheme.classes.items():
            if ruled and not class_.when and scheme.classes_are == "exclusive":
                message = msg(
                    "“{key}” is missing: the other classes of “{scheme}” have it.",
                    key="when", scheme=str(scheme.name),
                )  # fmt: skip
                yield Problem("missing-key", id_.at, message, msg("Add “{key}: …”.", key="when"))


def _faults(
    playbook: Playbook, asked: Mapping[Any, Dimension], ruled: Sequence[Ruled]
) -> Iterator[Problem]:
    by_id = {str(id_): dimension for id_, dimension in asked.items()}
    for rule in ruled:
        for when in rule.boxes:
            for id_, criteria in when.items():
                if (dimension := by_id.get(str(id_))) is None:
                    message = msg("Nothing asks for “{id}”.", id=str(id_))
                    yield Problem("wrong-value", id_.at, message, meant(str(id_), by_id))
                elif not criteria:
                    message = msg("“{key}” is empty.", key=str(id_))
                    yield Problem("too-few", id_.at, message, msg("Write what is wanted."))
                else:
                    yield from _criteria(playbook, dimension, criteria)


def _criteria(
    playbook: Playbook, dimension: Dimension, criteria: Sequence[Criterion]
) -> Iterator[Problem]:
    if dimension.values:
        for value in criteria:
            if str(value) not in map(str, dimension.values):
                message = msg(
                    "“{name}” has no value “{id}”.", name=str(dimension.name), id=str(value)
                )
                yield Problem(
                    "wrong-value", value.at, message, meant(value, map(str, dimension.values))
                )
        return
    if len(criteria) > 1 and _cut(criteria[0], criteria[1]):
        number = f"{criteria[0]},{criteria[1][:3]}"
        yield replace(thousands(criteria[1].at, number), code="wrong-value")
        return
    if len(criteria) > 1:
        message = msg("“{name}” is a number: one interval is wanted.", name=str(dimension.name))
        hint = msg("For two intervals write a list of conditions under “when”.")
        yield Problem("wrong-value", criteria[1].at, message, hint)
    try:
        interval = interval_texts.parse(criteria[0])
    except interval_texts.BadInterval as error:
        yield Problem("bad-interval", criteria[0].at, error.message, _hint(dimension, error))
        return
    span = dimension.whole or dimension.number
    domain = span.interval if span else intervals.Interval()
    if {*interval.params, *domain.params} - {*playbook.numbers}:
        return  # told by `references.of_parameters`
    yield from _impossible(
        judging.dimensions(playbook, {"it": dimension}),
        rules.Rule("it", ({"it": interval.resolve(playbook.numbers)},)),
        criteria[0],
    )


def _hint(dimension: Dimension, error: interval_texts.BadInterval) -> Message:
    """Return how to mend it; a number in another unit than the dimension's is not proposed."""
    own = str(dimension.unit or "")
    if error.unit and own and not same_unit(error.unit, own):
        return msg("“{name}” is counted in {unit}: reckon the number in it and write it alone.",
                   name=str(dimension.name), unit=own)  # fmt: skip
    return error.hint


def _cut(head: Criterion, tail: Criterion) -> bool:
    """Say whether two values are one number, cut by the comma of its thousands."""
    beside = (tail.at.line, tail.at.column) == (head.at.line, head.at.column + len(head) + 1)
    return beside and head.isdecimal() and re.match("[0-9]{3}(?![0-9])", tail) is not None


def _impossible(
    asked: Sequence[rules.Dimension], rule: rules.Rule, value: Criterion
) -> Iterator[Problem]:
    for trouble in rules.impossible(asked, (rule,)):
        if trouble.kind == "empty":
            message = msg("No number lies in “{text}”.", text=str(value))
            now = rule.boxes[0]["it"]
            assert isinstance(now, intervals.Interval)
            hint = msg("With the parameters as they are it reads: {range}. Change one of them.",
                       range=now.message())  # fmt: skip
        else:
            allowed = (asked[0].domain or intervals.Interval()).message()
            message = msg("“{text}” lies outside of what “{name}” can be.", text=str(value),
                          name=asked[0].name)  # fmt: skip
            hint = msg("It can be {allowed}.", allowed=allowed)
        yield Problem("wrong-value", value.at, message, hint)


def class_proofs(playbook: Playbook) -> Iterator[Problem]:
    """Every customer fits exactly one class of an exclusive scheme.

    Right: `不满 10` and `10 以上`. Wrong: `10 以下` and `10 以上`.
    """
    for scheme in playbook.schemes.values():
        ruled = _classes(scheme)
        if scheme.classes_are == "exclusive" and len(ruled) == len(scheme.classes):
            yield from _proof(playbook, scheme.dimensions, ruled)


def proved(playbook: Playbook, scheme: model.Scheme) -> bool:
    """Say whether the rules of a scheme can be decided by: what is in the way is told above."""
    ruled = _classes(scheme)
    if scheme.classes_are == "overlapping":
        return _sound(playbook, scheme.dimensions, ruled)
    whole = len(ruled) == len(scheme.classes)
    return (
        whole
        and _sound(playbook, scheme.dimensions, ruled)
        and not any(_proof(playbook, scheme.dimensions, ruled))
    )


def tables(playbook: Playbook) -> Iterator[Problem]:
    """Rows of a table can be hit and leave no case out, or `otherwise` says what holds then.

    With `hit: one` no case hits two. Right: `不满 80`, `80 以上`. Wrong: `不满 80`, `90 以上`.
    """
    for table in playbook.tables.values():
        ruled = _rows(table)
        yield from _faults(playbook, table.ask, ruled)
        for row in table.rows.values():
            for id_ in row.then:
                if id_ not in table.tell:
                    message = msg("“tell” has no “{id}”.", id=str(id_))
                    yield Problem("wrong-value", id_.at, message, meant(id_, map(str, table.tell)))
        if table.hit == "first":
            yield from _unreachable(playbook, table.ask, ruled)
        sought = {"overlap"} if table.hit == "one" else set()
        if table.otherwise is None:
            sought.add("gap")
        elif _sound(playbook, table.ask, ruled) and not _gaps(playbook, table.ask, ruled):
            message = msg("The row “{id}” is never reached.", id="otherwise")
            hint = msg("The rows take every case; remove it.")
            yield Problem("unreachable-row", table.otherwise.at, message, hint)
        yield from _proof(playbook, table.ask, ruled, sought)


def _sound(playbook: Playbook, asked: Mapping[Any, Dimension], ruled: Sequence[Ruled]) -> bool:
    """Say whether the rules can be proved at all; what is in the way is told elsewhere."""
    spans = [span for d in asked.values() if (span := d.whole or d.number)]
    named = {id_ for span in spans for id_ in span.interval.params}
    return (
        bool(ruled)
        and all(_kinds(d) == 1 for d in asked.values())
        and not named - {*playbook.numbers}
        and not any(_faults(playbook, asked, ruled))
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


def _gaps(
    playbook: Playbook, asked: Mapping[Any, Dimension], ruled: Sequence[Ruled]
) -> tuple[rules.Gap, ...]:
    return rules.gaps(judging.dimensions(playbook, asked), _engine(playbook, asked, ruled))


def _proof(
    playbook: Playbook, asked: Mapping[Any, Dimension], ruled: Sequence[Ruled],
    sought: Container[str] = ("overlap", "gap"),
) -> Iterator[Problem]:  # fmt: skip
    """Yield the overlaps and gaps of rules; with `sought` only one of them."""
    if not _sound(playbook, asked, ruled):
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


def _unreachable(
    playbook: Playbook, asked: Mapping[Any, Dimension], ruled: Sequence[Ruled]
) -> Iterator[Problem]:
    if not _sound(playbook, asked, ruled):
        return
    of = judging.dimensions(playbook, asked)
    proved = _engine(playbook, asked, ruled)
    for number, rule in enumerate(proved):
        left = rules.Rule(" ", tuple(gap.box for gap in rules.gaps(of, proved[:number])))
        if number and not rules.overlaps(of, (left, rule)):
            message = msg("The row “{id}” is never reached.", id=rule.id)
            hint = msg("The rows above it take every case; move it up, or remove it.")
            yield Problem("unreachable-row", ruled[number].id.at, message, hint)


def signs(playbook: Playbook) -> Iterator[Problem]:
    """Tables of signs name signs, values and classes that exist.

    Right: `a: {resolve: 高}`. Wrong: `a: {resolve: 很高}`.
    """
    for scheme in playbook.schemes.values():
        classes, known = [*map(str, scheme.classes)], [*map(str, scheme.signs)]
        for table in scheme.sign_tables:
            for row, cells in table.rows.items():
                if row not in classes:
                    message = msg("“{scheme}” has no class “{id}”.", scheme=str(scheme.name),
                                  id=str(row))  # fmt: skip
                    yield Problem("unknown-row", row.at, message, meant(row, classes))
                for sign, cell in cells.items():
                    if sign not in known:
                        message = msg("There is no sign “{id}”.", id=str(sign))
                        yield Problem("unknown-column", sign.at, message, meant(sign, known))
                    else:
                        yield from _sign_values(scheme, sign, cell)
        asked = [*map(str, scheme.dimensions), *known]
        if scheme.told_apart_by is not None and scheme.told_apart_by not in asked:
            value = scheme.told_apart_by
            message = msg("“{id}” is neither a dimension nor a sign.", id=str(value))
            yield Problem("not-decidable", value.at, message, meant(value, asked))


def _sign_values(
    scheme: model.Scheme, sign: Id, cell: Lost | tuple[Name, ...]
) -> Iterator[Problem]:
    described = next(s for id_, s in scheme.signs.items() if id_ == sign)
    allowed = [*map(str, described.values)]
    for value in () if isinstance(cell, Lost) else cell:
        if value not in allowed:
            message = msg("“{name}” has no value “{id}”.", name=str(described.name), id=str(value))
            yield Problem("wrong-value", value.at, message, meant(value, allowed))
