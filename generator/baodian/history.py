"""A project as it was: the data of a revision of git, in a folder to read it from."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from baodian.said.messages import Message, msg

DATA, PAGES = "playbook_data", "content"
_FILES = ("100644", "100755")  # no links, and no repositories inside
_ELSEWHERE = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")  # set inside a hook


class NoHistory(Exception):  # noqa: N818 - read as a sentence
    """Why a revision cannot be read, for the person at the terminal."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.msgid)
        self.message = message


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


def _files(project: Path, revision: str) -> Iterator[tuple[PurePosixPath, bytes]]:
    inside = _said(project, "rev-parse", "--show-prefix").removesuffix(b"\n")
    commit = _commit(project, revision)
    folder = os.fsdecode(inside) + DATA
    pages = os.fsdecode(inside) + PAGES
    listed = _said(project, "ls-tree", "-r", "-z", "--full-tree", commit, "--", folder, pages)
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


def _commit(project: Path, revision: str) -> str:
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
