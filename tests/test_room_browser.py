"""What pages do with the room of a screen: unfold one way on a phone, no empty side on a desk."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

LONGEST = """() => Math.max(...[...document.querySelectorAll(".bd-page :is(p, li, dd)")].map(
one => {
  if (one.querySelector("p, li, div, a[class], button")) return 0;
  if (one.closest("table, figure, dl.bd-state")) return 0;
  const range = document.createRange();
  range.selectNodeContents(one);
  const rects = Array.from(range.getClientRects());
  const wide = Math.max(...rects.map(r => r.right)) - Math.min(...rects.map(r => r.left));
  return rects.length ? wide / parseFloat(getComputedStyle(one).fontSize) : 0;
}))"""
TABLE = ".bd-kind-matrix > :is(.bd-dense, .bd-wide) .bd-table"


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


@pytest.mark.parametrize("name", ["sales", "service", "lifecycle-marketing"])
def test_a_phone_unfolds_every_matrix_class_by_class(page: Page, served: str, name: str) -> None:
    """What stands in words; the signs of entitlements fit beside each other as they are."""
    page.set_viewport_size({"width": 375, "height": 667})
    page.goto(f"{served}/entitlements/{name}.html")
    rows = page.locator(".bd-kind-matrix > .bd-folded-row")
    in_words = page.locator(f"{TABLE}:has(.bd-mark)").count() == 0
    by = "tbody tr" if in_words else "thead th + th"
    assert rows.count() == page.locator(f"{TABLE} {by}").count() > 3
    expect(page.locator(TABLE)).to_be_visible(visible=not in_words)
    rows.last.locator("summary").click()
    expect(rows.last.get_by_role("link", name="看它的维护指南")).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(page.locator(TABLE)).to_be_visible()
    assert page.locator(".bd-folded-row:visible").count() == 0


def test_what_leads_to_a_cell_opens_its_class_on_a_phone(page: Page, served: str) -> None:
    page.set_viewport_size({"width": 375, "height": 667})
    page.goto("about:blank")
    page.goto(f"{served}/entitlements/lifecycle-marketing.html#maturity-offer")
    expect(page.locator(TABLE)).to_be_hidden()
    opened = page.locator(".bd-folded-row[open]")
    expect(opened).to_have_count(1)
    expect(opened).to_be_in_viewport()
    expect(opened).to_have_id("my-maturity")
    page.goto(f"{served}/entitlements/sales.html#yellow-gold-travel")
    expect(page.locator("#yellow-gold-travel")).to_be_in_viewport()


@pytest.mark.parametrize(
    ("address", "contents"),
    [
        ("index.html", False), ("customers/member-tier/gold.html", False), ("rhythms.html", False),
        ("entitlements/sales.html", False), ("channels.html", False),
        ("plans/month-veteran.html", False),
        ("escalation.html", False), ("scripts/too-expensive.html", False), ("glossary.html", True),
        ("guides/red-lines.html", True), ("moments/angry.html", True),
        ("cases/budget-approved.html", True),
    ],
)  # fmt: skip
def test_a_desk_has_no_empty_side_and_no_line_too_long_to_follow(
    page: Page, served: str, address: str, contents: bool
) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{served}/{address}")
    expect(page.locator(".md-sidebar--secondary")).to_be_visible(visible=contents)
    box = page.locator(".bd-page").bounding_box()
    assert box
    assert box["width"] > (600 if contents else 850)
    assert page.evaluate(LONGEST) <= 41


def test_a_wide_table_has_the_ways_to_its_page_on_top(page: Page, served: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{served}/rhythms.html")
    expect(page.get_by_role("navigation", name="本页内容")).to_be_visible()


def test_what_stands_at_the_edge_of_a_talk_stays_there_on_a_desk(page: Page, served: str) -> None:
    """Who speaks stands above the end of what is said, the button at the end of its line."""
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{served}/scripts/too-expensive.html")
    ends = page.evaluate(
        """() => [".bd-turn-first .bd-say", ".bd-turn-first .bd-who", ".bd-script > .bd-branch"]
             .map(one => document.querySelector(one).getBoundingClientRect().right)"""
    )
    assert max(ends) - min(ends) <= 8, ends
