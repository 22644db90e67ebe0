"""`baodian rename`: an id becomes another one everywhere, and nothing else changes."""

from __future__ import annotations

import datetime
import random
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from found import problems_of

from baodian.checking import gone_since
from baodian.cli import commands
from baodian.editing import files
from baodian.editing.renaming import renamed
from baodian.editing.typed import Written
from baodian.model import kinds
from baodian.read import read
from baodian.said.messages import words
from baodian.writers import outline as layout
from baodian.writers.outline import outline

TESTS = Path(__file__).parent
ROOT = TESTS.parent
DAY = datetime.date(2026, 12, 1)
NEW = "-x9q"
"""What is put behind an id; taken away again, all must be as it was."""
RETIRED = re.compile(r'"retired": \{[^}]*\}|"print": "[^"]*"')
"""Old ids, and what stands for a change of meaning: it is made from ids."""
PLACE = re.compile(r" @[^>]*(?=>)| (?=>)|^source: .*", re.MULTILINE)


@pytest.fixture(autouse=True)
def in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no outline break its lines: where, depends on how long an id is."""
    monkeypatch.setattr(layout, "_WIDTH", 1_000_000)


def rename(project: Path, kind: str, old: str, new: str = "") -> None:
    """Give an id, or the last of a part, the ending `NEW`, or another id."""
    files.write(renamed(Written(project), kind, old, new or old.rpartition("#")[2] + NEW))


def said(project: Path) -> dict[str, str]:
    """Return what every page says, without the places in files that it comes from."""
    pages = read(project, DAY).site.pages
    texts = {page.address: PLACE.sub("", outline(page)) for page in pages}
    texts = {a: " ".join(RETIRED.sub("", text).split()) for a, text in texts.items()}
    return {
        address.replace(NEW, ""): text.replace(NEW, "").replace(" ", "")
        for address, text in texts.items()
    }


def git(project: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", str(project), "-c", "user.name=a", "-c", "user.email=a@b",
                    *arguments], check=True, capture_output=True)  # fmt: skip


def copied(source: Path, target: Path) -> Path:
    for part in ("playbook_data", "content"):
        shutil.copytree(source / part, target / part)
    shutil.copy(source / "mkdocs.yml", target)
    git(target, "init", "-q")
    git(target, "add", "-A")
    git(target, "commit", "-qm", "all")
    return target


def ids(project: Path, kind: str) -> list[str]:
    books = Written(project).books
    playbook = books.playbook(None)
    assert playbook is not None
    if kind == "class":
        return [f"{scheme.id}/{class_}" for scheme, class_, _ in playbook.classes()]
    return [id_ for name, id_ in books.shelf.trees if name == kind]


def chosen(project: Path, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Yield one of each kind."""
    for kind in kinds.KINDS:
        there = ids(project, kind.name) if kind.name != "retired" else []
        if there:
            yield kind.name, chance.choice(there)


def as_before(project: Path, what: list[tuple[str, str]]) -> None:
    before = said(project)
    for kind, old in what:
        rename(project, kind, old)
    assert problems_of(project, DAY) == ()
    assert gone_since(project, "HEAD") == ((), ())
    after = said(project)
    assert {a: t for a, t in after.items() if before.get(a) != t} == {}
    assert before.keys() == after.keys()


@pytest.fixture
def full(tmp_path: Path) -> Path:
    """Return the playbook that shows everything."""
    source = tmp_path / "source"
    for layer in ("small_playbook", "playbooks/full"):
        shutil.copytree(TESTS / layer, source, dirs_exist_ok=True)
    (tmp_path / "project").mkdir()
    return copied(source, tmp_path / "project")


def test_one_of_each_kind_is_renamed_and_only_addresses_change(full: Path) -> None:
    what = list(chosen(full, random.Random(1)))
    assert len(what) > 20
    before = problems_of(full, DAY)
    for kind, old in what:
        rename(full, kind, old)
    assert len(problems_of(full, DAY)) == len(before)


@pytest.mark.parametrize(
    ("kind", "id_"), [("term", "soon-word"), ("term", "slow-shop"), ("class", "heat/b3")]
)
def test_what_is_to_come_is_renamed_without_a_word(full: Path, kind: str, id_: str) -> None:
    before = len(problems_of(full, DAY))
    rename(full, kind, id_)
    assert len(problems_of(full, DAY)) == before


def test_of_the_shipped_handbook_only_addresses_change(tmp_path: Path) -> None:
    as_before(
        copied(ROOT, tmp_path),
        [
            ("class", "member-tier/platinum"),
            ("measure", "experience-trip"),
            ("param", "dead-after"),
            ("scheme", "member-tier#trucks"),
            ("script", "benefits-reduced"),
            ("checklist", "leave-shop"),
        ],
    )


TEXT = """\
id: call
title: 打个电话
group: visit
form: message
for: tier/gold
message: 【客户称呼】，先看【script:leaving】，再看【script:leaving#later】。
see: [script:leaving, "script:leaving#later"]
"""


def test_references_marks_files_and_pages_follow(full: Path) -> None:
    (full / "playbook_data/scripts/call.yml").write_text(TEXT, encoding="utf-8")
    about = full / "content" / "about.md"
    about.write_bytes(
        about.read_bytes() + "\r\n看【script:leaving】或 [这里](scripts/leaving.html)。".encode()
    )
    rename(full, "script", "leaving", "going")
    assert not (full / "playbook_data/scripts/leaving.yml").exists()
    assert "id: going\n" in (full / "playbook_data/scripts/going.yml").read_text("utf-8")
    assert (full / "playbook_data/scripts/call.yml").read_text("utf-8") == TEXT.replace(
        "script:leaving", "script:going"
    )
    assert about.read_bytes().endswith(
        "\r\n看【script:going】或 [这里](scripts/going.html)。".encode()
    )
    lines = (full / "playbook_data/retired.yml").read_text("utf-8").splitlines()
    assert "script:leaving: script:going" in lines


LAYER = """\
id: wider
title: 金卡从十五台起
effective_from: 2027-01-01
why: 车多了
approved_by: 总监
was:
  scheme:tier: {classes: {gold: {name: 金卡客户}}}
change:
  scheme:tier:
    classes:
      gold: {name: 金卡大客户}   # a note
"""


def test_what_layers_say_follows(full: Path) -> None:
    file = full / "playbook_data/changes/wider.yml"
    file.write_text(LAYER, encoding="utf-8")
    rename(full, "class", "tier/gold", "golden")
    assert file.read_text("utf-8") == LAYER.replace("gold:", "golden:")


def asked(project: Path, *arguments: str) -> Result:
    return CliRunner().invoke(
        commands(words("en")), ["rename", "--project", str(project), *arguments]
    )


def test_it_shows_first_and_writes_when_asked(full: Path) -> None:
    file = full / "playbook_data/roles.yml"
    before = file.read_bytes()
    shown = asked(full, "role", "rep", "seller")
    assert shown.exit_code == 0
    assert "--- a/playbook_data/roles.yml\n" in shown.stdout
    assert "this is what --write would do" in shown.stderr
    assert file.read_bytes() == before
    written = asked(full, "role", "rep", "seller", "--write")
    assert written.exit_code == 0
    assert written.stdout == shown.stdout
    assert "Written:" in written.stderr
    assert file.read_bytes() == before.replace(b"\nrep:", b"\nseller:").replace(
        b"rep:", b"seller:", 1
    )


@pytest.mark.parametrize(
    ("arguments", "words_"),
    [
        (("skript", "a", "b"), "Did you mean “script”?"),
        (("script", "leavin", "b"), "Did you mean “script:leaving”?"),
        (("script", "leaving", "leaving"), "Both ids are the same."),
        (("script", "leaving", "Leaving It"), "Write “leaving-it”."),
        (("class", "tier/gold", "other/gold"), "A class stays in its ruler."),
        (("class", "tier/gold", "silver"), "“class:tier/silver” is there already."),
        (("script", "leaving#nobody", "x"), "has no id of its own"),
    ],
)
def test_a_slip_is_told(full: Path, arguments: tuple[str, ...], words_: str) -> None:
    result = asked(full, *arguments)
    assert result.exit_code == 2, result.output
    assert words_ in result.output


def test_a_retired_id_is_not_taken_again(full: Path) -> None:
    rename(full, "script", "leaving", "going")
    result = asked(full, "script", "going", "leaving")
    assert result.exit_code == 2
    assert "was used before" in result.output


def test_with_faults_nothing_is_written(full: Path) -> None:
    (full / "playbook_data/scripts/call.yml").write_text("id: call\ntitel: x\n", encoding="utf-8")
    result = asked(full, "script", "leaving", "going", "--write")
    assert result.exit_code == 1
    assert "mend this first" in result.stderr
    assert (full / "playbook_data/scripts/leaving.yml").exists()
