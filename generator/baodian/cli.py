"""The command `baodian`: what was typed is understood in the reader's language, and carried out."""

from __future__ import annotations

import gc
import importlib
import os
import sys
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from baodian import __version__, terminal
from baodian.commands.call import Call, ending
from baodian.commands.options import COMMON
from baodian.commands.table import COMMANDS, EXPORTS, IMPORTS, Command
from baodian.interrupted import Interrupted, end, listen
from baodian.said.messages import Words, msg


def main() -> None:
    """Run the command line; the one entry point."""
    gc.set_threshold(100_000, 50, 100)  # a playbook is hardly any garbage, and much to look through
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    warnings.simplefilter("ignore")  # of libraries, to their programmers
    terminal.speak_anywhere()
    typed = sys.argv[1:]
    t = terminal.spoken(Path(asked(typed, "--project") or "."), asked(typed, "--lang") or "")
    listen()
    try:
        commands(t)()
    except Interrupted as interrupted:
        end(interrupted)


def asked(arguments: Sequence[str], option: str) -> str | None:
    """Return the value of an option that even the help texts depend on."""
    for position, argument in enumerate(arguments):
        if argument.startswith(f"{option}="):
            return argument.removeprefix(f"{option}=")
        if argument == option and position + 1 < len(arguments):
            return arguments[position + 1]
    return None


def commands(t: Words) -> click.Group:
    """Return the commands, their help and messages in the language of `t`."""
    top = click.Group(help=t.text(msg("Turn a folder of YAML into a searchable handbook.")))
    click.version_option(__version__, prog_name="baodian")(top)
    export = click.Group("export", help=t.text(msg("Write the handbook as a file to hand on.")))
    import_ = click.Group("import", help=t.text(msg("Take in what was changed in a file.")))
    for group, listed in ((top, COMMANDS), (export, EXPORTS), (import_, IMPORTS)):
        for command in listed:
            group.add_command(clicked(command, t))
    top.add_command(export)
    top.add_command(import_)
    return top


def clicked(command: Command, t: Words) -> click.Command:
    """Return a command for click, in the language of `t`."""

    def run(project: Path, lang: str | None, quiet: bool, verbose: bool, **asked: object) -> None:
        progress = terminal.Progress(quiet=quiet, verbose=verbose)
        with ending(t):
            function(command)(Call(project, t, quiet, progress), **asked)

    for option_ in reversed((*COMMON, *command.options)):
        run = option_(t)(run)
    return click.command(command.name, help=t.text(command.about))(run)


def function(command: Command) -> Callable[..., None]:
    """Return the function that carries out a command."""
    module, _, name = command.does.partition(".")
    does: Callable[..., None] = getattr(importlib.import_module(f"baodian.commands.{module}"), name)
    return does
