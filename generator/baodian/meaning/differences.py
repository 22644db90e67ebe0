"""Two playbooks → every change of meaning between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from baodian import model
from baodian.meaning import again, contacting, entitled, schemes, tables, texts, words
from baodian.meaning.change import Change, Kind, in_order
from baodian.meaning.layered import with_layer
from baodian.meaning.naming import Naming, naming
from baodian.meaning.telling import Pair, told, whole
from baodian.model.entity import Record
from baodian.playbook import Playbook
from baodian.said.messages import Message, msg
from baodian.said.problems import At
from baodian.text.amounts import amounts
from baodian.text.fold import fold


def diff(old: Playbook, new: Playbook, *, quotes: bool = True) -> tuple[Change, ...]:
    """Return what means something else in `new` than in `old`, the most important kind first.

    Nothing is returned for what is only written otherwise: style, order without meaning, equal
    rules, signs between words. Drafts count as what they are: give both as `published` to leave
    them out. Without `quotes`, texts that still say what it was are not looked for. Never raises
    for playbooks without problems.
    """
    called = naming(old, new)
    found = [*_things(called), *contacting.class_contacts(called), *_content(called)]
    timed = (with_layer(called, _timed(called, one)) for one in _steered(called, found))
    ordered = in_order(_told_apart(timed))
    if not quotes:
        return tuple(ordered)
    return tuple(replace(one, again=quoted) for one, quoted in again.quotes(called, ordered))


def _things(called: Naming) -> Iterator[Change]:
    for pair in _pairs(called):
        yield from whole(pair)
        if pair.old is not None and pair.new is not None:
            yield from _how(pair)(pair)


def _how(pair: Pair) -> Callable[[Pair], Iterator[Change]]:
    """Return what tells the changes of a thing that is on both sides."""
    by_model: tuple[tuple[type[Record], Callable[[Pair], Iterator[Change]]], ...] = (
        (model.Scheme, schemes.changes),
        (model.EntitlementMatrix, entitled.changes),
        (model.Rhythm, contacting.rhythm_changes),
        (model.Table, tables.changes),
        (
            model.MeasureGroup,
            lambda pair: told(pair, pair.differences(lambda p: p[0] == "measures")),
        ),
    )
    for record, tells in by_model:
        if isinstance(pair.old, record) and isinstance(pair.new, record):
            return tells
    return lambda pair: told(pair, pair.differences())


def _pairs(called: Naming) -> Iterator[Pair]:
    """Yield every thing as it was and as it is, under the id that it has now."""
    yield Pair(called, "playbook", called.old.settings, called.new.settings)
    before = {called.key(key): one for key, one in _records(called, called.old)}
    now = dict(_records(called, called.new))
    for key in dict.fromkeys((*now, *before)):
        yield Pair(called, key, before.get(key), now.get(key))


def _records(called: Naming, playbook: Playbook) -> Iterator[tuple[str, Record]]:
    for entity in playbook.all():
        yield entity.key, entity
    for id_, group in playbook.measure_groups.items():
        yield f"measure-group:{id_}", group
    for class_, guide in playbook.class_guides.items():
        now = called.class_(class_) if playbook is called.old else class_
        yield f"class:{'/'.join(now)}", guide
    for id_, slot in playbook.slots.items():
        yield f"slot:{id_}", slot


# --- what is steered by a value -------------------------------------------------------------------


def _steered(called: Naming, found: list[Change]) -> Iterator[Change]:
    """Yield the changes, a parameter's judged by what it does elsewhere."""
    for one in found:
        if one.entity.startswith("param:") and one.path == ("default",):
            steered = [other for other in found if one.entity in other.causes]
            classes = dict.fromkeys(c for other in (one, *steered) for c in other.classes)
            yield replace(
                one, kind=_of_all({other.kind for other in steered}), classes=tuple(classes),
                effects=(*one.effects, *_shown(called, one)),
            )  # fmt: skip
        else:
            yield one


def _timed(called: Naming, one: Change) -> Change:
    """Return a change with the hours of a month that it alters."""
    if not contacting.takes_time(called, one):
        return one
    return replace(one, effects=(*one.effects, *contacting.month_hours(called)))


def _of_all(kinds: set[Kind]) -> Kind:
    clear = kinds & {"tightened", "loosened"}
    return clear.pop() if len(clear) == 1 else "moved"


def _shown(called: Naming, one: Change) -> Iterator[Message]:
    users = texts.naming_it(called.new, one.entity)
    if users:
        yield msg(
            "{n} {n|place of the handbook shows it and changes|places of the handbook show it and "
            "change} with it.",
            n=len(users),
        )


# --- pages written by hand ------------------------------------------------------------------------


def _content(called: Naming) -> Iterator[Change]:
    before, now = dict(called.old.content), dict(called.new.content)
    for file in dict.fromkeys((*now, *before)):
        old, new = before.get(file), now.get(file)
        about, at = msg("The page {file}", file=file), At(file)
        if old is None:
            yield Change("new", file, (), about, msg("is new."), None, words.text(file), None, at,
                         ("new", file))  # fmt: skip
        elif new is None:
            yield Change("withdrawn", file, (), about, msg("is withdrawn."), words.text(file), None,
                         at, None, ("withdrawn", file))  # fmt: skip
        elif old != new:
            yield from _page(file, old, new)


def _page(file: str, old: str, new: str) -> Iterator[Change]:
    about = msg("The page {file}", file=file)
    before, now = (Counter(a.size for a in amounts(text)) for text in (old, new))
    line = _first_difference(old, new)
    if before != now:
        gone, more = _numbers(old, before - now), _numbers(new, now - before)
        yield Change(
            "moved", file, (), about,
            msg("numbers in it differ: {old} → {new}", old=gone or (msg("none"),),
                new=more or (msg("none"),)),
            words.listed(gone), words.listed(more), At(file, line), At(file, line),
            (file, tuple(sorted(map(str, before))), tuple(sorted(map(str, now)))),
        )  # fmt: skip
    elif fold(old) != fold(new):
        yield Change("reworded", file, (), about, msg("is reworded."), None, None, At(file, line),
                     At(file, line), ("reworded", file))  # fmt: skip


def _numbers(text: str, left: Mapping[tuple[Fraction, str], int]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text[a.start : a.end] for a in amounts(text) if a.size in left))


def _first_difference(old: str, new: str) -> int:
    pairs = enumerate(zip(old.splitlines(), new.splitlines(), strict=False), 1)
    return next((n for n, (a, b) in pairs if a != b), 1 + min(old.count("\n"), new.count("\n")))


# --- one fingerprint, one change ------------------------------------------------------------------


def _told_apart(changes: Iterable[Change]) -> Iterator[Change]:
    """Yield the changes, those that would have one fingerprint told apart by their turn."""
    seen: Counter[Hashable] = Counter()
    for change in changes:
        seen[change.facts] += 1
        turn = seen[change.facts]
        yield change if turn == 1 else replace(change, facts=(*change.facts, turn))
