"""Where every node of a YAML text begins and ends, to the character.

Our reader tells where things begin; here the parser's events also tell where they end. A text
comes here only after the reader has found nothing wrong with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, cast

import yaml

BREAK = re.compile(r"\r\n|\r|\n")
_HEADER = re.compile(r"[|>][-+0-9]*")
_ODD_BLANK = re.compile(r"(?:^|(?<=[\r\n]))[^\S\r\n]+(?=[\r\n]|$)")


@dataclass
class Spot:
    """A node: what it is, and its characters `start` to `end` (in `[ ]`, `{ }` with brackets).

    A block map or list ends where the last thing in it does; a block text with its last line. An
    empty value begins and ends right behind its colon or dash.
    """

    kind: Literal["text", "map", "list"]
    start: int
    end: int = 0
    flow: bool = False
    style: str = ""  # of a text: "", ', ", |, >
    value: str = ""
    header: str = ""  # of a block text: its signs, such as |-
    keys: list[Spot] = field(default_factory=list)
    items: list[Spot] = field(default_factory=list)
    """What stands under the keys, or in the list."""
    dashes: list[int] = field(default_factory=list)
    """Where the dashes of the items of a block list stand."""

    @property
    def is_block(self) -> bool:
        """Say whether it is a map or list written line by line."""
        return self.kind != "text" and not self.flow

    @property
    def is_open(self) -> bool:
        """Say whether it is a block text that would take a line break behind it."""
        return self.style in ("|", ">") and "-" not in self.header

    @property
    def is_empty(self) -> bool:
        """Say whether nothing is written there."""
        return self.kind == "text" and self.start == self.end

    def begins(self, number: int) -> int:
        """Return where an entry or an item begins, its dash included."""
        if self.kind == "map":
            return self.keys[number].start
        return self.items[number].start if self.flow else self.dashes[number]

    def find(self, step: str | int) -> int:
        """Return the number of the entry with a key, or of an item."""
        if isinstance(step, int):
            return step
        return next(n for n, key in enumerate(self.keys) if key.value == step)

    def all(self) -> Iterator[Spot]:
        """Yield it and all that is in it."""
        yield self
        for item in self.items:
            yield from item.all()


class Text:
    """A YAML text, its lines, and the nodes in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.root = _root(text)
        _finish(self, self.root)

    @property
    def last(self) -> Spot:
        """Return the last text of the file, or what is empty there."""
        return list(self.root.all())[-1]

    def line_start(self, index: int) -> int:
        """Return where the line of a character begins."""
        return max(self.text.rfind("\n", 0, index), self.text.rfind("\r", 0, index)) + 1

    def line_end(self, index: int) -> int:
        """Return where the line of a character ends, before its break."""
        found = BREAK.search(self.text, index)
        return found.start() if found else len(self.text)

    def next_line(self, index: int) -> int:
        """Return where the line after that of a character begins, or the end of the text."""
        found = BREAK.search(self.text, index)
        return found.end() if found else len(self.text)

    def column(self, index: int) -> int:
        """Return how many characters stand before one in its line."""
        return index - self.line_start(index)

    def leads(self, index: int) -> bool:
        """Say whether nothing but spaces stands before a character in its line."""
        return not self.text[self.line_start(index) : index].strip(" ")

    def newline(self, index: int) -> str:
        """Return the line break that is used around a character."""
        found = BREAK.search(self.text, index)
        if found is None:
            found = next(iter(BREAK.finditer(self.text)), None)
        return found[0] if found else "\n"


def _root(text: str) -> Spot:
    try:
        return _read(text)
    except yaml.YAMLError:  # a tab in a line that is blank otherwise
        return _read(_ODD_BLANK.sub(lambda blank: " " * len(blank[0]), text))


def _read(text: str) -> Spot:
    parser = yaml.CSafeLoader(text)
    stack: list[Spot] = []
    waiting: list[Spot | None] = []  # of each open map the key whose value comes next
    root: Spot | None = None
    while (event := parser.get_event()) is not None:
        start, end = _index(event.start_mark), _index(event.end_mark)
        if isinstance(event, yaml.CollectionEndEvent):
            spot = stack.pop()
            waiting.pop()
            spot.end = end
        elif isinstance(event, yaml.CollectionStartEvent):
            kind: Literal["map", "list"] = (
                "map" if isinstance(event, yaml.MappingStartEvent) else "list"
            )
            spot = Spot(kind, start, flow=bool(event.flow_style))
        elif isinstance(event, yaml.ScalarEvent):
            style = event.style or ""
            header = _HEADER.match(text, start) if style in ("|", ">") else None
            spot = Spot("text", start, end, False, style, event.value, header[0] if header else "")
        else:
            continue
        if not isinstance(event, yaml.CollectionEndEvent):
            if not stack:
                root = spot
            elif stack[-1].kind == "list":
                stack[-1].items.append(spot)
            elif waiting[-1] is None:
                waiting[-1] = spot
            else:
                stack[-1].keys.append(waiting[-1])
                stack[-1].items.append(spot)
                waiting[-1] = None
            if isinstance(event, yaml.CollectionStartEvent):
                stack.append(spot)
                waiting.append(None)
    assert root is not None, "an empty text was let through"
    return root


def _index(mark: object) -> int:
    return cast("int", mark.index)  # type: ignore[attr-defined]


def _finish(text: Text, spot: Spot) -> None:
    """Find the ends of what is written over lines, and the dashes of lists, from within."""
    for item in spot.items:
        _finish(text, item)
    if spot.kind == "text":
        if spot.style in ("|", ">"):
            spot.end = _block_end(text, spot)
    elif not spot.flow:
        if spot.kind == "list":
            spot.dashes = list(_dashes(text, spot))
        spot.end = spot.items[-1].end


def _block_end(text: Text, spot: Spot) -> int:
    """Return where the last line of a block text ends, before its break.

    Where blank lines at the end are lines of the text, it ends with them.
    """
    first = text.line_end(spot.start)
    if "+" in spot.header or spot.value.rstrip("\n").endswith((" ", "\t")):
        return spot.end
    body = text.text[first : spot.end].rstrip()
    return text.line_end(first + len(body))


def _dashes(text: Text, spot: Spot) -> Iterator[int]:
    column = text.column(spot.start)
    yield spot.start
    for before in spot.items[:-1]:
        line = before.end if text.column(before.end) == 0 else text.next_line(before.end)
        while not _DASH.match(text.text, line + column) or text.text[line : line + column].strip():
            line = text.next_line(line)
            assert line < len(text.text), "each item of a block list has its dash"
        yield line + column


_DASH = re.compile(r"-(?=[\s]|$)")
