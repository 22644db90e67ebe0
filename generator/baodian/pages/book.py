"""The customer book: by which rules and rhythms the customers of a device are due, as data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from baodian import model, page, rules
from baodian.model.plans import TimetableEntry
from baodian.model.quantities import DAYS_OF_YEAR, Frequency, parameters_in
from baodian.model.references import Ref, Selector
from baodian.page import Cell, Link, LinkItem, Page, Row
from baodian.pages.ground import Ground
from baodian.pages.handed import (
    BookClass,
    BookData,
    BookPlan,
    BookRhythm,
    BookScheme,
    BookStep,
    Whom,
)
from baodian.pages.parts.places import BOOK, BOOK_ID, PLANNER
from baodian.pages.parts.planning import named_days
from baodian.pages.parts.rhythms import how_often
from baodian.pages.parts.rulers import asked, rule
from baodian.pages.sheet import shared_page
from baodian.pages.whom import classes_of
from baodian.pages.widgets.book import words
from baodian.playbook import applies_to, judging
from baodian.playbook.contacts import Contacts
from baodian.playbook.places import places
from baodian.playbook.successors import stands_for

MONTHS = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}
SHORTEST = {"day": 1, "week": 7, "month": 28, "quarter": 90, "half-year": 181, "year": DAYS_OF_YEAR}
"""The fewest days of each period."""
AT_MOST = frozenset(("最多", "at most"))
KEPT = ("rhythm:", "class:", "plan:")
"""Kinds of ids that a device keeps."""
ENDLESS = 366
"""Days that a step may take whose end is left open."""


def write(ground: Ground) -> Iterator[Page]:
    """Yield the book, if customers are contacted again and again."""
    if BOOK_ID not in places(ground.playbook):
        return
    t = ground.t
    rhythms = _rhythms(ground)
    told = t("Your customers by a code of your own: who is due today, why, and what to say. They "
             "stand on this device only, and need a browser with scripts.")  # fmt: skip
    columns = (t("What"), t("For whom"), t("How often"))
    rows = tuple(
        Row((Cell((_link(ground, r),)), Cell((classes_of(ground, r.whom),)),
             Cell((how_often(ground, r),))))
        for r in rhythms
    )  # fmt: skip
    blocks: tuple[page.Block, ...] = (
        page.Paragraph(page.line(told)),
        page.Table(columns, rows, caption=t("Contacts by rhythm")),
    )
    if "planner" in places(ground.playbook):
        blocks += (page.Links((LinkItem(Link(t("Plan a month"), PLANNER)),)),)
    yield shared_page(
        ground, BOOK, t("Customer book"), "home", "book",
        (page.Widget("book", data(ground), blocks),),
        lead=page.line(t("Who is due today, and what to say.")), icon="notebook-check",
    )  # fmt: skip


def _link(ground: Ground, rhythm: model.Rhythm) -> page.Inline:
    return (Link(rhythm.label, ground.address(rhythm)),)


def data(ground: Ground) -> BookData:
    """Return rulers, rhythms and timetables as the script reckons with them, and its words."""
    playbook = ground.playbook
    rhythms = _rhythms(ground)
    plans = [p for p in playbook.plans.values() if isinstance(p, model.Timetable)]
    schemes = _schemes(ground, rhythms, plans)
    classes = {str(s.id): [_class(ground, s, str(id_)) for id_ in s.classes] for s in schemes}
    used = {str(s.judges) for s in schemes}
    kinds = [(str(i), str(name)) for i, name in playbook.settings.kinds_of_customer.items()]
    made = [_rhythm(ground, r) for r in rhythms]
    things = {f"script:{one['script']}" for one in made} | {f"checklist:{o['list']}" for o in made}
    for one in (one for of in classes.values() for one in of):
        things |= {f"script:{one['script']}", f"checklist:{one['list']}"}
    roles = Counter(str(role) for r in rhythms for role in r.who)
    return {
        "kinds": [kind for kind in kinds if kind[0] in used],
        "schemes": [_scheme(ground, s, classes[str(s.id)]) for s in schemes],
        "rhythms": made,
        "plans": [_plan(ground, plan) for plan in plans],
        "things": dict(_things(ground, sorted(things))),
        "roles": [(role, ground.title("role", role)) for role in roles],
        "role": roles.most_common(1)[0][0],
        "off": named_days(playbook.settings.days_off),
        "work": named_days(playbook.settings.working_days),
        "retired": retired(playbook.retired),
        "words": words(ground.t),
    }


def _rhythms(ground: Ground) -> list[model.Rhythm]:
    """Return the contacts that are made with each customer again and again, and must be."""
    known = set(ground.playbook.numbers)
    return [
        r
        for r in ground.playbook.rhythms.values()
        if r.kind_ == "contact"
        and r.each
        and r.each.limit not in AT_MOST
        and set(parameters_in(r.each)) <= known
    ]


def _schemes(
    ground: Ground, rhythms: Iterable[model.Rhythm], plans: Iterable[model.Timetable]
) -> list[model.Scheme]:
    """Return the rulers that say who is contacted, or whom a timetable is for."""
    named = {t.scheme for r in rhythms for s in r.whom for t in s.terms}
    named |= {t.scheme for p in plans for s in p.for_ for t in s.terms}
    every = any(s.everyone for r in rhythms for s in r.whom)
    schemes = ground.playbook.schemes.values()
    return [s for s in schemes if str(s.id) in named or (every and s.has_guides)]


def _scheme(ground: Ground, scheme: model.Scheme, classes: list[BookClass]) -> BookScheme:
    dimensions = judging.dimensions(ground.playbook, scheme.dimensions)
    return {
        "id": str(scheme.id),
        "name": str(scheme.name),
        "judges": str(scheme.judges),
        "asks": [
            {**asked(d), "on": bool(of.counts_on)}
            for d, of in zip(dimensions, scheme.dimensions.values(), strict=True)
        ],
        "walk": rules.walk(dimensions, judging.rules_of(ground.playbook, scheme)),
        "classes": classes,
    }


def _class(ground: Ground, scheme: model.Scheme, id_: str) -> BookClass:
    class_ = next(c for known, c in scheme.classes.items() if known == id_)
    first = {"script": "", "checklist": ""}
    for one in applies_to(ground.playbook, (str(scheme.id), id_)):
        kind = one.entity.kind
        if kind in first and not first[kind] and one.why != "everyone" and not one.condition:
            first[kind] = str(one.entity.id)
    return {
        "id": id_,
        "name": scheme.class_name(id_),
        "href": ground.class_address(scheme, id_),
        "why": [page.plain(line) for line in rule(ground, scheme, class_)],
        "script": first["script"],
        "list": first["checklist"],
    }


def retired(replaced: Mapping[str, tuple[str, object]]) -> dict[str, str]:
    """Return what stands now for each retired rhythm, class or plan, by `kind:id`."""
    ends = {old: stands_for(replaced, old) for old in replaced if "#" not in old}
    return {
        old: new
        for old, new in ends.items()
        if old.startswith(KEPT)
        and new.partition(":")[0] == old.partition(":")[0]
        and new not in replaced
    }


# --- rhythms and timetables -----------------------------------------------------------------------


def _rhythm(ground: Ground, rhythm: model.Rhythm) -> BookRhythm:
    months, days = gap(ground, rhythm.each) if rhythm.each else (0, 0)
    return {
        "id": str(rhythm.id),
        "what": str(rhythm.what),
        "often": page.plain(how_often(ground, rhythm)),
        "who": [str(role) for role in rhythm.who],
        "months": months,
        "days": days,
        "apart": [ref.id for ref in rhythm.apart],
        "whom": _whom(ground, rhythm.whom),
        "script": _shown(ground, "script", rhythm.script),
        "list": _shown(ground, "checklist", rhythm.checklist),
    }


def gap(ground: Ground, often: Frequency) -> tuple[int, int]:
    """Return (months, days) after which a contact is due again; one of both is 0.

    Once in a period: one period later by the calendar. Several times: so many days that even the
    shortest period has as many as are asked for.
    """
    number = ground.playbook.numbers

    def count(text: str) -> int:
        id_ = text.removeprefix("【param:").removesuffix("】")
        return number[id_] if id_ != text else int(text)

    times, every = max(count(often.count), 1), max(count(often.every), 1)
    if times == 1 and often.unit in MONTHS:
        return MONTHS[often.unit] * every, 0
    return 0, max(SHORTEST[often.unit] * every // times, 1)


def _whom(ground: Ground, selectors: Iterable[Selector]) -> Whom:
    named = Contacts(ground.playbook).named
    return [
        {} if s.everyone else {scheme: sorted(ids) for scheme, ids in named(s).items()}
        for s in selectors
    ]


def _shown(ground: Ground, kind: str, id_: object) -> str:
    """Return an id, "" for none or for what this edition does not show."""
    return str(id_) if id_ and ground.href(kind, str(id_)) else ""


def _things(ground: Ground, keys: Iterable[str]) -> Iterator[tuple[str, tuple[str, str]]]:
    for key in keys:
        kind, _, id_ = key.partition(":")
        if id_:
            yield key, (ground.title(kind, id_), ground.href(kind, id_) or "")


def _plan(ground: Ground, plan: model.Timetable) -> BookPlan:
    return {
        "id": str(plan.id),
        "name": str(plan.name),
        "zero": str(plan.day_zero),
        "href": ground.address(plan),
        "whom": _whom(ground, plan.for_),
        "steps": [_step(ground, plan, str(id_), entry) for id_, entry in plan.entries.items()],
        "until": [
            {
                "id": str(id_),
                "text": page.plain(ground.inline(u.text)),
                "whom": _whom(ground, u.whom),
            }
            for id_, u in plan.until.items()
        ],
    }


def _step(ground: Ground, plan: model.Timetable, id_: str, entry: TimetableEntry) -> BookStep:
    span = entry.days.interval.resolve(ground.playbook.numbers)
    first, last = (
        int(edge[1]) if edge[0] == 0 else None for edge in (span.start(True), span.end(True))
    )
    low = 0 if first is None else first
    high = low + ENDLESS if last is None else last - 1
    return {
        "id": id_,
        "what": page.plain(ground.inline(entry.what)),
        "early": -high if plan.backwards else low,
        "late": -low if plan.backwards else high,
        "see": _see(ground, entry.see),
    }


def _see(ground: Ground, refs: Iterable[Ref]) -> list[tuple[str, str]]:
    return [(link.text, link.href) for link in ground.links(refs)]
