"""The folders → a shelf: every tree by kind and id, each value still at its file and line.

Files come in; a `Shelf` goes out, with what is wrong with the files, where they stand and which ids
are given twice. Nothing is validated yet, so that later layers can be merged into the trees first.
"""

from baodian.trees.files import DATA, File, content, engine, files
from baodian.trees.layers import Layer, merge, merged
from baodian.trees.shelf import Key, Shelf, Tree, shelved

__all__ = [
    "DATA", "File", "Key", "Layer", "Shelf", "Tree", "content", "engine", "files", "merge",
    "merged", "shelved",
]  # fmt: skip
