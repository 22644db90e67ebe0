"""Ids know by their type what they name: a field that names something says so, and is checked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args, get_origin

import pytest
from test_model import RECORDS, below

from baodian.checks.absent import noun
from baodian.checks.references import TOLD_ELSEWHERE
from baodian.model.ids import Id
from baodian.model.kinds import words as words_of_kinds
from baodian.model.leaves import leaves
from baodian.playbook import Playbook
from baodian.said.messages import words

NAMING = [type_ for type_ in below(Id) if type_.__module__.startswith("baodian.")]


def types_in(annotation: Any, *, keys: bool = True) -> Iterator[type[Any]]:
    """Yield every class that an annotation is made of; without `keys` no keys of maps."""
    if isinstance(annotation, type) and not get_args(annotation):
        yield annotation
    inner = get_args(annotation)
    for part in inner[1:] if get_origin(annotation) is dict and not keys else inner:
        yield from types_in(part, keys=keys)


def bare(record: type[Any]) -> list[str]:
    """Return the fields that hold an id of nobody knows what; a key names what stands under it."""
    return [
        f"{record.__name__}.{name}"
        for name, field in record.model_fields.items()
        if name != "id" and Id in types_in(field.annotation, keys=False)
    ]


def test_there_are_types_of_ids_and_records_that_use_them() -> None:
    assert len(NAMING) > 20
    used = {t for record in RECORDS for f in record.model_fields.values()
            for t in types_in(f.annotation)}  # fmt: skip
    assert [type_.__name__ for type_ in NAMING if type_ not in used] == []


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_a_field_that_names_something_says_of_which_kind(record: type[Any]) -> None:
    assert bare(record) == []


def test_a_field_that_does_not_say_its_kind_is_seen() -> None:
    from baodian.model import Record

    class Loose(Record):
        """Names something."""

        who: tuple[Id, ...] | None = None
        """Nobody knows what."""
        items: dict[Id, str] = {}
        """What stands under them."""

    assert bare(Loose) == ["Loose.who"]


@pytest.mark.parametrize("type_", NAMING, ids=lambda type_: type_.__name__)
def test_every_kind_of_id_is_checked_or_told_elsewhere(type_: type[Id]) -> None:
    assert type_.kind
    if type_.kind not in TOLD_ELSEWHERE:
        assert words("zh-CN").text(noun(type_.kind))


def test_every_plain_id_of_the_handbook_is_found_by_its_type(shipped: Playbook) -> None:
    kinds = {
        value.kind
        for _, record in shipped.records()
        for _, value in leaves(record)
        if isinstance(value, Id)
    }
    assert {"role", "script", "checklist", "channel", "case", "measure", "escalation"} <= kinds
    assert kinds & set(words_of_kinds()) != kinds  # groups and setters are no kinds of entities
