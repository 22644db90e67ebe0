"""Problems, written for people (text), programs (json) and GitHub's annotations."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Literal

from baodian.said.messages import Message, Words, msg
from baodian.said.problems import At, Problem, errors, in_order

Format = Literal["text", "json", "github"]


def report(problems: Iterable[Problem], words: Words, how: Format = "text") -> str:
    """Return the problems in one of the three formats, sorted; text ends with a line that counts.

    Text and github are empty or end in a newline; json is always one list of objects.
    """
    ordered = in_order(problems)
    shown = tuple(_most(ordered))
    if how == "json":
        return json.dumps([_object(p, words) for p in shown], ensure_ascii=False, indent=2) + "\n"
    if how == "github":
        return "".join(_annotation(p, words) + "\n" for p in shown)
    return "".join(_lines(p, words) + "\n" for p in shown) + summary(ordered, words) + "\n"


MOST = 200
"""How many problems of one file are shown."""


def _most(ordered: Iterable[Problem]) -> Iterator[Problem]:
    """Yield at most `MOST` problems of each file, then one that says how many more there are."""
    for _, group in groupby(ordered, key=lambda problem: problem.at.file):
        of_file = tuple(group)
        yield from of_file[:MOST]
        if more := of_file[MOST:]:
            worst = (*errors(more), *more)[0]
            message = msg(
                "{n} more {n|problem|problems} of this file {n|is|are} not shown.", n=len(more)
            )
            hint = msg("Mend those above first; one slip often explains many.")
            yield Problem(worst.code, worst.at, message, hint)


def summary(problems: Sequence[Problem], words: Words) -> str:
    """Return how many errors and warnings there are, in one line."""
    bad = len(errors(problems))
    mild = len(problems) - bad
    if not problems:
        return words("No problems.")
    counts = []
    if bad:
        counts.append(words("{n} {n|error|errors}", n=bad))
    if mild:
        counts.append(words("{n} {n|warning|warnings}", n=mild))
    return counts[0] if len(counts) == 1 else words("{a}, {b}", a=counts[0], b=counts[1])


LONGEST = 120
"""How much of a text of the user's a message shows, in characters."""


def _said(message: Message, words: Words) -> str:
    """Return a message in a language, long texts in it cut."""

    def cut(value: object) -> object:
        if isinstance(value, Message):
            return Message(value.msgid, tuple((k, cut(v)) for k, v in value.params))
        if isinstance(value, tuple):
            return tuple(cut(v) for v in value)
        if isinstance(value, str) and len(value) > LONGEST:
            return value[:LONGEST] + "…"
        return value

    return words.text(Message(message.msgid, tuple((k, cut(v)) for k, v in message.params)))


def _lines(problem: Problem, words: Words) -> str:
    lines = [
        f"{problem.at}: {_when(problem, words)}{_said(problem.message, words)} [{problem.code}]"
    ]
    if problem.hint is not None:
        lines.append("    " + _said(problem.hint, words).replace("\n", "\n    "))
    lines.extend(f"    {r.at}: {_said(r.message, words)}" for r in problem.related)
    return "\n".join(lines)


def _when(problem: Problem, words: Words) -> str:
    """Return from when, where and for whom something is a problem, "" if it is one in general."""
    told = ""
    if problem.since and problem.city:
        told = words("From {day}, in {city}: ", day=str(problem.since), city=problem.city)
    elif problem.since:
        told = words("From {day}: ", day=str(problem.since))
    elif problem.city:
        told = words("In {city}: ", city=problem.city)
    if problem.audience:
        told += words("In the edition “{edition}”: ", edition=problem.audience)
    return told


def _place(at: At) -> dict[str, object]:
    return {"file": at.file, "line": at.line, "column": at.column}


def _object(problem: Problem, words: Words) -> dict[str, object]:
    return {
        **_place(problem.at),
        "severity": problem.severity,
        "code": problem.code,
        **({"since": str(problem.since)} if problem.since else {}),
        **({"city": problem.city} if problem.city else {}),
        **({"audience": problem.audience} if problem.audience else {}),
        "message": _said(problem.message, words),
        "hint": None if problem.hint is None else _said(problem.hint, words),
        "related": [{**_place(r.at), "message": _said(r.message, words)} for r in problem.related],
    }


def _annotation(problem: Problem, words: Words) -> str:
    text = _when(problem, words) + _said(problem.message, words)
    if problem.hint is not None:
        text += "\n" + _said(problem.hint, words)
    properties = {
        "file": problem.at.file,
        "line": problem.at.line,
        "col": problem.at.column,
        "title": problem.code,
    }
    where = ",".join(f"{k}={_property(str(v))}" for k, v in properties.items())
    return f"::{problem.severity} {where}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def with_more(problems: Iterable[Problem], words: Words, **more: object) -> str:
    """Return one JSON object: the `problems`, and what else was asked for."""
    whole = {"problems": [_object(p, words) for p in _most(in_order(problems))], **more}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
