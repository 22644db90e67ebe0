"""What stands in a cell of a workbook → the text that was meant.

Programs make numbers, dates and truth values of what is typed. Where it is plain what was typed the
text comes back; everywhere else the cell is refused, with how to mend it.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import Literal

from baodian.model.fields import Flag
from baodian.model.quantities import Day
from baodian.said.messages import Message, msg
from baodian.sheets.cells import normal
from baodian.sheets.columns import Column

Kind = Literal["text", "number", "date", "flag", "formula", "error"]


class Odd(ValueError):  # noqa: N818 - read as a sentence
    """A cell that cannot be taken: why, and how to mend it."""

    def __init__(self, message: Message, hint: Message) -> None:
        super().__init__(message.msgid)
        self.message, self.hint = message, hint


@dataclass(frozen=True)
class Raw:
    """A cell as it stands in a workbook: its place on the sheet, its value, its number format."""

    place: str
    kind: Kind
    value: object
    format: str = "General"


KINDS: dict[str, Kind] = {
    "s": "text", "inlineStr": "text", "str": "text", "n": "number", "d": "date", "b": "flag",
    "f": "formula", "e": "error",
}  # fmt: skip
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_PLAIN_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_PERCENT = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)\s*[%％]")
_LONG = 10_000_000
"""From this on a number may be a telephone or a code, which loses its zeros as a number."""


def text_of(raw: Raw | None, column: Column | None, old: str, *, percent: bool = False) -> str:
    """Return the text that a cell means. Raises `Odd`.

    `old` is what stands there in YAML; `percent` says that its number is one of a hundred, and
    needs no sign.
    """
    text = _text(raw, column, old)
    if percent and (found := _PERCENT.fullmatch(text)):
        return found[1]
    return text


def _text(raw: Raw | None, column: Column | None, old: str) -> str:
    if raw is None or raw.value is None:
        return ""
    if raw.kind == "text":
        return normal(_ESCAPED.sub(lambda sign: chr(int(sign[1], 16)), str(raw.value)))
    if raw.kind == "formula":
        raise Odd(msg("A formula stands here."), msg("Type what it gives, as text."))
    if raw.kind == "error":
        raise Odd(
            msg("“{value}” stands here: a formula that went wrong.", value=str(raw.value)[:20]),
            msg("Type what is meant, as text."),
        )
    if raw.kind == "flag":
        return _flag(bool(raw.value), column)
    if raw.kind == "date":
        return _date(raw.value, column)
    if isinstance(raw.value, bool) or not isinstance(raw.value, (int, float)):
        raise Odd(msg("What stands here cannot be read."), _AS_TEXT)
    return _number(raw.value, raw.format, old)


_AS_TEXT = msg("Format the cell as text, then type it again.")


def _flag(value: bool, column: Column | None) -> str:
    said = "true" if value else "false"
    if column is not None and issubclass(column.holds, Flag):
        return said
    raise Odd(msg("Excel has made “{value}” of what was typed here.", value=said.upper()), _AS_TEXT)


def _date(value: object, column: Column | None) -> str:
    if column is not None and issubclass(column.holds, Day):
        if isinstance(value, datetime.datetime) and value.time() == datetime.time():
            return value.date().isoformat()
        if type(value) is datetime.date:
            return value.isoformat()
    if isinstance(value, (datetime.time, datetime.timedelta)):
        message = msg("Excel has made a time of what was typed here: {value}.", value=str(value))
    else:
        said = value.date() if isinstance(value, datetime.datetime) else value
        message = msg("Excel has made a date of what was typed here: {value}.", value=str(said))
    raise Odd(message, _AS_TEXT)


def _number(value: float, form: str, old: str) -> str:
    """Return a number as it was typed, as far as that can be told."""
    form = re.sub(r"\[[^\]]*\]|\"[^\"]*\"|\\.|_.", "", form).split(";")[0].strip()
    if re.fullmatch(r"0*(?:#,##)?0?(?:\.[0#]+)?%", form):
        return f"{_digits(value * 100)}%"
    if not re.fullmatch(r"|@|General|Standard|0+|0\.0+|#(?:,##0)?(?:\.[0#]+)?", form):
        message = msg("A number in the form “{form}” stands here: {value}.", form=form[:20],
                      value=_digits(value))  # fmt: skip
        raise Odd(message, _AS_TEXT)
    digits = _digits(value)
    if re.fullmatch("00+", form):
        digits = digits.zfill(len(form))
    if digits == old:
        return old
    if _PLAIN_NUMBER.fullmatch(old) and float(old) == value:
        return old  # 010 is 10 as a number: nothing was changed
    if abs(value) >= _LONG or "e" in digits or re.match("0[0-9]", old):
        message = msg(
            "Excel has made the number {value} of what was typed here; zeros may be lost.",
            value=digits,
        )
        raise Odd(message, _AS_TEXT)
    return digits


def _digits(value: float) -> str:
    """Return a number in digits, without what a binary fraction adds."""
    near = round(value, 9)
    return str(int(near)) if near == int(near) and abs(near) < 1e15 else repr(near)
