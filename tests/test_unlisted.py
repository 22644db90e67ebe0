"""A handbook is for colleagues: search engines are told to leave it alone, unless it is public."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import TODAY
from outlines import lay

from baodian.build import build
from baodian.export import single
from baodian.read import read
from baodian.said.messages import words
from baodian.terminal import Progress

EN, QUIET = words("en"), Progress(quiet=True)
META = '<meta name="robots" content="noindex, nofollow">'


@pytest.mark.parametrize("public", [False, True])
def test_every_page_and_copy_says_whether_it_may_be_listed(public: bool, tmp_path: Path) -> None:
    project = lay("small", tmp_path / "p")
    if public:
        with (project / "playbook_data" / "playbook.yml").open("a", encoding="utf-8") as settings:
            settings.write("\npublic: true\n")
    build(project, TODAY, EN, QUIET, strict=True)
    site = project / "site"
    pages = {p: p.read_text(encoding="utf-8") for p in site.rglob("*.html")}
    assert len(pages) > 15
    assert {META in text for text in pages.values()} == {not public}
    assert (META in single.handbook(project, read(project, TODAY), EN, QUIET).decode()) != public
    robots = site / "robots.txt"
    assert robots.exists() != public
    if not public:
        assert robots.read_text(encoding="utf-8") == "User-agent: *\nDisallow: /\n"
        assert "robots.txt" not in (site / "offline.json").read_text(encoding="utf-8")


def test_a_robots_txt_of_ones_own_stays(tmp_path: Path) -> None:
    project = lay("small", tmp_path / "p")
    (project / "hook.py").write_text(
        "def on_post_build(config):\n"
        "    from pathlib import Path\n"
        "    Path(config.site_dir, 'robots.txt').write_text('User-agent: mine')\n",
        encoding="utf-8",
    )
    with (project / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write("\nhooks: [hook.py]\n")
    build(project, TODAY, EN, QUIET)
    assert (project / "site" / "robots.txt").read_text("utf-8") == "User-agent: mine"
