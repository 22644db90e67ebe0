"""Typed values of the YAML: every leaf of the model is one of these and knows its place.

A validator receives the located scalar of `source.read` and returns a value that is still a text
with a place (`.at`), plus what it means. What does not fit raises `Bad`, which becomes a problem.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Self, TypeVar

from pydantic import BeforeValidator, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from baodian.model import intervals
from baodian.said.messages import Message, msg
from baodian.source import Mapping, Scalar, Sequence

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PART = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*")


class Bad(ValueError):  # noqa: N818 - read as a sentence
    """A value that does not fit its field: the problem's code, message and hint."""

    def __init__(self, code: str, message: Message, hint: Message | None = None) -> None:
        self.code, self.message, self.hint = code, message, hint
        super().__init__(message.msgid)


class Field(Scalar):
    """A located text that a field has accepted. Subclasses say what they accept in `read`."""

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
                msg("Write one text after the colon."),
            )
        scalar = value if isinstance(value, Scalar) else Scalar(value)
        if len(scalar) > 20_000:
            raise Bad(
                "bad-text", msg("This text is longer than 20,000 characters."), msg("Divide it.")
            )
        if not scalar.strip():
            raise Bad(
                "empty-text", msg("There is no text here."), msg("Write it, or remove the line.")
            )
        return cls.read(scalar)

    @classmethod
    def read(cls, scalar: Scalar) -> Self:
        """Return the value of a scalar."""
        return cls.of(scalar)

    @classmethod
    def of(cls, scalar: Scalar, text: str | None = None) -> Self:
        """Return `scalar` as this type, its place kept."""
        if text is None:
            text = scalar
        one_line = scalar.one_line and scalar.startswith(text)
        return cls(text, at=scalar.at, style=scalar.style, one_line=one_line)


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

    @classmethod
    def read(cls, scalar: Scalar) -> Self:
        """Return the text, stripped. Raises `Bad` if it spans lines."""
        text = scalar.strip()
        if "\n" in text:
            raise Bad("bad-text", msg("A name stands on one line."), msg("Write it on one line."))
        return cls.of(scalar, text)


class Prose(Field):
    """One line or paragraph for readers: `**strong**`, 【kind:id】, 【slot】."""

    @classmethod
    def read(cls, scalar: Scalar) -> Self:
        """Return the text, stripped."""
        return cls.of(scalar, scalar.strip())


class Spoken(Prose):
    """Words said or written to a customer: no internal label, no banned claim."""


class Markdown(Prose):
    """Long prose in Markdown; rendered once and sanitised."""


class Id(Field):
    """An id: small letters, digits and hyphens. It never changes and is never used again."""

    @classmethod
    def read(cls, scalar: Scalar) -> Self:
        """Return the id. Raises `Bad` with a repaired proposal where one is easy."""
        if _ID.fullmatch(scalar):
            if len(scalar) > 64:
                raise Bad("bad-id", msg("An id has at most 64 characters."), msg("Shorten it."))
            return cls.of(scalar)
        bare = re.sub(r"^[a-z]+[:：]", "", scalar.lower())  # the kind, as references have it
        guess = re.sub(r"[^a-z0-9]+", "-", bare).strip("-")
        hint = (
            msg("Write “{guess}”.", guess=guess)
            if guess and guess.isascii()
            else msg(
                "Write it in English or pinyin. To mention what exists already,"
                " write its id instead of its name."
            )
        )
        raise Bad(
            "bad-id",
            msg(
                "“{text}” cannot be an id: small letters a–z, digits and hyphens.", text=scalar[:40]
            ),
            hint,
        )


class FactId(Field):
    """The id of a fact in a source, as the source's list gives it (S2.9-01)."""

    @classmethod
    def read(cls, scalar: Scalar) -> Self:
        """Return the id. Raises `Bad` for spaces or other signs."""
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9.-]{0,63}", scalar):
            raise Bad(
                "bad-id",
                msg("“{text}” cannot be a fact's id.", text=scalar[:40]),
                msg("Write letters, digits, dots and hyphens, such as “S2.9-01”."),
            )
        return cls.of(scalar)


class Ref(Field):
    """A reference `kind:id` or `kind:id#part`; a class is `class:scheme/class`."""

    kind: str
    id: str
    part: str | None

    @classmethod
    def read(cls, scalar: Scalar) -> Self:
        """Return the reference. Raises `Bad` unless it has the form `kind:id`."""
        made = cls.of(scalar)
        made.kind, made.id, made.part = split_reference(scalar)
        return made

    @property
    def entity(self) -> str:
        """Return `kind:id` without the part."""
        return f"{self.kind}:{self.id}"


def split_reference(text: str) -> tuple[str, str, str | None]:
    """Return (kind, id, part) of `kind:id#part`. Raises `Bad` when it has another form.

    Whether there is such a kind is not asked here: `checks` ask it of the table of kinds.
    """
    match = re.fullmatch(r"([a-z-]+)[:：]([^#]+)(?:#(.+))?", text.strip())
    if not match:
        raise Bad(
            "bad-reference",
            msg("“{text}” is no reference.", text=text[:60]),
            msg("Write kind:id, such as “script:says-will-stop”."),
        )
    kind, id_, part = match.group(1), match.group(2), match.group(3)
    pattern = r"[^\s/]+/[^\s/]+" if kind == "class" else r"[^\s/]+"
    if not re.fullmatch(pattern, id_) or (part is not None and not _PART.fullmatch(part)):
        raise Bad(
            "bad-reference",
            msg("“{text}” is no reference.", text=text[:60]),
            msg("A class is written “class:scheme/class”, a part “kind:id#part”."),
        )
    return kind, id_, part


class ClassRef(Field):
    """A class as `scheme/class`."""

    scheme: str
    name: str

    @classmethod
    def read(cls, scalar: Scalar) -> Self:
        """Return the class. Raises `Bad` unless it is written `scheme/class`."""
        scheme, slash, name = scalar.strip().partition("/")
        if not slash or not _ID.fullmatch(scheme) or not _ID.fullmatch(name):
            raise Bad(
                "bad-selector",
                msg("“{text}” is no class.", text=scalar[:60]),
                msg("Write scheme/class, such as “activity/loyal”."),
            )
        made = cls.of(scalar)
        made.scheme, made.name = scheme, name
        return made


@dataclass(frozen=True)
class Term:
    """Classes of one scheme: one (`low` = `high`), a range, or all (both None)."""

    scheme: str
    low: str | None
    high: str | None


class Selector(Field):
    """For whom something holds: `everyone`, or terms joined by ` + ` that must all hold."""

    terms: tuple[Term, ...]
    EVERYONE: ClassVar[str] = "everyone"

    @property
    def everyone(self) -> bool:
        """Say whether it selects every class."""
        return not self.terms

    @classmethod
    def read(cls, scalar: Scalar) -> Self:
        """Return the selector. Raises `Bad` with the forms that exist."""
        made = cls.of(scalar)
        made.terms = ()
        if scalar.strip() == cls.EVERYONE:
            return made
        terms: list[Term] = []
        for piece in re.split(r"\s*[+＋]\s*", scalar.strip()):
            match = re.fullmatch(r"([a-z0-9-]+)/(?:(\*)|([a-z0-9-]+)(?:\.\.([a-z0-9-]+))?)", piece)
            if not match:
                raise Bad(
                    "bad-selector",
                    msg("“{text}” does not say for whom.", text=scalar[:80]),
                    msg(
                        "Write scheme/class, scheme/*, scheme/low..high, several joined by “ + ”, "
                        "or everyone."
                    ),
                )
            scheme, star, low, high = match.groups()
            terms.append(Term(scheme, None, None) if star else Term(scheme, low, high or low))
        made.terms = tuple(terms)
        return made


class Target(Field):
    """Where a move ends: a class, or `end` when what the scheme judged is over."""

    scheme: str
    name: str

    @property
    def ends(self) -> bool:
        """Say whether the move closes what the scheme judges."""
        return not self.scheme

    @classmethod
    def read(cls, scalar: Scalar) -> Self:
        """Return the class or the end. Raises `Bad` unless it is one of them."""
        made = cls.of(scalar, scalar.strip())
        if made == "end":
            made.scheme = made.name = ""
            return made
        class_ = ClassRef.read(scalar)
        made.scheme, made.name = class_.scheme, class_.name
        return made


class Criterion(Field):
    """What a rule asks of one dimension: ids of values, or an interval; the dimension decides."""

    @classmethod
    def read(cls, scalar: Scalar) -> Self:
        """Return the text, stripped."""
        return cls.of(scalar, scalar.strip())


class Range(Field):
    """An interval of numbers in words (2 到 9, 10 以上, 不满 100) or as 2..9."""

    interval: intervals.Interval

    @classmethod
    def read(cls, scalar: Scalar) -> Self:
        """Return the interval. Raises `Bad` with the forms that exist."""
        made = cls.of(scalar)
        try:
            made.interval = intervals.parse(scalar)
        except intervals.BadInterval as error:
            raise Bad("bad-interval", error.message, error.hint) from None
        return made


_NUMBER = r"(?:\d{1,6}|【param:[a-z0-9-]+】)"
_PERIOD = {"天": "day", "日": "day", "周": "week", "星期": "week", "月": "month", "个月": "month",
           "季": "quarter", "季度": "quarter", "半年": "half-year", "年": "year"}  # fmt: skip
_FREQUENCY = (
    re.compile(
        r"每(?P<unit>天|日|周|星期|月|季度|季|半年|年)"
        rf"(?:\s*(?P<limit>至少|最多|约)?\s*(?P<count>{_NUMBER}|一|两|三)\s*次)?"
    ),
    re.compile(
        rf"每\s*(?P<every>{_NUMBER})\s*(?P<unit>天|周|个月|月|年)"
        rf"(?:\s*(?P<limit>至少|最多|约)?\s*(?P<count>{_NUMBER}|一|两|三)\s*次)?"
    ),
    re.compile(
        rf"(?:(?P<limit>at least|at most)\s+)?(?P<count>{_NUMBER}|once|twice)(?:\s+times)?\s+"
        r"(?:a|per|every)\s+(?P<unit>day|week|month|quarter|year)"
    ),
    re.compile(rf"every\s+(?P<every>{_NUMBER})?\s*(?P<unit>day|week|month|quarter|year)s?"),
)
_WORDS = {"一": "1", "两": "2", "三": "3", "once": "1", "twice": "2"}


class Frequency(Field):
    """How often: 每天, 每周至少 2 次, 每 30 天, every 2 weeks. A number may be a parameter."""

    count: str  # type: ignore[assignment]
    every: str
    unit: str
    limit: str

    @classmethod
    def read(cls, scalar: Scalar) -> Self:
        """Return the frequency: `count` times every `every` units. Raises `Bad` otherwise."""
        text = scalar.strip()
        for pattern in _FREQUENCY:
            match = pattern.fullmatch(text)
            if match:
                found = match.groupdict()
                made = cls.of(scalar, text)
                count = found.get("count") or "1"
                made.count = _WORDS.get(count, count)
                made.every = found.get("every") or "1"
                made.unit = _PERIOD.get(found["unit"], found["unit"])
                made.limit = found.get("limit") or ""
                return made
        raise Bad(
            "bad-frequency",
            msg("“{text}” is no frequency.", text=text[:40]),
            msg("Write it like one of these: 每天, 每月至少 2 次, 每 30 天, 每 【param:…】 天."),
        )


class Quantity(Field):
    """A whole number with its unit, such as 90 天."""

    number: int
    unit: str

    @classmethod
    def read(cls, scalar: Scalar) -> Self:
        """Return number and unit. Raises `Bad` unless a number and a unit are there."""
        match = re.fullmatch(r"(\d{1,9})\s*(\D{1,12})", scalar.strip())
        if not match:
            raise Bad(
                "bad-quantity",
                msg("“{text}” is no quantity.", text=scalar[:40]),
                msg("Write a number and its unit, such as “90 天”."),
            )
        made = cls.of(scalar)
        made.number, made.unit = int(match.group(1)), match.group(2).strip()
        return made


class Day(Field):
    """A date, written 2026-12-01."""

    date: datetime.date

    @classmethod
    def read(cls, scalar: Scalar) -> Self:
        """Return the date. Raises `Bad` unless it exists."""
        made = cls.of(scalar)
        try:
            if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", scalar.strip()):
                raise ValueError
            made.date = datetime.date.fromisoformat(scalar.strip())
        except ValueError:
            raise Bad(
                "bad-date",
                msg("“{text}” is no date.", text=scalar[:40]),
                msg("Write year-month-day, such as “2026-12-01”."),
            ) from None
        return made


def _number(value: object, limit: int = 9) -> Scalar:
    if not isinstance(value, Scalar):
        raise Bad("wrong-type", msg("A number is wanted here, not {found}.", found=describe(value)))
    text = value.strip()
    if not re.fullmatch(rf"-?\d{{1,{limit}}}(?:\.\d{{1,6}})?", text):
        raise Bad(
            "bad-number",
            msg("“{text}” is no number.", text=text[:20] + ("…" if len(text) > 20 else "")),
            msg("Write digits only, at most {limit}, such as “12”.", limit=limit),
        )
    return value


class Number(Field):
    """A number, written in digits; a unit stands in its own field."""

    number: float

    @classmethod
    def read(cls, scalar: Scalar) -> Self:
        """Return the number. Raises `Bad` for anything but digits."""
        made = cls.of(_number(scalar))
        made.number = float(scalar)
        return made


class Whole(Field):
    """A whole number of 0 or more, written in digits."""

    number: int

    @classmethod
    def read(cls, scalar: Scalar) -> Self:
        """Return the number. Raises `Bad` for anything but digits."""
        if not re.fullmatch(r"\d{1,9}", scalar.strip()):
            _number(scalar)
            raise Bad("bad-number", msg("A whole number of 0 or more is wanted here."))
        made = cls.of(scalar)
        made.number = int(scalar)
        return made


class Flag(Field):
    """true or false."""

    yes: bool

    @classmethod
    def read(cls, scalar: Scalar) -> Self:
        """Return the flag. Raises `Bad` unless it is true or false."""
        made = cls.of(scalar)
        if scalar.strip().lower() not in {"true", "false", "yes", "no", "是", "否"}:
            raise Bad(
                "wrong-choice",
                msg(
                    "“{text}” is not one of {choices}.", text=scalar[:40], choices=("true", "false")
                ),
            )
        made.yes = scalar.strip().lower() in {"true", "yes", "是"}
        return made

    def __bool__(self) -> bool:
        """Return what it says, so that `if entity.flag` reads as meant."""
        return self.yes


T = TypeVar("T")


def _listed(value: object) -> object:
    if isinstance(value, (Scalar, Mapping)):
        return Sequence([value], at=value.at)
    return value


def _worded(key: str) -> Callable[[object], object]:
    def wrap(value: object) -> object:
        if isinstance(value, Scalar):
            return Mapping({Scalar(key, at=value.at): value}, at=value.at)
        return value

    return wrap


OneOrMore = Annotated[tuple[T, ...], BeforeValidator(_listed)]
"""One value or a list of values."""

Worded = Annotated[T, BeforeValidator(_worded("text"))]
"""A record that may be written as just its `text`."""

Has = Annotated[T, BeforeValidator(lambda v: _has(v))]
"""A record that may be written as just the list under its `has`."""


def _has(value: object) -> object:
    if isinstance(value, Sequence):
        return Mapping({Scalar("has", at=value.at): value}, at=value.at)
    return value
