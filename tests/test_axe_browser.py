"""Nothing that axe knows is wrong with any kind of page, its frame included, in both schemes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from baodian.read import Read

COLOURS = {"runOnly": ["color-contrast"], "resultTypes": ["violations"]}
# Long pages, most of which test_browser.py shows to axe; their frame is that of the others.
LONG = {"coverage", "decisions", "glossary", "parameters", "source"}
# Kinds that other tests show to axe in the dark.
SEEN_DARK = {
    *("book", "case", "checklist", "class", "finder", "guide", "home", "index", "matrix", "mine"),
    *("moment", "path", "planner", "runs", "scheme", "script", "table", "transition"),
}
# Small to the eye, and as large as a thumb all the same.
SMALL = ".bd-trail a, .bd-cities a, .bd-jump a, .bd-bubble-foot a, .bd-bubble-copy, .bd-search-open"
HIT = """([selector, reach]) => Array.from(document.querySelectorAll(selector), link => {
  link.scrollIntoView({ block: "center" });
  const box = link.getClientRects()[0];
  if (!box || !box.width) return "";
  const x = box.left + box.width / 2, y = box.top + box.height / 2;
  const missed = [-reach, reach].some(far => {
    const at = document.elementFromPoint(x, y + far);
    return !at || !(link.contains(at) || at.closest("a, button, header"));
  });
  return missed ? link.textContent.trim() : "";
}).filter(Boolean)"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 375, "height": 667}, has_touch=True)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def kinds(shipped_read: Read) -> dict[str, str]:
    """A page of every kind, and those that no page value stands for."""
    kinds: dict[str, str] = {}
    for one in shipped_read.site.pages:
        kinds.setdefault(one.kind, one.address)
    assert kinds.keys() > LONG
    assert len(kinds) > 30
    short = {kind: address for kind, address in kinds.items() if kind not in LONG}
    return {**short, "written": "about.html", "nowhere": "404.html"}


STILL = """async () => {
  for (let n = 0; n < 2; n++) await new Promise(requestAnimationFrame);
  await Promise.all(document.getAnimations().map(one => one.finished.catch(() => null)));
}"""
"""Resolves when colours have turned: on their way they may be hard to read."""


def told(result: dict[str, Any]) -> list[tuple[str, str]]:
    """What is wrong, with the first place."""
    return [(v["id"], v["nodes"][0]["html"][:120]) for v in result["violations"]]


def test_axe_finds_nothing_on_any_kind_of_page(
    page: Page, served: str, kinds: dict[str, str]
) -> None:
    axe, found, missed = Axe(), {}, {}
    for kind, address in kinds.items():
        page.emulate_media(color_scheme="light")
        page.goto(f"{served}/{address}")
        wrong = told(axe.run(page).response)
        if kind not in SEEN_DARK:
            page.emulate_media(color_scheme="dark")
            page.evaluate(STILL)
            wrong += told(axe.run(page, options=COLOURS).response)
        if wrong:
            found[address] = wrong
        if small := page.evaluate(HIT, [SMALL, 19]):
            missed[address] = small
    assert found == {}
    assert missed == {}


def test_axe_finds_nothing_in_what_opens_over_a_page(page: Page, served: str) -> None:
    axe = Axe()
    page.emulate_media(color_scheme="light")
    page.goto(f"{served}/index.html")
    page.get_by_role("button", name="导航栏").click()
    assert told(axe.run(page).response) == []
    page.goto(f"{served}/scripts/index.html")
    page.get_by_role("link", name="搜索").first.click()
    page.get_by_role("searchbox").fill("太贵")
    page.get_by_text("客户说“太贵了”").last.wait_for()
    assert told(axe.run(page).response) == []
