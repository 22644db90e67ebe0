"""A finished page → the same page in fewer bytes, for weak networks and small phones.

Icons become names of one shared style sheet, edit links only say the line (a script makes links of
them), and white space that no reader sees goes. Nothing here changes what a page says.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

# White space means something in these.
_KEPT = re.compile(
    r"(<(?:pre|textarea|script|style)\b.*?</(?:pre|textarea|script|style)>)", re.DOTALL
)
_LINES = re.compile(r"[ \t\r]*\n\s*")
# Never in a line with others, so white space before or after their tags is never seen.
_ALONE = (
    "html|head|meta|link|title|body|header|footer|main|nav|section|article|div|h[1-6]|p|ul|ol|dl"
    "|table|thead|tbody|tr|td|th|form|dialog|details|aside"
)
_BEFORE = re.compile(rf"\n(?=</?(?:{_ALONE})\b)")
_BESIDE = re.compile(rf"(<(?:{_ALONE})\b[^>]*>|</(?:{_ALONE})>)\n")

_EDIT = re.compile(r'<a class="bd-edit" href="([^"]*)"[^>]*>.*?</a>', re.DOTALL)
_SPRITE = re.compile(r'<svg class="bd-sprite".*?</svg>', re.DOTALL)
_SYMBOL = re.compile(r'<symbol id="bd-i-([\w-]+)"[^>]*><path d="([^"]*)"')
_USE = re.compile(
    r'<svg class="(bd-icon[^"]*)" viewBox="0 0 24 24" aria-hidden="true">'
    r'<use href="#(bd-i-[\w-]+)"/></svg>'
)
_INLINE = re.compile(
    r'<svg xmlns="http://www\.w3\.org/2000/svg" viewBox="0 0 24 24">(<path d="[^"]*"/>)</svg>'
)
_SAFE = ' /=:"-.,'  # stands as it is in a data address between single quotes
SIDE, CELL = 24, 32  # of an icon, and from one to the next in their picture, in its units
_ELLIPSIS = re.compile(
    r'(<(?:a|label)\b[^>]* class="md-nav__link[^>]*>)'
    r'\s*<span class="md-ellipsis">\s*([^<>]*?)\s*</span>\s*'
)
# Lists of the frame, of which each entry has its own line or cell, whatever stands between them.
_APART = re.compile(r'<ul class="md-nav__list".*?</ul>|<nav class="bd-bar".*?</nav>', re.DOTALL)
_BETWEEN = re.compile(r">\s+<")
_CUT_OFF = re.compile(r'(<span class="md-ellipsis">)\s*([^<]*?)\s*(?=</span>)')
# What only the theme's own script would ask for, which no page has (`theme/js/frame.js`).
_OF_ITS_SCRIPT = re.compile(
    r"""<div data-md-component="announce">\s*</div>
    |<div class="md-dialog"[^>]*>\s*<div class="md-dialog__inner[^>]*>\s*</div>\s*</div>
    |<meta name="generator"[^>]*>""".replace("\n    ", "")
)
_ITS_TAG = re.compile(r"<[a-z][^<>]* (?:data-md-|md-nav__item--pruned)[^<>]*>")
_ITS_MARKS = re.compile(
    r"""\ data-md-component="(?!(?:header|header-title|top|toc|palette|skip|announce)")[^"]*"
    | \ data-md-scrollfix\b
    | \ data-md-type="[^"]*"
    | \ md-nav__item--pruned\b
    | \ data-md-color-(?:primary|accent)="custom"  # a colour of a sheet of one's own""",
    re.VERBOSE,
)
_NAMED_TWICE = re.compile(r'(<a\b[^>]*) title="([^"]*)"([^>]* aria-label="\2")')
_OF_ITS_SEARCH = re.compile(r'<input class="md-toggle" data-md-toggle="search"[^>]*>')
_CHOICES = re.compile(
    r'<form class="md-header__option" data-md-component="palette">.*?</form>', re.DOTALL
)
_COLOUR = re.compile(r' data-md-color-(?:scheme|primary|accent)="[^"]*"')
_TABS = re.compile(r"<script>var target=[^<]*__tabbed_[^<]*</script>")

Icons = Mapping[str, str]
"""What draws each icon: CSS class → path elements."""


@dataclass(frozen=True)
class Lean:
    """A page in fewer bytes, and the icons that it leaves to the shared sheet."""

    html: str
    icons: Icons


def page(html: str, edit_base: str = "") -> Lean:
    """Return a page, or a piece of one, in fewer bytes.

    An edit link that begins with `edit_base` keeps the rest as `data-at`; the page's first one
    stays a link, for readers without scripts.
    """
    drawn = shared_icons(short_edits(plain_frame(html), edit_base))
    return Lean(packed(drawn.html), drawn.icons)


def plain_frame(html: str) -> str:
    """Return a page without what the theme wraps around its navigation's words, or needs not."""
    html = _OF_ITS_SCRIPT.sub("", _ELLIPSIS.sub(r"\1\2", html))
    html = _ITS_TAG.sub(lambda tag: _ITS_MARKS.sub("", tag[0]), html)
    html = _NAMED_TWICE.sub(r"\1\3", html)
    html = _CUT_OFF.sub(r"\1\2", html)
    html = _CHOICES.sub(lambda form: _differing(form[0]), html)
    html = _APART.sub(lambda found: _BETWEEN.sub("><", found[0]), html)
    if 'for="__search"' not in html:
        html = _OF_ITS_SEARCH.sub("", html)
    if html.count("__tabbed_") == 1:  # only in the script that would open a tab
        html = _TABS.sub("", html)
    return html


def _differing(choices: str) -> str:
    """Return the choices of light and dark without what they all have, as the page's body has."""
    given = Counter(_COLOUR.findall(choices))
    every = choices.count("<input")
    return _COLOUR.sub(lambda found: "" if given[found[0]] == every > 1 else found[0], choices)


def short_edits(html: str, base: str) -> str:
    """Return a page whose edit links, but for the first, hold only what differs from it."""
    if not base:
        return html
    first = ""  # the file of the first

    def turn(link: re.Match[str]) -> str:
        nonlocal first
        if not link[1].startswith(base):
            return link[0]
        at = link[1].removeprefix(base)
        if not first:
            first = at.partition("#")[0]
            return link[0].replace(">", f' data-at="{at}">', 1)
        return f'<a class="bd-edit" data-at="{at.removeprefix(first)}"></a>'

    return _EDIT.sub(turn, html)


def shared_icons(html: str) -> Lean:
    """Return a page whose icons are drawn by the shared sheet, and what draws them."""
    icons = {
        f"bd-i-{name}": f'<path d="{path}"/>'
        for sprite in _SPRITE.findall(html)
        for name, path in _SYMBOL.findall(sprite)
    }
    html = _SPRITE.sub("", html)

    def drawn(svg: re.Match[str]) -> str:
        name = "bd-i-" + hashlib.sha256(svg[1].encode()).hexdigest()[:6]
        icons[name] = svg[1]
        return f'<svg class="{name}" aria-hidden="true"></svg>'

    html = _INLINE.sub(drawn, html)
    return Lean(_USE.sub(r'<svg class="\1 \2" aria-hidden="true"></svg>', html), icons)


def sheet(icons: Icons) -> str:
    """Return the style sheet that draws `icons` in the colour of the text around them.

    All of them are one picture, of which each icon shows its own cell: a browser makes a document
    of every picture that a page shows, which for the icons of a page took as long as all its words.
    """
    drawings = sorted(set(icons.values()))
    last = len(drawings) - 1
    wide = CELL * last + SIDE
    cells = "".join(f'<g transform="translate({CELL * n})">{d}</g>' for n, d in enumerate(drawings))
    picture = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {SIDE}">{cells}</svg>'
    step = f"calc(var(--bd-cell) * {100 / max(last, 1):.6g}%)"
    mask = f"no-repeat content-box {step} 0 / {100 * wide / SIDE:.6g}% 100%"
    address = f"url('data:image/svg+xml,{quote(picture, safe=_SAFE)}')"
    lines = [
        # Every browser knows the mask by this name; by both, the picture would stand there twice.
        f"[class*=bd-i-] {{ background: currentColor; -webkit-mask: {address} {mask};"
        " -webkit-print-color-adjust: exact; print-color-adjust: exact; }",
        # The theme sets `height: auto`, which without a viewBox would be 150 px.
        ".md-typeset svg[class*=bd-i-] { height: 1.15em; }",
        "@media (forced-colors: active) { [class*=bd-i-] { forced-color-adjust: none;"
        " background: CanvasText; } }",
    ]
    for name, drawn in sorted(icons.items()):
        lines.append(f".{name} {{ --bd-cell: {drawings.index(drawn)}; }}")
    return "\n".join(lines) + "\n"


def packed(html: str) -> str:
    """Return a page without the white space that no reader sees; quotes and order stay.

    Between words and beside what may stand in a line one line break is left of it.
    """
    pieces = _KEPT.split(html)
    for n in range(0, len(pieces), 2):  # every other one is kept as it is
        pieces[n] = _BESIDE.sub(r"\1", _BEFORE.sub("", _LINES.sub("\n", pieces[n])))
    return "".join(pieces).strip() + "\n"
