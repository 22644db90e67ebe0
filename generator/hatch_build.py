"""Compiles the message catalogues, so that every install, editable or not, speaks its languages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LOCALE = Path(__file__).parent / "baodian" / "locale"


def compile_catalogues(folder: Path) -> None:
    """Write a `.mo` beside every `.po` below `folder`."""
    for source in sorted(folder.rglob("*.po")):
        with source.open(encoding="utf-8") as text:
            catalogue = read_po(text, locale=source.parents[1].name)
        with source.with_suffix(".mo").open("wb") as compiled:
            write_mo(compiled, catalogue)


class CatalogueHook(BuildHookInterface):  # type: ignore[type-arg]
    """Runs before a wheel or an editable install is made."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile; the wheel takes the results as artifacts."""
        compile_catalogues(LOCALE)


if __name__ == "__main__":
    compile_catalogues(LOCALE)
