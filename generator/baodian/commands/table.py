"""What can be typed: every command, what does it, its help, and what it takes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click

from baodian.commands.options import (
    AUDIENCE,
    CITY,
    DATED,
    STRICT,
    WRITE,
    Option,
    a_day,
    one_of,
    option,
    out,
)
from baodian.said.messages import Message, msg
from baodian.starting import EXTRAS


@dataclass(frozen=True)
class Command:
    """A command as it is typed, what does it, its help, and what it takes besides `COMMON`.

    `does` names a module of `commands/` and a function there, imported when it runs: a check waits
    for no workbooks.
    """

    name: str
    does: str
    about: Message
    options: tuple[Option, ...]


COMMANDS = (
    Command(
        "build",
        "making.build",
        msg("Build the handbook into site/, all or nothing."),
        (
            DATED,
            AUDIENCE,
            STRICT,
            option(
                "--compress",
                is_flag=True,
                about=msg("Write a packed .gz and .br beside each text, for a web server."),
            ),
        ),
    ),
    Command(
        "check",
        "asking.check",
        msg("Say what is wrong with the data, and how to mend it."),
        (
            DATED,
            AUDIENCE,
            STRICT,
            option(
                "--format",
                "how",
                default="text",
                about=msg("For people, for programs, or for GitHub."),
                **one_of("text", "json", "github"),
            ),
            option(
                "--coverage",
                "with_coverage",
                is_flag=True,
                about=msg(
                    "Show for each class how many scripts, lists, cases, measures and rhythms it "
                    "has."
                ),
            ),
            option(
                "--stale",
                is_flag=True,
                about=msg(
                    "Show what is to be read again, by whom, and for how long it has waited."
                ),
            ),
            option(
                "--since",
                metavar="REVISION",
                about=msg(
                    "Also say which ids of a git revision are gone without a line in retired.yml."
                ),
            ),
        ),
    ),
    Command(
        "explain",
        "asking.explain",
        msg("Say where each value of ID comes from: ID is kind:id, or kind:id#part of it."),
        (
            DATED,
            CITY,
            option(
                "--format",
                "how",
                default="text",
                about=msg("For people, or for programs."),
                **one_of("text", "json"),
            ),
            lambda t: click.argument("what", metavar="ID"),
        ),
    ),
    Command(
        "diff",
        "asking.diff",
        msg(
            "Say what OLD and NEW differ in by meaning: who is touched, and how. Each is a folder "
            "or a git revision; without NEW it is the project as it is, without OLD its last "
            "commit."
        ),
        (
            DATED,
            option(
                "--on",
                metavar="YYYY-MM-DD",
                meant=a_day,
                about=msg(
                    "What will differ on that day; with OLD, both sides as they are on that day."
                ),
            ),
            option(
                "--city",
                metavar="ID",
                about=msg("What differs in a city; with OLD, both sides as they are in that city."),
            ),
            option(
                "--format",
                "how",
                **one_of("text", "markdown", "json", "notice", "html"),
                default="text",
                about=msg(
                    "For people, for programs, for a work group in 300 signs, or as a file for "
                    "whoever approves it."
                ),
            ),
            option(
                "--fail-on",
                multiple=True,
                **one_of("tightened", "loosened", "new", "withdrawn", "moved"),
                about=msg("Exit 1 only if such a change is there; may be given several times."),
            ),
            lambda t: click.argument("old", metavar="[OLD]", required=False),
            lambda t: click.argument("new", metavar="[NEW]", required=False),
        ),
    ),
    Command(
        "examples",
        "asking.examples",
        msg("Propose examples of customers at the bounds of SCHEME, or of all, as YAML to paste."),
        (DATED, CITY, lambda t: click.argument("scheme", metavar="[SCHEME]", required=False)),
    ),
    Command(
        "schema",
        "making.schema",
        msg("Write schemas into .vscode/, by which editors help while one types."),
        (),
    ),
    Command(
        "serve",
        "making.serve",
        msg("Show the handbook and show it anew on every change, drafts too."),
        (
            DATED,
            AUDIENCE,
            option(
                "--since",
                metavar="[REVISION|DIR]",
                about=msg(
                    "What is compared with, on top of each page; without it the last commit."
                ),
            ),
            option(
                "--addr",
                default="127.0.0.1",
                show_default=True,
                about=msg("The address to serve at."),
            ),
            option(
                "--port",
                default=8000,
                show_default=True,
                type=click.IntRange(0, 65535),
                about=msg("The port to serve at."),
            ),
        ),
    ),
    Command(
        "init",
        "making.init",
        msg("Write a small complete playbook into the new or empty folder DIR."),
        (
            option(
                "--with",
                "extras",
                multiple=True,
                **one_of(*EXTRAS),
                about=msg(
                    "Also what publishes it there, or starts it on Windows; an existing playbook "
                    "only gets that."
                ),
            ),
            lambda t: click.argument("folder", metavar="DIR", type=click.Path(path_type=Path)),
        ),
    ),
    Command(
        "new",
        "rewriting.new",
        msg("Write a draft of a new thing into a file of its own: what it must have, and what it "
            "may have, as notes."),
        (
            DATED,
            lambda t: click.argument("kind", metavar="KIND"),
            lambda t: click.argument("id_", metavar="ID"),
        ),
    ),
    Command(
        "rename",
        "rewriting.rename",
        msg("Give an id another name wherever it stands, and note the old one in retired.yml. "
            "A part is written id#part."),
        (
            lambda t: click.argument("kind", metavar="KIND"),
            lambda t: click.argument("old", metavar="OLD"),
            lambda t: click.argument("new", metavar="NEW"),
            WRITE,
        ),
    ),
    Command(
        "fold",
        "rewriting.fold",
        msg("Write what a change in force since its day has changed into the things themselves; "
            "its file goes on telling of it."),
        (DATED, lambda t: click.argument("change", metavar="CHANGE"), WRITE),
    ),
)  # fmt: skip
EXPORTS = (
    Command(
        "pdf",
        "making.pdf",
        msg("Write the whole handbook, or a card for each class, as one PDF."),
        (
            DATED,
            CITY,
            AUDIENCE,
            out(msg("The file to write; by default handbook.pdf or cards.pdf in the project.")),
            option(
                "--cards",
                is_flag=True,
                about=msg("One A6 card for each class with a guide, for a pocket."),
            ),
            option(
                "--font",
                metavar="FILE",
                type=click.Path(path_type=Path),
                about=msg(
                    "A font file with Chinese, or a folder of them, instead of the machine's fonts."
                ),
            ),
        ),
    ),
    Command(
        "single",
        "making.single",
        msg("Write the whole handbook as one HTML file, to be kept on a phone."),
        (
            DATED,
            CITY,
            AUDIENCE,
            out(msg("The file to write; by default handbook.html in the project.")),
        ),
    ),
    Command(
        "xlsx",
        "workbooks.export",
        msg("Write what stands in YAML as an Excel workbook, to be changed and taken in again."),
        (out(msg("The file to write; by default handbook.xlsx in the project.")),),
    ),
)
IMPORTS = (
    Command(
        "xlsx",
        "workbooks.take_in",
        msg("Show what was changed in an exported workbook; with --write, write it into YAML."),
        (
            DATED,
            WRITE,
            option(
                "--allow-deletions",
                is_flag=True,
                about=msg("Also take away the rows that are missing."),
            ),
            lambda t: click.argument("file", metavar="FILE", type=click.Path(path_type=Path)),
        ),
    ),
)
