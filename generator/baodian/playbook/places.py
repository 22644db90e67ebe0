"""Shared pages that texts can name, such as `page:moves`, though they are no entity's home."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from baodian import model
from baodian.playbook.playbook import Playbook
from baodian.said.messages import Message, msg

KIND = "page"
"""The word before the colon; `moves` after it is the page `moves.html`."""


def _can_be_planned(playbook: Playbook) -> bool:
    return any(isinstance(p, model.Allocation) and p.hours for p in playbook.plans.values())


def _has_rhythms(playbook: Playbook) -> bool:
    return any(r.kind_ == "contact" and r.each for r in playbook.rhythms.values())


PLACES: Mapping[str, tuple[Message, Callable[[Playbook], bool]]] = {
    "book": (msg("Customer book"), _has_rhythms),
    "finder": (msg("Which class this customer is"), lambda playbook: bool(playbook.schemes)),
    "moves": (msg("Moves"), lambda playbook: bool(playbook.transitions)),
    "planner": (msg("Plan a month"), _can_be_planned),
}
"""Each by its id: what it is called, and whether a playbook has it."""


def parts(playbook: Playbook, id_: str) -> tuple[str, ...]:
    """Return the ids of the parts of a shared page: of the moves, the rulers that have some."""
    if id_ != "moves":
        return ()
    starts = (s.terms[:1] for m in playbook.transitions.values() for s in m.from_[:1])
    return tuple(dict.fromkeys(term.scheme for terms in starts for term in terms))


def places(playbook: Playbook) -> tuple[str, ...]:
    """Return the ids of the shared pages that this playbook has and texts can name."""
    return tuple(id_ for id_, (_, there) in PLACES.items() if there(playbook))
