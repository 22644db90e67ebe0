"""Prose → segments: the one parser of `**strong**` and `【…】` for every writer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from baodian.model.fields import Bad
from baodian.model.references import split_reference
from baodian.said.messages import Message, msg
from baodian.text.fold import spelled

_MARK = re.compile(  # 2**3**4 is typed as it stands: between Latin letters or digits no mark begins
    r"【([^【】]*)】|(?!(?<=[0-9A-Za-z])\*\*[0-9A-Za-z])\*\*([^*]+)\*\*|([【】])"
)


@dataclass(frozen=True)
class Words:
    """Plain words."""

    text: str


@dataclass(frozen=True)
class Strong:
    """Words between `**`."""

    text: str


@dataclass(frozen=True)
class Reference:
    """`【kind:id】` or `【kind:id#part】`: a link, or a value if the kind is `param`."""

    kind: str
    id: str
    part: str | None


@dataclass(frozen=True)
class Gap:
    """`【name】`: a slot that the reader fills."""

    name: str


@dataclass(frozen=True)
class Faulty:
    """A mark that cannot be read: what is wrong and how to mend it."""

    text: str
    code: str
    message: Message
    hint: Message | None


Piece = Words | Strong | Reference | Gap | Faulty


def parse(text: str) -> tuple[Piece, ...]:
    """Return the pieces of a line of prose; a mark that cannot be read is a `Faulty` piece."""
    return tuple(piece for _, piece in placed(text))


@lru_cache(maxsize=20_000)
def placed(text: str) -> tuple[tuple[int, Piece], ...]:
    """Return the pieces of a line of prose, each with where in the text it begins."""
    return tuple(_pieces(text))


def _pieces(text: str) -> Iterator[tuple[int, Piece]]:
    end = 0
    for match in _MARK.finditer(text):
        start = match.start()
        if start > end:
            yield end, Words(text[end:start])
        end = match.end()
        inner, strong, single = match.groups()
        if strong is not None:
            yield start, Strong(strong)
        elif single is not None:
            yield start, _lonely(single)
        else:
            yield start, _mark(inner)
    if end < len(text):
        yield end, Words(text[end:])


def _lonely(sign: str) -> Faulty:
    return Faulty(
        sign,
        "bad-text",
        msg("“{sign}” has no partner.", sign=sign),
        msg("【 and 】 belong to references and slots; for other brackets use “” or （）."),
    )


def _mark(inner: str) -> Piece:
    if ":" not in inner and "：" not in inner:
        if inner.strip():
            return Gap(inner.strip())
        return Faulty(
            "【】", "bad-text", msg("“【】” is empty."), msg("Write a slot's name into it.")
        )
    try:
        kind, id_, part = split_reference(inner)
    except Bad as error:
        return Faulty(f"【{inner}】", error.code, error.message, _meant(inner) or error.hint)
    return Reference(kind, id_, part)


def _meant(inner: str) -> Message | None:
    """Return what to write instead, if a mark is one in another width or case."""
    guess = spelled(inner).strip()
    try:
        split_reference(guess)
    except Bad:
        return None
    return msg("Write “{guess}”.", guess=f"【{guess}】")


def bare(text: str) -> str:
    """Return the words of a text; a space stands for what a link or slot shows."""
    return heard(text)[0]


@lru_cache(maxsize=1_000)
def heard(text: str) -> tuple[str, tuple[int, ...]]:
    """Return the words of a text as `bare`, and where in `text` each character of them stands."""
    said: list[str] = []
    offsets: list[int] = []
    for start, piece in placed(text):
        words = piece.text if isinstance(piece, (Words, Strong, Faulty)) else " "
        said.append(words)
        first = start + 2 * isinstance(piece, Strong)
        offsets += range(first, first + len(words))
    return "".join(said), tuple(offsets)
