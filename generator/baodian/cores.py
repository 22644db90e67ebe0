"""Work on many things at once, on as many cores as there are.

Where the system can split a process (Linux), its halves know all that it knew, and hand back what
they made as data (`values.py`). Elsewhere, and beside other threads of ours, one does it all.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import pickle
import signal
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
    others: list[_Other] = []
    try:
        with contextlib.suppress(OSError):  # there may be no room for another process
            others += (_Other(make, share) for share in shares[1:])
        made = [[make(one) for one in shares[0]]]
        theirs = [other.made() for other in others]
    except BaseException:
        for other in others:
            other.end()
        raise
    for share, there in itertools.zip_longest(shares[1:], theirs):
        made.append([make(one) for one in share] if there is None else there)
    return [made[n % count][n // count] for n in range(len(things))]


def _processes() -> int:
    if sys.platform != "linux" or threading.active_count() > 1:
        return 1
    return min(len(os.sched_getaffinity(0)), MOST)


class _Other:
    """A process that makes its share of things. Raises `OSError` where there can be none."""

    def __init__(self, make: Callable[[Any], Any], share: Sequence[Any]) -> None:
        ours, theirs = os.pipe()
        parent = os.getpid()
        try:
            self._process = os.fork()
        except OSError:
            os.close(ours)
            os.close(theirs)
            raise
        if not self._process:
            os.close(ours)
            _make(make, share, theirs, parent)
        os.close(theirs)
        self._pipe = open(ours, "rb")  # noqa: PTH123, SIM115 - no path; read or closed by `end`

    def made(self) -> list[Any] | None:
        """Return what it made, in the order of its share; None if it failed."""
        data = self._pipe.read()
        try:
            _, status = os.waitpid(self._process, 0)
            return values.read(data) if status == 0 else None
        except (ChildProcessError, pickle.UnpicklingError):  # nobody knows; or it is no data
            return None
        finally:
            self._pipe.close()

    def end(self) -> None:
        """Stop it, and wait until it has; nothing happens if it is done."""
        if not self._pipe.closed:
            self._pipe.close()
            with contextlib.suppress(OSError):
                os.kill(self._process, signal.SIGKILL)
                os.waitpid(self._process, 0)


def _make(make: Callable[[Any], Any], share: Sequence[Any], pipe: int, parent: int) -> None:
    """Make things as long as the parent lives, hand them on and end, whatever happens."""
    status = 1
    try:
        made = [make(one) for one in share if os.getppid() == parent]
        if len(made) == len(share):
            with open(pipe, "wb") as out:
                out.write(values.written(made))
            status = 0
    finally:
        os._exit(status)
