"""Old addresses: what is retired or withdrawn leads on to its successor, without any script."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

import pytest
from conftest import TODAY
from outlines import lay
from small_site import asset

from baodian.build import build
from baodian.export import single
from baodian.read import read
from baodian.said.messages import words
from baodian.terminal import Progress

EN, QUIET = words("en"), Progress(quiet=True)
RETIRED = """
script:old-talk: script:leaving
script:older-talk: script:old-talk
script:parting: guide:visit
role:boss: role:supervisor
term:bronze-card: guide:visit
class:tier/bronze: class:tier/silver
transition:bronze-to-silver: transition:silver-to-gold
checklist:leave#seat: checklist:leave#decider
checklist:leave#said: script:leaving#money
checklist:gone#seat: checklist:leave#decider
script:leaving#rich: script:leaving#tired
"""
GOODBYE = """
id: goodbye
title: 好聚好散
group: talk
form: message
for: tier/*
message: 谢谢您这两年。
"""
CHANGE = """
id: no-goodbye
title: 不再告别
effective_from: 2026-11-01
why: 用得少
approved_by: 合规
withdraw:
  script:goodbye: {why: 用得少, successor: script:old-talk}
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = lay("small", tmp_path_factory.mktemp("moved") / "p")
    data = folder / "playbook_data"
    (data / "retired.yml").write_text(RETIRED, encoding="utf-8")
    (data / "scripts" / "goodbye.yml").write_text(GOODBYE, encoding="utf-8")
    (data / "changes").mkdir()
    change = CHANGE.replace("script:old-talk", "script:leaving")
    (data / "changes" / "no-goodbye.yml").write_text(change, encoding="utf-8")
    with (data / "playbook.yml").open("a", encoding="utf-8") as settings:
        settings.write("audiences: {partner: {name: 伙伴版, kinds: [script, role]}}\n")
    with (folder / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write("\nsite_url: https://handbook.yuanqiao-auto.cn/sales/\n")
    build(folder, TODAY, EN, QUIET, strict=True)
    return folder


def text(site: Path, name: str) -> str:
    return (site / name).read_text(encoding="utf-8")


PAGES = {
    "scripts/old-talk.html": "scripts/leaving.html",
    "scripts/older-talk.html": "scripts/leaving.html",  # to the end of the chain
    "scripts/parting.html": "guides/visit.html",
    "scripts/goodbye.html": "scripts/leaving.html",
    "customers/tier/bronze.html": "customers/tier/silver.html",
}


@pytest.mark.parametrize("old", PAGES)
def test_a_small_page_stands_at_the_old_address(project: Path, old: str) -> None:
    page = text(project / "site", old)
    links = re.findall(r'<a href="([^"]+)"', page)
    assert [posixpath.normpath(posixpath.join(posixpath.dirname(old), a)) for a in links] == [
        PAGES[old]
    ]
    assert f'rel="canonical" href="https://handbook.yuanqiao-auto.cn/sales/{PAGES[old]}"' in page
    assert '<html lang="zh-CN">' in page
    assert "现在在：" in page
    assert ("好聚好散" in page) == (old == "scripts/goodbye.html")
    assert not re.search("<script|onload", page)
    assert re.findall('http-equiv="([^"]*)"', page) == ["Content-Security-Policy"]
    (sheet,) = re.findall(r'rel="stylesheet" href="([^"]+)"', page)
    assert (project / "site" / posixpath.dirname(old) / sheet).resolve().is_file()


def test_they_are_in_no_search_navigation_or_list(project: Path) -> None:
    site = project / "site"
    data = [asset(site, f"search/{n}.js").relative_to(site).as_posix() for n in (1, 2)]
    for name in (*data, "search.html", "sitemap.xml", "index.html",
                 "scripts/index.html", "handbook.html"):  # fmt: skip
        assert not re.search(r"old-talk|older-talk|parting|scripts/goodbye\b", text(site, name))
    assert "scripts/old-talk.html" in text(site, "offline.json")  # but kept on devices
    assert "old-talk" not in single.handbook(project, read(project, TODAY), EN, QUIET).decode()


@pytest.mark.parametrize(
    ("page", "old", "new"),
    [
        ("roles.html", "boss", "supervisor"),
        ("checklists/leave.html", "seat", "decider"),
        ("scripts/leaving.html", "rich", "tired"),
    ],
)
def test_an_old_place_is_where_its_successor_is(
    project: Path, page: str, old: str, new: str
) -> None:
    html = text(project / "site", page)
    assert len(re.findall(rf'\bid="{old}"', html)) == 1
    between = html[html.index(">", html.index(f'id="{new}"')) : html.index(f'id="{old}"')]
    assert re.sub("<[^>]*>?", "", between.removeprefix(">")) == ""  # nothing to read between


@pytest.mark.parametrize(
    ("page", "old", "to"),
    [
        ("glossary.html", "bronze-card", "guides/visit.html"),
        ("customers/tier.html", "bronze", "tier/silver.html"),
        ("checklists/leave.html", "said", "../scripts/leaving.html#money"),
        ("moves.html", "bronze-to-silver", "moves/silver-to-gold.html"),
    ],
)
def test_an_old_place_whose_successor_is_elsewhere_leads_there(
    project: Path, page: str, old: str, to: str
) -> None:
    html = text(project / "site", page)
    line = re.search(rf'<p id="{old}">(.*?)</p>', html)
    assert line
    assert f'href="{to}"' in line[1]
    assert html.index("</article>") < line.start()  # so no search finds it


def test_the_part_of_a_page_that_is_gone_too_leads_nowhere(project: Path) -> None:
    assert not (project / "site" / "checklists" / "gone.html").exists()


def test_an_edition_without_the_successor_has_no_old_page(project: Path) -> None:
    build(project, TODAY, EN, QUIET, strict=True, audience="partner")
    site = project / "site-partner"
    old = {name for name in PAGES if (site / name).exists()}
    assert old == {
        "scripts/old-talk.html",
        "scripts/older-talk.html",
        "scripts/goodbye.html",
    }
    assert 'id="boss"' in text(site, "roles.html")
    assert "bronze" not in "".join(text(site, p.as_posix()) for p in site.rglob("*.html"))
