"""What is due today by the customer book of this device, for another page."""

from __future__ import annotations

from collections.abc import Iterator

from baodian import page
from baodian.pages.ground import Ground
from baodian.pages.handed import DueData
from baodian.pages.parts.places import BOOK, BOOK_ID
from baodian.playbook.places import places


def due(ground: Ground) -> Iterator[page.Widget]:
    """Yield the list, if there is a customer book; where nothing is due nothing is seen."""
    if BOOK_ID not in places(ground.playbook):
        return
    t = ground.t
    data: DueData = {
        "book": BOOK,
        "words": {
            "title": t("Due today: {n}", n="{n}"),
            "late": t("{n} {n|day|days} late"),
            "today": t("today"),
            "promise": t("Promised: {what}", what="{what}"),
            "say": t("What to say"),
            "say_to": t("What to say: {code}", code="{code}"),
            "tomorrow": t("Tomorrow {n}: {code} {what}", n="{n}", code="{code}", what="{what}"),
            "more": t("{n} more in the customer book", n="{n}"),
            "all": t("Open the customer book"),
            "made": t("As the customer book had it on {day}.", day="{day}"),
        },
    }
    yield page.Widget("due", data)
