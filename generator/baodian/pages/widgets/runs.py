"""Self-check runs: what the scripts need to know of the lists.

Scripts are loaded in the order of their names: `runs` before `runs-all` and `runs-list`, which
use it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from baodian import model, page
from baodian.model.ids import Id
from baodian.page import Link, LinkItem
from baodian.pages.ground import Ground
from baodian.pages.handed import RunsData, RunsList, RunsListData
from baodian.pages.parts.places import BOOK, BOOK_ID, RUNS
from baodian.playbook.places import places
from baodian.playbook.successors import stands_for


def around(ground: Ground, checklist: model.Checklist, block: page.Block) -> page.Widget:
    """Return a list with what makes runs of it: `block` is the list itself."""
    own: RunsListData = {
        "here": str(checklist.id),
        "book": BOOK if BOOK_ID in places(ground.playbook) else "",
        "words": _list_words(ground),
    }
    inner = page.Widget("runs-list", own, (block,))
    return page.Widget("runs", data(ground, [checklist]), (inner,))


def data(ground: Ground, lists: Iterable[model.Checklist]) -> RunsData:
    """Return the lists with their items, what replaced retired ids, and the words of a run.

    `retired` maps `list` and `list#part` to what stands for them now, at the end of the chain.
    """
    return {
        "handbook": str(ground.playbook.settings.name),
        "address": RUNS,
        "lists": {str(c.id): _list(ground, c) for c in lists},
        "retired": retired(ground.playbook.retired),
        "words": _words(ground),
    }


def retired(replaced: Mapping[str, tuple[str, object]]) -> dict[str, str]:
    """Return what stands for each retired list or part of a list, without the kind."""
    successors: dict[str, str] = {}
    for old in replaced:
        new = stands_for(replaced, old)
        if old.startswith("checklist:") and new.startswith("checklist:") and new not in replaced:
            successors[old.removeprefix("checklist:")] = new.removeprefix("checklist:")
    return successors


def _list(ground: Ground, checklist: model.Checklist) -> RunsList:
    groups = [("", "", checklist.items)] if checklist.items else []
    groups += [(str(g.id), str(g.title), g.items) for g in checklist.groups]
    return {
        "title": str(checklist.title),
        "href": ground.address(checklist),
        "groups": [(id_, title, _items(ground, items)) for id_, title, items in groups],
    }


def _items(ground: Ground, items: Mapping[Id, model.Line]) -> list[tuple[str, str]]:
    return [(str(id_), page.plain(ground.inline(line.text))) for id_, line in items.items()]


def index_links(ground: Ground) -> page.Links:
    """Return the link to the page of all runs, for the index of lists."""
    told = page.line(ground.t("kept on this device"))
    return page.Links((LinkItem(Link(ground.t("My self-checks"), RUNS), told),))


def _words(ground: Ground) -> Mapping[str, str]:
    t = ground.t
    return {
        "counts": t("done {yes}, not done {no}, not applicable {na}, open {open}"),
        "yes": t("done"),
        "no": t("not done"),
        "na": t("not applicable"),
        "none": t("open"),
        "old_short": t("text changed since"),
        "copied": t("Copied."),
        "by_hand": t("Copying is not possible here by itself: press long on the selected text."),
        "unprotected": t("The file is not protected: whoever has it can read everything in it."),
        "json": t("File to import elsewhere (JSON)"),
        "text": t("File to read (text)"),
        "copy_file": t("Copy the contents of the file"),
        "no_download": t("No files can be saved here; the contents are given to copy instead."),
        "downloaded": t("Handed to the browser as {name}."),
        "keep": t("Not now"),
        "blocked": t(
            "This browser keeps nothing here. What you mark is lost when the page is closed: "
            "copy or export it before."
        ),
        "full": t(
            "The store of this browser is full; the last changes were not kept. "
            "Export this, then delete old runs."
        ),
        "newer": t(
            "The runs here were written by a newer handbook and were left alone. Load the page "
            "anew; what you mark now is not kept."
        ),
        "not_done": t("Not done:"),
        "more_lines": t("… and {n} more"),
        "colon": t(": "),
        "file": t("self-check"),
        "open": t("Unfinished"),
        "finished": t("Finished"),
        "progress": t("{n} of {all} checked"),
        "print": t("Print"),
        "delete": t("Delete"),
        "delete_sure": t("Delete “{name}” from this device?"),
        "delete_yes": t("Delete it"),
        "deleted": t("“{name}” was deleted."),
        "sep": t(", "),
    }  # fmt: skip


def _list_words(ground: Ground) -> Mapping[str, str]:
    t = ground.t
    return {
        "loose": t(
            "Ticks made here stay until the day is over. To keep a record, start a run: "
            "the ticks go along."
        ),
        "wipe": t("Clear these"),
        "carried": t("{n} {n|tick|ticks} made before {n|was|were} taken along as done."),
        "not_carried": t(
            "{n} {n|tick|ticks} made before {n|was|were} not taken along: of several, nobody "
            "knows whose they are."
        ),
        "start": t("Start a run"),
        "begin": t("Start"),
        "cancel": t("Not now"),
        "name": t("Name of the run"),
        "name_hint": t("A code is enough. No phone or identity numbers."),
        "whom": t("Several people, shops or records? One code per line"),
        "too_long": t("“{text}” has {n} characters; no more than {most} can be kept. Shorten it."),
        "too_many": t("No more than {most} lines can be checked at once."),
        "whom_hint": t("Leave it empty to check one."),
        "parts": t("Which parts"),
        "no_part": t("Choose at least one part."),
        "no_name": t("Give it a name."),
        "personal": t(
            "“{text}” looks like a phone or identity number. It was not kept: use a code instead."
        ),
        "go_on": t("Go on"),
        "look": t("Look"),
        "all": t("All my self-checks"),
        "running": t("Run: {name}"),
        "note": t("Note"),
        "note_of": t("Note: {what}"),
        "old": t(
            "The text was changed after this was marked. Tap again to confirm, or correct it."
        ),
        "gone_items": t(
            "{n} {n|mark belongs|marks belong} to items that are no longer on this list."
        ),
        "changed": t(
            "The list was changed after this run was finished. Here stands what was asked then."
        ),
        "was_added": t("Added since: {what}"),
        "was_gone": t("Gone since: {what}"),
        "was_reworded": t("Other words since: “{was}” is now “{now}”"),
        "list_now": t("The list as it is now"),
        "grid": t("{title}: items by subject"),
        "grid_hint": t("Tap a cell to go through the states; arrow keys move between the cells."),
        "item": t("Item"),
        "reasons": t("The list with reasons"),
        "leave": t("Leave; it is kept"),
        "leave_lost": t("Leave"),
        "finish": t("Finish"),
        "finish_open": t("{n} {n|is|are} still open. Finish all the same?"),
        "again": t("Open it again"),
        "promise": t("Promise what was not done"),
        "edit": t("Change names"),
        "subject": t("Subject {n} (empty: take it away with its marks)"),
        "more": t("More subjects, one per line"),
        "save": t("Save"),
        "copy": t("Copy the summary"),
        "export": t("Export as a file"),
        "cleared": t(
            "This run is no longer on this device: it was deleted in another place, or the "
            "browser's data was cleared."
        ),
        "put_back": t("Keep what is on the screen"),
        "unknown": t("This run is not on this device. Was it started elsewhere, or cleared?"),
    }  # fmt: skip
