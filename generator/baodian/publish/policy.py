"""What a browser may do with a page: only what is the handbook's own, and nothing in its markup.

The policy stands in every page, so that it holds on every host. A host that sends headers can say
it too (`_headers`, `hosting/nginx.conf`), and what a page cannot say of itself.
"""

from __future__ import annotations

import base64
import hashlib
import posixpath
import re
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import PurePosixPath

from baodian.publish.addresses import lasting

FILE = "_headers"  # what Cloudflare Pages, Netlify and others like them send with which address

_HEAD = "<head>"
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_STATED = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)"')
_RAW = re.compile(
    r"<(?P<tag>script|style|textarea|title)\b(?P<given>[^>]*)>(?P<text>.*?)</(?P=tag)\s*>",
    re.DOTALL,
)
_LIKELY = re.compile(r"\s(?:style|on[a-z]+)\s*=")
_ATTRIBUTE = re.compile(
    r"""<[a-z](?:[^<>"']|"[^"]*"|'[^']*')*?\s((?:style|on[a-z]+)\s*=\s*["']?[^"'<>]{0,40})"""
)
_NEVER = "object-src 'none'; base-uri {self}; form-action {self}"
_OTHERS = (
    "X-Content-Type-Options: nosniff",
    "Referrer-Policy: same-origin",
    "Permissions-Policy: camera=(), geolocation=(), microphone=()",
)


def digest(text: str) -> str:
    """Return a script or sheet in a page's markup as a policy names it."""
    made = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{made}'"


def guarded(html: str) -> str:
    """Return a page that states the policy before it names anything."""
    return html.replace(_HEAD, _HEAD + in_page(_of_site("'self' file:")), 1)


def in_page(policy: str) -> str:
    """Return a policy as a page states it."""
    return f'<meta http-equiv="Content-Security-Policy" content="{escape(policy, quote=False)}">'


def of_one_file(style: str, script: str) -> str:
    """Return the policy of the handbook in one file, which needs nothing but itself."""
    return (
        f"default-src 'none'; img-src data:; style-src {digest(style)}; "
        f"script-src {digest(script)}; " + _NEVER.format(self="'none'")
    )


def of_host(one_file: str = "") -> str:
    """Return the policy that a host sends with every page, that of the handbook in one file too.

    What a page in a folder needs (`file:`) is not in it, and what no page can say of itself is.
    """
    styles, scripts = (
        "".join(f" {digest(text)}" for text in inside.findall(one_file))
        for inside in (_STYLE, _SCRIPT)
    )
    own = _of_site("'self'", scripts)
    return f"{own}; style-src 'self'{styles}; frame-ancestors 'self'"


def blocked(html: str) -> Iterator[tuple[str, int]]:
    """Yield what stands in a page and its own policy stops, and how many characters in.

    Scripts and sheets in its markup, unless the policy names them; styles and handlers of elements.
    """
    stated = _STATED.search(html)
    if stated is None:
        return
    for raw in _RAW.finditer(html):
        does = raw["tag"] in ("script", "style") and "json" not in raw["given"] and raw["text"]
        if does and digest(raw["text"]) not in stated[1]:
            yield f"<{raw['tag']}>{raw['text'].strip()}"[:60], raw.start()
    if _LIKELY.search(html):
        bare = _RAW.sub(lambda raw: " " * len(raw[0]), html)
        for found in _ATTRIBUTE.finditer(bare):
            yield found[1], found.start(1)


def headers(files: Iterable[str], policy: str) -> str:
    """Return the text of `_headers` for the files of a site.

    A folder in which every name has a digest may be kept for a year; all else is asked for again,
    as those hosts do by themselves.
    """
    lines = ["/*", f"  Content-Security-Policy: {policy}", *(f"  {other}" for other in _OTHERS)]
    for folder in _lasting_folders(files):
        lines += [f"/{folder}/*", "  Cache-Control: public, max-age=31536000, immutable"]
    return "\n".join(lines) + "\n"


def _of_site(self: str, more: str = "") -> str:
    """Return the policy of a page, where its own files come from `self`.

    In a page this names the scheme of folders too: not every browser takes a file beside a page
    for its own. From the web a page can load nothing by that scheme.
    """
    never = _NEVER.format(self=self)
    return f"default-src {self}; script-src {self}{more}; img-src {self} data:; {never}"


def _lasting_folders(files: Iterable[str]) -> Iterator[str]:
    """Yield the folders below which every name has a digest, without those inside of them."""
    lasts: dict[str, bool] = {}
    for name in files:
        for folder in map(str, PurePosixPath(name).parents):
            lasts[folder] = lasts.get(folder, True) and lasting(name)
    for folder, all_last in sorted(lasts.items()):
        if all_last and not lasts.get(posixpath.dirname(folder)):
            yield folder
