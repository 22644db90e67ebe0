"""The commands that make something: a site, one that is served, a project, schemas, files."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import click

from baodian import report, starting
from baodian import schema as schemas
from baodian.commands.call import Call, day, failed, ready, saved, stands, target_of, written
from baodian.read import Read, read
from baodian.said.messages import Words, msg
from baodian.said.problems import PlaybookError


def build(
    call: Call, date: datetime.datetime | None, audience: str, strict: bool, compress: bool
) -> None:
    """Build the handbook into `site/`, or an audience's into a folder of its own."""
    from baodian import build as story
    from baodian.publish import compressed, stage
    from baodian.publish.frames import Wanted

    t = call.t
    ready(call.project, audience)
    site = f"{stage.site_of(call.project, audience).name}/"
    try:
        built = story.build(
            call.project,
            day(date),
            t,
            call.progress,
            strict=strict,
            audience=audience,
            wanted=Wanted(packed=compress),
        )
    except PlaybookError as error:
        failed(error.problems, t, t("Nothing was built; {site} is as it was.", site=site))
    if built.problems:
        click.echo(report.report(built.problems, t), err=True, nl=False)
    if compress and ".br" not in compressed.packers() and not call.quiet:
        click.echo(
            t('Only .gz files were written: for .br run: pip install "baodian[brotli]"'), err=True
        )
    call.progress.say(t("{site} is built: {n} {n|page|pages}.", site=site, n=built.pages))


def serve(
    call: Call,
    date: datetime.datetime | None,
    audience: str,
    since: str | None,
    addr: str,
    port: int,
) -> None:
    """Serve the handbook while it is being edited."""
    from baodian import serve as desk
    from baodian.comparing.asked import LAST

    ready(call.project, audience)
    today, against = day(date), since or LAST
    desk.serve(call.project, today, call.t, call.progress, addr, port, audience, against)


def init(call: Call, folder: Path, extras: tuple[str, ...]) -> None:
    """Write the starter in the reader's language, and what publishes it."""
    t = call.t
    target = call.project / folder
    if not target.is_absolute() and not stands(Path()):
        raise click.UsageError(t("There is no folder {folder}.", folder=call.project))
    started = starting.start(target, t.language, extras)
    if started and started.playbook:
        helped(target, t)
    if started is None:
        raise click.UsageError(t("{folder} is not empty; nothing was written.", folder=folder))
    if call.quiet:
        return
    if started.kept:
        click.echo(t.text(msg("Left as it is: {files}.", files=started.kept)))
    if started.written:
        click.echo(t.text(msg("Written: {files}.", files=started.written)))
    if started.playbook:
        click.echo(
            t("A playbook is in {folder}. Next: baodian build --project {folder}", folder=target)
        )


def schema(call: Call) -> None:
    """Write what lets an editor help while one types."""
    t = call.t
    ready(call.project)
    kept = helped(call.project, t)
    if not call.quiet:
        click.echo(t("Editors find the schemas in {folder}.", folder=f"{schemas.FOLDER}/"))
    for file in kept:
        click.echo(t("{file} is yours and was left as it is; see README how it finds the schemas.",
                     file=file), err=True)  # fmt: skip


def helped(project: Path, t: Words) -> list[str]:
    """Write the schemas into a project, and settings where there are none; return others' files."""
    kept = []
    for name, text in schemas.files(t).items():
        file = project / name
        own = file.parent.name == "baodian"
        if not own and file.exists():
            kept += [name] if not schemas.wired(file.read_text("utf-8", "replace")) else []
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        written(file, text.encode())
    return kept


def pdf(
    call: Call,
    date: datetime.datetime | None,
    city: str | None,
    audience: str,
    out: Path | None,
    cards: bool,
    font: Path | None,
) -> None:
    """Write the handbook or its cards as PDF."""
    from baodian.export import pdf as paper

    def handbook(book: Read) -> bytes:
        if cards:
            return paper.class_cards(book, call.t, call.progress, font)
        return paper.handbook(call.project, book, call.t, call.progress, font)

    name = named("cards.pdf" if cards else "handbook.pdf", audience, city)
    export(call, date, city, audience, out, name, handbook)


def single(
    call: Call, date: datetime.datetime | None, city: str | None, audience: str, out: Path | None
) -> None:
    """Write the handbook as one HTML file."""
    from baodian.export import single as one_file

    def handbook(book: Read) -> bytes:
        return one_file.handbook(call.project, book, call.t, call.progress)

    name = named("handbook.html", audience, city)
    export(call, date, city, audience, out, name, handbook)


def named(file: str, *editions: str | None) -> str:
    """Return the name of a file that says for whom and for which city it is."""
    stem, _, ending = file.rpartition(".")
    return "-".join((stem, *filter(None, editions))) + f".{ending}"


def export(
    call: Call,
    date: datetime.datetime | None,
    city: str | None,
    audience: str,
    out: Path | None,
    name: str,
    make: Callable[[Read], bytes],
) -> None:
    """Read the playbook, of a city if one is given, and write what `make` returns for it.

    Writes the file whole or not at all.
    """
    ready(call.project, audience)
    target = target_of(call, out, name)
    with call.progress.stage(call.t("Reading the playbook")):
        book = read(call.project, day(date), city=city or "", audience=audience)
    saved(call, target, make(book))
