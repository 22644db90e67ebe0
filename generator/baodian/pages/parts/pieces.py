"""What came to mean something else, in words: in a line, in groups, and whom it touches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from baodian import page
from baodian.meaning.firsts import firsts
from baodian.meaning.words import short
from baodian.page import Fact, Inline, Link, Text
from baodian.pages.ground import Ground
from baodian.pages.parts.tables import joined
from baodian.said.messages import Message, msg
from baodian.timeline import Event, Piece
from baodian.timeline.event import prints

KINDS: Mapping[str, Message] = {
    "tightened": msg("tightened"), "loosened": msg("loosened"), "new": msg("new"),
    "withdrawn": msg("withdrawn"), "moved": msg("changed"), "reworded": msg("reworded"),
}  # fmt: skip
"""What readers call the kinds of changes of meaning."""
REWORDED = "reworded"
"""The kind of what says the same in other words."""


ABOUT_NOBODY = frozenset(("term", "decision", "matrix", "measure"))
"""Kinds of which what names no class touches no customer: words, and what is in no cell."""
FEW = 3
"""How many things and classes a line names at most."""
LONG = 80
"""How many signs of what is told a line has at most; the page of changes has all of it."""


def by_thing(event: Event) -> tuple[tuple[Piece, ...], ...]:
    """Return what an event brings, each thing's pieces together; rewording is left out.

    A table of entitlements is as many things as it has classes.
    """
    things: dict[tuple[str, str], list[Piece]] = {}
    for piece in event.pieces:
        if piece.kind != REWORDED:
            things.setdefault(_thing(piece), []).append(piece)
    return tuple(map(tuple, things.values()))


def print_of(ground: Ground, event: Event, pieces: Iterable[Piece]) -> str:
    """Return what stays the same as long as some pieces of an event mean the same."""
    return prints((event.change, event.ends), ground.playbook.once(firsts), pieces, 10)


def anchor(event: Event) -> str:
    """Return where the page of all changes tells an event that no change is about."""
    return {"folder": "d-now", "dates": f"t-{event.day}"}.get(event.source, f"d-{event.day}")


def line(ground: Ground, pieces: tuple[Piece, ...]) -> str:
    """Return in one line what is otherwise with one thing: the first of it, and how much more."""
    t, first = ground.t, pieces[0]
    said = f"{first.what}{t.colon}{short(first.said, LONG)}"
    if len(pieces) == 1:
        return said
    return t("{what}, and {n} more", what=said.rstrip(".。"), n=len(pieces) - 1)


def told(
    ground: Ground, pieces: Iterable[Piece], most: int | None = None, *, whom_each: bool = False
) -> page.Facts:
    """Return pieces in groups, the hardest for customers first, and of wording how much it is.

    New or withdrawn is a thing as a whole: one of which a part came or went has changed. With
    `most`, no more than that many things are told, and how many more there are; with `whom_each`
    each line says for whom it is.
    """
    t = ground.t
    pieces = tuple(pieces)
    meant = sorted((piece for piece in pieces if piece.kind != REWORDED), key=_place)
    things = tuple(dict.fromkeys(map(_thing, meant)))
    first = frozenset(things[:most])
    shown = [piece for piece in meant if _thing(piece) in first]
    facts = [
        Fact(t.text(KINDS[kind]), tuple(_lines(ground, those, whom_each=whom_each)))
        for kind, those in groupby(shown, _group)
    ]
    if more := len(things) - len(first):
        facts.append(Fact(t("More"), (page.line(t("{n} more", n=more)),)))
    if n := len(_wordings(pieces)):
        said = t("{n} {n|text says|texts say} the same in other words.", n=n)
        facts.append(Fact(t.text(KINDS[REWORDED]), (page.line(said),)))
    return page.Facts(tuple(facts))


def _thing(piece: Piece) -> tuple[str, str]:
    return piece.key, piece.what


def _group(piece: Piece) -> str:
    return "moved" if piece.kind in ("new", "withdrawn") and not piece.whole else piece.kind


def _place(piece: Piece) -> int:
    return tuple(KINDS).index(_group(piece))


def rewording(ground: Ground, pieces: Iterable[Piece]) -> Iterator[page.Block]:
    """Yield which texts say the same in other words, and in which; closed, if more has changed."""
    pieces = tuple(pieces)
    lines = tuple(
        ((*_name(ground, piece), Text(f"{ground.t.colon}{effect}")), None)
        for piece, effect in _wordings(pieces)
    )
    if lines and all(piece.kind == REWORDED for piece in pieces):
        said = Fact(ground.t.text(KINDS[REWORDED]), tuple(line for line, _ in lines))
        yield page.Facts((said,))
    elif lines:
        title = ground.t("The same in other words: {n} {n|text|texts}", n=len(lines))
        yield page.Folded(title, (page.Bullets(lines),), "h-reworded")


def _wordings(pieces: Iterable[Piece]) -> list[tuple[Piece, str]]:
    """Return each text that says the same in other words, and in which, with what it is in."""
    return [(p, effect) for p in pieces if p.kind == REWORDED for effect in p.effects]


def effects(ground: Ground, pieces: Iterable[Piece]) -> page.Bullets:
    """Return what follows from pieces, each once, with the things that it follows from if few."""
    found: dict[str, dict[str, page.Segment]] = {}
    for piece in pieces:
        for effect in piece.effects if piece.kind != REWORDED else ():
            found.setdefault(effect, {})[piece.what] = _name(ground, piece)[0]
    return page.Bullets(tuple(
        ((*joined(ground, names.values()), Text(f"{ground.t.colon}{effect}"))
         if len(names) <= FEW else page.line(effect), None)
        for effect, names in found.items()
    ))  # fmt: skip


def _lines(ground: Ground, pieces: Iterable[Piece], *, whom_each: bool) -> Iterator[Inline]:
    """Yield what is told of each thing: its name, and if it is much, a line for each piece.

    Things of one kind of which the same is told stand together; each that is new or gone stands by
    itself.
    """
    t = ground.t
    things: dict[tuple[str, str], list[Piece]] = {}
    for piece in pieces:
        things.setdefault(_thing(piece), []).append(piece)
    alike: dict[tuple[str, ...], list[list[Piece]]] = {}
    for (key, _), those in things.items():
        like = key if those[0].whole else key.partition(":")[0]
        alike.setdefault((like, *(_said(ground, piece) for piece in those)), []).append(those)
    for (_, *said), group in alike.items():
        name = joined(ground, [_name(ground, those[0])[0] for those in group])
        if whom_each:
            name = (*name, *_for_whom(ground, [piece for those in group for piece in those]))
        if len(said) > 1:
            yield (*name, Text(t.colon))
            yield from ((Text(f"· {one}"),) for one in said)
        else:
            yield (*name, Text(f"{t.colon}{said[0]}"))


def _for_whom(ground: Ground, pieces: Iterable[Piece]) -> Inline:
    """Return for which classes pieces are, if few, and if those are not what is named."""
    pieces = tuple(pieces)
    theirs = {ground.title("class", c): None for piece in pieces for c in piece.classes}
    few = 0 < len(theirs) <= FEW and theirs.keys().isdisjoint(piece.what for piece in pieces)
    return (Text(ground.t.aside(ground.t.listed(theirs))),) if few else ()


def _said(ground: Ground, piece: Piece) -> str:
    said = piece.said
    return f"{said.rstrip('.。')}{ground.t.semicolon}{piece.why}" if piece.why else said


def whom(ground: Ground, pieces: Iterable[Piece]) -> Inline:
    """Return the classes and roles that pieces touch, as links, each once."""
    pieces = tuple(piece for piece in pieces if piece.kind != REWORDED)
    links = [
        *(ground.link("class", c) for c in dict.fromkeys(c for p in pieces for c in p.classes)),
        *(ground.link("role", r) for r in dict.fromkeys(r for p in pieces for r in p.roles)),
    ]
    rest = (Text(f"{ground.t.semicolon}{as_before(ground)}"),) if spares(pieces) else ()
    return (*joined(ground, links), *rest)


def spares(pieces: Iterable[Piece]) -> bool:
    """Say whether pieces touch those classes alone that they name."""
    meant = [piece for piece in pieces if piece.kind != REWORDED]
    return any(piece.classes for piece in meant) and all(
        piece.classes or piece.key.partition(":")[0] in ABOUT_NOBODY for piece in meant
    )


def as_before(ground: Ground) -> str:
    """Return that nobody else is touched."""
    return ground.t("other customers as before")


def _name(ground: Ground, piece: Piece) -> Inline:
    kind, _, id_ = piece.key.partition(":")
    part = piece.part if piece.part in ground.playbook.parts(kind, id_) else None
    href = ground.href(kind, id_, part) if kind in ground.looks else None
    return (Link(piece.what, href) if href else Text(piece.what),)
