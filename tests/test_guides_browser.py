"""Class guides on a phone and on paper: one screen that is enough, then little more."""

from __future__ import annotations

import statistics
import sys
from io import BytesIO
from pathlib import Path
from typing import Literal

import pytest
from conftest import ROOT
from playwright.sync_api import Browser, expect
from pypdf import PdfReader

sys.path.insert(0, str(ROOT / "benchmarks"))
import guides


@pytest.fixture(scope="module")
def seen(browser: Browser, site: Path) -> dict[str, guides.Seen]:
    """Each shipped guide as it is seen on a phone."""
    return guides.measured(browser, site)


def test_the_first_screen_has_the_words_to_say(seen: dict[str, guides.Seen]) -> None:
    assert len(seen) == 21
    late = {a: one["say"] for a, one in seen.items() if not 0 < one["say"] <= 600}
    assert late == {}
    hidden = {a: one["first"] for a, one in seen.items() if not 0 < one["first"] <= guides.HEIGHT}
    assert hidden == {}


def test_a_guide_is_four_screens_and_mostly_its_own(seen: dict[str, guides.Seen]) -> None:
    screens = {a: one["height"] / guides.HEIGHT for a, one in seen.items()}
    assert {a: n for a, n in screens.items() if n > 4} == {}
    assert statistics.median(screens.values()) < 3.6
    assert {a: part for a, part in guides.shared(seen).items() if part > 1 / 3} == {}
    assert {a: one["wide"] for a, one in seen.items() if one["wide"] > guides.WIDTH} == {}


def test_what_never_to_do_stands_in_one_place(browser: Browser, served: str) -> None:
    """The first line at once, the others where it is tapped."""
    page = browser.new_page(viewport={"width": guides.WIDTH, "height": guides.HEIGHT})
    page.goto(f"{served}/customers/member-tier/gold.html")
    never = page.locator(".bd-part-first > .bd-section > #dont")
    expect(page.get_by_text("等换了等级再告诉他少了什么")).to_be_hidden()
    never.locator("summary").click()
    expect(never.locator("li")).to_have_count(2)
    expect(never.locator("li").first).to_contain_text("等换了等级再告诉他少了什么")
    expect(page.get_by_text("把黄金卡的待遇说成他也有")).to_have_count(1)
    page.close()


def test_a_guide_is_printed_on_one_sheet(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    sheets = {}
    for file in sorted((site / "customers").glob("*/*.html")):
        page.goto(file.as_uri())
        printed = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
        box = printed.pages[0].mediabox
        sheets[file.stem] = (len(printed.pages), round(box.width), round(box.height))
    page.close()
    assert {name: it for name, it in sheets.items() if it != (1, 595, 842)} == {}


def test_the_words_are_copied_with_what_is_filled_in(browser: Browser, served: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{served}/customers/member-tier/gold.html")
    page.get_by_role("button", name="复制").click()
    expect(page.locator(".bd-bubble-told")).to_have_text("已复制，还有 1 处没填")
    page.evaluate("baodian.gaps.keep({ name: '客户称呼' }, '李师傅')")
    page.reload()
    page.get_by_role("button", name="复制").click()
    expect(page.locator(".bd-bubble-told")).to_have_text("已复制，里面填的是：李师傅")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("李师傅，")
    assert "\n" in copied
    context.close()


@pytest.mark.parametrize(("width", "media"), [(320, "screen"), (720, "print")])
def test_whom_to_call_and_in_which_cases_stay_in_their_box(
    browser: Browser, site: Path, width: int, media: Literal["screen", "print"]
) -> None:
    """On the smallest phone and on paper."""
    page = browser.new_page(viewport={"width": width, "height": 1000})
    page.emulate_media(media=media)
    out: dict[str, list[str]] = {}
    looked = 0
    for file in sorted((site / "customers").glob("*/*.html")):
        page.goto(file.as_uri())
        boxes = page.locator(".bd-part-first .bd-links-big *")
        looked += boxes.count()
        out[file.stem] = boxes.evaluate_all(
            "all => all.filter(one => { const inner = one.getBoundingClientRect(),"
            " outer = one.closest('li').getBoundingClientRect();"
            " return inner.right > outer.right || inner.bottom > outer.bottom + 1; })"
            ".map(one => one.textContent)"
        )
    page.close()
    assert len(out) == 21
    assert looked > 21 * 3
    assert {name: those for name, those in out.items() if those} == {}


def test_who_copies_on_a_move_knows_of_the_gaps_that_were_filled_in_below(
    browser: Browser, served: str
) -> None:
    page = browser.new_context(viewport={"width": 375, "height": 667}).new_page()
    page.goto(f"{served}/moves/gold-to-yellow-gold.html")
    told, slots = page.locator(".bd-bubble-told"), page.locator(".bd-bubble .bd-slot")
    page.get_by_text("填空", exact=True).click()
    page.get_by_label("客户称呼").fill("李师傅")
    page.get_by_role("textbox", name="生效日", exact=True).fill("下月 1 日")
    for _ in range(2):  # filled in here, and found so at the next visit
        page.evaluate("baodian.copy = () => Promise.resolve(true)")
        page.locator(".bd-bubble-copy").click()
        expect(told).to_have_text("已复制，里面填的是：李师傅、下月 1 日")
        page.reload()
    expect(slots.first).to_have_text("李师傅")
    other = page.context.new_page()  # another tab of the same reader
    other.goto(page.url)
    other.evaluate("baodian.store.change('slots', () => undefined)")
    expect(slots.first).to_have_text("【客户称呼】")
    page.context.close()


def test_a_gap_is_filled_where_it_stands(browser: Browser, served: str) -> None:
    page = browser.new_context(viewport={"width": 375, "height": 667}).new_page()
    for address in ("customers/member-tier/gold.html", "moves/gold-to-yellow-gold.html"):
        page.goto(f"{served}/{address}")
        page.evaluate("baodian.gaps.clear()")
        gap, told = page.locator(".bd-bubble .bd-slot").first, page.locator(".bd-bubble-told")
        expect(gap).to_have_text("【客户称呼】")
        gap.click()
        field = page.get_by_role("textbox", name="客户称呼").first
        expect(field).to_be_focused()
        field.fill("13800138000")
        field.press("Enter")
        expect(told).to_contain_text("13800138000")
        expect(gap).to_have_text("【客户称呼】")
        gap.press("Enter")  # by keyboard
        page.keyboard.type("王老板")
        page.keyboard.press("Tab")
        expect(gap).to_have_text("王老板")
        gap.click()
        page.keyboard.type("9")
        page.keyboard.press("Escape")
        expect(gap).to_have_text("王老板")
        expect(gap).to_be_focused()
        assert page.evaluate("baodian.store.read('slots').said") == {"客户称呼": "王老板"}
    page.context.close()


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("measures.html#experience-trip", "从 2027-07-01 起：体验之旅不再办"),
        ("moves.html#inactive-to-dead", "从 2027-01-01 起：75 天没订货就算死账户"),
    ],
)
def test_a_link_to_an_entry_shows_what_is_coming_for_it(
    browser: Browser, served: str, entry: str, told: str
) -> None:
    page = browser.new_page(viewport={"width": 375, "height": 667})
    page.goto(f"{served}/{entry}")
    note = page.locator(f"#{entry.partition('#')[2]} .bd-to-come")
    expect(note).to_contain_text(told)
    expect(note).to_be_in_viewport(ratio=1)
    page.close()


# The headings and names of which the last line is one sign.
ALONE = """() => [
  ...document.querySelectorAll('h1, h2, h3, h4, dt, summary, .bd-page a'),
  ...document.querySelectorAll('.bd-card-title, .bd-callout-title'),
].filter(one => {
  const rows = [], range = document.createRange();
  let x = Infinity; // a line begins where a sign stands left of the one before
  const walk = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
  for (let text = walk.nextNode(); text; text = walk.nextNode()) {
    for (let n = 0; n < text.length; n++) {
      range.setStart(text, n);
      range.setEnd(text, n + 1);
      const box = range.getBoundingClientRect();
      if (!box.width || !text.data[n].trim()) continue;
      if (box.left < x) rows.push('');
      rows.push(rows.pop() + text.data[n]);
      x = box.left;
    }
  }
  return one.checkVisibility() && rows.length > 1 && rows.pop().length === 1;
}).map(one => one.textContent)"""


def test_no_heading_leaves_a_single_sign_on_its_last_line(browser: Browser, served: str) -> None:
    page = browser.new_page(viewport={"width": 375, "height": 667})
    alone = {}
    for address in (
        "customers/member-tier/gold",
        "moves/gold-to-yellow-gold",
        "scripts/too-expensive",
        "guides/red-lines",
        "measures",
    ):
        page.goto(f"{served}/{address}.html")
        alone[address] = page.evaluate(ALONE)
    assert not any(alone.values()), alone
    page.close()
