"""What a device stores: the list is complete and true, and small; nothing else is published."""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path

from small_site import asset

from baodian.publish import assets, lean, offline, policy, single
from baodian.publish.finish import ROBOTS
from baodian.publish.ours import MARKER
from baodian.publish.reading import read_folder
from baodian.writers import feed

TODAY = datetime.date(2026, 12, 1)


def listed(site: Path) -> dict[str, list[str | int]]:
    return json.loads((site / offline.LIST).read_text(encoding="utf-8"))["files"]


def test_the_list_names_every_file_with_its_hash(site: Path) -> None:
    found = {p.relative_to(site).as_posix() for p in site.rglob("*") if p.is_file()}
    left_out = {offline.WORKER, offline.LIST, single.FILE, MARKER, ROBOTS, feed.FILE, policy.FILE}
    files = listed(site)
    assert len(files) > 250
    assert set(files) == found - left_out
    for name, (hash_, size) in files.items():
        data = (site / name).read_bytes()
        assert (hash_, size) == (hashlib.sha256(data).hexdigest()[:32], len(data)), name


def test_the_worker_knows_the_hash_of_the_list(site: Path) -> None:
    worker = (site / offline.WORKER).read_text(encoding="utf-8")
    version = hashlib.sha256((site / offline.LIST).read_bytes()).hexdigest()[:32]
    assert f'"{version}"' in worker
    assert "@" not in worker


def test_the_same_files_give_the_same_version_and_others_another(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("a", encoding="utf-8")
    one = offline.write(tmp_path, "1", TODAY)
    assert offline.write(tmp_path, "1", TODAY) == one
    assert one.files == ("index.html",)
    (tmp_path / "index.html").write_text("b", encoding="utf-8")
    assert offline.write(tmp_path, "1", TODAY).version != one.version


def test_the_whole_handbook_is_small_enough_to_keep(site: Path) -> None:
    """Over the wire; a browser test measures what a device stores."""
    wire = offline.over_the_wire(site, [*listed(site), offline.LIST, offline.WORKER])
    assert wire <= 3_000_000, wire


def test_nothing_of_the_theme_is_published_that_no_page_asks_for(site: Path) -> None:
    assert assets.unused(read_folder(site, {})) == ()
    assert (
        list((site / "assets").rglob("*")) == []
    )  # its sheets are a part of ours, its script of no use
    assert "sourceMappingURL" not in asset(site, assets.SHEET).read_text(encoding="utf-8")


def test_what_a_page_or_a_sheet_names_stays(tmp_path: Path) -> None:
    for name in ("a.css", "b.png", "c.js", "d.js"):
        (tmp_path / "assets").mkdir(exist_ok=True)
        (tmp_path / "assets" / name).write_text("url(b.png)", encoding="utf-8")
    page = '<link rel="stylesheet" href="assets/a.css"><script src="assets/c.js"></script>'
    (tmp_path / "index.html").write_text(page, encoding="utf-8")
    unused = assets.unused(read_folder(tmp_path, {}))
    assert unused == ("assets/d.js",)
    assets.drop(tmp_path, unused)
    assert sorted(p.name for p in (tmp_path / "assets").iterdir()) == ["a.css", "b.png", "c.js"]


def test_white_space_that_is_seen_stays() -> None:
    text = "<p>\n  a\n  <b>b</b>\n <i>c</i>  d</p>\n<pre>\n x\n</pre><textarea> y\n z</textarea>"
    made = lean.packed(text)
    assert made == "<p>a\n<b>b</b>\n<i>c</i>  d</p><pre>\n x\n</pre><textarea> y\n z</textarea>\n"


def test_the_script_of_tabs_stays_where_there_are_tabs() -> None:
    script = '<script>var target=document.getElementById("__tabbed_")</script>'
    assert lean.plain_frame(f"<p>a</p>{script}") == "<p>a</p>"
    tabs = f'<input id="__tabbed_1_1">{script}'
    assert lean.plain_frame(tabs) == tabs


def test_what_only_the_themes_script_would_ask_for_goes() -> None:
    frame = (
        '<input class="md-toggle" data-md-toggle="drawer" id="__drawer">{}'
        '<div data-md-component="announce">\n</div>'
        '<header class="md-header" data-md-component="header">{}</header>'
        '<main class="md-main" data-md-component="main"><ul data-md-component="toc"'
        ' data-md-scrollfix></ul></main><div class="md-dialog" data-md-component="dialog">\n'
        '<div class="md-dialog__inner md-typeset"></div></div>'
    )
    drawer = '<input class="md-toggle" data-md-toggle="drawer" id="__drawer">'
    search = '<input class="md-toggle" data-md-toggle="search" id="__search">'
    header = '<header class="md-header" data-md-component="header">{}</header>'
    main = '<main class="md-main"><ul data-md-component="toc"></ul></main>'
    assert lean.plain_frame(frame.format(search, "")) == drawer + header.format("") + main
    asked = '<label for="__search"></label>'  # another theme's search has its box
    assert lean.plain_frame(frame.format(search, asked)) == (
        drawer + search + header.format(asked) + main
    )
    said = '<div data-md-component="announce"><aside>a</aside></div>'
    assert lean.plain_frame(said) == said


def test_white_space_goes_between_entries_of_the_frame_and_nowhere_else() -> None:
    entries = '<li>\n<a href="a">一 二</a>\n</li>\n<li><a href="b">三</a></li>'
    tight = '<li><a href="a">一 二</a></li><li><a href="b">三</a></li>'
    for before, after in (
        ('<ul class="md-nav__list">', "</ul>"),
        ('<nav class="bd-bar">', "</nav>"),
    ):
        assert lean.plain_frame(f"{before}{entries}{after}") == f"{before}{tight}{after}"
    chips = '<ul class="bd-chip-list"><li>a</li> <li>b</li></ul>'
    assert lean.plain_frame(chips) == chips
    title = '<span class="md-ellipsis">{}</span>'
    assert lean.plain_frame(title.format("\n一 二\n")) == title.format("一 二")


def test_marks_of_the_theme_go_from_tags_and_from_no_text() -> None:
    marks = ' data-md-scrollfix data-md-type="a" data-md-component="sidebar"'
    tag = f'<li class="md-nav__item md-nav__item--pruned"{marks}>'
    text = f"x md-nav__item--pruned{marks} y"
    assert lean.plain_frame(f"{tag}{text}</li>") == f'<li class="md-nav__item">{text}</li>'


def test_a_link_is_named_once() -> None:
    named = '<a href="x"{} class="y" aria-label="三 个">'
    assert lean.plain_frame(named.format(' title="三 个"')) == named.format("")
    assert lean.plain_frame(named.format(' title="另"')) == named.format(' title="另"')


def test_edit_marks_keep_the_line_and_the_first_its_link() -> None:
    link = '<a class="bd-edit" href="https://h/e/{at}" title="t"><svg></svg></a>'
    text = "".join(link.format(at=at) for at in ("x.yml#L1", "x.yml#L2", "y.yml#L3"))
    made = lean.short_edits(text, "https://h/e/")
    assert 'href="https://h/e/x.yml#L1"' in made
    assert re.findall(r'data-at="([^"]+)"', made) == ["x.yml#L1", "#L2", "y.yml#L3"]
    assert made.count("href") == 1


def test_icons_are_drawn_by_the_sheet() -> None:
    text = (
        '<svg class="bd-icon" viewBox="0 0 24 24" aria-hidden="true"><use href="#bd-i-a"/></svg>'
        '<svg class="bd-sprite" width="0"><symbol id="bd-i-a" viewBox="0"><path d="M1"/></symbol>'
        "</svg>"
    )
    made = lean.shared_icons(text)
    assert made.html == '<svg class="bd-icon bd-i-a" aria-hidden="true"></svg>'
    assert "M1" in lean.sheet(made.icons)
    assert ".bd-i-a {" in lean.sheet(made.icons)
    assert ".md-typeset svg[class*=bd-i-] { height: 1.15em; }" in lean.sheet(made.icons)


class Anchors(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.fetched: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag == "a" and given.get("href"):
            self.links.append(str(given["href"]))
        self.fetched += [str(given[n]) for n in ("src",) if given.get(n)]


def test_the_single_file_holds_every_page_and_its_links_work(site: Path) -> None:
    text = (site / single.FILE).read_text(encoding="utf-8")
    found = Anchors()
    found.feed(text)
    pages = {single.slug(name) for name in listed(site) if name.endswith(".html")}
    pages -= {single.slug(name) for name in (*single.LEFT_OUT, "404.html")}
    cities = ("nanyu-", "qinggang-")  # they have files of their own: export single --city
    pages = {page for page in pages if not page.startswith(cities)}
    assert pages <= set(found.ids)
    assert len(set(found.ids)) == len(found.ids)
    inside = [link[1:] for link in found.links if link.startswith("#")]
    assert len(inside) > 2000
    assert [a for a in inside if a not in set(found.ids)] == []
    others = {x for x in found.links if not x.startswith(("#", "tel:", "https://", "mailto:"))}
    assert others == set()
    assert found.fetched == []


def test_a_handbook_without_copies_publishes_a_worker_that_goes(tmp_path: Path) -> None:
    offline.end(tmp_path)
    text = (tmp_path / offline.WORKER).read_text(encoding="utf-8")
    assert "unregister" in text
    assert "fetch" not in text


def test_choices_of_light_and_dark_keep_what_tells_them_apart() -> None:
    form = '<form class="md-header__option" data-md-component="palette">{}{}</form>'
    one = '<input data-md-color-scheme="{}" data-md-color-primary="{}" data-md-color-accent="blue">'
    bare = one.replace(' data-md-color-accent="blue"', "")
    two = form.format(one.format("default", "red"), one.format("slate", "teal"))
    assert lean.plain_frame(two) == form.format(
        bare.format("default", "red"), bare.format("slate", "teal")
    )
    alone = form.format(one.format("default", "red"), "")
    assert lean.plain_frame(alone) == alone
