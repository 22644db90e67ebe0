"""What `check` passes, `build` passes: random playbooks with odd texts, files and pages of content.

`PLAYBOOKS=1000 pytest tests/test_check_then_build.py` tries more than the few of each run.
"""

from __future__ import annotations

import datetime
import json
import os
import random
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest
import yaml
from found import problems_of
from outlines import lay

from baodian.build import build
from baodian.said.messages import words
from baodian.said.problems import PlaybookError, Problem, errors
from baodian.terminal import Progress

TODAY = datetime.date(2026, 12, 1)
HOW_MANY = int(os.environ.get("PLAYBOOKS", "24"))
IN_ONE = 8  # playbooks of one test: the first failing one is told by its number

ODD = yaml.safe_load((Path(__file__).parent / "odd.yml").read_text(encoding="utf-8"))
VALUE = re.compile(
    r"^(?P<before>\s*(?:- |[\w-]+: ))(?P<value>[^\s|>&*\[\]{}#'\"][^#\n:]*)$", re.MULTILINE
)


def with_odd_texts(text: str, chance: random.Random, many: int) -> str:
    """Return YAML with some of its one-line values replaced, or followed, by odd texts."""
    spots = list(VALUE.finditer(text))
    for spot in sorted(chance.sample(spots, min(many, len(spots))), key=lambda m: -m.start()):
        odd = chance.choice(ODD["texts"])
        new = chance.choice((odd, spot["value"] + odd, odd + spot["value"]))
        value = json.dumps(new, ensure_ascii=chance.random() < 0.2)
        text = f"{text[: spot.start('value')]}{value}{text[spot.end('value') :]}"
    return text


def strewn(project: Path, chance: random.Random) -> None:
    """Change a good playbook at random: texts of its YAML, pages and files of content."""
    files = sorted((project / "playbook_data").rglob("*.yml"))
    for file in chance.sample(files, chance.choice((0, 1, 1))):
        text = file.read_text(encoding="utf-8")
        file.write_text(with_odd_texts(text, chance, chance.choice((1, 2))), encoding="utf-8")
    for name in chance.sample(ODD["files"], chance.choice((0, 1, 1, 2))):
        path = project / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if name.endswith((".png", ".xlsx", ".pdf")):
            path.write_bytes(b"\x89PNG\r\n\x1a\n" + chance.randbytes(60))
        elif name.endswith(".svg"):
            path.write_text("<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0'/></svg>")
        else:
            blocks = chance.sample(ODD["blocks"], chance.choice((0, 1, 1, 2)))
            head = chance.choice(ODD["heads"]) if chance.random() < 0.4 else ""
            path.write_text(head + "\n".join(blocks), encoding="utf-8")


LINKS = ("index.html", "./", ".", "index.md", "about.html", "scripts/", "scripts/index.html",
         "scripts/leaving.md", "scripts/leaving.html#tired", "#again", "?q=1#again")  # fmt: skip
"""Ways from a page of `content/` to others that are there, whoever writes them."""


@pytest.mark.parametrize("nav", ["", "nav: [index.md, links.md, scripts/index.md]\n"])
def test_links_that_check_passes_are_no_matter_to_the_engine(nav: str, tmp_path: Path) -> None:
    project = lay("full", tmp_path / "project")
    settings = project / "mkdocs.yml"
    settings.write_text(settings.read_text(encoding="utf-8") + nav, encoding="utf-8")
    links = "".join(f"- [去]({href})\n" for href in LINKS)
    links += "".join(f"- <a href='{href}'>去</a>\n" for href in LINKS if ".md" not in href)
    (project / "content" / "links.md").write_text(f"# 去处 {{#again}}\n\n{links}", "utf-8")
    assert not errors(p for p in problems_of(project, TODAY) if p.since is None)
    built = build(project, TODAY, words("zh-CN"), Progress(quiet=True))
    assert [p for p in built.problems if p.at.file in ("mkdocs.yml", "content/links.md")] == []


@pytest.mark.parametrize("first", range(0, HOW_MANY, IN_ONE))
def test_what_check_passes_build_passes_and_what_it_refuses_is_refused(
    first: int, tmp_path: Path
) -> None:
    ended = Counter[str]()
    for number in range(first, first + IN_ONE):
        project = lay("full", tmp_path / str(number))
        strewn(project, random.Random(number))
        told_of = problems_of(project, TODAY)
        problems = tuple(p for p in told_of if p.since is None)  # of today; a build is of its day
        good = not errors(problems)
        told = tuple[Problem, ...]()
        try:
            told = build(project, TODAY, words("zh-CN"), Progress(quiet=True)).problems
        except PlaybookError as refused:
            told = refused.problems
        assert [p for p in told if p not in problems] == [], f"playbook {number}"
        assert [*map(str, errors(told))] == [*map(str, errors(problems))], f"playbook {number}"
        assert (project / "site" / "index.html").is_file() == good
        ended["built" if good else "refused"] += 1
        shutil.rmtree(project)
    assert len(ended) == 2, "all alike: such playbooks prove nothing"
