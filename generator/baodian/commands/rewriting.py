"""The commands that write into a playbook: they show what they would do, `--write` does it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import click

from baodian.commands.call import Call, day, failed, ready
from baodian.editing import files, folding, renaming, skeleton
from baodian.editing.files import Draft
from baodian.editing.trial import tried
from baodian.editing.typed import Written
from baodian.said.problems import errors, in_order


def new(call: Call, date: datetime.datetime | None, kind: str, id_: str) -> None:
    """Write the draft of a new thing into a file of its own."""
    draft = skeleton.new(_readable(call), kind, id_, day(date), call.t)
    files.write((draft,))
    if not call.quiet:
        click.echo(call.t("{file} is written, as a draft. Fill it in, then: baodian check",
                          file=draft.path))  # fmt: skip


def rename(call: Call, kind: str, old: str, new: str, write: bool) -> None:
    """Give an id another name wherever it is named."""
    _shown_and_written(call, renaming.renamed(_readable(call), kind, old, new), write=write)


def fold(call: Call, date: datetime.datetime | None, change: str, write: bool) -> None:
    """Write what a change that is in force changes into the things themselves."""
    _shown_and_written(call, folding.folded(_readable(call), change, day(date)), write=write)


def _readable(call: Call) -> Written:
    """Return what is written; with something wrong in the form of a file nothing can be moved."""
    ready(call.project)
    with call.progress.stage(call.t("Reading the playbook")):
        written = Written(call.project)
        books = written.books
        problems = errors(in_order(books.problems(books.made(None))))
    if problems:
        failed(problems, call.t, call.t("Nothing was written: mend this first."))
    return written


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
    files.write(drafts)
    if not call.quiet:
        count = len({draft.path for draft in drafts})
        click.echo(t("Written: {n} {n|file|files}.", n=count), err=True)
