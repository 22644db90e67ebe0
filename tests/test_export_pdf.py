"""The handbook and the cards as PDF, read back by another library than the one that wrote them."""

from __future__ import annotations

import datetime
import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, TODAY
from pypdf import PdfReader
from pypdf.generic import IndirectObject
from typeset import some_of

from baodian import page
from baodian.cli import commands
from baodian.export import cards, handwritten, pdf
from baodian.page import Page, Site
from baodian.read import Read
from baodian.said.messages import words
from baodian.terminal import Progress
from baodian.writers.outline import outline

SMALL = Path(__file__).parent / "small_playbook"
T = words("en")
A6 = (297.64, 419.53)
# A picture's words are laid out in their own order; what is not printed has no place on paper.
UNREAD = (page.Picture, page.Filter, page.Origin)
TOUCHED = frozenset(("anchor", "href", "id", "kind", "icon", "accent", "name", "form", "style"))


@pytest.fixture(scope="module")
def found(shipped_read: Read) -> Read:
    return shipped_read


@pytest.fixture(scope="module")
def some(found: Read) -> Read:
    """What the book is made of: pages of every kind."""
    return replace(found, site=some_of(found.site))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the PDFs."""
    folder = tmp_path_factory.mktemp("pdf")
    program = Path(__file__).with_name("typeset.py")
    subprocess.run([sys.executable, str(program), str(folder)], check=True)
    return folder


@pytest.fixture(scope="module")
def book(written: Path) -> PdfReader:
    return PdfReader(written / "book.pdf")


@pytest.fixture(scope="module")
def pocket(written: Path) -> PdfReader:
    return PdfReader(written / "cards.pdf")


def bare(text: str) -> str:
    """Return a text without white space and without the page numbers behind links."""
    return re.sub(r"\s|→\d+|\u2060", "", text)


def texts(value: object) -> Iterator[str]:
    """Yield every text of a block that a reader of the paper should find."""
    if isinstance(value, UNREAD):
        return
    if isinstance(value, tuple) and value and isinstance(value[0], page.Segment.__args__):
        yield page.plain(value)
    elif isinstance(value, tuple):
        for inner in value:
            yield from texts(inner)
    elif isinstance(value, page.Entry | page.Link):
        yield getattr(value, "title", "") or getattr(value, "text", "")
    elif isinstance(value, page.Markdown):
        yield from re.sub(r"<[^>]+>", "\n", value.html).split("\n")
    elif is_dataclass(value):
        for f in fields(value):
            inner = getattr(value, f.name)
            if isinstance(inner, str):
                if f.name in ("text", "title", "label", "caption"):
                    yield inner
            elif f.name not in TOUCHED:
                yield from texts(inner)


def bookmarks(reader: PdfReader) -> list[tuple[int, str, int]]:
    """Return the bookmarks as (depth, title, number of the page from 1)."""
    made: list[tuple[int, str, int]] = []

    def walk(items: list[Any], depth: int) -> None:
        for item in items:
            if isinstance(item, list):
                walk(item, depth + 1)
            else:
                number = reader.get_destination_page_number(item)
                assert number is not None
                made.append((depth, str(item.title), number + 1))

    walk(reader.outline, 1)
    return made


def in_the_book(site: Site) -> list[Page]:
    """Return the pages that stand in the book, in its order: what holds everywhere."""
    chosen = []
    everywhere = [p for p in site.pages if p.address != "search.html" and not p.city]
    for section in site.navigation:
        own = [p for p in everywhere if p.section == section.id]
        chosen += sorted(own, key=lambda p: p.address != section.address)
    return chosen


def test_every_page_has_a_bookmark_below_its_chapter(book: PdfReader, some: Read) -> None:
    chapters = [title for depth, title, _ in bookmarks(book) if depth == 1]
    assert chapters == [s.title for s in some.site.navigation]
    titles = [title for depth, title, _ in bookmarks(book) if depth == 2]
    pages = in_the_book(some.site)
    # The index of everything is for a screen; what is another in a city is in no paper.
    of_cities = [p for p in some.site.pages if p.city]
    assert len(pages) == len(some.site.pages) - len(of_cities) - 1
    hand = handwritten.pages(ROOT, some)
    assert sorted(titles) == sorted([p.title for p in (*pages, *hand)])


def test_the_text_of_pages_is_the_text_of_the_book(book: PdfReader, some: Read) -> None:
    marks = [(title, number) for depth, title, number in bookmarks(book) if depth == 2]
    pages = [*in_the_book(some.site)]
    hand = list(handwritten.pages(ROOT, some))
    home = len([p for p in pages if p.section == "home"])
    pages[home:home] = hand
    assert [title for title, _ in marks] == [p.title for p in pages]
    chosen = random.Random(7).sample(range(len(pages) - 1), 10)
    compared = 0
    for i in chosen:
        sheets = range(marks[i][1] - 1, marks[i + 1][1])
        whole = bare("".join(book.pages[n].extract_text() for n in sheets))
        for text in texts((page.Lead(pages[i].lead), *pages[i].blocks)):
            compared += 1
            # A foot may stand between two halves of a long text.
            halves = [bare(text)] if len(text) < 40 else [bare(text)[:20], bare(text)[-20:]]
            for half in halves:
                assert half in whole, (pages[i].address, text)
    assert compared > 200


def test_the_contents_name_the_right_pages(book: PdfReader) -> None:
    wanted = [(t, n) for depth, t, n in bookmarks(book) if depth < 3]
    first = wanted[0][1]
    listed = bare("".join(book.pages[n].extract_text() for n in range(1, first - 1)))
    listed = re.sub(r"[.．·…]{2,}", "……", listed)
    for title, number in wanted:
        assert f"{bare(title)}……{number}" in re.sub(r"…+", "……", listed), (title, number)


def test_a_reference_names_the_page_it_leads_to(book: PdfReader, some: Read) -> None:
    pages_by_title = [(title, n) for depth, title, n in bookmarks(book) if depth == 2]
    numbers = dict(reversed(pages_by_title))  # a script may have the title of a moment before it
    at = numbers["场景"]
    both = book.pages[at - 1].extract_text() + book.pages[at].extract_text()
    text = re.sub(r"\s|\u2060", "", both)
    moments = [p for p in some.site.pages if p.kind == "moment"]
    lost = [p.title for p in moments if f"{bare(p.title)}→{numbers[p.title]}" not in text]
    assert (lost, len(moments) > 10) == ([], True)


def test_links_lead_inside_the_book(book: PdfReader) -> None:
    inside = outside = 0
    for sheet in book.pages:
        for note in sheet.get("/Annots", ()):
            link = note.get_object()
            action = link.get("/A", {})
            if "/URI" in action:
                assert str(action["/URI"]).startswith(("tel:", "mailto:", "https:"))
                outside += 1
            else:
                assert "/Dest" in link or "/D" in action
                inside += 1
    assert inside > 500
    assert outside < 50


def fonts_of(reader: PdfReader) -> list[dict[str, Any]]:
    """Return every font of a PDF once."""
    seen: dict[int, dict[str, Any]] = {}
    for sheet in reader.pages:
        for ref in sheet["/Resources"].get("/Font", {}).values():
            key = ref.idnum if isinstance(ref, IndirectObject) else id(ref)
            seen[key] = ref.get_object()
    return list(seen.values())


@pytest.mark.parametrize("which", ["book", "pocket"])
def test_every_font_is_in_the_file(which: str, request: pytest.FixtureRequest) -> None:
    fonts = fonts_of(request.getfixturevalue(which))
    assert fonts
    for font in fonts:
        inner = font["/DescendantFonts"][0].get_object()
        described = inner["/FontDescriptor"].get_object()
        assert {"/FontFile2", "/FontFile3"} & set(described)
    assert any("CJK" in str(f["/BaseFont"]) or "Hei" in str(f["/BaseFont"]) for f in fonts)


def test_the_foot_has_name_version_and_day(book: PdfReader, some: Read) -> None:
    site = some.site
    for number in (5, 60, len(book.pages)):
        text = bare(book.pages[number - 1].extract_text())
        assert bare(site.name) in text
        assert bare(site.version) in text
        assert site.effective_from in text
        assert str(number) in text


def test_only_wide_tables_turn_a_page(book: PdfReader, some: Read) -> None:
    turned = [s for s in book.pages if s.mediabox.width > s.mediabox.height]
    wide = [
        b
        for p in some.site.pages
        for b in p.blocks
        if isinstance(b, page.Table) and len(b.columns) >= 9
    ]
    assert len(wide) <= len(turned) <= 2 * len(wide)
    thin = [s.extract_text() for s in book.pages if len(s.get_contents().get_data()) <= 700]
    assert thin == [], "a page with next to nothing"


def test_each_class_with_a_guide_has_one_whole_card(pocket: PdfReader, found: Read) -> None:
    classes = [p for p in found.site.pages if p.kind == "class" and not p.city]
    assert len(pocket.pages) == len(classes) == 21
    for sheet, own in zip(pocket.pages, classes, strict=True):
        size = (float(sheet.mediabox.width), float(sheet.mediabox.height))
        assert size == pytest.approx(A6, abs=0.5)
        text = bare(sheet.extract_text())
        made = cards.card(own, found.site, T)
        wanted = list(strings({k: v for k, v in made.items() if k != "heads"}))
        assert [w for w in wanted if bare(w) not in text] == []


def test_a_card_says_all_of_the_first_screen(pocket: PdfReader, found: Read) -> None:
    classes = [p for p in found.site.pages if p.kind == "class" and not p.city]
    for sheet, own in zip(pocket.pages, classes, strict=True):
        made = cards.card(own, found.site, T)
        counts = [len(list(made[name])) for name in ("goal", "do", "say", "never", "call")]
        assert counts[0] == counts[2] == counts[3] == 1, own.title
        assert 1 <= counts[1] <= 5
        assert 1 <= counts[4] <= 2
        first = next(b for b in own.blocks if isinstance(b, page.Part) and b.kind == "first")
        text = bare(sheet.extract_text())
        # Headings of a page are worded for it; what stands below them is not.
        shown = [_at_once(b) for b in first.blocks if not isinstance(b, page.Heading)]
        said = [t for b in shown for t in texts(b)]
        assert len(said) > 8
        assert [t for t in said if bare(t) not in text] == [], own.title


def _at_once(block: page.Block) -> page.Block:
    """Return a block as it stands there before a tap: of what never to do the first line."""
    if isinstance(block, page.Bullets) and block.style == "red-line":
        return replace(block, lines=block.lines[:1])
    return block


def test_nothing_of_a_card_stands_outside_its_page(pocket: PdfReader) -> None:
    for sheet in pocket.pages:
        low: list[float] = []

        def note(text: str, cm: Any, tm: Any, font: Any, size: Any, low: list[float] = low) -> None:
            if text.strip():
                low.append(cm[5] + tm[5] * cm[3])

        sheet.extract_text(visitor_text=note)
        assert min(low) > 10
        assert max(low) < A6[1]


def strings(value: object) -> Iterator[str]:
    """Yield the texts of plain data, but for marks."""
    if isinstance(value, str):
        if value not in ("yes", "no", "approve", "stopped", "none"):
            yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def test_cards_are_the_same_bytes_again(written: Path) -> None:
    assert (written / "cards.pdf").read_bytes() == (written / "again.pdf").read_bytes()


def test_the_font_has_every_sign_of_the_shipped_handbook(found: Read) -> None:
    hand = handwritten.pages(ROOT, found)
    signs = {sign for page in (*found.site.pages, *hand) for sign in outline(page)} - {"\n"}
    assert len(signs) > 1500
    fonts = pdf.Fonts(pdf.library(), None)
    families = json.dumps([fonts.family, pdf.SYMBOLS], ensure_ascii=False).strip("[]")
    main = f'#set text(font: ({families}), fallback: false)\n#read("signs.txt")'
    signs_file = "".join(sorted(signs)).encode()
    files = {"main": main.encode(), "signs.txt": signs_file}
    assert pdf.compiled(pdf.library(), files, TODAY, fonts)
    files["signs.txt"] = signs_file + "\U00013000".encode()
    with pytest.raises(pdf.ExportError):
        pdf.compiled(pdf.library(), files, TODAY, fonts)


# --- what stands in the way -----------------------------------------------------------------------


def run(*arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Return exit code and what was said."""
    with tempfile.TemporaryDirectory() as folder:
        project = shutil.copytree(SMALL, Path(folder) / "p")
        with pytest.raises(SystemExit) as stopped:
            commands(T)([*arguments, "--project", str(project), "--lang", "en"])
    return int(stopped.value.code or 0), capsys.readouterr().err


def test_without_the_library_one_line_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    code, said = run("export", "pdf", "--out", str(tmp_path / "x.pdf"), capsys=capsys)
    assert code == 2
    wanted = re.search(r'^pdf = \["(.+?)"\]', (ROOT / "pyproject.toml").read_text("utf-8"), re.M)
    assert wanted
    assert f'pip install "{wanted[1]}"' in said
    assert "Traceback" not in said
    assert list(tmp_path.iterdir()) == []


def test_without_a_chinese_font_the_message_names_one(tmp_path: Path) -> None:
    with pytest.raises(pdf.ExportError) as stopped:
        pdf.Fonts(pdf.library(), tmp_path)
    assert "fonts-noto-cjk" in T.text(stopped.value.message)
    with pytest.raises(pdf.ExportError) as stopped:
        pdf.Fonts(pdf.library(), tmp_path / "none.ttf")
    assert "none.ttf" in T.text(stopped.value.message)


def test_the_first_known_family_is_taken_and_a_named_file_is_believed() -> None:
    assert pdf.family(["SimSun", "Noto Sans CJK SC"]) == "Noto Sans CJK SC"
    assert pdf.family(["My Hei"], any_will_do=True) == "My Hei"
    with pytest.raises(pdf.ExportError):
        pdf.family(["DejaVu Sans", "Noto Sans CJK JP"])


def test_a_character_without_a_glyph_stops_the_export() -> None:
    files = {
        "main": '#set text(font: "DejaVu Sans Mono", fallback: false)\n#"客户"'.encode(),
    }
    fonts = pdf.Fonts(pdf.library(), None)
    with pytest.raises(pdf.ExportError) as stopped:
        pdf.compiled(pdf.library(), files, datetime.date(2026, 12, 1), fonts)
    assert "--font" in T.text(stopped.value.message)


def test_a_card_that_is_too_full_is_named(found: Read) -> None:
    classes = tuple(p for p in found.site.pages if p.kind == "class")[:1]
    filled = page.Bullets(tuple((page.line("写不完的一行字" * 6), None) for _ in range(30)), "now")
    blocks = (page.Part("first", (page.Heading("要做", "do"), filled)),)
    site = Site(
        **{f.name: getattr(found.site, f.name) for f in fields(Site) if f.name != "pages"},
        pages=(Page(classes[0].address, "金卡", "class", "customers", blocks),),
    )
    crowded = Read(site, found.words, found.today)
    with pytest.raises(pdf.ExportError) as stopped:
        pdf.class_cards(crowded, T, Progress(quiet=True))
    assert "金卡" in T.text(stopped.value.message)
