"""Several files are written, or none: links, modes and line ends stay, nobody is overwritten."""

import stat
from collections.abc import Sequence
from pathlib import Path

import pytest

from baodian.editing import Edit, Replace, files, spliced_bytes
from baodian.editing.files import ChangedMeanwhileError, Draft


def edited(path: Path, edits: Sequence[Edit]) -> Draft:
    old = path.read_bytes()
    return Draft(path, old, spliced_bytes(old, edits))


def two(folder: Path) -> tuple[Path, Path]:
    one, other = folder / "one.yml", folder / "other.yml"
    one.write_bytes(b"a: 1\r\n")
    other.write_bytes(b"b: 2\n")
    return one, other


def test_all_files_are_written(tmp_path: Path) -> None:
    one, other = two(tmp_path)
    one.chmod(0o640)
    drafts = [
        edited(one, [Replace(("a",), "3")]),
        Draft(other, b"b: 2\n", None),
        Draft(tmp_path / "new" / "third.yml", None, b"c: 4\n"),
    ]
    files.write(drafts)
    assert one.read_bytes() == b"a: 3\r\n"
    assert stat.S_IMODE(one.stat().st_mode) == 0o640
    assert not other.exists()
    assert (tmp_path / "new" / "third.yml").read_bytes() == b"c: 4\n"
    assert {p.name for p in tmp_path.rglob("*")} == {"one.yml", "new", "third.yml"}


def test_a_link_is_followed(tmp_path: Path) -> None:
    one, other = two(tmp_path)
    other.unlink()
    other.symlink_to(one)
    files.write([edited(other, [Replace(("a",), "3")])])
    assert other.is_symlink()
    assert one.read_bytes() == b"a: 3\r\n"


def test_a_file_that_somebody_changed_meanwhile_keeps_all_as_it_was(tmp_path: Path) -> None:
    one, other = two(tmp_path)
    drafts = [
        edited(one, [Replace(("a",), "3")]),
        edited(other, [Replace(("b",), "3")]),
    ]
    other.write_bytes(b"b: 9\n")
    with pytest.raises(ChangedMeanwhileError):
        files.write([*drafts, Draft(tmp_path / "new" / "x.yml", None, b"x: 1\n")])
    assert (one.read_bytes(), other.read_bytes()) == (b"a: 1\r\n", b"b: 9\n")
    assert {p.name for p in tmp_path.rglob("*")} == {"one.yml", "other.yml"}


def test_a_new_file_never_takes_the_place_of_another(tmp_path: Path) -> None:
    one, _ = two(tmp_path)
    with pytest.raises(ChangedMeanwhileError):
        files.write([Draft(one, None, b"x: 1\n")])
    assert one.read_bytes() == b"a: 1\r\n"


def test_what_was_written_is_taken_back_when_the_next_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = two(tmp_path)
    swap = files._swap

    def failing(draft: Draft, beside: Path | None) -> None:
        if draft.path == other:
            raise OSError(28, "No space left on device")
        swap(draft, beside)

    monkeypatch.setattr(files, "_swap", failing)
    with pytest.raises(OSError, match="No space"):
        files.write([
            edited(one, [Replace(("a",), "3")]),
            Draft(tmp_path / "new.yml", None, b"c: 1\n"),
            edited(other, [Replace(("b",), "3")]),
        ])  # fmt: skip
    assert (one.read_bytes(), other.read_bytes()) == (b"a: 1\r\n", b"b: 2\n")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["one.yml", "other.yml"]


def test_the_difference_is_shown_as_git_shows_it(tmp_path: Path) -> None:
    one, other = two(tmp_path)
    other.write_bytes(b"b: 2")
    shown = files.diff(
        [
            edited(one, [Replace(("a",), "3")]),
            edited(other, [Replace(("b",), "3")]),
            Draft(tmp_path / "new.yml", None, b"c: 1\n"),
        ],
        tmp_path,
    )
    assert shown == (
        "--- a/one.yml\n+++ b/one.yml\n@@ -1 +1 @@\n-a: 1\n+a: 3\n"
        "--- a/other.yml\n+++ b/other.yml\n@@ -1 +1 @@\n-b: 2\n\\ No newline at end of file\n"
        "+b: 3\n\\ No newline at end of file\n"
        "--- /dev/null\n+++ b/new.yml\n@@ -0,0 +1 @@\n+c: 1\n"
    )
