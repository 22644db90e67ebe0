"""Type has six sizes: the sheets name no other, and no page has one that nobody asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from baodian.writers import html

CSS = Path(html.__file__).parents[1] / "theme" / "css"
ROOT_SIZE = 20  # CSS pixels of a rem, as the theme sets it where the reader has set nothing else
SIZES = {"xs": 12, "s": 13, "m": 15, "l": 16, "xl": 20, "xxl": 26}
PHONE = {**SIZES, "s": 14, "m": 16}  # what is read, and what stands beside it
NAMES = 15  # of ways on the first page of a phone
FIELD = "max(16px, var(--bd-l))"  # a field with less is enlarged, and the page with it, by phones
PAPER = {"6.4pt", "8pt", "10pt", "14pt"}
SET = re.compile(r"(?<![-\w])font(?:-size)?: *([^;}]+)")
KINDS = (
    *("index", "customers/member-tier/gold", "customers/member-tier", "404", "about", "search"),
    *("moves/ordinary-to-yellow-gold", "entitlements/sales", "moments/angry", "book", "planner"),
    *("scripts/too-expensive", "scripts/index", "checklists/leave-shop", "plans/first-order"),
    *("cases/angry-at-the-counter", "changes/dead-after-75-days", "paths/new-manager", "finder"),
    *("glossary", "rhythms", "parameters", "escalation", "my/index", "tables/brands-by-area"),
)
OTHER = """sizes => Object.entries([...document.querySelectorAll("body *")].reduce((seen, one) => {
  const text = one.getClientRects().length && !one.closest(".bd-pic")
    && [...one.childNodes].some(n => n.nodeType === 3 && n.data.trim());
  const size = parseFloat(getComputedStyle(one).fontSize);
  if (text && !one.matches("option") && !sizes.some(s => Math.abs(s - size) < .1))
    seen[`${one.localName}.${one.className.baseVal ?? one.className} ${size}`] = 1;
  return seen;
}, {})).map(([name]) => name)"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def test_the_sheets_name_six_sizes() -> None:
    tokens = (CSS / "tokens.css").read_text("utf-8")
    desk, phone = tokens.split("max-width: 44.9844em")
    phone = phone.partition(".bd-kind-home")[0]
    for part, sizes in ((desk, SIZES), (phone, {"s": PHONE["s"], "m": PHONE["m"]})):
        rems = dict(re.findall(r"--bd-(xs|s|m|l|xl|xxl): ([.\d]+)rem", part))
        assert {name: float(rem) * ROOT_SIZE for name, rem in rems.items()} == sizes
    known = {*(f"var(--bd-{name})" for name in SIZES), FIELD, "inherit"}
    drawn = {f"{size}px" for size in SIZES.values()}  # in a drawing's own units
    paper, other = set(), []
    for sheet in sorted(CSS.glob("*.css")):
        for line in sheet.read_text("utf-8").splitlines():
            for value in SET.findall(line):
                size = value.removesuffix("!important").strip()
                if sheet.name == "z-print.css":
                    paper.add(size)
                elif size not in (known | drawn if line.startswith(".bd-pic-") else known):
                    other.append(f"{sheet.name}: {line.strip()[:60]} … {size}")
    assert other == []
    assert paper == PAPER | {"108%", "700 10pt/11pt sans-serif"}  # the root, a tick


@pytest.mark.parametrize(("width", "sizes"), [(375, PHONE), (1280, SIZES)])
def test_pages_have_six_sizes(page: Page, served: str, width: int, sizes: dict[str, int]) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    other = {}
    for name in KINDS:
        page.goto(f"{served}/{name}.html")
        here = [*sizes.values(), NAMES] if name == "index" else [*sizes.values()]
        other[name] = page.evaluate(OTHER, here)
    assert {name: found for name, found in other.items() if found} == {}


def test_who_doubles_the_size_of_text_scrolls_no_page_sideways(page: Page, served: str) -> None:
    """WCAG 2.2, 1.4.4 and 1.4.10, on a phone; what is wide by itself scrolls in its own box."""
    page.set_viewport_size({"width": 375, "height": 667})
    wide: dict[str, int] = {}
    for name in KINDS:
        page.goto(f"{served}/{name}.html")
        normal = page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
        page.evaluate(f"document.documentElement.style.fontSize = '{2 * normal}px'")
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 375:
            wide[name] = width
    assert wide == {}
