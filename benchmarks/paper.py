"""Typst beside WeasyPrint on ten pages of the shipped handbook: time, size, lines, weight.

    .venv/bin/python -m venv .venv/bench-paper
    .venv/bin/python -m pip --python .venv/bench-paper install weasyprint==70.0 pypdfium2==5.15.2
    .venv/bin/python benchmarks/paper.py

WeasyPrint also needs Pango from the system. Both get the same pages and the same font; it is given
our HTML with our style sheets for paper, Typst our templates.
"""

from __future__ import annotations

import datetime
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from html import escape
from pathlib import Path

from baodian.export import pdf
from baodian.page import Site, line
from baodian.read import Read, read
from baodian.said.messages import words
from baodian.terminal import Progress
from baodian.writers import html

ROOT = Path(__file__).parent.parent
BENCH = ROOT / ".venv" / "bench-paper"
PAGES = (
    "moments/at-the-door.html",
    "customers/closing.html",
    "customers/member-tier/gold.html",
    "scripts/says-will-stop.html",
    "checklists/leave-shop.html",
    "entitlements/sales.html",
    "tables/whom-you-meet.html",
    "cases/loyal-lost-and-back.html",
    "guides/red-lines.html",
    "sources/s2.html",
)
# One mark after another: set solid they take two widths, squeezed one and a half.
PAIRS = "说：“好。”（记下）。"
STYLES = ("tokens.css", "blocks.css", "z-print.css")
LOOK = """
import json, sys
import pypdfium2
document = pypdfium2.PdfDocument(sys.argv[1])
starts = ends = lines = 0
pair = None
for sheet in document:
    text = sheet.get_textpage()
    for line in text.get_text_bounded().splitlines():
        line = line.strip()
        if len(line) > 1:
            lines += 1
            starts += line[0] in "。，、；：！？）》”’】"
            ends += line[-1] in "（《“‘【"
    found = text.search(sys.argv[2]).get_next()
    if found:
        first, count = found
        left = text.get_charbox(first)
        pair = (text.get_charbox(first + count - 2)[2] - left[0]) / (left[2] - left[0])
print(json.dumps({"sheets": len(document), "lines": lines, "bad starts": starts,
                  "bad ends": ends, "width of the pairs": pair and round(pair, 1)}))
"""


def main() -> None:
    """Print one line of figures for each."""
    found = read(ROOT, datetime.date(2026, 12, 1))
    chosen = tuple(p for a in PAGES for p in found.site.pages if p.address == a)
    if len(chosen) != len(PAGES):
        sys.exit("a page of the ten is gone; choose another")
    marked = replace(chosen[0], lead=line(PAIRS))
    site = replace(found.site, pages=(marked, *chosen[1:]))
    with tempfile.TemporaryDirectory() as folder:
        typst(replace(found, site=site, expand=None), Path(folder))
        weasyprint(site, Path(folder))


def typst(found: Read, folder: Path) -> None:
    """Set the ten pages with Typst."""
    file = folder / "typst.pdf"
    start = time.perf_counter()
    file.write_bytes(pdf.handbook(folder, found, words("zh-CN"), Progress(quiet=True)))
    tell("typst", file, time.perf_counter() - start, weight("typst", ROOT / ".venv"))


def weasyprint(site: Site, folder: Path) -> None:
    """Set the ten pages with WeasyPrint."""
    t = words("zh-CN")
    theme = ROOT / "generator" / "baodian" / "theme" / "css"
    styles = "".join((theme / name).read_text(encoding="utf-8") for name in STYLES)
    body = "".join(
        f'<article class="md-typeset">{html.render(p, site, t).html}</article>' for p in site.pages
    )
    source = folder / "pages.html"
    source.write_text(
        f'<html lang="zh-CN"><head><meta charset="utf-8">'
        f"<title>{escape(site.name)}</title><style>{styles}"
        "body { font-family: 'Noto Sans CJK SC' } article { break-before: page }"
        f"</style></head><body>{body}</body></html>",
        encoding="utf-8",
    )
    file = folder / "weasyprint.pdf"
    start = time.perf_counter()
    subprocess.run(
        [BENCH / "bin" / "weasyprint", "--quiet", source, file], check=True, capture_output=True
    )
    seconds = time.perf_counter() - start
    tell("weasyprint", file, seconds, weight("", BENCH))


def tell(name: str, file: Path, seconds: float, megabytes: float) -> None:
    """Print the figures of one file."""
    look = [BENCH / "bin" / "python", "-c", LOOK, file, PAIRS]
    said = subprocess.run(look, check=True, capture_output=True, text=True).stdout
    size = file.stat().st_size / 1000
    print(f"{name:11} {seconds:6.1f} s {size:7.0f} kB {megabytes:6.0f} MB installed", said.strip())


def weight(package: str, environment: Path) -> float:
    """Return the megabytes of a package, or of an environment without pip and what looks."""
    total = 0
    for folder in environment.glob("lib/python*/site-packages/*"):
        name = folder.name.lower()
        wanted = (
            name == package if package else not name.startswith(("pip", "pypdfium2", "setuptools"))
        )
        if wanted:
            total += sum(f.stat().st_size for f in folder.rglob("*") if f.is_file())
    return total / 1e6


if __name__ == "__main__":
    main()
