"""The ledger: every fact of every source and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from baodian import model, page
from baodian.model.entity import keys_of
from baodian.model.references import Ref
from baodian.page import Cell, Heading, Link, Page, Row
from baodian.pages.ground import Ground, anchored
from baodian.pages.parts.places import EDITORS, SOURCES
from baodian.pages.parts.tables import joined
from baodian.pages.provenance import use_word
from baodian.pages.sheet import entity_page, home, shared_page

SECTION = "editors"
USES = ("adopted", "adapted", "reference", "declined")


def write(ground: Ground) -> Iterator[Page]:
    """Yield the count of all sources and a page for each."""
    sources = list(ground.playbook.sources.values())
    if sources:
        yield _index(ground, sources)
    yield from ground.each(_source, sources)


# --- all sources ----------------------------------------------------------------------------------


def _index(ground: Ground, sources: list[model.Source]) -> Page:
    t = ground.t
    counts = {str(s.id): Counter(str(f.use) for f in s.facts.values()) for s in sources}
    rows = [
        Row(
            (
                Cell(((Link(s.label, ground.address(s)),),)),
                *_numbers(counts[str(s.id)]),
            ),
            origin=page.Origin(s.key, None, s.at),
        )
        for s in sources
    ]
    total = sum(counts.values(), Counter())
    rows.append(Row((Cell((page.line(t("All together")),)), *_numbers(total))))
    columns = (t("Source"), t("Facts"), *(use_word(ground, use) for use in USES))
    told = ground.t.semicolon.join(f"{use_word(ground, use)} {total[use]}" for use in USES)
    bars = page.Picture(
        kind="bars",
        steps=tuple(page.PictureStep(use_word(ground, use)) for use in USES),
        alt=told,
        caption=t("What became of the facts"),
        values=tuple(float(total[use]) for use in USES),
    )
    blocks: list[page.Block] = [
        Heading(t("What was used"), "h-used", icon="source-branch"),
        bars,
        page.Table(columns, tuple(rows), dense=True),
        *_lost(ground, sources),
    ]
    return shared_page(ground,
        SOURCES, t("Sources"), SECTION, "index", blocks, in_nav=True, icon="source-branch",
        lead=page.line(t("What became of every fact of every source, and where it stands now.")),
        trail=_trail(ground),
    )  # fmt: skip


def _numbers(count: Counter[str]) -> tuple[Cell, ...]:
    numbers = (count.total(), *(count[use] for use in USES))
    return tuple(Cell((page.line(str(n)),)) for n in numbers)


def _lost(ground: Ground, sources: list[model.Source]) -> Iterator[page.Block]:
    """Yield what a source names but does not give."""
    t = ground.t
    rows = tuple(
        Row(
            (
                Cell(((Link(str(id_), ground.address(s) + f"#{anchor}"),),)),
                Cell((ground.inline(fact.text),)),
                Cell((page.line(_status(ground, fact.status)),)),
                _became(ground, fact),
            )
        )
        for s in sources
        for id_, fact in s.facts.items()
        for anchor in (anchored(str(id_)),)
        if fact.status in ("lost", "title_only")
    )
    if rows:
        yield Heading(t("What was lost"), "h-lost", icon="alert")
        yield page.Paragraph(
            page.line(
                t("The sources name these but do not give them; nothing was made up for them.")
            )
        )
        columns = (t("Fact"), t("What is known"), t("State"), t("What became of it"))
        yield page.Table(columns, rows)


# --- one source -----------------------------------------------------------------------------------


def _source(ground: Ground, source: model.Source) -> Page:
    t = ground.t
    columns = (t("Fact"), t("What the source says"), t("State"), t("What became of it"), t("Where"))
    systems: dict[str, list[Row]] = {}
    for id_, fact in source.facts.items():
        row = _fact(ground, source, str(id_), fact)
        systems.setdefault(str(id_).rpartition("-")[0] or str(id_), []).append(row)
    blocks: list[page.Block] = []
    for system, rows in systems.items():
        blocks += [Heading(system, f"h-{anchored(system)}"), page.Table(columns, tuple(rows))]
    count = Counter(str(f.use) for f in source.facts.values())
    badges = tuple(f"{use_word(ground, use)} {count[use]}" for use in USES if count[use])
    trail = (*_trail(ground), page.Crumb(t("Sources"), SOURCES))
    return entity_page(ground,
        source, blocks, badges=badges, trail=trail, icon="source-branch"
    )  # fmt: skip


def _fact(ground: Ground, source: model.Source, id_: str, fact: model.Fact) -> Row:
    where = (ground.link(ref.kind, ref.id, _anchored_part(ground, ref)) for ref in fact.in_)
    return Row(
        (
            Cell((page.line(id_),)),
            Cell((ground.inline(fact.text),)),
            Cell((page.line(_status(ground, fact.status)),)),
            _became(ground, fact),
            Cell(tuple(x for x in (joined(ground, where),) if x)),
        ),
        anchor=anchored(id_),
        origin=home(source, id_, fact.at),
    )


def _became(ground: Ground, fact: model.Fact) -> Cell:
    """Return what became of a fact, and below it why."""
    word = (page.Strong(use_word(ground, fact.use)),)
    return Cell((word, ground.inline(fact.why)) if fact.why else (word,))


def _anchored_part(ground: Ground, ref: Ref) -> str | None:
    """Return the part a reference names, unless it is a field: those have no anchor."""
    entity = ground.playbook.find(ref.kind, ref.id)
    if ref.kind == "class" or entity is None:
        return ref.part
    is_field = ref.part in keys_of(type(entity))
    return None if is_field and ref.part not in dict(entity.parts()) else ref.part


def _trail(ground: Ground) -> tuple[page.Crumb, ...]:
    return (page.Crumb(ground.t("For editors"), EDITORS),)


def _status(ground: Ground, status: str) -> str:
    """Return what the source gives of a fact, in the words of the edition."""
    t = ground.t
    return {
        "seed": t("stated"), "inferred": t("inferred"), "lost": t("lost"),
        "title_only": t("title only"), "flag": t("questionable"),
        "outside": t("from elsewhere"),
    }[status]  # fmt: skip
