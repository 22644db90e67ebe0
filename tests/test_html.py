"""Pages as HTML: every block, links, marks, and texts that cannot break the structure."""

import dataclasses
import re
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest
from demo_site import demo_site
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jinja2 import UndefinedError

from baodian import page
from baodian.page import Arrow, Block, Filter, Index, Picture, PictureStep
from baodian.said.messages import words
from baodian.said.problems import At
from baodian.writers import html
from baodian.writers.forms import ems, wrap
from baodian.writers.picture import drawings

EN = words("en")
SITE = demo_site()
PAGES = {p.address: p for p in SITE.pages}
CSS = Path(html.__file__).parents[1] / "theme" / "css"


def edit(at: At) -> str:
    return f"https://git.example.org/edit/{at.file}#L{at.line}"


def written(p: page.Page, editor=edit) -> str:
    return html.render(p, SITE, EN, editor).html


class Tags(HTMLParser):
    """The elements of a page without its texts, and whether they are properly nested."""

    VOID = frozenset({"input", "br", "img", "link", "meta"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.skeleton: list[tuple[object, ...]] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.attributes: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._open: list[str] = []
        self._drawing = False
        self.feed(text)
        self.close()
        assert self._open == [], f"not closed: {self._open}"

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        assert len(values) == len(attrs), f"attribute twice on <{tag}>"
        self._drawing = self._drawing or "bd-pic" in (values.get("class") or "").split()
        if not self._drawing:  # how many lines a label takes depends on the label
            self.skeleton.append((tag, tuple(name for name, _ in attrs), values.get("class")))
        self.attributes.append((tag, values))
        if "id" in values:
            self.ids.append(values["id"])
        if tag == "a":
            self.links.append(values["href"])
        if tag not in self.VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        assert self._open, f"</{tag}> closes nothing"
        assert self._open.pop() == tag
        self._drawing = self._drawing and tag != "svg"

    def handle_data(self, data):
        self.text += data

    def handle_comment(self, data):
        raise AssertionError(f"a comment: {data!r}")


def inside(value: object):
    """Yield every dataclass value in a page."""
    if dataclasses.is_dataclass(value):
        yield value
        for f in dataclasses.fields(value):
            yield from inside(getattr(value, f.name))
    elif isinstance(value, tuple | list):
        for v in value:
            yield from inside(v)


# --- blocks ---------------------------------------------------------------------------------------


def test_the_demo_uses_every_kind_of_block_and_segment():
    used = {type(v) for p in SITE.pages for v in inside(p)}
    assert set(get_args(Block)) - {page.Widget} <= used  # widgets have tests of their own
    assert set(get_args(page.Segment)) <= used
    pictures = {v.kind for p in SITE.pages for v in inside(p) if isinstance(v, Picture)}
    assert pictures == {"ladder", "stages", "set", "bars", "rings"}
    callouts = {v.kind for p in SITE.pages for v in inside(p) if isinstance(v, page.Callout)}
    assert callouts == {"red-line", "note", "tip", "draft", "legal", "missing"}


@pytest.mark.parametrize("address", PAGES)
def test_every_text_of_a_page_is_written(address):
    shown = re.sub(r"\s", "", Tags(written(PAGES[address])).text)
    texts = [
        v.text
        for v in inside(PAGES[address].blocks)
        if isinstance(v, page.Text | page.Strong | page.Link | page.Value)
    ]
    assert texts or address == "index.html"
    for text in texts:
        assert re.sub(r"\s", "", text) in shown


def test_a_block_without_a_macro_is_an_error():
    @dataclasses.dataclass(frozen=True)
    class Unheard:
        text: str = ""

    stranger = dataclasses.replace(PAGES["index.html"], blocks=(Unheard(),))  # type: ignore[arg-type]
    with pytest.raises(UndefinedError, match="has_no_macro"):
        written(stranger)


def test_an_unknown_icon_is_an_error():
    with pytest.raises(LookupError):
        html.icon_path("no-such-icon")
    with pytest.raises(LookupError):
        html.icon_path("../material/home")


def test_every_icon_of_the_documented_set_exists():
    documented = re.findall(r"([a-z-]+)(?: \(| ·)", html.__doc__.split("picture:")[1])
    assert len(documented) > 20
    for name in documented:
        assert html.icon_path(name)


def test_checklists_have_labelled_boxes():
    text = written(PAGES["checklists/leave-shop.html"])
    boxes = re.findall(r"<label[^>]*><input type=\"checkbox\"[^>]*><span>([^<]+)", text)
    assert len(boxes) == 6
    assert text.count("<input") == 6
    assert {"decider", "more-log"} <= set(Tags(text).ids)


def test_do_and_dont_are_said_in_words():
    text = written(PAGES["scripts/says-will-stop.html"])
    assert text.count('role="img" aria-label="Do">') == 3
    assert text.count('role="img" aria-label="Don&#39;t">') == 3


# --- structure ------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", PAGES)
def test_ids_are_unique_and_headings_are_where_the_contents_say(address):
    rendered = html.render(PAGES[address], SITE, EN, edit)
    found = Tags(rendered.html)
    assert [i for i, n in Counter(found.ids).items() if n > 1] == []
    assert {anchor for _, _, anchor in rendered.toc} <= set(found.ids)
    assert found.skeleton


@pytest.mark.parametrize("address", PAGES)
def test_what_a_page_holds_is_marked_once(address):
    marks = Counter[str]()
    around = PAGES[address].entity
    for _, values in Tags(written(PAGES[address])).attributes:
        if "data-entity" in values:
            marks[values["data-entity"]] += 1
        if "data-item" in values:
            marks[f"{around}#{values['data-item']}"] += 1
    for held in PAGES[address].holds:
        assert marks[held] == 1, held


def test_shown_elsewhere_is_marked_with_where_it_comes_from():
    text = written(PAGES["customers/activity/active.html"])
    assert 'data-from="rhythm:active-visit"' in text
    assert 'data-from="scheme:activity#classes"' in written(PAGES["customers/activity.html"])


TEXT_FIELDS = frozenset(
    """alt badges caption columns company effective_from effective_until example group label name
    note notice owner reviewed text title unit version""".split()  # noqa: SIM905
)


def with_texts(value, text, field=""):
    """Return a value with every text a reader sees replaced."""
    if isinstance(value, str):
        return text if field in TEXT_FIELDS and value else value
    if isinstance(value, Filter):
        choices = tuple((v, text) for v, _ in value.choices)
        return dataclasses.replace(value, label=text, choices=choices)
    if isinstance(value, Index):
        groups = tuple((a, text, with_texts(e, text)) for a, _, e in value.groups)
        return Index(groups, with_texts(value.filters, text))
    if dataclasses.is_dataclass(value):
        changed = {
            f.name: with_texts(getattr(value, f.name), text, f.name)
            for f in dataclasses.fields(value)
        }
        return dataclasses.replace(value, **changed)
    if isinstance(value, tuple):
        return tuple(with_texts(v, text, field) for v in value)
    return value


NASTY = st.one_of(
    st.text(min_size=1, max_size=30),
    st.text("<>&\"'{}%#=/!-[]` \n字a", min_size=1, max_size=30),
    st.sampled_from(
        [
            "</title><script>alert(1)</script>",
            '" onclick="x',
            "' autofocus x='",
            "{{ 7 * 7 }}{% raw %}",
            "{n}{what}",
            "<!-- ",
            "]]>",
            "</svg></details></table>",
            "&lt;b&gt;&#60;",
        ]
    ),
)


@given(text=NASTY, address=st.sampled_from(sorted(PAGES)))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_text_changes_the_structure(text, address):
    usual = Tags(written(with_texts(PAGES[address], "字")))
    nasty = Tags(written(with_texts(PAGES[address], text)))
    lines = [one for one in nasty.skeleton if one != ("br", (), None)]  # where a text has a break
    assert lines == [one for one in usual.skeleton if one != ("br", (), None)]
    assert nasty.ids == usual.ids
    assert set(nasty.links) == set(usual.links)
    drawn = {"br", "svg", "title", "desc", "path", "rect", "text", "a", "circle"}
    assert {tag for tag, _ in nasty.attributes} <= drawn | {tag for tag, _, _ in usual.skeleton}


def test_texts_are_really_replaced():
    changed = with_texts(PAGES["scripts/index.html"], "甲")
    assert "话术" not in written(dataclasses.replace(changed, trail=()))


# --- addresses ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "seen_from", "expected"),
    [
        ("scripts/x.html", "index.html", "scripts/x.html"),
        ("scripts/x.html#y", "scripts/z.html", "x.html#y"),
        ("scripts/x.html", "customers/a/b.html", "../../scripts/x.html"),
        ("index.html", "customers/a/b.html", "../../index.html"),
        ("scripts/x.html#y", "scripts/x.html", "#y"),
        ("scripts/x.html", "scripts/x.html", "x.html"),
        ("scripts/index.html?class=a", "scripts/x.html", "index.html?class=a"),
        ("tel:4000000000", "scripts/x.html", "tel:4000000000"),
        ("https://example.org/a", "scripts/x.html", "https://example.org/a"),
    ],
)
def test_addresses_are_relative_to_the_page(address, seen_from, expected):
    assert html.relative(address, seen_from) == expected


def test_other_schemes_are_refused():
    with pytest.raises(ValueError, match="javascript"):
        html.relative("javascript:alert(1)", "index.html")


@pytest.mark.parametrize("address", PAGES)
def test_every_link_of_the_demo_leads_somewhere(address):
    ids = {a: set(Tags(written(p)).ids) for a, p in PAGES.items()}
    links = [h for h in Tags(written(PAGES[address], lambda at: None)).links if ":" not in h]
    assert links or address == "parameters.html"
    for href in links:
        path, _, anchor = href.partition("#")
        parts = [*address.split("/")[:-1], *path.split("/")] if path else address.split("/")
        resolved: list[str] = []
        for part in parts:
            if part == "..":
                resolved.pop()
            else:
                resolved.append(part)
        target = "/".join(resolved)
        assert target in PAGES, href
        assert not anchor or anchor in ids[target], href


def test_links_in_long_prose_are_relative_too():
    assert 'href="scripts/restock.html"' in written(PAGES["methods.html"])
    moved = dataclasses.replace(PAGES["methods.html"], address="a/b.html")
    assert 'href="../scripts/restock.html"' in written(moved)


def test_edit_links_lead_to_the_line_and_only_to_the_web():
    file = "playbook_data/guides/activity/active.yml"
    text = written(PAGES["customers/activity/active.html"])
    assert f'href="https://git.example.org/edit/{file}#L10"' in text
    assert f'title="Edit {file}:10"' in text
    for nowhere in (lambda at: None, lambda at: f"file:///{at.file}"):
        assert "bd-edit" not in written(PAGES["customers/activity/active.html"], nowhere)


# --- pictures -------------------------------------------------------------------------------------


LABELS = st.text("客户等级活跃甲乙 abcWM12，。", min_size=1, max_size=16)


@st.composite
def pictures(draw):
    kind = draw(st.sampled_from(["ladder", "stages", "set", "bars"]))
    steps = draw(
        st.lists(st.builds(PictureStep, LABELS, LABELS | st.just("")), min_size=1, max_size=9)
    )
    place = st.integers(0, len(steps) - 1)
    arrows = draw(st.lists(st.builds(Arrow, place, place, LABELS), max_size=6))
    values = draw(st.lists(st.floats(0, 100), min_size=len(steps), max_size=len(steps)))
    return Picture(kind, tuple(steps), "alt", arrows=tuple(arrows), values=tuple(values), unit="天")


@given(pictures())
@settings(max_examples=200, deadline=None)
def test_nothing_in_a_picture_overlaps_or_sticks_out(picture):
    drawn = drawings(picture)
    assert {d.fits for d in drawn} in ({"both"}, {"wide", "narrow"})
    for d in drawn:
        assert d.width <= (680 if d.fits == "wide" else 328)
        assert len(d.boxes) == len(picture.steps)
        for box in d.boxes:
            assert box.x >= -0.01
            assert box.x + box.width <= d.width + 0.01
            assert box.y + box.height <= d.height + 0.01
            middle = [w for w in box.words if w.anchor == "middle"]
            for w in middle:
                half = ems(w.text) * (15 if w.size == "label" else 12.5) / 2
                assert w.x - half >= box.x - 0.01
                assert w.x + half <= box.x + box.width + 0.01
                assert box.y <= w.y <= box.y + box.height
            assert all(b.y - a.y >= 12 for a, b in pairwise(middle))
        for one, other in pairwise(sorted(d.boxes, key=lambda b: (b.y, b.x))):
            apart = one.x + one.width <= other.x or other.x + other.width <= one.x
            assert apart or one.y + one.height <= other.y + 0.01 or other.y + other.height <= one.y
        for i, dot in enumerate(d.dots):
            assert dot.x - 9 >= -0.01
            assert dot.x + 9 <= d.width + 1
            assert dot.y + 9 <= d.height + 10
            for b in d.dots[i + 1 :]:
                assert abs(dot.x - b.x) >= 18 or abs(dot.y - b.y) >= 18


def test_words_are_broken_evenly_and_keep_latin_words_whole():
    assert wrap("连续 3–11 个月达标", 8) == ("连续 3–11", "个月达标")
    assert wrap("VIP customers", 8) == ("VIP", "customers")
    assert wrap("", 8) == ()


def test_a_picture_says_in_words_what_it_shows():
    text = written(PAGES["customers/activity.html"])
    assert text.count("五类门店从低到高") >= 2
    assert 'role="group"' in text
    assert 'role="img"' in written(PAGES["methods.html"])


# --- colours --------------------------------------------------------------------------------------


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


def colours() -> dict[str, dict[str, str]]:
    text = (CSS / "tokens.css").read_text(encoding="utf-8")
    light, dark = text.split('[data-md-color-scheme="slate"]', 1)
    found = {
        name: dict(re.findall(r"--bd-([\w-]+): (#[0-9a-f]{6});", part))
        for name, part in (("light", light), ("dark", dark))
    }
    assert found["light"].keys() == found["dark"].keys()
    return found


PAIRS = [
    *((ink, ground) for ink in ("ink", "ink-2", "brand") for ground in ("paper", "card")),
    *(("ink", ground) for ground in ("sunk", "brand-soft", "red-soft", "green-soft", "amber-soft")),
    *(("ink-2", ground) for ground in ("sunk", "brand-soft")),
    ("on-brand", "brand"),
    *((name, ground) for name in ("red", "green", "amber") for ground in ("card", f"{name}-soft")),
    *((f"hue-{n}", ground) for n in range(html.HUES) for ground in ("card", "paper", f"soft-{n}")),
    *(("ink", f"soft-{n}") for n in range(html.HUES)),
    *(("card", f"hue-{n}") for n in range(html.HUES)),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_texts_have_enough_contrast(scheme):
    palette = colours()[scheme]
    weak = {(a, b): round(contrast(palette[a], palette[b]), 2) for a, b in PAIRS}
    assert {pair: c for pair, c in weak.items() if c < 4.5} == {}
    assert contrast(palette["edge"], palette["card"]) >= 3
    assert contrast(palette["edge"], palette["paper"]) >= 3


def test_style_sheets_and_scripts_name_no_other_host():
    files = [*CSS.parent.rglob("*.css"), *CSS.parent.rglob("*.js")]
    assert len(files) >= 8
    for file in files:
        code = re.sub(r"/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert not re.search(r"//\S", code), file.name


def test_dates_and_telephone_numbers_stay_in_one_line() -> None:
    told = html.lines("从 2027-03-01 起打 000-0000-0110，A-2027-03-01 和 <1-2>\n完")
    whole = '<span class="bd-whole">{}</span>'
    assert told == (
        f"从 {whole.format('2027-03-01')} 起打 {whole.format('000-0000-0110')}，"
        "A-2027-03-01 和 &lt;1-2&gt;<br>完"
    )
    begins = html.lines("<从 2027-03-01 起：多一份")
    assert begins == f"&lt;{whole.format('从 2027-03-01 起：')}多一份"


def test_in_titles_numbers_stay_with_what_they_count() -> None:
    whole = '<span class="bd-whole">{}</span>'
    since, days, times = map(whole.format, ("从 2027-01-01 起：", "75 天", "2 次"))
    told = html.title_lines("从 2027-01-01 起：75 天没订货，2 次")
    assert told == f"{since}{days}没订货，{times}"
    assert html.lines("75 天") == "75 天"
    assert html.lines("报告（2027-03-01 起）") == f"报告{whole.format('（2027-03-01 起）')}"
