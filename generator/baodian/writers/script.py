"""Data as a script for browsers, which open no data from a folder."""

from __future__ import annotations

import json


def said(data: object) -> str:
    """Return data as JSON that can stand in a script and in any encoding of line ends."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("</", "<\\/")
