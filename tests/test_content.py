"""Hand-written pages: Markdown works, scripts and dangerous links do not get through."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

from baodian.build import build
from baodian.export.single import handbook
from baodian.pages.markdown_prose import cleaned
from baodian.read import read
from baodian.said.messages import words
from baodian.terminal import Progress

SMALL = Path(__file__).parent / "small_playbook"

PAGE = """# 试一页 {#try}

**粗体**与[链接](about.md)。

| 左 | 右 |
|:--|--:|
| 一 | 二 |

<script>alert(1)</script>
<a href="javascript:alert(1)">点我</a>
<p onclick="alert(1)">字</p>
"""


def test_a_page_keeps_its_markdown_and_loses_what_could_run(tmp_path: Path) -> None:
    project = Path(shutil.copytree(SMALL, tmp_path / "p"))
    (project / "content" / "try.md").write_text(PAGE, encoding="utf-8")
    build(project, datetime.date(2026, 12, 1), words("en"), Progress(quiet=True))
    html = (project / "site" / "try.html").read_text(encoding="utf-8")
    assert 'id="try"' in html
    assert "<strong>粗体</strong>" in html
    assert 'href="about.html"' in html
    assert "<td" in html
    for gone in ("<script>alert", "javascript:alert", "onclick"):
        assert gone not in html, gone
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_alignment_of_a_table_stays_and_other_style_goes() -> None:
    html = cleaned('<table><tr><td style="text-align: right; position: fixed">一</td></tr></table>')
    assert html == '<table><tbody><tr><td align="right">一</td></tr></tbody></table>'
    both = "<table><tr><th style='text-align:start' scope='row'>二<td style='text-align:justify'>"
    assert '<th align="left" scope="row">' in cleaned(both)
    assert "<td>" in cleaned(both)
    said = '<table><tr><td title="a>b">style="text-align: right"'
    assert '>style="text-align: right"<' in cleaned(said)


def test_no_class_makes_the_theme_load_a_script() -> None:
    html = cleaned('<pre class="mermaid"><code>graph</code></pre><p class="note mermaid">一</p>')
    assert html == '<pre><code>graph</code></pre><p class="note">一</p>'


def test_pictures_beside_a_page_stand_in_the_one_file(tmp_path: Path) -> None:
    shutil.copytree(Path(__file__).parent / "small_playbook", tmp_path, dirs_exist_ok=True)
    pictures = tmp_path / "content" / "faq" / "图"
    pictures.mkdir(parents=True)
    (pictures / "a b.png").write_bytes(b"\x89PNG-one")
    page = '# 问 {#q}\n\n![一](图/a%20b.png) <img src="图/a%20b.png" alt="二"> [存](图/a%20b.png)\n'
    (tmp_path / "content" / "faq" / "README.md").write_text(page, encoding="utf-8")
    build(tmp_path, datetime.date(2026, 12, 1), words("en"), Progress(quiet=True))
    assert (tmp_path / "site" / "faq" / "图" / "a b.png").read_bytes() == b"\x89PNG-one"
    assert "<img" in (tmp_path / "site" / "faq" / "index.html").read_text(encoding="utf-8")
    one = (tmp_path / "site" / "handbook.html").read_text(encoding="utf-8")
    assert one.count('src="data:image/png;base64,') == 2
    book = read(tmp_path, datetime.date(2026, 12, 1))
    alone = handbook(tmp_path, book, words("en"), Progress(quiet=True)).decode()
    assert alone.count('src="data:image/png;base64,') == 2
