"""Folders on disk: build beside `site/`, swap all or nothing, and mend what a killed build left.

Whoever holds the lock is the only writer, so every staging folder that he finds is a leftover.
A folder is renamed before it is deleted, so a half-deleted one is never taken for a good one.
A link and a mount point stay what they are: what is in them is replaced, entry by entry.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from baodian.publish.exchange import exchange
from baodian.publish.ours import LITTER, MARKER, mark, marked

if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[bytes], *, wait: bool) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(file: IO[bytes], *, wait: bool) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))


# Beside a site, by its own name, so that two of a project are no business of each other.
OLD = ".{site}-old"
STAGING = ".{site}-staging-{pid}"
LOCK = ".{site}.lock"
# Inside a folder that must stay: all of a new site, what it replaced, and what is not all there.
NEW_INSIDE, OLD_INSIDE, PART_INSIDE = ".baodian-new", ".baodian-old", ".baodian-part-"
_MOUNTED = (errno.EBUSY, errno.EXDEV)


def site_of(project: Path, audience: str = "") -> Path:
    """Return the folder of an edition: `site`, or the one of an audience."""
    return project / (f"site-{audience}" if audience else "site")


@contextmanager
def lock(site: Path, on_wait: Callable[[], None] | None = None) -> Iterator[bool]:
    """Hold the right to write beside `site`; yield whether it was got.

    With `on_wait` it is called and then another build is waited for; without, False is yielded at
    once. The operating system frees the lock of a killed build.
    """
    with beside(site, LOCK).open("ab") as file:
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
    old = beside(site, OLD)
    if old.exists():
        if os.path.lexists(site):
            _discard(old, site)
        else:
            old.rename(site)
    inside = site.resolve() if site.is_dir() else None
    if inside and (inside / NEW_INSIDE / MARKER).exists():
        _install(inside)
    for folder in leftovers(site):
        shutil.rmtree(folder)


def leftovers(site: Path) -> tuple[Path, ...]:
    """Return the folders that only a killed build leaves beside `site` and in it."""
    name = re.escape(site.name)
    left = re.compile(rf"\.{name}-old|\.{name}-staging-\d+(?:\.old)?")
    outside = (p for p in site.parent.iterdir() if left.fullmatch(p.name))
    names = (NEW_INSIDE, OLD_INSIDE, PART_INSIDE)
    inside = (p for p in site.iterdir() if p.name.startswith(names)) if site.is_dir() else ()
    return (*sorted(outside), *sorted(inside))


def beside(site: Path, name: str) -> Path:
    """Return the path of `OLD`, `STAGING` or `LOCK` of a site."""
    return site.parent / name.format(site=site.name, pid=os.getpid())


def staging(site: Path) -> Path:
    """Make a new empty folder beside `site`.

    The caller holds the lock, and calls `mend` at the end whatever happens, even if a signal comes
    before this has returned.
    """
    folder = beside(site, STAGING)
    folder.mkdir()
    return folder


def swap(staged: Path, site: Path) -> None:
    """Put `staged` in the place of `site`, marked as ours and open to web servers.

    At once where the system can; else with two renames, between which `mend` can undo it. Into a
    link or a mount point it goes entry by entry, and `mend` brings to an end what was begun.
    """
    mark(staged)
    _open_up(staged)
    if not site.is_symlink() and not os.path.ismount(site):
        try:
            _change_places(staged, site)
        except OSError as error:
            if error.errno not in _MOUNTED:
                raise
        else:
            return
    folder = Path(os.path.realpath(site))
    folder.mkdir(exist_ok=True)
    part = folder / f"{PART_INSIDE}{os.getpid()}"
    shutil.move(staged, part)
    part.rename(folder / NEW_INSIDE)
    _install(folder)


def _change_places(staged: Path, site: Path) -> None:
    if not site.exists():
        staged.rename(site)
    elif not exchange(staged, site):  # if it did, the old site has the name of a leftover
        old = beside(site, OLD)
        site.rename(old)
        staged.rename(site)
        _discard(old, site)


def _install(folder: Path) -> None:
    """Move what lies ready in `folder` into it; begun anew after a kill, it goes on from there.

    The list of the new site moves last: as long as it lies ready, not all is done.
    """
    new, old = folder / NEW_INSIDE, folder / OLD_INSIDE
    old.mkdir(exist_ok=True)
    before, now = marked(folder), marked(new) or frozenset()
    names = {name.partition("/")[0] for name in now}
    there = {path.name for path in folder.iterdir()} - LITTER - {MARKER, NEW_INSIDE, OLD_INSIDE}
    if before is not None:
        there &= {name.partition("/")[0] for name in before}
    for name in sorted(names):
        if os.path.lexists(new / name):
            if os.path.lexists(folder / name):
                (folder / name).rename(old / name)
            (new / name).rename(folder / name)
    for name in sorted(there - names):
        (folder / name).rename(old / name)
    (new / MARKER).replace(folder / MARKER)
    shutil.rmtree(new)
    shutil.rmtree(old)


def _open_up(folder: Path) -> None:
    """Let everyone read a site, whatever the umask and the modes of the sources are."""
    for path in (folder, *folder.rglob("*")):
        path.chmod(path.stat().st_mode | (0o755 if path.is_dir() else 0o644))


def _discard(folder: Path, site: Path) -> None:
    doomed = beside(site, f"{STAGING}.old")
    folder.rename(doomed)
    shutil.rmtree(doomed)
