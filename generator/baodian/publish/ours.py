"""Whose folder is it? A build replaces only what a build wrote.

Every site carries a list of its files, `.baodian`. No page asks for it, many servers do not even
give it out, and it holds nothing but names. A file that is on no list belongs to somebody else.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

from baodian.said.messages import Message, msg
from baodian.said.problems import At, Problem

MARKER = ".baodian"
LITTER = frozenset((".DS_Store", "Thumbs.db", "desktop.ini", "lost+found"))
"""What systems put into any folder by themselves."""

_SOURCES = ("playbook_data", "content", "overlays", "changes", ".git")
_EARLIER = ("search/1.js", "sw.js")  # of every site that an earlier version wrote
_EARLIER_KINDS = (".html", ".js", ".css", ".xml", ".gz", ".json", ".svg", ".png", ".map")


def mark(folder: Path) -> None:
    """Write into a finished site which files it has; the same list for the same files."""
    names = sorted(set(_files(folder)) - {MARKER})
    about = "Written by Baodian, with these files. The next build replaces them all."
    text = json.dumps({"about": about, "files": names}, indent=0)
    (folder / MARKER).write_text(text + "\n", encoding="utf-8")


def marked(folder: Path) -> frozenset[str] | None:
    """Return the files that a build wrote into `folder`, None if it has no list."""
    try:
        names = json.loads((folder / MARKER).read_bytes())["files"]
        return frozenset(str(name) for name in names)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def refusal(site: Path, project: Path, docs: Path | None = None) -> Problem | None:
    """Return why a build must not replace `site`, None if it may.

    `docs` is where hand-written pages stand, if not in `content/`. Writes nothing.
    """
    folder = Path(os.path.realpath(site))
    root = Path(os.path.realpath(project))
    sources = {root, *(Path(os.path.realpath(root / name)) for name in _SOURCES)}
    sources |= {Path(os.path.realpath(docs))} if docs else set()
    kept = sources - {root}
    if any(folder == s or folder in s.parents for s in sources) or kept & set(folder.parents):
        text = msg(
            "“{name}” is the folder {folder}, and a build would delete the playbook there.",
            name=site.name, folder=str(folder),
        )  # fmt: skip
        return _problem(site, text, msg("Let it lead elsewhere."))
    if not folder.is_dir():
        if os.path.lexists(folder) or not folder.parent.is_dir():
            text = msg("“{name}” is no folder, and none can be made there.", name=site.name)
            return _problem(site, text, msg("Move it away, or let it lead to a folder."))
        return None
    stranger = min(_strangers(folder, docs or root / "content"), default=None)
    if stranger is None:
        return None
    text = msg(
        "“{name}” holds files that no build wrote, such as {file}; they would be lost.",
        name=site.name, file=stranger,
    )  # fmt: skip
    return _problem(site, text, msg("Move them away. Each build replaces all of this folder."))


def _problem(site: Path, text: Message, hint: Message) -> Problem:
    return Problem("foreign-folder", At(site.name), text, hint)


def _strangers(folder: Path, docs: Path) -> Iterator[str]:
    ours = marked(folder)
    earlier = ours is None and all((folder / name).is_file() for name in _EARLIER)
    for name in _files(folder):
        if ours is not None:
            known = name == MARKER or name in ours
        else:
            hidden = any(part.startswith(".") for part in name.split("/"))
            known = earlier and not hidden and name.endswith(_EARLIER_KINDS)
            known = known or (earlier and (docs / name).is_file())
        if not known:
            yield name


def _files(folder: Path) -> Iterator[str]:
    """Yield all that is no real folder below `folder`, links unfollowed, `LITTER` left out."""
    for place, folders, files in os.walk(folder):
        links = [name for name in folders if Path(place, name).is_symlink()]
        folders[:] = sorted(set(folders) - set(links) - LITTER)
        for name in (*files, *links):
            if name not in LITTER:
                yield Path(place, name).relative_to(folder).as_posix()
