"""Where the sheet to act out a script stands."""

from __future__ import annotations

from baodian import model

KIND = "practice"
SHEET = f"{KIND}/{{id}}.html"


def address(script: model.Script) -> str:
    """Return where the sheet of a script stands, "" if nobody answers in it: it cannot be acted."""
    return SHEET.format(id=script.id) if script.answers else ""
