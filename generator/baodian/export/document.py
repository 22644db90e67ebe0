"""Page values → one document as plain data: what a typesetter reads, its links resolved.

Every value becomes a mapping with its `kind`; places that links lead to get a label, links get
`to` (a label of the document) or `url`. Nothing is escaped, for no text ever becomes code.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, fields, is_dataclass

from baodian import page
from baodian.export.elements import parsed
from baodian.export.shapes import shapes
from baodian.page import Inline, Page, Site
from baodian.said.messages import Words
from baodian.writers import html
from baodian.writers.picture import drawings

Node = dict[str, object]

WIDE_FROM = 9  # a table of so many columns is turned
LONG_ROW = 600  # characters; a row of more may be cut at the foot of a page
_LEFT_OUT = frozenset(("origin", "source", "data", "filters", "icon", "facets", "holds"))


@dataclass
class Labels:
    """The places of the document: each label once, the first place that asks for it has it."""

    known: set[str] = field(default_factory=set)

    def give(self, name: str) -> str | None:
        """Return `name` as a label, or None if another place has it."""
        if name in self.known:
            return None
        self.known.add(name)
        return name

    def find(self, href: str) -> str | None:
        """Return the label that an address leads to: its anchor, else its page, else None."""
        path, _, anchor = href.partition("#")
        path = path.partition("?")[0]
        whole = f"{path}#{anchor}"
        return whole if anchor and whole in self.known else path if path in self.known else None


def handbook(site: Site, t: Words, handwritten: Iterable[Page] = ()) -> Node:
    """Return the whole handbook: chapters of pages in the order of the navigation.

    `handwritten` are the pages of `content/`; they follow the home page.
    """
    chapters = []
    labels = Labels()
    extra = tuple(handwritten)
    for section in site.navigation:
        pages = [
            p for p in site.pages
            if p.section == section.id and p.address != "search.html" and not p.city
        ]  # fmt: skip
        pages.sort(key=lambda p: p.address != section.address)  # the chapter's own page first
        if section.address == "index.html":
            pages += extra
        if pages:
            written = [of_page(p, site, labels) for p in pages]
            chapters.append({"title": section.title, "pages": written})
    whole: Node = {"site": of_site(site), "words": own_words(t), "chapters": chapters}
    resolve(whole, labels)
    return whole


def of_site(site: Site) -> Node:
    """Return what cover and foot say."""
    names = ("name", "company", "notice", "language", "version", "effective_from", "owner")
    return {name: getattr(site, name) for name in names}


def own_words(t: Words) -> dict[str, str]:
    """Return the words that the document has besides the playbook's."""
    return {
        "approve": t("With approval"),
        "aside": t.aside("{n}").strip(),
        "branch": t("And then they say"),
        "close": t("Last words"),
        "colon": t.colon,
        "contents": t("Contents"),
        "do": t("Do"),
        "ends": t("The talk ends here."),
        "find_out": t("Find out"),
        "go_on": t("Go on with"),
        "highest": t("Highest first"),
        "letter": t("The letter"),
        "lowest": t("Lowest first"),
        "message": t("The message"),
        "no": t("Not included"),
        "no_reply": t("If no answer comes"),
        "overdue": t("To be read again"),
        "owner": t("Owner"),
        "reviewed": t("Reviewed"),
        "red_line": t("Red line, never"),
        "right": t("Right"),
        "say": t("You say"),
        "say_first": t("You say first"),
        "several": t("Several answers are right."),
        "sign_approve": t("ask"),  # what stands in a narrow cell
        "sign_gained": t("+"),
        "sign_no": t("–"),
        "sign_stopped": t("off"),
        "since": t("In force from"),
        "stopped": t("Suspended"),
        "they": t("What do they say?"),
        "until": t("In force until"),
        "version": t("Version"),
        "wrong": t("Wrong"),
        "yes": t("Included"),
    }


def of_page(p: Page, site: Site, labels: Labels) -> Node:
    """Return one page with its blocks."""
    writer = _Writer(html.View(p, site, lambda at: None), labels)
    return {
        "title": p.title,
        "place": labels.give(p.address),
        "badges": list(p.badges),
        "lead": writer.value(p.lead),
        "hue": hue(p.accent, site),
        "blocks": writer.value(html.first_first(p.blocks)),
        "state": {
            "owner": "" if p.owner == site.owner else p.owner,
            "reviewed": p.reviewed,
            "overdue": p.overdue,
            "since": "" if p.effective_from == site.effective_from else p.effective_from,
            "until": p.effective_until,
        },
    }


def hue(accent: str | None, site: Site) -> int | None:
    """Return the number of a scheme's colour, None without a scheme."""
    number = dict(site.accents).get(accent or "")
    return None if number is None else number % html.HUES


def resolve(node: object, labels: Labels) -> None:
    """Turn every `href` below `node` into `to` or `url`; one that leads nowhere goes."""
    if isinstance(node, dict):
        href = node.pop("href", None)
        if href:
            if re.match(r"(?:https?|tel|mailto|sms):", href):
                node["url"] = href
            elif label := labels.find(href):
                node["to"] = label
        for value in node.values():
            resolve(value, labels)
    elif isinstance(node, list):
        for value in node:
            resolve(value, labels)


@dataclass(frozen=True)
class _Writer:
    """Turns the values of one page into plain data."""

    view: html.View
    labels: Labels

    def value(self, value: object) -> object:
        """Return a value, and everything in it, as plain data."""
        match value:
            case page.Markdown(html=text):
                return {"kind": "Markdown", "blocks": parsed(text)}
            case page.Picture():
                moves = [
                    [value.steps[a.start].label, value.steps[a.end].label, a.label]
                    for a in value.arrows
                ]
                return self._picture(value) | {"moves": moves}
            case page.Map() | page.Shop():
                return self._picture(value)
            case page.Table():
                return self._generic(value) | {
                    "widths": widths(value),
                    "wide": len(value.columns) >= WIDE_FROM,
                    "long": [_length(row) > LONG_ROW for row in value.rows],
                    "marks": _marks(value),
                }
            case page.Checklist():
                return self._checklist(value)
            case page.Index(groups=groups):
                return {
                    "kind": "Index",
                    "groups": [
                        {
                            "place": self._label(anchor),
                            "title": title,
                            "entries": self.value(entries),
                        }
                        for anchor, title, entries in groups
                    ],
                }
            case page.Bullets(lines=lines):
                return {
                    "kind": "Bullets",
                    "style": value.style,
                    "lines": [self.value(line) for line, _ in lines],
                }
            case tuple():
                return [self.value(v) for v in value]
            case None | bool() | str() | int() | float():
                return value
        return self._generic(value)

    def _generic(self, value: object) -> Node:
        if not is_dataclass(value):
            raise TypeError(f"no value of a page: {value!r}")
        node: Node = {"kind": html.kind(value)}
        for f in fields(value):
            if f.name == "anchor":
                node["place"] = self._label(getattr(value, "anchor"))  # noqa: B009
            elif f.name == "accent":
                node["hue"] = hue(getattr(value, "accent"), self.view.site)  # noqa: B009
            elif f.name == "kind":  # a callout's own word for what it is
                node["kind_of"] = getattr(value, "kind")  # noqa: B009
            elif f.name not in _LEFT_OUT:
                node[f.name] = self.value(getattr(value, f.name))
        return node

    def _label(self, anchor: str | None) -> str | None:
        return self.labels.give(f"{self.view.page.address}#{anchor}") if anchor else None

    def _checklist(self, value: page.Checklist) -> Node:
        groups = []
        for group in value.groups:
            items = [
                self._generic(item) | {"place": self._label(self.view.item_anchor(value, item))}
                for item in group.items
            ]
            place = self._label(self.view.group_anchor(value, group)) if group.title else None
            groups.append({"title": group.title, "place": place, "items": items})
        return {"kind": "Checklist", "place": self._label(value.anchor), "groups": groups}

    def _picture(self, value: page.Picture | page.Map | page.Shop) -> Node:
        shown = next(d for d in drawings(value) if d.fits != "narrow")
        words = [*shown.words, *(w for b in shown.boxes for w in b.words)]
        words += [w for way in shown.ways for w in way.words]
        taps = [(b.x, b.y, b.width, b.height, b.href) for b in shown.boxes if b.href]
        taps += [(w.x, w.y, w.width, w.height, w.href) for w in shown.ways]
        taps += [(p.x - p.width / 2, p.y - p.height / 2, p.width, p.height, p.href)
                 for p in shown.pins]  # fmt: skip
        return {
            "kind": "Picture",
            "alt": value.alt,
            "caption": value.caption,
            "hue": hue(value.accent, self.view.site),
            "width": shown.width,
            "height": shown.height,
            "svg": shapes(shown),
            "texts": [{f.name: getattr(w, f.name) for f in fields(w)} for w in words],
            "boxes": [
                {"x": x, "y": y, "width": width, "height": height, "href": href}
                for x, y, width, height, href in taps
            ],
            "dots": [
                {"x": x, "y": y, "number": number}
                for x, y, number in (
                    *((d.x, d.y, d.number) for d in shown.dots),
                    *((p.x, p.y, p.number) for p in shown.pins),
                )
            ],
            "moves": [],
        }


# --- tables ---------------------------------------------------------------------------------------


def widths(table: page.Table) -> list[float]:
    """Return how wide each column should be beside the others, by what stands in it."""
    shares = []
    for i, name in enumerate(table.columns):
        lines = [line for r in table.rows for c in r.cells[i : i + 1] for line in c.lines]
        lengths = [_inline_length(line) for line in lines]
        longest, mean = max(lengths, default=0), sum(lengths) / max(len(lengths), 1)
        need = max(0.5 * (longest + mean), min(len(name), 6), 3)
        if any(isinstance(s, page.Link) for line in lines for s in line):
            need = max(need + 4, 10)  # the number of the page it leads to
        shares.append(round(math.pow(min(need, 120), 0.62), 2))
    return shares


def _length(row: page.Row) -> int:
    return sum(_inline_length(line) for cell in row.cells for line in cell.lines)


def _inline_length(line: Inline) -> int:
    return math.ceil(sum(1 if c > "\u2e7f" else 0.55 for c in page.plain(line)))


def _marks(table: page.Table) -> list[str]:
    used = {cell.mark for row in table.rows for cell in row.cells}
    return [m for m in ("yes", "approve", "stopped", "no") if m in used] if table.dense else []
