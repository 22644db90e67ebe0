"""The gate of the two source folders: which names may stand in them, and what is no file to read.

`content/` and `playbook_data/` pass through the same one, so what is published is what is known.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from baodian.model.ids import RESERVED
from baodian.said.messages import Message, msg
from baodian.said.problems import At, Problem, Related

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg")
LARGEST = 2_000_000  # bytes of a picture; the edition in one file carries each
_ACTIVE = re.compile(
    rb"""<\s*(?:\w+:)?(?:script|foreignObject|iframe|set|animate)|\son\w+\s*=|javascript:|<!ENTITY"""
    rb"""|href\s*=\s*["']\s*(?!\s|\#|data:image/(?:png|jpeg|gif|webp))|url\(\s*["']?(?!\s|["'\#])"""
    rb"""|@import|<\?xml-stylesheet""",
    re.IGNORECASE,
)
LONGEST = 180  # bytes of a name; systems take 255, and the site's names may be longer
LONGEST_PATH = 200  # characters below the project; Windows takes 260 with the way to it
_UNWELCOME = re.compile(r'[<>:"|?*\\#%]')
_HIDDEN = ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp")


@dataclass(frozen=True)
class Gate:
    """What one of the folders takes: endings as written, and of any case; what is passed over."""

    folder: str
    text: str
    others: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()


DATA = Gate("playbook_data", ".yml", skipped=("~", ".bak", ".swp"))
CONTENT = Gate("content", ".md", (*PICTURES, ".pdf"))


def through(gate: Gate, project: Path) -> Iterator[Path | Problem]:
    """Yield the files of a source folder, sorted, and a problem for all that may not be there.

    Never raises, follows no link to a folder and opens nothing but ordinary files.
    """
    root = project / gate.folder
    if root.is_symlink() and _leaves(root, project):
        yield _not_a_file(place(root, project), *_OUTSIDE)
    else:
        yield from _inside(gate, root, project)


def place(path: Path, project: Path) -> At:
    """Return the place of a file, as text even if its name is none."""
    name = os.fsencode(path.relative_to(project).as_posix())
    return At(name.decode("utf-8", "replace"))


def unreadable(at: At, error: OSError) -> Problem:
    """Return the problem of a file or folder that the system does not let us read."""
    message = msg("This cannot be read: {reason}.", reason=error.strerror or str(error))
    return Problem("unreadable", at, message)


def bad_picture(name: str, data: bytes, at: At) -> Problem | None:
    """Return why a picture cannot be published, else None."""
    if not name.lower().endswith(PICTURES):
        return None
    if len(data) > LARGEST:
        message = msg("This picture has {size} MB; readers on the road wait for it.",
                      size=f"{len(data) / 1e6:.1f}")  # fmt: skip
        hint = msg("Save it smaller, at most {n} MB.", n=LARGEST // 1_000_000)
        return Problem("unexpected-file", at, message, hint)
    if name.lower().endswith(".svg") and _ACTIVE.search(data):
        message = msg("This drawing holds a script, or loads something by itself.")
        hint = msg("Export it again as a plain drawing, or as a picture (.png).")
        return Problem("unexpected-file", at, message, hint)
    return None


def _inside(gate: Gate, folder: Path, project: Path) -> Iterator[Path | Problem]:
    try:
        paths = sorted(folder.iterdir())
    except OSError as error:
        yield unreadable(place(folder, project), error)
        return
    first: dict[str, Path] = {}
    for path in paths:
        if path.name.startswith(".") or (gate.skipped and path.name.endswith(gate.skipped)):
            continue
        at = place(path, project)
        twin = first.setdefault(_folded(path.name), path)
        if twin is not path:
            yield _twin(at, place(twin, project))
        try:
            problem = _bad_name(path, at) or _no_file(gate, path, at, project)
            folders = path.is_dir()
        except OSError as error:
            problem, folders = unreadable(at, error), False
        if problem:
            yield problem
        elif folders:
            yield from _inside(gate, path, project)
        else:
            yield path


def _folded(name: str) -> str:
    """Return what names have in common that Windows or macOS take for one."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _twin(at: At, first: At) -> Problem:
    message = msg("Windows and macOS take this name and another one for the same.")
    related = (Related(first, msg("The first one stands here.")),)
    return Problem("unexpected-file", at, message, msg("Rename one of them."), related)


def _bad_name(path: Path, at: At) -> Problem | None:
    """Return why a name cannot be used on every system and in an address, else None."""
    name = path.name
    what = hint = None
    if unwelcome := _UNWELCOME.search(name):
        what = msg(
            "A name of a file cannot hold “{sign}”: not every system and no address takes it.",
            sign=unwelcome[0],
        )
    elif "\ufffd" in at.file or any(unicodedata.category(sign) in _HIDDEN for sign in name):
        what = msg("The name holds signs that cannot be shown.")
        hint = msg("Type the name again. Names that came out of an old archive are often damaged.")
    elif name != name.strip() or name.endswith("."):
        what = msg("A name of a file cannot begin or end with a space, nor end with a dot.")
    elif name.partition(".")[0].strip().casefold() in RESERVED:
        what = msg("Windows keeps the name “{name}” for itself.", name=name.partition(".")[0])
    elif len(os.fsencode(name)) > LONGEST or len(at.file) > LONGEST_PATH:
        what = msg("This name is too long; not every system takes it.")
        hint = msg("Shorten it.")
    elif path.is_dir() and name == "templates":
        what = msg("A folder named “templates” is not published.")
    if what is None:
        return None
    return Problem("unexpected-file", at, what, hint or msg("Give it another name."))


_OUTSIDE = (msg("This link leads out of the project."), msg("Put the file itself here."))


def _leaves(path: Path, project: Path) -> bool:
    return not path.resolve().is_relative_to(project.resolve())


def _no_file(gate: Gate, path: Path, at: At, project: Path) -> Problem | None:
    """Return why a path is neither a file to read nor a folder to look into, else None."""
    name = path.name
    if path.is_symlink() and not path.exists():
        return _not_a_file(
            at, msg("This link leads nowhere or to itself."), msg("Remove the link.")
        )
    if path.is_dir():
        if name.endswith((gate.text, ".yml", ".yaml")):
            ending = gate.text if name.endswith(gate.text) else ".yml"
            hint = msg("Give the folder a name without {ending}.", ending=ending)
            return _not_a_file(at, msg("This is a folder, not a file."), hint)
        if path.is_symlink():
            message = msg("This folder is a link; links to folders are not followed.")
            return _not_a_file(at, message, msg("Put the folder itself here."))
        return None
    if not path.is_file():
        return _not_a_file(at, msg("This is no ordinary file."), msg("Remove it."))
    if path.is_symlink() and _leaves(path, project):
        return _not_a_file(at, *_OUTSIDE)
    if name.endswith(gate.text) or name.lower().endswith(gate.others or ("\0",)):
        return None
    return Problem("unexpected-file", at, _only(gate), _instead(gate, name))


def _not_a_file(at: At, message: Message, hint: Message) -> Problem:
    return Problem("not-a-file", at, message, hint)


def _only(gate: Gate) -> Message:
    if not gate.others:
        return msg("Only {ending} files belong here.", ending=gate.text)
    return msg("Only pages ({ending}) and pictures or documents ({others}) belong here.",
               ending=gate.text, others=gate.others)  # fmt: skip


def _instead(gate: Gate, name: str) -> Message:
    """Return what to do with a file that has the wrong ending."""
    low = name.lower()
    if name.startswith("~$") or low.endswith(("~", ".bak", ".swp", ".tmp")):
        return msg("A program left this behind. Delete it.")
    meant = {".yml": "yml|yaml", ".md": "md|markdown|mdown|mkdn|mkd"}[gate.text]
    if twice := re.fullmatch(rf"(.+?)(?:\.(?:{meant}))+(?:\.[a-z]{{1,8}})?", low):
        right = name[: twice.end(1)] + gate.text
        return msg("Rename it to {name}; Windows may hide how a name ends.", name=right)
    if gate is CONTENT and low.endswith((".yml", ".yaml")):
        return msg("Data belongs in playbook_data/.")
    if gate is CONTENT:
        return msg("All that stands here is published. Move it out of content/.")
    return msg("Pages of prose belong in content/, pictures in content/ too.")
