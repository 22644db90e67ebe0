"""The one Markdown of the handbook, for Markdown fields and for hand-written pages alike.

What is typed is shown: a sign is a mark only where it can be nothing else. `strict` says a text
again so that Python-Markdown reads it as it was meant; `html` makes a page of that.
"""

from baodian.text.dialect.blocks import MAX_DEPTH, Strict, strict
from baodian.text.dialect.html import (
    EXTENSIONS,
    FIELD,
    PAGE,
    Tags,
    cleaned,
    converted,
    lost,
    marked,
    title,
    visible,
)
from baodian.text.dialect.inline import literal
from baodian.text.dialect.words import Slip

__all__ = [
    "EXTENSIONS", "FIELD", "MAX_DEPTH", "PAGE", "Slip", "Strict", "Tags", "cleaned", "converted",
    "literal", "lost", "marked", "strict", "title",
    "visible",
]  # fmt: skip
