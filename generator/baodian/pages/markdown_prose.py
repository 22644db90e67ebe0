"""Markdown of the playbook: `【…】` becomes links and words, the rest becomes sanitised HTML."""

from __future__ import annotations

import re
from collections.abc import Callable

from baodian import page
from baodian.page import Segment
from baodian.pages.ground import Ground
from baodian.text import dialect
from baodian.text.dialect import FIELD, PAGE, literal

Expand = Callable[[str, Callable[[str], str]], str]

_TOP_HEADING = re.compile(r"(</?h)[12]\b")


def render(ground: Ground, text: str) -> str:
    """Return a Markdown field as HTML that is safe to show, its links from the root of the site."""
    strict = dialect.strict(text, FIELD.names).text
    html = dialect.converted(expanded(ground, strict, _as_is))
    return dialect.cleaned(_TOP_HEADING.sub(r"\g<1>3", html), FIELD)  # h1, h2: the page's own


def cleaned(html: str) -> str:
    """Return the HTML of a hand-written page without scripts, handlers and dangerous links."""
    return dialect.cleaned(html, PAGE)


def expander(ground: Ground) -> Expand:
    """Return what turns a hand-written page into strict Markdown, its `【…】` into links and words.

    The function is given the Markdown and what turns an address from the root of the site into one
    for the page at hand.
    """

    def expand(text: str, href: Callable[[str], str]) -> str:
        return expanded(ground, dialect.strict(text, PAGE.names).text, href)

    return expand


def expanded(ground: Ground, strict: str, href: Callable[[str], str]) -> str:
    """Return strict Markdown with its `【…】` as links and words; code is left as it is."""

    def written(mark: str) -> str:
        return "".join(_written(s, href) for s in ground.inline(mark))

    return dialect.marked(strict, written)


def _written(segment: Segment, href: Callable[[str], str]) -> str:
    match segment:
        case page.Link(text, target) | page.Value(text, target) if target:
            return f"[{literal(text)}]({href(target)})"
        case page.Slot(name):
            return f"【{literal(name)}】"
        case _:
            return literal(segment.text)


def _as_is(href: str) -> str:
    return href
