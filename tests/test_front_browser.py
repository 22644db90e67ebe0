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


WEDNESDAY = "2026-12-02T09:00"


def test_what_one_needs_most_stands_on_the_first_screen(page: Page, served: str) -> None:
    page.clock.set_fixed_time(WEDNESDAY)
    page.goto(f"{served}/index.html")
    bar = page.get_by_role("navigation", name="主要章节").bounding_box()
    assert bar
    urgent = ("被拒绝以后", "客户说太贵", "客户发火了")
    at_hand = ("搜索", "字词、客户的话", "这位客户算哪一类", "排一个月", "我的常用", "拜访前三分钟")
    for name in (*at_hand, "站在店门口", *urgent):
        box = page.get_by_role("link", name=name).first.bounding_box()
        assert box, name
        assert box["y"] + box["height"] <= bar["y"], name
    height = page.evaluate("document.documentElement.scrollHeight")
    assert height <= 2.6 * 667


def test_the_hour_chooses_a_row_of_moments_and_the_rest_is_behind_one_line(
    page: Page, served: str
) -> None:
    page.clock.set_fixed_time("2026-11-30T17:00")  # a Monday, the last day of its month
    page.goto(f"{served}/index.html")
    cards = page.locator(".bd-widget-hour .bd-card-title a")
    every = cards.count()
    seen = page.locator(".bd-widget-hour .bd-card-title a:visible")
    expect(seen).to_have_text(["月底复盘", "周一排一周", "出店前一分钟"])
    page.get_by_text(f"另外 {every - 3} 个场景").click()
    expect(seen).to_have_count(every)


@pytest.mark.parametrize(("width", "height"), [(320, 667), (375, 667), (1280, 800)])
@pytest.mark.parametrize("hour", [WEDNESDAY, "2026-11-30T12:00", "2026-12-01T22:00"])
def test_what_is_urgent_and_what_the_hour_brings_stand_on_the_first_screen(
    page: Page, served: str, hour: str, width: int, height: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.clock.set_fixed_time(hour)
    page.goto(f"{served}/index.html")
    end = page.evaluate("innerHeight - document.querySelector('.bd-bar').offsetHeight")
    urgent = page.locator("[class*=bd-urgent]")
    names = {"被拒绝以后", "客户说太贵", "客户发火了", "客户要走", "对方要好处"}
    assert set(urgent.locator("a").all_inner_texts()) == names
    places = [one.bounding_box() for one in urgent.all()]
    row = page.locator(".bd-widget-hour > .bd-cards > .bd-card")
    assert row.count() >= 3
    for box in (*places, *(one.bounding_box() for one in row.all())):
        assert box
        assert box["height"] >= 44
        assert box["width"] >= 44
        assert box["y"] + box["height"] <= end
    assert len({box["y"] for box in places if box}) <= (1 if width > 720 else 2), "few lines"
    sizes = urgent.locator("a").evaluate_all("all => all.map(a => getComputedStyle(a).fontSize)")
    assert set(sizes) == {"15px"}
    assert all(box["y"] < height * 0.4 for box in places if box), "next to the search"
    must = page.locator(".bd-widget-must").bounding_box()
    assert must
    assert must["y"] + must["height"] <= end


def test_a_desk_has_what_comes_next_beside_the_moments(page: Page, served: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{served}/index.html")
    moments = page.locator("#h-moments").bounding_box()
    customers = page.locator("#h-customers").bounding_box()
    assert moments
    assert customers
    assert customers["x"] > moments["x"] + 400
    assert customers["y"] < moments["y"]


def test_a_big_field_opens_the_search(page: Page, served: str) -> None:
    page.goto(f"{served}/index.html")
    page.get_by_role("link", name="字词、客户的话").click()
    expect(page.get_by_role("searchbox")).to_be_focused()


def test_who_began_a_path_is_told_how_much_of_the_day_is_left(page: Page, served: str) -> None:
    page.goto(f"{served}/index.html")
    told = page.locator(".bd-widget-newcomer")
    expect(told).to_contain_text("新来的：")
    page.goto(f"{served}/paths/new-manager.html")
    boxes = page.locator('[data-item="day-1"] input[type=checkbox], [data-item^="day-1."] input')
    boxes.first.check()
    rest = boxes.count() - 1
    page.goto(f"{served}/index.html")
    expect(told).to_have_text(f"新人三十天第 1 天，还有 {rest} 件")
    page.goto(f"{served}/paths/new-manager.html")
    for box in boxes.all():
        box.check()
    page.goto(f"{served}/index.html")
    expect(told).to_contain_text("第 2 天，还有")
    told.get_by_role("link").click()
    expect(page).to_have_url(f"{served}/paths/new-manager.html#day-2")


def test_without_scripts_every_moment_is_seen(browser: Browser, served: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served}/index.html")
    titles = page.locator("a[href^='moments/']:visible").all_inner_texts()
    assert {"拜访前三分钟", "客户发火了", "月底复盘", "主管查记录"} <= set(titles)
    context.close()


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
