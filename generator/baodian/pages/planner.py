"""The planner: the tables that share out a month, and the contacts that the rhythms ask for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from baodian import model, page
from baodian.model.plans import AllocationRow
from baodian.model.quantities import Frequency, Range
from baodian.page import Cell, Page, Row
from baodian.pages.ground import Ground
from baodian.pages.handed import (
    PlannerContact,
    PlannerData,
    PlannerNumber,
    PlannerPlan,
    PlannerRow,
)
from baodian.pages.parts.places import PLANNER
from baodian.pages.parts.planning import bucket, named_days, share_word
from baodian.pages.parts.rhythms import how_often
from baodian.pages.sheet import shared_page
from baodian.pages.whom import classes_of, whom
from baodian.playbook import Class
from baodian.playbook.contacts import share
from baodian.text.units import agreed


def write(ground: Ground) -> Iterator[Page]:
    """Yield the planner, if a table says how many hours a day has."""
    t = ground.t
    plans = [
        p for p in ground.playbook.plans.values() if isinstance(p, model.Allocation) and p.hours
    ]
    if not plans:
        return
    lead = t("Enter how many customers you have: days by the table, and what the rhythms need.")
    yield shared_page(
        ground, PLANNER, t("Plan a month"), "plans", "planner",
        (page.Widget("planner", data(ground, plans), tuple(_plain(ground, plans))),),
        lead=page.line(lead), icon="calendar-edit", in_nav=True,
    )  # fmt: skip


def data(ground: Ground, plans: list[model.Allocation]) -> PlannerData:
    """Return the tables, what the rhythms ask of each bucket, and the planner's words."""
    channels = list(ground.playbook.channels.values())
    return {
        "plans": [_plan(ground, plan) for plan in plans],
        "channels": {str(c.id): str(c.name) for c in channels},
        "off": named_days(ground.playbook.settings.days_off),
        "work": named_days(ground.playbook.settings.working_days),
        "words": _words(ground),
    }


# --- tables and rhythms ---------------------------------------------------------------------------


def _plan(ground: Ground, plan: model.Allocation) -> PlannerPlan:
    rows = [_row(ground, plan, str(id_), row) for id_, row in plan.rows.items()]
    asked = [contact for row in rows for contact in row["contacts"]]
    used = {id_ for contact in asked for id_ in contact["channels"]}
    return {
        "id": str(plan.id),
        "name": str(plan.name),
        "href": ground.address(plan),
        "told": page.plain(ground.inline(plan.intro)),
        "days": float(plan.sums.days.number),
        "development": ground.number(plan.development) if plan.development else None,
        "numbers": list(_numbers(ground, plan, used)),
        "rows": rows,
        "events": _events(ground, plan),
    }


def _numbers(ground: Ground, plan: model.Allocation, used: set[str]) -> Iterator[PlannerNumber]:
    """Yield what a reader may set for himself: hours of a day, minutes of each kind of contact."""
    t = ground.t
    yield _number(ground, "hours", plan.hours, t("Hours of a day for customers"), t("hours"))
    for channel in ground.playbook.channels.values():
        if channel.id in used:
            name = t("{name}: minutes for one", name=channel.name)
            yield _number(ground, f"minutes:{channel.id}", channel.minutes, name, t("minutes"))
            if channel.travel:
                name = t("{name}: minutes on the way", name=channel.name)
                yield _number(ground, f"travel:{channel.id}", channel.travel, name, t("minutes"))
    name = t("Minutes to write down a contact")
    yield _number(ground, "record", plan.record, name, t("minutes"))


def _number(ground: Ground, id_: str, given: Range | None, name: str, unit: str) -> PlannerNumber:
    params = given.interval.params if given else ()
    param = ground.playbook.params.get(params[0]) if params else None
    value = ground.number(given) if given else 0
    counted = str(param.unit or unit) if param else unit
    return {
        "id": id_,
        "name": str(param.name) if param else name,
        "unit": counted,
        "value": value,
        "said": f"{value} {agreed(str(value), counted)}",
        "href": ground.href("param", str(param.id)) if param else None,
    }


def _row(ground: Ground, plan: model.Allocation, id_: str, row: AllocationRow) -> PlannerRow:
    t = ground.t
    classes = whom(ground, row.whom)
    contacts = [c for class_ in classes for c in _contacts(ground, plan, class_)]
    if row.each:
        fixed, daily = beats(ground, row.each)
        contacts.append({
            "class": None, "what": t("Meet once"), "href": None,
            "often": str(row.each), "limit": row.each.limit, "fixed": fixed, "daily": daily,
            "part": 1, "channels": [str(c) for c in row.channels],
        })  # fmt: skip
    mix = {str(k): float(v.number) for k, v in row.mix.items()}
    return {
        "id": id_,
        "name": page.plain(bucket(ground, row)),
        "days": float(row.days.number),
        "customers": float(row.customers.number),
        "share": row.share,
        "fresh": not classes,
        "classes": [
            {
                "id": "/".join(c),
                "name": ground.playbook.class_name(c),
                "mix": mix.get(c[1], 0) if mix else 1,
            }
            for c in classes
        ],
        "contacts": contacts,
    }


def _contacts(ground: Ground, plan: model.Allocation, class_: Class) -> Iterator[PlannerContact]:
    """Yield what the rhythms ask of a manager for one customer of a class."""
    for rhythm in _rhythms(ground, plan):
        part = share(ground.playbook, rhythm, class_)
        if rhythm.each is None or not part:
            continue
        fixed, daily = beats(ground, rhythm.each)
        yield {
            "class": "/".join(class_),
            "what": str(rhythm.what),
            "href": ground.address(rhythm),
            "often": page.plain(how_often(ground, rhythm)),
            "limit": rhythm.each.limit,
            "fixed": fixed,
            "daily": daily,
            "part": float(part),
            "channels": [str(c) for c in rhythm.channels],
        }


def _rhythms(ground: Ground, plan: model.Allocation) -> Iterator[model.Rhythm]:
    """Yield the contacts of those whose time a plan shares out."""
    for rhythm in ground.playbook.rhythms.values():
        if rhythm.kind_ == "contact" and (not plan.who or set(plan.who) & set(rhythm.who)):
            yield rhythm


def beats(ground: Ground, often: Frequency) -> tuple[float, float]:
    """Return how often a month has it: a fixed part, and a part for each working day."""
    fixed, daily = often.per_month(ground.playbook.numbers)
    return float(fixed), float(daily)


def _events(ground: Ground, plan: model.Allocation) -> list[str]:
    """Return the contacts that hang on an event: no one can count them beforehand."""
    classes = [c for row in plan.rows.values() for c in whom(ground, row.whom)]
    return [
        f"{rhythm.what}{ground.t.aside(page.plain(how_often(ground, rhythm)))}"
        for rhythm in _rhythms(ground, plan)
        if rhythm.on and any(share(ground.playbook, rhythm, c) for c in classes)
    ]


# --- without scripts ------------------------------------------------------------------------------


def _plain(ground: Ground, plans: list[model.Allocation]) -> Iterator[page.Block]:
    """Yield the tables, the minutes and the rhythms, to reckon by hand."""
    t = ground.t
    yield page.Paragraph(page.line(t("Without scripts the month is reckoned by hand, like this.")))
    for plan in plans:
        columns = (t("Whom"), t("Customers"), t("Days"), t("Share"))
        rows = tuple(
            Row((
                Cell((bucket(ground, row),)), _cell(str(row.customers)), _cell(str(row.days)),
                _cell(share_word(ground, row)),
            ))
            for row in plan.rows.values()
        )  # fmt: skip
        yield page.Table(columns, rows, caption=str(plan.name), dense=True)
    used = {str(c) for r in _rhythms(ground, plans[0]) for c in r.channels}
    numbers = _numbers(ground, plans[0], used)
    yield page.Facts(tuple(
        page.Fact(str(n["name"]), (page.line(f"{n['value']} {n['unit']}"),)) for n in numbers
    ))  # fmt: skip
    rows = tuple(
        Row((
            _cell(str(rhythm.what)), Cell((classes_of(ground, rhythm.whom),)),
            Cell((how_often(ground, rhythm),)),
            _cell(t(" or ").join(ground.title("channel", str(c)) for c in rhythm.channels)),
        ))
        for rhythm in _rhythms(ground, plans[0])
    )  # fmt: skip
    columns = (t("What"), t("For whom"), t("How often"), t("Channel"))
    yield page.Table(columns, rows, caption=t("Contacts by rhythm"))
    settings = ground.playbook.settings
    days = ((t("Days off"), settings.days_off), (t("Days worked instead"), settings.working_days))
    yield page.Facts(tuple(
        page.Fact(name, (page.line(t(", ").join(f"{d} {why}" for d, why in sorted(of.items()))),))
        for name, of in days if of
    ))  # fmt: skip


def _cell(text: str) -> Cell:
    return Cell((page.line(text),) if text else ())


def _words(ground: Ground) -> Mapping[str, str]:
    t = ground.t
    return {
        "who": t("Whose month"),
        "month": t("Month"),
        "days": t("Working days"),
        "days_note": t("{n} {n|weekday|weekdays} in this month; take off public holidays."),
        "days_known": t("{n} working {n|day|days} in this month."),
        "days_off": t("Off: {names}."),
        "days_made": t("Worked instead: {names}."),
        "customers": t("How many customers"),
        "once": t(
            "Each customer counts once, in the row where he is looked after. A column copied "
            "from a sheet can be pasted: it fills the fields from here downwards."
        ),
        "unit": t("customers"),
        "classes": t("By class"),
        "mix_note": t("Without figures by class they are spread as the table usually has them."),
        "numbers": t("Minutes and hours"),
        "numbers_note": t("These are estimates of ours. Change them to what you really need."),
        "as_set": t("{n} as set"),
        "reset": t("As the handbook has it"),
        "again": t("Clear this month's figures"),
        "cleared": t("Cleared: the figures of the table stand here again."),
        "pasted": t("{n} {n|field|fields} filled."),
        "pasted_rest": t("{n} {n|line|lines} more than there are fields."),
        "pasted_none": t(
            "{n} {n|line|lines} without a number from 0 to 9999: "
            "{n|its field stays as it was|their fields stay as they were}."
        ),
        "bad": t("A number of 0 or more is needed here."),
        "bad_some": t("A number above 0 is needed here."),
        "bad_most": t("No more than {n} is possible here."),
        "result": t("What comes out"),
        "by_table": t("By the table"),
        "by_need": t("By the rhythms"),
        "n_days": t("{n} {n|day|days}"),
        "day": t("days"),
        "row_note": t(
            "{customers} {customers|customer|customers} · {contacts} · {hours} {hours|hour|hours}"
        ),
        "times": t("{name} {n} {n|time|times}"),
        "over": t("{n} {n|day|days} too many"),
        "left": t("{n} {n|day|days} left"),
        "even": t("just right"),
        "all": t("Together"),
        "how": t("How it is reckoned"),
        "sum": t(
            "{name}: {often}, {customers} {customers|customer|customers} × {times} "
            "{times|time|times} × {minutes} {minutes|minute|minutes} "
            "= {hours} {hours|hour|hours} ({channel})"
        ),
        "nothing": t("No rhythm of yours asks for a contact here."),
        "fits": t("It fits: {need} of {days} working {days|day|days}, {left} left."),
        "not": t(
            "It does not fit: {need} {need|day is|days are} needed, there {days|is|are} {days}. "
            "{over} too many."
        ),
        "cause": t(
            "Most over: {name}. The table has {plan} {plan|day|days}, the rhythms need {need}."
        ),
        "cause_of": t("Most of it: {name}, {what}, {n} {n|day|days}."),
        "inside": t("In all it fits, but {name} needs {over} {over|day|days} more than its row."),
        "levers": t("What can be done"),
        "lever_call": t("{name}, {what}: {to} counts too. All of them so: {n} {n|day|days} less."),
        "lever_floor": t("{name}, {what}: {often} is the least, no fewer."),
        "lever_fixed": t("{name}, {what}: {often} is set, no fewer."),
        "lever_trip": t("{name}: {what} in one visit saves the way, up to {n} {n|day|days}."),
        "lever_many": t(
            "{name}: {n} {n|customer|customers} more than the table reckons with ({table}). "
            "Ask your supervisor who takes some over."
        ),
        "lever_left": t("Days left elsewhere: {names}."),
        "month_total": t("In the month: {text}"),
        "lever_ask": t(
            "If that is not enough, take this to your supervisor. No rhythm is cut in silence."
        ),
        "ratio": t("Development : care"),
        "development": t("development"),
        "care": t("care"),
        "wanted": t("As set: {a} : {b}"),
        "further": t("{n} {n|point|points} more development than set"),
        "short": t("{n} {n|point|points} less development than set"),
        "events": t("Not reckoned, because nobody knows when: {names}. Leave some room."),
        "not_city": t(
            "Rhythms and minutes are those of the handbook. "
            "Where your city has others, change the minutes above."
        ),
        "week": t("The month, half-day by half-day"),
        "week_note": t(
            "Spread evenly by the days of the table; new customers always on the same "
            "mornings. Tap a half-day to change it."
        ),
        "week_n": t("Week {n}"),
        "am": t("morning"),
        "pm": t("afternoon"),
        "free": t("free"),
        "off": t("Tap if this is no working day"),
        "half": t("{day} {half}: {what}"),
        "weekend": t("A day of a weekend is worked"),
        "weekdays": t("Mon, Tue, Wed, Thu, Fri, Sat, Sun"),
        "months": t("Jan, Feb, Mar, Apr, May, Jun, Jul, Aug, Sep, Oct, Nov, Dec"),
        "date": t("{weekday} {day} {month}"),
        "too_many": t(
            "{n} half-{n|day|days} more than the working days have. Put {n|it|them} on another "
            "day yourself."
        ),
        "too_few": t("{n} half-{n|day is|days are} free: holidays, or as you like."),
        "as_spread": t("Spread anew"),
        "counted": t("In the calendar: {text}"),
        "ics": t("Download for the calendar (.ics)"),
        "ics_note": t("Apps such as chat programs often block downloads. Then copy the text."),
        "ics_again": t(
            "Changed something later? Download again and open the file: the old entries change "
            "with it, and those that are gone are called off."
        ),
        "calendar": t("Customer plan"),
        "copy": t("Copy as text"),
        "copied": t("Copied"),
        "by_hand": t("Select the text and copy it"),
        "print": t("Print"),
        "saved": t("Kept on this device only."),
        "blocked": t("This browser keeps nothing: the figures are gone when the page is closed."),
        "full": t("The browser's storage is full: the last change is not kept."),
        "newer": t("These figures were kept by a newer handbook; changes are not kept."),
    }
