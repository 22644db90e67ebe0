"""What old revisions say, kept in the project's `.baodian-cache/`: they never say anything else.

The folder can be deleted at any time. What is kept goes by all that it was made from: git's names
of what was read, the day, the language, and our own code. A damaged file is made anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = ".baodian-cache"
MOST = 2000  # files; the oldest go
_CODE = Path(__file__).parents[1]
_IGNORED = "# Made by Baodian from the history of playbook_data/; it can be deleted.\n*\n"


@dataclass(frozen=True)
class Kept:
    """What is kept of a project; where it cannot be written, nothing is."""

    folder: Path

    @classmethod
    def of(cls, project: Path) -> Kept:
        """Return what is kept of a project."""
        return cls(project / FOLDER)

    def once(self, facts: object, make: Callable[[], object]) -> object:
        """Return what `make` gives, as JSON holds it; it is asked only once for the same facts."""
        name = hashlib.sha256(repr((_code(), facts)).encode()).hexdigest()[:32]
        file = self.folder / f"{name}.json"
        try:
            return json.loads(file.read_bytes())
        except (OSError, ValueError):
            pass
        made = json.loads(json.dumps(make()))
        self._write(file, json.dumps(made, ensure_ascii=False))
        return made

    def _write(self, file: Path, text: str) -> None:
        part = file.with_suffix(f".{os.getpid()}")
        try:
            if not self.folder.is_dir():
                self.folder.mkdir()
                (self.folder / ".gitignore").write_text(_IGNORED, encoding="utf-8")
            part.write_text(text, encoding="utf-8")
            part.replace(file)
            files = sorted(self.folder.glob("*.json"), key=lambda f: f.stat().st_mtime)
            for old in files[:-MOST]:
                old.unlink(missing_ok=True)
        except OSError:  # a folder that may only be read, a full disk: it is made anew next time
            with contextlib.suppress(OSError):
                part.unlink()


@cache
def _code() -> str:
    """Return what changes whenever our code or its words do."""
    known = hashlib.sha256()
    for path in sorted(p for p in _CODE.rglob("*") if p.suffix in (".py", ".mo")):
        known.update(path.relative_to(_CODE).as_posix().encode() + path.read_bytes())
    return known.hexdigest()
