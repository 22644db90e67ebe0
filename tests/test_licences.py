"""`make licences`: what is installed is free, and what is not would be told."""

import datetime
from pathlib import Path

import licences
import pytest


def test_all_that_comes_along_is_free(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    days = {"click==8.5.1": datetime.date(2020, 1, 1)}
    monkeypatch.setattr(licences, "published", lambda _: days)
    assert licences.main() == 0
    rows = capsys.readouterr().out.splitlines()[1:-2]
    locked = (licences.ROOT / licences.TESTS).read_text(encoding="utf-8")
    names = {row.split()[0] for row in rows}
    assert licences.locked(locked).keys() <= names
    assert {"brotli", "mkdocs", "typst"} <= names


def test_a_licence_is_told_in_one_way() -> None:
    for about, told in (
        ({"license_expression": "MIT AND PSF-2.0", "license": "x"}, "MIT AND PSF-2.0"),
        ({"license": "Apache 2.0"}, "Apache-2.0"),
        ({"license": "A long text" * 20, "classifier": ["License :: OSI Approved :: MIT License"]},
         "MIT"),
        ({"license": "Ours", "classifier": ["License :: OSI Approved :: BSD License"]}, "BSD"),
        ({"license": "GPL-3.0-only", "classifier": ["Topic :: Text"]}, "GPL-3.0-only"),
        ({}, ""),
    ):  # fmt: skip
        assert licences.licence(about) == told


@pytest.mark.parametrize(
    ("told", "free"),
    [
        ("MIT", True),
        ("Apache-2.0 OR GPL-3.0-only", True),
        ("MIT AND (GPL-2.0-only OR Apache-2.0)", True),
        ("MIT AND GPL-3.0-only", False),
        ("GPL-3.0-only", False),
        ("not told", False),
    ],
)
def test_one_that_is_not_free_is_told(
    told: str, free: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert licences.free(told) == free
    monkeypatch.setattr(licences, "published", lambda _: {})
    monkeypatch.setitem(licences.READ, "mkdocs", told)
    assert licences.main() == (0 if free else 1)
    said = capsys.readouterr()
    assert ("mkdocs " in said.err) != free
    assert "needs uv" in said.out


def test_without_uv_there_are_no_days(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(licences.shutil, "which", lambda _: None)
    monkeypatch.setattr(licences.sys, "executable", str(tmp_path / "python"))
    assert licences.published(tmp_path) == {}
