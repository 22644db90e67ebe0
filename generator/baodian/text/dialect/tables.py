"""Tables: a head, a line of dashes, rows of as many cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from baodian.said.messages import msg
from baodian.text.dialect.inline import literal
from baodian.text.dialect.lines import Line
from baodian.text.dialect.words import Words

_DASHES = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_CELL_PIECE = re.compile(r"\\\||(`+)(?!`).*?(?<!`)\1(?!`)|\||[^\\`|]+|.", re.DOTALL)


def is_table(line: Line, following: Line) -> bool:
    """Tell whether a line is the head of a table, by the line below it."""
    return (
        "|" in line.text
        and "-" in following.text
        and bool("|" in following.text and _DASHES.match(following.text))
    )


def table(words: Words, lines: Sequence[Line], n: int) -> tuple[list[str], int]:
    """Return the table that begins at a line, and the number of the line behind it."""
    head = _cells(lines[n].stripped())
    dashes = _cells(lines[n + 1].stripped())
    if len(dashes) != len(head):
        words.slip(
            lines[n + 1].stripped().offset,
            msg("The head of the table has {head} cells, the line of dashes {dashes}.",
                head=len(head), dashes=len(dashes)),
            msg("Write --- once for each cell of the head."),
        )  # fmt: skip
    out = [_row(words, head, len(head))]
    rules = [cell.bare for cell in dashes][: len(head)]
    rules += ["---"] * (len(head) - len(rules))
    out.append(f"| {' | '.join(rules)} |")
    end = n + 2
    while end < len(lines) and lines[end].bare and "|" in lines[end].text:
        cells = _cells(lines[end].stripped())
        if len(cells) > len(head):
            words.slip(
                cells[len(head)].offset,
                msg("This row has {cells} cells, the head of its table {head}.",
                    cells=len(cells), head=len(head)),
                msg("Give the head a cell more, or join two; a sign | in a text is typed \\|."),
            )  # fmt: skip
        out.append(_row(words, cells, len(head)))
        end += 1
    return out, end


def _row(words: Words, cells: Sequence[Line], wanted: int) -> str:
    written = []
    for cell in cells[:wanted]:
        offsets = list(range(cell.offset, cell.offset + len(cell.text)))
        written.append(words.strict(cell.text, offsets).replace("|", literal("|")))
    written += [""] * (wanted - len(written))
    return f"| {' | '.join(written)} |"


def tell_rows_without_head(words: Words, lines: Sequence[Line]) -> None:
    """Tell of rows that are meant as a table."""
    rows = [line for line in lines if re.match(r"\|.*\|[ ]*$", line.text)]
    if len(rows) > 1:
        words.slip(
            rows[0].offset,
            msg("These rows are no table: below the first, the line of dashes is missing."),
            msg("Write below it: {line}", line="|" + " --- |" * len(_cells(rows[0]))),
        )


def _cells(line: Line) -> list[Line]:
    """Return the cells of a row, each with its place, without the bars at its ends."""
    text = line.text.rstrip(" ")
    bars = [-1, *(m.start() for m in _CELL_PIECE.finditer(text) if m[0] == "|"), len(text)]
    if len(bars) > 2 and bars[1] == 0:
        del bars[0]
    if len(bars) > 2 and bars[-2] == len(text) - 1:
        del bars[-1]
    return [_trimmed(Line(text[a + 1 : b], line.offset + a + 1)) for a, b in pairwise(bars)]


def _trimmed(line: Line) -> Line:
    return Line(line.text.strip(" "), line.stripped().offset)
