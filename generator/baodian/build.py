"""The story of a build: read, stage, run, verify, swap. `site/` is the last good one or the new."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from pathlib import Path

from baodian import mkdocs_plugin, verdicts
from baodian.cache import Cache
from baodian.publish import stage
from baodian.publish.compressed import compress, packers
from baodian.publish.finish import finish
from baodian.publish.finished import Keeper
from baodian.publish.frames import Engine, Wanted
from baodian.publish.leaks import files, leaks
from baodian.publish.ours import refusal
from baodian.publish.verify import verify
from baodian.read import Read, read
from baodian.said.messages import Words
from baodian.said.problems import PlaybookError, Problem
from baodian.terminal import Progress

ENGINE: Engine = mkdocs_plugin  # what puts articles into frames
WHOLE = Wanted()


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
    audience: str = "",
    wanted: Wanted = WHOLE,
) -> Built:
    """Build the playbook of `project` into its `site/`, all or nothing; for an audience, its own.

    Raises `PlaybookError` with every problem; the folder is then as it was.
    """

    def asked() -> verdicts.Site | None:
        around = ENGINE.around(project, wanted.site_url)
        packs = tuple(packers()) if wanted.packed else ()
        return verdicts.Site.asked(project, around, str(today), audience, wanted, packs)

    cache, folder, site = Cache.of(project), stage.site_of(project, audience), asked()
    if site and (known := site.standing(cache, folder)) and not (strict and known.problems):
        progress.say(t("Nothing has changed since the last build."))
        return Built(known.pages, known.problems)
    with progress.stage(t("Reading the playbook")):
        book = read(project, today, audience=audience)
    built = publish(project, book, t, progress, strict=strict, wanted=wanted)
    if site and site == asked():  # nobody wrote meanwhile
        replace(site, pages=built.pages, problems=built.problems).keep(cache, folder)
    return built


def publish(
    project: Path,
    book: Read,
    t: Words,
    progress: Progress,
    *,
    strict: bool = False,
    wanted: Wanted = WHOLE,
) -> Built:
    """Put the pages that were read into the folder of their edition, all or nothing.

    Raises `PlaybookError` if a page came out wrong, if the folder holds what no build wrote, or
    with `strict` if there are warnings.
    """
    if strict and book.problems:
        raise PlaybookError(book.problems)
    site = stage.site_of(project, book.audience)

    def waiting() -> None:
        progress.say(t("Another build is running here; waiting for it."))

    with stage.lock(site, waiting):
        stage.mend(site)
        if refused := refusal(site, project):
            raise PlaybookError([refused])
        try:
            folder = stage.staging(site)
            keeper = Keeper(Cache.of(project), book.audience)
            warned = write(project, book, folder, t, progress, wanted, keeper)
            if strict and warned:
                raise PlaybookError(warned)
            stage.swap(folder, site)
        finally:
            stage.mend(site)
    return Built(len(book.site.pages), (*book.problems, *warned))


def write(
    project: Path,
    book: Read,
    folder: Path,
    t: Words,
    progress: Progress,
    wanted: Wanted = WHOLE,
    keeper: Keeper | None = None,
) -> tuple[Problem, ...]:
    """Write the pages into `folder` and look whether all is there; return the engine's warnings.

    Raises `PlaybookError` if the engine refuses its settings or a page came out wrong.
    """
    with progress.stage(t("Writing {n} {n|page|pages}", n=len(book.site.pages))):
        around = ENGINE.around(project, wanted.site_url)
        around = around and f"{around} {wanted.guarded}"
        ready = keeper.ready(book.site, around) if keeper else {}
        framed = ENGINE.frame(project, book, folder, wanted.site_url, progress.step, ready)
        reading = finish(framed, book, copies=wanted.copies, guarded=wanted.guarded, keeper=keeper)
    with progress.stage(t("Verifying the pages")):
        problems = verify(reading, book.site, framed.mount)
    if wanted.packed and not problems:
        with progress.stage(t("Packing the files")):
            problems = compress(folder)
    problems += leaks(files(folder), book.secrets)
    if problems:
        raise PlaybookError(problems)
    return framed.warnings


def repair(project: Path) -> None:
    """Mend what a killed build left of `site/` in `project`; every command does this first."""
    stage.repair(stage.site_of(project))
