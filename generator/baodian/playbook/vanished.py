"""Ids that were there once and are gone without a word: old library, new library → problems.

What readers have kept (ticks, links, runs) is found again by ids only, so an id that goes needs a
line in `retired.yml` that says what stands for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from baodian import model
from baodian.model import kinds
from baodian.model.fields import Name, Prose
from baodian.model.leaves import leaves
from baodian.playbook.load import Library
from baodian.said.messages import msg
from baodian.said.problems import At, Problem

RETIRED, SETTINGS = "playbook_data/retired.yml", "playbook_data/playbook.yml"
ALIKE = 0.6
"""From which share of equal signs on a new text is taken for an old one."""
_BY_THEMSELVES = re.compile(r"\.(?:read|check)-|\.do-\d+$")  # lines of a path that nobody named
_NO_PARTS = ("scheme", "matrix")  # classes are named as such; cells are no things


@dataclass(frozen=True)
class Named:
    """An id in use: where it stands, and what it says."""

    at: At
    text: str


def vanished(old: Library, new: Library, revision: str) -> Iterator[Problem]:
    """Yield a problem for each id of `old` that is neither in `new` nor retired there.

    Of a file that cannot be read now nothing is said: what stands in it would seem to be gone.
    """
    before, now = names(old), names(new)
    retired = {id_ for kind, id_ in new.shelf.trees if kind == "retired"}
    files = {one.at.file for one in now.values()}
    unreadable = {at.file for at in unread(new)}
    born = {ref: one for ref, one in now.items() if ref not in before}
    for ref, one in before.items():
        whole = _whole(ref)
        gone_with_it = whole != ref and whole not in now
        if ref in now or gone_with_it or not retired.isdisjoint((ref, whole)):
            continue
        if one.at.file in unreadable:
            continue
        like = _like(ref, one, born)
        if whole != ref:
            at = now[whole].at
        elif one.at.file in files:
            at = At(one.at.file)
        else:
            at = born[like].at if like else At(RETIRED if retired else SETTINGS)
        yield _problem(ref, one, like, at, revision)


def names(library: Library) -> Mapping[str, Named]:
    """Return every id as written, whatever dates say: things, classes, parts, what layers add."""
    found: dict[str, Named] = {}
    linked = set(kinds.words()) - {"class"}  # a class is one by its ruler, not by its guide
    for (kind, id_), tree in library.shelf.trees.items():
        if kind in linked:
            found[f"{kind}:{id_}"] = Named(tree.at, "")
    for step in library.steps:
        if step.does == "add":
            found.setdefault(":".join(step.key), Named(step.ref.at, ""))
    playbook = library.playbook(None)
    if playbook is None:
        return found
    for entity in playbook.all():
        found[entity.key] = Named(entity.at, _text(entity))
        for part, at in entity.parts() if entity.kind not in _NO_PARTS else ():
            if not _BY_THEMSELVES.search(part):
                found[f"{entity.key}#{part}"] = Named(at, _text(entity, part.rpartition(".")[2]))
    for scheme, id_, class_ in playbook.classes():
        found[f"class:{scheme.id}/{id_}"] = Named(class_.at, _text(scheme, id_))
    return found


def _text(record: model.Record, part: str = "") -> str:
    """Return all that readers read of a record, or of a part of it."""
    return "\n".join(
        str(value)
        for path, value in leaves(record)
        if isinstance(value, Name | Prose) and (not part or part in path)
    )


def _whole(ref: str) -> str:
    """Return what an id stands inside: a part in its thing, a class in its ruler; else itself."""
    whole = ref.partition("#")[0]
    return f"scheme:{ref[6:].partition('/')[0]}" if ref.startswith("class:") else whole


def _like(ref: str, one: Named, born: Mapping[str, Named]) -> str:
    """Return the new id that says much the same, "" if none does."""
    kind, whole = ref.partition(":")[0], _whole(ref)
    best, most = "", ALIKE
    for other, new in born.items():
        same_place = other.partition(":")[0] == kind and ("#" in other) == ("#" in ref)
        if not same_place or (whole != ref and _whole(other) != whole):
            continue
        matcher = SequenceMatcher(None, one.text, new.text, autojunk=False)
        if matcher.quick_ratio() >= most and (share := matcher.ratio()) >= most:
            best, most = other, share
    return best


def _problem(ref: str, one: Named, like: str, at: At, revision: str) -> Problem:
    message = msg("“{ref}” stood at {place} in {revision}, and is gone.",
                  ref=ref, place=str(one.at), revision=revision)  # fmt: skip
    kind = ref.partition(":")[0]
    hint = msg("Write into retired.yml what stands for it: “{line}”. Or give it its id back.",
               line=f"{ref}: {kind}:…")  # fmt: skip
    if like:
        hint = msg("Is it “{new}” now? Then write into retired.yml: “{line}”. Or give it its id "
                   "back.", new=like, line=f"{ref}: {like}")  # fmt: skip
    return Problem("vanished", at, message, hint)


def unread(library: Library) -> tuple[At, ...]:
    """Return the places of what cannot be read, sorted: what stood there is not compared."""
    slips = library.slips(library.made(None))
    return tuple(sorted({problem.at for problem in _errors((*library.faults, *slips))}))


def _errors(problems: Iterable[Problem]) -> Iterator[Problem]:
    yield from (problem for problem in problems if problem.severity == "error")
