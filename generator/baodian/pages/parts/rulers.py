"""Rules, signs and the order of classes, in words and as a picture."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from baodian import model, page, rules
from baodian.model import interval_texts, intervals
from baodian.model.customers import Dimension
from baodian.model.quantities import Criterion
from baodian.page import Inline, PictureStep, Text
from baodian.pages.ground import Ground
from baodian.pages.handed import FinderAsk
from baodian.pages.whom import classes_of
from baodian.said.messages import msg
from baodian.text.units import agreed


def condition(
    ground: Ground, asked: Mapping[Any, Dimension], id_: str, criteria: tuple[Criterion, ...]
) -> Inline:
    """Return one condition of a rule in words: values by name, numbers with their unit."""
    dimension = next(d for k, d in asked.items() if k == id_)
    if dimension.values:
        wanted = {str(c) for c in criteria}
        names = [str(v) for k, v in dimension.values.items() if str(k) in wanted]
        return (Text(ground.t(" or ").join(names)),)
    return ground.inline(measured(ground, interval_texts.parse(criteria[0]), dimension.unit or ""))


def measured(ground: Ground, interval: intervals.Interval, unit: str) -> str:
    """Return an interval in words, with its unit behind the last number."""
    words = interval.words(ground.t)
    if unit:
        last = re.match(r"(.*?)([\d.]*\d)(?!.*\d(?![^【】]*】))(?![^【】]*】) ?", words)
        if last:  # no digit of a parameter's id
            rest = words[last.end() :]
            after = " " if re.match("[A-Za-z]", rest) else ""
            words = f"{last[1]}{last[2]} {agreed(last[2], unit)}{after}{rest}"
    words = re.sub(r"(?<=[\u4e00-\u9fff]) (?=不满|超过)", "、", words)
    return re.sub(r"(?<=[】\u4e00-\u9fff]) (?=[【\u4e00-\u9fff])", "", words)


def rule(ground: Ground, scheme: model.Scheme, class_: model.Class) -> tuple[Inline, ...]:
    """Return the rule of a class in words, one line for each box."""
    lines = []
    for box in class_.when:
        pieces: list[page.Segment] = []
        for id_, criteria in box.items():
            name = next(str(d.name) for k, d in scheme.dimensions.items() if k == id_)
            pieces.append(Text(f"{ground.t.semicolon if pieces else ''}{name}{ground.t.colon}"))
            pieces.extend(condition(ground, scheme.dimensions, str(id_), criteria))
        lines.append(tuple(pieces))
    return tuple(lines)


def looks(ground: Ground, class_: model.Class) -> tuple[Inline, ...]:
    """Return how a class looks, one line for each kind of customer it is told for."""
    return tuple(
        (*classes_of(ground, p.for_), Text(ground.t.colon), *ground.inline(p.text))
        if p.for_
        else ground.inline(p.text)
        for p in class_.looks_like
    )


SHORT = 22
"""How many signs of a bound a step of a picture has room for."""


def bound(ground: Ground, scheme: model.Scheme, class_: model.Class) -> str:
    """Return the number that its rule asks for last, which tells a class from its neighbours.

    Empty if it asks for none so, or in too many words; the name of what is asked first is left out.
    """
    box = class_.when[0] if len(class_.when) == 1 else {}
    id_ = next(reversed(box), None)
    dimension = next((d for k, d in scheme.dimensions.items() if k == id_), None)
    if id_ is None or dimension is None or dimension.values:
        return ""
    words = page.plain(condition(ground, scheme.dimensions, str(id_), box[id_]))
    if id_ != next(iter(scheme.dimensions)):
        words = f"{dimension.name} {words}"
    return words if len(words) <= SHORT else ""


def picture(
    ground: Ground, scheme: model.Scheme, current: str | None = None, *, bounds: bool = False
) -> page.Picture:
    """Return the order of a ruler's classes as a picture, with the moves between them.

    With `bounds` a step says for which numbers it is, if each of them can, else what it is called.
    """
    t = ground.t
    numbers = {str(id_): bound(ground, scheme, c) for id_, c in scheme.classes.items() if bounds}
    told = numbers if all(numbers.values()) else {}
    ids = [str(c) for c in scheme.classes]
    if scheme.order == "high-to-low":
        ids.reverse()
    steps = tuple(
        PictureStep(
            label=scheme.class_name(id_),
            note=told.get(id_) or str(class_.call_them or class_.code or ""),
            href=ground.class_address(scheme, str(id_)),
            current=id_ == current,
        )
        for id_ in ids
        for class_ in [next(c for k, c in scheme.classes.items() if k == id_)]
    )
    names = tuple(s.label + (t.aside(s.note) if told else "") for s in steps)
    match scheme.order:
        case "none":
            alt = t.text(msg("The classes, in no order: {names}", names=names))
        case "stages":
            alt = t.text(msg("The stages in their order: {names}", names=names))
        case _:
            alt = t.text(msg("From low to high: {names}", names=names))
    kinds: dict[str, Any] = {"none": "set", "stages": "stages"}
    return page.Picture(kinds.get(scheme.order, "ladder"), steps, alt, accent=str(scheme.id))


def move_title(ground: Ground, move: model.Transition) -> str:
    """Return a move as `from → to`."""
    start = page.plain(classes_of(ground, move.from_))
    if move.to is None:
        end = ground.t.listed(ground.title("scheme", str(s)) for s in move.starts)
    elif move.to.ends:
        end = ground.t("over")
        if move.starts:
            end += " + " + ground.t.listed(ground.title("scheme", str(s)) for s in move.starts)
    else:
        end = ground.title("class", f"{move.to.scheme}/{move.to.name}")
    return f"{start} → {end}"


def asked(dimension: rules.Dimension) -> FinderAsk:
    """Return a question of a ruler."""
    return {
        "id": dimension.id,
        "name": dimension.name,
        "kind": dimension.kind,
        "unit": dimension.unit,
        "values": list(dimension.values),
    }
