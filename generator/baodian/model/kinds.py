"""Every kind of thing that `playbook_data/` holds, told once: a line a kind.

What else there is to say of a kind in data is read from here when it is asked for. Nobody keeps a
copy, so that a kind more is one line more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from baodian.model import coverage, customers, fit, methods, paths, records, talk
from baodian.model.entity import Entity, Record
from baodian.model.fields import Field
from baodian.model.ids import Id
from baodian.model.references import Ref

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
    Kind("scheme", customers.Scheme, ("customer_types/", "tiers/")),
    Kind("guide", methods.Guide, ("guides/",), selects=("for_",)),
    Kind("matrix", customers.Matrix, ("matrices/",)),
    Kind("script", talk.Script, ("scripts/",), selects=("for_",)),
    Kind("checklist", talk.Checklist, ("checklists/",), selects=("for_",)),
    Kind("moment", talk.Moment, ("moments/",)),
    Kind("case", talk.Case, ("cases/",)),
    Kind("source", records.Source, ("sources/",)),
    Kind("change", records.Change, ("changes/",)),
    Kind("overlay", records.Overlay, ("overlays/",)),
    Kind("measure-group", customers.MeasureGroup, ("measures/",), many=True, ids=Id, linked=False),
    Kind("measure", customers.Measure, within=("measure-group", "measures")),
    Kind("table", methods.Table, ("tables/",), many=True, selects=("for_",)),
    Kind("plan", methods.Plan, ("plans/",), many=True, selects=("for_", "rows.whom")),
    Kind("path", paths.Path, ("onboarding/",), many=True),
    Kind("rhythm", customers.Rhythm, ("rhythms.yml",), many=True, selects=("whom",)),
    Kind("channel", records.Channel, ("channels.yml",), many=True),
    Kind("transition", customers.Transition, ("transitions.yml",), many=True),
    Kind("param", records.Param, ("parameters.yml",), many=True),
    Kind("role", records.Role, ("roles.yml",), many=True),
    Kind("term", records.Term, ("glossary.yml",), many=True),
    Kind("escalation", records.Escalation, ("escalation.yml",), many=True),
    Kind("decision", records.Decision, ("decisions.yml",), many=True),
    Kind("reason", coverage.Reason, ("coverage.yml",), many=True),
    Kind("slot", records.SlotRecord, ("slots.yml",), many=True),
    Kind("retired", Ref, ("retired.yml",), many=True, ids=Ref, linked=False),
    # A class stands in its scheme; what has a place of its own is the advice for it.
    Kind("class", customers.ClassGuide, ("guides/…/",), id_key="class"),
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


def places() -> dict[str, Kind]:
    """Return what stands at each place, by the place."""
    return {place: kind for kind in KINDS for place in kind.places}
