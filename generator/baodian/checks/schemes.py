"""What rulers and decision tables must hold: dimensions, rules, proofs, tables of signs."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from baodian import model
from baodian.checks.conditions import Ruled, faults, kinds
from baodian.checks.proofs import gaps, proof, sound, unreachable
from baodian.checks.walk import meant
from baodian.model.customers import Lost
from baodian.model.fields import Name
from baodian.model.ids import Id
from baodian.playbook import Playbook
from baodian.said.messages import msg
from baodian.said.problems import Problem
from baodian.text.units import same_unit


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
        if kinds(dimension) != 1:
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


def counted_on(playbook: Playbook) -> Iterator[Problem]:
    """What is one more each day is a number of days.

    Right: `{name: 距上次订单, unit: 天, whole: 0 以上, counts_on: yes}`. Wrong: with `unit: 个月`.
    """
    for scheme in playbook.schemes.values():
        for asked in scheme.dimensions.values():
            flag = asked.counts_on
            if flag and not same_unit(str(asked.unit or ""), "天"):
                message = msg("“{name}” cannot count on by itself: it is asked in no days.",
                              name=str(asked.name))  # fmt: skip
                hint = msg("Ask for days (“unit: days”), or take out “{key}”.", key="counts_on")
                yield Problem("wrong-value", flag.at, message, hint)


def class_rules(playbook: Playbook) -> Iterator[Problem]:
    """Rules ask for dimensions and values that exist and can occur; all classes have one or none.

    Right: `when: {trucks: 2 到 9}`. Wrong: `when: {truck: 2 到 9}`.
    """
    for scheme in playbook.schemes.values():
        ruled = _classes(scheme)
        yield from faults(playbook, scheme.dimensions, ruled)
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


def class_proofs(playbook: Playbook) -> Iterator[Problem]:
    """Every customer fits exactly one class of an exclusive scheme.

    Right: `不满 10` and `10 以上`. Wrong: `10 以下` and `10 以上`.
    """
    for scheme in playbook.schemes.values():
        ruled = _classes(scheme)
        if scheme.classes_are == "exclusive" and len(ruled) == len(scheme.classes):
            yield from proof(playbook, scheme.dimensions, ruled)


def proved(playbook: Playbook, scheme: model.Scheme) -> bool:
    """Say whether the rules of a scheme can be decided by: what is in the way is told above."""
    ruled = _classes(scheme)
    if scheme.classes_are == "overlapping":
        return sound(playbook, scheme.dimensions, ruled)
    whole = len(ruled) == len(scheme.classes)
    return (
        whole
        and sound(playbook, scheme.dimensions, ruled)
        and not any(proof(playbook, scheme.dimensions, ruled))
    )


def tables(playbook: Playbook) -> Iterator[Problem]:
    """Rows of a table can be hit and leave no case out, or `otherwise` says what holds then.

    With `hit: one` no case hits two. Right: `不满 80`, `80 以上`. Wrong: `不满 80`, `90 以上`.
    """
    for table in playbook.tables.values():
        ruled = _rows(table)
        yield from faults(playbook, table.ask, ruled)
        for row in table.rows.values():
            for id_ in row.then:
                if id_ not in table.tell:
                    message = msg("“tell” has no “{id}”.", id=str(id_))
                    yield Problem("wrong-value", id_.at, message, meant(id_, map(str, table.tell)))
        if table.hit == "first":
            yield from unreachable(playbook, table.ask, ruled)
        sought = {"overlap"} if table.hit == "one" else set()
        if table.otherwise is None:
            sought.add("gap")
        elif sound(playbook, table.ask, ruled) and not gaps(playbook, table.ask, ruled):
            message = msg("The row “{id}” is never reached.", id="otherwise")
            hint = msg("The rows take every case; remove it.")
            yield Problem("unreachable-row", table.otherwise.at, message, hint)
        yield from proof(playbook, table.ask, ruled, sought)


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
                    yield Problem("unknown-row", row.at, message, meant(row, scheme.class_names()))
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
    for value in () if isinstance(cell, Lost) else cell:
        if value not in described.values:
            message = msg("“{name}” has no value “{id}”.", name=str(described.name), id=str(value))
            yield Problem("wrong-value", value.at, message, meant(value, described.values))
