"""The blocks of a text: what begins a line says what the line is, with or without a blank line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from baodian.said.messages import msg
from baodian.text.dialect import tables, verbatim
from baodian.text.dialect.inline import line_starts
from baodian.text.dialect.lines import Line, lines_of
from baodian.text.dialect.words import Slip, Words

MAX_DEPTH = 8
"""How deep lists and quotations may stand in each other."""

_HEADING = re.compile(r"(#{1,6})(?:[ \t]+|(?=[^#\s\d!-/:-~])(?!.*#[ \t]*$))(?=\S)(.*)$")
_RULE = re.compile(r"(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_UNDERLINE = re.compile(r"={3,}[ \t]*$")
_FENCE = re.compile(r"(`{3,}|~{3,})[ \t]*([^`]*)$")
_BULLET = re.compile(r"[-+*][ \t]+(?=\S)")
_NUMBER = re.compile(r"([0-9]{1,9})\.[ \t]+(?=\S)")
_QUOTE = re.compile(r">(?![0-9=<.])[ \t]?")
_BOX = re.compile(r'!!![ \t]+([a-z-]+(?: inline)?(?: end)?)(?:[ \t]+"([^"]*)")?[ \t]*$')
_LABEL = re.compile(
    r"""[ ]{0,3}\[([^\[\]【】]+)\]:[ ]+<?([!-;=?-~]*[/.#][!-;=?-~]*)>?([ ]+"[^"]*")?[ ]*$"""
)


@dataclass(frozen=True)
class Strict:
    """A text in strict Markdown.

    `shown` are the signs that must be seen, blanks aside; `offsets` say where each was typed.
    """

    text: str
    shown: str
    offsets: tuple[int, ...]
    slips: tuple[Slip, ...]


@lru_cache(maxsize=512)
def strict(text: str, tags: frozenset[str]) -> Strict:
    """Return a text in strict Markdown, as a novice means it; `tags` may stand in it as HTML."""
    words = Words(tags)
    out = _Reading(words).all_of(list(lines_of(text)))
    told = zip(words.told.signs, words.told.offsets, strict=True)
    signs = [(sign, offset) for sign, offset in told if not sign.isspace()]
    return Strict(
        "\n".join(out) + "\n",
        "".join(sign for sign, _ in signs),
        tuple(offset for _, offset in signs),
        tuple(words.slips),
    )


class _Reading:
    """One text being read."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def all_of(self, lines: list[Line]) -> list[str]:
        """Return all lines of a text in strict Markdown."""
        kept = []
        whole = "\n".join(line.text for line in lines).lower()
        for line in lines:
            label = _LABEL.match(line.text)
            if label and re.search(rf"\[{re.escape(label[1].lower())}\](?!:)", whole):
                self.words.labels[label[1].strip().lower()] = line.bare
            else:
                kept.append(line)
        out = self.blocks(kept, 0)
        return [*out, "", *self.words.labels.values()] if self.words.labels else out

    # --- blocks -----------------------------------------------------------------------------------

    def blocks(self, lines: Sequence[Line], depth: int) -> list[str]:
        """Return the blocks of some lines, a blank line between each two."""
        out: list[str] = []
        n = 0
        after_text = False
        while n < len(lines):
            if not lines[n].bare:
                n, after_text = n + 1, False
                continue
            found = self._block(lines, n, depth, after_text=after_text)
            out += ([""] if out else []) + found[0]
            n, after_text = found[1], True
        return out

    def _block(
        self, lines: Sequence[Line], n: int, depth: int, *, after_text: bool
    ) -> tuple[list[str], int]:
        """Return the block that begins at a line, and the number of the line behind it."""
        line = lines[n]
        if depth == 0 and line.indent >= 4 and not after_text:
            return self._indented(lines, n)
        bare = line.stripped()
        if fence := _FENCE.match(bare.text):
            return self._fence(lines, n, fence, depth)
        if depth == 0 and (found := verbatim.html(self.words, lines, n)):
            out, rest, behind = found
            return (out if rest is None else [*out, "", *self.blocks([rest], 0)]), behind
        if heading := _HEADING.match(bare.text):
            return [self.words.heading(bare, heading)], n + 1
        if _RULE.match(bare.text):
            return ["***"], n + 1
        if self._marker(bare) is not None and self._not_too_deep(bare, depth):
            return self._list(lines, n, depth)
        if _QUOTE.match(bare.text) and self._not_too_deep(bare, depth):
            return self._quote(lines, n, depth)
        if box := _BOX.match(bare.text):
            return self._box(lines, n, box, depth)
        if n + 1 < len(lines) and tables.is_table(bare, lines[n + 1].stripped()):
            return tables.table(self.words, lines, n)
        return self._paragraph(lines, n, depth)

    def _not_too_deep(self, line: Line, depth: int) -> bool:
        if depth < MAX_DEPTH:
            return True
        if not any(slip.code == "too-deep" for slip in self.words.slips):
            self.words.slip(
                line.offset,
                msg("More than {depth} levels are nested here.", depth=MAX_DEPTH),
                msg("Write it flatter: lists and quotations stand in few others."),
                "too-deep",
            )
        return False

    def _begins(self, line: Line, following: Line | None, depth: int) -> bool:
        """Tell whether a line below a text begins something else."""
        bare = line.stripped()
        number = self._marker(bare)
        return bool(
            _FENCE.match(bare.text)
            or _HEADING.match(bare.text)
            or _RULE.match(bare.text)
            or (number is not None and len(number) < 3 and self._not_too_deep(bare, depth))
            or (_QUOTE.match(bare.text) and self._not_too_deep(bare, depth))
            or _BOX.match(bare.text)
            or (depth == 0 and verbatim.opens_html(self.words, bare.text))
            or (following is not None and tables.is_table(bare, following.stripped()))
        )

    def _paragraph(self, lines: Sequence[Line], n: int, depth: int) -> tuple[list[str], int]:
        end = n + 1
        while end < len(lines) and lines[end].bare:
            following = lines[end + 1] if end + 1 < len(lines) else None
            if end == n + 1 and _UNDERLINE.match(lines[end].bare):
                return [f"# {self.words.paragraph([lines[n].stripped()])}"], end + 1
            if self._begins(lines[end], following, depth):
                break
            end += 1
        told = [line.stripped() for line in lines[n:end]]
        tables.tell_rows_without_head(self.words, told)
        return line_starts(self.words.paragraph(told)).split("\n"), end

    # --- code -------------------------------------------------------------------------------------

    def _indented(self, lines: Sequence[Line], n: int) -> tuple[list[str], int]:
        end = n
        while end < len(lines) and (lines[end].indent >= 4 or not lines[end].bare):
            end += 1
        while not lines[end - 1].bare:
            end -= 1
        return verbatim.code(self.words, [line.cut(4) for line in lines[n:end]], "", 0), end

    def _fence(
        self, lines: Sequence[Line], n: int, fence: re.Match[str], depth: int
    ) -> tuple[list[str], int]:
        mark, language = fence[1], fence[2].strip()
        end = n + 1
        while end < len(lines) and not re.fullmatch(rf"{mark[0]}{{{len(mark)},}}", lines[end].bare):
            end += 1
        code = [line.cut(min(line.indent, lines[n].indent)) for line in lines[n + 1 : end]]
        if language and not re.fullmatch(r"[\w#+-]+", language, re.ASCII):
            start = lines[n].offset + lines[n].indent + fence.start(2)
            code.insert(0, Line(fence[2], start))
            language = ""
        return verbatim.code(self.words, code, language, depth), min(end + 1, len(lines))

    # --- what holds other blocks ------------------------------------------------------------------

    def _marker(self, line: Line) -> str | None:
        """Return what a line of a list begins with: "" or its number; None if it is none."""
        if _RULE.match(line.text):
            return None
        if _BULLET.match(line.text):
            return ""
        number = _NUMBER.match(line.text)
        return number[1] if number else None

    def _list(self, lines: Sequence[Line], n: int, depth: int) -> tuple[list[str], int]:
        first = self._marker(lines[n].stripped())
        numbers: list[tuple[int, int]] = []
        out: list[str] = []
        while n < len(lines):
            line = lines[n].stripped()
            marker = self._marker(line)
            if marker is None or bool(marker) != bool(first):
                break
            mark = _NUMBER.match(line.text) or _BULLET.match(line.text)
            assert mark
            if marker:
                numbers.append((int(marker), line.offset))
            end = self._item_end(lines, n)
            width = lines[n].indent + mark.end()
            inside = [line.cut(mark.end())]
            inside += [one.cut(min(one.indent, width)) for one in lines[n + 1 : end]]
            loose = any(not one.bare for one in lines[n + 1 : end])
            out += self._item(marker, self.blocks(inside, depth + 1), loose=loose)
            n = end
            if n < len(lines) and not lines[n - 1].bare:
                following = self._marker(lines[n].stripped())
                if following is not None and bool(following) == bool(first):
                    out.append("")
        self._numbers(numbers)
        return out, n

    def _item_end(self, lines: Sequence[Line], n: int) -> int:
        """Return the number of the first line that belongs to an item no more."""
        own = lines[n].indent
        end = n + 1
        while end < len(lines):
            line = lines[end]
            if line.bare:
                after_blank = not lines[end - 1].bare
                near = 2 if after_blank or self._marker(line.stripped()) is not None else 1
                if line.indent < own + near:
                    break
            end += 1
        return end

    def _item(self, marker: str, blocks: list[str], *, loose: bool) -> list[str]:
        mark = f"{marker}. " if marker else "- "
        first, *rest = blocks or ["&nbsp;"]
        kept = rest if loose else _tight(rest)
        return [mark + first, *(f"    {line}" if line else "" for line in kept)]

    def _numbers(self, numbers: Sequence[tuple[int, int]]) -> None:
        if not numbers:
            return
        start = numbers[0][0]
        if all(number == start for number, _ in numbers):
            return
        for n, (number, offset) in enumerate(numbers):
            if number != start + n:
                self.words.slip(
                    offset,
                    msg("This number is typed as {typed}, and would be shown as {shown}.",
                        typed=number, shown=start + n),
                    msg("Number the list in order, or write “{typed}、” instead of “{typed}.”.",
                        typed=number),
                )  # fmt: skip
                return

    def _quote(self, lines: Sequence[Line], n: int, depth: int) -> tuple[list[str], int]:
        inside = []
        while n < len(lines) and (mark := _QUOTE.match(lines[n].stripped().text)):
            inside.append(lines[n].stripped().cut(mark.end()))
            n += 1
        return [f"> {line}".rstrip() for line in self.blocks(inside, depth + 1)], n

    def _box(
        self, lines: Sequence[Line], n: int, box: re.Match[str], depth: int
    ) -> tuple[list[str], int]:
        line, own = lines[n].stripped(), lines[n].indent
        title = None
        if box[2] is None:
            self.words.told.show(box[1].split()[0].capitalize(), line.offset)
        else:
            start = line.offset + box.start(2)
            title = self.words.strict(box[2], list(range(start, start + len(box[2]))))
        end = n + 1
        while end < len(lines) and (lines[end].indent >= own + 2 or not lines[end].bare):
            end += 1
        inside = [one.cut(min(one.indent, own + 4)) for one in lines[n + 1 : end]]
        head = f"!!! {box[1]}" if title is None else f'!!! {box[1]} "{title}"'
        return [head, *(f"    {x}" if x else "" for x in self.blocks(inside, depth + 1))], end


def _tight(lines: Sequence[str]) -> list[str]:
    """Return the lines of an item without the blank one before a list in it."""
    kept: list[str] = []
    for n, line in enumerate(lines):
        following = lines[n + 1] if n + 1 < len(lines) else ""
        if not line and re.match(r"(?:-|[0-9]+\.) ", following) and n == _first_blank(lines):
            continue
        kept.append(line)
    return kept


def _first_blank(lines: Sequence[str]) -> int:
    return next((n for n, line in enumerate(lines) if not line), -1)
