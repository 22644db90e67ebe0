"""依据: the facts of sources that a page rests on, and what became of them."""

from __future__ import annotations

from baodian import page
from baodian.page import Block, Inline, Link, Text
from baodian.pages.ground import Ground
from baodian.playbook import Cited


def basis(ground: Ground, *entities: str, row: str = "") -> tuple[Block, ...]:
    """Return the folded 依据 of a page: the facts used in it, or the word that it is ours.

    With `row`, of tables only the facts about that row.
    """
    cited = {
        (one.source.id, one.id): one
        for entity in entities
        for one in ground.playbook.cited.get(entity, ())
        if not (row and entity.startswith("matrix:"))
        or (one.ref.part or "").partition(".")[0] == row
    }
    title = ground.t("Basis")
    if not cited:
        ours = ground.t("No source says this; it is the company's own rule and can be changed.")
        return (page.Folded(title, (page.Paragraph(page.line(ours)),), anchor="h-basis"),)
    t = ground.t
    columns = (t("Fact"), t("What the source says"), t("What became of it"))
    rows = tuple(_row(ground, one) for one in cited.values())
    return (page.Folded(title, (page.Table(columns, rows),), anchor="h-basis"),)


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
