"""Whatever is named must exist, under one name only."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from baodian import model
from baodian.checks.walk import marks_in, meant, texts, values, written
from baodian.model import kinds, prose
from baodian.model.fields import Bad, Name
from baodian.model.ids import Id
from baodian.model.quantities import parameters_in
from baodian.model.references import ClassRef, Ref, Selector, Target, split_reference
from baodian.playbook import Playbook, places
from baodian.playbook.successors import stands_for
from baodian.said.messages import Message, msg
from baodian.said.problems import At, Problem, Related
from baodian.text.nearest import nearest


def known(playbook: Playbook, what: str) -> Collection[str]:
    """Return the ids of a kind of entity, or of what the settings or measure groups list."""
    match what:
        case "measures":
            return playbook.measure_groups
        case "slot":
            return playbook.slots
        case "setters":
            return (*model.SETTERS, *playbook.of_kind("role"))
        case places.KIND:
            return places.places(playbook)
        case "class":
            return tuple(f"{scheme.id}/{id_}" for scheme, id_, _ in playbook.classes())
    return playbook.settings.listed(what) or playbook.of_kind(what)


def _exists(playbook: Playbook, what: str, id_: str) -> bool:
    """Say whether `known` has an id; only that one is looked at."""
    if what == "class":
        return playbook.find(what, id_) is not None
    if what == "setters":
        return id_ in model.SETTERS or id_ in playbook.of_kind("role")
    return id_ in known(playbook, what)


def successor(playbook: Playbook, reference: str) -> str | None:
    """Return what a retired id was replaced by, at the end of the chain; None if not retired."""
    new = stands_for(playbook.retired, reference)
    return new if reference in playbook.retired else None


def not_in_force(playbook: Playbook, at: At, key: str, shown: str = "") -> Problem | None:
    """Return the problem that what is named at `at` is written, but not in force; else None.

    `key` is `kind:id` or `kind:id#part`, `shown` what it is called if not so. Right: to name what
    holds on the same days. Wrong: to name a script that is withdrawn from 2027-01-01 on.
    """
    whole, _, part = key.partition("#")
    absent = playbook.absent.get(key) or playbook.absent.get(whole)
    if absent is None:
        return None
    ref, since, until = shown or key, absent.period.since, absent.period.until
    hint = msg("Let both hold on the same days, or name something else.")
    related = Related(absent.at, msg("Its dates stand here."))
    if absent.withdrawn:
        message = msg("“{ref}” is withdrawn.", ref=ref)
        if since:
            message = msg("“{ref}” is withdrawn from {day} on.", ref=ref, day=str(since))
        hint = msg("Take it out of here too.")
        if absent.successor and playbook.find(*absent.successor):
            hint = msg("Only another {kind} can stand here: “{new}” cannot.",
                       kind=whole.partition(":")[0], new=":".join(absent.successor))  # fmt: skip
        elif not part:
            hint = msg("Take it out of here too, or name under “successor” what stands for it.")
        related = Related(absent.at, msg("What withdraws it stands here."))
    elif since and until:
        message = msg("“{ref}” holds only from {since} to {until}.",
                      ref=ref, since=str(since), until=str(until))  # fmt: skip
    elif since:
        message = msg("“{ref}” holds only from {day} on.", ref=ref, day=str(since))
    else:
        message = msg("“{ref}” holds only until {day}.", ref=ref, day=str(until))
    return Problem("unknown-reference", at, message, hint, (related,))


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
    adds = playbook.once(_added)
    named = [(v.at, v.kind, v.id, v.part) for _, _, v in values(playbook) if isinstance(v, Ref)]
    named += [
        (at, piece.kind, piece.id, piece.part)
        for at, piece in marks_in(playbook)
        if isinstance(piece, prose.Reference)
    ]
    for at, kind, id_, part in named:
        if f"{kind}:{id_}" not in adds.get(at.file, ()) or playbook.find(kind, id_):
            yield from _missing(playbook, at, kind, id_, part)


def _added(playbook: Playbook) -> Mapping[str, frozenset[str]]:
    """Return what layers add, by their files."""
    layers = (*playbook.of(model.Change).values(), *playbook.overlays.values())
    return {layer.at.file: frozenset(map(str, layer.add)) for layer in layers}


def _missing(
    playbook: Playbook, at: At, kind: str, id_: str, part: str | None
) -> Iterator[Problem]:
    if kind not in kinds.words():
        return  # told by `to_kinds`
    whole = f"{kind}:{id_}"
    full = f"{whole}#{part}" if part else whole
    if kind == "class" and (problem := class_not_in_force(playbook, at, id_)):
        yield problem
        return
    exists = _exists(playbook, kind, id_)
    if exists and (part is None or part in playbook.parts(kind, id_)):
        return
    if problem := not_in_force(playbook, at, full):
        yield problem
        return
    for old in dict.fromkeys((full, whole)):
        if (new := successor(playbook, old)) and not (exists and old == whole):
            yield _retired(at, old, new)
            return
    message = msg("“{ref}” does not exist.", ref=full)
    if not exists:
        choices = known(playbook, kind)
        hint = _as_reference(kind, id_, choices)
        if hint is None or (kind != "page" and len(choices) > 1 and not nearest(id_, choices)):
            hint = msg("It was there once? Then write into retired.yml what stands for it: "
                       "“{line}”.", line=retired_line(whole))  # fmt: skip
        yield Problem("unknown-reference", at, message, hint)
    else:
        choices = sorted(playbook.parts(kind, id_))
        hint = meant(full, (f"{whole}#{choice}" for choice in choices))
        yield Problem("unknown-reference", at, message, hint)


def retired_line(ref: str) -> str:
    """Return the line of retired.yml that says what stands for a thing that was deleted."""
    return f"{ref}: {ref.partition(':')[0]}:…"


def class_not_in_force(playbook: Playbook, at: At, class_: str) -> Problem | None:
    """Return the problem that a class, given as `scheme/class`, is written, but not in force."""
    key = f"scheme:{class_.replace('/', '#', 1)}"
    if problem := not_in_force(playbook, at, key, f"class:{class_}"):
        return problem
    coming = playbook.once(_coming)
    if class_ not in coming or _exists(playbook, "class", class_):
        return None
    layer, place = coming[class_]
    hint = msg("Write this into {file} too, under “change:” or “add:”.", file=layer.at.file)
    message = msg("“{ref}” is there in {city} only.", ref=f"class:{class_}", city=layer.label)
    if layer.effective_from is not None:
        message = msg("“{ref}” holds only from {day} on.",
                      ref=f"class:{class_}", day=str(layer.effective_from))  # fmt: skip
    related = Related(place, msg("The class stands here."))
    return Problem("unknown-reference", at, message, hint, (related,))


def _coming(playbook: Playbook) -> Mapping[str, tuple[model.Change | model.Overlay, At]]:
    """Return the classes that layers put into schemes, each with the layer and its place."""
    coming: dict[str, tuple[model.Change | model.Overlay, At]] = {}
    layers: list[model.Change | model.Overlay] = [
        *playbook.of(model.Change).values(), *playbook.overlays.values()
    ]  # fmt: skip
    for layer in layers:
        for ref, step in layer.change.items():
            kind, id_, _ = split_reference(ref)
            extra = getattr(step, "model_extra", None) if kind == "scheme" else None
            classes = (extra or {}).get("classes")
            for name in classes if isinstance(classes, dict) else ():
                coming.setdefault(f"{id_}/{name}", (layer, name.at))
    return coming


def _as_reference(kind: str, id_: str, choices: Collection[str]) -> Message | None:
    return meant(id_, choices, f"{kind}:")


def _retired(at: At, old: str, new: str) -> Problem:
    message = msg("“{old}” is retired.", old=old)
    return Problem("retired-in-use", at, message, msg("Write “{new}”.", new=new))


def by_plain_id(playbook: Playbook) -> Iterator[Problem]:
    """Ids that stand alone in their field exist.

    Right: `who: rep`. Wrong: `who: reps`.
    """
    for _, _, value in values(playbook):
        if isinstance(value, Id) and value.kind and value.kind not in TOLD_ELSEWHERE:
            yield from _unknown_id(playbook, value)


TOLD_ELSEWHERE = frozenset(("measure", "class", "dimension", "sign", "tell", "element", "kind"))
"""Kinds of ids whose choices depend on where they stand: `schemes`, `shapes`, `records` tell."""


def _unknown_id(playbook: Playbook, value: Id) -> Iterator[Problem]:
    what = value.kind
    if _exists(playbook, what, str(value)):
        return
    if problem := not_in_force(playbook, value.at, f"{what}:{value}"):
        yield problem
        return
    if new := successor(playbook, f"{what}:{value}"):
        yield _retired(value.at, str(value), new.removeprefix(f"{what}:"))
        return
    message = msg("“{id}” is no known {kind}.", kind=noun(what), id=str(value))
    yield Problem("unknown-reference", value.at, message, meant(str(value), known(playbook, what)))


def noun(what: str) -> Message:
    """Return what a kind of id is called. Raises `KeyError` for one that is told elsewhere."""
    return {
        "role": msg("role"),
        "setters": msg("setter: city, team, company or a role"),
        "events": msg("event in playbook.yml"),
        "script": msg("script"),
        "checklist": msg("list"),
        "scheme": msg("scheme"),
        "channel": msg("channel"),
        "case": msg("case"),
        "kinds_of_customer": msg("kind of customer in playbook.yml"),
        "measures": msg("group of measures"),
        "groups.script": msg("group of scripts in playbook.yml"),
        "groups.checklist": msg("group of lists in playbook.yml"),
        "groups.guide": msg("group of methods in playbook.yml"),
        "escalation": msg("row in escalation.yml"),
        "guide": msg("method"),
        "moment": msg("moment"),
    }[what]


def to_classes(playbook: Playbook) -> Iterator[Problem]:
    """Selectors, targets and profiles name schemes and classes that exist.

    Right: `for: activity/loyal`. Wrong: `for: activity/loyl`.
    """
    for _, _, value in values(playbook):
        if isinstance(value, Selector):
            for term in value.terms:
                for name in dict.fromkeys((term.low, term.high)):
                    yield from _unknown_class(playbook, value.at, term.scheme, name)
        elif isinstance(value, ClassRef) or (isinstance(value, Target) and not value.ends):
            yield from _unknown_class(playbook, value.at, value.scheme, value.name)


def _unknown_class(playbook: Playbook, at: At, scheme: str, name: str | None) -> Iterator[Problem]:
    known_scheme = playbook.schemes.get(scheme)
    if known_scheme is None:
        if problem := not_in_force(playbook, at, f"scheme:{scheme}"):
            yield problem
            return
        if new := successor(playbook, f"scheme:{scheme}"):
            yield _retired(at, f"scheme:{scheme}", new)
            return
        message = msg("“{id}” is no known {kind}.", kind=noun("scheme"), id=scheme)
        yield Problem("unknown-reference", at, message, meant(scheme, playbook.schemes))
    elif name is not None and name not in known_scheme.classes:
        old = f"class:{scheme}/{name}"
        if problem := class_not_in_force(playbook, at, f"{scheme}/{name}"):
            yield problem
            return
        if new := successor(playbook, old):
            yield _retired(at, f"{scheme}/{name}", new.removeprefix("class:"))
            return
        message = msg("“{scheme}” has no class “{id}”.", scheme=str(known_scheme.name), id=name)
        yield Problem("unknown-reference", at, message, meant(name, map(str, known_scheme.classes)))


WHOLE = ("count", "percent")  # `records.parameters` tells if one of them is no whole number


def of_parameters(playbook: Playbook) -> Iterator[Problem]:
    """Parameters in intervals and frequencies exist and are whole numbers.

    Right: `每 【param:cycle-c】 天`. Wrong: `每 【param:cicle-c】 天`, or a phone number.
    """
    for _, _, value in values(playbook):
        for id_ in parameters_in(value):
            if id_ not in playbook.params:
                yield from _missing(playbook, value.at, "param", id_, None)
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
            yield from _undeclared(playbook, at, piece.name)


def _undeclared(playbook: Playbook, at: At, name: str) -> Iterator[Problem]:
    if problem := not_in_force(playbook, at, f"slot:{name}"):
        yield problem
    elif name not in playbook.slots:
        hint = meant(name, playbook.slots) or msg(
            "Declare it in slots.yml: “{name}: {{example: …}}”.", name=name
        )
        message = msg("The slot “{name}” is not declared in slots.yml.", name=name)
        yield Problem("unknown-slot", at, message, hint)


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
                yield from _missing(playbook, at, piece.kind, piece.id, piece.part)
            elif isinstance(piece, prose.Gap):
                yield from _undeclared(playbook, at, piece.name)
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
                _exists(playbook, kind, id_)
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
            elif not _elsewhere(playbook, new):
                yield from _missing(playbook, at, *split_reference(new))
        except Bad as error:
            yield Problem(error.code, at, error.message, error.hint)


def _elsewhere(playbook: Playbook, ref: str) -> bool:
    """Say whether something is written, and holds on other days or in a city alone.

    What is withdrawn leads nowhere if nothing stands for it; if something should, it must be there.
    """
    kind, id_, _ = split_reference(ref)
    whole = f"{kind}:{id_}"
    keys = (ref, whole)
    if kind == "class":
        keys = (f"scheme:{id_.replace('/', '#', 1)}", f"scheme:{id_.partition('/')[0]}")
    found = next((a for key in keys if (a := playbook.absent.get(key)) is not None), None)
    if found is not None:
        return found.successor is None
    return playbook.find(kind, id_) is None and (
        any(whole in added for added in _added(playbook).values())
        or (kind == "class" and id_ in playbook.once(_coming))
    )


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
