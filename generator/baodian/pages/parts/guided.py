"""A class with all that applies to it, and what of that is its own."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile

from baodian import model, page
from baodian.page import LinkItem, Origin, Text
from baodian.pages.ground import Ground
from baodian.pages.whom import whom
from baodian.playbook import Applies, Class, among, explain
from baodian.playbook.applying import named_by
from baodian.playbook.contacts import better_first

SCRIPTS = 3
"""How many scripts of its own a guide shows at once, besides the first."""


@dataclass(frozen=True)
class Guided:
    """A class, the advice for it, and everything that applies to it."""

    ground: Ground
    scheme: model.Scheme
    id: str
    class_: model.Class
    guide: model.ClassGuide | None
    applied: tuple[Applies, ...]

    @property
    def key(self) -> Class:
        """Return the class as (scheme id, class id)."""
        return str(self.scheme.id), self.id

    @property
    def name(self) -> str:
        """Return the full name of the class."""
        return self.scheme.class_name(self.id)

    @property
    def entity(self) -> str:
        """Return the class as references name it."""
        return f"class:{self.scheme.id}/{self.id}"

    def part(self, name: str, *, home: bool = True) -> Origin:
        """Return the mark of a part of the advice, which is at home on this page."""
        places = dict(self.guide.parts()) if self.guide else {}
        return Origin(self.entity, name, places[name], home=home)

    def narrow(self, *models: type[model.Entity]) -> tuple[Applies, ...]:
        """Return what of these models names the class, and not just its whole ruler."""
        return tuple(a for a in among(self.applied, *models) if not self.is_wide(a))

    def is_wide(self, applies: Applies) -> bool:
        """Say whether something is for everyone, or for each class of the ruler."""
        named = applies.why in ("own", "range") and not isinstance(applies.entity, model.Case)
        each = named and self.breadth(applies) == len(self.scheme.classes)
        return each or (applies.why in ("all", "everyone") and not applies.of_rhythm)

    def breadth(self, applies: Applies) -> int:
        """Return how many classes of the ruler something is for."""
        named = self.ground.playbook.once(named_by)[applies.entity.key]
        return sum(scheme == self.key[0] for scheme, _ in named)

    def wide(self, *kinds: str, everyone: bool) -> tuple[model.Entity, ...]:
        """Return what of these kinds is for everyone, or for each class of the ruler."""
        applied = (a for a in self.applied if a.entity.kind in kinds and self.is_wide(a))
        return tuple(a.entity for a in applied if (a.why == "everyone") is everyone)

    @property
    def moves(self) -> tuple[model.Transition, ...]:
        """Return the moves from or to this class, and to no other of the ruler by the same line."""
        moves = (a.entity for a in among(self.applied, model.Transition) if a.why == "move")
        return tuple(move for move in moves if not self.of_all(move))

    def of_all(self, move: model.Transition) -> bool:
        """Say whether a move starts from every class of the ruler."""
        starts = set(whom(self.ground, move.from_))
        return starts >= {(str(self.scheme.id), str(id_)) for id_ in self.scheme.classes}

    def leaves(self, move: model.Transition) -> bool:
        """Say whether a move starts from this class."""
        return self.key in whom(self.ground, move.from_)

    @property
    def first_script(self) -> model.Script | None:
        """Return the script to begin with: the first that names the class, else the class's own."""
        narrow = among(self.narrow(model.Script), model.Script)
        own = self.ground.playbook.scripts.get(str(self.class_.script))
        return narrow[0].entity if narrow else own

    @property
    def own_scripts(self) -> tuple[Applies, ...]:
        """Return what else to say that is for few classes besides."""
        few = max(1, len(self.scheme.classes) // 3)
        rest = (a for a in self.narrow(model.Script) if a.entity is not self.first_script)
        return tuple(takewhile(lambda a: self.breadth(a) <= few, rest))[:SCRIPTS]

    @property
    def own_rhythms(self) -> tuple[model.Rhythm, ...]:
        """Return what comes round for this class, without what supervisors do with their people."""
        rhythms = tuple(a.entity for a in among(self.narrow(model.Rhythm), model.Rhythm))
        return tuple(r for r in rhythms if r.kind_ != "supervisor") or rhythms

    @property
    def next(self) -> str | None:
        """Return the nearest better class that a move leads to from here."""
        order = better_first(self.scheme)
        better = order[: order.index(self.id)] if self.id in order else ()
        reached = {m.to.name for m in self.moves if m.to and self.leaves(m)}
        return next((id_ for id_ in reversed(better) if id_ in reached), None)


def script_row(of: Guided, applies: Applies) -> LinkItem:
    """Return a script as a row: its goal, and before it the condition under which it is meant."""
    ground, entity = of.ground, applies.entity
    note = ground.inline(entity.summary)
    if applies.why == "with":
        condition = explain(ground.playbook, applies, of.key)
        note = (*ground.said(condition), Text(ground.t.semicolon), *note)
    link = page.Link(entity.label, ground.address(entity))
    return LinkItem(link, note, Origin(entity.key, None, entity.at))
