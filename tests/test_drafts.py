"""Drafts of every kind: never published, and nothing links to them; `serve` shows them marked."""

from __future__ import annotations

import datetime
import re
import shutil
from pathlib import Path

import pytest

from baodian.build import build
from baodian.read import read
from baodian.report import Progress
from baodian.said.messages import words

ROOT = Path(__file__).parent.parent
DAY = datetime.date(2026, 12, 1)
DRAFTED = (
    "scripts/says-will-stop",
    "scripts/tier-changed",
    "checklists/leave-shop",
    "guides/borrow-strength",
    "guides/activity/loyal",
    "cases/loyal-lost-and-back",
    "matrices/service",
    "moments/refused",
    "customer_types/shop-kind",
)


@pytest.fixture
def drafted(tmp_path: Path) -> Path:
    for name in ("content", "playbook_data"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    for name in DRAFTED:
        file = tmp_path / "playbook_data" / f"{name}.yml"
        file.write_text(file.read_text(encoding="utf-8") + "\nstatus: draft\n", encoding="utf-8")
    for name, old, new in (
        ("rhythms", r"\{kind:", "{status: draft, kind:"),
        ("measures/sales", r"    sales-visit:\n", "    sales-visit:\n      status: draft\n"),
        ("escalation", r"(?m)^refund:\n", "refund:\n  status: draft\n"),
        ("transitions", r"gold-to-yellow-gold: \{", "gold-to-yellow-gold: {status: draft, "),
    ):
        file = tmp_path / "playbook_data" / f"{name}.yml"
        text, changed = re.subn(old, new, file.read_text(encoding="utf-8"), count=1)
        assert changed == 1, name
        file.write_text(text, encoding="utf-8")
    return tmp_path


def test_drafts_are_not_published_and_nothing_breaks(drafted: Path) -> None:
    build(drafted, DAY, words("en"), Progress(quiet=True))
    site = drafted / "site"
    for gone in ("scripts/says-will-stop", "checklists/leave-shop", "moves/gold-to-yellow-gold"):
        assert not (site / f"{gone}.html").exists()
    text = "".join(p.read_text(encoding="utf-8") for p in site.rglob("*.html"))
    assert "说清回话的日期" not in text  # a line of the drafted talk
    assert "让他觉得订得值" not in text  # the goal of the drafted class guide


def test_serve_shows_drafts_and_marks_them(drafted: Path) -> None:
    pages = {p.address: p for p in read(drafted, DAY, drafts=True).site.pages}
    assert pages["scripts/says-will-stop.html"].draft
    assert pages["customers/activity/loyal.html"].draft
    assert not pages["scripts/urgent-notice.html"].draft
