"""Every kind of thing that `playbook_data/` holds, told once: a line a kind.

What else there is to say of a kind in data is read from here when it is asked for. Nobody keeps a
copy, so that a kind more is one line more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from baodian.model import coverage, customers, fit, given, methods, paths, plans, records, talk
from baodian.model.entity import Entity, Record
from baodian.model.fields import Field
from baodian.model.ids import Id
from baodian.model.references import Ref
from baodian.text.nearest import nearest

Accepts = Any  # what a `TypeAdapter` takes: a record or a union of records


@dataclass(frozen=True)
class Kind:
    """A kind: its word, its model, where it stands, how its ids are written, whom it selects."""

    name: str
    """The word before the colon of a reference."""
    model: Accepts
    """The record, or union of records, that one of it is."""
    places: tuple[str, ...] = ()
    """Folders (`scripts/`) or files (`roles.yml`) below `playbook_data/`; `guides/…/` are the
    folders in `guides/`. A kind that stands inside another has none."""
    many: bool = False
    """Whether a file holds a map of id → thing, instead of one thing. Such files may be parted:
    what stands in `roles.yml` may as well stand in `roles/*.yml`, and the other way round."""
    within: tuple[str, str] = ("", "")
    """The kind that it stands inside, and the key there that holds its map of id → thing."""
    id_key: str = "id"
    """The key that holds the id of a thing that has a file to itself."""
    selects: tuple[str, ...] = ()
    """The fields that say for which classes it is; `rows.whom`: `whom` of each of `rows`."""
    ids: type[Field] | None = None
    """What its ids are, where its model does not say so."""
    linked: bool = True
    """Whether a reference can name it."""
    also: str = ""
    """What else it is called, by readers or in other tools: its word is offered for these."""

    @property
    def records(self) -> tuple[type[Record], ...]:
        """Return the records that one of it may be."""
        return fit.record_types(self.model)

    @property
    def is_entity(self) -> bool:
        """Say whether it has an id of its own, with all that entities have."""
        return bool(self.records) and all(issubclass(r, Entity) for r in self.records)


# Messages name kinds and places in this order, and the playbook holds its entities in it.
KINDS: tuple[Kind, ...] = (
    Kind(
        "scheme",
        customers.Scheme,
        ("customer_types/", "tiers/"),
        also="尺子 分法 ladder ruler tier",
    ),
    Kind("guide", methods.Guide, ("guides/",), selects=("for_",), also="方法 method"),
    Kind("matrix", given.Matrix, ("matrices/",), also="待遇表 entitlements"),
    Kind("script", talk.Script, ("scripts/",), selects=("for_",), also="话术 talk"),
    Kind("checklist", talk.Checklist, ("checklists/",), selects=("for_",), also="自查 清单 list"),
    Kind("moment", talk.Moment, ("moments/",), also="场景 场合"),
    Kind("case", talk.Case, ("cases/",), also="案例"),
    Kind("source", records.Source, ("sources/",), also="来源 出处"),
    Kind("change", records.Change, ("changes/",), also="变更 变动"),
    Kind("overlay", records.Overlay, ("overlays/",), also="城市 city cities"),
    Kind("measure-group", given.MeasureGroup, ("measures/",), many=True, ids=Id, linked=False),
    Kind(
        "measure",
        given.Measure,
        within=("measure-group", "measures"),
        also="待遇 措施 entitlement",
    ),
    Kind("table", methods.Table, ("tables/",), many=True, selects=("for_",), also="判断表 表"),
    Kind("plan", plans.Plan, ("plans/",), many=True, selects=("for_", "rows.whom"), also="计划"),
    Kind("path", paths.Path, ("onboarding/",), many=True, also="上手路径 路径"),
    Kind("rhythm", given.Rhythm, ("rhythms.yml",), many=True, selects=("whom",), also="节奏"),
    Kind("channel", records.Channel, ("channels.yml",), many=True, also="渠道"),
    Kind("transition", given.Transition, ("transitions.yml",), many=True, also="升降 move"),
    Kind("param", records.Param, ("parameters.yml",), many=True, also="参数"),
    Kind("role", records.Role, ("roles.yml",), many=True, also="岗位 角色"),
    Kind("term", records.Term, ("glossary.yml",), many=True, also="词语 名词"),
    Kind("escalation", records.Escalation, ("escalation.yml",), many=True, also="上报"),
    Kind("decision", records.Decision, ("decisions.yml",), many=True, also="决定"),
    Kind("reason", coverage.Reason, ("coverage.yml",), many=True, also="理由"),
    Kind("slot", records.SlotRecord, ("slots.yml",), many=True, also="填空"),
    Kind("retired", Ref, ("retired.yml",), many=True, ids=Ref, linked=False),
    # A class stands in its scheme; what has a place of its own is the advice for it.
    Kind("class", customers.ClassGuide, ("guides/…/",), id_key="class", also="类别 客户类别"),
)


def of(name: str) -> Kind:
    """Return a kind by its name. Raises `KeyError` if there is none."""
    for kind in KINDS:
        if kind.name == name:
            return kind
    raise KeyError(name)


def inside(kind: Kind) -> tuple[Kind, ...]:
    """Return the kinds that stand inside things of a kind."""
    return tuple(inner for inner in KINDS if inner.within[0] == kind.name)


def words() -> tuple[str, ...]:
    """Return the words that may stand before the colon of a reference.

    `page` is no kind: it names a shared page, see `playbook/places.py`.
    """
    return (*(kind.name for kind in KINDS if kind.linked), "page")


def meant(word: str, among: Iterable[str] | None = None) -> str | None:
    """Return the word before a colon that is meant by another, None if none is like it.

    Other names of a kind are known, and the folders and files that hold it, in the plural too.
    """
    choices = tuple(words() if among is None else among)
    called: dict[str, str] = {}
    for kind in (kind for kind in KINDS if kind.name in choices):
        stems = (place.strip("/").removesuffix(".yml").removesuffix("/…") for place in kind.places)
        for name in (*kind.also.split(), *stems):
            called.setdefault(name, kind.name)
    names = {name: name for name in choices} | {n: k for n, k in called.items() if n not in choices}
    names = {f"{n}s": k for n, k in names.items() if n.isascii()} | names
    near = nearest(word, names)
    return names[near] if near is not None else None


def places() -> dict[str, Kind]:
    """Return what stands at each place, by the place."""
    return {place: kind for kind in KINDS for place in kind.places}
