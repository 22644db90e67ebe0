"""Which numbers and addresses lead to nobody, and which only look a little like it."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from outlines import lay

from baodian.checks.placeholders import in_settings
from baodian.cli import commands
from baodian.said.messages import words
from baodian.text import samples

EN = words("en")


@pytest.mark.parametrize(
    "text",
    [
        "000-0000-0110", "138 0013 8000", "+86 138-0013-8000", "400-123-4567", "０５１２-88886666",
        "010-12345678", "13812345678", "13800000000", "0571 8765 4321", "(0512) 1111 1111",
        "139xxxxxxxx", "400-XXX-XXXX", "0512-××××××××", "13888888888",
    ],
)  # fmt: skip
def test_a_number_of_nobody_is_one_in_any_text(text: str) -> None:
    assert [found for _, found in samples.numbers(f"打{text}，找他")] == [text]


@pytest.mark.parametrize("text", ["1234567", "87654321", "00000000", "800 555 0000 000"])
def test_a_short_one_is_one_where_a_telephone_is_wanted(text: str) -> None:
    assert [found for _, found in samples.numbers(text, telephone=True)] == [text]
    assert list(samples.numbers(f"共 {text} 件")) == []


@pytest.mark.parametrize(
    "text",
    [
        "0512-66886626", "400-662-4067", "13906217788", "400-888-8666", "110", "12345", "95588",
        "2026-12-01", "10.0000000", "1,000,000", "编号 20261201", "9:00-18:00", "3*4*5", "0.00000",
        "1000000 元", "10000000", "第 1234567 号", "v1.2.3", "a1234567890123", "1x", "4xxx",
        "2×3×4",
    ],
)  # fmt: skip
def test_what_is_no_sample_is_left_alone(text: str) -> None:
    assert list(samples.numbers(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "https://git.example.com/a/b", "http://localhost:8000/x", "http://127.0.0.1/",
        "www.example.org",
        "git@example.com:a/b.git", "help@firm.test", "https://gitee.com/your-org/book",
        "example.com",
        "https://github.com/<owner>/book", "https://handbook.your-company.cn", "https://x.invalid",
        "https://github.com/YourOrg/x", "https://www.xxx.com/a",
    ],
)  # fmt: skip
def test_an_address_of_nobody_is_one(text: str) -> None:
    assert [found for _, found in samples.addresses(f"见 {text}。")] == [text]


@pytest.mark.parametrize(
    "text",
    [
        "https://gitee.com/far-bridge/book", "https://git.far-bridge.cn", "www.far-bridge.cn",
        "a@far-bridge.cn", "https://testing.cn/example/a", "https://contest.cn", "for example.",
        "https://yourself.cn/yours", "@好友", "https://example-shop.cn", "index.html#test",
    ],
)  # fmt: skip
def test_an_address_of_somebody_is_none(text: str) -> None:
    assert list(samples.addresses(f"见 {text} 。")) == []


def test_settings_that_cannot_be_read_are_told_elsewhere() -> None:
    for text in ("a: [", "\x00", "a: !ENV [X, 'http://a.example']\n"):
        assert len(list(in_settings(text))) == text.count("example")


def test_a_placeholder_stops_publishing_but_not_writing(tmp_path: Path) -> None:
    project = lay("small", tmp_path / "p")
    settings = project / "mkdocs.yml"
    text = settings.read_text("utf-8") + "\nrepo_url: https://github.com/your-org/your-repo\n"
    settings.write_text(text, "utf-8")

    def run(*arguments: str) -> tuple[int, str]:
        command = [*arguments, "--project", str(project), "--date", "2026-12-01"]
        done = CliRunner().invoke(commands(EN), command)
        return done.exit_code, done.output

    for command, code in ((["check"], 0), (["check", "--strict"], 1), (["build", "--strict"], 1)):
        done, said = run(*command)
        assert done == code
        assert said.count("[placeholder]") == 1
    assert not (project / "site").exists()
    assert run("build")[0] == 0
    assert "bd-edit" not in (project / "site" / "index.html").read_text("utf-8")
