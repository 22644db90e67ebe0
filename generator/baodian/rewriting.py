"""The commands that write into a playbook: they show what they would do, `--write` does it."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Sequence

import click

from baodian import report
from baodian.commands import PROBLEMS, Call, Refused, day, ready, refused
from baodian.editing import files, folding, renaming, skeleton
from baodian.editing.files import ChangedMeanwhileError, Draft
from baodian.editing.renaming import RefusedError
from baodian.editing.trial import tried
from baodian.editing.typed import Written
from baodian.said.messages import Words
from baodian.said.problems import errors, in_order


def new(call: Call, date: datetime.datetime | None, kind: str, id_: str) -> None:
    """Write the draft of a new thing into a file of its own."""
    t = call.t
    ready(call.project, t)
    written = _readable(call)
    try:
        draft = skeleton.new(written, kind, id_, day(date, t), t)
    except RefusedError as error:
        raise _usage(error, t) from None
    put_in_place(call, (draft,))
    if not call.quiet:
        click.echo(t("{file} is written, as a draft. Fill it in, then: baodian check",
                     file=draft.path))  # fmt: skip


def rename(call: Call, kind: str, old: str, new: str, write: bool) -> None:
    """Give an id another name wherever it is named."""
    ready(call.project, call.t)
    written = _readable(call)
    try:
        drafts = renaming.renamed(written, kind, old, new)
    except RefusedError as error:
        raise _usage(error, call.t) from None
    _shown_and_written(call, drafts, write=write)


def fold(call: Call, date: datetime.datetime | None, change: str, write: bool) -> None:
    """Write what a change that is in force changes into the things themselves."""
    ready(call.project, call.t)
    written = _readable(call)
    try:
        drafts = folding.folded(written, change, day(date, call.t))
    except RefusedError as error:
        raise _usage(error, call.t) from None
    _shown_and_written(call, drafts, write=write)


def _readable(call: Call) -> Written:
    """Return what is written; with something wrong in the form of a file nothing can be moved."""
    with call.progress.stage(call.t("Reading the playbook")):
        written = Written(call.project)
        books = written.books
        problems = errors(in_order(books.problems(books.made(None))))
    if problems:
        click.echo(report.report(problems, call.t), err=True, nl=False)
        click.echo(call.t("Nothing was written: mend this first."), err=True)
        sys.exit(PROBLEMS)
    return written


def _usage(error: RefusedError, t: Words) -> click.UsageError:
    hint = f"\n{t.text(error.hint)}" if error.hint else ""
    return click.UsageError(t.text(error.message) + hint)


def _shown_and_written(call: Call, drafts: Sequence[Draft], *, write: bool) -> None:
    """Show what becomes of the files, and write them if that is asked for."""
    t = call.t
    click.echo(files.diff(drafts, call.project), nl=False)
    with tried(call.project, drafts) as folder:
        books = Written(folder).books
        wrong = errors(books.problems(books.made(None)))
        assert not wrong, f"what would be written cannot be read: {wrong[0]}"
    if not write:
        click.echo(t("Nothing was written yet: this is what --write would do."), err=True)
        return
    put_in_place(call, drafts)
    if not call.quiet:
        count = len({draft.path for draft in drafts})
        click.echo(t("Written: {n} {n|file|files}.", n=count), err=True)


def put_in_place(call: Call, drafts: Sequence[Draft]) -> None:
    """Write all files, or none and say why."""
    t = call.t
    try:
        files.write(drafts)
    except ChangedMeanwhileError as error:
        raise Refused(
            t("{file} was changed by somebody else meanwhile; nothing was written.",
              file=error.path)
        ) from None  # fmt: skip
    except OSError as error:
        raise refused(error, t) from None
