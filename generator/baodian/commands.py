"""What each command does: one function a command, printing and exit codes (0, 1 problems, 2 usage).

A `Call` and the values of its options come in; whatever a user has to read goes to the terminal.
What stands in the way is raised, and told in one place (`ending`).
"""

from __future__ import annotations

import datetime
import errno
import os
import socket
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NoReturn

import click

from baodian import answers, report, starting
from baodian import schema as schemas
from baodian.checks.walk import meant
from baodian.playbook.load import load
from baodian.playbook.origins import explained
from baodian.read import Read, checked, gone_since, library_of, read, today_of
from baodian.said.messages import Words, msg
from baodian.said.problems import (
    BadRequestError,
    PlaybookError,
    Problem,
    RefusedError,
    errors,
    in_order,
)

GOOD, PROBLEMS = 0, 1
REFUSALS = frozenset(
    (
        errno.EACCES,
        errno.EADDRINUSE,
        errno.EADDRNOTAVAIL,
        errno.EBUSY,
        errno.EDQUOT,
        errno.EEXIST,
        errno.EIO,
        errno.EISDIR,
        errno.ELOOP,
        errno.EMFILE,
        errno.ENAMETOOLONG,
        errno.ENFILE,
        errno.ENOSPC,
        errno.ENOTDIR,
        errno.ENOTEMPTY,
        errno.EPERM,
        errno.EROFS,
    )
)
"""What of a folder, file or port is the user's to mend; any other refusal is a bug of ours."""


@dataclass(frozen=True)
class Call:
    """What every command is told: the folder, the words to speak in, and how much to say."""

    project: Path
    t: Words
    quiet: bool
    progress: report.Progress


# --- how it ends ----------------------------------------------------------------------------------


class Refused(click.ClickException):
    """What stands in the way of a command that was typed as it should be."""

    exit_code = 2


@contextmanager
def ending(t: Words) -> Iterator[None]:
    """Say why the command inside cannot go on, and end; a bug of ours shows its traceback."""
    try:
        yield
    except PlaybookError as error:
        failed(error.problems, t)
    except RefusedError as error:
        said = "\n".join(t.text(part) for part in (error.message, error.hint) if part)
        usage = isinstance(error, BadRequestError)
        raise (click.UsageError(said) if usage else Refused(said)) from None
    except OSError as error:
        if error.errno not in REFUSALS and not isinstance(error, socket.gaierror):
            raise
        raise Refused(t("The operating system refuses: {reason}", reason=error)) from None


def failed(problems: Iterable[Problem], t: Words, *said: str) -> NoReturn:
    """End with problems of the data, and a line about what that means for the command."""
    click.echo(report.report(problems, t), err=True, nl=False)
    for line in said:
        click.echo(line, err=True)
    sys.exit(PROBLEMS)


# --- what it begins with --------------------------------------------------------------------------


def ready(project: Path, audience: str = "") -> None:
    """Make sure that `project` is a playbook's folder, and mend what a killed build left there."""
    if not stands(project):
        raise RefusedError(msg("There is no folder {folder}.", folder=str(project)))
    for name in ("mkdocs.yml", "playbook_data"):
        if not (project / name).exists():
            raise RefusedError(
                msg(
                    "There is no {name} in {folder}. Give the folder of a playbook with --project, "
                    "or start one with: baodian init DIR",
                    name=name,
                    folder=str(project.resolve()),
                )
            )
    from baodian.publish import stage

    stage.repair(stage.site_of(project, audience))


def stands(project: Path) -> bool:
    """Return whether there is a folder to work in, which must still have a name itself."""
    try:
        Path.cwd()
    except FileNotFoundError:  # it was deleted under our feet
        if not (project.is_absolute() and project.is_dir()):
            return False
        os.chdir(project)
    return project.is_dir()


def day(asked: datetime.datetime | None) -> datetime.date:
    """Return today as `--date` or the environment has it."""
    try:
        return today_of(asked.date() if asked else None)
    except (ValueError, OverflowError, OSError):
        raise RefusedError(
            msg("SOURCE_DATE_EPOCH must be a number of seconds, such as 1764547200.")
        ) from None


# --- what it writes -------------------------------------------------------------------------------


def saved(call: Call, target: Path, data: bytes) -> None:
    """Write a file whole or not at all, and say how large it is."""
    written(target, data)
    if not call.quiet:
        size = f"{len(data) / 1e6:.1f}"
        click.echo(call.t("{file} is written: {size} MB.", file=target, size=size))


def written(target: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    beside = target.with_name(f".{target.name}.part")
    try:
        beside.write_bytes(data)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


# --- the commands that ask ------------------------------------------------------------------------


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
        playbook, problems = checked(call.project, today, audience)
        gone, unread = gone_since(call.project, since) if since is not None else ((), ())
    problems = in_order((*problems, *gone))
    if unread:
        text = t("{place} cannot be read in {revision}; what stood there is not compared.",
                 place=str(unread[0]), revision=since or "")  # fmt: skip
        if len(unread) > 1:
            text = t("{place} and {n} {n|other place|other places} cannot be read in {revision}; "
                     "what stood there is not compared.",
                     place=str(unread[0]), n=len(unread) - 1, revision=since or "")  # fmt: skip
        click.echo(text, err=True)
    if how == "json" and (with_coverage or stale):
        more: dict[str, object] = {}
        if with_coverage:
            more["coverage"] = report.coverage_cells(playbook)
        if stale:
            more["reviews"] = answers.reviews_as_data(playbook, today)
        click.echo(report.with_more(problems, t, **more), nl=False)
    elif problems or how == "json" or not call.quiet:
        click.echo(report.report(problems, t, how), nl=False)
    if with_coverage and how != "json":
        click.echo(report.coverage_table(playbook, t), nl=False)
    if stale and how != "json":
        click.echo(answers.stale(playbook, today, t), nl=False)
    bad = problems if strict else errors(problems)
    sys.exit(PROBLEMS if bad else GOOD)


def explain(
    call: Call,
    date: datetime.datetime | None,
    city: str | None,
    how: Literal["text", "json"],
    what: str,
) -> None:
    """Print where each value of a thing comes from."""
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
    ready(call.project)
    library_of(call.project, city or "")
    playbook, problems = load(call.project, day(date), city or "")
    if errors(problems):
        failed(problems, call.t)
    schemes = [one for id_, one in playbook.schemes.items() if scheme in (None, id_)]
    if not schemes and scheme is not None:
        hint = meant(scheme, playbook.schemes)
        raise BadRequestError(msg("There is no ruler “{id}”.", id=scheme), hint)
    click.echo(answers.examples(playbook, schemes, call.t), nl=False)


# --- the commands that make something -------------------------------------------------------------


def build(
    call: Call, date: datetime.datetime | None, audience: str, strict: bool, compress: bool
) -> None:
    """Build the handbook into `site/`, or an audience's into a folder of its own."""
    from baodian import build as story
    from baodian.publish import compressed, stage
    from baodian.publish.frames import Wanted

    t = call.t
    ready(call.project, audience)
    site = f"{stage.site_of(call.project, audience).name}/"
    try:
        built = story.build(
            call.project,
            day(date),
            t,
            call.progress,
            strict=strict,
            audience=audience,
            wanted=Wanted(packed=compress),
        )
    except PlaybookError as error:
        failed(error.problems, t, t("Nothing was built; {site} is as it was.", site=site))
    if built.problems:
        click.echo(report.report(built.problems, t), err=True, nl=False)
    if compress and ".br" not in compressed.packers() and not call.quiet:
        click.echo(
            t('Only .gz files were written: for .br run: pip install "baodian[brotli]"'), err=True
        )
    call.progress.say(t("{site} is built: {n} {n|page|pages}.", site=site, n=built.pages))


def serve(
    call: Call,
    date: datetime.datetime | None,
    audience: str,
    since: str | None,
    addr: str,
    port: int,
) -> None:
    """Serve the handbook while it is being edited."""
    from baodian import serve as desk
    from baodian.comparing.asked import LAST

    ready(call.project, audience)
    today, against = day(date), since or LAST
    desk.serve(call.project, today, call.t, call.progress, addr, port, audience, against)


def init(call: Call, folder: Path, extras: tuple[str, ...]) -> None:
    """Write the starter in the reader's language, and what publishes it."""
    t = call.t
    target = call.project / folder
    if not target.is_absolute() and not stands(Path()):
        raise click.UsageError(t("There is no folder {folder}.", folder=call.project))
    started = starting.start(target, t.language, extras)
    if started and started.playbook:
        helped(target, t)
    if started is None:
        raise click.UsageError(t("{folder} is not empty; nothing was written.", folder=folder))
    if call.quiet:
        return
    if started.kept:
        click.echo(t.text(msg("Left as it is: {files}.", files=started.kept)))
    if started.written:
        click.echo(t.text(msg("Written: {files}.", files=started.written)))
    if started.playbook:
        click.echo(
            t("A playbook is in {folder}. Next: baodian build --project {folder}", folder=target)
        )


def schema(call: Call) -> None:
    """Write what lets an editor help while one types."""
    t = call.t
    ready(call.project)
    kept = helped(call.project, t)
    if not call.quiet:
        click.echo(t("Editors find the schemas in {folder}.", folder=f"{schemas.FOLDER}/"))
    for file in kept:
        click.echo(t("{file} is yours and was left as it is; see README how it finds the schemas.",
                     file=file), err=True)  # fmt: skip


def helped(project: Path, t: Words) -> list[str]:
    """Write the schemas into a project, and settings where there are none; return others' files."""
    kept = []
    for name, text in schemas.files(t).items():
        file = project / name
        own = file.parent.name == "baodian"
        if not own and file.exists():
            kept += [name] if not schemas.wired(file.read_text("utf-8", "replace")) else []
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        written(file, text.encode())
    return kept


def pdf(
    call: Call,
    date: datetime.datetime | None,
    city: str | None,
    audience: str,
    out: Path | None,
    cards: bool,
    font: Path | None,
) -> None:
    """Write the handbook or its cards as PDF."""
    from baodian.export import pdf as paper

    def handbook(book: Read) -> bytes:
        if cards:
            return paper.class_cards(book, call.t, call.progress, font)
        return paper.handbook(call.project, book, call.t, call.progress, font)

    name = named("cards.pdf" if cards else "handbook.pdf", audience, city)
    export(call, date, city, audience, out or call.project / name, handbook)


def single(
    call: Call, date: datetime.datetime | None, city: str | None, audience: str, out: Path | None
) -> None:
    """Write the handbook as one HTML file."""
    from baodian.export import single as one_file

    def handbook(book: Read) -> bytes:
        return one_file.handbook(call.project, book, call.t, call.progress)

    name = named("handbook.html", audience, city)
    export(call, date, city, audience, out or call.project / name, handbook)


def named(file: str, *editions: str | None) -> str:
    """Return the name of a file that says for whom and for which city it is."""
    stem, _, ending = file.rpartition(".")
    return "-".join((stem, *filter(None, editions))) + f".{ending}"


def export(
    call: Call,
    date: datetime.datetime | None,
    city: str | None,
    audience: str,
    target: Path,
    make: Callable[[Read], bytes],
) -> None:
    """Read the playbook, of a city if one is given, and write what `make` returns for it.

    Writes the file whole or not at all.
    """
    ready(call.project, audience)
    with call.progress.stage(call.t("Reading the playbook")):
        book = read(call.project, day(date), city=city or "", audience=audience)
    saved(call, target, make(book))
