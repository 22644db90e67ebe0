"""Which pages of the handbook show what a change is about."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from baodian.comparing.sides import Compared
from baodian.meaning.change import Change
from baodian.meaning.texts import naming_it
from baodian.pages import ground
from baodian.pages.ground import Ground
from baodian.playbook import Edition
from baodian.said.messages import words

Shown = Callable[[Change], tuple[str, ...]]
"""The addresses of the pages that show a change, from the root of the site, its own first."""

MOST = 6
"""How many pages are named besides its own; what touches more, touches whole chapters."""


def shown(compared: Compared) -> Shown:
    """Return what says on which pages a change shows: as they are now, or were for what is gone."""
    grounds = tuple(
        ground(side.playbook, Edition(words(str(side.playbook.settings.language)), side.day))
        for side in (compared.new, compared.old)
    )

    def addresses(change: Change) -> tuple[str, ...]:
        for one in grounds:
            if found := tuple(dict.fromkeys(_addresses(one, change))):
                return found
        return ()

    return addresses


def _addresses(ground: Ground, change: Change) -> Iterator[str]:
    kind, colon, id_ = change.entity.partition(":")
    if not colon:
        if change.entity.endswith(".md"):
            yield change.entity.removeprefix("content/").removesuffix(".md") + ".html"
        return
    if kind not in ground.looks:
        return
    if (home := ground.href(kind, id_)) is None:
        return
    yield home
    if kind in ("scheme", "matrix", "rhythm", "measure") and len(change.classes) <= MOST:
        for scheme, name in change.classes:
            if address := ground.href("class", f"{scheme}/{name}"):
                yield address
    elif kind == "param":
        users = sorted(naming_it(ground.playbook, change.entity))
        found = (ground.href(*user.split(":", 1)) for user in users if ":" in user)
        yield from [address for address in found if address][:MOST]
