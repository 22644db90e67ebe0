"""The first screen of a phone, and the frame's buttons for keyboard and screen reader."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

FOCUSED = "(e => [e.getBoundingClientRect().left >= 0, e.tagName])(document.activeElement)"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 640}, has_touch=True)
    yield context.new_page()
    context.close()


def test_what_one_needs_most_stands_on_the_first_screen(page: Page, served: str) -> None:
    page.goto(f"{served}/index.html")
    bar = page.get_by_role("navigation", name="主要章节").bounding_box()
    assert bar
    for name in ("搜索", "找类别", "排一个月", "我的常用", "拜访前三分钟", "被拒绝以后"):
        box = page.get_by_role("link", name=name).first.bounding_box()
        assert box, name
        assert box["y"] + box["height"] <= bar["y"], name


def test_a_closed_drawer_holds_no_focus_and_opens_by_keyboard(page: Page, served: str) -> None:
    page.goto(f"{served}/index.html")
    nav = page.get_by_role("navigation", name="导航栏")
    expect(nav).to_be_hidden()
    for _ in range(12):
        page.keyboard.press("Tab")
        seen, tag = page.evaluate(FOCUSED)
        assert seen, tag
    drawer = page.get_by_role("button", name="导航栏")
    drawer.focus()
    page.keyboard.press("Enter")
    expect(drawer).to_have_attribute("aria-expanded", "true")
    expect(nav.get_by_role("link", name="场景")).to_be_visible()
    page.keyboard.press("Space")
    expect(drawer).to_have_attribute("aria-expanded", "false")
    expect(nav).to_be_hidden()


def test_a_chapter_of_the_side_unfolds_by_a_named_button(browser: Browser, served: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(f"{served}/customers/closing/a.html")
    button = page.get_by_role("button", name="客户", exact=True)
    expect(button).to_have_attribute("aria-expanded", "true")
    button.focus()
    page.keyboard.press("Space")
    expect(button).to_have_attribute("aria-expanded", "false")
    page.close()
