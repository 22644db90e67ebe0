"""Who has what to read again, and since when: a table for each of those who answer for it."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Sequence

from baodian import page
from baodian.page import Heading, Page, Row
from baodian.pages.ground import Ground
from baodian.pages.parts.places import EDITORS, HEALTH
from baodian.pages.parts.tables import cell, words_cell
from baodian.pages.sheet import shared_page
from baodian.playbook.freshness import Review, reviews

SOON = datetime.timedelta(days=30)


def write(ground: Ground) -> Iterator[Page]:
    """Yield the page, for those who look after the handbook."""
    if not ground.for_editors:
        return
    t, all_ = ground.t, reviews(ground.playbook)
    lead = t("What somebody has to read again and find right, and by when.")
    blocks = (*_totals(ground, all_), *_late(ground), *_never(ground, all_))
    yield shared_page(
        ground, HEALTH, t("Reviews"), "editors", "health", blocks, lead=page.line(lead),
        icon="update", in_nav=True, trail=(page.Crumb(t("For editors"), EDITORS),),
    )  # fmt: skip


def _totals(ground: Ground, all_: Sequence[Review]) -> Iterator[page.Block]:
    t, today = ground.t, ground.today
    soon = [r for r in all_ if r.due and today <= r.due <= today + SOON]
    never = [r for r in all_ if r.due is None]
    read = len(all_) - len(never) - len(ground.late) - len(soon)
    yield page.Facts(
        tuple(
            page.Fact(label, (page.line(str(n)),))
            for label, n in (
                (t("Overdue"), len(ground.late)),
                (t("Due within 30 days"), len(soon)),
                (t("Up to date"), read),
                (t("Never reviewed"), len(never)),
            )
        )
    )


def _late(ground: Ground) -> Iterator[page.Block]:
    t = ground.t
    yield Heading(t("Overdue"), "h-overdue")
    if not ground.late:
        yield page.Paragraph(page.line(t("Nothing is overdue.")))
    for owner, those in owned(tuple(ground.late.values())):
        columns = (t("What"), t("What it is"), t("Reviewed"), t("Every"), t("Was due"))
        rows = (_row(ground, one) for one in those)
        yield page.Table(columns, tuple(rows), caption=owner)


def owned(all_: Sequence[Review]) -> Iterator[tuple[str, list[Review]]]:
    """Yield who answers for something, and what, what has waited longest first."""
    for owner in dict.fromkeys(one.owner for one in all_):
        those = [one for one in all_ if one.owner == owner]
        yield owner, sorted(those, key=lambda one: one.due or datetime.date.max)


def _row(ground: Ground, one: Review) -> Row:
    t = ground.t
    kind, _, id_ = one.key.partition(":")
    texts = (
        ground.kind_word(kind),
        str(one.reviewed),
        t("{n} {n|day|days}", n=one.every),
        str(one.due),
    )
    return Row((cell((ground.link(kind, id_),)), *(words_cell(ground, (text,)) for text in texts)))


def _never(ground: Ground, all_: Sequence[Review]) -> Iterator[page.Block]:
    t = ground.t
    yield Heading(t("Never reviewed"), "h-never")
    how = t(
        "Without “reviewed” nobody knows; {command} lists them.", command="baodian check --stale"
    )
    yield page.Paragraph(page.line(how))
    rows = []
    for owner, those in owned([one for one in all_ if one.due is None]):
        kinds = Counter(one.key.partition(":")[0] for one in those)
        counts = (f"{ground.kind_word(kind)} {n}" for kind, n in kinds.items())
        rows.append(
            Row(
                (
                    words_cell(ground, (owner,)),
                    words_cell(ground, (str(len(those)),)),
                    words_cell(ground, counts),
                )
            )
        )
    columns = (t("Owner"), t("All together"), t("What it is"))
    yield from (page.Table(columns, tuple(rows)),) if rows else ()
