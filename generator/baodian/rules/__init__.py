"""Boxes over dimensions: prove that rules have no gap and no overlap, decide, explain, mend.

Dimensions and rules come in as plain values; proofs, decisions, proposals and a diagram that a
browser walks go out.
"""

from baodian.rules.bounds import Bound, bounds
from baodian.rules.boxes import Box, Dimension, Rule, Value
from baodian.rules.decisions import Decision, Ending, Reason, decide, endings
from baodian.rules.proofs import (
    Cell,
    Gap,
    Impossible,
    Overlap,
    cells,
    gaps,
    impossible,
    overlaps,
)
from baodian.rules.walks import Walk, walk
from baodian.rules.words import describe, described

__all__ = [
    "Bound", "Box", "Cell", "Decision", "Dimension", "Ending", "Gap", "Impossible", "Overlap",
    "Reason", "Rule", "Value", "Walk", "bounds", "cells", "decide", "describe", "described",
    "endings", "gaps", "impossible", "overlaps", "walk",
]  # fmt: skip
