"""The page of parameters lists what is set as a whole: where it lives, for whom, by whom."""

from __future__ import annotations

import datetime
import itertools
import shutil
from pathlib import Path

import pytest

from baodian import page
from baodian.page import Heading, Link, Table
from baodian.read import read

SMALL = Path(__file__).parent / "small_playbook"
DAY = datetime.date(2026, 12, 1)
MARKED = {
    "tiers/tier.yml": ("order: low-to-high\n", "order: low-to-high\nset_by: city\n"),
    "matrices/care.yml": ("rows: tier\n", "rows: tier\nset_by: company\n"),
    "tables/brands.yml": ("  hit: one\n", "  hit: one\n  set_by: [city, supervisor]\n"),
    "rhythms.yml": ("call-gold: {", "call-gold: {set_by: team, "),
}
PLAN = """\
opening:
  kind: timetable
  name: 开张以后
  set_by: city
  day_zero: 开张当天
  for: tier/gold
  entries:
    visit: {days: 0 到 3, what: 上门看一次}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "small"))


def whole(project: Path) -> Table | None:
    """Return the table under the heading of what is set as a whole, if the page has one."""
    made = read(project, DAY).site.pages
    blocks = next(p for p in made if p.address == "parameters.html").blocks
    for heading, table in itertools.pairwise(blocks):
        if isinstance(heading, Heading) and heading.anchor == "h-wholes":
            assert isinstance(table, Table)
            return table
    return None


def test_without_a_mark_there_is_no_such_table(project: Path) -> None:
    assert whole(project) is None


def test_every_marked_entity_is_listed_with_its_link_and_who_sets_it(project: Path) -> None:
    data = project / "playbook_data"
    for name, (old, new) in MARKED.items():
        text = (data / name).read_text(encoding="utf-8")
        assert text.count(old) == 1
        (data / name).write_text(text.replace(old, new), encoding="utf-8")
    (data / "plans").mkdir()
    (data / "plans" / "opening.yml").write_text(PLAN, encoding="utf-8")
    table = whole(project)
    assert table is not None
    rows = {}
    for row in table.rows:
        link = row.cells[0].lines[0][0]
        assert isinstance(link, Link)
        words = tuple("".join(map(page.plain, cell.lines)) for cell in row.cells)
        rows[link.href] = (words[0], *words[2:])
    assert rows == {
        "customers/tier.html": ("等级", "车主", "城市"),
        "entitlements/care.html": ("待遇", "等级", "公司"),
        "tables/brands.html": ("按面积配品牌", "等级（全部）", "城市、区域主管"),
        "plans/opening.html": ("开张以后", "金卡客户", "城市"),
        "rhythms.html#call-gold": ("上门联系", "金卡客户", "团队"),
    }
