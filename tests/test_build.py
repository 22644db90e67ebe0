"""All or nothing: `site/` is the last good site or the new one, whatever happens in between."""

import contextlib
import hashlib
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from kill_builds import SWAPPING, kill_builds
from small_site import SITE, project, small_read

from baodian.build import Built, publish, repair
from baodian.cache import FOLDER
from baodian.page import Link, Paragraph
from baodian.publish import stage
from baodian.publish.ours import MARKER, mark, marked
from baodian.read import Read
from baodian.said.messages import msg, words
from baodian.said.problems import At, PlaybookError, Problem
from baodian.terminal import Progress

WORDS = words("en")
LOCK, OLD = stage.LOCK.format(site="site"), stage.OLD.format(site="site")
STAGING = stage.STAGING.format(site="site", pid=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return project(tmp_path / "project")


def build(folder: Path, found: Read | None = None, *, strict: bool = False) -> Built:
    return publish(folder, found or small_read(), WORDS, Progress(quiet=True), strict=strict)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {LOCK, FOLDER}


def with_a_broken_link() -> Read:
    page = SITE.pages[0]
    broken = replace(page, blocks=(Paragraph((Link("无", "gone.html"),)),))
    return small_read(replace(SITE, pages=(broken, *SITE.pages[1:])))


def test_a_build_replaces_the_site_as_a_whole(folder: Path) -> None:
    (folder / "content" / "stale.md").write_text("# 旧的\n", encoding="utf-8")
    build(folder)
    assert (folder / "site" / "stale.html").is_file()
    (folder / "content" / "stale.md").unlink()
    built = build(folder)
    assert built == Built(len(SITE.pages), ())
    assert (folder / "site" / "scripts" / "one.html").is_file()
    assert not (folder / "site" / "stale.html").exists()
    assert names(folder) == {"site", "content", "playbook_data", "mkdocs.yml"}


def test_a_page_that_came_out_wrong_leaves_the_site_as_it_was(folder: Path) -> None:
    build(folder)
    before = digest(folder / "site")
    with pytest.raises(PlaybookError) as caught:
        build(folder, with_a_broken_link())
    assert [p.code for p in caught.value.problems] == ["broken-link"]
    assert digest(folder / "site") == before
    assert names(folder) == {"site", "content", "playbook_data", "mkdocs.yml"}


def test_strict_refuses_warnings_and_otherwise_they_are_returned(folder: Path) -> None:
    warning = Problem("long-line", At("playbook_data/x.yml"), msg("Too long."))
    found = replace(small_read(), problems=(warning,))
    with pytest.raises(PlaybookError):
        build(folder, found, strict=True)
    assert not (folder / "site").exists()
    assert build(folder, found).problems == (warning,)


def test_strict_refuses_what_mkdocs_warns_of(folder: Path) -> None:
    settings = folder / "mkdocs.yml"
    settings.write_text(f"{settings.read_text('utf-8')}sitename: x\n", encoding="utf-8")
    assert [p.at.file for p in build(folder).problems] == ["mkdocs.yml"]
    with pytest.raises(PlaybookError):
        build(folder, strict=True)


def test_a_site_that_is_a_link_stays_one(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "www").mkdir()
    (folder / "site").symlink_to(tmp_path / "www", target_is_directory=True)
    build(folder)
    assert (folder / "site").is_symlink()
    assert (tmp_path / "www" / "index.html").is_file()


# --- killed builds --------------------------------------------------------------------------------


class Killed(BaseException):
    """Stands for the moment after which a process does nothing more."""


def counting(patch: pytest.MonkeyPatch, moment: int) -> list[int]:
    """Let the process die before step `moment`; return a list that grows with each step."""
    steps: list[int] = []

    def counted(do: Callable[..., object]) -> Callable[..., object]:
        def step(*args: object) -> object:
            if len(steps) == moment:
                raise Killed
            steps.append(moment)
            return do(*args)

        return step

    for owner, name in (
        (Path, "rename"), (Path, "replace"), (shutil, "rmtree"), (shutil, "move"),
        (stage, "exchange"),
    ):  # fmt: skip
        patch.setattr(owner, name, counted(getattr(owner, name)))
    return steps


def two_sites(tmp_path: Path) -> tuple[Path, Path]:
    """Return an old site and a new one beside it; each has a file that the other has not."""
    site, staged = tmp_path / "site", tmp_path / STAGING
    for path, text in ((site, "old"), (staged, "new")):
        (path / "sub").mkdir(parents=True)
        (path / "index.html").write_text(text, encoding="utf-8")
        (path / f"{text}.html").write_text(text, encoding="utf-8")
        (path / "sub" / "page.html").write_text(text, encoding="utf-8")
    mark(site)
    return site, staged


def whole(site: Path) -> str:
    """Return whether `site` is the old one or the new one; raise if it is a mixture."""
    text = (site / "index.html").read_text(encoding="utf-8")
    assert names(site) == {MARKER, "index.html", "sub", f"{text}.html"}
    assert names(site / "sub") == {"page.html"}
    assert marked(site) == {"index.html", "sub/page.html", f"{text}.html"}
    assert (site / "sub" / "page.html").read_text(encoding="utf-8") == text
    return text


@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize("moment", range(6))
def test_a_swap_killed_before_any_of_its_steps_is_repaired(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: int, at_once: bool
) -> None:
    site, staged = two_sites(tmp_path)
    with monkeypatch.context() as patch:
        if not at_once:
            patch.setattr(stage, "exchange", lambda *_: False)
        steps = counting(patch, moment)
        try:
            stage.swap(staged, site)
            assert moment >= len(steps)
        except Killed:
            assert moment < 5
        if at_once:
            assert whole(site) == ("old" if moment == 0 else "new")  # before it is repaired
            assert len(steps) <= 1
    repair(tmp_path)
    assert whole(site) == ("old" if moment < (1 if at_once else 3) else "new")
    assert names(tmp_path) == {"site"}


@pytest.mark.parametrize("moment", range(16))
def test_what_goes_into_a_link_is_brought_to_an_end_after_a_kill(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: int
) -> None:
    www, staged = two_sites(tmp_path / "www")
    (tmp_path / "site").symlink_to(www, target_is_directory=True)
    with monkeypatch.context() as patch:
        steps = counting(patch, moment)
        try:
            stage.swap(staged, tmp_path / "site")
            assert moment >= len(steps) > 8
        except Killed:
            pass
    if moment % 2:  # the repair is killed too
        with monkeypatch.context() as patch:
            counting(patch, moment // 3)
            with contextlib.suppress(Killed):
                repair(tmp_path)
    repair(tmp_path)
    assert whole(www) == ("old" if moment < 2 else "new")
    assert (tmp_path / "site").is_symlink()


def test_a_half_deleted_old_site_is_never_taken_for_a_good_one(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / OLD).mkdir()
    deleted: list[str] = []

    def killed(path: Path) -> None:
        deleted.append(path.name)
        raise Killed

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shutil, "rmtree", killed)
        with pytest.raises(Killed):
            stage.mend(tmp_path / "site")
    (tmp_path / "site").rmdir()  # as `make clean` would
    repair(tmp_path)
    assert deleted[0].startswith(".site-staging-")
    assert names(tmp_path) == set()


def test_builds_killed_at_random_moments(tmp_path: Path) -> None:
    ends = kill_builds(tmp_path / "project", times=8, seed=7)
    assert ends["old"] + ends["new"] + ends["swap repaired"] == 8
    assert ends["in the swap"] >= 4


def test_a_running_build_is_not_repaired_and_the_next_one_waits(folder: Path) -> None:
    site = folder / "site"
    working = folder / STAGING
    waited: list[bool] = []
    with stage.lock(site) as got:
        assert got
        working.mkdir()
        repair(folder)
        assert working.is_dir()
        other = threading.Thread(target=lambda: waited.append(bool(build(folder))))
        other.start()
        other.join(timeout=0.3)
        assert other.is_alive()
    other.join(timeout=20)
    assert waited == [True]
    assert names(folder) == {"site", "content", "playbook_data", "mkdocs.yml"}


# --- the same bytes -------------------------------------------------------------------------------


def digest(folder: Path) -> dict[str, str]:
    return {
        p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }


def test_two_builds_are_byte_equal(folder: Path) -> None:
    text = (folder / "mkdocs.yml").read_text(encoding="utf-8")
    text += "site_url: https://handbook.example.com/book/\n"
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")
    program = Path(__file__).with_name("kill_builds.py")
    made = []
    for seed in ("1", "2"):
        env = os.environ | {"PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": "1764547200"}
        command = [sys.executable, str(program), "build", str(folder), "1"]
        subprocess.run(command, check=True, env=env)
        (folder / SWAPPING).unlink(missing_ok=True)
        made.append(digest(folder / "site"))
    assert {"sitemap.xml", "sitemap.xml.gz", "now.js", "_headers"} <= set(made[0])
    assert {re.sub(r"\.[0-9a-f]{8}\.", ".", name) for name in made[0]} >= {
        "search/1.js", "search/2.js", "js/site.js", "css/handbook.css",
    }  # fmt: skip
    assert made[0] == made[1]


def test_pages_are_dated_by_the_edition_not_the_clock(folder: Path) -> None:
    text = (folder / "mkdocs.yml").read_text(encoding="utf-8")
    text += "site_url: https://handbook.example.com/book/\n"
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")
    build(folder)
    sitemap = (folder / "site" / "sitemap.xml").read_text(encoding="utf-8")
    assert "<lastmod>2026-12-01</lastmod>" in sitemap
    assert sitemap.count("<lastmod>") == sitemap.count("2026-12-01")


def test_without_an_address_there_is_no_site_map(folder: Path) -> None:
    build(folder)
    assert not (folder / "site" / "sitemap.xml").exists()
