"""What a reader sees while a page comes, and what its frame does: in a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

MOVED = """
window.moved = [];
new PerformanceObserver(list => list.getEntries().forEach(one => { moved.push(one.value); }))
  .observe({ type: "layout-shift", buffered: true });
"""
PAGES = (
    "index.html", "customers/member-tier/gold.html", "scripts/dead-account-visit.html",
    "finder.html", "checklists/leave-shop.html", "planner.html",
)  # fmt: skip


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("width", [375, 1280])
def test_nothing_moves_when_the_scripts_come_late(page: Page, served: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 667})
    page.add_init_script(MOVED)
    held: list[Route] = []
    page.route("**/js/*.js", lambda route: held.append(route))
    much = {}
    for name in PAGES:
        page.goto(f"{served}/{name}", wait_until="commit")
        page.wait_for_selector("footer.bd-foot", state="attached")
        page.wait_for_timeout(300)
        assert "bd-waiting" in str(page.locator("html").get_attribute("class"))
        held.pop().continue_()
        page.wait_for_load_state()
        page.wait_for_timeout(300)
        assert page.locator("html").get_attribute("class") == "js"
        much[name] = round(page.evaluate("moved.reduce((a, b) => a + b, 0)"), 3)
    assert {name: sum_ for name, sum_ in much.items() if sum_ >= 0.05} == {}


def test_dark_stays_dark_on_every_page_from_its_first_picture_on(page: Page, served: str) -> None:
    body = page.locator("body")
    page.goto(f"{served}/index.html")
    expect(body).to_have_attribute("data-md-color-scheme", "default")
    page.get_by_title("深色").click()
    expect(body).to_have_attribute("data-md-color-scheme", "slate")
    page.route("**/js/*.js", lambda route: route.abort())  # it does not wait for them
    page.goto(f"{served}/scripts/index.html")
    expect(body).to_have_attribute("data-md-color-scheme", "slate")
    page.unroute("**/js/*.js")
    page.goto(f"{served}/scripts/index.html")
    page.get_by_title("浅色").click()
    expect(body).to_have_attribute("data-md-color-scheme", "default")


def test_without_a_choice_it_follows_the_device(page: Page, served: str) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(f"{served}/index.html")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.emulate_media(color_scheme="light")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")


def test_the_frame_says_where_one_is_and_leads_on(page: Page, served: str) -> None:
    page.goto(f"{served}/guides/prevent-churn.html")
    marked = page.locator("[data-md-component=toc] .md-nav__link--active")
    title = page.locator("[data-md-component=header-title]")
    second = page.locator("[data-md-component=toc] a").nth(1)
    expect(marked).to_have_count(0)
    second.click()
    expect(marked).to_have_text(second.inner_text().strip())
    expect(title).to_have_class("md-header__title md-header__title--active")
    top = page.locator("[data-md-component=top]")
    page.evaluate("scrollTo(0, 1500)")
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    expect(top).to_have_attribute("hidden", "")
    page.evaluate("scrollTo(0, 1300)")
    expect(top).not_to_have_attribute("hidden", "")
    top.click()
    expect(title).to_have_class("md-header__title")
    assert page.evaluate("scrollY") == 0
    there = page.locator("link[rel=next]").evaluate("link => link.href")
    page.keyboard.press("n")
    page.wait_for_url(there)
    page.keyboard.press("p")
    page.wait_for_url("**/prevent-churn.html")
