"""What a reader can find: the written pages, block by block, as data for the browser's search.

A record is a block of text on the page where it is at home. The data comes in two stages: names,
headings and list items first, so that the first answer is quick, then every word. Both are classic
scripts that call `baodianSearch.load`, because nothing else loads from `file://`.
"""

from baodian.text.fold import fold
from baodian.text.sounds import sounds, told
from baodian.writers.search.blocks import OFTEN, Block, Index, Texts, index
from baodian.writers.search.data import scripts

__all__ = [
    "OFTEN",
    "Block",
    "Index",
    "Texts",
    "fold",
    "index",
    "scripts",
    "sounds",
    "told",
]
