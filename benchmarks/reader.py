"""When a reader sees a page: largest paint, shifts of what stands there, and bytes.

.venv/bin/python benchmarks/reader.py SITE [OTHER ...] [--runs 5] [--json FILE]

Each SITE is what `baodian build --compress` wrote, given out by nginx with hosting/nginx.conf. The
sites and pages take turns, so that a busy moment of the machine meets all of them. It needs nginx
and Chromium, and nothing else should run beside it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path += [str(HERE.parent / "tests"), str(HERE.parent / "generator")]

from conftest import FLAGS  # noqa: E402
from nginx_server import nginx  # noqa: E402
from playwright.sync_api import Browser, BrowserContext, sync_playwright  # noqa: E402
from test_offline_browser import browser_path  # noqa: E402

PAGES = {
    "first page": "index.html",
    "guide of the gold class": "customers/member-tier/gold.html",
    "a script": "scripts/ask-introduction.html",
    "finder": "finder.html",
    "a checklist": "checklists/leave-shop.html",
}
NETWORK = {
    "offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8,
    "uploadThroughput": 0.75e6 / 8,
}  # fmt: skip
SLOWER = 4  # times, of the processor
QUIET = 1500  # ms after everything has loaded, in which scripts may still move something
SEEN = """
window.seen = { paint: 0, first: 0, what: "", shift: 0, moved: [] };
function told(node) { return node && node.nodeType === 1 ? node.className || node.tagName : ""; }
function watch(type, note) {
  new PerformanceObserver(list => { list.getEntries().forEach(note); })
    .observe({ type, buffered: true });
}
watch("largest-contentful-paint", one => {
  seen.paint = one.startTime;
  seen.what = told(one.element);
});
watch("paint", one => { seen.first = seen.first || one.startTime; });
watch("layout-shift", one => {
  if (one.hadRecentInput) return;
  seen.shift += one.value;
  one.sources.forEach(source => {
    seen.moved.push(one.value.toFixed(3) + " " + told(source.node));
  });
});
"""


@dataclass(frozen=True)
class Visit:
    """One page once: milliseconds from the click on, shares of the screen, bytes over the wire."""

    first: float
    paint: float
    shift: float
    bytes: int
    requests: int
    blocking: int  # until which the browser shows nothing
    what: str
    moved: tuple[str, ...]


def visit(context: BrowserContext, address: str) -> Visit:
    """Open a page in a tab of its own."""
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", NETWORK)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    loaded: list[int] = []
    drawn: set[str] = set()  # icons that stand in the style sheet are no requests

    def asked(event: dict[str, Any]) -> None:
        if event["request"]["url"].startswith("data:"):
            drawn.add(event["requestId"])

    def came(event: dict[str, Any]) -> None:
        if event["requestId"] not in drawn:
            loaded.append(event["encodedDataLength"])

    session.on("Network.requestWillBeSent", asked)
    session.on("Network.loadingFinished", came)
    page.add_init_script(SEEN)
    page.goto(address, wait_until="load")
    page.wait_for_timeout(QUIET)
    seen = page.evaluate("seen")
    blocking = page.evaluate(
        "performance.getEntriesByType('resource')"
        ".filter(one => one.renderBlockingStatus === 'blocking').length"
    )
    page.close()
    return Visit(
        seen["first"], seen["paint"], seen["shift"], sum(loaded), len(loaded), blocking,
        seen["what"], tuple(seen["moved"]),
    )  # fmt: skip


def visits(browser: Browser, address: str) -> tuple[Visit, Visit]:
    """Return the visit of somebody who was never here, and his next one."""
    context = browser.new_context(
        viewport={"width": 375, "height": 667}, device_scale_factor=2, is_mobile=True,
        has_touch=True, service_workers="block",
    )  # fmt: skip
    both = visit(context, address), visit(context, address)
    context.close()
    return both


def frame(site: Path) -> tuple[int, int, str]:
    """Return the middle and the most bytes before an article, compressed, and where that is."""
    found = []
    for file in sorted(site.rglob("*.html")):
        before, article, _ = file.read_bytes().partition(b"<article")
        if article and file.name != "handbook.html":
            found.append(
                (len(gzip.compress(before, 6, mtime=0)), file.relative_to(site).as_posix())
            )
    return int(statistics.median(n for n, _ in found)), *max(found)


def middle(all_: list[Visit], name: str) -> float:
    """Return the median of a figure."""
    return statistics.median(getattr(one, name) for one in all_)


def rows(told: dict[tuple[str, str], list[tuple[Visit, Visit]]]) -> Iterator[str]:
    """Yield a table: medians, the worst in brackets."""
    yield (
        "| site | page | first paint | largest, cold | warm | shift, cold / warm"
        " | kB, cold / warm | requests | blocking |"
    )
    yield "|---|---|---|---|---|---|---|---|---|"
    for (site, page), pairs in told.items():
        cold, warm = [one for one, _ in pairs], [one for _, one in pairs]
        yield (
            f"| {site} | {page} | {middle(cold, 'first') / 1e3:.2f} s"
            f" | {middle(cold, 'paint') / 1e3:.2f} s ({max(v.paint for v in cold) / 1e3:.2f})"
            f" | {middle(warm, 'paint') / 1e3:.2f} s ({max(v.paint for v in warm) / 1e3:.2f})"
            f" | {middle(cold, 'shift'):.3f} / {middle(warm, 'shift'):.3f}"
            f" | {middle(cold, 'bytes') / 1e3:.1f} / {middle(warm, 'bytes') / 1e3:.1f}"
            f" | {middle(cold, 'requests'):.0f} | {middle(cold, 'blocking'):.0f} |"
        )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sites", nargs="+", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--pages", nargs="*", default=list(PAGES))
    asked = parser.parse_args()
    told: dict[tuple[str, str], list[tuple[Visit, Visit]]] = {}
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=browser_path(), args=FLAGS) as browser,
        ExitStack() as open_,
    ):
        scratch = Path(open_.enter_context(tempfile.TemporaryDirectory()))
        servers = {
            str(site): open_.enter_context(nginx(scratch / str(n), site.resolve()))
            for n, site in enumerate(asked.sites)
        }
        for _ in range(asked.runs):
            for page in asked.pages:
                for site, server in servers.items():
                    pair = visits(browser, f"{server.address}/{PAGES[page]}")
                    told.setdefault((site, page), []).append(pair)
    print("\n".join(rows(told)))
    for site in asked.sites:
        usual, most, where = frame(site)
        print(f"{site}: {usual} bytes before the article, at most {most} ({where})")
    if asked.json:
        plain = [
            [*key, [[asdict(v) for v in pair] for pair in pairs]] for key, pairs in told.items()
        ]
        asked.json.write_text(json.dumps(plain, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
