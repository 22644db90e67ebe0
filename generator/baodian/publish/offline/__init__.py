"""The handbook on a reader's device: what is stored, and the worker that stores and gives it out.

A build writes `offline.json`, which lists every file with its hash, and `sw.js`, which knows the
hash of that list. So a worker can tell a file of its own version from one of another, whatever a
server is doing at the moment, and a reader's device never holds a mixture.
"""

from __future__ import annotations

import datetime
import gzip
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from baodian.page import Site
from baodian.publish.addresses import NOW
from baodian.publish.assets import minified
from baodian.said.messages import Words

WORKER = "sw.js"
LIST = "offline.json"
HASH = 32  # hexadecimal digits of SHA-256 that name a file
_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Offline:
    """What a device stores: the name of the version, its files, and how many bytes they are."""

    version: str
    files: tuple[str, ...]
    bytes: int


def in_need(site: Site, t: Words) -> Mapping[str, object]:
    """Return what the list says for who has no network while the copy is not whole.

    `first` is what is stored before all else, by city ("" everywhere); `about` the page that stands
    in for one that is not here, `missed` its title and first words then.
    """
    there = {page.address for page in site.pages}
    of_city = {city: [f"{city}/{name}" for name in site.first] for city, _ in site.cities}
    own = {city: [name for name in names if name in there] for city, names in of_city.items()}
    return {
        "first": {"": [*site.first[:1], NOW, *site.first[1:]], **own},
        "about": next(iter(site.first), ""),
        "missed": [
            t("This page is not on this device"),
            t("There is no network now. Once there is one, load this page again."),
        ],
    }


def write(
    folder: Path,
    edition: str,
    built: datetime.date,
    leave_out: Iterable[str] = (),
    need: Mapping[str, object] | None = None,
) -> Offline:
    """Write the list and the worker for the finished site in `folder`; return what is stored.

    `leave_out` names files that stay on the server. The list is the same for the same files, and
    the same `need` (`in_need`).
    """
    not_stored = {WORKER, LIST, *leave_out}
    site = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    stored = {name: data for name, data in site.items() if name not in not_stored}
    files = {n: [hashlib.sha256(d).hexdigest()[:HASH], len(d)] for n, d in stored.items()}
    total = sum(len(data) for data in stored.values())
    text = json.dumps(
        {
            "edition": edition,
            "built": built.isoformat(),
            "bytes": total,
            **(need or {}),
            "files": files,
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )
    version = hashlib.sha256(text.encode()).hexdigest()[:HASH]
    (folder / LIST).write_text(text, encoding="utf-8")
    worker = minified(_HERE / "worker.js")
    (folder / WORKER).write_text(worker.replace("@VERSION@", version), encoding="utf-8")
    return Offline(version, tuple(files), total)


def end(folder: Path) -> None:
    """Write a worker that clears away what an earlier build stored, and itself."""
    text = (_HERE / "gone.js").read_text(encoding="utf-8")
    (folder / WORKER).write_text(text, encoding="utf-8")


def over_the_wire(folder: Path, files: Iterable[str]) -> int:
    """Return how many bytes a server that compresses sends for `files` of `folder`."""
    return sum(len(gzip.compress((folder / name).read_bytes(), 6, mtime=0)) for name in files)
