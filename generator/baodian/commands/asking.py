"""The commands that ask: what is wrong, where a value comes from, what differs, what is missing."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from baodian import report, verdicts
from baodian.cache import Cache
from baodian.commands.call import GOOD, PROBLEMS, Call, day, failed, ready
from baodian.said.messages import msg
from baodian.said.problems import At, BadRequestError, Problem, errors, in_order

if TYPE_CHECKING:
    from baodian.playbook import Playbook


def check(
    call: Call,
    date: datetime.datetime | None,
    audience: str,
    strict: bool,
    how: report.Format,
    with_coverage: bool,
    stale: bool,
    since: str | None,
) -> None:
    """Print every problem of the data, and what else was asked for; only problems make it fail."""
    t = call.t
    ready(call.project, audience)
    today = day(date)
    with call.progress.stage(t("Reading the playbook")):
        shown = with_coverage or stale
        playbook, problems = _checked(call.project, today, audience, shown=shown)
        gone, unread = _gone(call.project, since) if since is not None else ((), ())
    problems = in_order((*problems, *gone))
    if unread:
        text = t("{place} cannot be read in {revision}; what stood there is not compared.",
                 place=str(unread[0]), revision=since or "")  # fmt: skip
        if len(unread) > 1:
            text = t("{place} and {n} {n|other place|other places} cannot be read in {revision}; "
                     "what stood there is not compared.",
                     place=str(unread[0]), n=len(unread) - 1, revision=since or "")  # fmt: skip
        click.echo(text, err=True)
    as_data = how == "json"
    if not (shown and as_data) and (problems or as_data or not call.quiet):
        click.echo(report.report(problems, t, how), nl=False)
    if shown:
        from baodian import answers

        more: dict[str, object] = {}
        if with_coverage and as_data:
            more["coverage"] = answers.coverage_cells(playbook)
        elif with_coverage:
            click.echo(answers.coverage_table(playbook, t), nl=False)
        if stale and as_data:
            more["reviews"] = answers.reviews_as_data(playbook, today)
        elif stale:
            click.echo(answers.stale(playbook, today, t), nl=False)
        if as_data:
            click.echo(report.with_more(problems, t, **more), nl=False)
    bad = problems if strict else errors(problems)
    sys.exit(PROBLEMS if bad else GOOD)


def _checked(
    project: Path, today: datetime.date, audience: str, *, shown: bool
) -> tuple[Playbook | None, tuple[Problem, ...]]:
    """Return every problem; and the playbook, if it is to be shown and can be read."""

    def anew() -> tuple[Playbook | None, tuple[Problem, ...]]:
        from baodian import checking

        return checking.checked(project, today, audience, Cache.of(project))

    if shown:
        return anew()
    return None, verdicts.known(project, today, audience, lambda: anew()[1])


def _gone(project: Path, revision: str) -> tuple[tuple[Problem, ...], tuple[At, ...]]:
    """Return the problems of what is gone since a revision, and what of that cannot be read."""
    from baodian.checking import gone_since

    return gone_since(project, revision)


def explain(
    call: Call,
    date: datetime.datetime | None,
    city: str | None,
    how: Literal["text", "json"],
    what: str,
) -> None:
    """Print where each value of a thing comes from."""
    from baodian import answers
    from baodian.playbook.origins import explained
    from baodian.read import library_of

    ready(call.project)
    books = library_of(call.project, city or "")
    found = explained(books.almanac, what, day(date), city or "")
    shown = answers.origins_as_data(found) if how == "json" else answers.origins(found, call.t)
    click.echo(shown, nl=False)


def diff(
    call: Call,
    date: datetime.datetime | None,
    on: datetime.datetime | None,
    city: str | None,
    how: Literal["text", "markdown", "json", "notice", "html"],
    fail_on: tuple[str, ...],
    old: str | None,
    new: str | None,
) -> None:
    """Print what two playbooks differ in by meaning; exit 1 if they do, or as `--fail-on` asks."""
    from baodian.comparing import asked, data, document, pages, words

    t = call.t
    today = day(date)
    try:
        with call.progress.stage(t("Comparing")):
            found = asked.compared(
                call.project, old, new, today, on=on.date() if on else None, city=city or ""
            )
            shown = pages.shown(found)
            writers = {
                "text": lambda: words.text(found, shown, t),
                "markdown": lambda: words.markdown(found, shown, t),
                "json": lambda: data.as_json(found, shown, t),
                "notice": lambda: words.notice(found, t, today),
                "html": lambda: document.as_html(found, shown, t),
            }
            said = writers[how]()
    except asked.Unreadable as error:
        if error.problems:
            click.echo(report.report(error.problems, t), err=True, nl=False)
        raise
    click.echo(said, nl=False)
    kinds = {change.kind for change in found.changes}
    telling = kinds & set(fail_on) if fail_on else kinds
    sys.exit(PROBLEMS if telling else GOOD)


def examples(
    call: Call, date: datetime.datetime | None, city: str | None, scheme: str | None
) -> None:
    """Print the examples that schemes do not have yet, for a file of theirs."""
    from baodian import answers
    from baodian.checks.walk import meant
    from baodian.read import library_of

    ready(call.project)
    books = library_of(call.project, city or "")
    playbook, problems = books.loaded(day(date), city or "")
    if errors(problems):
        failed(problems, call.t)
    schemes = [one for id_, one in playbook.schemes.items() if scheme in (None, id_)]
    if not schemes and scheme is not None:
        hint = meant(scheme, playbook.schemes)
        raise BadRequestError(msg("There is no ruler “{id}”.", id=scheme), hint)
    click.echo(answers.examples(playbook, schemes, call.t), nl=False)
