"""What becomes of customers when the rules of a ruler change, its classes, or their order."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping

from baodian import model
from baodian.meaning import words
from baodian.meaning.change import Change, Kind
from baodian.meaning.compare import Skip
from baodian.meaning.judged import Region, Side, boxed, called, laid_over, scheme_side
from baodian.meaning.naming import Naming
from baodian.meaning.telling import Pair, told
from baodian.model.leaves import Path
from baodian.model.quantities import parameters_in
from baodian.playbook import Class, Playbook
from baodian.playbook.contacts import better_first, span, totals
from baodian.playbook.examples import flipped
from baodian.rules import described
from baodian.said.messages import Message, msg
from baodian.said.problems import At


def changes(pair: Pair) -> Iterator[Change]:
    """Yield all changes of a ruler that is on both sides."""
    old, new = pair.old, pair.new
    assert isinstance(old, model.Scheme)
    assert isinstance(new, model.Scheme)
    yield from _classes(pair, old, new)
    sides = scheme_side(pair.naming.old, old), scheme_side(pair.naming.new, new)
    yield from _moves(pair, old, new, *sides)
    yield from _order(pair, old, new)
    ruled = _ruled(pair, old, new, told=None not in sides)
    rest = [one for one in pair.differences(ruled) if not _of_class(one.path)]
    yield from told(pair, rest, tuple((str(new.id), str(c)) for c in new.classes))
    for id_ in new.classes:
        mine = [one for one in pair.differences(ruled) if one.path[:2] == ("classes", str(id_))]
        yield from told(pair, mine, ((str(new.id), str(id_)),), ("classes", str(id_)))


def _of_class(path: Path) -> bool:
    return path[0] == "classes" and len(path) > 1


def _ruled(pair: Pair, old: model.Scheme, new: model.Scheme, *, told: bool) -> Skip:
    """Return what is told as a class that comes or goes, or by laying the rules over each other."""
    before = {_now(pair.naming, old, str(id_)) for id_ in old.classes}
    both = before & {str(id_) for id_ in new.classes}

    def skip(path: Path) -> bool:
        if len(path) == 2 and path[0] == "classes":
            return path[1] not in both
        return told and len(path) == 3 and path[0] == "classes" and path[2] == "when"

    return skip


def _now(naming: Naming, old: model.Scheme, id_: str) -> str:
    return naming.class_((str(old.id), id_))[1]


# --- classes that come and go ---------------------------------------------------------------------


def _classes(pair: Pair, old: model.Scheme, new: model.Scheme) -> Iterator[Change]:
    scheme, naming = str(new.id), pair.naming
    before = {_now(naming, old, str(id_)): id_ for id_ in old.classes}
    for id_ in new.classes:
        class_, key = (scheme, str(id_)), f"class:{scheme}/{id_}"
        name = words.about(naming.new, key)
        if id_ not in before:
            message = msg("is a new class of “{scheme}”.", scheme=str(new.name))
            yield Change("new", key, (), name, message, None, name, None, id_.at,
                         ("new", key), (class_,),
                         effects=tuple(_gets(naming.new, class_)))  # fmt: skip
        elif before[str(id_)] != id_:
            was = f"class:{old.id}/{before[str(id_)]}"
            message = msg("has another id: {old} → {new}. Links and ticks follow it.",
                          old=was, new=key)  # fmt: skip
            yield Change("moved", key, ("id",), name, message, words.text(was), words.text(key),
                         before[str(id_)].at, id_.at, ("id", was, key),
                         (class_,))  # fmt: skip
    for now, id_ in before.items():
        if now not in new.classes:
            key = f"class:{old.id}/{id_}"
            name = words.about(naming.old, key)
            message = msg("is no class of “{scheme}” any more.", scheme=str(new.name))
            yield Change("withdrawn", key, (), name, message, name, None, id_.at, None,
                         ("withdrawn", key), ((scheme, now),))  # fmt: skip


def _gets(playbook: Playbook, class_: Class) -> Iterator[Message]:
    """Yield what customers of a new class are entitled to, and how often they are contacted."""
    names = [
        words.named(playbook, f"measure:{measure}")
        for matrix in playbook.of(model.EntitlementMatrix).values() if matrix.rows == class_[0]
        for row, cell in matrix.cells.items() if row == class_[1]
        for measure in (*cell.has, *cell.approve)
    ]  # fmt: skip
    if any(matrix.rows == class_[0] for matrix in playbook.of(model.EntitlementMatrix).values()):
        yield msg("Entitled to: {names}", names=tuple(names) or msg("nothing"))
    yield msg("Contacted {n} {n|time|times} a year, all rhythms together.",
              n=span(totals(playbook).get(class_, ())))  # fmt: skip


def _order(pair: Pair, old: model.Scheme, new: model.Scheme) -> Iterator[Change]:
    before = [_now(pair.naming, old, id_) for id_ in better_first(old)]
    now = list(better_first(new))
    kept = [id_ for id_ in before if id_ in now]
    here = [id_ for id_ in now if id_ in kept]
    if kept == here:
        return
    names = tuple(new.class_name(id_) for id_ in here)
    was = tuple(new.class_name(id_) for id_ in kept)
    yield Change(
        "moved", pair.key, ("classes", "order"), pair.about,
        msg("the order from best to lowest is another: {new}.", new=names),
        words.listed(was), words.listed(names), old.id.at, new.id.at,
        (pair.key, "order", tuple(kept), tuple(here)),
        tuple((str(new.id), id_) for id_ in here),
    )  # fmt: skip


# --- customers who move ---------------------------------------------------------------------------


def _moves(
    pair: Pair, old: model.Scheme, new: model.Scheme, before: Side | None, after: Side | None
) -> Iterator[Change]:
    naming = pair.naming
    if before is None or after is None or before == after:
        return
    names = {str(id_): _now(naming, old, str(id_)) for id_ in old.classes}
    dimensions, regions = laid_over(called(before, naming, pair.key), after, names)
    ladder = _Ladder.of(naming, old, new)
    params = _params(naming, old, new)
    together: dict[tuple[frozenset[str], frozenset[str]], list[Region]] = {}
    for region in regions:
        together.setdefault((region.old, region.new), []).append(region)
    for (was, now), found in together.items():
        boxes = tuple(boxed(dimensions, region.box) for region in found)
        example = described(dimensions, found[0].telling or found[0].example)
        start, end = _named(pair, old, new, was), _named(pair, old, new, now)
        ids = dict.fromkeys((*sorted(was), *sorted(now)))
        classes = tuple((str(new.id), id_) for id_ in ids)
        yield Change(
            ladder.judged(was, now), pair.key, ("classes", "when"), pair.about,
            _moved(boxes, start, end, example), start, end,
            _rule_at(old, was, names), _rule_at(new, now, {}),
            (pair.key, "rule", was, now, tuple(box_facts(r) for r in found)),
            classes, effects=(*(because(naming, p) for p in params),
                              *_examples(naming, new, was, now)),
            causes=tuple(f"param:{p}" for p in params),
        )  # fmt: skip


def _examples(
    naming: Naming, scheme: model.Scheme, was: frozenset[str], now: frozenset[str]
) -> Iterator[Message]:
    """Yield the examples of a ruler that move from some classes to others."""
    for flip in flipped(naming.old, naming.new):
        before = frozenset(_now(naming, scheme, id_) for id_ in flip.before or ())
        if flip.scheme == scheme.id and (before, frozenset(flip.after or ())) == (was, now):
            yield msg("An example of the handbook is touched: {text}",
                      text=str(flip.example.customer))  # fmt: skip


def _moved(
    boxes: tuple[Message, ...], start: Message | None, end: Message | None, example: Message
) -> Message:
    who = words.alternatives(boxes)
    if start is None:
        return msg("{who}: {new} now; before, no class held (such as {example}).",
                   who=who, new=end, example=example)  # fmt: skip
    if end is None:
        return msg("{who}: {old} before; now no class holds (such as {example}).",
                   who=who, old=start, example=example)  # fmt: skip
    return msg("{who}: {old} → {new} (such as {example}).",
               who=who, old=start, new=end, example=example)  # fmt: skip


def box_facts(region: Region) -> Hashable:
    """Return a region as data, without words."""
    return frozenset(
        (id_, wanted if isinstance(wanted, frozenset) else
         (str(wanted.low), str(wanted.high), wanted.low_included, wanted.high_included))
        for id_, wanted in region.box.items()
    )  # fmt: skip


def _named(pair: Pair, old: model.Scheme, new: model.Scheme, ids: Iterable[str]) -> Message | None:
    """Return the names of classes, as they are called now; None for none."""
    before = {_now(pair.naming, old, str(id_)): str(id_) for id_ in old.classes}
    names = [
        new.class_name(id_) if id_ in new.classes else old.class_name(before[id_])
        for id_ in sorted(ids)
    ]
    return words.listed(names) if names else None


def _rule_at(scheme: model.Scheme, ids: Iterable[str], names: Mapping[str, str]) -> At | None:
    """Return where the rule of the first of some classes stands."""
    for id_, class_ in scheme.classes.items():
        if names.get(str(id_), str(id_)) in ids:
            when = (c.at for box in class_.when for criteria in box.values() for c in criteria)
            return next(when, id_.at)
    return None


def _params(naming: Naming, old: model.Scheme, new: model.Scheme) -> tuple[str, ...]:
    """Return the parameters in the rules of a ruler whose values differ."""
    used = dict.fromkeys(
        param
        for scheme in (old, new)
        for class_ in scheme.classes.values()
        for box in class_.when
        for criteria in box.values()
        for criterion in criteria
        for param in parameters_in(criterion)
    )
    return tuple(p for p in used if differs(naming, p))


def differs(naming: Naming, param: str) -> bool:
    """Say whether a parameter is on both sides, with different values."""
    old, new = naming.old.values.get(param), naming.new.values.get(param)
    return old is not None and new is not None and str(old.default) != str(new.default)


def because(naming: Naming, param: str) -> Message:
    """Return that something comes from a parameter, with its values."""
    name = str(naming.new.values[param].name)
    return msg("It comes from the parameter “{name}”: {old} → {new}.",
               name=name, old=naming.old.worded(param), new=naming.new.worded(param))  # fmt: skip


class _Ladder:
    """Which of two classes is better: by the order now, or that of before for what is gone."""

    def __init__(self, *orders: tuple[str, ...]) -> None:
        self._orders = orders

    @classmethod
    def of(cls, naming: Naming, old: model.Scheme, new: model.Scheme) -> _Ladder:
        """Return the orders of a ruler, ids as they are now."""
        return cls(better_first(new), tuple(_now(naming, old, i) for i in better_first(old)))

    def judged(self, old: frozenset[str], new: frozenset[str]) -> Kind:
        """Return what a move between classes is for a customer."""
        if not old:
            return "new"
        if not new:
            return "withdrawn"
        for order in self._orders:
            if (old | new) <= set(order):
                before, now = (min(order.index(id_) for id_ in ids) for ids in (old, new))
                return "moved" if before == now else "loosened" if now < before else "tightened"
        return "moved"
