"""Decision tables laid over each other: for which cases another row answers otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from baodian import model
from baodian.meaning import words
from baodian.meaning.change import Change
from baodian.meaning.compare import Comparing
from baodian.meaning.judged import Region, Side, boxed, called, laid_over, table_side
from baodian.meaning.schemes import because, box_facts, differs
from baodian.meaning.telling import Pair, told, touched
from baodian.model.leaves import Path
from baodian.model.methods import TableRow
from baodian.model.quantities import parameters_in
from baodian.playbook import Playbook
from baodian.rules import described
from baodian.said.messages import Message, msg


def changes(pair: Pair) -> Iterator[Change]:
    """Yield all changes of a decision table that is on both sides."""
    old, new = pair.old, pair.new
    assert isinstance(old, model.Table)
    assert isinstance(new, model.Table)
    before, after = table_side(pair.naming.old, old), table_side(pair.naming.new, new)
    if before is None or after is None:
        yield from told(pair, pair.differences())
        return
    yield from _answers(pair, old, new, before, after)
    yield from told(pair, pair.differences(_ruled))


def _ruled(path: Path) -> bool:
    """Say whether something is told by laying the rows over each other."""
    return path[0] == "rows" and len(path) == 3 and path[2] == "when"


def _answers(
    pair: Pair, old: model.Table, new: model.Table, before: Side, after: Side
) -> Iterator[Change]:
    naming = pair.naming
    names = {str(id_): naming.part(pair.key, str(id_)) for id_ in old.rows}
    dimensions, regions = laid_over(
        called(before, naming, pair.key), after, names,
        first=(old.hit == "first", new.hit == "first"),
    )  # fmt: skip
    rows = {names[str(id_)]: row for id_, row in old.rows.items()}
    now = {str(id_): row for id_, row in new.rows.items()}
    params = [p for p in _params(old, new) if differs(naming, p)]
    together: dict[tuple[frozenset[str], frozenset[str]], list[Region]] = {}
    for region in regions:
        together.setdefault((region.old, region.new), []).append(region)
    for (was, is_), found in together.items():
        if len(was) == len(is_) and _same(
            pair, [rows[i] for i in sorted(was)], [now[i] for i in sorted(is_)]
        ):
            continue
        answer = _said(naming.old, old, [rows[i] for i in sorted(was)])
        instead = _said(naming.new, new, [now[i] for i in sorted(is_)])
        who = words.alternatives(tuple(boxed(dimensions, region.box) for region in found))
        example = described(dimensions, found[0].telling or found[0].example)
        yield Change(
            "moved", pair.key, ("rows", "when"), pair.about,
            msg("{who}: “{old}” → “{new}”, such as {example}.",
                who=who, old=answer, new=instead, example=example),
            answer, instead,
            next((rows[i].at for i in sorted(was)), None),
            next((now[i].at for i in sorted(is_)), None),
            (pair.key, "rule", was, is_, tuple(box_facts(r) for r in found)),
            touched(naming, pair.key, new, naming.new),
            effects=tuple(because(naming, p) for p in params),
            causes=tuple(f"param:{p}" for p in params),
        )  # fmt: skip


def _same(pair: Pair, old: list[TableRow], new: list[TableRow]) -> bool:
    """Say whether rows answer the same."""
    comparing = Comparing(pair.naming, pair.key)
    return all(
        not [
            *comparing.values(a.then, b.then, ("then",)),
            *comparing.values(a.script, b.script, ("script",)),
        ]
        for a, b in zip(old, new, strict=True)
    )


def _said(playbook: Playbook, table: model.Table, rows: list[TableRow]) -> Message:
    if not rows:
        return (
            words.text(words.said(playbook, str(table.otherwise)))
            if table.otherwise
            else msg("no row")
        )
    names = {str(id_): str(tell.name) for id_, tell in table.tell.items()}
    return words.listed(
        msg("{name} {value}", name=names.get(str(id_), str(id_)),
            value=words.said(playbook, str(text)))
        for row in rows for id_, text in row.then.items()
    )  # fmt: skip


def _params(*tables: model.Table) -> tuple[str, ...]:
    return tuple(dict.fromkeys(
        param for table in tables for row in table.rows.values()
        for criteria in row.when.values() for c in criteria for param in parameters_in(c)
    ))  # fmt: skip
