"""A strict policy in a real browser, and pages of an earlier build that it kept too long."""

import http.server
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from conftest import Quiet, wait_until
from playwright.sync_api import Browser, Page, expect
from small_site import asset

from baodian.publish import addresses, policy
from baodian.read import Read

KEPT = {"Cache-Control": "max-age=600"}
Serve = Callable[..., str]


class Host(Quiet):
    """Serves a handbook below /team/a/ with headers, and its own page for what is nowhere."""

    headers_of: Callable[[str], dict[str, str]]

    def translate_path(self, path: str) -> str:
        """Return the file of an address below the handbook's path."""
        return super().translate_path(path.removeprefix("/team/a"))

    def end_headers(self) -> None:
        """Send what the handbook says besides."""
        for name, value in self.headers_of(self.path).items():
            self.send_header(name, value)
        super().end_headers()

    def send_error(self, code: int, *_: object) -> None:
        """Answer with the handbook's page."""
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write((Path(self.directory) / "404.html").read_bytes())


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Serves a folder, with headers by address, and returns where."""
    servers = []

    def served(folder: Path, headers: Callable[[str], dict[str, str]]) -> str:
        handler = type("Of", (Host,), {"headers_of": staticmethod(headers)})
        server = http.server.ThreadingHTTPServer(
            ("127.0.0.1", 0), partial(handler, directory=str(folder))
        )
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_address[1]}/team/a/"

    yield served
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A window of a phone."""
    context = browser.new_context(viewport={"width": 375, "height": 667})
    yield context.new_page()
    context.close()


def of_each_kind(book: Read) -> list[str]:
    kinds = {page.kind: page.address for page in reversed(book.site.pages)}
    return [*kinds.values(), "about.html", "handbook.html", "gone/a/b.html"]


def sent(site: Path, _: str = "") -> dict[str, str]:
    text = (site / policy.FILE).read_text(encoding="utf-8")
    found = re.search(r"^  (Content-Security-Policy): (.*)$", text, re.MULTILINE)
    assert found
    return {found[1]: found[2]}


def test_a_page_of_each_kind_has_nothing_that_its_policy_stops(
    page: Page, serve: Serve, site: Path, shipped_read: Read, stopped: list[str]
) -> None:
    at = serve(site, partial(sent, site))
    for address in of_each_kind(shipped_read):
        page.goto(at + address)
        assert page.evaluate("document.styleSheets.length") > 0
    assert stopped == []
    page.evaluate("document.body.setAttribute('style', 'color: red')")  # it would be seen
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {text: '1'}))"
    )
    page.wait_for_timeout(100)
    assert {"style", "script"} <= set(re.findall("inline (style|script)", " ".join(stopped)))
    stopped.clear()


def test_what_readers_do_needs_nothing_that_the_policy_stops(
    page: Page, serve: Serve, site: Path, stopped: list[str]
) -> None:
    for at in (serve(site, partial(sent, site)), f"{site.as_uri()}/"):
        page.goto(f"{at}finder.html")
        page.get_by_label("车主与车队", exact=True).check()
        ruler = page.locator("#ruler-member-tier")
        ruler.get_by_label("民营单位", exact=True).check()
        ruler.get_by_label("在用台数").fill("30")
        expect(page.locator(".bd-finder-classes")).to_contain_text("黄金卡客户")
        page.locator(".bd-search-open").click()
        page.get_by_role("searchbox").fill("流失")
        expect(page.locator("a[data-result]").first).to_be_visible()
        wait_until(page, "document.querySelector('#bd-search').dataset.stage === '2'")
        page.goto(f"{at}planner.html")
        page.locator("[data-widget=planner] input").first.wait_for()
    assert stopped == []


@pytest.fixture
def builds(site: Path, tmp_path: Path) -> tuple[Path, Path]:
    """A build, and the next one: another script on every page, other data for the search."""
    old, new = tmp_path / "old", tmp_path / "new"
    for folder in (old, new):
        folder.mkdir()
        for name in ("assets", "css", "head", "js", "search", "widgets"):
            shutil.copytree(site / name, folder / name)
        for name in ("index.html", "404.html", "glossary.html", "now.js"):
            shutil.copy(site / name, folder / name)
    for name in ("css/handbook.css", "search/1.js", "search/engine.js", "js/site.js"):
        change(new, name, "\n/* new */\n")
    return old, new


def change(site: Path, name: str, more: str) -> None:
    """Let a file of a site hold more, as a build of another day would."""
    file = asset(site, name)
    was = file.relative_to(site).as_posix()
    data = file.read_bytes() + more.encode()
    file.unlink()
    now = addresses.name(was, data)
    (site / now).write_bytes(data)
    for text in (site / "now.js", *site.glob("*.html"), *site.glob("js/*.js")):
        text.write_bytes(text.read_bytes().replace(was.encode(), now.encode()))


def turn(served: Path, now: Path) -> None:
    shutil.rmtree(served)
    shutil.copytree(now, served)


def kept_pages(path: str) -> dict[str, str]:
    return KEPT if path.endswith(".html") else {"Cache-Control": "no-store"}


def names(page: Page) -> list[str]:
    found: list[str] = page.evaluate("Array.from(document.scripts, (one) => one.src)")
    return found


def test_a_page_that_a_browser_kept_too_long_is_loaded_again(
    page: Page, serve: Serve, builds: tuple[Path, Path], tmp_path: Path
) -> None:
    old, new = builds
    shown = tmp_path / "shown"
    shutil.copytree(old, shown)
    at = serve(shown, kept_pages)
    page.goto(f"{at}index.html")
    page.goto("about:blank")
    turn(shown, new)
    page.goto(f"{at}index.html")  # the old page, whose scripts are nowhere
    script = f"js/{asset(new, 'js/site.js').name}"
    wait_until(page, f"window.baodian && baodian.script === '{script}'")
    assert not [src for src in names(page) if asset(old, "js/site.js").name in src]


def test_a_search_never_mixes_two_builds(
    page: Page, serve: Serve, builds: tuple[Path, Path], tmp_path: Path
) -> None:
    old, new = builds
    shown = tmp_path / "shown"
    shutil.copytree(old, shown)
    at = serve(shown, lambda path: {"Cache-Control": "max-age=600"})  # of everything, even now.js
    page.goto(f"{at}glossary.html")
    page.keyboard.press("/")
    page.get_by_role("searchbox").fill("流失")
    expect(page.locator("a[data-result]").first).to_be_visible()
    page.goto(f"{at}index.html")
    turn(shown, new)
    page.goto(f"{at}glossary.html")  # all of it from what the browser has kept
    assert page.evaluate("baodian.script") == f"js/{asset(old, 'js/site.js').name}"
    page.keyboard.press("/")
    page.get_by_role("searchbox").fill("流失")
    page.wait_for_url("**/glossary.html?q=*")
    engine = asset(new, "search/engine.js").name  # the page loads itself again before it is there
    wait_until(page, f"Array.from(document.scripts, (one) => one.src).join().includes('{engine}')")
    expect(page.locator("a[data-result]").first).to_be_visible()
    loaded = [Path(src).name for src in names(page) if "/search/" in src]
    assert {asset(new, "search/engine.js").name, asset(new, "search/1.js").name} <= set(loaded)
    assert asset(old, "search/1.js").name not in loaded


def test_a_page_whose_scripts_are_gone_for_good_can_be_read(
    page: Page, serve: Serve, builds: tuple[Path, Path]
) -> None:
    old, _ = builds
    for name in ("js/site.js", "css/handbook.css"):
        asset(old, name).unlink()
    loads: list[str] = []
    page.on("framenavigated", lambda frame: loads.append(frame.url))
    page.goto(f"{serve(old, lambda path: {})}glossary.html")
    page.wait_for_timeout(1500)
    assert len(loads) == 2  # once again, and then no more
    expect(page.locator("h1")).to_be_visible()
