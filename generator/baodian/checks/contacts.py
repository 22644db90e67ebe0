"""Contacts that come round: every class has some, none contradict, better classes no fewer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, product

from baodian import model
from baodian.checks.findings import Finding, finds, unexplained
from baodian.playbook import Class, Playbook
from baodian.playbook.contacts import Contacts, better_first
from baodian.said.messages import msg
from baodian.said.problems import At, Problem, Related

EVEN = Fraction(9, 10)
"""What is at least so much of another count is as often: every 90 days is every quarter."""


def _place(scheme: model.Scheme, id_: str) -> At:
    return next(key.at for key in scheme.classes if key == id_)


# --- every class is contacted ---------------------------------------------------------------------


def reached(playbook: Playbook) -> Iterator[Problem]:
    """A contact that comes round reaches every class, whatever its customers are beside it.

    Right: `whom: closing/b` for B. Wrong: `whom: tier/low..gold`, where a new class stands above
    gold; `whom: closing/b + line/truck`, and nothing for B with another line.
    """
    yield from unexplained(playbook, find_unreached)


@finds
def find_unreached(playbook: Playbook) -> Iterator[Finding]:
    """Yield the classes that contacts do not reach, or reach in part, or leave out of a ladder."""
    contacts = Contacts(playbook)
    for scheme, id_, _ in playbook.classes():
        if not contacts.asked(scheme):
            continue
        class_, name, at = (str(scheme.id), id_), scheme.class_name(id_), _place(scheme, id_)
        customers = list(contacts.customers(class_))
        without = [c for c in customers if not contacts.of(c)]
        how = msg("Add “{id}” to the “whom” of a rhythm of kind contact, or write one",
                  id=f"{scheme.id}/{id_}")  # fmt: skip
        if len(without) == len(customers):
            message = msg("No contact that comes round reaches {name}.", name=name)
        elif without:
            one = without[0]
            others = tuple(playbook.class_name(c) for c in one.items() if c[0] != scheme.id)
            message = msg("No contact that comes round reaches {name} who are also {others}.",
                          name=name, others=others)  # fmt: skip
        elif role := _passed_over(contacts, scheme, id_):
            message = msg("{role} contacts the classes below and above {name}, but not {name}.",
                          role=str(playbook.roles[role].name), name=name)  # fmt: skip
        else:
            continue
        yield Finding("no-contact", at, message, how, (class_,), without=("contact", "rhythm"))


def _passed_over(contacts: Contacts, scheme: model.Scheme, id_: str) -> str | None:
    """Return the role that contacts classes on both sides of one in a ladder, but not this one."""
    ladder = better_first(scheme)
    for role in dict.fromkeys(str(w) for r in contacts.all for w in r.who):
        has = [
            any(contacts.of(c, role) for c in contacts.customers((str(scheme.id), other)))
            for other in ladder
        ]
        at = ladder.index(id_) if ladder else 0
        if ladder and not has[at] and any(has[:at]) and any(has[at + 1 :]):
            return role if role in contacts.playbook.roles else None
    return None


# --- what is promised is done ---------------------------------------------------------------------


def entitled(playbook: Playbook) -> Iterator[Problem]:
    """Who is entitled to be contacted has a rhythm of kind contact that does it.

    Right: `gold: [call]` and a rhythm for gold by telephone. Wrong: the call, and no such rhythm.
    """
    yield from unexplained(playbook, find_unkept)


@finds
def find_unkept(playbook: Playbook) -> Iterator[Finding]:
    """Yield what classes have of contacts that no rhythm of theirs provides."""
    rhythms = [r for r in playbook.rhythms.values() if r.kind_ == "contact"]
    named = {str(c) for r in rhythms for c in r.channels}
    timed = {str(c.id) for c in playbook.channels.values() if c.minutes}
    channels = named | timed or ({*playbook.channels} if rhythms else set())
    for matrix in playbook.of(model.EntitlementMatrix).values():
        scheme = playbook.schemes.get(str(matrix.rows))
        for row, cell in matrix.cells.items():
            if scheme is None or row not in scheme.classes:
                continue  # told by `shapes.matrix_rows`
            for id_ in (*cell.has, *cell.approve):
                measure = playbook.measures.get(str(id_))
                if measure is None or str(measure.channel) not in channels:
                    continue
                class_ = (str(matrix.rows), str(row))
                if any(_provides(playbook, r, measure, class_) for r in rhythms):
                    continue
                message = msg(
                    "{name} has “{measure}”, and no rhythm of kind contact provides it.",
                    name=scheme.class_name(row), measure=measure.label,
                )  # fmt: skip
                how = msg("Add “{id}” to the “whom” of a rhythm of kind contact, or write one",
                          id="/".join(class_))  # fmt: skip
                related = Related(measure.at, msg("It stands here."))
                yield Finding("no-rhythm", id_.at, message, how, (class_,),
                              about=(measure.key,), related=(related,))  # fmt: skip


def _provides(
    playbook: Playbook, rhythm: model.Rhythm, measure: model.Measure, class_: Class
) -> bool:
    by = not rhythm.channels or measure.channel in rhythm.channels
    who = measure.who is None or measure.who in rhythm.who
    return by and who and any(playbook.matches(s, class_) for s in rhythm.whom)


# --- two counts for one customer ------------------------------------------------------------------


def counts(playbook: Playbook) -> Iterator[Problem]:
    """Two contacts of one customer by the same role and channel come equally often.

    Right: one `每月至少 2 次` for B. Wrong: beside it another for B, `每月至少 1 次`.
    """
    yield from unexplained(playbook, find_contradicting)


@finds
def find_contradicting(playbook: Playbook) -> Iterator[Finding]:
    """Yield every two contacts that have different counts for some of the same customers."""
    contacts = Contacts(playbook)
    for one, other in combinations(contacts.all, 2):
        a, b = sorted((contacts.per_year(one), contacts.per_year(other)))
        if not a or a >= b * EVEN or not set(one.who) & set(other.who):
            continue
        if one.channels and other.channels and not set(one.channels) & set(other.channels):
            continue
        if classes := _both(contacts, one, other):
            message = msg(
                "{names}: two contacts with different counts, “{one}” {a} and “{other}” {b}.",
                names=tuple(playbook.class_name(c) for c in classes), one=one.label, a=_often(one),
                other=other.label, b=_often(other),
            )  # fmt: skip
            how = msg("Let one of them do, or give both the same count")
            related = Related(one.id.at, msg("The first one stands here."))
            yield Finding("two-counts", other.id.at, message, how, classes,
                          about=(one.key, other.key), related=(related,))  # fmt: skip


def _both(contacts: Contacts, one: model.Rhythm, other: model.Rhythm) -> tuple[Class, ...]:
    """Return the classes of the first scheme that both name, if a customer can be in both."""
    found: dict[Class, None] = {}
    for mine, theirs in product(one.whom, other.whom):
        a, b = contacts.named(mine), contacts.named(theirs)
        shared = [k for k in a if k in b]
        if shared and all(a[k] & b[k] for k in shared):
            ids = contacts.playbook.schemes[shared[0]].classes
            found |= {(shared[0], str(i)): None for i in ids if i in a[shared[0]] & b[shared[0]]}
    return tuple(found)


def _often(rhythm: model.Rhythm) -> str:
    return str(rhythm.each or rhythm.whole)


# --- a better class no less often -----------------------------------------------------------------


def inversions(playbook: Playbook) -> Iterator[Problem]:
    """A better class is contacted at least as often as a lower one, by each role and by all.

    Right: A 每周, D 每 90 天. Wrong: A 每年, D 每 90 天.
    """
    yield from unexplained(playbook, find_inverted)


@finds
def find_inverted(playbook: Playbook) -> Iterator[Finding]:
    """Yield the classes that are contacted less often than a lower one."""
    contacts = Contacts(playbook)
    roles = (*dict.fromkeys(str(w) for r in contacts.all for w in r.who), None)
    for scheme in playbook.schemes.values():
        ladder = better_first(scheme)
        for number, id_ in enumerate(ladder):
            found = _lower(contacts, scheme, id_, ladder[number + 1 :], roles)
            if found is None:
                continue
            own, low, theirs = found
            message = msg(
                "{name} is contacted less often than {low}: {a}, {low} {b}.",
                name=scheme.class_name(id_), low=scheme.class_name(low), a=_often(own),
                b=_often(theirs),
            )  # fmt: skip
            how = msg("Change one of the two counts")
            related = Related(theirs.id.at, msg("The other one stands here."))
            yield Finding("less-often", own.id.at, message, how, ((str(scheme.id), id_),),
                          about=(own.key,), related=(related,))  # fmt: skip


def _lower(
    contacts: Contacts, scheme: model.Scheme, id_: str, below: Sequence[str],
    roles: Sequence[str | None],
) -> tuple[model.Rhythm, str, model.Rhythm] | None:  # fmt: skip
    """Return a contact of a class, a lower class, and its contact that comes more often."""
    this = str(scheme.id)
    for customer, role in product(contacts.customers((this, id_)), roles):
        own = contacts.most_often(customer, this, role)
        for low in below if own else ():
            theirs = contacts.most_often({**customer, this: low}, this, role)
            if own and theirs:
                a, b = contacts.per_year(own), contacts.per_year(theirs)
                if 0 < a < b * EVEN:
                    return own, low, theirs
    return None
