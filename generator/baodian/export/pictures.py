"""Pictures of hand-written pages in a PDF: brought to where Typst reads, or told by name."""

from __future__ import annotations

import shutil
from pathlib import Path, PurePosixPath
from types import ModuleType
from typing import Any

from baodian.said.messages import msg
from baodian.said.problems import At, PlaybookError, Problem


def bring(typst: ModuleType, project: Path, whole: object, folder: Path, options: Any) -> None:  # noqa: ANN401
    """Copy the pictures that a document names into a folder, under names that it has for them now.

    Raises `PlaybookError` for those that cannot be set.
    """
    names: dict[str, str] = {}
    problems: list[Problem] = []
    for node in _pictures(whole):
        path = str(node["src"])
        if path not in names:
            names[path] = f"picture-{len(names)}{PurePosixPath(path).suffix.lower()}"
            try:
                shutil.copyfile(project / "content" / path, folder / names[path])
                _try(typst, names[path], options)
            except (OSError, typst.TypstError) as error:
                reason = getattr(error, "message", None) or getattr(error, "strerror", "")
                message = msg("This picture cannot stand in the PDF: {reason}.", reason=str(reason))
                hint = msg("Save it anew as PNG or JPEG, under the same name.")
                problems.append(Problem("unreadable", At(f"content/{path}"), message, hint))
        node["src"] = names[path]
    if problems:
        raise PlaybookError(problems)


def _try(typst: ModuleType, name: str, options: Any) -> None:  # noqa: ANN401
    """Set a picture alone; raises `TypstError` if that fails."""
    main = f'#set page(width: auto, height: auto)\n#image("{name}", width: 10mm)'.encode()
    typst.compile({"main": main}, format="pdf", pdf_standards=["a-2b"], pdf_tags=False, **options)


def _pictures(value: object) -> list[dict[str, object]]:
    """Return the elements of a document that are pictures."""
    found: list[dict[str, object]] = []
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            if one.get("tag") == "img" and "src" in one:
                found.append(one)
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
    return found
