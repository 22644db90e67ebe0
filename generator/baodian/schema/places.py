"""Each place of `playbook_data/` → its schema, and the settings by which VS Code finds it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from baodian.model import Settings, kinds
from baodian.model.ids import Id
from baodian.model.kinds import Kind
from baodian.model.records import Change, Layer, Overlay
from baodian.said.messages import Words
from baodian.schema.records import Schema, Shapes, text_of

FOLDER = ".vscode/baodian"
DRAFT = "http://json-schema.org/draft-07/schema#"
DATA = "playbook_data/"
EXTENSION = "redhat.vscode-yaml"


@dataclass(frozen=True)
class Place:
    """What may stand in some files: their patterns below the project, and the schema."""

    name: str
    globs: tuple[str, ...]
    schema: Schema


def places(t: Words) -> tuple[Place, ...]:
    """Return the schema of each place, its words in the language of `t`."""
    return (_settings(t), *(_place(kind, t) for kind in kinds.KINDS if kind.places))


def files(t: Words) -> Mapping[str, str]:
    """Return the files that a project needs, by their paths: the schemas, and what finds them."""
    every = places(t)
    found = {f"./{FOLDER}/{place.name}.json": list(place.globs) for place in every}
    return {
        ".vscode/settings.json": _written({"yaml.schemas": found, "yaml.format.enable": False}),
        ".vscode/extensions.json": _written({"recommendations": [EXTENSION]}),
        **{f"{FOLDER}/{place.name}.json": _in_lines(place.schema) for place in every},
    }


def wired(settings: str) -> bool:
    """Say whether the text of a file of `.vscode/` finds the schemas, or recommends what does."""
    return FOLDER in settings or EXTENSION in settings


def _written(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _in_lines(schema: Schema) -> str:
    """Return a schema as text, a line for each definition, so that a change shows as one."""
    lines = [f"{json.dumps(name)}: {json.dumps(one, ensure_ascii=False)}"
             for name, one in schema["definitions"].items()]  # fmt: skip
    head = json.dumps({**schema, "definitions": {}}, ensure_ascii=False)
    return head.removesuffix("}}") + "\n" + ",\n".join(lines) + "\n}}\n"


def _settings(t: Words) -> Place:
    shapes = Shapes(t)
    return Place("playbook", (f"{DATA}playbook.yml",), _whole(shapes.record(Settings), shapes))


def _place(kind: Kind, t: Words) -> Place:
    shapes = Shapes(t)
    if _is_layer(kind):
        schema = _layer(kind, shapes)
    elif kind.many:
        ids = kind.ids or (Id if kind.is_entity else None)
        schema = {
            "type": "object",
            "additionalProperties": _of(kind, shapes, ("id",) if kind.is_entity else ()),
            **({"propertyNames": text_of(ids, shapes.t)} if ids else {}),
        }
        for inner in kinds.inside(kind):  # a measure stands under its id too
            things = _of(inner, shapes, ("id",))
            group = shapes.definitions[kind.records[0].__name__]
            group["properties"][inner.within[1]]["additionalProperties"] = things
    else:
        schema = _of(kind, shapes)
    return Place(kind.name, tuple(_globs(kind)), _whole(schema, shapes))


def _is_layer(kind: Kind) -> bool:
    return any(issubclass(record, Layer) for record in kind.records)


def _globs(kind: Kind) -> Iterator[str]:
    for place in kind.places:
        stem = place.removesuffix("/").removesuffix(".yml")
        if kind.many:
            yield f"{DATA}{stem}.yml"
        yield f"{DATA}{stem.replace('…', '*')}/*.yml"


def _of(kind: Kind, shapes: Shapes, without: tuple[str, ...] = ()) -> Schema:
    """Return what one thing of a kind is; of several records the one that fits."""
    if not kind.records:
        return shapes.of(kind.model)
    some = [shapes.record(record, without) for record in kind.records]
    return some[0] if len(some) == 1 else {"anyOf": some}


def _layer(kind: Kind, shapes: Shapes) -> Schema:
    """Return what a change or a city is: for each kind of thing, what of it may differ."""
    record = kind.records[0]
    schema = shapes.record(record)
    about = [k for k in kinds.KINDS if k.linked and not _is_layer(k)]
    city = record is Overlay
    differs = {k.name: _differs(k, shapes, city) for k in about}
    own = shapes.definitions[record.__name__]["properties"]
    part: Schema = {} if record is Change else {"type": "object", "required": ["why"]}
    own["change"] |= _by_kind(differs, part)
    own["was"] |= _by_kind({k.name: {} for k in about}, {})
    added = {k.name: _added(k, shapes) for k in about}
    own["add"] |= _by_kind(added, None)
    gone = own["withdraw"].pop("additionalProperties")
    own["withdraw"] |= _by_kind({k.name: gone for k in about}, None)
    return schema


def _differs(kind: Kind, shapes: Shapes, city: bool) -> Schema:
    some = [shapes.part(record, city) for record in kind.records]
    return some[0] if len(some) == 1 else {"anyOf": some}


def _added(kind: Kind, shapes: Shapes) -> Schema:
    """Return the whole of something new, whose id stands before it; a measure names its group."""
    schema = _of(kind, shapes, ("id", "class") if kind.id_key == "class" else ("id",))
    if kind.within[0]:
        whole = shapes.definitions[schema["$ref"].rpartition("/")[2]]
        whole["properties"]["group"] = shapes.of(Id)
        whole["required"] = [*whole["required"], "group"]
    return schema


def _by_kind(things: Mapping[str, Schema], part: Schema | None) -> Schema:
    """Return a map whose keys are references, each with what stands there for its kind.

    `part` is what stands for a part of a thing; None where only whole things can be named.
    """
    whole = {f"^{name}[:：][^#]+$": schema for name, schema in things.items()}
    inside = {} if part is None else {f"^({'|'.join(things)})[:：].+#": part}
    return {"type": "object", "patternProperties": {**whole, **inside},
            "additionalProperties": False}  # fmt: skip


def _whole(schema: Schema, shapes: Shapes) -> Schema:
    """Return a schema as a file: with all that it refers to."""
    definitions = dict(sorted(shapes.definitions.items()))
    own = {"allOf": [schema]} if "$ref" in schema else schema  # beside $ref all is ignored
    return {"$schema": DRAFT, **own, "definitions": definitions}
