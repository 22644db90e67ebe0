"""The engine that edits YAML: everything but what is meant keeps its bytes."""

from __future__ import annotations

import pytest
import splices

from baodian.editing import (
    CannotWriteError,
    Data,
    Delete,
    Edit,
    Insert,
    NoSuchPlaceError,
    RenameKey,
    Replace,
    splice,
    spliced,
)
from baodian.said.problems import PlaybookError

SHARE = 1_500
"""How many random edits are tried here; `python tests/splices.py` tries 10,000."""


def test_random_edits_touch_only_what_they_are_about() -> None:
    done, _, faults = splices.run(SHARE, 20261201)
    assert done == SHARE
    assert not faults, "\n".join(faults)


def test_what_is_tried_is_messy_enough() -> None:
    texts = splices.messy()
    assert len(texts) > 60
    assert any(text.startswith("\ufeff") for text in texts)
    assert any("\r\n" in text for text in texts)
    assert any(not text.endswith("\n") for text in texts)


CASES: tuple[tuple[str, Edit, str], ...] = (
    ("a: 1  # x\nb: 2\n", Replace(("a",), "2"), "a: 2  # x\nb: 2\n"),
    ("a: '1'\n", Replace(("a",), "2"), "a: '2'\n"),
    ('a: "1"\n', Replace(("a",), "x: y"), 'a: "x: y"\n'),
    ("a: 1\n", Replace(("a",), "x: y"), 'a: "x: y"\n'),
    ("a: 1\n", Replace(("a",), "x #y"), 'a: "x #y"\n'),
    ("a: 1\n", Replace(("a",), "- x"), 'a: "- x"\n'),
    ("a: 1\n", Replace(("a",), "null"), 'a: "null"\n'),
    ("a: 1\n", Replace(("a",), None), "a: null\n"),
    ("a: 1\n", Replace(("a",), ""), 'a: ""\n'),
    ("a: 1\n", Replace(("a",), "010"), "a: 010\n"),
    ("a: 1\n", Replace(("a",), "说：“好。”，就走"), "a: 说：“好。”，就走\n"),
    ("a: [x, y]\n", Replace(("a", 1), "甲、乙"), 'a: [x, "甲、乙"]\n'),
    ("a: [甲、乙, x]\n", Delete(("a", 1)), 'a: ["甲、乙"]\n'),
    ("a: {b: 1}\n", Replace(("a", "b"), "一，二"), "a: {b: 一，二}\n"),
    ("a: {b: 1}\n", Replace(("a", "b"), "x, y"), 'a: {b: "x, y"}\n'),
    ("a: |  # why\n  one\n  two\nb: 2\n", Replace(("a",), "one\nthree\n"),
     "a: |  # why\n  one\n  three\nb: 2\n"),
    ("a: |\n    one\n    two\n", Replace(("a",), "甲\n"), "a: |\n  甲\n"),
    ("a: 头一行，\n  第二行\nb: 1\n", Replace(("a",), "头一行，第三行"), "a: 头一行，\n  第三行\nb: 1\n"),  # noqa: E501
    ("a:\nb: 1\n", Replace(("a",), ["x", "y"]), "a: [x, y]\nb: 1\n"),
    ("a:   # x\nb: 1\n", Insert(("a",), "c", "1"), "a:   # x\n  c: 1\nb: 1\n"),
    ("for: a/b\n", Replace(("for",), ["a/b", "c/d"]), "for: [a/b, c/d]\n"),
    ("a:\n- x\n- y\n", Insert(("a",), None, "z"), "a:\n- x\n- y\n- z\n"),
    ("a:\n    - x\nb: 1\n", Insert(("a",), 0, "z"), "a:\n    - z\n    - x\nb: 1\n"),
    ("l:\n  - id: x\n    t: 1\n  - id: y\n    t: 2\n", Replace(("l", "y", "t"), "3"),
     "l:\n  - id: x\n    t: 1\n  - id: y\n    t: 3\n"),
    ("l:\n  - id: x\n    t: 1\n", Delete(("l", "x", "id")), "l:\n  - t: 1\n"),
    ("l:\n  - door: 门\n", Replace(("l", "door"), {"door": "窗"}), "l:\n  - door: 窗\n"),
    ("a:\n  b: 1\nc: 2\n", Delete(("a", "b")), "a: {}\nc: 2\n"),
    ("a:\n  # why\n  b: 1  # gone\n  c: 2\n", Delete(("a", "b")), "a:\n  # why\n  c: 2\n"),
    ("a: 1\r\nb: 2\r\n", Insert((), "c", ["x"], "b"), "a: 1\r\nc: [x]\r\nb: 2\r\n"),
    ("\ufeffa: 1", Insert((), "b", "2"), "\ufeffa: 1\nb: 2"),
    ("a: |\n  x", Insert((), "b", "2"), "a: |-\n  x\nb: 2"),
    ("a: {b: 1, c: 2}\n", Delete(("a", "c")), "a: {b: 1}\n"),
    ("a: {b: 1, c: 2}\n", Insert(("a",), "d", "3"), "a: {b: 1, c: 2, d: 3}\n"),
    ("a: {\n  b: 1,  # x\n  c: 2   # y\n}\n", Insert(("a",), "d", "3"),
     "a: {\n  b: 1,  # x\n  c: 2,   # y\n  d: 3\n}\n"),
    ("a: {\n  b: 1,  # x\n  c: 2   # y\n}\n", Delete(("a", "b")), "a: {\n  c: 2   # y\n}\n"),
    ('"a b": 1\n', RenameKey(("a b",), "c"), '"c": 1\n'),
    ("a: 1\n", RenameKey(("a",), "matrix:x#y.z"), "a: 1\n".replace("a:", "matrix:x#y.z:")),
    ("r: {x: {a: 1}}\n", RenameKey(("r", "x"), "k: v"), 'r: {"k: v": {a: 1}}\n'),
    ("r:\n  x: {k: a, v: b}\n", Insert(("r",), "y", {"k": "c", "v": "d，e"}),
     "r:\n  x: {k: a, v: b}\n  y: {k: c, v: d，e}\n"),
    ("a: [x, y, z]  # n\n", Replace(("a",), ["x", "w", "y", "z"]), "a: [x, w, y, z]  # n\n"),
    ("a:\n  - x  # 1\n  - y  # 2\n  - z  # 3\n", Replace(("a",), ["x", "z"]),
     "a:\n  - x  # 1\n  - z  # 3\n"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "edit", "wanted"), CASES)
def test_an_edit_changes_just_that(text: str, edit: Edit, wanted: str) -> None:
    assert spliced(text, [edit]) == wanted


def test_edits_follow_each_other() -> None:
    text = "a: 1\nl: [x, y]\nm: {b: 2}\n"
    edits = [
        RenameKey(("a",), "z"),
        Replace(("z",), "3"),
        Delete(("l", 0)),
        Insert(("l",), 0, "w"),
        Replace(("m", "b"), "4"),
        RenameKey(("m", "b"), "c"),
    ]
    assert spliced(text, edits) == "z: 3\nl: [w, y]\nm: {c: 4}\n"


def test_the_same_value_changes_nothing() -> None:
    text = "a:   '1'   # x\nb:\n  - {c: 1}\n"
    same: list[Edit] = [Replace(("a",), "1"), Replace(("b",), [{"c": "1"}]), Replace((), both())]
    assert spliced(text, same) == text


def both() -> Data:
    return {"a": "1", "b": [{"c": "1"}]}


@pytest.mark.parametrize(
    "edit",
    [
        Replace(("x",), "1"),
        Delete(("l", 5)),
        Delete(("l", "id")),
        Insert((), "a", "2"),
        Insert(("a",), "b", "2"),
        Insert(("l",), 9, "2"),
        RenameKey(("a",), "l"),
        RenameKey(("l", 0), "x"),
    ],
)
def test_an_edit_that_does_not_fit_is_refused(edit: Edit) -> None:
    with pytest.raises(NoSuchPlaceError):
        spliced("a: 1\nl: [x]\n", [edit])


def test_what_cannot_be_read_back_is_refused() -> None:
    with pytest.raises(CannotWriteError):
        spliced("a: 1\n", [Replace(("a",), "x\u200by")])


def test_what_says_something_else_never_comes_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(splice, "_changes", lambda text, edit: [(3, 4, "9")])
    with pytest.raises(AssertionError, match="something else"):
        spliced("a: 1\nb: 2\n", [Replace(("b",), "3")])


def test_a_file_with_faults_is_not_touched() -> None:
    with pytest.raises(PlaybookError):
        spliced("a：1\nb: [x\n", [Replace(("b",), "1")])


def test_every_text_can_be_written_in_every_place() -> None:
    for value in splices.TEXTS:
        try:
            spliced("a: 1\n", [Replace(("a",), value)])
        except CannotWriteError:
            assert value == "no such text"
