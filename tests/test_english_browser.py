"""The English starter as a whole: built, handed on, and read at 375 px with its scripts at work."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from baodian.cli import commands
from baodian.said.messages import words
from baodian.starting import start

WIDE = re.compile("[\u3000-\u300f\u3012-\u303f\uff00-\uffef\u3400-\u9fff]")
"""Signs of Chinese text; 【 and 】 are the playbook's own notation."""
GLUED = re.compile(r"[a-z][,;:][A-Za-z]|[a-z]\.[A-Z]|\w\(|\)\w| [,;:.!?](?!:)|\{|\}|undefined|NaN")
ONE = re.compile(r"(?<![\d.,/-])1 [a-z]+s\b(?<!is)(?<!as)(?<!has)(?<!this)")
SEEN = """() => {
  document.querySelectorAll("details").forEach(one => { one.open = true; });
  const names = ["aria-label", "title", "placeholder", "alt"];
  const all = [...document.querySelectorAll("*")];
  const said = all.flatMap(one => names.map(name => one.getAttribute(name)));
  return document.body.innerText + "\\n" + said.filter(Boolean).join("\\n");
}"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("english") / "handbook"
    start(made, "en", ())
    for command in (
        ["build", "--strict"],
        ["export", "single"],
        ["export", "pdf"],
        ["export", "pdf", "--cards"],
    ):
        done = CliRunner().invoke(commands(words("en")), [*command, "--project", str(made)])
        assert (command, done.exit_code) == (command, 0), done.output
    return made


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 375, "height": 667})
    yield context.new_page()
    context.close()


def faults(text: str) -> list[str]:
    """Return the lines of a text that are no English."""
    return [
        line
        for line in text.splitlines()
        if (plain := re.sub("[【】]", "", line))
        and (WIDE.search(plain) or GLUED.search(plain) or ONE.search(plain))
    ]


def test_a_fault_is_seen() -> None:
    wrong = ("共 3 页", "a，b", "1 items", "1 places show", "end.Next", "one ,two", "a:b", "x {n}")
    assert [line for line in wrong if not faults(line)] == []
    assert faults("Day 1 · Watch: 1 item, at 10:30 (see 【customer】). It is 1 of 3.") == []


def test_every_page_is_english_and_fits_a_phone(page: Page, folder: Path) -> None:
    site = folder / "site"
    wrong, wide = {}, []
    files = sorted(p for p in site.rglob("*.html") if p.name != "handbook.html")
    assert len(files) > 45
    for file in files:
        page.goto(file.as_uri())
        name = file.relative_to(site).as_posix()
        if found := faults(page.evaluate(SEEN)):
            wrong[name] = found
        if page.evaluate("document.documentElement.scrollWidth") > 375:
            wide.append(name)
    assert wrong == {}
    assert wide == []


def test_the_search_finds_english_words_and_the_finder_decides(page: Page, folder: Path) -> None:
    page.goto((folder / "site" / "index.html").as_uri())
    page.keyboard.press("/")
    field = page.get_by_role("searchbox")
    for asked, first in (
        ("grinder", "Setting the grinder"),
        ("tastes different", "“This batch is wrong”"),
        ("how much is a kilo", "The first visit to a café"),
        ("cafe closes", "The café closes"),
        ("drop by", "Visit"),
    ):
        field.fill(asked)
        expect(page.locator("#bd-search-results a").first).to_contain_text(first)
    assert faults(page.locator("#bd-search").inner_text()) == []

    page.goto((folder / "site" / "finder.html").as_uri())
    page.get_by_label("A café that orders beans").check()
    for kilos, class_ in (("9", "Trying"), ("10", "Regular"), ("40", "Key")):
        page.get_by_label("Kilos ordered last month").fill(kilos)
        expect(page.get_by_text(f"It is: {class_}")).to_be_visible()
    assert faults(page.locator("article").inner_text()) == []


def test_what_is_handed_on_is_english_too(folder: Path) -> None:
    for name in ("handbook.pdf", "cards.pdf"):
        sheets = [sheet.extract_text() for sheet in PdfReader(folder / name).pages]
        assert len(sheets) >= 3
        assert [line for text in sheets for line in text.splitlines()
                if WIDE.search(re.sub("[【】]", "", line)) or ONE.search(line)] == []  # fmt: skip
    single = re.sub(r"(?s)<(script|style)\b.*?</\1>|<[^>]*>", "\n",
                    (folder / "handbook.html").read_text("utf-8"))  # fmt: skip
    assert "Find one bean they can sell" in single
    assert [line for line in single.splitlines() if WIDE.search(re.sub("[【】]", "", line))] == []
