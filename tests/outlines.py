"""What every page of four playbooks says, as text: `make pages` writes it into tests/pages.

`full` lays tests/playbooks/full over tests/small_playbook, so that every line of every page writer
runs, and has a history in git: the small playbook, a day that cannot be read, and itself with one
other value; `small`, `sparse` and `bare` show what pages are without this or that. A file for each
page (its address with dots), `site.txt` for what the pages have in common, `content.….txt` for
hand-written ones. `drafts/` and `partner/` hold the pages of `full` that are another when drafts
are shown, and for an audience.
"""

from __future__ import annotations

import datetime
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from baodian.page import Site
from baodian.read import Read, read
from baodian.writers.outline import outline, outline_of_site

HERE = Path(__file__).parent
FOLDER = HERE / "pages"
TODAY = datetime.date(2026, 12, 1)
LAYERS = {
    "full": ("small_playbook", "playbooks/full"),
    "small": ("small_playbook",),
    "sparse": ("playbooks/sparse",),
    "bare": ("playbooks/bare",),
}


SAME = ("drafts", "partner")  # editions of `full`


def lay(name: str, project: Path) -> Path:
    """Write one of the playbooks into a new folder and return the folder."""
    for layer in LAYERS[name]:
        shutil.copytree(HERE / layer, project, dirs_exist_ok=True)
    return project


def with_history(project: Path) -> Path:
    """Write `full` into a new folder, with a history in git, and return the folder."""
    shutil.copytree(HERE / LAYERS["full"][0], project)
    _git(project, "init", "-q", "-b", "main")
    _committed(project, "2026-06-01")
    broken = project / "playbook_data" / "broken.yml"
    broken.write_text("a: [", encoding="utf-8")
    _committed(project, "2026-07-01")
    broken.unlink()
    lay("full", project)
    file = project / "playbook_data" / "parameters.yml"
    text = file.read_text(encoding="utf-8")
    other = text.replace("default: 15", "default: 21", 1)
    assert other != text
    file.write_text(other, encoding="utf-8")
    _committed(project, "2026-11-20")
    file.write_text(text, encoding="utf-8")
    return project


def _committed(project: Path, day: str) -> None:
    _git(project, "add", "-A")
    _git(project, "commit", "-q", "-m", "x", day=day)


def _git(project: Path, *arguments: str, day: str = "2026-01-01") -> None:
    made = f"{day}T12:00:00+08:00"
    env = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull,
           "GIT_AUTHOR_DATE": made, "GIT_COMMITTER_DATE": made}  # fmt: skip
    for who in ("AUTHOR", "COMMITTER"):
        env |= {f"GIT_{who}_NAME": "n", f"GIT_{who}_EMAIL": "n@example.com"}
    subprocess.run(["git", "-C", str(project), *arguments], env=env, check=True)


def written() -> tuple[dict[str, Site], dict[str, str]]:
    """Return the sites by their folder in tests/pages, and the text of every file there."""
    with tempfile.TemporaryDirectory() as folder:
        projects = {
            name: with_history(Path(folder) / name)
            if name == "full"
            else lay(name, Path(folder) / name)
            for name in LAYERS
        }
        editions = {name: read(project, TODAY) for name, project in projects.items()}
        editions["drafts"] = read(projects["full"], TODAY, drafts=True)
        editions["partner"] = read(projects["full"], TODAY, audience="partner")
        projects["drafts"] = projects["partner"] = projects["full"]
        told = {
            name: {**outlines_of(edition.site), **handwritten(edition, projects[name])}
            for name, edition in editions.items()
        }
    texts = {
        f"{name}/{file}": text
        for name, files in told.items()
        for file, text in files.items()
        if name not in SAME or told["full"].get(file) != text
    }
    return {name: edition.site for name, edition in editions.items()}, texts


def handwritten(edition: Read, project: Path) -> Mapping[str, str]:
    """Return the pages of `content/` as this edition hands them to the engine."""
    assert edition.expand is not None
    return {
        f"content.{path.stem}.txt": edition.expand(path.read_text(encoding="utf-8"), str)
        for path in sorted((project / "content").rglob("*.md"))
        if edition.files is None or path.name in edition.files
    }


def outlines_of(site: Site) -> dict[str, str]:
    """Return the outline of a site and of each of its pages by the name of its file."""
    pages = {name_of(page.address): outline(page) for page in site.pages}
    assert len(pages) == len(site.pages)
    assert "site.txt" not in pages
    return {"site.txt": outline_of_site(site), **pages}


def name_of(address: str) -> str:
    """Return the name of the file for the page of an address."""
    return address.removesuffix(".html").replace("/", ".") + ".txt"


def kept() -> dict[str, str]:
    """Return what stands in tests/pages."""
    return {
        path.relative_to(FOLDER).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(FOLDER.rglob("*"))
        if path.is_file()
    }


def write() -> None:
    """Make tests/pages what the code says now, and name every file that changed."""
    before, now = kept(), written()[1]
    for name in sorted({*before, *now}):
        path = FOLDER / name
        if name not in now:
            path.unlink()
            sys.stdout.write(f"gone     {name}\n")
        elif before.get(name) != now[name]:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(now[name].encode())
            sys.stdout.write(f"{'changed' if name in before else 'new':8} {name}\n")


if __name__ == "__main__":
    write()
