"""Which day an edition is of."""

from __future__ import annotations

import datetime
import os
from collections.abc import Mapping


def today_of(
    asked: datetime.date | None, environment: Mapping[str, str] | None = None
) -> datetime.date:
    """Return the day of an edition: the one asked for, else SOURCE_DATE_EPOCH, else the clock.

    Raises `ValueError`, `OverflowError` or `OSError` if SOURCE_DATE_EPOCH is no number of seconds,
    even if it does not count here: an engine reads it too. An empty one is none.
    """
    env = os.environ if environment is None else environment
    day = datetime.date.today()
    if seconds := env.get("SOURCE_DATE_EPOCH", "").strip():
        day = datetime.datetime.fromtimestamp(int(seconds), datetime.UTC).date()
    return day if asked is None else asked
