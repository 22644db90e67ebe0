"""The plugin inside a real MkDocs: where pages land, what they carry, and what it refuses."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from small_site import SITE, project, small_read

from baodian import mkdocs_plugin
from baodian.mkdocs_plugin import plugin
from baodian.mkdocs_plugin.addresses import contents
from baodian.page import Crumb, NavSection
from baodian.publish.finish import finish
from baodian.publish.ours import mark
from baodian.read import Read
from baodian.said.messages import msg
from baodian.said.problems import At, PlaybookError, Problem


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return project(tmp_path / "project")


def written(folder: Path, found: Read | None = None) -> dict[str, str]:
    """Return every HTML file that MkDocs framed, as it is published."""
    out = folder / "out"
    book = found or small_read()
    framed = mkdocs_plugin.frame(folder, book, out)
    assert framed.warnings == ()
    finish(framed, book)
    return {
        p.relative_to(out).as_posix(): p.read_text(encoding="utf-8")
        for p in out.rglob("*.html")
        if p.name != "handbook.html"  # the same pages in one file
    }


def settings(folder: Path, old: str, new: str) -> None:
    file = folder / "mkdocs.yml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_every_page_lands_at_its_address(folder: Path) -> None:
    settings(folder, "docs_dir", "use_directory_urls: true\ndocs_dir")
    assert set(written(folder)) == {p.address for p in SITE.pages} | {"404.html", "about.html"}


def test_titles_are_text_not_markup(folder: Path) -> None:
    evil = replace(SITE.pages[2], title="</title><script>alert(1)</script>", after=None)
    site = replace(SITE, pages=(*SITE.pages[:2], evil, SITE.pages[3], SITE.pages[4]))
    page = written(folder, small_read(site))["scripts/one.html"]
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "小手册 &lt;1&gt;" in page


def test_company_and_author_are_text_not_markup(folder: Path) -> None:
    evil = '"><script>alert(1)</script>'
    settings(folder, "docs_dir", f"site_author: '{evil}'\ndocs_dir")
    site = replace(SITE, company=evil)
    for name, page in written(folder, small_read(site)).items():
        assert "<script>alert" not in page, name
        assert 'name="author" content="&#34;&gt;&lt;script&gt;' in page, name


def test_the_head_of_a_handwritten_page_is_text_not_markup(folder: Path) -> None:
    head = """title: '<script>alert(1)</script>'\ndescription: '"><script>alert(1)</script>'\n"""
    text = f"---\nnavigation: true\n{head}---\n# x\n"
    (folder / "content" / "evil.md").write_text(text, encoding="utf-8")
    for name, page in written(folder).items():
        assert "<script>alert" not in page, name


def test_edit_links_go_to_the_line(folder: Path) -> None:
    base = "https://git.far-bridge.cn/a/b/edit/main/"
    first = f'href="{base}playbook_data/scripts/one.yml#L1"'
    page = written(folder)["scripts/one.html"]
    assert first in page
    assert 'data-at="#L7"' in page  # the script makes a link of it
    settings(folder, "edit_uri: edit/main/content/\n", "")
    assert first in written(folder)["scripts/one.html"]


def test_without_a_repository_there_are_no_edit_links(folder: Path) -> None:
    settings(folder, "repo_url: https://git.far-bridge.cn/a/b\nedit_uri: edit/main/content/\n", "")
    assert not [name for name, page in written(folder).items() if "/edit/" in page]


@pytest.mark.parametrize("host", ["git.example.com", "example.org", "git.firm.example", "h.test"])
def test_an_address_that_only_shows_how_one_is_written_gives_no_pencil(
    folder: Path, host: str
) -> None:
    settings(folder, "https://git.far-bridge.cn/a/b", f"https://{host}/a/b")
    assert not [name for name, page in written(folder).items() if "bd-edit" in page]


def test_no_widget_that_asks_the_repository_host(folder: Path) -> None:
    settings(folder, "https://git.far-bridge.cn/a/b", "https://github.com/a/b")
    pages = written(folder)
    assert "https://github.com/a/b/edit/main/playbook_data" in pages["scripts/one.html"]
    assert not [name for name, page in pages.items() if 'data-md-component="source"' in page]


def test_navigation_is_lean_and_lights_the_chapter(folder: Path) -> None:
    page = written(folder)["scripts/two.html"]
    nav = page[page.index("md-nav--primary") : page.index("md-sidebar--secondary")]
    assert re.findall(r'href="([^"]+)" class="md-nav__link', nav) == [
        "../index.html",
        "index.html",
        "../checklists/leave.html",
        "../about.html",
    ]
    active = re.findall(r'md-nav__item--active">\s*<a href="([^"]+)"', nav)
    assert active == ["index.html"]


def test_a_chapter_with_pages_lists_them(folder: Path) -> None:
    chapter = NavSection(
        "scripts", "话术", "forum", "scripts/index.html", (Crumb("一", "scripts/one.html"),)
    )
    site = replace(SITE, navigation=(SITE.navigation[0], chapter))
    page = written(folder, small_read(site))["scripts/two.html"]
    nav = page[page.index("md-nav--primary") : page.index("md-sidebar--secondary")]
    assert 'href="one.html"' in nav
    assert re.search(r"md-nav__item--active[^>]*md-nav__item--nested", nav)


def test_neighbours_are_the_pages_own(folder: Path) -> None:
    pages = written(folder)
    assert '<link rel="next" href="two.html">' in pages["scripts/one.html"]
    assert '<link rel="prev"' not in pages["scripts/one.html"]
    assert '<link rel="prev" href="one.html">' in pages["scripts/two.html"]


def test_contents_nest_by_level() -> None:
    toc = contents([(2, "甲", "a"), (3, "乙 <b>", "b"), (2, "丙", "c")])
    assert [(link.title, [c.title for c in link.children]) for link in toc] == [
        ("甲", ["乙 &lt;b&gt;"]),
        ("丙", []),
    ]


def test_markdown_pages_are_expanded_with_links_from_where_they_stand(folder: Path) -> None:
    (folder / "content" / "deep").mkdir()
    (folder / "content" / "deep" / "page.md").write_text("见【x】。", encoding="utf-8")

    def expand(text: str, href: object) -> str:
        assert callable(href)
        return text.replace("【x】", f"[一]({href('scripts/one.html#open')})")

    page = written(folder, replace(small_read(), expand=expand))["deep/page.html"]
    assert '<a href="../scripts/one.html#open">一</a>' in page


def test_a_handwritten_page_at_the_address_of_ours_is_refused(folder: Path) -> None:
    (folder / "content" / "index.md").write_text("# 首页", encoding="utf-8")
    with pytest.raises(PlaybookError) as caught:
        mkdocs_plugin.frame(folder, small_read(), folder / "out")
    assert [(p.code, p.at.file) for p in caught.value.problems] == [
        ("address-clash", "content/index.md")
    ]
    assert not (folder / "out").exists()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  - baodian\n", "", "baodian"),
        ("site_name: replaced", "site_name: [", "mkdocs.yml"),
        ("site_name: replaced", "site_name: 5", "site_name"),
        ("- baodian", "- baodian\n  - serch", "serch"),
        ("docs_dir: content", "docs_dir: gone", "docs_dir"),
    ],
)
def test_mistakes_in_mkdocs_yml_are_problems(folder: Path, old: str, new: str, said: str) -> None:
    settings(folder, old, new)
    with pytest.raises(PlaybookError) as caught:
        mkdocs_plugin.frame(folder, small_read(), folder / "out")
    assert all(p.at.file == "mkdocs.yml" for p in caught.value.problems)
    assert said in str(caught.value.problems)


def test_plain_mkdocs_stops_at_data_errors_before_it_touches_site(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    problem = Problem("unknown-key", At("playbook_data/x.yml", 3), msg("This is wrong."))

    def broken(*_: object, **__: object) -> Read:
        raise PlaybookError([problem])

    monkeypatch.setattr(plugin, "read", broken)
    (folder / "site").mkdir()
    (folder / "site" / "index.html").write_text("last good", encoding="utf-8")
    mark(folder / "site")
    with pytest.raises(Abort):
        mkdocs_build(load_config(str(folder / "mkdocs.yml")))
    assert (folder / "site" / "index.html").read_text(encoding="utf-8") == "last good"
    assert "playbook_data/x.yml:3:1: This is wrong. [unknown-key]" in caplog.text


def test_plain_mkdocs_is_strict_about_warnings_only_if_asked(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    warning = Problem("long-line", At("playbook_data/x.yml", 3), msg("Too long."))
    monkeypatch.setattr(plugin, "read", lambda *_, **__: replace(small_read(), problems=(warning,)))
    mkdocs_build(load_config(str(folder / "mkdocs.yml")))
    with pytest.raises(Abort, match="1 warning"):
        mkdocs_build(load_config(str(folder / "mkdocs.yml"), strict=True))
    monkeypatch.setattr(plugin, "read", lambda *_, **__: small_read())
    mkdocs_build(load_config(str(folder / "mkdocs.yml"), strict=True))


def test_only_the_plugin_imports_mkdocs() -> None:
    program = "import sys, baodian.read, baodian.publish.finish, baodian.publish.verify\n"
    program += "import baodian.report, baodian.cli\n"
    program += "sys.exit('mkdocs' in sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True, env=os.environ)
    package = Path(mkdocs_plugin.__file__).parents[1]
    importers = {
        path.relative_to(package).parts[0]
        for path in package.rglob("*.py")
        if re.search(r"^\s*(import|from) mkdocs\b", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert importers == {"mkdocs_plugin"}
