"""What a device is told that puts the handbook on its home screen: its name, icons and first page.

All addresses in it are relative, so it holds under any path; `verify` looks whether they are there.
"""

from __future__ import annotations

import json
import struct
from pathlib import Path

from baodian.page import Site

FILE = "manifest.json"
HOME = "index.html"
ICONS = ("icons/192.png", "icons/512.png")
PAPER = "#f6f5f1"  # as `--bd-paper` of theme/css/tokens.css


def manifest(site: Site, folder: Path) -> str:
    """Return the manifest of a site; the icons stand in its folder, and say their size."""
    told = {
        "name": site.name,
        "short_name": site.name[:12],
        "lang": site.language,
        "start_url": HOME,
        "scope": "./",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": [
            {"src": name, "type": "image/png", "sizes": _size(folder / name)}
            for name in ICONS
            if (folder / name).is_file()
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def addresses(text: str) -> tuple[str, ...]:
    """Return what a manifest names."""
    told = json.loads(text)
    return (told["start_url"], *(icon["src"] for icon in told["icons"]))


def _size(file: Path) -> str:
    width, height = struct.unpack(">II", file.read_bytes()[16:24])  # of a PNG
    return f"{width}x{height}"
