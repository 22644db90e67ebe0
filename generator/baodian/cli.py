"""The command `baodian`: arguments in, printing and exit codes out (0, 1 problems, 2 usage)."""

from __future__ import annotations

import datetime
import errno
import os
import shutil
import socket
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from baodian import __version__, report
from baodian.read import checked, read, today_of
from baodian.said.messages import LANGUAGES, Words, language_of
from baodian.said.problems import PlaybookError, Problem, errors

STARTER = Path(__file__).parent / "starter"
GOOD, PROBLEMS = 0, 1
REFUSALS = frozenset(
    (
        errno.EACCES,
        errno.EADDRINUSE,
        errno.EADDRNOTAVAIL,
        errno.EDQUOT,
        errno.ENOSPC,
        errno.ENOTDIR,
        errno.EPERM,
        errno.EROFS,
    )
)

Function = Callable[..., Any]


def main() -> None:
    """Run the command line; the one entry point."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    asked = language_asked(sys.argv[1:])
    commands(report.words_or_english(asked if asked in LANGUAGES else language_of()))()


def language_asked(arguments: Sequence[str]) -> str | None:
    """Return the value of `--lang`, which even the help texts depend on."""
    for position, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
        if argument == "--lang" and position + 1 < len(arguments):
            return arguments[position + 1]
    return None


def commands(t: Words) -> click.Group:
    """Return the commands, their help and messages in the language of `t`."""

    def common(command: Function) -> Function:
        """Add what every command takes."""
        for option in reversed(
            (
                click.option(
                    "--project",
                    metavar="DIR",
                    default=".",
                    type=click.Path(path_type=Path),
                    help=t("The folder with mkdocs.yml; by default the current one."),
                ),
                click.option(
                    "--lang", type=click.Choice(LANGUAGES), help=t("The language of messages.")
                ),
                click.option("-q", "--quiet", is_flag=True, help=t("Say nothing but problems.")),
                click.option(
                    "-v",
                    "--verbose",
                    is_flag=True,
                    help=t("Say what is being done, even when piped."),
                ),
            )
        ):
            command = option(command)
        return command

    dated = click.option(
        "--date",
        "date",
        metavar="YYYY-MM-DD",
        type=click.DateTime(["%Y-%m-%d"]),
        help=t("The day that counts as today."),
    )
    strict_option = click.option("--strict", is_flag=True, help=t("Let warnings count as errors."))

    @click.group(help=t("Turn a folder of YAML into a searchable handbook."))
    @click.version_option(__version__, prog_name="baodian")
    def group() -> None:
        pass

    @group.command(help=t("Build the handbook into site/, all or nothing."))
    @common
    @dated
    @strict_option
    def build(
        project: Path,
        lang: str | None,
        quiet: bool,
        verbose: bool,
        date: datetime.datetime | None,
        strict: bool,
    ) -> None:
        from baodian import build as story

        ready(project, t)
        progress = report.Progress(quiet=quiet, verbose=verbose)
        try:
            built = story.build(project, day(date, t), t, progress, strict=strict)
        except PlaybookError as error:
            click.echo(report.report(error.problems, t), err=True, nl=False)
            click.echo(t("Nothing was built; site/ is as it was."), err=True)
            sys.exit(PROBLEMS)
        except OSError as error:
            raise refused(error, t) from None
        if built.problems:
            click.echo(report.report(built.problems, t), err=True, nl=False)
        progress.say(t("site/ is built: {n} pages.", n=built.pages))

    @group.command(help=t("Say what is wrong with the data, and how to mend it."))
    @common
    @strict_option
    @click.option(
        "--format",
        "how",
        type=click.Choice(["text", "json", "github"]),
        default="text",
        help=t("For people, for programs, or for GitHub."),
    )
    @click.option(
        "--coverage",
        "with_coverage",
        is_flag=True,
        help=t("Show for each class how many scripts, lists, cases, measures and rhythms it has."),
    )
    def check(
        project: Path,
        lang: str | None,
        quiet: bool,
        verbose: bool,
        strict: bool,
        how: report.Format,
        with_coverage: bool,
    ) -> None:
        ready(project, t)
        progress = report.Progress(quiet=quiet, verbose=verbose)
        with progress.stage(t("Reading the playbook")):
            playbook, found = checked(project)
        if with_coverage and how == "json":
            click.echo(report.with_coverage(found, playbook, t), nl=False)
        elif found or how == "json" or not quiet:
            click.echo(report.report(found, t, how), nl=False)
        if with_coverage and how != "json":
            click.echo(report.coverage_table(playbook, t), nl=False)
        sys.exit(PROBLEMS if bad(found, strict=strict) else GOOD)

    @group.command(help=t("Show the handbook and show it anew on every change, drafts too."))
    @common
    @dated
    @click.option(
        "--addr", default="127.0.0.1", show_default=True, help=t("The address to serve at.")
    )
    @click.option(
        "--port",
        default=8000,
        show_default=True,
        type=click.IntRange(0, 65535),
        help=t("The port to serve at."),
    )
    def serve(
        project: Path,
        lang: str | None,
        quiet: bool,
        verbose: bool,
        date: datetime.datetime | None,
        addr: str,
        port: int,
    ) -> None:
        from baodian import serve as desk

        ready(project, t)
        progress = report.Progress(quiet=quiet, verbose=verbose)
        try:
            desk.serve(project, day(date, t), t, progress, addr, port)
        except OSError as error:
            raise refused(error, t) from None

    @group.command(help=t("Write a small complete playbook into the new or empty folder DIR."))
    @common
    @click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
    def init(project: Path, lang: str | None, quiet: bool, verbose: bool, folder: Path) -> None:
        target = project / folder
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise click.UsageError(t("{folder} is not empty; nothing was written.", folder=folder))
        try:
            shutil.copytree(STARTER, target, dirs_exist_ok=True)
        except OSError as error:
            raise refused(error, t) from None
        if not quiet:
            click.echo(
                t(
                    "A playbook is in {folder}. Next: baodian build --project {folder}",
                    folder=target,
                )
            )

    @group.group(name="export", help=t("Write the handbook as a file to hand on."))
    def export() -> None:
        pass

    @export.command(help=t("Write the whole handbook, or a card for each class, as one PDF."))
    @common
    @dated
    @click.option(
        "--out",
        metavar="FILE",
        type=click.Path(path_type=Path, dir_okay=False),
        help=t("The file to write; by default handbook.pdf or cards.pdf in the project."),
    )
    @click.option("--cards", is_flag=True, help=t("One A4 card for each class with a guide."))
    @click.option(
        "--font",
        metavar="FILE",
        type=click.Path(path_type=Path),
        help=t("A font file with Chinese, or a folder of them, instead of the machine's fonts."),
    )
    def pdf(
        project: Path,
        lang: str | None,
        quiet: bool,
        verbose: bool,
        date: datetime.datetime | None,
        out: Path | None,
        cards: bool,
        font: Path | None,
    ) -> None:
        from baodian.export import pdf as paper

        ready(project, t)
        progress = report.Progress(quiet=quiet, verbose=verbose)
        try:
            with progress.stage(t("Reading the playbook")):
                found = read(project, day(date, t))
            if cards:
                made = paper.class_cards(found, t, progress, font)
            else:
                made = paper.handbook(project, found, t, progress, font)
        except PlaybookError as error:
            click.echo(report.report(error.problems, t), err=True, nl=False)
            sys.exit(PROBLEMS)
        except paper.ExportError as error:
            raise click.UsageError(t.text(error.message)) from None
        target = out or project / ("cards.pdf" if cards else "handbook.pdf")
        try:
            written(target, made)
        except OSError as error:
            raise refused(error, t) from None
        if not quiet:
            click.echo(
                t("{file} is written: {size} MB.", file=target, size=f"{len(made) / 1e6:.1f}")
            )

    @export.command(help=t("Write the whole handbook as one HTML file, to be kept on a phone."))
    @common
    @dated
    @click.option(
        "--out",
        metavar="FILE",
        type=click.Path(path_type=Path, dir_okay=False),
        help=t("The file to write; by default handbook.html in the project."),
    )
    def single(
        project: Path,
        lang: str | None,
        quiet: bool,
        verbose: bool,
        date: datetime.datetime | None,
        out: Path | None,
    ) -> None:
        from baodian.export import single as one_file

        ready(project, t)
        progress = report.Progress(quiet=quiet, verbose=verbose)
        try:
            with progress.stage(t("Reading the playbook")):
                found = read(project, day(date, t))
            made = one_file.handbook(project, found, t, progress)
        except PlaybookError as error:
            click.echo(report.report(error.problems, t), err=True, nl=False)
            sys.exit(PROBLEMS)
        target = out or project / "handbook.html"
        try:
            written(target, made)
        except OSError as error:
            raise refused(error, t) from None
        if not quiet:
            click.echo(
                t("{file} is written: {size} MB.", file=target, size=f"{len(made) / 1e6:.1f}")
            )

    return group


def written(target: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    beside = target.with_name(f".{target.name}.part")
    try:
        beside.write_bytes(data)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def ready(project: Path, t: Words) -> None:
    """Make sure that `project` is a playbook's folder, and mend what a killed build left there."""
    if not project.is_dir():
        raise click.UsageError(t("There is no folder {folder}.", folder=project))
    for name in ("mkdocs.yml", "playbook_data"):
        if not (project / name).exists():
            raise click.UsageError(
                t(
                    "There is no {name} in {folder}. Give the folder of a playbook with --project, "
                    "or start one with: baodian init DIR",
                    name=name,
                    folder=project.resolve(),
                )
            )
    from baodian.publish import stage

    try:
        stage.repair((project / "site").resolve())
    except OSError as error:
        raise refused(error, t) from None


def day(asked: datetime.datetime | None, t: Words) -> datetime.date:
    """Return today as `--date` or the environment has it."""
    try:
        return today_of(asked.date() if asked else None)
    except (ValueError, OverflowError, OSError):
        raise click.UsageError(
            t("SOURCE_DATE_EPOCH must be a number of seconds, such as 1764547200.")
        ) from None


def bad(problems: Sequence[Problem], *, strict: bool) -> bool:
    """Return whether the problems make a command fail."""
    return bool(problems if strict else errors(problems))


def refused(error: OSError, t: Words) -> click.UsageError:
    """Return the sentence for a folder, file or port that the operating system refuses.

    Raises the error again if it is not the user's to mend.
    """
    if error.errno not in REFUSALS and not isinstance(error, socket.gaierror):
        raise error
    return click.UsageError(t("The operating system refuses: {reason}", reason=error))
