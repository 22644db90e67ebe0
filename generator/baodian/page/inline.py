"""What stands inside a line of a page, where it comes from, and the marks of an entitlement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from baodian.said.problems import At
from baodian.text.joining import joined

Mark = Literal["yes", "approve", "stopped", "no", "none"]


@dataclass(frozen=True)
class Text:
    """Plain words; a line break in them, or in others, is one that a reader sees."""

    text: str


@dataclass(frozen=True)
class Strong:
    """Words that matter more (`**…**` in YAML prose)."""

    text: str


@dataclass(frozen=True)
class Link:
    """A link inside the site: `href` is `address` or `address#anchor` from the site's root."""

    text: str
    href: str


@dataclass(frozen=True)
class Value:
    """The value of a parameter, linked to where it is set."""

    text: str
    href: str


@dataclass(frozen=True)
class Slot:
    """A gap that the reader fills (客户称呼), for good if it is his `own`; `example` is a hint."""

    name: str
    example: str
    own: bool = False


Segment = Text | Strong | Link | Value | Slot
Inline = tuple[Segment, ...]


def plain(inline: Inline) -> str:
    """Return the words as one line without links or marks; a slot reads as 【name】."""
    return joined("".join(f"【{s.name}】" if isinstance(s, Slot) else s.text for s in inline))


def line(text: str) -> Inline:
    """Return a line of plain words."""
    return (Text(text),)


@dataclass(frozen=True)
class Origin:
    """What a block shows: `entity` is `kind:id`, `part` an id inside it, `at` its YAML line.

    On its home page (`home`) an entity or part is marked once with `data-entity` / `data-item`,
    which the verifier counts; shown again elsewhere it is marked `data-from`.
    """

    entity: str
    part: str | None = None
    at: At | None = None
    home: bool = False
