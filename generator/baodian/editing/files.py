"""Files as they were read and as they are to be: shown as a diff, written all or none."""

from __future__ import annotations

import contextlib
import difflib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from baodian.said.messages import msg
from baodian.said.problems import RefusedError


@dataclass(frozen=True)
class Draft:
    """A file: the bytes that were read, and those that are to be there; None where none is."""

    path: Path
    old: bytes | None
    new: bytes | None


class ChangedMeanwhileError(RefusedError):
    """A file is no longer as it was read, or one stands where a new one is to be."""

    def __init__(self, path: Path) -> None:
        super().__init__(msg("{file} was changed by somebody else meanwhile; nothing was written.",
                             file=str(path)))  # fmt: skip


def diff(drafts: Sequence[Draft], project: Path) -> str:
    """Return what becomes of the files as a unified diff, with their names below the project."""
    return "".join(line for draft in drafts for line in _diff(draft, project))


def _diff(draft: Draft, project: Path) -> Iterator[str]:
    name = os.path.relpath(draft.path, project).replace(os.sep, "/")
    old, new = _lines(draft.old), _lines(draft.new)
    before = f"a/{name}" if draft.old is not None else "/dev/null"
    after = f"b/{name}" if draft.new is not None else "/dev/null"
    for line in difflib.unified_diff(old, new, before, after):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _lines(data: bytes | None) -> list[str]:
    text = (data or b"").decode("utf-8", "replace").removeprefix("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n").splitlines(keepends=True)


def write(drafts: Sequence[Draft]) -> None:
    """Write all files, or none: whatever stops it in between, what was written is taken back.

    Links are followed and modes kept. Raises `ChangedMeanwhileError` if a file is not as it was
    read, and `OSError`; all is as it was then.
    """
    staged: list[tuple[Draft, Path | None]] = []
    done: list[Draft] = []
    made: list[Path] = []
    try:
        for draft in drafts:
            if draft.old != draft.new:
                made += _folders(draft)
                staged.append((draft, _beside(draft)))
        for draft, _ in staged:
            if _bytes(draft.path) != draft.old:
                raise ChangedMeanwhileError(draft.path)
        for draft, beside in staged:
            done.append(draft)
            _swap(draft, beside)
        for folder in {draft.path.parent for draft in done}:
            _sync(folder)
        made = []  # all is there now, and stays
    except BaseException:
        for draft in reversed(done):
            _take_back(draft)
        raise
    finally:
        for _, beside in staged:
            if beside is not None:
                beside.unlink(missing_ok=True)
        for folder in reversed(made):
            with contextlib.suppress(OSError):
                folder.rmdir()


def _folders(draft: Draft) -> list[Path]:
    """Make the folders that a new file stands in; return those that were not there."""
    if draft.new is None:
        return []
    missing = [folder for folder in draft.path.parents if not folder.exists()]
    draft.path.parent.mkdir(parents=True, exist_ok=True)
    return missing[::-1]


def _beside(draft: Draft) -> Path | None:
    """Write what is to be there into a file beside it, safe on the disk; None if nothing is."""
    if draft.new is None:
        return None
    target = Path(os.path.realpath(draft.path))
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    mode = target.stat().st_mode & 0o7777 if draft.old is not None else 0o666
    _put(beside, draft.new, mode, exact=draft.old is not None)
    return beside


def _put(path: Path, data: bytes, mode: int, *, exact: bool) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if exact:
        path.chmod(mode)


def _swap(draft: Draft, beside: Path | None) -> None:
    if beside is None:
        draft.path.unlink()
    elif draft.old is not None:
        beside.replace(os.path.realpath(draft.path))
    else:
        try:
            os.link(beside, draft.path)  # never over a file that came in between
        except FileExistsError:
            raise ChangedMeanwhileError(draft.path) from None
        except OSError:  # a file system without links
            if draft.path.exists():
                raise ChangedMeanwhileError(draft.path) from None
            beside.replace(draft.path)


def _take_back(draft: Draft) -> None:
    """Put back what was there, unless somebody else has written there since."""
    with contextlib.suppress(OSError):
        if draft.old is not None and _bytes(draft.path) == draft.new:
            back = _beside(Draft(draft.path, draft.new, draft.old))
            assert back is not None
            back.replace(os.path.realpath(draft.path))
        elif draft.old is None and draft.new is not None and _bytes(draft.path) == draft.new:
            draft.path.unlink()


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _sync(folder: Path) -> None:
    """Let a folder's names be safe on the disk too, where the system knows such a thing."""
    with contextlib.suppress(OSError, AttributeError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
