"""How many readers a small machine serves: nginx with hosting/nginx.conf, asked by wrk.

.venv/bin/python benchmarks/hosting.py SITE

SITE is what `baodian build --compress` wrote. Both nginx (one process) and wrk run on this machine
and speak over its loopback, so a second core is wanted. It needs nginx, openssl and wrk (Debian:
apt-get install nginx openssl wrk).
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
sys.path += [str(HERE.parent / "tests"), str(HERE.parent / "generator")]

from nginx_server import Server, nginx, with_https  # noqa: E402

SECONDS = 8
CONNECTIONS = 64
PAGES = """
local pages = {%s}
local at = 0
request = function()
  at = at %% #pages + 1
  return wrk.format("GET", pages[at], {["Accept-Encoding"] = "%s", ["If-None-Match"] = %s})
end
"""


def load(server: Server, pages: list[str], folder: Path, encoding: str, tag: str = "nil") -> str:
    """Ask for pages in turn and return a row: requests/s, p50, p99, bytes/s, errors."""
    script = folder / "pages.lua"
    script.write_text(PAGES % (",".join(f'"{p}"' for p in pages), encoding, tag), encoding="utf-8")
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency", "-s", str(script)]
    said = subprocess.run([*command, server.address], check=True, capture_output=True, text=True)
    found = {
        name: re.search(pattern, said.stdout)
        for name, pattern in (
            ("rate", r"Requests/sec:\s+(\S+)"), ("p50", r"50%\s+(\S+)"), ("p99", r"99%\s+(\S+)"),
            ("bytes", r"Transfer/sec:\s+(\S+)"),
        )
    }  # fmt: skip
    wrong = re.search(r"Non-2xx or 3xx responses: (\d+)|Socket errors: (.*)", said.stdout)
    values = [match[1] if match else "?" for match in found.values()]
    return " | ".join([*values, wrong[0] if wrong else "none"])


def cases(site: Path, scratch: Path) -> Iterator[tuple[str, str]]:
    """Yield what is measured, and its row."""
    pages = sorted(f"/{p.relative_to(site).as_posix()}" for p in site.rglob("*.html"))
    pages = [page for page in pages if page != "/handbook.html"]
    plain = scratch / "plain"
    shutil.copytree(site, plain, ignore=shutil.ignore_patterns("*.gz", "*.br"))
    with nginx(scratch / "a", site) as server:
        yield f"all {len(pages)} pages, packed by the build", load(server, pages, scratch, "gzip")
        yield "all pages, for readers who unpack nothing", load(server, pages, scratch, "identity")
        tag = server.get("/index.html", {"Accept-Encoding": "gzip"}).headers["etag"]
        same = load(server, ["/index.html"], scratch, "gzip", f"'{tag}'")
        yield "the first page, unchanged (304)", same
        yield "nowhere (404 with the handbook's page)", load(server, ["/gone"], scratch, "gzip")
    with nginx(scratch / "b", plain) as server:
        yield "all pages, packed anew for each answer", load(server, pages, scratch, "gzip")
    with nginx(scratch / "c", site, with_https(scratch / "tls")) as server:
        yield "all pages by https, packed by the build", load(server, pages, scratch, "gzip")


def main() -> None:
    """Print a table."""
    site = Path(sys.argv[1]).resolve()
    print("| what | requests/s | p50 | p99 | bytes/s | errors |\n|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as scratch:
        for what, row in cases(site, Path(scratch)):
            print(f"| {what} | {row} |", flush=True)


if __name__ == "__main__":
    main()
