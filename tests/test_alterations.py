"""What readers are told of a change: names and words, never ids and keys of the data."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from tests.outlines import lay

from baodian import model, page, pages
from baodian.checking import checked
from baodian.model import kinds
from baodian.model.entity import Record
from baodian.pages import changes
from baodian.pages.parts.wording import KEYS, _members, types_at
from baodian.playbook import Edition
from baodian.playbook.load import library
from baodian.read import read
from baodian.said.messages import words
from baodian.writers.outline import outline

TODAY = datetime.date(2026, 12, 1)
HEAD = """
id: told
title: 试一试
effective_from: 2027-02-01
why: 试
approved_by: 合规
"""


def rows_of(folder: Path, body: str) -> list[str]:
    """Return what a change alters, as its page tells it in a table: cells joined by ` | `."""
    project = lay("full", folder / "project")
    path = project / "playbook_data/changes/told.yml"
    path.write_text(HEAD.lstrip() + body, "utf-8")
    playbook = library(project).playbook(TODAY)
    assert playbook is not None
    ground = pages.ground(playbook, Edition(words("zh-CN"), TODAY))
    change = playbook.of(model.Change)["told"]
    told = next(one for one in changes.write(ground) if one.entity == change.key)
    (table,) = (block for block in told.blocks if isinstance(block, page.Table))
    return [
        " | ".join("".join(map(page.plain, cell.lines)) for cell in row.cells[:3])
        for row in table.rows
    ]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        # a part that goes and one that comes, in what has names of its own or none
        ("checklist:order-day#goods: {items: {count: null, mark: 章盖了吗？}}",
         ["送货当天自查：货·箱数对吗？ | 箱数对吗？ | ", "送货当天自查：货·新 |  | 章盖了吗？"]),
        # what stands beside the text of a part is told with that text
        ("path:first-days#first: {choices: {price: {why: 先听。}}}",
         ["新人头三天：客户说这周就要，先做什么？·先报价·为什么 | 价格后说。 | 先听。"]),
        # ids of things, of classes, of what the settings list
        ("rhythm:heat-call: {whom: [heat/a], channels: [visit], who: [rep, supervisor]}",
         ["问急单：给谁 | 热度A 到 热度B | 热度A", "问急单：方式 | 电话、上门见面 | 上门见面",
          "问急单：谁 | 市场经理 | 市场经理、区域主管"]),
        # a cell of entitlements is told by what differs in it
        ("matrix:care: {cells: {silver: [visit]}}",
         ["待遇：银卡客户·电话回访 | 有 | 无", "待遇：银卡客户·上门 | 无 | 有"]),
        # a cell of texts, by its row and its column
        ("matrix:journey-words: {cells: {meet: {who: 问姓名。}}}",
         ["各阶段说什么：刚认识·谁要 | 问店名。 | 问姓名。"]),
        # a class's own words, and a rule
        ("transition:heat-c-a: {when: 客户说下周就要}",
         ["客户说这周就要：什么时候 | 客户说这周就要 | 客户说下周就要"]),
        ("path:first-days#first: {choices: {price: {right: true}}, day: 2}",
         ["新人头三天：客户说这周就要，先做什么？·先报价·对不对 | 不对 | 对",
          "新人头三天：客户说这周就要，先做什么？·第几天 | 1 | 2"]),
    ],
)  # fmt: skip
def test_readers_are_told_names_and_words(tmp_path: Path, change: str, told: list[str]) -> None:
    assert rows_of(tmp_path, f"change:\n  {change}\n") == told


def test_a_class_that_is_to_come_has_its_name_wherever_it_is_told(tmp_path: Path) -> None:
    told = rows_of(
        tmp_path,
        """
change:
  scheme:heat:
    classes:
      b: {when: {weeks: 6 到 【param:heat-weeks】}}
      hot: {name: 热, when: {weeks: 5}}
  matrix:heat-gifts: {cells: {hot: [card]}}
  rhythm:heat-call: {whom: [heat/a, heat/hot]}
add:
  class:heat/hot: {goal: 当周去一趟。}
""",
    )
    assert all("hot" not in row for row in told)
    assert any(row.startswith("热度热：类别 |") for row in told)
    assert any("热度A、热度热" in row for row in told)


def test_a_class_inside_a_ladder_stands_where_the_change_writes_it(tmp_path: Path) -> None:
    project = lay("full", tmp_path / "project")
    text = HEAD.lstrip() + (
        "change:\n  scheme:heat:\n    classes:\n"
        "      b: {when: {weeks: 6 到 【param:heat-weeks】}}\n"
        "      hot: {name: 热, when: {weeks: 5}}\n"
    )
    (project / "playbook_data/changes/told.yml").write_text(text, "utf-8")
    playbook, _ = checked(project, datetime.date(2027, 2, 1))
    assert playbook is not None
    assert list(playbook.schemes["heat"].classes) == ["a", "b", "hot", "b2", "c"]


def test_every_key_of_the_data_has_words_for_readers() -> None:
    fixed = {"id", "class", "covers", "sources_say", "measures"}  # no reader is told of a change
    records: set[type[Record]] = set()
    for kind in kinds.KINDS:
        if kind.name not in ("change", "overlay", "source", "retired", "slot", "reason"):
            collect(kind.records, records)
    keys = {f.alias or name for one in records for name, f in one.model_fields.items()}
    assert fixed < keys
    assert keys - set(KEYS) - fixed == set()


def collect(types: tuple[type, ...], found: set[type[Record]]) -> None:
    """Put all records into `found` that stand in records."""
    for one in types:
        if isinstance(one, type) and issubclass(one, model.Record) and one not in found:
            found.add(one)
            for field in one.model_fields.values():
                collect(_members(field.annotation), found)


def test_the_type_of_what_stands_at_a_path_is_known() -> None:
    assert [t.__name__ for t in types_at("rhythm", ("whom",))] == ["Selector"]
    assert [t.__name__ for t in types_at("param", ("set_by",))] == ["SetterId"]


def test_what_begins_or_ends_by_its_own_dates_is_among_what_is_to_come(tmp_path: Path) -> None:
    project = lay("small", tmp_path / "project")
    glossary = project / "playbook_data/glossary.yml"
    glossary.write_text(
        glossary.read_text("utf-8")
        + "soon: {name: 快卡, definition: 快。, effective_from: 2027-02-01}\n"
        + "gone: {name: 慢卡, definition: 慢。, effective_until: 2027-02-28}\n",
        "utf-8",
    )
    pages = {p.address: p for p in read(project, TODAY).site.pages}
    for address in ("index.html", "changes/index.html"):
        told = outline(pages[address])
        assert "快卡：2027-02-01 起" in told
        assert "[慢卡](glossary.html#gone)：到 2027-02-28" in told
    later = {p.address: p for p in read(project, datetime.date(2027, 3, 1)).site.pages}
    assert "慢卡" not in outline(later["index.html"])
    assert "快卡" not in outline(later["index.html"])
