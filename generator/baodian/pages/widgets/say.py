"""The first words of a script: filled with what the reader keeps, copied with one tap."""

from __future__ import annotations

from baodian import page
from baodian.pages.ground import Ground
from baodian.pages.handed import SayData


def copied(ground: Ground, words: page.Say) -> page.Widget:
    """Return words with a button to copy them."""
    t = ground.t
    data: SayData = {
        "words": {
            "copy": t("Copy"),
            "copied": t("Copied"),
            "copied_as": t("Copied, filled in: {values}"),
            "personal": t("“{text}” looks like a phone or identity number: it is not kept."),
            "copied_open": t("Copied, with {n} {n|gap|gaps} still open"),
            "by_hand": t(
                "Copying is not possible here by itself: press long on the selected text."
            ),
        }
    }
    return page.Widget("say", data, (words,))
