"""Pages on paper: printed by a browser from dark mode, read back with another library."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

PAGES = (
    "moments/at-the-door.html",
    "customers/closing.html",
    "customers/member-tier/gold.html",
    "scripts/says-will-stop.html",
    "checklists/leave-shop.html",
    "entitlements/sales.html",
    "tables/whom-you-meet.html",
    "cases/loyal-lost-and-back.html",
    "escalation.html",
    "glossary.html",
    "planner.html",
    "scripts/index.html",
)


@pytest.fixture(scope="module")
def sheet(browser: Browser) -> Iterator[Page]:
    """A tab in which each page is loaded anew."""
    page = browser.new_page(color_scheme="dark", viewport={"width": 680, "height": 900})
    yield page
    page.close()


def printed(browser: Browser, address: str, *, script: bool = True) -> PdfReader:
    """Return a page as printed in dark mode."""
    context = browser.new_context(color_scheme="dark", java_script_enabled=script)
    page = context.new_page()
    page.goto(address)
    made = page.pdf(prefer_css_page_size=True, print_background=True)
    context.close()
    return PdfReader(BytesIO(made))


@pytest.mark.parametrize("address", PAGES)
def test_paper_is_black_on_white_without_anything_to_tap(
    sheet: Page, served: str, address: str
) -> None:
    page = sheet
    page.emulate_media(media="screen", color_scheme="dark")
    page.goto(f"{served}/{address}")
    page.evaluate("document.body.setAttribute('data-md-color-scheme', 'slate')")
    page.emulate_media(media="print", color_scheme="dark")
    seen = page.evaluate(
        """() => {
          const shown = (e) => e.getClientRects().length > 0;
          const rgb = (c) => (c.match(/[\\d.]+/g) || []).map(Number);
          const luma = (c) => { const [r, g, b] = rgb(c); return (r + g + b) / 3; };
          const words = ".bd-page :is(h1, h2, h3, p, li, td, th, dd, dt, a)";
          const ink = (e) => getComputedStyle(e).color;
          const ground = getComputedStyle(document.body).backgroundColor;
          const wrong = {ground: luma(ground) < 255 ? ["body"] : []};
          wrong.pale = [...document.querySelectorAll(words)]
            .filter((e) => shown(e) && e.textContent.trim() && luma(ink(e)) > 110)
            .map((e) => e.outerHTML.slice(0, 80));
          wrong.taps = [...document.querySelectorAll(
            ".md-header, .md-sidebar, .bd-bar, .bd-trail, .bd-jump, .bd-edit, .bd-neighbours, "
            + ".bd-search, .bd-page button, .bd-page select, .bd-filters")]
            .filter(shown).map((e) => e.outerHTML.slice(0, 80));
          wrong.foot = shown(document.querySelector(".bd-print-foot")) ? [] : ["no foot"];
          wrong.heads = [...document.querySelectorAll(".bd-table thead")]
            .filter((e) => getComputedStyle(e).display !== "table-header-group").map(() => "thead");
          return wrong;
        }"""
    )
    assert {k: v[:3] for k, v in seen.items() if v} == {}


def test_folded_parts_are_printed_without_a_script(browser: Browser, served: str) -> None:
    reader = printed(browser, f"{served}/customers/member-tier/gold.html", script=False)
    text = "".join(sheet.extract_text() for sheet in reader.pages).replace("\n", "")
    assert "S3.6-12" in text  # in the folded ground of the page
    assert "2026.11" in text  # the version, in the foot


def test_a_table_of_many_columns_turns_its_paper(browser: Browser, served: str) -> None:
    """Nine and more; the classes of the shipped ruler fit on an upright sheet."""
    more = """() => document.querySelectorAll(".bd-dense tr").forEach(row => {
      row.append(row.lastElementChild.cloneNode(true), row.lastElementChild.cloneNode(true));
    })"""
    page = browser.new_page()
    page.goto(f"{served}/entitlements/sales.html")
    for turned in (False, True):
        sheet = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages[0]
        assert (sheet.mediabox.width > sheet.mediabox.height) is turned
        assert len(sheet.extract_text()) > 100
        page.evaluate(more)
    page.close()
    sheet = printed(browser, f"{served}/escalation.html").pages[0]
    assert sheet.mediabox.width < sheet.mediabox.height


def test_a_list_has_boxes_and_room_to_write(browser: Browser, served: str) -> None:
    page = browser.new_page()
    page.goto(f"{served}/checklists/leave-shop.html")
    page.emulate_media(media="print")
    boxes, lines = page.evaluate(
        """() => {
          const items = [...document.querySelectorAll(".bd-checklist li")];
          const box = (i) => getComputedStyle(i.querySelector("input[type=checkbox]"));
          const after = (i) => getComputedStyle(i, "::after");
          return [
            items.filter((i) => parseFloat(box(i).borderTopWidth) >= 1).length - items.length,
            items.filter((i) => parseFloat(after(i).borderBottomWidth) > 0).length - items.length,
          ];
        }"""
    )
    page.close()
    assert (boxes, lines) == (0, 0)
