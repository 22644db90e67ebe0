"""My handbook: what one pinned, saved and looked at, and what has changed since the last visit."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

PHONE = {"width": 375, "height": 667}
NO_STORAGE = "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } })"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE)
    yield context.new_page()
    context.close()


def test_a_star_keeps_a_page_and_a_cross_takes_it_away(page: Page, served: str) -> None:
    page.goto(f"{served}/scripts/too-expensive.html")
    star = page.get_by_role("button", name="收进我的常用")
    expect(star).to_have_attribute("aria-pressed", "false")
    star.click()
    expect(star).to_have_attribute("aria-pressed", "true")
    page.goto(f"{served}/my/index.html")
    pins = page.locator("#mine-pins")
    expect(pins.get_by_role("link")).to_have_text("客户说“太贵了”")
    expect(page.locator("#mine-recent").get_by_role("link").first).to_be_visible()
    page.reload()
    pins.get_by_role("button").click()
    expect(pins).to_contain_text("星")
    page.reload()
    expect(pins.get_by_role("link")).to_have_count(0)


def test_another_tab_sees_what_was_pinned(page: Page, served: str) -> None:
    page.goto(f"{served}/my/index.html")
    other = page.context.new_page()
    other.goto(f"{served}/moments/angry.html")
    other.get_by_role("button", name="收进我的常用").click()
    expect(page.locator("#mine-pins").get_by_role("link")).to_have_text("客户发火了")


def test_a_saved_customer_leads_back_to_the_finder(page: Page, served: str) -> None:
    page.goto(f"{served}/finder.html#closing=a")
    page.get_by_label("给这位客户起个代号").fill("南屿-3")
    page.get_by_role("button", name="存到我的常用").click()
    page.goto(f"{served}/my/index.html")
    page.locator("#mine-profiles").get_by_role("link", name="南屿-3").click()
    expect(page.locator(".bd-finder-classes")).to_contain_text("成交A")


def test_everything_can_be_cleared_and_only_after_a_question(page: Page, served: str) -> None:
    page.goto(f"{served}/scripts/too-expensive.html")
    page.get_by_role("button", name="收进我的常用").click()
    page.goto(f"{served}/my/index.html")
    page.get_by_role("button", name="清空我的全部数据").click()
    page.get_by_role("button", name="不清除").click()
    expect(page.locator("#mine-pins").get_by_role("link")).to_have_count(1)
    page.get_by_role("button", name="清空我的全部数据").click()
    page.get_by_role("button", name="全部清空").click()
    expect(page.locator("#mine-copy")).to_contain_text("删掉了")
    kept = "Object.keys(localStorage).filter((k) => k.startsWith(baodian.store.prefix))"
    assert page.evaluate(kept) == []


def test_a_browser_that_keeps_nothing_is_said(page: Page, served: str) -> None:
    page.add_init_script(NO_STORAGE)
    page.goto(f"{served}/my/index.html")
    expect(page.get_by_role("alert")).to_contain_text("不让保存")


def test_without_scripts_the_page_says_what_it_would_hold(browser: Browser, served: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(f"{served}/my/index.html")
    expect(page.locator("article")).to_contain_text("只存在这台设备上")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, served: str, scheme: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 667}, color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{served}/finder.html#closing=a")
    page.get_by_role("button", name="收进我的常用").click()
    page.goto(f"{served}/my/index.html")
    expect(page.locator("#mine-pins").get_by_role("link")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag22aa"]}
    result = Axe().run(page, context="article", options=options)
    found = [(v["id"], v["nodes"][0]["html"][:120]) for v in result.response["violations"]]
    assert found == []
    context.close()
