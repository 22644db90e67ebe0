"""What was worked out before, kept in the project's `.baodian-cache/`.

The folder can be deleted, shared or cut off at any time: what is kept goes by all that it was made
from, our own code and what it stands on included, and a damaged file is as good as none.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = ".baodian-cache"
MOST = 2000  # files; the oldest go
_CODE = Path(__file__).parent
_IGNORED = "# Made by Baodian from what stands in the project; it can be deleted.\n*\n"


@dataclass(frozen=True)
class Cache:
    """What is kept of a project; where it cannot be written, nothing is."""

    folder: Path

    @classmethod
    def of(cls, project: Path) -> Cache:
        """Return what is kept of a project."""
        return cls(project / FOLDER)

    def once(self, facts: object, make: Callable[[], object]) -> Any:  # noqa: ANN401
        """Return what `make` gives, as JSON holds it; it is asked only once for the same facts."""
        name = digest(repr(facts).encode("utf-8", "surrogatepass"))
        if (kept := self.get(name)) is not None:
            return kept[0]
        made = make()
        self.put(name, [made])
        return json.loads(json.dumps(made))

    def get(self, name: str) -> Any:  # noqa: ANN401
        """Return what was put under a name by the same code, as JSON holds it, else None."""
        data = self.read(f"{name}.json")
        return None if data is None else json.loads(data)

    def put(self, name: str, value: object) -> None:
        """Keep under a name what JSON can hold; whole or not at all, whoever else writes there."""
        data = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        self.write(f"{name}.json", data.encode("utf-8", "surrogatepass"))

    def read(self, file: str) -> bytes | None:
        """Return what was written under the name of a file by the same code, None if not whole."""
        try:
            seal, _, data = (self.folder / file).read_bytes().partition(b"\n")
        except OSError:
            return None
        return data if seal == _seal(file, data) else None

    def write(self, file: str, data: bytes) -> None:
        """Keep bytes under the name of a file; whole or not at all, whoever else writes there."""
        part = self.folder / f"{file}.{os.getpid()}"
        try:
            if not self.folder.is_dir():
                self.folder.mkdir()
                (self.folder / ".gitignore").write_text(_IGNORED, encoding="utf-8")
            part.parent.mkdir(exist_ok=True)
            part.write_bytes(_seal(file, data) + b"\n" + data)
            part.replace(self.folder / file)
        except OSError:  # a folder that may only be read, a full disk: it is made anew next time
            with contextlib.suppress(OSError):
                part.unlink()
        _tidied(self.folder)


def digest(data: bytes) -> str:
    """Return what stands for some bytes: others have another."""
    return hashlib.blake2b(data, digest_size=20).hexdigest()


def _seal(name: str, data: bytes) -> bytes:
    """Return what shows that a file is whole, and made by this code under its own name."""
    return digest(f"{made_by()} {name} ".encode() + data).encode()


@cache
def _tidied(folder: Path) -> None:
    """Take away the oldest files, once in a process."""
    with contextlib.suppress(OSError):
        kept = (file for file in folder.iterdir() if file.suffix == ".json")
        files = sorted(kept, key=lambda file: file.stat().st_mtime)
        for old in files[:-MOST]:
            old.unlink(missing_ok=True)


@cache
def made_by() -> str:
    """Return what changes whenever a file of ours, Python or an installed package does."""
    known = hashlib.blake2b(f"{sys.version} {json.dumps(_installed())}".encode())
    for path in sorted(p for p in _CODE.rglob("*") if p.is_file() and p.suffix != ".pyc"):
        known.update(path.relative_to(_CODE).as_posix().encode() + path.read_bytes())
    return known.hexdigest()


def _installed() -> list[str]:
    """Return the names of what says which packages are installed, versions among them."""
    found: list[str] = []
    for folder in sys.path:
        with contextlib.suppress(OSError):
            found += (p.name for p in Path(folder or ".").iterdir() if p.name.endswith("-info"))
    return sorted(found)
