"""Coverage: what counts, which reason explains what, and how it is shown."""

from __future__ import annotations

import datetime
import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from found import problems_of

from baodian.checking import checked
from baodian.cli import commands
from baodian.model.coverage import Covering
from baodian.page import Page, Picture
from baodian.pages import pages
from baodian.playbook import Edition, Playbook
from baodian.playbook.coverage import Cell, coverage
from baodian.playbook.reasons import KINDS
from baodian.said.messages import words
from baodian.terminal import width
from baodian.writers.forms import NARROW
from baodian.writers.html import render
from baodian.writers.picture import drawings

ROOT = Path(__file__).parent.parent
SMALL = Path(__file__).parent / "small_playbook"
DATA = "playbook_data"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "p"))


def cell(project: Path, class_: str, kind: Covering) -> Cell:
    playbook, problems = checked(project)
    assert playbook is not None, problems
    row = coverage(playbook).row(("tier", class_))
    assert [c.kind for c in row] == list(KINDS)
    return row[KINDS.index(kind)]


def edit(project: Path, file: str, old: str, new: str) -> None:
    path = project / DATA / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def write(project: Path, file: str, text: str) -> None:
    path = project / DATA / file
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("selector", "why"),
    [
        ("tier/gold", "own"),
        ("tier/silver..gold", "range"),
        ("tier/gold..silver", "range"),
        ("tier/*", "all"),
        ("tier/gold + line/truck", "with"),
        ("[tier/*, tier/gold]", "own"),
        ("everyone", None),
        ("tier/silver", None),
    ],
)
def test_what_counts_and_the_narrowest_way(project: Path, selector: str, why: str | None) -> None:
    write(project, "customer_types/line.yml", "{id: line, name: 业务, judges: owner, order: none, "
          "guides: false, classes: {truck: {name: 整车}}}\n")  # fmt: skip
    edit(project, "checklists/leave.yml", "for: tier/*", f"for: {selector}")
    found = cell(project, "gold", "checklist")
    assert (found.why, found.count) == (why, 1 if why else 0)


def test_drafts_do_not_count(project: Path) -> None:
    assert cell(project, "gold", "script").ids == ("leaving",)
    edit(project, "scripts/leaving.yml", "form: talk", "form: talk\nstatus: draft")
    assert cell(project, "gold", "script").missing


def test_measures_count_through_the_matrix_but_for_stopped_ones(project: Path) -> None:
    found = cell(project, "gold", "measure")
    assert (found.ids, found.why) == (("call", "visit"), "matrix")
    edit(project, "matrices/care.yml", "gold: [call, visit]",
         "gold: {has: [], approve: {call: 主管}, stopped: {visit: 停到年底}}")  # fmt: skip
    assert cell(project, "gold", "measure").ids == ("call",)


def test_the_script_of_a_row_counts_where_the_row_shows_it(project: Path) -> None:
    edit(project, "scripts/leaving.yml", "for: tier/*", "for: everyone")
    edit(project, "tiers/tier.yml", "call_them: 贵宾,", "call_them: 贵宾, script: leaving,")
    assert cell(project, "gold", "script").missing
    edit(project, "tiers/tier.yml", "judges: owner", "judges: owner\nguides: false")
    shutil.rmtree(project / DATA / "guides" / "tier")
    assert cell(project, "gold", "script").why == "own"
    assert cell(project, "silver", "script").missing


def test_a_case_counts_by_its_profile(project: Path) -> None:
    assert cell(project, "gold", "case").missing
    case = (ROOT / DATA / "cases" / "second-line.yml").read_text(encoding="utf-8")
    kept = re.sub(r"^profile:.*$", "profile: [tier/gold]", case, flags=re.MULTILINE)
    write(project, "cases/second-line.yml", kept)
    playbook, _ = checked(project)
    assert playbook is not None
    assert coverage(playbook).row(("tier", "gold"))[2].ids == ("second-line",)


@pytest.mark.parametrize(
    ("reasons", "chosen"),
    [
        ("wide: {why: 都没有。}", "wide"),
        ("wide: {why: 都没有。}\nrow: {for: tier/gold, why: 金卡没有。}", "row"),
        (
            "wide: {for: tier/*, why: 都没有。}\nrange: {for: tier/silver..gold, why: 没有。}",
            "range",
        ),
        ("column: {without: case, why: 都没有。}\nother: {without: case, why: 也没有。}", "column"),
        ("row: {for: tier/silver, why: 银卡没有。}", None),
        ("some: {for: tier/gold + tier/silver, why: 只有一部分没有。}", None),
        ("column: {without: script, why: 都没有。}", None),
        ("draft: {why: 都没有。, status: draft}", None),
    ],
)
def test_the_narrowest_reason_explains(project: Path, reasons: str, chosen: str | None) -> None:
    write(project, "coverage.yml", reasons + "\n")
    found = cell(project, "gold", "case")
    assert (str(found.reason.id) if found.reason else None) == chosen
    assert found.missing is (chosen is None)


def test_nothing_is_asked_without_the_file(project: Path) -> None:
    assert problems_of(project) == ()
    write(project, "coverage.yml", "cases: {for: tier/silver, without: case, why: 还没有。}\n")
    assert [p.code for p in problems_of(project)] == ["not-covered"]


# --- the command ----------------------------------------------------------------------------------


def run(project: Path, *arguments: str) -> Result:
    command = commands(words("zh-CN"))
    return CliRunner().invoke(command, ["check", "--project", str(project), *arguments])


def test_the_table_stands_in_columns(project: Path) -> None:
    write(project, "coverage.yml", "cases: {for: tier/silver, without: case, why: 还没有。}\n")
    result = run(project, "--coverage")
    assert result.exit_code == 0
    assert run(project, "--coverage", "--strict").exit_code == 1
    table = result.stdout.partition("1 处提醒\n")[2].splitlines()
    assert [line.split() for line in table[:3]] == [
        ["等级", "话术", "自查", "案例", "待遇", "节奏"],
        ["银卡客户", "tier/silver", "1", "1", "–", "1", "1"],
        ["金卡客户", "tier/gold", "1", "1", "!", "2", "1"],
    ]
    assert len({width(line) for line in table[:3]}) == 1
    assert (width("金卡客户"), width("gold –")) == (8, 6)
    assert "10" in table[3]
    assert "8 格有" in table[3]


def test_programs_get_every_cell(project: Path) -> None:
    write(project, "coverage.yml", "cases: {for: tier/silver, without: case, why: 还没有。}\n")
    found = json.loads(run(project, "--coverage", "--format", "json").stdout)
    assert [p["code"] for p in found["problems"]] == ["not-covered"]
    assert len(found["coverage"]) == 10
    assert found["coverage"][2] == {
        "class": "tier/silver", "kind": "case", "count": 0, "ids": [], "narrowest": None,
        "reason": "还没有。",
    }  # fmt: skip
    assert found["coverage"][8]["narrowest"] == "matrix"


def test_no_table_of_what_could_not_be_read(project: Path) -> None:
    edit(project, "scripts/leaving.yml", "form: talk", "form: tlak")
    result = run(project, "--coverage")
    assert result.exit_code == 1
    assert "覆盖" in result.stdout
    assert "tier/gold" not in result.stdout
    found = json.loads(run(project, "--coverage", "--format", "json").stdout)
    assert found["coverage"] is None
    assert found["problems"]


# --- the page -------------------------------------------------------------------------------------


def the_page(project: Path) -> tuple[Page, str]:
    playbook, problems = checked(project)
    assert playbook is not None
    t = words("zh-CN")
    site = pages(playbook, Edition(t, datetime.date(2026, 12, 1)), problems)
    page = next(p for p in site.pages if p.address == "coverage.html")
    return page, render(page, site, t).html


def test_the_page_says_figures_reasons_and_reminders(project: Path) -> None:
    write(project, "coverage.yml", "cases: {for: tier/silver, without: case, why: 还没有故事。}\n")
    page, html = the_page(project)
    picture = next(b for b in page.blocks if isinstance(b, Picture))
    assert picture.alt == (
        "银卡客户：话术 1，自查 1，案例 没有（有理由），待遇 1，节奏 1；"
        "金卡客户：话术 1，自查 1，案例 缺，待遇 2，节奏 1"
    )
    assert [row[2].look for row in picture.cells] == ["excused", "missing"]
    assert "reason:cases" in page.holds
    assert 'href="customers/tier/gold.html#say"' in html
    assert 'href="coverage.html#cases"' in html or 'href="#cases"' in html
    assert "还没有故事。" in html
    assert "tiers/tier.yml:10:3" in html
    assert "bd-pic-missing" in html


def test_a_grid_fits_a_phone_and_keeps_its_words_in_its_cells(project: Path) -> None:
    page, _ = the_page(project)
    picture = next(b for b in page.blocks if isinstance(b, Picture))
    wide, narrow = drawings(picture)
    assert narrow.width <= NARROW < wide.width
    for drawn in (wide, narrow):
        assert len(drawn.boxes) == 10
        assert max(b.x + b.width for b in drawn.boxes) <= drawn.width
        for box in drawn.boxes:
            assert all(box.x < w.x < box.x + box.width for w in box.words)


def test_the_shipped_handbook_is_held_to_it(shipped: Playbook) -> None:
    found = coverage(shipped)
    assert len(found.classes()) >= 40
    assert shipped.reasons
    assert found.missing == ()
