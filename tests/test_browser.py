"""The handbook in a real browser: on a phone, on a desk, without JavaScript, by keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, expect

PAGES = (
    "index.html",
    "moments/index.html",
    "moments/at-the-door.html",
    "customers/index.html",
    "customers/member-tier.html",
    "customers/closing.html",
    "customers/member-tier/gold.html",
    "customers/activity/loyal.html",
    "scripts/index.html",
    "scripts/says-will-stop.html",
    "scripts/urgent-notice.html",
    "checklists/leave-shop.html",
    "checklists/prospecting.html",
    "entitlements/sales.html",
    "entitlements/lifecycle-marketing.html",
    "moves/gold-to-yellow-gold.html",
    "guides/red-lines.html",
    "tables/whom-you-meet.html",
    "cases/loyal-lost-and-back.html",
    "glossary.html",
    "parameters.html",
    "sources/s2.html",
    "coverage.html",
)


class Tab:
    """A tab in which many pages are opened one after the other; it notes what each one does."""

    def __init__(self, browser: Browser) -> None:
        self.page = browser.new_page()
        self.asked: list[str] = []
        self.failed: list[str] = []
        self.page.on("request", self._asks)
        self.page.on("pageerror", lambda error: self.failed.append(str(error)))

    def _asks(self, request: Request) -> None:
        self.asked.append(request.url)

    def open(self, address: str, width: int, scheme: Literal["light", "dark"] = "light") -> Page:
        """Load a page at a width, as if it were the first one."""
        self.page.goto("about:blank")
        self.asked.clear()
        self.failed.clear()
        self.page.set_viewport_size({"width": width, "height": 667})
        self.page.emulate_media(color_scheme=scheme)
        self.page.goto(address)
        return self.page


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Tab]:
    tab = Tab(browser)
    yield tab
    tab.page.close()


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("width", [320, 375, 1280])
def test_no_page_scrolls_sideways_or_asks_another_host(
    tab: Tab, served: str, address: str, width: int
) -> None:
    page = tab.open(f"{served}/{address}", width)
    assert page.locator("h1").first.is_visible()
    assert page.evaluate("window.innerWidth") == width
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, f"{wide} px too wide"
    assert f"{served}/{address}" in tab.asked
    others = [u for u in tab.asked if not u.startswith((served, "data:", "blob:"))]
    assert others == []
    assert tab.failed == []


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_our_part_of_a_page(
    tab: Tab, served: str, address: str, scheme: Literal["light", "dark"]
) -> None:
    page = tab.open(f"{served}/{address}", 375, scheme)
    dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    assert dark is (scheme == "dark")
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag22aa"]}
    result = Axe().run(page, context="article", options=rules)
    found = [(v["id"], v["nodes"][0]["html"][:120]) for v in result.response["violations"]]
    assert found == []


def test_two_taps_lead_from_the_first_page_to_the_words(browser: Browser, served: str) -> None:
    page = browser.new_page(viewport={"width": 375, "height": 667})
    page.goto(f"{served}/index.html")
    page.get_by_role("link", name="被拒绝以后").click()
    page.locator("article a[href*='scripts/']").first.click()
    expect(page.get_by_text("对方怎么说？").first).to_be_visible()
    page.close()


def test_the_filter_of_scripts_keeps_its_state_in_the_address(
    browser: Browser, served: str
) -> None:
    page = browser.new_page()
    page.goto(f"{served}/scripts/index.html")
    links = page.locator("article a[href$='.html']:visible")
    every = links.count()
    page.locator("article").get_by_label("类别").select_option("activity-dead")
    expect(page).to_have_url(re.compile("class=activity-dead"))
    fewer = links.count()
    assert 0 < fewer < every
    page.reload()
    assert links.count() == fewer
    page.close()


def test_without_javascript_everything_is_there(browser: Browser, served: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 375, "height": 667})
    page = context.new_page()
    page.goto(f"{served}/scripts/index.html")
    expect(page.get_by_role("link", name="“退了吧”")).to_be_visible()
    expect(page.get_by_text("客户说“不想做了”")).to_be_visible()
    page.goto(f"{served}/checklists/leave-shop.html")
    assert page.get_by_role("checkbox").count() == 8
    context.close()


def test_it_opens_from_a_folder(browser: Browser, site: Path) -> None:
    page = browser.new_page(viewport={"width": 375, "height": 667})
    page.clock.set_fixed_time("2026-12-02T09:00")
    page.goto((site / "index.html").as_uri())
    page.get_by_role("link", name="站在店门口").first.click()
    expect(page.locator("h1")).to_have_text("站在店门口")
    page.close()


def test_the_bottom_bar_can_be_reached_by_keyboard_and_is_thumb_sized(
    browser: Browser, served: str
) -> None:
    page = browser.new_page(viewport={"width": 375, "height": 667})
    page.goto(f"{served}/index.html")
    bar = page.get_by_role("navigation").filter(has=page.get_by_role("link", name="自查")).last
    for link in bar.get_by_role("link").all():
        box = link.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44
    bar.get_by_role("link", name="自查").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{served}/checklists/index.html")
    page.close()
