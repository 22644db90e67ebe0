"""Cases: one page each, and the index by problem."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from baodian import model, page
from baodian.model.fields import Prose
from baodian.model.references import ClassRef
from baodian.page import (
    Cell,
    Entry,
    Fact,
    Heading,
    Origin,
    Page,
    PictureCell,
    PictureStep,
    Row,
    Step,
)
from baodian.pages.ground import Ground, anchored
from baodian.pages.parts.cards import card
from baodian.pages.provenance import basis
from baodian.pages.sheet import entity_page, home, shared_page
from baodian.pages.whom import class_filter
from baodian.text.units import agreed

SECTION = "cases"
ICON = "book-open-variant"


def write(ground: Ground) -> Iterator[Page]:
    """Yield the index of cases and a page for each."""
    cases = list(ground.playbook.cases.values())
    if cases:
        yield _index(ground, cases)
    yield from ground.each(_case, cases)


def _case(ground: Ground, case: model.Case) -> Page:
    t = ground.t
    facts = [Fact(t("Customer"), tuple((_class(ground, c),) for c in case.profile))]
    if case.background:
        origin = Origin(case.key, None, case.background.at)
        facts.append(Fact(t("Background"), (ground.inline(case.background),), origin))
    problem = Origin(case.key, None, case.problem.at)
    blocks: list[page.Block] = [
        page.Facts((*facts, Fact(t("Problem"), (ground.inline(case.problem),), problem))),
        Heading(t("What was done"), "h-actions"),
        page.Steps(tuple(_action(ground, case, a) for a in case.actions)),
    ]
    if case.results:
        blocks += [
            Heading(t("What came of it"), "h-results"),
            _drawn(ground, case),
            _results(ground, case),
        ]
    blocks += [
        Heading(t("What to take from it"), "h-lesson"),
        _noted(ground, case, "tip", t("Lesson"), case.lesson),
    ]
    if case.avoid:
        blocks.append(_noted(ground, case, "note", t("Do not repeat"), case.avoid))
    if case.next:
        fact = Fact(t("The customer is now"), ((_class(ground, case.next),),))
        blocks.append(page.Facts((fact,)))
    used = dict.fromkeys(str(a.script) for a in case.actions if a.script)
    said = tuple(card(ground, "script", s) for s in used if ground.href("script", s))
    if said:
        blocks += [Heading(t("How to say it"), "h-say"), page.Cards(said)]
    blocks.extend(basis(ground, case.key))
    return entity_page(
        ground,
        case,
        blocks,
        icon=ICON,
        accent=case.profile[0].scheme,
        badges=(t("composed example"),),
    )


def _class(ground: Ground, class_: ClassRef) -> page.Link | page.Text:
    return ground.link("class", f"{class_.scheme}/{class_.name}")


def _noted(ground: Ground, case: model.Case, kind: str, title: str, text: Prose) -> page.Callout:
    blocks = (page.Paragraph(ground.inline(text), Origin(case.key, None, text.at)),)
    return page.Callout("tip" if kind == "tip" else "note", title, blocks)


def _action(ground: Ground, case: model.Case, action: model.talk.Action) -> Step:
    t = ground.t
    channel = ground.title("channel", str(action.channel))
    name = t("Day {day} · {channel}", day=action.day.number, channel=channel)
    notes: tuple[Fact, ...] = ()
    if action.script:
        notes = (Fact(t("Said with"), ((ground.link("script", str(action.script)),),)),)
    return Step(ground.inline(action.did), name, notes, origin=Origin(case.key, None, action.at))


def _drawn(ground: Ground, case: model.Case) -> page.Picture:
    """Return the figures as two columns of bars, each beside the larger of its two."""
    t = ground.t
    columns, rows, said = (t("Before"), t("After")), [], []
    for result in case.results.values():
        numbers = (Decimal(str(result.before)), Decimal(str(result.after)))
        most = max(*map(abs, numbers)) or Decimal(1)
        words = [f"{n} {agreed(str(n), result.unit)}" for n in (result.before, result.after)]
        rows.append(
            tuple(
                PictureCell(word, round(float(abs(n) / most), 3))
                for word, n in zip(words, numbers, strict=True)
            )
        )
        said.append(f"{result.what}{t.colon}{words[0]} → {words[1]}")
    steps = tuple(PictureStep(str(r.what)) for r in case.results.values())
    alt, accent = t("; ").join(said), case.profile[0].scheme
    return page.Picture("pairs", steps, alt, accent=accent, columns=columns, cells=tuple(rows))


def _results(ground: Ground, case: model.Case) -> page.Table:
    t = ground.t
    rows = tuple(
        Row(
            (
                Cell((page.line(str(r.what)),)),
                Cell((page.line(f"{r.before} {agreed(r.before, r.unit)}"),)),
                Cell((page.line(f"{r.after} {agreed(r.after, r.unit)}"),)),
            ),
            anchored(str(id_)),
            home(case, str(id_), r.at),
        )
        for id_, r in case.results.items()
    )
    return page.Table((t("Figure"), t("Before"), t("After")), rows, dense=True)


def _index(ground: Ground, cases: list[model.Case]) -> Page:
    entries = tuple(_entry(ground, c) for c in cases)
    filter_ = class_filter(ground, (f"{c.scheme}-{c.name}" for case in cases for c in case.profile))
    filters = (filter_,) if len(filter_.choices) > 1 else ()
    return shared_page(
        ground,
        "cases/index.html",
        ground.t("Cases"),
        SECTION,
        "index",
        (page.Index((("g-cases", ground.t("By problem"), entries),), filters),),
        icon=ICON,
        in_nav=True,
    )


def _entry(ground: Ground, case: model.Case) -> Entry:
    return Entry(
        title=str(case.title),
        href=ground.address(case),
        text=ground.inline(case.problem),
        badges=tuple(ground.title("class", f"{c.scheme}/{c.name}") for c in case.profile),
        facets=(("class", tuple(f"{c.scheme}-{c.name}" for c in case.profile)),),
        accent=case.profile[0].scheme,
    )
