"""What pages bring along for their widgets: scripts by name, and what each of those says.

A page loads one script, made of all that its widgets need. The words of a widget are the same
wherever it stands, so no page holds them: they stand at the head of its part.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import cast

from baodian.page import Block, Callout, Folded, Page, Part, Widget
from baodian.pages.handed import Words

WIDGETS = Path(__file__).parents[1] / "theme" / "widgets"
BORROWED = {
    "book": ("finder.decide", "due.order"), "card": ("say.gaps",), "finder": ("book.names",),
    "newcomer": ("path.again", "path.lists"),
}  # fmt: skip
"""Parts of other widgets that a widget needs, before its own."""
LATE = {
    "book": ("planner.calendar", "book.names", "book.paste", "book.store", "book.runs", "book.week",
             "book.forms", "book.tools")
}  # fmt: skip
"""Parts that a widget loads in this order when a reader asks for what they do."""
AFTERWARDS = ".late"
WORDS = "words"  # the key of the words in a widget's data


def known(name: str) -> bool:
    """Return whether there is such a widget."""
    return (WIDGETS / f"{name}.js").is_file()


def together(names: Iterable[str]) -> str:
    """Return the name of the script that does what widgets need; empty if there are none."""
    return "_".join(sorted(names))


def parts(script: str) -> tuple[str, ...]:
    """Return what a script of that name is made of, in the order in which it runs, each once.

    `name.late` is what a widget loads when a reader asks for it.
    """
    if script.endswith(AFTERWARDS):
        return LATE.get(script.removesuffix(AFTERWARDS), ())
    return tuple(dict.fromkeys(part for name in script.split("_") for part in _parts(name)))


def late(names: Iterable[str]) -> tuple[str, ...]:
    """Return the scripts that widgets load only when they are asked to, one of each."""
    return tuple(name + AFTERWARDS for name in sorted(names) if name in LATE)


def handed(data: Mapping[str, object]) -> Mapping[str, object]:
    """Return what a page hands over to a widget: its data without its words."""
    return {key: value for key, value in data.items() if key != WORDS}


def said(pages: Iterable[Page]) -> Mapping[str, Words]:
    """Return the words of the widgets on pages, by the widget's name.

    Raises `ValueError` if a widget says something else on one page than on another.
    """
    found: dict[str, Words] = {}
    for page in pages:
        for block in inside(page.blocks):
            if isinstance(block, Widget) and WORDS in block.data:
                words = cast("Words", block.data[WORDS])
                if found.setdefault(block.name, words) != words:
                    raise ValueError(f"other words of {block.name!r} on {page.address}")
    return found


def inside(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Yield blocks and those inside them, in the order of reading."""
    for block in blocks:
        yield block
        if isinstance(block, Callout | Widget | Folded | Part):
            yield from inside(block.blocks)


def _parts(widget: str) -> Iterator[str]:
    """Yield what a widget is made of: parts of others, its own (`name.part.js`), itself."""
    yield from BORROWED.get(widget, ())
    parts = {part.stem for part in WIDGETS.glob(f"{widget}.*.js")}
    yield from sorted(parts - {*LATE.get(widget, ())})
    yield widget
