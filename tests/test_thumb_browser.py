"""On a phone a thumb hits what stands alone, and what is read is large enough to be read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

KINDS = (
    *("index", "customers/member-tier/yellow-gold", "customers/closing/c", "customers/member-tier"),
    *("scripts/too-expensive", "scripts/index", "moves", "moves/gold-to-yellow-gold", "measures"),
    *("checklists/leave-shop", "entitlements/sales", "cases/angry-at-the-counter", "my/index"),
    *(
        "plans/first-order",
        "changes/dead-after-75-days",
        "paths/new-manager",
        "moments/at-the-door",
    ),
    *("guides/red-lines", "glossary", "rhythms", "parameters", "escalation", "finder", "planner"),
    *("nanyu/customers/member-tier/gold", "tables/brands-by-area", "search", "book"),
)
LOW = """() => [...document.querySelectorAll(
  'a[href], button, summary, select, label:has(input), textarea')].filter(one => {
  if (!one.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false;
  if (one.closest('svg, .md-sidebar, .md-skip')) return false;
  let block = one;
  while (getComputedStyle(block).display.startsWith('inline')) block = block.parentElement;
  const beside = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  let words = false;
  for (let text = beside.nextNode(); text; text = beside.nextNode())
    if (!text.parentElement.closest('a, button, select, label') && /\\p{L}/u.test(text.data))
      words = true;
  const boxes = [one, ...one.querySelectorAll('*')].map(each => each.getBoundingClientRect())
    .filter(box => box.height);
  const over = getComputedStyle(one, '::after'); // what is tapped besides, as with cards
  const whole = over.position === 'absolute' && over.content !== 'none';
  const inLine = block !== one && !whole && !one.matches('select, button, label')
    && (words || one.closest('td, dd'));
  const high = Math.max(
    Math.max(...boxes.map(b => b.bottom)) - Math.min(...boxes.map(b => b.top)),
    whole ? parseFloat(over.height) || 0 : 0,
  );
  return high < (inLine ? 19.5 : 44);
}).map(one => `${one.localName}.${one.className} ${one.textContent.trim()}`)"""


HIDDEN = """() => [...document.querySelectorAll('.md-content [hidden], .bd-search [hidden]')]
  .filter(one => one.checkVisibility()).map(one => `${one.localName}.${one.className}`)"""
"""What is hidden and is seen, since a sheet says how it is shown."""


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 375, "height": 667})
    yield page
    page.close()


def test_what_stands_alone_is_as_high_as_a_thumb(phone: Page, served: str) -> None:
    """44 px; names in a line of words, or in a table, have the height of their line.

    Rows of a table with 44 px for each name would make it twice as long (WCAG 2.2, 2.5.5 and 2.5.8
    take these out too: their size is that of the line they stand in).
    """
    low = {}
    for name in KINDS:
        phone.goto(f"{served}/{name}.html")
        low[name] = phone.evaluate(LOW)
        assert phone.evaluate(HIDDEN) == [], name
    assert {name: those for name, those in low.items() if those} == {}


def test_what_comes_with_a_search_or_a_choice_is_as_high(phone: Page, served: str) -> None:
    phone.goto(f"{served}/scripts/index.html")
    phone.locator(".bd-filters select").first.select_option(index=2)
    assert phone.evaluate(LOW) == []
    phone.locator(".bd-search-open").click()
    phone.keyboard.type("客户")
    expect(phone.locator(".bd-search-results li").first).to_be_visible()
    assert phone.evaluate(LOW) == []


READ = """() => [...document.querySelectorAll(
  '.bd-say p, .bd-they-say, .bd-check, .bd-page .bd-bullets > li')].filter(one =>
  one.checkVisibility() && parseFloat(getComputedStyle(one).fontSize) < 16
).map(one => one.textContent)"""


def test_what_is_said_checked_and_done_has_16_pixels(phone: Page, served: str) -> None:
    seen = 0
    for name in ("scripts/too-expensive", "cases/angry-at-the-counter", "checklists/leave-shop",
                 "moments/angry", "guides/complaint"):  # fmt: skip
        phone.goto(f"{served}/{name}.html")
        seen += phone.locator(".bd-say p, .bd-they-say, .bd-check, .bd-bullets > li").count()
        assert phone.evaluate(READ) == [], name
    assert seen > 40


SMALL = """() => [...document.querySelectorAll('.bd-part-first *')].filter(one =>
  one.checkVisibility() && parseFloat(getComputedStyle(one).fontSize) < 16
  && [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim())
  && !one.closest('.bd-small, .bd-bubble-foot')
).map(one => one.textContent)"""


def test_what_is_read_first_in_a_guide_has_16_pixels(phone: Page, served: str) -> None:
    """Who is called in which cases, and which script the words are of, have 14."""
    for name in ("member-tier/gold", "activity/dead", "lifecycle/growth", "closing/c"):
        phone.goto(f"{served}/customers/{name}.html")
        assert phone.evaluate(SMALL) == []


def test_the_words_of_a_map_are_12_pixels_on_the_smallest_phone(phone: Page, served: str) -> None:
    phone.set_viewport_size({"width": 320, "height": 640})
    phone.goto(f"{served}/customers/member-tier.html")
    sizes = phone.locator(".bd-pic-narrow text").evaluate_all(
        "all => all.map(one => parseFloat(getComputedStyle(one).fontSize) * one.getScreenCTM().a)"
    )
    assert len(sizes) > 20
    assert min(sizes) >= 12


@pytest.mark.parametrize(
    ("name", "row", "entry"),
    [("moves", "金卡客户 →", "gold-to-silver"), ("measures", "会议", "product-meeting")],
)
def test_what_was_twelve_screens_is_a_line_for_each_tier_or_group(
    phone: Page, served: str, name: str, row: str, entry: str
) -> None:
    phone.goto(f"{served}/{name}.html")
    assert phone.evaluate("document.documentElement.scrollHeight") < 4 * 667
    found = phone.locator(f"#{entry}")
    expect(found).to_be_hidden()
    phone.locator("summary", has_text=row).first.click()
    expect(found).to_be_visible()
    phone.goto("about:blank")
    phone.goto(f"{served}/{name}.html#{entry}")  # a link to it opens what it stands in
    expect(found).to_be_in_viewport()
    phone.goto(f"{served}/{name}.html")  # by our script, where a browser does not do it by itself
    phone.evaluate(
        "entry => { history.replaceState(null, '', '#' + entry);"
        " dispatchEvent(new HashChangeEvent('hashchange')); }", entry
    )  # fmt: skip
    expect(found).to_be_visible()
