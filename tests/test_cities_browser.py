"""A reader of one city, and a reader before, on and after the day of a change."""

from __future__ import annotations

import datetime
import functools
import http.server
import re
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Quiet
from playwright.sync_api import Browser, Page, expect
from small_cities import with_city

from baodian.build import build
from baodian.said.messages import words
from baodian.terminal import Progress

PHONE = {"width": 375, "height": 667}
BEFORE, AFTER = datetime.date(2026, 12, 1), datetime.date(2027, 1, 1)
CHANGE = """\
id: more-visits
title: 金卡客户看得勤一些
effective_from: 2027-01-01
why: 有人说一个月没见着人
promised: 已经约好日子的，照约好的来
say: script:leaving
approved_by: 运营部
change:
  param:gold-cycle: {default: 10}
"""
CITY = """\
id: north
name: 北城
kind: city
approved_by: 运营部
change:
  param:gold-cycle: {default: 20, why: 路远}
withdraw:
  checklist:leave: {why: 北城没有门店, successor: script:leaving}
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small playbook with a change to come and a city."""
    project = with_city(tmp_path_factory.mktemp("cities") / "p", CHANGE, CITY)
    build(project, BEFORE, words("en"), Progress(quiet=True))
    return project


@pytest.fixture(scope="module")
def served(project: Path) -> Iterator[str]:
    """The address of the built handbook."""
    handler = functools.partial(Quiet, directory=str(project / "site"))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE)
    yield context.new_page()
    context.close()


GOLD = "customers/tier/gold.html"


def test_only_what_differs_stands_under_the_city(project: Path) -> None:
    site = project / "site"
    own = {p.relative_to(site / "north").as_posix() for p in (site / "north").rglob("*.html")}
    assert {GOLD, "parameters.html", "rhythms.html", "checklists/leave.html"} <= own
    assert not {"channels.html", "escalation.html", "about.html"} & own
    text = (site / "north" / GOLD).read_text(encoding="utf-8")
    assert "20天" in text
    assert "15天" in text  # what holds elsewhere stands beside it
    assert 'href="../../../channels.html' in text or "channels" not in text


def test_a_city_is_chosen_once_and_links_lead_to_its_pages(page: Page, served: str) -> None:
    page.goto(f"{served}/{GOLD}")
    expect(page.locator(".bd-callout-city")).to_have_count(0)
    page.locator(".bd-cities").get_by_role("link", name="北城").click()
    expect(page).to_have_url(f"{served}/north/{GOLD}")
    expect(page.locator(".bd-callout-city")).to_contain_text("20天（总部 15天；路远；运营部批的）")
    page.goto(f"{served}/index.html")
    page.goto(f"{served}/{GOLD}#h-say")  # an old bookmark
    expect(page).to_have_url(f"{served}/north/{GOLD}#h-say")
    page.goto(f"{served}/customers/index.html")
    page.locator(f"article a[href$='{GOLD.removeprefix('customers/')}']").first.click()
    expect(page).to_have_url(f"{served}/north/{GOLD}")
    page.get_by_role("link", name="看总部的").click()
    expect(page).to_have_url(f"{served}/{GOLD}")
    page.reload()
    expect(page).to_have_url(f"{served}/{GOLD}")


def test_the_foot_of_every_page_changes_the_city(page: Page, served: str) -> None:
    page.goto(f"{served}/{GOLD}")
    page.get_by_label("城市").select_option("北城")
    expect(page).to_have_url(f"{served}/north/{GOLD}")
    page.get_by_label("城市").select_option("总部（不分城市）")
    expect(page).to_have_url(f"{served}/{GOLD}")


def test_a_shared_address_of_a_city_is_taken_as_the_choice_of_who_has_none(
    page: Page, served: str
) -> None:
    page.goto(f"{served}/north/{GOLD}")
    page.goto(f"{served}/rhythms.html")
    expect(page).to_have_url(f"{served}/north/rhythms.html")


def test_what_a_city_has_withdrawn_says_so(page: Page, served: str) -> None:
    page.goto(f"{served}/north/checklists/leave.html")
    note = page.locator(".bd-callout-city")
    expect(note).to_contain_text("北城不执行")
    expect(note).to_contain_text("北城没有门店")
    expect(page.get_by_role("checkbox")).to_have_count(0)


def found(page: Page) -> list[str]:
    hrefs: list[str] = page.locator("[data-result]").evaluate_all("all => all.map(a => a.href)")
    return hrefs


def test_the_search_finds_what_the_city_says_and_not_what_it_replaces(
    page: Page, served: str
) -> None:
    page.goto(f"{served}/index.html?q=北城改写")
    expect(page.locator("#bd-search[data-stage='2']")).to_be_attached()
    assert not [href for href in found(page) if "/north/" in href]
    page.goto(f"{served}/north/{GOLD}")
    page.goto(f"{served}/index.html?q=北城改写")
    expect(page.locator("[data-result]").first).to_be_visible()
    page.locator("[data-result]").first.click()
    expect(page).to_have_url(re.compile("/north/"))
    page.goto(f"{served}/index.html?q=金卡客户")
    expect(page.locator("[data-result]").first).to_be_visible()
    assert not [href for href in found(page) if href.startswith(f"{served}/{GOLD}")]


def test_without_script_a_page_says_where_it_is_another(browser: Browser, served: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served}/{GOLD}")
    page.locator(".bd-cities").get_by_role("link", name="北城").click()
    expect(page).to_have_url(f"{served}/north/{GOLD}")
    context.close()


def test_from_a_file_the_city_works_too(page: Page, project: Path) -> None:
    page.goto((project / "site" / GOLD).as_uri())
    page.locator(".bd-cities").get_by_role("link", name="北城").click()
    expect(page).to_have_url((project / "site" / "north" / GOLD).as_uri())


def test_what_is_to_come_is_announced_and_after_its_day_the_copy_says_it_is_old(
    page: Page, served: str
) -> None:
    page.clock.set_fixed_time(datetime.datetime(2026, 12, 31, 23, 0))
    page.goto(f"{served}/{GOLD}")
    note = page.locator(".bd-callout-coming")
    expect(note).to_contain_text("从 2027-01-01 起：金卡客户看得勤一些")
    expect(note).to_contain_text("15天 → 10天")
    expect(note).to_contain_text("已经约好日子的，照约好的来")
    expect(note).not_to_contain_text("旧的")
    page.clock.set_fixed_time(datetime.datetime(2027, 1, 1, 0, 5))
    page.goto(f"{served}/{GOLD}")
    expect(note).to_contain_text("这一天已经到了，你看的还是旧的")
    page.goto(f"{served}/index.html")
    expect(page.locator(".bd-callout-coming")).to_contain_text("金卡客户看得勤一些")


def test_on_the_day_the_value_is_in_force(project: Path, tmp_path: Path) -> None:
    project = Path(shutil.copytree(project, tmp_path / "p"))
    build(project, AFTER, words("en"), Progress(quiet=True))
    text = (project / "site" / GOLD).read_text(encoding="utf-8")
    assert re.search(r"10\s?天", re.sub(r"<[^>]+>", "", text))
    assert "bd-callout-coming" not in text
    change = (project / "site" / "changes" / "more-visits.html").read_text(encoding="utf-8")
    assert "在执行" in change
