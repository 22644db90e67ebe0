"""What a project differs in from what it was, asked again and again while it is edited."""

from __future__ import annotations

import datetime
from pathlib import Path

from baodian import history, trees
from baodian.comparing.asked import LAST
from baodian.comparing.sides import Compared, Side, Unreadable, compared, written
from baodian.playbook.load import Library, library


class Since:
    """A project and what it is compared with: a revision of git, or a folder with a playbook.

    A revision is read once, and again when its name stands for another commit; of a folder, and of
    the project, only what differs from what was read before. `audience` is the id of whose edition
    both sides are, or "".
    """

    def __init__(self, project: Path, named: str, today: datetime.date, audience: str = "") -> None:
        self.named = named
        self._project, self._today, self._audience = project, today, audience
        self._old: Side | None = None
        self._commit = ""

    def now(self) -> Compared:
        """Return what differs now. Raises `Unreadable`."""
        old = self._before()
        name = self._project.resolve().name
        return compared(old, self._side(name, library(self._project, old.books)))

    def watched(self) -> tuple[Path, ...]:
        """Return the files and folders that tell when the other side becomes another."""
        folder = Path(self.named)
        data = tuple(f for f in (folder / trees.DATA, folder / history.PAGES) if f.is_dir())
        return data or history.log(self._project)

    def _before(self) -> Side:
        commit = ""
        if not (Path(self.named) / trees.DATA).is_dir():
            try:
                commit = history.commit(self._project, self.named)
            except history.NoHistory as error:
                if self.named == LAST:  # nobody has named it, so its name says nothing
                    raise Unreadable(error.message) from None
        if self._old is None or not commit or commit != self._commit:
            like = self._old.books if self._old else None
            self._old = self._side(self.named, written(self._project, self.named, like))
            self._commit = commit
        return self._old

    def _side(self, name: str, books: Library) -> Side:
        return Side(name, books, self._today, audience=self._audience)
