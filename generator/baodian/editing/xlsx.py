"""A workbook → the YAML files with what was changed in it: read, merge, splice, check, write.

It is worked out as a whole before anything is written, and nothing is written if it would make
the playbook worse than it is.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field, replace
from pathlib import Path

from baodian.checking import checked
from baodian.editing import CannotWriteError, Data, Edit, Insert, NoSuchPlaceError, spliced_bytes
from baodian.editing.files import Draft
from baodian.editing.trial import tried
from baodian.editing.xlsx_edits import edits
from baodian.editing.xlsx_merge import Merged, merged
from baodian.editing.xlsx_read import Objection, taken
from baodian.editing.xlsx_rows import Edits
from baodian.playbook.load import Library, library
from baodian.said.messages import msg
from baodian.said.problems import At, PlaybookError, Problem, errors
from baodian.sheets.grids import Book, book


@dataclass(frozen=True)
class Import:
    """What a workbook asks for: what it changes, in which files, and what is wrong with that."""

    merged: Merged
    files: tuple[Draft, ...] = ()
    objections: tuple[Objection, ...] = ()
    problems: tuple[Problem, ...] = ()
    """What would be wrong with the playbook and is not now."""
    places: dict[At, str] = field(default_factory=dict)
    """The cell that was changed at each place of the files as they would be."""
    deletions: bool = False
    """Whether rows that are missing are taken away."""
    books: tuple[Library, Library] | None = None
    """All that is written now, and what would be, if that can be read."""

    def cell(self, problem: Problem) -> str:
        """Return the cell that a problem comes from, "" if that cannot be told.

        That is the one of its place, of its line or of a line that belongs to it, or the only one
        that was changed in its file.
        """
        at = problem.at
        if at in self.places:
            return self.places[at]
        by_line = {(place.file, place.line): cell for place, cell in self.places.items()}
        for near in (at, *(related.at for related in problem.related)):
            if cell := by_line.get((near.file, near.line)):
                return cell
        here = {cell for place, cell in self.places.items() if place.file == at.file}
        return here.pop() if len(here) == 1 else ""

    @property
    def refused(self) -> bool:
        """Say whether nothing may be written."""
        return bool(self.objections or errors(self.problems))


def imported(
    project: Path, data: bytes, today: datetime.date, *, deletions: bool = False
) -> Import:
    """Return what a workbook would change in the files of `project`; nothing is written.

    Raises `PlaybookError` if there is something wrong with the form of the files that there are,
    and `NoWorkbook` if there is none in `data`.
    """
    books = readable(project, today)
    now = book(books.shelf)
    found = taken(data, {name: grid.sheet for name, grid in now.grids.items()})
    asked = merged(found, now)
    wanted = edits(asked, now, deletions=deletions)
    objections = [*asked.objections, *wanted.objections]
    if objections:
        return Import(asked, objections=tuple(objections))
    files, objections = _files(project, wanted)
    plan = Import(asked, files, tuple(objections), deletions=deletions)
    return _checked(project, today, plan, books) if files and not objections else plan


def readable(project: Path, today: datetime.date) -> Library:
    """Return what is written in a project. Raises `PlaybookError` if not all of it can be read."""
    books = library(project)
    problems = errors(books.problems(books.made(today)))
    if problems:
        raise PlaybookError(problems)
    return books


def _files(project: Path, wanted: Edits) -> tuple[tuple[Draft, ...], list[Objection]]:
    """Return the files as they would be."""
    files: list[Draft] = []
    wrong: list[Objection] = []
    for name, some in wanted.edits.items():
        if name in wanted.deleted:
            continue
        old = (project / name).read_bytes()
        try:
            files.append(Draft(project / name, old, spliced_bytes(old, some)))
        except (CannotWriteError, NoSuchPlaceError) as error:
            message = msg("What is wanted here cannot be written: {reason}.", reason=str(error))
            wrong.append(Objection(name, message, msg("Change it in YAML.")))
    for name, record in wanted.new.items():
        if (project / name).exists():
            wrong.append(Objection(name, msg("There is already a file of this name.")))
            continue
        files.append(Draft(project / name, None, _written(record)))
    for name in sorted(wanted.deleted):
        files.append(Draft(project / name, (project / name).read_bytes(), None))
    return tuple(file for file in files if file.old != file.new), wrong


def _written(record: dict[str, Data]) -> bytes:
    """Return a new file with a record."""
    (first, value), *rest = record.items()
    assert isinstance(value, str)
    begun = spliced_bytes(b"x: 1\n", [Insert((), first, value)])
    steps: list[Edit] = [Insert((), key, value) for key, value in rest]
    return spliced_bytes(begun.partition(b"\n")[2], steps)


def _checked(project: Path, today: datetime.date, plan: Import, before: Library) -> Import:
    """Return the import with what would be wrong afterwards and is not now."""
    with tried(project, plan.files) as copy:
        _, problems = checked(copy, today)
        after = library(copy, before)
        places = _places(book(after.shelf), plan.merged)
    if problems:
        _, already = checked(project, today)
        known = {(p.code, p.at.file, p.message) for p in already}
        problems = tuple(p for p in problems if (p.code, p.at.file, p.message) not in known)
    return replace(plan, problems=problems, places=places, books=(before, after))


def _places(after: Book, asked: Merged) -> dict[At, str]:
    """Return the cell that was changed at each place, as it will be; by its line at least."""
    places: dict[At, str] = {}
    for change in asked.changed:
        if row := after.grids[change.sheet.name].rows.get(change.row.key):
            cell = row.cells.get(change.column.key)
            places.setdefault(row.at, change.place)
            places[cell.at if cell else row.at] = change.place
    for new in asked.added:
        row = after.grids[new.sheet.name].rows.get(new.key)
        if row:
            places[row.at] = new.place
            places |= {cell.at: new.places[key] for key, cell in row.cells.items()}
    return places
