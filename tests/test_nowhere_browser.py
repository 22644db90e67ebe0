"""An address where there is no page: in the handbook's language, styled, at any depth."""

from __future__ import annotations

import functools
import http.server
import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import Quiet
from playwright.sync_api import Browser, expect
from small_site import SITE, project, small_read

from baodian.build import publish
from baodian.page import Link, Moved
from baodian.said.messages import words
from baodian.terminal import Progress


class Static(Quiet):
    """Serves a site below a path, and its 404 page elsewhere below it, as static hosts do."""

    under = ""

    def translate_path(self, path: str) -> str:
        """Return the file at an address."""
        return super().translate_path(path.removeprefix(self.under))

    def send_error(self, code: int, *_: Any) -> None:
        """Send the site's own page."""
        path = self.path.partition("?")[0]
        page = Path(self.directory, "404.html").read_bytes() if path.startswith(self.under) else b""
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)


@pytest.fixture(params=["", "/team/a"])
def host(request: pytest.FixtureRequest, site: Path) -> Iterator[str]:
    handler = type("Below", (Static,), {"under": request.param})
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(handler, directory=str(site))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}{request.param}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("address", ["gone.html", "scripts/gone/", "a/b/c/d/e"])
def test_it_is_in_the_handbooks_language_styled_and_leads_back(
    browser: Browser, host: str, address: str
) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 667})
    failed: list[str] = []
    page.on("pageerror", lambda error: failed.append(str(error)))
    answer = page.goto(f"{host}/{address}?a=x#y")
    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_role("heading", level=1)).to_have_text("没有这一页")
    assert "Not found" not in page.content()
    assert page.title().startswith("没有这一页")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    # The sheet and the scripts of the handbook are here.
    assert page.locator(".bd-bar").evaluate("b => getComputedStyle(b).position") == "fixed"
    assert page.evaluate("baodian.root") == f"{host}/"
    links = page.locator("a[href]").evaluate_all("all => all.map(a => a.href)")
    assert len(links) > 10
    assert [a for a in links if not a.startswith(f"{host}/") and "squidfunk" not in a] == []
    page.locator(".bd-search-open").click()
    page.locator("#bd-search [role=searchbox]").fill("太贵")
    expect(page.locator("[data-result]").first).to_be_visible()
    page.keyboard.press("Escape")
    assert page.locator("#bd-nowhere").is_hidden()  # nothing that it could mean
    page.get_by_role("link", name="去首页").click()
    expect(page).to_have_url(f"{host}/index.html")
    assert failed == []
    page.close()


@pytest.mark.parametrize(
    ("address", "said", "to"),
    [
        ("Scripts/says-will-stop。看看", "也许是", "scripts/says-will-stop.html"),
        ("nanyu/glossary.html", "也许是", "glossary.html"),
    ],
)
def test_it_knows_what_a_spoilt_address_means(
    browser: Browser, host: str, address: str, said: str, to: str
) -> None:
    page = browser.new_page()
    page.goto(f"{host}/{address}")
    meant = page.locator("#bd-nowhere")
    expect(meant).to_contain_text(said)
    meant.get_by_role("link").first.click()
    expect(page).to_have_url(f"{host}/{to}")
    page.close()


def test_it_searches_in_place_and_without_any_script(browser: Browser, host: str) -> None:
    for scripts in (True, False):
        page = browser.new_page(java_script_enabled=scripts)
        page.goto(f"{host}/%E5%A4%AA%E8%B4%B5%E6%80%8E%E4%B9%88%E5%8A%9E")
        field = page.locator(".bd-nowhere-search input")
        if scripts:
            expect(field).to_have_value("太贵怎么办")  # words of the address
        field.fill("太贵")
        field.press("Enter")
        expect(page).to_have_url(re.compile("search.html"))
        if scripts:
            expect(page.locator("[data-result]").first).to_be_visible()
        page.close()


def test_what_moved_is_told_with_its_successor(browser: Browser, tmp_path: Path) -> None:
    old = Moved("scripts/old-visit.html", "", "旧话术", Link("话术一", "scripts/one.html"))
    folder = project(tmp_path / "p")
    publish(folder, small_read(replace(SITE, moved=(old,))), words("en"), Progress(quiet=True))
    handler = functools.partial(type("Below", (Static,), {}), directory=str(folder / "site"))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    page = browser.new_page()
    page.goto(f"http://127.0.0.1:{server.server_address[1]}/Scripts/old-visit")
    expect(page.locator("#bd-nowhere")).to_contain_text("What stood here is now:")
    page.locator("#bd-nowhere").get_by_role("link", name="话术一").click()
    expect(page).to_have_url(re.compile("/scripts/one.html$"))
    page.close()
    server.shutdown()
    server.server_close()


def test_with_an_address_of_its_own_it_needs_no_script(tmp_path: Path) -> None:
    folder = project(tmp_path / "p")
    settings = folder / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(f"{text}site_url: https://example.com/book/\n", encoding="utf-8")
    publish(folder, small_read(), words("en"), Progress(quiet=True))
    written = (folder / "site" / "404.html").read_text(encoding="utf-8")
    assert '<base href="/book/">' in written
    assert "root.js" not in written
