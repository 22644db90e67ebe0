"""One record, field or type of the models → a JSON Schema for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from pydantic import BeforeValidator, WrapValidator

from baodian.model import fields, kinds, paths
from baodian.model.customers import one_value
from baodian.model.entity import Record
from baodian.model.fields import Bad, Field, Flag, OneOf
from baodian.model.ids import KindId
from baodian.model.records import Altered, Altering
from baodian.model.references import Ref
from baodian.said.messages import Words
from baodian.schema.texts import about, said
from baodian.source import Scalar

Schema = dict[str, Any]
SOME_SIGN = r"\S"
_THINGS = "|".join(word for word in kinds.words() if word != "class")
_REFERENCE = rf"^\s*(({_THINGS})[:：][^\s/#]+|class[:：][^\s/#]+/[^\s/#]+)(#.+)?\s*$"
PATTERNS: dict[type[Field], str] = {
    Ref: _REFERENCE,
    KindId: f"^({'|'.join(kind.name for kind in kinds.KINDS)}|default)$",
}
"""What only the table of kinds knows of a field."""
NULL: Schema = {"type": "null"}

# What else may stand where a field's own type is wanted, by what makes the one into the other.
LISTED = (fields.listed, one_value)
WORDED, HELD, NUMBERED = fields.worded, fields.held, paths.numbered


@dataclass
class Shapes:
    """The schemas of records and fields, collected while they are asked for.

    A change says only what differs: there all keys may be left out, and null takes one away.
    """

    t: Words
    definitions: dict[str, Schema] = field(default_factory=dict)

    def record(self, record: type[Record], without: tuple[str, ...] = (), differs: bool = False,
               more: type[Record] | None = None) -> Schema:  # fmt: skip
        """Return a reference to a record's schema; `without` keys of it, `more` are another's."""
        name = "-".join(filter(None, (
            record.__name__.lstrip("_"), *(f"no-{key}" for key in without),
            "differs" if differs else "", more.__name__ if more else "",
        )))  # fmt: skip
        if name not in self.definitions:
            self.definitions[name] = {}  # answers hold answers
            properties: dict[str, Schema] = {}
            required: list[str] = []
            for model in (*((more,) if more else ()), record):
                for key, schema, needed in self._keys(model, differs):
                    if key not in without and (model is more or key not in properties):
                        properties[key] = schema
                        required += [key] * (needed and not (differs and model is record))
            self.definitions[name] = {
                **said(about(record), self.t),
                "type": "object",
                "properties": properties,
                **({"required": required} if required else {}),
                "additionalProperties": False,
            }
        return {"$ref": f"#/definitions/{name}"}

    def _keys(self, record: type[Record], differs: bool) -> Iterator[tuple[str, Schema, bool]]:
        hints = get_type_hints(record, include_extras=True)
        for name, info in record.model_fields.items():
            inner = self.of(hints[name], differs)
            if differs:
                inner = {"anyOf": [inner, NULL]}
            told = said(about(record, name), self.t)
            own = {"allOf": [inner]} if "$ref" in inner else inner  # beside $ref all is ignored
            yield info.alias or name, {**own, **told}, info.is_required()

    def of(self, type_: Any, differs: bool = False) -> Schema:  # noqa: ANN401
        """Return the schema of a type of the models. What stands in a list never only differs."""
        arguments, origin = get_args(type_), get_origin(type_)
        if origin is Annotated:
            return self._widened(self.of(arguments[0], differs), *arguments)
        if origin is tuple:
            return {"type": "array", "items": self.of(arguments[0])}
        if origin is dict:
            value = self.of(arguments[1], differs)
            return {
                "type": "object",
                "propertyNames": text_of(arguments[0], self.t),
                "additionalProperties": {"anyOf": [value, NULL]} if differs else value,
            }
        if isinstance(type_, type) and issubclass(type_, Record):
            return self.record(type_, differs=differs)
        if isinstance(type_, type) and issubclass(type_, Field):
            return self._field(type_)
        some = [self.of(one, differs) for one in arguments if one is not type(None)]
        return some[0] if len(some) == 1 else {"anyOf": some}

    def _widened(self, schema: Schema, type_: Any, *marks: Any) -> Schema:  # noqa: ANN401
        """Return a schema that takes in what validators make into what it asks for."""
        for mark in marks:
            if isinstance(mark, WrapValidator):
                return {}
            make = mark.func if isinstance(mark, BeforeValidator) else None
            if make in LISTED:
                lists = schema if schema.get("type") == "array" else schema["anyOf"][-1]
                schema = {"anyOf": [lists["items"], schema]}
            elif make is WORDED:
                schema = {"anyOf": [self._field(fields.Prose), schema]}
            elif make is HELD:
                measures = get_type_hints(type_, include_extras=True)["has"]
                schema = {"anyOf": [*self.of(measures)["anyOf"][-1:], schema]}
            elif make is NUMBERED:
                text = schema["additionalProperties"]
                schema = {"anyOf": [text, {"type": "array", "items": text}, schema]}
        return schema

    def _field(self, type_: type[Field]) -> Schema:
        """Return a reference to a field's schema."""
        if issubclass(type_, OneOf):
            return {"enum": list(type_.choices)}
        name = type_.__name__
        if name not in self.definitions:
            schema: Schema = {"type": [*kinds_of_text(type_)], **text_of(type_, self.t)}
            if issubclass(type_, Flag):
                schema["examples"] = [True, False]
            if {"number", "integer"} & set(schema["type"]):
                schema |= {} if _fits(type_, "-3") else {"minimum": 0}
                schema |= {} if _fits(type_, "9" * 10) else {"maximum": 10**9 - 1}
            self.definitions[name] = schema
        return {"$ref": f"#/definitions/{name}"}

    def part(self, record: type[Record], city: bool) -> Schema:
        """Return the schema of what a change, or a city, says of a thing of some record."""
        return self.record(record, ("id", "class"), True, Altered if city else Altering)


def text_of(type_: type[Field], t: Words) -> Schema:
    """Return what the text of a field looks like, by examples, and how an editor says so."""
    forms = tuple(form if isinstance(form, str) else t.text(form) for form in type_.forms)
    pattern = PATTERNS.get(type_, type_.pattern)
    told = t("Write it like one of these: {forms}.", forms=t.listed(forms))
    return {
        "examples": list(forms),
        "pattern": pattern or SOME_SIGN,
        "patternErrorMessage": told if pattern else t("There is no text here."),
        "maxLength": type_.longest,
    }


@cache
def kinds_of_text(type_: type[Field]) -> tuple[str, ...]:
    """Return as what other readers of YAML may take a text that a field accepts."""
    numbers = "number" if _fits(type_, "7.5") else "integer" if _fits(type_, "7") else ""
    return tuple(filter(None, ("string", numbers, "boolean" if _fits(type_, "true") else "")))


def _fits(type_: type[Field], text: str) -> bool:
    try:
        type_.accept(Scalar(text))
    except Bad:
        return False
    return True
