"""The words of the handbook, by how they sound."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from baodian import model, page
from baodian.page import Cell, Heading, Page, Row
from baodian.pages.ground import Ground
from baodian.pages.parts.tables import cell, record_page, row, without_empty_columns


def write(ground: Ground) -> Iterator[Page]:
    """Yield the page of words, if there are any."""
    if ground.playbook.terms:
        yield _glossary(ground)


def _glossary(ground: Ground) -> Page:
    t = ground.t
    terms = list(ground.playbook.terms.values())
    columns = (t("Word"), t("What it means here"), t("Other words"))
    blocks: list[page.Block] = []
    if any(term.pinyin for term in terms):
        by_sound = sorted(terms, key=_sound)
        every = [_term(ground, x) for x in by_sound]
        for letter in dict.fromkeys(_letter(term) for term in by_sound):
            rows = [row for x, row in zip(by_sound, every, strict=True) if _letter(x) == letter]
            blocks.append(Heading(letter or t("Others"), f"h-{letter.lower() or 'others'}"))
            blocks.append(without_empty_columns(columns, rows, every))
    else:
        blocks.append(without_empty_columns(columns, [_term(ground, x) for x in terms]))
    lead = t("Which word means what in this handbook.")
    return record_page(
        ground, "glossary.html", t("Words"), "editors", "glossary", blocks, terms, lead, "tag"
    )


def _term(ground: Ground, term: model.Term) -> Row:
    t = ground.t
    others = [
        page.line(said)
        for said in (
            t.listed(map(str, term.aliases)),
            t("not: {words}", words=t.listed(map(str, term.not_))) if term.not_ else "",
            " · ".join(str(x) for x in (term.english, term.traditional) if x),
        )
        if said
    ]
    named = row(ground, term, cell(ground.inline(term.definition)), Cell(tuple(others)))
    if not term.pinyin:
        return named
    head = Cell((*named.cells[0].lines, page.line(str(term.pinyin))))
    return Row((head, *named.cells[1:]), named.anchor, named.origin, named.accent)


def _sound(term: model.Term) -> tuple[bool, str, str]:
    """Return by what a word is sorted: its pinyin without tones; words without a letter last."""
    told = unicodedata.normalize("NFD", str(term.pinyin or term.name)).casefold()
    bare = "".join(c for c in told if not unicodedata.combining(c) and not c.isspace())
    return (not _latin(bare), bare, str(term.name))


def _letter(term: model.Term) -> str:
    bare = _sound(term)[1]
    return bare[0].upper() if _latin(bare) else ""


def _latin(text: str) -> bool:
    return re.match("[a-z]", text) is not None
