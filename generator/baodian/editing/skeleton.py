"""`baodian new`: a draft of a thing, in the words of a colleague who has prepared it.

What must be there stands in `skeletons/`, a piece for each kind and language; what else a thing may
have is told by its model, so that a field more is a line more.
"""

from __future__ import annotations

import datetime
import re
from functools import cache
from pathlib import Path, PurePosixPath

from baodian import model
from baodian.editing.files import Draft
from baodian.editing.ids import free_id, known_kind
from baodian.editing.typed import Written
from baodian.model import kinds
from baodian.model.described import described
from baodian.model.entity import Entity, Kept, Record
from baodian.playbook import Playbook
from baodian.said.messages import Words, msg
from baodian.said.problems import BadRequestError
from baodian.text.nearest import nearest

FOLDER = Path(__file__).parents[1] / "skeletons"
MADE_AS = {"plan": model.Timetable, "matrix": model.EntitlementMatrix, "measure-group": None}
"""Which of several records a skeleton is of; None if nothing may be added to it."""


def new(written: Written, kind: str, id_: str, today: datetime.date, t: Words) -> Draft:
    """Return the file of a new thing. Raises `BadRequestError`."""
    known_kind(kind)
    playbook = written.books.playbook(None)
    assert playbook is not None, "there are settings"
    if kind == "class":
        _class(written, playbook, id_)
    else:
        free_id(written, kind, id_)
    path = written.project / _file(kind, id_)
    if path.exists():
        raise BadRequestError(msg("There is already a file {file}.", file=_file(kind, id_)))
    text = _filled(_pieces(t.language)[kind], _places(playbook, kind, id_, today))
    return Draft(path, None, _with_the_rest(kind, text, t).encode("utf-8"))


def _class(written: Written, playbook: Playbook, id_: str) -> None:
    """Raise `BadRequestError` unless there is such a class, and it has no guide yet."""
    classes = [f"{scheme.id}/{class_}" for scheme, class_, _ in playbook.classes()]
    if id_ not in classes:
        near = nearest(id_, classes)
        raise BadRequestError(
            msg("No ruler has the class “{id}”; write it into its ruler first.", id=id_),
            msg("Did you mean “{near}”?", near=near) if near else None,
        )
    tree = written.books.shelf.trees.get(("class", id_))
    if tree is not None:
        raise BadRequestError(msg("“{id}” already has a guide.", id=id_))
    if not playbook.schemes[id_.partition("/")[0]].has_guides:
        raise BadRequestError(
            msg("The classes of this ruler have no guides: it says “guides: false”.")
        )


def _file(kind: str, id_: str) -> PurePosixPath:
    """Return the file of its own that a thing gets; what is kept in one file may be parted."""
    of = kinds.of(kind)
    place = of.places[0] if of.places else kinds.of(of.within[0]).places[0]
    folder = place.removesuffix("/").removesuffix(".yml")
    scheme, _, name = id_.rpartition("/")
    return PurePosixPath("playbook_data", folder.replace("…", scheme), f"{name}.yml")


@cache
def _pieces(language: str) -> dict[str, str]:
    text = (FOLDER / f"{language}.txt").read_text("utf-8")
    parts = re.split(r"^===== (.+)\n", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


# --- what is filled in ----------------------------------------------------------------------------


def _filled(text: str, places: dict[str, str]) -> str:
    """Return a piece with its gaps filled; a line whose gap nothing fills is left out."""
    lines = []
    for line in text.splitlines():
        gaps = re.findall(r"<([a-zA-Z-]+)>", line)
        if all(gap in places for gap in gaps):
            filled = re.sub(r"<([a-zA-Z-]+)>", lambda gap: places[gap[1]], line)
            lines.append(_aligned(line, filled))
    return "\n".join([*lines, ""])


def _aligned(before: str, after: str) -> str:
    """Return a line whose note stands at the column where it stood, if there is room."""
    note = before.find("  # ")
    if before == after or note < 0:
        return after
    column = note + 2
    said, _, rest = after.partition("  # ")
    return f"{said.rstrip().ljust(column - 2)}  # {rest}"


def _places(playbook: Playbook, kind: str, id_: str, today: datetime.date) -> dict[str, str]:
    """Return what stands for each gap: things that are there, so that the draft holds together."""
    settings = playbook.settings
    guided = [scheme for scheme in playbook.schemes.values() if scheme.has_guides]
    scheme = next(iter((*guided, *playbook.schemes.values())), None)
    following = (today.replace(day=1) + datetime.timedelta(days=32)).replace(day=1)
    found: dict[str, object] = {
        "id": id_,
        "ID": id_.upper(),
        "day": today,
        "next-month": following,
        "role": next(iter(playbook.roles), None),
        "channel": next(iter(playbook.channels), None),
        "script": next(iter(playbook.scripts), None),
        "judged": next(iter(settings.kinds_of_customer), None),
        "guide-group": next(iter(settings.groups.guide), None),
        "script-group": next(iter(settings.groups.script), None),
        "checklist-group": next(iter(settings.groups.checklist), None),
    }
    if scheme is not None and scheme.classes:
        classes = [str(class_) for class_ in scheme.classes]
        found["scheme"] = scheme.id
        found["class"] = f"{scheme.id}/{classes[0]}"
        found["other-class"] = f"{scheme.id}/{classes[-1]}"
        group = next((g for g, of in playbook.measure_groups.items() if of.measures), None)
        if group is not None:
            first = next(iter(playbook.measure_groups[group].measures))
            found["measure-group"] = group
            found["cells"] = "\n".join(f"  {class_}: [{first}]" for class_ in classes)
    numbers = [p for p in playbook.params.values() if p.type == "count"]
    if kind == "overlay":
        numbers = [p for p in numbers if "city" in p.set_by] or numbers
    if numbers:
        found |= {"param": numbers[0].id, "value": numbers[0].default}
    return {gap: str(value) for gap, value in found.items() if value is not None}


# --- what the model tells -------------------------------------------------------------------------


def _with_the_rest(kind: str, text: str, t: Words) -> str:
    """Return a piece as a draft, with all else that a thing may have, as notes."""
    of = kinds.of(kind)
    record = MADE_AS.get(kind, next(iter(of.records), None))
    if record is None or of.within[0]:
        return text
    lines = text.splitlines()
    indent = "  " if of.many else ""
    if issubclass(record, Kept):
        place = next(n for n, line in enumerate(lines) if not line.startswith("#")) + 1
        words = t("a draft: shown by serve, not published; take this line out when it is done")
        lines.insert(place, f"{indent}status: draft".ljust(26) + f"  # {words}")
    has = {found[1] for line in lines if (found := re.match(rf"{indent}([a-z_]+):", line))}
    own, common = _rest(record, has)
    for title, fields in ((t("It may also have:"), own), (t("So may everything:"), common)):
        if fields:
            lines.append(f"{indent}# {title}")
            lines += [f"{indent}#   {key}: {_note(record, key, t)}" for key in fields]
    return "\n".join([*lines, ""])


def _rest(record: type[Record], has: set[str]) -> tuple[list[str], list[str]]:
    """Return the keys that a record may have besides, its own and those of everything."""
    keys = {name: field.alias or name for name, field in record.model_fields.items()}
    kept = Entity if issubclass(record, Entity) else Kept
    common = set(kept.model_fields) if issubclass(record, Kept) else set()
    rest = {n: k for n, k in keys.items() if k not in has and k not in ("id", "status", "folded")}
    return (
        [key for name, key in rest.items() if name not in common],
        [key for name, key in rest.items() if name in common],
    )


def _note(record: type[Record], key: str, t: Words) -> str:
    """Return in one line what a key says: what the model says of it."""
    field = next(n for n, f in record.model_fields.items() if (f.alias or n) == key)
    said = " ".join(described(record, field).split())
    return t(said).rstrip(".。") if said else ""
