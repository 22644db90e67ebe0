"""The model: every field explains itself, and no tree or text ends in anything but problems."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from found import problems_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from baodian import model
from baodian.model import fit, kinds
from baodian.model.described import described
from baodian.model.entity import Entity, Record, keys_of
from baodian.model.fields import Bad, Field, Prose
from baodian.playbook.load import load
from baodian.playbook.slips import problem_of
from baodian.report import report
from baodian.said.messages import words
from baodian.said.problems import SEVERITY, At
from baodian.source import Mapping, Node, Scalar, Sequence, read

ENGLISH = words("en")
SMALL = Path(__file__).parent / "small_playbook"


def below(base: type[Any]) -> Iterator[type[Any]]:
    """Yield every class that is made from `base`."""
    for class_ in base.__subclasses__():
        yield class_
        yield from below(class_)


RECORDS = sorted(set(below(Record)), key=lambda record: record.__qualname__)
FIELDS = sorted(
    set(below(Field)), key=lambda field: (field.__qualname__, getattr(field, "choices", ()))
)
# What `load` hands to pydantic.
READ: list[Any] = [model.Settings, *(kind.model for kind in kinds.KINDS)]


# --- what the model says of itself ----------------------------------------------------------------


def test_there_are_records_and_fields_to_look_at() -> None:
    assert len(RECORDS) > 50
    assert len(FIELDS) > 15


@pytest.mark.parametrize("record", RECORDS)
def test_every_record_and_each_of_its_keys_is_described(record: type[Record]) -> None:
    if not record.__name__.startswith("_"):
        assert (record.__doc__ or "").strip()
    undescribed = [
        name
        for name in record.model_fields
        if not described(record, name).strip().endswith(".") and name not in {"kind", "kind_"}
    ]
    assert undescribed == []


def test_a_summary_is_a_text_of_the_entity_and_none_where_no_field_says_it() -> None:
    summed_up = {e.kind for e in below(Entity) if e.summed_up_in}
    for entity in below(Entity):
        if entity.summed_up_in:
            field = entity.model_fields[entity.summed_up_in]
            assert field.annotation in (Prose, Prose | None), entity
    assert summed_up == {
        "script", "checklist", "moment", "case", "guide", "table", "plan", "path", "scheme",
        "matrix", "change",
    }  # fmt: skip


def test_a_key_that_python_reserves_is_written_without_its_underscore() -> None:
    assert "for" in keys_of(model.Script)
    assert "from" in keys_of(model.Transition)
    assert not [key for record in RECORDS for key in keys_of(record) if key.endswith("_")]


# --- any tree -------------------------------------------------------------------------------------

IDS = ("tier", "gold", "a-b", "1", "Gold", "a b", "")
TEXTS = (
    "tier/gold", "tier/*", "everyone", "script:leaving", "class:tier/gold#do", "end", "true",
    "2 到 9", "10 以上", "1", "-1", "1.5", "7" * 5000, "90 天", "每天", "每 【param:x】 天",
    "2026-12-01", "2026-02-30", "talk", "steps", "allocation", "draft", "【客户称呼】您好",
    "two\nlines", " ", "²", "１２", "kind：值", "\U0001f600", "**x", "【", "a..b", "0..", "..",
)  # fmt: skip


def scalars(texts: st.SearchStrategy[str]) -> st.SearchStrategy[Scalar]:
    styles = st.sampled_from(["plain", "single", "double", "literal", "folded"])
    return st.builds(
        lambda text, style: Scalar(text, at=At("f.yml", 3, 5), style=style), texts, styles
    )


LEAVES = scalars(st.sampled_from(TEXTS + IDS) | st.text(max_size=30))
KEYS = sorted({key for record in RECORDS for key in keys_of(record)})
NAMES = scalars(st.sampled_from([*KEYS, *IDS]) | st.text(max_size=8))
TREES: st.SearchStrategy[Node] = st.recursive(
    LEAVES,
    lambda inner: (
        st.builds(
            lambda d: Mapping(d, at=At("f.yml", 2, 3)), st.dictionaries(NAMES, inner, max_size=6)
        )
        | st.builds(
            lambda items: Sequence(items, at=At("f.yml", 4, 1)), st.lists(inner, max_size=4)
        )
    ),
    max_leaves=14,
)


@st.composite
def records(draw: st.DrawFn, keys: list[str]) -> Mapping:
    """Give a mapping with many of the keys that a record knows, so that its fields are reached."""
    chosen = draw(st.lists(st.sampled_from(keys), unique=True, max_size=len(keys)))
    return Mapping(
        {Scalar(key, at=At("f.yml", 2, 3)): draw(TREES) for key in chosen}, at=At("f.yml", 2, 1)
    )


def named(accepts: Any) -> str:
    """Return the same name for a kind in every process."""
    return "-".join(record.__name__ for record in fit.record_types(accepts))


@pytest.mark.parametrize("accepts", READ, ids=named)
@given(data=st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_tree_ends_in_a_value_or_in_problems_with_a_place(
    accepts: Any, data: st.DataObject
) -> None:
    keys = sorted({key for record in fit.record_types(accepts) for key in keys_of(record)})
    tree = data.draw(TREES | records(keys or list(IDS)))
    try:
        TypeAdapter(accepts).validate_python(tree)
    except ValidationError as error:
        for one in error.errors():
            problem = problem_of(one, tree)
            assert problem.code in SEVERITY
            assert problem.at.file == "f.yml"
            said = ENGLISH.text(problem.message)
            assert said.endswith((".", "?"))
            assert not problem.hint or ENGLISH.text(problem.hint)
            assert "Scalar" not in said


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.__name__)
@given(text=st.sampled_from(TEXTS) | st.text(max_size=40))
@settings(max_examples=60, deadline=None)
def test_any_text_is_accepted_with_its_place_or_refused_with_a_code(
    field: type[Field], text: str
) -> None:
    scalar = Scalar(text, at=At("f.yml", 3, 5))
    value: Field | Bad
    try:
        value = field.accept(scalar)
    except Bad as bad:
        value = bad
    if isinstance(value, Bad):
        assert value.code in SEVERITY
        assert ENGLISH.text(value.message).endswith(".")
        assert value.hint is None or ENGLISH.text(value.hint)
    else:
        assert value.at == scalar.at
        assert isinstance(value, field)


def test_a_field_takes_what_it_made_before() -> None:
    once = model.talk.Selector.accept(Scalar("tier/gold", at=At("f.yml", 1, 1)))
    assert model.talk.Selector.accept(once) is once


# --- any file -------------------------------------------------------------------------------------

PLACES = (
    "playbook.yml", "rhythms.yml", "slots.yml", "retired.yml", "measures/m.yml", "plans/p.yml",
    "scripts/s.yml", "guides/g.yml", "guides/tier/gold.yml", "matrices/m.yml", "sources/s.yml",
    "overlays/o.yml", "new.yml",
)  # fmt: skip
LINES = st.lists(
    st.sampled_from(["  ", "", "- ", "\t", "　"]).flatmap(
        lambda start: st.sampled_from([*KEYS, *IDS, "名称", "- x", "[", "{a: ", "&a", "*a", '"'])
        .flatmap(lambda key: st.sampled_from([": ", "：", ":", "", ": |", ", "])
                 .flatmap(lambda colon: st.sampled_from(TEXTS).map(
                     lambda text: f"{start}{key}{colon}{text[:60]}")))
    ),
    max_size=8,
).map("\n".join)  # fmt: skip


@given(
    file=st.sampled_from(PLACES),
    content=st.binary(max_size=60) | st.text(max_size=80).map(str.encode) | LINES.map(str.encode),
)
@settings(max_examples=100, deadline=None)
def test_any_file_loads_or_ends_in_problems(file: str, content: bytes) -> None:
    loads_or_tells({file: content})


GOOD = sorted((SMALL / "playbook_data").rglob("*.yml"))
GOOD += sorted((SMALL.parent.parent / "playbook_data").rglob("*.yml"))


@given(path=st.sampled_from(GOOD), data=st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_good_file_with_one_change_loads_or_ends_in_problems(
    path: Path, data: st.DataObject
) -> None:
    root = next(folder for folder in path.parents if folder.name == "playbook_data")
    tree, _ = read(path.read_bytes(), "f.yml")
    assert tree is not None
    holders = [node for node in nodes(tree) if not isinstance(node, Scalar) and node]
    holder = data.draw(st.sampled_from(holders))
    new = data.draw(TREES)
    if isinstance(holder, Mapping):
        key = data.draw(st.sampled_from(list(holder)))
        if data.draw(st.booleans()):
            holder[data.draw(NAMES)] = holder.pop(key)
        else:
            holder[key] = new
    elif isinstance(holder, Sequence):
        holder[data.draw(st.integers(0, len(holder) - 1))] = new
    content = json.dumps(tree, ensure_ascii=False).encode()
    loads_or_tells({path.relative_to(root).as_posix(): content})


def nodes(tree: Node) -> Iterator[Node]:
    """Yield a tree and everything below it."""
    yield tree
    for inner in tree.values() if isinstance(tree, Mapping) else tree:
        if isinstance(inner, (Scalar, Mapping, Sequence)) and not isinstance(tree, Scalar):
            yield from nodes(inner)


def loads_or_tells(files: dict[str, bytes]) -> None:
    """Check the small playbook with these files; fail if anything but problems comes of it."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        shutil.copytree(SMALL / "playbook_data", project / "playbook_data")
        for name, content in files.items():
            path = project / "playbook_data" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        problems = problems_of(project)
    for problem in problems:
        assert problem.code in SEVERITY
        assert problem.at.file.startswith("playbook_data/")
    assert report(problems, ENGLISH)


def test_the_small_playbook_loads_with_everything_in_its_place() -> None:
    playbook, problems = load(SMALL)
    assert problems == ()
    assert [scheme.class_name("gold") for scheme in playbook.schemes.values()] == ["金卡客户"]
    assert list(playbook.class_guides) == [("tier", "gold"), ("tier", "silver")]
    assert playbook.group_of == {"call": "service", "visit": "service"}
    assert playbook.measures["visit"].at == At("playbook_data/measures/service.yml", 5, 5)
    assert [file for file, _ in playbook.content] == ["content/about.md"]
    assert playbook.numbers == {"gold-cycle": 15}
