"""What a text without quotes loses, or was meant to be: spaces, lines and lists of its own."""

from __future__ import annotations

from collections.abc import Iterator

from baodian.source.characters import DASHES, WIDE_SPACES, wide_space
from baodian.source.entries import IDS, SURELY_ENTRY, entry_fault, other_dash, wide_comma
from baodian.source.lines import Edit, Fault, Lines, Mark
from baodian.source.sentences import item_in_text


def wide_edges(
    lines: Lines, value: str, start: Mark, end: Mark, *, joined: bool
) -> Iterator[Fault]:
    """Yield a fault for a wide space at the beginning and one for a wide space at the end.

    A text that is `joined` to what follows has no end of its own.
    """
    if value[0] in WIDE_SPACES:
        yield _wide_edge(lines, start.line, start.column)
    if value[-1] in WIDE_SPACES and len(value) > 1 and not joined:
        yield _wide_edge(lines, end.line, end.column - 1)


def _wide_edge(lines: Lines, line: int, column: int) -> Fault:
    problem = wide_space(lines.at(line, column), lines.lines[line][column])
    return Fault(problem, (Edit(line, column, 1, " "),))


def entries(lines: Lines, start: Mark, end: Mark, *, outermost: bool) -> Iterator[Fault]:
    """Yield a fault for each line of a text that was meant to be an entry or an item of its own.

    Around a text that is `outermost` there is no collection.
    """
    texts = lines.lines
    own_line = DASHES.fullmatch(texts[start.line][: start.column]) is not None
    places = [(start.line, start.column)] if own_line else []
    for number in range(start.line + 1, end.line + 1):
        if bare := texts[number].lstrip(" "):
            places.append((number, len(texts[number]) - len(bare)))
    faults = [entry_fault(lines, line, column) for line, column in places]
    if outermost or (len(faults) > 1 and own_line and all(faults)):
        yield from (fault for fault in faults if fault)
        return
    for (line, column), fault in zip(places, faults, strict=True):
        text = texts[line][column:]
        if fault and SURELY_ENTRY.match(text):
            yield fault
        elif line > start.line and text.startswith("- "):
            yield Fault(item_in_text(lines.at(line, column)))
            return
        elif not texts[line][:column].strip() and (dash := other_dash(lines, line, column)):
            yield dash


def wide_commas(lines: Lines, value: str, start: Mark, end: Mark) -> tuple[Fault, bool]:
    """Return the fault of a text in `[ ]` that holds wide commas, and whether it is surely one.

    If it is not, it is one only where nothing else stands in the list.
    """
    ids = IDS.fullmatch(value) is not None
    signs = "，、" if ids else "，" if "，" in value else "、"
    fault = wide_comma(lines, list(positions_of(lines, signs, start, end)))
    return fault, ids or signs == "，"


def positions_of(lines: Lines, signs: str, start: Mark, end: Mark) -> Iterator[tuple[int, int]]:
    """Yield the places of any of `signs` between two marks."""
    for number in range(start.line, end.line + 1):
        text = lines.lines[number]
        low = start.column if number == start.line else 0
        high = min(end.column, len(text)) if number == end.line else len(text)
        yield from ((number, column) for column in range(low, high) if text[column] in signs)
