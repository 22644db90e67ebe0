"""One A4 card for each class that has a guide: what its page says, short enough for a pocket."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from baodian import page
from baodian.export.document import Node, hue
from baodian.page import Block, Page, Site, plain
from baodian.said.messages import Words


def cards(site: Site, t: Words) -> list[Node]:
    """Return a card for each class page of the handbook, in its order."""
    by_address = {p.address: p for p in site.pages}
    return [card(p, site, by_address, t) for p in site.pages if p.kind == "class" and not p.city]


def card(p: Page, site: Site, by_address: dict[str, Page], t: Words) -> Node:
    """Return what the card of one class shows, as plain texts."""
    blocks = tuple(_all(p.blocks))
    facts = {f.anchor or f.label: f for b in blocks if isinstance(b, page.Facts) for f in b.facts}
    say = [line for b in blocks if isinstance(b, page.Say) for line in [_first(b, by_address)]]
    folded = {b.anchor: b for b in blocks if isinstance(b, page.Folded)}
    named = _named(blocks)
    return {
        "title": p.title,
        "badges": [p.trail[-1].text] if p.trail else [],
        "hue": hue(p.accent, site),
        "goal": [plain(b.text) for b in blocks if isinstance(b, page.Lead)],
        "facts": [
            [f.label, _lines(f.lines)]
            for key, f in facts.items() if key not in ("dont", "signs") and not f.anchor
        ],
        "do": _bullets(blocks, "now", "do"),
        "signs": _told(facts.get("signs")),
        "dont": [*_bullets(blocks, "red-line", "dont"), *_told(facts.get("dont"))],
        "call": [
            [item.link.text, plain(item.note)]
            for b in blocks if isinstance(b, page.Links) and b.big for item in b.links
        ],
        "rhythm": [
            [beat.what.text, plain(beat.often)]
            for b in blocks if isinstance(b, page.Year) for beat in b.beats
        ],
        "entitlements": [
            [mark, [[chip.text, plain(chip.note)] for chip in those]]
            for b in blocks if isinstance(b, page.Chips) for mark, those in b.groups
        ],
        "texts": [
            [b.title, _lines(tuple(i.text for i in b.blocks if isinstance(i, page.Paragraph)))]
            for b in blocks if isinstance(b, page.Folded) and b.hint and not b.anchor
        ],
        "scripts": [
            *say,
            *([item.link.text, opening(by_address.get(item.link.href))]
              for b in blocks if isinstance(b, page.Links) and b.rows
              for item in b.links if item.link.href.startswith("scripts/")),
        ],
        "more": _wide(folded.get("say-more") or folded.get("say")),
        "lists": [*named.get("check", []), *_wide(folded.get("check-more") or folded.get("check"))],
        "heads": {
            "do": t("Do"),
            "dont": t("What not to do"),
            "signs": t("Watch for"),
            "call": t("Beyond your limit"),
            "rhythm": t("Rhythm"),
            "gets": t("What he gets"),
            "say": t("What to say"),
            "more": t("Also useful"),
            "lists": t("What to check"),
        },
    }  # fmt: skip


def opening(script: Page | None) -> list[str]:
    """Return the first lines of a script's page: what is said first, or the message itself."""
    for block in _all(script.blocks) if script else ():
        if isinstance(block, page.Script):
            return [plain(line) for line in block.say_first]
    return []


def _first(say: page.Say, by_address: dict[str, Page]) -> list[object]:
    """Return the script that a guide begins with, and its words for this class."""
    assert say.of is not None, "a guide's first words come from a script"
    return [say.of.text, [plain(line) for line in say.lines]]


def _all(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if isinstance(block, page.Widget | page.Callout | page.Folded | page.Part):
            yield from _all(block.blocks)


def _lines(lines: tuple[page.Inline, ...]) -> str:
    return " · ".join(plain(line) for line in lines)


def _told(fact: page.Fact | None) -> list[str]:
    return [plain(line) for line in fact.lines] if fact else []


def _bullets(blocks: Iterable[Block], *styles: str) -> list[str]:
    bullets = (b for b in blocks if isinstance(b, page.Bullets) and b.style in styles)
    return [plain(line) for b in bullets for line, _ in b.lines]


def _named(blocks: Iterable[Block]) -> dict[str, list[str]]:
    """Return what a guide names at once, by its anchor."""
    links = (b for b in blocks if isinstance(b, page.Links) and b.line and b.anchor)
    return {str(b.anchor): [item.link.text for item in b.links] for b in links}


def _wide(folded: page.Folded | None) -> list[str]:
    """Return what every class of the ruler shares, of a closed line; not what is for everyone."""
    lines = [b for b in folded.blocks if isinstance(b, page.Links) and b.line] if folded else []
    return [item.link.text for b in lines for item in b.links if item.origin is not None]
