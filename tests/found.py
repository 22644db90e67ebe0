"""What the check finds in a project."""

import datetime
from pathlib import Path

from baodian.checking import checked
from baodian.said.problems import Problem


def problems_of(project: Path, today: datetime.date | None = None) -> tuple[Problem, ...]:
    """Return every problem of a playbook, sorted: see `checked`."""
    return checked(project, today)[1]
