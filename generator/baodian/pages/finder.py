"""The class finder: every ruler as questions, and what follows from the classes, as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from baodian import model, page, rules
from baodian.page import Link, LinkItem, Page
from baodian.pages.ground import Ground
from baodian.pages.handed import (
    FinderData,
    FinderFollows,
    FinderScheme,
    FinderTable,
    FinderThing,
)
from baodian.pages.parts.entitled import cell_marks
from baodian.pages.parts.places import FINDER
from baodian.pages.parts.rhythms import how_often
from baodian.pages.parts.rulers import asked, looks, rule
from baodian.pages.sheet import shared_page
from baodian.pages.whom import classes_of, role_names
from baodian.playbook import Applies, Class, applies_to, judging

DAYS = {"day": 1, "week": 7, "month": 30, "quarter": 91, "half-year": 182, "year": 365}


def write(ground: Ground) -> Iterator[Page]:
    """Yield the finder, if there is a ruler to find by."""
    t = ground.t
    schemes = list(ground.playbook.schemes.values())
    schemes.sort(key=lambda s: not s.has_guides)
    if not schemes:
        return
    links = tuple(
        LinkItem(Link(str(s.question or s.name), ground.address(s)),
                 page.line(str(s.name)))
        for s in schemes
    )  # fmt: skip
    lead = t("Answer what you know. The handbook says which class it is, why, and what follows.")
    yield shared_page(ground,
        FINDER, t("Which class this customer is"), "customers", "finder",
        (page.Widget("finder", data(ground, schemes), (page.Links(links),)),),
        lead=page.line(lead), icon="target", in_nav=True,
    )  # fmt: skip


def data(ground: Ground, schemes: list[model.Scheme]) -> FinderData:
    """Return the rulers with their rules, what applies to each class, and the finder's words."""
    classes = [(str(s.id), str(id_)) for s in schemes for id_ in s.classes]
    by_class = {class_: _applied(ground, class_) for class_ in classes}
    things = {
        f"{a.entity.kind}:{id_}": _thing(ground, a.entity.kind, id_)
        for applied in by_class.values()
        for a, id_ in applied
    }
    kinds = ground.playbook.settings.kinds_of_customer
    used = {str(s.judges) for s in schemes}
    return {
        "kinds": [(str(id_), str(name)) for id_, name in kinds.items() if id_ in used],
        "schemes": [_scheme(ground, s) for s in schemes],
        "things": things,
        "applies": {"/".join(c): _follows(ground, c, applied) for c, applied in by_class.items()},
        "words": _words(ground),
    }


# --- rulers ---------------------------------------------------------------------------------------


def _scheme(ground: Ground, scheme: model.Scheme) -> FinderScheme:
    playbook = ground.playbook
    dimensions = judging.dimensions(playbook, scheme.dimensions)
    return {
        "id": str(scheme.id),
        "name": str(scheme.name),
        "question": str(scheme.question or scheme.name),
        "judges": str(scheme.judges),
        "asks": [asked(d) for d in dimensions],
        "walk": rules.walk(dimensions, judging.rules_of(playbook, scheme)),
        "classes": [
            {
                "id": str(id_),
                "name": scheme.class_name(str(id_)),
                "href": ground.class_address(scheme, str(id_)),
                "told": page.plain(ground.inline(class_.text)),
                "then": page.plain(ground.inline(class_.then)),
                "looks": [page.plain(line) for line in looks(ground, class_)],
                "why": [page.plain(line) for line in rule(ground, scheme, class_)],
            }
            for id_, class_ in scheme.classes.items()
        ],
        "signs": [
            {"id": str(id_), "name": str(sign.name), "values": [str(v) for v in sign.values]}
            for id_, sign in scheme.signs.items()
        ],
        "tables": [_signs(ground, table) for table in scheme.sign_tables],
        "apart": str(scheme.told_apart_by or ""),
    }


def _signs(ground: Ground, table: model.customers.SignTable) -> FinderTable:
    rows: dict[str, dict[str, list[str]]] = {}
    for class_, cells in table.rows.items():
        rows[str(class_)] = {
            str(sign): [str(v) for v in cell]
            for sign, cell in cells.items()
            if isinstance(cell, tuple)
        }
    return {
        "for": page.plain(classes_of(ground, table.for_)) if table.for_ else "",
        "rows": rows,
    }


# --- what follows ---------------------------------------------------------------------------------


def _applied(ground: Ground, class_: Class) -> list[tuple[Applies, str]]:
    """Return what applies to a class by itself or with others, with the id of each."""
    applied: list[tuple[Applies, str]] = []
    for a in applies_to(ground.playbook, class_):
        if a.why == "everyone":
            continue
        if a.entity.kind in ("rhythm", "script", "checklist"):
            applied.append((a, str(getattr(a.entity, "id", ""))))
    return applied


def _thing(ground: Ground, kind: str, id_: str) -> FinderThing:
    entity = ground.playbook.of_kind(kind)[id_]
    thing: FinderThing = {"title": entity.label, "href": ground.address(entity)}
    if isinstance(entity, model.Rhythm):
        often = entity.each or entity.whole
        thing["often"] = page.plain(how_often(ground, entity))
        thing["days"] = _days(ground, often) if often else 0
        thing["who"] = role_names(ground, entity.who)
        thing["of"] = str(entity.kind_)
    return thing


def _days(ground: Ground, often: object) -> float:
    """Return how many days lie between two times at most, to sort by."""
    numbers = ground.playbook.numbers

    def number(text: str) -> float:
        id_ = text.removeprefix("【param:").removesuffix("】")
        return float(numbers.get(id_, 1) if id_ != text else text)

    every = number(str(getattr(often, "every", "1")))
    count = number(str(getattr(often, "count", "1")))
    return round(DAYS[str(getattr(often, "unit", "day"))] * every / count, 2)


def _follows(ground: Ground, class_: Class, applied: list[tuple[Applies, str]]) -> FinderFollows:
    def things(kind: str) -> list[tuple[str, list[str]]]:
        of_kind = ((a, id_) for a, id_ in applied if a.entity.kind == kind)
        return [(id_, ["/".join(c) for c in a.condition]) for a, id_ in of_kind]

    def texts(*lines: model.fields.Prose) -> list[str]:
        return [page.plain(ground.inline(line)) for line in lines]

    measures: list[tuple[str, str, str, str, str]] = []
    for entity in ground.playbook.matrices.values():
        if isinstance(entity, model.EntitlementMatrix) and entity.rows == class_[0]:
            for id_, (mark, note, _) in cell_marks(ground, entity, class_[1]).items():
                told = page.plain(ground.inline(note)) if note else ""
                measure = ground.playbook.measures[id_]
                measures.append((id_, measure.label, mark, told, ground.address(measure)))
    guide = ground.playbook.class_guides.get(class_)
    return {
        "rhythm": things("rhythm"),
        "script": things("script"),
        "checklist": things("checklist"),
        "measure": measures,
        "goal": texts(guide.goal) if guide else [],
        "do": texts(*guide.do) if guide else [],
        "dont": texts(*guide.dont) if guide else [],
    }


def _words(ground: Ground) -> Mapping[str, str]:
    t = ground.t
    return {
        "kind": t("What are you looking at? Several may hold."),
        "unknown": t("don't know"),
        "known": t("I know the class already"),
        "choose": t("choose"),
        "certain": t("It is: {name}", name="{name}"),
        "why": t("Because: {rule}", rule="{rule}"),
        "possible": t("Still possible: {names}", names="{names}"),
        "ask": t("Find out next: {name}", name="{name}"),
        "no_number": t("A number is needed here, such as 30."),
        "outside": t("“{name}” does not have such a value.", name="{name}"),
        "none": t("No class fits these answers."),
        "start": t("Answer what you know; the rest may stay open."),
        "signs": t("Signs that help"),
        "signs_note": t("Signs point to a class and never prove it."),
        "points": t(
            "{name}: {yes} {yes|sign fits|signs fit}, {no} {no|does|do} not.",
            name="{name}",
            yes="{yes}",
            no="{no}",
        ),
        "tie": t("The signs cannot decide between {names}.", names="{names}"),
        "tie_ask": t("Ask: {name}", name="{name}"),
        "for": t("For: {names}", names="{names}"),
        "profile": t("This customer"),
        "empty": t("No class yet. Answer the questions above."),
        "copy": t("Copy the address"),
        "copied": t("Copied"),
        "by_hand": t("Select the text and copy it"),
        "save": t("Save under My handbook"),
        "name": t("A code of your own for this customer"),
        "personal": t("No names, shops or numbers: use a code of your own, such as QG-07."),
        "saved": t("Saved on this device."),
        "not_saved": t("It could not be saved: the browser keeps nothing here."),
        "clear": t("Start again"),
        "guide": t("What to do, all together"),
        "goal": t("In one sentence"),
        "do": t("Do"),
        "contact": t("With the customer, most often first"),
        "review": t("Of the records"),
        "supervisor": t("By the supervisor"),
        "measures": t("Entitlements"),
        "scripts": t("What to say"),
        "checklists": t("What to check"),
        "dont": t("What not to do"),
        "differ": t("They differ; both stand here."),
        "if": t("if {names}", names="{names}"),
        "yes": t("Included"),
        "approve": t("With approval"),
        "stopped": t("Suspended"),
        "from": t("from {names}", names="{names}"),
        "more": t("Show {n} more", n="{n}"),
    }
