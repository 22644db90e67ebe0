"""A finished page → the same page in fewer bytes, for weak networks and small phones.

Icons become names of one shared style sheet, edit links only say the line (a script makes links of
them), and white space that no reader sees goes. Nothing here changes what a page says.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterable, Iterator, MutableMapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from baodian.publish.verify import CSS_ADDRESS, Html, read_html

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
_DIALOG = re.compile(r'<dialog id="bd-search"(?:[^>"]|"[^"]*")*>.*?</dialog>', re.DOTALL)
_TO_ROOT = re.compile(r'( (?:data-base|action)=")[./]*([^"]*")')
ROOT = "/ROOT/"  # stands for the address of the site's root in the search's markup
_ELLIPSIS = re.compile(
    r'(<(?:a|label)\b[^>]* class="md-nav__link[^>]*>)'
    r'\s*<span class="md-ellipsis">\s*([^<>]*?)\s*</span>\s*'
)
_TABS = re.compile(r"<script>var target=[^<]*__tabbed_[^<]*</script>")
_SOURCE_MAP = re.compile(r"\n?(?://# sourceMappingURL=\S+|/\*# sourceMappingURL=\S+ \*/)\s*$")

Icons = MutableMapping[str, str]


@dataclass
class Shared:
    """What the pages of one build have in common, filled while they are written."""

    edit_base: str = ""  # edit links begin so
    icons: dict[str, str] = field(default_factory=dict)  # class → path elements
    dialog: str = ""  # the search, with ROOT where addresses begin


def page(html: str, shared: Shared) -> str:
    """Return a page in fewer bytes; what it has in common with others goes into `shared`.

    An edit link that begins with `edit_base` keeps the rest as `data-at`; the page's first one
    stays a link, for readers without scripts.
    """
    html = plain_frame(html)
    html = shared_icons(short_edits(html, shared.edit_base), shared.icons)
    found = _DIALOG.search(html)
    if found:
        shared.dialog = packed(_TO_ROOT.sub(rf"\1{ROOT}\2", found[0]))
        html = html[: found.start()] + html[found.end() :]
    return packed(html)


def plain_frame(html: str) -> str:
    """Return a page without what the theme wraps around its navigation's words, or needs not."""
    html = _ELLIPSIS.sub(r"\1\2", html)
    if html.count("__tabbed_") == 1:  # only in the script that would open a tab
        html = _TABS.sub("", html)
    return html


def short_edits(html: str, base: str) -> str:
    """Return a page whose edit links, but for the first, hold only what differs from it."""
    if not base:
        return html
    first = ""  # the file of the first

    def turn(found: re.Match[str]) -> str:
        nonlocal first
        if not found[1].startswith(base):
            return found[0]
        at = found[1].removeprefix(base)
        if not first:
            first = at.partition("#")[0]
            return found[0].replace(">", f' data-at="{at}">', 1)
        return f'<a class="bd-edit" data-at="{at.removeprefix(first)}"></a>'

    return _EDIT.sub(turn, html)


def shared_icons(html: str, icons: Icons) -> str:
    """Return a page whose icons are drawn by the shared sheet, and note them in `icons`."""
    for sprite in _SPRITE.findall(html):
        for name, path in _SYMBOL.findall(sprite):
            icons[f"bd-i-{name}"] = f'<path d="{path}"/>'
    html = _SPRITE.sub("", html)

    def drawn(found: re.Match[str]) -> str:
        name = "bd-i-" + hashlib.sha256(found[1].encode()).hexdigest()[:6]
        icons[name] = found[1]
        return f'<svg class="{name}" aria-hidden="true"></svg>'

    html = _INLINE.sub(drawn, html)
    return _USE.sub(r'<svg class="\1 \2" aria-hidden="true"></svg>', html)


def sheet(icons: Icons) -> str:
    """Return the style sheet that draws `icons` in the colour of the text around them."""
    lines = [
        "[class*=bd-i-] { background: currentColor; -webkit-mask: var(--i) center / contain"
        " no-repeat; mask: var(--i) center / contain no-repeat; -webkit-print-color-adjust: exact;"
        " print-color-adjust: exact; }",
        # The theme sets `height: auto`, which without a viewBox would be 150 px.
        ".md-typeset svg[class*=bd-i-] { height: 1.15em; }",
        "@media (forced-colors: active) { [class*=bd-i-] { forced-color-adjust: none;"
        " background: CanvasText; } }",
    ]
    for name, path in sorted(icons.items()):
        drawing = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">{path}</svg>'
        lines.append(f".{name} {{ --i: url('data:image/svg+xml,{quote(drawing, safe=_SAFE)}'); }}")
    return "\n".join(lines) + "\n"


def packed(html: str) -> str:
    """Return a page without the white space that no reader sees; quotes and order stay.

    Between words and beside what may stand in a line one line break is left of it.
    """
    pieces = _KEPT.split(html)
    for n in range(0, len(pieces), 2):  # every other one is kept as it is
        pieces[n] = _BESIDE.sub(r"\1", _BEFORE.sub("", _LINES.sub("\n", pieces[n])))
    return "".join(pieces).strip() + "\n"


# --- what no page asks for ------------------------------------------------------------------------


def unused(folder: Path, own: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the files of the theme (`assets/`) that nothing asks for, sorted.

    Asked for is what a page or a style sheet in use names, and `own`: what scripts of ours name.
    """
    asked = set(own)
    for path in sorted(folder.rglob("*.html")):
        name = path.relative_to(folder).as_posix()
        asked.update(_named(name, read_html(path.read_text(encoding="utf-8"))))
    sheets = [name for name in asked if name.endswith(".css")]
    for name in sheets:
        if (folder / name).is_file():
            text = (folder / name).read_text(encoding="utf-8")
            hrefs = [found[1] or found[2] for found in CSS_ADDRESS.finditer(text)]
            asked.update(_inside(name, hrefs))
    theme = (p.relative_to(folder).as_posix() for p in folder.glob("assets/**/*") if p.is_file())
    return tuple(sorted(name for name in theme if name not in asked))


def drop_unused(folder: Path, own: Iterable[str] = ()) -> tuple[str, ...]:
    """Delete what `unused` finds, with the folders that are empty then; return the names."""
    gone = unused(folder, own)
    for name in gone:
        (folder / name).unlink()
    for inner in sorted((p for p in folder.glob("assets/**/*") if p.is_dir()), reverse=True):
        if not any(inner.iterdir()):
            inner.rmdir()
    for path in folder.glob("assets/**/*"):
        if path.suffix in (".js", ".css"):
            text = path.read_text(encoding="utf-8")
            path.write_text(_SOURCE_MAP.sub("\n", text), encoding="utf-8")
    return gone


def _named(name: str, html: Html) -> Iterator[str]:
    return _inside(name, (r.href for r in (*html.links, *html.fetched)))


def _inside(name: str, hrefs: Iterable[str]) -> Iterator[str]:
    for href in hrefs:
        parts = urlsplit(href.strip())
        if not parts.scheme and not parts.netloc and parts.path:
            path = unquote(parts.path)
            joined = posixpath.join(posixpath.dirname(name), path.lstrip("/"))
            yield posixpath.normpath(joined)
