"""What readers see otherwise on one page than on another: what it belongs to, and its words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, is_dataclass
from typing import Any, get_args

from baodian import page
from baodian.page import Origin, Page
from baodian.values import names

UNREAD = frozenset(
    ("href", "anchor", "kind", "id", "icon", "accent", "since", "address", "style", "facets", "at",
     "origin", "alt", "hint", "filters", "home", "level", "html", "mark", "look", "right", "form",
     "urgent", "signs", "then")
)  # fmt: skip
"""Fields that hold no words for readers, or words that stand inside once more."""
SEEN = ("html", "mark", "right", "signs", "then")
"""Those of them that readers see, though not as a line of words."""
SEGMENTS = get_args(page.Segment)


@dataclass(frozen=True)
class Difference:
    """One line that is not the same, "" where there is none, and the `kind:id` it belongs to.

    A sign, a longer text, or what a script of ours works with is no line: both are "".
    """

    before: str
    after: str
    about: frozenset[str]


def compared(old: Page, new: Page) -> tuple[Difference, ...]:
    """Return what is not the same on two pages; of their bases (依据) and places nothing."""
    ours, theirs = (
        page.Callout("note", "", tuple(b for b in one.blocks if not _is_basis(b)))
        for one in (old, new)
    )
    head, new_head = ((one.title, one.lead, one.badges) for one in (old, new))
    about = frozenset((old.entity,) if old.entity else ())
    return (*_walk(head, new_head, about), *_walk(ours, theirs, about))


def touched(value: object) -> frozenset[str]:
    """Return the `kind:id` of all that shows in a part of a page, links aside."""
    return frozenset(_origins(value))


def _is_basis(block: page.Block) -> bool:
    return isinstance(block, page.Folded) and block.anchor == "h-basis"


def _walk(old: Any, new: Any, about: frozenset[str]) -> Iterator[Difference]:  # noqa: ANN401
    if old is new or old == new:
        return
    if isinstance(old, str) or isinstance(new, str) or old is None or new is None:
        yield from _line(old, new, about)
    elif _is_inline(old) and _is_inline(new):
        yield from _line(old, new, about | touched(old) | touched(new))
    elif isinstance(old, tuple) and isinstance(new, tuple):
        yield from _each(old, new, _inner(old) | _inner(new) or about)
    elif type(old) is type(new) and is_dataclass(old):
        inner = _inner(old) | _inner(new) or about
        if isinstance(old, page.Widget) and old.data != new.data:
            yield Difference("", "", inner | touched(old) | touched(new))
            yield from _in_data(old.data, new.data, inner)
        if any(getattr(old, name, None) != getattr(new, name, None) for name in SEEN):
            yield Difference("", "", inner)
        for name in names(type(old)):
            if name not in UNREAD:
                yield from _walk(getattr(old, name), getattr(new, name), inner)
    elif is_dataclass(old) or is_dataclass(new) or isinstance(old, tuple):
        yield from _line(old, new, about | touched(old) | touched(new))


def _each(
    old: tuple[Any, ...], new: tuple[Any, ...], about: frozenset[str]
) -> Iterator[Difference]:
    """Yield what differs in two lists: what both have is the same, wherever it stands."""
    left, there = [], list(new)
    for one in old:
        if one in there:
            there.remove(one)
        else:
            left.append(one)
    for one in left:
        other = next((o for o in there if _pair(one, o)), None)
        if other is None:
            yield from _line(one, None, about | touched(one))
        else:
            there.remove(other)
            yield from _walk(one, other, about)
    for other in there:
        yield from _line(None, other, about | touched(other))


def _in_data(old: Any, new: Any, about: frozenset[str]) -> Iterator[Difference]:  # noqa: ANN401
    """Yield the sentences that differ in what a script works with; its ids are no words."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in (key for key in old if key in new):
            yield from _in_data(old[key], new[key], about)
    elif isinstance(old, list | tuple) and isinstance(new, list | tuple):
        gone, come = ([o for o in of if o not in other] for of, other in ((old, new), (new, old)))
        if len(gone) == len(come):
            for one, other in zip(gone, come, strict=True):
                yield from _in_data(one, other, about)
        for one in gone if len(gone) != len(come) else ():
            yield from _line(_first_words(one), "", about)
        for other in come if len(gone) != len(come) else ():
            yield from _line("", _first_words(other), about)
    elif isinstance(old, str) and isinstance(new, str) and _is_said(old) and _is_said(new):
        yield from _line(old, new, about)


def _is_said(text: str) -> bool:
    """Say whether a text of data is for readers, not an id or an address."""
    return not text.isascii() or " " in text.strip()


def _first_words(value: Any) -> str:  # noqa: ANN401
    inside: Any = value.values() if isinstance(value, Mapping) else value
    if isinstance(value, str):
        return value if _is_said(value) else ""
    return (
        next(filter(None, map(_first_words, inside)), "")
        if isinstance(value, Mapping | list | tuple)
        else ""
    )


def _pair(one: Any, other: Any) -> bool:  # noqa: ANN401
    """Say whether two parts of pages are the same one, before and after."""
    if type(one) is not type(other):
        return False
    return all(
        getattr(one, name, None) == getattr(other, name, None)
        for name in ("anchor", "href", "label", "id")
    ) and _inner(one) == _inner(other)


def _inner(one: Any) -> frozenset[str]:  # noqa: ANN401
    """Return what a part of a page itself says that it comes from: a line stands beside it."""
    origins = one if isinstance(one, tuple) else (getattr(one, "origin", None),)
    return frozenset(origin.entity for origin in origins if isinstance(origin, Origin))


def _is_inline(value: Any) -> bool:  # noqa: ANN401
    return isinstance(value, tuple) and all(isinstance(one, SEGMENTS) for one in value)


def _line(old: Any, new: Any, about: frozenset[str]) -> Iterator[Difference]:  # noqa: ANN401
    before, after = words(old), words(new)
    if before != after:
        yield Difference(before, after, about)


def words(value: Any) -> str:  # noqa: ANN401
    """Return the words of a part of a page in one line."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    if _is_inline(value):
        return page.plain(value)
    if isinstance(value, tuple):
        return " ".join(filter(None, map(words, value)))
    if is_dataclass(value) and not isinstance(value, type | page.Widget):
        inner = (getattr(value, name) for name in names(type(value)) if name not in UNREAD)
        return " ".join(filter(None, map(words, inner)))
    return ""


def _origins(value: object) -> Iterator[str]:
    if value is None or isinstance(value, str):
        return
    if isinstance(value, Origin):
        yield value.entity
    elif isinstance(value, page.Value):
        base, _, anchor = value.href.partition("#")
        if base == "parameters.html":
            yield f"param:{anchor}"
    elif isinstance(value, tuple):
        for one in value:
            yield from _origins(one)
    else:
        for name in names(type(value)):
            yield from _origins(getattr(value, name))
