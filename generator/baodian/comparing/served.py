"""A comparison beside the pages that are served while they are edited: a bar, and its page.

What is written in a playbook gets into both as text only. Addresses begin at the server's root.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from baodian.comparing.asked import LAST
from baodian.comparing.pages import Shown
from baodian.comparing.sides import Compared
from baodian.comparing.words import NAMES, counted, details, grouped, heading, sentence, tidy
from baodian.meaning.change import Change
from baodian.meaning.groups import SECTIONS, Group, merged
from baodian.said.messages import Message, Words
from baodian.writers.html import TEMPLATES

PAGE = ".since.html"
"""The file of the page; nothing in `content/` or `playbook_data/` can have such a name."""
MOST = 4
"""How many of those who are touched the bar names, of each sort."""

Titles = Mapping[str, str]
"""The address of each page that is served → what it is called."""


@dataclass(frozen=True)
class Row:
    """What the page says of changes that say the same of the same."""

    kind: str
    name: str
    sentence: str
    before: str
    now: str
    details: tuple[str, ...]
    pages: tuple[tuple[str, str], ...]
    """(address from the server's root, title) of each page that shows it."""


def bars(compared: Compared, shown: Shown, t: Words) -> Callable[[str], str]:
    """Return what gives the bar on top of the page at an address: counts, who is touched, a link.

    The page that tells every change has none.
    """
    own = Counter(file for change in compared.changes for file in _files(change, shown))
    text, touched = _since(compared, t), _touched(compared, t)
    link = "/" + PAGE if compared.changes else ""

    @cache
    def saying(n: int) -> str:
        return _made("since-bar.html", t, text=text, touched=touched, own=n, link=link)

    return lambda address: "" if address == PAGE else saying(own[address])


def unknown(reason: Message, t: Words) -> Callable[[str], str]:
    """Return what gives every page the bar that says why nothing is compared."""
    text = tidy(t("What has changed in meaning is not shown. {reason}", reason=t.text(reason)))
    made = _made("since-bar.html", t, text=text, touched="", own=0, link="")
    return lambda address: made


def page(compared: Compared, shown: Shown, titles: Titles, t: Words) -> str:
    """Return the whole page that tells every change, with links to the pages that show it."""
    sections = [
        (
            heading(compared, section, t),
            [(_head(group, t), tuple(_rows(group, shown, titles, t))) for group in groups],
        )
        for section, groups in grouped(compared)
    ]
    name = str(compared.new.playbook.settings.name)
    return _made("since.html", t, name=name, text=_since(compared, t), sections=sections)


def _since(compared: Compared, t: Words) -> str:
    old = compared.old.name
    told = counted(compared, t)
    if old == LAST:
        return tidy(t("Since the last commit: {told}", told=told))
    return tidy(t("Since {old}: {told}", old=old, told=told))


def _head(group: Group, t: Words) -> str:
    return tidy(f"{t.text(SECTIONS[group.section])}{t.colon}{t.text(group.name)}")


def _touched(compared: Compared, t: Words) -> str:
    names: dict[int, dict[str, None]] = {}
    for _, groups in grouped(compared):
        for group in groups:
            names.setdefault(group.section, {})[t.text(group.name)] = None
    return t.semicolon.join(
        tidy(f"{t.text(SECTIONS[place])}{t.colon}{_some(tuple(mine), t)}")
        for place, mine in sorted(names.items())
    )


def _some(names: tuple[str, ...], t: Words) -> str:
    listed, more = t.listed(names[:MOST]), len(names) - MOST
    return t("{listed} and {n} more", listed=listed, n=more) if more > 0 else listed


def _rows(group: Group, shown: Shown, titles: Titles, t: Words) -> Iterator[Row]:
    for mine in merged(group.changes):
        found = dict.fromkeys(address for change in mine for address in shown(change))
        links = tuple(
            ("/" + quote(address, safe="/#"), titles[address.partition("#")[0]])
            for address in found
            if address.partition("#")[0] in titles
        )
        first, said = mine[0], sentence(group, mine, t)
        before, now = _value(first.old, t), _value(first.new, t)
        if before in said and now in said:  # it is told already
            before = now = ""
        yield Row(
            first.kind, t.text(NAMES[first.kind]), said, before, now,
            tuple(details(mine, lambda change: (), t)), links,
        )  # fmt: skip


def _value(value: Message | None, t: Words) -> str:
    return "" if value is None else tidy(t.text(value))


def _files(change: Change, shown: Shown) -> frozenset[str]:
    return frozenset(address.partition("#")[0] for address in shown(change))


def _made(template: str, t: Words, **values: object) -> str:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined
    )
    return environment.get_template(template).render(t=t, **values)
