"""A comparison as one HTML file for whoever approves it: headings and plain tables, no script.

A word processor opens it too, so nothing in it depends on style sheets or links.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from baodian.comparing.pages import Shown
from baodian.comparing.sides import Compared
from baodian.comparing.words import NAMES, counted, details, grouped, heading, sentence, tidy, title
from baodian.meaning.change import Change
from baodian.meaning.groups import SECTIONS, Group, merged
from baodian.said.messages import Message, Words

STYLE = (
    "body{font-family:'Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif;"
    "line-height:1.6;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a}"
    "table{border-collapse:collapse;width:100%;margin:.5rem 0 1.5rem}"
    "th,td{border:1px solid #999;padding:.4rem .6rem;text-align:left;vertical-align:top}"
    "th:first-child,td:first-child{white-space:nowrap}th,td{min-width:3.5em}"
    "th{background:#eee}small{color:#555}h1{font-size:1.5rem}h2{font-size:1.25rem}"
    "h3{font-size:1.05rem;margin-bottom:.3rem}p.sign{margin-top:3rem}"
)


def as_html(compared: Compared, shown: Shown, t: Words) -> str:
    """Return a comparison as a whole HTML file."""
    name = escape(title(compared, t))
    language = escape(t.language)
    return "\n".join((
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width">',
        f"<title>{name}</title>\n<style>{STYLE}</style>\n</head>\n<body>",
        f"<h1>{name}</h1>\n<p>{escape(counted(compared, t))}</p>",
        *_body(compared, shown, t),
        f'<p class="sign">{escape(t("Approved by: ____________    Date: ____________"))}</p>',
        "</body>\n</html>\n",
    ))  # fmt: skip


def _body(compared: Compared, shown: Shown, t: Words) -> Iterator[str]:
    for section, groups in grouped(compared):
        if name := heading(compared, section, t):
            yield f"<h2>{escape(name)}</h2>"
        for group in groups:
            head = tidy(f"{t.text(SECTIONS[group.section])}{t.colon}{t.text(group.name)}")
            yield f"<h3>{escape(head)}</h3>"
            yield "<table>"
            cells = (t("Kind"), t("What changes"), t("Before"), t("Now"))
            yield "<tr>" + "".join(f"<th>{escape(cell)}</th>" for cell in cells) + "</tr>"
            yield from (_row(group, mine, shown, t) for mine in merged(group.changes))
            yield "</table>"


def _row(group: Group, changes: tuple[Change, ...], shown: Shown, t: Words) -> str:
    more = "".join(f"<br><small>{escape(line)}</small>" for line in details(changes, shown, t))
    change = changes[0]
    cells = (
        f"<td>{escape(t.text(NAMES[change.kind]))}</td>",
        f"<td>{escape(sentence(group, changes, t))}{more}</td>",
        f"<td>{_value(change.old, t)}</td><td>{_value(change.new, t)}</td>",
    )
    return "<tr>" + "".join(cells) + "</tr>"


def _value(value: Message | None, t: Words) -> str:
    return "—" if value is None else escape(tidy(t.text(value))).replace("\n", "<br>")
