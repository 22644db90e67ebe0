"""What `baodian init` writes is a whole playbook without a single problem."""

import datetime
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from baodian.model import kinds
from baodian.playbook.load import load
from baodian.read import read
from baodian.said.messages import words
from baodian.starting import STARTER, STARTER_EN
from baodian.writers.html import render


def baodian(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "baodian", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8")


@pytest.fixture(scope="module", params=["zh-CN", "en"])
def started(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("init") / "new"
    done = baodian("init", "--lang", request.param, str(folder))
    assert (done.returncode, done.stderr) == (0, "")
    return folder


def test_it_has_no_problem_and_no_warning(started: Path) -> None:
    done = baodian("check", "--strict", "--lang", "en", "--project", str(started))
    assert done.stdout == "No problems.\n"
    assert done.returncode == 0


def test_it_shows_every_kind_that_a_new_company_needs(started: Path) -> None:
    playbook, _ = load(started)
    later = {"table", "change", "overlay", "reason"}
    empty = {k.name for k in kinds.KINDS if k.is_entity and not playbook.of_kind(k.name)}
    assert empty <= later
    assert playbook.slots
    (scheme,) = playbook.schemes.values()
    assert {c for _, c in playbook.class_guides} == {str(c) for c in scheme.classes}
    assert {str(s.form) for s in playbook.scripts.values()} == {"talk", "message"}


def test_its_rules_decide_by_the_parameters(started: Path) -> None:
    file = started / "playbook_data" / "parameters.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("default: 40", "default: 5"), encoding="utf-8")
    try:
        done = baodian("check", "--lang", "en", "--project", str(started))
    finally:
        file.write_text(text, encoding="utf-8")
    assert done.returncode == 1
    assert "order-level.yml" in done.stdout


def test_its_files_explain_themselves_to_an_editor(started: Path) -> None:
    files = sorted((started / "playbook_data").rglob("*.yml"))
    assert len(files) > 20
    folders = {f.parent if f.parent.name != "playbook_data" else f for f in files}
    for place in folders:
        texts = [f.read_text(encoding="utf-8") for f in files if place in (f, *f.parents)]
        assert any(re.search(r"^# .{8}", t, re.MULTILINE) for t in texts), place


def test_the_two_starters_have_the_same_things_in_two_languages() -> None:
    chinese, english = (load(folder)[0] for folder in (STARTER, STARTER_EN))
    assert {e.key for e in chinese.all()} == {e.key for e in english.all()}
    assert chinese.class_guides.keys() == english.class_guides.keys()
    assert (str(chinese.settings.language), str(english.settings.language)) == ("zh-CN", "en")
    wide = re.compile("[\u3000-\u303f\uff01-\uff60\u3400-\u9fff]")
    for file in STARTER_EN.rglob("*.*"):
        text = re.sub("【[^】]*】", "", file.read_text(encoding="utf-8"))
        assert not wide.search(text.replace("【", "").replace("】", "")), file


def test_english_pages_have_no_full_width_sign(tmp_path: Path) -> None:
    """Only the brackets of a gap, which are the playbook's own notation, are wide."""
    project = shutil.copytree(STARTER_EN, tmp_path / "p")
    site = read(project, datetime.date(2026, 12, 1)).site
    wide = re.compile("[\u3000-\u300f\u3012-\u303f\uff00-\uffef\u3400-\u9fff]")
    assert len(site.pages) > 30
    for page in site.pages:
        written = render(page, site, words("en")).html
        assert wide.findall(written) == [], page.address
