"""Which dated change or city a difference comes from: its name, why, and who approved it."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import replace

from baodian import model
from baodian.meaning import words
from baodian.meaning.change import Change
from baodian.meaning.naming import Naming
from baodian.playbook import Playbook
from baodian.said.messages import Message, msg

LAYERS = ("change:", "overlay:")
"""How the names of layers begin."""


def with_layer(naming: Naming, change: Change) -> Change:
    """Return a change with what the layer says that it comes from, if it comes from one."""
    if change.kind == "reworded" or change.entity.startswith(LAYERS):
        return change
    for layer in naming.new.once(layers):
        new = not _holds(naming.old, layer.key)
        here = change.new_at is not None and change.new_at.file == layer.id.at.file
        gone = change.new_at is None and new and any(_steps(layer, change))
        if here or gone:
            said = functools.partial(_why, naming.new)
            own = next(filter(None, map(said, _steps(layer, change))), None)
            told = tuple(_said(naming.new, layer, change, own or said(layer)))
            return replace(change, layer=told, reason=own)
    return change


def layers(playbook: Playbook) -> tuple[model.Layer, ...]:
    """Return the layers that are in force in a playbook."""
    found = (one for one in playbook.all() if isinstance(one, model.Layer))
    return tuple(layer for layer in found if _holds(playbook, layer.key))


def _holds(playbook: Playbook, key: str) -> bool:
    kind, _, id_ = key.partition(":")
    layer = playbook.find(kind, id_)
    if isinstance(layer, model.Overlay):
        return playbook.city == id_
    if not isinstance(layer, model.Change) or playbook.day is None:
        return False
    until = layer.effective_until
    return layer.effective_from.date <= playbook.day and (
        until is None or playbook.day <= until.date
    )


def _steps(layer: model.Layer, change: Change) -> Iterator[object]:
    """Yield what a layer says of the thing that a change is about, of its part before others."""
    steps = {**layer.withdraw, **getattr(layer, "change", {})}
    mine = [(str(ref).strip(), step) for ref, step in steps.items()]
    mine = [(ref, step) for ref, step in mine if ref.partition("#")[0] == change.entity]
    parts = [step for ref, step in mine if ref.rpartition(".")[2] in change.path and "#" in ref]
    yield from (*parts, *(step for ref, step in mine if "#" not in ref))


def _why(playbook: Playbook, said: object) -> Message | None:
    """Return the reason that a layer or a step of it gives."""
    why = getattr(said, "why", None)
    return msg("Why: {why}", why=words.said(playbook, str(why))) if why else None


def _said(
    playbook: Playbook, layer: model.Layer, change: Change, why: Message | None
) -> Iterator[Message]:
    yield msg("By {layer}.", layer=words.about(playbook, layer.key))
    if why:
        yield why
    said = (*_steps(layer, change), layer)
    if who := next((w for one in said if (w := getattr(one, "approved_by", None))), None):
        yield msg("Approved by: {who}", who=str(who))
    if promised := getattr(layer, "promised", None):
        yield msg("Promised before: {text}", text=words.said(playbook, str(promised)))
