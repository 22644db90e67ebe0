"""Drafts of every kind: never published, and nothing links to them; `serve` shows them marked."""

from __future__ import annotations

import datetime
import posixpath
import re
import shutil
from pathlib import Path

import pytest

from baodian.build import build
from baodian.page import Page
from baodian.read import read
from baodian.said.messages import words
from baodian.terminal import Progress
from baodian.writers.html import render

ROOT = Path(__file__).parent.parent
SMALL = Path(__file__).parent / "small_playbook"
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


SMALL_DRAFTED = (
    "scripts/leaving",
    "checklists/leave",
    "guides/visit",
    "guides/tier/gold",
    "matrices/care",
    "moments/door",
)
LINK = re.compile(r'href="([^"#?]*)(?:\?[^"#]*)?(?:#([^"]*))?"')
ID = re.compile(r'\bid="([^"]*)"')


def drafts(folder: Path, names: tuple[str, ...], *rows: tuple[str, str, str]) -> Path:
    """Make drafts of whole files of a playbook, and of rows by replacing a pattern once."""
    for name in names:
        file = folder / "playbook_data" / f"{name}.yml"
        file.write_text(file.read_text(encoding="utf-8") + "\nstatus: draft\n", encoding="utf-8")
    for name, old, new in rows:
        file = folder / "playbook_data" / f"{name}.yml"
        text, changed = re.subn(old, new, file.read_text(encoding="utf-8"), count=1)
        assert changed == 1, name
        file.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped playbook with drafts of every kind."""
    folder = tmp_path_factory.mktemp("drafted")
    for name in ("content", "playbook_data"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    return drafts(
        folder,
        DRAFTED,
        ("rhythms", r"\{kind:", "{status: draft, kind:"),
        ("measures/sales", r"    sales-visit:\n", "    sales-visit:\n      status: draft\n"),
        ("escalation", r"(?m)^refund:\n", "refund:\n  status: draft\n"),
        ("transitions", r"gold-to-yellow-gold: \{", "gold-to-yellow-gold: {status: draft, "),
    )


@pytest.fixture(scope="module")
def shown(drafted: Path) -> dict[str, Page]:
    """Its pages by address, with the drafts."""
    return {p.address: p for p in read(drafted, DAY, drafts=True).site.pages}


def test_drafts_are_not_published_and_nothing_leads_to_them(
    drafted: Path, shown: dict[str, Page]
) -> None:
    site = read(drafted, DAY).site
    pages = {p.address: render(p, site, words("zh-CN")).html for p in site.pages}
    for gone in ("scripts/says-will-stop", "checklists/leave-shop", "moves/gold-to-yellow-gold"):
        assert f"{gone}.html" in shown
        assert f"{gone}.html" not in pages
    text = "".join(pages.values())
    assert "说清回话的日期" not in text  # a line of the drafted talk
    assert "让他觉得订得值" not in text  # the goal of the drafted class guide
    ids = {address: set(ID.findall(content)) for address, content in pages.items()}
    links = {
        (address, posixpath.normpath(posixpath.join(address, "..", href)) if href else address, id_)
        for address, content in pages.items()
        for href, id_ in LINK.findall(content)
        if ":" not in href
    }
    ours = [link for link in links if link[1] in pages or link[1] in shown]
    assert len(ours) > 1000
    assert [link for link in ours if link[1] not in pages] == []
    assert [link for link in ours if link[2] and link[2] not in ids[link[1]]] == []


def test_a_site_with_drafts_is_built_without_them(tmp_path: Path) -> None:
    project = drafts(
        Path(shutil.copytree(SMALL, tmp_path / "p")),
        SMALL_DRAFTED,
        ("rhythms", r"call-gold: \{", "call-gold: {status: draft, "),
        ("measures/service", r"visit: \{", "visit: {status: draft, "),
        ("escalation", r"refund: \{", "refund: {status: draft, "),
        ("transitions", r"silver-to-gold: \{", "silver-to-gold: {status: draft, "),
    )
    build(project, DAY, words("en"), Progress(quiet=True))  # verifies each link and each entity
    site = project / "site"
    for gone in ("scripts/leaving", "checklists/leave", "moves/silver-to-gold"):
        assert not (site / f"{gone}.html").exists()
    text = "".join(p.read_text(encoding="utf-8") for p in site.rglob("*.html"))
    assert "上个月的单子我带着" not in text  # a line of the drafted talk
    assert "让他愿意介绍朋友" not in text  # the goal of the drafted class guide


def test_serve_shows_drafts_and_marks_them(shown: dict[str, Page]) -> None:
    assert shown["scripts/says-will-stop.html"].draft
    assert shown["customers/activity/loyal.html"].draft
    assert not shown["scripts/urgent-notice.html"].draft
