"""Markdown of the playbook: `【…】` becomes links and words, the rest becomes sanitised HTML."""

from __future__ import annotations

import re
from collections.abc import Callable

import markdown
import nh3

from baodian import page
from baodian.page import Segment
from baodian.pages.ground import Ground

Expand = Callable[[str, Callable[[str], str]], str]

_CODE_OR_MARK = re.compile(r"```.*?```|~~~.*?~~~|`[^`\n]+`|【[^【】]*】", re.DOTALL)
_SIGNS = re.compile(r"([\\`*_\[\]<>#|~!&])")
_TOP_HEADING = re.compile(r"(</?h)[12]\b")
_HAN = r"[\u2018-\u201d\u2026\u3000-\u303f\u3400-\u9fff\uff00-\uffef]"
_BREAK = re.compile(rf"({_HAN}|</(?:a|strong|em)>)\n(?={_HAN}|<(?:a|strong|em)\b)")
_TAGS = {
    "a", "blockquote", "br", "code", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre",
    "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
# A hand-written page has headings with ids, boxes and pictures of its own besides.
_PAGE_TAGS = _TAGS | {
    "abbr", "caption", "dd", "del", "details", "div", "dl", "dt", "figcaption", "figure", "h1",
    "h2", "img", "kbd", "mark", "span", "sub", "summary", "sup",
}  # fmt: skip
_PAGE_ATTRIBUTES = {
    "*": {"class", "id", "title"},
    "a": {"href"},
    "details": {"open"},
    "img": {"alt", "height", "src", "width"},
    "ol": {"start"},
    "td": {"colspan", "rowspan", "style"},
    "th": {"colspan", "rowspan", "scope", "style"},
}
_SCHEMES = {"http", "https", "mailto", "tel"}


def render(ground: Ground, text: str) -> str:
    """Return a Markdown field as HTML that is safe to show, its links from the root of the site."""
    html = markdown.markdown(expanded(ground, text, _as_is), extensions=["tables"])
    html = _TOP_HEADING.sub(r"\g<1>3", html)  # h1 and h2 are the page's own
    html = _BREAK.sub(r"\1", html)  # a browser would show a space between Han characters
    return nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel=None)


def cleaned(html: str) -> str:
    """Return the HTML of a hand-written page without scripts, handlers and dangerous links."""
    return nh3.clean(
        html,
        tags=_PAGE_TAGS,
        attributes=_PAGE_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel=None,
        filter_style_properties={"text-align"},
        attribute_filter=_kept,
    )


def _kept(_: str, name: str, value: str) -> str | None:
    """Return an attribute's value without classes by which the theme would load other scripts."""
    if name != "class":
        return value
    return " ".join(one for one in value.split() if one != "mermaid") or None


def expander(ground: Ground) -> Expand:
    """Return what turns the `【…】` of hand-written Markdown into Markdown links and words.

    The function is given the Markdown and what turns an address from the root of the site into one
    for the page at hand.
    """

    def expand(text: str, href: Callable[[str], str]) -> str:
        return expanded(ground, text, href)

    return expand


def expanded(ground: Ground, text: str, href: Callable[[str], str]) -> str:
    """Return Markdown with its `【…】` as links and words; code is left as it is."""

    def written(match: re.Match[str]) -> str:
        if not match[0].startswith("【"):
            return match[0]
        return "".join(_written(s, href) for s in ground.inline(match[0]))

    return _CODE_OR_MARK.sub(written, text)


def _written(segment: Segment, href: Callable[[str], str]) -> str:
    match segment:
        case page.Link(text, target) | page.Value(text, target) if target:
            return f"[{_quoted(text)}]({href(target)})"
        case page.Slot(name):
            return f"【{_quoted(name)}】"
        case _:
            return _quoted(segment.text)


def _quoted(text: str) -> str:
    """Return words so that Markdown shows them as they are."""
    return _SIGNS.sub(r"\\\1", text)


def _as_is(href: str) -> str:
    return href
