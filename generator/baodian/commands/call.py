"""What every command is told, what it begins with, what it writes, and how it ends otherwise."""

from __future__ import annotations

import datetime
import errno
import os
import socket
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import click

from baodian import report, terminal
from baodian.said.messages import Words, msg
from baodian.said.problems import BadRequestError, PlaybookError, Problem, RefusedError
from baodian.today import today_of

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
    progress: terminal.Progress


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


def target_of(call: Call, out: Path | None, name: str) -> Path:
    """Return the file to write, into a folder that is there: `out`, else `name` in the project."""
    if out and not out.parent.is_dir():
        raise RefusedError(msg("There is no folder {folder}.", folder=str(out.parent)))
    return out or call.project / name


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
