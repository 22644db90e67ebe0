"""The hand-written pages of `content/` as page values, for formats that MkDocs does not write."""

from __future__ import annotations

import re
from pathlib import Path

import markdown

from baodian import page
from baodian.page import Page
from baodian.pages.markdown_prose import cleaned
from baodian.read import Read

CONTENT = "content"
EXTENSIONS = ("admonition", "attr_list", "tables")

_HEAD = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_TITLE = re.compile(r"<h1\b[^>]*>(.*?)</h1>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_SOURCE = re.compile(r'(\bhref="[^":]*?)\.md(?=["#])')


def pages(project: Path, found: Read) -> tuple[Page, ...]:
    """Return the Markdown files of `content/` as pages, by address; their `【…】` are expanded."""
    folder = project / CONTENT
    return tuple(
        _page(file.relative_to(folder).with_suffix(".html").as_posix(), file, found)
        for file in sorted(folder.rglob("*.md"))
    )


def _page(address: str, file: Path, found: Read) -> Page:
    text = _HEAD.sub("", file.read_text(encoding="utf-8-sig"))
    if found.expand is not None:
        text = found.expand(text, lambda href: href)
    html = cleaned(markdown.markdown(text, extensions=list(EXTENSIONS)))
    title = _TITLE.search(html)
    body = _SOURCE.sub(r"\1.html", _TITLE.sub("", html, count=1))
    return Page(
        address=address,
        title=_TAG.sub("", title[1]).strip() if title else file.stem,
        kind="page",
        section="home",
        blocks=(page.Markdown(body),),
    )
