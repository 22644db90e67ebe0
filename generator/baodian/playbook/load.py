"""The folders of a project → a `Playbook`, or every problem of form, from end to end."""

from __future__ import annotations

from pathlib import Path

from baodian import trees
from baodian.playbook.made import made
from baodian.playbook.playbook import Playbook
from baodian.said.problems import PlaybookError, Problem


def load(project: Path) -> tuple[Playbook, tuple[Problem, ...]]:
    """Return the playbook of `project` and the problems of its files.

    With problems, the playbook holds only what could be read: it can be checked entity by entity
    but not published. Raises `PlaybookError` if not even the settings could be read.
    """
    files, faults = trees.files(project)
    shelf, misplaced = trees.shelved(files)
    edition = trees.merged(shelf, ())
    content, unreadable = trees.content(project)
    playbook, slips = made(edition, content.pages, content.files)
    told = {fault.at for fault in faults}  # what was mended while reading has been told there
    slips = tuple(slip for slip in slips if slip.at not in told)
    problems = (*faults, *misplaced, *unreadable, *trees.engine(project), *slips)
    if playbook is None:
        raise PlaybookError(problems)
    return playbook, problems
