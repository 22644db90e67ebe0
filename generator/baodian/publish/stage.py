"""Folders on disk: build beside `site/`, swap all or nothing, and mend what a killed build left.

Whoever holds the lock is the only writer, so every staging folder that he finds is a leftover.
A folder is renamed before it is deleted, so a half-deleted one is never taken for a good one.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[bytes], *, wait: bool) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(file: IO[bytes], *, wait: bool) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))


OLD = ".site-old"
STAGING = ".site-staging-"
LOCK = ".site.lock"


@contextmanager
def lock(site: Path, on_wait: Callable[[], None] | None = None) -> Iterator[bool]:
    """Hold the right to write beside `site`; yield whether it was got.

    With `on_wait` it is called and then another build is waited for; without, False is yielded at
    once. The operating system frees the lock of a killed build.
    """
    with (site.parent / LOCK).open("ab") as file:
        try:
            _take(file, wait=False)
        except OSError:
            if on_wait is None:
                yield False
                return
            on_wait()
            _take(file, wait=True)
        yield True


def repair(site: Path) -> None:
    """Undo a swap that was killed half way and delete leftovers, unless a build is running.

    Afterwards `site` is the last good one, or missing if there never was one.
    """
    if not leftovers(site):
        return
    with lock(site) as got:
        if got:
            mend(site)


def mend(site: Path) -> None:
    """Do what `repair` promises; the caller holds the lock."""
    old = site.parent / OLD
    if old.exists():
        if site.exists():
            _discard(old)
        else:
            old.rename(site)
    for folder in leftovers(site):
        shutil.rmtree(folder)


def leftovers(site: Path) -> tuple[Path, ...]:
    """Return the folders that only a killed build leaves beside `site`."""
    return tuple(
        path
        for path in sorted(site.parent.iterdir())
        if path.name == OLD or path.name.startswith(STAGING)
    )


@contextmanager
def staging(site: Path) -> Iterator[Path]:
    """Yield a new empty folder on the file system of `site`; delete it if it was not swapped in."""
    folder = site.parent / f"{STAGING}{os.getpid()}"
    folder.mkdir()
    try:
        yield folder
    finally:
        if folder.exists():
            shutil.rmtree(folder)


def swap(staged: Path, site: Path) -> None:
    """Put `staged` in the place of `site` with two renames; between them `repair` can undo it."""
    old = site.parent / OLD
    if site.exists():
        site.rename(old)
    staged.rename(site)
    if old.exists():
        _discard(old)


def _discard(folder: Path) -> None:
    doomed = folder.with_name(f"{STAGING}{os.getpid()}-old")
    folder.rename(doomed)
    shutil.rmtree(doomed)
