"""The data in a reader's words: what its keys, its ids and its values are called."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from baodian import model, page
from baodian.meaning.names import FIELDS
from baodian.model import kinds
from baodian.model.fields import Bad, Field, Flag, Name, Prose
from baodian.model.ids import ClassId, Id
from baodian.model.references import ClassRef, Ref, Selector, Target
from baodian.pages.ground import Ground
from baodian.pages.whom import classes_of
from baodian.said.messages import Message, msg
from baodian.source import Mapping, Node, Scalar
from baodian.source import Sequence as Items
from baodian.text.units import agreed
from baodian.trees.nodes import at_path

KEYS: dict[str, Message] = FIELDS | {
    "add": msg("added"), "aliases": msg("other words"), "answers": msg("answers"),
    "approve": msg("needs approval"), "ask": msg("question"), "avoid": msg("what to avoid"),
    "background": msg("background"), "change": msg("change"), "channel": msg("way"),
    "channels": msg("ways"), "check": msg("checks"), "classes": msg("classes"),
    "close": msg("how to end"), "customers": msg("customers"), "day_zero": msg("first day"),
    "definition": msg("what it means"),
    "development": msg("share of winning new ones"), "dimensions": msg("what is asked"),
    "each": msg("how often"), "entries": msg("items"), "escalate": msg("whom to turn to"),
    "events": msg("events"), "examples": msg("example"), "customer": msg("customer"),
    "find_out": msg("what to find out"), "first": msg("first"), "for": msg("for whom"),
    "freshness": msg("read again after"), "from": msg("from"), "group": msg("group"),
    "guides": msg("guides"), "hours": msg("hours"), "intro": msg("how it begins"),
    "items": msg("items"), "mix": msg("shares of classes"), "needs": msg("needs"),
    "not": msg("not to be written"), "note": msg("note"), "of": msg("share of what"),
    "on": msg("at which moment"), "open": msg("how to begin"), "otherwise": msg("else"),
    "pass": msg("what passes"), "per": msg("per"), "problem": msg("problem"),
    "profile": msg("which customers"), "promised": msg("what was promised"),
    "question": msg("question"), "read": msg("what to read"), "record": msg("what to record"),
    "results": msg("results"), "right": msg("right"), "role_plays": msg("role plays"),
    "rows": msg("rows"), "sections": msg("sections"), "see": msg("see also"),
    "sign_tables": msg("tables of signs"), "status": msg("status"), "stopped": msg("stopped"),
    "suits": msg("whom it suits"), "sums": msg("totals"),
    "takes_effect": msg("from when it holds"), "tell": msg("what to tell"), "terms": msg("words"),
    "they_also_say": msg("they also say"), "to": msg("to whom"),
    "told_apart_by": msg("what tells them apart"), "travel": msg("travel"), "type": msg("type"),
    "use": msg("use"), "what": msg("what"), "who": msg("who"), "whole": msg("how often for all"),
    "without": msg("without"), "hit": msg("reached"), "next": msg("next"),
    "minutes": msg("minutes"), "parts": msg("parts"), "cells": msg("cells"),
    "groups": msg("groups"), "legal": msg("what the law says"), "pinyin": msg("how it is said"),
    "choose": msg("how to choose"), "about": msg("about"),
}  # fmt: skip
"""What readers call the keys of the data: as a change does, but for those that stand alone here."""
GROUPING = frozenset(
    ("groups", "rows", "classes", "dimensions", "items", "cells", "parts", "entries", "answers",
     "days", "choices", "questions", "role_plays", "events", "values", "signs", "results",
     "actions", "choose", "sections", "measures")
)  # fmt: skip
"""Keys that only hold what has names of its own, if a map stands there."""
PLAIN = ("default", "text", "is")
"""Keys that readers need not be told: the value is that of what holds it."""
DAYS = "days"
"""The key of how many days: its unit stands with the value."""
NAMING = ("name", "title", "what", "ask", "they_say", "customer")
"""Keys that say what a part is called, the first of them that there is."""
LONG = 60
"""From how many signs two lists are told by the items that differ."""
Way = tuple[str, ...]
Types = tuple[Any, ...]


@cache
def types_at(kind: str, way: Way) -> Types:
    """Return what may stand at a path of keys in a thing of a kind: fields, records and maps."""
    if not way:
        return _members(kinds.of(kind).model)
    return tuple(inner for one in types_at(kind, way[:-1]) for inner in _inner(one, way[-1]))


def _members(annotation: Any) -> Types:  # noqa: ANN401
    """Return what a type may be: the members of unions and of lists, and maps as they are."""
    origin: Any = get_origin(annotation)
    if isinstance(annotation, type) or _is_map(annotation):
        return (annotation,)
    if origin is Annotated:
        return _members(get_args(annotation)[0])
    if origin in (Union, UnionType, tuple):
        parts = (part for part in get_args(annotation) if part is not type(None))
        return tuple(m for part in parts for m in _members(part))
    return (origin,) if isinstance(origin, type) else ()


def _is_map(one: Any) -> bool:  # noqa: ANN401
    origin: Any = get_origin(one)
    return isinstance(origin, type) and issubclass(origin, dict)


def _inner(one: Any, key: str) -> Types:  # noqa: ANN401
    if _is_map(one):
        return _members(get_args(one)[1])
    if not issubclass(one, model.Record):
        return ()
    fields = {f.alias or name: f for name, f in one.model_fields.items()}
    return _members(fields[key].annotation) if key in fields else (one,)  # an item by its id


def _is_key(kind: str, way: Way) -> bool:
    """Say whether the last of a path is a key of the data, not an id that somebody gave."""
    return any(
        way[-1] in (f.alias or name for name, f in one.model_fields.items())
        for one in types_at(kind, way[:-1])
        if isinstance(one, type) and issubclass(one, model.Record)
    )


class Wording:
    """What readers call what is in one thing, today's and what a layer puts there."""

    def __init__(self, ground: Ground, kind: str, id_: str) -> None:
        """Take the names from the thing as it is in the edition of `ground`."""
        self._ground, self._kind, self._id = ground, kind, id_
        entity = ground.playbook.find(kind, id_)
        self._scheme = str(getattr(entity, "rows", ""))
        self._labels = dict(_named_inside(ground, entity))
        self._texts = dict(_texts_inside(entity))
        if isinstance(entity, model.Scheme):
            self._labels |= {str(c): entity.class_name(str(c)) for c in entity.classes}
        if isinstance(entity, model.TextMatrix):
            columns = ground.playbook.find(entity.columns.kind, entity.columns.id)
            self._labels |= dict(_named_inside(ground, columns))

    def path(self, way: Way, before: Node | None, after: Node | None) -> str:
        """Return a path in words; `before` and `after` are what stood and stands at its end."""
        said = [
            self._called(way[:n]) or ("" if way[n] in PLAIN else self._texts.get(way[n - 1], ""))
            for n in range(1, len(way))
        ]
        if way:
            said.append(self._called(way) or self._nameless(way, before, after))
        return "·".join(part.rstrip("。.") for part in said if part)

    def _nameless(self, way: Way, before: Node | None, after: Node | None) -> str:
        """Return what to call a part that has no name, if it comes or goes as a whole."""
        if (
            _is_key(self._kind, way)
            or way[-1] in PLAIN
            or (before is not None and after is not None)
        ):
            return ""
        named = before if after is None else after
        if isinstance(named, Scalar):
            return str(named) if after is None else self._ground.t("new")
        for key in (*NAMING, "text"):
            if isinstance(said := at_path(named, (key,)), Scalar):
                return str(said)
        return self._ground.t("new") if before is None else ""

    def _called(self, way: Way) -> str:
        """Return what readers call the last of a path; "" for what only groups, or has no name."""
        key, t = way[-1], self._ground.t
        types = types_at(self._kind, way)
        if _is_key(self._kind, way):
            if key in (*PLAIN, DAYS):
                return ""
            holds = all(_is_map(one) or "id" in getattr(one, "model_fields", ()) for one in types)
            if (key in GROUPING and holds) or key == "cells":
                return ""
            if key == "when" and any(_has_rule(one) for one in types):
                return t("rule")
            return t.text(KEYS[key]) if key in KEYS else key
        if label := self._labels.get(key):
            return label
        if self._kind == "matrix" and way[:1] == ("cells",) and len(way) == 2:
            return self._ground.title("class", f"{self._scheme}/{key}")
        if self._kind == "scheme" and way[:1] == ("classes",) and len(way) == 2:
            return self._ground.title("class", f"{self._id}/{key}")
        return key if key.isdigit() else ""

    def values(self, way: Way, before: Node | None, after: Node | None) -> tuple[str, str]:
        """Return what stood and what stands at a path; of long lists the items not in both."""
        whole = self.value(way, before), self.value(way, after)
        if isinstance(before, Items) and isinstance(after, Items) and len("".join(whole)) > LONG:
            gone = [item for item in before if item not in after]
            new = [item for item in after if item not in before]
            if gone or new:
                before, after = (Items(those) if those else None for those in (gone, new))
                return self.value(way, before), self.value(way, after)
        return whole

    def value(self, way: Way, node: Node | None) -> str:
        """Return what stands at a path as a reader would say it; "" for nothing."""
        if node is None:
            return ""
        t = self._ground.t
        if isinstance(node, Scalar):
            return self._text(way, node)
        if isinstance(node, Items):
            inner = [self.value(way, item) for item in node]
            nested = any(isinstance(item, Mapping) for item in node)
            return " / ".join(inner) if nested else t.listing.join(inner)
        said = (
            (self._called((*way, str(key))), self.value((*way, str(key)), value))
            for key, value in node.items()
        )
        return t.semicolon.join(f"{key}{t.colon}{value}" if key else value for key, value in said)

    def _text(self, way: Way, text: Scalar) -> str:
        ground, types = self._ground, types_at(self._kind, way)
        if way[-1:] == (DAYS,) and text.strip().isdigit():
            return ground.t("{n} {n|day|days}", n=int(text))
        if self._kind == "param":
            return self._with_unit(text)
        if self._kind == "scheme" and ClassId in types:
            return ground.title("class", f"{self._id}/{text.strip()}")
        for one in types:
            if isinstance(one, type) and issubclass(one, Field):
                with contextlib.suppress(Bad):
                    if said := _said(ground, one, text):
                        return said
        return self._labels.get(str(text), text.strip()) if self._kind == "scheme" else text.strip()

    def _with_unit(self, text: Scalar) -> str:
        param = self._ground.playbook.values.get(self._id)
        said = text.strip()
        if param is None or not said.isdigit():
            return said
        unit = "%" if param.type == "percent" else str(param.unit or "")
        gap = " " if unit.isascii() and unit not in ("", "%") else ""
        return f"{said}{gap}{agreed(said, unit)}"


def _has_rule(one: Any) -> bool:  # noqa: ANN401
    return not (isinstance(one, type) and issubclass(one, Name | Prose))


def _said(ground: Ground, type_: type[Field], text: Scalar) -> str:
    """Return what readers call what a text names; "" if it names nothing. Raises `Bad`."""
    value = type_.accept(text)
    if isinstance(value, Flag):
        return ground.t("Yes") if value else ground.t("No")
    if isinstance(value, Selector):
        return page.plain(classes_of(ground, (value,)))
    if isinstance(value, ClassRef | Target) and value.scheme:
        return ground.title("class", f"{value.scheme}/{value.name}")
    if isinstance(value, Ref):
        return ground.title(value.kind, value.id)
    if isinstance(value, Id) and value.kind:
        listed = ground.playbook.settings.listed(value.kind)
        if value.kind == "measures":
            group = ground.playbook.measure_groups.get(value)
            return str(group.name) if group else ""
        return str(listed.get(value, "")) if listed else ground.title(value.kind, str(value))
    return ""


def _named_inside(ground: Ground, value: object) -> Iterator[tuple[str, str]]:
    """Yield the ids of parts and what they are called, as far as they are called something."""
    if isinstance(value, model.Record):
        if value.id_in_list and not isinstance(value, model.Entity) and _label(ground, value):
            yield value.id_in_list, _label(ground, value)
        for name in type(value).model_fields:
            yield from _named_inside(ground, getattr(value, name))
    elif isinstance(value, dict):
        for key, inner in value.items():
            if label := _label(ground, inner):
                yield str(key), label
            yield from _named_inside(ground, inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from _named_inside(ground, inner)


def _texts_inside(value: object) -> Iterator[tuple[str, str]]:
    """Yield the ids of parts that have no name but a text, and the text."""
    inside: Iterable[tuple[str, object]] = ()
    if isinstance(value, model.Record):
        inside = [("", getattr(value, name)) for name in type(value).model_fields]
    elif isinstance(value, dict):
        inside = [(str(key), inner) for key, inner in value.items()]
    elif isinstance(value, tuple):
        inside = [("", inner) for inner in value]
    for key, inner in inside:
        if key and isinstance(text := getattr(inner, "text", None), Field):
            yield key, str(text)
        yield from _texts_inside(inner)


def _label(ground: Ground, value: object) -> str:
    """Return the name of a part, "" if it is nothing but its text."""
    if isinstance(value, Field):
        return str(value) if isinstance(value, Name) else ""
    for field in NAMING:
        if said := getattr(value, field, None):
            return str(said)
    return page.plain(classes_of(ground, getattr(value, "whom", ())))
