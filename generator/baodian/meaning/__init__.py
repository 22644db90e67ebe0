"""What differs between two playbooks in meaning: who is touched by it, and how.

Two playbooks come in, changes as frozen values go out; wording, order and style of the files are
folded away. Every writer of differences stands on `diff`.
"""

from baodian.meaning.change import KINDS, Change, Kind, Quote
from baodian.meaning.differences import diff

__all__ = ["KINDS", "Change", "Kind", "Quote", "diff"]
