"""What stands as it was typed: code, and HTML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

from baodian.text.dialect.inline import COMMENT, TAG, literal
from baodian.text.dialect.lines import Line, whole
from baodian.text.dialect.words import Words

_RAW = frozenset((
    "blockquote", "details", "div", "dl", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "p",
    "pre", "table", "ul",
))  # fmt: skip


def code(words: Words, lines: Sequence[Line], language: str, depth: int) -> list[str]:
    """Return lines that stand as they are: a block at the top, spans in what holds others."""
    for line in lines:
        words.told.show(line.text, line.offset)
    if depth:
        shown = [line for line in lines if line.bare]
        blank = "&nbsp;"
        return [f"<code>{blank * x.indent}{literal(x.bare)}</code>  " for x in shown]
    runs = (len(run) for line in lines for run in re.findall("`+", line.text))
    mark = "`" * max(3, max(runs, default=0) + 1)
    return [f"{mark}{language}", *(line.text for line in lines), mark]


def opens_html(words: Words, text: str) -> str | None:
    """Return the name of the HTML that begins a text and stands for itwords."""
    if "!--" in words.tags and COMMENT.match(text):
        return "!--"
    tag = TAG.match(text)
    return tag[2] if tag and not tag[1] and tag[2] in words.tags & _RAW else None


def html(words: Words, lines: Sequence[Line], n: int) -> tuple[list[str], Line | None, int] | None:
    """Return the HTML that begins at a line, the rest of its last line, and the line behind it.

    None if there is none, or if it does not end.
    """
    if lines[n].indent >= 4 or not lines[n].bare.startswith("<"):
        return None
    near = len(lines) if lines[n].bare.startswith("<!--") else n + 3
    name = opens_html(words, "\n".join(line.text for line in lines[n:near]).lstrip())
    if name is None or not any(_END[name == "!--"] in line.text for line in lines[n:]):
        return None
    text, offsets = whole([lines[n].stripped(), *lines[n + 1 :]])
    end = 0
    if name == "!--" and (comment := COMMENT.match(text)):
        end = comment.end()
    else:
        end = _closed(text, name)
    if not end:
        return None
    behind = text.find("\n", end) if "\n" in text[end:] else len(text)
    rest = Line(text[end:behind], offsets[end]) if text[end:behind].strip() else None
    return _html(words, text[:end], offsets).split("\n"), rest, n + 1 + text.count("\n", 0, behind)


def _html(words: Words, text: str, offsets: Sequence[int]) -> str:
    """Return HTML as it stands, but for what is no HTML in it."""
    out = []
    for piece in _PIECES.finditer(text):
        tag = TAG.fullmatch(piece[0])
        if tag and tag[2] in words.tags:
            out.append(piece[0])
        elif not (COMMENT.fullmatch(piece[0]) and "!--" in words.tags):
            said = unescape(piece[0])
            for n, sign in enumerate(said):
                within = n if len(said) == len(piece[0]) else 0
                words.told.show(sign, offsets[piece.start() + within])
            out.append(piece[0] if said != piece[0] else _safe(said))
    return "".join(out)


_END = ("</", "-->")
_PIECES = re.compile(r"<!--.*?-->|<[^<>]*>|&#?\w{1,31};|[^<>&]+|.", re.DOTALL)


def _closed(text: str, name: str) -> int:
    """Return where the first element of a text ends, 0 if it does not."""
    depth = 0
    for tag in TAG.finditer(text) if f"</{name}" in text else ():
        if tag[2] == name:
            depth += -1 if tag[1] else 1
            if not depth:
                return tag.end()
    return 0


def _safe(words: str) -> str:
    return re.sub("[&<>`~]", lambda sign: f"&#{ord(sign[0])};", words)
