"""A project as it was: the data of a revision of git in a folder to read it from, day by day."""

from __future__ import annotations

import datetime
import hashlib
import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from baodian.said.messages import msg
from baodian.said.problems import RefusedError

DATA, PAGES = "playbook_data", "content"
_FILES = ("100644", "100755")  # no links, and no repositories inside
_ELSEWHERE = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")  # set inside a hook


class NoHistory(RefusedError):  # noqa: N818 - read as a sentence
    """A revision cannot be read."""


@dataclass(frozen=True)
class Stood:
    """How `playbook_data/` stood at the end of a day: in which revision, and git's name of it."""

    day: datetime.date
    revision: str
    tree: str


@dataclass(frozen=True)
class Days:
    """Each day on which the data was changed, the last one last, and how it stood before them all.

    `whole` says whether all that git ever knew is here, for a shallow copy ends somewhere.
    """

    stood: tuple[Stood, ...]
    before: Stood | None = None
    whole: bool = True


def days(project: Path, since: datetime.date) -> Days:
    """Return how the data of `project` stood at the end of each day since `since`.

    A day is that of the commit, where it was made. Only what came to the line that HEAD stands on
    counts, so a merge is one step. Raises `NoHistory`.
    """
    folder = _folder(project)
    told = _said(
        project, "rev-list", "--first-parent", f"--since={since.isoformat()}T00:00:00Z",
        "--format=%H %ci", "HEAD", "--", f":(top,literal){folder}",
    ).decode().splitlines()  # fmt: skip
    commits = [line.split()[:2] for line in reversed(told) if not line.startswith("commit ")]
    last: dict[datetime.date, str] = {}
    latest = since
    for commit, day in commits:
        latest = max(latest, datetime.date.fromisoformat(day))  # a clock may have been wrong
        last[latest] = commit
    oldest = f"{commits[0][0]}^1" if commits else "HEAD"
    trees = _trees(project, folder, [oldest, *last.values()])
    stood = tuple(
        Stood(day, commit, trees[commit]) for day, commit in last.items() if trees[commit]
    )
    before = Stood(since, oldest, trees[oldest]) if trees[oldest] else None
    shallow = _said(project, "rev-parse", "--is-shallow-repository").strip() == b"true"
    return Days(stood, before, not shallow)


def differs(project: Path, tree: str) -> bool:
    """Say whether `playbook_data/` holds other files now than a tree of git. Raises `NoHistory`."""
    rows = _said(project, "ls-tree", "-r", "-z", "--full-tree", tree).split(b"\0")
    there = {os.fsdecode(name): facts.split()[2].decode()
             for facts, _, name in (row.partition(b"\t") for row in rows if row)
             if facts.split()[0].decode() in _FILES and name.endswith(b".yml")}  # fmt: skip
    return there != _now(project / DATA, hashlib.sha256 if len(tree) > 40 else hashlib.sha1)


def _now(folder: Path, hash_: Callable[..., Any]) -> Mapping[str, str]:
    """Return git's names of the files below a folder, by their paths."""
    names: dict[str, str] = {}
    for path in folder.rglob("*.yml"):
        if path.is_file() and not path.is_symlink():
            data = path.read_bytes()
            names[path.relative_to(folder).as_posix()] = hash_(
                b"blob %d\0" % len(data) + data
            ).hexdigest()
    return names


def _trees(project: Path, folder: str, revisions: list[str]) -> Mapping[str, str]:
    """Return git's name of the folder in each revision, "" where there is none."""
    asked = "".join(f"{revision}:{folder}\n" for revision in revisions)
    told = _said(project, "cat-file", "--batch-check", given=os.fsencode(asked)).splitlines()
    return {
        revision: line.split()[0].decode() if line.split()[1:2] == [b"tree"] else ""
        for revision, line in zip(revisions, told, strict=True)
    }


def _folder(project: Path) -> str:
    """Return where the data stands, from the top of the repository."""
    inside = _said(project, "rev-parse", "--show-prefix").removesuffix(b"\n")
    return os.fsdecode(inside) + DATA


@contextmanager
def at(project: Path, revision: str) -> Iterator[Path]:
    """Yield a folder that holds the data and the pages of `project` as a revision has them.

    The project may be a folder inside its repository. Raises `NoHistory`.
    """
    files = _files(project, revision)
    with tempfile.TemporaryDirectory(prefix="baodian-") as folder:
        for name, data in files:
            path = Path(folder, *name.parts)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        yield Path(folder)


def log(project: Path) -> tuple[Path, ...]:
    """Return the file in which git notes each commit here; nothing where it does not."""
    try:
        named = os.fsdecode(_said(project, "rev-parse", "--git-path", "logs/HEAD")).strip()
    except NoHistory:
        return ()
    file = project / named
    return (file,) if file.is_file() else ()


def standing(project: Path) -> str:
    """Return what changes whenever git tells another history of a project; "" if it has none."""
    try:
        return os.fsdecode(_said(project, "rev-parse", "HEAD", "--is-shallow-repository"))
    except NoHistory:
        return ""


def _files(project: Path, revision: str) -> Iterator[tuple[PurePosixPath, bytes]]:
    inside = _said(project, "rev-parse", "--show-prefix").removesuffix(b"\n")
    found = commit(project, revision)
    folder = os.fsdecode(inside) + DATA
    pages = os.fsdecode(inside) + PAGES
    listed = _said(project, "ls-tree", "-r", "-z", "--full-tree", found, "--", folder, pages)
    rows = [row.partition(b"\t") for row in listed.split(b"\0") if row]
    blobs = [
        (PurePosixPath(os.fsdecode(name)[len(os.fsdecode(inside)) :]), facts.split()[2])
        for facts, _, name in rows
        if facts.split()[0].decode() in _FILES and name.endswith((b".yml", b".md"))
    ]
    if not any(name.parts[0] == DATA for name, _ in blobs):
        raise NoHistory(msg("At “{revision}” there is no {folder}/ here.",
                            revision=revision, folder=folder))  # fmt: skip
    asked = b"".join(blob + b"\n" for _, blob in blobs)
    told = _said(project, "cat-file", "--batch", given=asked)
    for name, _ in blobs:
        head, _, told = told.partition(b"\n")
        if head.endswith(b" missing"):
            raise NoHistory(msg("git says: {text}", text=os.fsdecode(head)))
        size = int(head.split()[2])
        yield name, told[:size]
        told = told[size + 1 :]


def commit(project: Path, revision: str) -> str:
    """Return the id of the commit that a revision stands for. Raises `NoHistory`."""
    named = f"{revision}^{{commit}}"
    try:
        found = _said(project, "rev-parse", "--verify", "--quiet", "--end-of-options", named)
    except NoHistory:
        if _said(project, "rev-parse", "--is-shallow-repository").strip() == b"true":
            text = msg("“{revision}” is not here: this copy of the repository holds only its last "
                       "part. Run “git fetch --unshallow”.", revision=revision)  # fmt: skip
            raise NoHistory(text) from None
        raise NoHistory(msg("git knows no revision “{revision}”.", revision=revision)) from None
    return found.decode().split()[-1]


def _said(project: Path, *arguments: str, given: bytes = b"") -> bytes:
    """Return what git answers. Raises `NoHistory` with its own words where it refuses."""
    env = {name: value for name, value in os.environ.items() if name not in _ELSEWHERE}
    env |= {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}
    try:
        done = subprocess.run(
            ["git", "-C", str(project), *arguments],
            input=given, capture_output=True, env=env, check=False,
        )  # fmt: skip
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        raise NoHistory(msg("git is not installed here, so nothing can be compared.")) from None
    except ValueError:  # a sign that no argument can hold
        raise NoHistory(msg("git knows no revision “{revision}”.", revision="…")) from None
    if done.returncode != 0:
        words = done.stderr.decode("utf-8", "replace").strip().splitlines()
        if any("not a git repository" in line for line in words):
            raise NoHistory(msg("This folder is in no git repository."))
        raise NoHistory(msg("git says: {text}", text=words[0] if words else "?"))
    return done.stdout
