"""Widgets: a script is asked for where it is needed, its data cannot become markup."""

import gzip
import re
from dataclasses import replace
from pathlib import Path

import pytest
from small_site import SITE

from baodian.page import Paragraph, Widget, line
from baodian.said.messages import words
from baodian.writers import html
from baodian.writers.article import Article


def written(widget: Widget) -> Article:
    page = replace(SITE.pages[0], blocks=(widget,))
    return html.render(page, SITE, words("en"))


def test_a_widget_brings_its_script_and_keeps_its_blocks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "demo.js").write_text("", encoding="utf-8")
    monkeypatch.setattr(html, "WIDGETS", tmp_path)
    found = written(Widget("demo", {"said": "</script><b>&"}, (Paragraph(line("Read me")),)))
    assert found.widgets == ("demo",)
    assert "<p>Read me</p>" in found.html
    assert found.html.count("</script>") == 1
    assert "<b>" not in found.html


def test_a_widget_without_a_script_is_a_mistake_of_ours() -> None:
    with pytest.raises(LookupError, match="nothing"):
        written(Widget("nothing", {}))


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
