"""All or nothing: `site/` is the last good site or the new one, whatever happens in between."""

import hashlib
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from kill_builds import kill_builds
from small_site import SITE, project, small_read

from baodian.build import Built, publish, repair
from baodian.page import Link, Paragraph
from baodian.publish import stage
from baodian.read import Read
from baodian.report import Progress
from baodian.said.messages import msg, words
from baodian.said.problems import At, PlaybookError, Problem

WORDS = words("en")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return project(tmp_path / "project")


def build(folder: Path, found: Read | None = None, *, strict: bool = False) -> Built:
    return publish(folder, found or small_read(), WORDS, Progress(quiet=True), strict=strict)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {stage.LOCK}


def with_a_broken_link() -> Read:
    page = SITE.pages[0]
    broken = replace(page, blocks=(Paragraph((Link("无", "gone.html"),)),))
    return small_read(replace(SITE, pages=(broken, *SITE.pages[1:])))


def test_a_build_replaces_the_site_as_a_whole(folder: Path) -> None:
    (folder / "site").mkdir()
    (folder / "site" / "stale.html").write_text("old", encoding="utf-8")
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
    about = folder / "content" / "about.md"
    about.write_text("# 关于\n\n[x](scripts/one.html)", encoding="utf-8")
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


@pytest.mark.parametrize("moment", range(6))
def test_a_swap_killed_before_any_of_its_steps_is_repaired(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: int
) -> None:
    site, staged = tmp_path / "site", tmp_path / f"{stage.STAGING}1"
    for path, text in ((site, "old"), (staged, "new")):
        path.mkdir()
        (path / "index.html").write_text(text, encoding="utf-8")
    steps = iter(range(100))

    def counted(do: Callable[..., object]) -> Callable[..., object]:
        def step(*args: object) -> object:
            if next(steps) == moment:
                raise Killed
            return do(*args)

        return step

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", counted(Path.rename))
        patch.setattr(shutil, "rmtree", counted(shutil.rmtree))
        try:
            stage.swap(staged, site)
            assert moment >= 4  # two renames; then the old one is renamed and deleted
        except Killed:
            assert moment < 4
    repair(tmp_path)
    text = (site / "index.html").read_text(encoding="utf-8")
    assert text == ("old" if moment < 2 else "new")
    assert names(tmp_path) == {"site"}


def test_a_half_deleted_old_site_is_never_taken_for_a_good_one(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / stage.OLD).mkdir()
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
    assert deleted[0].startswith(stage.STAGING)
    assert names(tmp_path) == set()


def test_builds_killed_at_random_moments(tmp_path: Path) -> None:
    ends = kill_builds(tmp_path / "project", times=6, seed=7)
    assert sum(ends.values()) == 6


def test_a_running_build_is_not_repaired_and_the_next_one_waits(folder: Path) -> None:
    site = folder / "site"
    working = folder / f"{stage.STAGING}1"
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
        made.append(digest(folder / "site"))
    assert {"sitemap.xml", "sitemap.xml.gz", "search/1.js", "search/2.js"} <= set(made[0])
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
