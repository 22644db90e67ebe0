"""Ways through a playbook that several rules share, and the hint “did you mean”."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from baodian import model
from baodian.model import prose
from baodian.model.fields import Field, Name, Prose
from baodian.model.leaves import leaves
from baodian.playbook import Playbook
from baodian.playbook.content import Written, lines
from baodian.playbook.uses import SETTINGS
from baodian.playbook.watched import Piece, Watched
from baodian.said.messages import Message, msg
from baodian.said.problems import At
from baodian.text.nearest import nearest

# A rule that is asked about one piece of a playbook walks through that piece alone.


def _piece(playbook: Playbook) -> Piece | None:
    return playbook.piece if isinstance(playbook, Watched) else None


def kept(playbook: Playbook) -> Iterator[model.Record]:
    """Yield every entity and every guide of a class."""
    if (piece := _piece(playbook)) is None:
        yield from (record for _, record in playbook.records())
    elif piece.record is not None and piece.key != SETTINGS and piece.key:
        yield piece.record


def entities(playbook: Playbook) -> Iterator[model.Entity]:
    """Yield every entity."""
    yield from (record for record in kept(playbook) if isinstance(record, model.Entity))


def written(playbook: Playbook) -> Iterator[Written]:
    """Yield every line of the hand-written pages."""
    piece = _piece(playbook)
    yield from lines(playbook.content) if piece is None else piece.lines


def pages(playbook: Playbook) -> Iterator[tuple[str, str]]:
    """Yield every hand-written page: its file and its text."""
    if (piece := _piece(playbook)) is None:
        yield from playbook.content
    elif piece.page is not None:
        yield piece.page


def everything(playbook: Playbook) -> Iterator[model.Record]:
    """Yield every outermost record: entities, class guides, groups of measures, slots, settings."""
    if (piece := _piece(playbook)) is not None:
        yield from (piece.record,) if piece.record is not None else ()
        return
    yield from (record for _, record in playbook.records())
    yield from playbook.slots.values()
    yield from playbook.measure_groups.values()
    yield playbook.settings


def inside(record: object) -> Iterator[model.Record]:
    """Yield a record and every record in it."""
    if isinstance(record, model.Record):
        yield record
        for name in type(record).model_fields:
            yield from inside(getattr(record, name))
    elif isinstance(record, dict):
        for value in record.values():
            yield from inside(value)
    elif isinstance(record, tuple):
        for value in record:
            yield from inside(value)


def values(playbook: Playbook) -> Iterator[tuple[model.Record, tuple[str, ...], Field]]:
    """Yield (outermost record, path, value) for every value of the playbook."""
    if (piece := _piece(playbook)) is not None:
        for path, value in piece.leaves:
            assert piece.record is not None
            yield piece.record, path, value
        return
    for record in everything(playbook):
        for path, value in leaves(record):
            yield record, path, value


def texts(playbook: Playbook) -> Iterator[tuple[model.Record, tuple[str, ...], Name | Prose]]:
    """Yield every value that readers read, with its outermost record and path."""
    for record, path, value in values(playbook):
        if isinstance(value, (Name, Prose)):
            yield record, path, value


def marks_in(playbook: Playbook) -> Iterator[tuple[At, prose.Piece]]:
    """Yield every mark in the texts of the data that may hold some, with its place."""
    for _, _, value in values(playbook):
        if isinstance(value, Prose) and ("【" in value or "】" in value):
            yield from (
                (value.where(start), piece)
                for start, piece in prose.placed(str(value))
                if not isinstance(piece, (prose.Words, prose.Strong))
            )


Readable = tuple[str, Callable[[int], At]]
"""A text, and where each of its characters stands."""


def readable(
    playbook: Playbook,
    *,
    free: frozenset[str] = frozenset(),
    without: tuple[type[model.Record], ...] = (),
) -> Iterator[Readable]:
    """Yield every text of the data and every line of the hand-written pages.

    Left out are fields named in `free`, with what is in them, and records of the types `without`.
    """
    for record, path, value in texts(playbook):
        if not isinstance(record, without) and free.isdisjoint(path):
            yield str(value), value.where
    yield from ((line.text, line.where) for line in written(playbook))


def typed(playbook: Playbook, words: str) -> tuple[At, ...]:
    """Return where words stand in the data and on hand-written pages, once for each text."""
    read = [(str(value), value.where) for _, _, value in values(playbook)]
    for file, whole in playbook.content:
        read += [
            (line, partial(_of_line, file, number))
            for number, line in enumerate(whole.splitlines(), 1)
        ]
    return tuple(where(text.find(words)) for text, where in read if words in text)


def _of_line(file: str, number: int, offset: int) -> At:
    return At(file, number, offset + 1)


def meant(
    text: str, known: Iterable[str] | Mapping[str, object], prefix: str = ""
) -> Message | None:
    """Return “did you mean …?” for what is nearest, or what there is if that is little.

    `prefix` stands before every choice that is shown, and plays no part in what is near. Of a
    mapping that holds names, or what has one, a list names each choice: `gold 金卡客户`.
    """
    named = known if isinstance(known, Mapping) else dict.fromkeys(known)
    choices = {str(id_): _named(one) for id_, one in named.items()}
    if near := nearest(text, choices):
        return msg("Did you mean “{near}”?", near=prefix + near)
    if 0 < len(choices) <= 12:
        shown = (f"{prefix}{id_} {name if name != id_ else ''}" for id_, name in choices.items())
        return msg("Possible: {ids}.", ids=tuple(one.strip() for one in shown))
    return None


def _named(one: object) -> str:
    return one if isinstance(one, str) else str(getattr(one, "label", getattr(one, "name", "")))
