"""Marks inside a paragraph: which signs are marks, and everything else as it was typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import unescape
from html.entities import html5

VOID = frozenset(("br", "hr", "img", "wbr"))
_NAMED = r"""\s+[a-z][a-z-]*(?:\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[\w./#%:-]+))?"""
TAG = re.compile(rf"<(/?)([a-z][a-z0-9]*)((?:{_NAMED})*)\s*/?>", re.ASCII)
COMMENT = re.compile(r"<!--(?:(?!<!--|-->).)*-->", re.DOTALL)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_CODE = re.compile(r"(?<!`)(`+)(?!`)((?:(?!\n[ \t]*\n).)+?)(?<!`)\1(?!`)", re.DOTALL)
_REFERENCE = re.compile(r"【[^【】]*】")
_ESCAPE = re.compile(r"\\([`*_{}\[\]()<>#+.!|~-])")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^\s<>]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)>", re.ASCII)
_LINK = re.compile(
    r"""(!?)\[((?:[^\[\]]|\[[^\[\]]*\])*)\]
        \([ ]*(<[^<>\n]*>|[^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*)
        ([ \n]+(?:"[^"\n]*"|'[^'\n]*'))?[ ]*\)""",
    re.VERBOSE,
)
_ADDRESS = re.compile(r"[/.#:?]")
_BY_LABEL = re.compile(r"(!?)\[([^\[\]]+)\](?:\[([^\[\]]*)\])?")
ATTRIBUTES = re.compile(
    r"""\{:?[ ]*(?:[.#][a-z][\w-]*|[a-z][a-z-]*=(?:"[^"{}]*"|[\w.%-]+))
        (?:[ ]+(?:[.#][a-z][\w-]*|[a-z][a-z-]*=(?:"[^"{}]*"|[\w.%-]+)))*[ ]*\}""",
    re.VERBOSE | re.ASCII | re.IGNORECASE,
)
_STRONG = re.compile(r"(\*{1,3}|_{1,2})(?=[^\s*_])(.{1,500}?)(?<=[^\s])\1", re.DOTALL)
_WORD = re.compile(r"\w")
_LATIN = re.compile(r"[0-9A-Za-z]")
_SIGNS = re.compile(r"[\\`*_{}\[\]<>&|~^!#]")
_LINE_START = re.compile(r"(?:(?<=\n)[ \t]*|\A)(?:[-+=:]|[0-9]+(?=[.)]))")
_DEEPEST = 6


def literal(text: str) -> str:
    """Return Markdown that shows a text as it stands, wherever it is put."""
    return _SIGNS.sub(lambda sign: f"&#{ord(sign[0])};", text)


@dataclass
class Told:
    """What will be shown, sign by sign, and where each was typed."""

    signs: list[str] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)

    def show(self, text: str, offset: int) -> None:
        """Note signs that stand one behind the other."""
        self.signs += text
        self.offsets += range(offset, offset + len(text))


@dataclass(frozen=True)
class Inline:
    """Rewrites paragraphs: `tags` may stand as HTML, `labels` have an address."""

    tags: frozenset[str]
    labels: frozenset[str]
    told: Told

    def strict(self, text: str, offsets: list[int], depth: int = 0) -> str:
        """Return a paragraph in strict Markdown; `offsets` say where its characters stand."""
        paired = set(_paired(text, self.tags)) if "<" in text else set()
        out: list[str] = []
        done = 0
        while done < len(text):
            step = _PLAIN.match(text, done)
            if step:
                self._show(text, offsets, done, step.end())
                out.append(step[0])
                done = step.end()
                continue
            taken = next(
                filter(None, (one(self, text, offsets, done, depth) for one in _READERS)), None
            )
            if taken is None and (tag := TAG.match(text, done)) and done in paired:
                taken = tag[0], tag.end()
            if taken is None:
                self._show(text, offsets, done, done + 1)
                taken = literal(text[done]), done + 1
            out.append(taken[0])
            done = taken[1]
        return "".join(out)

    def _show(self, text: str, offsets: list[int], start: int, end: int) -> None:
        for n in range(start, end):
            self.told.show(text[n], offsets[n])

    # --- what may begin at a sign -----------------------------------------------------------------

    def _code(self, text: str, offsets: list[int], at: int, _: int) -> tuple[str, int] | None:
        if (found := _CODE.match(text, at)) and found[2].strip():
            self._show(text, offsets, *found.span(2))
            return f"<code>{literal(found[2].strip())}</code>", found.end()
        return None

    def _reference(self, text: str, offsets: list[int], at: int, _: int) -> tuple[str, int] | None:
        if found := _REFERENCE.match(text, at):
            self._show(text, offsets, at, found.end())
            return found[0], found.end()
        return None

    def _escape(self, text: str, offsets: list[int], at: int, _: int) -> tuple[str, int] | None:
        if found := _ESCAPE.match(text, at):
            self._show(text, offsets, at + 1, at + 2)
            return f"&#{ord(found[1])};", found.end()
        return None

    def _entity(self, text: str, offsets: list[int], at: int, _: int) -> tuple[str, int] | None:
        found = _ENTITY.match(text, at)
        if found and (found[0][1] == "#" or found[0][1:] in html5):
            for sign in unescape(found[0]):
                self.told.show(sign, offsets[at])
            return found[0], found.end()
        return None

    def _comment(self, text: str, _: list[int], at: int, __: int) -> tuple[str, int] | None:
        found = COMMENT.match(text, at) if "!--" in self.tags else None
        return ("", found.end()) if found else None

    def _autolink(self, text: str, offsets: list[int], at: int, _: int) -> tuple[str, int] | None:
        if found := _AUTOLINK.match(text, at):
            self._show(text, offsets, *found.span(1))
            return f"[{literal(found[1])}]({_whole(found[1])})", found.end()
        return None

    def _link(self, text: str, offsets: list[int], at: int, depth: int) -> tuple[str, int] | None:
        found = _LINK.match(text, at)
        if found and found[2].strip() and _ADDRESS.search(found[3]) and depth < _DEEPEST:
            if found[1] and "img" not in self.tags:
                self._show(text, offsets, *found.span())
                return literal(found[0]), found.end()
            rest = text[found.end(2) : found.end()].replace("\n", " ")
            end, more = _with_attributes(text, found.end())
            if found[1]:
                return f"![{found[2]}{rest}{more}", end
            inside = self.strict(found[2], offsets[found.start(2) : found.end(2)], depth + 1)
            return f"[{inside}{rest}{more}", end
        found = _BY_LABEL.match(text, at)
        if found and (found[3] or found[2]).strip().lower() in self.labels and not found[1]:
            inside = self.strict(found[2], offsets[found.start(2) : found.end(2)], _DEEPEST)
            return f"[{inside}][{found[3] or found[2]}]", found.end()
        return None

    def _strong(self, text: str, offsets: list[int], at: int, depth: int) -> tuple[str, int] | None:
        if (at and text[at - 1] == text[at]) or depth >= _DEEPEST:
            return None
        found = _STRONG.match(text, at)
        if not found or text[found.end() : found.end() + 1] == text[at]:
            return None
        mark, inside = found[1], found[2]
        before, after = text[at - 1 : at], text[found.end() : found.end() + 1]
        if mark in ("*", "_", "__"):
            if _WORD.match(before) or _WORD.match(after) or mark[0] in inside:
                return None
        elif (_LATIN.match(before) and _LATIN.match(inside)) or (
            _LATIN.match(after) and _LATIN.match(inside[-1])
        ):
            return None
        words = self.strict(inside, offsets[found.start(2) : found.end(2)], depth + 1)
        start, end = {1: ("<em>", "</em>"), 2: ("<strong>", "</strong>")}.get(
            len(mark), ("<strong><em>", "</em></strong>")
        )
        return f"{start}{words}{end}", found.end()


_PLAIN = re.compile(r"[^\\`*_{}\[\]<>&|~^!#【]+")
_READERS: tuple[Callable[[Inline, str, list[int], int, int], tuple[str, int] | None], ...] = (
    Inline._escape,
    Inline._code,
    Inline._reference,
    Inline._entity,
    Inline._comment,
    Inline._autolink,
    Inline._link,
    Inline._strong,
)


def _whole(address: str) -> str:
    return f"mailto:{address}" if "@" in address and ":" not in address else address


def _with_attributes(text: str, end: int) -> tuple[int, str]:
    found = ATTRIBUTES.match(text, end)
    return (found.end(), found[0]) if found else (end, "")


def _paired(text: str, tags: frozenset[str]) -> Iterator[int]:
    """Yield where the tags begin that have a partner, or need none."""
    open_: list[tuple[str, int]] = []
    for tag in TAG.finditer(text):
        closes, name, attributes = tag.groups()
        if name not in tags or (name in ("a", "img") and not closes and not attributes):
            continue
        if name in VOID:
            if not closes:
                yield tag.start()
        elif not closes:
            open_.append((name, tag.start()))
        else:
            for n in range(len(open_) - 1, -1, -1):
                if open_[n][0] == name:
                    yield from (open_[n][1], tag.start())
                    del open_[n:]
                    break


def line_starts(text: str) -> str:
    """Return strict Markdown whose lines begin no block."""
    return _LINE_START.sub(_inert, text)


def _inert(start: re.Match[str]) -> str:
    sign = start[0].lstrip()
    if sign.isdigit():
        return f"&#{ord(sign[0])};{sign[1:]}"
    return f"&#{ord(sign)};"
