"""`baodian explain`: each value with its line, the layer that set it, its days, who approved it."""

from __future__ import annotations

import datetime
import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from baodian.cli import commands
from baodian.read import read
from baodian.said.messages import words
from baodian.writers.outline import outline

ROOT = Path(__file__).parent.parent
SMALL = Path(__file__).parent / "small_playbook"
FILES = {
    "parameters.yml": (
        "gold-cycle: {name: 金卡客户多久联系一次, type: count, unit: 天, default: 15,"
        " allowed: 7 到 30, set_by: [city]}\n"
    ),
    "changes/cycle.yml": (
        "id: cycle\ntitle: 放宽周期\neffective_from: 2027-01-01\nwhy: 走得近\n"
        "approved_by: 总监\nchange:\n  param:gold-cycle: {default: 20}\n"
        "  matrix:care#silver.call: null\n  matrix:care#silver.visit: {approve: 主管}\n"
    ),
    "overlays/south.yml": (
        "id: south\nname: 南城\nkind: city\nchange:\n"
        "  param:gold-cycle: {default: 10, why: 店挨着, approved_by: 区域主管,"
        " effective_until: 2027-06-30}\n"
    ),
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = Path(shutil.copytree(SMALL, tmp_path / "p"))
    for name, text in FILES.items():
        path = folder / "playbook_data" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def run(project: Path, *asked: str, day: str = "2026-12-01", language: str = "en") -> Result:
    arguments = ["explain", "--project", str(project), "--date", day, *asked]
    return CliRunner().invoke(commands(words(language)), arguments)


def test_a_value_of_the_base_and_what_other_days_and_cities_make_of_it(project: Path) -> None:
    assert run(project, "param:gold-cycle#default").stdout == (
        "param:gold-cycle\n"
        "  default: 15  playbook_data/parameters.yml:1:63\n"
        "On other days, and in other cities:\n"
        "  default: 20  playbook_data/changes/cycle.yml:7:31\n"
        "      放宽周期 (change:cycle); from 2027-01-01; before: 15; why: 走得近;"
        " approved by 总监\n"
        "  default: 10  playbook_data/overlays/south.yml:5:31\n"
        "      南城 (overlay:south); until 2027-06-30; before: 15; why: 店挨着;"
        " approved by 区域主管\n"
    )


def test_the_words_of_a_list_are_joined_as_the_language_does(project: Path) -> None:
    for language, joined in (("en", ": call, visit  "), ("zh-CN", "：call、visit  ")):
        assert (
            joined in run(project, "matrix:care#gold", language=language, day="2026-12-01").stdout
        )


def test_in_chinese_the_signs_between_words_are_chinese(project: Path) -> None:
    told = run(project, "param:gold-cycle#default", language="zh-CN").stdout
    assert "  default：20  playbook_data/changes/cycle.yml:7:31\n" in told
    assert "      放宽周期（change:cycle）；2027-01-01 起；" in told
    assert not {"; ", " (", ": "} & {told[n : n + 2] for n in range(len(told))}


@pytest.mark.parametrize(
    ("day", "city", "value", "layer", "before"),
    [
        ("2026-12-31", None, "15", "", None),
        ("2027-01-01", None, "20", "change:cycle", "15"),
        ("2027-01-01", "south", "10", "overlay:south", "20"),
        ("2027-06-30", "south", "10", "overlay:south", "20"),
        ("2027-07-01", "south", "20", "change:cycle", "15"),
    ],
)
def test_the_day_and_the_city_decide_which_layer_speaks(
    project: Path, day: str, city: str | None, value: str, layer: str, before: str | None
) -> None:
    asked = ["param:gold-cycle#default", "--format", "json", *(["--city", city] if city else [])]
    found = json.loads(run(project, *asked, day=day).stdout)
    (one,) = found["values"]
    assert (one["value"], one["layer"], one["before"]) == (value, layer, before)


def test_it_names_each_value_of_a_whole_thing_once(project: Path) -> None:
    found = json.loads(run(project, "script:leaving", "--format", "json").stdout)
    paths = [tuple(one["path"]) for one in found["values"]]
    assert len(set(paths)) == len(paths)
    assert ("answers", "money", "they_say") in paths
    assert all(one["file"] == "playbook_data/scripts/leaving.yml" for one in found["values"])


def test_a_part_taken_away_is_told_with_who_took_it(project: Path) -> None:
    text = run(project, "matrix:care#silver.call", day="2027-02-01").stdout
    assert "cells.silver.call: taken away  playbook_data/changes/cycle.yml:8:3" in text
    assert "approved by 总监" in text
    whole = run(project, "matrix:care#silver", day="2027-02-01").stdout
    assert "cells.silver.approve.visit: 主管  playbook_data/changes/cycle.yml" in whole


def test_a_measure_put_into_a_cell_is_the_layers_and_the_others_are_not(project: Path) -> None:
    path = project / "playbook_data/changes/cycle.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("{approve: 主管}", "{has: true}"), encoding="utf-8")
    found = json.loads(
        run(project, "matrix:care#silver", "--format", "json", day="2027-02-01").stdout
    )
    by_value = [(one["value"], one["layer"]) for one in found["values"]]
    assert sorted(by_value, key=str) == [(None, "change:cycle"), (["visit"], "change:cycle")]


def test_what_is_withdrawn_tells_what_was_there(project: Path) -> None:
    (project / "playbook_data/changes/gone.yml").write_text(
        "id: gone\ntitle: 停掉\neffective_from: 2027-03-01\nwhy: 没人用\nwithdraw:\n"
        "  script:leaving: {why: 没人用, approved_by: 合规}\n",
        encoding="utf-8",
    )
    text = run(project, "script:leaving#title", day="2027-03-01").stdout
    assert "  taken away  playbook_data/changes/gone.yml:6:3\n" in text
    assert "approved by 合规" in text
    assert "  title: 客户说不想做了  playbook_data/scripts/leaving.yml:2:8\n" in text


@pytest.mark.parametrize(
    ("asked", "hint"),
    [
        ("param:gold-cicle", "Did you mean “param:gold-cycle”?"),
        ("gold-cycle", "Did you mean “param:gold-cycle”?"),
        ("parm:gold-cycle", "Did you mean “param:gold-cycle”?"),
        ("param:gold-cycle#defalt", "Did you mean “default”?"),
        ("matrix:care#gold.nothing-like-it", "Possible: "),
        ("class:tier/gld", "Did you mean “gold”?"),
        ("#", "does not exist"),
        ("::#..", "does not exist"),
        ("slot:客户", "Did you mean “slot:客户称呼”?"),
    ],
)
def test_a_slip_in_the_name_gets_a_guess_and_no_traceback(
    project: Path, asked: str, hint: str
) -> None:
    result = run(project, asked)
    assert result.exit_code == 2
    assert hint in result.output


def test_a_retired_id_names_its_successor(project: Path) -> None:
    path = project / "playbook_data/retired.yml"
    path.write_text("script:old: script:leaving\n", encoding="utf-8")
    assert "Write “script:leaving”." in run(project, "script:old").output


def test_an_unknown_city_is_said(project: Path) -> None:
    result = run(project, "param:gold-cycle", "--city", "north")
    assert result.exit_code == 2
    assert "There is no city “north”" in result.output


def test_a_page_tells_the_same_behind_its_basis(project: Path) -> None:
    def basis(day: str, city: str = "") -> str:
        site = read(project, datetime.date.fromisoformat(day), city=city).site
        page = next(p for p in site.pages if p.address == "parameters.html")
        return outline(page).partition("anchor=h-basis")[2]

    assert basis("2026-12-01") == ""
    changed = basis("2027-01-01")
    assert "[放宽周期](changes/cycle.html)（2027-01-01 起；走得近）" in changed
    assert "20天（之前 15天；总监批的）" in changed
    city = basis("2027-01-01", "south")
    assert "10天（总部 20天；到 2027-06-30；店挨着；区域主管批的）" in city


def test_readers_see_no_raw_key_or_id_of_the_shipped_changes() -> None:
    """Every change and city of the shipped handbook is told in the words of its readers."""
    site = read(ROOT, datetime.date(2026, 11, 29)).site
    pages = [p for p in site.pages if p.kind in ("change", "overlay") and not p.city]
    assert len(pages) == 5
    for page in pages:
        cells = [line for line in outline(page).splitlines() if "Cell: ¶" in line]
        for line in cells:
            plain = line.partition("¶")[2]
            words_only = re.sub("成交[A-D]|VIP", "", plain)
            told = "".join(c for c in _without_links(words_only) if c.isascii() and c.isalpha())
            assert told == "", line


def _without_links(text: str) -> str:
    return re.sub(r"[\]}]\([^)]*\)", "", text)
