"""My handbook: what a reader pinned, saved, left open and looked at, and what has changed since."""

from __future__ import annotations

from collections.abc import Iterator

from baodian import page
from baodian.page import Page
from baodian.pages.ground import Ground
from baodian.pages.handed import MineData
from baodian.pages.parts.places import FINDER, RUNS
from baodian.pages.sheet import shared_page
from baodian.pages.widgets import offline
from baodian.pages.widgets.news import news

ADDRESS = "my/index.html"


def write(ground: Ground) -> Iterator[Page]:
    """Yield the reader's own page; without scripts it says what it would hold."""
    t = ground.t
    settings = ground.playbook.settings
    data: MineData = {
        "version": str(settings.version),
        "since": str(settings.effective_from),
        "made": ground.today.isoformat(),
        "finder": FINDER,
        "runs": RUNS,
        "words": {
            "pins": t("Pinned"),
            "no_pins": t("Nothing yet. The star beside a title keeps a page here."),
            "unpin": t("Take “{title}” away", title="{title}"),
            "profiles": t("Customers I found the class of"),
            "no_profiles": t("Nothing yet. The class finder can save a customer under a code."),
            "open_runs": t("Self-checks not finished"),
            "no_runs": t("None is open."),
            "all_runs": t("All my self-checks"),
            "recent": t("Looked at lately"),
            "no_recent": t("Nothing yet."),
            "copy": t("This copy"),
            "told": t("Version {version}, in force from {since}, made on {made}: "
                      "{days} {days|day|days} old.",
                      version="{version}", since="{since}", made="{made}", days="{days}"),
            "clear": t("Clear all my data of this handbook"),
            "sure": t("Pins, customers, self-checks, ticks and filled gaps are deleted from this "
                      "device. Delete?"),
            "yes": t("Delete everything"),
            "no": t("Keep it"),
            "cleared": t("Everything was deleted from this device."),
            "blocked": t("This browser keeps nothing here: what you pin or save is gone when you "
                         "leave."),
            "full": t("The storage of this browser is full: nothing new can be kept."),
            "newer": t("Some of what is kept was written by a newer version of the handbook and is "
                       "left alone."),
        },
    }  # fmt: skip
    said = t("With scripts, this page keeps your pinned pages, customers, open self-checks and "
             "what you looked at last, on this device only.")  # fmt: skip
    yield shared_page(ground,
        ADDRESS, t("My handbook"), "home", "mine",
        (news(ground), page.Widget("mine", data, (page.Paragraph(page.line(said)),)),
         *_offline(ground)),
        lead=page.line(t("Kept on this device, for you alone.")), icon="home",
    )  # fmt: skip


def _offline(ground: Ground) -> tuple[page.Block, ...]:
    if not ground.playbook.settings.kept_offline:
        return ()
    return page.Heading(ground.t("Offline copy"), "h-offline"), offline.widget(ground)
