"""What `baodian init` writes: a playbook to start from, and ready-made files to publish it."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from baodian.cache import FOLDER

_HERE = Path(__file__).parent
STARTER = _HERE / "starter"
STARTER_EN = _HERE / "starter_en"
HOSTING = _HERE / "hosting"

_SCRIPT = {"handbook.sh": "hosting/handbook.sh"}
EXTRAS: dict[str, dict[str, str]] = {
    "github": {"github.yml": ".github/workflows/handbook.yml", **_SCRIPT},
    "gitlab": {"gitlab.yml": ".gitlab-ci.yml", **_SCRIPT},
    "script": _SCRIPT,
    "nginx": {"nginx.conf": "hosting/nginx.conf", **_SCRIPT},
    "windows": {"handbook.cmd": "handbook.cmd"},
}
"""Where something is published or edited → the files for it: of `HOSTING`, and in a project."""
_GUIDE = {"en": "README.md", "zh-CN": "README.zh-CN.md"}


@dataclass(frozen=True)
class Started:
    """What was done: whether a playbook was written, and which extra files were, or stayed."""

    playbook: bool
    written: tuple[str, ...]
    kept: tuple[str, ...]


def start(folder: Path, language: str, extras: Iterable[str]) -> Started | None:
    """Write a small playbook and extras into a new or empty folder; None if it is neither.

    A playbook that is there already only gets the extras that it has not.
    """
    wanted = {to: name for extra in extras for name, to in EXTRAS[extra].items()}
    if wanted:
        wanted["hosting/README.md"] = _GUIDE[language]
    there = (folder / "mkdocs.yml").is_file() and (folder / "playbook_data").is_dir()
    if not (there and wanted):
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            return None
        starter = STARTER_EN if language == "en" else STARTER
        made = shutil.ignore_patterns("site", FOLDER)
        shutil.copytree(starter, folder, ignore=made, dirs_exist_ok=True)
    kept = tuple(sorted(to for to in wanted if (folder / to).exists()))
    for to in sorted(wanted.keys() - set(kept)):
        (folder / to).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(HOSTING / wanted[to], folder / to)
    return Started(not there, tuple(sorted(wanted.keys() - set(kept))), kept)
