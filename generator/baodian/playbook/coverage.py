"""Class × kind: how much of the handbook reaches a class, and why where nothing does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from baodian.model import EntitlementMatrix, Reason
from baodian.model.coverage import Covering
from baodian.model.customers import Section
from baodian.playbook import Applies, Class, Playbook, Why
from baodian.playbook.applying import applies_to
from baodian.playbook.edition import published
from baodian.playbook.reasons import COUNTS, KINDS, lacks, reason_for
from baodian.said.messages import Message, msg


@dataclass(frozen=True)
class Cell:
    """What of one kind reaches one class: how many, the narrowest way, else the reason."""

    class_: Class
    kind: Covering
    ids: tuple[str, ...] = ()
    why: Why | None = None
    reason: Reason | None = None

    @property
    def count(self) -> int:
        """Return how many entities of the kind reach the class."""
        return len(self.ids)

    @property
    def missing(self) -> bool:
        """Say whether nothing reaches the class and nobody says why."""
        return not self.ids and self.reason is None


@dataclass(frozen=True)
class Coverage:
    """Every cell, in the order of schemes, classes and kinds."""

    cells: tuple[Cell, ...]

    def row(self, class_: Class) -> tuple[Cell, ...]:
        """Return the cells of a class, in the order of `KINDS`."""
        return tuple(c for c in self.cells if c.class_ == class_)

    def column(self, kind: Covering) -> tuple[Cell, ...]:
        """Return the cells of a kind."""
        return tuple(c for c in self.cells if c.kind == kind)

    def classes(self) -> tuple[Class, ...]:
        """Return the classes, each once."""
        return tuple(dict.fromkeys(c.class_ for c in self.cells))

    @property
    def missing(self) -> tuple[Cell, ...]:
        """Return the cells that are empty without a reason."""
        return tuple(c for c in self.cells if c.missing)


def kind_word(kind: str) -> Message:
    """Return what a kind is called in messages and over the columns."""
    return {
        "script": msg("script"),
        "checklist": msg("self-check"),
        "case": msg("case"),
        "measure": msg("measure"),
        "rhythm": msg("rhythm"),
        "contact": msg("contact that comes round"),
        "move": msg("move"),
    }[kind]


def coverage(playbook: Playbook) -> Coverage:
    """Return the coverage of a playbook. Drafts reach nobody; measures that are stopped neither."""
    playbook = published(playbook)
    cells = tuple(
        cell
        for scheme, id_, _ in playbook.classes()
        for cell in _row(playbook, (str(scheme.id), id_))
    )
    return Coverage(cells)


def asked_for(playbook: Playbook) -> bool:
    """Say whether a playbook wants to be held to it: some reason is about what a class is to have.

    A reason for something else (`about`, `without: move`) does not ask for every kind.
    """
    published = (reason for reason in playbook.reasons.values() if not reason.draft)
    return any(not set(lacks(reason)).isdisjoint(KINDS) for reason in published)


def _row(playbook: Playbook, class_: Class) -> Iterator[Cell]:
    reached: dict[Covering, dict[str, Why]] = {kind: {} for kind in KINDS}
    for kind, id_, why in _reached(playbook, class_):
        known = reached[kind].get(id_)
        if known is None or COUNTS.index(why) < COUNTS.index(known):
            reached[kind][id_] = why
    for kind, by_id in reached.items():
        if by_id:
            yield Cell(class_, kind, tuple(by_id), min(by_id.values(), key=COUNTS.index))
        else:
            yield Cell(class_, kind, reason=reason_for(playbook, class_, (kind,)))


def _reached(playbook: Playbook, class_: Class) -> Iterator[tuple[Covering, str, Why]]:
    scheme = playbook.schemes[class_[0]]
    if not scheme.has_guides:  # a row of one page shows it, a page of its own what is for it
        begins = next(c.script for id_, c in scheme.classes.items() if id_ == class_[1])
        script = playbook.scripts.get(str(begins))
        if script is not None:
            yield "script", str(script.id), "own"
    for applies in applies_to(playbook, class_):
        entity = applies.entity
        if applies.why not in COUNTS:
            continue
        if isinstance(entity, EntitlementMatrix):
            yield from _measure(playbook, entity, applies)
        for kind in KINDS:
            if entity.kind == kind:
                yield kind, str(entity.id), applies.why


def _measure(
    playbook: Playbook, matrix: EntitlementMatrix, applies: Applies
) -> Iterator[tuple[Covering, str, Why]]:
    row, _, id_ = (applies.part or "").partition(".")
    stopped = next((c.stopped for k, c in matrix.cells.items() if k == row), {})
    measure = playbook.measures.get(id_)
    if measure is not None and id_ not in {str(k) for k in stopped}:
        yield "measure", id_, "matrix"


def sections(playbook: Playbook, class_: Class) -> frozenset[Section]:
    """Return the sections of a class's guide that have something in them."""
    guide = playbook.class_guides.get(class_)
    filled: set[Section] = set()
    if guide is not None:
        filled.add("goal")
        written: tuple[tuple[Section, object], ...] = (
            ("do", guide.do), ("signs", guide.signs_of_trouble), ("dont", guide.dont),
        )  # fmt: skip
        filled |= {name for name, lines in written if lines}
    for applies in applies_to(playbook, class_):
        if applies.why == "everyone":
            continue
        by_kind = _SECTIONS.get(applies.entity.kind)
        if by_kind is not None:
            filled.add(by_kind)
    return frozenset(filled)


_SECTIONS: dict[str, Section] = {
    "rhythm": "rhythm", "matrix": "entitlements", "script": "say", "checklist": "check",
    "transition": "moves", "case": "cases", "guide": "helps", "table": "helps", "plan": "helps",
}  # fmt: skip
