"""While editing: a broken edit keeps the last good pages with the problems on top."""

import io
import re
import shutil
import socket
import threading
import time
from dataclasses import replace
from pathlib import Path
from urllib.request import urlopen

import pytest
from conftest import TODAY
from small_site import SITE, project, small_read

from baodian import mkdocs_plugin, serve
from baodian.read import Before, Read, read
from baodian.said.messages import msg, words
from baodian.said.problems import At, PlaybookError, Problem
from baodian.serve import ARTICLE
from baodian.terminal import Progress

SMALL = Path(__file__).parent / "small_playbook"
EVIL = Problem("unknown-key", At("playbook_data/x.yml", 3), msg("<script>alert(1)</script>"))


@pytest.fixture
def desk(tmp_path: Path) -> serve.Desk:
    folder = project(tmp_path / "project")
    work = tmp_path / "work"
    work.mkdir()
    progress = Progress(io.StringIO(), quiet=True)
    return serve.Desk(folder, work, words("en"), progress, "http://127.0.0.1:1/")


def broken() -> Read:
    raise PlaybookError([EVIL])


def pages(desk: serve.Desk) -> list[str]:
    return [p.read_text(encoding="utf-8") for p in desk.root.rglob("*.html")]


def test_a_broken_edit_puts_the_problems_on_top_of_every_page(desk: serve.Desk) -> None:
    desk.rebuild(small_read)
    good = pages(desk)
    desk.rebuild(broken)
    desk.rebuild(broken)
    shown = pages(desk)
    assert len(shown) == len(good) > len(SITE.pages)
    for page in shown:
        assert page.count('<div class="baodian-problems" role="alert">') == 1
        assert "x.yml:3:1: &lt;script&gt;alert(1)&lt;/script&gt; [unknown-key]" in page
        assert "<script>alert" not in page
    desk.rebuild(small_read)
    assert pages(desk) == good


def test_a_first_build_that_fails_shows_the_problems(desk: serve.Desk) -> None:
    desk.rebuild(broken)
    assert "x.yml:3:1" in (desk.root / "index.html").read_text(encoding="utf-8")
    desk.rebuild(small_read)
    assert (desk.root / "scripts" / "one.html").is_file()
    assert not [page for page in pages(desk) if "baodian-problems" in page]


def test_a_bug_of_ours_is_shown_with_its_traceback(desk: serve.Desk) -> None:
    def bug() -> Read:
        raise KeyError("ours")

    desk.rebuild(small_read)
    desk.rebuild(bug)
    assert "KeyError: &#39;ours&#39;" in (desk.root / "index.html").read_text(encoding="utf-8")
    terminal = desk._progress._stream
    assert isinstance(terminal, io.StringIO)
    assert "Traceback" in terminal.getvalue()


def test_a_page_shows_what_is_saved_before_all_is_rebuilt(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SMALL, tmp_path / "project"))
    work = tmp_path / "work"
    work.mkdir()
    progress = Progress(io.StringIO(), quiet=True)
    desk = serve.Desk(folder, work, words("en"), progress, "http://127.0.0.1:1/")
    before = Before(drafts=True, first=desk.first)
    data = folder / "playbook_data" / "scripts" / "leaving.yml"
    page, seen = desk.root / "scripts" / "leaving.html", []

    def rebuild() -> None:
        desk.rebuild(lambda: read(folder, TODAY, drafts=True, before=before))

    desk.on_first = lambda: seen.append(page.read_text(encoding="utf-8"))
    rebuild()
    assert seen == []
    was = page.read_text(encoding="utf-8")
    text = data.read_text(encoding="utf-8")
    said = re.search(r"^close: *(.+)$", text, re.MULTILINE)
    assert said
    data.write_text(text.replace(said[1], "先听他说完"), encoding="utf-8")
    rebuild()
    (early,) = seen
    whole = page.read_text(encoding="utf-8")
    assert "先听他说完" not in was
    assert "先听他说完" in early
    assert "先听他说完" in whole
    articles = [ARTICLE.search(one) for one in (early, whole)]
    assert all(articles)
    first, last = (one[0] for one in articles if one)
    assert first == last
    data.write_text(text.replace(said[1], "【script:nobody】"), encoding="utf-8")
    rebuild()
    assert len(seen) == 1  # what has an error shows nothing of itself
    assert "baodian-problems" in page.read_text(encoding="utf-8")


def test_browsers_load_again_at_once_and_when_all_is_rebuilt(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []

    def rebuild() -> None:
        server._wanted_epoch += 10  # as the loop does before it begins
        server.reload()
        told.append((server._visible_epoch, server._wanted_epoch))

    nothing = lambda: None  # noqa: E731
    server = mkdocs_plugin.server(tmp_path, rebuild, "127.0.0.1", 0, (), nothing)
    begun = server._visible_epoch
    server.builder()
    assert told == [(begun + 10, begun + 10)]  # a page is given out at once
    assert server._wanted_epoch == begun + 11  # and the loop will tell browsers of another


def test_an_edit_is_seen_by_the_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = project(tmp_path / "project")
    data = folder / "playbook_data" / "playbook.yml"
    data.write_text("name: 甲", encoding="utf-8")

    def read(*_: object, drafts: bool, audience: str, before: object) -> Read:
        assert (drafts, audience) == (True, "")
        befores.add(id(before))
        name = data.read_text(encoding="utf-8").removeprefix("name: ")
        if name == "broken":
            raise PlaybookError([EVIL])
        return small_read(replace(SITE, name=name))

    befores: set[int] = set()
    monkeypatch.setattr(serve, "read", read)
    servers: list[mkdocs_plugin.Server] = []
    make = mkdocs_plugin.server

    def kept(*arguments: object) -> mkdocs_plugin.Server:
        servers.append(make(*arguments))  # type: ignore[arg-type]
        return servers[0]

    monkeypatch.setattr(mkdocs_plugin, "server", kept)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    progress = Progress(quiet=True)
    arguments = (folder, small_read().today, words("en"), progress, "127.0.0.1", port)
    thread = threading.Thread(target=serve.serve, args=arguments, daemon=True)
    thread.start()
    try:
        wait_for(port, "甲", "baodian-problems", present=(True, False))
        data.write_text("name: broken", encoding="utf-8")
        wait_for(port, "甲", "baodian-problems", present=(True, True))
        data.write_text("name: 乙手册", encoding="utf-8")
        wait_for(port, "乙手册", "baodian-problems", present=(True, False))
        assert not (folder / "site").exists()
        assert len(befores) == 1, "what was made before is not used again"
    finally:
        servers[0].shutdown()
        thread.join(timeout=10)


def wait_for(port: int, *words_: str, present: tuple[bool, ...]) -> None:
    end = time.monotonic() + 20
    seen: object = None
    while time.monotonic() < end:
        try:
            with urlopen(f"http://127.0.0.1:{port}/scripts/one.html", timeout=5) as answer:
                page = answer.read().decode()
        except OSError as error:
            seen = error
        else:
            seen = tuple(word in page for word in words_)
            if seen == present:
                return
        time.sleep(0.1)
    raise AssertionError(seen)
