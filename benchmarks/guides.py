"""Measures the class guides of a built handbook on a phone: screens, own lines, the first words.

    python benchmarks/guides.py site

Needs a browser (`$CHROMIUM`). A screen is 375 × 667 CSS pixels, details closed. A line counts as
shared if another guide of the same ruler has it too. What was changed last is no line of a guide:
it tells of the handbook's making, and would make a measure of whatever somebody wrote yesterday.
"""

from __future__ import annotations

import os
import statistics
import sys
from collections import Counter
from pathlib import Path
from typing import TypedDict

from playwright.sync_api import Browser, sync_playwright

WIDTH, HEIGHT = 375, 667

SEEN = """() => {
  const at = (e) => e && e.getBoundingClientRect().bottom + scrollY;
  const first = document.querySelector(".bd-part-first");
  const seen = {
    height: document.documentElement.scrollHeight,
    wide: document.documentElement.scrollWidth,
    say: at(document.querySelector(".bd-say")) || 0,
    first: at(first) || 0,
  };
  // A star to keep the page by is no line of it, nor is what somebody changed last.
  document.querySelectorAll(".bd-pin, .bd-changed").forEach(other => other.remove());
  seen.lines = document.querySelector(".bd-page").innerText.split("\\n")
    .map(line => line.trim()).filter(Boolean);
  return seen;
}"""


class Seen(TypedDict):
    """What is seen of a guide: heights in CSS pixels, its visible lines."""

    height: float
    wide: float
    say: float
    first: float
    lines: list[str]


def measured(browser: Browser, site: Path) -> dict[str, Seen]:
    """Return what is seen of each class guide, by its address."""
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT})
    page, seen = context.new_page(), {}
    for file in sorted((site / "customers").glob("*/*.html")):
        page.goto(file.as_uri())
        seen[file.relative_to(site).as_posix()] = page.evaluate(SEEN)
    context.close()
    return seen


def shared(seen: dict[str, Seen]) -> dict[str, float]:
    """Return which part of a guide's lines other guides of its ruler have too."""
    parts = {}
    for address, one in seen.items():
        ruler = address.rpartition("/")[0]
        others = (o for a, o in seen.items() if a != address and a.startswith(f"{ruler}/"))
        elsewhere = {line for other in others for line in other["lines"]}
        parts[address] = sum(line in elsewhere for line in one["lines"]) / len(one["lines"])
    return parts


def main(site: Path) -> None:
    """Print the measures."""
    with sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM")
        args = ["--no-sandbox", "--allow-file-access-from-files"]
        browser = playwright.chromium.launch(executable_path=path, args=args)
        seen = measured(browser, site)
        browser.close()
    parts = shared(seen)
    for address, one in seen.items():
        print(
            f"{address:40} {one['height'] / HEIGHT:5.2f} screens  say {one['say']:4.0f}"
            f"  first {one['first']:4.0f}  shared {parts[address]:4.0%} of {len(one['lines'])}"
            f"{'  TOO WIDE' if one['wide'] > WIDTH else ''}"
        )
    screens = [one["height"] / HEIGHT for one in seen.values()]
    print(
        f"median {statistics.median(screens):.2f}, longest {max(screens):.2f} screens; first words"
        f" end at {max(one['say'] for one in seen.values()):.0f} px at the latest; shared lines:"
        f" median {statistics.median(parts.values()):.0%}, most {max(parts.values()):.0%}"
    )
    if len(sys.argv) > 2:
        most = Counter(line for one in seen.values() for line in one["lines"])
        print(*most.most_common(40), sep="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
