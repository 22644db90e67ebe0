"""The shipped handbook, built once for all tests that look at it, and a browser to look with."""

from __future__ import annotations

import datetime
import functools
import http.server
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import Error as PageError

from baodian.build import publish
from baodian.cache import FOLDER
from baodian.playbook import Playbook
from baodian.playbook.load import load
from baodian.read import Read, read
from baodian.said.messages import words
from baodian.terminal import Progress

ROOT = Path(__file__).parent.parent
TODAY = datetime.date(2026, 12, 1)
# Chromium opens two hidden pages of its own for the address bar of each new window, which took half
# the time of an empty page of ours. The last such flag wins: Playwright's names stand here again.
WITHOUT = (
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "SpareRendererForSitePerProcess",
    "AimEnabled", "AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose", "HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades",
    "LensOverlay", "MediaRouter", "NetworkTimeServiceQuerying", "OptimizationHints",
    "PaintHolding", "PreconnectToSearch", "TcpPortRandomizationWin",
    "ThirdPartyStoragePartitioning", "msEdgeUpdateLaunchServicesPreferredVersion",
    "msForceBrowserSignIn",
)  # fmt: skip
FLAGS = [
    f"--disable-features={','.join(WITHOUT)}",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


STOPPED = "violates the following Content Security Policy"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the tests that need a browser last: what takes most memory never runs beside one."""
    items.sort(key=lambda item: "browser" in getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session", autouse=True)
def left_nothing() -> Iterator[None]:
    """See that nothing is kept of a project that others copy: theirs would not be made anew."""
    yield
    kept = [str(f) for part in ("tests", "generator") for f in (ROOT / part).rglob(FOLDER)]
    assert kept == [], "a test read this project in its place: let it copy that"


@pytest.fixture(scope="session")
def shipped() -> Playbook:
    """The playbook that is shipped."""
    return load(ROOT)[0]


@pytest.fixture(scope="session")
def shipped_read() -> Read:
    """The pages of the playbook that is shipped."""
    return read(ROOT, TODAY)


@pytest.fixture(scope="session")
def site(shipped_read: Read, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped handbook, built strictly into a folder of its own."""
    project = tmp_path_factory.mktemp("shipped")
    for name in ("mkdocs.yml", "content", "playbook_data"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, project / name)
        else:
            shutil.copy(source, project / name)
    publish(project, shipped_read, words("en"), Progress(quiet=True), strict=True)
    return project / "site"


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def served(site: Path) -> Iterator[str]:
    """The address under which the handbook is served."""
    handler = functools.partial(Quiet, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


def wait_until(page: Page, asked: str, given: object = None, seconds: float = 20) -> None:
    """Wait until what is asked of a page holds, while it may be loaded again.

    Playwright's own way lets the page evaluate a text, which our pages' policy stops.
    """
    end = time.monotonic() + seconds
    while True:
        try:
            if page.evaluate(asked, given):
                return
        except PageError:  # it is going elsewhere
            if time.monotonic() > end:
                raise
        assert time.monotonic() < end, f"never: {asked}"
        page.wait_for_timeout(30)


def _without_workers(plain: Callable[..., Any], stopped: list[str], **options: Any) -> Any:
    made = plain(**{"service_workers": "block", **options})
    made.on("console", lambda told: stopped.append(f"{told.text} ({told.page.url})")
            if STOPPED in told.text else None)  # fmt: skip
    return made


@pytest.fixture(scope="session")
def stopped() -> list[str]:
    """What a page's own policy stopped, in any window: nothing, when all tests are done."""
    return []


@pytest.fixture(scope="session")
def browser(stopped: list[str]) -> Iterator[Browser]:
    """A real browser; `make test` finds or installs one and names it in CHROMIUM."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert path, "no browser: run `make test`, which finds or installs one"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        # Only the tests of the offline copy want a worker that answers instead of the server.
        for name in ("new_context", "new_page"):
            plain = getattr(chromium, name)
            setattr(chromium, name, functools.partial(_without_workers, plain, stopped))
        yield chromium
        chromium.close()
    assert stopped == [], "what readers do, a page's own policy stops"
