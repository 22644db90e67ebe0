"""What changed in meaning and what must be read: on the first page, My handbook and pages."""

from __future__ import annotations

import datetime
import functools
import http.server
import os
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Quiet
from outlines import lay
from playwright.sync_api import Browser, Page, expect
from small_site import asset
from test_timeline import CHANGE, put

from baodian.build import publish
from baodian.read import read
from baodian.said.messages import words
from baodian.terminal import Progress

PHONE = {"width": 375, "height": 667}
DAYS = [datetime.date(2026, 11, 30), datetime.date(2026, 12, 1), datetime.date(2026, 12, 2)]
GOLD = "customers/tier/gold.html"
NEW = "15天 → 20天"


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Three versions: before a change, with it, with it said otherwise and one more value."""
    project = lay("small", tmp_path_factory.mktemp("versions") / "p")
    (project / "playbook_data" / "changes").mkdir()
    built = []
    reworded = CHANGE.replace("金卡二十天一次", "金卡改成二十天").replace("人手紧", "人手不够")
    other = reworded.replace("20}", "25}")
    for n, text in enumerate(("", CHANGE, reworded, other)):
        if text:
            put(project, text)
        book = read(project, DAYS[min(n, 2)])
        publish(project, book, words("en"), Progress(quiet=True))
        built.append(Path(shutil.copytree(project / "site", project.parent / f"v{n}")))
    return built


@pytest.fixture
def folder(versions: list[Path], tmp_path: Path) -> Path:
    """The folder of a site, which begins with the first version."""
    return Path(shutil.copytree(versions[0], tmp_path / "site"))


def become(folder: Path, version: Path) -> None:
    shutil.copytree(version, folder, dirs_exist_ok=True)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE)
    yield context.new_page()
    context.close()


def visit(page: Page, day: int, address: str, folder: Path) -> None:
    page.clock.set_fixed_time(datetime.datetime.combine(DAYS[day], datetime.time(12)))
    page.goto("about:blank")
    page.goto(f"{folder.as_uri()}/{address}")


def test_what_came_to_mean_something_else_is_shown_from_what_to_what(
    page: Page, folder: Path, versions: list[Path]
) -> None:
    visit(page, 0, GOLD, folder)
    page.get_by_role("button", name="收进我的常用").click()
    visit(page, 0, "my/index.html", folder)
    news = page.locator(".bd-widget-news")
    expect(news).to_contain_text("第一次")
    visit(page, 0, "index.html", folder)
    expect(news).to_be_hidden()

    become(folder, versions[1])
    visit(page, 1, "index.html", folder)
    expect(news).to_contain_text(NEW)
    expect(news).to_contain_text("金卡")
    visit(page, 1, "my/index.html", folder)
    expect(news.locator("li", has_text=NEW).first).to_contain_text("你收着的页：金卡")
    visit(page, 1, GOLD, folder)
    note = page.locator(".bd-callout-changed")
    expect(note).to_contain_text(NEW)
    page.reload()
    expect(note).to_contain_text(NEW)
    visit(page, 2, GOLD, folder)
    expect(note).to_have_count(0)
    visit(page, 2, "my/index.html", folder)
    expect(news).to_contain_text("2026-12-01 以后没有变化")

    become(folder, versions[2])
    visit(page, 2, "my/index.html", folder)
    expect(news).to_contain_text("没有变化")
    visit(page, 2, GOLD, folder)
    expect(note).to_have_count(0)


def test_what_must_be_read_is_asked_until_confirmed_and_again_when_it_means_something_else(
    page: Page, folder: Path, versions: list[Path]
) -> None:
    page.add_init_script("navigator.clipboard.writeText = async text => { window.copied = text; }")
    become(folder, versions[1])
    must = page.locator(".bd-widget-must")
    for address in ("index.html", GOLD, "changes/gold.html"):
        visit(page, 1, address, folder)
        expect(must).to_contain_text("必读：金卡二十天一次")
    must.get_by_role("button", name="我读过了").click()
    expect(must).to_contain_text("2026-12-01 读过")
    must.get_by_role("link", name="告诉主管").click()
    page.get_by_role("button", name="复制").click()
    expect(page.get_by_text("已复制")).to_be_visible()
    assert page.evaluate("copied") == (
        "小手册，必读的变动\n姓名：\n读过：\n2026-12-01 金卡二十天一次（从 2026-11-10 起）"
    )
    for version in (versions[1], versions[2]):
        become(folder, version)
        for address in ("index.html", GOLD):
            visit(page, 2, address, folder)
            expect(must).to_be_hidden()
    become(folder, versions[3])
    visit(page, 2, "index.html", folder)
    must.get_by_text("必读：金卡改成二十天").click()  # folded on the first page
    expect(must.get_by_text("意思又变了")).to_be_visible()
    must.get_by_role("button", name="我读过了").click()
    expect(must).to_contain_text("2026-12-02 读过")


def test_without_scripts_what_must_be_read_stands_as_text(
    browser: Browser, folder: Path, versions: list[Path]
) -> None:
    become(folder, versions[1])
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{folder.as_uri()}/changes/index.html")
    expect(page.locator("#h-must")).to_be_visible()
    expect(page.locator(".bd-callout-must")).to_contain_text(NEW)
    page.goto(f"{folder.as_uri()}/{GOLD}")
    expect(page.locator(".bd-changed")).to_contain_text(NEW)
    expect(page.locator("button:visible")).to_have_count(0)
    context.close()


def test_on_plain_http_a_new_version_is_noticed(
    page: Page, folder: Path, versions: list[Path]
) -> None:
    """By itself a server says when a file was changed, and browsers keep an old one for weeks."""
    long_ago = time.time() - 3e7
    for file in folder.rglob("*"):
        os.utime(file, (long_ago, long_ago))
    handler = functools.partial(Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_address[1]}/my/index.html"
    page.goto(address)
    expect(page.locator(".bd-widget-news")).to_contain_text("第一次")
    for name in ("now.js", asset(versions[1], "changes.js").name):
        data = folder / name
        data.write_bytes((versions[1] / name).read_bytes())
        os.utime(data, (long_ago + 9, long_ago + 9))
    page.goto("about:blank")
    page.goto(address)  # not loaded anew
    expect(page.locator(".bd-widget-news")).to_contain_text(NEW)
    server.shutdown()
    server.server_close()
