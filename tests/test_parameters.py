"""The page of parameters lists what is set as a whole: where it lives, for whom, by whom."""

from __future__ import annotations

import datetime
import itertools
import re
import shutil
from pathlib import Path

import pytest

from baodian import page
from baodian.model.fields import Field
from baodian.model.quantities import Day, Number, Quantity, Whole
from baodian.page import Heading, Link, Table
from baodian.playbook.load import load
from baodian.read import read
from baodian.source import Scalar
from baodian.writers.outline import outline

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


TYPED = {
    "parameters.yml": ("default: 15, allowed: 7 到 30", "default: １５, allowed: ７ 到 3０"),
    "rhythms.yml": ("每月 1 次", "每月 ３ 次"),
    "tables/brands.yml": ("不满 80", "不满 ８０"),
    "tiers/tier.yml": ("不满 10", "不满 1０"),
}


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


def test_a_number_is_shown_in_plain_digits_however_it_was_typed(project: Path) -> None:
    data = project / "playbook_data"
    for name, (old, new) in TYPED.items():
        text = (data / name).read_text(encoding="utf-8")
        assert old in text, name
        (data / name).write_text(text.replace(old, new), encoding="utf-8")
    book = read(project, DAY)
    shown = "\n".join(outline(shown) for shown in book.site.pages)
    assert "15天" in shown
    assert "7\u00a0到\u00a030" in shown
    assert "每月 3 次" in shown
    assert not re.findall("[０-９]", shown)


@pytest.mark.parametrize(
    ("typed", "number"), [("６０", 60), ("2万", 20_000), ("'1,000'", 1000), ("٣", 3), ("𝟗", 9)]
)
def test_a_parameter_is_the_number_that_was_typed(project: Path, typed: str, number: int) -> None:
    file = project / "playbook_data" / "parameters.yml"
    text = file.read_text(encoding="utf-8").replace(
        "default: 15, allowed: 7 到 30", f"default: {typed}"
    )
    file.write_text(text, encoding="utf-8")
    playbook, _ = load(project)
    assert playbook.numbers["gold-cycle"] == number
    assert playbook.value("gold-cycle") == str(number)
    assert playbook.worded("gold-cycle") == f"{number}天"


@pytest.mark.parametrize(
    ("field", "typed", "shown", "value"),
    [
        (Whole, "１２", "12", 12),
        (Number, "１.５", "1.5", 1.5),
        (Number, "1,000", "1000", 1000.0),
        (Quantity, "９０ 天", "90 天", 90),
        (Quantity, "2万元", "2万元", 20_000),
        (Quantity, "5千克", "5千克", 5),
        (Day, "２０２６-12-０１", "2026-12-01", datetime.date(2026, 12, 1)),
    ],
)
def test_every_field_reads_digits_of_any_script(
    field: type[Field], typed: str, shown: str, value: object
) -> None:
    made = field.read(Scalar(typed))
    assert made == shown
    assert (made.date if isinstance(made, Day) else getattr(made, "number", None)) == value
