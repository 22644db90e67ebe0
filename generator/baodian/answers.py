"""What a playbook answers in a terminal besides its problems: what is to be read again, where each
value of a thing comes from, which examples of its rules are missing, and what covers its classes.

Texts for people, in the words of their language; the same as data, for programs.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace

from baodian import model, rules, source
from baodian.model.intervals import bound_text
from baodian.playbook import Playbook, judging
from baodian.playbook.coverage import Cell, coverage, kind_word
from baodian.playbook.examples import Proposal, proposed
from baodian.playbook.freshness import Review, reviews
from baodian.playbook.origins import Explained, Origin
from baodian.playbook.reasons import KINDS
from baodian.said.messages import Message, Words
from baodian.said.messages import words as words_of
from baodian.terminal import width
from baodian.text.units import agreed


def stale(playbook: Playbook | None, today: datetime.date, words: Words) -> str:
    """Return what is overdue and what was never reviewed, under each of those who answer for it."""
    if playbook is None:
        return words("What is to be read again is shown once every file can be read.") + "\n"
    return "".join(line + "\n" for line in _stale(reviews(playbook), today, words))


def _stale(all_: tuple[Review, ...], today: datetime.date, words: Words) -> Iterator[str]:
    late = sorted((r for r in all_ if r.overdue(today)), key=lambda r: -r.overdue(today))
    yield words("To be read again: {n}", n=len(late))
    for owner in dict.fromkeys(one.owner for one in late):
        yield f"  {owner}"
        for one in (r for r in late if r.owner == owner):
            days = words("{n} {n|day|days} overdue", n=one.overdue(today))
            last = words(
                "reviewed {day}, every {n} {n|day|days}", day=str(one.reviewed), n=one.every
            )
            yield f"    {one.key}  {days}  {last}  {one.at}"
    never = [r for r in all_ if r.due is None]
    yield words("Never reviewed: {n}", n=len(never))
    for owner in dict.fromkeys(one.owner for one in never):
        yield f"  {owner}"
        for kind in dict.fromkeys(r.key.partition(":")[0] for r in never if r.owner == owner):
            prefix = f"{kind}:"
            ids = [r.key for r in never if r.owner == owner and r.key.startswith(prefix)]
            yield f"    {kind}{words.aside(str(len(ids)))}  " + " ".join(
                key.removeprefix(prefix) for key in ids
            )


def reviews_as_data(
    playbook: Playbook | None, today: datetime.date
) -> list[dict[str, object]] | None:
    """Return what is overdue or was never reviewed; None if not all of a playbook can be read."""
    if playbook is None:
        return None
    waiting = (one for one in reviews(playbook) if one.due is None or one.overdue(today))
    return [
        {
            "id": one.key,
            "owner": one.owner,
            "reviewed": str(one.reviewed) if one.reviewed else None,
            "every": one.every,
            "due": str(one.due) if one.due else None,
            "overdue": one.overdue(today) if one.due else None,
            "file": one.at.file,
            "line": one.at.line,
        }
        for one in waiting
    ]


def origins(found: Explained, words: Words) -> str:
    """Return every value of a thing with its place, and under it the layer that set it."""
    lines = [found.key, *(line for one in found.values for line in _origin(one, words))]
    if found.elsewhere:
        lines.append(words("On other days, and in other cities:"))
        lines += [line for one in found.elsewhere for line in _origin(one, words)]
    return "".join(line + "\n" for line in lines)


def _origin(one: Origin, words: Words) -> Iterator[str]:
    value = words("taken away") if one.value is None else words.value(one.value)
    path = f"{'.'.join(one.path)}{words.colon}" if one.path else ""
    yield f"  {path}{value}  {one.at}"
    said = [f"{one.name}{words.aside(one.layer)}"] if one.layer else []
    if one.since:
        said.append(words("from {day}", day=str(one.since)))
    if one.until:
        said.append(words("until {day}", day=str(one.until)))
    if one.before is not None:
        said.append(words("before: {value}", value=words.value(one.before)))
    if one.why:
        said.append(words("why: {why}", why=one.why))
    if one.layer:
        who = one.approved_by
        said.append(words("approved by {who}", who=who) if who else words("approved by nobody"))
    if said:
        yield "      " + words.semicolon.join(said)


def origins_as_data(found: Explained) -> str:
    """Return the same as one JSON object."""
    whole = {
        "id": found.key,
        "values": [_as_data(one) for one in found.values],
        "elsewhere": [_as_data(one) for one in found.elsewhere],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _as_data(one: Origin) -> dict[str, object]:
    data = asdict(replace(one, before=None))
    data["before"] = _plain(one.before)
    at = data.pop("at")
    days = {key: str(data[key]) if data[key] else None for key in ("since", "until")}
    return {**data, **days, "path": list(one.path), **at}


def examples(playbook: Playbook, schemes: Iterable[model.Scheme], words: Words) -> str:
    """Return examples that schemes do not have yet as YAML to paste, and how many there are."""
    return "\n".join(filter(None, (_examples(playbook, scheme, words) for scheme in schemes)))


def _examples(playbook: Playbook, scheme: model.Scheme, words: Words) -> str:
    found = proposed(playbook, scheme)
    if found is None:
        return ""
    told = [words("{n} of {all} {all|class|classes} {n|has|have} an example",
                  n=found.with_one, all=found.classes)]  # fmt: skip
    if found.bounds:
        told.insert(0, words("{n} of {all} {all|bound|bounds} {n|has|have} one on both sides",
                             n=found.with_both, all=found.bounds))  # fmt: skip
    counted = f"{scheme.name}{words.colon}{words.semicolon.join(told)}"
    lines = [f"# {scheme.at.file}", f"# {counted}"]
    if found.proposals and scheme.examples:
        lines.append("# " + words("Put these under “examples:”, and say “customer” in your words."))
    elif found.proposals:
        lines += ["# " + words("Say “customer” in your words."), "examples:"]
    lines += [_example(playbook, scheme, one) for one in found.proposals]
    return "".join(line + "\n" for line in lines)


def _example(playbook: Playbook, scheme: model.Scheme, one: Proposal) -> str:
    t = words_of(str(playbook.settings.language))
    customer = t.semicolon.join(
        f"{dimension.name}{t.colon}{_valued(dimension, one.answers[dimension.id])}"
        for dimension in judging.dimensions(playbook, scheme.dimensions)
        if dimension.id in one.answers
    )
    answers = ", ".join(f"{id_}: {_said(value)}" for id_, value in one.answers.items())
    is_ = one.classes[0] if len(one.classes) == 1 else f"[{', '.join(one.classes)}]"
    return f"  {one.id}: {{customer: {_said(customer)}, answers: {{{answers}}}, is: {is_}}}"


def _valued(dimension: rules.Dimension, value: rules.Value) -> str:
    if isinstance(value, str):
        return dict(dimension.values).get(value, value)
    number = bound_text(value)
    return f"{number} {agreed(number, dimension.unit)}".strip()


def _said(value: rules.Value) -> str:
    """Return a value as it stands in a line of YAML, quoted where it would be read otherwise."""
    if not isinstance(value, str):
        return bound_text(value)
    tree, problems = source.read(f"is: {{it: {value}, id: it}}\n".encode(), "")
    inner = tree.get(source.Scalar("is")) if isinstance(tree, source.Mapping) else None
    there = inner.get(source.Scalar("it")) if isinstance(inner, source.Mapping) else None
    alike = there == value and not problems and value.lower() not in _NO_TEXT
    return value if alike else json.dumps(value, ensure_ascii=False)


_NO_TEXT = ("yes", "no", "true", "false", "on", "off", "null", "~", "y", "n")
"""What other readers of YAML take for something else than a text."""


def _plain(value: object) -> object:
    """Return a value as JSON has it: a map for keys with their values."""
    if isinstance(value, tuple):
        if value and all(isinstance(one, Message) for one in value):
            pairs = (dict(one.params) for one in value)
            return {str(pair["key"]): _plain(pair["value"]) for pair in pairs}
        return [_plain(one) for one in value]
    return value


# --- coverage -------------------------------------------------------------------------------------

EXCUSED, MISSING = "–", "!"


def coverage_table(playbook: Playbook | None, words: Words) -> str:
    """Return one line for each class with what it has of each kind, aligned for a terminal.

    Without a playbook (not all of it can be read) the text says so.
    """
    if playbook is None:
        return words("Coverage is shown once every file can be read.") + "\n"
    grid = coverage(playbook)
    heads = [words.text(kind_word(kind)) for kind in KINDS]
    names = {c: f"  {playbook.class_name(c)}  {c[0]}/{c[1]}" for c in grid.classes()}
    left = max((width(n) for n in names.values()), default=0)
    lines = []
    for scheme in dict.fromkeys(c[0] for c in names):
        title = str(playbook.schemes[scheme].name)
        lines.append(_aligned(title, heads, heads, max(left, width(title))))
        for class_ in (c for c in names if c[0] == scheme):
            marks = [_mark(cell) for cell in grid.row(class_)]
            lines.append(_aligned(names[class_], marks, heads, max(left, width(title))))
    total, empty = len(grid.cells), sum(not c.ids for c in grid.cells)
    lines.append(
        words(
            "{total} {total|cell|cells}: {filled} filled, {excused} empty with a reason ({dash}), "
            "{missing} empty without one ({mark}).",
            total=total, filled=total - empty, excused=empty - len(grid.missing),
            missing=len(grid.missing), dash=EXCUSED, mark=MISSING,
        )
    )  # fmt: skip
    return "".join(line + "\n" for line in lines)


def coverage_cells(playbook: Playbook | None) -> list[dict[str, object]] | None:
    """Return the cells of the coverage as data, None if not all of the playbook can be read."""
    if playbook is None:
        return None
    return [_cell(c) for c in coverage(playbook).cells]


def _cell(cell: Cell) -> dict[str, object]:
    return {
        "class": "/".join(cell.class_),
        "kind": cell.kind,
        "count": cell.count,
        "ids": list(cell.ids),
        "narrowest": cell.why,
        "reason": str(cell.reason.why) if cell.reason else None,
    }


def _mark(cell: Cell) -> str:
    if cell.ids:
        return str(cell.count)
    return MISSING if cell.missing else EXCUSED


def _aligned(name: str, marks: Iterable[str], heads: Iterable[str], left: int) -> str:
    """Return a line of the table; every mark ends where the head of its column ends."""
    cells = (" " * (width(h) + 2 - width(m)) + m for m, h in zip(marks, heads, strict=True))
    return name + " " * (left - width(name)) + "".join(cells)
