"""Signs for which no font of a PDF has a glyph: found before typesetting, told where they stand."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from types import ModuleType
from typing import Any

from baodian.read import Read
from baodian.said.messages import msg
from baodian.said.problems import At, Problem

_UNSHOWN = re.compile(r"the text `?(\"(?:[^\"\\]|\\.)*\")")
_NOT_ALONE = ("Cf", "Cc", "Mn", "Me", "Zl", "Zp", "Zs")  # drawn with others, or not at all
MOST = 100


def unshown(message: str) -> str:
    """Return the sign that Typst says it has no glyph for, "" if it speaks of something else."""
    found = _UNSHOWN.search(message)
    return json.loads(found[1]) if found and "could not be displayed" in message else ""


def missing(typst: ModuleType, whole: object, families: list[str], options: Any) -> list[str]:  # noqa: ANN401
    """Return the signs of a document that no font can show, each once, at most `MOST`."""
    signs = {sign for text in _texts(whole) for sign in text}
    left = sorted(s for s in signs if s > "\u02ff" and unicodedata.category(s) not in _NOT_ALONE)
    gone: list[str] = []
    while left and len(gone) < MOST:
        files = {
            "main": b'#let doc = json("signs.json")\n#set text(font: doc.fonts)\n'
            b"#for sign in doc.signs [#box(sign) ]",
            "signs.json": json.dumps({"fonts": families, "signs": left}).encode(),
        }
        try:
            typst.compile(files, format="pdf", pdf_standards=["a-2b"], pdf_tags=False, **options)
        except typst.TypstError as error:
            sign = unshown(error.message)
            if sign not in left:
                raise
            gone.append(sign)
            left.remove(sign)
        else:
            break
    return gone


def problems(book: Read, signs: list[str]) -> Iterator[Problem]:
    """Yield a problem for every place where a sign was typed."""
    for sign in signs:
        message = msg("No font of this computer has the sign “{sign}” ({code}) for the PDF.",
                      sign=sign, code=" ".join(f"U+{ord(c):04X}" for c in sign))  # fmt: skip
        hint = msg("Write it in words, or install a font that has it, such as Noto Emoji.")
        places = book.typed(sign) or (At("playbook_data"),)
        yield from (Problem("lost-text", at, message, hint) for at in places)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)
