"""Whether what is named is there, and what is wrong if it is not: a problem for each reason."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from baodian import model
from baodian.checks.walk import meant
from baodian.model import kinds
from baodian.model.ids import Id
from baodian.model.references import split_reference
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
            return {**dict.fromkeys(model.SETTERS), **playbook.of_kind("role")}
        case places.KIND:
            return places.places(playbook)
        case "class":
            return {f"{s.id}/{id_}": s.class_name(id_) for s, id_, _ in playbook.classes()}
    return playbook.settings.listed(what) or playbook.of_kind(what)


def _parts(playbook: Playbook, what: str, id_: str) -> Collection[str]:
    """Return the ids of the parts of what is there."""
    return places.parts(playbook, id_) if what == places.KIND else playbook.parts(what, id_)


def is_there(playbook: Playbook, what: str, id_: str) -> bool:
    """Say whether `known` has an id; only that one is looked at."""
    if what == "class":
        return playbook.find(what, id_) is not None
    if what == "setters":
        return id_ in model.SETTERS or id_ in playbook.of_kind("role")
    return id_ in known(playbook, what)


def elsewhere(playbook: Playbook, ref: str) -> bool:
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
        any(whole in added for added in added_by_layers(playbook).values())
        or (kind == "class" and id_ in playbook.once(_coming))
    )


def added_by_layers(playbook: Playbook) -> Mapping[str, frozenset[str]]:
    """Return what layers add, by their files."""
    layers = (*playbook.of(model.Change).values(), *playbook.overlays.values())
    return {layer.at.file: frozenset(map(str, layer.add)) for layer in layers}


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


def successor(playbook: Playbook, reference: str) -> str | None:
    """Return what a retired id was replaced by, at the end of the chain; None if not retired."""
    new = stands_for(playbook.retired, reference)
    return new if reference in playbook.retired else None


def missing(playbook: Playbook, at: At, kind: str, id_: str, part: str | None) -> Iterator[Problem]:
    """Yield what is wrong if a reference leads nowhere."""
    if kind not in kinds.words():
        return  # told by `references.to_kinds`
    whole = f"{kind}:{id_}"
    full = f"{whole}#{part}" if part else whole
    if kind == "class" and (problem := class_not_in_force(playbook, at, id_)):
        yield problem
        return
    exists = is_there(playbook, kind, id_)
    if exists and (part is None or part in _parts(playbook, kind, id_)):
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
        choices = sorted(_parts(playbook, kind, id_))
        hint = meant(full, (f"{whole}#{choice}" for choice in choices))
        yield Problem("unknown-reference", at, message, hint)


def unknown_id(playbook: Playbook, value: Id) -> Iterator[Problem]:
    """Yield what is wrong if an id that stands alone in its field is none."""
    what = value.kind
    if is_there(playbook, what, str(value)):
        return
    if problem := not_in_force(playbook, value.at, f"{what}:{value}"):
        yield problem
        return
    if new := successor(playbook, f"{what}:{value}"):
        yield _retired(value.at, str(value), new.removeprefix(f"{what}:"))
        return
    message = msg("“{id}” is no known {kind}.", kind=noun(what), id=str(value))
    yield Problem("unknown-reference", value.at, message, meant(str(value), known(playbook, what)))


def unknown_class(playbook: Playbook, at: At, scheme: str, name: str | None) -> Iterator[Problem]:
    """Yield what is wrong if a scheme is none, or has no such class."""
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
        yield Problem("unknown-reference", at, message, meant(name, known_scheme.class_names()))


def undeclared(playbook: Playbook, at: At, name: str) -> Iterator[Problem]:
    """Yield what is wrong if a slot is not declared."""
    if problem := not_in_force(playbook, at, f"slot:{name}"):
        yield problem
    elif name not in playbook.slots:
        hint = meant(name, playbook.slots) or msg(
            "Declare it in slots.yml: “{name}: {{example: …}}”.", name=name
        )
        message = msg("The slot “{name}” is not declared in slots.yml.", name=name)
        yield Problem("unknown-slot", at, message, hint)


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


def class_not_in_force(playbook: Playbook, at: At, class_: str) -> Problem | None:
    """Return the problem that a class, given as `scheme/class`, is written, but not in force."""
    key = f"scheme:{class_.replace('/', '#', 1)}"
    if problem := not_in_force(playbook, at, key, f"class:{class_}"):
        return problem
    coming = playbook.once(_coming)
    if class_ not in coming or is_there(playbook, "class", class_):
        return None
    layer, place = coming[class_]
    hint = msg("Write this into {file} too, under “change:” or “add:”.", file=layer.at.file)
    message = msg("“{ref}” is there in {city} only.", ref=f"class:{class_}", city=layer.label)
    if layer.effective_from is not None:
        message = msg("“{ref}” holds only from {day} on.",
                      ref=f"class:{class_}", day=str(layer.effective_from))  # fmt: skip
    related = Related(place, msg("The class stands here."))
    return Problem("unknown-reference", at, message, hint, (related,))


def _retired(at: At, old: str, new: str) -> Problem:
    message = msg("“{old}” is retired.", old=old)
    return Problem("retired-in-use", at, message, msg("Write “{new}”.", new=new))


def retired_line(ref: str) -> str:
    """Return the line of retired.yml that says what stands for a thing that was deleted."""
    return f"{ref}: {ref.partition(':')[0]}:…"


def _as_reference(kind: str, id_: str, choices: Collection[str]) -> Message | None:
    return meant(id_, choices, f"{kind}:")


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
