"""The moments of the first page: those of this hour first, the others behind one line."""

from __future__ import annotations

from collections.abc import Sequence

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


def hour(ground: Ground, moments: Sequence[model.Moment], icon: str) -> page.Widget:
    """Return all moments as cards, of which the clock chooses five; `icon` is of the rest."""
    t = ground.t
    data: HourData = {
        "moments": [([str(word) for word in m.comes_up], m.urgent is not None) for m in moments],
        "words": {"more": t("{n} more {n|moment|moments}"), "rest": t("Other moments")},
    }
    return page.Widget(
        "hour", data, (page.Cards(tuple(_card(ground, m, icon) for m in moments), small=True),)
    )


def _card(ground: Ground, moment: model.Moment, icon: str) -> page.Card:
    urgent = moment.urgent.word if moment.urgent else ""
    hour = moment.comes_up[-1].word if moment.comes_up else ""
    return page.Card(
        moment.label,
        ground.address(moment),
        ground.inline(moment.when),
        icon=SIGNS.get(urgent) or HOURS.get(hour, icon),
        urgent=urgent,
    )
