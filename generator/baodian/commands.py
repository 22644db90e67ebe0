"""What each command does: one function a command, printing and exit codes (0, 1 problems, 2 usage).

A `Call` and the values of its options come in; whatever a user has to read goes to the terminal.
"""

from __future__ import annotations

import datetime
import errno
import os
import socket
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import click

from baodian import answers, report, starting
from baodian import schema as schemas
from baodian.checks.walk import meant
from baodian.history import NoHistory
from baodian.playbook.load import library, load
from baodian.playbook.origins import NoSuchThingError, explained
from baodian.read import Read, UnknownEdition, checked, gone_since, read, today_of
from baodian.said.messages import Words, msg
from baodian.said.problems import PlaybookError, Problem, errors, in_order

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


class Refused(click.ClickException):
    """What stands in the way of a command that was typed as it should be."""

    exit_code = 2


@dataclass(frozen=True)
class Call:
    """What every command is told: the folder, the words to speak in, and how much to say."""

    project: Path
    t: Words
    quiet: bool
    progress: report.Progress


def build(
    call: Call, date: datetime.datetime | None, audience: str, strict: bool, compress: bool
) -> None:
    """Build the handbook into `site/`, or an audience's into a folder of its own."""
    from baodian import build as story
    from baodian.publish import compressed, stage
    from baodian.publish.frames import Wanted

    t = call.t
    ready(call.project, t, audience)
    site = f"{stage.site_of(call.project, audience).name}/"
    try:
        built = story.build(
            call.project,
            day(date, t),
            t,
            call.progress,
            strict=strict,
            audience=audience,
            wanted=Wanted(packed=compress),
        )
    except PlaybookError as error:
        click.echo(report.report(error.problems, t), err=True, nl=False)
        click.echo(t("Nothing was built; {site} is as it was.", site=site), err=True)
        sys.exit(PROBLEMS)
    except UnknownEdition as error:
        raise click.UsageError(t.text(error.message)) from None
    except OSError as error:
        raise refused(error, t) from None
    if built.problems:
        click.echo(report.report(built.problems, t), err=True, nl=False)
    if compress and ".br" not in compressed.packers() and not call.quiet:
        click.echo(
            t('Only .gz files were written: for .br run: pip install "baodian[brotli]"'), err=True
        )
    call.progress.say(t("{site} is built: {n} {n|page|pages}.", site=site, n=built.pages))


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
    ready(call.project, t, audience)
    today = day(date, t)
    try:
        with call.progress.stage(t("Reading the playbook")):
            playbook, problems = checked(call.project, today, audience)
            gone, unread = gone_since(call.project, since) if since is not None else ((), ())
    except UnknownEdition as error:
        raise click.UsageError(t.text(error.message)) from None
    except NoHistory as error:
        raise Refused(t.text(error.message)) from None
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
    sys.exit(PROBLEMS if bad(problems, strict=strict) else GOOD)


def explain(
    call: Call,
    date: datetime.datetime | None,
    city: str | None,
    how: Literal["text", "json"],
    what: str,
) -> None:
    """Print where each value of a thing comes from."""
    t = call.t
    ready(call.project, t)
    try:
        books = library(call.project)
        if city and city not in books.cities:
            raise no_city(city, t)
        found = explained(books.almanac, what, day(date, t), city or "")
    except PlaybookError as error:
        click.echo(report.report(error.problems, t), err=True, nl=False)
        sys.exit(PROBLEMS)
    except NoSuchThingError as error:
        hint = f"\n{t.text(error.hint)}" if error.hint else ""
        raise click.UsageError(t.text(error.message) + hint) from None
    shown = answers.origins_as_data(found) if how == "json" else answers.origins(found, t)
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
    today = day(date, t)
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
        raise Refused(t.text(error.message)) from None
    except OSError as error:
        raise refused(error, t) from None
    click.echo(said, nl=False)
    kinds = {change.kind for change in found.changes}
    failed = kinds & set(fail_on) if fail_on else kinds
    sys.exit(PROBLEMS if failed else GOOD)


def examples(
    call: Call, date: datetime.datetime | None, city: str | None, scheme: str | None
) -> None:
    """Print the examples that schemes do not have yet, for a file of theirs."""
    t = call.t
    ready(call.project, t)
    try:
        books = library(call.project)
        if city and city not in books.cities:
            raise no_city(city, t)
        playbook, problems = load(call.project, day(date, t), city or "")
    except PlaybookError as error:
        click.echo(report.report(error.problems, t), err=True, nl=False)
        sys.exit(PROBLEMS)
    if errors(problems):
        click.echo(report.report(problems, t), err=True, nl=False)
        sys.exit(PROBLEMS)
    schemes = [one for id_, one in playbook.schemes.items() if scheme in (None, id_)]
    if not schemes and scheme is not None:
        hint = meant(scheme, playbook.schemes)
        more = f"\n{t.text(hint)}" if hint else ""
        raise click.UsageError(t("There is no ruler “{id}”.", id=scheme) + more)
    click.echo(answers.examples(playbook, schemes, t), nl=False)


def schema(call: Call) -> None:
    """Write what lets an editor help while one types."""
    t = call.t
    ready(call.project, t)
    try:
        kept = helped(call.project, t)
    except OSError as error:
        raise refused(error, t) from None
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

    t = call.t
    ready(call.project, t, audience)
    try:
        today = day(date, t)
        desk.serve(call.project, today, t, call.progress, addr, port, audience, since or LAST)
    except UnknownEdition as error:
        raise click.UsageError(t.text(error.message)) from None
    except OSError as error:
        raise refused(error, t) from None


def init(call: Call, folder: Path, extras: tuple[str, ...]) -> None:
    """Write the starter in the reader's language, and what publishes it."""
    t = call.t
    target = call.project / folder
    if not target.is_absolute() and not stands(Path()):
        raise click.UsageError(t("There is no folder {folder}.", folder=call.project))
    try:
        started = starting.start(target, t.language, extras)
        if started and started.playbook:
            helped(target, t)
    except OSError as error:
        raise refused(error, t) from None
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
        try:
            if cards:
                return paper.class_cards(book, call.t, call.progress, font)
            return paper.handbook(call.project, book, call.t, call.progress, font)
        except paper.ExportError as error:
            raise Refused(call.t.text(error.message)) from None

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
    t = call.t
    ready(call.project, t, audience)
    try:
        with call.progress.stage(t("Reading the playbook")):
            book = read(call.project, day(date, t), city=city or "", audience=audience)
        data = make(book)
    except PlaybookError as error:
        click.echo(report.report(error.problems, t), err=True, nl=False)
        sys.exit(PROBLEMS)
    except UnknownEdition as error:
        raise click.UsageError(t.text(error.message)) from None
    try:
        written(target, data)
    except OSError as error:
        raise refused(error, t) from None
    if not call.quiet:
        click.echo(t("{file} is written: {size} MB.", file=target, size=f"{len(data) / 1e6:.1f}"))


# --- what they share ------------------------------------------------------------------------------


def written(target: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    beside = target.with_name(f".{target.name}.part")
    try:
        beside.write_bytes(data)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def ready(project: Path, t: Words, audience: str = "") -> None:
    """Make sure that `project` is a playbook's folder, and mend what a killed build left there."""
    if not stands(project):
        raise Refused(t("There is no folder {folder}.", folder=project))
    for name in ("mkdocs.yml", "playbook_data"):
        if not (project / name).exists():
            raise Refused(
                t(
                    "There is no {name} in {folder}. Give the folder of a playbook with --project, "
                    "or start one with: baodian init DIR",
                    name=name,
                    folder=project.resolve(),
                )
            )
    from baodian.publish import stage

    try:
        stage.repair(stage.site_of(project, audience))
    except OSError as error:
        raise refused(error, t) from None


def stands(project: Path) -> bool:
    """Return whether there is a folder to work in, which must still have a name itself."""
    try:
        Path.cwd()
    except FileNotFoundError:  # it was deleted under our feet
        if not (project.is_absolute() and project.is_dir()):
            return False
        os.chdir(project)
    return project.is_dir()


def day(asked: datetime.datetime | None, t: Words) -> datetime.date:
    """Return today as `--date` or the environment has it."""
    try:
        return today_of(asked.date() if asked else None)
    except (ValueError, OverflowError, OSError):
        raise Refused(
            t("SOURCE_DATE_EPOCH must be a number of seconds, such as 1764547200.")
        ) from None


def no_city(city: str, t: Words) -> click.UsageError:
    """Return the sentence for a city that is not in `overlays/`."""
    return click.UsageError(t("There is no city “{city}” in overlays/.", city=city))


def bad(problems: Sequence[Problem], *, strict: bool) -> bool:
    """Return whether the problems make a command fail."""
    return bool(problems if strict else errors(problems))


def refused(error: OSError, t: Words) -> Refused:
    """Return the sentence for a folder, file or port that the operating system refuses.

    Raises the error again if it is not the user's to mend.
    """
    if error.errno not in REFUSALS and not isinstance(error, socket.gaierror):
        raise error
    return Refused(t("The operating system refuses: {reason}", reason=error))
