"""The folders → a shelf: every tree by kind and id, each value still at its file and line.

Files come in; a `Shelf` goes out, with what is wrong with the files, where they stand and which ids
are given twice. Nothing is validated yet: what holds on a day and in a city is merged into the
trees first, as an `Edition` of the shelf.
"""

from baodian.trees.editions import Almanac, Edition
from baodian.trees.files import (
    DATA,
    STAND_IN,
    Content,
    File,
    Texts,
    content,
    engine,
    files,
    stands_in,
)
from baodian.trees.layers import CITY, Step
from baodian.trees.nodes import merge
from baodian.trees.shelf import Key, Shelf, Split, Tree, shelved
from baodian.trees.standing import Absent, Done
from baodian.trees.unfolded import latest_first, unfolded

__all__ = [
    "CITY", "DATA", "STAND_IN", "Absent", "Almanac", "Content", "Done", "Edition", "File", "Key",
    "Shelf", "Split", "Step", "Texts", "Tree", "content", "engine", "files", "latest_first",
    "merge", "shelved", "stands_in", "unfolded",
]  # fmt: skip
