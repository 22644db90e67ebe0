"""Numbers and ledgers agree with themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator

from baodian import model
from baodian.checks.walk import kept, meant
from baodian.model import intervals, kinds, telephones
from baodian.model.fields import Bad
from baodian.model.plans import AllocationRow
from baodian.model.quantities import Day, Number, Quantity
from baodian.playbook import Playbook
from baodian.said.messages import Message, msg
from baodian.said.problems import Problem, Related

SATURDAY = 5  # of a week that begins with 0


def approvals(playbook: Playbook) -> Iterator[Problem]:
    """Somebody has approved what changes from a day on and what differs in a city.

    Right: `approved_by: 合规`, of the whole or of each step. Wrong: neither.
    """
    hint = msg("Write who has: “approved_by: …”.")
    layers: list[model.Change | model.Overlay] = [*playbook.of(model.Change).values()]
    for layer in (*layers, *playbook.overlays.values()):
        if layer.draft or layer.approved_by is not None:
            continue
        steps: dict[model.records.StepRef, object] = {**layer.change, **layer.withdraw}
        approved = {ref for ref, step in steps.items() if getattr(step, "approved_by", None)}
        if not approved:
            message = msg("Nobody has approved “{name}”.", name=layer.label)
            yield Problem("not-approved", layer.id.at, message, hint)
            continue
        for ref in (*steps, *layer.add):
            if ref not in approved:
                message = msg("Nobody has approved this.")
                yield Problem("not-approved", ref.at, message, hint)


def days_of_the_year(playbook: Playbook) -> Iterator[Problem]:
    """A date is a holiday or a day worked instead, and only days of a weekend are worked instead.

    Right: `days_off: {2027-01-01: 元旦}`. Wrong: the same date under `working_days`.
    """
    settings = playbook.settings
    holidays = {day.date: day for day in settings.days_off}
    for day in settings.working_days:
        if day.date in holidays:
            related = (Related(holidays[day.date].at, msg("It is a holiday here.")),)
            message = msg("{day} is a holiday and a working day at once.", day=str(day))
            yield Problem("dates", day.at, message, msg("Take one of them out."), related)
        elif day.date.weekday() < SATURDAY:
            message = msg("{day} is no day of a weekend.", day=str(day))
            hint = msg("Only Saturdays and Sundays that are worked for a holiday stand here.")
            yield Problem("dates", day.at, message, hint)


def freshness(playbook: Playbook) -> Iterator[Problem]:
    """Times to read again are set for kinds that exist, in days; all of a kind was read by today.

    Right: `script: 90 天`, `script: 2026-11-22`. Wrong: `scripts: 90 天`, `script: 3 月`.
    """
    settings, words = playbook.settings, (*kinds.words(), "default")
    for key in (*settings.freshness, *settings.reviewed):
        if key not in words:
            message = msg("There is no kind “{kind}”.", kind=str(key))
            yield Problem(
                "wrong-choice", key.at, message, meant(kinds.meant(key, words) or key, words)
            )
    for quantity in settings.freshness.values():
        yield from _in_days(quantity)
    for day in settings.reviewed.values():
        yield from _read_by_today(playbook, day)


def times_to_reread(playbook: Playbook) -> Iterator[Problem]:
    """A thing's own time to be read again is in days too.

    Right: `freshness: 90 天`. Wrong: `freshness: 3 月`.
    """
    for record in kept(playbook):
        if isinstance(record, model.Kept) and record.freshness is not None:
            yield from _in_days(record.freshness)


def _in_days(quantity: Quantity) -> Iterator[Problem]:
    if quantity.unit.casefold() not in {"天", "日", "day", "days"} or not quantity.number:
        message = msg("The time to reread is given in days.")
        hint = msg("Write a number and its unit, such as “90 days”.")
        yield Problem("bad-quantity", quantity.at, message, hint)


def reviews(playbook: Playbook) -> Iterator[Problem]:
    """What was read was there to read: nobody has read anything on a day to come.

    Right: `reviewed: 2026-11-22`. Wrong: `reviewed: 2062-11-22`.
    """
    for record in kept(playbook):
        if isinstance(record, model.Kept) and record.reviewed is not None:
            yield from _read_by_today(playbook, record.reviewed)


def _read_by_today(playbook: Playbook, day: Day) -> Iterator[Problem]:
    if playbook.day is not None and day.date > playbook.day:
        message = msg("{day} is still to come; nobody has read it on that day.", day=str(day))
        hint = msg("Write the day on which somebody last read it.")
        yield Problem("dates", day.at, message, hint)


def parameters(playbook: Playbook) -> Iterator[Problem]:
    """A parameter's value is of its type and within what is allowed.

    Right: `default: 30, allowed: 15 到 60`. Wrong: `default: 90, allowed: 15 到 60`.
    """
    for param in playbook.params.values():
        if (wanted := _wanted(param)) is not None:
            message = msg("“{text}” does not fit the type.", text=str(param.default))
            yield Problem("wrong-value", param.default.at, message, wanted)
        elif param.allowed is not None:
            yield from _allowed(playbook, param)


def _wanted(param: model.Param) -> Message | None:
    forms = {
        "count": (r"[0-9]{1,9}", msg("A count is digits only; its unit stands under “unit”.")),
        "percent": (r"100|[0-9]{1,2}", msg("A percentage is a whole number from 0 to 100.")),
    }
    if param.type == "phone":
        return None if _callable(str(param.default)) else telephones.form()
    pattern, hint = forms.get(param.type, (".*", None))
    return None if re.fullmatch(pattern, param.default) else hint


def _callable(text: str) -> bool:
    try:
        return all(isinstance(call, telephones.Call) for call in telephones.parse(text))
    except Bad:
        return False


def telephone_parameters(playbook: Playbook) -> Iterator[Problem]:
    """A parameter that stands for a telephone number is one.

    Right: `tel: 【param:duty-phone】`. Wrong: `tel: 【param:plan-hours】`.
    """
    for row in playbook.escalations.values():
        for call in row.tel.calls if row.tel else ():
            if isinstance(call, telephones.Given) and call.param in playbook.params:
                param = playbook.params[call.param]
                if param.type != "phone":
                    message = msg("“{ref}” is no telephone number.", ref=param.key)
                    related = Related(param.default.at, msg("Its value stands here."))
                    hint = msg("Only a parameter of “type: phone” can stand here.")
                    assert row.tel is not None
                    yield Problem("wrong-value", row.tel.at, message, hint, (related,))


def _allowed(playbook: Playbook, param: model.Param) -> Iterator[Problem]:
    assert param.allowed is not None
    if param.type not in {"count", "percent"}:
        message = msg("“allowed” goes only with numbers.")
        yield Problem("wrong-value", param.allowed.at, message, msg("Remove it."))
        return
    if set(param.allowed.interval.params) - {*playbook.numbers}:
        return  # told by `references.of_parameters`
    allowed = param.allowed.interval.resolve(playbook.numbers)
    if not allowed.contains(int(param.default)):
        message = msg("“{text}” is not allowed.", text=str(param.default))
        hint = msg("It can be {allowed}.", allowed=allowed.message())
        yield Problem("wrong-value", param.default.at, message, hint)


def sums(playbook: Playbook) -> Iterator[Problem]:
    """The sums of an allocation are the sums of its rows.

    Right: days 10 and 10, sum 20. Wrong: days 10 and 10, sum 22.
    """
    for plan in playbook.plans.values():
        if not isinstance(plan, model.Allocation):
            continue
        rows = plan.rows.values()
        yield from _sum(plan.sums.customers, [row.customers for row in rows])
        yield from _sum(plan.sums.days, [row.days for row in rows])
        for row in rows:
            if row.mix:
                yield from _mix(playbook, row)


def _mix(playbook: Playbook, row: AllocationRow) -> Iterator[Problem]:
    classes = [c for s in row.whom for term in s.terms[:1] for c in playbook.selected(term)]
    names = [class_ for _, class_ in classes]
    for id_ in row.mix:
        if names and id_ not in names:  # without any, `references.to_classes` tells
            message = msg("“{id}” is no class of this row.", id=str(id_))
            yield Problem("unknown-row", id_.at, message, meant(id_, names))
    total = round(sum(number.number for number in row.mix.values()), 6)
    if total != row.customers.number:
        text = intervals.bound_text(int(total)) if total == int(total) else str(total)
        message = msg(
            "The classes add up to {total}, not {given}.", total=text, given=str(row.customers)
        )
        hint = msg("Correct a class, or “customers”.")
        yield Problem("wrong-sum", row.customers.at, message, hint)


def _sum(given: Number, numbers: list[Number]) -> Iterator[Problem]:
    total = round(sum(number.number for number in numbers), 6)
    if given.number != total:
        text = intervals.bound_text(int(total)) if total == int(total) else str(total)
        message = msg("The rows add up to {total}, not {given}.", total=text, given=str(given))
        hint = msg("Write {total}, or correct a row.", total=text)
        yield Problem("wrong-sum", given.at, message, hint)


def days_of_cases(playbook: Playbook) -> Iterator[Problem]:
    """The days of a case rise.

    Right: day 1, day 3. Wrong: day 3, day 1.
    """
    for case in playbook.cases.values():
        for before, after in zip(case.actions, case.actions[1:], strict=False):
            if after.day.number < before.day.number:
                message = msg(
                    "Day {b} comes after day {a}.", a=before.day.number, b=after.day.number
                )
                hint = msg("Put the actions in the order of their days.")
                yield Problem("dates", after.day.at, message, hint)


def ledgers(playbook: Playbook) -> Iterator[Problem]:
    """A fact that is used says where; one that is not says why.

    Right: `use: adopted, in: [scheme:closing]`. Wrong: `use: declined` alone.
    """
    for source in playbook.sources.values():
        for id_, fact in source.facts.items():
            if fact.use in {"adopted", "adapted"} and not fact.in_:
                message = msg("It is not said where this fact is used.")
                yield Problem("missing-key", id_.at, message, msg("Add “{key}: …”.", key="in"))
            elif fact.use in {"declined", "reference"} and not fact.in_ and fact.why is None:
                message = msg("It is not said why this fact is not used.")
                yield Problem("missing-key", id_.at, message, msg("Add “{key}: …”.", key="why"))
