"""How long a build takes: as a whole, with nothing changed, with one text changed; and Material's.

    .venv/bin/python benchmarks/builds.py [PROJECT] [--runs 5]

Each run is a process of its own; the ways take turns. The peer is MkDocs with Material as its
makers deliver it, search included, over the same pages turned into Markdown (markdownify). It needs
what `make test` installs, and markdownify, which goes into `.venv/bench` on the first run.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
BENCH = ROOT / ".venv" / "bench"
ARTICLE = re.compile(r"<article\b[^>]*>(.*?)</article>", re.DOTALL)
CACHE = ".baodian-cache"


def main() -> None:
    """Run all ways in turn and print the medians."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("project", nargs="?", type=Path, default=ROOT)
    asked.add_argument("--runs", type=int, default=5)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as place:
        ours, peer = Path(place) / "ours", Path(place) / "peer"
        for name in ("playbook_data", "content"):
            shutil.copytree(given.project / name, ours / name)
        shutil.copy(given.project / "mkdocs.yml", ours)
        build = [sys.executable, "-m", "baodian", "build"]
        _spent(build, ours)
        pages = _as_markdown(ours / "site", peer)
        edited = sorted((ours / "playbook_data" / "scripts").rglob("*.yml"))[0]
        ways: dict[str, Callable[[], tuple[float, float]]] = {
            "whole": lambda: _spent(build, ours, lambda: shutil.rmtree(ours / CACHE)),
            "nothing changed": lambda: _spent(build, ours),
            "one text changed": lambda: _spent(build, ours, lambda: _edit(edited)),
            "Material": lambda: _spent([sys.executable, "-m", "mkdocs", "build", "-q"], peer),
        }
        times: dict[str, list[tuple[float, float]]] = defaultdict(list)
        for n in range(given.runs):
            print(f"run {n + 1} of {given.runs}", file=sys.stderr)
            for name, way in ways.items():
                times[name].append(way())
    print(f"{pages} pages, medians of {given.runs}; {os.cpu_count()} cores")
    peer_wall = statistics.median(wall for _, wall in times["Material"])
    for name, spent in times.items():
        cpu, wall = (statistics.median(column) for column in zip(*spent, strict=True))
        ratio = wall / peer_wall
        print(f"{name:18} {cpu:6.1f} s processor {wall:6.1f} s wall {ratio:6.2f} of Material")


def _spent(
    command: list[str], project: Path, before: Callable[[], object] = lambda: None
) -> tuple[float, float]:
    before()
    start, used = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = os.environ | {"PYTHONPATH": str(ROOT / "generator"), "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run(command, cwd=project, check=True, capture_output=True, env=environment)
    now = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime
    return cpu, time.monotonic() - start


def _edit(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("，", "，好", 1), encoding="utf-8")


def _as_markdown(site: Path, project: Path) -> int:
    """Write the articles of a site as Markdown pages of a project; return how many there are."""
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "-q", "--target", str(BENCH), "markdownify"],
        check=True,
    )
    sys.path.append(str(BENCH))
    from markdownify import markdownify

    docs = project / "docs"
    count = 0
    for file in sorted(site.rglob("*.html")):
        article = ARTICLE.search(file.read_text(encoding="utf-8"))
        if article and file.name not in ("handbook.html", "404.html"):
            page = (docs / file.relative_to(site)).with_suffix(".md")
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(markdownify(article[1]), encoding="utf-8")
            count += 1
    settings = "site_name: x\nuse_directory_urls: false\ntheme:\n  name: material\n  language: zh\n"
    (project / "mkdocs.yml").write_text(settings, encoding="utf-8")
    return count


if __name__ == "__main__":
    main()
