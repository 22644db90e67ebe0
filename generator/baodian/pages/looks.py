"""The one table of how kinds appear, a line each, in the order of the handbook's pages.

`model/kinds.py` says what a kind is; this says where a reader meets it. Tools stand between the
kinds where their pages do.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from baodian.model import kinds
from baodian.pages import (
    book,
    cases,
    changes,
    class_guides,
    coverage,
    decisions,
    editors,
    entitlements,
    finder,
    glossary,
    health,
    ledger,
    lists,
    methods,
    mine,
    moments,
    moves,
    offline,
    parameters,
    paths,
    people,
    planner,
    plans,
    practice,
    runs,
    schemes,
    scripts,
    tables,
)
from baodian.pages.ground import Look, Tool, Writer
from baodian.said.messages import msg

TABLE: tuple[Look | Tool, ...] = (
    Look("moment", "moments/{id}.html", "moments", "map-marker-path", msg("moment"), "moment",
         moments.write),
    Look("scheme", "customers/{id}.html", "customers", "account-group", msg("ruler"), "class",
         schemes.write),
    Look("class", "customers/{id}.html", "customers", "account-group", msg("class"), "class",
         class_guides.write, row="customers/{scheme}.html#{class_}"),
    Tool("finder", finder.write),
    Tool("book", book.write),
    Tool("mine", mine.write),
    Look("script", "scripts/{id}.html", "scripts", "forum", msg("script"), "script",
         scripts.write),
    Tool("practice", practice.write),
    Look("checklist", "checklists/{id}.html", "checklists", "clipboard-check", msg("self-check"),
         "checklist", lists.write),
    Tool("runs", runs.write),
    Look("measure", "measures.html#{id}", "entitlements", "gift", msg("measure"), "entitlement",
         entitlements.write),
    Look("matrix", "entitlements/{id}.html", "entitlements", "gift", msg("entitlements"),
         "entitlement", entitlements.write),
    Look("transition", "moves/{id}.html", "entitlements", "swap-vertical", msg("move"),
         "entitlement", moves.write, row="moves.html#{id}"),
    Look("guide", "guides/{id}.html", "methods", "lightbulb-on", msg("method"), "guide",
         methods.write),
    Look("table", "tables/{id}.html", "methods", "table", msg("table"), "guide", tables.write),
    Look("plan", "plans/{id}.html", "plans", "calendar-month", msg("plan"), "plan", plans.write),
    Look("path", "paths/{id}.html", "plans", "school", msg("path"), "plan", paths.write),
    Look("case", "cases/{id}.html", "cases", "book-open-variant", msg("case"), "case",
         cases.write),
    Tool("planner", planner.write),
    Look("escalation", "escalation.html#{id}", "red-lines", "account-arrow-up", msg("escalation"),
         "plan", people.write),
    Look("channel", "channels.html#{id}", "methods", "", msg("channel"), "plan", people.write),
    Look("rhythm", "rhythms.html#{id}", "plans", "repeat", msg("rhythm"), "plan", people.write),
    Look("role", "roles.html#{id}", "plans", "", msg("role"), "plan", people.write),
    Look("change", "changes/{id}.html", "changes", "bell-ring", msg("change"), "page",
         changes.write),
    Look("overlay", "cities/{id}.html", "changes", "city", msg("city"), "page", changes.write),
    Tool("editors", editors.write, "editors"),
    Tool("health", health.write, "editors"),
    Look("term", "glossary.html#{id}", "editors", "tag", msg("term"), "term", glossary.write),
    Look("param", "parameters.html#{id}", "editors", "tune", msg("parameter"), "param",
         parameters.write),
    Look("slot", "parameters.html#{id}", "editors", "", msg("slot"), "param", parameters.write),
    Look("page", "{id}.html", "home", "target", msg("page"), "page", finder.write),
    Look("decision", "decisions.html#{id}", "editors", "", msg("decision"), "page",
         decisions.write),
    Look("source", "sources/{id}.html", "editors", "source-branch", msg("source"), "page",
         ledger.write),
    Look("reason", "coverage.html#{id}", "editors", "", msg("reason"), "page", coverage.write),
    Tool("offline", offline.write),
)  # fmt: skip


def by_kind() -> Mapping[str, Look]:
    """Return how each kind appears, by kind, in the order of the table.

    Raises `LookupError` if a kind that can be linked has no look: its entities would vanish.
    """
    looks = {row.kind: row for row in TABLE if isinstance(row, Look)}
    if unseen := [kind for kind in kinds.words() if kind not in looks]:
        raise LookupError(f"pages/looks.py has no line for the kind {', '.join(unseen)}")
    return looks


def writers(but: frozenset[str] = frozenset()) -> tuple[Writer, ...]:
    """Return what writes the pages, each once, in the order of the table; not those of a chapter.

    `but` are the chapters that are left out, as far as one writer writes nothing else.
    """
    return tuple(dict.fromkeys(row.write for row in TABLE if row.chapter not in but))


def at(address: str) -> frozenset[Writer]:
    """Return what may write the page at an address, by its first folder or its name."""
    top = _top(address)
    return frozenset(
        row.write for row in TABLE
        if top == (_top(row.home) if isinstance(row, Look) else _module(row.write))
    )  # fmt: skip


def _top(address: str) -> str:
    return re.split(r"[/.#]", address, maxsplit=1)[0]


def _module(write: Writer) -> str:
    return write.__module__.rpartition(".")[2]
