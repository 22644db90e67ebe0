"""What changed in meaning since the reader's last visit, from what to what."""

from __future__ import annotations

from baodian import page
from baodian.pages.ground import Ground
from baodian.pages.handed import NewsData
from baodian.pages.parts.places import CHANGES


def news(ground: Ground, *, quiet: bool = False) -> page.Widget:
    """Return the list; with `quiet` there is nothing to be seen where nothing is new.

    Without scripts nobody knows of a last visit, so nothing is shown.
    """
    t = ground.t
    data: NewsData = {
        "quiet": quiet,
        "all": CHANGES,
        "words": {
            "title": t("Changed since my last visit"),
            "first": t("This is the first visit from this device; from now on changes are shown."),
            "none": t("Nothing has changed since {day}.", day="{day}"),
            "more": t("{n} more", n="{n}"),
            "on": t("On pages you keep: "),
            "all": t("All changes"),
            "failed": t("What changed could not be loaded."),
        },
    }
    return page.Widget("news", data)
