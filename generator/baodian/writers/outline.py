"""Pages as plain text for people who compare: each value of a page on a line of its own.

It knows no block by name: a block is written by the fields of its class, so that a new block or
field shows by itself. Fields that hold their default are left out. What differs in two pages
differs in their outlines; only where one run of plain words ends and the next begins is not told.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, get_args

from baodian.page import (
    Heading,
    Link,
    Origin,
    Page,
    Segment,
    Site,
    Slot,
    Strong,
    Text,
    Value,
)
from baodian.said.problems import At

_SEGMENTS = get_args(Segment)
_SIGNS = re.compile(r"([\\\[\]{}【】¶]|\*\*)")  # what marks a segment or the end of a line
_BARE = re.compile(r"""[^\s"=<>:\\]+(?::[^\s"=<>:\\]+)*""")
_WIDTH = 100


def outline(page: Page) -> str:
    """Return everything that `page` says as lines of plain text, its blocks last."""
    own = page.source.file if page.source else ""
    lines = [*_fields(page, own, ("blocks",)), ""]
    for block in page.blocks:
        if isinstance(block, Heading) and lines[-1]:
            lines.append("")
        lines += _record(block, own)
    return _text(lines)


def outline_of_site(site: Site) -> str:
    """Return what a site says besides its pages, and which pages it has, as lines of text."""
    lines = [*_fields(site, "", ("pages",)), "", "pages:"]
    lines += (f"  {page.address} {_word(page.title)}" for page in site.pages)
    return _text(lines)


def _text(lines: list[str]) -> str:
    return "\n".join(line.rstrip(" ") for line in lines).rstrip("\n") + "\n"


# --- records --------------------------------------------------------------------------------------


def _fields(record: Any, own: str, later: tuple[str, ...]) -> Iterator[str]:  # noqa: ANN401
    """Yield every field of a page or site but those for `later`, each on lines of its own."""
    for field in dataclasses.fields(record):
        if field.name not in later and not _is_default(record, field):
            yield from _labelled(f"{field.name}:", getattr(record, field.name), own)


def _record(record: Any, own: str) -> Iterator[str]:  # noqa: ANN401
    """Yield a value of `page` as its head, then indented what does not fit into a head.

    The head has the name of the class, the required fields as they are, other short ones by name,
    where it comes from, and after a colon its text. `own` is the file that the page is about.
    """
    fields = [
        f for f in dataclasses.fields(record) if _is_required(f) or not _is_default(record, f)
    ]
    text = _text_field(record)
    head, places, said, below = [type(record).__name__], [], "", []
    for field in fields:
        value = getattr(record, field.name)
        if field.name == text and (said := _said(value)):
            continue
        if isinstance(value, Origin | At):
            places.append(_place(value, own))
        elif value is True and not _is_required(field):
            head.append(field.name)
        elif _is_short(value):
            head.append(_word(value) if _is_required(field) else f"{field.name}={_word(value)}")
        elif _is_required(field) and _are_records(value):
            below += [line for one in value for line in _record(one, own)]
        else:
            below += _labelled(f"{field.name}:", value, own)
    yield " ".join([*head, *places]) + (f": {said}" if said else "")
    yield from _indented(below)


def _text_field(record: Any) -> str:  # noqa: ANN401
    """Return the name of the field that is the text of a record: its one line, else its lines."""
    fields = dataclasses.fields(record)
    line = (f.name for f in fields if f.type in ("Inline", "Link") and _is_required(f))
    lines = (f.name for f in fields if f.type == "tuple[Inline, ...]")
    return next(line, None) or next(lines, "")


def _said(value: Any) -> str:  # noqa: ANN401
    """Return a text as it stands in a head; nothing if it is too long for one."""
    if _is_line(value):
        return _line(value)
    lines = " ".join(f"¶ {_line(one)}" for one in value)
    return lines if len(value) == 1 or len(lines) <= _WIDTH else ""


def _labelled(label: str, value: Any, own: str) -> Iterator[str]:  # noqa: ANN401
    """Yield a value after its label: on the same line if it is short, else indented below it."""
    if isinstance(value, Mapping) and not any(map(dataclasses.is_dataclass, value.values())):
        yield label
        yield from _indented(_json(value))
    elif isinstance(value, Mapping):
        yield label
        for key, one in value.items():
            yield from _indented(_labelled(f"{_word(key)}:", one, own))
    elif isinstance(value, frozenset):
        yield label
        yield from _indented(_word(one) for one in sorted(value))
    elif isinstance(value, Origin | At):
        yield f"{label} {_place(value, own)}"
    elif _is_line(value):
        yield f"{label} {_line(value)}"
    elif dataclasses.is_dataclass(value):
        first, *rest = _record(value, own)
        yield f"{label} {first}"
        yield from rest
    elif isinstance(value, tuple) and value and not all(map(_is_short, value)):
        yield label
        yield from _indented(line for one in value for line in _one_of(one, own))
    elif isinstance(value, tuple):
        yield f"{label} {json.dumps(value, ensure_ascii=False)}"
    elif isinstance(value, str) and "\n" in value:
        yield label
        yield from _indented(f"| {line}" for line in value.split("\n"))
    else:
        yield f"{label} {_word(value)}"


def _one_of(value: Any, own: str) -> Iterator[str]:  # noqa: ANN401
    """Yield one value of several: a record, a line, or a group of values of different sorts."""
    if dataclasses.is_dataclass(value) and not _is_line(value):
        yield from _record(value, own)
    elif _is_line(value) or value == ():
        yield f"¶ {_line(value)}"
    elif isinstance(value, tuple):
        head, below = [], []
        for one in value:
            if one is None or _is_short(one):
                head.append(_word(one))
            elif isinstance(one, Origin | At):
                head.append(_place(one, own))
            elif _is_line(one):
                head.append(f"¶ {_line(one)}")
            elif isinstance(one, tuple) and all(map(_is_short, one)):
                head.append(json.dumps(one, ensure_ascii=False))
            else:
                parts = one if isinstance(one, tuple) else (one,)
                below += [line for part in parts for line in _one_of(part, own)]
        yield " ".join(["-", *head])
        yield from _indented(below)
    else:
        yield _word(value)


def _indented(lines: Any) -> Iterator[str]:  # noqa: ANN401
    return (f"  {line}" for line in lines)


def _is_required(field: dataclasses.Field[Any]) -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def _is_default(record: Any, field: dataclasses.Field[Any]) -> bool:  # noqa: ANN401
    default = field.default
    if field.default_factory is not dataclasses.MISSING:
        default = field.default_factory()
    value = getattr(record, field.name)
    return type(value) is type(default) and bool(value == default)


def _is_line(value: object) -> bool:
    """Say whether a value is a piece of a line or a line that has words."""
    if isinstance(value, tuple):
        return bool(value) and all(isinstance(one, _SEGMENTS) for one in value)
    return isinstance(value, _SEGMENTS)


def _are_records(value: object) -> bool:
    return isinstance(value, tuple) and all(
        dataclasses.is_dataclass(one) and not _is_line(one) for one in value
    )


def _is_short(value: object) -> bool:
    return isinstance(value, str | int | float) and "\n" not in str(value)


# --- words ----------------------------------------------------------------------------------------


def _word(value: object) -> str:
    """Return a short value; quoted if it could be taken for more than one, or for another."""
    if isinstance(value, str):
        plain = _BARE.fullmatch(value) and value not in ("None", "True", "False")
        number = re.fullmatch(r"-?[0-9.]+(?:e.*)?", value)
        return value if plain and not number else json.dumps(value, ensure_ascii=False)
    return str(value)


def _line(value: Any) -> str:  # noqa: ANN401
    """Return a line as people write it in YAML and Markdown."""
    return "".join(map(_segment, value if isinstance(value, tuple) else (value,)))


def _segment(segment: Segment) -> str:
    match segment:
        case Text(text):
            return _quoted(text)
        case Strong(text):
            return f"**{_quoted(text)}**"
        case Link(text, href):
            return f"[{_quoted(text)}]({href})"
        case Value(text, href):
            return f"{{{_quoted(text)}}}({href})"
        case Slot(name, example, own):
            hint, stays = f"：{_quoted(example)}" if example else "", " own" if own else ""
            return f"【{_quoted(name)}{hint}{stays}】"


def _quoted(text: str) -> str:
    return _SIGNS.sub(r"\\\1", text).replace("\n", "\\n")


def _place(place: Origin | At, own: str) -> str:
    """Return where something comes from; the file is told only if it is not the page's own."""
    if isinstance(place, At):
        return f"@{'' if place.file == own else place.file}:{place.line}:{place.column}"
    part = "" if place.part is None else f"#{place.part}"
    at = f" {_place(place.at, own)}" if place.at else ""
    return f"<{'home ' if place.home else ''}{place.entity}{part}{at}>"


def _json(value: object) -> Iterator[str]:
    """Yield data as JSON, keys sorted, what fits into a line on one."""
    short = json.dumps(value, ensure_ascii=False, sort_keys=True)
    several = isinstance(value, Mapping) and len(value) > 1
    if not isinstance(value, Mapping | list | tuple) or (len(short) <= _WIDTH and not several):
        yield short
        return
    parts = [("", one) for one in value]
    if isinstance(value, Mapping):
        parts = [(f"{json.dumps(k, ensure_ascii=False)}: ", value[k]) for k in sorted(value)]
    yield "{" if isinstance(value, Mapping) else "["
    for number, (key, one) in enumerate(parts, 1):
        first, *rest = _json(one)
        lines = [f"{key}{first}", *rest]
        lines[-1] += "," if number < len(parts) else ""
        yield from _indented(lines)
    yield "}" if isinstance(value, Mapping) else "]"
