"""Widgets: a script is asked for where it is needed, its data cannot become markup."""

import gzip
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from small_site import SITE, asset

from baodian.page import Folded, Paragraph, Widget, line
from baodian.publish import assets
from baodian.said.messages import words
from baodian.writers import html
from baodian.writers import widgets as shelf
from baodian.writers.article import Article


def written(widget: Widget) -> Article:
    page = replace(SITE.pages[0], blocks=(widget,))
    return html.render(page, SITE, words("en"))


def test_a_widget_brings_its_script_and_keeps_its_blocks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "demo.js").write_text("", encoding="utf-8")
    monkeypatch.setattr(shelf, "WIDGETS", tmp_path)
    found = written(Widget("demo", {"said": "</script><b>&"}, (Paragraph(line("Read me")),)))
    assert found.script == "demo"
    assert "<p>Read me</p>" in found.html
    assert found.html.count("</script>") == 1
    assert "<b>" not in found.html


def test_a_widget_without_a_script_is_a_mistake_of_ours() -> None:
    with pytest.raises(LookupError, match="nothing"):
        written(Widget("nothing", {}))


def test_the_script_of_a_page_holds_each_part_of_its_widgets_once() -> None:
    name = shelf.together(["path", "newcomer"])
    assert name == "newcomer_path"
    assert shelf.parts(name) == ("path.again", "path.lists", "newcomer", "path.day", "path")
    assert shelf.late(["book", "path"]) == ("book.late",)
    assert shelf.parts("book.late") == shelf.LATE["book"]


def test_a_widget_that_fails_leaves_the_others_of_its_page_running(
    tmp_path: Path, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    for part, text in (("bad", "throw Error('bad')"), ("good", "window.ran = 1")):
        (tmp_path / "widgets").mkdir(exist_ok=True)
        (tmp_path / "widgets" / f"{part}.js").write_text(text, encoding="utf-8")
    monkeypatch.setattr(assets, "THEME", tmp_path)
    monkeypatch.setattr(shelf, "WIDGETS", tmp_path / "widgets")
    (tmp_path / "search").mkdir()
    for name in assets.LATE:
        (tmp_path / name).write_text("", encoding="utf-8")
    out = tmp_path / "out"
    assets.write_scripts(out, words("en"), {}, ["widgets/bad_good.js"])
    page = browser.new_page()
    told: list[str] = []
    page.on("pageerror", lambda error: told.append(error.message))
    page.add_script_tag(content=(out / "widgets" / "bad_good.js").read_text(encoding="utf-8"))
    assert page.evaluate("window.ran") == 1
    page.wait_for_timeout(100)
    assert told == ["bad"]


@pytest.mark.parametrize(
    "name", ["widgets/x.late.js", "widgets/x_card.js", "widgets/.js", "css/blocks.css", "../x.js"]
)
def test_what_is_no_script_of_ours_is_not_written(tmp_path: Path, name: str) -> None:
    assert assets.write_scripts(tmp_path, words("en"), {}, [name]) == frozenset()
    written = {p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file()}
    assert written == set(assets.LATE)


def test_the_words_of_a_widget_stand_in_its_script_and_on_no_page(site: Path) -> None:
    """They are the same on every page, and many pages have one."""
    page = (site / "scripts" / "too-expensive.html").read_text(encoding="utf-8")
    script = asset(site, "widgets/card.js").read_text(encoding="utf-8")
    (said,) = re.findall(r"^baodian\.words\((.*)\);$", script, flags=re.M)
    assert json.loads(said)["card"]["fold"] == "一句一句走"
    assert "一句一句走" not in page
    assert '"words"' not in page


def test_what_a_widget_says_is_the_same_wherever_it_stands() -> None:
    one, other = (
        replace(SITE.pages[0], blocks=(Folded("", (Widget("say", {"words": {"a": told}}),)),))
        for told in "bc"
    )
    assert shelf.said([one, one]) == {"say": {"a": "b"}}
    with pytest.raises(ValueError, match="say"):
        shelf.said([one, other])


def test_no_page_loads_more_than_26_kb_of_scripts(site: Path) -> None:
    """Packed as servers send them, the theme's too; the search adds its own when it is opened."""
    sizes = {}
    for page in site.rglob("*.html"):
        if page.name in (
            "404.html",
            "handbook.html",
        ):  # the first's addresses begin at the root of the server
            continue
        named = re.findall(r'<script src="([^"?]+)', page.read_text(encoding="utf-8"))
        files = {(page.parent / name).resolve() for name in named}
        assert files
        packed = (len(gzip.compress(f.read_bytes(), 6)) for f in files)
        sizes[page.relative_to(site).as_posix()] = sum(packed)
    assert len(sizes) > 250
    heavy = {page: size for page, size in sizes.items() if size > 26_000}
    assert heavy == {}
