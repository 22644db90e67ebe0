"""Back-links are complete: what would be missed if it were gone is what they name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pydantic import TypeAdapter
from test_model import SMALL

from baodian.checks import references, shapes
from baodian.model import Allocation, EntitlementMatrix, Param
from baodian.playbook import Playbook, uses
from baodian.playbook.content import lines
from baodian.playbook.load import load
from baodian.said.problems import At
from baodian.source import read

RULES = (
    references.to_entities, references.by_plain_id, references.to_classes,
    references.of_parameters, references.of_slots, references.in_content,
    shapes.entitlement_columns, shapes.text_columns,
)  # fmt: skip


def missed(playbook: Playbook) -> set[At]:
    """Return where something that is not there is named."""
    return {problem.at for rule in RULES for problem in rule(playbook)}


def without(playbook: Playbook, kind: str, id_: str) -> Playbook:
    """Return the playbook as if somebody had deleted an entity or slot."""
    if kind == "slot":
        return replace(playbook, slots={k: v for k, v in playbook.slots.items() if k != id_})
    others = {k: v for k, v in playbook.of_kind(kind).items() if k != id_}
    groups = {
        key: group.model_copy(
            update={"measures": {k: m for k, m in group.measures.items() if k != id_}}
        )
        for key, group in playbook.measure_groups.items()
    }
    groups = groups if kind == "measure" else dict(playbook.measure_groups)
    return replace(playbook, entities={**playbook.entities, kind: others}, measure_groups=groups)


def places(playbook: Playbook, key: str) -> set[At]:
    return {use.at for use in playbook.used.get(key, ())}


KINDS = (
    "script", "checklist", "case", "role", "channel", "escalation", "moment", "guide", "table",
    "plan", "param", "measure", "term", "path", "decision", "slot",
)  # fmt: skip


def test_what_would_be_missed_is_what_names_it(shipped: Playbook) -> None:
    # To let an audience see something is not to refer to it, though it must be there too.
    settings = shipped.settings.model_copy(update={"audiences": {}})
    shipped = replace(shipped, settings=settings)
    assert missed(shipped) == set()
    rest, gone = shipped, dict[str, set[At]]()
    for kind in KINDS:
        ids = shipped.slots if kind == "slot" else shipped.of_kind(kind)
        for id_ in sorted(ids, key=lambda id_, k=kind: -len(places(shipped, f"{k}:{id_}")))[:2]:
            rest = without(rest, kind, id_)
            gone[f"{kind}:{id_}"] = places(shipped, f"{kind}:{id_}")
    named = {use.at for key in gone for use in shipped.used.get(key, ()) if use.by not in gone}
    assert len(gone) > 25
    assert len(named) > 500
    assert named == missed(rest)


def test_who_may_set_a_value_is_a_role_or_one_of_three_words() -> None:
    text = b"name: n\ntype: count\ndefault: 1\nset_by: [city, rep]\nid: x\n"
    param = TypeAdapter(Param).validate_python(read(text, "f.yml")[0])
    assert [use.to for use in uses.in_record("param:x", param)] == ["role:rep"]


def test_each_way_of_naming_occurs(shipped: Playbook) -> None:
    assert all(places(shipped, f"{kind}:{id_}") for kind, id_ in one_of_each(shipped))


def one_of_each(playbook: Playbook) -> Iterator[tuple[str, str]]:
    """Yield what is named in a list of ids, a cell, an interval or a frequency, by a setter."""
    yield "role", str(next(r.who[0] for r in playbook.rhythms.values()))
    matrix = next(m for m in playbook.matrices.values() if isinstance(m, EntitlementMatrix))
    yield "measure", str(next(iter(matrix.cells.values())).has[0])
    yield "scheme", str(matrix.rows)
    yield "class", f"{matrix.rows}/{next(iter(matrix.cells))}"
    yield "events", str(next(r.on for r in playbook.rhythms.values() if r.on))
    yield "groups.script", str(next(iter(playbook.scripts.values())).group)
    yield "moment", str(playbook.settings.home.moments[0])


def test_a_scheme_or_class_is_named_by_selectors_targets_and_rows(shipped: Playbook) -> None:
    for scheme in shipped.schemes.values():
        gone = without(shipped, "scheme", str(scheme.id))
        named = places(shipped, f"scheme:{scheme.id}")
        lost = {
            p.at for rule in (references.by_plain_id, references.to_classes) for p in rule(gone)
        }
        guides = {g.class_.at for g in shipped.class_guides.values()}
        assert lost - guides <= named
        assert lost


def test_a_class_is_named_by_rows_spreads_and_both_ends_of_a_range(shipped: Playbook) -> None:
    counted = 0
    for matrix in shipped.matrices.values():
        for row in matrix.cells:
            assert row.at in places(shipped, f"class:{matrix.rows}/{row}")
            counted += 1
    for plan in shipped.plans.values():
        for bucket in plan.rows.values() if isinstance(plan, Allocation) else ():
            for class_ in bucket.mix:
                assert class_.at in places(
                    shipped, f"class:{bucket.whom[0].terms[0].scheme}/{class_}"
                )
                counted += 1
    for rhythm in shipped.rhythms.values():
        for selector, term in ((s, term) for s in rhythm.whom for term in s.terms if term.low):
            for name in (term.low, term.high):
                assert selector.at in places(shipped, f"class:{term.scheme}/{name}")
                counted += 1
    assert counted > 60


def test_a_use_says_by_whom_where_and_of_which_part() -> None:
    playbook = load(SMALL)[0]
    for key, named in playbook.used.items():
        for use in named:
            assert use.entity == key
            assert use.at.file
    assert {use.by for use in playbook.used["moment:door"]} == {uses.SETTINGS}
    by = {use.by_kind for named in playbook.used.values() for use in named}
    assert {"", "rhythm", "matrix"} <= by
    assert "class:tier/gold" not in {use.by for use in playbook.used["class:tier/gold"]}


def test_hand_written_pages_are_users_too() -> None:
    content = (("content/a.md", "看【script:leaving#x】。`【script:no】`\n"),)
    assert [(u.by, u.to, u.at) for u in uses.in_lines(lines(content))] == [
        ("content/a.md", "script:leaving#x", At("content/a.md", 1, 2))
    ]
