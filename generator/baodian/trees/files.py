"""The folders of a project → the trees and texts of its files, and what is no file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from baodian import source
from baodian.cache import Cache
from baodian.said.messages import msg
from baodian.said.problems import At, Problem
from baodian.source import Mapping
from baodian.trees import gate
from baodian.trees.stored import Stored

DATA = gate.DATA.folder
SETTINGS = PurePosixPath("playbook.yml")
ENGINE = "mkdocs.yml"
STAND_IN = "index.md"
"""The page of `content/` that an engine shows first if it knows nothing of us."""
_STANDS_IN = re.compile(r"-{3}[ \t]*\n[ \t]*baodian[ \t]*:[ \t]*missing\b")


@dataclass(frozen=True)
class File:
    """A file that could be read: its path below `playbook_data/`, its place, its tree."""

    path: PurePosixPath
    at: At
    tree: Mapping


@dataclass(frozen=True)
class Content:
    """The hand-written pages as (file, text), and the files beside them; with `content/`."""

    pages: tuple[tuple[str, str], ...] = ()
    files: tuple[str, ...] = ()


Texts = dict[tuple[str, bytes], tuple[Mapping | None, tuple[Problem, ...]]]
"""What files say that were read already, by their places and bytes."""


def files(
    project: Path, known: Texts | None = None, cache: Cache | None = None
) -> tuple[tuple[File, ...], tuple[Problem, ...]]:
    """Return the files below `playbook_data/`, sorted, and what is wrong with files. Never raises.

    A file with problems may be there all the same, mended as the hints say. What is in `known` is
    not read again; what is read is put there. Nor is what a `cache` holds of an earlier run.
    """
    stored = Stored(cache) if cache else None
    known = {} if known is None else known
    root = project / DATA
    readable: list[File] = []
    problems: list[Problem] = []
    if not (root / SETTINGS).exists():
        hint = msg("Every playbook has this file of settings; “baodian init” shows one.")
        at = At(f"{DATA}/{SETTINGS}")
        problems.append(Problem("unreadable", at, msg("The file is missing."), hint))
    for path in gate.through(gate.DATA, project):
        if isinstance(path, Problem):
            problems.append(path)
            continue
        at = gate.place(path, project)
        tree, faults = _tree(path, at, known, stored)
        problems += faults
        if tree is not None:
            readable.append(File(PurePosixPath(path.relative_to(root).as_posix()), at, tree))
    if stored:
        stored.save()
    return tuple(readable), tuple(problems)


def content(project: Path) -> tuple[Content, tuple[Problem, ...]]:
    """Return what stands in `content/`, sorted, and what is wrong with files. Never raises."""
    texts: list[tuple[str, str]] = []
    others: list[str] = []
    problems: list[Problem] = []
    written = (project / gate.CONTENT.folder).exists()  # pages of data need none beside them
    for path in gate.through(gate.CONTENT, project) if written else ():
        if isinstance(path, Problem):
            problems.append(path)
            continue
        at = gate.place(path, project)
        try:
            data = path.read_bytes()
        except OSError as error:
            problems.append(gate.unreadable(at, error))
            continue
        if not path.name.endswith(gate.CONTENT.text):
            if problem := gate.bad_picture(path.name, data, at):
                problems.append(problem)
            others.append(at.file)
            continue
        text, problem = source.decode(data, at.file)
        if problem is not None:
            problems.append(problem)
        if text is not None:
            problems += source.signs_in(text, at.file)
            if at.file != f"{gate.CONTENT.folder}/{STAND_IN}" or not stands_in(text):
                texts.append((at.file, text))
    return Content(tuple(texts), tuple(others)), tuple(problems)


def stands_in(text: str) -> bool:
    """Say whether a first page is only for engines that know nothing of us, and no page of ours.

    Right: the first lines are `---` and `baodian: missing`. Wrong: any other page.
    """
    return _STANDS_IN.match(text.removeprefix("\ufeff").replace("\r\n", "\n")) is not None


def engine(project: Path) -> tuple[Problem, ...]:
    """Return the signs that do not belong into `mkdocs.yml`, whose names stand on pages too."""
    try:
        data = (project / ENGINE).read_bytes()
    except OSError:
        return ()  # the engine says so itself
    text, problem = source.decode(data, ENGINE)
    return (problem,) if problem else tuple(source.signs_in(text or "", ENGINE))


def _tree(
    path: Path, at: At, known: Texts, stored: Stored | None
) -> tuple[Mapping | None, tuple[Problem, ...]]:
    try:
        data = path.read_bytes()
    except OSError as error:
        return None, (gate.unreadable(at, error),)
    if (at.file, data) not in known:
        known[at.file, data] = _read(data, at, stored)
    return known[at.file, data]


def _read(data: bytes, at: At, stored: Stored | None) -> tuple[Mapping | None, tuple[Problem, ...]]:
    if stored and (kept := stored.get(at.file, data)) is not None:
        return kept, ()
    tree, problems = source.read(data, at.file)
    if stored and isinstance(tree, Mapping) and not problems:
        stored.put(at.file, data, tree)
    if tree is None or isinstance(tree, Mapping):
        return tree, problems
    message = msg("This file must hold keys and values.")
    hint = msg("Begin its lines with “key: value”, not with “- ”.")
    return None, (*problems, Problem("not-a-mapping", tree.at, message, hint))
