"""The models → JSON Schema for editors: what can be typed in each file, in the reader's language.

A table of kinds and a language go in; a schema a place comes out, and the files that let an editor
find them. Nothing is judged here: `check` does that, and says more.
"""

from baodian.schema.places import FOLDER, Place, files, places, wired
from baodian.schema.records import Schema

__all__ = ["FOLDER", "Place", "Schema", "files", "places", "wired"]
