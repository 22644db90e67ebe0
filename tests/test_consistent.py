"""What looks wrong about classes is told in the shipped handbook, unless a reason explains it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from baodian.checks import check, contacts, covers, ladders
from baodian.checks.findings import unexplained
from baodian.model import Transition
from baodian.model.references import Selector, Target
from baodian.playbook import Playbook
from baodian.playbook.load import load
from baodian.source import Scalar

ROOT = Path(__file__).parent.parent
ODD = {
    "no-contact", "no-rhythm", "two-counts", "less-often", "no-move", "turned-move",
    "better-lacks", "no-row", "unneeded-reason",
}  # fmt: skip


def odd(playbook: Playbook) -> set[str]:
    return {p.code for p in check(playbook)} & ODD


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "playbook_data", tmp_path / "playbook_data")
    return tmp_path


def edited(project: Path, *edits: tuple[str, str, str]) -> Playbook:
    """Return the shipped playbook with `old` → `new` in files, each found once."""
    for file, old, new in edits:
        path = project / "playbook_data" / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, old
        path.write_text(text.replace(old, new), encoding="utf-8")
    playbook, problems = load(project)
    assert problems == ()
    return playbook


def test_a_new_class_inside_a_ladder_is_missed_by_everything_that_names_ends(
    project: Path,
) -> None:
    guide = (project / "playbook_data/guides/member-tier/gold.yml").read_text(encoding="utf-8")
    guide = guide.replace("class: member-tier/gold", "class: member-tier/big-gold")
    (project / "playbook_data/guides/member-tier/big-gold.yml").write_text(guide, encoding="utf-8")
    playbook = edited(
        project,
        ("tiers/member-tier.yml", "when: {identity: person, trucks: 10 以上}",
         "when: {identity: person, trucks: 10 以上 不满 30}"),
        ("tiers/member-tier.yml", "  yellow-gold:\n    name: 黄金卡客户",
         "  big-gold:\n    name: 大金卡客户\n    when: {identity: person, trucks: 30 以上}\n"
         "  yellow-gold:\n    name: 黄金卡客户"),
        ("matrices/sales.yml", "  yellow-gold:\n",
         "  big-gold: [sales-call, sales-visit, launch-event]\n  yellow-gold:\n"),
        ("matrices/service.yml", "  yellow-gold: [",
         "  big-gold: [service-call]\n  yellow-gold: ["),
    )  # fmt: skip
    found = [p for p in check(playbook) if "大金卡客户" in str(p.message)]
    assert {p.code for p in found} >= {"no-contact", "no-rhythm", "no-move", "better-lacks"}
    unkept = {str(dict(p.message.params)["measure"]) for p in found if p.code == "no-rhythm"}
    assert unkept == {"市场经理电话回访", "市场经理上门"}


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("rhythms.yml", "whom: [closing/a], each: 每周至少 1 次", "whom: [closing/a], each: 每年",
         "less-often"),
        ("rhythms.yml", "whom: [closing/b + line/care, closing/b + line/fleet]",
         "whom: [closing/b + line/care]", "no-contact"),
        ("rhythms.yml", "# 成交等级：看记录",
         "more-b: {kind: contact, who: [rep], what: 再打一次, whom: [closing/a..b + line/truck],"
         " each: 每月至少 1 次, channels: [phone]}", "two-counts"),
        ("rhythms.yml", "whom: [member-tier/ordinary..gold], each: 每季, channels: [phone]",
         "whom: [member-tier/ordinary..gold], each: 每季, channels: [visit]", "no-rhythm"),
        ("matrices/sales.yml", "vip:\n    has: [sales-visit, thank-you-meeting, ",
         "vip:\n    has: [sales-visit, ", "better-lacks"),
        ("matrices/service.yml", "  silver: [service-call, pre-sale-training]\n", "", "no-row"),
    ],
)  # fmt: skip
def test_a_slip_in_the_shipped_handbook_is_told(
    project: Path, file: str, old: str, new: str, code: str
) -> None:
    assert code in odd(edited(project, (file, old, new)))


def test_every_move_of_the_shipped_handbook_is_seen_when_turned_round(shipped: Playbook) -> None:
    ends = [m for m in shipped.transitions.values() if turns(m)]
    assert len(ends) >= 50
    missed = [m.id for m in ends if not list(ladders.turned(with_move(shipped, turned(m))))]
    assert missed == []


def turns(move: Transition) -> bool:
    """Say whether a move leads from one class to another."""
    one = len(move.from_) == 1 and len(move.from_[0].terms) == 1
    return (
        one and move.to is not None and not move.to.ends and move.from_[0].terms[0].low is not None
    )


def turned(move: Transition) -> Transition:
    assert move.to is not None
    start, end = str(move.from_[0]), str(move.to)
    new = {"from_": (Selector.read(Scalar(end)),), "to": Target.read(Scalar(start))}
    return move.model_copy(update=new)


def with_move(playbook: Playbook, move: Transition) -> Playbook:
    entities = {
        **playbook.entities,
        "transition": {**playbook.entities["transition"], str(move.id): move},
    }
    return replace(playbook, entities=entities)


def test_each_reason_of_the_shipped_handbook_is_needed(shipped: Playbook) -> None:
    assert odd(shipped) == set()
    about = [r for r in shipped.reasons.values() if r.about]
    assert len(about) >= 5
    for reason in about:
        others = {k: r for k, r in shipped.entities["reason"].items() if k != reason.id}
        without = replace(shipped, entities={**shipped.entities, "reason": others})
        assert any(list(unexplained(without, search)) for search in covers.SEARCHES), reason.id


def test_customers_are_told_apart_by_what_contacts_join(shipped: Playbook) -> None:
    seen = contacts.Contacts(shipped)
    lines = {c["line"] for c in seen.customers(("closing", "b"))}
    assert lines == {"truck", "care", "fleet"}
    assert list(seen.customers(("activity", "dead"))) == [{"activity": "dead"}]
