"""`baodian diff`: what is compared with what, in which form, and how it ends."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from outlines import lay
from test_since import committed, git

from baodian import source
from baodian.meaning import diff
from baodian.playbook import published
from baodian.playbook.load import library
from baodian.source import Mapping, Node, Sequence

ROOT = Path(__file__).parent.parent
DAY = "2026-12-01"


def run(folder: Path, *arguments: str, lang: str = "en") -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "BAODIAN_LANG": lang, "SOURCE_DATE_EPOCH": ""}
    return subprocess.run(
        [sys.executable, "-m", "baodian", "diff", "--date", DAY, *arguments],
        cwd=folder, env=env, capture_output=True, text=True, timeout=120,
    )  # fmt: skip


def edit(folder: Path, name: str, old: str, new: str) -> None:
    file = folder / "playbook_data" / name
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """A folder that is no project and holds two: `a`, and `b` in which gold is rarer."""
    lay("small", tmp_path / "a")
    lay("small", tmp_path / "b")
    edit(tmp_path / "b", "tiers/tier.yml", "不满 10", "不满 20")
    edit(tmp_path / "b", "tiers/tier.yml", "10 以上", "20 以上")
    return tmp_path


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return committed(lay("small", tmp_path / "p"))


def test_two_folders_need_no_project_around_them(two: Path) -> None:
    done = run(two, "a", "b")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.splitlines()[:2] == ["小手册: from a to b", "1 change: Tightened 1."]
    assert "[Tightened] ruler “等级”: 在用台数 10 台 to 19 台: 金卡客户 → 银卡客户" in done.stdout
    assert run(two, "a", "a").returncode == 0


def test_without_a_new_side_it_is_the_project_and_without_an_old_one_its_last_commit(
    project: Path,
) -> None:
    assert run(project).returncode == 0
    edit(project, "parameters.yml", "default: 15", "default: 10")
    for arguments in ((), ("HEAD",), ("old",)):
        done = run(project, *arguments)
        assert done.returncode == 1
        assert "15天 → 10天" in done.stdout
    git(project, "commit", "-qam", "after")
    assert run(project).returncode == 0
    assert "15天 → 10天" in run(project, "old", "HEAD").stdout
    assert "10天 → 15天" in run(project, "HEAD", "old").stdout
    assert "15天 → 10天" in run(project.parent, "--project", "p", "old").stdout


def test_pages_of_a_revision_are_compared_too(project: Path) -> None:
    (project / "content" / "about.md").write_text(
        "# 关于\n\n小手册，每 7 天一改。\n", encoding="utf-8"
    )
    assert "The page content/about.md: numbers in it differ: none → 7 天" in run(project).stdout


def test_what_a_later_day_or_a_city_brings(tmp_path: Path) -> None:
    place = tmp_path / "p"
    shutil.copytree(ROOT / "playbook_data", place / "playbook_data")
    done = run(place, "--on", "2027-01-01")
    assert done.returncode == 1
    assert "从" not in done.stdout.splitlines()[0]
    assert "非活跃客户 → 死账户 (such as 75 天)" in done.stdout
    city = run(place, "--city", "nanyu", lang="zh")
    assert city.stdout.startswith("远桥客户维护宝典：从各地通用到南屿市\n")
    assert "每月至少 2 次 → 每月至少 4 次" in city.stdout
    both = run(place, "--city", "nanyu", "--on", "2027-07-01")
    assert "70% → 60%" not in both.stdout  # its last day is over
    assert "loses “体验之旅”" in both.stdout


def test_an_announced_change_is_told_from_its_day_on(two: Path) -> None:
    shutil.copytree(two / "a", two / "c")
    (two / "c" / "playbook_data" / "changes").mkdir()
    (two / "c" / "playbook_data" / "changes" / "soon.yml").write_text(
        "id: soon\ntitle: 金卡客户见得勤些\neffective_from: 2027-02-01\nwhy: 别家盯得紧\n"
        "approved_by: 总监\nchange:\n  param:gold-cycle: {default: 10}\n",
        encoding="utf-8",
    )
    text = run(two, "a", "c").stdout
    first, _, later = text.partition("== From 2027-02-01 on ==")
    assert "change “金卡客户见得勤些”" in first
    assert "15天 → 10天" in later
    short = run(two, "a", "c", "--format", "notice").stdout
    assert "From 2027-02-01 on, rhythm “上门联系”: 每 15 天 → 每 10 天, 24.3 → 36.5 times" in short


def test_what_cannot_be_read_is_named_and_nothing_is_compared(two: Path, project: Path) -> None:
    edit(two / "b", "rhythms.yml", "每月 1 次", "老是")
    done = run(two, "a", "b")
    assert (done.returncode, done.stdout) == (2, "")
    assert "playbook_data/rhythms.yml:1:" in done.stderr
    assert "b cannot be read, so nothing is compared." in done.stderr
    edit(project, "rhythms.yml", "每月 1 次", "老是")
    git(project, "commit", "-qam", "broken")
    edit(project, "rhythms.yml", "老是", "每月 1 次")
    done = run(project, "HEAD")
    assert (done.returncode, done.stdout) == (2, "")
    assert "[bad-frequency]" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nowhere", "a"), "“nowhere” is no folder with a playbook, and no revision here"),
        (("a", "b", "--city", "x"), "There is no city “x” in overlays/."),
        (("--format", "pdf"), "--format: “pdf” is not one of"),
        (("--on", "soon"), "--on: “soon” is no date"),
        (("a",), "There is no playbook_data in"),
        (("a/content", "a"), "There is no playbook_data in a/content."),
        (("a", "b", "c"), "unexpected extra argument"),
    ],
)
def test_what_makes_no_sense_ends_with_2(arguments: tuple[str, ...], said: str, two: Path) -> None:
    done = run(two, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_it_can_fail_on_some_kinds_only(two: Path) -> None:
    def ends(*kinds: str) -> int:
        asked = [word for kind in kinds for word in ("--fail-on", kind)]
        return run(two, "a", "b", *asked).returncode

    assert [ends("tightened"), ends("loosened"), ends("loosened", "tightened")] == [1, 0, 1]
    assert run(two, "a", "b", "--fail-on", "reworded").returncode == 2


def test_json_has_the_promised_keys(two: Path) -> None:
    whole = json.loads(run(two, "a", "b", "--format", "json").stdout)
    assert list(whole) == ["old", "new", "counts", "changes"]
    assert whole["old"] == {"name": "a", "day": DAY, "city": None}
    assert whole["counts"]["tightened"] == 1
    (one,) = whole["changes"]
    assert one.pop("fingerprint")
    assert one == {
        "kind": "tightened",
        "entity": "scheme:tier",
        "path": ["classes", "when"],
        "about": "ruler “等级”",
        "message": "在用台数 10 台 to 19 台: 金卡客户 → 银卡客户 (such as 10 台).",
        "where": None,
        "old": "金卡客户",
        "new": "银卡客户",
        "old_at": {"file": "playbook_data/tiers/tier.yml", "line": 10, "column": 52},
        "new_at": {"file": "playbook_data/tiers/tier.yml", "line": 9, "column": 55},
        "classes": ["tier/gold", "tier/silver"],
        "roles": [],
        "effects": [],
        "causes": [],
        "again": [
            {
                "file": "playbook_data/transitions.yml", "line": 1, "column": 60,
                "entity": "transition:silver-to-gold",
                "quoted": "第 10 台", "text": "添到第 10 台车",
            }
        ],
        "pages": ["customers/tier.html", "customers/tier/gold.html", "customers/tier/silver.html"],
        "since": None,
        "city": None,
    }  # fmt: skip


class Tags(HTMLParser):
    """Counts what is open and what stands where."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        if tag not in ("meta", "br"):
            self.open.append(tag)
        assert not {name for name, _ in attrs} & {"src", "href", "onclick"}

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_html_is_one_file_without_script_or_links(two: Path) -> None:
    edit(two / "b", "moments/door.yml", "看看招牌和客流", "看看 <b>3</b> 块招牌 & 客流")
    text = run(two, "a", "b", "--format", "html").stdout
    tags = Tags()
    tags.feed(text)
    assert tags.open == []
    assert {"table", "h1", "h3", "th"} <= tags.seen
    assert not tags.seen & {"script", "link", "img", "b"}
    assert "&lt;b&gt;3&lt;/b&gt;" in text


def test_markdown_shows_signs_as_they_are(two: Path) -> None:
    edit(two / "b", "moments/door.yml", "看看招牌和客流", "看看 3 *块* 招牌")
    text = run(two, "a", "b", "--format", "markdown").stdout
    assert text.startswith("# 小手册: from a to b\n\n2 changes: Tightened 1, Otherwise 1.\n")
    assert r"3 \*块\* 招牌" in text


def test_a_notice_has_at_most_300_signs(tmp_path: Path) -> None:
    for arguments in (("--on", "2027-07-01"), ("--city", "qinggang")):
        for lang in ("en", "zh"):
            done = run(ROOT, *arguments, "--format", "notice", lang=lang)
            assert done.returncode == 1
            assert 60 < len(done.stdout.strip()) <= 300
            assert re.search(r"^(另有 \d+ 处|\d+ more)", done.stdout, re.MULTILINE)


# --- files that make no sense ---------------------------------------------------------------------


def nodes(node: Node) -> list[Node]:
    inner = node.values() if isinstance(node, Mapping) else node
    own = [] if isinstance(node, str) else [node]
    return own + [n for one in (inner if own else ()) for n in nodes(one)]


@pytest.mark.parametrize("seed", range(40))
def test_what_can_be_read_can_be_compared_whatever_is_wrong_with_it(
    seed: int, tmp_path: Path
) -> None:
    dice = random.Random(seed)
    old = lay("full" if seed % 2 else "small", tmp_path / "old")
    new = shutil.copytree(old, tmp_path / "new")
    for _ in range(3):
        file = dice.choice(sorted((new / "playbook_data").rglob("*.yml")))
        tree, _ = source.read(file.read_bytes(), file.name)
        if not isinstance(tree, Mapping) or not tree:
            continue
        held = [n for n in nodes(tree) if n]
        where = dice.choice(held)
        if isinstance(where, Sequence):
            where.pop(dice.randrange(len(where)))
        elif isinstance(where, Mapping):
            key = dice.choice(list(where))
            other = dice.choice(list(where.values()))
            if dice.random() < 0.5:
                del where[key]
            else:
                where[key] = other
        file.write_text(json.dumps(tree, ensure_ascii=False), encoding="utf-8")
    sides = [library(folder).playbook(None) for folder in (old, new)]
    if sides[0] is not None and sides[1] is not None:
        for one, other in (sides, sides[::-1]):
            assert one is not None
            assert other is not None
            assert diff(published(one), published(one)) == ()
            diff(published(one), published(other))
