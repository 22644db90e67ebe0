"""Texts that still say an old fact: to be read again, with their places.

A number counts as quoted only with its unit, and only near what has changed: in the thing itself,
in what names it, on the pages of the classes it touches, or in a text that says their names. A name
that is gone counts wherever it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from baodian import model
from baodian.meaning import words
from baodian.meaning.change import Change, Quote
from baodian.meaning.compare import HOUSEKEEPING
from baodian.meaning.naming import Naming
from baodian.meaning.telling import touched
from baodian.model import interval_texts, prose
from baodian.model.fields import Field, Name, Prose
from baodian.model.leaves import KEY, Path, leaves
from baodian.model.quantities import Criterion, Frequency, Range
from baodian.playbook import Class, Playbook
from baodian.playbook.content import lines
from baodian.said.problems import At
from baodian.text.amounts import amounts, measured
from baodian.text.finding import Words

Size = tuple[Fraction, str]
_Says = Callable[[str], Iterator[tuple[int, int]]]
Place = tuple[str, Path]
"""A thing, and where in it: all below that path."""

SILENT = frozenset(("source", "change", "overlay"))
"""Kinds that rightly say what was: ledgers of sources, and layers with their reasons."""
_SAYING_OLD = frozenset(("sources_say", "was", "promised")) | HOUSEKEEPING
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


@dataclass(frozen=True)
class Leaf:
    """A value of the playbook: of which thing, by which path."""

    key: str
    path: Path
    value: Field


def quotes(
    naming: Naming, changes: tuple[Change, ...]
) -> Iterator[tuple[Change, tuple[Quote, ...]]]:
    """Yield each change with the texts of the new playbook that still say what was before it.

    A text stands at the first change only that it belongs to.
    """
    told: set[tuple[At, str]] = set()
    for change in changes:
        mine: list[Quote] = []
        for fact in facts(naming, change):
            for quote in _quoting(naming, fact):
                if (quote.at, quote.quoted) not in told:
                    told.add((quote.at, quote.quoted))
                    mine.append(quote)
        yield change, tuple(sorted(mine, key=lambda quote: quote.at))


# --- what is no longer so -------------------------------------------------------------------------


def facts(naming: Naming, change: Change) -> Iterator[Fact]:
    """Yield what a change has made untrue."""
    kind, _, id_ = change.entity.partition(":")
    near = frozenset(((change.entity, ()), *_naming(naming.new, change.entity)))
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
    before = next(
        (o for o in naming.old.schemes.values() if naming.key(o.key) == f"scheme:{scheme}"), None
    )
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
    old = next(
        (o for o in naming.old.schemes.values() if naming.key(o.key) == f"scheme:{scheme}"), None
    )
    if new is None or old is None or len(old.classes) == len(new.classes):
        return
    tables = (m.key for m in naming.new.matrices.values() if m.rows == scheme)
    about = (
        key for key, classes in naming.new.once(_for_whom).items()
        if any(class_[0] == scheme for class_ in classes)
    )  # fmt: skip
    whole = ((key, ()) for key in (new.key, *tables, *about))
    near = frozenset((*whole, *_naming(naming.new, new.key)))
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
        if before and now and before != now and change.kind == "reworded":
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


# --- who says it ----------------------------------------------------------------------------------


def _quoting(naming: Naming, fact: Fact) -> Iterator[Quote]:
    playbook = naming.new
    if fact.name and fact.name in fact.but:
        return  # another thing is called so now
    says = _names(fact) if fact.name else _sizes(fact)
    for leaf in playbook.once(texts):
        if not _near(naming, fact, leaf):
            continue
        heard, offsets = prose.heard(str(leaf.value))
        if fact.sizes and not _said_before(naming, leaf, says):
            continue
        for start, end in says(heard):
            at = leaf.value.where(offsets[start]) if offsets else leaf.value.at
            around = _sentence(str(leaf.value), heard, offsets, start, end)
            yield Quote(at, leaf.key, heard[start:end], words.said(playbook, around))
    if fact.anywhere:
        for line in lines(playbook.content):
            for start, end in says(line.text):
                yield Quote(line.at, line.at.file, line.text[start:end], line.text)


_STOPS = "。！？\n"


def _sentence(text: str, heard: str, offsets: tuple[int, ...], start: int, end: int) -> str:
    """Return the sentence of a text in which some of its words stand."""
    first = max(heard.rfind(stop, 0, start) for stop in _STOPS) + 1
    last = min((n for stop in _STOPS if (n := heard.find(stop, end)) >= 0), default=len(heard) - 1)
    begin = 0 if first == 0 else offsets[first - 1] + 1
    stop = len(text) if last == len(heard) - 1 else offsets[last] + 1
    return text[begin:stop].strip()


def _said_before(naming: Naming, leaf: Leaf, says: _Says) -> bool:
    """Say whether the text that stood at a place said the same; one that is new there may not."""
    before = naming.old.once(_by_place).get((leaf.key, leaf.path))
    return before is None or any(says(prose.heard(before)[0]))


def _by_place(playbook: Playbook) -> Mapping[tuple[str, Path], str]:
    return {(leaf.key, leaf.path): str(leaf.value) for leaf in playbook.once(texts)}


def _near(naming: Naming, fact: Fact, leaf: Leaf) -> bool:
    if fact.anywhere or any((leaf.key, leaf.path[:n]) in fact.places for n in range(4)):
        return True
    kind, _, id_ = leaf.key.partition(":")
    if kind == "class" and _class(id_) in fact.classes:
        return True
    if kind == "scheme" and leaf.path[0] == "classes" and (id_, leaf.path[1]) in fact.classes:
        return True
    mine = naming.new.once(_for_whom).get(leaf.key, frozenset())
    if mine and mine <= fact.classes:
        return True
    named = words.named(naming.new, leaf.key)
    return any(name in leaf.value or name == named for name in fact.called)


FEW = 10
"""Below it, a number counts many things: only a text that speaks of the right one quotes it."""


def _speaks_of(text: str, fact: Fact) -> bool:
    """Say whether a text has two signs in a row of what a number is about."""
    return any(
        not name[n : n + 2].isascii() and name[n : n + 2] in text
        for name in fact.called for n in range(len(name) - 1)
    )  # fmt: skip


def _sizes(fact: Fact) -> _Says:
    def says(text: str) -> Iterator[tuple[int, int]]:
        found = {a.size: a for a in reversed(amounts(text))}
        few = all(size[0] < FEW for size in fact.sizes) and not fact.counting
        if few and not _speaks_of(text, fact):
            return
        if fact.sizes and all(size in found for size in fact.sizes):
            spans = [found[size] for size in fact.sizes]
            yield min(a.start for a in spans), max(a.end for a in spans)

    return says


def _names(fact: Fact) -> _Says:
    looked = Words((fact.name,), fact.but)

    def says(text: str) -> Iterator[tuple[int, int]]:
        for start, word in looked.found(text):
            yield start, start + len(word)

    return says


def texts(playbook: Playbook) -> tuple[Leaf, ...]:
    """Return every text that readers read, but for those that rightly say what was."""
    return tuple(
        leaf for leaf in playbook.once(values)
        if isinstance(leaf.value, Prose | Name)
        and leaf.key.partition(":")[0] not in SILENT
        and not _SAYING_OLD & set(leaf.path)
        and KEY not in leaf.path
        and leaf.path[-1] not in ("default", "unit")
    )  # fmt: skip


def values(playbook: Playbook) -> tuple[Leaf, ...]:
    """Return every value that can name something or say a number."""
    return tuple(
        Leaf(key, path, value)
        for key, record in playbook.records()
        for path, value in leaves(record)
        if isinstance(value, Prose | Name | Range | Criterion | Frequency)
    )


def _for_whom(playbook: Playbook) -> Mapping[str, frozenset[Class]]:
    """Return the classes that each thing is for."""
    same = Naming(playbook, playbook)
    return {key: frozenset(touched(same, key, record, playbook))
            for key, record in playbook.records()}  # fmt: skip


def _class(id_: str) -> Class:
    scheme, _, name = id_.partition("/")
    return scheme, name


def _naming(playbook: Playbook, key: str) -> Iterator[Place]:
    """Yield what stands around the values that name a thing or reckon with it."""
    mark = (f"【{key}】", f"【{key}#")
    for leaf in playbook.once(values):
        if any(sign in leaf.value for sign in mark):
            yield leaf.key, leaf.path[: min(len(leaf.path) - 1, 2)]


def naming_it(playbook: Playbook, key: str) -> frozenset[str]:
    """Return the `kind:id` of what names a thing in a text, or reckons with a parameter."""
    return frozenset(by for by, _ in _naming(playbook, key))
