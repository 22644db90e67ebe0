"""The command contract: what is printed where, exit codes, and who gets a traceback."""

import errno
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from small_site import SITE, project, small_read

from baodian import build as story
from baodian import cli, starting, verdicts
from baodian.read import Read
from baodian.said.messages import msg, words
from baodian.said.problems import At, PlaybookError, Problem
from baodian.terminal import spoken
from baodian.today import today_of

ERROR = Problem("unknown-key", At("playbook_data/x.yml", 3), msg("This is wrong."))
WARNING = Problem("long-line", At("playbook_data/x.yml", 4), msg("Too long."))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return project(tmp_path / "project")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli.commands(words("en")), [str(a) for a in arguments])


def has_problems(monkeypatch: pytest.MonkeyPatch, *problems: Problem) -> None:
    monkeypatch.setattr(verdicts, "known", lambda *_: problems)


@pytest.mark.parametrize(
    ("problems", "arguments", "code"),
    [
        ((), (), 0),
        ((WARNING,), (), 0),
        ((WARNING,), ("--strict",), 1),
        ((ERROR,), (), 1),
        ((ERROR, WARNING), ("--format", "github"), 1),
    ],
)
def test_check_fails_on_errors_and_strictly_on_warnings(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    problems: tuple[Problem, ...],
    arguments: tuple[str, ...],
    code: int,
) -> None:
    has_problems(monkeypatch, *problems)
    result = run("check", "--project", folder, *arguments)
    assert result.exit_code == code
    assert result.stderr == ""
    assert all(p.code in result.stdout for p in problems)


def test_check_prints_one_json_list(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    has_problems(monkeypatch, WARNING)
    shown = run("check", "--project", folder, "--format", "json").stdout
    assert [p["line"] for p in json.loads(shown)] == [4]
    has_problems(monkeypatch)
    assert run("check", "--project", folder, "--format", "json", "-q").stdout == "[]\n"


def test_check_can_be_silent(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    has_problems(monkeypatch)
    assert run("check", "--project", folder).stdout == "No problems.\n"
    assert run("check", "--project", folder, "-q").stdout == ""


@pytest.mark.parametrize("command", ["build", "check", "serve"])
def test_a_folder_without_a_playbook_is_a_usage_error(tmp_path: Path, command: str) -> None:
    gone = run(command, "--project", tmp_path / "gone")
    empty = run(command, "--project", tmp_path)
    (tmp_path / "mkdocs.yml").touch()
    half = run(command, "--project", tmp_path)
    assert [r.exit_code for r in (gone, empty, half)] == [2, 2, 2]
    assert "There is no folder" in gone.stderr
    assert "There is no mkdocs.yml" in empty.stderr
    assert "There is no playbook_data" in half.stderr


@pytest.mark.parametrize("kind", ["pdf", "single", "xlsx"])
def test_a_file_is_not_made_for_a_folder_that_there_is_not(folder: Path, kind: str) -> None:
    found = run("export", kind, "--project", folder, "--out", folder / "gone" / "a.file")
    assert (found.exit_code, found.stdout) == (2, "")
    assert found.stderr == f"Error: There is no folder {folder / 'gone'}.\n"


def given(monkeypatch: pytest.MonkeyPatch, found: Read | Exception) -> None:
    def read(*_: object, audience: str) -> Read:
        assert audience == ""
        if isinstance(found, Exception):
            raise found
        return found

    monkeypatch.setattr(story, "read", read)


def test_build_is_quiet_when_piped_and_tells_if_asked(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given(monkeypatch, small_read())
    result = run("build", "--project", folder)
    assert (result.exit_code, result.output) == (0, "")
    told = run("build", "--project", folder, "-v").stderr
    assert told.endswith(f"site/ is built: {len(SITE.pages)} pages.\n")


def test_build_reports_problems_and_builds_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given(monkeypatch, PlaybookError([ERROR]))
    result = run("build", "--project", folder)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "playbook_data/x.yml:3:1: This is wrong. [unknown-key]\n1 error\n" in result.stderr
    assert not (folder / "site").exists()


def test_a_bug_of_ours_is_not_hidden(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, KeyError("ours"))
    assert isinstance(run("build", "--project", folder).exception, KeyError)
    given(monkeypatch, FileNotFoundError(errno.ENOENT, "ours"))
    assert isinstance(run("build", "--project", folder).exception, FileNotFoundError)


def test_a_full_disk_is_a_sentence(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, OSError(errno.ENOSPC, "No space left on device"))
    result = run("build", "--project", folder)
    assert result.exit_code == 2
    assert "No space left" in result.stderr


def test_a_command_repairs_what_a_killed_build_left(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    has_problems(monkeypatch)
    (folder / ".site-old").mkdir()
    (folder / ".site-staging-77").mkdir()
    assert run("check", "--project", folder).exit_code == 0
    assert (folder / "site").is_dir()
    assert not list(folder.glob(".site-*"))


def test_init_fills_only_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    starter = tmp_path / "starter"
    starter.mkdir()
    (starter / "mkdocs.yml").write_text("site_name: x", encoding="utf-8")
    monkeypatch.setattr(starting, "STARTER", starter)
    monkeypatch.setattr(starting, "STARTER_EN", starter)
    assert run("init", tmp_path / "new" / "book").exit_code == 0
    assert (tmp_path / "new" / "book" / "mkdocs.yml").is_file()
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letter.txt").write_text("mine", encoding="utf-8")
    assert run("init", mine).exit_code == 2
    assert run("init", mine / "letter.txt").exit_code == 2
    assert [p.name for p in mine.iterdir()] == ["letter.txt"]


def test_dates() -> None:
    import datetime

    day = datetime.date(2026, 12, 1)
    assert today_of(day, {"SOURCE_DATE_EPOCH": "0"}) == day
    assert today_of(None, {"SOURCE_DATE_EPOCH": "1764547200"}) == datetime.date(2025, 12, 1)
    assert today_of(None, {}) == datetime.date.today()


def test_dates_that_are_none_are_usage_errors(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("build", "--project", folder, "--date", "tomorrow").exit_code == 2
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "noon")
    result = run("build", "--project", folder)
    assert result.exit_code == 2
    assert "SOURCE_DATE_EPOCH" in result.stderr


def test_there_are_no_other_commands() -> None:
    found = sorted(cli.commands(words("en")).commands)
    assert found == [
        "build", "check", "diff", "examples", "explain", "export", "fold", "import", "init", "new",
        "rename", "schema", "serve",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "language"),
    [(["check", "--lang", "en"], "en"), (["--lang=zh-CN"], "zh-CN"), (["check"], None)],
)
def test_the_language_is_known_before_the_help(arguments: list[str], language: str | None) -> None:
    assert cli.asked(arguments, "--lang") == language


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment that asks for no language."""
    for name in ("BAODIAN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("environment", "options", "said"),
    [
        ({}, [], "No problems."),  # the handbook is English
        ({"LANG": "C.UTF-8"}, [], "No problems."),
        ({"LANG": "zh_CN.UTF-8"}, [], "没有问题。"),
        ({"LANG": "zh_CN.UTF-8", "BAODIAN_LANG": "en"}, [], "No problems."),
        ({"LANG": "en_GB.UTF-8"}, ["--lang", "zh"], "没有问题。"),
    ],
)
@pytest.mark.parametrize("how", [["--project", "{}"], ["--project={}"]])
@pytest.mark.usefixtures("nowhere")
def test_messages_are_in_the_handbooks_language_unless_another_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], how: list[str],
    environment: dict[str, str], options: list[str], said: str, tmp_path: Path,
) -> None:  # fmt: skip
    starting.start(tmp_path / "p", "en", ())
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    project = [part.format(tmp_path / "p") for part in how]
    monkeypatch.setattr("sys.argv", ["baodian", "check", *project, *options])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert (ended.value.code, capfd.readouterr().out) == (0, f"{said}\n")


@pytest.mark.usefixtures("nowhere")
def test_a_handbook_that_names_no_language_we_speak_is_told_of_in_chinese(tmp_path: Path) -> None:
    settings = tmp_path / "playbook_data" / "playbook.yml"
    assert spoken(tmp_path).language == "zh-CN"
    settings.parent.mkdir()
    for written, language in (
        ("language: en\n", "en"), ("name: x\nlanguage: 'en'   # x\n", "en"),
        ("language: fr\n", "zh-CN"), ("  language: en\n", "zh-CN"),
        ("language: zh-CN\n", "zh-CN"),
    ):  # fmt: skip
        settings.write_bytes(b"\xff\n" + written.encode())
        assert spoken(tmp_path).language == language
        assert spoken(tmp_path, "en").language == "en"


@pytest.mark.parametrize(
    ("typed", "language"),
    [("zh", "zh-CN"), ("zh-cn", "zh-CN"), ("zh_CN", "zh-CN"), ("ZH-CN", "zh-CN"), ("en", "en"),
     ("en-GB", "en"), ("en_US.UTF-8", "en")],
)  # fmt: skip
def test_a_language_may_be_called_as_elsewhere(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str],
    typed: str, language: str,
) -> None:  # fmt: skip
    has_problems(monkeypatch)
    arguments = ["baodian", "check", "--lang", typed, "--project", str(folder)]
    monkeypatch.setattr("sys.argv", arguments)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert (capfd.readouterr().out, ended.value.code) == (f"{words(language)('No problems.')}\n", 0)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--lang", "fr"], "--lang: “fr”不在可选的写法里；可选的有：zh-CN、en。"),
        (["--format", "jsn"], "--format: “jsn”不在可选的写法里；可选的有：text、json、github。"),
        (["--date", "2027-02-29"], "--date: “2027-02-29”不是日期。\n请按“年-月-日”写"),
        (["--date", "1027-01-01"], "--date: “1027-01-01”早于 2000 年。"),
    ],
)
def test_what_an_option_cannot_be_is_said_in_the_words_of_the_environment(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str],
    arguments: list[str], said: str,
) -> None:  # fmt: skip
    monkeypatch.setenv("BAODIAN_LANG", "zh_CN")
    monkeypatch.setattr("sys.argv", ["baodian", "check", *arguments])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert said in capfd.readouterr().err
    assert ended.value.code == 2
