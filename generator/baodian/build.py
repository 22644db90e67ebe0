"""The story of a build: read, stage, run, verify, swap. `site/` is the last good one or the new."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from baodian import mkdocs_plugin
from baodian.publish import stage
from baodian.publish.verify import verify
from baodian.read import Read, read
from baodian.report import Progress
from baodian.said.messages import Words
from baodian.said.problems import PlaybookError, Problem

SITE = "site"


@dataclass(frozen=True)
class Built:
    """What was put into `site/`: how many pages, and what was found wrong that did not stop it."""

    pages: int
    problems: tuple[Problem, ...]


def build(
    project: Path,
    today: datetime.date,
    t: Words,
    progress: Progress,
    *,
    strict: bool = False,
) -> Built:
    """Build the playbook of `project` into its `site/`, all or nothing.

    Raises `PlaybookError` with every problem; `site/` is then as it was.
    """
    with progress.stage(t("Reading the playbook")):
        found = read(project, today)
    return publish(project, found, t, progress, strict=strict)


def publish(
    project: Path, found: Read, t: Words, progress: Progress, *, strict: bool = False
) -> Built:
    """Put the pages that were read into `site/` of `project`, all or nothing.

    Raises `PlaybookError` if a page came out wrong, or with `strict` if there are warnings.
    """
    if strict and found.problems:
        raise PlaybookError(found.problems)
    site = (project / SITE).resolve()  # it may be a link to where a web server looks

    def waiting() -> None:
        progress.say(t("Another build is running here; waiting for it."))

    with stage.lock(site, waiting):
        stage.mend(site)
        with stage.staging(site) as folder:
            warned = write(project, found, folder, t, progress)
            if strict and warned:
                raise PlaybookError(warned)
            stage.swap(folder, site)
    return Built(len(found.site.pages), (*found.problems, *warned))


def write(
    project: Path,
    found: Read,
    folder: Path,
    t: Words,
    progress: Progress,
    *,
    site_url: str | None = None,
    copies: bool = True,
    one_file: bool = False,
) -> tuple[Problem, ...]:
    """Write the pages into `folder` and look whether all is there; return MkDocs' warnings.

    With `copies` readers' devices may keep the site, if the playbook wants it; with `one_file` the
    edition in one file is written in any case.

    Raises `PlaybookError` if MkDocs refuses `mkdocs.yml` or a page came out wrong.
    """
    with progress.stage(t("Writing {n} pages", n=len(found.site.pages))):
        ran = mkdocs_plugin.run(
            project, found, folder, site_url=site_url, step=progress.step, copies=copies,
            one_file=one_file,
        )  # fmt: skip
    with progress.stage(t("Verifying the pages")):
        problems = verify(folder, found.site, urlsplit(ran.site_url or "/").path)
    if problems:
        raise PlaybookError(problems)
    return ran.warnings


def repair(project: Path) -> None:
    """Mend what a killed build left in `project`; every command does this first."""
    stage.repair((project / SITE).resolve())
