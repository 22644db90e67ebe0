"""Scripts, lists and moments can be used from beginning to end."""

from __future__ import annotations

from collections.abc import Iterator

from baodian import model
from baodian.model.fields import Field
from baodian.model.ids import Id
from baodian.model.references import Selector
from baodian.model.talk import walk
from baodian.playbook import Class, Playbook
from baodian.said.messages import msg
from baodian.said.problems import Problem

ONE_MINUTE = "one-minute"
"""The group of lists that are gone through in a minute."""
IN_A_MINUTE = 8
FIRST_STEPS = 5


def _missing(script: model.Script, key: str) -> Problem:
    message = msg("“{key}” is missing.", key=key)
    return Problem("missing-key", script.at, message, msg("Add “{key}: …”.", key=key))


def _extra(value: Field, key: str, form: str) -> Problem:
    message = msg("“{key}” does not go with “form: {form}”.", key=key, form=form)
    return Problem("unknown-key", value.at, message, msg("Remove it, or change “form”."))


def talks(playbook: Playbook) -> Iterator[Problem]:
    """A talk has first words, last words and at least two answers.

    Right: open, two answers, close. Wrong: one answer only.
    """
    for script in playbook.scripts.values():
        if script.form != "talk":
            continue
        if not script.open:
            yield _missing(script, "open")
        if not script.close:
            yield _missing(script, "close")
        if len(script.answers) < 2:
            at = next((id_.at for id_ in script.answers), script.at)
            message = msg(
                "A talk has at least two answers; here {n|is|are} {n}.", n=len(script.answers)
            )
            hint = msg("Add under “answers” what else the other side may say.")
            yield Problem("too-few", at, message, hint)
        for line in script.message[:1]:
            yield _extra(line, "message", "talk")
        if script.no_reply is not None:
            yield _extra(script.no_reply, "no_reply", "talk")


def messages(playbook: Playbook) -> Iterator[Problem]:
    """A message or letter has its text and what to do without a reply, and no answers.

    Right: message and no_reply. Wrong: message with answers.
    """
    for script in playbook.scripts.values():
        if script.form == "talk":
            continue
        if not script.message:
            yield _missing(script, "message")
        if script.no_reply is None:
            yield _missing(script, "no_reply")
        for id_ in list(script.answers)[:1]:
            yield _extra(id_, "answers", script.form)
        for key, lines in (("open", script.open), ("close", script.close)):
            for line in lines[:1]:
                yield _extra(line, key, script.form)


def variants(playbook: Playbook) -> Iterator[Problem]:
    """Other first words are for somebody that the script is for.

    Right: `for: tier/gold` in a script for `tier/*`. Wrong: the same in one for `tier/silver`.
    """
    for script in playbook.scripts.values():
        known = {c for selector in script.for_ for c in _classes(playbook, selector)}
        if any(selector.everyone for selector in script.for_) or (script.for_ and not known):
            continue  # whom it is for is not there: told by `references.to_classes`
        for id_, variant in script.variants.items():
            for selector in variant.for_:
                theirs = _classes(playbook, selector)
                if not theirs or known & theirs:
                    continue
                message = msg("Nobody hears “{id}”: the script is not for them.", id=str(id_))
                hint = msg("Name classes that stand under “for” of the script.")
                yield Problem("unheard-variant", selector.at, message, hint)


def _classes(playbook: Playbook, selector: Selector) -> set[Class]:
    return {class_ for term in selector.terms[:1] for class_ in playbook.selected(term)}


def answers(playbook: Playbook) -> Iterator[Problem]:
    """Every answer goes on: to more answers, to another script, to an end, or to the close.

    Right: `then: technical-cause`. Wrong: `then: technical-cause` with `end: true`.
    """
    for script in playbook.scripts.values():
        for id_, answer in walk(script.answers):
            yield from _ways(script, id_, answer)


def _ways(script: model.Script, id_: Id, answer: model.Answer) -> Iterator[Problem]:
    ways = [
        key for key, given in (("then", answer.then), ("end", answer.end),
                               ("answers", answer.answers)) if given
    ]  # fmt: skip
    if len(ways) > 1:
        message = msg("After “{id}” the talk goes two ways: {ways}.", id=str(id_), ways=tuple(ways))
        yield Problem("open-answer", id_.at, message, msg("Keep one of them."))
    if answer.then is not None and answer.then == script.id:
        message = msg("“{id}” leads back to its own script.", id=str(id_))
        hint = msg("Name another script, or remove “then” to go on to the close.")
        yield Problem("open-answer", answer.then.at, message, hint)
    if not ways and not (answer.say or answer.do or answer.find_out):
        message = msg("Nothing follows after “{id}”.", id=str(id_))
        hint = msg("Add what to say or do, another script with “then”, or “end: true”.")
        yield Problem("open-answer", id_.at, message, hint)


def checklists(playbook: Playbook) -> Iterator[Problem]:
    """A list has items or groups of items, not both.

    Right: `items: {decider: 见到了吗？}`. Wrong: neither.
    """
    for checklist in playbook.checklists.values():
        if checklist.items and checklist.groups:
            message = msg("A list has either “items” or “groups”.")
            hint = msg("Put the items into a group of their own.")
            yield Problem("wrong-value", next(iter(checklist.items)).at, message, hint)
        elif not checklist.items and not checklist.groups:
            message = msg("“{key}” is missing.", key="items")
            hint = msg("Add “{key}: …”.", key="items")
            yield Problem("missing-key", checklist.at, message, hint)


def one_minute_lists(playbook: Playbook) -> Iterator[Problem]:
    """A list for one minute has at most eight items.

    Right: eight items. Wrong: nine.
    """
    for checklist in playbook.checklists.values():
        lines = [id_ for id_, _ in checklist.lines()]
        if checklist.group == ONE_MINUTE and len(lines) > IN_A_MINUTE:
            message = msg(
                "A list for one minute has at most {limit} items; here are {n}.",
                limit=IN_A_MINUTE, n=len(lines),
            )  # fmt: skip
            hint = msg("Keep what decides most, or move the list to another group.")
            yield Problem("one-minute-list", lines[IN_A_MINUTE].at, message, hint)


def moments(playbook: Playbook) -> Iterator[Problem]:
    """A moment begins with at most five steps.

    Right: five lines under `first`. Wrong: six.
    """
    for moment in playbook.moments.values():
        if len(moment.first) > FIRST_STEPS:
            message = msg(
                "At most {limit} lines stand here; these are {n}.",
                limit=FIRST_STEPS, n=len(moment.first),
            )  # fmt: skip
            hint = msg("Keep what comes first; the rest belongs into a method or list.")
            yield Problem("too-many", moment.first[FIRST_STEPS].at, message, hint)
