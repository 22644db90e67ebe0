"""Every case in tests/cases: a faulty (or oddly good) playbook and exactly what a user reads.

A case lays its files over tests/small_playbook. A file is given as its text, or as one of
`edit` (old text → new text in the small playbook's file, found once), `gbk`, `bom`, `utf16`
(a text in another coding), `hex` (bytes), `repeat` and `times` between `before` and `after`, or
`make` (a thing that is no file).
"""

from __future__ import annotations

import datetime
import os
import re
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml
from found import problems_of

from baodian import checks
from baodian.cache import FOLDER
from baodian.cli import main
from baodian.playbook.load import load
from baodian.report import report
from baodian.said.messages import words
from baodian.said.problems import SEVERITY
from baodian.terminal import words_or_english

HERE = Path(__file__).parent
SMALL = HERE / "small_playbook"
CASES = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))
    for path in sorted((HERE / "cases").glob("*.yml"))
}
KEYS = {"about", "files", "expect", "exit", "zh", "cli", "date"}
TODAY = datetime.date(2026, 12, 1)
"""The day of a case that gives no `date`."""
AS_A_PROCESS = ("nothing-wrong", "gbk", "nested-brackets", "two-broken-files")
ON_THE_BUILT_SITE = {
    "page-missing", "block-missing", "id-twice", "broken-link", "other-host", "foreign-folder",
    "leak", "vanished", "blocked",
}  # fmt: skip


def laid(case: dict[str, Any], project: Path) -> Path:
    """Write the small playbook with the case's files over it; return the project folder."""
    shutil.copytree(SMALL, project)
    for name, content in case["files"].items():
        path = project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, str):
            path.write_bytes(content.encode())
        elif "make" in content:
            make(content["make"], path)
        else:
            path.write_bytes(data(content, path))
    return project


def data(content: dict[str, Any], path: Path) -> bytes:
    """Return the bytes that a case describes."""
    match content:
        case {"edit": changes}:
            text = path.read_text(encoding="utf-8")
            for old, new in changes.items():
                assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
                text = text.replace(old, new)
            return text.encode()
        case {"gbk": text}:
            return text.encode("gbk")
        case {"bom": text}:
            return b"\xef\xbb\xbf" + text.encode()
        case {"utf16": text}:
            return text.encode("utf-16")
        case {"hex": digits}:
            return bytes.fromhex(digits)
        case {"repeat": text, "times": times}:
            return (content.get("before", "") + text * times + content.get("after", "")).encode()
    raise AssertionError(f"a case holds an unknown kind of file: {content}")


def make(what: str, path: Path) -> None:
    """Make something at `path` that is no file with text."""
    if not path.is_dir():
        path.unlink(missing_ok=True)
    if what == "nothing":
        return
    if what == "folder":
        path.mkdir()
    elif what == "symlink-loop":
        path.symlink_to(path.name)
    elif what == "link-to-parent":
        path.symlink_to("..", target_is_directory=True)
    elif what == "link-out":
        path.symlink_to("/etc/hostname")
    elif what == "gbk-name":
        (path / os.fsdecode("付款.md".encode("gbk"))).write_text("一", encoding="utf-8")
    elif what == "pipe":
        os.mkfifo(path)
    else:
        raise AssertionError(f"a case makes an unknown thing: {what}")


def snapshot(folder: Path) -> dict[str, object]:
    """Return what stands in a folder: names, kinds, bytes, but not the cache."""
    return {
        str(path.relative_to(folder)): (
            path.readlink()
            if path.is_symlink()
            else path.read_bytes()
            if path.is_file()
            else path.is_dir()
        )
        for path in sorted(folder.rglob("*"))
        if path.relative_to(folder).parts[0] != FOLDER
    }


@pytest.mark.parametrize("name", CASES)
def test_the_report_is_exactly_this(name: str, tmp_path: Path) -> None:
    case = CASES[name]
    assert set(case) <= KEYS, "an unknown key in a case would be ignored"
    project = laid(case, tmp_path / "project")
    before = snapshot(project)
    problems = problems_of(project, case.get("date", TODAY))
    assert report(problems, words("en")) == case["expect"]
    assert case["exit"] == int(any(p.severity == "error" for p in problems))
    assert snapshot(project) == before
    if "zh" in case:
        assert report(problems, words("zh-CN")) == case["zh"]


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.get("cli")])
def test_the_command_says_the_same(
    name: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    project = laid(CASES[name], tmp_path / "project")
    before = snapshot(project)
    arguments = ["baodian", "check", "--lang", "en", "--project", str(project)]
    arguments += ["--date", str(CASES[name].get("date", TODAY))]
    monkeypatch.setattr(sys, "argv", arguments)
    with pytest.raises(SystemExit) as ended:
        main()
    told = capfd.readouterr()
    assert (told.out, told.err, ended.value.code) == (
        CASES[name]["expect"],
        "",
        CASES[name]["exit"],
    )
    assert snapshot(project) == before


@pytest.mark.parametrize("name", AS_A_PROCESS)
def test_a_process_of_its_own_says_the_same(name: str, tmp_path: Path) -> None:
    project = laid(CASES[name], tmp_path / "project")
    before = snapshot(project)
    ran = subprocess.run(
        [sys.executable, "-m", "baodian", "check", "--lang", "en", "--project", str(project)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert (ran.stdout, ran.stderr, ran.returncode) == (
        CASES[name]["expect"],
        "",
        CASES[name]["exit"],
    )
    assert snapshot(project) == before


ALONE = {
    "references.to_kinds": "bad-reference-kind",
    "references.retired_kinds": "retired-kind",
    "references.marks": "empty-slot",
    "schemes.dimensions": "not-decidable",
    "schemes.asked_by_number": "aliases-without-unit",
    "schemes.counted_on": "counts-on-without-days",
    "schemes.class_rules": "rule-out-of-range",
    "schemes.class_proofs": "gap",
    "schemes.tables": "unreachable-row",
    "examples.answers": "example-form",
    "examples.fall": "example-falls-elsewhere",
    "examples.alike": "example-twice",
    "shapes.unique_parts": "duplicate-item",
    "shapes.rhythms": "rhythm-twice",
    "talk.talks": "too-few-answers",
    "talk.messages": "message-with-answers",
    "talk.variants": "unheard-variant",
    "talk.answers": "open-answer",
    "talk.checklists": "list-without-items",
    "talk.one_minute_lists": "one-minute-list",
    "talk.moments": "too-many-steps",
    "records.sums": "wrong-sum",
    "records.days_of_cases": "dates-of-a-case",
    "paths.questions": "questions",
    "paths.days": "path-days",
    "paths.twice_a_day": "role-play",
    "paths.passes": "role-play",
    "language.banned_claims": "banned-claim",
}
"""Every rule that looks at one entity at a time, and a case in which it finds something."""


def test_every_rule_for_single_entities_has_such_a_case() -> None:
    names = [f"{rule.__module__.split('.')[-1]}.{rule.__name__}" for rule in checks.ALONE]
    assert names == list(ALONE)


@pytest.mark.parametrize("name", ALONE)
def test_a_fault_in_one_file_is_told_while_another_is_broken(name: str, tmp_path: Path) -> None:
    project = laid(CASES[ALONE[name]], tmp_path / "project")
    module, _, function = name.partition(".")
    rule = getattr(import_module(f"baodian.checks.{module}"), function)
    faults = list(rule(load(project, TODAY)[0]))
    assert faults
    broken = project / "playbook_data" / "scripts" / "broken.yml"
    broken.write_text("id broken\n", encoding="utf-8")
    problems = problems_of(project, TODAY)
    assert broken.name in {Path(problem.at.file).name for problem in problems}
    assert [fault for fault in faults if fault not in problems] == []


def test_every_code_has_a_case() -> None:
    assert len(CASES) >= 150
    shown = {code for case in CASES.values() for code in codes(case["expect"])}
    assert shown <= set(SEVERITY)
    assert set(SEVERITY) - ON_THE_BUILT_SITE - shown == set()
    elsewhere = "".join(
        (HERE / f"test_{name}.py").read_text(encoding="utf-8")
        for name in ("verify", "output", "audiences", "since", "policy")
    )
    assert {code for code in ON_THE_BUILT_SITE if code not in elsewhere} == set()


def codes(text: str) -> list[str]:
    """Return the codes of a report."""
    return re.findall(r"^\S.*:\d+:\d+: .* \[([a-z0-9-]+)\]$", text, re.MULTILINE)


def test_no_report_speaks_of_python_or_yaml() -> None:
    seen = "\n".join(case["expect"] for case in CASES.values())
    seen = re.sub(r" \[[a-z0-9-]+\]$", "", seen, flags=re.MULTILINE)
    assert seen
    for word in ("Traceback", "dict", "NoneType", "pydantic", "Scalar(", "scalar", "mapping"):
        assert word not in seen


def test_a_case_without_an_error_exists_for_each_text_that_yaml_would_twist() -> None:
    good = [str(case["files"]) for case in CASES.values() if case["exit"] == 0]
    for text in ("70:30", "NO", "12:30", "010"):
        assert any(text in files for files in good), text


def test_the_language_of_messages_falls_back_to_english() -> None:
    assert words_or_english("xx").language == "en"
