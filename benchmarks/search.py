"""Measure our search beside Material's stock search and Pagefind, and alone up to its limits.

    .venv/bin/python benchmarks/search.py [--part compare|own|growth|build] …

Builds the shipped handbook, asks all three the questions of tests/queries.tsv in Chromium, and
prints the tables of README.md. The rivals are installed into .venv/bench on the first run.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime
import json
import math
import os
import pickle
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import synthetic
from playwright.async_api import Browser, CDPSession, Page, async_playwright
from served import Served, serving

from baodian import mkdocs_plugin
from baodian.page import Filters, Findable
from baodian.publish.finish import finish
from baodian.publish.reading import read_page
from baodian.read import read
from baodian.writers import search
from baodian.writers.article import Article

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = Path(sys.prefix) / "bench"
QUERIES = ROOT / "tests" / "queries.tsv"
TODAY = datetime.date(2026, 12, 1)
SLOWER = 4  # times, the processor
# Chromium's own figures for "Slow 4G": 1.6 Mbit/s down less a tenth, 562.5 ms for each request.
NETWORK = {
    "offline": False,
    "downloadThroughput": 1.6e6 / 8 * 0.9,
    "uploadThroughput": 0.75e6 / 8 * 0.9,
    "latency": 562.5,
}
LONGEST = 60  # seconds for one answer; more is a fault
FIRST_TEN = 10  # beyond them a page counts as missed
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NO_PAGES = {"search.html", "404.html"}  # lists of all titles, in the way of every other page


# --- what is measured -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Query:
    """What somebody types, the entities of which one is wanted, and whether it has a slip."""

    text: str
    wanted: tuple[str, ...]
    slip: bool = False


@dataclass
class Told:
    """What was measured of one search."""

    ranks: list[int | None] = field(default_factory=list)
    keys: list[float] = field(default_factory=list)  # ms
    before: int = 0  # bytes of the search that come with every first page
    after: int = 0  # bytes from opening to the first answer and what follows by itself
    at_once: float = 0  # ms from a page that stands to the first answer, opened at once
    idle: float = 0  # ms from opening on a quiet page to the first answer
    whole: float = 0  # ms from opening on a quiet page to the answer from all text


def queries() -> list[Query]:
    """Return the questions of the table."""
    found = []
    for line in QUERIES.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if line.strip() and not line.startswith("#") and len(cells) > 1:
            slip = len(cells) > 2 and "错字" in cells[2]
            found.append(Query(cells[0].strip(), tuple(cells[1].split()), slip))
    return found


# --- the sites ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sites:
    """The built folders, and what our search was made of."""

    ours: Path
    material: Path
    pagefind: Path
    articles: tuple[Article, ...]
    found_by: dict[str, Findable]
    filters: Filters


def install() -> None:
    """Put the rivals into a folder of their own, once."""
    wanted = (ROOT / "benchmarks" / "requirements.txt").read_text(encoding="utf-8")
    stamp = PACKAGES / "installed.txt"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return
    shutil.rmtree(PACKAGES, ignore_errors=True)
    file = str(ROOT / "benchmarks" / "requirements.txt")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps"]
    subprocess.run([*pip, "--target", str(PACKAGES), "-r", file], check=True)
    stamp.write_text(wanted, encoding="utf-8")


def build(folder: Path, rivals: bool) -> Sites:
    """Build the shipped handbook, with `rivals` also as they need it."""
    if rivals:
        install()
    book = read(ROOT, TODAY)
    framed = mkdocs_plugin.frame(ROOT, book, folder / "ours")
    pages = finish(framed, book).pages
    articles = tuple(replace(a, html=pages[a.address].article) for a in framed.articles)
    if rivals:
        _build_material(folder)
        _build_pagefind(folder)
    own = (articles, dict(book.site.found_by), book.site.filters)
    return Sites(folder / "ours", folder / "material", folder / "pagefind", *own)


def index_of(
    articles: Iterable[Article], found_by: dict[str, Findable], filters: Filters
) -> search.Index:
    """Return what can be found in articles, read anew."""
    files = ((a, f"<article>{a.html}</article>") for a in articles)
    pages = ((a, read_page(text, owner=a.owner).blocks) for a, text in files)
    return search.index(pages, found_by, filters)


def _environment() -> dict[str, str]:
    path = os.pathsep.join((str(ROOT / "generator"), str(PACKAGES)))
    return {**os.environ, "PYTHONPATH": path, "NO_MKDOCS_2_WARNING": "1"}


def _build_material(folder: Path) -> None:
    """Build the same pages with the stock search, as its makers advise for Chinese."""
    project = folder / "project"
    project.mkdir()
    for name in ("content", "playbook_data"):
        shutil.copytree(ROOT / name, project / name)
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    advised = "plugins:\n  - search:\n      lang: zh\n      separator: '[\\s\\u200b\\-]'\n"
    assert text.count("plugins:\n") == 1
    text = text.replace("plugins:\n", advised)
    (project / "mkdocs.yml").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "-d", str(folder / "material")]
    subprocess.run(command, cwd=project, check=True, env=_environment())
    file = folder / "material" / "search" / "search_index.json"
    (script,) = (folder / "material" / "js").glob("site.*.js")  # ours steps aside
    text, parts = re.subn(r'var dialog = ".*";', 'var dialog = "";', script.read_text("utf-8"))
    assert parts == 1
    script.write_text(text, encoding="utf-8")
    data = json.loads(file.read_text(encoding="utf-8"))
    assert any("\u200b" in doc["text"] for doc in data["docs"]), "jieba did not cut the words"
    data["docs"] = [d for d in data["docs"] if d["location"].split("#")[0] not in NO_PAGES]
    file.write_text(json.dumps(data, separators=(",", ":")), encoding="utf-8")


def _build_pagefind(folder: Path) -> None:
    """Let Pagefind's extended edition index the main text of the pages that we built."""
    copy = folder / "copy"
    shutil.copytree(folder / "ours", copy)
    for name in NO_PAGES:
        (copy / name).unlink(missing_ok=True)
    options = ["--root-selector", "article", "--output-path", str(folder / "pagefind")]
    command = [sys.executable, "-m", "pagefind", "--site", str(copy), *options]
    subprocess.run(command, check=True, env=_environment(), stdout=subprocess.DEVNULL)


def homes(sites: Sites) -> dict[str, str]:
    """Return the address at which each entity is at home."""
    found: dict[str, str] = {}
    index = index_of(sites.articles, sites.found_by, sites.filters)
    for article, blocks in index.pages:
        found.setdefault(article.owner, article.address)
        for block in blocks:
            found.setdefault(block.owner, article.address)
    return found


# --- the three, as a page sees them ---------------------------------------------------------------

OURS = """
window.bench = {
  list: () => document.querySelector(".bd-search-results"),
  open() { document.querySelector(".bd-search-open").click(); },
  async type(text) {
    const field = document.querySelector("#bd-search [role=searchbox]");
    const start = performance.now();
    field.value = text;
    field.dispatchEvent(new InputEvent("input", {bubbles: true}));
    this.list()?.offsetHeight;
    return performance.now() - start;
  },
  async answered(stage) {
    const dialog = document.getElementById("bd-search");
    while (!(dialog.getAttribute("data-stage") >= stage && this.list().querySelector("a"))) {
      await new Promise((done) => setTimeout(done, 4));
    }
  },
  async follow() {
    const offered = document.querySelector(".bd-found-meant button");
    if (offered) offered.click();
  },
  async results() {
    return [...this.list().querySelectorAll("a[data-result]")].map((a) => a.href);
  },
};
"""
MATERIAL = """
window.bench = {
  list: () => document.querySelector("[data-md-component=search-result]"),
  field: () => document.querySelector("[data-md-component=search-query]"),
  open() { document.querySelector("[data-md-toggle=search]").click(); this.field().focus(); },
  async type(text) {
    const start = performance.now();
    const changed = new Promise((done) => {
      const seen = new MutationObserver(() => { seen.disconnect(); done(); });
      seen.observe(this.list(), {childList: true, subtree: true, characterData: true});
      setTimeout(done, 20000);
    });
    this.field().value = text;
    this.field().dispatchEvent(new KeyboardEvent("keyup", {bubbles: true}));
    await changed;
    this.list().offsetHeight;
    return performance.now() - start;
  },
  async answered() {
    while (!this.list().querySelector("ol a")) await new Promise((done) => setTimeout(done, 4));
  },
  async follow() {},
  async results() {
    await new Promise((done) => setTimeout(done, 60));
    return [...this.list().querySelectorAll(".md-search-result__item > a")].map((a) => a.href);
  },
};
"""
PAGEFIND = """
window.bench = {
  found: [],
  open() {
    this.ready = import("/pagefind/pagefind.js").then(async (made) => {
      await made.init();
      this.made = made;
    });
  },
  async type(text) {
    const start = performance.now();
    await this.ready;
    const answer = await this.made.search(text);
    this.found = await Promise.all(answer.results.slice(0, this.many).map((one) => one.data()));
    return performance.now() - start;
  },
  many: 5,
  async answered() {},
  async follow() {},
  async results() { return this.found.map((one) => one.url); },
};
"""


@dataclass(frozen=True)
class Engine:
    """A search, the script that drives it, and the part of an address that all its files have."""

    name: str
    script: str
    files: tuple[str, ...]


ENGINES = (
    Engine("ours", OURS, ("/search/",)),
    Engine("Material", MATERIAL, ("/search/", "workers/search", "/lunr/")),
    Engine("Pagefind", PAGEFIND, ("/pagefind/",)),
)


@contextmanager
def server_of(engine: Engine, sites: Sites) -> Iterator[Served]:
    """Serve the site with this search on it."""
    site = sites.material if engine.name == "Material" else sites.ours
    folders = {"pagefind/": sites.pagefind, "": site}
    with serving(folders if engine.name == "Pagefind" else {"": site}) as served:
        yield served


class Phone:
    """A page in a browser of its own memory, slowed down like a phone if wanted."""

    def __init__(self, browser: Browser, engine: Engine) -> None:
        self._browser = browser
        self._script = engine.script

    async def open(self, address: str, *, slow: bool, network: bool, until: str) -> Page:
        """Return the page at `address`, once it has got so far."""
        context = await self._browser.new_context(
            service_workers="block", viewport={"width": 375, "height": 667}
        )
        self.page = await context.new_page()
        self.page.set_default_timeout(120_000)
        await self.page.add_init_script(self._script)
        self.cdp: CDPSession = await context.new_cdp_session(self.page)
        await self.cdp.send("Network.enable")
        if slow:
            await self.cdp.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        if network:
            await self.cdp.send("Network.emulateNetworkConditions", NETWORK)
        await self.page.goto(address, wait_until=until)  # type: ignore[arg-type]
        if until == "networkidle":  # it may be told before the last script has come
            await self.page.wait_for_load_state("load")
            await asyncio.sleep(1)
        return self.page

    async def close(self) -> None:
        """Forget everything."""
        await self.page.context.close()


async def ask(page: Page, text: str) -> float:
    """Type a text as a whole and return the ms to its answer."""
    return float(await asyncio.wait_for(page.evaluate("text => bench.type(text)", text), LONGEST))


async def first_answer(page: Page, text: str, stage: int) -> float:
    """Open, type, and return the ms from opening to an answer."""
    script = """async ([text, stage]) => {
      const start = performance.now();
      bench.open();
      const typed = bench.type(text);
      await typed;
      await bench.answered(stage);
      return performance.now() - start;
    }"""
    return float(await asyncio.wait_for(page.evaluate(script, [text, stage]), LONGEST))


def sent(served: Served, engine: Engine) -> int:
    """Return the bytes of the search's own files that were sent so far."""
    return sum(served.bytes_of(part) for part in engine.files)


# --- side by side ---------------------------------------------------------------------------------


async def compare(browser: Browser, sites: Sites, asked: Sequence[Query]) -> dict[str, Told]:
    """Ask all three the same."""
    home = homes(sites)
    unknown = sorted({w for q in asked for w in q.wanted if w.partition("#")[0] not in home})
    if unknown:
        print("not in the handbook, ignored:", " ".join(unknown))
    found = {}
    some = asked[:: max(1, len(asked) // 15)]  # Pagefind fetches something for most keystrokes
    for engine in ENGINES:
        told = found[engine.name] = Told()
        with server_of(engine, sites) as served:
            told.ranks = await ranks(browser, engine, served, asked, home)
            await timings(browser, engine, served, told)
            told.keys = await keystrokes(browser, engine, served, some)
        print(f"… {engine.name} done", flush=True)
    return found


async def ranks(
    browser: Browser, engine: Engine, served: Served, asked: Sequence[Query], home: dict[str, str]
) -> list[int | None]:
    """Return at which place of the list the page that was wanted stands; at full speed."""
    phone = Phone(browser, engine)
    page = await phone.open(
        served.address + "index.html", slow=False, network=False, until="networkidle"
    )
    await first_answer(page, "客户", 2)
    await page.evaluate("bench.many = 10")
    places: list[int | None] = []
    for query in asked:
        await ask(page, query.text)
        if query.slip:
            await page.evaluate("bench.follow()")
        hrefs = await page.evaluate("bench.results()")
        shown = [href.split("#")[0].split("?")[0].removeprefix(served.address) for href in hrefs]
        shown = [path.lstrip("/") for path in shown][:FIRST_TEN]
        pages = {home.get(wanted.partition("#")[0]) for wanted in query.wanted}
        places.append(next((n for n, path in enumerate(shown, 1) if path in pages), None))
    await phone.close()
    return places


async def timings(browser: Browser, engine: Engine, served: Served, told: Told) -> None:
    """Measure the first answer, three times each on a new phone; keep the middle one."""
    text = "客户流失"
    at_once: list[float] = []
    idle: list[float] = []
    whole: list[float] = []
    for _ in range(3):
        for until, times in (("domcontentloaded", at_once), ("networkidle", idle)):
            served.sent.clear()
            phone = Phone(browser, engine)
            page = await phone.open(
                served.address + "index.html", slow=True, network=True, until=until
            )
            told.before = sent(served, engine)
            times.append(await first_answer(page, text, 1))
            if until == "networkidle":
                await page.wait_for_load_state("networkidle")
                await asyncio.sleep(4)
                told.after = sent(served, engine) - told.before
            await phone.close()
        if engine.name == "ours":
            phone = Phone(browser, engine)
            page = await phone.open(
                served.address + "index.html", slow=True, network=True, until="networkidle"
            )
            whole.append(await first_answer(page, text, 2))
            await phone.close()
    told.at_once, told.idle = statistics.median(at_once), statistics.median(idle)
    told.whole = statistics.median(whole) if whole else told.idle


async def keystrokes(
    browser: Browser, engine: Engine, served: Served, asked: Sequence[Query]
) -> list[float]:
    """Return the ms of each keystroke when the queries are typed a character at a time."""
    served.sent.clear()
    phone = Phone(browser, engine)
    page = await phone.open(
        served.address + "index.html", slow=True, network=True, until="networkidle"
    )
    await first_answer(page, "客户", 2)
    times = []
    for query in asked:
        for n in range(1, len(query.text) + 1):
            times.append(await ask(page, query.text[:n]))
    await phone.close()
    return times


# --- ours alone -----------------------------------------------------------------------------------


def packed(served: Served, name: str) -> int:
    """Return the bytes of a file as it goes over the wire."""
    body = served.body(f"/search/{name}")
    assert body is not None
    return len(body[0])


async def own(browser: Browser, sites: Sites) -> None:
    """Print the sizes and times of the two stages."""
    with server_of(ENGINES[0], sites) as served:
        sizes = {name: packed(served, name) for name in ("1.js", "2.js", "engine.js", "panel.js")}
        print("compressed bytes:", sizes)
        told = Told()
        await timings(browser, ENGINES[0], served, told)
    print(f"stage 1 answers after {told.idle:.0f} ms, stage 2 after {told.whole:.0f} ms")


async def growth(browser: Browser, sites: Sites, asked: Sequence[Query]) -> None:
    """Print how ours does with 1,600 pages, and with more until a keystroke takes too long."""
    pages = 1600
    some = asked[:: max(1, len(asked) // 40)]
    while True:
        articles = tuple(synthetic.articles(sites.articles, pages))
        rounds = math.ceil(pages / len(sites.articles))
        index = index_of(articles, synthetic.found_by(sites.found_by, rounds), sites.filters)
        made = search.scripts(index)
        chars = sum(len(search.fold(b.text)) for _, blocks in index.pages for b in blocks)
        with server_of(ENGINES[0], sites) as served:
            served.instead = {f"search/{name}": text.encode() for name, text in made.items()}
            sizes = [packed(served, name) for name in made]
            times = await keystrokes(browser, ENGINES[0], served, some)
        print(
            f"{pages} pages, {chars / 1e6:.2f} million characters: "
            f"{' + '.join(f'{n / 1000:.0f}' for n in sizes)} kB compressed, "
            f"{sum(sizes) / chars:.2f} bytes a character, keystroke {spread(times)}",
            flush=True,
        )
        if quantile(times, 0.95) > 150 or pages > 20000:
            return
        pages *= 2


# --- the build ------------------------------------------------------------------------------------

TIMED = """
import pickle, sys, time
start, cpu = time.perf_counter(), time.process_time()
import baodian.page
loaded = time.perf_counter(), time.process_time()
from baodian.publish.reading import read_page
from baodian.writers import search
imported = time.perf_counter(), time.process_time()
articles, found_by, filters = pickle.load(open(sys.argv[1], "rb"))
begun = time.perf_counter(), time.process_time()
pages = [(a, read_page(f"<article>{a.html}</article>", owner=a.owner).blocks) for a in articles]
search.scripts(search.index(pages, found_by, filters))
done = time.perf_counter(), time.process_time()
print(*(imported[n] - loaded[n] for n in (0, 1)), *(done[n] - begun[n] for n in (0, 1)))
"""


def added(sites: Sites, folder: Path) -> None:
    """Print the seconds that the search adds to a build: five runs in processes of their own."""
    file = folder / "articles.pickle"
    file.write_bytes(pickle.dumps((sites.articles, sites.found_by, sites.filters)))
    runs = []
    for _ in range(5):
        command = [sys.executable, "-c", TIMED, str(file)]
        done = subprocess.run(
            command, check=True, env=_environment(), capture_output=True, text=True
        )
        runs.append([float(n) for n in done.stdout.split()])
    names = ("import, wall", "import, processor", "index and scripts, wall", "…, processor")
    for n, name in enumerate(names):
        times = sorted(run[n] for run in runs)
        print(f"{name}: least {times[0]:.2f} s, middle {times[2]:.2f} s")


# --- telling --------------------------------------------------------------------------------------


def quantile(times: Sequence[float], share: float) -> float:
    """Return the value below which `share` of the times lie."""
    return sorted(times)[min(len(times) - 1, math.ceil(share * len(times)) - 1)]


def spread(times: Sequence[float]) -> str:
    """Return the middle and the 95th percentile of some ms."""
    return f"p50 {quantile(times, 0.5):.0f} ms, p95 {quantile(times, 0.95):.0f} ms (n={len(times)})"


def table(found: dict[str, Told]) -> Iterator[str]:
    """Yield the table of the comparison."""
    rows: list[tuple[str, Callable[[Told], str]]] = [
        (
            "mean reciprocal rank",
            lambda t: f"{sum(1 / r for r in t.ranks if r) / len(t.ranks):.3f}",
        ),
        ("first", lambda t: share(t, 1)),
        ("among the first five", lambda t: share(t, 5)),
        ("missed (not among ten)", lambda t: f"{t.ranks.count(None)}"),
        ("bytes with every first page", lambda t: f"{t.before / 1000:.0f} kB"),
        ("bytes after opening, one query", lambda t: f"{t.after / 1000:.0f} kB"),
        ("first answer, page just there", lambda t: f"{t.at_once:.0f} ms"),
        ("first answer, page quiet", lambda t: f"{t.idle:.0f} ms"),
        ("answer from all text, page quiet", lambda t: f"{t.whole:.0f} ms"),
        ("keystroke", lambda t: spread(t.keys)),
    ]
    yield "| | " + " | ".join(found) + " |"
    yield "|---|" + "---|" * len(found)
    for name, tell in rows:
        yield f"| {name} | " + " | ".join(tell(told) for told in found.values()) + " |"


def reciprocal(ranks: Sequence[int | None]) -> float:
    """Return the mean of 1 / rank; a miss counts 0."""
    return sum(1 / rank for rank in ranks if rank) / len(ranks)


def share(told: Told, most: int) -> str:
    """Return how many of the queries have their page among the first `most`."""
    return f"{sum(1 for r in told.ranks if r and r <= most)} of {len(told.ranks)}"


async def main(parts: Sequence[str], keep: Path | None) -> None:
    """Build, measure, print."""
    asked = queries()
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert path, "no browser: `sh tests/find_browser.sh` finds or installs one"
    with tempfile.TemporaryDirectory() as made:
        folder = keep or Path(made)
        sites = build(folder, "compare" in parts)
        print(f"{len(sites.articles)} pages, {len(asked)} queries", flush=True)
        if "build" in parts:
            added(sites, folder)
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=path, args=FLAGS)
            if "own" in parts:
                await own(browser, sites)
            if "compare" in parts:
                found = await compare(browser, sites, asked)
                print("\n".join(table(found)))
                for n, query in enumerate(asked):
                    places = [found[e.name].ranks[n] for e in ENGINES]
                    if places[0] is None or places[0] > 5:
                        print("ours is late:", query.text, places)
            if "growth" in parts:
                await growth(browser, sites, asked)
            await browser.close()


if __name__ == "__main__":
    choices = ("build", "own", "compare", "growth")
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--part", action="append", choices=choices)
    arguments.add_argument("--keep", type=Path, help="an empty folder to build into and keep")
    given = arguments.parse_args()
    asyncio.run(main(given.part or choices, given.keep))
