"""YAML text → a located tree: every node knows its file, line, column and style.

The tree is built from the parser's events with a stack of our own, so that aliases are refused
before anything resolves them and deep nesting ends in a message. Nothing is interpreted: `NO`,
`010` and `12:30` stay text, the schema decides what they mean.

A fault whose meaning is plain (`名称：值`, a tab) is reported, mended in memory and the text read
again, so that one run finds the faults that stand behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from baodian.said.messages import Message, msg
from baodian.said.problems import At, Problem, in_order
from baodian.source.characters import BAD_INDENT, indentation_faults, sign_faults, signs_in
from baodian.source.entries import wide_colon
from baodian.source.events import Reading
from baodian.source.explain import Explain
from baodian.source.lines import Fault, Lines
from baodian.source.plain import NotPlain, plain, tree
from baodian.source.tree import (
    MAX_DEPTH,
    Loc,
    Mapping,
    Node,
    Scalar,
    Sequence,
    Style,
    key_place,
    known_keys,
    place,
)


def read(data: bytes, file: str) -> tuple[Node | None, tuple[Problem, ...]]:
    """Return the tree of one file and everything that is wrong with its form.

    The tree is None where the structure cannot be trusted; beside problems it may still be there
    (each was mended as its hint says), so that the schema can look for more. Never raises.
    """
    text, problem = decode(data, file)
    if text is None:
        return None, (problem,) if problem else ()
    texts = _lines_of(text)
    node, problems = _read_lines(Lines(file, texts), 2)
    if any(BAD_INDENT.match(text) for text in texts):
        others = (_read_lines(Lines(file, texts), width) for width in (0, 4))
        results = [(node, problems), *others]
        node, problems = min(results, key=lambda result: (len(result[1]), result[0] is None))
    return node, in_order(problems)


def again(data: bytes, file: str, plain: list[Any]) -> Node:
    """Return the tree of a file without problems, of which `plain` has made lists."""
    return tree(plain, Lines(file, _lines_of(data.decode("utf-8-sig"))))


def _lines_of(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _read_lines(lines: Lines, width: int) -> tuple[Node | None, list[Problem]]:
    """Read lines whose tabs and wide spaces in indentation stand for `width` spaces."""
    invisible = _mended(lines, sign_faults(lines))
    indents = _mended(lines, indentation_faults(lines, width))
    tree, problems = _read_and_mend(lines)
    guessed = min((problem.at.line for problem in indents), default=None)
    return tree, list(_without_echoes(invisible + indents + problems, guessed))


def _mended(lines: Lines, faults: list[Fault]) -> list[Problem]:
    """Apply the edits of all faults; return their problems."""
    lines.mend([edit for fault in faults for edit in fault.edits])
    return [fault.problem for fault in faults]


def _read_and_mend(lines: Lines) -> tuple[Node | None, list[Problem]]:
    """Read, mend what is plain, read again; an entry that cannot be mended is left out at last."""
    kept: list[Problem] = []
    whole = True
    mended: set[tuple[str, At]] = set()
    for _ in range(max(8, min(300, 5_000_000 // (1 + sum(map(len, lines.lines)))))):
        reading = Reading(lines)
        error = reading.run()
        fault = Explain(lines, reading, error).fault() if error else None
        if fault and not fault.edits:
            reading.forget_open_brackets()
        faults = [fault for fault in reading.faults if _can_mend(lines, fault, mended)]
        if not faults:
            kept += [fault.problem for fault in reading.faults]
            if fault is None:
                if reading.tree is None and not kept:
                    kept.append(_empty_file(lines.file))
                return reading.tree if whole and not reading.too_deep else None, kept
            faults = [fault]
            if not _can_mend(lines, fault, mended):
                kept.append(fault.problem)
                whole = False
                if not lines.leave_out(fault.problem.at.line - 1):
                    break
                continue
        mended |= {(fault.problem.code, fault.problem.at) for fault in faults}
        kept += _mended(lines, faults)
    return None, kept


def _can_mend(lines: Lines, fault: Fault, mended: set[tuple[str, At]]) -> bool:
    """Tell whether the edits of a fault may help: a place is mended once, a line never explodes."""
    return (
        bool(fault.edits)
        and (fault.problem.code, fault.problem.at) not in mended
        and all(lines.grown(edit.line) < 1000 for edit in fault.edits)
    )


def _without_echoes(problems: list[Problem], guessed: int | None) -> Iterator[Problem]:
    """Drop a bare `syntax` that a more telling problem explains.

    That is one on the same line, or an indentation above (from the line `guessed` on) whose width
    could only be guessed.
    """
    explained = {problem.at.line for problem in problems if problem.code != "syntax"}
    for problem in problems:
        line = problem.at.line
        if problem.code == "syntax" and (line in explained or (guessed and line > guessed)):
            continue
        yield problem


def _empty_file(file: str) -> Problem:
    return Problem(
        "empty-file",
        At(file),
        msg("This file is empty."),
        msg("Fill it in, or delete it if it is not needed."),
    )


_HAN = re.compile("[\u4e00-\u9fff]")


def decode(data: bytes, file: str) -> tuple[str | None, Problem | None]:
    """Return the text of a file, or the problem that keeps it from being read."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or _looks_like_utf16(data):
        return None, _not_utf8(At(file), msg("This file is saved in UTF-16, not in UTF-8."))
    try:
        return data.decode("utf-8-sig"), None
    except UnicodeDecodeError as error:
        body = error.object[: error.start]
        before = body.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    last = before.rpartition("\n")[2]
    at = At(file, before.count("\n") + 1, len(last) + 1)
    try:
        chinese = _HAN.search(data.decode("gb18030")) is not None
    except UnicodeDecodeError:
        chinese = False
    if chinese:
        return None, _not_utf8(
            at, msg("This file is saved in GBK (GB18030), not in UTF-8: Chinese would be garbled.")
        )
    return None, _not_utf8(at, msg("This file is not UTF-8 text from here on."))


def _looks_like_utf16(data: bytes) -> bool:
    """Tell plain ASCII in UTF-16 without a mark: every other byte is zero."""
    head = data[:2000]
    zeros = max(head[0::2].count(0), head[1::2].count(0))
    return zeros > 1 and zeros * 3 > len(head)


def _not_utf8(at: At, message: Message) -> Problem:
    hint = msg("Open the file in your editor and save it again with the encoding UTF-8.")
    return Problem("not-utf8", at, message, hint)


__all__ = [
    "MAX_DEPTH", "Loc", "Mapping", "Node", "NotPlain", "Scalar", "Sequence", "Style", "again",
    "decode", "key_place", "known_keys", "place", "plain", "read", "signs_in", "wide_colon",
]  # fmt: skip
