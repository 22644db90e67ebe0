"""How far a newcomer is, on the first page; to whom has begun nothing, where to begin."""

from __future__ import annotations

from collections.abc import Iterator

from baodian import model, page
from baodian.model.paths import day_part
from baodian.page import Link, Text
from baodian.pages.ground import Ground
from baodian.pages.handed import NewcomerData, NewcomerPath
from baodian.pages.widgets.path import retired


def newcomer(ground: Ground) -> Iterator[page.Widget]:
    """Yield a line that leads to the paths, which becomes the progress on those begun."""
    t, paths = ground.t, ground.playbook.paths.values()
    if not paths:
        return
    data: NewcomerData = {
        "paths": [_path(ground, path) for path in paths],
        "words": {
            "left": t("{day}: {n} {n|thing|things} to go"),
            "progress": t("How far you are"),
        },
    }
    line: page.Inline = (Text(t("For newcomers: ")),)
    for number, path in enumerate(paths):
        line = (*line, *((Text(" · "),) if number else ()), Link(path.label, ground.address(path)))
    yield page.Widget("newcomer", data, (page.Paragraph(line),))


def _path(ground: Ground, path: model.Path) -> NewcomerPath:
    t = ground.t
    was, parts = retired(ground.playbook.retired, str(path.id))
    return {
        "id": str(path.id),
        "title": path.label,
        "was": was,
        "retired": parts,
        "days": [
            (
                t("Day {days}", days=number.number),
                ground.href("path", str(path.id), day_part(number)) or ground.address(path),
                [day_part(number, line) for line, _ in day.lines()],
            )
            for number, day in path.days.items()
        ],
    }
