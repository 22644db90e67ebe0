"""Progress on a path: what its script needs to keep ticks, ask questions and report."""

from __future__ import annotations

from collections.abc import Mapping

from baodian import model, page
from baodian.model.paths import day_part
from baodian.pages.ground import Ground
from baodian.pages.handed import PathData
from baodian.playbook.successors import former, stands_for

NAME = "path"


def widget(ground: Ground, path: model.Path) -> page.Widget:
    """Return what turns the page of a path into one that remembers; it stands above the days."""
    return page.Widget(NAME, data(ground, path))


def data(ground: Ground, path: model.Path) -> PathData:
    """Return the days and talks of a path, what replaced retired parts of it, and the words."""
    t = ground.t
    was, parts = retired(ground.playbook.retired, str(path.id))
    return {
        "id": str(path.id),
        "title": str(path.title),
        "days": [
            (day_part(number), t("Day {days}", days=number.number), str(day.title or ""))
            for number, day in path.days.items()
        ],
        "plays": [(str(id_), str(play.title)) for id_, play in path.role_plays.items()],
        "was": was,
        "retired": parts,
        "words": _words(ground),
    }


def retired(
    replaced: Mapping[str, tuple[str, object]], path: str
) -> tuple[list[str], dict[str, str]]:
    """Return the retired ids that `path` stands for, and its retired parts with what they became.

    A chain is followed to its end; what became part of another path is left out.
    """
    parts: dict[str, str] = {}
    for old in replaced:
        old_part = old.partition("#")[2]
        entity, _, part = stands_for(replaced, old).partition("#")
        if old.startswith("path:") and entity == f"path:{path}" and old_part and part:
            parts[old_part] = part
    return former(replaced, f"path:{path}"), parts


def _words(ground: Ground) -> Mapping[str, str]:
    t = ground.t
    return {
        "head": t("How far you are"),
        "sum": t("{done} of {all} {all|line|lines} done · questions right: {right} of {asked}"),
        "none": t("not begun"),
        "part": t("begun"),
        "done": t("all done"),
        "unasked": t("{n} {n|question|questions} not answered yet"),
        "go_on": t("Go on: {day}"),
        "begin": t("Begin: {day}"),
        "finished": t("Every day is done."),
        "every_day": t("All days"),
        "back": t("Back to {day}"),
        "back_close": t("Close the way back"),
        "kept": t("Your progress is kept on this device only."),
        "blocked": t("This browser keeps nothing here: your progress is lost with this page."),
        "full": t("The store of this browser is full: the last marks are lost with this page."),
        "newer": t("A newer handbook wrote your progress. Load the page anew; it was left alone."),
        "changed": t("This line was changed after you ticked it. Look again, then tick it."),
        "listed": t(
            "You went through this list, so it is ticked. Untick it if it was not for this."
        ),
        "changed_question": t("This question was changed after you answered it. Answer it again."),
        "several": t("Choose all that are right, then check."),
        "check": t("Check the answer"),
        "right": t("Right"),
        "wrong": t("Wrong"),
        "yours": t("your choice"),
        "wrong_back": t("It comes back today when you practise."),
        "retry": t("Answer again"),
        "practise_told": t(
            "Wrong ones come back in a later round, until each was right once. What was right is "
            "asked again after 1, 3, 7 and 21 days."
        ),
        "which": t("Which questions"),
        "so_far": t("All days so far"),
        "all": t("All of them"),
        "due": t("{wrong} answered wrong, {unseen} not answered yet"),
        "back_today": t("{n} {n|comes|come} back today"),
        "returned": t("Today {n} {n|question comes|questions come} back"),
        "next_day": t("The next {n} {n|comes|come} back on {day}."),
        "nothing_due": t("Nothing to practise here: every question was right."),
        "later": t("Nothing to practise today; the other questions come with their days."),
        "start": t("Start practising"),
        "stop": t("Stop practising"),
        "round": t("Round {round}: question {n} of {all}"),
        "next": t("Next question"),
        "next_round": t("Next round: {n} {n|comes|come} back"),
        "all_right": t(
            "Each was right once. That was {n} {n|question|questions} in {rounds} "
            "{rounds|round|rounds}."
        ),
        "passed": t("Passed: all {n} seen, signed by {by} on {date}."),
        "not_passed": t("Still missing: {n} of the list."),
        "not_signed": t("All seen. It lacks the signature and the date."),
        "code": t("a code, no phone number"),
        "personal": t("“{text}” looks like a phone or identity number: it is not kept."),
        "report": t("For the supervisor"),
        "today": t("The day you are at"),
        "unsure": t("What are you least sure of? (may stay empty)"),
        "copy": t("Copy"),
        "copied": t("Copied"),
        "by_hand": t("Copying is not possible here by itself: press long on the selected text."),
        "r_head": t("{title} · {day}"),
        "r_done": t("Done: {days}"),
        "r_day": t("{day} {done}/{all}"),
        "r_nothing": t("nothing yet"),
        "r_questions": t("Questions: {right} of {all} right, {wrong} wrong"),
        "r_play": t("Acted out: {title}: {state}"),
        "r_open": t("Still open up to this day:"),
        "r_none": t("Nothing open up to this day."),
        "r_more": t("… and {n} more"),
        "r_unsure": t("Least sure of: {text}"),
        "sep": t(", "),
        "reset": t("Begin this path anew"),
        "reset_sure": t("All ticks, answers and signatures of this path go for good."),
        "reset_yes": t("Delete them"),
        "reset_no": t("Keep them"),
        "was_reset": t("This path begins anew."),
    }
