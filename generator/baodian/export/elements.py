"""Markdown that was rendered already: sanitised HTML → nested elements, as plain data."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import unquote

from baodian.text.joining import joined

_VOID = frozenset(("br", "hr", "img"))


class _Tree(HTMLParser):
    """Reads sanitised HTML into nested elements."""

    def __init__(self) -> None:
        super().__init__()
        self.top: list[object] = []
        self._open: list[tuple[str, list[object]]] = [("", self.top)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        inside: list[object] = []
        node: dict[str, object] = {"kind": "Element", "tag": tag, "blocks": inside}
        if href := given.get("href"):
            node["href"] = href
        if tag == "img" and (source := given.get("src")):
            node |= {"src": unquote(source), "alt": given.get("alt") or ""}
        self._open[-1][1].append(node)
        if tag not in _VOID:
            self._open.append((tag, inside))

    def handle_endtag(self, tag: str) -> None:
        while len(self._open) > 1 and any(name == tag for name, _ in self._open):
            if self._open.pop()[0] == tag:
                break

    def handle_data(self, data: str) -> None:
        inside = self._open[-1][0]
        if data.strip() or inside not in ("", "ul", "ol", "table", "thead", "tbody", "tr"):
            self._open[-1][1].append({"kind": "Text", "text": joined(data)})


def parsed(text: str) -> list[object]:
    """Return sanitised HTML as nested elements."""
    tree = _Tree()
    tree.feed(text)
    tree.close()
    return tree.top
