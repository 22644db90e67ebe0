"""My handbook: what one pinned, saved and looked at, and what has changed since the last visit."""

from __future__ import annotations

import functools
import http.server
import os
import re
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import Quiet
from playwright.sync_api import Browser, Page, expect

PHONE = {"width": 375, "height": 667}
NO_STORAGE = "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } })"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE)
    yield context.new_page()
    context.close()


def test_a_star_keeps_a_page_and_a_cross_takes_it_away(page: Page, served: str) -> None:
    page.goto(f"{served}/scripts/too-expensive.html")
    star = page.get_by_role("button", name="收进我的常用")
    expect(star).to_have_attribute("aria-pressed", "false")
    star.click()
    expect(star).to_have_attribute("aria-pressed", "true")
    page.goto(f"{served}/my/index.html")
    pins = page.locator("#mine-pins")
    expect(pins.get_by_role("link")).to_have_text("客户说“太贵了”")
    expect(page.locator("#mine-recent").get_by_role("link").first).to_be_visible()
    page.reload()
    pins.get_by_role("button").click()
    expect(pins).to_contain_text("星")
    page.reload()
    expect(pins.get_by_role("link")).to_have_count(0)


def test_another_tab_sees_what_was_pinned(page: Page, served: str) -> None:
    page.goto(f"{served}/my/index.html")
    other = page.context.new_page()
    other.goto(f"{served}/moments/angry.html")
    other.get_by_role("button", name="收进我的常用").click()
    expect(page.locator("#mine-pins").get_by_role("link")).to_have_text("客户发火了")


def test_a_saved_customer_leads_back_to_the_finder(page: Page, served: str) -> None:
    page.goto(f"{served}/finder.html#closing=a")
    page.get_by_label("给这位客户起个代号").fill("南屿-3")
    page.get_by_role("button", name="存到我的常用").click()
    page.goto(f"{served}/my/index.html")
    page.locator("#mine-profiles").get_by_role("link", name="南屿-3").click()
    expect(page.locator(".bd-finder-classes")).to_contain_text("成交A")


def test_what_changed_since_the_last_visit_is_shown(page: Page, served: str) -> None:
    page.goto(f"{served}/my/index.html")
    changed = page.locator("#mine-changed")
    expect(changed).to_contain_text("第一次")
    page.reload()
    expect(changed).to_contain_text("没有变化")
    page.evaluate(
        """baodian.store.change('seen', (seen) => {
          seen.pages['moments/angry.html'] = 'other';
          delete seen.pages['scripts/too-expensive.html'];
          return seen;
        })"""
    )
    page.reload()
    expect(changed.get_by_role("link")).to_have_text(["客户发火了", "客户说“太贵了”"])
    expect(changed.locator("li", has_text="太贵")).to_contain_text("新")


def test_on_plain_http_a_new_version_is_noticed(page: Page, site: Path, tmp_path: Path) -> None:
    """By itself a server says when a file was changed, and browsers keep an old one for weeks."""
    folder = tmp_path / "site"
    shutil.copytree(site, folder)
    long_ago = time.time() - 3e7
    for file in folder.rglob("*"):
        os.utime(file, (long_ago, long_ago))
    handler = functools.partial(Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_address[1]}/my/index.html"
    page.goto(address)
    expect(page.locator("#mine-changed")).to_contain_text("第一次")
    data = folder / "search" / "pages.js"
    text = data.read_text(encoding="utf-8")
    print_ = re.search(r'\["moments/angry\.html", ?"[^"]+", ?"([^"]+)"', text)
    assert print_
    data.write_text(text.replace(print_[1], "newer"), encoding="utf-8")
    os.utime(data, (long_ago + 9, long_ago + 9))
    page.goto("about:blank")
    page.goto(address)  # not loaded anew
    expect(page.locator("#mine-changed").get_by_role("link")).to_have_text("客户发火了")
    server.shutdown()
    server.server_close()


def test_everything_can_be_cleared_and_only_after_a_question(page: Page, served: str) -> None:
    page.goto(f"{served}/scripts/too-expensive.html")
    page.get_by_role("button", name="收进我的常用").click()
    page.goto(f"{served}/my/index.html")
    page.get_by_role("button", name="清空我的全部数据").click()
    page.get_by_role("button", name="不清除").click()
    expect(page.locator("#mine-pins").get_by_role("link")).to_have_count(1)
    page.get_by_role("button", name="清空我的全部数据").click()
    page.get_by_role("button", name="全部清空").click()
    expect(page.locator("#mine-copy")).to_contain_text("删掉了")
    kept = "Object.keys(localStorage).filter((k) => k.startsWith(baodian.store.prefix))"
    assert page.evaluate(kept) == []


def test_a_browser_that_keeps_nothing_is_said(page: Page, served: str) -> None:
    page.add_init_script(NO_STORAGE)
    page.goto(f"{served}/my/index.html")
    expect(page.get_by_role("alert")).to_contain_text("不让保存")


def test_without_scripts_the_page_says_what_it_would_hold(browser: Browser, served: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(f"{served}/my/index.html")
    expect(page.locator("article")).to_contain_text("只存在这台设备上")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, served: str, scheme: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 667}, color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{served}/finder.html#closing=a")
    page.get_by_role("button", name="收进我的常用").click()
    page.goto(f"{served}/my/index.html")
    expect(page.locator("#mine-pins").get_by_role("link")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag22aa"]}
    result = Axe().run(page, context="article", options=options)
    found = [(v["id"], v["nodes"][0]["html"][:120]) for v in result.response["violations"]]
    assert found == []
    context.close()
