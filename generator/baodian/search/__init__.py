"""What a reader can find: the written pages, block by block, as data for the browser's search.

A record is a block of text on the page where it is at home. The data comes in two stages: names,
headings and list items first, so that the first answer is quick, then every word. Both are classic
scripts that call `baodianSearch.load`, because nothing else loads from `file://`.
"""

from baodian.search.blocks import OFTEN, Article, Block, Index, index, read
from baodian.search.data import scripts, version
from baodian.search.sounds import fold, sounds, told

__all__ = [
    "OFTEN",
    "Article",
    "Block",
    "Index",
    "fold",
    "index",
    "read",
    "scripts",
    "sounds",
    "told",
    "version",
]
