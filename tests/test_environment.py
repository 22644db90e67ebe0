"""Whatever surrounds a playbook: a sentence and an exit code, never a traceback, never half a site.

A command may end well (0), with problems (1) or because it cannot be done (2). If it says that it
built, there is a site; if it does not, `site/` is as it was.
"""

import errno
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from baodian import cli
from baodian.interrupted import Interrupted
from baodian.publish import finish, ours, stage
from baodian.said.messages import words

SMALL = Path(__file__).parent / "small_playbook"
MKDOCS = (SMALL / "mkdocs.yml").read_text(encoding="utf-8")
LAST_GOOD = "the last good page"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small playbook with a site of ours that a failed build must not touch."""
    folder = Path(shutil.copytree(SMALL, tmp_path / "project"))
    (folder / "site").mkdir()
    (folder / "site" / "index.html").write_text(LAST_GOOD, encoding="utf-8")
    ours.mark(folder / "site")
    return folder


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli.commands(words("en")), [str(a) for a in arguments])


def said(result: Result) -> str:
    """Return what a command printed; raise if it ended in another way than it may."""
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code in (0, 1, 2)
    assert "Traceback" not in result.output
    assert result.output or result.exit_code == 0
    return result.output


def build(folder: Path, *arguments: str) -> tuple[int, str]:
    """Build; return the exit code and what was said. `site/` is new if and only if it is 0."""
    result = run("build", "--project", folder, *arguments)
    text = said(result)
    page = (folder / "site" / "index.html").read_text(encoding="utf-8")
    if result.exit_code == 0:
        assert page != LAST_GOOD
        assert (folder / "site" / "scripts").is_dir()
    else:
        assert page == LAST_GOOD
    assert stage.leftovers(folder / "site") == ()
    return result.exit_code, text


# --- odd settings ---------------------------------------------------------------------------------

ODD = {
    "empty": ("", "site_name"),
    "a list": ("- a\n- b\n", "mkdocs.yml"),
    "a word": ("baodian\n", "mkdocs.yml"),
    "a number for a key": ("5: 6\n" + MKDOCS, None),
    "no utf-8": (MKDOCS.encode() + "# 说明".encode("gbk"), "mkdocs.yml"),
    "a zero byte": (MKDOCS + "\0", "mkdocs.yml"),
    "open bracket": (MKDOCS + "nav: [", "mkdocs.yml"),
    "a tag of Python": (MKDOCS + "extra: !!python/object/apply:os.getcwd []\n", "mkdocs.yml"),
    "a name of Python": (MKDOCS + "extra: !!python/name:no.such.thing\n", "mkdocs.yml"),
    "theme mkdocs": (MKDOCS.replace("name: material", "name: mkdocs"), "material"),
    "theme readthedocs": (MKDOCS.replace("name: material", "name: readthedocs"), "material"),
    "theme unknown": (MKDOCS.replace("name: material", "name: materiel"), "theme"),
    "theme null": (MKDOCS.replace("name: material", "name: null\n  custom_dir: content"), ""),
    "theme a list": (MKDOCS.replace("  name: material", "  - material"), "theme"),
    "features a word": (MKDOCS.replace("name: material", "name: material\n  features: a"), ""),
    "palette a number": (MKDOCS.replace("name: material", "name: material\n  palette: 5"), None),
    "icon a word": (MKDOCS.replace("name: material", "name: material\n  icon: a"), None),
    "icon unknown": (
        MKDOCS.replace("name: material", "name: material\n  icon: {logo: no/such}"), None
    ),
    "custom_dir missing": (MKDOCS.replace("name: material", "name: material\n  custom_dir: x"), ""),
    "plugin twice": (MKDOCS + "  - baodian\n", "twice"),
    "plugin unknown": (MKDOCS + "  - serch\n", "serch"),
    "plugin with options": (MKDOCS.replace("- baodian", "- baodian: {a: 1}"), None),
    "no plugins": (MKDOCS.partition("plugins")[0], "baodian"),
    "plugins null": (MKDOCS.replace("plugins:\n  - baodian", "plugins:"), "plugins"),
    "plugins a word": (MKDOCS.replace("\n  - baodian", " baodian"), "plugins"),
    "docs_dir missing": (MKDOCS.replace("docs_dir: content", "docs_dir: gone"), "docs_dir"),
    "docs_dir outside": (MKDOCS.replace("docs_dir: content", "docs_dir: ../away"), "docs_dir"),
    "docs_dir the project": (MKDOCS.replace("docs_dir: content", "docs_dir: ."), "docs_dir"),
    "docs_dir the data": (MKDOCS.replace("docs_dir: content", "docs_dir: playbook_data"), "docs_"),
    "docs_dir null": (MKDOCS.replace("docs_dir: content", "docs_dir:"), None),
    "site_dir the project": (MKDOCS + "site_dir: .\n", None),
    "site_dir the docs": (MKDOCS + "site_dir: content\n", None),
    "strict": (MKDOCS + "strict: true\n", None),
    "dev_addr": (MKDOCS + "dev_addr: here\n", "dev_addr"),
    "site_url": (MKDOCS + "site_url: http://[\n", None),
    "edit_uri": (MKDOCS + "repo_url: 'https://[x'\nedit_uri: 5\n", ""),
    "nav of missing files": (MKDOCS + "nav: [{甲: gone.md}, index.md]\n", None),
    "nav a word": (MKDOCS + "nav: about.md\n", "nav"),
    "nav nested oddly": (MKDOCS + "nav: [[a], {b: 5}]\n", ""),
    "all excluded": (MKDOCS + "exclude_docs: '*'\n", None),
    "all drafts": (MKDOCS + "draft_docs: '*'\n", None),
    "all but the nav": (MKDOCS + "not_in_nav: '*'\n", None),
    "exclude a list": (MKDOCS + "exclude_docs: [a]\n", "exclude_docs"),
    "extension unknown": (MKDOCS + "markdown_extensions: [no.such]\n", "markdown_extensions"),
    "extension ill set": (MKDOCS + "markdown_extensions: [{toc: {a: 1}}]\n", ""),
    "template missing": (MKDOCS + "extra_templates: [gone.html]\n", None),
    "script a number": (MKDOCS + "extra_javascript: [5]\n", ""),
    "sheet missing": (MKDOCS + "extra_css: [gone.css]\n", None),
    "inherits nothing": (MKDOCS + "INHERIT: gone.yml\n", "gone.yml"),
    "inherits itself": (MKDOCS + "INHERIT: mkdocs.yml\n", ""),
    "an empty variable": (MKDOCS + "site_url: !ENV NO_SUCH_VARIABLE\n", None),
    "hook missing": (MKDOCS + "hooks: [gone.py]\n", "gone.py"),
    "an unknown key": (MKDOCS + "sitename: x\n", None),
}  # fmt: skip


@pytest.mark.parametrize("name", ODD)
def test_odd_settings_are_a_sentence(folder: Path, name: str) -> None:
    text, part = ODD[name]
    (folder.parent / "away").mkdir()
    (folder / "mkdocs.yml").write_bytes(text if isinstance(text, bytes) else text.encode())
    code, output = build(folder)
    if part is not None:
        assert code == 1
        assert re.search(r"^mkdocs\.yml:\d+:\d+: ", output, re.MULTILINE)
        assert part in output


def test_settings_that_are_no_file_are_a_sentence(folder: Path) -> None:
    (folder / "mkdocs.yml").unlink()
    (folder / "mkdocs.yml").mkdir()
    assert build(folder)[0] == 2


HOOKS = {
    "raises when it is read": ("1 / 0\n", "hook.py:1"),
    "cannot be read": ("def (:\n", "hook.py"),
    "imports what is not there": ("import no_such_module\n", "hook.py:1"),
    "raises at the pages": ("def on_page_markdown(markdown, **_):\n    1 / 0\n", "hook.py:2"),
    "raises at the end": ("def on_post_build(**_):\n    open('/no/such')\n", "hook.py:2"),
    "leaves when it is read": ("import sys\nsys.exit(0)\n", "SystemExit: 0"),
    "leaves": ("import sys\ndef on_env(env, **_):\n    sys.exit(0)\n", "SystemExit: 0"),
    "leaves at the end": ("def on_post_build(**_):\n    raise SystemExit\n", "SystemExit"),
    "drops all files": (
        "from mkdocs.structure.files import Files\n"
        "def on_files(files, **_):\n    return Files([])\n", "",
    ),
    "returns nonsense": ("def on_nav(nav, **_):\n    return 5\n", ""),
    "empties the site": (
        "import shutil\ndef on_post_build(config):\n    shutil.rmtree(config.site_dir)\n", "",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HOOKS)
def test_a_hook_that_fails_is_a_sentence(folder: Path, name: str) -> None:
    text, part = HOOKS[name]
    (folder / "hook.py").write_text(text, encoding="utf-8")
    (folder / "mkdocs.yml").write_text(MKDOCS + "hooks: [hook.py]\n", encoding="utf-8")
    code, output = build(folder)
    assert code == 1
    assert part in output


# --- odd folders and variables --------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["a b", "it's", '"quoted"', "手册", "100%25", "#1", "a?b&c", "[x]*", "$HOME", "{{ a }}", "-n"],
)
def test_any_name_of_a_folder_will_do(folder: Path, name: str) -> None:
    there = folder.rename(folder.with_name(name))
    assert build(there)[0] == 0


VARIABLES: dict[str, tuple[str | None, ...]] = {
    "SOURCE_DATE_EPOCH": (
        None,
        "",
        " ",
        "0",
        "noon",
        "-1",
        "1e9",
        "9" * 30,
        "１７６４５４７２００",
    ),
    "HOME": (None, "", "/no/such"),
    "LANG": (None, "", "C", "zh_CN.GBK", "no_SUCH"),
    "LC_ALL": (None, "", "POSIX", "zh_CN.UTF-8"),
    "LANGUAGE": (None, "", "zh:en", ":::"),
    "TMPDIR": (None, "", "/no/such"),
    "TZ": (None, "", "Mars/Olympus"),
    "TERM": (None, "", "dumb"),
    "COLUMNS": (None, "", "0", "wide"),
    "NO_COLOR": (None, "", "1"),
    "CI": (None, "", "true"),
    "XDG_CACHE_HOME": (None, "", "/no/such"),
    "USER": (None, ""),
}
DATES = (None, "2026-12-01", "0001-01-01", "9999-12-31", "2026-13-01", "")


def environments(count: int, seed: int) -> Iterator[tuple[dict[str, str | None], str | None]]:
    """Yield variables and a date, as dice have it; nothing is always set to something odd."""
    dice = random.Random(seed)
    for _ in range(count):
        yield {n: dice.choice(values) for n, values in VARIABLES.items()}, dice.choice(DATES)


def test_odd_variables_are_a_sentence_or_do_not_matter(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = []
    for variables, date in environments(12, seed=11):
        with monkeypatch.context() as patch:
            for name, value in variables.items():
                if value is None:
                    patch.delenv(name, raising=False)
                else:
                    patch.setenv(name, value)
            asked = () if date is None else ("--date", date)
            code = run("build", "--project", folder, *asked)
            said(code)
            codes.append(code.exit_code)
            assert code.exit_code in (0, 2), (variables, date, code.output)
            page = (folder / "site" / "index.html").read_text(encoding="utf-8")
            assert (page == LAST_GOOD) is (0 not in codes)
    assert 2 < codes.count(2) < 10


def refuse(number: int) -> Callable[..., object]:
    def no(*_: object, **__: object) -> object:
        raise OSError(number, os.strerror(number), "/somewhere")

    return no


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EIO])
@pytest.mark.parametrize(
    ("owner", "name"),
    [(Path, "mkdir"), (Path, "write_bytes"), (stage, "exchange"), (finish.assets, "write_sheet")],
)
def test_what_the_system_refuses_is_a_sentence(
    folder: Path, monkeypatch: pytest.MonkeyPatch, owner: object, name: str, number: int
) -> None:
    monkeypatch.setattr(owner, name, refuse(number))
    code, output = build(folder)
    assert code == 2
    assert os.strerror(number) in output


def test_serve_shows_what_build_says(folder: Path) -> None:
    (folder / "mkdocs.yml").write_text("- a\n", encoding="utf-8")
    with served(folder) as child:
        assert "mkdocs.yml:1:1" in lines_until(child, "stop with Ctrl-C")
        child.send_signal(signal.SIGINT)
        assert child.wait(timeout=30) == 0


# --- consoles, signals, and folders that go, in a process of their own ----------------------------


def started(*arguments: str | Path, **settings: object) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "baodian", *(str(a) for a in arguments)]
    return subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        preexec_fn=_heeding,
        **settings,  # type: ignore[call-overload]
    )


def _heeding() -> None:
    """Heed signals, even if whoever runs the tests ignores them: `nohup make test &`."""
    for name in (signal.SIGINT, signal.SIGHUP):
        signal.signal(name, signal.SIG_DFL)


class served:  # noqa: N801
    """A process that serves a playbook, ended in any case."""

    def __init__(self, folder: Path) -> None:
        self._child = started("serve", "--project", folder, "--port", "0", "--lang", "en")

    def __enter__(self) -> "subprocess.Popen[bytes]":
        return self._child

    def __exit__(self, *_: object) -> None:
        self._child.kill()
        self._child.wait()
        assert self._child.stdout
        self._child.stdout.close()


def lines_until(child: "subprocess.Popen[bytes]", part: str) -> str:
    assert child.stdout
    text = ""
    for line in child.stdout:
        text += line.decode(errors="replace")
        if part in text:
            return text
    raise AssertionError(text)


@pytest.mark.parametrize("encoding", ["ascii", "ascii:strict", "cp936", "cp1252", "utf-8"])
@pytest.mark.parametrize("how", ["text", "json"])
def test_a_console_that_lacks_signs_shows_a_replacement(
    folder: Path, encoding: str, how: str
) -> None:
    text = "id: x\ntitle: 👍𠮷好\n👍𠮷键: 1\n"
    (folder / "playbook_data" / "scripts" / "x.yml").write_text(text, encoding="utf-8")
    env = os.environ | {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    child = started("check", "--project", folder, "--format", how, "--lang", "zh-CN", env=env)
    output = child.communicate(timeout=60)[0]
    assert child.returncode == 1
    assert b"Traceback" not in output
    unset = encoding.startswith("ascii")  # nobody set it on purpose: click writes UTF-8 then
    shown = output.decode("utf-8" if unset else encoding)
    assert "playbook_data/scripts/x.yml" in shown
    assert ("👍" in shown) is (unset or encoding == "utf-8")
    assert ("键" in shown) is (encoding != "cp1252")


def test_closed_streams_and_a_deleted_folder_are_no_traceback(folder: Path, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    for line, code in (
        ('"$0" -m baodian check --project "$1" >&- 2>&- <&-', 0),
        ('"$0" -m baodian build --project "$1" <&-', 0),
        ('mkdir "$2"; cd "$2"; rmdir "$2"; "$0" -m baodian check', 2),
        ('mkdir "$2"; cd "$2"; rmdir "$2"; "$0" -m baodian check --project "$1"', 0),
        ('mkdir "$2"; cd "$2"; rmdir "$2"; "$0" -m baodian init new', 2),
        ('PYTHONWARNINGS=error "$0" -m baodian check --project "$1"', 0),
    ):
        command = ["sh", "-c", line, sys.executable, str(folder), str(gone)]
        done = subprocess.run(command, capture_output=True, check=False, timeout=60)
        assert b"Traceback" not in done.stderr, (line, done.stderr.decode())
        assert done.returncode == code, (line, done.stderr.decode())


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT", "SIGHUP"])
def test_a_signal_ends_a_build_and_nothing_is_left(folder: Path, name: str) -> None:
    hook = "import time\ndef on_env(env, **_):\n    time.sleep(60)\n"
    (folder / "hook.py").write_text(hook, encoding="utf-8")
    (folder / "mkdocs.yml").write_text(MKDOCS + "hooks: [hook.py]\n", encoding="utf-8")
    number = getattr(signal, name)
    child = started("build", "--project", folder)
    end = time.monotonic() + 60
    while not stage.leftovers(folder / "site") and time.monotonic() < end:
        time.sleep(0.02)
    assert stage.leftovers(folder / "site")
    child.send_signal(number)
    output = child.communicate(timeout=30)[0]
    assert child.returncode == 128 + number
    assert b"Traceback" not in output
    assert stage.leftovers(folder / "site") == ()
    assert (folder / "site" / "index.html").read_text(encoding="utf-8") == LAST_GOOD


def test_a_signal_between_two_steps_of_staging_leaves_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Path.mkdir

    def interrupted(path: Path, mode: int = 0o777, **more: bool) -> None:
        made(path, mode, **more)
        if "-staging-" in path.name:
            raise Interrupted(signal.SIGTERM)

    monkeypatch.setattr(Path, "mkdir", interrupted)
    with pytest.raises(Interrupted):
        run("build", "--project", folder)
    assert stage.leftovers(folder / "site") == ()
    assert (folder / "site" / "index.html").read_text(encoding="utf-8") == LAST_GOOD
