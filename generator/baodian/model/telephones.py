"""Telephone numbers: what is dialled, its extension, and the hours beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Self

from baodian.model.fields import Bad, Forms, Prose
from baodian.said.messages import Message, msg
from baodian.source import Scalar
from baodian.text import numerals


@dataclass(frozen=True)
class Call:
    """A number as it is shown, the address that dials it, and what stands beside it in brackets.

    `param` is the parameter that it comes from, "" if it stands there itself.
    """

    text: str
    href: str
    beside: str = ""
    param: str = ""


@dataclass(frozen=True)
class Given:
    """A parameter that holds the numbers, and what stands beside it in brackets."""

    param: str
    beside: str = ""


_NUMBER = r"(?:\(\+?[0-9]{1,4}\)\s?)?\+?[0-9]+(?:[ -][0-9]+|\s?\([0-9]{1,4}\)\s?[0-9]+)*"
_ITEM = re.compile(
    rf"(?:【param:(?P<param>[a-z0-9-]+)】|(?P<number>{_NUMBER})"
    r"(?:\s*(?:转|轉|分机|分機|ext\.?|x|#|,)\s*(?P<extension>[0-9]{1,6}))?)"
    r"\s*(?P<beside>\([^()【】]{1,40}\))?",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:[/、,;]|或|\bor\b)\s*", re.IGNORECASE)
_SERVICE = r"1[012][0-9]|9[0-9]{2}|1[0-9]{4}|9[0-9]{4}"  # 110, 12345, 95588


def form() -> Message:
    """Return how telephone numbers are written."""
    return msg(
        "Write it like one of these: 400-123-4567, 0512-88886666 ext. 802, +86 138 0013 8000 "
        "(9:00-18:00), 110; several with “ / ” between them."
    )


def parse(text: str) -> tuple[Call | Given, ...]:
    """Return the numbers of a text, in order. Raises `Bad` if anything else stands in it."""
    shown = re.sub(r"\s", " ", numerals.digits(text.strip()))
    narrow = numerals.narrow(shown)
    return tuple(_items(text, shown, narrow))


def _items(text: str, shown: str, narrow: str) -> Iterator[Call | Given]:
    position = 0
    while True:
        item = _ITEM.match(narrow, position)
        if item is None or not (item["param"] or _dialable(item["number"], position == 0)):
            raise _bad(text)
        beside = shown[slice(*item.span("beside"))] if item["beside"] else ""
        if len(re.sub("[^0-9]", "", beside)) > 8 and ":" not in narrow[slice(*item.span("beside"))]:
            raise _bad(text)  # a second number in brackets could not be dialled
        if item["param"]:
            yield Given(item["param"], beside)
        else:
            stop = item.end("extension") if item["extension"] else item.end("number")
            dialled = re.sub("[^0-9+]", "", item["number"])
            extension = f",{item['extension']}" if item["extension"] else ""
            yield Call(shown[position:stop], f"tel:{dialled}{extension}", beside)
        if item.end() == len(narrow):
            return
        between = _BETWEEN.match(narrow, item.end())
        if between is None:
            raise _bad(text)
        position = between.end()


def _dialable(number: str, first: bool) -> bool:
    """Say whether the digits are one number that can be dialled, not parts of several."""
    dialled = re.sub("[^0-9+]", "", number)
    groups = re.findall("[0-9]+", number)
    if dialled.startswith("+"):
        return 8 <= len(dialled) - 1 <= 15 and not dialled.startswith("+860")
    if "+" in dialled or (len(groups) > 1 and all(re.fullmatch(_SERVICE, g) for g in groups)):
        return False
    count = len(dialled)
    if count < 7:
        return len(groups) == 1 and (bool(re.fullmatch(_SERVICE, dialled)) or (first and count > 2))
    if re.match("[48]00", dialled):
        return count == 10
    if re.match("1[3-9]", dialled):
        return count == 11
    if dialled.startswith("00"):
        return count <= 15
    return 10 <= count <= 12 if dialled.startswith("0") else count <= 11


def _bad(text: str) -> Bad:
    message = msg("“{text}” is no telephone number.", text=text.strip()[:40])
    return Bad("bad-telephone", message, form())


class Telephone(Prose):
    """Numbers to call, each with its extension and its hours; a number may be a parameter."""

    forms: ClassVar[Forms] = (
        "400-123-4567",
        msg("0512-88886666 ext. 802"),
        msg("+86 138 0013 8000 (9:00-18:00)"),
        "110",
    )
    pattern = "[0-9０-９【]"

    calls: tuple[Call | Given, ...]

    @classmethod
    def read(cls, scalar: Scalar) -> Self:
        """Return the numbers. Raises `Bad` for anything that cannot be dialled as it stands."""
        telephone = cls.of(scalar, numerals.digits(scalar.strip()))
        telephone.calls = parse(scalar)
        return telephone
