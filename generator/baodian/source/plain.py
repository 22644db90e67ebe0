"""A tree as lists of plain values, and back: so that what was read need not be read again."""

from __future__ import annotations

from typing import Any, get_args

from baodian.said.problems import At
from baodian.source.lines import Lines
from baodian.source.spots import Spots
from baodian.source.tree import Mapping, Node, Scalar, Sequence, Style

MAP, LIST = 0, 1
_STYLES: tuple[Style, ...] = get_args(Style)


class NotPlain(ValueError):  # noqa: N818 - read as a sentence
    """A tree that does not stand in its file as it was read: something in it was mended."""


def plain(node: Node) -> list[Any]:
    """Return a tree that needed no mending as lists of texts and numbers. Raises `NotPlain`.

    A text begins with itself, a map with `MAP` and a list with `LIST`; their places follow.
    """
    line, column = node.at.line, node.at.column
    if isinstance(node, Mapping):
        pairs = (plain(one) for pair in node.items() for one in pair)
        return [MAP, line, column, *pairs]
    if isinstance(node, Sequence):
        return [LIST, line, column, *map(plain, node)]
    if node.spot is None:
        return [str(node), _STYLES.index(node.style), line, column]
    if not isinstance(node.spot, Spots) or node.spot.begins != (line - 1, column - 1):
        raise NotPlain
    return [str(node), _STYLES.index(node.style), line, column, *node.spot.ends]


def tree(plain: list[Any], lines: Lines) -> Node:
    """Return the tree of which `plain` made lists; `lines` are those of its file."""
    first, *rest = plain
    if first == MAP and not isinstance(first, str):
        line, column, *inside = rest
        nodes = [tree(one, lines) for one in inside]
        pairs: Any = zip(nodes[::2], nodes[1::2], strict=True)
        return Mapping(dict(pairs), at=At(lines.file, line, column))
    if first == LIST and not isinstance(first, str):
        line, column, *inside = rest
        return Sequence([tree(one, lines) for one in inside], at=At(lines.file, line, column))
    style, line, column, *end = rest
    at = At(lines.file, line, column)
    if not end:
        return Scalar(first, at=at, style=_STYLES[style])
    spot = Spots(lines, first, _STYLES[style], (line - 1, column - 1), (end[0], end[1]))
    return Scalar(first, at=at, style=_STYLES[style], spot=spot)
