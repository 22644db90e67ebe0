"""Values → YAML, in the style of what stands around, and such that our reader gives them back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from baodian.editing.edits import Data, as_data
from baodian.source import read
from baodian.text.joining import joins


class CannotWriteError(ValueError):
    """A text that no style of YAML gives back, for one with signs that do not belong in a file."""

    def __init__(self, value: str) -> None:
        super().__init__(f"cannot be written: {value[:60]!r}")
        self.value = value


@dataclass(frozen=True)
class Piece:
    """A value as it is written: what stands behind the colon or dash, and the lines below.

    The lines have their indentation and no breaks.
    """

    head: str
    body: tuple[str, ...] = ()


@dataclass(frozen=True)
class Like:
    """How the text was written that stood there: its sign (|, >, ', " or none), and how wide.

    It is 0 columns wide where it has one line.
    """

    sign: str = ""
    wide: int = 0


@dataclass(frozen=True)
class Style:
    """How a file is written: how far it indents, lists below a key too, and what it likes."""

    indent: int = 2
    dash: int = 2
    flow: bool | None = None
    """Whether groups around are written with brackets; None if there are none."""
    short: bool = False
    """Whether short maps of texts are written with brackets in this file."""
    lines: bool = True
    """Whether a text may go over lines; not where what follows would become a part of it."""


Where = Literal["entry", "item", "pair", "flow", "key", "flow-key"]
BEHIND_DASH = 2
"""How much farther in than its dash an item begins."""
LONG = 80
"""How wide a list may be on its line, in columns."""
_SIMPLE = re.compile(r"[\w./:#*+-][\w./:#*+ -]{0,39}")


def piece(
    value: Data,
    column: int,
    style: Style,
    like: Like | None = None,
    *,
    in_list: bool = False,
) -> Piece:
    """Return a value of a block map or list whose keys or dashes stand at `column`.

    `like` is the text that stood there: its style is kept where it can be.
    """
    if isinstance(value, dict | list) and value and not on_one_line(value, style):
        style = replace(style, flow=None)
        if in_list:
            made = block(value, column + BEHIND_DASH, style)
            return Piece(made[0].lstrip(" "), tuple(made[1:]))
        inner = column + (style.indent if isinstance(value, dict) else style.dash)
        return Piece("", tuple(block(value, inner, style)))
    if isinstance(value, str):
        return text(value, column + style.indent, like, in_list=in_list, lines=style.lines)
    return Piece(flow(value))


def block(value: dict[str, Data] | list[Data], column: int, style: Style) -> list[str]:
    """Return a map or list in lines, its keys or dashes at a column."""
    if isinstance(value, dict):
        return [one for key, inner in value.items() for one in entry(key, inner, column, style)]
    return [one for inner in value for one in item(inner, column, style)]


def entry(key: str, value: Data, column: int, style: Style) -> list[str]:
    """Return an entry of a block map in lines, its key at a column."""
    made = piece(value, column, style)
    return [f"{' ' * column}{key_text(key)}:{' ' if made.head else ''}{made.head}", *made.body]


def item(value: Data, column: int, style: Style) -> list[str]:
    """Return an item of a block list in lines, its dash at a column."""
    made = piece(value, column, style, in_list=True)
    return [f"{' ' * column}- {made.head}", *made.body]


def on_one_line(value: dict[str, Data] | list[Data], style: Style) -> bool:
    """Say whether a group is written between brackets here."""
    if style.flow is not None:
        return style.flow and not any("\n" in text for text in _texts(value))
    if isinstance(value, list):
        simple = all(isinstance(i, str) and _SIMPLE.fullmatch(i) for i in value)
    else:
        simple = style.short and all(isinstance(i, str) and "\n" not in i for i in value.values())
    return simple and width(flow(value)) <= LONG


def _texts(value: Data) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
    elif value is not None:
        yield value


def width(line: str) -> int:
    """Return how many columns a line takes; a Han character takes two."""
    return sum(1 + (sign > "\u2e7f") for sign in line)


# --- between brackets, on one line ----------------------------------------------------------------


def flow(value: Data, like: Like | None = None, *, in_list: bool = False) -> str:
    """Return a value on one line, as it may stand between brackets."""
    if isinstance(value, dict):
        pairs = (f"{key_text(k, between=True)}: {flow(v)}" for k, v in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(v, in_list=True) for v in value) + "]"
    if value is None:
        return "null"
    return _first(value, _on_line(value, like), "flow" if in_list else "pair").head


def key_text(key: str, like: Like | None = None, *, between: bool = False) -> str:
    """Return a key, in quotes where it needs them; `between` brackets it may need more."""
    return _first(key, _on_line(key, like), "flow-key" if between else "key").head


# --- texts ----------------------------------------------------------------------------------------


def text(
    value: str,
    column: int,
    like: Like | None = None,
    *,
    in_list: bool = False,
    lines: bool = True,
) -> Piece:
    """Return a text behind a colon or dash; its lines below stand at `column`."""
    like = like or Like()
    over = _over_lines(value, column, like) if lines else ()
    return _first(value, (*over, *_on_line(value, like)), "item" if in_list else "entry")


def _over_lines(value: str, column: int, like: Like) -> Iterator[Piece]:
    if not value.strip() or value.endswith("\n\n"):  # blank lines would belong to what follows
        return
    if like.sign == ">":
        yield _folded(value, column, like.wide)
    elif like.sign == "|" or "\n" in value:
        yield _literal(value, column)
    elif like.sign == "" and like.wide:
        first, *rest = wrapped(value, like.wide)
        yield Piece(first, tuple(" " * column + line for line in rest))


def _on_line(value: str, like: Like | None) -> Iterator[Piece]:
    """Yield a text on one line in every style, the best one first."""
    sign = like.sign if like is not None else ""
    single = "'" + value.replace("'", "''") + "'"
    quotes = [_double(value), single]
    if sign == "'" or (sign != '"' and ('"' in value or "\\" in value)):
        quotes.reverse()
    bare = bool(value) and "\n" not in value and value not in ("null", "~")
    plain = [value] if bare else []
    for one in (*quotes, *plain) if sign in ("'", '"') else (*plain, *quotes):
        if one[0] == '"' or "\n" not in one:
            yield Piece(one)


def _double(value: str) -> str:
    said = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + said.replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r") + '"'


def _literal(value: str, column: int) -> Piece:
    lines = value.split("\n")
    return Piece("|" + _chomps(value), _at(column, lines[:-1] if value.endswith("\n") else lines))


def _folded(value: str, column: int, wide: int) -> Piece:
    body: list[str] = []
    for number, paragraph in enumerate(value.rstrip("\n").split("\n")):
        body += ([""] if number else []) + wrapped(paragraph, wide or LONG)
    return Piece(">" + _chomps(value), _at(column, body))


def _chomps(value: str) -> str:
    return "" if value.endswith("\n") else "-"


def _at(column: int, lines: list[str]) -> tuple[str, ...]:
    return tuple(" " * column + line if line else "" for line in lines)


def wrapped(value: str, wide: int) -> list[str]:
    """Return a text in lines of a width, cut only where our reader joins them the same again."""
    lines, line = [], ""
    for bit in _bits(value):
        if line and width(line + bit.rstrip(" ")) > wide:
            lines.append(line.rstrip(" "))
            line = ""
        line += bit
    return [*lines, line]


def _bits(value: str) -> Iterator[str]:
    """Yield the parts of a text between which a line may end: behind single spaces and marks."""
    begin = 0
    for number in range(2, len(value)):
        before, after = value[number - 1], value[number]
        if before == " ":
            last = value[number - 2]
            cut = " " not in (last, after) and not joins(last, after)
        else:
            cut = before in _STOPS and after not in f"{_STOPS} " and joins(before, after)
        if cut and after not in "#-":
            yield value[begin:number]
            begin = number
    yield value[begin:]


_STOPS = "，。；：！？、”）"


def _first(value: str, candidates: Iterable[Piece], where: Where) -> Piece:
    for one in candidates:
        if gives_back(value, one, where):
            return one
    raise CannotWriteError(value)


@lru_cache(maxsize=4096)
def gives_back(value: str, one: Piece, where: Where) -> bool:
    """Say whether our reader takes a written text for the value, and has nothing against it."""
    head = one.head
    lines = {
        "entry": [f"k: {head}", *one.body, "z: 1"],
        "item": ["k:", f"- {head}", *one.body, "z: 1"],
        "pair": [f"k: {{z: {head}}}"],
        "flow": [f"k: [{head}]"],
        "key": [f"{head}: 1"],
        "flow-key": [f"k: {{{head}: 1}}"],
    }[where]
    wanted: dict[Where, Data] = {
        "entry": {"k": value, "z": "1"},
        "item": {"k": [value], "z": "1"},
        "pair": {"k": {"z": value}},
        "flow": {"k": [value]},
        "key": {value: "1"},
        "flow-key": {"k": {value: "1"}},
    }
    tree, problems = read("\n".join(lines).encode("utf-8", "surrogatepass"), "-")
    return tree is not None and not problems and as_data(tree) == wanted[where]
