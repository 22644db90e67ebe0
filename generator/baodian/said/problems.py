"""What is wrong with a user's data, as values: place, code, message, hint, related places."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from baodian.said.messages import Message

Severity = Literal["error", "warning"]


@dataclass(frozen=True, order=True)
class At:
    """A place in a source file. `file` is relative to the project; line and column count from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        """Return `file:line:column`, the form editors and terminals turn into a link."""
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Related:
    """A second place that belongs to a problem, such as the first of two duplicates."""

    at: At
    message: Message


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, where it is, and how to mend it.

    The code's severity stands in `SEVERITY`; a code that is missing there is a bug of ours.
    """

    code: str
    at: At
    message: Message
    hint: Message | None = None
    related: tuple[Related, ...] = ()
    since: datetime.date | None = None
    """The day from which on it is one; None if it is one today."""
    city: str = ""
    """The city that it is one in; "" if it is one everywhere."""
    audience: str = ""
    """The edition that it is one in; "" if it is one in that which holds everything."""

    @property
    def severity(self) -> Severity:
        """Return how bad it is: errors stop a build, warnings count under `--strict`."""
        return SEVERITY[self.code]


class PlaybookError(Exception):
    """The user's data cannot be used. Carries every problem found, sorted."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = in_order(problems)
        super().__init__(f"{len(self.problems)} problem(s)")


class RefusedError(Exception):
    """Something cannot be done: why, and what to do instead, for the person at the terminal."""

    def __init__(self, message: Message, hint: Message | None = None) -> None:
        super().__init__(message.msgid)
        self.message, self.hint = message, hint


class BadRequestError(RefusedError):
    """It lies in what was asked for, such as an id that there is not."""


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems sorted by place, then code, each once."""
    unique = {(p.at, p.code, p.message, p.audience): p for p in problems}
    return tuple(sorted(unique.values(), key=lambda p: (p.at, p.code, p.message.msgid, p.audience)))


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return only the problems that stop a build."""
    return tuple(p for p in problems if p.severity == "error")


# The one table of codes. Each has at least one case in tests/cases/.
SEVERITY: dict[str, Severity] = {
    # reading files
    "not-utf8": "error",
    "not-a-file": "error",
    "unreadable": "error",
    "unexpected-file": "error",
    "empty-file": "error",
    "not-a-mapping": "error",
    # reading YAML
    "syntax": "error",
    "tab": "error",
    "wide-space": "error",
    "anchor": "error",
    "alias": "error",
    "tag": "error",
    "merge-key": "error",
    "too-deep": "error",
    "second-document": "error",
    "duplicate-key": "error",
    "wide-colon": "error",
    "missing-space": "error",
    "wide-comma": "error",
    "lost-comment": "error",
    "needs-quotes": "error",
    "bad-key": "error",
    # shape
    "unknown-key": "error",
    "missing-key": "error",
    "wrong-type": "error",
    "wrong-choice": "error",
    "wrong-value": "error",
    "empty-text": "error",
    "too-many": "error",
    "too-few": "error",
    "bad-id": "error",
    "bad-reference": "error",
    "bad-selector": "error",
    "bad-interval": "error",
    "bad-quantity": "error",
    "bad-frequency": "error",
    "bad-date": "error",
    "bad-number": "error",
    "bad-telephone": "error",
    "bad-text": "error",
    "lost-text": "error",
    # across files
    "duplicate-id": "error",
    "id-case": "error",
    "unknown-reference": "error",
    "unknown-slot": "error",
    "overlap": "error",
    "gap": "error",
    "not-decidable": "error",
    "wrong-example": "error",
    "open-example": "error",
    "open-answer": "error",
    "unknown-row": "error",
    "unknown-column": "error",
    "wrong-sum": "error",
    "no-right-answer": "error",
    "no-wrong-answer": "error",
    "unknown-day": "error",
    "dates": "error",
    "internal-label": "error",
    "banned-claim": "error",
    "real-name": "error",
    "one-minute-list": "error",
    "glossary-variant": "error",
    "unreachable-row": "error",
    "unheard-variant": "error",
    "retired-in-use": "error",
    "vanished": "error",
    "address-clash": "error",
    # changes and cities
    "layer-unknown": "error",
    "layer-conflict": "error",
    "not-for-city": "error",
    "not-for-audience": "error",
    "no-difference": "warning",
    "base-moved": "warning",
    "not-approved": "warning",
    "same-example": "warning",
    "not-covered": "warning",
    "no-contact": "warning",
    "no-rhythm": "warning",
    "two-counts": "warning",
    "less-often": "warning",
    "no-move": "warning",
    "turned-move": "warning",
    "better-lacks": "warning",
    "no-row": "warning",
    "unneeded-reason": "warning",
    "wrong-sections": "warning",
    "unused-measure": "warning",
    "belongs-to-nothing": "warning",
    "empty-guide": "warning",
    "long-line": "warning",
    "double-negative": "warning",
    "bare-letter": "warning",
    "traditional": "warning",
    "half-width": "warning",
    "punctuation": "warning",
    "unused-slot": "warning",
    "placeholder": "warning",
    # the built site
    "page-missing": "error",
    "block-missing": "error",
    "id-twice": "error",
    "broken-link": "error",
    "other-host": "error",
    "blocked": "error",
    "foreign-folder": "error",
    "leak": "error",
}
