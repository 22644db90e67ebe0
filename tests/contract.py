"""`make contract`: what becomes of a playbook if another engine builds its `mkdocs.yml`.

An engine that loads our plugin makes the handbook, byte for byte what `mkdocs build` makes but for
the name of the engine. One that does not must show a page that says so, not an empty site.
Zensical, which passes over plugins without a word, is fetched for this (80 MB).
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import click

from baodian.starting import start

WHOLE, TOLD, SILENT = "the handbook", "a page that says it is not built", "nothing, without a word"
SAYS = {"en": "There is no handbook here yet", "zh-CN": "这里还没有手册"}
ENGINES = ("mkdocs", "properdocs", "zensical")
FETCHED = ("zensical==0.0.45", "deepmerge==2.0", "tomli==2.4.0")
"""The last Zensical that needs no package besides those that are locked, and these."""
_ENGINE = re.compile(rb'(?<=<meta name="generator" content=")[^"]*')
_DIGESTS = ("offline.json", "sw.js")  # they hold the digests of the pages, so of the engine's name


def project(folder: Path, language: str = "en") -> Path:
    """Write a starter to build."""
    start(folder, language, ())
    return folder


def built(folder: Path, engine: str, beside: Path | None = None) -> Path:
    """Let an engine, installed here or in `beside`, build a project; return its site, made anew."""
    ran(folder, engine, beside)
    return folder / "site"


def ran(folder: Path, engine: str, beside: Path | None = None) -> str:
    """Do what `built` does and return what the engine says. Raises `RuntimeError` if it fails."""
    shutil.rmtree(folder / "site", ignore_errors=True)
    found = [str(beside)] if beside else []
    search = os.pathsep.join([*found, *filter(None, sys.path)])
    env = os.environ | {"PYTHONPATH": search, "SOURCE_DATE_EPOCH": "1764547200"}
    command = [sys.executable, "-m", engine, "build"]
    done = subprocess.run(
        command, cwd=folder, env=env, capture_output=True, text=True, encoding="utf-8", check=False
    )
    if done.returncode:
        raise RuntimeError(f"{engine}: {done.stderr or done.stdout}")
    return done.stderr


def outcome(site: Path, language: str = "en") -> str:
    """Say what a reader of a site finds."""
    if (site / ".baodian").is_file():
        return WHOLE
    first = site / "index.html"
    return TOLD if first.is_file() and SAYS[language] in first.read_text("utf-8") else SILENT


def digests(site: Path) -> dict[str, str]:
    """Return the digest of each file, whoever made it."""
    files = (p for p in site.rglob("*") if p.is_file() and p.name not in _DIGESTS)
    return {
        p.relative_to(site).as_posix(): hashlib.sha256(_ENGINE.sub(b"", p.read_bytes())).hexdigest()
        for p in files
    }


def main() -> int:
    """Build with each engine and say what came out; 1 if one made nothing without a word."""
    wrong = 0
    with tempfile.TemporaryDirectory() as scratch:
        folder, beside = project(Path(scratch) / "handbook"), Path(scratch) / "engines"
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "--no-deps", "--target", str(beside), *FETCHED], check=True)
        ours: dict[str, str] = {}
        for engine in ENGINES:
            began = time.perf_counter()
            site = built(folder, engine, beside)
            took = time.perf_counter() - began
            came = outcome(site)
            same = digests(site)
            ours = ours or same
            differ = len(ours.items() ^ same.items()) if came == WHOLE else 0
            note = f"; {differ} files are not those of mkdocs" if differ else ""
            click.echo(f"{engine:<12}{took:5.1f} s  {came}{note}")
            wrong += came == SILENT or differ > 0
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
