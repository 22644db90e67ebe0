"""What `verify` sees in finished HTML: each rule once kept and once broken."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from small_site import SITE, asset, index, project, small_read

from baodian.build import publish
from baodian.page import FilterValue, Page, Site, Text
from baodian.publish import assets
from baodian.publish.reading import read_folder, read_page
from baodian.publish.verify import verify
from baodian.said.messages import words
from baodian.said.problems import Problem
from baodian.terminal import Progress

HOME = """<!doctype html><html><head>
<link rel="stylesheet" href="css/a.css"><script src="js/a.js" defer></script></head><body>
<a href="scripts/one.html#open">一</a> <a href="scripts/one.html?channel=x">x</a>
<a href="tel:+8610">电话</a> <a href="mailto:a@b.cn">信</a> <a href="https://other.example/x">外</a>
</body></html>"""
ONE = """<main data-entity="script:one">
<h2 id="open" data-item="open">怎么说</h2>
<p><a href="../index.html">首页</a><br><img src="../pic.png" alt="">
<a href="#open">上</a> <a href="?channel=x">按渠道</a> <a href="../index.html#">顶</a></p></main>"""


class Oracle(HTMLParser):
    """Ids, entities and links as the standard library's parser sees them."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("id", "data-entity", "data-item") or (name == "href" and tag == "a"):
                self.seen.append((name, value or ""))


def scanned(html: str) -> list[tuple[str, str]]:
    found = read_page(html)
    counted = {"id": found.ids, "data-entity": found.entities, "data-item": found.parts}
    marks = [(name, key) for name, counts in counted.items() for key in Counter(counts).elements()]
    return sorted(marks + [("href", link.href) for link in found.links if link.href])


def parsed(html: str) -> list[tuple[str, str]]:
    oracle = Oracle()
    oracle.feed(html)
    return sorted(pair for pair in oracle.seen if pair[1])


ODD = """<A HREF='a&amp;b.html' Id=x>1</A><!-- <a href="no" id="no"> --><br/><p id = "y"
 title="a > b"><script>var s = "<a id='no'>";</script><a title='"' href="q?x=1&y=2#z">
<svg><path id="p"/></svg><li data-item="i"><style>/* <a id="no"> */</style><p hidden id=z>"""


def test_texts_are_read_for_whoever_they_belong_to_and_marks_for_all() -> None:
    html = '<article><h1 id="a">一</h1><p>二 <a href="b.html">三</a></p></article><p id="c">四</p>'
    asked, unasked = read_page(html, None, "script:x"), read_page(html)
    assert [block.text for block in asked.blocks] == ["一", "二 三"]
    assert unasked == replace(asked, blocks=())
    assert set(unasked.ids) == {"a", "c"}
    assert [link.href for link in unasked.links] == ["b.html"]


def test_the_scanner_sees_what_the_standard_parser_sees(tmp_path: Path) -> None:
    assert scanned(ODD) == parsed(ODD)
    publish(project(tmp_path / "p"), small_read(), words("en"), Progress(quiet=True))
    pages = sorted((tmp_path / "p" / "site").rglob("*.html"))
    assert len(pages) > len(SITE.pages)
    for page in pages:
        text = page.read_text(encoding="utf-8")
        links = [link for link in parsed(text) if link[0] != "href"]
        assert [link for link in scanned(text) if link[0] != "href"] == links
        assert {v for k, v in parsed(text) if k == "href"} <= {v for _, v in scanned(text)}


def script(holds: set[str]) -> Page:
    page = next(p for p in SITE.pages if p.address == "scripts/one.html")
    return replace(page, holds=frozenset(holds))


TWO_PAGES = replace(
    SITE,
    pages=(index("index.html", "首页", "home"), script({"script:one", "script:one#open"})),
)
Built = Callable[..., list[str]]


def verified(folder: Path, site: Site, mount: str = "/") -> tuple[Problem, ...]:
    return verify(read_folder(folder, {page.address: page for page in site.pages}), site, mount)


@pytest.fixture
def built(tmp_path: Path) -> Built:
    """Write a folder and verify it; give the problems as `code file:line` lines."""

    def write(files: dict[str, str] | None = None, site: Site = TWO_PAGES) -> list[str]:
        sound = {
            "index.html": HOME,
            "scripts/one.html": ONE,
            "css/a.css": 'a{background:url("data:image/svg+xml,<svg/>")}\n b{src:url(../pic.png)}',
            "js/a.js": 'const ns = "http://www.w3.org/2000/svg"; // see https://a.example\n',
            "pic.png": "",
        }
        for name, text in (sound | (files or {})).items():
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
        return [f"{p.code} {p.at.file}:{p.at.line}" for p in verified(tmp_path, site)]

    return write


def test_a_sound_folder_has_no_problems(built: Built) -> None:
    assert built() == []


def test_a_page_that_was_not_built(built: Built) -> None:
    site = replace(TWO_PAGES, pages=(*TWO_PAGES.pages, index("scripts/index.html", "话术", "s")))
    assert built(site=site) == ["page-missing scripts/index.html:1"]


@pytest.mark.parametrize(
    ("html", "problems"),
    [
        (ONE.replace(' data-item="open"', ""), ["block-missing scripts/one.html:1"]),
        (ONE.replace(' data-entity="script:one"', ""), ["block-missing scripts/one.html:1"]),
        (ONE + '<p data-item="open">', ["id-twice scripts/one.html:1"]),
        (ONE + '<p data-entity="script:one">', ["id-twice scripts/one.html:1"]),
        (ONE + '\n<p id="open">', ["id-twice scripts/one.html:5"]),
    ],
)
def test_what_a_page_holds_is_there_once(built: Built, html: str, problems: list[str]) -> None:
    assert built({"scripts/one.html": html}) == problems


def test_an_item_belongs_to_the_entity_around_it(built: Built) -> None:
    page = script({"term:a", "term:a#x", "term:b", "term:b#x"})
    site = replace(TWO_PAGES, pages=(TWO_PAGES.pages[0], page))
    body = '<p id="open">'
    a, b = (f'<li data-entity="term:{i}"><i data-item="x"></i></li>' for i in "ab")
    assert built({"scripts/one.html": body + a + b}, site) == []
    unmarked = b.replace(' data-item="x"', "")
    assert built({"scripts/one.html": body + a + unmarked}, site) == [
        "block-missing scripts/one.html:1"
    ]
    # beside its entity's element, but still as often as there are entities with such a part
    assert built({"scripts/one.html": body + a + unmarked + '<i data-item="x">'}, site) == []


@pytest.mark.parametrize(
    "link",
    [
        '<a href="gone.html">',
        '<a href="one.html#gone">',
        '<a href="#gone">',
        '<a href="../">ok</a><a href="../gone/">',
        '<a href="../../index.html">',
        '<img src="gone.png">',
        '<source srcset="../pic.png 1x, gone.png 2x">',
        '<link rel="icon" href="gone.ico">',
    ],
)
def test_a_link_that_leads_nowhere(built: Built, link: str) -> None:
    assert built({"scripts/one.html": f"{ONE}\n{link}"}) == ["broken-link scripts/one.html:5"]


@pytest.mark.parametrize(
    "asset",
    [
        '<script src="https://cdn.example/x.js"></script>',
        '<script src="//cdn.example/x.js"></script>',
        '<link rel="preconnect stylesheet" href="https://cdn.example/x.css">',
        '<img src="http://cdn.example/x.png">',
        '<img srcset="http://cdn.example/x.png 2x">',
        '<iframe src="https://cdn.example/"></iframe>',
        '<object data="https://cdn.example/x"></object>',
        '<video poster="https://cdn.example/x.png"></video>',
        '<p style="background:url(//cdn.example/x.png)">',
        "<style>@import 'https://cdn.example/x.css';</style>",
        "<script>fetch('https://cdn.example/x')</script>",
        '<svg><use href="https://cdn.example/x.svg#a"/></svg>',
    ],
)
def test_nothing_is_loaded_from_another_host(built: Built, asset: str) -> None:
    assert built({"scripts/one.html": f"{ONE}\n{asset}"}) == ["other-host scripts/one.html:5"]


def test_other_hosts_in_our_styles_and_scripts(built: Built) -> None:
    assert built(
        {"css/a.css": "\na{background:url(https://cdn.example/a.png)}", "js/a.js": "\n'//a.b/c'"}
    ) == ["other-host css/a.css:2", "other-host js/a.js:2"]


def test_a_style_sheet_that_names_a_missing_file(built: Built) -> None:
    assert built({"css/a.css": "a{src:url(gone.woff2)}"}) == ["broken-link css/a.css:1"]


def test_handwritten_pages_are_verified_too(built: Built) -> None:
    assert built({"about.html": '<a href="scripts/two.html">'}) == ["broken-link about.html:1"]


def test_links_of_the_404_page_begin_at_the_mount(tmp_path: Path, built: Built) -> None:
    assert built({"404.html": '<a href="/index.html">'}) == []
    (tmp_path / "404.html").write_text('<a href="/book/index.html">', encoding="utf-8")
    assert verified(tmp_path, TWO_PAGES, "/book/") == ()
    assert [p.code for p in verified(tmp_path, TWO_PAGES)] == ["broken-link"]


@pytest.mark.parametrize("address", ["https://erp.example/a", "//erp.example/a"])
@pytest.mark.parametrize("quote", ["'", "`", '"', ""])
def test_an_address_in_a_text_is_text(tmp_path: Path, quote: str, address: str) -> None:
    said = f"{quote}{address}{quote}"
    pages = tuple(
        replace(page, title=f"打开 {said} 登记", lead=(Text(said), *page.lead))
        for page in SITE.pages
    )
    filters = replace(SITE.filters, channels=(FilterValue("a", said),))
    site = replace(SITE, pages=pages, filters=filters, name=said)
    publish(project(tmp_path / "p"), small_read(site), words("en"), Progress(quiet=True))
    written = asset(tmp_path / "p" / "site", "search/1.js").read_text(encoding="utf-8")
    assert address in written


def test_a_script_of_the_theme_asks_no_other_host(built: Built, tmp_path: Path) -> None:
    theirs = 'x=load("https://cdn.example/m@11/m.js"),y=get(`https://api.example/${e}`)'
    assert built({"assets/m.js": theirs}) == ["other-host assets/m.js:1"] * 2
    assets.keep_at_home(tmp_path)
    assert built({"assets/m.js": (tmp_path / "assets" / "m.js").read_text(encoding="utf-8")}) == []
