"""Characters that nobody sees or that nobody can read: by class, with tabs and wide spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from baodian.said.messages import Message, msg
from baodian.said.problems import At, Problem
from baodian.source.lines import Edit, Fault, Lines
from baodian.text.signs import Sign, out_of_place

Said = tuple[Message, Message]

WIDE_SPACES = "\u3000\u00a0\u1680\u202f\u205f" + "".join(map(chr, range(0x2000, 0x200B)))


def sign_faults(lines: Lines) -> list[Fault]:
    """Find signs that do not belong in a text, one problem for each line that has any.

    What nobody sees is taken out. So is U+FDD0, which stands for joins while the parser runs.
    """
    faults = []
    for number, text in enumerate(lines.lines):
        found = list(out_of_place(text))
        if found:
            unseen = [sign for sign in found if sign.kind in ("invisible", "direction")]
            edits = tuple(Edit(number, s.start, 1, _instead_of(text[s.start])) for s in unseen)
            problem = _problem(lines.at(number, found[0].start), found[0], text)
            faults.append(Fault(problem, edits))
    return faults


def signs_in(text: str, file: str) -> Iterator[Problem]:
    """Yield the problem of each line of a text that is no YAML."""
    yield from (fault.problem for fault in sign_faults(Lines(file, re.split("\r\n|\r|\n", text))))


def _problem(at: At, sign: Sign, text: str) -> Problem:
    """Return the problem of a sign of `text` at `at`."""
    signs = text[sign.start : sign.end]
    return Problem("bad-text", at, *_SAID[sign.kind](signs if len(signs) > 1 else _code(signs)))


def _invisible(code: str) -> Said:
    return (
        msg("There is an invisible character here that does not belong in a text ({code}).",
            code=code),
        msg("Delete it: remove the word around it and type it again."),
    )  # fmt: skip


def _direction(code: str) -> Said:
    return (
        msg("A sign that nobody sees turns the direction of the text here ({code}).", code=code),
        msg("Delete it: remove the word around it and type it again."),
    )


def _private(code: str) -> Said:
    return (
        msg("This sign is private ({code}): each device shows something else, or nothing.",
            code=code),
        msg("Type what is meant in signs that everybody has."),
    )  # fmt: skip


def _damaged(code: str) -> Said:
    return (
        msg("A character was lost here ({code}).", code=code),
        msg(
            "Type what stood here again. It is often lost when a file is saved in another encoding."
        ),
    )


def _garbled(text: str) -> Said:
    return (
        msg("“{text}” is another text, read in the wrong encoding.", text=_shown(text)),
        msg("Type it again, or copy it once more from where it stands right."),
    )


def _shown(text: str) -> str:
    """Return at most 20 characters of a text."""
    return text if len(text) <= 20 else text[:19] + "…"


_SAID = {
    "invisible": _invisible,
    "direction": _direction,
    "private": _private,
    "damaged": _damaged,
    "garbled": _garbled,
}


def _instead_of(character: str) -> str:
    return " " if character in "\x85\u2028\u2029" else ""


def _code(character: str) -> str:
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
            code=_code(character),
        )
    return Problem("wide-space", at, message, msg("Delete it and type ordinary spaces instead."))
