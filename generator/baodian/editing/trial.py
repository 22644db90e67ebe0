"""A project as it will be once drafts are written, in a folder of its own, to look at it first."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from baodian.editing.files import Draft
from baodian.trees.files import ENGINE
from baodian.trees.gate import CONTENT, DATA


@contextmanager
def tried(project: Path, drafts: Sequence[Draft]) -> Iterator[Path]:
    """Yield a folder that holds the data and hand-written pages of a project with drafts."""
    with tempfile.TemporaryDirectory(prefix="baodian-") as name:
        folder = Path(name)
        for part in (DATA.folder, CONTENT.folder):
            if (project / part).is_dir():
                shutil.copytree(project / part, folder / part)
        if (project / ENGINE).exists():
            shutil.copyfile(project / ENGINE, folder / ENGINE)
        for draft in drafts:
            path = folder / draft.path.relative_to(project)
            if draft.new is None:
                path.unlink()
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.unlink(missing_ok=True)
                path.write_bytes(draft.new)
        yield folder
