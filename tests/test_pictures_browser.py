"""Pictures of a place in a browser: numbers that can be tapped and lead to their item."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

SHOP, RINGS = "checklists/read-shop.html", "guides/launch-events.html"
TAPS = """() => Array.from(document.querySelectorAll(".bd-picture-shop a > rect"), one => {
  const box = one.getBoundingClientRect();
  const at = document.elementFromPoint(box.left + 2, box.top + 2);
  return [box.width, box.height, one.parentNode.contains(at)];
})"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 375, "height": 667}, has_touch=True)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("width", [320, 360, 375])
def test_numbers_of_a_shop_are_as_large_as_a_thumb(page: Page, served: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 667})
    page.goto(f"{served}/{SHOP}")
    taps = page.evaluate(TAPS)
    assert len(taps) == 6
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert all(min(width, height) >= 44 and hit for width, height, hit in taps), taps


def test_a_number_leads_to_its_item_and_leaves_a_run_as_it_is(page: Page, served: str) -> None:
    page.goto(f"{served}/{SHOP}")
    page.locator(".bd-runs-main").click()
    page.locator(".bd-runs-form .bd-runs-main").click()
    head = page.locator(".bd-runs-head h2")
    head.wait_for()
    page.locator(".bd-picture-shop a").nth(3).click()
    item = page.locator("li:target")
    assert item.get_attribute("id") == page.url.partition("#")[2]
    assert "bd-running" in (page.locator(".bd-widget-runs-list").get_attribute("class") or "")
    box, bar = item.bounding_box(), head.bounding_box()
    assert box
    assert bar
    assert bar["y"] + bar["height"] <= box["y"] < 500


@pytest.mark.parametrize("address", [SHOP, RINGS])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_pictures_of_a_place(
    page: Page, served: str, address: str, scheme: str
) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(f"{served}/{address}")
    assert [v["id"] for v in Axe().run(page).response["violations"]] == []


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_pictures_of_a_place_keep_within_the_page(page: Page, served: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for address in (SHOP, RINGS):
        page.goto(f"{served}/{address}")
        drawn = page.locator(".bd-pic").first.bounding_box()
        assert drawn
        assert drawn["x"] >= 0
        assert drawn["x"] + drawn["width"] <= width
        assert page.evaluate("document.documentElement.scrollWidth") <= width
