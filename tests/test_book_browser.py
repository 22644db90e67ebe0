"""The customer book in a browser: from a sheet to a list of today, and nothing lost on the way."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

PHONE = {"width": 375, "height": 667}
NOW = "2026-12-01T09:00:00"  # a Tuesday
SHEET = "\n".join((
    "代号\t类别\t距上次有效订单\t连续达标\t身份\t在用台数\t上次联系\t答应的事\t答应日期",
    "QG-01\t活跃客户\t\t\t\t\t2026-11-02\t\t",
    "QG-02\t\t2026-11-20\t4\t\t\t2026/10/28\t送一张要点\t11月29日",
    "QG-03\t\t\t\t民营单位\t60\t10月1日\t\t",
    "QG-04\t成交A、整车\t\t\t\t\t2026-11-23\t回他旧车能抵多少\t2026-12-01",
    "QG-05\t成交B、养护品\t\t\t\t\t46340\t\t",
    "QG-06\t死账户\t\t\t\t\t2026-08-20\t\t",
    "QG-07\t活跃\t\t\t\t\t2026-11-28\t\t",
    "QG-08\t\t\t\t个人或个体户\t3\t2026-11-30\t\t",
    "QG-09\t\t\t\t国有单位\t120\t\t\t",
    "QG-10\t骨灰级\t\t\t\t\t2026-11-15\t带样品过去\t2026-12-04",
))  # fmt: skip


@pytest.fixture
def page(browser: Browser, served: str) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE, accept_downloads=True)
    made = context.new_page()
    made.clock.set_fixed_time(NOW)
    made.goto(f"{served}/book.html")
    yield made
    context.close()


def paste(page: Page, text: str) -> None:
    page.locator("[data-fold=paste] textarea").fill(text)
    page.get_by_role("button", name=re.compile("^收下这")).click()


def codes(page: Page) -> list[str]:
    return page.locator(".bd-book-due > .bd-book-cards .bd-book-code").all_text_contents()


def test_ten_customers_become_the_list_of_today(page: Page, served: str, tmp_path: Path) -> None:
    bad = "王建国\t活跃\t\t\t\t\t2026-11-15\t\t\nQG-11\t活跃\t\t\t\t\t2026-13-15\t\t"
    paste(page, f"{SHEET}\n{bad}")
    expect(page.locator(".bd-book-bad li")).to_contain_text(["看着像姓名", "不是日期"])
    left = page.locator("[data-fold=paste] textarea").input_value().splitlines()
    assert [line.split("\t")[0] for line in left] == ["代号", "王建国", "QG-11"]
    page.locator("[data-fold=paste] textarea").fill("")
    # Promises first, the oldest before all; then who is latest, then who is due today.
    assert codes(page) == ["QG-02", "QG-04", "QG-03", "QG-06", "QG-05", "QG-09"]
    first = page.locator(".bd-book-card").first
    expect(first).to_contain_text("答应过：送一张要点")
    expect(first).to_contain_text("忠诚客户")
    expect(first.get_by_role("link", name="怎么说")).to_have_attribute(
        "href", re.compile("scripts/keep-loyal.html$")
    )
    expect(first.get_by_role("link", name="指南")).to_have_attribute(
        "href", re.compile("customers/activity/loyal.html$")
    )
    expect(first.get_by_role("link", name="自查")).to_have_attribute(
        "href", re.compile("checklists/.*.html$")
    )

    page.get_by_role("button", name="QG-02：送一张要点：办好了").click()
    page.get_by_role("button", name=re.compile("QG-02：上门报新消息.*办好了")).click()
    assert codes(page) == ["QG-04", "QG-03", "QG-06", "QG-05", "QG-09"]
    page.get_by_role("button", name="撤销").click()
    assert "QG-02" in codes(page)
    page.get_by_role("button", name=re.compile("QG-02：上门报新消息.*办好了")).click()

    page.get_by_role("button", name="这次答应了什么？").click()
    form = page.locator('[data-panel="QG-02"] .bd-book-form').first
    form.get_by_label("答应了什么").fill("给王总送样")
    form.get_by_label("哪天办").fill("2026-12-01")
    form.get_by_role("button", name="记下").click()
    expect(form.get_by_role("alert")).to_contain_text("看着像姓名")
    form.get_by_label("答应了什么").fill("送样")
    form.get_by_role("button", name="记下").click()
    assert codes(page)[:2] == ["QG-02", "QG-04"]

    page.goto(f"{served}/index.html")
    expect(page.locator(".bd-widget-due h2")).to_have_text("今天该找 6 位")
    page.locator(".bd-due-list a").first.click()
    expect(page.locator('[data-panel="QG-02"]')).to_be_visible()

    page.get_by_text("这一周，一天一天排").click()
    with page.expect_download() as calendar:
        page.get_by_role("button", name="下载到日历").click()
    text = Path(calendar.value.path()).read_text(encoding="utf-8")
    assert text.count("BEGIN:VEVENT") == 8  # six of today, two of this week
    assert "DTSTART;VALUE=DATE:20261201" in text
    page.get_by_text("交给同事、带走").click()
    with page.expect_download() as file:
        page.get_by_role("button", name="给同事的文件").click()
    handed = tmp_path / "book.json"
    file.value.save_as(handed)
    with page.expect_download() as sheet:
        page.get_by_role("button", name="Excel 表格").click()
    assert Path(sheet.value.path()).read_text(encoding="utf-8").startswith("\ufeff代号,")

    page.get_by_text("设置，全部清除").click()
    page.get_by_role("button", name="清空客户本").click()
    page.get_by_role("button", name="全部清除").click()
    expect(page.locator(".bd-book-count")).to_contain_text("还没有客户")
    kept = "Object.keys(localStorage).filter((k) => /:(book|due)$/.test(k))"
    assert page.evaluate(kept) == []
    page.get_by_text("收一个文件").click()
    page.get_by_label("选择文件").set_input_files(handed)
    expect(page.get_by_text("新的 10 位")).to_be_visible()
    assert codes(page)[:2] == ["QG-02", "QG-04"]


def test_two_windows_do_not_undo_each_other(page: Page, served: str) -> None:
    paste(page, "代号,类别\nA1,活跃\nA2,活跃")
    other = page.context.new_page()
    other.clock.set_fixed_time(NOW)
    other.goto(f"{served}/book.html")
    tick = re.compile("A1：上门谈上个月.*办好了")
    other.get_by_role("button", name=tick).click()
    expect(page.get_by_role("button", name=tick)).to_have_count(0)
    page.get_by_role("button", name=re.compile("A2：上门谈上个月.*办好了")).click()
    did = "baodian.store.read('book').customers"
    both = page.evaluate(f"[{did}.A1.did['visit-active'], {did}.A2.did['visit-active']]")
    assert both == ["2026-12-01", "2026-12-01"]


def test_what_a_self_check_found_not_done_is_promised(page: Page, served: str) -> None:
    run = {
        "list": "leave-shop", "title": "离店前自查", "name": "1201-1", "groups": [],
        "subjects": ["A1"], "items": {"one": {"0": ["no", "", "x", 1]}}, "started": 1,
        "changed": 1, "done": 1, "asked": [["", "", [["one", "当面对过价签"]]]],
    }  # fmt: skip
    paste(page, "代号,类别\nA1,活跃")
    page.evaluate("run => baodian.store.set('runs', 'r1', run)", run)
    page.goto(f"{served}/checklists/leave-shop.html#run-r1")
    page.get_by_role("link", name="没做到的，记进客户本").click()
    form = page.locator(".bd-book-sheet form")
    expect(form.get_by_label("代号")).to_have_value("A1")
    form.get_by_role("button", name="记下").click()
    page.get_by_role("button", name="A1", exact=True).first.click()
    expect(page.locator('[data-panel="A1"]')).to_contain_text("当面对过价签")
    kept = page.evaluate("baodian.store.read('book').customers.A1.promises")
    assert [(one["what"], one["by"]) for one in kept] == [("当面对过价签", "2026-12-02")]


def test_a_full_or_closed_store_is_told(page: Page, served: str) -> None:
    page.add_init_script(
        "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); }"
    )
    page.goto(f"{served}/book.html")
    paste(page, "代号,类别\nA1,活跃")
    expect(page.locator(".bd-book-alert")).to_contain_text("空间满了")
    assert codes(page) == ["A1"]  # for as long as the page is open


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_book(browser: Browser, served: str, scheme: str) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 667}, color_scheme=scheme)
    page.clock.set_fixed_time(NOW)
    page.goto(f"{served}/book.html")
    paste(page, SHEET)
    page.locator(".bd-book-code").first.click()
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    result = Axe().run(
        page, context="article", options={"runOnly": ["wcag2a", "wcag2aa", "wcag22aa"]}
    )
    assert [(v["id"], v["nodes"][0]["html"][:120]) for v in result.response["violations"]] == []
    page.close()


def test_the_scripts_of_the_page_are_small(site: Path) -> None:
    html = (site / "book.html").read_text(encoding="utf-8")
    files = [site / name for name in re.findall(r'<script src="([^"]+)"', html)]
    data = "".join(re.findall(r'<script type="application/json">(.*?)</script>', html, re.DOTALL))
    assert {"first", "site", "book"} <= {file.name.partition(".")[0] for file in files}
    assert json.loads(data)["schemes"]
    size = {file.name: len(gzip.compress(file.read_bytes())) for file in files}
    assert sum(size.values()) <= 60_000
    assert sum(n for name, n in size.items() if name.startswith("book")) <= 25_000
