"""The first words of a script: filled with what the reader keeps, copied with one tap."""

from __future__ import annotations

from collections.abc import Mapping

from baodian import page
from baodian.pages.ground import Ground
from baodian.pages.handed import SayData
from baodian.said.messages import Words


def of_gaps(t: Words) -> Mapping[str, str]:
    """Return the words for copying what has gaps, and for why one is not kept."""
    return {
        "copy": t("Copy"),
        "copied": t("Copied"),
        "copied_as": t("Copied, filled in: {values}"),
        "by_hand": t("Copying is not possible here by itself: press long on the selected text."),
        "personal": t("“{text}” looks like a phone or identity number: it is not kept."),
        "blocked": t("This browser keeps nothing here: what you fill in holds on this page only."),
        "full": t("The store of this browser is full: what you fill in holds on this page only."),
        "newer": t("A newer handbook filled these gaps. Load the page anew to use them."),
    }


def copied(ground: Ground, words: page.Say) -> page.Widget:
    """Return words with a button to copy them."""
    t = ground.t
    data: SayData = {
        "words": {
            **of_gaps(t),
            "copied_open": t("Copied, with {n} {n|gap|gaps} still open"),
        }
    }
    return page.Widget("say", data, (words,))
