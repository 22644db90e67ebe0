"""The gate of the source folders: what may stand in them, and what our own pages take."""

import datetime
import os
import shutil
from pathlib import Path

import pytest
from found import problems_of

from baodian import trees
from baodian.pages.clashes import address_of, reserved
from baodian.pages.parts import acting
from baodian.read import Read, read
from baodian.said.problems import Problem

SMALL = Path(__file__).parent / "small_playbook"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "p"))


def told(problems: tuple[Problem, ...]) -> list[str]:
    return [f"{problem.code} {problem.at.file}" for problem in problems]


def test_a_file_or_folder_that_the_system_refuses(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "content" / "more").mkdir()
    (project / "content" / "a.png").write_bytes(b"x")
    ours, read_bytes = Path.iterdir, Path.read_bytes

    def refused(path: Path) -> object:
        if path.name in ("more", "a.png"):
            raise PermissionError(13, "Permission denied")
        return ours(path) if path.is_dir() else read_bytes(path)

    monkeypatch.setattr(Path, "iterdir", refused)
    monkeypatch.setattr(Path, "read_bytes", refused)
    content, problems = trees.content(project)
    assert told(problems) == ["unreadable content/a.png", "unreadable content/more"]
    assert [file for file, _ in content.pages] == ["content/about.md"]


def test_a_source_folder_that_is_a_link_out_of_the_project(project: Path, tmp_path: Path) -> None:
    shutil.move(project / "content", tmp_path / "elsewhere")
    (project / "content").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    assert told(trees.content(project)[1]) == ["not-a-file content"]


def test_a_socket_is_no_file(project: Path) -> None:
    os.mkfifo(project / "content" / "a.png")
    assert told(trees.content(project)[1]) == ["not-a-file content/a.png"]


def test_the_addresses_of_our_own_pages_are_reserved(project: Path, shipped_read: Read) -> None:
    for site in (read(project, datetime.date(2026, 12, 1)).site, shipped_read.site):
        own = (p for p in site.pages if not (p.entity or p.city or p.kind == acting.KIND))
        assert {page.address for page in own} <= reserved()


def test_a_sheet_to_act_out_keeps_its_address(project: Path) -> None:
    (project / "content" / "practice").mkdir()
    (project / "content" / "practice" / "leaving.md").write_text("# 自己的\n", encoding="utf-8")
    problems = problems_of(project, datetime.date(2026, 12, 1))
    (problem,) = [p for p in problems if p.code == "address-clash"]
    assert problem.at.file == "content/practice/leaving.md"
    assert problem.related[0].at.file.startswith("playbook_data/scripts/")


def test_a_readme_opens_its_folder() -> None:
    assert address_of("content/faq/README.md") == "faq/index.html"
    assert address_of("content/faq/readme.md") == "faq/readme.html"
