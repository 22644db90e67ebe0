"""The class finder: a reader answers, sees the class and why, and gets to a guide."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

PHONE = {"width": 375, "height": 667}


@pytest.fixture
def page(browser: Browser, served: str) -> Iterator[Page]:
    made = browser.new_page(viewport=PHONE)
    made.goto(f"{served}/finder.html")
    yield made
    made.close()


def test_values_that_cannot_be_are_said(page: Page) -> None:
    page.get_by_label("车主与车队", exact=True).check()
    ruler = page.locator("#ruler-member-tier")
    for text in ("0", "2.5"):
        ruler.get_by_label("在用台数").fill(text)
        expect(ruler.get_by_role("status").last).to_have_text("“在用台数”没有这样的值。")


def test_a_number_stays_as_it_was_typed(page: Page) -> None:
    page.get_by_label("车主与车队", exact=True).check()
    ruler = page.locator("#ruler-member-tier")
    ruler.get_by_label("民营单位", exact=True).check()
    trucks = ruler.get_by_label("在用台数")
    trucks.fill("３０")
    expect(ruler.get_by_role("status").last).to_contain_text("他是：黄金卡客户")
    trucks.hover()
    page.mouse.wheel(0, 240)
    page.keyboard.press("ArrowDown")
    expect(trucks).to_have_value("３０")
    page.get_by_label("一次购买机会", exact=True).check()  # the rulers are made anew
    expect(trucks).to_have_value("30")
    expect(page.locator(".bd-finder-classes")).to_contain_text("黄金卡客户")
    trucks.fill("三十")
    expect(ruler.get_by_role("alert").filter(has_text="要填数")).to_be_visible()
    expect(page.locator(".bd-finder-profile")).not_to_contain_text("黄金卡客户")
    trucks.fill("1,000")
    expect(ruler.get_by_role("alert").filter(has_text="要填数")).to_have_count(0)


def test_two_rulers_make_a_profile_with_one_guide(page: Page) -> None:
    page.get_by_label("车主与车队", exact=True).check()
    ruler = page.locator("#ruler-member-tier")
    ruler.get_by_label("民营单位", exact=True).check()
    expect(ruler.get_by_role("status").last).to_contain_text("还可能是：黄金卡客户、白金卡客户")
    expect(ruler.get_by_role("status").last).to_contain_text("接着问清：在用台数")
    ruler.get_by_label("在用台数").fill("60")
    expect(ruler.get_by_role("status").last).to_contain_text("他是：黄金卡客户")
    expect(ruler.get_by_role("status").last).to_contain_text("因为：身份：民营单位；在用台数：")
    assert page.locator("#ruler-activity").count() == 0  # another kind of customer
    page.get_by_label("一次购买机会", exact=True).check()
    closing = page.locator("#ruler-closing")
    closing.get_by_label("整车", exact=True).check()
    closing.get_by_label("预计第几个月成交").fill("2")
    profile = page.locator(".bd-finder-classes")
    for name in ("成交B", "黄金卡客户", "整车"):
        expect(profile).to_contain_text(name)
    guide = page.locator(".bd-finder-guide")
    headings = guide.locator("h3").all_text_contents()
    assert headings[:3] == ["一句话", "要做", headings[2]]
    for name in ("成交B", "黄金卡客户"):  # a goal of each class that has a guide
        expect(guide.locator("section").first).to_contain_text(f"来自{name}")
    contacts = guide.locator("section", has_text="联系客户").locator("li")
    expect(contacts.first).to_contain_text("每月至少 2 次")  # the strictest stands first
    things = guide.locator("li a").evaluate_all("links => links.map((a) => a.href)")
    assert len(things) == len(set(things)) > 30  # nothing twice
    assert page.evaluate("location.hash") == "#closing=b&member-tier=yellow-gold&line=truck"


def test_the_address_is_enough_and_holds_classes_only(page: Page, served: str) -> None:
    page.goto(f"{served}/finder.html#closing=a&lifecycle=growth")
    expect(page.locator(".bd-finder-classes")).to_contain_text("成交A · 提升期")
    for person in ("13812345678", "王建国", "老李轮胎店"):
        page.get_by_label("给这位客户起个代号").fill(person)
        page.get_by_role("button", name="存到我的常用").click()
        expect(page.locator(".bd-finder-told")).to_contain_text("请用代号")
        page.locator(".bd-finder-told").evaluate("told => { told.textContent = ''; }")
    assert page.evaluate("baodian.store.read('profiles', null)") is None
    page.get_by_label("给这位客户起个代号").fill("青港-7")
    page.get_by_role("button", name="存到我的常用").click()
    expect(page.locator(".bd-finder-told")).to_contain_text("已存")
    kept = page.evaluate("baodian.store.read('profiles', {})")
    assert kept["青港-7"]["classes"] == "closing=a&lifecycle=growth"
    assert "青港" not in page.url


def test_the_page_of_a_ruler_leads_to_its_questions(page: Page, served: str) -> None:
    page.goto(f"{served}/customers/closing.html")
    page.get_by_role("link", name="答几个问题，找出类别").click()
    expect(page.locator("#ruler-closing")).to_be_in_viewport()
    expect(page.get_by_label("一次购买机会", exact=True)).to_be_checked()
    assert page.locator("#ruler-activity").count() == 0


def test_signs_point_and_say_when_they_cannot_decide(page: Page) -> None:
    page.get_by_label("一次购买机会", exact=True).check()
    closing = page.locator("#ruler-closing")
    closing.get_by_text("看迹象").first.click()
    table = closing.locator("[data-table='0']")
    table.get_by_label("已经在选型").select_option("是")
    expect(table.get_by_role("status")).to_contain_text("像成交A")
    table.get_by_label("已经在选型").select_option("否")
    expect(table.get_by_role("status")).to_contain_text("分不出")


def test_without_scripts_the_rulers_are_links(browser: Browser, served: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(f"{served}/finder.html")
    expect(page.locator("article .bd-links a[href='customers/member-tier.html']")).to_be_visible()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_finder(browser: Browser, served: str, scheme: str) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 667}, color_scheme=scheme)
    page.goto(f"{served}/finder.html#closing=a&member-tier=gold&lifecycle=growth&activity=loyal")
    expect(page.locator(".bd-finder-classes")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    result = Axe().run(
        page, context="article", options={"runOnly": ["wcag2a", "wcag2aa", "wcag22aa"]}
    )
    assert [(v["id"], v["nodes"][0]["html"][:120]) for v in result.response["violations"]] == []
    page.close()
