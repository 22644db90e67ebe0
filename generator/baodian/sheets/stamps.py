"""What a row was when it was exported, as short hashes: enough to tell who changed what since."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

FORMAT = 1
"""The version of the form that our workbooks have; a newer one is not read."""
LENGTH = 12


@dataclass(frozen=True)
class Stamp:
    """What stood in a row: the hash of its key, and by column that of its text, if it had one."""

    key: str
    cells: Mapping[str, str]

    def __str__(self) -> str:
        """Return it as one text, for a cell that nobody sees."""
        return " ".join((self.key, *(f"{name}={hash_}" for name, hash_ in self.cells.items())))


def hashed(text: str) -> str:
    """Return a hash of a text, short enough for thousands of cells, "" for no text."""
    return (
        hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:LENGTH] if text else ""
    )


def key_hash(sheet: str, key: tuple[str, ...]) -> str:
    """Return the hash of what tells a row from all others."""
    return hashed(json.dumps([sheet, *key], ensure_ascii=True))


def stamp(sheet: str, key: tuple[str, ...], texts: Mapping[str, str]) -> Stamp:
    """Return the stamp of a row with the texts of its cells."""
    return Stamp(key_hash(sheet, key), {name: hashed(text) for name, text in texts.items() if text})


def read(text: str) -> Stamp | None:
    """Return the stamp that a text is, None if it is none."""
    key, *cells = text.split(" ")
    pairs = [cell.rpartition("=") for cell in cells]
    hashes = (key, *(hash_ for _, _, hash_ in pairs))
    if any(len(h) != LENGTH or set(h) - set("0123456789abcdef") for h in hashes):
        return None
    return Stamp(key, {name: hash_ for name, _, hash_ in pairs})
