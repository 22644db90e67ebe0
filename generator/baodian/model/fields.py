"""Texts that fields accept: every leaf of the model is a `Field` and knows its place.

A validator receives the located scalar of `source.read` and returns a value that is still a text
with a place (`.at`), plus what it means. What does not fit raises `Bad`, which becomes a problem.
"""

from __future__ import annotations

import contextlib
import re
from functools import cache
from typing import Annotated, Any, ClassVar, Generic, Self, TypeVar, cast, get_args

from pydantic import BeforeValidator, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from baodian.model.choices import meant
from baodian.said.messages import Message, msg
from baodian.said.problems import At
from baodian.source import Mapping, Scalar, Sequence
from baodian.text.fold import narrowed, spelled
from baodian.text.joining import joined


class Bad(ValueError):  # noqa: N818 - read as a sentence
    """A value that does not fit its field: code, message and hint.

    `wanted` is the kind of what the field names, "" if it names nothing.
    """

    def __init__(
        self, code: str, message: Message, hint: Message | None = None, wanted: str = ""
    ) -> None:
        self.code, self.message, self.hint, self.wanted = code, message, hint, wanted
        super().__init__(message.msgid)


Forms = tuple[str | Message, ...]


class Field(Scalar):
    """A located text that a field has accepted. Subclasses say what they accept in `read`."""

    forms: ClassVar[Forms] = ()
    """How it may be written, by examples that it accepts; messages and editors show them."""
    pattern: ClassVar[str] = ""
    """What it looks like, for editors, in signs that Python and JavaScript read alike; "" for any.
    It may take more than `read` does, and never less."""
    longest: ClassVar[int] = 20_000
    """How many characters it has at most."""

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: type[Any], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Let pydantic call `accept` with the located scalar as it is."""
        return core_schema.no_info_plain_validator_function(cls.accept)

    @classmethod
    def accept(cls, value: object) -> Self:
        """Return the field's value. Raises `Bad` when the text does not fit."""
        if isinstance(value, cls):
            return value
        if isinstance(value, (Mapping, Sequence)) or not isinstance(value, str):
            raise Bad(
                "wrong-type",
                msg("A text is wanted here, not {found}.", found=describe(value)),
                msg("Write one text after the colon, such as “{form}”.", form=cls.forms[0])
                if cls.forms
                else None,
            )
        scalar = value if isinstance(value, Scalar) else Scalar(value)
        if len(scalar) > Field.longest:
            raise Bad(
                "bad-text", msg("This text is longer than 20,000 characters."), msg("Divide it.")
            )
        if not scalar.strip():
            raise Bad("empty-text", msg("There is no text here."), cls._when_empty())
        try:
            return cls.read(scalar)
        except Bad as bad:
            guess = cls._in_plain_signs(scalar)
            if guess is None or bad.code in ("wrong-choice", "bad-text"):  # the one guesses itself
                raise
            hint = msg("Write “{guess}”.", guess=guess)
            raise Bad(bad.code, bad.message, hint, bad.wanted) from None

    @classmethod
    def _when_empty(cls) -> Message:
        if not cls.forms:
            return msg("Write it, or remove the line.")
        return msg("Write it, such as “{form}”, or remove the line.", form=cls.forms[0])

    @classmethod
    def _in_plain_signs(cls, scalar: Scalar) -> str | None:
        """Return what would fit, if it is the same in another width, case or form."""
        for guess in (narrowed(scalar).strip(), spelled(scalar).strip()):
            with contextlib.suppress(Bad):
                if guess and guess != scalar:
                    cls.read(Scalar(guess))
                    return guess
        return None

    @classmethod
    def read(cls, scalar: Scalar) -> Self:
        """Return the value of a scalar."""
        return cls.of(scalar)

    @classmethod
    def of(cls, scalar: Scalar, text: str | None = None) -> Self:
        """Return `scalar` as this type; its signs keep their places, whatever becomes of blanks."""
        if text is None:
            text = scalar
        begins, spot = scalar.find(text), scalar.spot
        if spot is None:
            return cls(text, at=scalar.at, style=scalar.style)
        if begins >= 0:
            return cls(text, at=scalar.at, style=scalar.style, spot=lambda n: spot(begins + n))
        kept = [n for n, sign in enumerate(scalar) if not sign.isspace()]

        def moved(offset: int) -> At:
            signs = len("".join(text[:offset].split()))
            blank = offset >= len(text) or text[offset].isspace()
            return spot(kept[min(signs - blank, len(kept) - 1)] + blank) if kept else scalar.at

        return cls(text, at=scalar.at, style=scalar.style, spot=moved)


def describe(value: object) -> Message:
    """Return what a node is, in the reader's words."""
    if isinstance(value, Mapping):
        return msg("a group of keys")
    if isinstance(value, Sequence):
        return msg("a list")
    if not str(value).strip():
        return msg("nothing")
    return msg("a text")


class Name(Field):
    """A short text without marks: a name, a title, a label."""

    forms: ClassVar[Forms] = (msg("Gold card"),)

    @classmethod
    def read(cls, scalar: Scalar) -> Self:
        """Return the text, stripped. Raises `Bad` if it spans lines."""
        text = scalar.strip()
        if "\n" in text:
            hint = msg("Write it on one line: “{guess}”.", guess=joined(text)[:60])
            raise Bad("bad-text", msg("A name stands on one line."), hint)
        return cls.of(scalar, text)


class Prose(Field):
    """One paragraph for readers, or a few: `**strong**`, 【kind:id】, 【slot】.

    Its lines are joined; a line break in the value is where a blank line stood.
    """

    forms: ClassVar[Forms] = (msg("Ask first how business has been."),)

    @classmethod
    def read(cls, scalar: Scalar) -> Self:
        """Return the text, stripped, each paragraph on a line."""
        if "\n" not in scalar:
            return cls.of(scalar, scalar.strip())
        gap = r"\n\s*\n" if scalar.style == "literal" else r"\n"
        paragraphs = (joined(part.strip()) for part in re.split(gap, scalar.strip()))
        return cls.of(scalar, "\n".join(part for part in paragraphs if part))


class Spoken(Prose):
    """Words said or written to a customer: no internal label, no banned claim.

    They are copied and sent, so their lines and paragraphs stay as they were written.
    """

    forms: ClassVar[Forms] = (msg("I brought last month's figures; shall we go through them?"),)

    @classmethod
    def read(cls, scalar: Scalar) -> Self:
        """Return the text, stripped, a blank line between paragraphs."""
        text = "\n".join(line.rstrip() for line in scalar.strip().split("\n"))
        if scalar.style in ("folded", "plain", "single"):  # the blank line has become a break
            text = re.sub(r"\n+", "\n\n", text)
        return cls.of(scalar, re.sub(r"\n{3,}", "\n\n", text))


class Misdeed(Prose):
    """What not to do, shown after “don't”: it names the deed itself."""

    forms: ClassVar[Forms] = (msg("promising a price on the spot"),)


class Markdown(Prose):
    """Long prose in Markdown; rendered once and sanitised."""

    forms: ClassVar[Forms] = (msg("A paragraph, **strong** where it matters."),)

    @classmethod
    def read(cls, scalar: Scalar) -> Self:
        """Return the text as it was written, without blank lines around it."""
        return cls.of(scalar, scalar.strip())


class Flag(Field):
    """true or false."""

    forms: ClassVar[Forms] = ("true", "false")
    pattern = r"^\s*([Tt]rue|TRUE|[Ff]alse|FALSE|[Yy]es|YES|[Nn]o|NO|[ａ-ｚＡ-Ｚ]+|是|否)\s*$"
    yes: bool

    @classmethod
    def read(cls, scalar: Scalar) -> Self:
        """Return the flag. Raises `Bad` unless it is true or false."""
        flag = cls.of(scalar)
        said = spelled(scalar).strip()
        if said not in {"true", "false", "yes", "no", "是", "否"}:
            raise Bad(
                "wrong-choice",
                msg(
                    "“{text}” is not one of {choices}.",
                    text=scalar[:40],
                    choices=("yes", "no", "true", "false"),
                ),
            )
        flag.yes = said in {"true", "yes", "是"}
        return flag

    def __bool__(self) -> bool:
        """Return what it says, so that `if entity.flag` reads as meant."""
        return self.yes


Fixed = TypeVar("Fixed", bound=str)


class OneOf(Field, Generic[Fixed]):
    """One of a few fixed words: `OneOf[Literal["draft", "published"]]`. It compares as a str."""

    choices: ClassVar[tuple[str, ...]] = ()

    def __class_getitem__(cls, words: Any) -> Any:  # noqa: ANN401
        """Return the type that accepts the words of a `Literal`, the same one for the same."""
        return _one_of(get_args(words))

    @classmethod
    def accept(cls, value: object) -> Self:
        """Return the word. Raises `Bad` for any other, an empty text included."""
        if isinstance(value, Scalar) and not value.strip():
            return cls.read(value)
        return super().accept(value)

    @classmethod
    def read(cls, scalar: Scalar) -> Self:
        """Return the word. Raises `Bad` for any other, with the nearest one."""
        if scalar in cls.choices:
            return cls.of(scalar)
        near = meant(scalar, cls.choices)
        raise Bad(
            "wrong-choice",
            msg("“{text}” is not one of {choices}.", text=scalar[:40], choices=cls.choices),
            msg("Did you mean “{near}”?", near=near) if near else None,
        )

    @property
    def word(self) -> Fixed:
        """Return the word alone, for what asks for just these words."""
        return cast("Fixed", str(self))


@cache
def _one_of(words: tuple[str, ...]) -> type[OneOf[Any]]:
    return type("OneOf", (OneOf,), {"__module__": __name__, "choices": words, "forms": words})


T = TypeVar("T")


def listed(value: object) -> object:
    """Return a list of a value that stands alone."""
    if isinstance(value, (Scalar, Mapping)):
        return Sequence([value], at=value.at)
    return value


def worded(value: object) -> object:
    """Return a record of a text that stands alone."""
    if isinstance(value, Scalar):
        return Mapping({Scalar("text", at=value.at): value}, at=value.at)
    return value


def held(value: object) -> object:
    """Return a record of a list that stands alone."""
    if isinstance(value, Sequence):
        return Mapping({Scalar("has", at=value.at): value}, at=value.at)
    return value


OneOrMore = Annotated[tuple[T, ...], BeforeValidator(listed)]
"""One value or a list of values."""

BESIDE = object()
Beside = Annotated[tuple[T, ...], BeforeValidator(listed), BESIDE]
"""One value or a list of values that only lead on: who may not see one has the list without it."""

Worded = Annotated[T, BeforeValidator(worded)]
"""A record that may be written as just its `text`."""

Has = Annotated[T, BeforeValidator(held)]
"""A record that may be written as just the list under its `has`."""
