"""Class × kind: how much of the handbook reaches a class, and why where nothing does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import get_args

from baodian.model import EntitlementMatrix, Reason
from baodian.model.coverage import Covering
from baodian.model.customers import Section
from baodian.playbook import Applies, Class, Playbook, Why
from baodian.playbook.applying import applies_to
from baodian.playbook.edition import published
from baodian.said.messages import Message, msg

KINDS: tuple[Covering, ...] = get_args(Covering)
"""What every class is asked for, in the order it is shown."""

COUNTS: tuple[Why, ...] = ("own", "range", "all", "with", "matrix")
"""What covers a class, narrowest first. What holds for everyone says nothing about a class, and a
move only passes through it: neither covers."""


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
    """Every cell, in the order of schemes, classes and kinds, and the reasons nobody needs."""

    cells: tuple[Cell, ...]
    unneeded: tuple[Reason, ...] = ()

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


def kind_word(kind: Covering) -> Message:
    """Return what a kind is called in messages and over the columns."""
    return {
        "script": msg("script"),
        "checklist": msg("self-check"),
        "case": msg("case"),
        "measure": msg("measure"),
        "rhythm": msg("rhythm"),
    }[kind]


def coverage(playbook: Playbook) -> Coverage:
    """Return the coverage of a playbook. Drafts reach nobody; measures that are stopped neither."""
    playbook = published(playbook)
    reasons = tuple(playbook.reasons.values())
    cells = tuple(
        cell
        for scheme, id_, _ in playbook.classes()
        for cell in _row(playbook, (str(scheme.id), id_), reasons)
    )
    needed = {str(c.reason.id) for c in cells if c.reason}
    return Coverage(
        cells, tuple(r for r in reasons if str(r.id) not in needed and _concerns(playbook, r))
    )


def _concerns(playbook: Playbook, reason: Reason) -> bool:
    """Say whether a reason is about any class that is published."""
    terms = [term for selector in reason.for_ for term in selector.terms]
    return not terms or any(term.scheme in playbook.schemes for term in terms)


def _row(playbook: Playbook, class_: Class, reasons: Iterable[Reason]) -> Iterator[Cell]:
    reached: dict[Covering, dict[str, Why]] = {kind: {} for kind in KINDS}
    for kind, id_, why in _reached(playbook, class_):
        known = reached[kind].get(id_)
        if known is None or COUNTS.index(why) < COUNTS.index(known):
            reached[kind][id_] = why
    for kind, by_id in reached.items():
        if by_id:
            yield Cell(class_, kind, tuple(by_id), min(by_id.values(), key=COUNTS.index))
        else:
            yield Cell(class_, kind, reason=_reason(playbook, class_, kind, reasons))


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


def _reason(
    playbook: Playbook, class_: Class, kind: Covering, reasons: Iterable[Reason]
) -> Reason | None:
    """Return the narrowest reason for an empty cell, the first of several equally narrow ones."""
    candidates = [
        (width, reason)
        for reason in reasons
        if not reason.without or kind in reason.without
        if (width := _width(playbook, reason, class_)) is not None
    ]
    return min(candidates, key=lambda c: c[0])[1] if candidates else None


def _width(playbook: Playbook, reason: Reason, class_: Class) -> int | None:
    """Return how widely a reason is meant for a class, small for narrow; None if not for it.

    A further condition (`+`) never excuses: it leaves customers of the class without a reason.
    """
    if not reason.for_:
        return len(COUNTS)
    hits = [hit for s in reason.for_ if (hit := playbook.matches(s, class_)) is not None]
    widths = [len(COUNTS) if w == "everyone" else COUNTS.index(w) for w, _ in hits if w != "with"]
    return min(widths, default=None)


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
