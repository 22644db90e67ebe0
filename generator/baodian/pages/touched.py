"""What shows on a page: to know which layers explain that it is another on a day or in a city."""

from __future__ import annotations

import re
from collections.abc import Iterable

from baodian import page
from baodian.page import Page
from baodian.pages.compared import Difference
from baodian.pages.ground import Ground
from baodian.pages.parts.alterations import Alteration

UNMARKED = frozenset(("changes", "editors", "home"))
"""Chapters whose pages change with everything, and announce it by what they are."""
UNMARKED_KINDS = frozenset(("index", "search", "change", "changes", "overlay"))

PIECE = 5
"""How many signs of a long text must stand in a line that says it."""


def unmarked(one: Page) -> bool:
    """Say whether a page says by what it is that things change."""
    return one.section in UNMARKED or one.kind in UNMARKED_KINDS


def shown(
    ground: Ground, altered: Iterable[Alteration], of: Page, differences: Iterable[Difference]
) -> tuple[Alteration, ...]:
    """Return what is altered of what differs on a page, else of what is named there.

    Of entitlements a class shows its own row, a move those of its two ends. Of what a page shows
    in part it names what its differing lines say; what they do not say only if nothing else does.
    The examples of a ruler are told on its own page.
    """
    seen = tuple(differences)
    own = tuple(one for one in altered if _of_its_row(ground, one, of) and not _aside(one, of))
    about = frozenset(key for one in seen for key in one.about)
    told: tuple[Alteration, ...] = ()
    if those := tuple(one for one in own if one.key in about):
        certain = tuple(
            one for one in those if _said(ground, one, (d for d in seen if one.key in d.about))
        )
        keys = {one.key for one in certain}
        open_ = frozenset(key for d in seen if keys.isdisjoint(d.about) for key in d.about)
        told = tuple(one for one in those if one in certain or one.key in open_ - keys)
    if unmarked(of):
        return told
    keys = {one.key for one in told}
    rest = tuple(d for d in seen if keys.isdisjoint(d.about))
    values = (one for one in own if one.before and one.after and one not in told)
    said = tuple(one for one in values if _said(ground, one, rest))
    if told or said:
        return tuple(one for one in own if one in told or one in said)
    used = ground.playbook.used
    return tuple(one for one in own if any(use.by in about for use in used.get(one.key, ())))


def _said(ground: Ground, one: Alteration, differences: Iterable[Difference]) -> bool:
    """Say whether differing lines say what is altered; what begins or goes as a whole is said."""
    if not one.before or not one.after:
        return True
    if one.row:
        name = one.part.rpartition("·")[2]
        return any(name in f"{d.before}\n{d.after}" for d in differences)
    before, after = (page.plain(ground.inline(text)) for text in (one.before, one.after))
    return any(
        _more(before, d.before, d.after) and _more(after, d.after, d.before) for d in differences
    )


def _more(text: str, line: str, other: str) -> bool:
    """Say whether a value, or a piece of a long one, stands more often in a line than in another.

    2家 does not stand in 12家, and 20天 stands in 每 20 天.
    """
    text, line, other = (re.sub(r"(?<=\d) (?=\w)", "", one) for one in (text, line, other))
    pieces = (piece for piece in re.split(r"[^\w]+", text) if len(piece) >= PIECE)
    return any(_times(one, line) > _times(one, other) for one in (text, *pieces))


def _times(text: str, line: str) -> int:
    return len(re.findall(rf"(?<!\d){re.escape(text)}(?!\d)", line))


def _aside(one: Alteration, of: Page) -> bool:
    return one.way[:1] == ("examples",) and of.entity != one.key


def _of_its_row(ground: Ground, one: Alteration, of: Page) -> bool:
    if not (one.row and of.entity):
        return True
    kind, _, id_ = of.entity.partition(":")
    matrix = ground.playbook.find(*one.key.split(":", 1))
    row = f"{getattr(matrix, 'rows', '')}/{one.row}"
    if kind == "transition" and (move := ground.playbook.transitions.get(id_)):
        starts = (term for one in move.from_ for term in one.terms)
        ends = {f"{of}/{id_}" for term in starts for of, id_ in ground.playbook.selected(term)}
        return row in ends | {str(move.to)}
    return kind != "class" or id_ == row
