"""What somebody asks to be compared → the comparison, or why there is none."""

from __future__ import annotations

import datetime
from pathlib import Path

from baodian import trees
from baodian.comparing.sides import Compared, Side, Unreadable, written
from baodian.comparing.sides import compared as between
from baodian.playbook.load import Library, library
from baodian.said.messages import msg

LAST = "HEAD"
"""The revision that the project is compared with if no other is named."""

__all__ = ["Unreadable", "compared"]


def compared(
    project: Path,
    old: str | None,
    new: str | None,
    today: datetime.date,
    *,
    on: datetime.date | None = None,
    city: str = "",
) -> Compared:
    """Return what differs between two sides: folders or revisions, or days and cities of one.

    Without `old`, a day or a city is compared with today and everywhere, of the project as it is.
    With `old`, both sides are of that day and city. Raises `Unreadable`.
    """
    if old is None and (on or city):
        books = _project(project)
        name = project.resolve().name or str(project)
        sides = (Side(name, books, today), Side(name, books, on or today, city))
        _known(city, books)
        return between(*sides)
    day = on or today
    named = old or LAST
    before = written(project, named)
    after = written(project, new, before) if new else _project(project, before)
    _known(city, before, after)
    name = new or project.resolve().name
    return between(Side(named, before, day, city), Side(name, after, day, city))


def _project(project: Path, like: Library | None = None) -> Library:
    if not (project / trees.DATA).is_dir():
        text = msg(
            "There is no {name} in {folder}.", name=trees.DATA, folder=str(project.resolve())
        )
        raise Unreadable(text)
    return library(project, like)


def _known(city: str, *books: Library) -> None:
    if city and not any(city in one.cities for one in books):
        raise Unreadable(msg("There is no city “{city}” in overlays/.", city=city))
