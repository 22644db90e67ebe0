"""Paths for new people hold together: days that exist, questions that can be answered."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from baodian import model
from baodian.model.quantities import Whole
from baodian.playbook import Playbook
from baodian.said.messages import msg
from baodian.said.problems import At, Problem, Related

PASS = (3, 8)  # how many things a supervisor can listen for


def questions(playbook: Playbook) -> Iterator[Problem]:
    """A question has two or more answers, of which one or more are right and others wrong.

    Right: one `right: true`, one `right: false`. Wrong: none right, or all.
    """
    for path in playbook.paths.values():
        for id_, question in path.questions.items():
            choices = question.choices.values()
            if len(choices) < 2:
                message = msg("A question has at least two answers to choose from.")
                yield Problem("too-few", id_.at, message, msg("Add a wrong one."))
            if not any(choice.right for choice in choices):
                message = msg("No answer to this question is right.")
                yield Problem("no-right-answer", id_.at, message, msg("Set “right: true” at one."))
            elif len(choices) > 1 and all(choice.right for choice in choices):
                message = msg("Every answer to this question is right.")
                hint = msg("Set “right: false” at one, or write a wrong one.")
                yield Problem("no-wrong-answer", id_.at, message, hint)


def days(playbook: Playbook) -> Iterator[Problem]:
    """The days of a path rise, and questions and talks name one of them.

    Right: days 1 and 3, a question with `day: 3`. Wrong: days 3 and 1, a question with `day: 2`.
    """
    for path in playbook.paths.values():
        for before, after in pairwise(path.days):
            if after.number < before.number:
                message = msg("Day {b} comes after day {a}.", a=before.number, b=after.number)
                hint = msg("Put the days in order.")
                yield Problem("dates", after.at, message, hint)
        given = [question.day for question in path.questions.values()]
        given += [play.day for play in path.role_plays.values()]
        for day in given:
            if day is not None:
                yield from _unknown_day(path, day)


def _unknown_day(path: model.Path, day: Whole) -> Iterator[Problem]:
    numbers = dict.fromkeys(number.number for number in path.days)
    if day.number not in numbers:
        message = msg("This path has no day {day}.", day=day.number)
        hint = msg("Its days are {days}.", days=tuple(str(n) for n in numbers))
        yield Problem("unknown-day", day.at, message, hint)


def twice_a_day(playbook: Playbook) -> Iterator[Problem]:
    """A day gives each thing to read or check once.

    Right: `read: [guide:visit]`. Wrong: `read: [guide:visit, guide:visit]`.
    """
    for path in playbook.paths.values():
        for day in path.days.values():
            for given in (day.read, day.check):
                first: dict[str, At] = {}
                for named in given:
                    if named in first:
                        message = msg("“{id}” stands here a second time.", id=str(named))
                        related = Related(first[named], msg("The first one stands here."))
                        hint = msg("Remove one.")
                        yield Problem("duplicate-id", named.at, message, hint, (related,))
                    first.setdefault(str(named), named.at)


def passes(playbook: Playbook) -> Iterator[Problem]:
    """What passes a talk is three to eight things: fewer prove little, more cannot be listened for.

    Right: three lines under `pass:`. Wrong: two, or nine.
    """
    low, high = PASS
    for path in playbook.paths.values():
        for id_, play in path.role_plays.items():
            count = len(play.pass_)
            if 0 < count < low:
                message = msg(
                    "{n} {n|thing|things} to hear or see {n|is|are} too few to pass a talk.",
                    n=count,
                )
                hint = msg("Write at least {n} under “pass”.", n=low)
                yield Problem("too-few", id_.at, message, hint)
            elif count > high:
                message = msg("Nobody can listen for {n} things in one talk.", n=count)
                hint = msg("Keep the {n} that matter most under “pass”.", n=high)
                yield Problem("too-many", id_.at, message, hint)
