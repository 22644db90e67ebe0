"""The whole handbook as one HTML file, for phones that can keep a file but no web page.

It needs no script and no network: every page is an article, every link an anchor.
"""

from __future__ import annotations

import base64
import mimetypes
import posixpath
import re
from collections.abc import Iterable
from html import escape, unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from baodian.page import Site
from baodian.publish import assets, lean, policy
from baodian.said.messages import Words
from baodian.writers.article import Article

FILE = "handbook.html"
UNLISTED = '<meta name="robots" content="noindex, nofollow">'
LEFT_OUT = frozenset(("search.html", "offline.html"))  # of use only on the web

_DROPPED = re.compile(
    r'<a class="(?:bd-edit|headerlink)".*?</a>|<script\b.*?</script>'
    r'|<nav class="bd-(?:trail|jump|neighbours)".*?</nav>|<form\b.*?</form>|<button\b.*?</button>'
    r"|<dl class=\"bd-state\">.*?</dl>|<input\b[^>]*>|<!--.*?-->",
    re.DOTALL,
)
_NOTES = re.compile(r' data-[a-z-]+="[^"]*"')
_LABELS = re.compile(r' data-label="[^"]*"')  # shown by the style sheet on a phone
_OWN = re.compile(r' (id|for|aria-labelledby|aria-controls|aria-describedby)="([^"]+)"')
_HREF = re.compile(r'<a\b([^>]*?) href="([^"]*)"([^>]*)>(.*?)</a>', re.DOTALL)
_PICTURE = re.compile(r'(<img\b[^>]*? src=")([^"]*)')
_DRAWN = re.compile(r"url\(#([^)]+)\)")
_ICON = re.compile(r"\bbd-i-[\w-]+")


def single(
    articles: Iterable[Article], icons: lean.Icons, site: Site, t: Words, folder: Path
) -> str:
    """Return the handbook as one file: lean `articles`, whose icons are drawn by `icons`.

    Without the pages of cities, which have a file of their own. Pictures are carried along; they
    stand in `folder` as their pages name them.
    """
    left_out = LEFT_OUT | {page.address for page in site.pages if page.city}
    kept = [a for a in _ordered(articles, site) if a.address not in left_out]
    known = {a.address for a in kept}
    named = {name for a in kept for name in _ICON.findall(a.html)}
    drawn = lean.sheet({name: path for name, path in icons.items() if name in named})
    bodies = [
        f'<article id="{slug(a.address)}" class="md-typeset">'
        f"{_with_pictures(_body(a, known), a.address, folder)}"
        f'<p class="bd-up"><a href="#top">{escape(t("Contents"))}</a></p></article>'
        for a in kept
    ]
    style = f"{drawn}{''.join(assets.styles())}{STYLE}"
    stated = policy.in_page(policy.of_one_file(style, SCRIPT))
    head = (
        f'<!doctype html>\n<html lang="{escape(site.language)}"><head><meta charset="utf-8">'
        f'{stated}<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"{'' if site.listed else UNLISTED}<title>{escape(site.name)}</title>"
        f"<style>{style}</style></head>"
    )
    version = f"{t('Version')} {site.version} · {t('In force from')} {site.effective_from}"
    top = (
        f'<header id="top" class="md-typeset"><h1>{escape(site.name)}</h1>'
        f"<p>{escape(site.company)} · {escape(version)} · {escape(site.owner)}</p>"
        f"<p>{escape(site.notice)}</p></header>"
    )
    foot = f"<script>{SCRIPT}</script></body></html>\n"
    body = [head, "<body>", top, _contents(kept, site, t), "<main>", *bodies, "</main>", foot]
    return lean.packed("".join(body))


def slug(address: str) -> str:
    """Return the anchor of a page."""
    return address.removesuffix(".html").replace("/", "-")


def _ordered(articles: Iterable[Article], site: Site) -> list[Article]:
    """Return the pages chapter by chapter, what belongs to none before them."""
    chapter = {section.id: n for n, section in enumerate(site.navigation)}
    place = {p.address: (chapter.get(p.section, 0), n) for n, p in enumerate(site.pages)}
    return sorted(articles, key=lambda a: place.get(a.address, (0, -1)))


def _contents(articles: list[Article], site: Site, t: Words) -> str:
    sections = {p.address: p.section for p in site.pages}
    titles = {s.id: s.title for s in site.navigation}
    groups: dict[str, list[Article]] = {}
    for article in articles:
        groups.setdefault(sections.get(article.address, "home"), []).append(article)
    chapters = [
        f"<details{' open' if id_ in ('home', 'moments') else ''}>"
        f"<summary>{escape(titles.get(id_, id_))}</summary><ul>"
        + "".join(f'<li><a href="#{slug(a.address)}">{escape(a.title)}</a></li>' for a in group)
        + "</ul></details>"
        for id_, group in groups.items()
    ]
    label = escape(t("Find a title"))
    return (
        f'<nav class="bd-contents" aria-label="{escape(t("Contents"))}">'
        f'<p hidden><label>{label} <input type="search" id="find"></label></p>'
        f"{''.join(chapters)}</nav>"
    )


def _body(article: Article, known: set[str]) -> str:
    own = slug(article.address)
    folder = posixpath.dirname(article.address)
    html = _DROPPED.sub("", article.html)
    html = _NOTES.sub(lambda note: note[0] if _LABELS.fullmatch(note[0]) else "", html)
    html = _OWN.sub(
        lambda o: f' {o[1]}="{" ".join(f"{own}--{one}" for one in o[2].split())}"', html
    )
    html = _DRAWN.sub(rf"url(#{own}--\1)", html)

    def linked(link: re.Match[str]) -> str:
        before, href, after, words = link.groups()
        parts = urlsplit(href)
        if parts.scheme or parts.netloc:
            return link[0]
        path = unquote(parts.path)
        address = posixpath.normpath(posixpath.join(folder, path)) if path else article.address
        if address not in known:
            return f"<span{before}{after}>{words}</span>"
        anchor = f"--{parts.fragment}" if parts.fragment else ""
        return f'<a{before} href="#{slug(address)}{anchor}"{after}>{words}</a>'

    return _HREF.sub(linked, html)


def _with_pictures(html: str, address: str, folder: Path) -> str:
    """Return a body whose pictures stand in it, not beside it."""

    def carried(picture: re.Match[str]) -> str:
        parts = urlsplit(unescape(picture[2]))
        name = posixpath.normpath(posixpath.join(posixpath.dirname(address), unquote(parts.path)))
        file, (kind, _) = folder / name, mimetypes.guess_type(name)
        if parts.scheme or parts.netloc or kind is None or not file.is_file():
            return picture[0]
        return f"{picture[1]}data:{kind};base64,{base64.b64encode(file.read_bytes()).decode()}"

    return _PICTURE.sub(carried, html)


STYLE = """
body { margin: 0 auto; max-width: 46rem; padding: 0 1rem 3rem; background: var(--bd-paper);
  color: var(--bd-ink); font: 16px/1.75 system-ui, -apple-system, "PingFang SC", "Microsoft YaHei",
  "Noto Sans CJK SC", sans-serif; overflow-wrap: anywhere; }
h1, h2, h3 { line-height: 1.4; } h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; }
h3 { font-size: 1.05rem; }
a { color: var(--bd-brand); }
article { margin-top: 2.5rem; padding-top: 1rem; border-top: 3px solid var(--bd-line);
  content-visibility: auto; contain-intrinsic-size: auto 1200px; }
svg[class*=bd-i-] { display: inline-block; width: 1.15em; height: 1.15em; vertical-align: -.2em; }
table { border-collapse: collapse; width: 100%; } th:not([align]) { text-align: start; }
th, td { padding: .3em .5em; border-bottom: 1px solid var(--bd-line); vertical-align: top; }
.bd-contents ul { columns: 14rem; padding-inline-start: 1.2em; }
.bd-contents summary, .bd-contents a, .bd-up a { display: inline-block; min-height: 32px; }
.bd-contents summary { display: list-item; font-weight: 700; }
.bd-contents input { font: inherit; padding: .3em .5em; }
@media print { .bd-up { display: none; }
  article { break-before: page; content-visibility: visible; } }
"""

SCRIPT = """(function () {
  var field = document.getElementById("find");
  var all = [].slice.call(document.querySelectorAll(".bd-contents details"));
  field.parentNode.parentNode.hidden = false;
  function bare(text) {
    return text.normalize("NFKD").replace(/[\\s\\p{M}\\p{Cf}]/gu, "").toLowerCase();
  }
  field.addEventListener("input", function () {
    var wanted = bare(field.value);
    all.forEach(function (one) {
      var any = false;
      [].forEach.call(one.querySelectorAll("li"), function (row) {
        row.hidden = bare(row.textContent).indexOf(wanted) < 0;
        any = any || !row.hidden;
      });
      one.hidden = !any;
      if (wanted) one.open = any;
    });
  });
})();"""
