"""The commands on workbooks: write one, and take in what somebody changed in one."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from baodian import report
from baodian.commands.call import PROBLEMS, Call, Refused, day, ready, saved, target_of
from baodian.comparing import pages
from baodian.comparing.sides import Side, Unreadable, compared
from baodian.comparing.words import text
from baodian.editing import files
from baodian.editing.xlsx import Import, imported, readable
from baodian.editing.xlsx_read import Objection
from baodian.export import xlsx
from baodian.said.messages import Words
from baodian.said.problems import Problem
from baodian.sheets import matrices
from baodian.sheets.grids import Row
from baodian.sheets.titles import column_title
from baodian.sheets.workbook import NoWorkbook, library

NAME = "handbook.xlsx"
MOST = 50
"""How many objections are shown."""


def export(call: Call, out: Path | None) -> None:
    """Write what stands in YAML as a workbook."""
    t = call.t
    ready(call.project)
    target, today = target_of(call, out, NAME), day(None)
    library()
    with call.progress.stage(t("Reading the playbook")):
        shelf = readable(call.project, today).shelf
    with call.progress.stage(t("Writing the workbook")):
        data = xlsx.workbook(shelf, t, today)
    saved(call, target, data)


def take_in(
    call: Call, date: datetime.datetime | None, file: Path, write: bool, allow_deletions: bool
) -> None:
    """Show what a workbook changes, and write it into the YAML files if asked for."""
    t = call.t
    ready(call.project)
    if not file.is_file():
        raise click.UsageError(t("There is no file {file}.", file=file))
    data, today = file.read_bytes(), day(date)
    try:
        with call.progress.stage(t("Comparing the workbook with the files")):
            found = imported(call.project, data, today, deletions=allow_deletions)
    except NoWorkbook as error:
        raise Refused(f"{file}: {t.text(error.message)}") from None
    if not call.quiet:
        click.echo("".join(f"{line}\n" for line in shown(found, t)), nl=False)
        click.echo(files.diff(found.files, call.project), nl=False)
        click.echo(meant(found, today, t), nl=False)
    click.echo("".join(f"{line}\n" for line in wrong(found, t)), err=True, nl=False)
    if found.refused:
        click.echo(t("Nothing was written."), err=True)
        sys.exit(PROBLEMS)
    if write and found.files:
        files.write(found.files)
    if not call.quiet:
        click.echo(outcome(found, t, write=write))


def meant(found: Import, today: datetime.date, t: Words) -> str:
    """Return what the playbook means otherwise then; "" if that cannot be told."""
    if found.books is None:
        return ""
    names = (t("As it is"), t("With the workbook"))
    try:
        sides = (Side(name, books, today) for name, books in zip(names, found.books, strict=True))
        different = compared(*sides)
        return text(different, pages.shown(different), t)
    except Unreadable:  # what is wrong then is told beside it
        return ""


def outcome(found: Import, t: Words, *, write: bool) -> str:
    """Return in a sentence what was done."""
    if not found.files:
        return t("The workbook changes nothing.")
    n = len(found.files)
    if write:
        return t("{n} {n|file is|files are} written.", n=n)
    return t("Nothing is written yet. To write {n} {n|file|files}, add --write.", n=n)


def shown(found: Import, t: Words) -> Iterator[str]:
    """Yield what a workbook changes, cell by cell, and then the lines of the files."""
    nothing = t("(nothing)")
    for change in found.merged.changed:
        old, new = (matrices.in_words(text, t) if change.sheet.grid else text
                    for text in (change.old, change.new))  # fmt: skip
        what = t.aside(f"{_named(change.row)} · {column_title(change.sheet, change.column.key, t)}")
        yield f"{change.place}{what}{t.colon}{_flat(old) or nothing} → {_flat(new) or nothing}"
    for row in found.merged.added:
        yield t("{place}: new: {row}", place=row.place, row="/".join(filter(None, row.key)))
    for gone in found.merged.gone:
        if found.deletions:
            yield t("{sheet}: taken away: {row}", sheet=gone.title, row=_named(gone.row))
        else:
            yield t("{sheet}: the row {row} is missing; it stays. To take it away, add "
                    "--allow-deletions.", sheet=gone.title, row=_named(gone.row))  # fmt: skip
    if found.merged.kept:
        yield t("{n} {n|cell was|cells were} changed in YAML since the export; that stays.",
                n=found.merged.kept)  # fmt: skip


def _named(row: Row) -> str:
    return "/".join(filter(None, row.key))


def _flat(text: str) -> str:
    return text.replace("\n", " ⏎ ")


def wrong(found: Import, t: Words) -> Iterator[str]:
    """Yield what stands in the way, each with the name of its cell."""
    for objection in found.objections[:MOST]:
        yield from _objection(objection, t)
    if (more := len(found.objections) - MOST) > 0:
        yield t("And {n} more.", n=more)
    for problem in found.problems:
        place = found.cell(problem)
        yield from (
            report.report((problem,), t).splitlines()[:-1]
            if not place
            else _problem(problem, place, t)
        )


def _objection(objection: Objection, t: Words) -> Iterator[str]:
    yield f"{objection.place}: {t.text(objection.message)}"
    if objection.at:
        yield "    " + t("In YAML: {place}", place=objection.at)
    if objection.hint:
        yield f"    {t.text(objection.hint)}"


def _problem(problem: Problem, place: str, t: Words) -> Iterator[str]:
    yield f"{place}: {t.text(problem.message)} [{problem.code}]"
    yield "    " + t("In YAML: {place}", place=problem.at)
    if problem.hint:
        yield f"    {t.text(problem.hint)}"
