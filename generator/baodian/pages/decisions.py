"""Decisions: where sources disagree, what holds here, and why."""

from __future__ import annotations

from collections.abc import Iterator

from baodian import page
from baodian.page import Fact, Heading, Origin, Page
from baodian.pages.ground import Ground
from baodian.pages.parts.tables import record_page
from baodian.pages.sheet import home


def write(ground: Ground) -> Iterator[Page]:
    """Yield the page of decisions, if there are any."""
    if ground.playbook.decisions:
        yield _decisions(ground)


def _decisions(ground: Ground) -> Page:
    t = ground.t
    decisions = list(ground.playbook.decisions.values())
    blocks: list[page.Block] = []
    for decision in decisions:
        key = decision.key
        blocks.append(
            Heading(decision.label, str(decision.id), icon="scale-balance",
                    origin=home(decision))
        )  # fmt: skip
        if decision.draft:
            blocks.append(page.Callout("draft", t("Draft"), ()))
        facts = [
            Fact(label, (ground.inline(text),), Origin(key, None, text.at))
            for label, text in (
                (t("The sources say"), decision.sources_say),
                (t("We use"), decision.we_use),
                (t("Why"), decision.why),
            )
        ]
        if decision.covers:
            facts.append(Fact(t("Covers"), (page.line(t.listed(map(str, decision.covers))),)))
        blocks.append(page.Facts(tuple(facts)))
    lead = t("Where sources disagree: what this handbook uses, and why.")
    return record_page(
        ground, "decisions.html", t("Decisions"), "editors", "decisions", blocks, decisions, lead,
        "scale-balance",
    )  # fmt: skip
