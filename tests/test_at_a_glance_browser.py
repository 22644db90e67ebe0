"""What a phone shows before anything is tapped: answers, not only ways to them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

BAR = 56  # CSS pixels at the foot of a phone's screen, for the bar of chapters
FOLD = 667 - BAR


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 375, "height": 667})
    yield page
    page.close()


def bottom(page: Page, selector: str, nth: int = 0) -> float:
    box = page.locator(selector).nth(nth).bounding_box()
    assert box
    return box["y"] + box["height"]


@pytest.mark.parametrize("name", ["sales", "service"])
def test_a_matrix_shows_every_class_beside_the_others(page: Page, served: str, name: str) -> None:
    page.goto(f"{served}/entitlements/{name}.html")
    heads = page.locator(".bd-dense thead th")
    assert heads.all_inner_texts()[1:] == [
        "一般",
        "银卡",
        "金卡",
        "黄金卡",
        "白金卡",
        "钻石卡",
        "VIP卡",
    ]
    rows = page.locator(".bd-dense tbody tr:not(.bd-group)")
    marks = page.locator(".bd-dense tbody td .bd-mark")
    assert marks.count() == rows.count() * 7 >= 70
    assert all(mark.is_visible() for mark in marks.all())
    assert page.evaluate("document.documentElement.scrollWidth") == 375
    box = page.locator(".bd-dense .bd-table").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 375


@pytest.mark.parametrize("width", [320, 375, 1280])
def test_no_row_is_painted_over_the_head_that_stays(page: Page, served: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 667})
    page.goto(f"{served}/entitlements/sales.html")
    covers = """y => { scrollTo(0, y); const box = document.querySelector(".bd-dense thead th")
      .getBoundingClientRect(), at = (y) => document.elementFromPoint(box.left + 20, y);
      return [box.top + 4, box.top + box.height / 2, box.bottom - 4]
        .every(y => at(y).closest("thead")); }"""
    top = page.locator(".bd-dense thead").bounding_box()
    assert top
    assert all(page.evaluate(covers, round(top["y"]) + down) for down in range(0, 260, 20))
    page.set_viewport_size({"width": 375, "height": 667})


def test_what_must_be_agreed_to_stands_under_the_table_with_its_reason(
    page: Page, served: str
) -> None:
    page.goto(f"{served}/entitlements/sales.html")
    expect(page.locator(".bd-dense td .bd-line").first).to_be_hidden()
    notes = page.locator(".bd-footnotes > li")
    expect(notes.filter(has_text="要批")).to_have_count(3)
    travel = "外地旅游（黄金卡、白金卡）：区域主管和合规；对方单位书面同意才行"
    expect(notes.filter(has_text=travel)).to_be_visible()
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(notes.first).to_be_hidden()
    page.set_viewport_size({"width": 375, "height": 667})
    row = page.locator("#my-yellow-gold")
    row.locator("summary").click()
    expect(row).to_contain_text("区域主管和合规；对方单位书面同意才行")


def test_a_move_says_what_is_lost_asked_and_new_on_one_screen(page: Page, served: str) -> None:
    page.goto(f"{served}/moves/ordinary-to-yellow-gold.html")
    lost, asked, new = page.locator(".bd-part-first > .bd-pairs").all()
    for table, name in ((lost, "少了的"), (asked, "批了才有的"), (new, "多了的")):
        expect(table).to_contain_text(name)
    expect(asked).to_contain_text("区域主管和合规；对方单位书面同意才行")
    assert new.locator("tbody tr").count() == 11
    box = new.bounding_box()
    assert box
    assert box["y"] < FOLD - 100
    assert box["height"] < 11 * 44 / 2  # less than half of what eleven rows with two signs take
    names = [one.bounding_box() for one in new.locator("tbody a").all()]
    assert all(name and name["height"] >= 24 for name in names)


def test_a_script_shows_what_customers_answer_without_scrolling(page: Page, served: str) -> None:
    page.goto(f"{served}/scripts/too-expensive.html")
    expect(page.locator(".bd-card-copy").first).to_be_visible()
    assert bottom(page, ".bd-they-say", 1) <= FOLD


def test_a_number_to_call_is_the_largest_of_its_box(page: Page, served: str) -> None:
    page.goto(f"{served}/customers/member-tier/yellow-gold.html")
    call = page.locator('.bd-part-first .bd-button[href^="tel:"]')
    number = call.locator(".bd-whole")
    size = "e => parseFloat(getComputedStyle(e).fontSize)"
    largest = number.evaluate(size)
    assert largest >= 16
    others = call.locator("strong, .bd-small").evaluate_all(f"all => all.map({size})")
    assert len(others) == 3
    assert max(others) <= largest
    boxes = [b.bounding_box() for b in page.locator(".bd-part-first .bd-button").all()]
    assert len({round(b["height"]) for b in boxes if b}) == 1
    assert bottom(page, '.bd-part-first .bd-button[href^="tel:"]') <= 667


def test_what_a_class_has_looks_other_than_what_it_has_not(page: Page, served: str) -> None:
    page.goto(f"{served}/customers/member-tier/yellow-gold.html")
    colour = "e => getComputedStyle(e).backgroundColor"
    has = page.locator(".bd-is-yes > ul > li.bd-chip").first.evaluate(colour)
    not_ = page.locator(".bd-is-no > ul > li.bd-chip").first.evaluate(colour)
    assert has != not_
