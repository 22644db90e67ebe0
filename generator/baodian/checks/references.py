"""Whatever is named must exist, under one name only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from baodian.checks.absent import (
    added_by_layers,
    elsewhere,
    is_there,
    missing,
    successor,
    undeclared,
    unknown_class,
    unknown_id,
)
from baodian.checks.walk import marks_in, texts, values, written
from baodian.model import kinds, prose
from baodian.model.fields import Bad, Name
from baodian.model.ids import Id
from baodian.model.quantities import parameters_in
from baodian.model.references import ClassRef, Ref, Selector, Target, split_reference
from baodian.playbook import Playbook
from baodian.said.messages import msg
from baodian.said.problems import At, Problem, Related


def to_kinds(playbook: Playbook) -> Iterator[Problem]:
    """The word before the colon of a reference is a kind.

    Right: 【script:says-will-stop】. Wrong: 【skript:says-will-stop】.
    """
    yield from _unknown_kinds(_kinds_named(playbook))


def retired_kinds(playbook: Playbook) -> Iterator[Problem]:
    """So is the word before the colon of what is retired, and of what was put in its place.

    Right: `script:old-name: script:new-name`. Wrong: `skript:old-name: script:new-name`.
    """
    for old, (new, at) in playbook.retired.items():
        yield from _unknown_kinds(((at, split_reference(old)[0]), (new.at, new.kind)))


def _unknown_kinds(named: Iterable[tuple[At, str]]) -> Iterator[Problem]:
    words = kinds.words()
    for at, kind in named:
        if kind not in words:
            near = kinds.meant(kind)
            message = msg("There is no kind “{kind}”.", kind=kind)
            hint = msg("The kinds are {kinds}.", kinds=words)
            if near:
                hint = msg("Did you mean “{near}”?", near=near)
            yield Problem("bad-reference", at, message, hint)


def _kinds_named(playbook: Playbook) -> Iterator[tuple[At, str]]:
    for _, _, value in values(playbook):
        if isinstance(value, Ref):
            yield value.at, value.kind
    for at, piece in marks_in(playbook):
        if isinstance(piece, prose.Reference):
            yield at, piece.kind
    for line in written(playbook):
        for at, piece in line.marks():
            if isinstance(piece, prose.Reference):
                yield at, piece.kind


def to_entities(playbook: Playbook) -> Iterator[Problem]:
    """References lead somewhere.

    Right: 【script:says-will-stop】. Wrong: 【script:say-will-stop】.

    A layer may name what it adds.
    """
    adds = playbook.once(added_by_layers)
    named = [(v.at, v.kind, v.id, v.part) for _, _, v in values(playbook) if isinstance(v, Ref)]
    named += [
        (at, piece.kind, piece.id, piece.part)
        for at, piece in marks_in(playbook)
        if isinstance(piece, prose.Reference)
    ]
    for at, kind, id_, part in named:
        if f"{kind}:{id_}" not in adds.get(at.file, ()) or playbook.find(kind, id_):
            yield from missing(playbook, at, kind, id_, part)


def by_plain_id(playbook: Playbook) -> Iterator[Problem]:
    """Ids that stand alone in their field exist.

    Right: `who: rep`. Wrong: `who: reps`.
    """
    for _, _, value in values(playbook):
        if isinstance(value, Id) and value.kind and value.kind not in TOLD_ELSEWHERE:
            yield from unknown_id(playbook, value)


TOLD_ELSEWHERE = frozenset(("measure", "class", "dimension", "sign", "tell", "element", "kind"))
"""Kinds of ids whose choices depend on where they stand: `schemes`, `shapes`, `records` tell."""


def to_classes(playbook: Playbook) -> Iterator[Problem]:
    """Selectors, targets and profiles name schemes and classes that exist.

    Right: `for: activity/loyal`. Wrong: `for: activity/loyl`.
    """
    for _, _, value in values(playbook):
        if isinstance(value, Selector):
            for term in value.terms:
                for name in dict.fromkeys((term.low, term.high)):
                    yield from unknown_class(playbook, value.at, term.scheme, name)
        elif isinstance(value, ClassRef) or (isinstance(value, Target) and not value.ends):
            yield from unknown_class(playbook, value.at, value.scheme, value.name)


WHOLE = ("count", "percent")  # `records.parameters` tells if one of them is no whole number


def of_parameters(playbook: Playbook) -> Iterator[Problem]:
    """Parameters in intervals and frequencies exist and are whole numbers.

    Right: `每 【param:cycle-c】 天`. Wrong: `每 【param:cicle-c】 天`, or a phone number.
    """
    for _, _, value in values(playbook):
        for id_ in parameters_in(value):
            if id_ not in playbook.params:
                yield from missing(playbook, value.at, "param", id_, None)
            elif id_ not in playbook.numbers and playbook.params[id_].type not in WHOLE:
                message = msg("“{ref}” is no whole number.", ref=f"param:{id_}")
                hint = msg("Only a parameter that is a whole number can stand here.")
                related = Related(playbook.params[id_].default.at, msg("Its value stands here."))
                yield Problem("wrong-value", value.at, message, hint, (related,))


def of_slots(playbook: Playbook) -> Iterator[Problem]:
    """Slots in texts are declared in slots.yml.

    Right: 【客户称呼】 with `客户称呼: {example: 王老板}`. Wrong: 【客户名称】 without.
    """
    for at, piece in marks_in(playbook):
        if isinstance(piece, prose.Gap):
            yield from undeclared(playbook, at, piece.name)


def marks(playbook: Playbook) -> Iterator[Problem]:
    """Marks in texts can be read.

    Right: 【script:says-will-stop】. Wrong: 【scripts:says-will-stop】, or 【 without its 】.
    """
    for at, piece in marks_in(playbook):
        if isinstance(piece, prose.Faulty):
            yield Problem(piece.code, at, piece.message, piece.hint)


def marks_in_names(playbook: Playbook) -> Iterator[Problem]:
    """Names hold no marks; they would be shown as they stand.

    Right: `what: 逾期`. Wrong: `what: 逾期【param:overdue-days】`.
    """
    for _, _, value in texts(playbook):
        if isinstance(value, Name) and (mark := re.search(r"【|】|\*\*", value)):
            message = msg("A name holds no 【…】 and no “**”.")
            at = value.where(mark.start())
            yield Problem("bad-text", at, message, msg("Write it in plain words."))


def in_content(playbook: Playbook) -> Iterator[Problem]:
    """Marks on hand-written pages lead somewhere, as in the data.

    Right: 【script:says-will-stop】. Wrong: 【script:say-will-stop】.
    """
    for line in written(playbook):
        for at, piece in line.marks():
            if isinstance(piece, prose.Reference):
                yield from missing(playbook, at, piece.kind, piece.id, piece.part)
            elif isinstance(piece, prose.Gap):
                yield from undeclared(playbook, at, piece.name)
            elif isinstance(piece, prose.Faulty):
                yield Problem(piece.code, at, piece.message, piece.hint)


def retired(playbook: Playbook) -> Iterator[Problem]:
    """Retired ids are gone, and their successors exist, be it on other days or in a city.

    Right: `script:old-name: script:new-name`. Wrong: `script:old-name: script:nowhere`.
    """
    for old, (_, at) in playbook.retired.items():
        new = successor(playbook, old) or old
        try:
            kind, id_, part = split_reference(old)
            still_there = (
                is_there(playbook, kind, id_)
                if part is None
                else (part in playbook.parts(kind, id_))
            )
            if still_there:
                message = msg("“{old}” is retired but still exists.", old=old)
                hint = msg("Remove this line, or give what exists another id.")
                yield Problem("retired-in-use", at, message, hint)
            elif new in playbook.retired:
                message = msg("“{old}” is its own successor.", old=old)
                hint = msg("Name what replaces it.")
                yield Problem("unknown-reference", at, message, hint)
            elif not elsewhere(playbook, new):
                yield from missing(playbook, at, *split_reference(new))
        except Bad as error:
            yield Problem(error.code, at, error.message, error.hint)


def case_of_ids(playbook: Playbook) -> Iterator[Problem]:
    """Names of slots and ids of facts differ by more than capital letters.

    Right: 【车型】 and 【车牌】. Wrong: 【VIP】 and 【Vip】.
    """
    slots = ((name, slot.at) for name, slot in playbook.slots.items())
    facts = ((str(id_), id_.at) for s in playbook.sources.values() for id_ in s.facts)
    for named in (slots, facts):
        first: dict[str, tuple[str, At]] = {}
        for name, at in named:
            before, place = first.setdefault(name.casefold(), (name, at))
            if place != at:
                related = (Related(place, msg("The first one stands here.")),)
                if before == name:
                    message = msg("“{id}” stands here a second time.", id=name)
                    hint = msg("Give one of them another id.")
                    yield Problem("duplicate-id", at, message, hint, related)
                else:
                    message = msg("“{a}” and “{b}” differ only in capitals.", a=before, b=name)
                    hint = msg("Write both alike, or rename one.")
                    yield Problem("id-case", at, message, hint, related)
