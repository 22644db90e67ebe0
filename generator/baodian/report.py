"""Problems and progress, written for people (text), programs (json) and GitHub's annotations."""

from __future__ import annotations

import io
import json
import os
import re
import sys
import time
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TextIO

from baodian.said.messages import LANGUAGES, Message, Words, language_named, language_of, msg
from baodian.said.messages import words as words_of
from baodian.said.problems import At, Problem, errors, in_order

if TYPE_CHECKING:
    from baodian.playbook import Playbook
    from baodian.playbook.coverage import Cell

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


# --- coverage -------------------------------------------------------------------------------------

EXCUSED, MISSING = "–", "!"


def coverage_table(playbook: Playbook | None, words: Words) -> str:
    """Return one line for each class with what it has of each kind, aligned for a terminal.

    Without a playbook (not all of it can be read) the text says so.
    """
    if playbook is None:
        return words("Coverage is shown once every file can be read.") + "\n"
    from baodian.playbook.coverage import coverage, kind_word
    from baodian.playbook.reasons import KINDS

    grid = coverage(playbook)
    heads = [words.text(kind_word(kind)) for kind in KINDS]
    names = {c: f"  {playbook.class_name(c)}  {c[0]}/{c[1]}" for c in grid.classes()}
    left = max((width(n) for n in names.values()), default=0)
    lines = []
    for scheme in dict.fromkeys(c[0] for c in names):
        title = str(playbook.schemes[scheme].name)
        lines.append(_aligned(title, heads, heads, max(left, width(title))))
        for class_ in (c for c in names if c[0] == scheme):
            marks = [_mark(cell) for cell in grid.row(class_)]
            lines.append(_aligned(names[class_], marks, heads, max(left, width(title))))
    total, empty = len(grid.cells), sum(not c.ids for c in grid.cells)
    lines.append(
        words(
            "{total} {total|cell|cells}: {filled} filled, {excused} empty with a reason ({dash}), "
            "{missing} empty without one ({mark}).",
            total=total, filled=total - empty, excused=empty - len(grid.missing),
            missing=len(grid.missing), dash=EXCUSED, mark=MISSING,
        )
    )  # fmt: skip
    return "".join(line + "\n" for line in lines)


def with_more(problems: Iterable[Problem], words: Words, **more: object) -> str:
    """Return one JSON object: the `problems`, and what else was asked for."""
    whole = {"problems": [_object(p, words) for p in _most(in_order(problems))], **more}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def coverage_cells(playbook: Playbook | None) -> list[dict[str, object]] | None:
    """Return the cells of the coverage as data, None if not all of the playbook can be read."""
    if playbook is None:
        return None
    from baodian.playbook.coverage import coverage

    return [_cell(c) for c in coverage(playbook).cells]


def _cell(cell: Cell) -> dict[str, object]:
    return {
        "class": "/".join(cell.class_),
        "kind": cell.kind,
        "count": cell.count,
        "ids": list(cell.ids),
        "narrowest": cell.why,
        "reason": str(cell.reason.why) if cell.reason else None,
    }


def _mark(cell: Cell) -> str:
    if cell.ids:
        return str(cell.count)
    return MISSING if cell.missing else EXCUSED


def _aligned(name: str, marks: Iterable[str], heads: Iterable[str], left: int) -> str:
    """Return a line of the table; every mark ends where the head of its column ends."""
    cells = (" " * (width(h) + 2 - width(m)) + m for m, h in zip(marks, heads, strict=True))
    return name + " " * (left - width(name)) + "".join(cells)


def width(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def spoken(project: Path, asked: str = "") -> Words:
    """Return the words to speak in: as asked for, as the environment has it, as the handbook has.

    The settings of a handbook may be broken, and are not read for this but looked through.
    """
    file = project / "playbook_data" / "playbook.yml"
    try:
        written = file.read_text(encoding="utf-8", errors="replace")
    except (OSError, ValueError):  # a path may not be one
        written = ""
    own = re.search(r"""^language[ \t]*:[ \t]*["']?([\w-]+)""", written, re.MULTILINE)
    handbook = language_named(own[1]) if own else None
    return words_or_english(
        language_named(asked) or language_of(otherwise=handbook or LANGUAGES[0])
    )


def words_or_english(language: str) -> Words:
    """Return the words of a language, English if its catalogue was not compiled."""
    try:
        return words_of(language)
    except LookupError:
        return words_of("en")


def speak_anywhere() -> None:
    """Let a console show a replacement sign for what it has no sign for; a closed one is silent."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


class Progress:
    """Tells a terminal what is going on: one line for each stage, kept if it took over a second.

    Says nothing when `stream` is no terminal, unless `verbose`; says nothing at all when `quiet`.
    """

    def __init__(
        self, stream: TextIO | None = None, *, quiet: bool = False, verbose: bool = False
    ) -> None:
        self._stream = sys.stderr if stream is None else stream
        self._live = self._stream.isatty() and not quiet
        self._keep = verbose and not quiet
        self._stage = ""

    @contextmanager
    def stage(self, text: str) -> Iterator[None]:
        """Show `text` while the body runs."""
        self._stage = text
        self._status(f"{text} …")
        start = time.monotonic()
        try:
            yield
        finally:
            seconds = time.monotonic() - start
            self._status("")
            if self._keep or (self._live and seconds > 1):
                self._write(f"{text}  {seconds:.1f} s\n")

    def step(self, done: int, total: int) -> None:
        """Show how far the running stage has come."""
        self._status(f"{self._stage} … {done}/{total}")

    def say(self, text: str) -> None:
        """Show a line that stays, such as what was built."""
        if self._live or self._keep:
            self._write(text + "\n")

    def insist(self, text: str) -> None:
        """Show what must not be missed, even when quiet or piped."""
        self._write(text.rstrip("\n") + "\n")

    def _status(self, text: str) -> None:
        if self._live:
            self._write(f"\r\x1b[K{text}")

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()
