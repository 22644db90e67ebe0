"""The playbook as a whole: look-up, back-links, what applies to a class and why, what is covered.

Entities come in; answers go out. Nothing here knows how a page looks.
"""

from baodian.playbook.edition import Edition, published, seen_by
from baodian.playbook.playbook import (
    CLASS_PARTS,
    Applies,
    Cited,
    Class,
    Playbook,
    Use,
    Why,
    leaves,
    references,
    selectors_of,
)

__all__ = [
    "CLASS_PARTS", "Applies", "Cited", "Class", "Edition", "Playbook", "Use", "Why", "leaves",
    "published", "references", "seen_by", "selectors_of",
]  # fmt: skip
