"""Characters that nobody sees: tabs, wide spaces and control characters."""

from __future__ import annotations

import re
from typing import cast

from baodian.said.messages import msg
from baodian.said.problems import At, Problem
from baodian.source.lines import Edit, Fault, Lines

# U+FDD0 stands for the joins of Chinese lines while the parser runs, so a file may not hold it.
BAD_CHARACTER = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2028\u2029\u2060\ufdd0\ufeff\ufffe\uffff]"
)
WIDE_SPACES = "\u3000\u00a0\u1680\u202f\u205f" + "".join(map(chr, range(0x2000, 0x200B)))


def invisible_faults(lines: Lines) -> list[Fault]:
    """Find control and zero-width characters, one problem for each line that has any."""
    faults = []
    for number, text in enumerate(lines.lines):
        matches = list(BAD_CHARACTER.finditer(text)) if BAD_CHARACTER.search(text) else []
        if matches:
            problem = Problem(
                "bad-text",
                lines.at(number, matches[0].start()),
                msg(
                    "There is an invisible character here that does not belong in a text ({code}).",
                    code=_code_point(matches[0][0]),
                ),
                msg("Delete it: remove the word around it and type it again."),
            )
            edits = tuple(Edit(number, m.start(), 1, _instead_of(m[0])) for m in matches)
            faults.append(Fault(problem, edits))
    return faults


def _instead_of(character: str) -> str:
    return " " if character in "\x85\u2028\u2029" else ""


def _code_point(character: str) -> str:
    return f"U+{ord(character):04X}"


BAD_INDENT = re.compile(f"^( *)([\t{WIDE_SPACES}][ \t{WIDE_SPACES}]*)", re.MULTILINE)
_BLOCK_HEADER = re.compile(r"(?:^|[:\-] +)[|>][-+0-9]*(?:\s+#.*)?\s*$")
DASHES = re.compile(r" *(?:- +)*")


def indentation_faults(lines: Lines, width: int) -> list[Fault]:
    """Find tabs and wide spaces in indentation; inside a block text they are part of the text."""
    if not any(BAD_INDENT.match(text) for text in lines.lines):
        return []
    faults = []
    parent: int | None = None
    for number, text in enumerate(lines.lines):
        indent = BAD_INDENT.match(text)
        spaces = len(text) - len(text.lstrip(" "))
        if parent is not None and (spaces > parent or not text.strip()):
            continue
        if indent is None:
            parent = _parent_of_block(text)
        elif indent.end() == len(text):
            lines.mend([Edit(number, 0, len(text), "")])
        else:
            faults.append(_bad_indent(lines, number, indent, width))
            if parent is None:
                parent = _parent_of_block(text)
    return faults


def _parent_of_block(text: str) -> int | None:
    """Return the indentation that the lines of a block text must exceed, if `text` opens one."""
    if not _BLOCK_HEADER.search(text):
        return None
    dashes = cast("re.Match[str]", DASHES.match(text)).end()
    return dashes if text[dashes : dashes + 1] not in "|>" else max(0, text.rfind("-", 0, dashes))


def _bad_indent(lines: Lines, number: int, indent: re.Match[str], width: int) -> Fault:
    run = indent[2]
    at = lines.at(number, indent.start(2))
    spaces = "".join(" " * width if c in "\t\u3000" else " " for c in run)
    edits = (Edit(number, indent.start(2), len(run), spaces),)
    return Fault(tab_found(at) if run[0] == "\t" else wide_space(at, run[0]), edits)


def tab_found(at: At) -> Problem:
    """Return the problem of a tab at `at`."""
    return Problem(
        "tab",
        at,
        msg("There is a tab character here; only spaces can be used to indent and to separate."),
        msg("Replace the tab with spaces: two for each level of indentation."),
    )


def wide_space(at: At, character: str) -> Problem:
    """Return the problem of a space at `at` that does not count as one."""
    if character == "\u3000":
        message = msg("There is a full-width space here; it does not count as a space.")
    else:
        message = msg(
            "There is a special space here ({code}); it does not count as a space.",
            code=_code_point(character),
        )
    return Problem("wide-space", at, message, msg("Delete it and type ordinary spaces instead."))
