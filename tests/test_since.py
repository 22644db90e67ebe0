"""`check --since`: an id that a revision had and that is gone needs a line in retired.yml."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from outlines import lay

from baodian.checking import gone_since
from baodian.history import NoHistory, at
from baodian.report import report
from baodian.said.messages import words

EN = words("en")
NOBODY = {
    "GIT_AUTHOR_NAME": "n", "GIT_AUTHOR_EMAIL": "n@example.com", "GIT_COMMITTER_NAME": "n",
    "GIT_COMMITTER_EMAIL": "n@example.com", "GIT_CONFIG_GLOBAL": os.devnull,
}  # fmt: skip


def git(folder: Path, *arguments: str) -> None:
    done = subprocess.run(
        ["git", "-C", str(folder), *arguments], env={**os.environ, **NOBODY}, capture_output=True
    )
    assert done.returncode == 0, done.stderr


def committed(folder: Path, root: Path | None = None) -> Path:
    root = root or folder
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "before")
    git(root, "tag", "old")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return committed(lay("small", tmp_path / "p"))


def edit(folder: Path, name: str, old: str, new: str) -> None:
    file = folder / "playbook_data" / name
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


def told(folder: Path, revision: str = "old") -> str:
    problems, unread = gone_since(folder, revision)
    assert unread == ()
    return report(problems, EN)


def gone(folder: Path) -> set[str]:
    return {str(dict(p.message.params)["ref"]) for p in gone_since(folder, "old")[0]}


def test_nothing_is_gone_where_nothing_is_gone(folder: Path) -> None:
    edit(folder, "checklists/leave.yml", "答应的事写下了吗？", "答应的都写下了吗？")
    assert told(folder) == "No problems.\n"


def test_a_file_that_is_gone_is_told_where_the_line_belongs(folder: Path) -> None:
    (folder / "playbook_data" / "guides" / "visit.yml").unlink()
    assert told(folder) == (
        "playbook_data/playbook.yml:1:1: “guide:visit” stood at "
        "playbook_data/guides/visit.yml:1:1 in old, and is gone. [vanished]\n"
        "    Write into retired.yml what stands for it: “guide:visit: guide:…”. "
        "Or give it its id back.\n"
        "1 error\n"
    )


def test_what_was_renamed_is_guessed(folder: Path) -> None:
    data = folder / "playbook_data"
    (data / "scripts" / "leaving.yml").rename(data / "scripts" / "wants-to-stop.yml")
    edit(folder, "scripts/wants-to-stop.yml", "id: leaving", "id: wants-to-stop")
    assert told(folder) == (
        "playbook_data/scripts/wants-to-stop.yml:1:1: “script:leaving” stood at "
        "playbook_data/scripts/leaving.yml:1:1 in old, and is gone. [vanished]\n"
        "    Is it “script:wants-to-stop” now? Then write into retired.yml: "
        "“script:leaving: script:wants-to-stop”. Or give it its id back.\n"
        "1 error\n"
    )


def test_an_item_that_was_renamed_is_told_at_its_list(folder: Path) -> None:
    edit(folder, "checklists/leave.yml", "  decider: ", "  owner: ")
    assert told(folder) == (
        "playbook_data/checklists/leave.yml:1:1: “checklist:leave#decider” stood at "
        "playbook_data/checklists/leave.yml:7:3 in old, and is gone. [vanished]\n"
        "    Is it “checklist:leave#owner” now? Then write into retired.yml: "
        "“checklist:leave#decider: checklist:leave#owner”. Or give it its id back.\n"
        "1 error\n"
    )


@pytest.mark.parametrize(
    ("name", "old", "new", "ref"),
    [
        ("rhythms.yml", "call-silver:", "ring-silver:", "rhythm:call-silver"),
        ("tiers/tier.yml", "  silver:", "  bronze:", "class:tier/silver"),
        ("roles.yml", "rep:", "salesman:", "role:rep"),
        ("measures/service.yml", "    call:", "    ring:", "measure:call"),
        ("scripts/leaving.yml", "  tired:", "  weary:", "script:leaving#tired"),
        ("guides/visit.yml", "      listen:", "      hear:", "guide:visit#steps.listen"),
        ("moments/door.yml", "  how:", "  open:", "moment:door#how"),
        ("slots.yml", "客户称呼:", "怎么称呼:", "slot:客户称呼"),
    ],
)
def test_every_kind_of_id_is_missed(folder: Path, name: str, old: str, new: str, ref: str) -> None:
    edit(folder, name, old, new)
    assert ref in gone(folder)


def test_a_line_in_retired_settles_it_for_the_whole_and_its_parts(folder: Path) -> None:
    data = folder / "playbook_data"
    (data / "checklists" / "leave.yml").unlink()
    edit(folder, "scripts/leaving.yml", "  tired:", "  weary:")
    assert gone(folder) == {"checklist:leave", "script:leaving#tired"}
    (data / "retired.yml").write_text(
        "checklist:leave: script:leaving\nscript:leaving#tired: script:leaving#weary\n",
        encoding="utf-8",
    )
    assert gone(folder) == set()


def test_what_a_change_withdraws_is_still_written(folder: Path) -> None:
    changes = folder / "playbook_data" / "changes"
    changes.mkdir()
    (changes / "a.yml").write_text(
        "id: a\ntitle: 撤\neffective_from: 2026-01-01\nwhy: 少用\n"
        "withdraw:\n  guide:visit: {why: 少用}\n",
        encoding="utf-8",
    )
    assert gone(folder) == set()


def test_a_file_that_cannot_be_read_today_is_not_taken_for_gone(folder: Path) -> None:
    (folder / "playbook_data" / "guides" / "visit.yml").write_text("id: [", encoding="utf-8")
    assert gone(folder) == set()


def test_a_project_in_a_folder_of_its_repository(tmp_path: Path) -> None:
    folder = committed(lay("small", tmp_path / "r" / "手册" / "p"), tmp_path / "r")
    (folder / "playbook_data" / "guides" / "visit.yml").unlink()
    assert gone(folder) == {"guide:visit"}


def test_what_could_not_be_read_then_is_named(folder: Path) -> None:
    visit = folder / "playbook_data" / "guides" / "visit.yml"
    good = visit.read_text(encoding="utf-8")
    visit.write_text(good + "parts: [\n", encoding="utf-8")
    edit(folder, "roles.yml", "rep:", "salesman:")
    git(folder, "commit", "-q", "-a", "-m", "broken")
    visit.write_text(good, encoding="utf-8")
    edit(folder, "roles.yml", "salesman:", "rep:")
    problems, unread = gone_since(folder, "HEAD")
    assert {str(dict(p.message.params)["ref"]) for p in problems} == {"role:salesman"}
    assert {place.file for place in unread} >= {"playbook_data/guides/visit.yml"}


def command(folder: Path, revision: str, **env: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "baodian", "check", "--project", str(folder), "--lang", "en",
         "--since", revision],
        env={**os.environ, **NOBODY, **env}, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("revision", ["nowhere", "--help", "", "HEAD:README", "a b", "@{9}"])
def test_an_unknown_revision_is_one_sentence(folder: Path, revision: str) -> None:
    with pytest.raises(NoHistory) as unknown, at(folder, revision):
        pass
    assert EN.text(unknown.value.message) == f"git knows no revision “{revision}”."


def test_the_command_says_what_stands_in_its_way_in_one_sentence(
    folder: Path, tmp_path: Path
) -> None:
    code, said = command(folder, "nowhere")
    assert (code, "git knows no revision “nowhere”." in said) == (2, True)

    (folder / "playbook_data" / "guides" / "visit.yml").unlink()
    edit(folder, "moments/door.yml", "choose:\n  how: {ask: 怎么开口, go: guide:visit}\n", "")
    code, said = command(folder, "old")
    assert code == 1
    assert re.search(r"guide:visit” stood at .* \[vanished\]", said)

    code, said = command(folder, "old", PATH=str(tmp_path))
    assert (code, "git is not installed here" in said) == (2, True)

    shutil.rmtree(folder / ".git")
    code, said = command(folder, "old", GIT_CEILING_DIRECTORIES=str(tmp_path))
    assert (code, "This folder is in no git repository." in said) == (2, True)


def test_a_shallow_clone_says_how_to_get_the_rest(folder: Path, tmp_path: Path) -> None:
    edit(folder, "roles.yml", "rep:", "salesman:")
    git(folder, "commit", "-q", "-a", "-m", "after")
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "-q", "--depth", "1", folder.as_uri(), str(shallow))
    with pytest.raises(NoHistory) as refused, at(shallow, "HEAD~1"):
        pass
    assert "git fetch --unshallow" in EN.text(refused.value.message)


def test_a_revision_before_there_was_a_handbook(tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "README").write_text("x", encoding="utf-8")
    committed(tmp_path / "p")
    lay("small", tmp_path / "new")
    shutil.copytree(tmp_path / "new", tmp_path / "p", dirs_exist_ok=True)
    with pytest.raises(NoHistory) as refused, at(tmp_path / "p", "old"):
        pass
    assert EN.text(refused.value.message) == "At “old” there is no playbook_data/ here."
