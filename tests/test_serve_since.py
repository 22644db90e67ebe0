"""What `serve` says on top of each page of what has changed in meaning; no build holds it."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from outlines import TODAY, lay
from test_since import committed, edit, git

from baodian import serve
from baodian.build import build
from baodian.comparing import served
from baodian.comparing.asked import LAST
from baodian.comparing.sides import Unreadable
from baodian.comparing.since import Since
from baodian.read import read
from baodian.said.messages import words
from baodian.terminal import Progress

RARER = "tiers/tier.yml"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return committed(lay("small", tmp_path / "p"))


class Saved:
    """A served project, and what its pages say after each save."""

    def __init__(
        self, project: Path, work: Path, since: str = LAST, lang: str = "en", audience: str = ""
    ) -> None:
        work.mkdir()
        self.terminal = io.StringIO()
        self.since = Since(project, since, TODAY, audience)
        progress = Progress(self.terminal, quiet=True)
        self.desk = serve.Desk(project, work, words(lang), progress, "http://a/", self.since)
        self._read: Callable[[], None] = lambda: self.desk.rebuild(
            lambda: read(project, TODAY, drafts=True, audience=audience)
        )

    def bar(self, address: str = "index.html") -> str:
        """Return the words on top of a page."""
        found = re.findall(r'<div class="baodian-since".*?</div>', self.text(address), re.DOTALL)
        assert len(found) == 1
        return " ".join(re.sub("<[^>]*>", " ", found[0]).split())

    def text(self, address: str) -> str:
        """Return the HTML of a page."""
        return (self.desk.root / address).read_text(encoding="utf-8")

    def save(self) -> str:
        """Let the pages be made anew, and return what the first one says on top."""
        self._read()
        return self.bar()


def rarer(project: Path) -> None:
    """Let it take more to be of the gold tier."""
    edit(project, RARER, "不满 10", "不满 20")
    edit(project, RARER, "10 以上", "20 以上")


def test_an_edit_shows_what_it_changes_whom_it_touches_and_where(
    project: Path, tmp_path: Path
) -> None:
    saved = Saved(project, tmp_path / "work")
    assert saved.save() == "Since the last commit: Nothing has changed in meaning."
    rarer(project)
    told = "Since the last commit: 1 change: Tightened 1. Customers: "
    assert saved.save().startswith(told)
    assert "on this page" not in saved.bar("about.html")
    page = saved.text(served.PAGE)
    assert "baodian-since" not in page
    assert "在用台数 10 台 to 19 台: 金卡客户 → 银卡客户" in page
    links = re.findall(r'<a href="/([^"#]+)', page)
    assert links
    for link in links:
        assert saved.bar(link).endswith("1 of them shows on this page.")
    edit(project, RARER, "judges: ", "odd: ")  # a slip: the last good pages stay, and what they say
    saved.desk.rebuild(lambda: read(project, TODAY))
    assert saved.bar().startswith(told)
    assert "unknown-key" in saved.text("index.html")
    assert "unknown-key" in saved.text(served.PAGE)


def test_by_day_and_by_night_it_has_the_colours_of_the_pages() -> None:
    """Their contrast is held by the test of looks; the page alone knows no style sheet."""

    def colours(text: str) -> dict[str, str]:
        return dict(re.findall(r"(--bd-[a-z0-9-]+): (#[0-9a-f]+)", text))

    tokens = (serve.TEMPLATES.parent / "theme/css/tokens.css").read_text("utf-8")
    page, bar = (
        (serve.TEMPLATES / f"{name}.html").read_text("utf-8") for name in ("since", "since-bar")
    )
    day, night = (colours(part) for part in tokens.split('="slate"] {', 1))
    light, dark = (colours(part) for part in page.split("(prefers-color-scheme: dark)"))
    assert light.keys() == dark.keys() == set(re.findall(r"var\((--bd-[a-z0-9-]+)\)", page))
    assert light.items() <= day.items()
    assert dark.items() <= night.items()
    used = dict(re.findall(r"var\((--bd-[a-z0-9-]+), (#[0-9a-f]+)\)", bar))
    assert used
    assert used.items() <= day.items()
    assert used.keys() <= night.keys()
    assert not re.search(r"color: #|background: #", page + bar)


def test_a_commit_is_seen_and_what_was_read_before_is_kept(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from baodian.comparing import since

    asked: list[str] = []
    written = since.written

    def noted(project: Path, named: str, *more: object) -> object:
        asked.append(named)
        return written(project, named, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(since, "written", noted)
    one, other = Since(project, LAST, TODAY), Since(project, "old", TODAY)
    assert one.now().changes == other.now().changes == ()
    rarer(project)
    assert len(one.now().changes) == len(other.now().changes) == 1
    assert asked == [LAST, "old"]
    (log,) = one.watched()
    before = log.read_bytes()
    git(project, "commit", "-qam", "rarer")
    assert log.read_bytes() != before
    assert one.now().changes == ()
    assert len(other.now().changes) == 1
    assert asked == [LAST, "old", LAST]


def test_a_folder_can_be_compared_with(project: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(project, other, ignore=shutil.ignore_patterns(".git"))
    since = Since(project, str(other), TODAY)
    assert since.now().changes == ()
    rarer(other)
    assert [change.kind for change in since.now().changes] == ["loosened"]
    assert since.watched() == (other / "playbook_data", other / "content")


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("no git", "This folder is in no git repository."),
        ("no such revision", "git knows no revision “gone”."),
        ("unreadable", "HEAD cannot be read, so nothing is compared."),
        ("a bug", "The program has a fault; the terminal shows it."),
    ],
)
def test_where_nothing_can_be_compared_a_line_says_why_and_the_pages_go_on(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str, said: str
) -> None:
    if broken == "no git":
        shutil.rmtree(project / ".git")
    elif broken == "unreadable":
        edit(project, RARER, "judges: ", "odd: ")
        git(project, "commit", "-qam", "broken")
        edit(project, RARER, "odd: ", "judges: ")
    saved = Saved(project, tmp_path / "work", "gone" if "revision" in broken else LAST)
    if broken == "a bug":
        monkeypatch.setattr(saved.since, "now", lambda: {}["x"])
    told = saved.save()
    assert told.startswith("What has changed in meaning is not shown.")
    assert told.endswith(said)
    on_terminal = saved.terminal.getvalue()
    assert on_terminal
    assert not (saved.desk.root / served.PAGE).exists()
    edit(project, "playbook.yml", "小手册", "新手册")
    assert saved.save() == told
    assert "新手册" in saved.text("index.html")
    assert saved.terminal.getvalue() == on_terminal  # the same is told once


def test_texts_of_a_playbook_never_become_markup(project: Path, tmp_path: Path) -> None:
    saved = Saved(project, tmp_path / "work", lang="zh-CN")
    edit(project, "playbook.yml", "小手册", "<b>手册</b>")
    edit(project, RARER, "金卡客户", "'<b>金</b>'")
    assert "<b>" not in saved.save()
    for text in (saved.text(served.PAGE), saved.text("about.html").partition("<header")[0]):
        assert "<b>" not in text
    assert "&lt;b&gt;金&lt;/b&gt;" in saved.text(served.PAGE)


def test_a_build_holds_nothing_of_it(project: Path) -> None:
    rarer(project)
    build(project, TODAY, words("en"), Progress(io.StringIO(), quiet=True))
    files = [path for path in (project / "site").rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if path.name == served.PAGE]
    assert not [path for path in files if b"baodian-since" in path.read_bytes()]


def test_for_an_audience_it_tells_only_what_that_one_may_see(tmp_path: Path) -> None:
    project = committed(lay("full", tmp_path / "p"))
    everybody, partner = (Since(project, LAST, TODAY, who) for who in ("", "partner"))
    nobody = Since(project, LAST, TODAY, "nobody")
    seen = {e.key for e in partner.now().new.playbook.all()}
    assert seen < {e.key for e in everybody.now().new.playbook.all()}
    rarer(project)
    assert everybody.now().changes
    assert partner.now().changes == ()
    edit(project, "checklists/leave.yml", "答应的事写下了吗？", "3 件答应的事写下了吗？")
    assert {c.entity for c in partner.now().changes} == {"checklist:leave"}
    with pytest.raises(Unreadable) as why:
        nobody.now()
    told = words("en").text(why.value.message)
    assert told == "In HEAD, playbook.yml names no audience “nobody”."
