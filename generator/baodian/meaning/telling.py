"""From what differs in the records of a thing to changes that say so, and whom they touch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from baodian import model
from baodian.meaning import beside, words
from baodian.meaning.change import Change, Kind
from baodian.meaning.compare import Comparing, Difference, Skip, keeps_house
from baodian.meaning.naming import Naming
from baodian.meaning.values import whom
from baodian.model.entity import Record
from baodian.model.fields import Field
from baodian.model.ids import RoleId
from baodian.model.leaves import Path, leaves
from baodian.model.quantities import Criterion, Frequency, Known, parameters_in
from baodian.model.references import Selector
from baodian.playbook import Class, Playbook, selectors_of
from baodian.playbook.contacts import rate
from baodian.said.messages import Message, msg
from baodian.said.problems import At


@dataclass(frozen=True)
class Pair:
    """A thing as it was and as it is; `key` is how it is called now, or was if it is gone."""

    naming: Naming
    key: str
    old: Record | None
    new: Record | None

    @property
    def record(self) -> Record:
        """Return it as it is, or as it was if it is gone."""
        found = self.new if self.new is not None else self.old
        assert found is not None
        return found

    @property
    def playbook(self) -> Playbook:
        """Return the playbook that `record` is of."""
        return self.naming.old if self.new is None else self.naming.new

    @property
    def about(self) -> Message:
        """Return what it is called."""
        if isinstance(self.record, model.MeasureGroup):
            return msg("{kind} “{name}”", kind=msg("group of measures"), name=str(self.record.name))
        return words.about(self.playbook, self.key)

    def differences(self, skip: Skip = lambda path: False) -> Iterator[Difference]:
        """Yield what differs; nothing where there is only one side."""
        if self.old is None or self.new is None or self.naming.same_as_written(self.old, self.new):
            return
        yield from Comparing(self.naming, self.key, skip).records(self.old, self.new)


def touched(naming: Naming, key: str, record: Record, playbook: Playbook) -> tuple[Class, ...]:
    """Return the classes that a thing is for, as they are called now; none for everyone.

    Of several conditions the first counts: `closing/b + line/care` is for 成交B.
    """
    found: list[Class] = []
    match record:
        case model.ClassGuide():
            found = [(record.class_.scheme, record.class_.name)]
        case model.Transition():
            found = [c for s in record.from_ for t in s.terms[:1] for c in playbook.selected(t)]
            if record.to is not None and record.to.scheme:
                found.append((record.to.scheme, record.to.name))
        case model.Case():
            found = [(c.scheme, c.name) for c in record.profile]
        case model.Measure():
            found = list(entitled(playbook, str(record.id)))
        case model.EntitlementMatrix() | model.TextMatrix():
            found = [(str(record.rows), str(row)) for row in record.cells]
        case model.Entity():
            selectors = selectors_of(record)
            if not any(s.everyone for s in selectors):
                found = [c for s in selectors for t in s.terms[:1] for c in playbook.selected(t)]
    now = naming.class_ if playbook is naming.old else lambda c: c
    return tuple(dict.fromkeys(now(class_) for class_ in found))


def entitled(playbook: Playbook, measure: str) -> Iterator[Class]:
    """Yield the classes that have a measure, after consent or not."""
    for matrix in playbook.of(model.EntitlementMatrix).values():
        for row, cell in matrix.cells.items():
            if measure in cell.has or measure in cell.approve:
                yield str(matrix.rows), str(row)


def roles_of(record: Record) -> tuple[str, ...]:
    """Return the roles that a thing names as those who do it or are meant."""
    found = (str(value) for _, value in leaves(record) if isinstance(value, RoleId))
    return tuple(dict.fromkeys(found))


def whole(pair: Pair) -> Iterator[Change]:
    """Yield that a thing is new, is gone, or has another id."""
    key, naming = pair.key, pair.naming
    before = next((b for b, now in naming.things.items() if now == key), "")
    name = words.text(words.named(pair.playbook, key))
    if pair.old is None:
        change = Change("new", key, (), pair.about, msg("is new."), None, name, None,
                        _at(pair.new), ("new", key))  # fmt: skip
    elif pair.new is None:
        message = msg("is withdrawn.")
        if instead := naming.instead.get(key, ""):
            message = msg("is withdrawn; {successor} stands for it.",
                          successor=words.about(naming.new, instead))  # fmt: skip
        change = Change("withdrawn", key, (), pair.about, message, name, None, _at(pair.old), None,
                        ("withdrawn", key))  # fmt: skip
    elif before:
        message = msg("has another id: {old} → {new}. Links and ticks follow it.",
                      old=before, new=key)  # fmt: skip
        change = Change("moved", key, ("id",), pair.about, message, words.text(before),
                        words.text(key), _at(pair.old), _at(pair.new),
                        ("id", before, key))  # fmt: skip
    else:
        return
    classes = touched(naming, key, pair.record, pair.playbook)
    effects: tuple[Message, ...] = ()
    if isinstance(pair.record, model.Rhythm):
        effects = tuple(_beats(pair))
    elif isinstance(pair.record, model.Change):
        effects = tuple(_terms(pair))
    yield replace(change, classes=classes, roles=roles_of(pair.record), effects=effects)


def _terms(pair: Pair) -> Iterator[Message]:
    """Yield from when on a dated change holds, why, what to do, and what of earlier promises."""
    change, playbook = pair.record, pair.playbook
    assert isinstance(change, model.Change)
    yield msg("From {day} on: {why}", day=str(change.effective_from),
              why=words.said(playbook, str(change.why)))  # fmt: skip
    if change.do:
        yield msg("To do: {text}", text=words.said(playbook, str(change.do)))
    if change.promised:
        yield msg("Promised before: {text}", text=words.said(playbook, str(change.promised)))


def _beats(pair: Pair) -> Iterator[Message]:
    """Yield for whom a rhythm is and how often."""
    rhythm, playbook = pair.record, pair.playbook
    assert isinstance(rhythm, model.Rhythm)
    yield msg("For whom: {whom}", whom=words.value(playbook, rhythm.whom))
    if often := rhythm.each or rhythm.whole:
        yield msg("How often: {often}", often=words.often(playbook, often))


def told(
    pair: Pair,
    differences: Iterable[Difference],
    classes: tuple[Class, ...] | None = None,
    within: Path = (),
) -> Iterator[Change]:
    """Yield the changes of what differs in a thing; all that is only wording as one of them."""
    found = tuple(differences)
    if not found:
        return
    reworded: list[Difference] = []
    if classes is None:
        classes = touched(pair.naming, pair.key, pair.record, pair.playbook)
    common = (classes, roles_of(pair.record))
    for one in found:
        if one.how == "words":
            reworded.append(one)
        else:
            yield _change(pair, one, *(_of_bucket(pair, one) or common))
    if reworded:
        yield _reworded(pair, reworded, within, *common)


def _of_bucket(pair: Pair, one: Difference) -> tuple[tuple[Class, ...], tuple[str, ...]] | None:
    """Return whom a difference in one bucket of a plan touches."""
    if not isinstance(pair.new, model.Allocation) or len(one.path) < 2 or one.path[0] != "rows":
        return None
    row = next((row for id_, row in pair.new.rows.items() if id_ == one.path[1]), None)
    found = (
        c for s in (row.whom if row else ()) for t in s.terms[:1]
        for c in pair.naming.new.selected(t)
    )  # fmt: skip
    return tuple(dict.fromkeys(found)), roles_of(pair.new)


def _change(
    pair: Pair, one: Difference, classes: tuple[Class, ...], roles: tuple[str, ...]
) -> Change:
    old, new = _values(pair, one)
    return Change(
        judged(pair, one), pair.key, one.path, pair.about, _message(pair, one, old, new),
        old, new, place_of(one.old), place_of(one.new),
        (pair.key, _plain(one.path), *one.facts), classes, roles,
        causes=causes(one.old, one.new), where=where_of(pair, one),
    )  # fmt: skip


def _plain(path: Path) -> Path:
    """Return a path without positions."""
    return tuple(step for step in path if not step.isdigit())


def causes(*values: object) -> tuple[str, ...]:
    """Return the parameters that values are reckoned with, as `param:id`."""
    found = (p for v in values if isinstance(v, Field) for p in parameters_in(v))
    return tuple(dict.fromkeys(f"param:{id_}" for id_ in found))


def judged(pair: Pair, one: Difference) -> Kind:
    """Return what kind of change a difference is: see `change.py`."""
    if one.how == "new":
        return "new"
    if one.how == "gone":
        return "withdrawn"
    if _selecting(one.old) or _selecting(one.new):
        old = whom(_all(one.old), pair.naming.old, pair.naming)
        new = whom(_all(one.new), pair.naming.new, None)
        if _covers(new, old):
            return "new"
        return "withdrawn" if _covers(old, new) else "moved"
    if isinstance(one.old, Frequency) and isinstance(one.new, Frequency):
        before = rate(pair.naming.old, one.old)
        now = rate(pair.naming.new, one.new)
        return "loosened" if now > before else "tightened" if now < before else "moved"
    return "moved"


def _covers(wide: frozenset[frozenset[Class]], narrow: frozenset[frozenset[Class]]) -> bool:
    return all(any(one <= other for one in wide) for other in narrow)


def _selecting(value: object) -> bool:
    return isinstance(value, tuple) and bool(value) and isinstance(value[0], Selector)


def _all(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else ()


def _values(pair: Pair, one: Difference) -> tuple[Message | None, Message | None]:
    old, new = pair.naming.old, pair.naming.new
    if pair.key.startswith("param:") and one.path == ("default",):
        return words.text(_worded(old, pair.old)), words.text(_worded(new, pair.new))
    return _worded_value(old, pair.old, one.path, one.old), _worded_value(
        new, pair.new, one.path, one.new
    )


def _worded_value(
    playbook: Playbook, record: Record | None, path: Path, value: object
) -> Message | None:
    if isinstance(value, Known | Criterion):
        return words.text(words.said(playbook, beside.answer((record,), path, value)))
    return None if value is None else words.value(playbook, value, (record,))


def _worded(playbook: Playbook, param: Record | None) -> str:
    """Return the value of a parameter with its unit."""
    assert isinstance(param, model.Param)
    return playbook.worded(str(param.id))


def _message(pair: Pair, one: Difference, old: Message | None, new: Message | None) -> Message:
    where = where_of(pair, one)
    if where is None:
        if old is None:
            return msg("new: {new}", new=new)
        return (
            msg("gone: {old}", old=old) if new is None else msg("{old} → {new}", old=old, new=new)
        )
    if pair.key.startswith("param:") and one.path == ("default",):
        return msg("{old} → {new}", old=old, new=new)
    if one.how == "order":
        return msg("{where}: in another order now.", where=where)
    if one.how in ("new", "gone", "words") and _alone(pair, one):
        if old is None:
            return msg("{where}: now {new}, nothing before", where=where, new=new)
        if new is None:
            return msg("{where}: nothing now, before {old}", where=where, old=old)
    if old is None:
        return msg("{where}: new: {new}", where=where, new=new)
    if new is None:
        return msg("{where}: gone: {old}", where=where, old=old)
    return msg("{where}: {old} → {new}", where=where, old=old, new=new)


def where_of(pair: Pair, one: Difference) -> Message | None:
    """Return where in a thing something differs, in words; None for the thing as a whole.

    What is more or less goes by itself: where it stands is what it stands in.
    """
    gone = one.new is None
    record, playbook = (pair.old, pair.naming.old) if gone else (pair.new, pair.naming.new)
    path = one.path
    one_sided = words.inside(pair.new if gone else pair.old, path) is None
    named = words.is_field(record, path) or isinstance(words.inside(record, path), model.Variant)
    if (one.old is None or one.new is None) and one_sided and not named:
        path = path[:-1]
    return words.place(playbook, record, path)


def _alone(pair: Pair, one: Difference) -> bool:
    """Say whether something is the one value of a key: another would stand in its place."""
    record = pair.old if one.new is None else pair.new
    return words.is_field(record, one.path) and not isinstance(
        words.inside(record, one.path), tuple | dict
    )


def _reworded(
    pair: Pair,
    reworded: list[Difference],
    within: Path,
    classes: tuple[Class, ...],
    roles: tuple[str, ...],
) -> Change:
    named = (where_of(pair, one) or msg("text") for one in reworded)
    places = tuple(dict.fromkeys(named))
    effects = []
    for one in reworded:
        if keeps_house(one.path):
            continue  # nobody reads it
        old, new = _values(pair, one)
        effects.append(_message(pair, one, old, new))
    return Change(
        "reworded", pair.key, within, pair.about,
        msg("the words differ, no number and no reference: {places}.", places=places), None, None,
        place_of(reworded[0].old), place_of(reworded[0].new) or _at(pair.new),
        ("reworded", pair.key, within), classes, roles, tuple(effects),
    )  # fmt: skip


def place_of(value: object) -> At | None:
    """Return where a value stands: that of the first of several."""
    if isinstance(value, tuple):
        return next((at for one in value if (at := place_of(one))), None)
    if isinstance(value, dict):
        return next((at for one in value if (at := place_of(one))), None)
    at = getattr(value, "at", None)
    return at if isinstance(at, At) and at.file else None


def _at(record: Record | None) -> At | None:
    if isinstance(record, model.Entity):
        return record.id.at
    return record.at if record is not None else None
