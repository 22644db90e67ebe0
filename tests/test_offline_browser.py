"""The offline copy in a real browser: stored, given out without a server, renewed, taken back."""

from __future__ import annotations

import datetime
import http.server
import json
import os
import re
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import FLAGS, wait_until
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect
from small_site import asset

from baodian.publish import offline

NEXT_DAY = time.time() + 86_400
READY = "离线版：已存好"
MISSED = "这一页还不在这台设备上"
FOOT = "#bd-offline"
PANEL = ".bd-offline-panel"
STORED = "caches.keys().then(k => k.length)"
FILES = (
    "caches.keys().then(k => k.find(n => n.endsWith(':files'))).then(n => n ? caches.open(n)"
    ".then(c => c.keys()).then(k => k.length) : 0)"
)
TODAY = datetime.datetime.now(datetime.UTC).date()


class Host:
    """A web server that can stop, come back, change its folder, and counts what it was asked."""

    def __init__(self, folder: Path, under: str = "") -> None:
        self.folder = folder
        self.under = under  # a path such as "/a/b"
        self.port = 0
        self.asked: list[str] = []
        self.break_after: int | None = None
        self.changes: dict[str, Callable[[bytes], bytes]] = {}
        self.gives: Callable[[str], bool] = lambda path: True
        self.stopped = True
        self.start()

    def start(self) -> None:
        host = self

        class Handler(http.server.SimpleHTTPRequestHandler):
            def translate_path(self, path: str) -> str:
                assert path.startswith(host.under)
                return super().translate_path(path.removeprefix(host.under))

            def do_GET(self) -> None:
                # A browser's spare connection outlives the server that took it.
                if host.stopped:
                    self.close_connection = True
                    return
                self.directory = str(host.folder)
                path = self.path.split("?")[0]
                host.asked.append(path)
                broken = host.break_after is not None and len(host.asked) > host.break_after
                if broken or not host.gives(path):
                    self.close_connection = True
                    return
                if not path.startswith(host.under):
                    self.send_error(404)
                    return
                change = host.changes.get(path.removeprefix(host.under))
                if change is None:
                    super().do_GET()
                    return
                data = change(Path(self.translate_path(self.path)).read_bytes())
                self.send_response(200)
                self.send_header("Content-Type", self.guess_type(path))
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def end_headers(self) -> None:
                self.send_header("Cache-Control", "no-cache")
                super().end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.stopped = False
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        self.stopped = True
        self._server.shutdown()
        self._server.server_close()

    def show(self, folder: Path) -> None:
        """Publish another build at the same address."""
        self.folder = folder

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}{self.under}/"


Hosts = Callable[..., Host]


@pytest.fixture
def hosts() -> Iterator[Hosts]:
    made: list[Host] = []

    def host(folder: Path, under: str = "") -> Host:
        made.append(Host(folder, under))
        return made[-1]

    yield host
    for one in made:
        one.stop()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 375, "height": 667}, service_workers="allow")
    yield made
    made.close()


@pytest.fixture(scope="session")
def little(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few pages of the shipped handbook with all that they need, as a handbook of its own."""
    folder = tmp_path_factory.mktemp("little") / "site"
    shutil.copytree(
        site,
        folder,
        ignore=lambda where, names: [
            n for n in names
            if n in ("nanyu", "qinggang")
            or (n.endswith(".html") and Path(where) != site and n not in ("index.html",))
        ],
    )  # fmt: skip
    for name in ("coverage.html", "glossary.html", "search.html"):
        (folder / name).unlink()
    asset(folder, "search/2.js").unlink()
    offline.write(folder, "A", TODAY, ("handbook.html",), need(site))
    return folder


@pytest.fixture(scope="session")
def newer(little: Path) -> Path:
    """The same, one day later: other words at the foot, another search."""
    return build(little, "newer", "B", TODAY)


def need(site: Path) -> dict[str, object]:
    """Return what the list of a site says for who has no network."""
    listed = json.loads((site / offline.LIST).read_text(encoding="utf-8"))
    return {key: listed[key] for key in ("first", "about", "missed")}


def build(little: Path, name: str, edition: str, built: datetime.date) -> Path:
    folder = little.parent / name
    shutil.copytree(little, folder)
    for page in folder.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        page.write_text(text.replace("<title>", f"<title>{edition} "), encoding="utf-8")
    with asset(folder, "search/engine.js").open("a", encoding="utf-8") as file:
        file.write(f'\nwindow.edition = "{edition}";\n')
    offline.write(folder, edition, built, ("handbook.html",), need(little))
    for file in folder.rglob("*"):  # a server tells a browser by the second whether one is newer
        os.utime(file, (NEXT_DAY, NEXT_DAY))
    return folder


def opened(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    return page


def until(page: Page, asked: str, wanted: int, seconds: float = 20) -> None:
    """Ask a page again and again until what it promises is what is wanted."""
    end = time.monotonic() + seconds
    while (now := page.evaluate(asked)) != wanted:
        assert time.monotonic() < end, f"{asked} is {now}, not {wanted}"
        time.sleep(0.1)


def await_asked(host: Host, path: str, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while path not in host.asked:
        assert time.monotonic() < end, f"nobody asked for {path}"
        time.sleep(0.05)


def kept(context: BrowserContext, host: Host) -> Page:
    """Open the handbook and wait until it is stored."""
    page = opened(context, host.url)
    expect(page.locator(FOOT)).to_contain_text(READY, timeout=30_000)
    return page


def test_without_the_server_every_page_opens_and_the_search_finds(
    context: BrowserContext, hosts: Hosts, site: Path
) -> None:
    host = hosts(site)
    first = kept(context, host)
    used = first.evaluate("navigator.storage.estimate().then(e => e.usage)")
    assert 1_000_000 < used <= 8_000_000, used
    first.close()
    host.stop()
    names = sorted(p.relative_to(site).as_posix() for p in site.rglob("*.html"))
    names = [n for n in names if n not in ("handbook.html", "404.html")]
    page = context.new_page()
    failed: list[str] = []

    def note(request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # on a busy machine the next page comes sooner
            failed.append(request.url)

    page.on("requestfailed", note)
    page.on("pageerror", lambda e: failed.append(str(e)))
    for name in [*names[:: len(names) // 30][:29], "finder.html"]:
        page.goto(host.url + name)
        assert page.locator("h1").first.is_visible(), name
    assert page.locator("[data-widget=finder] input, [data-widget=finder] button").count() > 3
    page.goto(host.url + "offline.html")
    ways = page.locator("article .bd-links-line").last.get_by_role("link")
    assert ways.all_text_contents() == ["客户本", "这位客户算哪一类", "升级对照", "排一个月"]
    ways.first.click()
    page.get_by_role("button", name="添一位客户").click()
    expect(page.get_by_role("textbox", name="代号 自己起")).to_be_focused()
    page.goto(host.url + "?q=不想做了")
    expect(page.locator("[data-result]").first).to_contain_text("不想做了")
    page.goto(host.url + "no/such/page.html")
    assert page.locator(".bd-bar, .bd-foot").count() > 0
    # The browser itself may fetch the icon of a tab, past the worker.
    assert [u for u in failed if "favicon" not in u] == []
    host.start()


@pytest.mark.parametrize("under", ["", "/team/a"])
def test_cut_off_after_the_first_page_what_is_needed_most_is_there(
    context: BrowserContext, hosts: Hosts, site: Path, under: str
) -> None:
    host = hosts(site, under)
    host.gives = lambda path: "/customers/" not in path
    page = opened(context, host.url)
    foot = page.locator(FOOT)
    expect(foot).to_contain_text(re.compile(r"网络断了，离线版存到 \d+ %"), timeout=30_000)
    host.stop()
    for address, title in (
        ("escalation.html", "上报找谁"), ("moments/angry.html", "客户发火了"), ("moments", "场景"),
        ("moments/", "场景"),
    ):  # fmt: skip
        answer = page.goto(host.url + address)
        assert answer is not None
        assert answer.status == 200
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        inside(page, host)
    for address in ("customers/member-tier/gold.html", "customers/", "no/such/page.html"):
        answer = page.goto(host.url + address)
        assert answer is not None
        assert answer.status == 503
        expect(page).to_have_title(MISSED)
        expect(page.get_by_role("heading", level=1)).to_have_text(MISSED)
        expect(page.locator(PANEL)).to_contain_text(re.compile(r"离线版存到 [1-9]\d* %"))
        inside(page, host)
        for link in page.locator("article a[href^='tel:']").all():
            box = link.bounding_box()
            assert box is not None
            assert box["y"] + box["height"] < 600
    assert page.locator("article a[href^='tel:']").count() == 2
    page.goto(host.url + "my/index.html")  # it was not there, so it is not what one looked at
    assert MISSED not in page.evaluate("JSON.stringify(baodian.store.read('recent', []))")
    page.get_by_role("link", name="客户发火了").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("客户发火了")
    host.start()


def test_what_stands_in_for_a_page_of_a_city_is_that_of_the_city_and_leads_where_it_does(
    context: BrowserContext, hosts: Hosts, site: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(site, tmp_path / "site"))
    text = (folder / "offline.html").read_text(encoding="utf-8")
    text = re.sub(r'( (?:src|href)=")(?!\w+:|#)', r"\1../", text)
    own = text.replace("tel:00000000110", "tel:00000000555")
    assert own != text
    (folder / "nanyu" / "offline.html").write_text(own, encoding="utf-8")
    old = json.loads((folder / offline.LIST).read_text(encoding="utf-8"))
    old["first"]["nanyu"].append("nanyu/offline.html")
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    left_out = there - {*old["files"], "nanyu/offline.html"}
    need = {name: old[name] for name in ("first", "about", "missed")}
    offline.write(folder, "1", TODAY, left_out, need)
    host = hosts(folder, "/team/a")
    host.gives = lambda path: "/customers/" not in path
    page = opened(context, host.url + "nanyu/index.html")
    expect(page.locator(FOOT)).to_contain_text("网络断了", timeout=30_000)
    host.stop()
    page.goto(host.url + "nanyu/customers/member-tier/gold.html")
    expect(page.get_by_role("heading", level=1)).to_have_text(MISSED)
    expect(page.locator("article a[href='tel:00000000555']")).to_have_count(1)
    inside(page, host)
    page.get_by_role("link", name="上报找谁").click()
    expect(page).to_have_url(host.url + "escalation.html")
    host.start()


def test_whose_copy_is_whole_is_not_told_how_far_the_next_one_is(
    context: BrowserContext, hosts: Hosts, little: Path, newer: Path
) -> None:
    host = hosts(little)
    page = kept(context, host)
    host.show(newer)
    host.gives = lambda path: path != "/404.html"
    page.evaluate("navigator.serviceWorker.getRegistration().then(one => one.update())")
    end = time.monotonic() + 20
    while "/404.html" not in host.asked and time.monotonic() < end:
        page.wait_for_timeout(100)
    assert "/404.html" in host.asked
    page.wait_for_timeout(1500)
    expect(page.locator(FOOT)).to_contain_text(READY)
    expect(page.locator(FOOT)).not_to_contain_text("%")


def test_what_is_needed_most_comes_before_all_else_and_is_little(
    context: BrowserContext, hosts: Hosts, site: Path
) -> None:
    host = hosts(site)
    host.gives = lambda path: path != "/404.html"  # the first of all others
    page = opened(context, host.url + "nanyu/finder.html")
    expect(page.locator(FOOT)).to_contain_text("网络断了", timeout=30_000)
    begin, load, *_ = (n for n, path in enumerate(host.asked) if path == "/offline.json")
    begun = dict.fromkeys(path.removeprefix("/") for path in host.asked[begin:load])
    pages = [path for path in begun if path.endswith(".html")]
    moments = [p.relative_to(site).as_posix() for p in (site / "moments").glob("*.html")]
    assert {*pages[:3]} == {"offline.html", "escalation.html", "index.html"}  # asked for at once
    assert set(pages) == {
        *pages[:3], *moments, "nanyu/index.html", "nanyu/finder.html",
    }  # fmt: skip
    assert any(path.startswith("widgets/finder") for path in begun)  # what the open page needs
    common = [path for path in begun if "nanyu" not in path and "finder" not in path]
    assert offline.over_the_wire(site, common) <= 160_000
    host.stop()
    page.reload()
    expect(
        page.locator("[data-widget=finder] input, [data-widget=finder] button").first
    ).to_be_visible()
    host.start()


def test_the_worker_begins_with_less_where_the_network_is_slow(
    context: BrowserContext, hosts: Hosts, little: Path
) -> None:
    host = hosts(little)
    slow = threading.Event()
    host.changes["/sw.js"] = lambda data: data.replace(b"PATIENCE=2e4", b"PATIENCE=500")
    host.changes["/moments/index.html"] = lambda data: data if slow.wait(20) else b""
    page = opened(context, host.url)
    expect(page.locator(FOOT)).to_contain_text("正在存", timeout=10_000)
    assert page.evaluate("navigator.serviceWorker.controller.state") == "activated"
    slow.set()
    expect(page.locator(FOOT)).to_contain_text(READY, timeout=20_000)
    assert host.asked.count("/moments/index.html") == 1


LOSE = """hashes => caches.keys()
  .then(k => caches.open(k.find(n => n.endsWith(':files'))))
  .then(c => Promise.all(hashes.map(hash => c.delete(new URL("~/" + hash, baodian.root)))))"""


def lose(page: Page, site: Path) -> set[str]:
    """Let the browser throw away every page but the first, and the search; return their names."""
    files = json.loads((site / offline.LIST).read_text(encoding="utf-8"))["files"]
    some = [n for n in files if n.endswith(".html") or n.startswith("search/")]
    some.remove("index.html")
    gone = page.evaluate(LOSE, [files[n][0] for n in some])
    assert len(gone) > 5
    assert all(gone)
    return set(some)


def test_a_copy_that_lost_files_says_so_and_is_mended(
    context: BrowserContext, hosts: Hosts, little: Path
) -> None:
    host = hosts(little)
    page = kept(context, host)
    all_ = page.evaluate(FILES)
    for worker_lives in (True, False):
        lost = lose(page, little)
        host.stop()
        page.goto("about:blank")
        if not worker_lives:
            stop_workers(context, page)
        page.goto(host.url)
        expect(page.locator(FOOT)).to_contain_text(re.compile("缺了文件|网络断了"))
        expect(page.locator(FOOT)).not_to_contain_text(READY)
        host.start()
        host.asked.clear()
        page.goto(host.url)
        expect(page.locator(FOOT)).to_contain_text(READY, timeout=20_000)
        assert page.evaluate(FILES) == all_
        assert {a[1:] for a in host.asked} - {"sw.js", offline.LIST} == lost


DAMAGE = """([hash, how]) => caches.keys().then(k => caches.open(k.find(n => n.endsWith(':files'))))
  .then(cache => { const url = new URL("~/" + hash, baodian.root);
    return cache.match(url).then(kept => kept.arrayBuffer().then(bytes => {
      const half = bytes.slice(0, bytes.byteLength / 2);
      return cache.put(url, new Response(how === "cut" ? half : new Uint8Array(bytes.byteLength),
        { headers: kept.headers })); })); })"""
WHOLE = """hash => caches.keys().then(k => caches.open(k.find(n => n.endsWith(':files'))))
  .then(c => c.match(new URL("~/" + hash, baodian.root))).then(f => f ? f.arrayBuffer() : null)
  .then(b => b ? b.byteLength : 0)"""


@pytest.mark.parametrize("how", ["lost", "cut", "other bytes"])
def test_a_page_that_is_lost_or_damaged_says_so_and_comes_back_with_the_network(
    context: BrowserContext, hosts: Hosts, little: Path, how: str
) -> None:
    host = hosts(little, "/team/a")
    page = kept(context, host)
    hash_ = json.loads((little / offline.LIST).read_text(encoding="utf-8"))["files"][
        "scripts/index.html"
    ][0]
    before = page.evaluate(WHOLE, hash_)
    if how == "lost":
        assert page.evaluate(LOSE, [hash_]) == [True]
    else:
        page.evaluate(DAMAGE, [hash_, how])
    host.stop()
    for address in ("scripts/index.html", "scripts/"):
        page.goto(host.url + address)
        expect(page.get_by_role("heading", level=1)).to_have_text(MISSED)
        expect(page).to_have_title(MISSED)
        expect(page.locator(FOOT)).to_contain_text(re.compile("缺了文件|网络断了"))
        inside(page, host)
    assert page.evaluate(WHOLE, hash_) == 0
    page.goto(host.url)
    host.start()
    page.goto(host.url + "scripts/")
    expect(page.get_by_role("heading", level=1)).to_have_text("话术")
    until(page, f"({WHOLE})('{hash_}')", before)
    expect(page.locator(FOOT)).to_contain_text(READY, timeout=20_000)


def test_who_looks_through_the_copy_finds_what_nobody_opened(
    context: BrowserContext, hosts: Hosts, little: Path
) -> None:
    host = hosts(little)
    page = kept(context, host)
    files = json.loads((little / offline.LIST).read_text(encoding="utf-8"))["files"]
    page.goto(host.url + "offline.html")
    expect(page.locator(PANEL)).to_be_visible()
    expect(page.get_by_text("浏览器允许运行脚本")).to_have_count(0)  # they run
    page.evaluate(DAMAGE, [files["about.html"][0], "cut"])
    host.asked.clear()
    page.get_by_role("button", name="检查一遍，缺的补上").click()
    expect(page.locator(PANEL)).to_contain_text(READY, timeout=20_000)
    end = time.monotonic() + 10
    while "/about.html" not in host.asked and time.monotonic() < end:
        page.wait_for_timeout(100)
    assert "/about.html" in host.asked
    assert "/index.html" not in host.asked


def test_the_browser_is_asked_not_to_throw_it_away_when_the_reader_keeps_it(
    context: BrowserContext, hosts: Hosts, little: Path
) -> None:
    context.add_init_script(
        "window.wishes = 0; StorageManager.prototype.persist = () => { wishes += 1;"
        " return Promise.resolve(true); };"
        "StorageManager.prototype.persisted = () => Promise.resolve(wishes > 0);"
    )
    host = hosts(little)
    page = opened(context, host.url + "offline.html")
    expect(page.locator(PANEL)).to_contain_text("可能会清掉它", timeout=20_000)
    assert page.evaluate("wishes") == 0
    page.get_by_role("button", name="检查一遍").click()
    expect(page.locator(PANEL)).to_contain_text("答应了", timeout=20_000)
    assert page.evaluate("wishes") == 1


def test_a_copy_that_cannot_be_mended_any_more_gives_way_to_the_new_version(
    context: BrowserContext, hosts: Hosts, little: Path, newer: Path
) -> None:
    host = hosts(little)
    page = kept(context, host)
    lose(page, little)
    host.show(newer)
    page.goto(host.url)
    expect(page.locator(FOOT)).to_contain_text(f"{READY}，版本 B", timeout=20_000)
    host.stop()
    page.goto(host.url)
    expect(page).to_have_title(re.compile("^B "))
    host.start()


def test_a_whole_copy_is_whole_without_a_network(
    context: BrowserContext, hosts: Hosts, little: Path
) -> None:
    host = hosts(little)
    kept(context, host).close()
    host.stop()
    page = opened(context, host.url + "offline.html")
    expect(page.locator(PANEL)).to_contain_text(READY)
    for _ in range(2):  # a page orders to load by itself, a reader by the button
        page.evaluate("baodian.offline.order('load')")
        expect(page.locator(PANEL)).to_contain_text(READY)
        assert page.locator(FOOT).inner_text().startswith(READY)
        page.reload()
    expect(page.get_by_role("button", name="检查一遍，缺的补上")).to_be_visible()
    host.start()


@pytest.mark.parametrize("under", ["", "/team/a"])
def test_without_network_an_address_that_is_cut_short_is_mended(
    context: BrowserContext, hosts: Hosts, little: Path, under: str
) -> None:
    host = hosts(little, under)
    page = kept(context, host)
    host.stop()
    for address, there in (
        ("scripts", "scripts/index.html"), ("scripts?ruler=x", "scripts/index.html?ruler=x"),
        ("finder", "finder.html"), ("scripts/", "scripts/"),
    ):  # fmt: skip
        page.goto(host.url + address)
        assert page.url == host.url + there
        inside(page, host)
    for address in ("no/such/page", "scripts/gone.html", "gone"):
        page.goto(host.url + address)
        expect(page.get_by_role("heading", level=1)).to_have_text("没有这一页")
        inside(page, host)
    host.start()


def inside(page: Page, host: Host) -> None:
    """The page is styled, and its links stay in the handbook."""
    assert page.locator(".bd-bar").evaluate("b => getComputedStyle(b).position") == "fixed"
    links = page.locator("a[href]").evaluate_all(
        "all => all.map(a => new URL(a.getAttribute('href'), document.baseURI).href)"
    )
    left = [a for a in links if not a.startswith(host.url) and "://localhost" in a]
    assert len(links) > 10
    assert left == []


def test_under_a_sub_path_only_its_own_is_kept(
    context: BrowserContext, hosts: Hosts, little: Path
) -> None:
    host = hosts(little, "/team/a")
    page = kept(context, host)
    everything = "navigator.serviceWorker.getRegistrations().then(r => r.map(o => o.scope))"
    scopes = page.evaluate(everything)
    assert scopes == [host.url]
    host.stop()
    page.goto(host.url + "scripts/")
    assert page.locator("h1").first.is_visible()
    with pytest.raises(Exception, match="ERR_CONNECTION_REFUSED"):
        page.goto(f"http://localhost:{host.port}/team/")
    host.start()


def test_a_load_that_broke_off_goes_on_where_it_stopped(
    context: BrowserContext, hosts: Hosts, little: Path
) -> None:
    host = hosts(little)
    page = opened(context, host.url + "offline.html")
    host.break_after = len(host.asked) + 25
    expect(page.locator(PANEL)).to_contain_text("网络断了", timeout=20_000)
    assert page.locator(FOOT).inner_text().startswith("网络断了")
    half = page.evaluate(FILES)
    host.break_after = None
    host.asked.clear()
    page.get_by_role("button", name="存到这台设备").click()
    expect(page.locator(PANEL)).to_contain_text(READY, timeout=20_000)
    again = [a for a in host.asked if not a.endswith("sw.js")]
    assert half >= 5
    assert len(again) <= page.evaluate(FILES) - half + 2


def test_a_new_version_is_offered_not_swapped_and_there_is_a_way_back(
    context: BrowserContext, hosts: Hosts, little: Path, newer: Path
) -> None:
    host = hosts(little)
    page = kept(context, host)
    host.asked.clear()
    still = opened(context, host.url)  # stays on the first version all the time
    expect(still.locator(FOOT)).to_contain_text(READY)
    await_asked(host, "/sw.js")  # a browser asks once a page whether there is another version
    host.show(newer)
    page.reload()
    offer = page.get_by_role("button", name="换到新版")
    expect(offer).to_be_visible(timeout=20_000)
    page.reload()
    assert not page.title().startswith("B ")
    expect(offer).to_be_visible()
    with page.expect_navigation():
        offer.click()
    expect(page).to_have_title(re.compile("^B "))
    # An open page of the first version gets what belongs to it.
    still.locator(".bd-search-open").click()
    expect(still.get_by_role("searchbox")).to_be_visible()
    wait_until(still, "window.baodianSearch")
    assert still.evaluate("window.edition") is None
    page.goto(host.url + "offline.html")
    page.get_by_role("button", name="退回上一版").click()
    wait_until(page, "!document.title.startsWith('B ')")
    page.goto(host.url)
    expect(page.locator(FOOT)).to_contain_text(READY)
    page.wait_for_timeout(700)
    assert not page.title().startswith("B ")
    assert offer.count() == 0  # refused until there is yet another


def test_a_page_that_is_being_opened_while_the_copy_is_tidied_stays_what_it_is(
    context: BrowserContext, hosts: Hosts, little: Path, newer: Path
) -> None:
    host = hosts(little)
    late = (
        b"note(event,version);return/slow/.test(event.request.url)?"
        b"new Promise(function(go){setTimeout(go,8000,found)}):found;"
    )
    given = b"note(event,version);return found;"
    assert (little / offline.WORKER).read_bytes().count(given) == 1
    host.changes["/sw.js"] = lambda data: data.replace(given, late)
    page = kept(context, host)
    opening = context.new_page()
    opening.evaluate(f"setTimeout(() => {{ location.href = '{host.url}?slow'; }})")
    page.wait_for_timeout(1_500)
    page.evaluate(
        "navigator.serviceWorker.controller.postMessage({baodian: 'offline', do: 'load'})"
    )
    page.wait_for_timeout(1_500)
    host.show(newer)  # its worker takes over, and knows of the page only what was noted
    offer = opening.get_by_role("button", name="换到新版")
    expect(offer).to_be_visible(timeout=20_000)
    opening.locator(".bd-search-open").click()
    wait_until(opening, "window.baodianSearch")
    assert opening.evaluate("window.edition") is None


def test_a_page_from_the_network_gets_from_the_copy_what_the_server_has_no_more(
    context: BrowserContext, hosts: Hosts, little: Path, tmp_path: Path
) -> None:
    host = hosts(little)
    page = kept(context, host)  # came before there was a copy
    for name in ("now.js", offline.WORKER, offline.LIST):
        shutil.copy(little / name, tmp_path)
    host.show(tmp_path)
    page.locator(".bd-search-open").click()
    wait_until(page, "window.baodianSearch")
    assert any(path.startswith("/search/engine.") for path in host.asked)


def test_a_version_whose_script_fails_offers_the_way_back(
    context: BrowserContext, hosts: Hosts, little: Path
) -> None:
    bad = little.parent / "bad"
    if not bad.exists():
        build(little, "bad", "C", TODAY)
        with asset(bad, "js/site.js").open("a", encoding="utf-8") as file:
            file.write("\nthrow new Error('broken');\n")
        offline.write(bad, "C", TODAY, ("handbook.html",), need(little))
    host = hosts(little)
    page = kept(context, host)
    host.show(bad)
    page.reload()
    with page.expect_navigation():
        page.get_by_role("button", name="换到新版").click()
    page.get_by_role("button", name="退回上一版").click(timeout=10_000)
    wait_until(page, "!document.title.startsWith('C ')")


@pytest.mark.parametrize("late", [0, 300])  # ms: on a busy device news come after an answer
def test_the_version_before_goes_when_the_new_one_worked_on_a_later_day(
    context: BrowserContext, hosts: Hosts, little: Path, newer: Path, late: int
) -> None:
    host = hosts(little)
    if late:
        at_once = b"one.postMessage(news);"
        held = f"setTimeout(function () {{ one.postMessage(news); }}, {late});".encode()
        host.changes["/sw.js"] = lambda data: data.replace(at_once, held)
    page = kept(context, host)
    host.show(newer)
    page.reload()
    with page.expect_navigation():
        page.get_by_role("button", name="换到新版").click()
    page.wait_for_timeout(500)
    count = page.evaluate(FILES)
    yesterday = (
        "caches.keys().then(k => caches.open(k.find(x => x.endsWith(':state')))).then(c =>"
        " c.match(new URL('~state', location)).then(r => r.json()).then(s => { s.switched -= 9e7;"
        " return c.put(new URL('~state', location), new Response(JSON.stringify(s))); }))"
    )
    page.evaluate(yesterday)
    page.goto("about:blank")
    stop_workers(context, page)
    page.goto(host.url)
    wait_until(page, f"{FILES}.then(n => n < {count})", seconds=15)


def stop_workers(context: BrowserContext, page: Page) -> None:
    """Make the browser forget what its worker holds in memory, as it does after a while."""
    session = context.new_cdp_session(page)
    status: dict[str, str] = {}
    session.on("ServiceWorker.workerVersionUpdated", lambda told: status.update(
        {one["versionId"]: one["runningStatus"] for one in told["versions"]}
    ))  # fmt: skip
    session.send("ServiceWorker.enable")
    session.send("ServiceWorker.stopAllWorkers")
    end = time.monotonic() + 5
    while set(status.values()) - {"stopped"}:  # it takes its time
        assert time.monotonic() < end, status
        page.wait_for_timeout(20)
    session.detach()


def test_removed_means_nothing_is_left_and_nothing_comes_by_itself(
    context: BrowserContext, hosts: Hosts, little: Path
) -> None:
    host = hosts(little)
    kept(context, host).close()
    page = opened(context, host.url + "offline.html")
    page.get_by_role("button", name="移除离线版").click()
    expect(page.locator(PANEL)).to_contain_text("已移除")
    assert page.evaluate(STORED) == 0
    page.goto(host.url)
    expect(page.locator(FOOT)).to_contain_text("这台设备上没有")
    assert page.evaluate(STORED) == 0
    registrations = "navigator.serviceWorker.getRegistrations().then(r => r.length)"
    assert page.evaluate(registrations) == 0
    page.goto(host.url + "offline.html")
    page.get_by_role("button", name="存到这台设备").click()
    expect(page.locator(PANEL)).to_contain_text(READY, timeout=20_000)


def test_a_device_that_saves_data_is_asked_first(
    context: BrowserContext, hosts: Hosts, little: Path
) -> None:
    context.add_init_script(
        "Object.defineProperty(NetworkInformation.prototype, 'saveData', {get: () => true})"
    )
    host = hosts(little)
    page = opened(context, host.url + "offline.html")
    expect(page.locator(FOOT)).to_contain_text("省流量")
    page.wait_for_timeout(500)
    assert page.evaluate(STORED) == 0
    assert "/sw.js" not in host.asked
    page.get_by_role("button", name="存到这台设备").click()
    expect(page.locator(PANEL)).to_contain_text(READY, timeout=20_000)


def test_plain_http_says_that_it_is_not_possible_and_what_is(
    browser: Browser, hosts: Hosts, little: Path
) -> None:
    host = hosts(little)
    other = browser.browser_type.launch(
        executable_path=browser_path(),
        args=[*FLAGS, "--host-resolver-rules=MAP handbook.test 127.0.0.1"],
    )
    page = other.new_page()
    page.goto(f"http://handbook.test:{host.port}/offline.html")
    expect(page.locator(FOOT)).to_contain_text("https")
    link = page.locator(PANEL).get_by_role("link", name="整本手册一个文件")
    assert link.get_attribute("href").endswith("/handbook.html")
    other.close()


def browser_path() -> str | None:
    return os.environ.get("CHROMIUM") or shutil.which("chromium")


def test_inside_a_chat_app_it_sends_to_a_browser(
    browser: Browser, hosts: Hosts, little: Path
) -> None:
    host = hosts(little)
    agent = "Mozilla/5.0 (Linux; Android 14) Chrome/126.0 Mobile Safari/537.36 MicroMessenger/8.0"
    context = browser.new_context(user_agent=agent, service_workers="allow")
    page = opened(context, host.url)
    expect(page.locator(FOOT)).to_contain_text("在浏览器打开")
    assert "/sw.js" not in host.asked
    context.close()


def test_opened_as_a_file_it_says_so(browser: Browser, little: Path) -> None:
    page = browser.new_page(service_workers="allow")
    page.goto((little / "index.html").as_uri())
    expect(page.locator(FOOT)).to_contain_text("以文件打开")
    page.close()


def test_an_old_copy_says_how_old_on_every_page(
    context: BrowserContext, hosts: Hosts, little: Path
) -> None:
    old = little.parent / "old"
    if not old.exists():
        build(little, "old", "O", TODAY - datetime.timedelta(days=41))
    host = hosts(old)
    context.clock.set_fixed_time(datetime.datetime.combine(TODAY, datetime.time(12)))
    page = kept(context, host)
    assert page.get_by_text("41 天").count() == 0  # this page came from the network
    for name in ("index.html", "scripts/index.html"):
        page.goto(host.url + name)
        expect(page.get_by_text("41 天")).to_be_visible()


def test_a_full_device_is_told(context: BrowserContext, hosts: Hosts, little: Path) -> None:
    host = hosts(little)
    page = context.new_page()
    session = context.new_cdp_session(page)
    origin = host.url.rstrip("/")
    session.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 60_000})
    page.goto(host.url)
    expect(page.locator(FOOT)).to_contain_text("存不下", timeout=20_000)


def test_files_of_another_version_are_not_stored(
    context: BrowserContext, hosts: Hosts, little: Path, newer: Path
) -> None:
    mixed = little.parent / "mixed"
    if not mixed.exists():
        shutil.copytree(little, mixed)
        shutil.copy(asset(newer, "search/engine.js"), asset(mixed, "search/engine.js"))
    host = hosts(mixed)
    page = opened(context, host.url)
    expect(page.locator(FOOT)).to_contain_text("正在更新", timeout=20_000)
    page.reload()
    page.wait_for_timeout(300)
    assert READY not in page.locator(FOOT).inner_text()


def test_a_handbook_that_wants_no_copies_clears_them_away(
    context: BrowserContext, hosts: Hosts, little: Path
) -> None:
    without = little.parent / "without"
    if not without.exists():
        shutil.copytree(little, without)
        script = asset(without, "js/site.js")
        text = script.read_text(encoding="utf-8")
        assert '"offline":true' in text
        text = text.replace('"offline":true', '"offline":false')
        script.write_text(text, encoding="utf-8")
        (without / offline.LIST).unlink()
        offline.end(without)
        for file in (script, without / offline.WORKER):  # a server tells seconds apart, no less
            os.utime(file, (2e9, 2e9))
    host = hosts(little)
    page = kept(context, host)
    host.show(without)
    page.reload()
    until(page, STORED, 0)
    page.goto("about:blank")
    page.goto(host.url)
    until(page, "navigator.serviceWorker.getRegistrations().then(r => r.length)", 0)
    expect(page.locator(FOOT)).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_panel_and_the_words_on_top(
    browser: Browser, hosts: Hosts, little: Path, newer: Path, scheme: str
) -> None:
    context = browser.new_context(
        color_scheme=scheme, viewport={"width": 320, "height": 667}, service_workers="allow"
    )
    host = hosts(little)
    kept(context, host).close()
    host.show(newer)
    page = opened(context, host.url + "offline.html")
    expect(page.locator("#bd-offline-new")).to_be_visible(timeout=20_000)
    expect(page.locator(PANEL).get_by_role("button", name="移除离线版")).to_be_visible()
    found = Axe().run(page).response["violations"]
    ours = [(v["id"], n["target"]) for v in found for n in v["nodes"]
            if "bd-offline" in str(n["html"]) + str(n["target"])]  # fmt: skip
    assert ours == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for button in page.locator(f"{PANEL} button, .bd-offline-banner button").all():
        box = button.bounding_box()
        assert box is not None
        assert min(box["height"], box["width"]) >= 44
    context.close()
