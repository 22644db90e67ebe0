"""Moves between classes: where they start, which are compared, and what is said at them."""

from __future__ import annotations

from collections.abc import Mapping

from baodian import model
from baodian.playbook.playbook import Class, Playbook


def starts(playbook: Playbook, move: model.Transition) -> tuple[Class, ...]:
    """Return the classes a move starts from, conditions left out."""
    return tuple(
        class_
        for selector in move.from_
        for term in selector.terms[:1]
        for class_ in playbook.selected(term)
    )


def compared(playbook: Playbook) -> frozenset[str]:
    """Return the moves between two classes with entitlements; each has a page of its own."""
    entitled = {str(m.rows) for m in playbook.of(model.EntitlementMatrix).values()}
    return frozenset(
        str(id_)
        for id_, move in playbook.transitions.items()
        if move.to is not None
        and move.to.scheme in entitled
        and len(found := starts(playbook, move)) == 1
        and found[0][0] == move.to.scheme
    )


def said(playbook: Playbook) -> Mapping[str, str]:
    """Return by move, of those that are compared, the script that is said at it."""
    scripts = {}
    for id_ in sorted(playbook.once(compared)):
        move = playbook.transitions[id_]
        assert move.to is not None
        default = playbook.schemes[move.to.scheme].when_moving
        if script := move.script or (default and default.script):
            scripts[id_] = str(script)
    return scripts


def filled(playbook: Playbook) -> frozenset[str]:
    """Return the names of the gaps that the pages of moves fill in."""
    return frozenset(str(name) for name, slot in playbook.slots.items() if slot.move)
