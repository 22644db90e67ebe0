"""What stands now for something that is retired, or withdrawn with a successor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from baodian.model.fields import Bad
from baodian.model.references import split_reference
from baodian.playbook.playbook import Playbook
from baodian.trees import Absent

Place = tuple[str, str, str | None]
"""The kind, the id and the part that a reference names."""


def stands_for(retired: Mapping[str, tuple[str, object]], old: str) -> str:
    """Return what stands for an id at the end of the chain of `retired`, itself if it is in none.

    Of a circle it is one that is retired too.
    """
    seen: set[str] = set()
    while old in retired and old not in seen:
        seen.add(old)
        old = str(retired[old][0])
    return old


def former(retired: Mapping[str, tuple[str, object]], key: str) -> list[str]:
    """Return the retired ids of its own kind that a thing, `kind:id`, stands for."""
    kind = key.partition(":")[0] + ":"
    return [old.removeprefix(kind) for old in retired
            if old.startswith(kind) and old != key and stands_for(retired, old) == key]  # fmt: skip


def successors(playbook: Playbook) -> Iterator[tuple[Place, Place, str]]:
    """Yield (what there was, what stands for it at the end of the chain, how it was called).

    What has no successor that is part of the playbook, and what was a circle, is left out. How it
    was called is "" where nobody knows.
    """
    olds = [(old, _called(playbook, old)) for old in playbook.retired]
    olds += [(key, gone.label) for key, gone in playbook.absent.items() if gone.successor]
    for old, label in olds:
        end = _end(playbook, old)
        if end is not None and end != old:
            yield _split(old), _split(end), label


def _called(playbook: Playbook, old: str) -> str:
    """Return how something was called that a folded change has withdrawn, "" for all else."""
    done = (one for layer in playbook.layers.values() for one in layer)
    gone = (one for one in done if one.step.does == "withdraw" and ":".join(one.step.key) == old)
    return next((Absent(one.step.ref.at, node=one.before).label for one in gone), "")


def _end(playbook: Playbook, ref: str) -> str | None:
    seen: set[str] = set()
    while ref not in seen:
        seen.add(ref)
        try:
            kind, id_, part = split_reference(ref)
        except Bad:
            return None
        whole = f"{kind}:{id_}"
        gone = playbook.absent.get(whole)
        if ref in playbook.retired:
            ref = str(playbook.retired[ref][0])
        elif whole in playbook.retired:  # its parts went with it
            ref = str(playbook.retired[whole][0])
        elif gone is not None and gone.successor is not None:
            ref = ":".join(gone.successor)
        elif playbook.find(kind, id_) is None:
            return None
        else:
            return ref if part is None or part in playbook.parts(kind, id_) else whole
    return None


def _split(ref: str) -> Place:
    return split_reference(ref)
