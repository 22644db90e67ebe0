"""Ids: what something is called for good, and of which kind it is when a field names it."""

from __future__ import annotations

import re
from typing import ClassVar, Self

from baodian.model.fields import Bad, Field, Forms
from baodian.said.messages import msg
from baodian.source import Scalar
from baodian.text.fold import spelled

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
RESERVED = frozenset(("con", "prn", "aux", "nul", "conin$", "conout$")) | {
    f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³"
}
"""Names that Windows keeps for itself, whatever ending follows; no file or folder can have them."""


class Id(Field):
    """An id: small letters, digits and hyphens. It never changes and is never used again.

    `kind` says what an id of its type names; it is empty where an id names what stands under it.
    """

    kind: ClassVar[str] = ""
    forms: ClassVar[Forms] = ("leave-shop", "b2")
    pattern = rf"^(?!(con|prn|aux|nul|com[0-9]|lpt[0-9])$){ID.pattern}$"
    longest = 64

    @classmethod
    def read(cls, scalar: Scalar) -> Self:
        """Return the id. Raises `Bad` with a repaired proposal where one is easy."""
        if ID.fullmatch(scalar):
            if len(scalar) > cls.longest:
                message = msg("An id has at most 64 characters.")
                hint = msg("Shorten it: “{guess}”.", guess=scalar[:40].rstrip("-"))
                raise Bad("bad-id", message, hint, cls.kind)
            if scalar in RESERVED:
                message = msg("Windows keeps the name “{name}” for itself.", name=str(scalar))
                hint = msg("Choose another, such as “{guess}”: no file can have this name there.",
                           guess=f"the-{scalar}")  # fmt: skip
                raise Bad("bad-id", message, hint, cls.kind)
            return cls.of(scalar)
        typed = spelled(scalar)
        bare = re.sub(r"^[a-z]+[:：]", "", typed)  # without the kind, as references have it
        guess = re.sub(r"[^a-z0-9]+", "-", bare).strip("-")
        hint = (
            msg("Write “{guess}”.", guess=guess)
            if guess and guess.isascii()
            else msg(
                "Write it in English or pinyin, such as “{form}”. To mention what exists already,"
                " write its id instead of its name.",
                form=cls.forms[0],
            )
        )
        raise Bad(
            "bad-id",
            msg(
                "“{text}” cannot be an id: small letters a–z, digits and hyphens.", text=scalar[:40]
            ),
            hint,
            cls.kind,
        )


class FactId(Field):
    """The id of a fact in a source, as the source's list gives it (S2.9-01)."""

    forms: ClassVar[Forms] = ("S2.9-01",)
    pattern = r"^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$"

    @classmethod
    def read(cls, scalar: Scalar) -> Self:
        """Return the id. Raises `Bad` for spaces or other signs."""
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9.-]{0,63}", scalar):
            raise Bad(
                "bad-id",
                msg("“{text}” cannot be a fact's id.", text=scalar[:40]),
                msg("Write letters, digits, dots and hyphens, such as “S2.9-01”."),
            )
        return cls.of(scalar)


# --- ids that name something, wherever it stands --------------------------------------------------


class CaseId(Id):
    """A case."""

    kind = "case"


class ChannelId(Id):
    """A channel."""

    kind = "channel"
    forms: ClassVar[Forms] = ("phone", "visit")


class ChecklistId(Id):
    """A self-check list."""

    kind = "checklist"


class EscalationId(Id):
    """A row of escalation.yml."""

    kind = "escalation"


class GuideId(Id):
    """A method."""

    kind = "guide"


class MeasureId(Id):
    """A measure."""

    kind = "measure"


class MomentId(Id):
    """A moment of work."""

    kind = "moment"


class RoleId(Id):
    """A role."""

    kind = "role"
    forms: ClassVar[Forms] = ("rep", "supervisor")


class SchemeId(Id):
    """A ruler."""

    kind = "scheme"
    forms: ClassVar[Forms] = ("activity", "closing")


class ScriptId(Id):
    """A script."""

    kind = "script"


class MeasureGroupId(Id):
    """A group of measures."""

    kind = "measures"


class SetterId(Id):
    """Who may set a value: `city`, `team`, `company` or a role."""

    kind = "setters"
    forms: ClassVar[Forms] = ("city", "team", "company")


class EventId(Id):
    """An event of playbook.yml."""

    kind = "events"
    forms: ClassVar[Forms] = ("month-end",)


class JudgedId(Id):
    """A kind of customer of playbook.yml."""

    kind = "kinds_of_customer"


class ScriptGroupId(Id):
    """A group of scripts of playbook.yml."""

    kind = "groups.script"


class ChecklistGroupId(Id):
    """A group of lists of playbook.yml."""

    kind = "groups.checklist"


class GuideGroupId(Id):
    """A group of methods of playbook.yml."""

    kind = "groups.guide"


# --- ids that mean something only beside what stands around them ----------------------------------


class ClassId(Id):
    """A class of the ruler that the record is about."""

    kind = "class"
    forms: ClassVar[Forms] = ("gold", "silver")


class DimensionId(Id):
    """A dimension that the entity itself asks."""

    kind = "dimension"
    forms: ClassVar[Forms] = ("trucks",)


class SignId(Id):
    """A sign of the ruler."""

    kind = "sign"


class TellId(Id):
    """An answer of the decision table."""

    kind = "tell"


class ElementId(Id):
    """An element of the guide that gives the columns."""

    kind = "element"


class KindId(Id):
    """A kind of entity, or `default`."""

    kind = "kind"
    forms: ClassVar[Forms] = ("script", "default")
