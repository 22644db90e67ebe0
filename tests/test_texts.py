"""Texts keep what was typed on every way out: page, search, the one file, PDF, what is copied."""

from __future__ import annotations

import datetime
import re
import shutil
import struct
import zlib
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from baodian import checks
from baodian.build import build
from baodian.cli import commands
from baodian.export import pdf
from baodian.model import prose
from baodian.model.fields import Markdown, Prose, Spoken
from baodian.page import Slot, Text, plain
from baodian.playbook.load import load
from baodian.read import read
from baodian.said.messages import words
from baodian.said.problems import PlaybookError
from baodian.source import Mapping, Scalar
from baodian.source import read as read_source
from baodian.terminal import Progress
from baodian.text import dialect

SMALL = Path(__file__).parent / "small_playbook"
TODAY = datetime.date(2026, 12, 1)
QUIET = Progress(quiet=True)
LETTER = """\
id: letter
title: 写封信
group: talk
form: letter
for: tier/*
message: |
  【客户称呼】，您好：

  　　上次说的事办好了，
  请您看一看。

  此致
    敬礼
no_reply: |
  等两天，
  再打一次。
"""
PAGE = """\
# A&B **重** `x<y` {#q}

三件事：
- 甲<name>
- 3*4*5

换行
不空格，word
word

![一](图/a%20b.png) <img src="图/s.svg" alt="二">
"""
SENT = "【客户称呼】，您好：\n\n　　上次说的事办好了，\n请您看一看。\n\n此致\n  敬礼"


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        crc = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc)

    rows = b"".join(b"\0" + b"\xff\0\0" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small playbook with a letter and a page, built."""
    folder = tmp_path_factory.mktemp("texts") / "p"
    shutil.copytree(SMALL, folder)
    (folder / "playbook_data/scripts/letter.yml").write_text(LETTER, encoding="utf-8")
    (folder / "content/faq/图").mkdir(parents=True)
    (folder / "content/faq/q.md").write_text(PAGE, encoding="utf-8")
    (folder / "content/note.md").write_text("Note: 第一行\n第二行\n", encoding="utf-8")
    (folder / "content/faq/图/a b.png").write_bytes(png(3000, 300))
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="4"/></svg>'
    (folder / "content/faq/图/s.svg").write_text(svg, encoding="utf-8")
    build(folder, TODAY, words("zh-CN"), QUIET)
    return folder


def seen(html: str) -> str:
    """Return what a reader sees of HTML, a line break where one is."""
    return unescape(re.sub(r"<[^>]+>", "", html.replace("<br>", "\n")))


def html_of(project: Path, name: str) -> str:
    return (project / "site" / name).read_text(encoding="utf-8")


def test_a_letter_keeps_its_lines_on_the_page_and_in_the_one_file(project: Path) -> None:
    for name in ("scripts/letter.html", "handbook.html"):
        whole = html_of(project, name)
        assert SENT in seen(whole), name
        assert "等两天，再打一次。" in seen(whole), name


def test_the_search_has_a_letter_line_by_line(project: Path) -> None:
    data = "".join(f.read_text(encoding="utf-8") for f in (project / "site/search").glob("*.js"))
    assert r"\no\t\t上次说的事办好了，\no\t\t请您看一看。" in data
    assert "等两天，再打一次。" in data


def test_a_page_says_what_was_typed(project: Path) -> None:
    page = html_of(project, "faq/q.html")
    assert "<title>A&amp;B 重 x&lt;y" in page
    assert "<li>甲&lt;name&gt;</li>" in page
    assert "<li>3*4*5</li>" in page
    assert "换行不空格，word word" in page
    assert "A&amp;B 重 x&lt;y</a>" in html_of(project, "index.html")
    assert "Note: 第一行第二行" in html_of(project, "note.html")


def test_what_is_copied_is_what_was_written(project: Path, browser: Browser) -> None:
    tab = browser.new_page()
    tab.goto((project / "site/scripts/letter.html").as_uri())
    copied = tab.evaluate(
        """() => new Promise(done => {
          navigator.clipboard.writeText = text => { done(text); return Promise.resolve(); };
          document.querySelector(".bd-card-copy").click();
        })"""
    )
    assert copied == SENT


# --- PDF ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def paper(project: Path) -> PdfReader:
    made = pdf.handbook(project, read(project, TODAY), words("zh-CN"), QUIET)
    return PdfReader(BytesIO(made))


def test_the_pdf_has_lines_and_pictures(paper: PdfReader) -> None:
    text = "\n".join(page.extract_text() for page in paper.pages)
    assert re.search(r"上次说的事办好了，\n请您看一看。", text)
    assert "换行不空格，word word" in text
    assert "3*4*5" in text
    found = (page["/Resources"].get("/XObject", {}) for page in paper.pages)
    forms = [named[name].get_object() for named in found for name in named]
    assert (3000, 300) in {(form.get("/Width"), form.get("/Height")) for form in forms}


def changed(tmp_path: Path, name: str, old: str, new: str) -> Path:
    folder = Path(shutil.copytree(SMALL, tmp_path / "p"))
    file = folder / name
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    return folder


def said(folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    with pytest.raises(SystemExit) as stopped:
        commands(words("en"))(["export", "pdf", "--project", str(folder), "--lang", "en", "-q"])
    return int(stopped.value.code or 0), capsys.readouterr().err


def test_a_sign_without_a_font_is_told_where_it_was_typed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = changed(tmp_path, "playbook_data/guides/visit.yml", "再开口", "再\U00013000开口，𠮷")
    (folder / "content/more.md").write_text("# 多 {#m}\n\n看\U00013001。\n", encoding="utf-8")
    code, told = said(folder, capsys)
    assert code == 1
    assert "content/more.md:3:2: No font of this computer has the sign “\U00013001”" in told
    assert "playbook_data/guides/visit.yml:9:37: No font" in told
    assert "Usage" not in told
    assert "𠮷" not in told


def test_a_picture_that_cannot_be_set_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = changed(tmp_path, "content/about.md", "小手册。", "小手册。![图](a.png)")
    (folder / "content/a.png").write_bytes(b"\x89PNG\r\n\x1a\nbroken")
    code, told = said(folder, capsys)
    assert code == 1
    assert told.startswith("content/a.png:1:1: This picture cannot stand in the PDF")


def test_what_stands_in_the_way_is_said_without_usage(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(pdf, "FAMILIES", ("No Such Font",))
    folder = Path(shutil.copytree(SMALL, tmp_path / "p"))
    code, told = said(folder, capsys)
    assert code == 2
    assert "fonts-noto-cjk" in told
    assert "Usage" not in told


# --- values ---------------------------------------------------------------------------------------


def value(yaml: str) -> Scalar:
    tree, _ = read_source(f"a: b\ntext: {yaml}\n".encode(), "f.yml")
    assert isinstance(tree, Mapping)
    found = tree[Scalar("text")]
    assert isinstance(found, Scalar)
    return found


@pytest.mark.parametrize(
    ("yaml", "one", "spoken"),
    [
        ("|\n  甲，\n  乙\n\n  丙", "甲，乙\n丙", "甲，\n乙\n\n丙"),
        (">\n  甲，\n  乙\n\n  丙", "甲，乙\n丙", "甲，乙\n\n丙"),
        ("甲，\n  乙\n\n  丙", "甲，乙\n丙", "甲，乙\n\n丙"),
        ('"甲\\n乙"', "甲\n乙", "甲\n乙"),
        ("|\n  good\n  day", "good day", "good\nday"),
        ("|\n  **甲**\n  乙", "**甲**乙", "**甲**\n乙"),
    ],
)
def test_lines_are_joined_but_for_words_that_are_sent(yaml: str, one: str, spoken: str) -> None:
    scalar = value(yaml)
    assert Prose.read(scalar) == one
    assert Spoken.read(scalar) == spoken
    assert Markdown.read(scalar) == scalar.strip()
    for field in (Prose.read(scalar), Spoken.read(scalar)):
        for n, sign in enumerate(field):
            if sign.strip() and not yaml.startswith('"'):
                at = field.where(n)
                assert f"a: b\ntext: {yaml}".split("\n")[at.line - 1][at.column - 1] == sign


def test_words_in_one_line_have_their_lines_joined() -> None:
    assert (
        plain((Text("甲，\n"), Text("乙"), Slot("名", ""), Text("\n丙 a\nb")))
        == "甲，乙【名】丙 a b"
    )


# --- the proof ------------------------------------------------------------------------------------


def test_a_loss_on_the_way_to_a_page_is_told_at_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = changed(tmp_path, "content/about.md", "小手册。", "小手册。\n\n请填<name>再发")
    playbook, problems = load(folder)
    assert not problems
    assert list(checks.dialect.shown(playbook)) == []
    line = (folder / "content/about.md").read_text("utf-8").splitlines().index("请填<name>再发") + 1
    whole = dialect.html.converted
    monkeypatch.setattr(
        dialect.html, "converted", lambda text: whole(text).replace("&#60;name&#62;", "")
    )
    (problem,) = checks.dialect.shown(playbook)
    assert (problem.code, str(problem.at)) == ("lost-text", f"content/about.md:{line}:3")
    with pytest.raises(PlaybookError):
        read(folder, TODAY)


@pytest.mark.parametrize("text", ["2**3**4", "a**b**", "3*4*5", "** 没有收尾", "A请填<name>再发"])
def test_a_short_text_shows_its_signs(text: str) -> None:
    assert prose.bare(text) == text


def test_strong_words_in_a_short_text() -> None:
    assert prose.bare("前**重点**后，ABC**重点**，**B2**") == "前重点后，ABC重点，B2"
