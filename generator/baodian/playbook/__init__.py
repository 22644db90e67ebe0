"""The playbook as a whole: look-up, back-links, what applies to a class and why, what is covered.

Entities come in; answers go out. Nothing here knows how a page looks.
"""

from baodian.playbook.applying import Applies, among, applies_to, explain, selectors_of
from baodian.playbook.edition import Edition, published, seen_by
from baodian.playbook.playbook import (
    Cited,
    Class,
    Playbook,
    Why,
)
from baodian.playbook.uses import Use

__all__ = [
    "Applies", "Cited", "Class", "Edition", "Playbook", "Use", "Why", "among",
    "applies_to", "explain", "published", "seen_by", "selectors_of",
]  # fmt: skip
