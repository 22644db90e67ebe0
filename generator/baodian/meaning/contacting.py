"""How often customers are contacted, a class and a rhythm; how many hours of a month it takes."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from baodian import model
from baodian.meaning import words
from baodian.meaning.change import Change
from baodian.meaning.compare import Difference
from baodian.meaning.naming import Naming
from baodian.meaning.schemes import because, differs
from baodian.meaning.telling import Pair, causes, told
from baodian.model.quantities import parameters_in
from baodian.playbook import Class, Playbook
from baodian.playbook.contacts import Contacts, counted, rate, span, totals
from baodian.playbook.effort import hours
from baodian.said.messages import Message, msg
from baodian.said.problems import At

OFTEN = ("each", "whole")


def rhythm_changes(pair: Pair) -> Iterator[Change]:
    """Yield all changes of a rhythm that is on both sides."""
    old, new = pair.old, pair.new
    assert isinstance(old, model.Rhythm)
    assert isinstance(new, model.Rhythm)
    yield from told(pair, pair.differences(lambda path: path[0] in OFTEN))
    yield from _often(pair, old, new)


def _often(pair: Pair, old: model.Rhythm, new: model.Rhythm) -> Iterator[Change]:
    was, now = old.each or old.whole, new.each or new.whole
    if was is None or now is None:
        yield from told(pair, pair.differences(lambda path: path[0] not in OFTEN))
        return
    one_by_one = (old.each is not None, new.each is not None)
    before = rate(pair.naming.old, was)
    after = rate(pair.naming.new, now)
    same = (before, was.limit, one_by_one[0]) == (after, now.limit, one_by_one[1])
    if same:
        return
    params = [p for p in dict.fromkeys((*parameters_in(was), *parameters_in(now)))
              if differs(pair.naming, p)]  # fmt: skip
    old_words = words.text(words.often(pair.naming.old, was))
    new_words = words.text(words.often(pair.naming.new, now))
    contact = new.kind_ == "contact"
    more = after > before
    kind = (
        "moved" if after == before else ("loosened" if more == contact else "tightened")
    )  # our people do more: tightened, unless a customer gets it
    field = "each" if new.each else "whole"
    (change,) = told(pair, [Difference((field,), "value", was, now, (str(before), str(after)))])
    yield Change(
        kind, pair.key, (field,), pair.about,  # type: ignore[arg-type]
        msg("{old} → {new}, {a} → {b} {b|time|times} a year.", old=old_words, new=new_words,
            a=counted(before), b=counted(after)),
        old_words, new_words, was.at, now.at,
        (pair.key, "often", str(before), str(after), was.limit, now.limit),
        change.classes, tuple(dict.fromkeys((*map(str, new.who),))),
        (msg("For whom: {whom}", whom=words.value(pair.naming.new, new.whom)),
         *_hours(pair, old, new), *(because(pair.naming, p) for p in params)),
        tuple(f"param:{p}" for p in params),
    )  # fmt: skip


def _hours(pair: Pair, old: model.Rhythm, new: model.Rhythm) -> Iterator[Message]:
    """Yield what the rhythm takes of the month of each plan that shares out time."""
    before, after = hours(pair.naming.old), hours(pair.naming.new)
    for plan in after:
        a = before.get(plan, {}).get(str(old.id), Fraction(0))
        b = after[plan].get(str(new.id), Fraction(0))
        if counted(a) != counted(b):
            yield msg("“{plan}”: {a} → {b} {b|hour|hours} of the month for this.",
                      plan=words.named(pair.naming.new, plan), a=counted(a),
                      b=counted(b))  # fmt: skip


def month_hours(naming: Naming) -> Iterator[Message]:
    """Yield how many hours of a month all contacts of a plan take, where that is told otherwise."""
    before, after = hours(naming.old), hours(naming.new)
    for plan in after:
        a, b = (sum(one.get(plan, {}).values(), Fraction(0)) for one in (before, after))
        if counted(a) != counted(b):
            yield msg("“{plan}”: {a} → {b} {b|hour|hours} of the month for all contacts.",
                      plan=words.named(naming.new, plan), a=counted(a),
                      b=counted(b))  # fmt: skip


def takes_time(naming: Naming, change: Change) -> bool:
    """Say whether a change alters how long a contact takes, or how many customers there are."""
    kind, _, id_ = change.entity.partition(":")
    if kind == "param":
        spans = [span for c in naming.new.channels.values() for span in (c.minutes, c.travel)]
        plans = (p for p in naming.new.plans.values() if isinstance(p, model.Allocation))
        spans += [plan.record for plan in plans]
        return change.path == ("default",) and any(
            id_ in span.interval.params for span in spans if span is not None
        )
    if kind == "channel":
        return change.path[:1] in (("minutes",), ("travel",))
    counted = change.path[2:3] in (("customers",), ("mix",)) or change.path == ("record",)
    return kind == "plan" and counted


# --- a class, all contacts together ---------------------------------------------------------------


def class_contacts(naming: Naming) -> Iterator[Change]:
    """Yield the classes whose customers are contacted more or less often in a year."""
    before, after = totals(naming.old), totals(naming.new)
    for old, new in naming.survivors.items():
        a, b = before.get(old, ()), after.get(new, ())
        if a == b:
            continue
        rhythms = tuple(_differing(naming, old, new))
        if not rhythms:
            continue  # only as a further condition of other classes
        more = (sum(b) / max(len(b), 1)) > (sum(a) / max(len(a), 1))
        kind = "loosened" if more else "tightened"
        causes_ = tuple(dict.fromkeys((*rhythms, *_params(naming, rhythms))))
        key = f"class:{'/'.join(new)}"
        yield Change(
            kind, key, ("contacts",), words.about(naming.new, key),  # type: ignore[arg-type]
            msg("contacted {a} → {b} {b|time|times} a year, all rhythms together.",
                a=span(a), b=span(b)),
            _yearly(a), _yearly(b), _at(naming.old, old), _at(naming.new, new),
            (key, "contacts", tuple(map(str, a)), tuple(map(str, b))), (new,),
            causes=causes_,
        )  # fmt: skip


def _yearly(numbers: tuple[Fraction, ...]) -> Message:
    return msg("{n} {n|time|times} a year", n=span(numbers))


def _differing(naming: Naming, old: Class, new: Class) -> Iterator[str]:
    """Yield the contacts of a class that are otherwise than before."""
    olds = {naming.key(r.key): r for r in naming.old.rhythms.values() if _for(naming.old, r, old)}
    news = {r.key: r for r in naming.new.rhythms.values() if _for(naming.new, r, new)}
    before, after = Contacts(naming.old), Contacts(naming.new)
    for key in dict.fromkeys((*olds, *news)):
        one, other = olds.get(key), news.get(key)
        a = before.per_year(one) if one else None
        b = after.per_year(other) if other else None
        if a != b:
            yield key


def _for(playbook: Playbook, rhythm: model.Rhythm, class_: Class) -> bool:
    first = (term for s in rhythm.whom for term in s.terms[:1])
    everyone = any(s.everyone for s in rhythm.whom)
    mine = everyone or any(class_ in playbook.selected(term) for term in first)
    return rhythm.kind_ == "contact" and mine


def _params(naming: Naming, rhythms: tuple[str, ...]) -> Iterator[str]:
    for key in rhythms:
        rhythm = naming.new.rhythms.get(key.partition(":")[2])
        often = rhythm and (rhythm.each or rhythm.whole)
        yield from (p for p in causes(often) if differs(naming, p.partition(":")[2]))


def _at(playbook: Playbook, class_: Class) -> At:
    return next(key.at for key in playbook.schemes[class_[0]].classes if key == class_[1])
