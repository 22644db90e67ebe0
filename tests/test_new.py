"""`baodian new`: a draft of every kind, in both languages, that the strict check takes."""

from __future__ import annotations

import datetime
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from found import problems_of

from baodian.cli import commands
from baodian.editing.skeleton import FOLDER
from baodian.model import kinds
from baodian.said.messages import words
from baodian.source import read

ROOT = Path(__file__).parent.parent
STARTERS = ROOT / "generator" / "baodian"
DAY = "2026-12-01"
KINDS = [kind.name for kind in kinds.KINDS if kind.name != "retired"]
CLASS = {"starter": "order-level/key", "starter_en": "order-level/key"}


def new(project: Path, kind: str, id_: str, lang: str = "en") -> Result:
    asked = ["new", "--project", str(project), "--date", DAY, kind, id_]
    return CliRunner().invoke(commands(words(lang)), asked)


def copied(name: str, target: Path) -> Path:
    source = ROOT if name == "shipped" else STARTERS / name
    for part in ("playbook_data", "content"):
        shutil.copytree(source / part, target / part)
    shutil.copy(source / "mkdocs.yml", target)
    return target


@pytest.fixture
def starter(tmp_path: Path) -> Path:
    """Return a copy of the English starter."""
    return copied("starter_en", tmp_path)


@pytest.mark.parametrize(
    ("name", "lang"), [("starter", "zh-CN"), ("starter_en", "en"), ("shipped", "zh-CN")]
)
def test_a_draft_of_every_kind_is_taken(tmp_path: Path, name: str, lang: str) -> None:
    project = copied(name, tmp_path)
    if name in CLASS:
        (project / "playbook_data/guides" / f"{CLASS[name]}.yml").unlink()
    before = set(project.rglob("*.yml"))
    for kind in KINDS:
        id_ = CLASS.get(name, "") if kind == "class" else f"my-{kind}-x"
        if not id_:
            continue  # every class has its guide there, and a draft does not stand for one
        result = new(project, kind, id_, lang)
        assert result.exit_code == 0, (kind, result.output)
    made = set(project.rglob("*.yml")) - before
    assert len(made) == len(KINDS) - (name not in CLASS)
    assert problems_of(project, datetime.date.fromisoformat(DAY)) == ()
    for file in made:
        text = file.read_text(encoding="utf-8")
        assert "<" not in text, file
        assert "status: draft" in text, file
        assert read(text.encode(), "x")[1] == ()
        chinese = re.search("[\u4e00-\u9fff]", text.replace("还嘴", "").replace("不", ""))
        assert bool(chinese) == (lang == "zh-CN"), file


def test_a_draft_stands_where_its_kind_does_and_says_what_it_may_have(starter: Path) -> None:
    assert new(starter, "script", "call-back").exit_code == 0
    text = (starter / "playbook_data/scripts/call-back.yml").read_text("utf-8")
    assert text.startswith("# A new script.")
    assert "\nid: call-back\nstatus: draft " in text
    assert "\n#   no_reply: What to do when nobody answers a message or letter\n" in text
    assert new(starter, "role", "driver").exit_code == 0
    assert "driver:\n  status: draft" in (starter / "playbook_data/roles/driver.yml").read_text()


def test_nothing_is_overwritten(starter: Path) -> None:
    assert new(starter, "script", "call-back").exit_code == 0
    for kind, id_ in (("script", "call-back"), ("script", "first-visit"), ("role", "sales")):
        result = new(starter, kind, id_)
        assert result.exit_code == 2
        assert "is there already" in result.output
    (starter / "playbook_data/scripts/taken.yml").write_text("id: other\n", encoding="utf-8")
    assert new(starter, "script", "taken").exit_code != 0
    assert (starter / "playbook_data/scripts/taken.yml").read_text() == "id: other\n"


@pytest.mark.parametrize(
    ("kind", "id_", "said"),
    [
        ("skript", "x", "Did you mean “script”?"),
        ("script", "Call Back", "Write “call-back”."),
        ("script", "回访", "cannot be an id"),
        ("script", "con", "Windows keeps the name"),
        ("class", "order-level/kee", "Did you mean “order-level/key”?"),
        ("class", "order-level/key", "already has a guide"),
        ("retired", "x", "There is no kind “retired”"),
    ],
)
def test_a_slip_is_told(starter: Path, kind: str, id_: str, said: str) -> None:
    result = new(starter, kind, id_)
    assert result.exit_code == 2
    assert said in result.output


def test_a_retired_id_is_not_used_again(starter: Path) -> None:
    line = "script:old: script:first-visit\n"
    (starter / "playbook_data/retired.yml").write_text(line, encoding="utf-8")
    result = new(starter, "script", "old")
    assert result.exit_code == 2
    assert "was used before" in result.output


def test_every_kind_has_its_words_in_both_languages() -> None:
    for language in ("zh-CN", "en"):
        text = (FOLDER / f"{language}.txt").read_text("utf-8")
        assert re.findall(r"^===== (.+)$", text, re.MULTILINE) == KINDS_AS_WRITTEN


KINDS_AS_WRITTEN = [*(kind for kind in KINDS if kind != "class"), "class"]
