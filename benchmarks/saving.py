"""How long an editor waits in `baodian serve` from saving a text to seeing it in the browser.

    .venv/bin/python benchmarks/saving.py [PROJECT] [--runs 5]

A copy of the project is served; a browser shows the page of a script, whose goal is then written
anew. Told are the seconds until the page shows it, and until all of the handbook is rebuilt.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
GOAL = re.compile(r"^(goal: *)(.*)$", re.M)


def main() -> None:
    """Serve, save, look, and print the medians."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("project", nargs="?", type=Path, default=ROOT)
    asked.add_argument("--runs", type=int, default=5)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        project = Path(place) / "p"
        for name in ("playbook_data", "content"):
            shutil.copytree(given.project / name, project / name)
        shutil.copy(given.project / "mkdocs.yml", project)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [sys.executable, "-m", "baodian", "serve", "--verbose", "--lang", "en"]
        command += ["--port", str(port)]
        log = Path(place) / "log"
        with log.open("w") as told:
            server = subprocess.Popen(command, cwd=project, stdout=told, stderr=told)
        try:
            scripts = sorted((project / "playbook_data" / "scripts").glob("*.yml"))
            file = next(f for f in scripts if GOAL.search(f.read_text("utf-8")))
            address = f"http://127.0.0.1:{port}/scripts/{file.stem}.html"
            _until(lambda: _answers(address) or server.poll() is not None, 300)
            browser = playwright.chromium.launch(
                executable_path=os.environ.get("CHROMIUM"), args=["--no-sandbox"]
            )
            page = browser.new_page()
            page.goto(address)
            seen, whole = [], []
            for run in range(given.runs):
                print(f"run {run + 1} of {given.runs}", file=sys.stderr, flush=True)
                mark, built = f"第{run}回改", _built(log)
                text = file.read_text("utf-8")
                file.write_text(GOAL.sub(rf"\g<1>{mark}\g<2>", text, count=1), "utf-8")
                begun = time.monotonic()
                page.get_by_text(mark).first.wait_for(timeout=120_000)
                seen.append(time.monotonic() - begun)
                _until(lambda before=built: _built(log) > before, 120)
                whole.append(time.monotonic() - begun)
                time.sleep(0.5)
            browser.close()
        finally:
            server.terminate()
            server.wait()
    print(f"{os.cpu_count()} cores, medians of {given.runs}")
    print(f"seen   {statistics.median(seen):.2f} s  ({', '.join(f'{s:.2f}' for s in seen)})")
    print(f"whole  {statistics.median(whole):.2f} s  ({', '.join(f'{s:.2f}' for s in whole)})")


def _answers(address: str) -> bool:
    try:
        with urlopen(address) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


def _built(log: Path) -> int:
    return log.read_text("utf-8").count("Verifying")


def _until(holds, seconds: float) -> None:  # noqa: ANN001
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.02)


if __name__ == "__main__":
    main()
