"""The table of kinds: each kind stands in it once, and nothing more is to be told of it."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar, get_args

import pytest
from found import problems_of

from baodian import model
from baodian.checks import check
from baodian.model import fit, kinds
from baodian.model.coverage import Covering
from baodian.model.entity import Entity
from baodian.model.fields import Name, OneOrMore
from baodian.model.references import Selector
from baodian.model.settings import InOrder
from baodian.playbook import applies_to, selectors_of
from baodian.playbook.load import load
from baodian.report import report
from baodian.said.messages import words

SMALL = Path(__file__).parent / "small_playbook"
ENGLISH = words("en")


def below(base: type[Entity]) -> Iterator[type[Entity]]:
    """Yield every class of ours that is made from `base`."""
    for class_ in base.__subclasses__():
        if class_.__module__.startswith("baodian."):
            yield class_
        yield from below(class_)


ENTITIES = sorted(
    {e for e in below(Entity) if e.kind and not e.__name__.startswith("_")},
    key=lambda e: e.__name__,
)


# --- the table ------------------------------------------------------------------------------------


def test_there_are_entities_to_look_at() -> None:
    assert len(ENTITIES) > 20


@pytest.mark.parametrize("entity", ENTITIES)
def test_every_entity_stands_in_the_table_once_under_its_kind(entity: type[Entity]) -> None:
    lines = [kind.name for kind in kinds.KINDS for record in kind.records if record is entity]
    assert lines == [entity.kind]


def test_every_kind_has_one_line_and_every_place_one_kind() -> None:
    names = Counter(kind.name for kind in kinds.KINDS)
    places = Counter(place for kind in kinds.KINDS for place in kind.places)
    stems = Counter(place.removesuffix("/").removesuffix(".yml") for place in places)
    assert [*names.values(), *places.values(), *stems.values()].count(1) == sum(
        map(len, (names, places, stems))
    )


def test_a_kind_has_a_place_or_stands_inside_one_that_has() -> None:
    for kind in kinds.KINDS:
        outer, key = kind.within
        assert bool(kind.places) != bool(outer), kind.name
        if outer:
            assert kinds.of(outer).places
            assert all(key in record.model_fields for record in kinds.of(outer).records)


@pytest.mark.parametrize("kind", kinds.KINDS, ids=lambda kind: kind.name)
def test_what_the_table_says_of_fields_is_so(kind: kinds.Kind) -> None:
    written = {field.alias or name for r in kind.records for name, field in r.model_fields.items()}
    if not kind.many and kind.places:
        assert kind.id_key in written
    for path in kind.selects:
        name = path.partition(".")[0]
        assert any(name in record.model_fields for record in kind.records)
    for place in kind.places:
        assert place.endswith("/") or kind.many


@pytest.mark.parametrize("entity", ENTITIES)
def test_a_field_that_selects_is_told_or_left_out_on_purpose(entity: type[Entity]) -> None:
    told = {path.partition(".")[0] for path in kinds.of(entity.kind).selects}
    fields = {
        name
        for name, field in entity.model_fields.items()
        if Selector in (field.annotation, *get_args(field.annotation))
    }
    on_purpose = {"reason": {"for_"}, "transition": {"from_"}}  # why not; from where
    assert fields - told == on_purpose.get(entity.kind, set())


def test_what_names_kinds_elsewhere_names_kinds_of_the_table() -> None:
    assert set(get_args(Covering)) <= set(kinds.words())
    assert set(InOrder.model_fields) <= set(kinds.words())


def test_a_kind_that_nobody_knows_is_no_kind() -> None:
    assert kinds.of("script").model is model.Script
    with pytest.raises(KeyError):
        kinds.of("skript")


# --- one kind more --------------------------------------------------------------------------------


class Song(Entity):
    """A song."""

    kind: ClassVar[str] = "song"

    name: Name
    """What it is called."""
    whom: OneOrMore[Selector] = ()
    """For whom it is sung."""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    line = kinds.Kind("song", Song, ("songs.yml",), many=True, selects=("whom",))
    monkeypatch.setattr(kinds, "KINDS", (*kinds.KINDS, line))
    shutil.copytree(SMALL, tmp_path / "p")
    (tmp_path / "p" / "playbook_data" / "songs.yml").write_text(
        "morning: {name: 早安, whom: tier/gold}\n", encoding="utf-8"
    )
    return tmp_path / "p"


def test_one_line_more_and_a_kind_is_read_selected_and_referred_to(project: Path) -> None:
    leave = project / "playbook_data" / "checklists" / "leave.yml"
    text = leave.read_text(encoding="utf-8")
    leave.write_text(text.replace("see: script:leaving", "see: song:morning"), encoding="utf-8")
    playbook, problems = load(project)
    assert problems == ()
    song = playbook.find("song", "morning")
    assert isinstance(song, Song)
    assert [str(s) for s in selectors_of(song)] == ["tier/gold"]
    assert song in [applies.entity for applies in applies_to(playbook, ("tier", "gold"))]
    assert "song:morning" in playbook.used
    assert not [p for p in check(playbook) if p.severity == "error"]


def test_one_line_more_and_slips_about_the_kind_are_told(project: Path) -> None:
    data = project / "playbook_data"
    leave = data / "checklists" / "leave.yml"
    text = leave.read_text(encoding="utf-8")
    leave.write_text(text.replace("see: script:leaving", "see: sonk:morning"), encoding="utf-8")
    (data / "songs.yml").rename(data / "song.yml")
    told = report(problems_of(project), ENGLISH)
    assert "There is no kind “sonk”." in told
    assert "Did you mean “song”?" in told
    assert "Did you mean “songs.yml”?" in told


def test_without_the_line_the_same_file_is_not_read(project: Path) -> None:
    kinds_without = tuple(kind for kind in kinds.KINDS if kind.name != "song")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kinds, "KINDS", kinds_without)
        assert "Nothing reads “songs.yml”." in report(problems_of(project), ENGLISH)


# --- the word before the colon --------------------------------------------------------------------


@pytest.mark.parametrize("broken", [False, True])
def test_an_unknown_kind_is_told_wherever_it_stands(tmp_path: Path, broken: bool) -> None:
    project = tmp_path / "p"
    shutil.copytree(SMALL, project)
    data = project / "playbook_data"
    (data / "retired.yml").write_text("skript:old: script:leaving\nscript:older: kase:x\n", "utf-8")
    (data / "sources").mkdir(exist_ok=True)
    (data / "sources" / "s.yml").write_text(
        "id: s\ntitle: 来源\nfacts:\n  a: {text: 见【rolle:rep】, use: adopted, in: gide:x}\n",
        "utf-8",
    )
    content = project / "content" / "more.md"
    content.write_text("# 更多\n\n见【chekclist:leave】。\n", encoding="utf-8")
    if broken:
        (data / "roles.yml").write_text("rep: {naem: 市场经理}\n", encoding="utf-8")
    problems = [p for p in problems_of(project) if p.code == "bad-reference"]
    assert [(str(p.at.file), p.at.line, p.at.column) for p in problems] == [
        ("content/more.md", 3, 2),
        ("playbook_data/retired.yml", 1, 1),
        ("playbook_data/retired.yml", 2, 15),
        ("playbook_data/sources/s.yml", 4, 14),
        ("playbook_data/sources/s.yml", 4, 45),
    ]
    told = report(tuple(problems), ENGLISH)
    for wrong in ("chekclist", "skript", "kase", "rolle", "gide"):
        assert told.count(f"There is no kind “{wrong}”.") == 1
    assert told.count("Did you mean") == 5
    assert not [p for p in problems_of(project) if p.code == "unknown-reference" and not broken]


def test_a_type_of_one_record_is_that_record() -> None:
    assert fit.record_types(model.Script) == (model.Script,)
    assert kinds.of("matrix").records == (model.EntitlementMatrix, model.TextMatrix)


@pytest.mark.parametrize(
    ("word", "kind"),
    [("move", "transition"), ("moves", "transition"), ("升降", "transition"), ("scripts", "script"),
     ("SCRIPT", "script"), ("话术", "script"), ("parameters", "param"), ("参数", "param"),
     ("parameter", "param"), ("rhythms", "rhythm"), ("节奏", "rhythm"), ("tiers", "scheme"),
     ("customer_types", "scheme"), ("城市", "overlay"), ("cities", "overlay"),
     ("matrices", "matrix"),
     ("待遇表", "matrix"), ("待遇", "measure"), ("glossary", "term"), ("roles", "role"),
     ("chekclist", "checklist"), ("qwxz", None)],
)  # fmt: skip
def test_other_names_of_a_kind_are_known(word: str, kind: str | None) -> None:
    assert kinds.meant(word) == kind
