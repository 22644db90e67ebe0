"""Our scripts: what is published does as what is written, on the browsers that we need anyway."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
import rjsmin  # type: ignore[import-untyped]

from baodian.writers.widgets import WIDGETS

THEME = WIDGETS.parent
SCRIPTS = sorted(THEME.rglob("*.js"))
NODE = os.environ.get("NODE", "node")
TESTS = sorted((Path(__file__).parent / "scripts").glob("*.test.mjs"))

# What came after ES2017, but for classes of characters (`\p{L}`), which the search needs, and reads
# as a mistake in a browser of 2018: the whole script would not run.
LATER = {
    "a?.b": r"\?\.(?!\d)", "a ?? b": r"\?\?", "a ||= b": r"(?:\|\||&&|\*\*)=",
    "lookbehind": r"\(\?<", "private names": r"\bthis\.#", "1_000": r"\b\d+_\d",
    "{ ...map }": r"\{ ?\.\.\.",
    "methods": r"\.(?:flat|flatMap|at|replaceAll|matchAll|fromEntries|finally|hasOwn)\(",
}  # fmt: skip
MARKUP = r"\b(?:innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval|new Function)\b"


def code(file: Path) -> str:
    """Return a script without comments and texts."""
    text = re.sub(
        r"/\*.*?\*/|(?<!:)//[^\n]*", "", file.read_text(encoding="utf-8"), flags=re.DOTALL
    )
    return re.sub(r'"(?:[^"\\\n]|\\.)*"', '""', text)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripts without comments, as a build writes them."""
    folder = tmp_path_factory.mktemp("theme")
    for file in SCRIPTS:
        written = folder / file.relative_to(THEME)
        written.parent.mkdir(exist_ok=True)
        written.write_text(rjsmin.jsmin(file.read_text(encoding="utf-8")), encoding="utf-8")
    return folder


def test_what_is_published_passes_the_tests_of_what_is_written(published: Path) -> None:
    """Each script can be read, and those that know no page do as `tests/scripts/` wants."""
    files = sorted(published.rglob("*.js"))
    assert len(files) == len(SCRIPTS) > 20
    for file in files:
        subprocess.run([NODE, "--check", file], check=True)
    done = subprocess.run(
        [NODE, "--test", *TESTS], capture_output=True, text=True,
        env=os.environ | {"BAODIAN_THEME": str(published)},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    passed = re.search(r"^\S* ?pass (\d+)$", done.stdout, re.MULTILINE)
    assert passed
    assert int(passed[1]) > 25


@pytest.mark.parametrize("file", SCRIPTS, ids=lambda f: f.name)
def test_no_script_needs_a_newer_browser(file: Path) -> None:
    assert [name for name, later in LATER.items() if re.search(later, code(file))] == []
    assert "`" not in code(file)  # rjsmin must not have to know where such a text ends


@pytest.mark.parametrize("file", SCRIPTS, ids=lambda f: f.name)
def test_no_script_takes_text_for_markup(file: Path) -> None:
    assert re.findall(MARKUP, code(file)) == []


def test_what_is_newer_or_takes_markup_is_seen(tmp_path: Path) -> None:
    """The two tests above can fail."""
    given = tmp_path / "x.js"
    given.write_text(
        "a?.b; a ?? b; a ||= b; /(?<!c)d/; this.#e; 1_000; ({ ...map }); a.replaceAll();"
        '// a?.b\n"a ?? b"; x ? .5 : 1; x.innerHTML = y;'
    )
    assert [name for name, later in LATER.items() if re.search(later, code(given))] == list(LATER)
    assert len(re.findall(LATER["a?.b"], code(given))) == 1
    assert re.findall(MARKUP, code(given)) == ["innerHTML"]
