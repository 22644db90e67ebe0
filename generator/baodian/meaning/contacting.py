"""How often customers are contacted, a class and a rhythm; how many hours of a month it takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from baodian import model
from baodian.meaning import words
from baodian.meaning.change import Change, fingerprint
from baodian.meaning.compare import Difference
from baodian.meaning.naming import Naming
from baodian.meaning.schemes import because, differs
from baodian.meaning.telling import Pair, causes, told
from baodian.model.quantities import parameters_in
from baodian.playbook import Class, Playbook
from baodian.playbook.contacts import Contacts
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
    before = was.per_year(pair.naming.old.numbers)
    after = now.per_year(pair.naming.new.numbers)
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
            a=words.count(before), b=words.count(after)),
        old_words, new_words, was.at, now.at,
        fingerprint(pair.key, "often", str(before), str(after), was.limit, now.limit),
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
        if a != b:
            yield msg("“{plan}”: {a} → {b} {b|hour|hours} of the month for this.",
                      plan=words.named(pair.naming.new, plan), a=words.count(a),
                      b=words.count(b))  # fmt: skip


# --- a class, all contacts together ---------------------------------------------------------------


def class_contacts(naming: Naming) -> Iterator[Change]:
    """Yield the classes whose customers are contacted more or less often in a year."""
    before, after = naming.old.once(_totals), naming.new.once(_totals)
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
                a=_span(a), b=_span(b)),
            words.text(_span(a)), words.text(_span(b)), _at(naming.old, old), _at(naming.new, new),
            fingerprint(key, "contacts", tuple(map(str, a)), tuple(map(str, b))), (new,),
            causes=causes_,
        )  # fmt: skip


def _span(totals: tuple[Fraction, ...]) -> str:
    """Return one number, or from the least to the most where customers of a class differ."""
    ends = [words.count(n) for n in (totals[:1] + totals[-1:] if totals else (Fraction(0),))]
    return "–".join(dict.fromkeys(ends))


def _totals(playbook: Playbook) -> Mapping[Class, tuple[Fraction, ...]]:
    """Return for each class how often its customers are contacted in a year: every number there is.

    Contacts that an event calls for, or that are made for all at once, cannot be counted.
    """
    contacts = Contacts(playbook)
    found: dict[Class, tuple[Fraction, ...]] = {}
    for scheme, id_, _ in playbook.classes():
        class_ = (str(scheme.id), id_)
        mine = [r for r in contacts.all if r.each and _names(r, scheme)]
        sums = {
            sum((contacts.per_year(r) for r in mine if contacts.reach(r, customer)), Fraction(0))
            for customer in contacts.customers(class_)
        }
        found[class_] = tuple(sorted(sums))
    return found


def _names(rhythm: model.Rhythm, scheme: model.Scheme) -> bool:
    """Say whether a rhythm asks for classes of a ruler: others are counted at theirs."""
    return any(t.scheme == scheme.id for s in rhythm.whom for t in s.terms) or any(
        s.everyone for s in rhythm.whom
    )


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
