"""While editing: a broken edit keeps the last good pages with the problems on top."""

import io
import socket
import threading
import time
from dataclasses import replace
from pathlib import Path
from urllib.request import urlopen

import pytest
from small_site import SITE, project, small_read

from baodian import mkdocs_plugin, serve
from baodian.read import Read
from baodian.report import Progress
from baodian.said.messages import msg, words
from baodian.said.problems import At, PlaybookError, Problem

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
