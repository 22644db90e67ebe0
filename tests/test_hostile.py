"""What is not ours to trust: texts of a playbook, kept data, files, addresses, long queries."""

from __future__ import annotations

import datetime
import functools
import http.server
import json
import re
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Quiet, wait_until
from playwright.sync_api import Browser, BrowserContext, Dialog, Page

from baodian.build import build
from baodian.said.messages import words
from baodian.terminal import Progress

SMALL = Path(__file__).parent / "small_playbook"
KEPT = ("pins", "profiles", "runs", "recent", "seen", "slots", "planner", "paths", "offline")
PAGES = (
    "my/index.html",
    "my/checks.html",
    "finder.html",
    "planner.html",
    "checklists/leave-shop.html",
    "scripts/too-expensive.html",
    "scripts/index.html",
)
EVIL = "</script><img src=x onerror=alert(1)>'\"`{{1}}${1}\u202e\u2028&lt;b&gt;"
RUN = {
    "list": "leave-shop", "title": "x", "name": "x", "groups": [], "subjects": [""],
    "items": {}, "started": 1, "changed": 1, "done": 0,
}  # fmt: skip
DRAWN = "new Promise(done => requestAnimationFrame(() => setTimeout(done)))"
BELONGS = """() => {
  for (const key in {}) return key;
  const all = [Object.prototype[0], Object[0], Array.prototype[0]];
  return all.find((one) => one !== undefined) || "";
}"""


class Watched:
    """A browser that notes what no page of ours does: errors, dialogs, asking other hosts."""

    def __init__(self, context: BrowserContext, host: str) -> None:
        self.context, self.host, self.seen = context, host, list[str]()
        context.on("weberror", lambda e: self.seen.append(f"{e.page and e.page.url}: {e.error}"))
        context.on("dialog", self.asks)
        context.on("request", lambda r: self.asked(r.url))
        self.page = context.new_page()

    def asks(self, dialog: Dialog) -> None:
        self.seen.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def asked(self, url: str) -> None:
        if not url.startswith((self.host, "data:", "blob:")):
            self.seen.append(f"asked {url}")

    def open(self, address: str) -> Page:
        self.page.goto("about:blank")
        self.page.goto(f"{self.host}/{address}", wait_until="load")
        return self.page


@pytest.fixture
def watched(browser: Browser, served: str) -> Iterator[Watched]:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    made = Watched(context, served)
    yield made
    context.close()
    assert made.seen == []


# --- what is kept on the device -------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        None,
        "text",
        [None, 5, {"href": 1}],
        {"__proto__": 1, "a": None, "constructor": "x", "pages": 5, "leave-shop": []},
        {
            "a": {"list": "constructor", "items": [], "classes": 5},
            "days": "x",
            "numbers": {"hours": 0, "record": "x"},
            "counts": [{"x": {}}, 7],
            "mix": {"month-rep": "x"},
            "off": 5,
            "week": {"x|y": 5},
            "plan": {},
            "seed": "a\r\nATTENDEE:x",
            "pages": None,
        },
    ],
    ids=["null", "text", "list", "names", "shapes"],
)
def test_damaged_data_breaks_no_page(watched: Watched, data: object) -> None:
    page = watched.open("about.html")
    kept = json.dumps({"v": 1, "data": data})
    page.evaluate(
        "([names, kept]) => names.forEach((n) => "
        "localStorage.setItem(baodian.store.prefix + n, kept))",
        [[*KEPT, "search.recent"], kept],
    )
    for address in PAGES:
        page = watched.open(address)
        page.evaluate(DRAWN)
        assert page.locator("h1").first.is_visible()
    page.locator(".bd-search-open").first.click()
    page.wait_for_selector("#bd-search[data-stage='2']")


def test_clearing_keeps_the_data_of_a_handbook_in_a_folder_below(watched: Watched) -> None:
    page = watched.open("about.html")
    left = page.evaluate("""() => {
      const other = baodian.store.prefix + "b/:pins";
      localStorage.setItem(other, "1");
      localStorage.setItem(baodian.store.prefix + "pins", "1");
      baodian.store.clear();
      const left = Object.keys(localStorage).filter((key) => /pins$/.test(key));
      return left.map((key) => key === other);
    }""")
    assert left == [True]


# --- addresses ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "finder.html#constructor=x&__proto__=y&toString=z&closing=constructor",
        'finder.html?ruler=constructor#"><img src=x onerror=alert(1)>',
        "finder.html?ruler=%22%5D&closing=a#closing=<script>alert(1)</script>",
        "checklists/leave-shop.html#run-constructor",
        "scripts/index.html?class=%22%5D&kind=__proto__#?q=<img src=x onerror=alert(1)>",
        "index.html#%E0%A4%A",
        "planner.html#%",
    ],
)
def test_an_address_is_only_an_address(watched: Watched, address: str) -> None:
    page = watched.open(address)
    assert page.locator("h1").first.is_visible()
    assert page.locator("img[src=x]").count() == 0
    assert page.evaluate(BELONGS) == ""


# --- files ----------------------------------------------------------------------------------------


def give(page: Page, text: str) -> None:
    field = page.get_by_label("或者把文件内容贴在这里")
    field.evaluate("(field, text) => { field.value = text; }", text)
    page.get_by_role("button", name="导入贴上的内容").click()


def runs_file(*runs: str) -> str:
    rows = ",".join(f'"r{n}": {run}' for n, run in enumerate(runs))
    return f'{{"baodian-runs": 1, "runs": {{{rows}}}}}'


def test_a_file_of_runs_reaches_nothing_but_runs(watched: Watched) -> None:
    page = watched.open("my/checks.html")
    mark = '{"0": ["yes", "n", "h", 1]}'
    one = json.dumps(RUN)
    deep = "[" * 60_000 + "]" * 60_000
    give(
        page,
        runs_file(
            one.replace('"items": {}', f'"items": {{"__proto__": {mark}, "constructor": {mark}}}'),
            one.replace('"list": "leave-shop"', '"list": "constructor"'),
            one.replace('"list": "leave-shop"', '"list": "__proto__"'),
            one.replace('"name": "x"', f'"name": "d", "more": {deep}'),
            one.replace('"name": "x"', f'"name": {json.dumps(EVIL)}'),
            json.dumps({**RUN, "subjects": ["a"] * 5000}),
            json.dumps({**RUN, "name": "x" * 50_000}),
        ),
    )
    assert page.evaluate(BELONGS) == ""
    report = page.locator(".bd-runs-report").inner_text()
    assert "新增3条" in report
    assert report.count("2条") == 2
    page.reload()
    assert page.locator(".bd-runs-list li").count() == 3
    assert page.locator("img[src=x]").count() == 0
    page.locator(".bd-runs-list a").first.click()
    page.wait_for_selector(".bd-running")
    assert page.evaluate(BELONGS) == ""


def test_a_file_of_ten_megabytes_is_refused_at_once(watched: Watched) -> None:
    page = watched.open("my/checks.html")
    give(page, runs_file(json.dumps({**RUN, "more": "x" * 10_000_000})))
    assert "太大" in page.locator(".bd-runs-report").inner_text()
    give(page, "[" * 1_000_000)
    assert "不是" in page.locator(".bd-runs-report").inner_text()


def test_no_cell_of_a_copied_table_begins_like_a_formula(watched: Watched) -> None:
    page = watched.open("my/checks.html")
    names = ["=1+1", " =1+1", "\t@x", "＝1+1", "+1", "-1"]
    give(page, runs_file(*(json.dumps({**RUN, "name": name}) for name in names)))
    page.get_by_role("button", name="复制成表格").click()
    wait_until(page, "navigator.clipboard.readText().then(text => text.includes('\\t'))")
    copied = str(page.evaluate("navigator.clipboard.readText()"))
    cells = [cell for line in copied.splitlines() for cell in line.split("\t")]
    assert sum(cell.startswith("'") for cell in cells) == len(names)
    assert not [cell for cell in cells if cell.strip().startswith(tuple("=+-@＝＋－＠"))]


def test_a_pasted_column_and_a_calendar_hold_to_their_lines(watched: Watched) -> None:
    page = watched.open("planner.html")
    took = page.evaluate("""() => {
      const began = performance.now();
      ["\\n".repeat(1e5) + "x", " ,".repeat(1e5), "a ".repeat(1e5) + "1", "1,".repeat(1e5) + "x"]
        .forEach(baodian.reckon.column);
      return performance.now() - began;
    }""")
    assert took < 1500
    text = page.evaluate("""baodian.calendar.ics("a\\rb", [{
      uid: "u", date: "2026-12-01", start: "0900", end: "1000",
      summary: "a\\rATTENDEE:b\\u2028c\\u0000", description: "x\\r\\ny\\nz",
    }], new Date())""")
    assert "\r" not in text.replace("\r\n", "")
    assert "\x00" not in text
    assert "SUMMARY:a\\nATTENDEE:b\\nc\r\n" in text
    assert "DESCRIPTION:x\\ny\\nz\r\n" in text


# --- queries --------------------------------------------------------------------------------------


def test_a_query_of_any_length_is_answered_at_once(watched: Watched) -> None:
    page = watched.open("index.html")
    page.locator(".bd-search-open").first.click()
    page.wait_for_selector("#bd-search[data-stage='2']")
    slow = page.evaluate("""() => {
      const sign = (_, n) => String.fromCharCode(0x4e00 + n * 7919 % 20000);
      const far = Array.from({ length: 1e5 }, sign);
      const asked = {
        particles: "的".repeat(1e5) + "x吗", far: far.join(""), words: far.join(" "),
        latin: "nan".repeat(3e4), marks: "！".repeat(1e5) + "价",
        spaces: "价".padEnd(1e5) + "贵", fifty: far.slice(0, 50).join("，"),
        odd: "\\ud800\\udfff\\u0000\\ufdfa\\u202e".repeat(2e4), asking: "客户老是".repeat(3e4),
      };
      return Object.keys(asked).filter((name) => {
        const began = performance.now();
        baodianSearch.find(asked[name], {});
        baodianSearch.candidates(baodianSearch.fold(asked[name]).slice(0, 200));
        return performance.now() - began > 700;
      });
    }""")
    assert slow == []


def test_a_query_of_the_address_is_cut_and_shown_as_text(watched: Watched) -> None:
    page = watched.open("index.html?q=" + "<img src=x onerror=alert(1)>" * 1000)
    page.wait_for_selector("#bd-search[data-stage='2']")
    assert len(page.get_by_role("searchbox").input_value()) == 200
    assert page.locator("img[src=x]").count() == 0


# --- texts of a playbook --------------------------------------------------------------------------

TEXT = json.dumps(re.sub("[\u2028\u202e;]", "", EVIL))  # unseen signs are refused
HEADS = """\
---
icon: ../../x
status: '"><img src="" onerror=alert(1)>'
subtitle: <script>alert(2)</script>
navigation: true
---
# H <b onclick=alert(3)>1</b> `</title><script>alert(4)</script>` &lt;svg onload=alert(5)&gt;

## a `<script>alert(6)</script>` &lt;script&gt;alert(7)&lt;/script&gt;

<script>alert(8)</script><img src="x.svg" onerror=alert(9)><svg onload=alert(10)></svg>

[a](javascript:alert(11)) [b](JaVaScRiPt&#58;alert(12)) [c](data:text/html,x)

<h2 id="a
b|c	d">head</h2> <div class="bd-filters">x</div><base href="//evil.example"> {{ config }}

<p style="background:url(http://evil.example/x)">s</p><dialog id="bd-search">x</dialog>
"""
SWAPS = {
    "playbook.yml": (("小手册", TEXT), ("测试公司", TEXT), ("运营部", TEXT), ("谈话", TEXT)),
    "scripts/leaving.yml": (("客户说不想做了", TEXT), ("挣得太少", TEXT), ("行，不勉强您。", TEXT)),
    "checklists/leave.yml": (("decider: 见到能拍板的人了吗？", f"constructor: {TEXT}"),),
    "channels.yml": (("上门见面", TEXT),),
    "parameters.yml": (("金卡客户多久联系一次", TEXT),),
    "glossary.yml": (("在用不满 10 台的车主。", TEXT),),
    "moments/door.yml": (("站在店门口", TEXT), ("怎么开口", TEXT)),
    "guides/visit.yml": (("上门拜访", TEXT),),
}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[str]]]:
    """The small playbook with hostile texts, built and served: its address and pages."""
    project = tmp_path_factory.mktemp("hostile") / "p"
    shutil.copytree(SMALL, project)
    for name, pairs in SWAPS.items():
        file = project / "playbook_data" / name
        text = file.read_text(encoding="utf-8")
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new, 1)
        file.write_text(text, encoding="utf-8")
    for file in (project / "playbook_data").rglob("*.yml"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("silver", "constructor"), encoding="utf-8")
    for file in [*(project / "playbook_data").rglob("silver.yml")]:
        file.rename(file.with_name("constructor.yml"))
    (project / "content" / "heads.md").write_text(HEADS, encoding="utf-8")
    (project / "content" / "x.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    build(project, datetime.date(2026, 12, 1), words("en"), Progress(quiet=True))
    site = project / "site"
    handler = functools.partial(Quiet, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    pages = sorted(p.relative_to(site).as_posix() for p in site.rglob("*.html"))
    yield f"http://127.0.0.1:{server.server_address[1]}", pages
    server.shutdown()


def test_no_text_of_a_playbook_becomes_markup(
    browser: Browser, hostile: tuple[str, list[str]]
) -> None:
    address, pages = hostile
    context = browser.new_context()
    watched = Watched(context, address)
    for name in pages:
        page = watched.open(name)
        base = f"base:not([href='{address}/'])"  # the 404 page has its own
        made = page.locator(
            f"img[src=x], [onerror], [onclick], {base}, iframe, a[href^=javascript]"
        )
        assert made.count() == 0, name
    page = watched.open("index.html?q=onerror")
    page.wait_for_selector("#bd-search[data-stage='2']")
    assert page.locator("[data-result]").count() > 3
    assert page.locator("#bd-search img").count() == 0
    assert "onerror" in page.locator("[data-result]").first.inner_text()
    context.close()
    assert watched.seen == []
