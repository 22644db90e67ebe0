"""The words of a text: its paragraphs and headings, what will be seen of them, what will not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from baodian.said.messages import Message
from baodian.text.dialect.inline import ATTRIBUTES, Inline, Told
from baodian.text.dialect.lines import Line

_OWN_LINE = re.compile(  # what people number and mark by hand stays a line of its own
    r"""[（(]?(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3}|[A-Za-z])[、）)．]
    |[0-9]{1,2}\.(?=[^\s0-9])|[①-⑳]|[•·●○◆◇■□▲△★☆✓✔✗✘☑☐－—–]|-(?=[^\s\d-])|第[一二三四五六七八九十0-9]+[步条点]""",
    re.VERBOSE,
)
_CLOSING = re.compile(r"[ \t]+#+[ \t]*$")


@dataclass(frozen=True)
class Slip:
    """What cannot be shown as it was typed: where, what about it, and how to mend it."""

    offset: int
    code: str
    message: Message
    hint: Message


@dataclass
class Words:
    """The words of one text; `tags` may stand in it as HTML, `labels` are addresses by name."""

    tags: frozenset[str]
    told: Told = field(default_factory=Told)
    slips: list[Slip] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)

    def slip(self, offset: int, message: Message, hint: Message, code: str = "lost-text") -> None:
        """Note what will not be shown as typed."""
        self.slips.append(Slip(offset, code, message, hint))

    def paragraph(self, lines: Sequence[Line]) -> str:
        """Return the lines of a paragraph in strict Markdown."""
        texts: list[str] = []
        offsets: list[int] = []
        for number, line in enumerate(lines):
            text = line.text.rstrip(" ")
            if number:
                hard = lines[number - 1].text.endswith("  ") or _OWN_LINE.match(text)
                texts.append("  \n" if hard else "\n")
                offsets += [line.offset] * len(texts[-1])
            texts.append(text)
            offsets += range(line.offset, line.offset + len(text))
        return self.strict("".join(texts), offsets)

    def strict(self, text: str, offsets: list[int]) -> str:
        """Return words in strict Markdown; `offsets` say where each character was typed."""
        return Inline(self.tags, frozenset(self.labels), self.told).strict(text, offsets)

    def heading(self, line: Line, found: re.Match[str]) -> str:
        """Return a heading, its attributes behind it."""
        text = found[2].rstrip(" ")
        attributes = re.search(rf"[ ]+{ATTRIBUTES.pattern}$", text, ATTRIBUTES.flags)
        end = attributes.start() if attributes else len(text)
        if closing := _CLOSING.search(text[:end]):
            end = closing.start()
        start = line.offset + found.start(2)
        words = self.strict(text[:end], list(range(start, start + end)))
        more = attributes[0].strip() if attributes else ""
        return f"{found[1]} {words} {more}".rstrip()
