"""What the search is given: blocks of written pages, folded, once each, with their sounds."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from small_site import asset

from baodian.page import Filters, FilterValue, Findable
from baodian.playbook import Playbook
from baodian.publish.reading import read_page
from baodian.text.sounds import by_hand
from baodian.writers import search
from baodian.writers.article import Article
from baodian.writers.search import Block, Index, fold, scripts, sounds, told

KB = 1024
PAGE = """
<nav class="bd-trail"><a href="index.html">话术</a></nav>
<h1>客户说“不想做了”</h1>
<p class="bd-lead">先问<strong>为什么</strong>，再谈。</p>
<svg class="bd-icon" viewBox="0 0 1 1"><title>图标</title></svg>
<section id="open"><h2 id="h-open">怎么说<a class="headerlink" href="#h-open">¶</a></h2>
<div class="bd-say-first"><p>哪件事让您不想做了？</p></div>
<div class="bd-say"><p>我记下来。<br>三天内回您。</p></div></section>
<h2 id="h-list">查什么</h2>
<ul><li class="bd-check" id="door" data-item="door">
<label><input type="checkbox">门口看过吗？</label></li></ul>
<details id="why"><summary>依据</summary><p>A &amp; B &lt;1&gt;</p></details>
<dl><div data-entity="term:churn" id="churn"><dt>流失</dt><dd>门店停订。</dd></div></dl>
<script>var hidden = "看不见";</script><style>p {}</style>
<p data-from="measure:x">别处来的一句。</p>
"""


def page(
    html: str = PAGE, address: str = "scripts/stop.html", entity: str = "script:stop"
) -> Article:
    return Article(address, "客户说“不想做了”", html, entity)


def read(article: Article) -> tuple[Block, ...]:
    """Return the texts of an article that stands alone in a file."""
    return read_page(f"<article>{article.html}</article>", owner=article.owner).blocks


def index(pages: Iterable[Article], by: Mapping[str, Findable], filters: Filters) -> Index:
    return search.index(((p, read(p)) for p in pages), by, filters)


def data(text: str) -> dict[str, Any]:
    """Return the data that a script hands over."""
    made = re.fullmatch(r"baodianSearch\.load\((.*)\);\n", text, re.DOTALL)
    assert made
    loaded: dict[str, Any] = json.loads(made[1])
    return loaded


def owner(row: list[str]) -> str:
    """Return the owner of a page in the data, which may be told by its address."""
    return row[4] if ":" in row[4] else f"{row[4]}:{row[0].partition('/')[2][:-5]}"


def found(html: str, by: dict[str, Findable] | None = None) -> list[tuple[str, str]]:
    """Return (role, text) of what can be found on one page."""
    ((_, blocks),) = index((page(html),), by or {}, Filters()).pages
    return [(b.role, b.text) for b in blocks]


# --- characters and sounds --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("VIP", "vip"),
        ("ＶＩＰ１００", "vip100"),  # full width
        ("客戶說「不想做了」", "客户说不想做了"),
        ("後 天", "后天"),
        ("著", "着"),
        ("乾幹", "干干"),
        ("①", "1"),
        ("　，。—…", ""),
    ],
)
def test_texts_that_differ_in_case_width_face_or_marks_fold_alike(typed: str, written: str) -> None:
    assert fold(typed) == fold(written)


def test_what_is_different_stays_different() -> None:
    assert len({fold(c) for c in "客户流失回访ab12"}) == 10


@pytest.mark.parametrize(
    ("text", "sound"),
    [
        ("银行", "yin hang"),
        ("行业", "hang ye"),
        ("重点", "zhong dian"),
        ("重新", "chong xin"),
        ("女", "nu"),
        ("vip卡", "v i p ka"),
    ],
)
def test_sounds_are_of_the_word_and_not_of_the_character(text: str, sound: str) -> None:
    assert " ".join(sounds(text)) == sound


def test_a_sound_written_by_hand_is_read_without_tones() -> None:
    assert told("liú shī") == told("LIU shi") == told("liu'shi") == ("liu", "shi")
    assert told("lǜ sè") == ("lu", "se")


# --- from HTML to blocks ----------------------------------------------------------------------


def test_every_text_of_a_page_is_a_block_with_its_role_part_and_place() -> None:
    assert [b for b in read(page()) if not b.copied] == [
        Block("t", "客户说“不想做了”", "script:stop"),
        Block("p", "先问为什么，再谈。", "script:stop"),
        Block("h", "怎么说", "script:stop", anchor="h-open"),
        Block("o", "哪件事让您不想做了？", "script:stop", anchor="h-open"),
        Block("s", "我记下来。", "script:stop", anchor="h-open"),
        Block("s", "三天内回您。", "script:stop", anchor="h-open"),
        Block("h", "查什么", "script:stop", anchor="h-list"),
        Block("i", "门口看过吗？", "script:stop", "door", "door"),
        Block("h", "依据", "script:stop", anchor="why"),
        Block("p", "A & B <1>", "script:stop", anchor="why"),
        Block("t", "流失", "term:churn", anchor="churn"),
        Block("p", "门店停订。", "term:churn", anchor="churn"),
    ]


def test_what_the_other_side_says_is_no_heading() -> None:
    html = '<div class="bd-answer"><h3>他说太贵</h3></div><h3>怎么说</h3>'
    assert [(b.text, b.role) for b in read(page(html))] == [("他说太贵", "i"), ("怎么说", "h")]


def test_what_is_at_home_elsewhere_or_leads_there_is_a_copy() -> None:
    assert [b.text for b in read(page()) if b.copied] == ["话术", "别处来的一句。"]


def test_what_nobody_sees_is_not_read() -> None:
    texts = " ".join(b.text for b in read(page()))
    assert not [word for word in ("看不见", "图标", "¶", "p {}", "<strong>") if word in texts]


def test_entities_and_parts_inside_a_copy_are_at_home() -> None:
    html = '<div class="bd-cards"><p>抄来的</p><p data-entity="term:x">自己的</p></div>'
    assert [(b.text, b.copied) for b in read(page(html))] == [("抄来的", True), ("自己的", False)]


# --- each text once ---------------------------------------------------------------------------


def test_a_copy_gives_way_to_its_home_wherever_that_comes() -> None:
    first = page('<p data-from="term:x">同一句话。</p>', "a.html", "script:a")
    home = page("<p>同一句话。</p>", "b.html", "script:b")
    for order in ((first, home), (home, first)):
        kept = {
            a.address: [b.text for b in blocks] for a, blocks in index(order, {}, Filters()).pages
        }
        assert kept == {"a.html": [], "b.html": ["同一句话。"]}


def test_a_copy_without_a_home_is_kept_once() -> None:
    pages = [page('<p data-from="x">无家可归</p>', f"{n}.html", f"script:{n}") for n in "abc"]
    kept = [len(blocks) for _, blocks in index(pages, {}, Filters()).pages]
    assert kept == [1, 0, 0]


def test_words_of_ours_on_many_pages_are_found_once_but_a_few_places_each() -> None:
    def places(count: int) -> int:
        pages = [page("<h2>怎么说</h2>", f"{n}.html", f"script:{n}") for n in range(count)]
        return sum(len(blocks) for _, blocks in index(pages, {}, Filters()).pages)

    assert (places(search.OFTEN), places(search.OFTEN + 1)) == (search.OFTEN, 1)


def test_items_and_spoken_lines_stay_on_each_of_their_pages() -> None:
    html = '<ul><li class="bd-check">关灯了吗？</li></ul><p class="bd-say">您忙。</p>'
    pages = [page(html, f"{n}.html", f"checklist:{n}") for n in range(9)]
    assert {len(blocks) for _, blocks in index(pages, {}, Filters()).pages} == {2}


# --- other names --------------------------------------------------------------------------------


def test_other_names_stand_behind_the_title() -> None:
    by = {"script:stop": Findable(aliases=("不做了", "散伙"))}
    assert found("<h1>题目</h1><p>正文</p>", by) == [
        ("t", "题目"), ("a", "不做了"), ("a", "散伙"), ("p", "正文"),
    ]  # fmt: skip


def test_a_name_that_stands_on_the_page_becomes_a_name_there_and_only_once() -> None:
    by = {"script:stop": Findable(aliases=("散伙",))}
    assert found("<h1>题目</h1><p>散伙</p><p>别的</p><li>“散伙”</li>", by) == [
        ("t", "题目"), ("a", "散伙"), ("p", "别的"), ("p", "“散伙”"),
    ]  # fmt: skip


def test_a_sound_by_hand_goes_before_the_usual_one() -> None:
    html = '<h1>词语</h1><div data-entity="term:x" id="x"><dt>行长</dt></div>'
    by = {"term:x": Findable(pinyin="xíng cháng")}
    plain, told_so = (data(scripts(index((page(html),), f, Filters()))["1.js"]) for f in ({}, by))
    assert told_so["pages"][0][3] != plain["pages"][0][3] or told_so["sounds"] != plain["sounds"]
    table = {
        c: row[: -len(row.lstrip("abcdefghijklmnopqrstuvwxyz"))]
        for row in told_so["sounds"].split("|")
        for c in row.lstrip("abcdefghijklmnopqrstuvwxyz")
    }
    assert (table["行"], table["长"]) == ("xing", "chang")


@pytest.mark.parametrize(
    ("name", "pinyin", "heard"),
    [
        ("曾VIP", "zēng vip", "zeng v i p"),
        ("曾 VIP-A", "zēng vip a", "zeng v i p a"),
        ("乐A1店", "yuè a1 diàn", "yue a 1 dian"),
        ("西安", "xī'ān", "xi an"),
        ("长安", "cháng", ""),
    ],
)
def test_a_sound_by_hand_fits_letters_in_the_name_too(name: str, pinyin: str, heard: str) -> None:
    assert " ".join(by_hand(name, pinyin)) == heard
    if heard:
        html = f'<h1>词语</h1><div data-entity="term:x" id="x"><dt>{name}</dt></div>'
        made = scripts(index((page(html),), {"term:x": Findable(pinyin=pinyin)}, Filters()))
        rows = data(made["1.js"])["sounds"].split("|")
        assert [row for row in rows if row[-1] == name[0]] == [heard.split()[0] + name[0]]


def test_what_people_also_say_leads_to_the_first_words() -> None:
    html = """<h1>太贵</h1>
    <div id="h-words"><div class="bd-say bd-say-first"><p>您说。</p></div></div>
    <details class="bd-answer" id="low" data-item="low"><summary>打折吧</summary></details>
    <h2 id="h-for">适用于谁</h2><p>太高了</p>"""
    by = {"script:stop": Findable(aliases=("太高了", "打折吧", "嫌贵"))}
    ((_, blocks),) = index((page(html),), by, Filters()).pages
    assert {b.text: b.anchor for b in blocks if b.role == "a"} == {
        "太高了": "h-words", "打折吧": "low", "嫌贵": "",
    }  # fmt: skip


def test_the_shipped_entities_are_found_by_what_people_call_them(
    shipped: Playbook, shipped_data: dict[str, Any]
) -> None:
    lines = {
        owner(row): {tuple(line.split("\t")[i] for i in (0, 2)) for line in row[3].split("\n")}
        for row in shipped_data["pages"]
    }
    for script in shipped.scripts.values():
        names = {fold(text) for role, text in lines[script.key] if role in "ta"}
        assert {fold(str(said)) for said in script.they_also_say} <= names, script.key
    assert ("a", "A级") in set().union(*lines.values())


# --- the data -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shipped_data(site: Path) -> dict[str, Any]:
    """The names of the shipped handbook, as the browser gets them."""
    return data(asset(site, "search/1.js").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("stage", "most"), [(1, 60), (2, 280)])
def test_the_shipped_data_is_small(site: Path, stage: int, most: int) -> None:
    packed = gzip.compress(asset(site, f"search/{stage}.js").read_bytes(), mtime=0)
    assert 10 * KB < len(packed) <= most * KB


def test_the_first_stage_holds_names_headings_and_items_alone(site: Path) -> None:
    first = data(asset(site, "search/1.js").read_text(encoding="utf-8"))
    roles = {line[0] for row in first["pages"] for line in row[3].split("\n")}
    assert roles == {"t", "a", "h", "i"}


def test_the_second_stage_says_nothing_that_the_first_has_said(site: Path) -> None:
    first, second = (
        data(asset(site, f"search/{n}.js").read_text(encoding="utf-8")) for n in (1, 2)
    )
    assert not {"kinds", "classes", "channels", "behind", "known"} & second.keys()
    characters = [set(re.sub("[a-z|]", "", one["sounds"])) for one in (first, second)]
    assert not characters[0] & characters[1]
    told = {row[0]: len(row[3].split("\n")) for row in first["pages"]}
    for address, _, _, lines, _ in second["pages"]:
        marks = [line for line in lines.split("\n") if line.startswith("=")]
        assert {line[0] for line in lines.split("\n")} <= set("=pso"), address
        ends = [int(n) for mark in marks for n in mark[1:].split("-")]
        assert ends == sorted(ends)
        assert (ends[-1] + 1 if ends else 0) == told.get(address, 0), address


def test_no_text_can_end_or_break_the_script() -> None:
    bad = "</script><!--\u2028\u2029\\\"'\t"
    escaped = bad.replace("&", "&amp;").replace("<", "&lt;")
    by = {"script:stop": Findable(aliases=(bad,))}
    made = scripts(index((page(f"<h1>一</h1><p>{escaped}</p>"),), by, Filters()))
    for name, text in made.items():
        assert "</" not in text
        assert not set(text) & {"\u2028", "\u2029"}
        called = "baodian.pages" if name == "pages.js" else "baodianSearch.load"
        assert json.loads(text.removeprefix(f"{called}(").removesuffix(");\n"))


def test_every_page_of_everywhere_is_named_for_an_address_that_leads_nowhere() -> None:
    made = scripts(index((page("<h1>一</h1><p>二</p>"),), {}, Filters()))
    told = json.loads(made["pages.js"].removeprefix("baodian.pages(").removesuffix(");\n"))
    shown = data(made["1.js"])["pages"]
    assert [address for address, _ in told] == [row[0] for row in shown]
    assert all(title for _, title in told)


def test_other_words_for_a_term_go_with_it() -> None:
    html = '<h1>词语</h1><div data-entity="term:x" id="x"><dt>回款</dt></div>'
    by = {"term:x": Findable(aliases=("收款", "回 款")), "script:stop": Findable(aliases=("散伙",))}
    made = scripts(index((page(html),), by, Filters()))
    assert data(made["2.js"])["same"] == "收款\t回款"
    assert data(made["1.js"])["same"] == ""


def test_a_text_stays_in_its_line() -> None:
    by = {"script:stop": Findable(aliases=("甲\t乙\n丙",))}
    made = data(scripts(index((page("<h1>一\n二</h1>"),), by, Filters()))["1.js"])
    assert [line.split("\t")[0] for line in made["pages"][0][3].split("\n")] == ["t", "a"]


def test_same_pages_same_bytes() -> None:
    by = {"script:stop": Findable(("乙", "甲"), classes=("s/b", "s/a"), channels=("phone",))}
    filters = Filters(
        kinds=((FilterValue("script", "话术"), ("script",)),),
        classes=tuple(FilterValue(f"s/{c}", c, "尺子") for c in "abc"),
        channels=(FilterValue("phone", "电话"),),
    )
    first, second = (scripts(index((page(),), by, filters)) for _ in range(2))
    assert first == second
    assert data(first["2.js"])["for"] == {"script:stop": "0-1;0"}
