"""The page on which a reader finds all self-check runs of this device."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from baodian import page
from baodian.page import Link, LinkItem, Page
from baodian.pages.ground import Ground
from baodian.pages.handed import RunsAllData
from baodian.pages.parts.places import RUNS
from baodian.pages.sheet import shared_page
from baodian.pages.widgets.runs import data


def write(ground: Ground) -> Iterator[Page]:
    """Yield the page, if there are lists to run."""
    lists = ground.playbook.checklists.values()
    if not lists:
        return
    t = ground.t
    told = t("Runs are kept on this device only. They are shown here where scripts may run.")
    blocks = (
        page.Paragraph(page.line(told)),
        page.Links((LinkItem(Link(t("All self-check lists"), "checklists/index.html")),)),
    )
    lead = t("What you checked on this device: go on, hand on, put together, delete.")
    own: RunsAllData = {"words": _all_words(ground)}
    inner = page.Widget("runs-all", own, blocks)
    yield shared_page(
        ground, RUNS, t("My self-checks"), "checklists", "runs",
        (page.Widget("runs", data(ground, lists), (inner,)),),
        lead=page.line(lead), icon="clipboard-check", in_nav=True,
    )  # fmt: skip


def _all_words(ground: Ground) -> Mapping[str, str]:
    t = ground.t
    return {
        "nothing": t("There is no run on this device yet."),
        "begin": t("Open a list and start a run there."),
        "imported": t("imported"),
        "no_list": t("This list is no longer in the handbook."),
        "export_all": t("Export all runs"),
        "all_name": t("all"),
        "import": t("Import"),
        "import_hint": t("Files that were exported here or by a colleague; several at once."),
        "files": t("Choose files"),
        "paste": t("Or paste the contents of a file"),
        "take": t("Import what was pasted"),
        "damaged": t("“{file}” is damaged or cut off: nothing was taken from it."),
        "too_big": t("“{file}” is too large: nothing was taken from it."),
        "foreign": t("“{file}” does not hold self-check runs."),
        "too_new": t("“{file}” comes from a newer handbook: load this page anew and try again."),
        "pasted": t("pasted text"),
        "added": t("{n} {n|run is|runs are} new."),
        "replaced": t(
            "{n} {n|was|were} put together with those here: of each item the later mark stays."
        ),
        "kept": t("{n} {n|holds|hold} nothing newer than what is here; what is here stays."),
        "gave_way": t("“{run}” {what}{was} gave way to {now}."),
        "taken_away": t("taken away"),
        "not_asked": t("not asked then"),
        "gone_item": t("{what} (no longer on the list)"),
        "strange": t(
            "{n} {n|belongs|belong} to lists that this handbook does not have and {n|was|were} "
            "left out."
        ),
        "bad": t(
            "{n} {n|was|were} damaged or {n|holds|hold} a phone or identity number and "
            "{n|was|were} left out."
        ),
        "team": t("Put together in a table"),
        "team_hint": t("One row for each name, one column for each item."),
        "which": t("Which list"),
        "who": t("Which runs"),
        "row": t("Name"),
        "lacks": t("Not done"),
        "sum": t("Not done, all together"),
        "copy_table": t("Copy the table for a spreadsheet"),
        "clear": t("Delete all my data"),
        "clear_hint": t(
            "Everything this handbook keeps on this device: runs, saved customers, filled gaps, "
            "recent searches."
        ),
        "clear_sure": t("Delete everything? It cannot be brought back."),
        "clear_yes": t("Delete everything"),
        "was_cleared": t("Everything was deleted."),
    }
