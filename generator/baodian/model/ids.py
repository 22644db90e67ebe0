"""Ids: what something is called for good, and of which kind it is when a field names it."""

from __future__ import annotations

import re
from typing import Self

from baodian.model.fields import Bad, Field
from baodian.said.messages import msg
from baodian.source import Scalar

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class Id(Field):
    """An id: small letters, digits and hyphens. It never changes and is never used again."""

    @classmethod
    def read(cls, scalar: Scalar) -> Self:
        """Return the id. Raises `Bad` with a repaired proposal where one is easy."""
        if ID.fullmatch(scalar):
            if len(scalar) > 64:
                raise Bad("bad-id", msg("An id has at most 64 characters."), msg("Shorten it."))
            return cls.of(scalar)
        bare = re.sub(r"^[a-z]+[:：]", "", scalar.lower())  # the kind, as references have it
        guess = re.sub(r"[^a-z0-9]+", "-", bare).strip("-")
        hint = (
            msg("Write “{guess}”.", guess=guess)
            if guess and guess.isascii()
            else msg(
                "Write it in English or pinyin. To mention what exists already,"
                " write its id instead of its name."
            )
        )
        raise Bad(
            "bad-id",
            msg(
                "“{text}” cannot be an id: small letters a–z, digits and hyphens.", text=scalar[:40]
            ),
            hint,
        )


class FactId(Field):
    """The id of a fact in a source, as the source's list gives it (S2.9-01)."""

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
