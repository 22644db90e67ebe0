"""The first page for those who look after the handbook."""

from __future__ import annotations

from collections.abc import Iterator

from baodian import page
from baodian.page import Card, Page
from baodian.pages.ground import Ground
from baodian.pages.parts.adjustable import adjustable
from baodian.pages.parts.places import EDITORS, HEALTH
from baodian.pages.sheet import shared_page


def write(ground: Ground) -> Iterator[Page]:
    """Yield the page."""
    t = ground.t
    lead = page.line(t("What stands behind the handbook, for those who look after it."))
    yield shared_page(
        ground, EDITORS, t("For editors"), "editors", "index",
        (page.Cards(tuple(_cards(ground))),), lead=lead, icon="pencil-ruler",
    )  # fmt: skip


def _cards(ground: Ground) -> Iterator[Card]:
    t, playbook = ground.t, ground.playbook
    if playbook.terms:
        text = t("Which word means what, and which words not to use")
        yield _card(t("Words"), "glossary.html", text, "tag")
    if adjustable(ground):
        text = t("Every value that a city or team may set, and who uses it")
        yield _card(t("Parameters and what differs by city"), "parameters.html", text, "tune")
    if playbook.decisions:
        text = t("Where sources disagree: what holds here, and why")
        yield _card(t("Decisions"), "decisions.html", text, "scale-balance")
    if playbook.sources:
        text = t("What became of every fact of every source")
        yield _card(t("Sources"), "sources/index.html", text, "source-branch")
    if ground.for_editors:
        yield _card(t("Reviews"), HEALTH, t("Who has what to read again, and since when"), "update")
    if ground.counts_coverage:
        text = t("Which class has what, where something is missing, and why")
        yield _card(t("Coverage"), "coverage.html", text, "clipboard-check")


def _card(title: str, href: str, text: str, icon: str) -> Card:
    return Card(title, href, page.line(text), icon=icon)
