"""A terminal and who sits at it: in which words to speak, how wide a text is, what is going on."""

from __future__ import annotations

import io
import os
import re
import sys
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from baodian.said.messages import LANGUAGES, Words, language_named, language_of
from baodian.said.messages import words as words_of


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
