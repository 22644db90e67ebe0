"""Work on many things at once, on as many cores as there are.

Where the system can split a process (Linux), its halves know all that it knew, and hand back what
they made as data (`values.py`). Elsewhere, and beside other threads, one does it all.
"""

from __future__ import annotations

import gc
import os
import sys
import threading
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from baodian import values

T = TypeVar("T")
R = TypeVar("R")

FEWEST = 24
"""For fewer things another process costs more than it saves."""
MOST = 4
"""Processes, each of which may come to need as much memory as the first."""


def each(make: Callable[[T], R], things: Sequence[T]) -> list[R]:
    """Return what is made of each thing, in their order; `make` keeps nothing but in files.

    What another process could not make is made here, so a mistake is raised here.
    """
    count = _processes() if len(things) >= FEWEST else 1
    shares = [things[n::count] for n in range(count)]  # neighbours are alike, so one to each
    others = [_Other(make, share) for share in shares[1:]]
    try:
        made = [[make(one) for one in shares[0]]]
    finally:
        theirs = [other.made() for other in others]
    for share, there in zip(shares[1:], theirs, strict=True):
        made.append([make(one) for one in share] if there is None else there)
    return [made[n % count][n // count] for n in range(len(things))]


def _processes() -> int:
    if sys.platform != "linux" or threading.active_count() > 1:
        return 1
    return min(len(os.sched_getaffinity(0)), MOST)


class _Other:
    """A process that makes its share of things."""

    def __init__(self, make: Callable[[Any], Any], share: Sequence[Any]) -> None:
        ours, theirs = os.pipe()
        gc.freeze()  # what is there stays where it is, in the memory of both
        self._process = os.fork()
        gc.unfreeze()
        if not self._process:
            os.close(ours)
            _make(make, share, theirs)
        os.close(theirs)
        self._pipe = ours

    def made(self) -> list[Any] | None:
        """Return what it made, in the order of its share; None if it failed."""
        with open(self._pipe, "rb") as pipe:  # noqa: PTH123 - no path
            data = pipe.read()
        _, status = os.waitpid(self._process, 0)
        return values.read(data) if status == 0 else None


def _make(make: Callable[[Any], Any], share: Sequence[Any], pipe: int) -> None:
    """Make things, hand them on and end, whatever happens."""
    status = 1
    try:
        data = values.written([make(one) for one in share])
        with open(pipe, "wb") as out:
            out.write(data)
        status = 0
    finally:
        os._exit(status)
