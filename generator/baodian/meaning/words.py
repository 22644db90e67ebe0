"""Things, parts and values of a playbook in words, as data that waits for a language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import reduce
from typing import Any

from baodian import model
from baodian.meaning import beside
from baodian.meaning.names import FIELDS, HOLDERS, KIND_NAMES
from baodian.meaning.values import whom, words_of
from baodian.model import intervals, prose
from baodian.model.choices import CHOICES
from baodian.model.entity import Record
from baodian.model.fields import Field, Flag, Name, OneOf, Prose
from baodian.model.ids import Id
from baodian.model.leaves import KEY, Path
from baodian.model.methods import TableRow
from baodian.model.quantities import Frequency, Range
from baodian.model.references import ClassRef, Ref, Selector, Target
from baodian.playbook import Class, Playbook
from baodian.playbook.places import KIND, PLACES
from baodian.said import messages
from baodian.said.messages import Message, msg
from baodian.source import Mapping as Tree
from baodian.text.signs import room
from baodian.text.units import agreed

_SPOKEN = (Prose, Name)
"""What of a thing is told where all of it is new or gone: texts, no ids and no bare numbers."""
LABEL = 24
"""How many Han characters of a text stand for it where it is only named."""


def text(words: str) -> Message:
    """Return words of the data as a message."""
    return msg("{text}", text=words)


def listed(messages: Iterable[Message | str]) -> Message:
    """Return several as a list in one line."""
    return msg("{list}", list=tuple(messages))


def alternatives(messages: tuple[Message, ...]) -> Message:
    """Return cases of which one is enough."""
    return reduce(lambda a, b: msg("{a}; or {b}", a=a, b=b), messages)


def said(playbook: Playbook, prose_: str) -> str:
    """Return a text as it reads: values of parameters and names instead of marks."""
    return "".join(_piece(playbook, piece) for piece in prose.parse(prose_))


def _piece(playbook: Playbook, piece: prose.Piece) -> str:
    match piece:
        case prose.Reference("param", id_, _) if id_ in playbook.values:
            return playbook.worded(id_)
        case prose.Reference(kind, id_, _):
            return named(playbook, f"{kind}:{id_}")
        case prose.Gap(name):
            return f"【{name}】"
        case _:
            return piece.text


def named(playbook: Playbook, key: str) -> str:
    """Return the name of a thing or class as readers see it; its id if it is not there."""
    kind, _, id_ = key.partition(":")
    if kind == "class":
        scheme, _, name = id_.partition("/")
        owner = playbook.named("scheme", scheme)
        known = isinstance(owner, model.Scheme) and name in owner.classes
        return playbook.class_name((scheme, name)) if known else id_
    if kind == KIND and id_ in PLACES:
        return messages.words(str(playbook.settings.language)).text(PLACES[id_][0])
    thing = playbook.named(kind, id_)
    return short(said(playbook, thing.label)) if thing else id_ or key


def about(playbook: Playbook, key: str) -> Message:
    """Return what a thing is called, with the word for its kind; a class goes by its name."""
    kind = key.partition(":")[0]
    if key == "playbook":
        return msg("The settings")
    if kind == "class" or kind not in KIND_NAMES:
        return text(named(playbook, key) if kind == "class" else key)
    move = playbook.transitions.get(key.partition(":")[2]) if kind == "transition" else None
    name = _move(playbook, move) if move else None
    return msg("{kind} “{name}”", kind=KIND_NAMES[kind], name=name or named(playbook, key))


def _move(playbook: Playbook, move: model.Transition) -> Message | None:
    """Return from which class to which a move leads, if it does: several happen alike."""
    groups = whom(move.from_, playbook, None)
    if move.to is None or move.to.ends or any(len(group) != 1 for group in groups):
        return None
    return msg("{old} → {new}", old=customers(playbook, groups), new=value(playbook, move.to))


def short(words: str, most: int = LABEL) -> str:
    """Return a text, the end left out if it is long; never inside a Latin word or number."""
    line = " ".join(words.split())
    most = room(line, most)
    if len(line) <= most:
        return line
    cut = line[:most]
    while cut and cut[-1].isascii() and cut[-1].isalnum() and line[len(cut)].isascii() and (
        line[len(cut)].isalnum()
    ):  # fmt: skip
        cut = cut[:-1]
    return f"{(cut or line[:most]).rstrip()}…"


def place(playbook: Playbook, record: object, path: Path) -> Message | None:
    """Return where in a record a path leads, in words; None for the record itself."""
    words: list[Message] = []
    value: object = record
    around: list[object] = []  # the records on the way
    for step in path:
        around.append(value)
        name = _field(value, step)
        found = _inside(value, step)
        if name:
            if not _goes_without_saying(value, step, words):
                words.append(FIELDS.get(step) or FIELDS.get(f"{step}_", text(step)))
        elif step in ("+", "-", KEY) or step.isdigit():
            pass
        else:
            label = _label(playbook, around, step, found)
            words.append(label if isinstance(label, Message) else text(label))
        value = found
    if not words and path[-1:] and path[-1] in FIELDS:
        words = [FIELDS[path[-1]]]
    return reduce(lambda a, b: msg("{a} · {b}", a=a, b=b), words) if words else None


def _goes_without_saying(value: object, step: str, before: Sequence[Message]) -> bool:
    """Say whether the name of a key adds nothing: what is in it has names, or is all there is."""
    if step in HOLDERS or (step == "text" and before):
        return True
    return step == "say" and isinstance(value, model.Variant)


def _field(value: object, step: str) -> bool:
    """Say whether a step is a key of the data: of a record, or of what a layer sets."""
    if isinstance(value, Record) and step in type(value).model_fields:
        return True
    free = isinstance(value, Tree) or (isinstance(value, Record) and value.model_extra)
    return bool(free) and (step in FIELDS or f"{step}_" in FIELDS)


def is_field(record: object, path: Path) -> bool:
    """Say whether a path ends at a key of the data, not at something with a name of its own."""
    return _field(inside(record, path[:-1]), path[-1])


def inside(record: object, path: Path) -> object:
    """Return what stands in a record at the end of a path, None for nothing."""
    for step in path:
        record = _inside(record, step)
    return record


def _inside(value: object, step: str) -> object:
    if isinstance(value, Record):
        extra = value.model_extra or {}
        return getattr(value, step, None) if step in type(value).model_fields else _at(extra, step)
    if isinstance(value, dict):
        return _at(value, step)
    if isinstance(value, tuple):
        if step.isdigit() and int(step) < len(value):
            return value[int(step)]
        return next((v for v in value if isinstance(v, Record) and v.id_in_list == step), None)
    return None


def _at(map_: Mapping[Any, object], step: str) -> object:
    return next((value for key, value in map_.items() if str(key) == step), None)


def _label(
    playbook: Playbook, around: Sequence[object], step: str, inside: object
) -> Message | str:
    """Return what readers call a thing inside others: by its name or text, else by its id."""
    if isinstance(holder := around[-1], dict):
        key = next((k for k in holder if str(k) == step), None)
        if isinstance(key, Ref):
            return named(playbook, key.entity)
        if isinstance(key, Id) and (name := beside.named(playbook, around, key)):
            return name
        if isinstance(key, Id) and key.kind and playbook.find(key.kind, step):
            return named(playbook, f"{key.kind}:{step}")
    if ":" in step:
        return named(playbook, step.partition("#")[0])
    if isinstance(inside, model.Variant):
        theirs = customers(playbook, whom(inside.for_, playbook, None))
        return msg("first words to {whom}", whom=theirs)
    if isinstance(inside, TableRow):
        return _asked(playbook, around, inside)
    if isinstance(inside, Record):
        selectors = getattr(inside, "whom", ())
        if selectors and not getattr(inside, "what", None):
            return customers(playbook, whom(selectors, playbook, None))
        for name in ("title", "name", "customer", "they_say", "ask", "what", "text"):
            if label := getattr(inside, name, None):
                return short(said(playbook, str(label)))
        if months := getattr(inside, "months", None):
            return msg("months {months}", months=value(playbook, months))
        return CHOICES.get(str(getattr(inside, "kind", "")), step)
    if isinstance(inside, Field):
        return short(said(playbook, str(inside)))
    return step


def _asked(playbook: Playbook, around: Sequence[object], row: TableRow) -> Message:
    """Return what a row of a table asks: what it is called by."""
    found = (
        msg("{name} {value}", name=beside.named(playbook, around, id_) or str(id_),
            value=said(playbook, beside.answer(around, (str(id_),), one)))
        for id_, criteria in row.when.items() for one in criteria
    )  # fmt: skip
    return listed(found)


def value(playbook: Playbook, given: object, around: Sequence[object] = ()) -> Message:
    """Return a value in words; what it means may stand in the records around it."""
    match given:
        case None:
            return msg("nothing")
        case Frequency():
            return text(often(playbook, given))
        case Flag():
            return msg("yes") if given.yes else msg("no")
        case OneOf():
            return CHOICES.get(str(given), text(str(given)))
        case Range():
            try:
                return given.interval.resolve(playbook.numbers).message()
            except KeyError:
                return text(str(given))
        case Ref():
            return text(named(playbook, given.entity))
        case ClassRef() | Target():
            if not given.scheme:
                return msg("over")
            return text(named(playbook, f"class:{given.scheme}/{given.name}"))
        case Id():
            if label := beside.named(playbook, around, given):
                return text(label)
            key = f"{given.kind}:{given}"
            listed_ = playbook.settings.listed(given.kind)
            if name := next((str(n) for k, n in listed_.items() if k == given), ""):
                return text(name)
            if group := playbook.measure_groups.get(str(given)):
                return text(str(group.name))
            if playbook.find(given.kind, str(given)) is None:
                return CHOICES.get(str(given), text(str(given)))
            return text(named(playbook, key))
        case tuple() if given and isinstance(given[0], Selector):
            return customers(playbook, whom(given, playbook, None))
        case tuple():
            return listed(value(playbook, one, around) for one in given)
        case Prose() | str():
            return text(said(playbook, str(given)))
    return text(short(said(playbook, words_of(given, _SPOKEN) or words_of(given)), 80))


def often(playbook: Playbook, frequency: Frequency) -> str:
    """Return how often, with the numbers of its parameters."""
    words = str(frequency)
    for id_ in playbook.values:
        words = words.replace(f"【param:{id_}】", playbook.value(id_))
    return words


def customers(playbook: Playbook, groups: Iterable[frozenset[Class]]) -> Message:
    """Return whom sets of classes mean, in words, in the order of the rulers."""
    found = list(groups)
    if not found:
        return msg("nobody")
    if frozenset() in found:
        return msg("everyone")
    order = [(str(s.id), id_) for s, id_, _ in playbook.classes()]
    single = sorted((next(iter(g)) for g in found if len(g) == 1), key=_place(order))
    words: list[Message] = []
    for scheme in dict.fromkeys(c[0] for c in single):
        mine = [c for c in single if c[0] == scheme]
        owner = playbook.schemes.get(scheme)
        if owner is not None and len(mine) == len(owner.classes) > 1:
            words.append(msg("every class of {scheme}", scheme=str(owner.name)))
        else:
            words += [text(named(playbook, f"class:{'/'.join(c)}")) for c in mine]
    for group in sorted(sorted(g) for g in found if len(g) > 1):
        names = [text(named(playbook, f"class:{'/'.join(c)}")) for c in group]
        words.append(reduce(lambda a, b: msg("{a} and {b}", a=a, b=b), names))
    return listed(words)


def _place(order: list[Class]) -> Callable[[Class], int]:
    return lambda class_: order.index(class_) if class_ in order else len(order)


def interval(span: intervals.Interval, unit: str) -> Message:
    """Return numbers with their unit: 60 天到 89 天, 不满 10 台."""
    message = span.message()
    params = {
        key: f"{bound} {agreed(bound, unit)}" if unit else bound
        for key, bound in message.params
        if isinstance(bound, str)
    }
    return msg(message.msgid, **params)
