"""What commands take: options with their help, and what a value that is typed means."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from baodian.said.messages import LANGUAGES, Message, Words, language_named, msg

Decorator = Callable[[Any], Any]
Option = Callable[[Words], Decorator]
"""An option or argument of a command; its help depends on the language."""
Meant = Callable[[str], object]
"""What a typed value means. Raises `Bad` with the sentence that says what is wrong with it."""


class _Typed(click.ParamType):  # type: ignore[type-arg]
    """A value of an option; what is wrong with it is said in the words of a language."""

    name = "value"

    def __init__(self, meant: Meant, t: Words) -> None:
        self._meant, self._t = meant, t

    def convert(
        self,
        value: object,
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> object:
        """Return what a value means; what means something already stays."""
        try:
            return self._meant(value) if isinstance(value, str) else value
        except ValueError as bad:
            from baodian.model.fields import Bad

            if not isinstance(bad, Bad):
                raise
            option_ = param.opts[0] if param else ""
            said = [f"{option_}: {self._t.text(bad.message)}"]
            said += [self._t.text(bad.hint)] if bad.hint else []
            raise click.UsageError("\n".join(said), ctx) from None


def option(
    *names: str,
    about: Message,
    meant: Meant | None = None,
    **settings: Any,  # noqa: ANN401
) -> Option:
    """Return an option with its help; `meant` reads its value."""

    def made(t: Words) -> Decorator:
        if meant is not None:
            settings["type"] = _Typed(meant, t)
        return click.option(*names, help=t.text(about), **settings)

    return made


def one_of(*choices: str, called: Callable[[str], str | None] = str) -> dict[str, Any]:
    """Return the settings of an option that takes one of few words; `called` finds it."""

    def meant(text: str) -> str:
        if (word := called(text)) not in choices:
            from baodian.model.fields import Bad

            raise Bad("wrong-choice", msg("“{text}” is not one of {choices}.",
                                          text=text, choices=choices))  # fmt: skip
        return str(word)

    return {"metavar": f"[{'|'.join(choices)}]", "meant": meant}


def a_day(text: str) -> datetime.datetime:
    """Return the day that is written as in the files of a playbook."""
    from baodian.model.quantities import Day
    from baodian.source import Scalar

    return datetime.datetime.combine(Day.read(Scalar(text)).date, datetime.time())


COMMON = (
    option(
        "--project",
        metavar="DIR",
        default=".",
        type=click.Path(path_type=Path),
        about=msg("The folder with mkdocs.yml; by default the current one."),
    ),
    option(
        "--lang",
        about=msg("The language of messages."),
        **one_of(*LANGUAGES, called=language_named),
    ),
    option("-q", "--quiet", is_flag=True, about=msg("Say nothing but problems.")),
    option("-v", "--verbose", is_flag=True, about=msg("Say what is being done, even when piped.")),
)
DATED = option(
    "--date",
    metavar="YYYY-MM-DD",
    meant=a_day,
    about=msg("The day that counts as today."),
)
CITY = option(
    "--city", metavar="ID", about=msg("As it is in a city: the id of a file in overlays/.")
)
AUDIENCE = option(
    "--audience",
    metavar="ID",
    default="",
    about=msg("Only what an audience of playbook.yml may see."),
)
WRITE = option(
    "--write", is_flag=True, about=msg("Write the files; without it only show what would change.")
)
STRICT = option("--strict", is_flag=True, about=msg("Let warnings count as errors."))


def out(about: Message) -> Option:
    """Return the option that says which file to write."""
    file = click.Path(path_type=Path, dir_okay=False)
    return option("--out", metavar="FILE", type=file, about=about)
