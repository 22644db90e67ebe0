"""What an entry looks like that was written without its space, sign or quotes."""

from __future__ import annotations

import re
from typing import cast

from baodian.said.messages import Message, msg
from baodian.said.problems import At, Problem
from baodian.source.characters import DASHES, WIDE_SPACES, wide_space
from baodian.source.joins import JOIN
from baodian.source.lines import Edit, Fault, Lines, Mark

_NAME = "[^\\s:：,，、。；！？!?()（）\"'\\[\\]{}#]{1,30}"
_ENTRY = re.compile(f"(?P<name>{_NAME}) *(?P<colon>[:：])(?P<space>[ {WIDE_SPACES}]*)(?P<rest>.*)")
QUOTED_ENTRY = re.compile(r"""(?P<name>"[^"]*"|'[^']*')(?P<colon>[:：])(?P<space> *)(?P<rest>.*)""")
SURELY_ENTRY = re.compile(r"[a-z][a-z0-9_-]* *(?:：|:(?=[^\x00-\x7f]))|-[^\d\s-]")
SWALLOWS = re.compile(r":[\[{\"']")
_ITEM = re.compile(f"-(?P<space>[{WIDE_SPACES}]?)(?P<rest>[^\\s-].*)")
# A doubled dash is punctuation.
OTHER_DASH = re.compile(
    "(?P<dash>[\u2010-\u2015\u2212\u2022\u30fb\u30fc\uff0d\u00b7])(?!(?P=dash))\\s*(?P<rest>\\S.*)"
)
IDS = re.compile(r"[a-z][a-z0-9:/#*_.-]*(?:\s*[，、]\s*[a-z][a-z0-9:/#*_.-]*)+")


def entry_fault(lines: Lines, line: int, column: int, end: int | None = None) -> Fault | None:
    """Explain a line that should be `name: value` or `- item` but lacks the colon or the space."""
    text = lines.lines[line][:end]
    start = column + cast("re.Match[str]", DASHES.match(text[column:])).end()
    if item := _ITEM.match(text, start):
        if item["space"]:
            return _wide_separator(lines, line, item.start("space"), item["space"])
        return _missing_space(lines, line, start, start + 1, f"- {shortened(item['rest'])}")
    entry = _ENTRY.match(text, start) or QUOTED_ENTRY.match(text, start)
    if entry is None:
        return None
    right = f"{entry['name']}: {shortened(entry['rest'])}".rstrip()
    space = entry["space"]
    if entry["colon"] == "：":
        length = 1 + len(space)
        return _wide_colon(lines, line, entry.start("colon"), length, right)
    if space.startswith(" ") or not (space or entry["rest"]):
        return None
    if space:
        return _wide_separator(lines, line, entry.start("space"), space)
    return _missing_space(lines, line, entry.start("colon"), entry.end("colon"), right)


def other_dash(lines: Lines, line: int, column: int) -> Fault | None:
    """Explain a list item that begins with a dash of an input method instead of “-”."""
    item = OTHER_DASH.match(lines.lines[line], column)
    if item is None:
        return None
    problem = Problem(
        "syntax",
        lines.at(line, column),
        msg("A list item begins with “-”, not with “{sign}”.", sign=item["dash"]),
        msg("Write “{right}”.", right=f"- {shortened(item['rest'])}"),
    )
    return Fault(problem, (Edit(line, column, item.start("rest") - column, "- "),))


def wide_colon(at: At, right: str) -> Problem:
    """Return the problem of a full-width colon where `right` should stand."""
    return Problem(
        "wide-colon",
        at,
        msg("The colon after a name must be the ordinary “:”, not the full-width “：”."),
        msg(
            "Write “{right}”; if the colon belongs to a text, put quotes around the text.",
            right=right,
        ),
    )


def _wide_colon(lines: Lines, line: int, column: int, length: int, right: str) -> Fault:
    problem = wide_colon(lines.at(line, column), right)
    return Fault(problem, (Edit(line, column, length, ": "),))


def _missing_space(lines: Lines, line: int, column: int, after: int, right: str) -> Fault:
    sign = lines.lines[line][column]
    problem = Problem(
        "missing-space",
        lines.at(line, column),
        msg("There must be a space after this “{sign}”.", sign=sign),
        msg("Write “{right}”.", right=right),
    )
    return Fault(problem, (Edit(line, after, 0, " "),))


def _wide_separator(lines: Lines, line: int, column: int, run: str) -> Fault:
    problem = wide_space(lines.at(line, column), run[0])
    return Fault(problem, (Edit(line, column, len(run), " "),))


def wide_comma(lines: Lines, places: list[tuple[int, int]]) -> Fault:
    """Return the fault of full-width commas at `places` that should separate items."""
    line, column = places[0]
    problem = Problem(
        "wide-comma",
        lines.at(line, column),
        msg("The full-width “{sign}” does not separate here.", sign=lines.lines[line][column]),
        msg("Separate with “, ”; if the sign belongs to a text, put quotes around the text."),
    )
    return Fault(problem, tuple(Edit(at, col, 1, ", ") for at, col in places))


def needs_quotes(lines: Lines, start: Mark, raw: str, message: Message) -> Fault:
    """Return the fault of a text that YAML cannot read as meant without quotes."""
    raw = raw.replace(JOIN, "")
    problem = Problem(
        "needs-quotes",
        lines.at(start.line, start.column),
        message,
        msg("Put quotes around the whole text: {quoted}", quoted=in_quotes(shortened(raw))),
    )
    if "\n" in raw or not raw:
        return Fault(problem)
    return Fault(problem, (Edit(start.line, start.column, len(raw), in_quotes(raw)),))


def sign_has_meaning(sign: str) -> Message:
    """Return why a text cannot begin with `sign`."""
    return msg(
        "A text cannot begin with “{sign}”: here this sign has a meaning of its own.", sign=sign
    )


def in_quotes(text: str) -> str:
    """Return `text` in quotes; a text that only has wrong quotes around it gets right ones."""
    if len(text) > 1 and text[0] in "\"'" and text[0] == text[-1] and '"' not in text[1:-1]:
        text = text[1:-1]
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def shortened(text: str) -> str:
    """Return at most 40 characters of a text."""
    return text if len(text) <= 40 else text[:39] + "…"


def value_at(lines: Lines, line: int, column: int, *, flow: bool) -> str:
    """Return the text meant from a place on: to the end of the line, in `[ ]` to the next comma."""
    text = lines.lines[line][column:]
    text = re.split(r"\s{2,}#", text, maxsplit=1)[0].rstrip()
    if not flow:
        return text
    depth = 0
    for index, character in enumerate(text):
        if character in "[{":
            depth += 1
        elif character in "]}":
            depth -= 1
        if depth < 0 or (depth == 0 and character == ","):
            return text[:index].rstrip()
    return text
