"""The offline copy: the panel to work it, and how old a copy may be."""

from __future__ import annotations

from baodian import page
from baodian.pages.ground import Ground
from baodian.pages.handed import OfflineData

STALE_AFTER = "offline-max-age"  # the parameter: days after which a copy says how old it is
DEFAULT_DAYS = 30


def stale_after(ground: Ground) -> int:
    """Return after how many days a copy on a device says how old it is."""
    param = ground.playbook.params.get(STALE_AFTER)
    text = str(param.default) if param is not None else ""
    return int(text) if text.isdecimal() else DEFAULT_DAYS


def widget(ground: Ground) -> page.Widget:
    """Return the panel, for any page; without scripts it says what a reader can do."""
    t = ground.t
    said = t("A browser keeps the handbook on your device only when scripts are allowed.")
    return page.Widget("offline", _data(ground), (page.Paragraph(page.line(said)),))


def _data(ground: Ground) -> OfflineData:
    t = ground.t
    return {
        "words": {
            "keep": t("Keep it on this device ({size} MB)"),
            "go_on": t("Load it now"),
            "check": t("Look through it, and mend it"),
            "lasting": t("This browser has promised not to throw it away by itself."),
            "fleeting": t("This browser may throw it away when the device runs out of room."),
            "remove": t("Remove the offline copy"),
            "removed": t("The offline copy was removed."),
        }
    }
