"""Changes laid over real files: in force from their day on, told at their own line."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from baodian import checks
from baodian.playbook import Playbook
from baodian.playbook.load import library, load
from baodian.said.problems import At, Problem

SMALL = Path(__file__).parent / "small_playbook"
BEFORE, DAY = datetime.date(2026, 12, 31), datetime.date(2027, 1, 1)
HEAD = "id: x\ntitle: 变一变\neffective_from: 2027-01-01\nwhy: 有缘故。\napproved_by: 甲\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The small playbook, to be changed."""
    shutil.copytree(SMALL, tmp_path / "p")
    return tmp_path / "p"


@pytest.fixture
def on_the_day(project: Path) -> Callable[[str], tuple[Playbook, tuple[Problem, ...]]]:
    """Return what lays one change over the small playbook and gives the playbook of its day."""

    def laid(change: str) -> tuple[Playbook, tuple[Problem, ...]]:
        folder = project / "playbook_data" / "changes"
        folder.mkdir(exist_ok=True)
        (folder / "x.yml").write_text(HEAD + change, encoding="utf-8")
        return load(project, DAY)

    return laid


OnTheDay = Callable[[str], tuple[Playbook, tuple[Problem, ...]]]


def test_a_changed_value_is_in_force_on_its_day_and_points_into_the_layer(
    on_the_day: OnTheDay, project: Path
) -> None:
    playbook, problems = on_the_day("change:\n  param:gold-cycle: {default: 20}\n")
    assert problems == ()
    param = playbook.params["gold-cycle"]
    assert (param.default, param.default.at) == ("20", At("playbook_data/changes/x.yml", 7, 31))
    assert param.name.at.file == "playbook_data/parameters.yml"
    assert playbook.numbers["gold-cycle"] == 20
    assert load(project, BEFORE)[0].numbers["gold-cycle"] == 15
    assert load(project)[0].numbers["gold-cycle"] == 15


def test_a_slip_in_a_layer_is_told_in_the_file_of_the_layer(on_the_day: OnTheDay) -> None:
    _, problems = on_the_day(
        "change:\n  param:gold-cycle: {default: 20, defualt: 30}\n"
        "  rhythm:call-gold: {each: 有时}\n"
    )
    assert sorted((p.at.file, p.at.line, p.code) for p in problems) == [
        ("playbook_data/changes/x.yml", 7, "unknown-key"),
        ("playbook_data/changes/x.yml", 8, "bad-frequency"),
    ]


def test_what_a_layer_takes_away_is_missing_where_it_is_needed(on_the_day: OnTheDay) -> None:
    _, problems = on_the_day("change:\n  param:gold-cycle: {default: ~}\n")
    assert [p.code for p in problems] == ["missing-key"]


def test_one_measure_of_a_group_can_be_changed_added_and_withdrawn(on_the_day: OnTheDay) -> None:
    playbook, problems = on_the_day(
        "change:\n  measure:visit: {name: 登门}\n"
        "add:\n  measure:gift: {group: service, name: 礼品}\n"
        "withdraw:\n  measure:call: {why: 不打了, successor: measure:visit}\n"
    )
    assert problems == ()
    assert "call" not in playbook.measures
    assert playbook.group_of["visit"] == playbook.group_of["gift"] == "service"
    names = {str(id_): m.name for id_, m in playbook.measure_groups["service"].measures.items()}
    assert (names["visit"], names["gift"], "call" in names) == ("登门", "礼品", False)


def test_a_withdrawn_tree_is_missed_by_the_checks_where_it_is_named(on_the_day: OnTheDay) -> None:
    playbook, problems = on_the_day("withdraw:\n  script:leaving: {why: 不用了}\n")
    assert problems == ()
    assert "script:leaving" not in {entity.key for entity in playbook.all()}
    assert "unknown-reference" in {problem.code for problem in checks.check(playbook)}


@pytest.mark.parametrize(
    "change",
    [
        "change:\n  param:nowhere: {default: 3}\n",
        "change:\n  matrix:care#gold.nowhere.deeper: {has: true}\n",
        "withdraw:\n  param:nowhere: {why: 没有}\n",
        "add:\n  param:gold-cycle: {name: 又一个}\n",
        "add:\n  measure:new: {group: nowhere, name: 新}\n",
    ],
)
def test_a_layer_that_does_not_fit_the_shelf_is_told(on_the_day: OnTheDay, change: str) -> None:
    playbook, problems = on_the_day(change)
    assert [(p.code, p.at.file) for p in problems] == [
        ("layer-unknown", "playbook_data/changes/x.yml")
    ]
    assert playbook.numbers["gold-cycle"] == 15


def test_without_layers_every_day_is_as_written(project: Path) -> None:
    books = library(project)
    assert books.turns == ()
    written, today = load(project)[0], load(project, DAY)[0]
    assert [e.key for e in written.all()] == [e.key for e in today.all()]
