"""What classes are entitled to: gained, lost, and only after consent, or no more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from baodian import model
from baodian.meaning import words
from baodian.meaning.change import Change, Kind
from baodian.meaning.compare import Comparing, Difference
from baodian.meaning.naming import Naming
from baodian.meaning.telling import Pair, told
from baodian.model.fields import Field, Prose
from baodian.model.given import Entitled
from baodian.playbook import Playbook
from baodian.said.messages import Message, msg

State = Literal["no", "stopped", "approve", "has"]
_Had = tuple[State, Field, Prose | None]
RANK: Mapping[State, int] = {"no": 0, "stopped": 0, "approve": 1, "has": 2}
"""How much a customer has of a measure: nothing, something after consent, all of it."""


_NO: tuple[State, None, None] = ("no", None, None)


def changes(pair: Pair) -> Iterator[Change]:
    """Yield all changes of a table of entitlements that is on both sides."""
    old, new = pair.old, pair.new
    assert isinstance(old, model.EntitlementMatrix)
    assert isinstance(new, model.EntitlementMatrix)
    yield from told(pair, pair.differences(lambda path: path == ("cells",)), ())
    naming, scheme = pair.naming, str(new.rows)
    rows = {naming.class_((str(old.rows), str(row)))[1]: cell for row, cell in old.cells.items()}
    there = naming.survivors.values()
    now = {str(row): cell for row, cell in new.cells.items()}
    for row in dict.fromkeys((*now, *rows)):
        if (scheme, row) in there:  # a class that is new or gone is told as such
            yield from _cell(pair, row, rows.get(row), now.get(row))


def states(cell: Entitled | None, naming: Naming | None) -> dict[str, _Had]:
    """Return for each measure of a cell how it stands, its place, and the words beside it."""
    found: dict[str, _Had] = {}
    if cell is None:
        return found

    def called(id_: Field) -> str:
        return naming.key(f"measure:{id_}").partition(":")[2] if naming else str(id_)

    found |= {called(id_): ("stopped", id_, why) for id_, why in cell.stopped.items()}
    found |= {called(id_): ("approve", id_, who) for id_, who in cell.approve.items()}
    found |= {called(id_): ("has", id_, None) for id_ in cell.has}
    return found


def _cell(pair: Pair, row: str, old: Entitled | None, new: Entitled | None) -> Iterator[Change]:
    before, now = states(old, pair.naming), states(new, None)
    assert isinstance(pair.new, model.EntitlementMatrix)
    class_ = (str(pair.new.rows), row)
    about = words.about(pair.naming.new, f"class:{'/'.join(class_)}")
    reworded: list[Difference] = []
    for measure in dict.fromkeys((*before, *now)):
        was, had, old_text = before.get(measure, _NO)
        is_, has, new_text = now.get(measure, _NO)
        whose, who = str(old_text or ""), str(new_text or "")
        if (was, _names(pair.naming.old, whose)) == (is_, _names(pair.naming.new, who)):
            if old_text is not None and new_text is not None:
                path = ("cells", row, is_, measure)
                reworded += Comparing(pair.naming, pair.key).values(old_text, new_text, path)
            continue
        kind = _kind(was, is_)
        name = _measure(pair.naming, measure)
        yield Change(
            kind, pair.key, ("cells", row, measure), about,
            _message(name, was, is_, whose, who), _state(was, whose), _state(is_, who),
            had.at if had is not None else None, has.at if has is not None else None,
            (pair.key, row, measure, was, is_), (class_,),
        )  # fmt: skip
    yield from told(pair, reworded, (class_,), ("cells", row))


def _names(playbook: Playbook, text: str) -> frozenset[str]:
    """Return the roles that a text about consent names: who consents is no wording."""
    return frozenset(str(role.name) for role in playbook.roles.values() if str(role.name) in text)


def _kind(was: State, is_: State) -> Kind:
    if RANK[was] == RANK[is_]:
        return "moved"
    return "loosened" if RANK[was] < RANK[is_] else "tightened"


def _measure(naming: Naming, measure: str) -> str:
    there = measure in naming.new.measures
    return words.named(naming.new if there else naming.old, f"measure:{measure}")


def _message(name: str, was: State, is_: State, whose: str, who: str) -> Message:
    match was, is_:
        case "no" | "stopped", "has":
            return msg("gains “{name}”.", name=name)
        case "no" | "stopped", "approve":
            return msg("gains “{name}”, after consent by: {who}", name=name, who=who)
        case "has" | "approve", "no":
            return msg("loses “{name}”.", name=name)
        case "has" | "approve", "stopped":
            return msg("loses “{name}” for now: {why}", name=name, why=who)
        case "has", "approve":
            return msg("“{name}” only after consent now, by: {who}", name=name, who=who)
        case "approve", "has":
            return msg("“{name}” needs no consent any more.", name=name)
        case "approve", "approve":
            return msg("others consent to “{name}”: {old} → {new}", name=name, old=whose, new=who)
        case "no", "stopped":
            return msg("“{name}” was not there, now it is named as stopped: {why}",
                       name=name, why=who)  # fmt: skip
        case _:
            return msg("“{name}” is not named as stopped any more; it is not there.", name=name)


def _state(state: State, text: str) -> Message:
    match state:
        case "has":
            return msg("has it")
        case "approve":
            return msg("after consent: {who}", who=text)
        case "stopped":
            return msg("stopped: {why}", why=text)
    return msg("does not have it")
