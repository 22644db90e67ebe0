"""What a browser may do with a page: stated in each, sent by hosts; and what it would stop."""

import re
from pathlib import Path

import pytest
import yaml
from small_site import project, small_read

from baodian.build import publish
from baodian.publish import assets, policy
from baodian.publish.frames import Wanted
from baodian.said.messages import words
from baodian.said.problems import PlaybookError
from baodian.terminal import Progress

QUIET = Progress(quiet=True)
EN = words("en")
STATED = re.compile(r'<head><meta http-equiv="Content-Security-Policy" content="([^"]*)">')
HOSTING = Path(assets.__file__).parents[1] / "hosting"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site, with a page of its own that says its columns' sides."""
    folder = project(tmp_path_factory.mktemp("p") / "p")
    table = "# 表\n\n| 左 | 中 | 右 |\n|:--|:-:|--:|\n| 1 | 2 | 3 |\n"
    (folder / "content" / "table.md").write_text(table, encoding="utf-8")
    publish(folder, small_read(), EN, QUIET)
    return folder / "site"


def directives(text: str) -> dict[str, list[str]]:
    return {name: values for name, *values in (part.split() for part in text.split(";"))}


def test_every_page_states_it_before_it_names_anything(site: Path) -> None:
    pages = [p for p in site.rglob("*.html") if p.name != "handbook.html"]
    stated = {page.name: STATED.search(page.read_text(encoding="utf-8")) for page in pages}
    assert len(stated) > 5
    assert None not in stated.values()
    (one,) = {found[1] for found in stated.values() if found}
    given = directives(one)
    assert given["default-src"] == ["'self'", "file:"]
    assert given["script-src"] == ["'self'", "file:"]
    assert given["object-src"] == ["'none'"]
    assert {"base-uri", "form-action"} <= given.keys()


def test_no_policy_lets_markup_act_or_another_host_in(site: Path) -> None:
    page = STATED.search((site / "index.html").read_text(encoding="utf-8"))
    one_file = re.search(r'Policy" content="([^"]*)', (site / "handbook.html").read_text("utf-8"))
    assert page
    assert one_file
    for text in (page[1], one_file[1], policy.of_host(), (site / "_headers").read_text("utf-8")):
        assert "unsafe" not in text
        assert not re.search(r"https?:|\*[^\n]|\s\.", text.replace("/*\n", "").replace("/*", ""))


def test_no_page_has_a_script_or_a_sheet_in_its_markup(site: Path) -> None:
    acting = re.compile(r"<(?:script(?![^>]*(?:src=|json))|style)\b[^>]*>")
    for page in site.rglob("*.html"):
        if page.name != "handbook.html":
            assert not acting.search(page.read_text(encoding="utf-8")), page


def test_a_home_screen_may_be_told_of_the_handbook(site: Path) -> None:
    text = (site / "index.html").read_text(encoding="utf-8")
    assert '<link rel="manifest" href="manifest.json"' in text
    for stated in (STATED.findall(text)[0], policy.of_host()):
        given = directives(stated)
        assert "'self'" in given.get("manifest-src", given["default-src"])


def test_the_handbook_in_one_file_names_its_script_and_its_sheet(site: Path) -> None:
    text = (site / "handbook.html").read_text(encoding="utf-8")
    assert list(policy.blocked(text)) == []
    given = directives(re.findall(r'Policy" content="([^"]*)', text)[0])
    assert given["default-src"] == ["'none'"]
    (style,) = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    assert given["style-src"] == [policy.digest(style)]
    sent = (site / "_headers").read_text(encoding="utf-8")
    assert policy.digest(style) in sent  # or a host's policy would stop it


@pytest.mark.parametrize(
    ("bad", "seen"),
    [
        ("<p style='color:red'>x", ["style='color:red"]),
        ('<p title="a>b" onclick="x()">', ['onclick="x()']),
        ("<script>alert(1)</script>", ["<script>alert(1)"]),
        ("<style>a{}</style>", ["<style>a{}"]),
        ("<svg><g class=a style=x>", ["style=x"]),
        ('<script type="application/json">{"a":"<p style=x>"}</script>', []),
        ('<p>so: style="x", onclick="y"', []),
        ('<script src="a.js"></script><script type="text/late" src="b.js"></script>', []),
    ],
)
def test_what_it_stops_is_seen(bad: str, seen: list[str]) -> None:
    page = policy.guarded(f"<!doctype html><head></head><body>\n{bad}")
    assert [what for what, _ in policy.blocked(page)] == seen
    assert list(policy.blocked(page.replace("http-equiv", "x"))) == []  # it states none


OVERRIDE = '{% extends "main.html" %}{% block extrahead %}<style>p { top: 0 }</style>{% endblock %}'


def test_a_page_with_something_that_it_stops_is_not_published(tmp_path: Path) -> None:
    folder = project(tmp_path / "p")
    settings = folder / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("name: material\n", "name: material\n  custom_dir: own\n"))
    (folder / "own").mkdir()
    (folder / "own" / "404.html").write_text(OVERRIDE, encoding="utf-8")
    with pytest.raises(PlaybookError) as caught:
        publish(folder, small_read(), EN, QUIET)
    (problem,) = caught.value.problems
    assert (problem.code, problem.at.file) == ("blocked", "404.html")
    assert "<style>p { top: 0 }" in EN.text(problem.message)
    assert not (folder / "site").exists()


def test_pages_for_a_server_that_adds_scripts_state_none(tmp_path: Path) -> None:
    folder = project(tmp_path / "p")
    publish(folder, small_read(), EN, QUIET, wanted=Wanted(copies=False, guarded=False))
    assert "Content-Security-Policy" not in (folder / "site" / "index.html").read_text("utf-8")


def test_hosts_keep_only_folders_of_files_that_never_change(site: Path) -> None:
    kept = re.findall(r"^/(\S+)/\*\n  Cache-Control: .*immutable$", (site / "_headers").read_text(),
                      re.MULTILINE)  # fmt: skip
    assert {"css", "js", "search", "widgets", "head"} <= set(kept)
    assert "icons" not in kept  # its pictures have no digest
    assert policy.headers(["a/x.0123abcd.js", "a/b/y.js", "c/d/z.0123abcd.css", "w.0123abcd.js"],
                          "p").count("immutable") == 1  # fmt: skip
    assert "\n/c/*\n" in policy.headers(["c/d/z.0123abcd.css", "e.html"], "p")


def test_a_file_of_headers_that_is_there_stays(tmp_path: Path) -> None:
    folder = project(tmp_path / "p")
    hook = (
        'def on_post_build(config):\n    open(config["site_dir"] + "/_headers", "w").write("x")\n'
    )
    (folder / "hook.py").write_text(hook, encoding="utf-8")
    settings = yaml.safe_load((folder / "mkdocs.yml").read_text(encoding="utf-8"))
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(settings | {"hooks": ["hook.py"]}))
    publish(folder, small_read(), EN, QUIET)
    assert (folder / "site" / "_headers").read_text(encoding="utf-8") == "x"


def test_nginx_sends_what_the_pages_state() -> None:
    text = (HOSTING / "nginx.conf").read_text(encoding="utf-8")
    assert f'"{policy.of_host()}";' in text
    assert "unsafe" not in text


THEIRS = (
    '/*!\n * https://theirs.example/\n */_t("https://cdn.example/m@11/m.js");'
    "y=get(`https://api.example/${e}`)\n//# sourceMappingURL=b.js.map\n"
)


def test_what_is_taken_of_the_theme_names_no_host(tmp_path: Path) -> None:
    bundle = tmp_path / "assets" / "javascripts" / "bundle.01234567.min.js"
    bundle.parent.mkdir(parents=True)
    bundle.write_text(THEIRS, encoding="utf-8")
    assets.keep_at_home(tmp_path)
    text = bundle.read_text(encoding="utf-8")
    assert "://" not in text
    assert " * theirs.example/" in text  # whose it is stays said


def test_no_script_or_sheet_that_is_published_names_another_host(site: Path) -> None:
    for file in (*site.rglob("*.js"), *site.rglob("*.css")):
        hosts = set(re.findall(r"https?://([\w.-]+)", file.read_text(encoding="utf-8")))
        assert hosts <= {"www.w3.org"}, file  # a vocabulary, not a place
