"""Old addresses: where something stood that is retired or withdrawn, and what stands for it now."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from baodian.page import Link, Moved
from baodian.pages.clashes import address_of
from baodian.pages.ground import Ground, anchored
from baodian.playbook.successors import Place, successors


def moved(ground: Ground, addresses: Collection[str]) -> Iterator[Moved]:
    """Yield the old addresses of an edition; `addresses` are those of its pages.

    What had a page of its own gets a small one there. What was a place on a page leads on from that
    page, as long as there is one.
    """
    taken = {*addresses, *(address_of(file) for file, _ in ground.playbook.content)}
    for old, new, label in successors(ground.playbook):
        title, href = ground.title(new[0], new[1]), ground.href(*new)
        for address, anchor in _places(ground, old):
            if href and (address in taken) == bool(anchor):
                yield Moved(address, anchor, label, Link(title, href))


def _places(ground: Ground, old: Place) -> Iterator[tuple[str, str]]:
    """Yield the addresses, as page and anchor, at which something may have stood."""
    kind, id_, part = old
    look = ground.looks[kind]
    scheme, _, class_ = id_.partition("/")
    for place in filter(None, (look.home, look.row)):
        page, _, anchor = place.format(id=id_, scheme=scheme, class_=class_).partition("#")
        if part:
            anchor = f"{anchor}-{anchored(part)}" if anchor else anchored(part)
        yield page, anchor
