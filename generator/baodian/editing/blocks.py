"""Which characters an edit replaces: in blocks line by line, between brackets one by one."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import cast

from baodian.editing import brackets, written
from baodian.editing.edits import Data, Insert, Path, RenameKey
from baodian.editing.marks import BREAK, Spot, Text
from baodian.editing.patched import patched
from baodian.editing.written import Like, Piece, Style

Change = tuple[int, int, str]
"""From and to which character, and what stands there then."""


def renamed(text: Text, edit: RenameKey) -> list[Change]:
    """Return the changes that give a value another key."""
    parent = _way(text, edit.path)[-2]
    key = parent.keys[parent.find(edit.path[-1])]
    return [(key.start, key.end, written.key_text(edit.new, Like(key.style), between=parent.flow))]


def replaced(text: Text, path: Path, value: Data) -> list[Change]:
    """Return the changes that put another value at a path."""
    way = _way(text, path)
    spot, parent = way[-1], way[-2] if path else None
    if parent is not None and parent.flow:
        new = written.flow(value, Like(spot.style), in_list=parent.kind == "list")
        return [(spot.start, spot.end, f" {new}" if spot.is_empty else new)]
    if parent is None:
        return [_root(text, spot, value)]
    number = parent.find(path[-1])
    column = text.column(parent.begins(number))
    style = habits(text, parent, number)
    style = replace(style, lines=_may_have_lines(text, spot, column))
    if spot.is_block and text.leads(spot.start):
        return _lines_below(text, parent, number, value, style)
    in_list = parent.kind == "list"
    if isinstance(value, str) and (whole := _patched(text, spot, value, in_list=in_list)):
        return [(spot.start, spot.end, whole)]
    own = not spot.is_empty and text.leads(spot.start)
    like = _like(text, spot) if isinstance(value, str) else None
    if spot.is_block or own:  # in the line of its dash, or in a line of its own below the key
        made = _at_column(value, text.column(spot.start), style, like)
    else:
        made = written.piece(value, column, style, like, in_list=in_list)
    return _inline(text, parent, number, made)


def inserted(text: Text, edit: Insert) -> list[Change]:
    """Return the changes that put an entry into a map, or an item into a list."""
    spot = _way(text, edit.path)[-1]
    if spot.kind == "text" or (spot.flow and not spot.items and "#" not in _said(text, spot)):
        value: Data = {edit.key: edit.value} if isinstance(edit.key, str) else [edit.value]
        return replaced(text, edit.path, value)
    if spot.kind == "list":
        number = len(spot.items) if edit.key is None else cast("int", edit.key)
    else:
        number = len(spot.items) if edit.before is None else spot.find(edit.before)
    if spot.flow:
        made = written.flow(edit.value, in_list=spot.kind == "list")
        if spot.kind == "map":
            made = f"{written.key_text(str(edit.key), between=True)}: {made}"
        return brackets.inserted(text, spot, number, made)
    column = text.column(spot.begins(0))
    done = _behind(text, spot, number - 1, column) if number else 0
    free = not number or _nothing_below(text, done, column)
    style = replace(habits(text, spot), lines=free)
    lines = (
        written.entry(str(edit.key), edit.value, column, style)
        if spot.kind == "map"
        else written.item(edit.value, column, style)
    )
    if number == 0:
        begin = spot.begins(0)
        new = text.newline(begin)
        if text.leads(begin):
            begin = text.line_start(begin)
            return [(begin, begin, new.join([*lines, ""]))]
        return [(begin, begin, new.join([*lines, " " * column]).lstrip(" "))]
    return _after(text, done, lines)


def deleted(text: Text, path: Path) -> list[Change]:
    """Return the changes that take an entry or an item away."""
    parent = _way(text, path)[-2]
    number = parent.find(path[-1])
    if len(parent.items) == 1 and not parent.flow:
        return replaced(text, path[:-1], {} if parent.kind == "map" else [])
    if parent.flow:
        left = [item for n, item in enumerate(parent.items) if n != number]
        alone = parent.kind == "list" and len(left) == 1
        lonely = [item for item in left if alone and re.search("[、，]", item.value)]
        quoted = [
            (i.start, i.end, written.flow(i.value, Like(i.style), in_list=True)) for i in lonely
        ]
        return [*brackets.deleted(text, parent, number), *quoted]
    begin, end = parent.begins(number), _end(text, parent, number)
    if text.leads(begin):
        column = text.column(begin)
        return [_whole_lines(text, begin, _behind(text, parent, number, column))]
    following = parent.begins(number + 1)  # it is the first, in the line of a dash
    if not text.text[text.line_end(end) : following].strip():
        return [(begin, following, "")]
    dash = len(text.text[:begin].rstrip(" "))
    return [(dash, text.line_end(end), "")]


# --- how it is written around ---------------------------------------------------------------------


def habits(text: Text, parent: Spot, number: int | None = None) -> Style:
    """Return how things are written in a map or list, else in its file.

    Lists below a key are told from others; of several ways the most frequent one counts.
    """
    beside = [item for n, item in enumerate(parent.items) if n != number]
    groups = [item for item in beside if item.kind != "text" and item.items]
    indent = _step(text, [parent], "map") or _step(text, text.root.all(), "map") or 2
    dash = _step(text, [parent], "list")
    if dash is None:
        dash = _step(text, text.root.all(), "list")
    bracketed = [item.flow for item in groups]
    short = [spot.flow for spot in text.root.all() if spot.kind == "map" and _of_texts(spot)]
    return Style(
        indent,
        2 if dash is None else dash,
        2 * sum(bracketed) > len(bracketed) if groups else None,
        2 * sum(short) > len(short),
    )


def _of_texts(spot: Spot) -> bool:
    return all(item.kind == "text" for item in spot.items)


def _step(text: Text, where: object, kind: str) -> int | None:
    """Return how much farther in than their keys the lines of maps or lists stand, if any do."""
    steps = Counter(
        text.column(item.start) - text.column(key.start)
        for spot in cast("list[Spot]", where)
        if spot.kind == "map" and not spot.flow
        for key, item in zip(spot.keys, spot.items, strict=True)
        if item.kind == kind and item.is_block
    )
    return steps.most_common(1)[0][0] if steps else None


def _like(text: Text, spot: Spot) -> Like | None:
    """Return how a text was written; None for what is none."""
    if spot.kind != "text":
        return None
    lines = BREAK.split(text.text[spot.start : spot.end])
    if spot.style in ("|", ">"):
        lines = lines[1:]
    over = spot.style in ("|", ">") or len(lines) > 1
    return Like(spot.style, max(map(written.width, map(str.strip, lines)), default=0) * over)


def _may_have_lines(text: Text, spot: Spot, column: int) -> bool:
    """Say whether a text there may go over lines: a note behind or below would become a part."""
    if spot.style in ("|", ">"):
        return True
    if not spot.is_block and "#" in text.text[spot.end : text.line_end(spot.end)]:
        return False
    return _nothing_below(text, _line_done(text, spot.end), column)


def _nothing_below(text: Text, done: int, column: int) -> bool:
    """Say whether no note and no odd blank line follows that would become a part of a text."""
    below = _BELOW.match(text.text, done)
    return below is None or not (below["odd"] or len(below["note"] or "") > column)


_BELOW = re.compile(r"(?:[\r\n]* *[\r\n])*(?:(?P<note> *)(?=#)|(?P<odd>[^\S\r\n]+)(?=[\r\n]|$))")


def _patched(text: Text, spot: Spot, value: str, *, in_list: bool) -> str | None:
    """Return a text over several lines with a few other signs, None if it is to be written anew."""
    source = text.text[spot.start : spot.end]
    lines = BREAK.split(source)
    if spot.kind != "text" or spot.style in ("'", '"') or len(lines) == 1:
        return None
    begin = len(lines[0]) if spot.header else 0
    return patched(source, begin, value, "item" if in_list else "entry")


# --- values ---------------------------------------------------------------------------------------


def _way(text: Text, path: Path) -> list[Spot]:
    way = [text.root]
    for step in path:
        way.append(way[-1].items[way[-1].find(step)])
    return way


def _root(text: Text, spot: Spot, value: Data) -> Change:
    if isinstance(value, dict | list) and value:
        column = text.column(spot.start)
        lines = written.block(value, column, habits(text, spot))
        whole = text.newline(spot.start).join(lines)[column:]
    else:
        whole = written.flow(value)
    return spot.start, _before_break(text, spot.end), whole


def _said(text: Text, spot: Spot) -> str:
    return text.text[spot.start : spot.end]


def _at_column(value: Data, column: int, style: Style, like: Like | None) -> Piece:
    """Return a value whose first character stands at a column, behind a dash or in a new line."""
    if isinstance(value, dict | list) and value and not written.on_one_line(value, style):
        first, *rest = written.block(value, column, style)
        return Piece(first.lstrip(" "), tuple(rest))
    if isinstance(value, str):
        return written.text(value, column, like, in_list=True, lines=style.lines)
    return Piece(written.flow(value))


def _inline(text: Text, parent: Spot, number: int, made: Piece) -> list[Change]:
    """Return the changes for a value that begins in the line of its key or dash, or is a text."""
    spot = parent.items[number]
    new = text.newline(spot.start)
    start, head = spot.start, made.head
    if not head:
        start = _sign(text, parent, number)
    elif spot.is_empty:
        head = f" {head}"
    if spot.style in ("|", ">"):
        below = text.line_end(spot.start)
        body = "".join(new + line for line in made.body)
        return [
            (start, spot.start + len(spot.header), head),
            (below, _before_break(text, spot.end), body),
        ]
    if spot.is_block or text.leads(spot.start):
        if spot.is_empty:
            return [(start, start, new.join([head, *made.body]))]
        end = _line_done(text, spot.end) if spot.is_block else spot.end
        return [(start, _before_break(text, end), new.join([head, *made.body]))]
    behind = text.line_end(spot.end)
    below_lines = "".join(new + line for line in made.body)
    if behind == spot.end:
        return [(start, spot.end, head + below_lines)]
    return [(start, spot.end, head), (behind, behind, below_lines)]


def _lines_below(text: Text, parent: Spot, number: int, value: Data, style: Style) -> list[Change]:
    """Return the changes for a map or list written in lines of its own."""
    spot = parent.items[number]
    column, own = text.column(parent.begins(number)), text.column(spot.start)
    new = text.newline(spot.start)
    in_list = parent.kind == "list"
    behind = _sign(text, parent, number)
    between = "#" in text.text[behind : spot.start]
    if isinstance(value, dict | list) and value and not written.on_one_line(value, style):
        if own <= column and (isinstance(value, dict) or in_list):
            own = column + style.indent
        lines = new.join(written.block(value, own, style))
        end = _before_break(text, _line_done(text, spot.end))  # with the note of its last line
        return [(text.line_start(spot.start), end, lines)]
    style = replace(style, lines=style.lines and not between)
    made = written.piece(value, column, style, in_list=in_list)
    end = text.line_end(behind)
    changes: list[Change] = [(behind, behind, f" {made.head}")]
    if made.body:
        changes.append((end, end, "".join(new + line for line in made.body)))
    return [*changes, _whole_lines(text, spot.start, _line_done(text, spot.end))]


def _sign(text: Text, parent: Spot, number: int) -> int:
    """Return the place behind the colon or dash of an entry or item."""
    if parent.kind == "list":
        return parent.dashes[number] + 1
    return text.text.index(":", parent.keys[number].end) + 1


# --- lines ----------------------------------------------------------------------------------------


def _end(text: Text, parent: Spot, number: int) -> int:
    """Return where an entry or item ends: with its value, or its colon or dash."""
    return parent.items[number].end


def _behind(text: Text, parent: Spot, number: int, column: int) -> int:
    """Return where the last line of an entry ends, with the notes that stand farther in below.

    It is the start of a line where blank lines at the end belong to a text.
    """
    done = _line_done(text, _end(text, parent, number))
    ahead = done if text.column(done) == 0 and done else text.next_line(done)
    while ahead < len(text.text):
        line = text.text[ahead : text.line_end(ahead)]
        bare = line.lstrip(" ")
        if bare.startswith("#") and len(line) - len(bare) > column:
            done = text.line_end(ahead)
        elif bare.strip():
            break
        following = text.next_line(ahead)
        if following == ahead:
            break
        ahead = following
    return done


def _line_done(text: Text, end: int) -> int:
    """Return where the line ends that something ends in; the end itself if a line begins there."""
    if end and text.column(end) == 0:
        return end
    return text.line_end(end)


def _before_break(text: Text, end: int) -> int:
    """Return the end of something without the line break that it may end with."""
    if end and text.column(end) == 0:
        return end - (2 if text.text[end - 2 : end] == "\r\n" else 1)
    return end


def _after(text: Text, done: int, lines: list[str]) -> list[Change]:
    """Return the change that puts lines behind one that ends at `done`, or before one there."""
    new = text.newline(done)
    if text.column(done) == 0:
        return [(done, done, new.join([*lines, ""]))]
    added: list[Change] = [(done, done, "".join(new + line for line in lines))]
    return [*_closed(text, done), *added]


def _closed(text: Text, done: int) -> list[Change]:
    """Return the change that lets a block text at the end of a file without a line break stay it.

    `|` takes the break that comes when another line follows; `|-` does not.
    """
    last = text.last
    if done == len(text.text) and last.is_open and not last.value.endswith("\n"):
        sign = last.start + len(last.header)
        return [(sign, sign, "-")]
    return []


def _whole_lines(text: Text, begin: int, done: int) -> Change:
    """Return the change that takes out lines, from that of `begin` to the one ending at `done`."""
    start = text.line_start(begin)
    if done and text.column(done) == 0:
        return start, done, ""
    return start, text.next_line(done), ""
