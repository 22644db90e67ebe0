"""The folders of a project → the trees and texts of its files, and what is no file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from baodian import source
from baodian.said.messages import msg
from baodian.said.problems import At, Problem
from baodian.source import Mapping

DATA = "playbook_data"
SETTINGS = PurePosixPath("playbook.yml")


@dataclass(frozen=True)
class File:
    """A file that could be read: its path below `playbook_data/`, its place, its tree."""

    path: PurePosixPath
    at: At
    tree: Mapping


def files(project: Path) -> tuple[tuple[File, ...], tuple[Problem, ...]]:
    """Return the files below `playbook_data/`, sorted, and what is wrong with files. Never raises.

    A file with problems may be there all the same, mended as the hints say.
    """
    root = project / DATA
    readable: list[File] = []
    problems: list[Problem] = []
    if not (root / SETTINGS).exists():
        hint = msg("Every playbook has this file of settings; “baodian init” shows one.")
        at = At(f"{DATA}/{SETTINGS}")
        problems.append(Problem("unreadable", at, msg("The file is missing."), hint))
    for path in _paths(root, project):
        if isinstance(path, Problem):
            problems.append(path)
            continue
        at = _at(path, project)
        tree, faults = _tree(path, at)
        problems += faults
        if tree is not None:
            readable.append(File(PurePosixPath(path.relative_to(root).as_posix()), at, tree))
    return tuple(readable), tuple(problems)


def content(project: Path) -> tuple[tuple[tuple[str, str], ...], tuple[Problem, ...]]:
    """Return (file, text) of the hand-written pages, sorted, and what is wrong with files."""
    texts: list[tuple[str, str]] = []
    problems: list[Problem] = []
    for path in sorted((project / "content").rglob("*.md")):
        at = _at(path, project)
        try:
            text, problem = source.decode(path.read_bytes(), at.file)
        except OSError as error:
            text, problem = None, _unreadable(at, error)
        if problem is not None:
            problems.append(problem)
        if text is not None:
            texts.append((at.file, text))
    return tuple(texts), tuple(problems)


def _at(path: Path, project: Path) -> At:
    return At(path.relative_to(project).as_posix())


def _unreadable(at: At, error: OSError) -> Problem:
    message = msg("This cannot be read: {reason}.", reason=error.strerror or str(error))
    return Problem("unreadable", at, message)


def _tree(path: Path, at: At) -> tuple[Mapping | None, tuple[Problem, ...]]:
    try:
        data = path.read_bytes()
    except OSError as error:
        return None, (_unreadable(at, error),)
    tree, problems = source.read(data, at.file)
    if tree is None or isinstance(tree, Mapping):
        return tree, problems
    message = msg("This file must hold keys and values.")
    hint = msg("Begin its lines with “key: value”, not with “- ”.")
    return None, (*problems, Problem("not-a-mapping", tree.at, message, hint))


def _paths(folder: Path, project: Path) -> Iterator[Path | Problem]:
    """Yield the files to read below a folder, sorted, and a problem for all that is none."""
    try:
        paths = sorted(folder.iterdir())
    except OSError as error:
        yield _unreadable(_at(folder, project), error)
        return
    for path in paths:
        name = path.name
        if name.startswith(".") or name.endswith(("~", ".bak", ".swp")):
            continue
        if problem := _no_file(path, _at(path, project)):
            yield problem
        elif path.is_dir():
            yield from _paths(path, project)
        else:
            yield path


def _no_file(path: Path, at: At) -> Problem | None:
    """Return why a path is neither a file to read nor a folder to look into, else None."""
    name = path.name
    if path.is_symlink() and not path.exists():
        message = msg("This link leads nowhere or to itself.")
        return Problem("not-a-file", at, message, msg("Remove the link."))
    if path.is_dir() and name.endswith((".yml", ".yaml")):
        message = msg("This is a folder, not a file.")
        return Problem("not-a-file", at, message, msg("Give the folder a name without .yml."))
    if path.is_dir() and path.is_symlink():
        message = msg("This folder is a link; links to folders are not followed.")
        return Problem("not-a-file", at, message, msg("Put the folder itself here."))
    if path.is_dir() or (name.endswith(".yml") and path.is_file()):
        return None
    if not path.is_file():
        message = msg("This is no ordinary file.")
        return Problem("not-a-file", at, message, msg("Remove it."))
    message = msg("Only .yml files belong here.")
    hint = msg("Pages of prose belong in content/, pictures in content/ too.")
    if name.endswith(".yaml"):
        hint = msg("Let the name end in .yml.")
    return Problem("unexpected-file", at, message, hint)
