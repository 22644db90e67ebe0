"""The located tree: texts, mappings and lists that know their file, line and column."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from baodian.said.problems import At

Style = Literal["plain", "single", "double", "literal", "folded"]
Loc = tuple[str | int, ...]

MAX_DEPTH = 50
_NOWHERE = At("")


class Scalar(str):
    """A text of the file, as written, with its place and style.

    `spot` gives the place of each of its characters; a text that was made has only `at`.
    """

    __slots__ = ("at", "spot", "style")
    at: At
    style: Style
    spot: Callable[[int], At] | None

    def __new__(
        cls,
        text: str = "",
        *,
        at: At = _NOWHERE,
        style: Style = "plain",
        spot: Callable[[int], At] | None = None,
    ) -> Scalar:
        """Return `text` with its place."""
        scalar = super().__new__(cls, text)
        scalar.at = at
        scalar.style = style
        scalar.spot = spot
        return scalar

    def where(self, offset: int) -> At:
        """Return the place of the character at `offset`, whatever the style of the text."""
        return self.at if self.spot is None else self.spot(offset)


class Mapping(dict[Scalar, "Node"]):
    """Keys and values in the order of the file; each key carries its own place.

    `known` are the keys its reader looks for, noted by the model for messages about other keys.
    """

    __slots__ = ("at", "known")
    known: tuple[str, ...]

    def __init__(self, items: dict[Scalar, Node] | None = None, *, at: At = _NOWHERE) -> None:
        super().__init__(items or {})
        self.at = at
        self.known = ()


class Sequence(list["Node"]):
    """The items of a list in the order of the file."""

    __slots__ = ("at",)

    def __init__(self, items: list[Node] | None = None, *, at: At = _NOWHERE) -> None:
        super().__init__(items or [])
        self.at = at


Node = Scalar | Mapping | Sequence


def place(tree: Node, loc: Loc) -> At:
    """Return the place of the deepest node that `loc` reaches; others are skipped.

    A mapping takes the text of a member as its key, a list takes an `int` as its index.
    """
    return _walk(tree, loc).at


def key_place(tree: Node, loc: Loc) -> At:
    """Return the place of the key `loc[-1]` of the mapping at `loc[:-1]`, else of that node."""
    node = _walk(tree, loc[:-1])
    if loc and isinstance(node, Mapping):
        name = str(loc[-1])
        for key in node:
            if key == name:
                return key.at
    return node.at


def known_keys(tree: Node, loc: Loc) -> tuple[str, ...]:
    """Return the keys that the mapping around `loc` may have, as far as a model noted them."""
    node = _walk(tree, loc[:-1])
    return node.known if isinstance(node, Mapping) else ()


def _walk(tree: Node, loc: Loc) -> Node:
    node = tree
    for member in loc:
        if isinstance(node, Mapping):
            node = node.get(Scalar(str(member)), node)
        elif isinstance(node, Sequence) and isinstance(member, int) and 0 <= member < len(node):
            node = node[member]
    return node
