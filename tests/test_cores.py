"""Work that is shared among processes."""

from __future__ import annotations

import datetime
import os
import shutil
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from jinja2 import UndefinedError

import baodian
from baodian import cores
from baodian.build import build
from baodian.mkdocs_plugin import handbook_page
from baodian.page import Block, Page, Site
from baodian.said.messages import Words, words
from baodian.terminal import Progress
from baodian.writers.article import Article
from baodian.writers.html import Edit

STARTER = Path(baodian.__file__).parent / "starter_en"


@pytest.fixture
def four(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let there be four cores, and no thread of a test before."""
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(4)))


@pytest.mark.usefixtures("four")
@pytest.mark.parametrize("count", [0, 1, cores.FEWEST - 1, cores.FEWEST, 101])
def test_all_is_made_once_in_its_order(count: int, tmp_path: Path) -> None:
    def make(n: int) -> tuple[int, str]:
        (tmp_path / f"{n}").touch(exist_ok=False)
        return os.getpid(), f"<{n}>"

    made = cores.each(make, range(count))
    processes = {process for process, _ in made}
    assert [text for _, text in made] == [f"<{n}>" for n in range(count)]
    assert len(list(tmp_path.iterdir())) == count
    assert len(processes) == (4 if count >= cores.FEWEST else min(count, 1))


@pytest.mark.usefixtures("four")
def test_a_mistake_is_raised_here(tmp_path: Path) -> None:
    def make(n: int) -> int:
        (tmp_path / f"{os.getpid()}").touch()
        if n == 33:
            raise ValueError("33")
        return n

    with pytest.raises(ValueError, match="33"):
        cores.each(make, range(100))
    assert len(list(tmp_path.iterdir())) == 4


def test_beside_other_threads_one_does_it_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(4)))
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        made = cores.each(lambda _: os.getpid(), range(100))
    finally:
        done.set()
        thread.join()
    assert set(made) == {os.getpid()}


@pytest.mark.usefixtures("four")
def test_a_site_by_four_processes_is_that_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = cores._Other.made
    shares: list[object] = []

    def noted(self: cores._Other) -> object:
        shares.append(made(self))
        return shares[-1]

    monkeypatch.setattr(cores._Other, "made", noted)
    for count in (4, 1):
        monkeypatch.setattr(cores, "MOST", count)
        shutil.copytree(STARTER, tmp_path / f"{count}")
        build(tmp_path / f"{count}", datetime.date(2026, 12, 1), words("en"), Progress(quiet=True))
    assert len(shares) == 3 * 3  # articles, pages in fewer bytes, pages as they are given out
    assert None not in shares
    one, four = (
        {p.relative_to(site): p.read_bytes() for p in site.rglob("*") if p.is_file()}
        for site in (tmp_path / "1" / "site", tmp_path / "4" / "site")
    )
    assert one == four


@pytest.mark.parametrize("address", ["index.html", "roles.html", "scripts/bad-batch.html"])
@pytest.mark.usefixtures("four")
def test_a_fault_of_ours_says_on_which_page(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    render = handbook_page.writer.render

    def faulty(page: Page, site: Site, t: Words, edit: Edit) -> Article:
        if page.address == address:
            page = replace(page, blocks=(cast("Block", object()),))
        return render(page, site, t, edit)

    monkeypatch.setattr(handbook_page.writer, "render", faulty)
    shutil.copytree(STARTER, tmp_path / "p")
    with pytest.raises(UndefinedError) as raised:
        build(tmp_path / "p", datetime.date(2026, 12, 1), words("en"), Progress(quiet=True))
    assert raised.value.__notes__ == [f"It came up in {address}."]


@pytest.mark.usefixtures("four")
def test_where_there_is_no_room_for_another_process_one_does_it_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fork() -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", fork)
    assert set(cores.each(lambda _: os.getpid(), range(100))) == {os.getpid()}


@pytest.mark.usefixtures("four")
def test_whoever_is_interrupted_leaves_nobody_at_work(tmp_path: Path) -> None:
    def make(n: int) -> int:
        if n == 0:
            raise KeyboardInterrupt
        if n % 4:  # with the others, who would work for minutes
            (tmp_path / f"{os.getpid()}").touch()
            time.sleep(10)
        return n

    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        cores.each(make, range(100))
    assert time.monotonic() - begun < 8
    for file in tmp_path.iterdir():
        assert not Path(f"/proc/{file.name}").exists()
