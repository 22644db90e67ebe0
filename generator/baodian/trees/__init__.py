"""The folders → a shelf: every tree by kind and id, each value still at its file and line.

Files come in; a `Shelf` goes out, with what is wrong with the files, where they stand and which ids
are given twice. Nothing is validated yet: what holds on a day and in a city is merged into the
trees first, as an `Edition` of the shelf.
"""

from baodian.trees.editions import Absent, Done, Edition, edition, withdrawn
from baodian.trees.files import DATA, Content, File, content, engine, files
from baodian.trees.layers import CITY, Step, merge, steps, turns
from baodian.trees.shelf import Key, Shelf, Tree, shelved

__all__ = [
    "CITY", "DATA", "Absent", "Content", "Done", "Edition", "File", "Key", "Shelf", "Step", "Tree",
    "content", "edition", "engine", "files", "merge", "shelved", "steps", "turns", "withdrawn",
]  # fmt: skip
