"""Every value of a record, and by which path one comes to it."""

from __future__ import annotations

from collections.abc import Iterator

from baodian.model.entity import Record
from baodian.model.fields import Field

Path = tuple[str, ...]
"""Names of fields, keys of maps, and of lists the ids of items, or positions where they have none.

In a playbook without problems no two values of a record have the same path.
"""

KEY = "#key"
"""What ends the path of a map's key, to tell it from the value under it."""


def leaves(record: object, path: Path = ()) -> Iterator[tuple[Path, Field]]:
    """Yield every value that was written in a record, with its path; no default was written."""
    if isinstance(record, Field):
        yield path, record
    elif isinstance(record, Record):
        for name in type(record).model_fields:
            if name in record.model_fields_set:
                yield from leaves(getattr(record, name), (*path, name))
    elif isinstance(record, dict):
        for key, value in record.items():
            yield from leaves(key, (*path, str(key), KEY))
            yield from leaves(value, (*path, str(key)))
    elif isinstance(record, tuple):
        for position, item in enumerate(record):
            id_ = item.id_in_list if isinstance(item, Record) else ""
            yield from leaves(item, (*path, id_ or str(position)))
