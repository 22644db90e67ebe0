"""From framed pages to a site: whoever frames them, each page read once, and the one file alone."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from small_site import SITE, asset, project, small_read

from baodian.build import publish
from baodian.export import handwritten, single
from baodian.mkdocs_plugin import runs
from baodian.page import Link, Markdown, Page, Paragraph
from baodian.publish import offline, reading
from baodian.publish import single as one_file
from baodian.publish.finish import finish
from baodian.publish.frames import Framed
from baodian.publish.reading import Written
from baodian.publish.verify import verify
from baodian.read import Read
from baodian.said.messages import words
from baodian.said.problems import PlaybookError
from baodian.terminal import Progress
from baodian.writers import html

LABELLED = '<p><label for="box">勾</label><span id="box"></span></p>'
QUIET = Progress(quiet=True)
EN = words("en")


def framed(folder: Path, book: Read) -> Framed:
    """Frame the pages as the smallest engine that there can be."""
    articles = tuple(html.render(page, book.site, book.words) for page in book.site.pages)
    for article in articles:
        file = folder / article.address
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"<!doctype html><article>\n{article.html}</article>", encoding="utf-8")
    return Framed(folder, articles, tuple(a.address for a in articles), "", "/")


def test_another_engine_needs_only_frames(tmp_path: Path) -> None:
    written = finish(framed(tmp_path, small_read()), small_read())
    assert verify(written, SITE) == ()
    assert {"handbook.html", "sw.js", "now.js", "_headers"} <= written.files
    for name in ("css/handbook.css", "js/site.js", "search/1.js", "search/engine.js"):
        assert asset(tmp_path, name).is_file()
    assert "话术一" in asset(tmp_path, "search/2.js").read_text(encoding="utf-8")
    for name, page in written.pages.items():
        assert (tmp_path / name).read_text(encoding="utf-8") == page.text


def test_the_copies_are_made_only_where_they_may_be_kept(tmp_path: Path) -> None:
    kept, not_kept = tmp_path / "kept", tmp_path / "not"
    for folder in (kept, not_kept):
        folder.mkdir()
    finish(framed(kept, small_read()), small_read())
    files = json.loads((kept / offline.LIST).read_text(encoding="utf-8"))["files"]
    assert one_file.FILE not in files  # it would be stored twice
    assert asset(kept, "css/handbook.css").relative_to(kept).as_posix() in files
    site = replace(SITE, offline=False)
    written = finish(framed(not_kept, small_read(site)), small_read(site))
    assert not {one_file.FILE, offline.LIST} & written.files


def test_other_data_is_asked_for_under_another_address(tmp_path: Path) -> None:
    told = []
    for name, title in (("one", "话术一"), ("two", "另一个名字")):
        pages = tuple(
            replace(page, title=title) if page.address == "scripts/one.html" else page
            for page in SITE.pages
        )
        book = small_read(replace(SITE, pages=pages))
        folder = tmp_path / name
        folder.mkdir()
        finish(framed(folder, book), book)
        now = (folder / "now.js").read_text(encoding="utf-8")
        told.append(json.loads(now.removeprefix("baodian.now(").removesuffix(");\n")))
        for plain, last in told[-1]["files"].items():
            assert asset(folder, plain) == folder / last
        assert asset(folder, "js/site.js") == folder / told[-1]["site"]
    one, two = told
    assert one["site"] == two["site"]  # so no page but the one that differs has other bytes
    assert one["files"].keys() == two["files"].keys()
    for name in ("search/1.js", "search/2.js", "search/pages.js"):
        assert one["files"][name] != two["files"][name]


def test_the_one_file_keeps_places_labels_and_the_order_of_pages(tmp_path: Path) -> None:
    link = Paragraph((Link("怎么说", "scripts/one.html#open"),))
    pages = tuple(
        replace(page, blocks=(*page.blocks, link)) if page.address == "index.html" else page
        for page in SITE.pages
    )
    book = small_read(replace(SITE, pages=pages))
    made = framed(tmp_path, book)
    labelled = replace(made.articles[0], html=made.articles[0].html + LABELLED)
    written = [replace(labelled, address=f"{name}.html", title=name) for name in ("b", "a")]
    text = one_file.single((*made.articles, *written), {}, book.site, EN, tmp_path)
    assert 'href="#scripts-one--open"' in text
    assert 'for="b--box"' in text
    assert 'id="b--box"' in text
    assert text.index('<article id="b"') < text.index('<article id="a"')


def test_what_was_written_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts: Counter[str] = Counter()

    def counted(text: str, page: Page | None = None, owner: str = "") -> Written:
        texts[text] += 1
        return plain(text, page, owner)

    plain = reading.read_page
    monkeypatch.setattr(reading, "read_page", counted)
    monkeypatch.setattr("baodian.publish.finish.read_page", counted)
    (tmp_path / "static.html").write_text("<p>beside the pages", encoding="utf-8")
    written = finish(framed(tmp_path, small_read()), small_read())
    assert set(texts) == {page.text for page in written.pages.values()}
    assert texts.total() == len(written.pages) == len(SITE.pages) + 2


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project with two hand-written pages, of which one has no heading."""
    folder = project(tmp_path / "project")
    (folder / "content" / "bare.md").write_text("只有一句。", encoding="utf-8")
    return folder


def test_the_one_file_alone_is_the_one_of_the_site(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(folder, small_read(), EN, QUIET)
    of_the_site = (folder / "site" / "handbook.html").read_bytes()

    def refuse(*_: object) -> None:
        raise AssertionError("a second build")

    monkeypatch.setattr(runs, "build", refuse)
    alone = single.handbook(folder, small_read(), EN, QUIET)
    assert alone == of_the_site
    assert b"<h1>Bare</h1>" in alone


def test_the_one_file_alone_is_verified(folder: Path) -> None:
    broken = replace(SITE.pages[0], blocks=(Paragraph((Link("无", "gone.html"),)),))
    with pytest.raises(PlaybookError) as caught:
        single.handbook(
            folder, small_read(replace(SITE, pages=(broken, *SITE.pages[1:]))), EN, QUIET
        )
    assert [(p.code, p.at.file) for p in caught.value.problems] == [("broken-link", "index.html")]


def test_handwritten_pages_go_into_other_formats_with_links_from_the_root(folder: Path) -> None:
    (folder / "content" / "deep").mkdir()
    text = "# 深处\n\n[一](../scripts/one.md#open)[外](https://a.example/x)[上](#top)"
    (folder / "content" / "deep" / "page.md").write_text(text, encoding="utf-8")
    pages = {p.address: p for p in handwritten.pages(folder, small_read())}
    assert {a: p.title for a, p in pages.items()} == {
        "about.html": "关于本手册", "bare.html": "Bare", "deep/page.html": "深处",
    }  # fmt: skip
    (block,) = pages["deep/page.html"].blocks
    assert isinstance(block, Markdown)
    assert [part.split('"')[0] for part in block.html.split('href="')[1:]] == [
        "scripts/one.html#open", "https://a.example/x", "#top",
    ]  # fmt: skip
