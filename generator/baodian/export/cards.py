"""One A6 card for each class that has a guide: its first screen, to carry in a pocket."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from baodian import page
from baodian.export.document import Node, hue
from baodian.page import Block, Page, Site, plain
from baodian.said.messages import Words


def cards(site: Site, t: Words) -> list[Node]:
    """Return a card for each class page of the handbook, in its order."""
    return [card(p, site, t) for p in site.pages if p.kind == "class" and not p.city]


def card(p: Page, site: Site, t: Words) -> Node:
    """Return what the card of one class shows, as plain texts: all of its first screen."""
    first = tuple(_all(b for b in p.blocks if isinstance(b, page.Part) and b.kind == "first"))
    return {
        "title": p.title,
        "ruler": p.trail[-1].text if p.trail else "",
        "hue": hue(p.accent, site),
        "goal": [plain(b.text) for b in first if isinstance(b, page.Lead)],
        "do": _bullets(first, "now"),
        "say": [
            [say.of.text if say.of else "", [plain(line) for line in say.lines], plain(say.note)]
            for say in first if isinstance(say, page.Say)
        ],
        "never": _bullets(first, "red-line")[:1],
        "call": [
            [item.link.text, plain(item.note)]
            for b in first if isinstance(b, page.Links) and b.big for item in b.links
        ],
        "heads": {
            "do": t("What to do now"),
            "say": t("Say it like this"),
            "never": t("Red line, never"),
            "call": t("Beyond your limit"),
        },
    }  # fmt: skip


def _all(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if isinstance(block, page.Widget | page.Part):
            yield from _all(block.blocks)


def _bullets(blocks: Iterable[Block], style: str) -> list[str]:
    bullets = (b for b in blocks if isinstance(b, page.Bullets) and b.style == style)
    return [plain(line) for b in bullets for line, _ in b.lines]
