"""Scripts and sheets under names that say what they hold: whatever is kept, versions never mix."""

import hashlib
import json
import posixpath
import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
from small_site import SITE, asset, project, small_read

from baodian.build import publish
from baodian.page import Text
from baodian.publish import addresses, assets
from baodian.said.messages import words
from baodian.terminal import Progress

QUIET = Progress(quiet=True)
EN = words("en")
NAMED = re.compile(r'<script[^>]* src="([^"]*)|<link rel="stylesheet"[^>]* href="([^"]*)')


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small project with a page, a sheet and a script of its own, built."""
    folder = project(tmp_path_factory.mktemp("p") / "p")
    settings = folder / "mkdocs.yml"
    more = "extra_css: [own/a.css]\nextra_javascript: [own/b.js]\n"
    settings.write_text(settings.read_text(encoding="utf-8") + more, encoding="utf-8")
    (folder / "content" / "own").mkdir()
    (folder / "content" / "own" / "a.css").write_text("a { color: red; }", encoding="utf-8")
    (folder / "content" / "own" / "b.js").write_text("window.own = 1;", encoding="utf-8")
    publish(folder, small_read(), EN, QUIET)
    return folder


def files(site: Path) -> dict[str, bytes]:
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()}


@pytest.mark.parametrize(
    ("plain", "last"),
    [
        ("js/site.js", "js/site.@.js"),
        ("widgets/finder.decide.js", "widgets/finder.decide.@.js"),
        ("assets/bundle.a5f9d56c.min.js", "assets/bundle.@.min.js"),
        ("own/a.min.css", "own/a.@.min.css"),
        ("own/v1.2.css", "own/v1.2.@.css"),
    ],
)
def test_a_name_holds_the_digest_of_the_bytes_once(plain: str, last: str) -> None:
    digest = hashlib.sha256(b"x").hexdigest()[:8]
    assert addresses.name(plain, b"x") == last.replace("@", digest)
    assert addresses.name(addresses.name(plain, b"y"), b"x") == last.replace("@", digest)
    assert addresses.lasting(addresses.name(plain, b"x"))
    assert not addresses.lasting("js/site.js")


PAGE = (
    '<link rel="icon" href="../i.png"><link rel="stylesheet" href="../css/a.css">'
    '<script src="../js/b.js" defer></script><script src="https://a.example/js/b.js"></script>'
    '<a href="../js/b.js">x</a><script>"../js/b.js"</script>'
)
NAMES = {"css/a.css": "css/a.1.css", "js/b.js": "js/b.2.js"}


def test_only_scripts_and_sheets_are_called_by_their_last_name() -> None:
    assert list(addresses.asked(PAGE, "x/y.html")) == ["css/a.css", "js/b.js"]
    settled = addresses.settled(PAGE, "x/y.html", NAMES)
    assert settled == PAGE.replace("../css/a.css", "../css/a.1.css").replace(
        'src="../js/b.js"', 'src="../js/b.2.js"'
    )
    assert addresses.settled(PAGE, "y.html", NAMES) == PAGE  # there it means files elsewhere


def test_the_page_for_lost_addresses_is_shown_at_any_depth() -> None:
    deep = '<script src="../../../js/b.js"></script><script src="./js/b.js"></script>'
    assert list(addresses.asked(deep, "404.html")) == ["js/b.js", "js/b.js"]
    assert addresses.settled(deep, "404.html", NAMES) == deep.replace("b.js", "b.2.js")


def test_every_script_and_sheet_that_a_page_names_says_what_it_holds(made: Path) -> None:
    site = made / "site"
    named = set()
    for name, data in files(site).items():
        if not name.endswith(".html") or name == "handbook.html":
            continue
        for groups in NAMED.findall(data.decode()):
            path = re.sub(r"^(\.\./)+", "", unquote("".join(groups)))
            if name != "404.html":
                path = posixpath.normpath(
                    posixpath.join(posixpath.dirname(name), unquote("".join(groups)))
                )
            assert addresses.name(path, (site / path).read_bytes()) == path
            named.add(re.sub(r"\.[0-9a-f]{8}\.", ".", path))
    assert {"js/site.js", "css/handbook.css", "head/first.js", "own/a.css", "own/b.js"} <= named
    assert not [name for name in named if name.startswith("assets/")]


def test_the_sheet_is_asked_for_before_the_first_script_holds_up_the_page(made: Path) -> None:
    site = made / "site"
    early = re.compile(r'<link rel="preload" href="([^"]*)" as="style">')
    sheet = re.compile(r'<link rel="stylesheet" href="([^"]*\bhandbook\.[^"]*)"')
    first = re.compile(r"<script src=[^>]*head/first\.")
    framed = set(site.rglob("*.html")) - {site / "handbook.html"}  # all in one file needs no sheet
    assert len(framed) > 5
    for path in framed:
        page = path.read_text(encoding="utf-8")
        found, named, script = early.search(page), sheet.search(page), first.search(page)
        assert found
        assert named
        assert script
        assert found[1] == named[1]
        assert found.start() < script.start()


def test_no_script_or_sheet_of_ours_stands_under_a_plain_name(made: Path) -> None:
    plain = {
        name for name in files(made / "site")
        if name.endswith((".js", ".css")) and not addresses.lasting(name)
    }  # fmt: skip
    assert plain == {addresses.NOW, "sw.js", "own/a.css", "own/b.js"}  # others may link to theirs


def test_a_change_of_one_text_changes_only_the_pages_that_say_it(tmp_path: Path) -> None:
    one = next(page for page in SITE.pages if page.address == "scripts/one.html")
    other = replace(one, lead=(Text("别的话。"),))
    pages = tuple(other if page is one else page for page in SITE.pages)
    folder = project(tmp_path / "p")
    (before, after) = (tmp_path / "before", tmp_path / "after")
    for target, site in ((before, SITE), (after, replace(SITE, pages=pages))):
        publish(folder, small_read(site), EN, QUIET)
        (folder / "site").rename(target)
    old, new = files(before), files(after)
    changed = {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}
    assert {name for name in changed if name.endswith(".html")} == {other.address, "handbook.html"}
    assert not {name for name in changed if name.startswith(("js/", "css/", "widgets/"))}


def test_pages_of_an_earlier_build_call_what_is_shared_by_its_new_names(tmp_path: Path) -> None:
    """A new icon is a new sheet, so every page names another; none is framed again for it."""
    one = next(page for page in SITE.pages if page.address == "scripts/one.html")
    other = replace(one, icon="rocket-launch")
    site = replace(SITE, pages=tuple(other if page is one else page for page in SITE.pages))
    again, fresh = project(tmp_path / "again"), project(tmp_path / "fresh")
    publish(again, small_read(SITE), EN, QUIET)
    before = asset(again / "site", "css/handbook.css").name
    publish(again, small_read(site), EN, QUIET)
    publish(fresh, small_read(site), EN, QUIET)
    assert asset(again / "site", "css/handbook.css").name != before
    assert files(again / "site") == files(fresh / "site")


def told(site: Path) -> dict[str, object]:
    text = (site / addresses.NOW).read_text(encoding="utf-8")
    found: dict[str, object] = json.loads(text.removeprefix("baodian.now(").removesuffix(");\n"))
    return found


def test_one_small_file_names_the_data_of_today(made: Path) -> None:
    now = told(made / "site")
    data = now["files"]
    assert isinstance(data, dict)
    assert {"changes.js", "search/1.js", "search/2.js", "search/pages.js"} <= data.keys()
    for plain, last in data.items():
        assert asset(made / "site", plain) == made / "site" / last
    assert now["site"] == asset(made / "site", "js/site.js").relative_to(made / "site").as_posix()
    pages = (n for n in files(made / "site") if n.endswith(".html"))
    for name in pages:  # no page holds any of it, nor asks for it
        text = (made / "site" / name).read_text(encoding="utf-8")
        assert not [last for last in (*data.values(), addresses.NOW) if last in text]


def test_what_the_script_of_every_page_loads_later_is_named_in_it(made: Path) -> None:
    text = asset(made / "site", "js/site.js").read_text(encoding="utf-8")
    for name in assets.LATE:
        assert asset(made / "site", name).relative_to(made / "site").as_posix() in text


def test_a_part_that_fails_leaves_the_others_of_the_script_running(made: Path) -> None:
    text = asset(made / "site", "js/site.js").read_text(encoding="utf-8")
    parts = len(list((assets.THEME / "js").glob("*.js"))) + 1
    assert len(re.findall(r"^try\{$", text, re.MULTILINE)) == parts
    assert len(re.findall(r"^\}catch\(e\)\{failed\(e\)\}$", text, re.MULTILINE)) == parts
