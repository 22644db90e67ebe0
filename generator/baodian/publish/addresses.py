"""Addresses that say what stands there: the digest of a file's bytes in its name.

A page gets the very scripts and sheets that it was built with, or none, whatever a browser, a proxy
or a host keeps for however long. It names few of them, and none that changes with every text: the
names of those stand in `now.js`, which scripts ask for under an address that was never asked for.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from baodian.writers.script import said

NOW = "now.js"
DIGITS = 8  # hexadecimal digits of SHA-256, as many as Material's own names have
NOWHERE = "404.html"
UPWARDS = re.compile(r"^(?:\.{1,2}/)*")  # where that page begins, shown at whatever depth

_SHARED = re.compile(
    r"""(<script\b[^<>]*?\ssrc="|<link\b[^<>]*?\srel="(?:stylesheet|preload)"[^<>]*?\shref=")"""
    r"""([^"]*)"""
)
_ENDING = re.compile(r"(?:\.[0-9a-f]{8})?((?:\.min)?\.[a-z0-9]+)$")
_DIGEST = re.compile(rf"\.[0-9a-f]{{{DIGITS}}}(?:\.min)?\.[a-z0-9]+$")

Names = Mapping[str, str]
"""What a file is called while a site is made → what it is called there, with its digest."""


def name(plain: str, data: bytes) -> str:
    """Return the name of a file that holds `data`: `js/site.js` → `js/site.0a1b2c3d.js`."""
    digest = hashlib.sha256(data).hexdigest()[:DIGITS]
    return _ENDING.sub(rf".{digest}\1", plain)


def lasting(path: str) -> bool:
    """Return whether a file of a site never means anything else, so that it may be kept long."""
    return bool(_DIGEST.search(path))


def asked(html: str, address: str) -> Iterator[str]:
    """Yield the scripts and sheets of the site that a page names, from the site's root."""
    for _, href in _SHARED.findall(html):
        if path := _path(href, address):
            yield path


def settle(folder: Path, names: Iterable[str], theirs: frozenset[str] = frozenset()) -> Names:
    """Give files of a site their lasting names; those that are not there are left out.

    What is `theirs` stays under its old name too: whoever wrote it may have linked to it.
    """
    made = {}
    for plain in sorted(set(names)):
        path = folder / plain
        if path.is_file():
            data = path.read_bytes()
            made[plain] = name(plain, data)
            if plain not in theirs:
                path.unlink()
            (folder / made[plain]).write_bytes(data)
    return made


def settled(html: str, address: str, names: Names) -> str:
    """Return the page at an address, its scripts and sheets under their lasting names."""

    def turn(found: re.Match[str]) -> str:
        lasts = names.get(_path(found[2], address))
        if lasts is None:
            return found[0]
        parts = urlsplit(found[2])
        end = posixpath.dirname(parts.path) + "/" if "/" in parts.path else ""
        return f"{found[1]}{end}{quote(posixpath.basename(lasts))}"

    return _SHARED.sub(turn, html)


def again(html: str, address: str, old: Names, new: Names) -> str:
    """Return a page that was settled by `old` names as it is by `new` ones for the same files."""
    if old == new:
        return html
    return settled(html, address, {last: new[plain] for plain, last in old.items()})


def now(site_script: str, names: Names, facts: Mapping[str, object]) -> str:
    """Return the script that says what is so today: names of data, and `facts`.

    It names the site's script too, so that a page of an earlier build can see that it is one.
    """
    return f"baodian.now({said({'site': site_script, 'files': dict(names), **facts})});\n"


def _path(href: str, address: str) -> str:
    """Return the file that an address on a page means, "" if it is none of the site's."""
    parts = urlsplit(href)
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
        return ""
    path = unquote(parts.path)
    if address == NOWHERE:
        return UPWARDS.sub("", path)
    return posixpath.normpath(posixpath.join(posixpath.dirname(address), path))
