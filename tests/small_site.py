"""A hand-made site of a few pages, and a project folder around it, for the tests of the build."""

import datetime
import re
from dataclasses import replace
from pathlib import Path

from baodian.page import (
    Bullets,
    Checklist,
    Crumb,
    Heading,
    Item,
    ItemGroup,
    Lead,
    Link,
    NavSection,
    Origin,
    Page,
    Paragraph,
    Site,
    Text,
    line,
)
from baodian.read import Read
from baodian.said.messages import words
from baodian.said.problems import At

TODAY = datetime.date(2026, 12, 1)
MKDOCS = """\
site_name: replaced
docs_dir: content
repo_url: https://git.far-bridge.cn/a/b
edit_uri: edit/main/content/
theme:
  name: material
plugins:
  - baodian
"""
ABOUT = """\
---
title: 关于本手册
navigation: true
---
# 关于本手册

见 [话术一](scripts/one.md#open)。
"""


def asset(site: Path, name: str) -> Path:
    """Return the one file of a site that has a name, `js/site.js`, with its digest in it."""
    stem, _, ending = name.rpartition(".")
    lasting = re.compile(rf"{re.escape(stem)}\.[0-9a-f]{{8}}\.{ending}")
    files = (path for path in site.rglob(f"*.{ending}"))
    (found,) = (p for p in files if lasting.fullmatch(p.relative_to(site).as_posix()))
    return found


def script(id_: str, title: str) -> Page:
    entity = f"script:{id_}"
    at = At(f"playbook_data/scripts/{id_}.yml", 7)
    return Page(
        address=f"scripts/{id_}.html",
        title=title,
        kind="script",
        section="scripts",
        entity=entity,
        source=At(f"playbook_data/scripts/{id_}.yml"),
        trail=(Crumb("话术", "scripts/index.html"),),
        blocks=(
            Lead(line("一句话。"), Origin(entity, home=True)),
            Heading("怎么说", "open", origin=Origin(entity, "open", at, home=True)),
            Paragraph((Text("看 "), Link("首页", "index.html"))),
        ),
        holds=frozenset({entity, f"{entity}#open"}),
    )


def checklist() -> Page:
    entity = "checklist:leave"
    items = tuple(
        Item(i, line(f"第 {i} 项"), origin=Origin(entity, i, At("x.yml"), home=True))
        for i in ("door", "till")
    )
    group = ItemGroup("all", "", items)
    return Page(
        address="checklists/leave.html",
        title="离店自查",
        kind="checklist",
        section="checklists",
        entity=entity,
        blocks=(
            Checklist("list", (group,), Origin(entity, home=True)),
            Bullets(((line("别忘了"), None),)),
        ),
        holds=frozenset({entity, f"{entity}#door", f"{entity}#till"}),
    )


def index(address: str, title: str, section: str) -> Page:
    return Page(
        address=address,
        title=title,
        kind="index",
        section=section,
        blocks=(Paragraph(line(title)),),
        in_nav=True,
    )


SITE = Site(
    name="小手册 <1>",
    company="某公司",
    notice="示例。",
    language="zh-CN",
    version="2026.12",
    effective_from="2026-12-01",
    owner="销售运营部",
    pages=(
        index("index.html", "首页", "home"),
        index("scripts/index.html", "话术", "scripts"),
        replace(script("one", "话术一 & “<b>”"), after=Crumb("话术二", "scripts/two.html")),
        replace(script("two", "话术二"), before=Crumb("话术一", "scripts/one.html")),
        checklist(),
        index("search.html", "全部条目", "home"),
    ),
    navigation=(
        NavSection("home", "首页", "home", "index.html"),
        NavSection("scripts", "话术", "forum", "scripts/index.html"),
        NavSection(
            "checklists",
            "自查",
            "clipboard-check",
            "checklists/leave.html",
        ),
    ),
)


def small_read(site: Site = SITE) -> Read:
    return Read(site, words("en"), TODAY)


def project(folder: Path) -> Path:
    """Write the files around the small site: settings and one hand-written page."""
    (folder / "playbook_data").mkdir(parents=True)
    (folder / "content").mkdir()
    (folder / "mkdocs.yml").write_text(MKDOCS, encoding="utf-8")
    (folder / "content" / "about.md").write_text(ABOUT, encoding="utf-8")
    return folder
