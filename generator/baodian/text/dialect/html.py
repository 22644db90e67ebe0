"""Strict Markdown → HTML that is safe to show, and what a reader sees of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

import markdown
import nh3

from baodian.text.dialect.blocks import Strict
from baodian.text.dialect.inline import literal
from baodian.text.joining import joins

EXTENSIONS = ("toc", "tables", "fenced_code", "attr_list", "admonition", "sane_lists")
"""What Python-Markdown reads besides its own; the one list, for MkDocs too."""

_SCHEMES = {"http", "https", "mailto", "tel"}
_CODE_OR_MARK = re.compile(r"(?ms)^(?P<fence>`{3,}).*?^(?P=fence)$|<code>.*?</code>|【[^【】]*】")
_PIECE = re.compile(r"<!--.*?-->|<(/?)([A-Za-z][A-Za-z0-9]*)[^<>]*>|[^<]+|<", re.DOTALL)
_STYLED = re.compile(r'(<t[dh]\b[^<>]*?) style="([^"]*)"')
_SIDES = {"left": "left", "start": "left", "center": "center", "right": "right", "end": "right"}
_INSIDE = frozenset(
    ("a", "abbr", "b", "code", "del", "em", "i", "ins", "kbd", "mark", "s", "small", "span",
     "strong", "sub", "sup", "u")
)  # fmt: skip


@dataclass(frozen=True)
class Tags:
    """The HTML that may stand in a text, with the attributes that may stand in it."""

    names: frozenset[str]
    attributes: dict[str, set[str]]


FIELD = Tags(
    frozenset((
        "a", "b", "blockquote", "br", "code", "del", "em", "h3", "h4", "h5", "h6", "hr", "i", "ins",
        "kbd", "li", "mark", "ol", "p", "pre", "s", "small", "strong", "sub", "sup", "table",
        "tbody", "td", "th", "thead", "tr", "u", "ul",
    )),
    {"a": {"href", "title"}, "ol": {"start"}, "td": {"style"}, "th": {"style"}},
)  # fmt: skip
# A hand-written page has headings with ids, boxes, pictures and notes of its own besides.
PAGE = Tags(
    FIELD.names | {
        "!--", "abbr", "caption", "dd", "details", "div", "dl", "dt", "figcaption", "figure", "h1",
        "h2", "img", "rp", "rt", "ruby", "span", "summary", "wbr",
    },
    {
        "*": {"class", "id", "title"},
        "a": {"href"},
        "details": {"open"},
        "img": {"alt", "height", "src", "width"},
        "ol": {"start"},
        "td": {"colspan", "rowspan", "style"},
        "th": {"colspan", "rowspan", "scope", "style"},
    },
)  # fmt: skip


def converted(text: str) -> str:
    """Return strict Markdown as HTML, as MkDocs would make it of the same text."""
    return markdown.markdown(text, extensions=list(EXTENSIONS))


def cleaned(html: str, tags: Tags) -> str:
    """Return HTML without scripts, handlers and dangerous links, its lines joined."""
    safe = nh3.clean(
        html,
        tags=set(tags.names - {"!--"}),
        attributes=tags.attributes,
        url_schemes=_SCHEMES,
        link_rel=None,
        filter_style_properties={"text-align"},
        attribute_filter=_kept,
    )
    return _joined(_STYLED.sub(_aligned, safe))


def _kept(_: str, name: str, value: str) -> str | None:
    """Return an attribute's value without classes by which the theme would load other scripts."""
    if name != "class":
        return value
    return " ".join(one for one in value.split() if one != "mermaid") or None


def _aligned(cell: re.Match[str]) -> str:
    """Return a cell that says its side without a style, which a page's policy forbids."""
    side = _SIDES.get(cell[2].removeprefix("text-align:").strip(" ;"))
    return f'{cell[1]} align="{side}"' if side else cell[1]


def _joined(html: str) -> str:
    """Return HTML in which no line break stands inside a paragraph: a browser shows it as a space.

    Where a block ends a line break is not seen, and stays.
    """
    pieces = [(m[0], m[2] or "", bool(m[1])) for m in _PIECE.finditer(html)]
    out: list[str] = []
    before, code = "", 0
    for n, (piece, tag, closes) in enumerate(pieces):
        if tag or piece.startswith("<!--"):
            code += 0 if tag != "pre" else -1 if closes else 1
            before = before if tag.lower() in _INSIDE else ""
        elif not code:
            if "\n" in piece:
                piece = _one_line(before, piece, _following(pieces, n + 1))
            before = (before + unescape(piece))[-8:]
        out.append(piece)
    return "".join(out)


def _following(pieces: list[tuple[str, str, bool]], start: int) -> str:
    """Return what a reader sees next in the same paragraph."""
    for piece, tag, _ in pieces[start:]:
        if tag and tag.lower() not in _INSIDE:
            return ""
        if not tag and not piece.startswith("<!--") and piece.strip():
            return unescape(piece[:40])
    return ""


def _one_line(before: str, text: str, after: str) -> str:
    def between(found: re.Match[str]) -> str:
        head = (before + unescape(text[: found.start()]))[-8:]
        tail = unescape(text[found.end() : found.end() + 40]) + after
        if not head.strip() or not tail.strip():
            return found[0]
        return "" if joins(head, tail[:8]) else " "

    return re.sub(r"[ \t]*\n\s*", between, text)


def marked(text: str, written: Callable[[str], str]) -> str:
    """Return strict Markdown with each `【…】` as `written` has it; code is left as it is."""
    return _CODE_OR_MARK.sub(lambda m: written(m[0]) if m[0][0] == "【" else m[0], text)


@lru_cache(maxsize=512)
def visible(html: str) -> str:
    """Return every sign that a reader of HTML sees, blanks aside."""
    words = (m[0] for m in _PIECE.finditer(html) if not m[2] and not m[0].startswith("<!--"))
    return "".join(unescape("".join(words)).split())


def title(html: str) -> str:
    """Return the words of the first heading of a page, "" if it has none."""
    found = re.search(r"<h1\b[^>]*>(.*?)</h1>", html, re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]*>", "", found[1])).split()) if found else ""


def lost(text: Strict, tags: Tags) -> int | None:
    """Return where what is seen begins to differ from what was typed; None if it never does.

    The proof that nothing is lost, made with what makes the page.
    """
    seen = visible(cleaned(converted(marked(text.text, literal)), tags))
    if seen == text.shown:
        return None
    for n, sign in enumerate(text.shown):
        if seen[n : n + 1] != sign:
            return text.offsets[n]
    return text.offsets[-1] if text.offsets else 0
