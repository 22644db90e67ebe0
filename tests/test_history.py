"""What git tells of `playbook_data/`: how it stood at the end of each day, and if it still does."""

from __future__ import annotations

import datetime
import os
import subprocess
from pathlib import Path

import pytest
from test_since import NOBODY, git

from baodian import history

SINCE = datetime.date(2026, 1, 1)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def commit(root: Path, when: str, **files: str) -> str:
    """Write files below `root`, `a__b` as `a/b`, and commit them at a moment."""
    for name, text in files.items():
        path = root / (name.replace("__", "/") + ".yml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    git(root, "add", "-A")
    env = {**os.environ, **NOBODY, "GIT_COMMITTER_DATE": when, "GIT_AUTHOR_DATE": when}
    message = ("commit", "-q", "--allow-empty", "-m", "x")
    subprocess.run(["git", "-C", str(root), *message], env=env, check=True, capture_output=True)
    done = subprocess.run(["git", "-C", str(root), "rev-parse", "HEAD"], capture_output=True,
                          text=True, check=True)  # fmt: skip
    return done.stdout.strip()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q", "-b", "main")
    return tmp_path


def stood(days: history.Days) -> list[tuple[str, str]]:
    return [(str(one.day), one.revision) for one in days.stood]


def test_of_each_day_the_last_revision_counts_and_what_came_before_is_told(root: Path) -> None:
    old = commit(root, "2025-05-05T10:00:00+08:00", playbook_data__a="1")
    commit(root, "2026-02-02T08:00:00+08:00", playbook_data__a="2")
    second = commit(root, "2026-02-02T23:59:00+08:00", playbook_data__a="3")
    commit(root, "2026-02-03T08:00:00+08:00", README="nothing of ours")
    third = commit(root, "2026-02-05T00:10:00+08:00", playbook_data__b="4")
    days = history.days(root, SINCE)
    assert stood(days) == [("2026-02-02", second), ("2026-02-05", third)]
    assert days.before is not None
    assert days.before.tree == tree(root, old)
    assert [one.tree for one in days.stood] == [tree(root, second), tree(root, third)]
    assert days.whole


def tree(root: Path, revision: str, folder: str = "playbook_data") -> str:
    name = f"{revision}:{folder}"
    done = subprocess.run(["git", "-C", str(root), "rev-parse", name], capture_output=True,
                          text=True, check=True)  # fmt: skip
    return done.stdout.strip()


def test_the_first_revision_of_all_has_nothing_before_it(root: Path) -> None:
    first = commit(root, "2026-02-02T08:00:00+08:00", playbook_data__a="1")
    days = history.days(root, SINCE)
    assert stood(days) == [("2026-02-02", first)]
    assert days.before is None
    later = history.days(root, day("2026-03-01"))
    assert later.stood == ()
    assert later.before is not None
    assert later.before.tree == tree(root, first)


def test_a_merge_is_one_step_and_a_clock_that_ran_slow_turns_no_day_back(root: Path) -> None:
    commit(root, "2026-02-02T08:00:00+08:00", playbook_data__a="1")
    git(root, "checkout", "-q", "-b", "side")
    commit(root, "2026-02-03T08:00:00+08:00", playbook_data__b="2")
    git(root, "checkout", "-q", "main")
    main = commit(root, "2026-02-04T08:00:00+08:00", playbook_data__c="3")
    env = {**os.environ, **NOBODY, "GIT_COMMITTER_DATE": "2026-02-06T08:00:00+08:00"}
    merge = ["git", "-C", str(root), "merge", "-q", "--no-ff", "-m", "m", "side"]
    subprocess.run(merge, env=env, check=True, capture_output=True)
    late = commit(root, "2026-02-05T08:00:00+08:00", playbook_data__d="4")
    days = history.days(root, SINCE)
    assert [one for one, _ in stood(days)] == ["2026-02-02", "2026-02-04", "2026-02-06"]
    assert stood(days)[1][1] == main
    assert stood(days)[2][1] == late


def test_a_project_inside_its_repository_is_told_alone(root: Path) -> None:
    one = commit(root, "2026-02-02T08:00:00+08:00", **{"书[1]__playbook_data__a": "1"})
    commit(root, "2026-02-03T08:00:00+08:00", other__playbook_data__a="1")
    days = history.days(root / "书[1]", SINCE)
    assert stood(days) == [("2026-02-02", one)]
    assert days.stood[0].tree == tree(root, one, "书[1]/playbook_data")
    assert not history.differs(root / "书[1]", days.stood[0].tree)


def test_a_shallow_copy_says_that_it_is_not_whole(root: Path, tmp_path: Path) -> None:
    commit(root, "2026-02-02T08:00:00+08:00", playbook_data__a="1")
    commit(root, "2026-02-03T08:00:00+08:00", playbook_data__a="2")
    copy = tmp_path / "copy"
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{root}", str(copy))
    days = history.days(copy, SINCE)
    assert [str(one.day) for one in days.stood] == ["2026-02-03"]
    assert (days.before, days.whole) == (None, False)


def test_what_is_not_committed_differs(root: Path) -> None:
    commit(root, "2026-02-02T08:00:00+08:00", playbook_data__a="1", playbook_data__in__b="2")
    stands = history.days(root, SINCE).stood[-1].tree
    assert not history.differs(root, stands)
    (root / "playbook_data" / "note.txt").write_text("no data")
    assert not history.differs(root, stands)
    new = root / "playbook_data" / "c.yml"
    new.write_text("3")
    assert history.differs(root, stands)
    new.unlink()
    (root / "playbook_data" / "in" / "b.yml").write_text("other")
    assert history.differs(root, stands)


def test_without_history_it_says_why(tmp_path: Path, root: Path) -> None:
    with pytest.raises(history.NoHistory):
        history.days(root, SINCE)  # nothing was committed yet
    elsewhere = tmp_path.parent / f"{tmp_path.name}-none"
    elsewhere.mkdir()
    with pytest.raises(history.NoHistory) as why:
        history.days(elsewhere, SINCE)
    assert why.value.message.msgid == "This folder is in no git repository."
