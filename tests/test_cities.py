"""What later days bring is announced in each city as it is there."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest
from small_cities import with_city

from baodian import page, pages
from baodian.page import Page
from baodian.pages import kept
from baodian.playbook import Edition
from baodian.playbook.load import library
from baodian.read import read
from baodian.said.messages import words

BEFORE = datetime.date(2026, 12, 1)
GOLD = "customers/tier/gold.html"
CHANGE = """\
id: more-visits
title: 金卡客户看得勤一些
effective_from: 2027-01-01
effective_until: 2027-06-30
why: 有人说一个月没见着人
approved_by: 运营部
change:
  param:gold-cycle: {default: 10}
"""
CITY = "id: north\nname: 北城\nkind: city\napproved_by: 运营部\n"


def project(folder: Path, city: str) -> Path:
    """The small playbook with a change of half a year and a city."""
    return with_city(folder / "p", CHANGE, CITY + city)


def notes(one: Page) -> Iterator[str]:
    """Yield title and first line of what a page says on top: of its city, and of later days."""
    for block in one.blocks:
        if not isinstance(block, page.Callout) or block.kind not in ("coming", "city"):
            return
        first = block.blocks[0]
        lines = [i for i, _ in first.lines] if isinstance(first, page.Bullets) else [first.text]  # type: ignore[union-attr]
        yield f"{block.kind} {block.title}｜{'／'.join(map(page.plain, lines))}"


def told(made: Path, day: datetime.date = BEFORE, city: str = "") -> dict[str, list[str]]:
    """What each page says on top, by its address."""
    return {p.address: list(notes(p)) for p in read(made, day, city=city).site.pages}


FROM_JANUARY = "coming 从 2027-01-01 起：金卡客户看得勤一些｜每隔：15天 → 10天 看这次变更"
UNTIL_JUNE = "coming 从 2027-07-01 起：“金卡客户看得勤一些”到期｜每隔：10天 → 15天 看这次变更"


@pytest.mark.parametrize(
    ("line", "here"),
    [
        pytest.param(
            "change: {param:gold-cycle: {default: 20, why: 路远}}",
            ["city 北城改写｜每隔：20天（总部 15天；路远；运营部批的）"],
            id="what the city sets itself is not announced as changing",
        ),
        pytest.param(
            "change: {param:gold-cycle: {default: 20, why: 路远, effective_from: 2027-03-01}}",
            [
                FROM_JANUARY,
                "coming 从 2027-03-01 起（北城）：每隔｜每隔：10天 → 20天 北城",
            ],
            id="a later line of the city alone makes a page of its own before its day",
        ),
        pytest.param(
            "change: {param:gold-cycle: {default: 20, why: 路远, effective_until: 2027-02-28}}",
            [
                "city 北城改写｜每隔：20天（总部 15天；到 2027-02-28；路远；运营部批的）",
                "coming 从 2027-03-01 起（北城）：每隔｜每隔：20天 → 10天 北城",
                UNTIL_JUNE,
            ],
            id="what ends in the city goes back to what holds elsewhere on that day",
        ),
    ],
)  # fmt: skip
def test_a_page_of_a_city_tells_what_later_days_bring_there(
    tmp_path: Path, line: str, here: list[str]
) -> None:
    found = told(project(tmp_path, line))
    named = {k: [n.replace("金卡客户多久联系一次", "每隔") for n in v] for k, v in found.items()}
    assert named[f"north/{GOLD}"] == here
    assert named[GOLD] == [FROM_JANUARY, UNTIL_JUNE]


def test_all_editions_made_one_after_the_other_are_as_if_made_alone(tmp_path: Path) -> None:
    books = library(project(tmp_path, "withdraw: {checklist:leave: {why: 没有门店}}"))
    one_after_the_other = kept.Kept()
    for city in ("", "north"):
        for day in (BEFORE, *books.turns):
            playbook = books.playbook(day, city)
            assert playbook is not None
            ground = pages.ground(playbook, Edition(words("zh-CN"), day, city=city))
            made = pages.chapters_of(ground, one_after_the_other)
            assert made == pages.chapters_of(ground)
