"""Templates are compiled once for a text and a code, and never where nothing may be kept."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from baodian import cache, compiled


class Counted(Environment):
    compiled = 0

    def _compile(self, source: str, filename: str) -> object:  # type: ignore[override]
        type(self).compiled += 1
        return super()._compile(source, filename)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(compiled, "FOLDER", tmp_path / "kept")
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    (tmp_path / "a.html").write_text("one {{ x }}", encoding="utf-8")
    compiled._tidied.cache_clear()
    yield tmp_path / "kept"
    compiled._tidied.cache_clear()


def said(folder: Path, name: str = "a") -> tuple[str, int]:
    """Return what the template says in a new environment, and how often it was compiled."""
    Counted.compiled = 0
    environment = Counted(loader=FileSystemLoader(folder.parent))
    compiled.keep(environment, name)
    return environment.get_template("a.html").render(x=1), Counted.compiled


def test_a_text_is_compiled_once(folder: Path) -> None:
    assert [said(folder), said(folder)] == [("one 1", 1), ("one 1", 0)]
    (folder.parent / "a.html").write_text("two {{ x }}", encoding="utf-8")
    assert [said(folder), said(folder)] == [("two 1", 1), ("two 1", 0)]
    assert said(folder, "other")[1] == 1


def test_other_code_compiles_anew_and_tidies_up(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said(folder)
    (folder / "cli.cpython-311.pyc").touch()
    before = set(folder.iterdir())
    monkeypatch.setattr(cache, "made_by", lambda: "other code that is long enough")
    monkeypatch.setattr(compiled, "made_by", cache.made_by)
    compiled._tidied.cache_clear()
    assert said(folder)[1] == 1
    assert {p.name for p in before & set(folder.iterdir())} == {"cli.cpython-311.pyc"}
    assert all(p.suffix == ".pyc" for p in folder.iterdir())


def test_nothing_is_kept_where_python_keeps_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert said(folder) == ("one 1", 1)
    assert not folder.exists()


def test_a_folder_that_cannot_be_written_stops_nobody(folder: Path) -> None:
    folder.write_text("not a folder", encoding="utf-8")
    assert [said(folder), said(folder)] == [("one 1", 1), ("one 1", 1)]


def test_a_damaged_file_is_compiled_anew(folder: Path) -> None:
    said(folder)
    (kept,) = folder.iterdir()
    kept.write_bytes(kept.read_bytes()[:40])
    assert said(folder) == ("one 1", 1)
