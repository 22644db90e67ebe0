"""Sheets to act out a script: one for each that somebody answers in, made of its own data."""

from __future__ import annotations

import shutil
from pathlib import Path

from conftest import TODAY

from baodian.model.talk import walk
from baodian.page import Bullets, Checklist, Heading, Page, Steps, plain
from baodian.playbook import Playbook
from baodian.read import Read, read

SMALL = Path(__file__).parent / "small_playbook"


def sheets(given: Read) -> dict[str, Page]:
    """Return the sheets by the id of their script, those of cities left out."""
    found = (page for page in given.site.pages if page.kind == "practice" and not page.city)
    return {page.address.split("/")[1].removesuffix(".html"): page for page in found}


def test_every_script_that_somebody_answers_in_has_one(
    shipped: Playbook, shipped_read: Read
) -> None:
    made = sheets(shipped_read)
    scripts = shipped.scripts
    assert set(made) == {str(id_) for id_, script in scripts.items() if script.answers}
    assert len(made) > 60
    for id_, page in made.items():
        script = next(script for script in scripts.values() if script.id == id_)
        steps = next(block for block in page.blocks if isinstance(block, Steps))
        assert len(steps.steps) == len(script.answers)
        lists = [block for block in page.blocks if isinstance(block, Checklist)]
        items = {group.id: group.items for one in lists for group in one.groups}
        assert len({*items, "do", "record"}) <= len(tuple(walk(script.answers))) + 2
        assert len(items.get("do", ())) == len(script.do)
        assert len(items.get("record", ())) == len(script.record)


def test_what_a_script_does_not_say_is_not_on_its_sheet(tmp_path: Path) -> None:
    whole, project = tmp_path / "whole", tmp_path / "project"
    for folder in (whole, project):
        shutil.copytree(SMALL, folder)
    data = project / "playbook_data"
    file = data / "scripts" / "leaving.yml"
    told = file.read_text(encoding="utf-8").splitlines()
    dropped = ("do:", "dont:", "record:")
    kept = [line for line in told if not line.startswith(dropped)]
    file.write_text("\n".join(kept), encoding="utf-8")
    settings = data / "playbook.yml"
    lines = settings.read_text(encoding="utf-8").splitlines()
    lines = [line for line in lines if not line.startswith("never_say")]
    settings.write_text("\n".join(lines), encoding="utf-8")
    before, after = sheets(read(whole, TODAY))["leaving"], sheets(read(project, TODAY))["leaving"]
    headings = [[b.anchor for b in p.blocks if isinstance(b, Heading)] for p in (before, after)]
    assert headings == [
        ["h-persona", "h-partner", "h-rubric", "h-red-lines"],
        ["h-persona", "h-partner", "h-rubric"],
    ]
    red = next(block for block in before.blocks if isinstance(block, Bullets))
    assert [plain(line) for line, _ in red.lines] == ["当场答应退款", "说出这些词：最好、保证"]
