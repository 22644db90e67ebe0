"""The moments of the first page: what is urgent, those of this hour, the others behind a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from baodian import model, page
from baodian.pages.ground import Ground
from baodian.pages.handed import HourData

SIGNS = {
    "anger": "fire",
    "leaving": "exit-run",
    "benefit": "gift",
    "price": "currency-cny",
    "refusal": "hand-back-right",
}
"""The icon for what is urgent in a moment."""
HOURS = {
    "morning": "weather-sunset-up",
    "noon": "weather-sunny",
    "evening": "weather-sunset-down",
    "monday": "calendar-week",
    "weekend": "calendar-weekend",
    "month-end": "calendar-end",
}
"""The icon for when a moment comes up; of several hours the last counts."""


def hour(ground: Ground, moments: Sequence[model.Moment], icon: str) -> Iterator[page.Block]:
    """Yield what is urgent, at any hour, then the others, of which the clock chooses the first.

    `icon` is of what has no hour of its own.
    """
    t = ground.t
    urgent = tuple(_card(ground, m, icon) for m in moments if m.urgent)
    if urgent:
        yield page.Cards(urgent, small=True)
    others = [m for m in moments if not m.urgent]
    data: HourData = {
        "moments": [[str(word) for word in m.comes_up] for m in others],
        "words": {"more": t("{n} more {n|moment|moments}"), "rest": t("Other moments")},
    }
    cards = page.Cards(tuple(_card(ground, m, icon) for m in others), small=True)
    yield page.Widget("hour", data, (cards,))


def _card(ground: Ground, moment: model.Moment, icon: str) -> page.Card:
    urgent = moment.urgent.word if moment.urgent else ""
    hour = moment.comes_up[-1].word if moment.comes_up else ""
    return page.Card(
        moment.label,
        ground.address(moment),
        () if urgent else ground.inline(moment.when),
        icon=SIGNS.get(urgent) or HOURS.get(hour, icon),
        urgent=urgent,
    )
