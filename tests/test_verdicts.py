"""What was found in the same files is known; whatever else there is, is looked at."""

from __future__ import annotations

import datetime
import io
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from found import problems_of

from baodian import build as story
from baodian import cache
from baodian.cache import FOLDER, Cache
from baodian.publish.frames import Wanted
from baodian.read import Read
from baodian.said.messages import msg, words
from baodian.said.problems import At, PlaybookError, Problem, Related
from baodian.terminal import Progress
from baodian.verdicts import known

SMALL = Path(__file__).parent / "small_playbook"
TODAY = datetime.date(2026, 12, 1)
FOUND = (
    Problem("unknown-key", At("playbook_data/x.yml", 3, 7), msg("“{a}”, {b}.", a=("x", 2), b=None),
            msg("Not {c}.", c=msg("a list")), (Related(At("y"), msg("There.")),),
            TODAY, "北", "客"),
    Problem("long-line", At("content/a.md"), msg("“{x}” \ud800", x=msg("{n}", n=True))),
)  # fmt: skip


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(SMALL, tmp_path / "p", ignore=shutil.ignore_patterns(FOLDER))
    return tmp_path / "p"


def asked(
    project: Path,
    day: datetime.date = TODAY,
    audience: str = "",
    found: tuple[Problem, ...] = FOUND,
) -> bool:
    """Say whether somebody had to look; what is told is what is there to be found."""
    looked = []

    def find() -> tuple[Problem, ...]:
        looked.append(day)
        return found

    assert known(project, day, audience, find) == found
    return bool(looked)


EDITS: dict[str, Callable[[Path], object]] = {
    "a value": lambda p: edit(p / "playbook_data/roles.yml", "name: ", "name: 新"),
    "a comment": lambda p: edit(p / "playbook_data/roles.yml", "name: ", "name:  "),
    "the settings": lambda p: edit(p / "playbook_data/playbook.yml", "language: ", "language:  "),
    "the engine's settings": lambda p: edit(p / "mkdocs.yml", "site_name", "# site_name"),
    "a page": lambda p: edit(p / "content/about.md", "\n", "\n\n"),
    "a new file": lambda p: (p / "playbook_data/new.yml").write_text(""),
    "a new folder": lambda p: (p / "playbook_data/new").mkdir(),
    "a file less": lambda p: (p / "playbook_data/roles.yml").unlink(),
    "another name": lambda p: (p / "playbook_data/roles.yml").rename(p / "playbook_data/role.yml"),
    "no pages": lambda p: shutil.rmtree(p / "content"),
    "no settings": lambda p: (p / "mkdocs.yml").unlink(),
    "two files for one": lambda p: swapped(p / "playbook_data", "roles.yml", "slots.yml"),
}


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def swapped(folder: Path, *names: str) -> None:
    one, other = (folder / name for name in names)
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)


def test_nobody_looks_twice_at_the_same(project: Path) -> None:
    assert asked(project)
    assert not asked(project)
    (project / "playbook_data" / ".roles.yml.swp").write_bytes(b"x")  # which nobody reads
    assert not asked(project)


@pytest.mark.parametrize("name", EDITS)
def test_after_any_edit_somebody_looks_again(project: Path, name: str) -> None:
    asked(project)
    EDITS[name](project)
    assert asked(project, found=FOUND[:1])
    assert not asked(project, found=FOUND[:1])


def test_another_day_and_another_audience_are_looked_at(project: Path) -> None:
    asked(project)
    assert asked(project, TODAY + datetime.timedelta(days=1), found=())
    assert asked(project, audience="partner", found=())
    assert not asked(project)


@pytest.mark.parametrize("name", ["playbook_data/roles.yml", "playbook_data", "content/about.md"])
def test_what_is_behind_a_link_is_looked_at_each_time(
    project: Path, tmp_path: Path, name: str
) -> None:
    target = project / name
    target.rename(tmp_path / "behind")
    target.symlink_to(tmp_path / "behind")
    assert asked(project)
    assert asked(project)
    assert not (project / FOLDER).exists()


def test_what_was_written_while_somebody_looked_is_looked_at_again(project: Path) -> None:
    def find() -> tuple[Problem, ...]:
        edit(project / "mkdocs.yml", "site_name", "# site_name")
        return ()

    assert known(project, TODAY, "", find) == ()
    assert asked(project)


def test_what_cannot_be_kept_is_found_each_time(project: Path) -> None:
    odd = (Problem("long-line", At("a"), msg("{x}", x=1.5)),)
    assert asked(project, found=odd)
    assert asked(project, found=odd)


def test_a_damaged_cache_is_as_good_as_none(project: Path) -> None:
    for damage in (
        lambda data: b"",
        lambda data: data[: len(data) // 2],
        lambda data: data.replace(b"long-line", b"odd-lines"),
        lambda data: data.upper(),
        lambda data: b"\x00" * len(data),
    ):
        asked(project)
        for file in (project / FOLDER).glob("*.json"):
            file.write_bytes(damage(file.read_bytes()))
        assert asked(project)
        assert not asked(project)
    for file in (project / FOLDER).glob("*.json"):  # another's, under this name
        file.write_bytes(_of_another(project, file.name))
    assert asked(project)
    shutil.rmtree(project / FOLDER)
    (project / FOLDER).write_text("no folder", encoding="utf-8")
    assert asked(project)
    assert asked(project)


def _of_another(project: Path, name: str) -> bytes:
    Cache.of(project).put("other", [])
    return (project / FOLDER / "other.json").read_bytes()


def test_what_another_version_kept_is_none_of_ours(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(project)
    monkeypatch.setattr(cache, "made_by", lambda: "other code")
    assert asked(project)


def test_whatever_is_found_in_a_playbook_can_be_kept(tmp_path: Path) -> None:
    messy = tmp_path / "p"
    shutil.copytree(SMALL, messy)
    for file in sorted((messy / "playbook_data").rglob("*.yml")):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("name: ", "nmae: ").replace("【", "【x"), encoding="utf-8")
    found = problems_of(messy, TODAY)
    assert len(found) > 10
    assert asked(messy, found=found)
    assert not asked(messy, found=found)


# --- a site that stands as it was built -----------------------------------------------------------


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What was read since the test began."""
    told: list[object] = []
    before = story.read

    def read(*arguments: object, **others: object) -> Read:
        told.append(arguments)
        return before(*arguments, **others)  # type: ignore[arg-type]

    monkeypatch.setattr(story, "read", read)
    return told


def test_a_site_is_built_again_where_anything_differs(project: Path, reads: list[object]) -> None:
    def build(day: datetime.date = TODAY, **others: object) -> story.Built:
        quiet = Progress(io.StringIO(), quiet=True)
        return story.build(project, day, words("en"), quiet, **others)  # type: ignore[arg-type]

    first, stood = build(), (project / "site" / "index.html").stat()
    again = build()
    assert len(reads) == 1
    assert again == first
    assert (project / "site" / "index.html").stat() == stood
    assert first.pages > 10

    def of_page() -> None:
        page = project / "site" / "index.html"
        page.write_bytes(page.read_bytes() + b" ")

    def of_gone() -> None:
        (project / "site" / "index.html").unlink()

    def of_more() -> None:
        (project / "site" / "more.html").write_text("", encoding="utf-8")

    def of_data() -> None:
        file = project / "playbook_data" / "scripts" / "leaving.yml"
        file.write_text(file.read_text("utf-8").replace("我明天", "我后天"), encoding="utf-8")

    def of_written() -> None:
        file = project / "mkdocs.yml"
        file.write_text(file.read_text("utf-8") + "\n# x\n", encoding="utf-8")

    def of_git() -> None:
        for command in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "x")):
            git = ["git", "-c", "user.name=n", "-c", "user.email=n@example.com", *command]
            subprocess.run(git, cwd=project, check=True)

    for n, change in enumerate((of_page, of_gone, of_data, of_written, of_git), start=2):
        change()
        build()
        assert len(reads) == n, change.__name__
        build()
        assert len(reads) == n, change.__name__
    of_more()
    with pytest.raises(PlaybookError):  # what nobody of us wrote is not taken away
        build()
    (project / "site" / "more.html").unlink()
    count = len(reads)
    build()
    build(TODAY + datetime.timedelta(1))
    build()  # the site of another day stands there
    build(wanted=Wanted(packed=True))
    assert len(reads) >= count + 3
    assert "我后天" in (project / "site" / "scripts" / "leaving.html").read_text("utf-8")
