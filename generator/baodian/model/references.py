"""What names something else: references, classes, and for whom something holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar, Self

from baodian.model.fields import Bad, Field, Forms
from baodian.model.ids import ID
from baodian.said.messages import msg
from baodian.source import Scalar

_REFERENCE = r"^\s*[a-z-]+[:：][^\s/#]+(/[^\s/#]+)?(#.+)?\s*$"
_TERM = r"[a-z0-9-]+/(\*|[a-z0-9-]+(\.\.[a-z0-9-]+)?)"
_PART = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*")


class Ref(Field):
    """A reference `kind:id` or `kind:id#part`; a class is `class:scheme/class`."""

    forms: ClassVar[Forms] = ("script:says-will-stop", "guide:gifts#limits", "class:activity/loyal")
    pattern = _REFERENCE

    kind: str
    id: str
    part: str | None

    @classmethod
    def read(cls, scalar: Scalar) -> Self:
        """Return the reference. Raises `Bad` unless it has the form `kind:id`."""
        ref = cls.of(scalar)
        ref.kind, ref.id, ref.part = split_reference(scalar)
        return ref

    @property
    def entity(self) -> str:
        """Return `kind:id` without the part."""
        return f"{self.kind}:{self.id}"


def split_reference(text: str) -> tuple[str, str, str | None]:
    """Return (kind, id, part) of `kind:id#part`. Raises `Bad` when it has another form.

    Whether there is such a kind is not asked here: `checks` ask it of the table of kinds.
    """
    match = re.fullmatch(r"([a-z-]+|[\u4e00-\u9fff]{1,6})[:：]([^#]+)(?:#(.+))?", text.strip())
    if not match:
        raise Bad(
            "bad-reference",
            msg("“{text}” is no reference.", text=text[:60]),
            msg("Write kind:id, such as “script:says-will-stop”."),
        )
    kind, id_, part = match.group(1), match.group(2), match.group(3)
    pattern = r"[^\s/]+/[^\s/]+" if kind == "class" else r"[^\s/]+"
    if not re.fullmatch(pattern, id_) or (part is not None and not _PART.fullmatch(part)):
        raise Bad(
            "bad-reference",
            msg("“{text}” is no reference.", text=text[:60]),
            msg("A class is written “class:scheme/class”, a part “kind:id#part”."),
        )
    return kind, id_, part


class ClassRef(Field):
    """A class as `scheme/class`."""

    forms: ClassVar[Forms] = ("activity/loyal",)
    pattern = rf"^\s*{ID.pattern}/{ID.pattern}\s*$"

    scheme: str
    name: str

    @classmethod
    def read(cls, scalar: Scalar) -> Self:
        """Return the class. Raises `Bad` unless it is written `scheme/class`."""
        scheme, slash, name = scalar.strip().partition("/")
        if not slash or not ID.fullmatch(scheme) or not ID.fullmatch(name):
            raise Bad(
                "bad-selector",
                msg("“{text}” is no class.", text=scalar[:60]),
                msg("Write scheme/class, such as “activity/loyal”."),
            )
        class_ = cls.of(scalar)
        class_.scheme, class_.name = scheme, name
        return class_


@dataclass(frozen=True)
class Term:
    """Classes of one scheme: one (`low` = `high`), a range, or all (both None)."""

    scheme: str
    low: str | None
    high: str | None


class Selector(Field):
    """For whom something holds: `everyone`, or terms joined by ` + ` that must all hold."""

    forms: ClassVar[Forms] = (
        "tier/gold",
        "tier/*",
        "tier/silver..gold",
        "tier/gold + line/truck",
        "everyone",
    )
    pattern = rf"^\s*(everyone|{_TERM}(\s*[+＋]\s*{_TERM})*)\s*$"

    terms: tuple[Term, ...]
    EVERYONE: ClassVar[str] = "everyone"

    @property
    def everyone(self) -> bool:
        """Say whether it selects every class."""
        return not self.terms

    @classmethod
    def read(cls, scalar: Scalar) -> Self:
        """Return the selector. Raises `Bad` with the forms that exist."""
        selector = cls.of(scalar)
        selector.terms = ()
        if scalar.strip() == cls.EVERYONE:
            return selector
        terms: list[Term] = []
        for piece in re.split(r"\s*[+＋]\s*", scalar.strip()):
            match = re.fullmatch(r"([a-z0-9-]+)/(?:(\*)|([a-z0-9-]+)(?:\.\.([a-z0-9-]+))?)", piece)
            if not match:
                raise Bad(
                    "bad-selector",
                    msg("“{text}” does not say for whom.", text=scalar[:80]),
                    msg(
                        "Write it like one of these: {forms}; “ + ” joins what must hold together.",
                        forms=cls.forms,
                    ),
                )
            scheme, star, low, high = match.groups()
            terms.append(Term(scheme, None, None) if star else Term(scheme, low, high or low))
        selector.terms = tuple(terms)
        return selector


class Target(Field):
    """Where a move ends: a class, or `end` when what the scheme judged is over."""

    forms: ClassVar[Forms] = ("activity/loyal", "end")
    pattern = rf"^\s*(end|{ID.pattern}/{ID.pattern})\s*$"

    scheme: str
    name: str

    @property
    def ends(self) -> bool:
        """Say whether the move closes what the scheme judges."""
        return not self.scheme

    @classmethod
    def read(cls, scalar: Scalar) -> Self:
        """Return the class or the end. Raises `Bad` unless it is one of them."""
        target = cls.of(scalar, scalar.strip())
        if target == "end":
            target.scheme = target.name = ""
            return target
        try:
            class_ = ClassRef.read(scalar)
        except Bad as bad:
            hint = msg("Write it like one of these: {forms}.", forms=cls.forms)
            raise Bad(bad.code, bad.message, hint) from None
        target.scheme, target.name = class_.scheme, class_.name
        return target
