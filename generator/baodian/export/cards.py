"""One A4 card for each class that has a guide: what its page says, short enough for a pocket."""

from __future__ import annotations

from collections.abc import Iterator

from baodian import page
from baodian.export.document import Node, hue
from baodian.page import Block, Page, Site, plain
from baodian.said.messages import Words

NOTHING: tuple[str, tuple[Block, ...]] = ("", ())


def cards(site: Site, t: Words) -> list[Node]:
    """Return a card for each class page of the handbook, in its order."""
    by_address = {p.address: p for p in site.pages}
    return [card(p, site, by_address, t) for p in site.pages if p.kind == "class" and not p.city]


def card(p: Page, site: Site, by_address: dict[str, Page], t: Words) -> Node:
    """Return what the card of one class shows, as plain texts."""
    parts = sections(p.blocks)
    goal = parts.get("goal", NOTHING)[1]
    say = (*parts.get("say", NOTHING)[1], *parts.get("say-more", NOTHING)[1])
    check = (*parts.get("check", NOTHING)[1], *parts.get("check-more", NOTHING)[1])
    return {
        "title": p.title,
        "badges": list(p.badges),
        "hue": hue(p.accent, site),
        "lead": plain(p.lead),
        "goal": [plain(b.text) for b in goal if isinstance(b, page.Paragraph)],
        "facts": [
            [f.label, _lines(f.lines)] for b in goal if isinstance(b, page.Facts) for f in b.facts
        ],
        "do": _bullets(parts, "do"),
        "signs": _bullets(parts, "signs"),
        "dont": _bullets(parts, "dont"),
        "rhythm": [[c.title, plain(c.text)] for c in _cards(parts.get("rhythm", NOTHING)[1])],
        "entitlements": [
            _entitlement(heading, blocks)
            for anchor, (heading, blocks) in parts.items()
            if anchor.startswith("h-")
        ],
        "scripts": [[c.title, opening(by_address.get(c.href))] for c in _cards(say)],
        "more": [item.link.text for b in say if isinstance(b, page.Links) for item in b.links],
        "lists": [
            *(c.title for c in _cards(check)),
            *(item.link.text for b in check if isinstance(b, page.Links) for item in b.links),
        ],
        "heads": {
            "do": t("Do"),
            "dont": t("What not to do"),
            "signs": t("Watch for"),
            "rhythm": t("Rhythm"),
            "say": t("What to say"),
            "more": t("Also useful"),
            "lists": t("What to check"),
        },
    }


def sections(blocks: tuple[Block, ...]) -> dict[str, tuple[str, tuple[Block, ...]]]:
    """Return what stands below each heading, up to the next one: its anchor → (text, blocks)."""
    by_anchor: dict[str, tuple[str, tuple[Block, ...]]] = {}
    anchor = ""
    for block in blocks:
        if isinstance(block, page.Heading):
            anchor = block.anchor
            by_anchor[anchor] = (block.text, ())
        elif anchor:
            text, below = by_anchor[anchor]
            by_anchor[anchor] = (text, (*below, block))
    return by_anchor


def opening(script: Page | None) -> list[str]:
    """Return the first lines of a script's page: what is said first, or the message itself."""
    for block in _all(script.blocks) if script else ():
        if isinstance(block, page.Script):
            return [plain(line) for line in block.say_first]
    return []


def _all(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if isinstance(block, page.Widget | page.Callout | page.Folded):
            yield from _all(block.blocks)


def _cards(blocks: tuple[Block, ...]) -> tuple[page.Card, ...]:
    return tuple(c for b in _all(blocks) if isinstance(b, page.Cards) for c in b.cards)


def _lines(lines: tuple[page.Inline, ...]) -> str:
    return " · ".join(plain(line) for line in lines)


def _bullets(parts: dict[str, tuple[str, tuple[Block, ...]]], anchor: str) -> list[str]:
    blocks = parts.get(anchor, NOTHING)[1]
    return [plain(line) for b in blocks if isinstance(b, page.Bullets) for line, _ in b.lines]


def _entitlement(heading: str, blocks: tuple[Block, ...]) -> Node:
    return {
        "title": heading,
        "measures": [[c.title, c.mark] for c in _cards(blocks)],
        "facts": [
            [f.label, _lines(f.lines)] for b in blocks if isinstance(b, page.Facts) for f in b.facts
        ],
    }
