"""What every entity has, and how a record knows the place it was written at."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Any, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, ModelWrapValidatorHandler, PrivateAttr, model_validator

from baodian.model.fields import Bad, Beside, Name, OneOf, OneOrMore, Prose, describe
from baodian.model.ids import Id, RoleId, SetterId
from baodian.model.quantities import Day, Quantity
from baodian.model.references import Ref
from baodian.said.messages import msg
from baodian.said.problems import At
from baodian.source import Mapping, Scalar

Part = tuple[str, At]
NOWHERE = At("")
Status = Literal["draft", "published"]
PUBLISHED = OneOf[Status]("published")
SETTERS = ("city", "team", "company")  # who may set a value, besides the roles


class Record(BaseModel):
    """A group of keys in YAML. Unknown keys are refused; it keeps its place."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        arbitrary_types_allowed=True,
        defer_build=True,
        alias_generator=lambda name: name.rstrip("_"),
    )
    _at: At = PrivateAttr(default_factory=lambda: NOWHERE)

    @model_validator(mode="wrap")
    @classmethod
    def _keep_place(cls, value: Any, handler: ModelWrapValidatorHandler[Any]) -> Any:  # noqa: ANN401
        if isinstance(value, cls):
            return value
        if not isinstance(value, Mapping):
            empty = isinstance(value, Scalar) and not value.strip()
            raise Bad(
                "wrong-type",
                msg("A group of keys is missing here.")
                if empty
                else msg("A group of keys is wanted here, not {found}.", found=describe(value)),
                msg("Possible keys: {keys}.", keys=keys)
                if (keys := _own_keys_first(cls))
                else msg("Write lines of the form “key: value” below it, indented by two spaces."),
            )
        value.known = _own_keys_first(cls)
        record = handler(value)
        record._at = value.at
        return record

    @property
    def at(self) -> At:
        """Return the place of the record in its file."""
        return self._at

    @property
    def id_in_list(self) -> str:
        """Return the id that tells the record from others of its list, "" if it has none."""
        return str(getattr(self, "id", ""))


def keys_of(model: type[BaseModel]) -> list[str]:
    """Return the YAML keys of a record, in the order of the model."""
    return [field.alias or name for name, field in model.model_fields.items()]


def _own_keys_first(model: type[BaseModel]) -> tuple[str, ...]:
    """Return the keys of a record as messages name them: what every entity has comes last."""
    common = set(keys_of(Entity)) - {"id"}
    return tuple(sorted(keys_of(model), key=lambda key: key in common))


class Kept(Record):
    """Something that somebody answers for, and reads again from time to time."""

    status: OneOf[Status] = PUBLISHED
    """`draft`: shown by `serve` and marked, never published."""
    owner: Name | None = None
    """Who answers for it; without it the owner of the playbook."""
    reviewed: Day | None = None
    """The day somebody last read it and found it right."""
    freshness: Quantity | None = None
    """After how many days it is read again; without it what `playbook.yml` says."""

    @property
    def draft(self) -> bool:
        """Say whether it is not to be published yet."""
        return self.status == "draft"


class Entity(Kept):
    """Something with an id that can be linked to. `kind` is the word before the colon."""

    kind: ClassVar[str] = ""
    summed_up_in: ClassVar[str] = ""
    """The field that says in one sentence what it is for; "" if none does."""

    id: Id
    """The id: never changed, never used again."""
    effective_from: Day | None = None
    """The first day it holds."""
    effective_until: Day | None = None
    """The last day it holds."""
    audience: Beside[RoleId] = ()
    """The roles it is written for; without it, for all."""
    aliases: OneOrMore[Name] = ()
    """Other words that people search for."""
    set_by: Beside[SetterId] = ()
    """Who may set it: `city`, `team`, `company` or a role; without it, nobody but the owner."""

    @property
    def key(self) -> str:
        """Return `kind:id`."""
        return f"{self.kind}:{self.id}"

    @property
    def label(self) -> str:
        """Return the name that readers see."""
        for field in ("title", "name", "what"):
            value = getattr(self, field, None)
            if value:
                return str(value)
        return str(self.id)

    @property
    def summary(self) -> Prose | None:
        """Return in one sentence what it is for or about, beside its label; None if unsaid."""
        text: Prose | None = getattr(self, self.summed_up_in) if self.summed_up_in else None
        return text

    def parts(self) -> Iterator[Part]:
        """Yield the id and place of everything inside that can be linked to."""
        yield from ()

    def pruned(self, hidden: Container[str]) -> Self:
        """Return it without the parts that are nothing but the name of something hidden.

        `hidden` holds `kind:id`.
        """
        return self


class Line(Record):
    """A line of a list: its text, why it matters and where help is."""

    text: Prose
    """What the line says or asks."""
    why: Prose | None = None
    """Why, where it is not obvious."""
    see: Beside[Ref] = ()
    """What helps: a script, a method, a table."""


def written_kind(value: object) -> object:
    """Return the `kind` of a record as it is written, by which one of several models is chosen."""
    return value.get(Scalar("kind")) if isinstance(value, Mapping) else None
