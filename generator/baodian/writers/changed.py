"""What changed in meaning lately, as data for the browser: a script, for files open no data."""

from __future__ import annotations

from baodian.page import Site, plain
from baodian.writers.script import said

FILE = "changes.js"
MOST = 40
"""How many changes a device hears of, the latest ones; the page of changes has more."""


def script(site: Site) -> str:
    """Return the changes with the pages that show each, those of cities by their common address."""
    known = site.changed[:MOST]
    shown: dict[str, list[str]] = {}
    for page in site.pages:
        for one in page.changed:
            shown.setdefault(one.print, []).append(_common(page.address, page.city))
    addresses = list(dict.fromkeys(a for one in known for a in shown.get(one.print, ())))
    number = {address: n for n, address in enumerate(addresses)}
    rows = [
        [
            one.print, one.day, plain(one.text), one.href,
            sorted({number[address] for address in shown.get(one.print, ())}),
        ]
        for one in known
    ]  # fmt: skip
    return f"baodian.news({said([rows, addresses])});\n"


def _common(address: str, city: str) -> str:
    return address.removeprefix(f"{city}/") if city else address
