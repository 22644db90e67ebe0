"""Days to know of as a calendar that phones and mail programs take (iCalendar, RFC 5545).

Each is an event of a whole day that takes no time from anybody. Its name (`UID`) stays the same in
later files, so a program that takes the file in again moves what it has instead of adding to it.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from baodian.page import Dated, Site
from baodian.writers.feed import named

FILE = "changes.ics"
_WIDTH = 75  # octets of a line, RFC 5545, 3.1
_BREAKS = re.compile("\r\n?|[\n\v\f\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")


def calendar(site: Site, today: datetime.date) -> str:
    """Return the calendar of a site; `today` is the day of its edition."""
    stamp = f"{today:%Y%m%d}T000000Z"
    lines = (
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Baodian//Changes//EN",
        "CALSCALE:GREGORIAN", "METHOD:PUBLISH", f"X-WR-CALNAME:{_text(site.name)}",
        *(line for one in site.dates for line in _event(site, one, stamp)),
        "END:VCALENDAR",
    )  # fmt: skip
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _event(site: Site, one: Dated, stamp: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{named(site, one.name).removeprefix('urn:uuid:')}"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{one.day.replace('-', '')}"
    yield f"SUMMARY:{_text(one.title)}"
    if one.lines:
        yield f"DESCRIPTION:{_text(chr(10).join(one.lines))}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _text(text: str) -> str:
    """Return a text with the signs escaped that mean something in such a file (3.3.11)."""
    text = re.sub(r"[\\;,]", lambda sign: f"\\{sign[0]}", text)
    return _CONTROLS.sub("", _BREAKS.sub(r"\\n", text))


def _folded(line: str) -> str:
    """Return a line in pieces of at most 75 octets, no character torn."""
    pieces, size = [""], 0
    for sign in line:
        octets = len(sign.encode("utf-8", "replace"))
        if size + octets > _WIDTH:
            pieces.append("")
            size = 1  # the blank that says that it goes on
        pieces[-1] += sign
        size += octets
    return "\r\n ".join(pieces)
