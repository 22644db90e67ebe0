"""依据: the facts of sources that a page rests on, and the layers that have set something since."""

from __future__ import annotations

from baodian import page
from baodian.page import Block, Inline, Link, Text
from baodian.pages.ground import Ground
from baodian.pages.parts.alterations import in_force
from baodian.playbook import Cited


def basis(ground: Ground, *entities: str, row: str = "") -> tuple[Block, ...]:
    """Return the folded 依据 of a page: the facts used in it, or the word that it is ours.

    Below stands what dated changes and the city have set, with what was there before. With `row`,
    of tables only what is about that row.
    """
    cited = {
        (one.source.id, one.id): one
        for entity in entities
        for one in ground.playbook.cited.get(entity, ())
        if not (row and entity.startswith("matrix:"))
        or (one.ref.part or "").partition(".")[0] == row
    }
    t = ground.t
    facts: tuple[Block, ...] = ()
    if cited:
        columns = (t("Fact"), t("What the source says"), t("What became of it"))
        facts = (page.Table(columns, tuple(_row(ground, one) for one in cited.values())),)
    elif ground.for_editors:  # in others' editions the sources may be left out
        ours = t("No source says this; it is the company's own rule and can be changed.")
        facts = (page.Paragraph(page.line(ours)),)
    blocks = (*facts, *in_force(ground, *entities, row=row))
    return (page.Folded(t("Basis"), blocks, anchor="h-basis"),) if blocks else ()


def _row(ground: Ground, one: Cited) -> page.Row:
    cells = ((_fact_link(ground, one),), ground.inline(one.fact.text), _use(ground, one))
    return page.Row(tuple(page.Cell((line,)) for line in cells))


def _fact_link(ground: Ground, one: Cited) -> page.Segment:
    href = ground.href("source", str(one.source.id), one.id)
    return Link(one.id, href) if href else Text(one.id)


def _use(ground: Ground, one: Cited) -> Inline:
    word = Text(use_word(ground, one.fact.use))
    return (word, Text(ground.t.colon), *ground.inline(one.fact.why)) if one.fact.why else (word,)


def use_word(ground: Ground, use: str) -> str:
    """Return what became of a fact, in the words of the edition."""
    t = ground.t
    return {
        "adopted": t("adopted"), "adapted": t("adapted"),
        "reference": t("for reference"), "declined": t("declined"),
    }[use]  # fmt: skip
