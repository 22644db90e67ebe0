"""The engine: edits as values → the same text with what they say, spliced in.

Each edit becomes a few replacements of characters at the marks of its node. The result is read
again and compared with the tree that is expected; if they differ that is a bug of ours, and nothing
comes out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from baodian.editing.blocks import Change, deleted, inserted, renamed, replaced
from baodian.editing.edits import (
    Data,
    Delete,
    Edit,
    Insert,
    Path,
    RenameKey,
    Replace,
    applied,
    as_data,
    at,
    located,
    same,
    smallest,
)
from baodian.editing.marks import Text
from baodian.said.problems import PlaybookError, errors
from baodian.source import read

BOM = "\ufeff"


def spliced(text: str, edits: Sequence[Edit]) -> str:
    """Return the text with the edits, one after the other; everything else keeps its characters.

    A path is that of the text as the edits before have left it. Raises `PlaybookError` if there is
    something wrong with the form of the text, `NoSuchPlaceError` if an edit does not fit it, and
    `CannotWriteError` if no style of YAML gives a value back.
    """
    mark = BOM if text.startswith(BOM) else ""
    bare = text.removeprefix(BOM)
    wanted = tree_of(bare)
    steps: list[Edit] = []
    for edit in edits:
        whole = isinstance(edit, Insert | Replace)
        path = located(wanted, edit.path)
        edit = _at_path(edit, path)
        new = applied(wanted, edit)
        before = at(wanted, path) if whole else None
        steps += smallest(edit, before) if isinstance(edit, Replace) else [edit]
        wanted = new
    for together in _together(steps):
        marks = Text(bare)
        new = _with(bare, [change for step in together for change in _changes(marks, step)])
        bare = _ended(marks, new)
    assert same(tree_of(bare), wanted), "the text spliced says something else than was asked for"
    return mark + bare


def spliced_bytes(data: bytes, edits: Sequence[Edit]) -> bytes:
    """Return the bytes of a file in UTF-8 with the edits; see `spliced`."""
    return spliced(data.decode("utf-8"), edits).encode("utf-8")


def tree_of(text: str) -> Data:
    """Return what a text says. Raises `PlaybookError` if there is something wrong with its form."""
    tree, problems = read(text.encode("utf-8"), "-")
    if tree is None or errors(problems):
        raise PlaybookError(problems)
    return as_data(tree)


def _at_path(edit: Edit, path: Path) -> Edit:
    if isinstance(edit, Insert):
        return Insert(path, edit.key, edit.value, edit.before)
    if isinstance(edit, Replace):
        return Replace(path, edit.value)
    return Delete(path) if isinstance(edit, Delete) else RenameKey(path, edit.new)


def _changes(text: Text, edit: Edit) -> list[Change]:
    if isinstance(edit, Insert):
        return inserted(text, edit)
    if isinstance(edit, Replace):
        return replaced(text, edit.path, edit.value)
    return deleted(text, edit.path) if isinstance(edit, Delete) else renamed(text, edit)


def _together(steps: Sequence[Edit]) -> Iterator[list[Edit]]:
    """Yield the steps in groups that can be carried out on one text: none is about another."""
    group: list[Edit] = []
    taken: set[Path] = set()  # all paths in the group, and the ways to them
    ends: set[Path] = set()
    for step in steps:
        alone = not isinstance(step, Replace | RenameKey) or isinstance(
            getattr(step, "value", ""), dict | list
        )
        ways = [step.path[:n] for n in range(len(step.path) + 1)]
        if group and (alone or step.path in taken or any(way in ends for way in ways)):
            yield group
            group, taken, ends = [], set(), set()
        group.append(step)
        taken.update(ways)
        ends.add(step.path)
        if isinstance(step, RenameKey):
            ends.add((*step.path[:-1], step.new))
        if alone:
            yield group
            group, taken, ends = [], set(), set()
    if group:
        yield group


def _ended(before: Text, text: str) -> str:
    """Return a text with a line break at its end if a new block text there needs one."""
    if text.endswith(("\n", "\r")):
        return text
    was, last = before.last, Text(text).last
    if (
        last.end == len(text)
        and last.is_open
        and (was.header, was.value) != (last.header, last.value)
    ):
        return text + before.newline(len(before.text))
    return text


def _with(text: str, changes: Sequence[Change]) -> str:
    """Return a text with changes that do not overlap; those at one place in their order."""
    parts: list[str] = []
    done = 0
    for start, end, new in sorted(changes, key=lambda change: change[:2]):
        assert start >= done, "two changes overlap"
        parts += [text[done:start], new]
        done = end
    return "".join([*parts, text[done:]])
