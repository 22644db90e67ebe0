"""The handbook as one HTML file, made by a whole build, so that it is verified like the site."""

from __future__ import annotations

import tempfile
from pathlib import Path

from baodian.build import write
from baodian.publish import single
from baodian.read import Read
from baodian.report import Progress
from baodian.said.messages import Words


def handbook(project: Path, found: Read, t: Words, progress: Progress) -> bytes:
    """Return the file; raises `PlaybookError` if a page came out wrong.

    It is made even if the playbook wants no copies on devices: here somebody asks for one.
    """
    with tempfile.TemporaryDirectory(prefix="baodian-") as folder:
        write(project, found, Path(folder) / "site", t, progress, one_file=True)
        return (Path(folder) / "site" / single.FILE).read_bytes()
