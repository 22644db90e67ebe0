"""A value of YAML ↔ the text of a cell.

A list has a line an item, a map a line an entry (`id: text`); a break inside an item is written ↵
before the line's end. Boxes (a rule's alternatives) are maps with an empty line between them, and
what a map's entry may be one of stands between strokes: `line: truck / care`.
"""

from __future__ import annotations

import re
from typing import Union

from baodian.sheets.columns import Shape
from baodian.source import Mapping, Node, Scalar, Sequence

Data = Union[str, "list[Data]", "dict[str, Data]"]
"""What a cell says: a text, a list or a map of them; a number is a text."""

LONGEST = 32_000
"""How many signs a cell can hold; Excel cuts off what is beyond 32,767."""
_GOES_ON = "↵"
_STROKE = " / "
_ENTRY = re.compile(r"([^:：\n]+?)\s*[:：]\s*(.*)", re.DOTALL)


class Unclear(ValueError):  # noqa: N818 - read as a sentence
    """A text that does not have the form of its column; `line` is the line at fault."""

    def __init__(self, line: str) -> None:
        super().__init__(line)
        self.line = line


def plain(node: Node) -> Data:
    """Return what a tree says without its places."""
    if isinstance(node, Mapping):
        return {str(key): plain(value) for key, value in node.items()}
    if isinstance(node, Sequence):
        return [plain(item) for item in node]
    return str(node)


def normal(text: str) -> str:
    """Return a cell's text as it is compared: one kind of break, no blanks around or at ends."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip().split("\n")
    return "\n".join(line.rstrip() for line in lines)


def shown(node: Node | None, shape: Shape) -> str | None:
    """Return the text of a cell, "" for nothing; None if no cell can show the value unharmed."""
    if node is None:
        return ""
    try:
        text = normal(_written(plain(node), shape))
        same = _alike(meant(text, shape, node), plain(node))
    except Unclear:
        return None
    return text if same and len(text) <= LONGEST else None


def meant(text: str, shape: Shape, like: Node | None = None) -> Data:
    """Return the value that a text means, in the form of the value that stands there, if any.

    Raises `Unclear`.
    """
    if shape in ("text", "sign") or (
        shape == "list" and isinstance(like, Scalar) and "\n" in like.strip()
    ):
        return text
    if shape == "list":
        return _one_or_more(_items(text), alone=not isinstance(like, Sequence))
    if shape == "map" and isinstance(like, (Scalar, Sequence)):  # lines without ids
        return _one_or_more(_items(text), alone=isinstance(like, Scalar))
    if shape in ("map", "rule"):
        return _entries(_items(text), like, rule=shape == "rule")
    known = like if isinstance(like, Sequence) else [like]
    boxes: list[Data] = [
        _entries(_items(box), known[n] if n < len(known) and known[n] else None, rule=True)
        for n, box in enumerate(re.split(r"\n\n+", text))
    ]
    return _one_or_more(boxes, alone=not isinstance(like, Sequence))


def _one_or_more(items: list[Data], *, alone: bool) -> Data:
    return items[0] if alone and len(items) == 1 else items


def _items(text: str) -> list[Data]:
    """Return the lines of a text, those that go on joined."""
    joined = text.replace(f"{_GOES_ON}\n", "\0")
    return [line.strip().replace("\0", "\n") for line in joined.split("\n") if line.strip()]


def _entries(lines: list[Data], like: Node | None, *, rule: bool) -> dict[str, Data]:
    entries: dict[str, Data] = {}
    for line in lines:
        found = _ENTRY.fullmatch(str(line))
        if not found or found[1] in entries or not found[2]:
            raise Unclear(str(line))
        there = like.get(Scalar(found[1])) if isinstance(like, Mapping) else None
        parts: list[Data] = [part.strip() for part in found[2].split(_STROKE)] if rule else []
        listed = len(parts) > 1 or (parts and isinstance(there, Sequence))
        entries[found[1]] = parts if listed else found[2]
    return entries


def _written(value: Data, shape: Shape) -> str:
    if isinstance(value, str):
        return value
    if shape == "text":
        raise Unclear("")
    if shape == "boxes" and isinstance(value, list):
        return "\n\n".join(_written(box, "rule") for box in value)
    if isinstance(value, dict):
        return "\n".join(f"{key}: {_item(inner)}" for key, inner in value.items())
    return "\n".join(_item(item) for item in value)


def _item(value: Data) -> str:
    if isinstance(value, list):
        return _STROKE.join(map(str, value))
    if isinstance(value, dict):
        raise Unclear("")
    return value.strip().replace("\n", f"{_GOES_ON}\n")


def _alike(one: Data, other: Data) -> bool:
    """Tell whether two values say the same, blanks around and at the ends of lines aside."""
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(_alike(one[k], other[k]) for k in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_alike, one, other))
    return isinstance(one, str) and isinstance(other, str) and normal(one) == normal(other)
