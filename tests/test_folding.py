"""A change folded into the things: every edition from its day on stays what it was."""

import datetime
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from found import problems_of

from baodian.editing import files, folding
from baodian.editing.folding import folded
from baodian.editing.typed import Written
from baodian.read import read
from baodian.said.problems import BadRequestError
from baodian.writers.outline import outline

ROOT = Path(__file__).parent.parent
DAY = datetime.date(2028, 1, 1)
PLACE = re.compile(r" @[^>]*(?=>)| (?=>)|^source: .*", re.MULTILINE)
LISTS = ("search.html", "health.html")
CHANGES = ("dead-after-75-days", "yearly-report", "no-experience-trip")


def said(project: Path) -> dict[str, str]:
    """Return what every page says, without the places in files that it comes from."""
    pages = read(project, DAY).site.pages
    texts = {page.address: PLACE.sub("", outline(page)) for page in pages}
    # what was added stands beside its kind then: in lists of all it comes earlier
    return {a: "\n".join(sorted(t.split("\n"))) if a.endswith(LISTS) else t
            for a, t in texts.items()}  # fmt: skip


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    """Return a copy of the shipped playbook."""
    for name in ("playbook_data", "content"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    return tmp_path


def fold(project: Path, id_: str, day: datetime.date = DAY) -> None:
    files.write(folded(Written(project), id_, day))


def test_all_pages_say_the_same_after_three_changes_are_folded(shipped: Path) -> None:
    before = said(shipped)
    for id_ in CHANGES:
        fold(shipped, id_)
    after = said(shipped)
    assert "75" in (shipped / "playbook_data/parameters.yml").read_text("utf-8")
    assert (shipped / "playbook_data/scripts/yearly-report.yml").exists()
    assert before.keys() == after.keys()
    different = {a: (before[a], after[a]) for a in before if before[a] != after[a]}
    assert not different
    assert problems_of(shipped, DAY) == ()


CHANGE = """\
# why it is so
id: closer
title: 金卡客户联系得更勤
effective_from: 2026-06-01
why: 半个月不联系就生分了
approved_by: 总监
change:
  param:gold-cycle: {default: 10}   # days
"""
CITY = """\
id: south
name: 南市
kind: city
approved_by: 总监
change:
  param:gold-cycle: {default: 8, why: 店多}
"""


@pytest.fixture
def small(tmp_path: Path) -> Callable[..., Path]:
    """Return what lays the small playbook with more files of `playbook_data/`."""

    def lay(**more: str) -> Path:
        shutil.copytree(ROOT / "tests" / "small_playbook", tmp_path, dirs_exist_ok=True)
        for name, text in more.items():
            path = tmp_path / "playbook_data" / f"{name.replace('__', '/')}.yml"
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path

    return lay


def test_a_folded_change_keeps_its_notes_and_tells_what_was(small: Callable[..., Path]) -> None:
    project = small(changes__closer=CHANGE)
    fold(project, "closer")
    text = (project / "playbook_data/changes/closer.yml").read_text("utf-8")
    assert text == CHANGE.replace(
        "why: 半", "folded: 2028-01-01\nwhy: 半"
    ).replace("change:\n", "was:\n  param:gold-cycle: {default: 15}\nchange:\n")  # fmt: skip
    values = (project / "playbook_data/parameters.yml").read_text("utf-8")
    assert values == (ROOT / "tests/small_playbook/playbook_data/parameters.yml").read_text(
        "utf-8"
    ).replace("default: 15", "default: 10")


@pytest.mark.parametrize(
    ("change", "more", "why"),
    [
        (CHANGE.replace("2026-06-01", "2029-06-01"), {}, "is not in force before"),
        (CHANGE + "effective_until: 2030-01-01\n", {}, "ends on"),
        (CHANGE + "status: draft\n", {}, "is a draft"),
        (CHANGE + "folded: 2027-01-01\n", {}, "is folded already"),
        (CHANGE, {"overlays__south": CITY}, "changes “{ref}” too"),
        (CHANGE.replace("{default: 10}", "{default: 10, effective_from: 2029-01-01}"), {},
         "is not in force before"),
    ],
)  # fmt: skip
def test_what_cannot_be_folded_is_refused(
    small: Callable[..., Path], change: str, more: dict[str, str], why: str
) -> None:
    project = small(changes__closer=change, **more)
    with pytest.raises(BadRequestError) as refused:
        fold(project, "closer")
    assert why in refused.value.message.msgid


def test_a_change_that_is_not_there_is_refused_with_what_is_meant(
    small: Callable[..., Path],
) -> None:
    with pytest.raises(BadRequestError) as refused:
        fold(small(changes__closer=CHANGE), "closr")
    assert refused.value.hint is not None
    assert dict(refused.value.hint.params) == {"near": "closer"}


def test_what_would_alter_an_edition_is_refused(
    small: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    project = small(changes__closer=CHANGE)
    monkeypatch.setattr(folding, "_short", lambda old, new: {**new, "default": "9"})
    with pytest.raises(BadRequestError) as refused:
        fold(project, "closer")
    assert refused.value.message.msgid == "Folding would change “{ref}” on {day}."
    assert (project / "playbook_data/changes/closer.yml").read_text("utf-8") == CHANGE
