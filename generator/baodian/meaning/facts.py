"""What a change has made untrue: sizes and names that a text may still say, and near what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from baodian import model
from baodian.meaning import words
from baodian.meaning.change import Change
from baodian.meaning.naming import Naming
from baodian.meaning.texts import SILENT, Place, for_whom, naming_places
from baodian.model import interval_texts
from baodian.model.quantities import Criterion
from baodian.playbook import Class, Playbook
from baodian.text.amounts import amounts, measured

Size = tuple[Fraction, str]
_STEPS = ("级", "类", "档")
"""How texts count the classes of a ruler."""


@dataclass(frozen=True)
class Fact:
    """What is no longer so: sizes that a text gives together, or a name; and where it is near.

    `anywhere` is for names: no other thing is called so.
    """

    sizes: tuple[Size, ...] = ()
    name: str = ""
    places: frozenset[Place] = frozenset()
    classes: frozenset[Class] = frozenset()
    called: tuple[str, ...] = ()
    anywhere: bool = False
    but: tuple[str, ...] = ()
    """Longer names in which the name says something else."""
    counting: bool = False
    """Whether it counts what stands around it, so that even a small number can be nothing else."""


def facts(naming: Naming, change: Change) -> Iterator[Fact]:
    """Yield what a change has made untrue."""
    kind, _, id_ = change.entity.partition(":")
    near = frozenset(((change.entity, ()), *naming_places(naming.new, change.entity)))
    classes = frozenset(change.classes)
    called = tuple(dict.fromkeys(
        words.named(naming.new, f"class:{'/'.join(c)}") for c in change.classes
    ))  # fmt: skip
    if kind == "param" and change.path == ("default",):
        old = naming.old.params[id_]
        if size := _of_param(old):
            yield Fact((size,), places=near, classes=classes, called=(*called, str(old.name)))
    elif kind == "scheme" and change.path == ("classes", "when"):
        for size in _bounds_gone(naming, id_):
            yield Fact((size,), places=near, classes=classes, called=called)
    elif kind == "rhythm" and change.path in (("each",), ("whole",)):
        yield Fact(_of_text(naming.old, change), places=near, classes=classes)
    elif kind == "matrix" and len(change.path) == 3 and change.kind == "tightened":
        name = words.named(naming.new, f"measure:{change.path[2]}")
        yield Fact(name=name, classes=classes, but=_others(naming.new, "measure", name))
    if change.kind in ("withdrawn", "new") and not change.path and kind == "class":
        yield from _counted(naming, id_.partition("/")[0])
    if change.kind == "withdrawn" and not change.path and kind not in SILENT:
        yield from _gone(naming, change.entity)
    if change.kind == "reworded":
        yield from _renamed(naming, change)


def _of_param(param: model.Param) -> Size | None:
    unit = "%" if param.type == "percent" else str(param.unit or "")
    if param.type not in ("count", "percent") or not unit:
        return None
    found = amounts(f"{param.default} {unit}")
    return found[0].size if found else None


def _of_text(playbook: Playbook, change: Change) -> tuple[Size, ...]:
    rhythm = playbook.rhythms.get(change.entity.partition(":")[2])
    often = rhythm and (rhythm.each or rhythm.whole)
    if not often:
        return ()
    sizes = [a.size for a in amounts(words.often(playbook, often))]
    return tuple(size for size in sizes if size != (Fraction(1), "次"))


def _bounds_gone(naming: Naming, scheme: str) -> Iterator[Size]:
    """Yield the bounds of a ruler's rules, with their units, that are none any more."""
    before = _before(naming, scheme)
    if before is not None and scheme in naming.new.schemes:
        now = set(_bounds(naming.new, naming.new.schemes[scheme]))
        yield from (size for size in dict.fromkeys(_bounds(naming.old, before)) if size not in now)


def _before(naming: Naming, scheme: str) -> model.Scheme | None:
    """Return a ruler as it was, by the id that it has now."""
    key = f"scheme:{scheme}"
    return next((o for o in naming.old.schemes.values() if naming.key(o.key) == key), None)


def _bounds(playbook: Playbook, scheme: model.Scheme) -> Iterator[Size]:
    units = {str(id_): str(d.unit or "") for id_, d in scheme.dimensions.items()}
    for class_ in scheme.classes.values():
        for box in class_.when:
            for id_, criteria in box.items():
                for criterion in criteria if units.get(str(id_)) else ():
                    yield from _ends(playbook, criterion, units[str(id_)])


def _ends(playbook: Playbook, criterion: Criterion, unit: str) -> Iterator[Size]:
    try:
        span = interval_texts.parse(criterion).resolve(playbook.numbers)
    except (interval_texts.BadInterval, KeyError):
        return
    for bound in (span.low, span.high):
        if bound is not None and not isinstance(bound, str):
            yield measured(Fraction(bound), unit)


def _counted(naming: Naming, scheme: str) -> Iterator[Fact]:
    """Yield how many classes a ruler had, if it has more or fewer now."""
    new = naming.new.schemes.get(scheme)
    old = _before(naming, scheme)
    if new is None or old is None or len(old.classes) == len(new.classes):
        return
    tables = (m.key for m in naming.new.matrices.values() if m.rows == scheme)
    about = (
        key for key, classes in naming.new.once(for_whom).items()
        if any(class_[0] == scheme for class_ in classes)
    )  # fmt: skip
    whole = ((key, ()) for key in (new.key, *tables, *about))
    near = frozenset((*whole, *naming_places(naming.new, new.key)))
    classes = frozenset((scheme, str(id_)) for id_ in new.classes)
    for unit in _STEPS:
        yield Fact(((Fraction(len(old.classes)), unit),), places=near, classes=classes,
                   called=(str(new.name),), counting=True)  # fmt: skip


def _gone(naming: Naming, key: str) -> Iterator[Fact]:
    kind = key.partition(":")[0]
    name = words.said(naming.old, _label(naming.old, key))
    if len(name) > 1:
        yield Fact(name=name, anywhere=True, but=_others(naming.new, kind, name))


def _renamed(naming: Naming, change: Change) -> Iterator[Fact]:
    """Yield the old name of a thing or class that has another one now."""
    for key in (change.entity, *(f"class:{'/'.join(c)}" for c in change.classes)):
        old = next((b for b, now in naming.things.items() if now == key), key)
        before, now = _label(naming.old, old), _label(naming.new, key)
        if before and now and before != now:
            kind = key.partition(":")[0]
            yield Fact(name=before, anywhere=True, but=_others(naming.new, kind, before))


def _label(playbook: Playbook, key: str) -> str:
    kind, _, id_ = key.partition(":")
    if kind == "class":
        found = words.named(playbook, key)
        return "" if found == id_ else found
    thing = playbook.find(kind, id_)
    named = getattr(thing, "name", None) or getattr(thing, "title", None)
    return str(named or "")


def _others(playbook: Playbook, kind: str, name: str) -> tuple[str, ...]:
    """Return the longer names of a kind in which a name stands, and the name if another has it."""
    keys = (f"class:{s.id}/{id_}" for s, id_, _ in playbook.classes())
    if kind != "class":
        keys = (f"{kind}:{id_}" for id_ in playbook.of_kind(kind))
    labels = (_label(playbook, key) for key in keys)
    return tuple(dict.fromkeys(label for label in labels if name in label))
