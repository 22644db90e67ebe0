"""A shop as seen from the street, in a few lines, with numbers where to look.

Each place has a room for its numbers; several of one place share it, so that each has as much to
tap on as can be. Sizes are CSS pixels, as in `writers/forms.py`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from baodian.model.talk import Place
from baodian.page import Shop, Spot
from baodian.writers.forms import NARROW, Drawing, Line, Pin, Words

HEIGHT, GROUND, NAMES = 176.0, 152.0, 170.0  # of the drawing; where the shop stands; below it

ROOMS: dict[Place, tuple[float, float, float, float]] = {
    "street": (6, 68, 56, 52), "door": (72, 80, 50, 66), "wall": (126, 40, 50, 50),
    "counter": (126, 107, 50, 50), "shelf": (182, 104, 50, 50), "bay": (240, 102, 76, 50),
}  # fmt: skip
"""Where the numbers of a place stand: from the left, from the top, width and height."""

_LINES = "".join((
    f"M0 {GROUND:g}h328",
    "M70 152V30h252v122M64 30V4h264v26z",  # walls, and the board above
    "M80 152V74h34v78M108 112v5",  # door
    "M120 152V44h116v108",  # window
    "M126 50h26v34h-26zM131 58h16M131 65h16M131 72h9",  # poster
    "M122 118h54M126 118v34M172 118v34",  # counter
    "M184 152V54h44v98M184 80h44M184 106h44",  # shelves
    "M189 80V67h8v13M202 80V67h8v13M215 80V67h8v13M189 106V93h8v13M202 106V93h8v13",
    "M242 152V44h72v108M242 54h72",  # bay
    "M250 94v-7q0-3 3-3l8-2 6-9h18l8 9 8 2q4 1 4 4v6zM246 98h64M252 152V98M304 152V98",
    "M8 142v-8q0-4 4-4l8-2 6-8h16l7 8 7 2q4 1 4 4v8z",  # a car in the street
    "M14 142a6 6 0 0 0 12 0M43 142a6 6 0 0 0 12 0",
))  # fmt: skip


def drawn(shop: Shop) -> Drawing:
    """Return the shop with its numbers and the names of their places, for phones and all else."""
    words = tuple(_named(place, name) for place, name in shop.names)
    pins = tuple(pin for place, _ in shop.names for pin in _pins(shop, place))
    return Drawing("both", NARROW, HEIGHT, (), (Line(_LINES, ""),), words=words, pins=pins)


def _named(place: Place, name: str) -> Words:
    """Return the name of a place, in the line below the shop; of the wall below its numbers."""
    x, y, width, height = ROOMS[place]
    return Words(x + width / 2, y + height + 14 if place == "wall" else NAMES, name, "note")


def _pins(shop: Shop, place: Place) -> Iterator[Pin]:
    """Yield the numbers of a place; each has an equal share of its room to tap on."""
    spots: list[Spot] = [spot for spot in shop.spots if spot.place == place]
    left, top, width, height = ROOMS[place]
    many = len(spots)
    columns = max(range(1, many + 1), key=lambda n: min(width / n, height / math.ceil(many / n)))
    rows = math.ceil(many / columns)
    wide, high = width / columns, height / rows
    for n, spot in enumerate(spots):
        y, x = divmod(n, columns)
        yield Pin(
            left + (x + 0.5) * wide, top + (y + 0.5) * high, spot.number, spot.href,
            f"{spot.number} {spot.label}", wide, high,
        )  # fmt: skip
