"""What the models say of themselves, in every language: the words of their docstrings."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Any

from baodian.model import kinds
from baodian.model.described import described
from baodian.model.entity import Record
from baodian.said.messages import Words, msg

_HEAD = re.compile(r"[:;：；。]|\.(?=\s|$)")
UNSAID = msg("Which of them it is.")
"""What stands for a field that only tells records apart."""


def about(record: type[Record], field: str = "") -> str:
    """Return what a record, or a field of it, says of itself, in English."""
    if not field:
        return inspect.cleandoc(record.__doc__ or "")
    return " ".join((described(record, field) or UNSAID.msgid).split())


def said(text: str, t: Words) -> dict[str, str]:
    """Return a text as the title and the description of a schema."""
    text = t(text)
    head = _HEAD.split(text, maxsplit=1)[0]
    if " " not in head and head.isascii():  # a word of the data, explained
        head = re.split(r"[;；。]|\.$", text, maxsplit=1)[0]
    return {"title": head, "description": text}


def below(record: type[Record]) -> Iterator[type[Record]]:
    """Yield a record and every one that is made from it."""
    yield record
    for class_ in record.__subclasses__():
        yield from below(class_)


def words() -> dict[str, None]:
    """Return all that the models say, once, for the catalogue."""
    every = dict.fromkeys(below(Record))
    records = [record for record in every if record.__module__.startswith("baodian.")]
    assert set(kinds.of("script").records) <= set(records), "all models are there to be asked"
    texts = [about(r, f) for r in records if r is not Record for f in ("", *r.model_fields)]
    return dict.fromkeys(filter(None, texts))


def extracted(file: Any, keywords: Any, tags: Any, options: Any) -> Iterator[Any]:  # noqa: ANN401
    """Yield what babel finds in this file, and all that the models say (see babel.cfg)."""
    from babel.messages.extract import extract_python

    yield from extract_python(file, keywords, tags, options)
    yield from ((1, "msg", text, []) for text in words())
