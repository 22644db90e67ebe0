"""Writing back: edits as values → the same YAML text, spliced at the marks of the nodes.

Nothing is dumped. What an edit does not name keeps every byte; what comes out is read again with
our own reader and compared with what is expected, before anybody may write it (`splice.py`).
`files.py` then writes several files, all or none.
"""

from baodian.editing.edits import (
    Data,
    Delete,
    Edit,
    Insert,
    NoSuchPlaceError,
    Path,
    RenameKey,
    Replace,
    as_data,
)
from baodian.editing.splice import spliced, spliced_bytes
from baodian.editing.written import CannotWriteError

__all__ = [
    "CannotWriteError",
    "Data",
    "Delete",
    "Edit",
    "Insert",
    "NoSuchPlaceError",
    "Path",
    "RenameKey",
    "Replace",
    "as_data",
    "spliced",
    "spliced_bytes",
]
