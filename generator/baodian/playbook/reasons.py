"""Which reason of `coverage.yml` explains what is missing or odd about a class."""

from __future__ import annotations

from collections.abc import Collection
from typing import get_args

from baodian.model import Reason
from baodian.model.coverage import Covering
from baodian.playbook.playbook import Class, Playbook, Why

KINDS: tuple[Covering, ...] = get_args(Covering)
"""What every class is asked for, in the order it is shown."""

COUNTS: tuple[Why, ...] = ("own", "range", "all", "with", "matrix")
"""What covers a class, narrowest first. What holds for everyone says nothing about a class, and a
move only passes through it: neither covers."""


def lacks(reason: Reason) -> tuple[str, ...]:
    """Return what a reason says is missing: the words of `without`, or every kind."""
    return tuple(map(str, reason.without)) or (() if reason.about else KINDS)


def explains(reason: Reason, without: Collection[str], about: Collection[str]) -> bool:
    """Say whether a reason is about one of the lacks `without`, or all of `about` (`kind:id`)."""
    named = {ref.entity for ref in reason.about}
    return (bool(about) and named.issuperset(about)) or not set(without).isdisjoint(lacks(reason))


def reason_for(
    playbook: Playbook, class_: Class, without: Collection[str] = (), about: Collection[str] = ()
) -> Reason | None:
    """Return the narrowest reason for what a class lacks, or for what is odd about it.

    Of several equally narrow ones it is the first.
    """
    candidates = [
        (width, reason)
        for reason in playbook.reasons.values()
        if explains(reason, without, about)
        if (width := _width(playbook, reason, class_)) is not None
    ]
    return min(candidates, key=lambda c: c[0])[1] if candidates else None


def _width(playbook: Playbook, reason: Reason, class_: Class) -> int | None:
    """Return how widely a reason is meant for a class, small for narrow; None if not for it.

    A further condition (`+`) never excuses: it leaves customers of the class without a reason.
    """
    if not reason.for_:
        return len(COUNTS)
    hits = [hit for s in reason.for_ if (hit := playbook.matches(s, class_)) is not None]
    widths = [len(COUNTS) if w == "everyone" else COUNTS.index(w) for w, _ in hits if w != "with"]
    return min(widths, default=None)
