"""Every value of the YAML is a leaf that knows its place, and has a path of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest
from test_model import RECORDS, SMALL

from baodian.checks.walk import everything
from baodian.model import Case, Checklist, Guide, Record
from baodian.model.entity import Entity
from baodian.model.fields import Field, OneOf
from baodian.model.leaves import KEY, leaves
from baodian.playbook import Playbook
from baodian.playbook.load import load

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module", params=["shipped", "small"])
def playbook(request: pytest.FixtureRequest, shipped: Playbook) -> Playbook:
    """The playbook that is shipped, and the small one of the tests."""
    return shipped if request.param == "shipped" else load(SMALL)[0]


def plain(annotation: Any) -> Iterator[Any]:
    """Yield what an annotation has besides fields, records and what holds them."""
    if get_origin(annotation) is Literal:
        yield annotation
        return
    inner = get_args(annotation)
    if inner:
        for part in inner:
            yield from plain(part)
    elif isinstance(annotation, type):
        holds = annotation in (type(None), dict, tuple) or annotation is type(...)
        if not holds and not issubclass(annotation, (Field, Record)):
            yield annotation


def unplaced(record: type[Any]) -> list[str]:
    """Return the fields of a record that hold a value without a place."""
    return [n for n, f in record.model_fields.items() if any(plain(f.annotation))]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_every_field_holds_values_with_a_place(record: type[Any]) -> None:
    assert unplaced(record) == []


def test_a_field_that_loses_its_place_is_seen() -> None:
    class Losing(Record):
        """Has fields of every wrong kind."""

        word: Literal["a", "b"]
        text: str | None = None
        number: dict[Field, int] = {}
        right: OneOf[Literal["a", "b"]] | None = None
        more: tuple[Field, ...] = ()

    assert unplaced(Losing) == ["word", "text", "number"]


def test_every_value_knows_its_place_and_has_a_path_of_its_own(playbook: Playbook) -> None:
    looked, chosen = 0, 0
    for record in everything(playbook):
        paths: Counter[tuple[str, ...]] = Counter()
        for path, value in leaves(record):
            assert value.at.file.startswith("playbook_data/"), path
            assert value.at.line > 0
            paths[path] += 1
            chosen += isinstance(value, OneOf)
        assert [path for path, n in paths.items() if n > 1] == [], record.at
        looked += len(paths)
    assert looked > 150
    assert chosen > 5


def test_items_of_lists_go_by_their_ids_and_others_by_their_positions(shipped: Playbook) -> None:
    def paths(entity: Entity) -> set[str]:
        return {".".join(path) for path, _ in leaves(entity)}

    guide = next(g for g in shipped.guides.values() if any(p.id for p in g.parts_))
    assert isinstance(guide, Guide)
    for part in guide.parts_:
        assert f"parts_.{part.id or part.kind}.kind" in paths(guide)
    long = next(c for c in shipped.checklists.values() if c.groups)
    assert isinstance(long, Checklist)
    group = long.groups[-1]
    item = next(iter(group.items))
    assert f"groups.{group.id}.items.{item}.text" in paths(long)
    assert f"groups.{group.id}.items.{item}.{KEY}" in paths(long)
    case = next(iter(shipped.cases.values()))
    assert isinstance(case, Case)
    assert "actions.1.did" in paths(case)


def test_a_default_is_no_leaf_since_nobody_wrote_it(shipped: Playbook) -> None:
    role = next(iter(shipped.of_kind("role").values()))
    assert role.status == "published"
    assert "status" not in {path[0] for path, _ in leaves(role)}


def test_a_fixed_choice_is_a_text_with_a_place(shipped: Playbook) -> None:
    script = next(s for s in shipped.scripts.values() if s.form == "talk")
    assert {"talk": 1}[script.form] == 1
    match script.form:
        case "talk":
            assert script.form.at.line > 1
        case _:
            raise AssertionError
    assert type(script.form.word) is str
    assert OneOf[Literal["a", "b"]] is OneOf[Literal["a", "b"]]
    assert OneOf[Literal["a", "b"]] is not OneOf[Literal["b", "a"]]
