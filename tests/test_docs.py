"""What the README files say is there is there, and what is there they say."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import click
import pytest
from found import problems_of

from baodian.cli import commands
from baodian.model import kinds
from baodian.report import report
from baodian.said.messages import words
from baodian.said.problems import SEVERITY
from baodian.starting import STARTER

ROOT = Path(__file__).parent.parent
ENGLISH = (ROOT / "README.md").read_text(encoding="utf-8")
CHINESE = (ROOT / "README.zh-CN.md").read_text(encoding="utf-8")
GUIDES = ("README.md", "README.zh-CN.md", "CONTRIBUTING.md", "CHANGELOG.md")


def the_commands() -> dict[str, click.Command]:
    """Return every command by what one types, a group's own commands too."""
    top = commands(words("en")).commands
    found = dict(top)
    for name, command in top.items():
        if isinstance(command, click.Group):
            del found[name]
            found |= {f"{name} {inner}": c for inner, c in command.commands.items()}
    return found


def options() -> Iterator[tuple[str, str]]:
    """Yield (command, option) for every spelling of every option."""
    for name, command in the_commands().items():
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                yield from ((name, option) for option in parameter.opts)


def names_of_data() -> list[str]:
    """Return the folders and files of playbook_data/ as an editor sees them."""
    return ["playbook.yml", *(place for place in kinds.places() if "…" not in place)]


def test_it_names_the_two_commands_and_the_server() -> None:
    assert "make site " in ENGLISH
    assert "make test " in ENGLISH
    assert "`make serve`" in ENGLISH
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for guide in GUIDES:
        named = re.findall(r"^make ([a-z]+)|`make ([a-z]+)`", text_of(guide), re.MULTILINE)
        assert {a or b for a, b in named} <= targets


def text_of(guide: str) -> str:
    return (ROOT / guide).read_text(encoding="utf-8")


def test_it_names_every_command_and_no_other() -> None:
    named = set(re.findall(r"^\| `baodian ([a-z]+(?: [a-z]+)?)", ENGLISH, re.MULTILINE))
    assert len(named) >= 4
    assert named == set(the_commands())


@pytest.mark.parametrize(("command", "option"), sorted(set(options())))
def test_it_names_every_option(command: str, option: str) -> None:
    assert re.search(rf"(?<![\w-]){option}(?![\w-])", ENGLISH), f"{option} of {command}"


def test_it_names_no_option_that_does_not_exist() -> None:
    table = ENGLISH.split("## The commands", 1)[1].split("`mkdocs build", 1)[0]
    known = {o for _, o in options()} | {"--version", "--help"}
    assert set(re.findall(r"(?<![\w-])--[a-z]+(?:-[a-z]+)*", table)) <= known


def test_it_gives_every_exit_code() -> None:
    assert re.findall(r"^\| (\d) \|", ENGLISH, re.MULTILINE) == ["0", "1", "2"]


@pytest.mark.parametrize("name", names_of_data())
def test_both_say_what_to_edit(name: str) -> None:
    assert re.search(rf"^\|.*`{re.escape(name)}`", CHINESE, re.MULTILINE)
    assert re.search(rf"^\|.*`playbook_data/{re.escape(name)}`", ENGLISH, re.MULTILINE)


def test_editors_can_look_up_every_code_and_no_other() -> None:
    table = CHINESE.split("## 常见错误对照", 1)[1].split("\n## ", 1)[0]
    heads = re.findall(r"^\| (`[^|]+`) \|", table, re.MULTILINE)
    codes = [code for head in heads for code in re.findall(r"`([a-z0-9-]+)`", head)]
    assert sorted(codes) == sorted(SEVERITY)


def test_the_message_that_editors_are_shown_is_the_real_one(tmp_path: Path) -> None:
    shutil.copytree(STARTER, tmp_path / "p")
    file = tmp_path / "p" / "playbook_data" / "scripts" / "first-visit.yml"
    text = file.read_text(encoding="utf-8")
    assert "\ngoal: " in text
    file.write_text(text.replace("\ngoal: ", "\ngaol: "), encoding="utf-8")
    shown = CHINESE.split("```text\n", 1)[1].split("```", 1)[0]
    assert report(problems_of(tmp_path / "p"), words("zh-CN")) == shown
    assert words("zh-CN")("No problems.").removesuffix("。") in CHINESE


@pytest.mark.parametrize("guide", GUIDES)
def test_links_to_files_lead_somewhere(guide: str) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text_of(guide))
    assert [link for link in links if not (ROOT / unquote(link)).exists()] == []


def test_what_the_example_changes_stands_in_the_data() -> None:
    assert re.search(r"^dead-after: .*default: 90\b", data("parameters.yml"), re.MULTILINE)
    assert "each: 每月至少 1 次" in data("rhythms.yml")


def data(name: str) -> str:
    return (ROOT / "playbook_data" / name).read_text(encoding="utf-8")


def test_no_sign_of_a_place_it_was_written_at() -> None:
    for guide in (*GUIDES, "LICENSE", "LICENSE-CONTENT"):
        assert not re.search(r"/(?:work|tmp|home|root)/", text_of(guide))


def test_the_files_that_contributors_are_sent_to_exist() -> None:
    table = text_of("CONTRIBUTING.md").split("## Where to make a change", 1)[1].split("\n## ", 1)[0]
    rows = [line for line in table.splitlines() if line.startswith("| ")]
    assert len(rows) == 16  # a head, and what is asked for
    package = ROOT / "generator" / "baodian"
    for row in rows[1:]:
        for name in re.findall(r"`([\w/]+(?:\.py|/))`", row):
            assert any((place / name).exists() for place in (package, ROOT)), name
    for file, name in (
        ("checks/__init__.py", "RULES"), ("pages/class_guides.py", "SECTIONS"),
        ("model/kinds.py", "KINDS"), ("pages/looks.py", "TABLE"), ("page/blocks.py", "Block"),
        ("trees/layers.py", "steps"), ("trees/editions.py", "edition"),
        ("playbook/edition.py", "seen_by"), ("model/leaves.py", "leaves"),
        ("publish/finish.py", "framed.files"), ("build.py", "ENGINE"),
    ):  # fmt: skip
        assert name in (package / file).read_text(encoding="utf-8"), f"{name} in {file}"
