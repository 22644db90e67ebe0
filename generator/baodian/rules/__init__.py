"""Boxes over dimensions: prove that rules have no gap and no overlap, decide, explain, mend.

Dimensions and rules come in as plain values; proofs, decisions and proposals go out.
"""

from baodian.rules.rules import (
    Box,
    Cell,
    Decision,
    Dimension,
    Gap,
    Impossible,
    Overlap,
    Reason,
    Rule,
    Value,
    cells,
    decide,
    describe,
    described,
    gaps,
    impossible,
    overlaps,
)

__all__ = [
    "Box", "Cell", "Decision", "Dimension", "Gap", "Impossible", "Overlap", "Reason", "Rule",
    "Value", "cells", "decide", "describe", "described", "gaps", "impossible", "overlaps",
]  # fmt: skip
